/**
 * Batch predictions: jobs that score a file or a table of any size. `score` sends CSV and returns the scored CSV, and
 * `scoreRows` does the same with rows. The other operations create jobs that read from and write to databases, cloud
 * storage or datasets, and follow them. A job is its own handle: its id, or its JSON, is enough to continue in another
 * process. Batch predictions do not use `status/{id}/`, so `Job` does not know them.
 *
 * @since 0.1.0
 * @example
 * import { Console, Effect, Stream } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const scored = Effect.gen(function*() {
 *   const job = yield* BatchPrediction.create({
 *     deploymentId: "60a000000000000000000001",
 *     intakeSettings: { type: "dataset", datasetId: "60a0000000000000000000d1" },
 *     outputSettings: { type: "s3", url: "s3://bucket/scored.csv", credentialId: "60a0000000000000000000c1" }
 *   })
 *   yield* BatchPrediction.progress(job).pipe(
 *     Stream.runForEach(({ percentageCompleted, scoredRows }) => Console.log(scoredRows, percentageCompleted))
 *   )
 *   return yield* BatchPrediction.get(job)
 * })
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { downloadResults } from "./internal/protocols/batchDownload.js"
import { awaitComplete, batchStates, secretsOf, startJob } from "./internal/protocols/batchJob.js"
import { decodeResults, scoreRecords } from "./internal/protocols/batchRows.js"
import { scoreCsv } from "./internal/protocols/batchScore.js"
import { uploadToJob } from "./internal/protocols/batchUpload.js"
import { remove } from "./internal/protocols/change.js"
import type { Csv } from "./internal/protocols/csvSource.js"
import { idleMillisOf } from "./internal/protocols/download.js"
import { checkBatch, type JobRef } from "./internal/protocols/handle.js"
import * as Listing from "./internal/protocols/listing.js"
import { rowEncoder, type RowOption } from "./internal/protocols/predictionRows.js"
import { input } from "./internal/request/input.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions, WaitOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import { run } from "./internal/request/tracing.js"
import type { Page } from "./Page.js"
import { type BatchPrediction, CreateInput, type JobOptions, ListInput, StreamInput } from "./wire/batchPrediction.js"
import type { Columns } from "./wire/prediction.js"
import * as Routes from "./wire/routes/batchPredictions.js"

export { Handle } from "./DataRobotError.js"
export type { Csv } from "./internal/protocols/csvSource.js"
export type { RowOption } from "./internal/protocols/predictionRows.js"
export type { RequestOptions, WaitOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export {
  BatchPrediction,
  type CreateInput,
  type CsvSettings,
  type IntakeSettings,
  type JobOptions,
  type ListInput,
  type OutputSettings,
  type Status,
  type StreamInput,
  type TimeSeriesSettings
} from "./wire/batchPrediction.js"
export type { Ahead, Any, DateInput, Paging } from "./wire/fields.js"
export type { Columns, Scalar } from "./wire/prediction.js"

/**
 * A batch prediction: its id, the job as an operation returned it, a handle of the kind `batchPrediction` (the `handle`
 * of a `DataRobotJobError`), or the JSON text of a job or a handle.
 *
 * @since 0.1.0
 */
export type BatchRef = JobRef

/**
 * Options of an operation that uploads or downloads a file. `timeout` and `attemptTimeout` apply to each request that is
 * not a transfer.
 *
 * @since 0.1.0
 */
export interface TransferOptions extends RequestOptions {
  /**
   * Longest time in which no byte is sent or received. It does not count while the SDK waits for the stream of the CSV,
   * or for the reader of the results. Default: 11 minutes.
   */
  readonly idleTimeout?: Duration.DurationInput | undefined
}

