/**
 * Data exports of a deployment: its prediction data, its actual values, or the training data of its model, as a CSV file
 * of any size. DataRobot makes an export in a job, as a dataset of the AI catalog.
 *
 * @since 0.1.0
 * @example
 * import { FileSystem } from "@effect/platform"
 * import { Effect, Stream } from "effect"
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const program = Effect.gen(function*() {
 *   const fs = yield* FileSystem.FileSystem
 *   const started = yield* DeploymentExport.startPredictions("60a000000000000000000001", {
 *     startTime: "2022-03-01T00:00:00Z",
 *     endTime: "2022-03-08T00:00:00Z"
 *   })
 *   yield* Stream.run(DeploymentExport.download(started), fs.sink("predictions.csv"))
 * })
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { downloadExport, type ExportRef, startExport } from "./internal/protocols/dataExport.js"
import * as Listing from "./internal/protocols/listing.js"
import { operation } from "./internal/request/operation.js"
import type { FileJobOptions, RequestOptions } from "./internal/request/options.js"
import { idOf, type Ref } from "./internal/request/path.js"
import { read } from "./internal/request/read.js"
import type {
  ActualsExportData,
  ActualsInput,
  ListActualsInput,
  ListPredictionsInput,
  ListTrainingInput,
  PredictionsExportData,
  PredictionsInput,
  TrainingExportData,
  TrainingInput
} from "./wire/deploymentExport.js"
import * as Routes from "./wire/routes/deploymentExports.js"

export type { ExportKind, ExportRef } from "./internal/protocols/dataExport.js"
export type { FileJobOptions, FileOptions, WaitOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type {
  ActualsInput,
  ListActualsInput,
  ListPredictionsInput,
  ListTrainingInput,
  PredictionsInput,
  TrainingInput
} from "./wire/deploymentExport.js"
export type { DateInput, Paging } from "./wire/fields.js"

/** The data of an export, with what identifies it. */
type Export<Kind extends ExportRef["kind"], Data> = Data & {
  /** What it exports. */
  readonly kind: Kind
  /** Id of the deployment. */
  readonly deploymentId: string
}

/**
 * An export of prediction data. `data` names the datasets that it made, usually one.
 *
 * @since 0.1.0
 */
export type PredictionsExport = Export<"predictions", typeof PredictionsExportData.Type>

/**
 * An export of actual values. `data` names the datasets that it made, usually one.
 *
 * @since 0.1.0
 */
export type ActualsExport = Export<"actuals", typeof ActualsExportData.Type>

/**
 * An export of training data. `data` names the dataset that it made.
 *
 * @since 0.1.0
 */
export type TrainingExport = Export<"training", typeof TrainingExportData.Type>

/**
 * An export that was started: pass it to `download`. Plain data that survives `JSON.stringify`.
 *
 * @since 0.1.0
 */
export interface StartedExport<Kind extends ExportRef["kind"]> extends ExportRef {
  /** What it exports. */
  readonly kind: Kind
  /** Id of the export. */
  readonly id: string
}

/**
 * An export of training data that was started: pass it to `download`. Plain data that survives `JSON.stringify`. It may
 * have no `id` yet.
 *
 * @since 0.1.0
 */
export interface StartedTrainingExport extends ExportRef {
  /** What it exports. */
  readonly kind: "training"
}

/**
 * Options of the download of an export.
 *
 * @since 0.1.0
 */
export interface DownloadOptions extends FileJobOptions {
  /** Whether the dataset of the export remains after the download. Default: false, it is deleted. */
  readonly keep?: boolean | undefined
}

/** Adds to the data of an export what identifies it. */
const identified = <Kind extends ExportRef["kind"], Data extends object>(
  kind: Kind,
  deployment: Ref,
  data: Data
): Export<Kind, Data> => ({ kind, deploymentId: idOf(deployment) ?? "", ...data })

/**
 * Starts an export of the rows that a deployment predicted in a period, and returns it without waiting for it; see
 * `download`. The order of the rows is not specified.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot cannot export the period.
 *
 * `POST deployments/{id}/predictionDataExports/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Stream } from "effect"
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const csv = DeploymentExport.startPredictions("60a000000000000000000001", {
 *   startTime: "2022-03-01T00:00:00Z",
 *   endTime: "2022-03-08T00:00:00Z"
 * }).pipe(Effect.map((started) => DeploymentExport.download(started)), Stream.unwrap)
 */
export const startPredictions = (
  deployment: Ref,
  predictions: PredictionsInput,
  options?: RequestOptions
): Effect.Effect<StartedExport<"predictions">, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startExport(
    operation("DeploymentExport.startPredictions", options),
    "predictions",
    Routes.startPredictionDataExport,
    deployment,
    predictions
  )

/**
 * Starts an export of the actual values of a period, and returns it without waiting for it; see `download`. The order
 * of the rows is not specified.
 *
 * Errors: those of `startPredictions`.
 *
 * `POST deployments/{id}/actualsDataExports/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const started = DeploymentExport.startActuals("60a000000000000000000001", {
 *   startTime: "2022-03-01T00:00:00Z",
 *   endTime: "2022-03-08T00:00:00Z",
 *   onlyMatchedPredictions: true
 * })
 */
export const startActuals = (
  deployment: Ref,
  actuals: ActualsInput,
  options?: RequestOptions
): Effect.Effect<StartedExport<"actuals">, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startExport(
    operation("DeploymentExport.startActuals", options),
    "actuals",
    Routes.startActualsDataExport,
    deployment,
    actuals
  )

/**
 * Starts an export of the training data of a model, and returns it without waiting for it; see `download`. Default: the
 * deployed model.
 *
 * Errors: those of `startPredictions`.
 *
 * `POST deployments/{id}/trainingDataExports/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const stored = Effect.map(
 *   DeploymentExport.startTraining("60a000000000000000000001"),
 *   (started) => JSON.stringify(started)
 * )
 */
