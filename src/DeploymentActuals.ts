/**
 * Actual values: the outcomes that are observed after predictions. DataRobot matches them with the predictions of a
 * deployment to compute accuracy. It matches them by association id; `DeploymentSettings.update` sets the column that
 * holds the id.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Sink from "effect/Sink"
import * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import { actualIssues, actualsBody } from "./internal/protocols/actualRows.js"
import { beginAndWait, runJob, startChange } from "./internal/protocols/change.js"
import { waitIssues } from "./internal/protocols/poll.js"
import { afterChange } from "./internal/request/errorChanges.js"
import { type Operation, operation, type Requirements } from "./internal/request/operation.js"
import type { JobUpdateOptions, UpdateOptions } from "./internal/request/options.js"
import { pathOf, type Ref } from "./internal/request/path.js"
import { refuseArguments } from "./internal/request/send.js"
import { run } from "./internal/request/tracing.js"
import { type Actual, type DatasetInput, maxActuals } from "./wire/actuals.js"
import * as Routes from "./wire/routes/deploymentActuals.js"

export type { JobUpdateOptions, UpdateOptions, WaitOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { Actual, DatasetInput } from "./wire/actuals.js"
export type { DateInput } from "./wire/fields.js"

/**
 * Options of a submission of actual values.
 *
 * @since 0.1.0
 */
export interface SubmitOptions extends JobUpdateOptions {
  /** Whether to keep actual values that have no prediction yet. Default: DataRobot decides. */
  readonly keepActualsWithoutPredictions?: boolean | undefined
  /** Called after each request with the progress. If it throws, the submission ends with that defect. */
  readonly onProgress?: ((submitted: Submitted) => void) | undefined
}

/**
 * The progress of a submission: what DataRobot has processed so far.
 *
 * @since 0.1.0
 */
export interface Submitted {
  /** Number of actual values. */
  readonly actuals: number
  /** Number of requests. */
  readonly requests: number
}

/** The names of the options that only a submission has. */
const submitNames = ["keepActualsWithoutPredictions", "onProgress"]

const nothing: Submitted = { actuals: 0, requests: 0 }

/** Sends the next request, and waits until DataRobot has processed it. The values may be `checked` already. */
const submitNext = (
  op: Operation,
  deployment: Ref,
  data: ReadonlyArray<Actual>,
  before: Submitted,
  { keepActualsWithoutPredictions, onProgress }: SubmitOptions,
  checked = false
): Effect.Effect<Submitted, DataRobotError, Requirements> => {
  const isFirst = before.requests === 0
  const body = actualsBody(data, keepActualsWithoutPredictions, { checked, offset: before.actuals })
  const step = beginAndWait(op, Routes.submitActuals, { id: deployment }, body, {
    whenUnknown: "These actual values may have been submitted despite the error.",
    note: isFirst ? undefined : `The first ${before.actuals} actual values were processed.`
  })
  return Effect.map(isFirst ? step : afterChange(step), () => {
    const submitted = { actuals: before.actuals + data.length, requests: before.requests + 1 }
    onProgress?.(submitted)
    return submitted
  })
}

/**
 * Submits actual values in requests of 10 000, one after the other. Waits until DataRobot has processed each of them.
 * Returns the number of values and requests. Checks all values before it sends the first request, and writes each
 * request just before it sends it. So do not change the values while it runs.
 *
 * Errors: a `DataRobotValidationError` if a value is invalid; its `issues` have the index of the value. `RateLimited`
 * if too many values were submitted within an hour. `NotFound` if the deployment does not exist. `Failed` if the job
 * failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
 *
 * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentActuals } from "effect-datarobot"
 *
 * const submitted = DeploymentActuals.submit("60a000000000000000000001", [
 *   { associationId: "customer-1", actualValue: "yes" },
 *   { associationId: "customer-2", actualValue: "no", timestamp: "2022-03-01T10:30:00Z" }
 * ])
 */
export const submit = (
  deployment: Ref,
  actuals: Iterable<Actual>,
  options: SubmitOptions = {}
): Effect.Effect<Submitted, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("DeploymentActuals.submit", options, submitNames)
  return run(
    op,
    Effect.suspend(() => {
      const isGiven = Predicate.isIterable(actuals)
      // A copy, because some iterables can be read only once. The bodies are written when they are sent, because all of
      // them together need far more memory.
      const all = isGiven ? Array.from(actuals) : []
      const route = Routes.submitActuals
      const ids = { id: deployment }
      const notGiven = isGiven ? [] : [{ path: "actuals", message: "must be a list of actual values" }]
      const issues = [
        ...pathOf(route.path, ids).issues,
        ...waitIssues(options.wait, "wait."),
        ...notGiven,
        ...actualIssues(all, options.keepActualsWithoutPredictions)
      ].slice(0, 10)
      if (issues.length > 0) return refuseArguments(op, { route, ids }, issues)
      const submitFrom = (before: Submitted): Effect.Effect<Submitted, DataRobotError, Requirements> => {
        const data = all.slice(before.actuals, before.actuals + maxActuals)
        return data.length === 0
          ? Effect.succeed(before)
          : Effect.flatMap(submitNext(op, deployment, data, before, options, true), submitFrom)
      }
      return submitFrom(nothing)
    })
  )
}

