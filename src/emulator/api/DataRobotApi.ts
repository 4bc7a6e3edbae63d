/** The routes of DataRobot. Handlers, the validation of requests and the encoding of answers come from this. */
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as OpenApi from "@effect/platform/OpenApi"
import * as Schema from "effect/Schema"
import { Envelope } from "../../wire/envelope.js"
import {
  ActionLogEntry,
  CreateInput,
  ListInput,
  ModelDeployment,
  ServiceStatistics,
  UpdateInput
} from "../../wire/modelDeployment.js"
import { isoDate } from "../monitoring/traffic.js"
import { allErrors, Authorization, byId, digits, JsonBody, paging } from "../protocol/access.js"
import * as Errors from "../protocol/errors.js"
import { JobState } from "../state/jobs.js"
import { deployments } from "./DeploymentsApi.js"

const service = HttpApiGroup.make("service")
  .add(
    HttpApiEndpoint.get("version", "/version/")
      .addSuccess(Schema.Struct({ major: Schema.Int, minor: Schema.Int, versionString: Schema.String }))
      .annotate(OpenApi.Summary, "The version of the API")
  )
  .add(
    HttpApiEndpoint.get("ping", "/ping/")
      .addSuccess(Schema.Struct({ response: Schema.Literal("pong") }))
      .annotate(OpenApi.Summary, "Whether the service is there")
  )
  .middleware(Authorization)
  .prefix("/api/v2")

const modelDeployments = HttpApiGroup.make("modelDeployments")
  .add(
    HttpApiEndpoint.post("create", "/modelDeployments/")
      .setPayload(CreateInput.annotations(allErrors))
      .addSuccess(ModelDeployment, { status: 201 })
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Create a model deployment")
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
      .annotate(OpenApi.Summary, "List model deployments")
  )
  .add(
    HttpApiEndpoint.get("get", "/modelDeployments/:id/")
      .setPath(byId)
      .addSuccess(ModelDeployment)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "A model deployment")
  )
  .add(
    HttpApiEndpoint.patch("update", "/modelDeployments/:id/")
      .setPath(byId)
      .setPayload(UpdateInput.annotations(allErrors))
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Change the label, description or status of a model deployment")
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
      .annotate(OpenApi.Summary, "Service statistics of a period, of the last 24 hours without one")
  )
  .add(
    HttpApiEndpoint.get("actionLog", "/modelDeployments/:id/actionLog/")
      .setPath(byId)
      .setUrlParams(Schema.Struct(paging).annotations(allErrors))
      .addSuccess(Envelope(ActionLogEntry))
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "Who did what to a model deployment")
  )
  // On the endpoints, so that it comes before what they have of their own.
  .middlewareEndpoints(Authorization)
  .prefix("/api/v2")

const status = HttpApiGroup.make("status")
  .add(
    HttpApiEndpoint.get("list", "/status/")
      .setUrlParams(Schema.Struct({ ...paging, limit: Schema.optional(digits(0)) }).annotations(allErrors))
      .addSuccess(Envelope(JobState))
      .annotate(OpenApi.Summary, "The jobs that are not over")
  )
  .add(
    HttpApiEndpoint.get("get", "/status/:id/")
      .setPath(byId)
      .addSuccess(JobState)
      .addSuccess(HttpApiSchema.Empty(303))
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The state of a job; 303 to the deployment when it is done")
  )
  .add(
    HttpApiEndpoint.del("cancel", "/status/:id/")
      .setPath(byId)
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "Cancel a job")
  )
  .middleware(Authorization)
  .prefix("/api/v2")

/** One prediction. For a binary target `prediction` is the more likely class, otherwise the predicted value. */
export const Prediction = Schema.Struct({
  rowId: Schema.Int,
  prediction: Schema.Number,
  predictionThreshold: Schema.optionalWith(Schema.Number, { exact: true }),
  predictionValues: Schema.Array(
    Schema.Struct({ label: Schema.Union(Schema.Number, Schema.String), value: Schema.Number })
  )
}).annotations({ identifier: "Prediction" })
export interface Prediction extends Schema.Schema.Type<typeof Prediction> {}

/** What predictions are asked for: rows as JSON or CSV. The handler reads them; this is for the documentation. */
const Rows = Schema.Union(
  Schema.Array(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
  HttpApiSchema.Text({ contentType: "text/csv" })
)

const Predictions = Schema.Struct({ data: Schema.Array(Prediction) })

const predictions = HttpApiGroup.make("predictions")
  .add(
    HttpApiEndpoint.post("predict", "/deployments/:id/predictions")
      .setPath(byId)
      .setPayload(Rows)
      .addSuccess(Predictions)
      .addError(Errors.Malformed)
      .addError(Errors.NotFound)
      .addError(Errors.Conflict)
      .addError(Errors.TooLarge)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "Predict with a deployment; monitoring counts the request")
  )
  .add(
    HttpApiEndpoint.post("predictWithModel", "/:projectId/:modelId/predict")
      .setPath(Schema.Struct({ projectId: Schema.String, modelId: Schema.String }))
      .setPayload(Rows)
      .addSuccess(Predictions)
      .addError(Errors.Malformed)
      .addError(Errors.TooLarge)
      .annotate(OpenApi.Summary, "Predict with a model that has no deployment; nothing is counted")
  )
  .middleware(Authorization)
  .prefix("/predApi/v1.0")

/** What the emulator has of DataRobot. A further part of it is one more group. */
export const DataRobotApi = HttpApi.make("DataRobot")
  .add(service)
  .add(modelDeployments)
  .add(deployments)
  .add(status)
  .add(predictions)
