/**
 * The schemas of the deployments API for settings. Responses are read leniently; inputs are checked strictly.
 */
import * as Schema from "effect/Schema"
import { filled, natural, share, some } from "./fields.js"
import { nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"

const switched = nullish(Schema.Struct({
  /** Whether it is on. */
  enabled: nullish(Schema.Boolean)
}))
const texts = nullish(Schema.Array(Schema.String))
const number = nullish(Schema.Number)

/**
 * The settings of a deployment. A setting that it does not have is missing or null.
 *
 * @since 0.1.0
 */
export const Settings = Schema.Struct({
  /** The columns that identify a prediction, so that actual values can be matched with it. */
  associationId: nullish(Schema.Struct({
    /** The columns. Null if there are none. */
    columnNames: texts,
    /** Whether a prediction request without these columns is rejected. */
    requiredInPredictionRequests: nullish(Schema.Boolean),
    /** Whether DataRobot generates ids for rows without one. */
    autoGenerateId: nullish(Schema.Boolean)
  })),
  /** Whether drift of the predictions is tracked. */
  targetDrift: switched,
  /** Whether drift of the features is tracked, and for which features. */
  featureDrift: nullish(Schema.Struct({
    /** Whether it is on. */
    enabled: nullish(Schema.Boolean),
    /** How the features are selected, such as `auto` or `manual`. */
    featureSelection: nullish(Schema.String),
    /** The features, if they are selected by hand. */
    trackedFeatures: texts
  })),
  /** Whether predicted rows are stored. */
  predictionsDataCollection: switched,
  /** The boundaries beyond which a prediction is an outlier. */
  predictionWarning: nullish(Schema.Struct({
    /** Whether it is on. */
    enabled: nullish(Schema.Boolean),
    // Servers use two spellings of these.
    /**
     * Your own boundaries. Null if those of the model are used. A server sends either `lower` and `upper`, or
     * `lowerBoundary` and `upperBoundary`.
     */
    customBoundaries: nullish(Schema.Struct({
      /** The lowest value that is no outlier. */
      lower: number,
      /** The highest value that is no outlier. */
      upper: number,
      /** The same as `lower`, as some servers spell it. */
      lowerBoundary: number,
      /** The same as `upper`, as some servers spell it. */
      upperBoundary: number
    }))
  })),
  /** Intervals of time series predictions. */
  predictionIntervals: nullish(Schema.Struct({
    /** Whether it is on. */
    enabled: nullish(Schema.Boolean),
    /** The width of the intervals, in percent. */
    percentiles: nullish(Schema.Array(Schema.Number))
  })),
  /** Whether time series predictions are monitored by the date that they forecast. */
  predictionsByForecastDate: nullish(Schema.Struct({
    /** Whether it is on. */
    enabled: nullish(Schema.Boolean),
    /** The column that holds the date. */
    columnName: nullish(Schema.String),
    /** The format of the column, as in Python's `strftime`. */
    datetimeFormat: nullish(Schema.String)
  })),
  /** Whether challengers also make predictions. */
  challengerModels: switched,
  /** Whether requests are divided into segments by attributes. */
  segmentAnalysis: nullish(Schema.Struct({
    /** Whether it is on. */
    enabled: nullish(Schema.Boolean),
    /** Your own attributes, in addition to those of DataRobot. */
    attributes: texts
  })),
  /** Whether humility rules are applied. */
  humility: switched,
  /** Whether actual values are taken from later prediction requests. */
  automaticActuals: switched,
  /** Monitoring for bias and fairness. */
  biasAndFairness: nullish(Schema.Struct({
    /** The features to protect. */
    protectedFeatures: texts,
    /** The favorable value of the target. */
    preferableTargetValue: nullish(Schema.Unknown),
    /** The fairness metrics, such as `equalParity`. */
    fairnessMetricsSet: nullish(Schema.String),
    /** The share from which predictions count as fair, 0 to 1. */
    fairnessThreshold: number
  })),
  /** Whether predictions are monitored in batches. */
  batchMonitoring: switched,
  /** The number and the kind of machines that make predictions. */
  predictionsSettings: nullish(Schema.Struct({
    /** Minimum number of machines. */
    minComputes: number,
    /** Maximum number of machines. */
    maxComputes: number,
    /** Id of the kind of machine. */
    resourceBundleId: nullish(Schema.String)
  }))
}).annotations({ identifier: "DeploymentSettings" })
export interface Settings extends Schema.Schema.Type<typeof Settings> {}

const Condition = Schema.Struct({
  /** Id of the custom metric. */
  metricId: Schema.String,
  /** How the metric is compared with `threshold`. */
  compareOperator: OpenEnum("lt", "lte", "gt", "gte"),
  /** The value to compare with, in the unit of the metric. */
  threshold: number,
  /** The category, for a metric of categories. */
  categoryName: nullish(Schema.String)
})

const timeliness = nullish(Schema.Struct({
  /** Whether it is on. */
  enabled: nullish(Schema.Boolean),
  /** How often data is expected: an ISO 8601 duration. */
  expectedFrequency: nullish(Schema.String)
}))

/**
 * The limits at which the health of a deployment becomes `warning` or `failing`.
 *
 * @since 0.1.0
 */
export const HealthSettings = Schema.Struct({
  /** Service health. */
  service: nullish(Schema.Struct({
    /** Number of batches to evaluate. */
    batchCount: number
  })),
  /** Data drift. */
  dataDrift: nullish(Schema.Struct({
    /** The period that is evaluated, such as `T2H` (two hours) or `P7D` (seven days). */
    timeInterval: nullish(Schema.String),
    /** Number of batches to evaluate. */
    batchCount: number,
    /** The drift from which a feature counts as drifted, 0 to 1. */
    driftThreshold: number,
    /** The importance from which a feature counts as important, 0 to 1. */
    importanceThreshold: number,
    /** Number of drifted features of low importance that make the health `warning`. */
    lowImportanceWarningCount: number,
    /** Number of drifted features of low importance that make the health `failing`. */
    lowImportanceFailingCount: number,
    /** Number of drifted features of high importance that make the health `warning`. */
    highImportanceWarningCount: number,
    /** Number of drifted features of high importance that make the health `failing`. */
    highImportanceFailingCount: number,
    /** Features that are ignored. */
    excludedFeatures: texts,
    /** Features that always count as important. */
    starredFeatures: texts
  })),
  /** Accuracy. */
  accuracy: nullish(Schema.Struct({
    /** Number of batches to evaluate. */
    batchCount: number,
    /** The metric, as the API spells it. */
    metric: nullish(Schema.String),
    /** Whether the thresholds apply to the `value` of the metric, or to its change in `percent`. */
    measurement: nullish(OpenEnum("percent", "value")),
    /** The value at which the health becomes `warning`. Null for never. */
    warningThreshold: number,
    /** The value at which the health becomes `failing`. Null for never. */
    failingThreshold: number
  })),
  /** Fairness: the number of protected classes below the fairness threshold. */
  fairness: nullish(Schema.Struct({
    /** Number of classes that make the health `warning`. */
    protectedClassWarningCount: number,
    /** Number of classes that make the health `failing`. */
    protectedClassFailingCount: number
  })),
  /** Custom metrics. */
  customMetrics: nullish(Schema.Struct({
    /** Conditions that make the health `warning`. */
    warningConditions: nullish(Schema.Array(Condition)),
    /** Conditions that make the health `failing`. */
    failingConditions: nullish(Schema.Array(Condition))
  })),
  /** How often predictions are expected. */
  predictionsTimeliness: timeliness,
  /** How often actual values are expected. */
  actualsTimeliness: timeliness
}).annotations({ identifier: "HealthSettings" })
export interface HealthSettings extends Schema.Schema.Type<typeof HealthSettings> {}

/**
 * A schedule: for each part of a date, the values that match; `["*"]` matches any.
 *
 * @since 0.1.0
 */
export const ScheduleSetting = Schema.Record({ key: Schema.String, value: Schema.Unknown })
export type ScheduleSetting = typeof ScheduleSetting.Type

/**
 * Whether challengers replay predictions, and when.
 *
 * @since 0.1.0
 */
export const ChallengerReplaySettings = Schema.Struct({
  /** Whether challengers replay predictions. */
  enabled: nullish(Schema.Boolean),
  /** When they do. */
  schedule: nullish(ScheduleSetting)
}).annotations({ identifier: "ChallengerReplaySettings" })
export interface ChallengerReplaySettings extends Schema.Schema.Type<typeof ChallengerReplaySettings> {}

/**
 * How a deployment's model is retrained: the dataset to train on, the prediction environment for the new model, and the
 * user who retrains it. Null or missing if none is set. Other keys are passed on as the server sends them.
 *
 * @since 0.1.0
 */
export const RetrainingSettings = Schema.Struct(
  {
    /** The dataset to train on. */
    dataset: nullish(Schema.Struct({
      /** Id of the dataset. */
      id: nullish(Schema.String),
      /** Name of the dataset. */
      name: nullish(Schema.String)
    })),
    /** The prediction environment for the new model. */
    predictionEnvironment: nullish(Schema.Struct({
      /** Id of the prediction environment. */
      id: nullish(Schema.String),
      /** Name of the prediction environment. */
      name: nullish(Schema.String)
    })),
    /** The user who retrains the model. */
    retrainingUser: nullish(Schema.Struct({
      /** Id of the user. */
      id: nullish(Schema.String),
      /** Name of the user. */
      username: nullish(Schema.String)
    }))
  },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
).annotations({ identifier: "RetrainingSettings" })
export interface RetrainingSettings extends Schema.Schema.Type<typeof RetrainingSettings> {}

/** The accuracy metrics that are shown, as the API spells them. */
export const AccuracyMetrics = Schema.Struct({ data: Schema.Array(Schema.String) })
  .annotations({ identifier: "AccuracyMetrics" })

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

const given = Schema.optional
const on = given(Schema.Struct({
  /** Whether it is on. */
  enabled: Schema.Boolean
}))
const enabled = given(Schema.Boolean)
const names = Schema.Array(filled)
const finite = Schema.Finite.annotations({ message: () => "must be a finite number" })

/**
 * Changes to the settings of a deployment, at least one. A setting that is left out keeps its value.
 *
 * @since 0.1.0
 */
export const SettingsInput = Schema.Struct({
  /** The columns that identify a prediction, so that actual values can be matched with it. */
  associationId: given(Schema.Struct({
    /** The columns; null for none. */
    columnNames: given(Schema.NullOr(names)),
    /** Whether a prediction request without these columns is rejected. */
    requiredInPredictionRequests: given(Schema.Boolean),
    /** Whether DataRobot generates ids for rows without one. */
    autoGenerateId: given(Schema.Boolean)
  })),
  /** Whether drift of the predictions is tracked. */
  targetDrift: on,
  /** Whether drift of the features is tracked, and for which features. */
  featureDrift: given(Schema.Struct({
    /** Whether it is on. */
    enabled,
    /** How the features are selected, such as `auto` or `manual`. */
    featureSelection: given(filled),
    /** The features, if they are selected by hand. */
    trackedFeatures: given(names)
  })),
  /** Whether predicted rows are stored. */
  predictionsDataCollection: on,
  /** The boundaries beyond which a prediction is an outlier. */
  predictionWarning: given(Schema.Struct({
    /** Whether it is on. */
    enabled,
    /** Your own boundaries; null for those of the model. */
    customBoundaries: given(Schema.NullOr(
      Schema.Struct({
        /** The lowest value that is no outlier. */
        lower: finite,
        /** The highest value that is no outlier. */
        upper: finite
      }).pipe(
        Schema.filter(({ lower, upper }) => lower < upper, {
          message: () => "must have a lower boundary below the upper one"
        })
      )
    ))
  })),
  /** Intervals of time series predictions. */
  predictionIntervals: given(Schema.Struct({
    /** Whether it is on. */
    enabled,
    /** The width in percent: one whole number from 1 to 99. */
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
  /** Whether time series predictions are monitored by the date that they forecast. */
  predictionsByForecastDate: given(Schema.Struct({
    /** Whether it is on. */
    enabled,
    /** The column that holds the date. */
    columnName: given(filled),
    /** The format of the column, as in Python's `strftime`. */
    datetimeFormat: given(filled)
  })),
  /** Whether challengers also make predictions. */
  challengerModels: on,
  /** Whether requests are divided into segments by attributes, and your own attributes for it. */
  segmentAnalysis: given(Schema.Struct({
    /** Whether it is on. */
    enabled,
    /** Your own attributes. */
    attributes: given(names)
  })),
  /** Whether humility rules are applied. */
  humility: on,
  /** Whether actual values are taken from later prediction requests. */
  automaticActuals: on,
  /** Monitoring for bias and fairness. */
  biasAndFairness: given(Schema.Struct({
    /** The features to protect. */
    protectedFeatures: given(names),
    /** The favorable value of the target. */
    preferableTargetValue: given(
      Schema.Union(Schema.String, Schema.Boolean, Schema.Finite).annotations({
        message: () => ({ message: "must be a string, a boolean or a finite number", override: true })
      })
    ),
    /** The metrics, such as `equalParity`. */
    fairnessMetricsSet: given(filled),
    /** The share from which predictions count as fair, 0 to 1. */
    fairnessThreshold: given(share)
  })),
  /** Whether predictions are monitored in batches. */
  batchMonitoring: on,
  /** The number and the kind of machines that make predictions. */
  predictionsSettings: given(Schema.Struct({
    /** Minimum number of machines. */
    minComputes: given(natural),
    /** Maximum number of machines. */
    maxComputes: given(natural),
    /** Id of the kind of machine. */
    resourceBundleId: given(filled)
  }))
}).pipe(some("the settings"))
export interface SettingsInput extends Schema.Schema.Type<typeof SettingsInput> {}

const batchCount = given(
  Schema.Literal(1, 5, 10, 50, 100, 1000, 10_000).annotations({
    message: () => ({ message: "must be 1, 5, 10, 50, 100, 1000 or 10000", override: true })
  })
)
const threshold = given(Schema.NullOr(finite))

/** A condition on a custom metric. */
const ConditionInput = Schema.Struct({
  /** Id of the custom metric. */
  metricId: filled,
  /** `lt`, `lte`, `gt`, `gte`, … */
  compareOperator: filled,
  /** The value to compare with. */
  threshold: finite,
  /** The category, for a metric of categories. */
  categoryName: given(Schema.String)
})
/**
 * A condition on a custom metric.
 *
 * @since 0.1.0
 */
export interface CustomMetricCondition extends Schema.Schema.Type<typeof ConditionInput> {}

const conditions = given(Schema.Array(ConditionInput))

const timelinessInput = given(Schema.Struct({
  /** Whether it is on. */
  enabled,
  /** How often data is expected: an ISO 8601 duration. */
  expectedFrequency: given(filled)
}))

/**
 * Changes to the health settings of a deployment, at least one. A setting that is left out keeps its value.
 *
 * @since 0.1.0
 */
export const HealthSettingsInput = Schema.Struct({
  /** Service health: the number of batches to evaluate. */
  service: given(Schema.Struct({
    /** Number of batches that count. */
    batchCount
  })),
  /** Data drift. */
  dataDrift: given(Schema.Struct({
    /** The period that is evaluated, such as `T2H` or `P7D`. */
    timeInterval: given(filled),
    /** Number of batches to evaluate. */
    batchCount,
    /** The drift from which a feature counts as drifted, 0 to 1. */
    driftThreshold: given(share),
    /** The importance from which a feature counts as important, 0 to 1. */
    importanceThreshold: given(share),
    /** Number of drifted features of low importance that make the health `warning`. */
    lowImportanceWarningCount: given(natural),
    /** Number of drifted features of low importance that make the health `failing`. */
    lowImportanceFailingCount: given(natural),
    /** Number of drifted features of high importance that make the health `warning`. */
    highImportanceWarningCount: given(natural),
    /** Number of drifted features of high importance that make the health `failing`. */
    highImportanceFailingCount: given(natural),
    /** Features to ignore. */
    excludedFeatures: given(names),
    /** Features that always count as important. */
    starredFeatures: given(names)
  })),
  /** Accuracy. */
  accuracy: given(Schema.Struct({
    /** Number of batches to evaluate. */
    batchCount,
    /** The metric, as the API spells it. */
    metric: given(filled),
    /** Whether the thresholds apply to the `value`, or to its change in `percent`. */
    measurement: given(filled),
    /** The value at which the health becomes `warning`; null for never. */
    warningThreshold: threshold,
    /** The value at which the health becomes `failing`; null for never. */
    failingThreshold: threshold
  })),
  /** Fairness: the number of protected classes below the fairness threshold. */
  fairness: given(Schema.Struct({
    /** Number of classes that make the health `warning`. */
    protectedClassWarningCount: given(natural),
    /** Number of classes that make the health `failing`. */
    protectedClassFailingCount: given(natural)
  })),
  /** Custom metrics. */
  customMetrics: given(Schema.Struct({
    /** Conditions that make the health `warning`. */
    warningConditions: conditions,
    /** Conditions that make the health `failing`. */
    failingConditions: conditions
  })),
  /** How often predictions are expected. */
  predictionsTimeliness: timelinessInput,
  /** How often actual values are expected. */
  actualsTimeliness: timelinessInput
}).pipe(some("the health settings"))
export interface HealthSettingsInput extends Schema.Schema.Type<typeof HealthSettingsInput> {}

/**
 * Changes to whether challengers replay predictions, and when.
 *
 * @since 0.1.0
 */
export const ChallengerReplaySettingsInput = Schema.Struct({
  /** Whether challengers replay predictions. */
  enabled: Schema.Boolean,
  /** For each part of a date (`minute`, `hour`, `dayOfWeek`, `dayOfMonth`, `month`), the values that match. */
  schedule: given(ScheduleSetting)
})
export interface ChallengerReplaySettingsInput extends Schema.Schema.Type<typeof ChallengerReplaySettingsInput> {}

const idOrNull = given(Schema.NullOr(filled))

/**
 * Changes to how the model is retrained, at least one. A key that is left out keeps its value; null removes it.
 *
 * @since 0.1.0
 */
export const RetrainingSettingsInput = Schema.Struct({
  /** Id of the dataset to train on. */
  datasetId: idOrNull,
  /** Id of the prediction environment for the new model. */
  predictionEnvironmentId: idOrNull,
  /** Id of the user who retrains the model. */
  retrainingUserId: idOrNull,
  /** Id of the credential to read the dataset with. */
  credentialId: idOrNull
}).pipe(some("the retraining settings"))
export interface RetrainingSettingsInput extends Schema.Schema.Type<typeof RetrainingSettingsInput> {}

/** The accuracy metrics to show, as the API spells them. */
export const AccuracyMetricsInput = Schema.Struct({
  metrics: names.pipe(
    Schema.filter(({ length }) => length > 0, { message: () => "must hold at least one metric" }),
    Schema.propertySignature,
    Schema.fromKey("data")
  )
})
