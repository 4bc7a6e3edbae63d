/**
 * The settings of a deployment, as they are answered and as they are sent: a setting that is left out stays as it is.
 * Answers are read leniently, what is sent is checked strictly.
 */
import * as Schema from "effect/Schema"
import { filled, natural, share, some } from "./fields.js"
import { maybe } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"

const switched = maybe(Schema.Struct({ enabled: maybe(Schema.Boolean) }))
const texts = maybe(Schema.Array(Schema.String))
const number = maybe(Schema.Number)

/**
 * The settings of a deployment; those that it does not have are missing or null.
 *
 * - `associationId`: the columns that tell predictions apart, so that actual values find theirs.
 * - `targetDrift`, `featureDrift`: whether drift is tracked, and of which features.
 * - `predictionsDataCollection`: whether predicted rows are kept. `challengerModels`: whether challengers predict too.
 * - `predictionWarning`: from where on a prediction is an outlier. `predictionIntervals`: which percentiles.
 * - `predictionsSettings`: how many machines predict, and of which kind.
 */
export const Settings = Schema.Struct({
  associationId: maybe(Schema.Struct({
    columnNames: texts,
    requiredInPredictionRequests: maybe(Schema.Boolean),
    autoGenerateId: maybe(Schema.Boolean)
  })),
  targetDrift: switched,
  featureDrift: maybe(Schema.Struct({
    enabled: maybe(Schema.Boolean),
    featureSelection: maybe(Schema.String),
    trackedFeatures: texts
  })),
  predictionsDataCollection: switched,
  predictionWarning: maybe(Schema.Struct({
    enabled: maybe(Schema.Boolean),
    // servers have been seen to spell these in two ways
    customBoundaries: maybe(Schema.Struct({
      lower: number,
      upper: number,
      lowerBoundary: number,
      upperBoundary: number
    }))
  })),
  predictionIntervals: maybe(Schema.Struct({
    enabled: maybe(Schema.Boolean),
    percentiles: maybe(Schema.Array(Schema.Number))
  })),
  predictionsByForecastDate: maybe(Schema.Struct({
    enabled: maybe(Schema.Boolean),
    columnName: maybe(Schema.String),
    datetimeFormat: maybe(Schema.String)
  })),
  challengerModels: switched,
  segmentAnalysis: maybe(Schema.Struct({ enabled: maybe(Schema.Boolean), attributes: texts })),
  humility: switched,
  automaticActuals: switched,
  biasAndFairness: maybe(Schema.Struct({
    protectedFeatures: texts,
    preferableTargetValue: maybe(Schema.Unknown),
    fairnessMetricsSet: maybe(Schema.String),
    fairnessThreshold: number
  })),
  batchMonitoring: switched,
  predictionsSettings: maybe(Schema.Struct({
    minComputes: number,
    maxComputes: number,
    resourceBundleId: maybe(Schema.String)
  }))
}).annotations({ identifier: "DeploymentSettings" })
export interface Settings extends Schema.Schema.Type<typeof Settings> {}

const Condition = Schema.Struct({
  metricId: Schema.String,
  compareOperator: OpenEnum("lt", "lte", "gt", "gte"),
  threshold: number,
  categoryName: maybe(Schema.String)
})

const timeliness = maybe(Schema.Struct({
  enabled: maybe(Schema.Boolean),
  expectedFrequency: maybe(Schema.String)
}))

/**
 * From when on a deployment counts as failing, or as one to be warned of.
 *
 * - `dataDrift.timeInterval`: the period that is looked at, such as `T2H`. Thresholds are of drift and of importance, 0
 *   to 1; the counts are numbers of features beyond them.
 * - `accuracy.measurement`: whether thresholds are of the metric's value, or of its change in percent.
 */
export const HealthSettings = Schema.Struct({
  service: maybe(Schema.Struct({ batchCount: number })),
  dataDrift: maybe(Schema.Struct({
    timeInterval: maybe(Schema.String),
    batchCount: number,
    driftThreshold: number,
    importanceThreshold: number,
    lowImportanceWarningCount: number,
    lowImportanceFailingCount: number,
    highImportanceWarningCount: number,
    highImportanceFailingCount: number,
    excludedFeatures: texts,
    starredFeatures: texts
  })),
  accuracy: maybe(Schema.Struct({
    batchCount: number,
    metric: maybe(Schema.String),
    measurement: maybe(OpenEnum("percent", "value")),
    warningThreshold: number,
    failingThreshold: number
  })),
  fairness: maybe(Schema.Struct({ protectedClassWarningCount: number, protectedClassFailingCount: number })),
  customMetrics: maybe(Schema.Struct({
    warningConditions: maybe(Schema.Array(Condition)),
    failingConditions: maybe(Schema.Array(Condition))
  })),
  predictionsTimeliness: timeliness,
  actualsTimeliness: timeliness
}).annotations({ identifier: "HealthSettings" })
export interface HealthSettings extends Schema.Schema.Type<typeof HealthSettings> {}

