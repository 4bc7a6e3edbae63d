/** The documentation of the emulator's API for people. It weighs 2 MB and is loaded when somebody asks for it. */
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpLayerRouter from "@effect/platform/HttpLayerRouter"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Api } from "../api/Api.js"

/** Where the page is. */
export const docsPath = "/__emulator/docs"

/** Swagger's page; it needs nothing from anywhere else. */
export const docsPage: HttpApp.Default = Effect.gen(function*() {
  const { layerHttpLayerRouter } = yield* Effect.promise(() => import("@effect/platform/HttpApiSwagger"))
  const page = layerHttpLayerRouter({ api: Api, path: docsPath })
  const router = yield* Effect.provide(HttpLayerRouter.HttpRouter, Layer.provideMerge(page, HttpLayerRouter.layer))
  return yield* router.asHttpEffect()
}).pipe(
  // its router knows this one way to write the path
  Effect.updateService(HttpServerRequest.HttpServerRequest, (request) => request.modify({ url: docsPath })),
  Effect.scoped,
  Effect.orDie
)
