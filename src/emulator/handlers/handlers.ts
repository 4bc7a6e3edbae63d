/** The implementation of the API: every handler, and the middleware that runs before them. */
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import * as Layer from "effect/Layer"
import { Api } from "../api/Api.js"
import { NoOrigin } from "../api/ControlApi.js"
import { operationOf, readsItself, routeOf } from "../api/operations.js"
import { startDue } from "../batch/starting.js"
import { Authorization, JsonBody } from "../protocol/access.js"
import { bodyText } from "../protocol/bodyText.js"
import * as Errors from "../protocol/errors.js"
import { pathOf } from "../protocol/routePath.js"
import { World } from "../World.js"
import { accuracy } from "./accuracy.js"
import { actuals } from "./actuals.js"
import { batchPredictionDefinitions } from "./batchPredictionDefinitions.js"
import { batchPredictions } from "./batchPredictions.js"
import { control } from "./control.js"
import { credentials } from "./credentials.js"
import { datasets } from "./datasets.js"
import { deployments } from "./deployments.js"
import { drift } from "./drift.js"
import { exports } from "./exports.js"
import type { GroupName, Handlers } from "./handler.js"
import { jobs } from "./jobs.js"
import { modelDeployments } from "./modelDeployments.js"
import { modelFiles } from "./modelFiles.js"
import { modelPackages } from "./modelPackages.js"
import { models } from "./models.js"
import { predictedRows } from "./predictedRows.js"
import { predictionEnvironments } from "./predictionEnvironments.js"
import { predictions } from "./predictions.js"
import { predictionServers } from "./predictionServers.js"
import { registeredModels } from "./registeredModels.js"
import { service } from "./service.js"
import { serviceStats } from "./serviceStats.js"
import { settings } from "./settings.js"
import { sharing } from "./sharing.js"

type AnyHandler = (request: never, world: typeof World.Service) => Effect.Effect<unknown, unknown>

/** The handlers of a group in `HttpApiBuilder.group`, with a general type for all endpoints. */
interface Added {
  readonly handle: (name: string, handler: (request: never) => Effect.Effect<unknown, unknown>) => Added
  readonly handleRaw: Added["handle"]
}

/** Implements the endpoints of a group. The compiler reports an endpoint that has no handler here. */
const implement = <const Name extends GroupName>(name: Name, handlers: Handlers<Name>) =>
  HttpApiBuilder.group(Api, name, (group) =>
    // Boundary: the type of `handlers` matches each handler with its endpoint. A loop over them loses this type.
    Object.entries<AnyHandler>(handlers).reduce((added, [endpoint, handler]) => {
      const withWorld = (request: never) =>
        Effect.flatMap(World.ofRequest, (world) => Effect.zipRight(startDue(world.state), handler(request, world)))
      const route = routeOf(`${name}.${endpoint}`)
      return route !== undefined && readsItself(route)
        ? added.handleRaw(endpoint, withWorld)
        : added.handle(endpoint, withWorld)
    }, group as unknown as Added) as never)

/** Routes of predictions also accept the older `Basic user:token`. */
const authorization = Layer.succeed(
  Authorization,
  Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers, method, url }) => {
    const header = headers["authorization"] ?? ""
    const isPrediction = operationOf(method, pathOf(url))?.startsWith("predictions.") === true
    if (isPrediction && header === "") {
      return Errors.unauthorized("Invalid Authorization header. No credentials provided.")
    }
    const [, given] = /^(?:Bearer|Token) +(.+)$/i.exec(header) ?? []
    const [, basic] = isPrediction ? /^Basic +(.+)$/i.exec(header) ?? [] : []
    return Effect.flatMap(
      World.ofRequest,
      ({ token }) =>
        given === token || (basic !== undefined && passwordOf(basic) === token)
          ? Effect.void
          : Errors.unauthorized("Invalid API token")
    )
  })
)

/** Returns what follows the user's name in the credentials of `Basic`. */
const passwordOf = (credentials: string) =>
  Either.match(Encoding.decodeBase64String(credentials), {
    onLeft: () => undefined,
    onRight: (text) => text.slice(text.indexOf(":") + 1)
  })

const jsonBody = Layer.succeed(
  JsonBody,
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    const malformed = Errors.malformed("The body is not JSON")
    if (!/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "application/json")) return malformed
    return Effect.flatMap(
      bodyText(request),
      (text) => Effect.orElse(Effect.try((): unknown => JSON.parse(text)), () => malformed)
    )
  })
)

const noOrigin = Layer.succeed(
  NoOrigin,
  Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) =>
    headers["origin"] === undefined
      ? Effect.void
      : Errors.forbidden("Web pages may not control the emulator"))
)

/** The implementation of `Api`. It finds the world of a request in the request's context. */
export const layer = HttpApiBuilder.api(Api).pipe(
  Layer.provide([
    implement("service", service),
    implement("modelDeployments", modelDeployments),
    implement("deployments", {
      ...deployments,
      ...serviceStats,
      ...models,
      ...actuals,
      ...settings,
      ...drift,
      ...accuracy,
      ...predictedRows,
      ...modelFiles,
      ...exports,
      ...sharing
    }),
    implement("status", jobs),
    implement("predictions", predictions),
    implement("batchPredictions", batchPredictions),
    implement("batchPredictionDefinitions", batchPredictionDefinitions),
    implement("predictionServers", predictionServers),
    implement("predictionEnvironments", predictionEnvironments),
    implement("registeredModels", registeredModels),
    implement("modelPackages", modelPackages),
    implement("credentials", credentials),
    implement("datasets", datasets),
    implement("control", control)
  ]),
  Layer.provide([authorization, jsonBody, noOrigin])
)
