/** The routes of the deployments API: `deployments/`. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as OpenApi from "@effect/platform/OpenApi"
import * as Schema from "effect/Schema"
import {
  Capability,
  CreateFromModelInput,
  CreateFromModelPackageInput,
  Deployment,
  GrantsInput,
  ModelHistoryEntry,
  SharedRole,
  UpdateInput
} from "../../wire/deployment.js"
import { CandidateInput, ChampionModelPackage, Feature, ReplacementInput } from "../../wire/deploymentModel.js"
import { Envelope } from "../../wire/envelope.js"
import {
  Accuracy,
  AccuracyOverTime,
  FeatureDriftWire,
  PredictionResult,
  PredictionsOverTime,
  serviceMetrics,
  ServiceStats,
  ServiceStatsOverTime,
  TargetDrift
} from "../../wire/monitoring.js"
import {
  AccuracyMetrics,
  AccuracyMetricsInput,
  ChallengerReplaySettings,
  ChallengerReplaySettingsInput,
  HealthSettings,
  HealthSettingsInput,
  RetrainingSettings,
  RetrainingSettingsInput,
  Settings,
  SettingsInput
} from "../../wire/settings.js"
import { filters } from "../handlers/selectDeployments.js"
import { bucketMillis } from "../monitoring/period.js"
import { isoDate } from "../monitoring/traffic.js"
import { allErrors, Authorization, byId, digits, JsonBody, paging } from "../protocol/access.js"
import * as Errors from "../protocol/errors.js"

const base = "/deployments/:id/"

/** A time at the top of an hour, as monitoring has it. */
const hour = Schema.optional(isoDate.pipe(
  Schema.filter(({ epochMillis }) => epochMillis % 3_600_000 === 0, { message: () => "must be at the top of an hour" })
))

const number = Schema.String.pipe(
  Schema.filter((text) => text.trim() !== "" && Number(text) >= 0, { message: () => "must be a number from 0" }),
  Schema.compose(Schema.NumberFromString)
)
const share = number.pipe(Schema.filter((value) => value <= 1, { message: () => "must be a number from 0 to 1" }))

/** Which part of the monitoring data. */
export const periodParams = { start: hour, end: hour, modelId: Schema.optional(Schema.String) }
const segmentParams = {
  segmentAttribute: Schema.optional(Schema.Literal("DataRobot-Consumer")),
  segmentValue: Schema.optional(Schema.String)
}
const bucketParams = {
  bucketSize: Schema.optional(Schema.String.pipe(
    Schema.filter((text) => bucketMillis(text) !== undefined, {
      message: () => "must be an ISO 8601 duration of whole hours, such as PT1H or P7D"
    })
  ))
}
const psi = { metric: Schema.optional(Schema.Literal("psi")) }

const params = <Fields extends Schema.Struct.Fields>(fields: Fields) => Schema.Struct(fields).annotations(allErrors)

/** What a create answers, beside the `Location` of its job. */
const Created = Schema.Struct({ id: Schema.String })

const Actual = Schema.Struct({
  associationId: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(128)),
  actualValue: Schema.Union(Schema.Finite, Schema.String),
  wasActedOn: Schema.optional(Schema.NullOr(Schema.Boolean)),
  timestamp: Schema.optional(Schema.NullOr(isoDate))
})

const Actuals = Schema.Struct({
  data: Schema.Array(Actual).pipe(
    Schema.filter(({ length }) => length >= 1 && length <= 10_000, {
      message: () => "must hold 1 to 10000 actual values"
    })
  ),
  keepActualsWithoutPredictions: Schema.optional(Schema.Boolean)
})

const Dataset = Schema.Struct({
  datasetId: Schema.String,
  datasetVersionId: Schema.optional(Schema.String),
  associationIdColumn: Schema.String,
  actualValueColumn: Schema.String,
  wasActedOnColumn: Schema.optional(Schema.String),
  timestampColumn: Schema.optional(Schema.String)
})

const Deletion = Schema.Struct({ modelId: Schema.String, start: hour, end: hour })

const SecondaryDatasetConfig = Schema.Struct({ secondaryDatasetConfigId: Schema.NullOr(Schema.String) })
const SecondaryDatasetConfigInput = Schema.Struct({
  secondaryDatasetConfigId: Schema.String,
  credentialsIds: Schema.optional(Schema.Array(Schema.String))
})

const status = Schema.Struct({ status: Schema.Literal("active", "inactive") })

