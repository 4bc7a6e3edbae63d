/**
 * What `deployments/` answers of monitoring, and which periods it may be asked for. Metric names are those of the API,
 * with their spaces and signs. Answers are read leniently; unknown keys are ignored.
 */
import * as Schema from "effect/Schema"
import { Envelope } from "./envelope.js"
import {
  type Ahead,
  concurrency,
  DateInput,
  filled,
  millisOf,
  oneOf,
  type Paging,
  paging,
  prefetch,
  share
} from "./fields.js"
import { maybe } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/** A period, `[start, end)`. */
export const Period = Schema.Struct({ start: maybe(Timestamp), end: maybe(Timestamp) })
  .annotations({ identifier: "Period" })
export interface Period extends Schema.Schema.Type<typeof Period> {}

/** What is measured of the prediction service. */
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

export type ServiceMetric = typeof serviceMetrics[number]

const measured = maybe(Schema.Number)

/**
 * What the prediction service did in a period. A metric that is not known is null or missing.
 *
 * - `totalPredictions`: predicted rows. `totalRequests`: prediction requests.
 * - `slowRequests`: requests that took longer than `slowRequestsThreshold`.
 * - `executionTime`, `responseTime`: milliseconds, of the quantile that was asked for.
 * - `userErrorRate`, `serverErrorRate`: share of all requests, 0 to 1. `cacheHitRatio`: 0 to 1.
 * - `medianLoad`, `peakLoad`: requests per minute.
 */
export const ServiceStats = Schema.Struct({
  modelId: maybe(Schema.String),
  period: maybe(Period),
  metrics: Schema.Struct({
    totalPredictions: measured,
    totalRequests: measured,
    slowRequests: measured,
    executionTime: measured,
    responseTime: measured,
    userErrorRate: measured,
    serverErrorRate: measured,
    numConsumers: measured,
    cacheHitRatio: measured,
    medianLoad: measured,
    peakLoad: measured
  }),
  segmentAttribute: maybe(Schema.String),
  segmentValue: maybe(Schema.String)
}).annotations({ identifier: "ServiceStats" })
export interface ServiceStats extends Schema.Schema.Type<typeof ServiceStats> {}

const bucket = { period: maybe(Period), value: measured }

/** One metric of the prediction service over time: in the whole period, and in each bucket of it, oldest first. */
export const ServiceStatsOverTime = Schema.Struct({
  metric: OpenEnum(...serviceMetrics),
  modelId: maybe(Schema.String),
  summary: Schema.Struct(bucket),
  buckets: Schema.Array(Schema.Struct(bucket)),
  segmentAttribute: maybe(Schema.String),
  segmentValue: maybe(Schema.String)
}).annotations({ identifier: "ServiceStatsOverTime" })
export interface ServiceStatsOverTime extends Schema.Schema.Type<typeof ServiceStatsOverTime> {}

const driftMetrics = ["psi", "kl_divergence", "dissimilarity", "hellinger", "js_divergence"] as const

/** How drift is measured. */
export type DriftMetric = typeof driftMetrics[number]

const driftedFrom = {
  modelId: maybe(Schema.String),
  period: maybe(Period),
  metric: maybe(OpenEnum(...driftMetrics))
}
const drifted = { driftScore: measured, sampleSize: measured, baselineSampleSize: measured }

/** How far the predictions of a period are from those of the training data; `driftScore` is null when too few. */
export const TargetDrift = Schema.Struct({ ...driftedFrom, ...drifted, targetName: maybe(Schema.String) })
  .annotations({ identifier: "TargetDrift" })
export interface TargetDrift extends Schema.Schema.Type<typeof TargetDrift> {}

const featureDrift = { ...drifted, name: Schema.NullOr(Schema.String), featureImpact: measured }

/**
 * How far a feature's values of a period are from those of the training data. `featureImpact` is the feature's share of
 * influence on the predictions, 0 to 1.
 */
export const FeatureDrift = Schema.Struct({ ...featureDrift, ...driftedFrom }).annotations({
  identifier: "FeatureDrift"
})
export interface FeatureDrift extends Schema.Schema.Type<typeof FeatureDrift> {}

/** A page of features, as it is on the wire: model, period and metric stand once, for all of them. */
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

const AccuracyValue = Schema.Struct({ value: measured, baselineValue: measured, percentChange: measured })

/**
 * How well the predictions of a period meet the actual values, by metric (`LogLoss`, `Rate@Top5%`, …). `baselineValue`
 * is that of the training data, `percentChange` the change against it. Null where there are too few actuals.
 */
export const Accuracy = Schema.Struct({
  modelId: maybe(Schema.String),
  period: maybe(Period),
  metrics: Schema.Record({ key: Schema.String, value: AccuracyValue })
}).annotations({ identifier: "Accuracy" })
export interface Accuracy extends Schema.Schema.Type<typeof Accuracy> {}

