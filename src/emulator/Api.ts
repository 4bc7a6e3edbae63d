/** The routes of the emulator. Handlers, the validation of requests and the encoding of answers come from this. */
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiMiddleware from "@effect/platform/HttpApiMiddleware"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { Envelope } from "../internal/envelope.js"
import {
  ActionLogEntry,
  CreateInput,
  ListInput,
  ModelDeployment,
  ServiceStatistics,
  UpdateInput
} from "../internal/modelDeploymentSchema.js"
import { OffsetTimestamp } from "../internal/timestamp.js"
import * as Errors from "./errors.js"

/** Refuses a request without the emulator's token, as `Authorization: Bearer …` or `Token …`. */
export class Authorization extends HttpApiMiddleware.Tag<Authorization>()("effect-datarobot/emulator/Authorization", {
  failure: Errors.Unauthorized
}) {}

/** Refuses a body that is not JSON. */
export class JsonBody extends HttpApiMiddleware.Tag<JsonBody>()("effect-datarobot/emulator/JsonBody", {
  failure: Errors.Malformed
}) {}

/** Refuses a request with an `Origin`: no web page may control the emulator of somebody who visits it. */
export class NoOrigin extends HttpApiMiddleware.Tag<NoOrigin>()("effect-datarobot/emulator/NoOrigin", {
  failure: Errors.Forbidden
}) {}

/** Every wrong field is reported, not only the first. */
const allErrors = { parseOptions: { errors: "all" } } as const

const byId = Schema.Struct({ id: Schema.String })

// ---------------------------------------------------------------------------------------------------------------
// /api/v2/

const digits = (least: 0 | 1) =>
  Schema.String.pipe(
    Schema.filter((text) => /^\d{1,15}$/.test(text) && Number(text) >= least, {
      message: () => `must be a whole number from ${least}`
    }),
    Schema.compose(Schema.NumberFromString)
  )

const paging = {
  limit: Schema.optional(digits(1)),
  offset: Schema.optional(digits(0))
}

const isoDate = OffsetTimestamp.annotations({
  message: () => ({ message: "must be an ISO 8601 date", override: true })
})

const service = HttpApiGroup.make("service")
  .add(
    HttpApiEndpoint.get("version", "/version/").addSuccess(
      Schema.Struct({ major: Schema.Int, minor: Schema.Int, versionString: Schema.String })
    )
  )
  .add(HttpApiEndpoint.get("ping", "/ping/").addSuccess(Schema.Struct({ response: Schema.Literal("pong") })))
  .middleware(Authorization)
  .prefix("/api/v2")

const modelDeployments = HttpApiGroup.make("modelDeployments")
  .add(
    HttpApiEndpoint.post("create", "/modelDeployments/")
      .setPayload(CreateInput.annotations(allErrors))
      .addSuccess(ModelDeployment, { status: 201 })
  )
  .add(
    HttpApiEndpoint.get("list", "/modelDeployments/")
      .setUrlParams(
        Schema.Struct({
          ...paging,
          query: ListInput.fields.query,
          orderBy: ListInput.fields.orderBy,
          status: ListInput.fields.status
        }).annotations(allErrors)
      )
      .addSuccess(Envelope(ModelDeployment))
  )
  .add(
    HttpApiEndpoint.get("get", "/modelDeployments/:id/")
      .setPath(byId)
      .addSuccess(ModelDeployment)
      .addError(Errors.NotFound)
  )
  .add(
    HttpApiEndpoint.patch("update", "/modelDeployments/:id/")
      .setPath(byId)
      .setPayload(UpdateInput.annotations(allErrors))
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
  )
  .add(
    HttpApiEndpoint.get("serviceStats", "/modelDeployments/:id/serviceStats/")
      .setPath(byId)
      .setUrlParams(
        Schema.Struct({ start: Schema.optional(isoDate), end: Schema.optional(isoDate) }).annotations(allErrors)
      )
      .addSuccess(ServiceStatistics)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
  )
  .add(
    HttpApiEndpoint.get("actionLog", "/modelDeployments/:id/actionLog/")
      .setPath(byId)
      .setUrlParams(Schema.Struct(paging).annotations(allErrors))
      .addSuccess(Envelope(ActionLogEntry))
      .addError(Errors.NotFound)
  )
  .middleware(JsonBody)
  .middleware(Authorization)
  .prefix("/api/v2")

