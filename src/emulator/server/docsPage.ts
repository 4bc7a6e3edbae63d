/** The documentation page of the emulator's API. Its 2 MB are loaded on the first request for it. */
import * as HttpLayerRouter from "@effect/platform/HttpLayerRouter"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import type * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Api } from "../api/Api.js"

/** The path of the page. */
export const docsPath = "/__emulator/docs"

/** Swagger's page. It loads nothing from other servers. */
export const docsPage: Effect.Effect<HttpServerResponse.HttpServerResponse> = Effect.gen(function*() {
  const { layerHttpLayerRouter } = yield* Effect.promise(() => import("@effect/platform/HttpApiSwagger"))
  const page = layerHttpLayerRouter({ api: Api, path: docsPath })
  const router = yield* Effect.provide(HttpLayerRouter.HttpRouter, Layer.provideMerge(page, HttpLayerRouter.layer))
  return yield* router.asHttpEffect()
}).pipe(
  // The router of the page matches the path only in this spelling.
  Effect.provideService(
    HttpServerRequest.HttpServerRequest,
    HttpServerRequest.fromWeb(new Request(`http://localhost${docsPath}`))
  ),
  Effect.scoped,
  Effect.orDie
)