/** When something is done: of each part of a date, the values that fit; `["*"]` fits always. */
export const ScheduleSetting = Schema.Record({ key: Schema.String, value: Schema.Unknown })
export type ScheduleSetting = typeof ScheduleSetting.Type

/** Whether, and when, challengers predict again what was predicted. */
export const ChallengerReplaySettings = Schema.Struct({
  enabled: maybe(Schema.Boolean),
  schedule: maybe(ScheduleSetting)
}).annotations({ identifier: "ChallengerReplaySettings" })
export interface ChallengerReplaySettings extends Schema.Schema.Type<typeof ChallengerReplaySettings> {}

/** What a deployment's model is trained with again: by whom, on which dataset, where. Ids, or objects with one. */
export const RetrainingSettings = Schema.Record({ key: Schema.String, value: Schema.Unknown })
  .annotations({ identifier: "RetrainingSettings" })
export type RetrainingSettings = typeof RetrainingSettings.Type

/** The metrics of accuracy that are shown, as the API spells them. */
export const AccuracyMetrics = Schema.Struct({ data: Schema.Array(Schema.String) })
  .annotations({ identifier: "AccuracyMetrics" })

// ---------------------------------------------------------------------------------------------------------------
// What is sent. Checked strictly, before anything leaves.

const given = Schema.optional
const on = Schema.Struct({ enabled: Schema.Boolean })
const names = Schema.Array(filled)
const finite = Schema.Finite.annotations({ message: () => "must be a finite number" })

/** What `DeploymentSettings.update` sends. */
export const SettingsInput = Schema.Struct({
  associationId: given(Schema.Struct({
    columnNames: given(Schema.NullOr(names)),
    requiredInPredictionRequests: given(Schema.Boolean),
    autoGenerateId: given(Schema.Boolean)
  })),
  targetDrift: given(on),
  featureDrift: given(Schema.Struct({
    enabled: given(Schema.Boolean),
    featureSelection: given(filled),
    trackedFeatures: given(names)
  })),
  predictionsDataCollection: given(on),
  predictionWarning: given(Schema.Struct({
    enabled: given(Schema.Boolean),
    customBoundaries: given(Schema.NullOr(
      Schema.Struct({ lower: finite, upper: finite }).pipe(
        Schema.filter(({ lower, upper }) => lower < upper, {
          message: () => "must have a lower that is below its upper"
        })
      )
    ))
  })),
  predictionIntervals: given(Schema.Struct({
    enabled: given(Schema.Boolean),
    percentiles: given(
      Schema.Array(Schema.Number).pipe(
        Schema.filter(
          (percentiles) =>
            percentiles.length <= 1 && percentiles.every((one) => Number.isInteger(one) && one >= 1 && one <= 99),
          { message: () => "must be at most one whole number from 1 to 99" }
        )
      )
    )
  })),
  predictionsByForecastDate: given(Schema.Struct({
    enabled: given(Schema.Boolean),
    columnName: given(filled),
    datetimeFormat: given(filled)
  })),
  challengerModels: given(on),
  segmentAnalysis: given(Schema.Struct({ enabled: given(Schema.Boolean), attributes: given(names) })),
  humility: given(on),
  automaticActuals: given(on),
  biasAndFairness: given(Schema.Struct({
    protectedFeatures: given(names),
    preferableTargetValue: given(
      Schema.Union(Schema.String, Schema.Boolean, Schema.Finite).annotations({
        message: () => ({ message: "must be a text, a boolean or a finite number", override: true })
      })
    ),
    fairnessMetricsSet: given(filled),
    fairnessThreshold: given(share)
  })),
  batchMonitoring: given(on),
  predictionsSettings: given(Schema.Struct({
    minComputes: given(natural),
    maxComputes: given(natural),
    resourceBundleId: given(filled)
  }))
}).pipe(some("the settings"))

interface Switch {
  readonly enabled: boolean
}