export const startTraining = (
  deployment: Ref,
  training: TrainingInput = {},
  options?: RequestOptions
): Effect.Effect<StartedTrainingExport, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startExport(
    operation("DeploymentExport.startTraining", options),
    "training",
    Routes.startTrainingDataExport,
    deployment,
    training
  )

/**
 * Returns the exports of prediction data that match, or the first `limit` of them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/predictionDataExports/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const finished = DeploymentExport.listPredictions("60a000000000000000000001", { status: "SUCCEEDED", limit: 10 })
 */
export const listPredictions = (
  deployment: Ref,
  filters: ListPredictionsInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<PredictionsExport>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    Listing.list(operation("DeploymentExport.listPredictions", options), Routes.predictionDataExports, {
      id: deployment
    }, filters),
    (exports) => exports.map((one) => identified("predictions", deployment, one))
  )

/**
 * Returns the exports of actual values that match, or the first `limit` of them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/actualsDataExports/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const finished = DeploymentExport.listActuals("60a000000000000000000001", { status: "SUCCEEDED", limit: 10 })
 */
export const listActuals = (
  deployment: Ref,
  filters: ListActualsInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ActualsExport>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    Listing.list(operation("DeploymentExport.listActuals", options), Routes.actualsDataExports, {
      id: deployment
    }, filters),
    (exports) => exports.map((one) => identified("actuals", deployment, one))
  )

/**
 * Returns the exports of training data that have succeeded, or the first `limit` of them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/trainingDataExports/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const finished = DeploymentExport.listTraining("60a000000000000000000001", { limit: 10 })
 */
export const listTraining = (
  deployment: Ref,
  filters: ListTrainingInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<TrainingExport>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    Listing.list(operation("DeploymentExport.listTraining", options), Routes.trainingDataExports, {
      id: deployment
    }, filters),
    (exports) => exports.map((one) => identified("training", deployment, one))
  )

/**
 * Returns an export of prediction data, with its state.
 *
 * Errors: `NotFound` if the deployment or the export does not exist.
 *
 * `GET deployments/{id}/predictionDataExports/{exportId}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const status = Effect.map(
 *   DeploymentExport.getPredictions("60a000000000000000000001", "60a000000000000000000e01"),
 *   ({ status }) => status
 * )
 */
export const getPredictions = (
  deployment: Ref,
  dataExport: Ref,
  options?: RequestOptions
): Effect.Effect<PredictionsExport, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    read(operation("DeploymentExport.getPredictions", options), Routes.predictionDataExport, {
      id: deployment,
      exportId: dataExport
    }),
    (one) => identified("predictions", deployment, one)
  )

/**
 * Returns an export of actual values, with its state.
 *
 * Errors: `NotFound` if the deployment or the export does not exist.
 *
 * `GET deployments/{id}/actualsDataExports/{exportId}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const status = Effect.map(
 *   DeploymentExport.getActuals("60a000000000000000000001", "60a000000000000000000e01"),
 *   ({ status }) => status
 * )
 */
export const getActuals = (
  deployment: Ref,
  dataExport: Ref,
  options?: RequestOptions
): Effect.Effect<ActualsExport, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    read(operation("DeploymentExport.getActuals", options), Routes.actualsDataExport, {
      id: deployment,
      exportId: dataExport
    }),
    (one) => identified("actuals", deployment, one)
  )

/**
 * Returns an export of training data.
 *
 * Errors: `NotFound` if the deployment or the export does not exist.
 *
 * `GET deployments/{id}/trainingDataExports/{exportId}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Stream } from "effect"
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const csv = DeploymentExport.getTraining("60a000000000000000000001", "60a000000000000000000e01").pipe(
 *   Effect.map(DeploymentExport.download),
 *   Stream.unwrap
 * )
 */
export const getTraining = (
  deployment: Ref,
  dataExport: Ref,
  options?: RequestOptions
): Effect.Effect<TrainingExport, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    read(operation("DeploymentExport.getTraining", options), Routes.trainingDataExport, {
      id: deployment,
      exportId: dataExport
    }),
    (one) => identified("training", deployment, one)
  )

/**
 * Waits for an export, and emits its rows as CSV while they arrive. The export is the result of `start…`, `list…` or
 * `get…`, or one that was stored as JSON. The file has any size. A file that is cut short is an error.
 *
 * After the last byte, deletes the dataset that DataRobot made for the export, unless `keep` is true. It remains if the
 * download fails or is interrupted, so that the same export can be downloaded again.
 *
 * An interruption does not stop the export.
 *
 * Errors: `Failed` if the export fails, if its period has no rows, or if its dataset was deleted. `Lost` if DataRobot
 * no longer knows the export. `Deadline` if the wait takes longer than `wait.timeout` (default: 10 minutes).
 *
 * `GET deployments/{id}/predictionDataExports/{exportId}/` (or the same of `actualsDataExports` and
 * `trainingDataExports`), `GET datasets/{id}/`, `GET datasets/{id}/file/`, `DELETE datasets/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { DeploymentExport } from "effect-datarobot"
 *
 * const csv = DeploymentExport.listPredictions("60a000000000000000000001", { status: "SUCCEEDED", limit: 1 }).pipe(
 *   Stream.fromIterableEffect,
 *   Stream.flatMap((finished) => DeploymentExport.download(finished, { keep: true })),
 *   Stream.decodeText()
 * )
 */
export const download = (
  dataExport: ExportRef,
  options: DownloadOptions = {}
): Stream.Stream<Uint8Array, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  downloadExport(operation("DeploymentExport.download", options, ["keep"]), dataExport, options)
