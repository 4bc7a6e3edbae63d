/** The emulator as one `HttpApp`, with no way to reach it yet. */
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { HttpApiDecodeError } from "@effect/platform/HttpApiError"
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpRouter from "@effect/platform/HttpRouter"
import * as HttpServer from "@effect/platform/HttpServer"
import { RouteNotFound } from "@effect/platform/HttpServerError"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { Api } from "./Api.js"
import * as Errors from "./errors.js"
import * as Handlers from "./handlers.js"
import { invalid } from "./invalid.js"
import { nearestRoute } from "./nearestRoute.js"
import * as State from "./State.js"

/** The application over a state. It reads the time of the fiber that runs it. */
export const make = (
  state: typeof State.State.Service,
  token: string
): Effect.Effect<HttpApp.Default, never, Scope.Scope> =>
  Effect.gen(function*() {
    const services = yield* Handlers.layer(token).pipe(
      Layer.merge(dataRobotErrors),
      Layer.provide(Layer.succeed(State.State, state)),
      Layer.merge(Layer.mergeAll(HttpApiBuilder.Router.Live, HttpApiBuilder.Middleware.layer, HttpServer.layerContext)),
      Layer.build
    )
    const app = yield* HttpApiBuilder.httpApp.pipe(
      HttpRouter.withRouterConfig({ caseSensitive: true, maxParamLength: 1000 }),
      Effect.provide(services)
    )
    return app.pipe(
      Effect.catchAllCause((cause) =>
        Cause.isInterruptedOnly(cause)
          ? Effect.failCause(cause)
          : Effect.as(Effect.logError("The emulator failed", cause), internalServerError)
      ),
      Effect.tap(({ status }) =>
        Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, url }) =>
          isControl(url) ? Effect.void : state.log({ method, path: url, status }))
      ),
      Effect.scoped,
      Effect.provide(services)
    )
  })

const internalServerError = HttpServerResponse.unsafeJson({ message: "Internal Server Error" }, { status: 500 })

const isControl = (url: string) => /^\/+__emulator\b/.test(url)

/** Gives what goes wrong before a handler is reached DataRobot's shape. */
const dataRobotErrors = HttpApiBuilder.middleware(
  Api,
  (app) =>
    Effect.catchAllCause(app, (cause): Effect.Effect<never, Errors.Unprocessable | Errors.UnknownRoute> => {
      // The router's failures are not in its type.
      const error: unknown = Cause.squash(cause)
      if (error instanceof HttpApiDecodeError) return invalid(error.issues)
      if (error instanceof RouteNotFound) return unknownRoute(error.request)
      return Effect.failCause(cause)
    })
)

const unknownRoute = ({ method, url }: HttpServerRequest.HttpServerRequest) => {
  const path = url.replace(/\?.*$/s, "")
  return Errors.unknownRoute(`There is no ${method} ${path} here; the nearest is ${nearestRoute(method, path)}`)
}
