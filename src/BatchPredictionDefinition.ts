/**
 * Definitions of batch predictions: saved settings of jobs. `run` starts a job with them, and a schedule starts jobs at
 * certain times. Its jobs are those of `BatchPrediction`.
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { BatchPrediction, BatchPredictionDefinition } from "effect-datarobot"
 *
 * const nightly = Effect.gen(function*() {
 *   const definition = yield* BatchPredictionDefinition.create({
 *     name: "Nightly churn",
 *     deploymentId: "60a000000000000000000001",
 *     intakeSettings: { type: "dataset", datasetId: "60a0000000000000000000d1" },
 *     outputSettings: { type: "s3", url: "s3://bucket/scored.csv", credentialId: "60a0000000000000000000c1" },
 *     // Every day at 03:30 UTC.
 *     schedule: { minute: [30], hour: [3], dayOfMonth: ["*"], month: ["*"], dayOfWeek: ["*"] },
 *     enabled: true
 *   })
 *   const job = yield* BatchPredictionDefinition.run(definition)
 *   return yield* BatchPrediction.await(job)
 * })
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { definitionInput, runDefinition } from "./internal/protocols/batchDefinition.js"
import { secretsOf } from "./internal/protocols/batchJob.js"
import { changeInput, remove } from "./internal/protocols/change.js"
import { createInput } from "./internal/protocols/createdResource.js"
import * as Listing from "./internal/protocols/listing.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import type { Page } from "./Page.js"
import type { BatchPrediction } from "./wire/batchPrediction.js"
import {
  type BatchPredictionDefinition,
  CreateInput,
  ListInput,
  StreamInput,
  UpdateInput
} from "./wire/batchPredictionDefinition.js"
import * as Routes from "./wire/routes/batchPredictionDefinitions.js"

export type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { BatchPrediction } from "./wire/batchPrediction.js"
export {
  BatchPredictionDefinition,
  type CreateInput,
  type ListInput,
  type Schedule,
  type StoredIntakeSettings,
  type StreamInput,
  type UpdateInput
} from "./wire/batchPredictionDefinition.js"
export type { Ahead, Paging } from "./wire/fields.js"

/**
 * Returns all definitions that match, or the first `limit` of them. Fetches them page by page.
 *
 * Errors: those of every operation.
 *
 * `GET batchPredictionJobDefinitions/`
 *
 * @since 0.1.0
 * @example
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const definitions = BatchPredictionDefinition.list({ deploymentId: "60a000000000000000000001" })
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<BatchPredictionDefinition>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("BatchPredictionDefinition.list", options), { ...Routes.list, query: ListInput }, {}, filters)

/**
 * Returns the definitions that match, as a stream. Fetches a page of `pageSize` items when its first item is read, or
 * earlier with `prefetch` and `concurrency`.
 *
 * Errors: those of every operation.
 *
 * `GET batchPredictionJobDefinitions/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const names = BatchPredictionDefinition.stream({ searchName: "nightly" }).pipe(
 *   Stream.map(({ name }) => name),
 *   Stream.runCollect
 * )
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<BatchPredictionDefinition, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(
    operation("BatchPredictionDefinition.stream", options),
    { ...Routes.list, query: StreamInput },
    {},
    filters
  )

/**
 * Returns one page of the definitions that match. `limit` is the number of items: at most 100, default 20. Pass the
 * page's `next` to this operation to get the next page.
 *
 * Errors: those of every operation.
 *
 * `GET batchPredictionJobDefinitions/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const first = BatchPredictionDefinition.page({ limit: 20 })
 * const second = Effect.flatMap(first, ({ next }) => BatchPredictionDefinition.page(next))
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<BatchPredictionDefinition, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("BatchPredictionDefinition.page", options), Routes.list, {}, filters)

/**
 * Returns one definition.
 *
 * Errors: `NotFound` if the definition does not exist; see `getOption`.
 *
 * `GET batchPredictionJobDefinitions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const next = Effect.map(
 *   BatchPredictionDefinition.get("60a000000000000000000bd1"),
 *   ({ nextScheduledRunTime }) => nextScheduledRunTime
 * )
 */
export const get = (
  definition: Ref,
  options?: RequestOptions
): Effect.Effect<BatchPredictionDefinition, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("BatchPredictionDefinition.get", options), Routes.get, { id: definition })

/**
 * Returns one definition, or none if it does not exist.
 *
 * Errors: those of every operation. A definition that does not exist is no error.
 *
 * `GET batchPredictionJobDefinitions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const exists = Effect.map(BatchPredictionDefinition.getOption("60a000000000000000000bd1"), Option.isSome)
 */