const AccuracyBucket = Schema.Struct({
  ...bucket,
  sampleSize: measured,
  valuePerClass: maybe(Schema.Unknown)
})

/** One metric of accuracy over time: of the training data, of the whole period, and of each bucket, oldest first. */
export const AccuracyOverTime = Schema.Struct({
  metric: Schema.String,
  modelId: maybe(Schema.String),
  baseline: maybe(AccuracyBucket),
  summary: maybe(AccuracyBucket),
  buckets: Schema.Array(AccuracyBucket)
}).annotations({ identifier: "AccuracyOverTime" })
export interface AccuracyOverTime extends Schema.Schema.Type<typeof AccuracyOverTime> {}

const PredictionsBucket = Schema.Struct(
  { period: maybe(Period) },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
)

/**
 * What was predicted over time: of the training data (`baselines`), and in each bucket of the period, oldest first. What
 * a bucket holds beside its `period` depends on the target, and is passed on as the server has it.
 */
export const PredictionsOverTime = Schema.Struct({
  baselines: Schema.Array(PredictionsBucket),
  buckets: Schema.Array(PredictionsBucket)
}).annotations({ identifier: "PredictionsOverTime" })
export interface PredictionsOverTime extends Schema.Schema.Type<typeof PredictionsOverTime> {}

/** One predicted row, as the server has it: its keys are those of the deployment. */
export const PredictionResult = Schema.Record({ key: Schema.String, value: Schema.Unknown })
  .annotations({ identifier: "PredictionResult" })
export type PredictionResult = typeof PredictionResult.Type

// ---------------------------------------------------------------------------------------------------------------
// What is sent. Checked strictly, before anything leaves.

const hour = 3_600_000

/** Monitoring is kept by the hour: a time within one is refused by the server, after it has been asked. */
const HourInput = DateInput.pipe(
  Schema.filter((date) => millisOf(date) % hour === 0, {
    message: () => "must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z"
  })
)

interface Times {
  readonly startTime?: DateInput | undefined
  readonly endTime?: DateInput | undefined
}

const inOrder = <A extends Times, I>(schema: Schema.Schema<A, I>) =>
  schema.pipe(
    Schema.filter(
      ({ endTime, startTime }: Times) =>
        startTime === undefined || endTime === undefined || millisOf(startTime) < millisOf(endTime),
      { message: () => "must have a startTime that is before its endTime" }
    )
  )

const times = {
  startTime: Schema.optional(DateInput),
  endTime: Schema.optional(DateInput),
  modelId: Schema.optional(filled)
}
const hours = { ...times, startTime: Schema.optional(HourInput), endTime: Schema.optional(HourInput) }

/** A period `[startTime, endTime)` of a model. */
export interface PeriodInput {
  /** The first moment of the period, at the top of an hour; seven days before its end without it. */
  readonly startTime?: DateInput | undefined
  /** The first moment after the period, at the top of an hour; the next full hour without it. */
  readonly endTime?: DateInput | undefined
  /** A model that the deployment has or had; the one that it has now without it. */
  readonly modelId?: string | undefined
}

const segment = {
  segmentAttribute: Schema.optional(filled),
  segmentValue: Schema.optional(Schema.String)
}

interface SegmentInput {
  /** What the requests are told apart by: `DataRobot-Consumer`, `DataRobot-Remote-IP`, `DataRobot-Host-IP`, … */
  readonly segmentAttribute?: string | undefined
  /** Only requests with this value of it. */
  readonly segmentValue?: string | undefined
}

const millis = Schema.Number.pipe(
  Schema.filter((value) => Number.isFinite(value) && value >= 0, { message: () => "must be a number from 0" })
)

/** What `Deployment.getServiceStats` sends. */
export const ServiceStatsInput = inOrder(Schema.Struct({
  ...hours,
  ...segment,
  executionTimeQuantile: Schema.optional(share),
  responseTimeQuantile: Schema.optional(share),
  slowRequestsThreshold: Schema.optional(millis)
}))

/** Which service statistics. */
export interface ServiceStatsInput extends PeriodInput, SegmentInput {
  /** The quantile of `executionTime`, 0 to 1; the median without it. */
  readonly executionTimeQuantile?: number | undefined
  /** The quantile of `responseTime`, 0 to 1; the median without it. */
  readonly responseTimeQuantile?: number | undefined
  /** From which response time on a request is slow, in milliseconds; 1000 without it. */
  readonly slowRequestsThreshold?: number | undefined
}

// Python's client writes all of its parts: P0Y0M1DT0H0M0S.
const isDuration = (text: string) => /^P(?=.)(?:\d{1,4}[YMWD])*(?:T\d{1,4}H(?:0M)?(?:0S)?)?$/.test(text)