/** A change that is made in a job: 202, with the `Location` of its status. */
const Accepted = HttpApiSchema.Empty(202)

const create = <Name extends string, A extends object, I>(
  name: Name,
  route: `/${string}`,
  input: Schema.Schema<A, I>
) =>
  HttpApiEndpoint.post(name, route)
    .setPayload(input.annotations(allErrors))
    .addSuccess(Created, { status: 202 })
    .middleware(JsonBody)

export const deployments = HttpApiGroup.make("deployments")
  .add(
    create("createFromLearningModel", "/deployments/fromLearningModel/", CreateFromModelInput)
      .annotate(OpenApi.Summary, "Deploy a model of a project")
  )
  .add(
    create("createFromLeaderboard", "/deployments/fromLeaderboard/", CreateFromModelInput)
      .annotate(OpenApi.Summary, "Deploy a model of a leaderboard")
  )
  .add(
    create("createFromModelPackage", "/deployments/fromModelPackage/", CreateFromModelPackageInput)
      .annotate(OpenApi.Summary, "Deploy a model package")
  )
  .add(
    HttpApiEndpoint.get("list", "/deployments/")
      .setUrlParams(params({
        ...filters,
        limit: Schema.optional(
          digits(1).pipe(
            Schema.filter((limit) => limit <= 100, { message: () => "must be a whole number from 1 to 100" })
          )
        ),
        offset: paging.offset
      }))
      .addSuccess(Envelope(Deployment))
      .addError(Errors.Malformed)
      .annotate(OpenApi.Summary, "List deployments")
  )
  .add(
    HttpApiEndpoint.get("get", base)
      .setPath(byId)
      .addSuccess(Deployment)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "A deployment")
  )
  .add(
    HttpApiEndpoint.patch("update", base)
      .setPath(byId)
      .setPayload(UpdateInput.annotations(allErrors))
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Change the label, description or importance of a deployment")
  )
  .add(
    HttpApiEndpoint.del("delete", base)
      .setPath(byId)
      .setUrlParams(
        params({ ignoreManagementAgent: Schema.optional(Schema.Literal("true", "True", "false", "False")) })
      )
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "Delete a deployment")
  )
  .add(
    HttpApiEndpoint.patch("updateStatus", `${base}status/`)
      .setPath(byId)
      .setPayload(status.annotations(allErrors))
      .addSuccess(Accepted)
      .addError(Errors.NotFound)
      .addError(Errors.Conflict)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Activate or deactivate a deployment")
  )
  .add(
    HttpApiEndpoint.get("serviceStats", `${base}serviceStats/`)
      .setPath(byId)
      .setUrlParams(params({
        ...periodParams,
        ...segmentParams,
        executionTimeQuantile: Schema.optional(share),
        responseTimeQuantile: Schema.optional(share),
        slowRequestsThreshold: Schema.optional(number)
      }))
      .addSuccess(ServiceStats)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "Service statistics of a period, of the last seven days without one")
  )
  .add(
    HttpApiEndpoint.get("serviceStatsOverTime", `${base}serviceStatsOverTime/`)
      .setPath(byId)
      .setUrlParams(params({
        ...periodParams,
        ...segmentParams,
        ...bucketParams,
        metric: Schema.optional(Schema.Literal(...serviceMetrics)),
        quantile: Schema.optional(share),
        threshold: Schema.optional(number)
      }))
      .addSuccess(ServiceStatsOverTime)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "One service statistic over time")
  )
  .add(
    HttpApiEndpoint.get("modelHistory", `${base}modelHistory/`)
      .setPath(byId)
      .setUrlParams(params(paging))
      .addSuccess(Envelope(ModelHistoryEntry))
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The models that a deployment had, the present one first")
  )
  .add(
    HttpApiEndpoint.get("features", `${base}features/`)
      .setPath(byId)
      .setUrlParams(params({
        limit: Schema.optional(digits(0)),
        offset: paging.offset,
        search: Schema.optional(Schema.String),
        orderBy: Schema.optional(Schema.Literal("name", "-name", "importance", "-importance")),
        includeNonPredictionFeatures: Schema.optional(Schema.String),
        forSegmentedAnalysis: Schema.optional(Schema.String)
      }))
      .addSuccess(Envelope(Feature))
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The features of the rows that were predicted")
  )
  .add(
    HttpApiEndpoint.get("capabilities", `${base}capabilities/`)
      .setPath(byId)
      .addSuccess(Schema.Struct({ data: Schema.Array(Capability) }))
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "What a deployment can do")
  )
  .add(
    HttpApiEndpoint.get("challengers", `${base}challengers/`)
      .setPath(byId)
      .addSuccess(Schema.Struct({ data: Schema.Array(Schema.Unknown) }))
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The challengers of a deployment, of which there are none here")
  )
  .add(
    HttpApiEndpoint.get("championModelPackage", `${base}championModelPackage/`)
      .setPath(byId)
      .addSuccess(ChampionModelPackage)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The model package that is deployed")
  )
  .add(
    HttpApiEndpoint.post("validateReplacementModel", `${base}model/validation/`)
      .setPath(byId)
      .setPayload(CandidateInput.annotations(allErrors))
      .addSuccess(Errors.ReplacementValidation)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Whether a model could take the place of the deployed one")
  )
  .add(
    HttpApiEndpoint.patch("replaceModel", `${base}model/`)
      .setPath(byId)
      .setPayload(ReplacementInput.annotations(allErrors))
      .addSuccess(Accepted)
      .addError(Errors.NotFound)
      .addError(Errors.Conflict)
      .addError(Errors.ReplacementRefused)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Replace the model of a deployment")
  )
  .add(
    HttpApiEndpoint.get("secondaryDatasetConfiguration", `${base}model/secondaryDatasetConfiguration/`)
      .setPath(byId)
      .addSuccess(SecondaryDatasetConfig)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The secondary datasets of a deployment")
  )
  .add(
    HttpApiEndpoint.patch("updateSecondaryDatasetConfiguration", `${base}model/secondaryDatasetConfiguration/`)
      .setPath(byId)
      .setPayload(SecondaryDatasetConfigInput.annotations(allErrors))
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Change the secondary datasets of a deployment")
  )
  .add(
    HttpApiEndpoint.post("submitActuals", `${base}actuals/fromJSON/`)
      .setPath(byId)
      .setPayload(Actuals.annotations(allErrors))
      .addSuccess(Accepted)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Submit actual values")
  )
  .add(
    HttpApiEndpoint.post("submitActualsFromDataset", `${base}actuals/fromDataset/`)
      .setPath(byId)
      .setPayload(Dataset.annotations(allErrors))
      .addSuccess(Accepted)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Submit the actual values of a dataset, of which there are none here")
  )
  .add(
    HttpApiEndpoint.get("settings", `${base}settings/`)
      .setPath(byId)
      .addSuccess(Settings)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The settings of a deployment")
  )
  .add(
    HttpApiEndpoint.patch("updateSettings", `${base}settings/`)
      .setPath(byId)
      .setPayload(SettingsInput.annotations(allErrors))
      .addSuccess(Accepted)
      .addError(Errors.NotFound)
      .addError(Errors.Conflict)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Change settings of a deployment")
  )
  .add(
    HttpApiEndpoint.get("healthSettings", `${base}healthSettings/`)
      .setPath(byId)
      .addSuccess(HealthSettings)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The health settings of a deployment")
  )
  .add(
    HttpApiEndpoint.get("defaultHealthSettings", `${base}healthSettings/defaults/`)
      .setPath(byId)
      .addSuccess(HealthSettings)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The health settings that a deployment begins with")
  )
  .add(
    HttpApiEndpoint.patch("updateHealthSettings", `${base}healthSettings/`)
      .setPath(byId)
      .setPayload(HealthSettingsInput.annotations(allErrors))
      .addSuccess(HealthSettings)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Change health settings of a deployment")
  )
  .add(
    HttpApiEndpoint.get("challengerReplaySettings", `${base}challengerReplaySettings/`)
      .setPath(byId)
      .addSuccess(ChallengerReplaySettings)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "Whether challengers predict again what was predicted")
  )
  .add(
    HttpApiEndpoint.patch("updateChallengerReplaySettings", `${base}challengerReplaySettings/`)
      .setPath(byId)
      .setPayload(ChallengerReplaySettingsInput.annotations(allErrors))
      .addSuccess(ChallengerReplaySettings)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Change whether challengers predict again what was predicted")
  )
  .add(
    HttpApiEndpoint.get("retrainingSettings", `${base}retrainingSettings/`)
      .setPath(byId)
      .addSuccess(RetrainingSettings)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "What the model is trained with again")
  )
  .add(
    HttpApiEndpoint.patch("updateRetrainingSettings", `${base}retrainingSettings/`)
      .setPath(byId)
      .setPayload(RetrainingSettingsInput.annotations(allErrors))
      .addSuccess(RetrainingSettings)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Change what the model is trained with again")
  )
  .add(
    HttpApiEndpoint.get("accuracyMetrics", `${base}accuracyMetrics/`)
      .setPath(byId)
      .addSuccess(AccuracyMetrics)
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "The metrics of accuracy that are shown")
  )
  .add(
    HttpApiEndpoint.put("updateAccuracyMetrics", `${base}accuracyMetrics/`)
      .setPath(byId)
      .setPayload(AccuracyMetricsInput.annotations(allErrors))
      .addSuccess(AccuracyMetrics)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Set the metrics of accuracy that are shown")
  )
  .add(
    HttpApiEndpoint.get("targetDrift", `${base}targetDrift/`)
      .setPath(byId)
      .setUrlParams(params({ ...periodParams, ...psi }))
      .addSuccess(TargetDrift)
      .addError(Errors.NotFound)
      .addError(Errors.Forbidden)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "How far predictions have drifted from those before the period")
  )
  .add(
    HttpApiEndpoint.get("featureDrift", `${base}featureDrift/`)
      .setPath(byId)
      .setUrlParams(params({ ...periodParams, ...psi, ...paging }))
      .addSuccess(FeatureDriftWire)
      .addError(Errors.NotFound)
      .addError(Errors.Forbidden)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "How far features have drifted from the rows before the period")
  )
  .add(
    HttpApiEndpoint.get("accuracy", `${base}accuracy/`)
      .setPath(byId)
      .setUrlParams(params(periodParams))
      .addSuccess(Accuracy)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "How well predictions meet the actual values")
  )
  .add(
    HttpApiEndpoint.get("accuracyOverTime", `${base}accuracyOverTime/`)
      .setPath(byId)
      .setUrlParams(params({ ...periodParams, ...bucketParams, metric: Schema.optional(Schema.String) }))
      .addSuccess(AccuracyOverTime)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "One metric of accuracy over time")
  )
  .add(
    HttpApiEndpoint.get("predictionsOverTime", `${base}predictionsOverTime/`)
      .setPath(byId)
      .setUrlParams(params({ ...periodParams, ...bucketParams }))
      .addSuccess(PredictionsOverTime)
      .addError(Errors.NotFound)
      .addError(Errors.Unprocessable)
      .annotate(OpenApi.Summary, "How many rows were predicted over time, and their mean prediction")
  )
  .add(
    HttpApiEndpoint.get("predictionResults", `${base}predictionResults/`)
      .setPath(byId)
      .setUrlParams(params({
        ...paging,
        start: Schema.optional(isoDate),
        end: Schema.optional(isoDate),
        modelId: Schema.optional(Schema.String),
        actualsPresent: Schema.optional(Schema.Literal("true", "True", "false", "False"))
      }))
      .addSuccess(Envelope(PredictionResult))
      .addError(Errors.NotFound)
      .addError(Errors.UnknownRoute)
      .annotate(OpenApi.Summary, "The predicted rows, with their actual values")
  )
  .add(
    HttpApiEndpoint.post("deleteMonitoringData", `${base}monitoringDataDeletions/`)
      .setPath(byId)
      .setPayload(Deletion.annotations(allErrors))
      .addSuccess(Accepted)
      .addError(Errors.NotFound)
      .addError(Errors.Conflict)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Delete the monitoring data of a model")
  )
  .add(
    HttpApiEndpoint.get("sharedRoles", `${base}sharedRoles/`)
      .setPath(byId)
      .setUrlParams(params({
        ...paging,
        id: Schema.optional(Schema.String),
        name: Schema.optional(Schema.String),
        shareRecipientType: Schema.optional(Schema.String)
      }))
      .addSuccess(Envelope(SharedRole))
      .addError(Errors.NotFound)
      .annotate(OpenApi.Summary, "Who a deployment is shared with")
  )
  .add(
    HttpApiEndpoint.patch("updateSharedRoles", `${base}sharedRoles/`)
      .setPath(byId)
      .setPayload(
        Schema.Struct({ operation: Schema.Literal("updateRoles"), ...GrantsInput.fields }).annotations(allErrors)
      )
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .addError(Errors.Conflict)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Give and take roles")
  )
  // On the endpoints, so that it comes before what they have of their own.
  .middlewareEndpoints(Authorization)
  .prefix("/api/v2")