/** Changes to the settings of a deployment. What is left out stays as it is. */
export interface SettingsInput {
  /** The columns that tell predictions apart, so that actual values find theirs. */
  readonly associationId?: {
    /** The columns; null for none. */
    readonly columnNames?: ReadonlyArray<string> | null | undefined
    /** Whether a prediction request without them is refused. */
    readonly requiredInPredictionRequests?: boolean | undefined
    /** Whether DataRobot makes ids for rows that have none. */
    readonly autoGenerateId?: boolean | undefined
  } | undefined
  /** Whether drift of the predictions is tracked. */
  readonly targetDrift?: Switch | undefined
  /** Whether drift of the features is tracked, and of which. */
  readonly featureDrift?: {
    readonly enabled?: boolean | undefined
    /** How features are chosen, such as `auto` or `manual`. */
    readonly featureSelection?: string | undefined
    /** The features, when they are chosen by hand. */
    readonly trackedFeatures?: ReadonlyArray<string> | undefined
  } | undefined
  /** Whether predicted rows are kept. */
  readonly predictionsDataCollection?: Switch | undefined
  /** From where on a prediction is an outlier. */
  readonly predictionWarning?: {
    readonly enabled?: boolean | undefined
    /** Your own boundaries; null for those of the model. */
    readonly customBoundaries?: { readonly lower: number; readonly upper: number } | null | undefined
  } | undefined
  /** Intervals of time series predictions. */
  readonly predictionIntervals?: {
    readonly enabled?: boolean | undefined
    /** How wide, in percent: one whole number from 1 to 99. */
    readonly percentiles?: ReadonlyArray<number> | undefined
  } | undefined
  /** Whether time series predictions are monitored by the date that they are for. */
  readonly predictionsByForecastDate?: {
    readonly enabled?: boolean | undefined
    readonly columnName?: string | undefined
    /** The format of the column, in the signs of Python's `strftime`. */
    readonly datetimeFormat?: string | undefined
  } | undefined
  /** Whether challengers predict too. */
  readonly challengerModels?: Switch | undefined
  /** Whether requests are told apart by attributes, and by which of your own. */
  readonly segmentAnalysis?: {
    readonly enabled?: boolean | undefined
    readonly attributes?: ReadonlyArray<string> | undefined
  } | undefined
  /** Whether humility rules are applied. */
  readonly humility?: Switch | undefined
  /** Whether actual values are taken from later prediction requests. */
  readonly automaticActuals?: Switch | undefined
  /** What is watched for bias. */
  readonly biasAndFairness?: {
    readonly protectedFeatures?: ReadonlyArray<string> | undefined
    /** The value of the target that is the better one to get. */
    readonly preferableTargetValue?: string | boolean | number | undefined
    /** The metrics, such as `equalParity`. */
    readonly fairnessMetricsSet?: string | undefined
    /** From which share on predictions are fair, 0 to 1. */
    readonly fairnessThreshold?: number | undefined
  } | undefined
  /** Whether predictions are monitored by batches. */
  readonly batchMonitoring?: Switch | undefined
  /** How many machines predict, and of which kind. */
  readonly predictionsSettings?: {
    readonly minComputes?: number | undefined
    readonly maxComputes?: number | undefined
    readonly resourceBundleId?: string | undefined
  } | undefined
}

const batchCount = given(
  Schema.Literal(1, 5, 10, 50, 100, 1000, 10_000).annotations({
    message: () => ({ message: "must be 1, 5, 10, 50, 100, 1000 or 10000", override: true })
  })
)
const threshold = given(Schema.NullOr(finite))
const conditions = given(Schema.Array(Schema.Struct({
  metricId: filled,
  compareOperator: filled,
  threshold: finite,
  categoryName: given(Schema.String)
})))
const expected = given(Schema.Struct({ enabled: given(Schema.Boolean), expectedFrequency: given(filled) }))

/** What `DeploymentSettings.updateHealthSettings` sends. */
export const HealthSettingsInput = Schema.Struct({
  service: given(Schema.Struct({ batchCount })),
  dataDrift: given(Schema.Struct({
    timeInterval: given(filled),
    batchCount,
    driftThreshold: given(share),
    importanceThreshold: given(share),
    lowImportanceWarningCount: given(natural),
    lowImportanceFailingCount: given(natural),
    highImportanceWarningCount: given(natural),
    highImportanceFailingCount: given(natural),
    excludedFeatures: given(names),
    starredFeatures: given(names)
  })),
  accuracy: given(Schema.Struct({
    batchCount,
    metric: given(filled),
    measurement: given(filled),
    warningThreshold: threshold,
    failingThreshold: threshold
  })),
  fairness: given(Schema.Struct({
    protectedClassWarningCount: given(natural),
    protectedClassFailingCount: given(natural)
  })),
  customMetrics: given(Schema.Struct({ warningConditions: conditions, failingConditions: conditions })),
  predictionsTimeliness: expected,
  actualsTimeliness: expected
}).pipe(some("the health settings"))