// ---------------------------------------------------------------------------------------------------------------
// /predApi/v1.0/

/** One prediction. For a binary target `prediction` is the more likely class, otherwise the predicted value. */
export const Prediction = Schema.Struct({
  rowId: Schema.Int,
  prediction: Schema.Number,
  predictionThreshold: Schema.optionalWith(Schema.Number, { exact: true }),
  predictionValues: Schema.Array(
    Schema.Struct({ label: Schema.Union(Schema.Number, Schema.String), value: Schema.Number })
  )
})
export interface Prediction extends Schema.Schema.Type<typeof Prediction> {}

const predictions = HttpApiGroup.make("predictions")
  .add(
    HttpApiEndpoint.post("predict", "/deployments/:id/predictions")
      .setPath(byId)
      .addSuccess(Schema.Struct({ data: Schema.Array(Prediction) }))
      .addError(Errors.Malformed)
      .addError(Errors.NotFound)
      .addError(Errors.Conflict)
  )
  .middleware(Authorization)
  .prefix("/predApi/v1.0")

// ---------------------------------------------------------------------------------------------------------------
// /__emulator/

const count = Schema.Int.pipe(
  Schema.between(0, 1_000_000),
  Schema.annotations({ message: () => "must be a whole number from 0 to 1000000" })
)
const orElse = <A, I>(schema: Schema.Schema<A, I>, value: A) => Schema.optionalWith(schema, { default: () => value })

/**
 * Prediction requests that a deployment is to have received: `requests` of them, spread evenly over `[start, end)`,
 * the `userErrors` and `serverErrors` among them spread evenly too.
 *
 * - `start`, `end`: ISO 8601, UTC when there is no zone.
 * - `consumers`: how many different users sent them, taking turns.
 * - `rows`: rows of each request. `executionTime`: seconds that each took.
 */
export const Traffic = Schema.Struct({
  deploymentId: Schema.String,
  start: isoDate,
  end: isoDate,
  requests: count,
  userErrors: orElse(count, 0),
  serverErrors: orElse(count, 0),
  consumers: orElse(count.pipe(Schema.greaterThan(0)), 1),
  rows: orElse(count, 1),
  executionTime: orElse(Schema.NonNegative.pipe(Schema.finite()), 0.05)
}).pipe(
  Schema.filter(({ end, requests, serverErrors, start, userErrors }) => {
    if (DateTime.lessThanOrEqualTo(end, start)) return { path: ["end"], message: "must be later than start" }
    if (userErrors + serverErrors > requests) {
      return { path: ["requests"], message: "must not be less than userErrors and serverErrors together" }
    }
    return undefined
  })
)
export interface Traffic extends Schema.Schema.Type<typeof Traffic> {}
/** Traffic as it is sent: only `deploymentId`, `start`, `end` and `requests` are needed. */
export interface TrafficInput extends Schema.Schema.Encoded<typeof Traffic> {}

/** A request that the emulator has answered: what was asked (path with query) and the status of the answer. */
export const JournalEntry = Schema.Struct({ method: Schema.String, path: Schema.String, status: Schema.Int })
export interface JournalEntry extends Schema.Schema.Type<typeof JournalEntry> {}

const control = HttpApiGroup.make("control")
  .add(HttpApiEndpoint.get("health", "/health").addSuccess(Schema.Struct({ status: Schema.Literal("ok") })))
  .add(HttpApiEndpoint.get("requests", "/requests").addSuccess(Schema.Array(JournalEntry)))
  .add(HttpApiEndpoint.post("reset", "/reset").addSuccess(HttpApiSchema.NoContent))
  .add(
    HttpApiEndpoint.post("traffic", "/traffic")
      .setPayload(Traffic.annotations(allErrors))
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
  )
  // On the endpoints, so that it comes before what they have of their own.
  .middlewareEndpoints(NoOrigin)
  .prefix("/__emulator")

/** What the emulator answers. A further part of DataRobot is one more group. */
export const Api = HttpApi.make("emulator")
  .add(service)
  .add(modelDeployments)
  .add(predictions)
  .add(control)
  .addError(Errors.Unprocessable)
  .addError(Errors.UnknownRoute)