/**
 * Creates a batch prediction, and returns it without waiting for it. Unless `intakeSettings` name another source, the
 * job waits for its CSV: see `upload`. Unless `outputSettings` name another destination, `download` returns the
 * results. The operation does not own the job: an interruption leaves the job alone. Sends the request only once if an
 * earlier attempt may have taken effect. The error then has the outcome `"unknown"`, and `list` shows whether the job
 * exists.
 *
 * Errors: `Unprocessable` if the deployment does not exist, or if DataRobot does not accept a setting.
 *
 * `POST batchPredictions/`
 *
 * @since 0.1.0
 * @example
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const job = BatchPrediction.create({
 *   deploymentId: "60a000000000000000000001",
 *   intakeSettings: { type: "jdbc", dataStoreId: "60a0000000000000000000d5", query: "SELECT * FROM customers" },
 *   outputSettings: {
 *     type: "jdbc",
 *     dataStoreId: "60a0000000000000000000d5",
 *     table: "scores",
 *     statementType: "insert",
 *     createTableIfNotExists: true
 *   },
 *   passthroughColumns: ["customer"]
 * })
 */
export const create = (
  job: CreateInput,
  options?: RequestOptions
): Effect.Effect<BatchPrediction, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = { ...operation("BatchPrediction.create", options), secrets: secretsOf(job) }
  const body = input(CreateInput, { intakeSettings: localFile, outputSettings: localFile, ...job })
  return startJob(op, { body })
}

const localFile = { type: "localFile" } as const

/**
 * Returns one batch prediction.
 *
 * Errors: `NotFound` if the job does not exist; see `getOption`.
 *
 * `GET batchPredictions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const progress = Effect.map(
 *   BatchPrediction.get("5ce1204b962d741661907ea0"),
 *   ({ percentageCompleted }) => `${percentageCompleted} %`
 * )
 */
export const get = (
  job: Ref,
  options?: RequestOptions
): Effect.Effect<BatchPrediction, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("BatchPrediction.get", options), Routes.get, { id: job })

/**
 * Returns one batch prediction, or none if it does not exist.
 *
 * Errors: those of every operation. A job that does not exist is no error.
 *
 * `GET batchPredictions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const exists = Effect.map(BatchPrediction.getOption("5ce1204b962d741661907ea0"), Option.isSome)
 */
export const getOption = (
  job: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<BatchPrediction>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("BatchPrediction.getOption", options), Routes.get, { id: job })

/**
 * Returns all batch predictions that match, or the first `limit` of them. Fetches them page by page.
 *
 * Errors: those of every operation.
 *
 * `GET batchPredictions/`
 *
 * @since 0.1.0
 * @example
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const running = BatchPrediction.list({
 *   status: ["INITIALIZING", "RUNNING"],
 *   deploymentId: "60a000000000000000000001"
 * })
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<BatchPrediction>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("BatchPrediction.list", options), { ...Routes.list, query: ListInput }, {}, filters)

/**
 * Returns the batch predictions that match, as a stream. Fetches a page of `pageSize` items when its first item is
 * read, or earlier with `prefetch` and `concurrency`.
 *
 * Errors: those of every operation.
 *
 * `GET batchPredictions/`
 *
 * @since 0.1.0
 * @example
 * import { Console, Stream } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const failed = BatchPrediction.stream({ status: "FAILED", cutoffHours: 24 }).pipe(
 *   Stream.runForEach(({ id, statusDetails }) => Console.log(id, statusDetails))
 * )
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<BatchPrediction, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(operation("BatchPrediction.stream", options), { ...Routes.list, query: StreamInput }, {}, filters)

/**
 * Returns one page of the batch predictions that match. `limit` is the number of items: at most 100, default 20. Pass
 * the page's `next` to this operation to get the next page.
 *
 * Errors: those of every operation.
 *
 * `GET batchPredictions/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const first = BatchPrediction.page({ limit: 20 })
 * const second = Effect.flatMap(first, ({ next }) => BatchPrediction.page(next))
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<BatchPrediction, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("BatchPrediction.page", options), Routes.list, {}, filters)

/**
 * Waits until a batch prediction is complete, and returns it. Has no time limit unless `timeout` sets one, because a
 * job may be queued for long. A timeout or an interruption does not cancel the job.
 *
 * Errors: `Failed` if the job was aborted or failed, with its `statusDetails` and `logs`. `Lost` if DataRobot no
 * longer knows it. `Deadline` if it takes longer than `timeout`.
 *
 * `GET batchPredictions/{id}/`, at growing intervals
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const scored = BatchPrediction.await("5ce1204b962d741661907ea0", { timeout: "2 hours" }).pipe(
 *   Effect.map(({ failedRows, scoredRows }) => `${scoredRows} scored, ${failedRows} failed`)
 * )
 */
