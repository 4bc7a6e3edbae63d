/**
 * The monitoring data of a deployment's predictions: drift of predictions and features, accuracy, and the predicted rows.
 * `Deployment.getServiceStats` has the statistics of the prediction service.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import { runJob, startChange } from "./internal/protocols/change.js"
import { csvFile, download } from "./internal/protocols/download.js"
import * as Listing from "./internal/protocols/listing.js"
import { input } from "./internal/request/input.js"
import { operation } from "./internal/request/operation.js"
import type { FileOptions, JobUpdateOptions, RequestOptions, UpdateOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read } from "./internal/request/read.js"
import {
  type Accuracy,
  type AccuracyInput,
  type AccuracyOverTime,
  type AccuracyOverTimeInput,
  type DeleteMonitoringDataInput,
  type FeatureDrift,
  type FeatureDriftInput,
  FeatureDriftPage,
  type PredictionResult,
  PredictionResultsFileInput,
  type PredictionResultsInput,
  PredictionResultsStreamInput,
  type PredictionsOverTime,
  type PredictionsOverTimeInput,
  type TargetDrift,
  type TargetDriftInput
} from "./wire/monitoring.js"
import { fileRoute } from "./wire/route.js"
import * as Routes from "./wire/routes/deploymentMonitoring.js"

export type { FileOptions, JobUpdateOptions, UpdateOptions, WaitOptions } from "./internal/request/options.js"
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
  type PredictionResultsFileInput,
  type PredictionResultsInput,
  type PredictionResultsStreamInput,
  PredictionsOverTime,
  type PredictionsOverTimeInput,
  TargetDrift,
  type TargetDriftInput
} from "./wire/monitoring.js"

/**
 * Returns how far the predictions of a period have drifted from those of the training data. Times must be at the top of
 * an hour.
 *
 * Errors: `NotFound` if the deployment does not exist. A `DataRobotValidationError` if a time is not at the top of an
 * hour.
 *
 * `GET deployments/{id}/targetDrift/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const drift = DeploymentMonitoring.getTargetDrift("60a000000000000000000001", {
 *   startTime: "2022-03-01T00:00:00Z",
 *   endTime: "2022-03-08T00:00:00Z",
 *   metric: "psi"
 * })
 * const score = Effect.map(drift, ({ driftScore }) => driftScore)
 */
export const getTargetDrift = (
  deployment: Ref,
  drift: TargetDriftInput = {},
  options?: RequestOptions
): Effect.Effect<TargetDrift, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentMonitoring.getTargetDrift", options), Routes.targetDrift, { id: deployment }, drift)

/**
 * Returns how far the values of each feature have drifted from those of the training data: all features, or the first
 * `limit` of them, the most influential first. Times must be at the top of an hour.
 *
 * Errors: those of `getTargetDrift`.
 *
 * `GET deployments/{id}/featureDrift/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const drifted = DeploymentMonitoring.getFeatureDrift("60a000000000000000000001", { limit: 10 }).pipe(
 *   Effect.map((features) => features.filter(({ driftScore }) => (driftScore ?? 0) > 0.15))
 * )
 */
