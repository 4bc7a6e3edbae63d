/**
 * The schemas of the deployments API for monitoring data. Metric names are those of the API, with their spaces and
 * signs. Responses are read leniently; unknown keys are ignored.
 */
import * as Schema from "effect/Schema"
import { Envelope } from "./envelope.js"
import {
  type Ahead,
  ahead,
  atLeastZero,
  type DateInput,
  fields,
  filled,
  flagText,
  hourly,
  instant,
  millisOf,
  numberText,
  oneOf,
  type Paging,
  paging,
  share
} from "./fields.js"
import { nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/**
 * A period, `[start, end)`.
 *
 * @since 0.1.0
 */
export const Period = Schema.Struct({
  /** Start of the period, inclusive. Null if the server reports none. */
  start: nullish(Timestamp),
  /** End of the period, exclusive. Null if the server reports none. */
  end: nullish(Timestamp)
})
  .annotations({ identifier: "Period" })
export interface Period extends Schema.Schema.Type<typeof Period> {}

/** The metrics of the prediction service. */
export const serviceMetrics = [
  "totalPredictions",
  "totalRequests",
  "slowRequests",
  "executionTime",
  "responseTime",
  "userErrorRate",
  "serverErrorRate",
  "numConsumers",
  "cacheHitRatio",
  "medianLoad",
  "peakLoad"
] as const

/**
 * A metric of the prediction service.
 *
 * @since 0.1.0
 */
export type ServiceMetric = typeof serviceMetrics[number]

const measured = nullish(Schema.Number)

/**
 * Service statistics of a period. An unknown metric is null or missing.
 *
 * @since 0.1.0
 */
export const ServiceStats = Schema.Struct({
  /** Id of the model that the statistics are about. */
  modelId: nullish(Schema.String),
  /** The period of the statistics. */
  period: nullish(Period),
  /** The statistics. A value is null or missing if it is unknown, or if there were no requests. */
  metrics: Schema.Struct({
    /** Number of predicted rows. */
    totalPredictions: measured,
    /** Number of prediction requests. */
    totalRequests: measured,
    /** Number of prediction requests that took longer than `slowRequestsThreshold`. */
    slowRequests: measured,
    /** Time to compute the predictions of a request, in milliseconds, at the quantile `executionTimeQuantile`. */
    executionTime: measured,
    /** Time that the server took to respond, in milliseconds, at the quantile `responseTimeQuantile`. */
    responseTime: measured,
    /** Requests that failed because of the client (status 4xx), as a share of all requests, 0 to 1. */
    userErrorRate: measured,
    /** Requests that failed because of the server (status 5xx), as a share of all requests, 0 to 1. */
    serverErrorRate: measured,
    /** Number of different users who sent prediction requests. */
    numConsumers: measured,
    /** Share of the requests for which the model was in the cache, 0 to 1. */
    cacheHitRatio: measured,
    /** Median load, in requests per minute. */
    medianLoad: measured,
    /** Highest load, in requests per minute. */
    peakLoad: measured
  }),
  /** The attribute of the requested segment. Missing if none was requested. */
  segmentAttribute: nullish(Schema.String),
  /** The value of the requested segment. Missing if none was requested. */
  segmentValue: nullish(Schema.String)
}).annotations({ identifier: "ServiceStats" })
export interface ServiceStats extends Schema.Schema.Type<typeof ServiceStats> {}

const bucket = {
  /** The period of the value. */
  period: nullish(Period),
  /** The value of the metric, in the unit of the metric. Null if it is unknown. */
  value: measured
}

/**
 * One metric of the prediction service: its value for the whole period, and for each bucket, oldest first.
 *
 * @since 0.1.0
 */
export const ServiceStatsOverTime = Schema.Struct({
  /** The metric. Its unit is that of the same metric in `ServiceStats`. */
  metric: OpenEnum(...serviceMetrics),
  /** Id of the model that the statistics are about. */
  modelId: nullish(Schema.String),
  /** The value for the whole period. */
  summary: Schema.Struct(bucket),
  /** The value for each part of the period, oldest first. */
  buckets: Schema.Array(Schema.Struct(bucket)),
  /** The attribute of the requested segment. Missing if none was requested. */
  segmentAttribute: nullish(Schema.String),
  /** The value of the requested segment. Missing if none was requested. */
  segmentValue: nullish(Schema.String)
}).annotations({ identifier: "ServiceStatsOverTime" })
export interface ServiceStatsOverTime extends Schema.Schema.Type<typeof ServiceStatsOverTime> {}

const driftMetrics = ["psi", "kl_divergence", "dissimilarity", "hellinger", "js_divergence"] as const

/**
 * The metric of drift.
 *
 * @since 0.1.0
 */
export type DriftMetric = typeof driftMetrics[number]

const driftedFrom = {
  /** Id of the model. */
  modelId: nullish(Schema.String),
  /** The period whose data is compared with the training data. */
  period: nullish(Period),
  /** The metric of `driftScore`. */
  metric: nullish(OpenEnum(...driftMetrics))
}
const drifted = {
  /**
   * How far the data has drifted, on the scale of `metric`: 0 means no drift. Null if there are too few predictions.
   */
  driftScore: measured,
  /** Number of rows in the period. */
  sampleSize: measured,
  /** Number of rows in the training data. */
  baselineSampleSize: measured
}

/**
 * How far the predictions of a period have drifted from those of the training data. `driftScore` is null if there are
 * too few predictions.
 *
 * @since 0.1.0
 */
export const TargetDrift = Schema.Struct({
  ...driftedFrom,
  ...drifted,
  /** Name of the target. */
  targetName: nullish(Schema.String)
})
  .annotations({ identifier: "TargetDrift" })
export interface TargetDrift extends Schema.Schema.Type<typeof TargetDrift> {}

const featureDrift = {
  ...drifted,
  /** Name of the feature. */
  name: Schema.NullOr(Schema.String),
  /** The feature's share of influence on the predictions, 0 to 1. Null if it is unknown. */
  featureImpact: measured
}

/**
 * How far a feature's values in a period have drifted from those of the training data. `featureImpact` is the feature's
 * share of influence on the predictions, 0 to 1.
 *
 * @since 0.1.0
 */
export const FeatureDrift = Schema.Struct({ ...featureDrift, ...driftedFrom }).annotations({
  identifier: "FeatureDrift"
})
export interface FeatureDrift extends Schema.Schema.Type<typeof FeatureDrift> {}

/** A page of features as a server sends it: the page has the model, the period and the metric of all its features. */
export const FeatureDriftWire = Schema.Struct({
  ...Envelope(Schema.Struct(featureDrift)).fields,
  ...driftedFrom
}).annotations({ identifier: "FeatureDriftPage" })

/** A page of features, each with the model, period and metric of its page. */
export const FeatureDriftPage = Schema.transform(FeatureDriftWire, Schema.typeSchema(Envelope(FeatureDrift)), {
  strict: true,
  decode: ({ data, metric = null, modelId = null, period = null, ...page }) => ({
    ...page,
    data: data.map((feature) => ({ ...feature, metric, modelId, period }))
  }),
  encode: (page) => page
})

const AccuracyValue = Schema.Struct({
  /** The value of the metric, in the unit of the metric. Null if there are too few actual values. */
  value: measured,
  /** The value for the training data, in the unit of the metric. */
  baselineValue: measured,
  /** Change from `baselineValue` to `value`, in percent. */
  percentChange: measured
})

/**
 * The accuracy of the predictions of a period, by metric (`LogLoss`, `Rate@Top5%`, …). `baselineValue` is the value for
 * the training data, and `percentChange` is the change from it in percent. A value is null if there are too few actual
 * values.
 *
 * @since 0.1.0
 */
export const Accuracy = Schema.Struct({
  /** Id of the model. */
  modelId: nullish(Schema.String),
  /** The period whose predictions are compared with actual values. */
  period: nullish(Period),
  /** The accuracy by the name of the metric, as the API spells it: `LogLoss`, `Rate@Top5%`, … */
  metrics: Schema.Record({ key: Schema.String, value: AccuracyValue })
}).annotations({ identifier: "Accuracy" })
export interface Accuracy extends Schema.Schema.Type<typeof Accuracy> {}

const AccuracyBucket = Schema.Struct({
  ...bucket,
  /** Number of predictions with an actual value. */
  sampleSize: measured,
  /** The value for each class, as the server sends it. Multiclass targets only. */
  valuePerClass: nullish(Schema.Unknown)
})

/**
 * One accuracy metric: its value for the training data, for the whole period, and for each bucket, oldest first.
 *
 * @since 0.1.0
 */
export const AccuracyOverTime = Schema.Struct({
  /** The accuracy metric, as the API spells it: `LogLoss`, `Rate@Top5%`, … */
  metric: Schema.String,
  /** Id of the model. */
  modelId: nullish(Schema.String),
  /** The value for the training data. */
  baseline: nullish(AccuracyBucket),
  /** The value for the whole period. */
  summary: nullish(AccuracyBucket),
  /** The value for each part of the period, oldest first. */
  buckets: Schema.Array(AccuracyBucket)
}).annotations({ identifier: "AccuracyOverTime" })
export interface AccuracyOverTime extends Schema.Schema.Type<typeof AccuracyOverTime> {}

const PredictionsBucket = Schema.Struct(
  {
    /** The period of the predictions. */
    period: nullish(Period)
  },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
)

/**
 * Predictions for the training data (`baselines`), and for each bucket of the period, oldest first. The other keys of a
 * bucket depend on the target; they are passed on as the server sends them.
 *
 * @since 0.1.0
 */
export const PredictionsOverTime = Schema.Struct({
  /** The predictions for the training data. */
  baselines: Schema.Array(PredictionsBucket),
  /** The predictions for each part of the period, oldest first. */
  buckets: Schema.Array(PredictionsBucket)
}).annotations({ identifier: "PredictionsOverTime" })
export interface PredictionsOverTime extends Schema.Schema.Type<typeof PredictionsOverTime> {}

/**
 * A predicted row as the server sends it. Its keys depend on the deployment.
 *
 * @since 0.1.0
 */
export const PredictionResult = Schema.Record({ key: Schema.String, value: Schema.Unknown })
  .annotations({ identifier: "PredictionResult" })
export type PredictionResult = typeof PredictionResult.Type

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

interface Times {
  readonly startTime?: DateInput | undefined
  readonly endTime?: DateInput | undefined
}

/** Checks that a period begins before it ends. */
export const inOrder = <S extends Schema.Schema.AnyNoContext>(schema: S): Schema.filter<S> =>
  Schema.filter<S>(
    ({ endTime, startTime }: Times) =>
      startTime === undefined || endTime === undefined || millisOf(startTime) < millisOf(endTime),
    { message: () => "must have a startTime that is before its endTime" }
  )(schema)

const hours = {
  /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
  startTime: Schema.optional(hourly).pipe(Schema.fromKey("start")),
  /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
  endTime: Schema.optional(hourly).pipe(Schema.fromKey("end"))
}

const period = fields(hours, {
  /** Id of the current model or an earlier one. Default: the current model. */
  modelId: Schema.optional(filled)
})

/**
 * A period `[startTime, endTime)` of a model.
 *
 * @since 0.1.0
 */
export const PeriodInput = Schema.Struct(period)
export interface PeriodInput extends Schema.Schema.Type<typeof PeriodInput> {}

const segment = {
  /** Attribute that divides the requests: `DataRobot-Consumer`, `DataRobot-Remote-IP`, `DataRobot-Host-IP`, … */
  segmentAttribute: Schema.optional(filled),
  /** Only requests with this value of the attribute. */
  segmentValue: Schema.optional(Schema.String)
}

const quantile = Schema.optional(numberText(share))
const millis = Schema.optional(numberText(atLeastZero))

/**
 * A period, and how its service statistics are computed.
 *
 * @since 0.1.0
 */
export const ServiceStatsInput = Schema.Struct(fields(period, segment, {
  /** Quantile of `executionTime`, 0 to 1. Default: 0.5, the median. */
  executionTimeQuantile: quantile,
  /** Quantile of `responseTime`, 0 to 1. Default: 0.5, the median. */
  responseTimeQuantile: quantile,
  /** Response time in milliseconds from which a request counts as slow. Default: 1000. */
  slowRequestsThreshold: millis
})).pipe(inOrder)
export interface ServiceStatsInput extends Schema.Schema.Type<typeof ServiceStatsInput> {}

// The Python client writes all parts of a duration: P0Y0M1DT0H0M0S.
const isDuration = (text: string) => /^P(?=.)(?:\d{1,4}[YMWD])*(?:T\d{1,4}H(?:0M)?(?:0S)?)?$/.test(text)

const overTime = fields(period, {
  /** Length of a bucket: an ISO 8601 duration of whole hours, such as `PT1H` or `P7D`. */
  bucketSize: Schema.optional(Schema.String.pipe(
    Schema.filter(isDuration, { message: () => "must be an ISO 8601 duration of whole hours, such as PT1H or P7D" })
  ))
})

/**
 * A period, its buckets, and the metric of the prediction service.
 *
 * @since 0.1.0
 */
export const ServiceStatsOverTimeInput = Schema.Struct(fields(overTime, segment, {
  /** The metric. Default: `totalPredictions`. */
  metric: Schema.optional(oneOf(serviceMetrics)),
  /** Quantile of `executionTime` and `responseTime`, 0 to 1. Default: 0.5, the median. */
  quantile,
  /** Response time in milliseconds from which a request counts as one of `slowRequests`. Default: 1000. */
  threshold: millis
})).pipe(inOrder)
export interface ServiceStatsOverTimeInput extends Schema.Schema.Type<typeof ServiceStatsOverTimeInput> {}

const drift = fields(period, {
  /** The metric of drift. Default: `psi`. */
  metric: Schema.optional(oneOf(driftMetrics))
})

/**
 * A period, and the metric of drift.
 *
 * @since 0.1.0
 */
export const TargetDriftInput = Schema.Struct(drift).pipe(inOrder)
export interface TargetDriftInput extends Schema.Schema.Type<typeof TargetDriftInput> {}

/**
 * A period, the metric of drift, and the range of features.
 *
 * @since 0.1.0
 */
export const FeatureDriftInput = Schema.Struct(fields(drift, paging)).pipe(inOrder)
export interface FeatureDriftInput extends Paging, Schema.Schema.Type<typeof FeatureDriftInput> {}

/**
 * A period, and a segment of its requests.
 *
 * @since 0.1.0
 */
export const AccuracyInput = Schema.Struct(fields(period, segment)).pipe(inOrder)
export interface AccuracyInput extends Schema.Schema.Type<typeof AccuracyInput> {}

/**
 * A period, its buckets, and the accuracy metric.
 *
 * @since 0.1.0
 */
export const AccuracyOverTimeInput = Schema.Struct(fields(overTime, segment, {
  /**
   * The metric, as the API spells it (`LogLoss`, `AUC`, `RMSE`, `Rate@Top5%`, …). Default: the usual metric of the
   * target.
   */
  metric: Schema.optional(filled)
})).pipe(inOrder)
export interface AccuracyOverTimeInput extends Schema.Schema.Type<typeof AccuracyOverTimeInput> {}

/**
 * A period, its buckets, and the predictions to include.
 *
 * @since 0.1.0
 */
export const PredictionsOverTimeInput = Schema.Struct(fields(overTime, {
  /** Only this class of the target. */
  targetClass: Schema.optional(Schema.String),
  /** Whether to include percentiles of each bucket. Default: false. */
  includePercentiles: Schema.optional(flagText)
})).pipe(inOrder)
export interface PredictionsOverTimeInput extends Schema.Schema.Type<typeof PredictionsOverTimeInput> {}

const resultFilters = {
  /** Start of the period, inclusive. */
  startTime: Schema.optional(instant).pipe(Schema.fromKey("start")),
  /** End of the period, exclusive. */
  endTime: Schema.optional(instant).pipe(Schema.fromKey("end")),
  /** Id of the current model or an earlier one. */ modelId: Schema.optional(filled),
  /** Only rows with (or, if false, without) an actual value. */
  actualsPresent: Schema.optional(flagText)
}
const results = fields(paging, resultFilters)

/**
 * Filters of a listing of predicted rows.
 *
 * @since 0.1.0
 */
export const PredictionResultsInput = Schema.Struct(results).pipe(inOrder)
export interface PredictionResultsInput extends Paging, Schema.Schema.Type<typeof PredictionResultsInput> {}

/**
 * Filters of the predicted rows in a file.
 *
 * @since 0.1.0
 */
export const PredictionResultsFileInput = Schema.Struct(resultFilters).pipe(inOrder)
export interface PredictionResultsFileInput extends Schema.Schema.Type<typeof PredictionResultsFileInput> {}

/**
 * Filters of a stream of predicted rows, and how early it fetches pages.
 *
 * @since 0.1.0
 */
export const PredictionResultsStreamInput = Schema.Struct(fields(results, ahead)).pipe(inOrder)
export interface PredictionResultsStreamInput
  extends Paging, Ahead, Schema.Schema.Type<typeof PredictionResultsStreamInput>
{}

/**
 * The monitoring data to delete: all data of a model, or those of a period.
 *
 * @since 0.1.0
 */
export const DeleteMonitoringDataInput = Schema.Struct({
  /** Id of the model. */
  modelId: filled,
  /** Start of the period, inclusive, at the top of an hour. Default: the beginning. */
  startTime: hours.startTime,
  /** End of the period, exclusive, at the top of an hour. Default: no end. */
  endTime: hours.endTime
}).pipe(inOrder)
export interface DeleteMonitoringDataInput extends Schema.Schema.Type<typeof DeleteMonitoringDataInput> {}