const await_ = (
  job: BatchRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<BatchPrediction, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("BatchPrediction.await", options)
  return run(
    op,
    Effect.flatMap(checkBatch(op, job, Routes.get, wait), (id) => awaitComplete({ operation: op, id }, wait))
  )
}

export { await_ as await }

/**
 * Emits the states of a batch prediction, one element per change, until it is complete: its place in the queue, the
 * number of scored rows, the percentage.
 *
 * Errors: those of `await`.
 *
 * `GET batchPredictions/{id}/`, at growing intervals
 *
 * @since 0.1.0
 * @example
 * import { Console, Stream } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const watched = BatchPrediction.progress("5ce1204b962d741661907ea0").pipe(
 *   Stream.runForEach(({ percentageCompleted, scoredRows }) => Console.log(`${percentageCompleted} %`, scoredRows))
 * )
 */
export const progress = (
  job: BatchRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Stream.Stream<BatchPrediction, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("BatchPrediction.progress", options)
  return checkBatch(op, job, Routes.get, wait).pipe(
    Effect.catchAll((error) => run(op, error)),
    Effect.map((id) => batchStates({ operation: op, id }, wait)),
    Stream.unwrap
  )
}

/**
 * Aborts a batch prediction, and removes it.
 *
 * Errors: `Conflict` if the job is over. `NotFound` if it does not exist.
 *
 * `DELETE batchPredictions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const cancelled = BatchPrediction.cancel("5ce1204b962d741661907ea0")
 */
export const cancel = (
  job: BatchRef,
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("BatchPrediction.cancel", options)
  return checkBatch(op, job, Routes.cancel).pipe(
    Effect.catchAll((error) => run(op, error)),
    Effect.flatMap((id) => remove(op, Routes.cancel, { id }))
  )
}

/**
 * Options of `upload`.
 *
 * @since 0.1.0
 */
export interface UploadOptions extends TransferOptions {
  /** Size of a part in bytes, of a job with `multipart`: 64 KiB to 1 GiB. One part is in memory. Default: 16 MiB. */
  readonly partSize?: number | undefined
}

/**
 * Uploads the CSV of a batch prediction whose intake is `localFile`. The CSV is a string, bytes, or a stream of bytes
 * of any size. It has a header line, and is written as the job's `csvSettings` say. A stream is read once, and only as
 * fast as the server takes it.
 *
 * If the job's intake has `multipart: true`, the CSV is sent in parts, each with the header line. With `async: false`
 * too, a part that fails is sent again.
 *
 * Errors: `Failed` if the job was aborted, for example because of too many invalid rows. `Conflict` if an upload has
 * already begun. An error has the job's `statusDetails` and `logs`. A stream adds the errors of its source.
 *
 * `GET batchPredictions/{id}/` unless `job` is the job itself, and `PUT batchPredictions/{id}/csvUpload/`, or
 * `PUT batchPredictions/{id}/csvUpload/part/{part}/` and `POST batchPredictions/{id}/csvUpload/finalizeMultipart/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Stream } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const csv = "tenure,plan\n3,basic\n"
 * const results = BatchPrediction.create({ deploymentId: "60a000000000000000000001" }).pipe(
 *   Effect.tap((job) => BatchPrediction.upload(job, csv)),
 *   Effect.map((job) => BatchPrediction.download(job)),
 *   Stream.unwrap
 * )
 */
export const upload = <E = never, R = never>(
  job: BatchRef,
  csv: Csv<E, R>,
  options: UploadOptions = {}
): Effect.Effect<void, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> =>
  uploadToJob(operation("BatchPrediction.upload", options, ["partSize"]), job, csv, options)

/**
 * Options of `download`.
 *
 * @since 0.1.0
 */
export interface DownloadOptions extends TransferOptions {
  /** How long to wait for the results to begin, and how often to poll. Default: no time limit. */
  readonly wait?: WaitOptions | undefined
}