export const getOption = (
  definition: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<BatchPredictionDefinition>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("BatchPredictionDefinition.getOption", options), Routes.get, { id: definition })

/**
 * Creates a definition, and returns it. Its settings are those of `BatchPrediction.create`, but the intake cannot be
 * `localFile`, because a job that a schedule starts has no upload. Unless `outputSettings` name a destination,
 * `BatchPrediction.download` returns the results of each job. With `enabled: true`, the schedule starts jobs, in UTC.
 *
 * Sends the request only once if an earlier attempt may have taken effect. The error then has the outcome `"unknown"`,
 * and `list` shows whether the definition exists.
 *
 * Errors: `Unprocessable` if the deployment does not exist, or if DataRobot does not accept a setting.
 *
 * `POST batchPredictionJobDefinitions/`, then `GET batchPredictionJobDefinitions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const weekly = BatchPredictionDefinition.create({
 *   deploymentId: "60a000000000000000000001",
 *   intakeSettings: { type: "jdbc", dataStoreId: "60a0000000000000000000d5", query: "SELECT * FROM customers" },
 *   outputSettings: { type: "jdbc", dataStoreId: "60a0000000000000000000d5", table: "scores", statementType: "insert" },
 *   schedule: { minute: [0], hour: [6], dayOfMonth: ["*"], month: ["*"], dayOfWeek: ["mon"] },
 *   enabled: true
 * })
 */
export const create = (
  definition: CreateInput,
  options?: RequestOptions
): Effect.Effect<BatchPredictionDefinition, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  createInput(
    { ...operation("BatchPredictionDefinition.create", options), secrets: secretsOf(definition) },
    {
      route: Routes.create,
      body: definitionInput(CreateInput, definition),
      whenUnknown: "It may have been created: check with BatchPredictionDefinition.list() before you create it again."
    },
    { name: "batchPredictionJobDefinitions", route: Routes.get }
  )

/**
 * Changes a definition: its name, its schedule, whether that is enabled, or settings of its jobs. Returns the
 * definition as read after the change. Jobs that it has started do not change.
 *
 * Errors: `NotFound` if the definition does not exist. `Unprocessable` if DataRobot does not accept a setting.
 *
 * `PATCH batchPredictionJobDefinitions/{id}/`, then `GET batchPredictionJobDefinitions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const paused = BatchPredictionDefinition.update("60a0000000000000000000f1", { enabled: false })
 */
export const update = (
  definition: Ref,
  changes: UpdateInput,
  options?: UpdateOptions
): Effect.Effect<BatchPredictionDefinition, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeInput(
    { ...operation("BatchPredictionDefinition.update", options), secrets: secretsOf(changes) },
    {
      route: Routes.update,
      ids: { id: definition },
      body: definitionInput(UpdateInput, changes),
      whenUnknown: "The change may have been made: read the definition before you try again."
    },
    Routes.get
  )

/**
 * Deletes a definition, so that its schedule starts no more jobs.
 *
 * Errors: `Conflict` if DataRobot does not allow it, for example while one of its jobs is running. `NotFound` if the
 * definition does not exist.
 *
 * `DELETE batchPredictionJobDefinitions/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { BatchPredictionDefinition } from "effect-datarobot"
 *
 * const deleted = BatchPredictionDefinition.delete("60a000000000000000000bd1")
 */
const delete_ = (
  definition: Ref,
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  remove(operation("BatchPredictionDefinition.delete", options), Routes.delete, { id: definition })

export { delete_ as delete }

/**
 * Starts a job with the settings of a definition now, and returns the job without waiting for it: see
 * `BatchPrediction.await` and `BatchPrediction.download`. The schedule does not matter, nor whether it is enabled. The
 * operation does not own the job: an interruption leaves the job alone. Sends the request only once if an earlier
 * attempt may have taken effect. The error then has the outcome `"unknown"`, and `BatchPrediction.list` shows whether
 * the job exists.
 *
 * Errors: `NotFound` or `Unprocessable` if the definition does not exist.
 *
 * `POST batchPredictions/fromJobDefinition/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { BatchPrediction, BatchPredictionDefinition } from "effect-datarobot"
 *
 * const scored = BatchPredictionDefinition.run("60a000000000000000000bd1").pipe(
 *   Effect.flatMap((job) => BatchPrediction.await(job))
 * )
 */
export const run = (
  definition: Ref,
  options?: RequestOptions
): Effect.Effect<BatchPrediction, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  runDefinition(operation("BatchPredictionDefinition.run", options), definition)