export const getFeatureDrift = (
  deployment: Ref,
  drift: FeatureDriftInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<FeatureDrift>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(
    operation("DeploymentMonitoring.getFeatureDrift", options),
    { ...Routes.featureDrift, success: FeatureDriftPage },
    { id: deployment },
    drift
  )

/**
 * Returns the accuracy of the predictions of a period, by the metrics that suit the target. Times must be at the top of
 * an hour.
 *
 * Errors: those of `getTargetDrift`.
 *
 * `GET deployments/{id}/accuracy/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const logLoss = DeploymentMonitoring.getAccuracy("60a000000000000000000001", {
 *   startTime: "2022-03-01T00:00:00Z",
 *   endTime: "2022-03-08T00:00:00Z"
 * }).pipe(Effect.map(({ metrics }) => metrics["LogLoss"]?.value))
 */
export const getAccuracy = (
  deployment: Ref,
  accuracy: AccuracyInput = {},
  options?: RequestOptions
): Effect.Effect<Accuracy, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentMonitoring.getAccuracy", options), Routes.accuracy, { id: deployment }, accuracy)

/**
 * Returns one accuracy metric over time, in buckets of `bucketSize`. Times must be at the top of an hour.
 *
 * Errors: those of `getTargetDrift`.
 *
 * `GET deployments/{id}/accuracyOverTime/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const daily = DeploymentMonitoring.getAccuracyOverTime("60a000000000000000000001", {
 *   metric: "LogLoss",
 *   bucketSize: "P1D"
 * })
 * const values = Effect.map(daily, ({ buckets }) => buckets.map(({ value }) => value))
 */
export const getAccuracyOverTime = (
  deployment: Ref,
  accuracy: AccuracyOverTimeInput = {},
  options?: RequestOptions
): Effect.Effect<AccuracyOverTime, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(
    operation("DeploymentMonitoring.getAccuracyOverTime", options),
    Routes.accuracyOverTime,
    { id: deployment },
    accuracy
  )

/**
 * Returns the predictions over time, in buckets of `bucketSize`. Times must be at the top of an hour.
 *
 * Errors: those of `getTargetDrift`.
 *
 * `GET deployments/{id}/predictionsOverTime/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const daily = DeploymentMonitoring.getPredictionsOverTime("60a000000000000000000001", {
 *   bucketSize: "P1D",
 *   includePercentiles: true
 * })
 * const buckets = Effect.map(daily, ({ buckets }) => buckets)
 */
export const getPredictionsOverTime = (
  deployment: Ref,
  predictions: PredictionsOverTimeInput = {},
  options?: RequestOptions
): Effect.Effect<PredictionsOverTime, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(
    operation("DeploymentMonitoring.getPredictionsOverTime", options),
    Routes.predictionsOverTime,
    { id: deployment },
    predictions
  )

/**
 * Returns the predicted rows that match, or the first `limit` of them, with their actual values if there are any.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/predictionResults/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const rows = DeploymentMonitoring.listPredictionResults("60a000000000000000000001", {
 *   startTime: "2022-03-01T00:00:00Z",
 *   actualsPresent: true,
 *   limit: 100
 * })
 */
export const listPredictionResults = (
  deployment: Ref,
  filters: PredictionResultsInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<PredictionResult>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("DeploymentMonitoring.listPredictionResults", options), Routes.predictionResults, {
    id: deployment
  }, filters)

/**
 * Returns the predicted rows that match, as a stream. Fetches a page when its first row is read, or earlier with
 * `prefetch` and `concurrency`.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/predictionResults/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const rows = DeploymentMonitoring.streamPredictionResults("60a000000000000000000001", {
 *   startTime: "2022-03-01T00:00:00Z",
 *   prefetch: 1
 * })
 * const count = Stream.runCount(rows)
 */
export const streamPredictionResults = (
  deployment: Ref,
  filters: PredictionResultsStreamInput = {},
  options?: RequestOptions
): Stream.Stream<PredictionResult, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(
    operation("DeploymentMonitoring.streamPredictionResults", options),
    { ...Routes.predictionResults, query: PredictionResultsStreamInput },
    { id: deployment },
    filters
  )

/**
 * Downloads the predicted rows that match as CSV, with their actual values if there are any, and emits the bytes as
 * they arrive. The file has any size. A file that is cut short is an error.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/predictionResults/`
 *
 * @since 0.1.0
 * @example
 * import { FileSystem } from "@effect/platform"
 * import { Effect, Stream } from "effect"
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const program = Effect.gen(function*() {
 *   const fs = yield* FileSystem.FileSystem
 *   const rows = DeploymentMonitoring.downloadPredictionResults("60a000000000000000000001", { actualsPresent: true })
 *   yield* Stream.run(rows, fs.sink("results.csv"))
 * })
 */
export const downloadPredictionResults = (
  deployment: Ref,
  filters: PredictionResultsFileInput = {},
  options?: FileOptions
): Stream.Stream<Uint8Array, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  download(
    operation("DeploymentMonitoring.downloadPredictionResults", options),
    {
      route: { ...Routes.predictionResults, ...fileRoute },
      ids: { id: deployment },
      query: input(PredictionResultsFileInput, filters)
    },
    csvFile,
    options
  )

/**
 * Deletes the monitoring data of a model, all of it or that of a period, and waits for the job. This can't be undone.
 * Times must be at the top of an hour.
 *
 * Errors: `NotFound` if the deployment or the model does not exist. `Failed` if the job failed, `Lost` if DataRobot no
 * longer knows it, `Deadline` if it takes longer than `wait.timeout`.
 *
 * `POST deployments/{id}/monitoringDataDeletions/`, `GET status/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentMonitoring } from "effect-datarobot"
 *
 * const deleted = DeploymentMonitoring.deleteMonitoringData("60a000000000000000000001", {
 *   modelId: "60a0000000000000000000a1",
 *   startTime: "2022-03-01T00:00:00Z",
 *   endTime: "2022-03-02T00:00:00Z"
 * })
 */
export const deleteMonitoringData = (
  deployment: Ref,
  which: DeleteMonitoringDataInput,
  options?: JobUpdateOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  runJob(
    operation("DeploymentMonitoring.deleteMonitoringData", options),
    Routes.deleteMonitoringData,
    { id: deployment },
    which
  )

/**
 * Starts the job of `deleteMonitoringData` and returns its handle, without waiting for it.
 *
 * Errors: those of `deleteMonitoringData`, except those of its job.
 *
 * `POST deployments/{id}/monitoringDataDeletions/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentMonitoring, Job } from "effect-datarobot"
 *
 * const job = DeploymentMonitoring.startDeleteMonitoringData("60a000000000000000000001", {
 *   modelId: "60a0000000000000000000a1"
 * })
 * const deleted = Effect.flatMap(job, (handle) => Job.await(handle))
 */
export const startDeleteMonitoringData = (
  deployment: Ref,
  which: DeleteMonitoringDataInput,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(
    operation("DeploymentMonitoring.startDeleteMonitoringData", options),
    Routes.deleteMonitoringData,
    { id: deployment },
    which
  )
