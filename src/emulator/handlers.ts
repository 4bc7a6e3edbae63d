/** What each route does. */
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../internal/modelDeploymentSchema.js"
import { Api, Authorization, JsonBody, NoOrigin } from "./Api.js"
import * as Errors from "./errors.js"
import { user } from "./fixtures.js"
import { lastDay } from "./monitoring.js"
import { paginate, requestUrl, select } from "./paging.js"
import { executionTime, predict, readRows } from "./predictions.js"
import { State } from "./State.js"

const service = HttpApiBuilder.group(Api, "service", (handlers) =>
  handlers
    .handle("version", () => Effect.succeed({ major: 2, minor: 12, versionString: "2.12.0" }))
    .handle("ping", () => Effect.succeed({ response: "pong" as const })))

const encodeDeployment = Schema.encode(ModelDeployment)

const modelDeployments = HttpApiBuilder.group(Api, "modelDeployments", (handlers) =>
  Effect.gen(function*() {
    const state = yield* State
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
          const last = lastDay(yield* Clock.currentTimeMillis)
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

const predictions = HttpApiBuilder.group(Api, "predictions", (handlers) =>
  Effect.gen(function*() {
    const state = yield* State
    return handlers.handleRaw("predict", ({ path, request }) =>
      Effect.gen(function*() {
        const deployment = yield* state.serving(path.id)
        const body = yield* Effect.orElseSucceed(request.text, () => "")
        const rows = readRows(request.headers["content-type"] ?? "", body)
        const count = typeof rows === "string" ? 0 : rows.length
        const status = typeof rows === "string" ? 400 : 200
        const record = { user: user.username, rows: count, executionTime: executionTime(count), status }
        yield* state.record(path.id, record)
        if (typeof rows === "string") return yield* Errors.malformed(rows)
        return { data: predict(deployment, rows) }
      }))
  }))

const control = HttpApiBuilder.group(Api, "control", (handlers) =>
  Effect.gen(function*() {
    const state = yield* State
    return handlers
      .handle("health", () => Effect.succeed({ status: "ok" as const }))
      .handle("requests", () => state.journal)
      .handle("reset", () => state.reset)
      .handle("traffic", ({ payload }) => state.recordTraffic(payload))
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
    if (request.method === "GET" || request.method === "HEAD") return Effect.void
    const malformed = Errors.malformed("The body is not JSON")
    if (!/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "application/json")) return malformed
    return request.text.pipe(
      Effect.tryMap({ try: (text): unknown => JSON.parse(text), catch: () => undefined }),
      Effect.catchAll(() => malformed)
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
    Layer.provide([service, modelDeployments, predictions, control]),
    Layer.provide([authorization(token), jsonBody, noOrigin])
  )