/**
 * Waits until the results of a batch prediction can be downloaded, and emits them as CSV while the job is running. The
 * job's output must be `localFile`. DataRobot keeps results for 48 hours.
 *
 * A stream that ends without an error is complete. Ending the stream early does not cancel the job.
 *
 * Errors: `Failed` if the job is aborted or fails, also after results have arrived. `Lost` if DataRobot no longer knows
 * the job. `NotFound` if its results were deleted.
 *
 * `GET batchPredictions/{id}/`, at growing intervals, and `GET batchPredictions/{id}/download/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const results = BatchPrediction.download("5ce1204b962d741661907ea0").pipe(Stream.decodeText(), Stream.mkString)
 */
export const download = (
  job: BatchRef,
  options: DownloadOptions = {}
): Stream.Stream<Uint8Array, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const { wait = {} } = options
  const op = operation("BatchPrediction.download", options)
  const { idleMillis, issues } = idleMillisOf(options, Routes.download)
  return checkBatch(op, job, Routes.download, wait, issues).pipe(
    Effect.map((id) => downloadResults({ operation: op, id }, wait, idleMillis)),
    Stream.unwrap
  )
}

/**
 * Options of `score` and `scoreRows`: the settings of the job, and how to transfer and to wait. `timeout` and
 * `attemptTimeout` apply to each request that is not a transfer.
 *
 * @since 0.1.0
 */
export interface ScoreOptions extends TransferOptions, JobOptions {
  /**
   * How long to wait for the results to begin, and how often to poll. Default: no time limit, because a queued job is
   * healthy. At the limit, the job is cancelled.
   */
  readonly wait?: WaitOptions | undefined
  /**
   * Sends the CSV in parts, of which each that fails is sent again. The job begins when all of them have arrived.
   * Default: false.
   */
  readonly multipart?: boolean | undefined
  /** Size of a part in bytes, 64 KiB to 1 GiB. One part is in memory. Default: 16 MiB. */
  readonly partSize?: number | undefined
  /**
   * Called with the job when it was created and each time that its state has changed: its id, its place in the queue, the
   * number of scored rows, the percentage. The next call waits until this one has ended.
   */
  readonly onProgress?: ((job: BatchPrediction) => Effect.Effect<unknown>) | undefined
}

/**
 * Scores CSV of any size with a job of its own, and emits the results as CSV. The CSV is a string, bytes, or a stream
 * of bytes, with a header line. It is uploaded as fast as DataRobot takes it, while the results are downloaded as fast
 * as they are read, so neither is held in memory.
 *
 * The operation owns the job. If the stream is interrupted, ends early or fails, it stops the transfers, cancels the
 * job, and waits for that, at most 10 seconds. If the job is aborted, for example because of too many invalid rows, the
 * stream fails, also after results have arrived. So a stream that ends without an error is complete. The error has the
 * job's `statusDetails` and `logs`.
 *
 * Errors: those of `create`, `upload` and `download`.
 *
 * `POST batchPredictions/`, then at the same time `PUT batchPredictions/{id}/csvUpload/`, `GET batchPredictions/{id}/`
 * at growing intervals, and `GET batchPredictions/{id}/download/`. Cancels with `DELETE batchPredictions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { FileSystem } from "@effect/platform"
 * import { Console, Effect, Stream } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const program = Effect.gen(function*() {
 *   const fs = yield* FileSystem.FileSystem
 *   const scored = BatchPrediction.score("60a000000000000000000001", fs.stream("customers.csv"), {
 *     passthroughColumns: ["customer"],
 *     onProgress: ({ scoredRows, status }) => Console.log(status, scoredRows)
 *   })
 *   yield* Stream.run(scored, fs.sink("scored.csv"))
 * })
 */
export const score = <E = never, R = never>(
  deployment: Ref,
  csv: Csv<E, R>,
  options: ScoreOptions = {}
): Stream.Stream<Uint8Array, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> =>
  scoreCsv(operation("BatchPrediction.score", options, "checked"), deployment, csv, options)

/**
 * Options of `scoreRows`.
 *
 * @since 0.1.0
 */
