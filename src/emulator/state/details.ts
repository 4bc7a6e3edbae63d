/** Details of a deployment that only the deployments API shows, and their initial values. */
import * as Schema from "effect/Schema"
import { SharedRole } from "../../wire/deployment.js"
import { ChallengerReplaySettings, HealthSettings, Settings } from "../../wire/settings.js"
import { metricsOf } from "../monitoring/accuracy.js"
import { Millis } from "./clock.js"
import { user } from "./fixtures.js"

/** A model that a deployment has or had, and when it was deployed. */
export const DeployedModel = Schema.Struct({
  modelId: Schema.String,
  modelPackageId: Schema.String,
  since: Millis,
  reason: Schema.NullOr(Schema.String)
})
export interface DeployedModel extends Schema.Schema.Type<typeof DeployedModel> {}

/** The details of a deployment. The models are in order of time; the last one is deployed. */
export const Details = Schema.Struct({
  importance: Schema.NullOr(Schema.String),
  defaultPredictionServerId: Schema.NullOr(Schema.String),
  predictionEnvironmentId: Schema.NullOr(Schema.String),
  userProvidedId: Schema.NullOr(Schema.String),
  models: Schema.NonEmptyArray(DeployedModel),
  settings: Settings,
  healthSettings: HealthSettings,
  challengerReplaySettings: ChallengerReplaySettings,
  /** The ids as they were sent. */
  retrainingSettings: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
  accuracyMetrics: Schema.Array(Schema.String),
  secondaryDatasetConfigId: Schema.NullOr(Schema.String),
  roles: Schema.Array(SharedRole)
})
export interface Details extends Schema.Schema.Type<typeof Details> {}

const off = { enabled: false }

/** The initial settings of a deployment. */
const settings: Settings = {
  associationId: { columnNames: null, requiredInPredictionRequests: false, autoGenerateId: false },
  targetDrift: off,
  featureDrift: off,
  predictionsDataCollection: off,
  predictionWarning: { enabled: false, customBoundaries: null },
  predictionIntervals: { enabled: false, percentiles: [] },
  predictionsByForecastDate: { enabled: false, columnName: null, datetimeFormat: null },
  challengerModels: off,
  segmentAnalysis: { enabled: false, attributes: [] },
  humility: off,
  automaticActuals: off,
  biasAndFairness: null,
  batchMonitoring: off,
  predictionsSettings: null
}

/** The initial health settings of a deployment. */
export const defaultHealthSettings: HealthSettings = {
  service: { batchCount: 1 },
  dataDrift: {
    timeInterval: "P7D",
    batchCount: 1,
    driftThreshold: 0.15,
    importanceThreshold: 0.5,
    lowImportanceWarningCount: 1,
    lowImportanceFailingCount: 5,
    highImportanceWarningCount: 0,
    highImportanceFailingCount: 1,
    excludedFeatures: [],
    starredFeatures: []
  },
  accuracy: { batchCount: 1, metric: null, measurement: "percent", warningThreshold: null, failingThreshold: null },
  fairness: { protectedClassWarningCount: 1, protectedClassFailingCount: 1 },
  customMetrics: { warningConditions: [], failingConditions: [] },
  predictionsTimeliness: { enabled: false, expectedFrequency: "P1D" },
  actualsTimeliness: { enabled: false, expectedFrequency: "P1D" }
}

/** The initial details of a deployment of a model. */
export const initialDetails = (model: DeployedModel, targetType: string): Details => ({
  importance: null,
  defaultPredictionServerId: null,
  predictionEnvironmentId: null,
  userProvidedId: null,
  models: [model],
  settings,
  healthSettings: defaultHealthSettings,
  challengerReplaySettings: { enabled: false, schedule: null },
  retrainingSettings: {},
  accuracyMetrics: metricsOf(targetType),
  secondaryDatasetConfigId: null,
  roles: [{ id: user.id, name: user.username, role: "OWNER", shareRecipientType: "user" }]
})

/** Returns a record with some keys changed. If a value is an object, only its given keys change. */
export const merge = <Record extends object>(record: Record, changes: object): Record => ({
  ...record,
  ...Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined).map(([key, value]) => {
      const before: unknown = Reflect.get(record, key)
      return [key, isObject(before) && isObject(value) ? { ...before, ...value } : value]
    })
  )
})

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value)