const overTime = {
  ...hours,
  bucketSize: Schema.optional(Schema.String.pipe(
    Schema.filter(isDuration, { message: () => "must be an ISO 8601 duration of whole hours, such as PT1H or P7D" })
  ))
}

interface OverTimeInput extends PeriodInput {
  /** How long a bucket is: an ISO 8601 duration of whole hours, such as `PT1H` or `P7D`. */
  readonly bucketSize?: string | undefined
}

/** What `Deployment.getServiceStatsOverTime` sends. */
export const ServiceStatsOverTimeInput = inOrder(Schema.Struct({
  ...overTime,
  ...segment,
  metric: Schema.optional(oneOf(...serviceMetrics)),
  quantile: Schema.optional(share),
  threshold: Schema.optional(millis)
}))

/** Which service statistics over time. */
export interface ServiceStatsOverTimeInput extends OverTimeInput, SegmentInput {
  /** What is measured; `totalPredictions` without it. */
  readonly metric?: ServiceMetric | undefined
  /** The quantile of `executionTime` and `responseTime`, 0 to 1; the median without it. */
  readonly quantile?: number | undefined
  /** From which response time on a request counts as one of `slowRequests`, in milliseconds; 1000 without it. */
  readonly threshold?: number | undefined
}

const DriftMetric = Schema.optional(oneOf(...driftMetrics))

/** What `DeploymentMonitoring.getTargetDrift` sends. */
export const TargetDriftInput = inOrder(Schema.Struct({ ...hours, metric: DriftMetric }))

/** The period of a drift, and how it is measured. */
export interface TargetDriftInput extends PeriodInput {
  /** How drift is measured; `psi` without it. */
  readonly metric?: DriftMetric | undefined
}

/** What `DeploymentMonitoring.getFeatureDrift` sends. */
export const FeatureDriftInput = inOrder(Schema.Struct({ ...hours, ...paging, metric: DriftMetric }))

/** The period of a drift, how it is measured, and of how many features. */
export interface FeatureDriftInput extends TargetDriftInput, Paging {}

/** What `DeploymentMonitoring.getAccuracy` sends. */
export const AccuracyInput = inOrder(Schema.Struct({ ...hours, ...segment }))

/** Which accuracy. */
export interface AccuracyInput extends PeriodInput, SegmentInput {}

/** What `DeploymentMonitoring.getAccuracyOverTime` sends. */
export const AccuracyOverTimeInput = inOrder(
  Schema.Struct({ ...overTime, ...segment, metric: Schema.optional(filled) })
)

/** Which accuracy over time. */
export interface AccuracyOverTimeInput extends OverTimeInput, SegmentInput {
  /** The metric, as the API spells it (`LogLoss`, `AUC`, `RMSE`, `Rate@Top5%`, …); the target's usual one without it. */
  readonly metric?: string | undefined
}

/** What `DeploymentMonitoring.getPredictionsOverTime` sends. */
export const PredictionsOverTimeInput = inOrder(Schema.Struct({
  ...overTime,
  targetClass: Schema.optional(Schema.String),
  includePercentiles: Schema.optional(Schema.Boolean)
}))

/** Which predictions over time. */
export interface PredictionsOverTimeInput extends OverTimeInput {
  /** Only this class of the target. */
  readonly targetClass?: string | undefined
  /** Also percentiles of each bucket. */
  readonly includePercentiles?: boolean | undefined
}

const results = { ...times, ...paging, actualsPresent: Schema.optional(Schema.Boolean) }

/** What `DeploymentMonitoring.listPredictionResults` sends. */
export const PredictionResultsInput = inOrder(Schema.Struct(results))

/** What `DeploymentMonitoring.streamPredictionResults` sends, and when. */
export const PredictionResultsStreamInput = inOrder(Schema.Struct({ ...results, prefetch, concurrency }))

/** Which predicted rows. */
export interface PredictionResultsInput extends Paging {
  /** The first moment of the period. */
  readonly startTime?: DateInput | undefined
  /** The first moment after the period. */
  readonly endTime?: DateInput | undefined
  /** A model that the deployment has or had. */
  readonly modelId?: string | undefined
  /** Only rows that have, or have not, an actual value. */
  readonly actualsPresent?: boolean | undefined
}

/** Which predicted rows, fetched when. */
export interface PredictionResultsStreamInput extends PredictionResultsInput, Ahead {}

/** What `DeploymentMonitoring.deleteMonitoringData` sends. */
export const DeleteMonitoringDataInput = inOrder(Schema.Struct({ ...hours, modelId: filled }))

/** Which monitoring data to delete: all of a model's, or those of a period. */
export interface DeleteMonitoringDataInput {
  /** The model whose data to delete. */
  readonly modelId: string
  /** The first moment of the period, at the top of an hour; from the beginning without it. */
  readonly startTime?: DateInput | undefined
  /** The first moment after the period, at the top of an hour; to the end without it. */
  readonly endTime?: DateInput | undefined
}