export interface ScoreRowsOptions extends ScoreOptions {
  /** The columns to send, in order. Default: those of the first row. A row with any other column is an error. */
  readonly columns?: ReadonlyArray<string> | undefined
}

/**
 * The texts of a row of the results, by column.
 *
 * @since 0.1.0
 */
export type Texts<A> = { readonly [Key in keyof A]: string | undefined }

/**
 * The schema of the results. Each row is a record of texts, which the schema decodes.
 *
 * @since 0.1.0
 */
export interface ResultOption<B, J> {
  /** Decodes each row of the results. Default: rows of texts. */
  readonly result?: Schema.Schema<B, J> | undefined
}

/**
 * Scores a stream of rows with a job of its own, and emits the rows of the results. Works like `score`: the rows are
 * sent as CSV while they arrive, and memory does not grow with them. A row has a string, a finite number, a boolean,
 * null or undefined for each column. The first row names the columns, unless `columns` does. Null and undefined are
 * sent as an empty cell.
 *
 * With the option `row`, rows are values of that schema, which checks and encodes them. A row of the results has a
 * string for each column, such as `churn_1.0_PREDICTION`. With the option `result`, that schema decodes it. To find the
 * result of a row, send an id and name its column in `passthroughColumns`.
 *
 * An error of a row, or of a row of the results, has its index in `rows`: `{ start, end }`, without the end.
 *
 * Errors: those of `score`. A `DataRobotValidationError` if a row is invalid.
 *
 * `POST batchPredictions/`, then at the same time `PUT batchPredictions/{id}/csvUpload/`, `GET batchPredictions/{id}/`
 * at growing intervals, and `GET batchPredictions/{id}/download/`. Cancels with `DELETE batchPredictions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Console, Schema, Stream } from "effect"
 * import { BatchPrediction } from "effect-datarobot"
 *
 * const customers = Stream.range(1, 1_000_000).pipe(Stream.map((id) => ({ customer: `c-${id}`, tenure: id % 72 })))
 * const Scored = Schema.Struct({ customer: Schema.String, "churn_1.0_PREDICTION": Schema.NumberFromString })
 * const program = BatchPrediction.scoreRows("60a000000000000000000001", customers, {
 *   passthroughColumns: ["customer"],
 *   result: Scored
 * }).pipe(Stream.runForEach((row) => Console.log(row.customer, row["churn_1.0_PREDICTION"])))
 */
export const scoreRows: {
  /**
   * Scores rows of a schema's type with a job of its own, and emits the rows of the results. The rows are sent while they
   * arrive. The job is cancelled if the stream fails, is interrupted or ends early.
   */
  <A, I extends Columns<I>, E, R, B = Readonly<Record<string, string>>, J extends Texts<J> = Record<string, string>>(
    deployment: Ref,
    rows: Stream.Stream<NoInfer<A>, E, R>,
    options: ScoreRowsOptions & RowOption<A, I> & ResultOption<B, J>
  ): Stream.Stream<B, E | DataRobotError, R | DataRobot | HttpClient.HttpClient>
  /**
   * Scores rows with a job of its own, and emits the rows of the results. The rows are sent while they arrive. The job is
   * cancelled if the stream fails, is interrupted or ends early.
   */
  <A extends Columns<A>, E, R, B = Readonly<Record<string, string>>, J extends Texts<J> = Record<string, string>>(
    deployment: Ref,
    rows: Stream.Stream<A, E, R>,
    options?: ScoreRowsOptions & ResultOption<B, J>
  ): Stream.Stream<B, E | DataRobotError, R | DataRobot | HttpClient.HttpClient>
} = <A, I, E, R, B, J>(
  deployment: Ref,
  rows: Stream.Stream<A, E, R>,
  { result, row, ...options }: ScoreRowsOptions & Partial<RowOption<A, I>> & ResultOption<B, J> = {}
): Stream.Stream<B, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> => {
  const op = operation("BatchPrediction.scoreRows", options, "checked")
  return decodeResults(op, scoreRecords(op, deployment, rows, options, row && rowEncoder(row)), result)
}
