/**
 * What monitoring knows of a deployment's predictions: how far they and the data have drifted, how accurate they are,
 * and what they were. What the prediction service did is `Deployment.getServiceStats`.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import { type JobUpdateOptions, readCall, runJob, startChange } from "./internal/protocols/change.js"
import * as Listing from "./internal/protocols/listing.js"
import { type Input, input, period } from "./internal/request/input.js"
import type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
import { path, type Ref } from "./internal/request/path.js"
import { request } from "./internal/request/send.js"
import { Envelope } from "./wire/envelope.js"
import {
  Accuracy,
  AccuracyInput,
  AccuracyOverTime,
  AccuracyOverTimeInput,
  DeleteMonitoringDataInput,
  type FeatureDrift,
  FeatureDriftInput,
  FeatureDriftPage,
  PredictionResult,
  PredictionResultsInput,
  PredictionResultsStreamInput,
  PredictionsOverTime,
  PredictionsOverTimeInput,
  TargetDrift,
  TargetDriftInput
} from "./wire/monitoring.js"

export type { JobUpdateOptions } from "./internal/protocols/change.js"
export type { WaitOptions } from "./internal/protocols/poll.js"
export type { UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { Ahead, DateInput, Paging } from "./wire/fields.js"
export {
  Accuracy,
  type AccuracyInput,
  AccuracyOverTime,
  type AccuracyOverTimeInput,
  type DeleteMonitoringDataInput,
  type DriftMetric,
  FeatureDrift,
  type FeatureDriftInput,
  Period,
  type PeriodInput,
  PredictionResult,
  type PredictionResultsInput,
  type PredictionResultsStreamInput,
  PredictionsOverTime,
  type PredictionsOverTimeInput,
  TargetDrift,
  type TargetDriftInput
} from "./wire/monitoring.js"

/**
 * How far the predictions of a period are from those of the training data. Times are at the top of an hour.
 *
 * `GET deployments/{id}/targetDrift/`
 */
export const getTargetDrift = (
  deployment: Ref,
  drift: TargetDriftInput = {},
  options?: RequestOptions
): Effect.Effect<TargetDrift, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentMonitoring.getTargetDrift", deployment, "targetDrift/", options),
    query: period(input(TargetDriftInput, drift)),
    response: TargetDrift
  })

/**
 * How far the values of each feature are from those of the training data, the most influential features first. All of
 * them, or the first `limit`. Times are at the top of an hour.
 *
 * `GET deployments/{id}/featureDrift/`
 */
export const getFeatureDrift = (
  deployment: Ref,
  drift: FeatureDriftInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<FeatureDrift>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list({
    operation: "DeploymentMonitoring.getFeatureDrift",
    path: path`deployments/${deployment}/featureDrift/`,
    page: FeatureDriftPage,
    query: period(input(FeatureDriftInput, drift)),
    options
  })

/**
 * How well the predictions of a period meet the actual values, by the metrics that fit the target. Times are at the top
 * of an hour.
 *
 * `GET deployments/{id}/accuracy/`
 */
export const getAccuracy = (
  deployment: Ref,
  accuracy: AccuracyInput = {},
  options?: RequestOptions
): Effect.Effect<Accuracy, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentMonitoring.getAccuracy", deployment, "accuracy/", options),
    query: period(input(AccuracyInput, accuracy)),
    response: Accuracy
  })

/**
 * One metric of accuracy over time, in buckets of `bucketSize`. Times are at the top of an hour.
 *
 * `GET deployments/{id}/accuracyOverTime/`
 */
export const getAccuracyOverTime = (
  deployment: Ref,
  accuracy: AccuracyOverTimeInput = {},
  options?: RequestOptions
): Effect.Effect<AccuracyOverTime, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentMonitoring.getAccuracyOverTime", deployment, "accuracyOverTime/", options),
    query: period(input(AccuracyOverTimeInput, accuracy)),
    response: AccuracyOverTime
  })

/**
 * What was predicted over time, in buckets of `bucketSize`. Times are at the top of an hour.
 *
 * `GET deployments/{id}/predictionsOverTime/`
 */
export const getPredictionsOverTime = (
  deployment: Ref,
  predictions: PredictionsOverTimeInput = {},
  options?: RequestOptions
): Effect.Effect<PredictionsOverTime, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentMonitoring.getPredictionsOverTime", deployment, "predictionsOverTime/", options),
    query: period(input(PredictionsOverTimeInput, predictions)),
    response: PredictionsOverTime
  })

const PredictionResultsPage = Envelope(PredictionResult)

const results = (
  operation: string,
  deployment: Ref,
  query: Input,
  options: RequestOptions | undefined
) => ({
  operation,
  path: path`deployments/${deployment}/predictionResults/`,
  page: PredictionResultsPage,
  query: period(query),
  options
})

/**
 * The predicted rows that fit, with their actual values where there are some. All of them, or the first `limit`.
 *
 * `GET deployments/{id}/predictionResults/`
 */
export const listPredictionResults = (
  deployment: Ref,
  filters: PredictionResultsInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<PredictionResult>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(
    results(
      "DeploymentMonitoring.listPredictionResults",
      deployment,
      input(PredictionResultsInput, filters),
      options
    )
  )

/**
 * The predicted rows that fit, as a stream: a page is fetched when its first row is asked for, or ahead of that with
 * `prefetch` and `concurrency`.
 *
 * `GET deployments/{id}/predictionResults/`
 */
export const streamPredictionResults = (
  deployment: Ref,
  filters: PredictionResultsStreamInput = {},
  options?: RequestOptions
): Stream.Stream<PredictionResult, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(
    results(
      "DeploymentMonitoring.streamPredictionResults",
      deployment,
      input(PredictionResultsStreamInput, filters),
      options
    )
  )

const deletion = (operation: string, deployment: Ref, which: DeleteMonitoringDataInput) => ({
  operation,
  method: "POST" as const,
  path: path`deployments/${deployment}/monitoringDataDeletions/`,
  body: period(input(DeleteMonitoringDataInput, which))
})

/**
 * Deletes what monitoring has of a model, all of it or that of a period, and waits until it is gone. It can't be had
 * back. Times are at the top of an hour.
 *
 * `POST deployments/{id}/monitoringDataDeletions/`, `GET status/{id}/`
 */
export const deleteMonitoringData = (
  deployment: Ref,
  which: DeleteMonitoringDataInput,
  options?: JobUpdateOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  runJob(deployment, deletion("DeploymentMonitoring.deleteMonitoringData", deployment, which), options)

/** Starts what `deleteMonitoringData` waits for, and answers its job. */
export const startDeleteMonitoringData = (
  deployment: Ref,
  which: DeleteMonitoringDataInput,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(deployment, deletion("DeploymentMonitoring.startDeleteMonitoringData", deployment, which), options)