type BatchCount = 1 | 5 | 10 | 50 | 100 | 1000 | 10_000

/** What a custom metric must not be. */
export interface CustomMetricCondition {
  readonly metricId: string
  /** `lt`, `lte`, `gt`, `gte`, … */
  readonly compareOperator: string
  readonly threshold: number
  readonly categoryName?: string | undefined
}

interface Timeliness {
  readonly enabled?: boolean | undefined
  /** How often data is expected: an ISO 8601 duration. */
  readonly expectedFrequency?: string | undefined
}

/** Changes to when a deployment counts as failing, or as one to be warned of. What is left out stays as it is. */
export interface HealthSettingsInput {
  /** How many batches the service health is about. */
  readonly service?: { readonly batchCount?: BatchCount | undefined } | undefined
  /** When the data has drifted too far. */
  readonly dataDrift?: {
    /** The period that is looked at, such as `T2H` or `P7D`. */
    readonly timeInterval?: string | undefined
    readonly batchCount?: BatchCount | undefined
    /** From which drift on a feature counts, 0 to 1. */
    readonly driftThreshold?: number | undefined
    /** From which importance on a feature is important, 0 to 1. */
    readonly importanceThreshold?: number | undefined
    readonly lowImportanceWarningCount?: number | undefined
    readonly lowImportanceFailingCount?: number | undefined
    readonly highImportanceWarningCount?: number | undefined
    readonly highImportanceFailingCount?: number | undefined
    /** Features that do not count. */
    readonly excludedFeatures?: ReadonlyArray<string> | undefined
    /** Features that always count as important. */
    readonly starredFeatures?: ReadonlyArray<string> | undefined
  } | undefined
  /** When predictions are not accurate enough. */
  readonly accuracy?: {
    readonly batchCount?: BatchCount | undefined
    /** The metric, as the API spells it. */
    readonly metric?: string | undefined
    /** Whether thresholds are of the `value`, or of the change in `percent`. */
    readonly measurement?: string | undefined
    /** From where on to warn; null for never. */
    readonly warningThreshold?: number | null | undefined
    /** From where on it fails; null for never. */
    readonly failingThreshold?: number | null | undefined
  } | undefined
  /** When predictions are not fair enough: how many classes may be below the threshold. */
  readonly fairness?: {
    readonly protectedClassWarningCount?: number | undefined
    readonly protectedClassFailingCount?: number | undefined
  } | undefined
  /** When custom metrics are not as they should be. */
  readonly customMetrics?: {
    readonly warningConditions?: ReadonlyArray<CustomMetricCondition> | undefined
    readonly failingConditions?: ReadonlyArray<CustomMetricCondition> | undefined
  } | undefined
  /** When predictions come too late. */
  readonly predictionsTimeliness?: Timeliness | undefined
  /** When actual values come too late. */
  readonly actualsTimeliness?: Timeliness | undefined
}

/** What `DeploymentSettings.updateChallengerReplaySettings` sends. */
export const ChallengerReplaySettingsInput = Schema.Struct({
  enabled: Schema.Boolean,
  schedule: given(ScheduleSetting)
})

/** Whether, and when, challengers are to predict again what was predicted. */
export interface ChallengerReplaySettingsInput {
  readonly enabled: boolean
  /** Of each part of a date (`minute`, `hour`, `dayOfWeek`, `dayOfMonth`, `month`), the values that fit. */
  readonly schedule?: ScheduleSetting | undefined
}

/** What `DeploymentSettings.updateRetrainingSettings` sends. */
export const RetrainingSettingsInput = Schema.Struct({
  datasetId: given(Schema.NullOr(filled)),
  predictionEnvironmentId: given(Schema.NullOr(filled)),
  retrainingUserId: given(Schema.NullOr(filled)),
  credentialId: given(Schema.NullOr(filled))
}).pipe(some("the retraining settings"))

/** Changes to what the model is trained with again. What is left out stays as it is; null takes it away. */
export interface RetrainingSettingsInput {
  /** The dataset to train on. */
  readonly datasetId?: string | null | undefined
  /** Where the new model is to predict. */
  readonly predictionEnvironmentId?: string | null | undefined
  /** The user in whose name it is trained. */
  readonly retrainingUserId?: string | null | undefined
  /** The credential to read the dataset with. */
  readonly credentialId?: string | null | undefined
}

/** What `DeploymentSettings.updateAccuracyMetricsSettings` sends. */
export const AccuracyMetricsInput = Schema.Struct({
  data: names.pipe(Schema.filter(({ length }) => length > 0, { message: () => "must hold at least one metric" }))
})
