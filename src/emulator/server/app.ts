/** The emulator as an `HttpApp`, for clients in process and for a server. */
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
import * as Scope from "effect/Scope"
import { Api } from "../api/Api.js"
import { unknownRoute } from "../api/nearestRoute.js"
import { operationOf } from "../api/operations.js"
import { type ConnectionReset, withFaults } from "../faults/withFaults.js"
import * as Handlers from "../handlers/handlers.js"
import * as Errors from "../protocol/errors.js"
import { invalid, wrongFields } from "../protocol/invalidFields.js"
import { pathOf } from "../protocol/routePath.js"
import { World } from "../World.js"

/** Returns the application of an emulator. It uses the clock of the fiber that runs it. */
export const make = (world: typeof World.Service): HttpApp.Default<ConnectionReset> =>
  withFaults(Effect.provideService(router(), World, world), world)

let built: HttpApp.Default | undefined

/**
 * The router. It is built on first use and shared by all emulators of the process, because that takes about 40 ms.
 * So it has no world of its own: `make` adds the world to the context of each request.
 */
const router = () => built ??= Effect.runSync(Effect.flatMap(Scope.make(), (forever) => Scope.extend(build, forever)))

const build = Effect.gen(function*() {
  const services = yield* Handlers.layer.pipe(
    Layer.merge(dataRobotErrors),
    Layer.provideMerge(
      Layer.mergeAll(HttpApiBuilder.Router.Live, HttpApiBuilder.Middleware.layer, HttpServer.layerContext)
    ),
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
    Effect.scoped,
    Effect.provide(services)
  )
})

const internalServerError = HttpServerResponse.unsafeJson({ message: "Internal Server Error" }, { status: 500 })

/** Converts the errors of the router and of the schemas to the form of DataRobot's errors. */
const dataRobotErrors = HttpApiBuilder.middleware(
  Api,
  (app) =>
    Effect.catchAllCause(app, (cause): HttpApp.Default<Errors.Unprocessable | Errors.UnknownRoute> => {
      // The type of the router does not include its failures.
      const error: unknown = Cause.squash(cause)
      if (error instanceof HttpApiDecodeError) return refused(error.issues)
      if (error instanceof RouteNotFound) return unknownRoute(error.request)
      return Effect.failCause(cause)
    })
)

/** The response to data that does not match its schema: 422, but 400 for a listing of the deployments API. */
const refused = (issues: HttpApiDecodeError["issues"]): HttpApp.Default<Errors.Unprocessable> =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ method, url }) => {
    if (operationOf(method, pathOf(url)) !== "deployments.list") return invalid(issues)
    const message = Object.entries(wrongFields(issues)).map(([field, text]) => `${field} ${text}`).join("; ")
    return Effect.succeed(HttpServerResponse.unsafeJson({ message }, { status: 400 }))
  })