const submitChunk = (
  op: Operation,
  deployment: Ref,
  chunk: ReadonlyArray<Actual>,
  before: Submitted,
  options: SubmitOptions
): Effect.Effect<Submitted, DataRobotError, Requirements> => run(op, submitNext(op, deployment, chunk, before, options))

/**
 * Submits actual values as they arrive: one request for every 10 000, and one for the rest. Emits the running total
 * after DataRobot has processed each request. Checks the values of a request just before it sends it, so earlier
 * requests may already be processed. If the source fails, the values before the failure are submitted first.
 *
 * Errors: those of `submit`, and those of the source.
 *
 * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Console, Stream } from "effect"
 * import { DeploymentActuals } from "effect-datarobot"
 *
 * const outcomes = Stream.fromIterable([{ associationId: "c-1", actualValue: "yes" }])
 * const submitted = DeploymentActuals.submitStream("60a000000000000000000001", outcomes).pipe(
 *   Stream.runForEach(({ actuals }) => Console.log(`${actuals} values`))
 * )
 */
export const submitStream = <E, R>(
  deployment: Ref,
  actuals: Stream.Stream<Actual, E, R>,
  options: SubmitOptions = {}
): Stream.Stream<Submitted, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> => {
  const op = operation("DeploymentActuals.submitStream", options, submitNames)
  return actuals.pipe(
    Stream.grouped(maxActuals),
    Stream.mapAccumEffect(nothing, (before, chunk) =>
      Effect.map(
        submitChunk(op, deployment, Chunk.toReadonlyArray(chunk), before, options),
        (submitted) => [submitted, submitted] as const
      ))
  )
}

/**
 * Returns a sink that submits the actual values it receives: one request for every 10 000, and one for the rest. Its
 * result is the number of values and requests. If the source fails, values that do not fill a request are not
 * submitted.
 *
 * Errors: those of `submit`.
 *
 * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { DeploymentActuals } from "effect-datarobot"
 *
 * const outcomes = Stream.fromIterable([{ associationId: "c-1", actualValue: "yes" }])
 * const submitted = Stream.run(outcomes, DeploymentActuals.sink("60a000000000000000000001"))
 */
export const sink = (
  deployment: Ref,
  options: SubmitOptions = {}
): Sink.Sink<Submitted, Actual, never, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("DeploymentActuals.sink", options, submitNames)
  const flush = (waiting: ReadonlyArray<Actual>, before: Submitted) =>
    submitChunk(op, deployment, waiting, before, options)
  const start = { waiting: Array.of<Actual>(), submitted: nothing }
  return Sink.foldChunksEffect(start, () => true, (state, chunk: Iterable<Actual>) =>
    Effect.gen(function*() {
      const waiting = [...state.waiting, ...chunk]
      let { submitted } = state
      let from = 0
      for (; waiting.length - from >= maxActuals; from += maxActuals) {
        submitted = yield* flush(waiting.slice(from, from + maxActuals), submitted)
      }
      return { waiting: waiting.slice(from), submitted }
    })).pipe(
      Sink.mapEffect(({ submitted, waiting }) =>
        waiting.length === 0 ? Effect.succeed(submitted) : flush(waiting, submitted)
      ),
      Sink.ignoreLeftover
    )
}

/**
 * Submits the actual values of a dataset, and waits until DataRobot has processed them.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if the dataset or a column does not exist.
 * `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
 * `wait.timeout`.
 *
 * `POST deployments/{id}/actuals/fromDataset/`, `GET status/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentActuals } from "effect-datarobot"
 *
 * const submitted = DeploymentActuals.submitFromDataset("60a000000000000000000001", {
 *   datasetId: "60a0000000000000000000aa",
 *   associationIdColumn: "customer",
 *   actualValueColumn: "churned"
 * })
 */
export const submitFromDataset = (
  deployment: Ref,
  dataset: DatasetInput,
  options?: JobUpdateOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  runJob(
    operation("DeploymentActuals.submitFromDataset", options),
    Routes.submitActualsFromDataset,
    { id: deployment },
    dataset
  )

/**
 * Starts the job of `submitFromDataset` and returns its handle, without waiting for it.
 *
 * Errors: those of `submitFromDataset`, except those of its job.
 *
 * `POST deployments/{id}/actuals/fromDataset/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentActuals, Job } from "effect-datarobot"
 *
 * const job = DeploymentActuals.startSubmitFromDataset("60a000000000000000000001", {
 *   datasetId: "60a0000000000000000000aa",
 *   associationIdColumn: "customer",
 *   actualValueColumn: "churned"
 * })
 * const submitted = Effect.flatMap(job, (handle) => Job.await(handle))
 */
export const startSubmitFromDataset = (
  deployment: Ref,
  dataset: DatasetInput,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(
    operation("DeploymentActuals.startSubmitFromDataset", options),
    Routes.submitActualsFromDataset,
    { id: deployment },
    dataset
  )
