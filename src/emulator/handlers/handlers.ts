/** What each route does. */
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../../wire/modelDeployment.js"
import { Api } from "../api/Api.js"
import { NoOrigin } from "../api/ControlApi.js"
import { unknownRoute } from "../api/nearestRoute.js"
import { own } from "../monitoring/rows.js"
import { lastDay } from "../monitoring/statistics.js"
import { executionTime, predict, readRows, scoreOf } from "../predictions/pseudoModel.js"
import { Authorization, JsonBody } from "../protocol/access.js"
import { bodyText } from "../protocol/bodyText.js"
import * as Errors from "../protocol/errors.js"
import { paginate, requestUrl, select } from "../protocol/paging.js"
import { modelDeployment, user } from "../state/fixtures.js"
import type { Scored } from "../state/State.js"
import { requiredColumn } from "../state/stored.js"
import { World } from "../World.js"
import { control } from "./control.js"
import { deployments } from "./deployments.js"

/** A version that DataRobot's own Python clients get on with: each warns of a minor one that is older than its own. */
const version = { major: 2, minor: 25, versionString: "2.25.0" }

const service = HttpApiBuilder.group(Api, "service", (handlers) =>
  handlers
    .handle("version", () => Effect.succeed(version))
    .handle("ping", () => Effect.succeed({ response: "pong" as const })))

const encodeDeployment = Schema.encode(ModelDeployment)

const modelDeployments = HttpApiBuilder.group(Api, "modelDeployments", (handlers) =>
  Effect.gen(function*() {
    const { state } = yield* World
    return handlers
      .handle("create", ({ payload, request }) =>
        Effect.gen(function*() {
          const deployment = yield* state.create(payload)
          const location = new URL(`/api/v2/modelDeployments/${deployment.id}/`, requestUrl(request)).href
          const body = yield* Effect.orDie(encodeDeployment(deployment))
          return HttpServerResponse.unsafeJson(body, { status: 201, headers: { location } })
        }))
      .handle("list", ({ request, urlParams }) =>
        Effect.map(state.list, (all) =>
          paginate(select(all, urlParams).map(asListed), urlParams, requestUrl(request))))
      .handle("get", ({ path }) =>
        state.get(path.id))
      .handle("update", ({ path, payload }) => state.update(path.id, payload))
      .handle("serviceStats", ({ path, urlParams }) =>
        Effect.gen(function*() {
          const last = lastDay(yield* state.clock.now)
          const end = urlParams.end === undefined ? last.end : DateTime.toEpochMillis(urlParams.end)
          const start = urlParams.start === undefined
            ? end - (last.end - last.start)
            : DateTime.toEpochMillis(urlParams.start)
          if (start < end) return yield* state.statistics(path.id, start, end)
          return yield* Errors.invalidFields(
            urlParams.end === undefined ? { start: "must not be in the future" } : { end: "must be later than start" }
          )
        }))
      .handle("actionLog", ({ path, request, urlParams }) =>
        Effect.map(state.actionLog(path.id), (entries) =>
          paginate(entries, urlParams, requestUrl(request))))
  }))

/** In a list the service leaves out the health messages, and `deployed` while it is false. */
const asListed = ({ deployed, ...deployment }: ModelDeployment): ModelDeployment => ({
  ...deployment,
  ...(deployed === true ? { deployed } : {}),
  serviceHealthMessages: []
})

const status = HttpApiBuilder.group(Api, "status", (handlers) =>
  Effect.map(World, ({ state }) =>
    handlers
      .handle("list", ({ request, urlParams: { limit, offset } }) =>
        Effect.map(state.jobs, (jobs) =>
          // here, a limit of 0 asks for all of them
          paginate(jobs, { limit: limit === 0 ? undefined : limit, offset }, requestUrl(request))))
      .handle("get", ({ path, request }) =>
        Effect.map(state.job(path.id), ({ deploymentId, state }) =>
          state.status === "COMPLETED" && deploymentId !== null
            ? HttpServerResponse.empty({
              status: 303,
              headers: { location: new URL(`/api/v2/deployments/${deploymentId}/`, requestUrl(request)).href }
            })
            : state))
      .handle("cancel", ({ path }) => state.cancelJob(path.id))))

/** The rows of a prediction request, and what monitoring notes of it; or the error that it ends in. */
const readRequest = (request: HttpServerRequest.HttpServerRequest) =>
  Effect.flatMap(bodyText(request), (body) => {
    const rows = readRows(request.headers["content-type"] ?? "", body)
    return typeof rows === "string" ? Errors.malformed(rows) : Effect.succeed(rows)
  })

const statusOf = { Malformed: 400, TooLarge: 413 } as const

const predictions = HttpApiBuilder.group(Api, "predictions", (handlers) =>
  Effect.gen(function*() {
    const { state } = yield* World
    return handlers
      .handleRaw("predict", ({ path, request }) =>
        Effect.gen(function*() {
          const { deployment, details } = yield* state.serving(path.id)
          const note = (rows: number, status: number, scored?: ReadonlyArray<Scored>) =>
            state.record(path.id, { user: user.username, rows, executionTime: executionTime(rows), status }, scored)
          const rows = yield* Effect.tapError(readRequest(request), ({ _tag }) => note(0, statusOf[_tag]))
          const column = requiredColumn(details.settings)
          if (column !== undefined && rows.some((row) => own(row, column) == null)) {
            yield* note(rows.length, 422)
            return yield* Errors.invalidData(`The association id column ${column} is required`)
          }
          const data = predict(deployment.project, rows)
          yield* note(
            rows.length,
            200,
            data.map((prediction, index) => ({ row: rows[index] ?? {}, score: scoreOf(prediction) }))
          )
          return { data }
        }))
      .handleRaw("predictWithModel", ({ path, request }) =>
        // no project has this name: somebody has misspelled the route for deployments
        path.projectId === "deployments"
          ? unknownRoute(request)
          : Effect.map(readRequest(request), (rows) => ({ data: predict(modelDeployment(path).project, rows) })))
  }))

const authorization = (token: string) =>
  Layer.succeed(
    Authorization,
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) => {
      const [, given] = /^(?:Bearer|Token) +(.+)$/i.exec(headers["authorization"] ?? "") ?? []
      return given === token ? Effect.void : Errors.unauthorized
    })
  )

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

/** The implementation of `Api`; requests must carry the token. */
export const layer = (token: string) =>
  HttpApiBuilder.api(Api).pipe(
    Layer.provide([service, modelDeployments, deployments, status, predictions, control]),
    Layer.provide([authorization(token), jsonBody, noOrigin])
  )
