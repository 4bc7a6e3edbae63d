/**
 * Asynchronous jobs. DataRobot accepts a request with a 202, does the work in a job, and shows the job's state at
 * `status/{id}/`. A handle identifies a job. It is plain data: store it as JSON, and another process can resume the
 * wait. Ending a wait does not end the job; only `cancel` does.
 *
 * @since 0.1.0
 * @example
 * import { Console, Effect, Stream } from "effect"
 * import { Deployment, Job } from "effect-datarobot"
 *
 * const deployed = Effect.gen(function*() {
 *   const job = yield* Deployment.startCreateFromLearningModel({ modelId: "60a0000000000000000000a1", label: "Churn" })
 *   yield* Job.progress(job).pipe(Stream.runForEach(({ status }) => Console.log(status)))
 *   return yield* Deployment.resume(job)
 * })
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { remove } from "./internal/protocols/change.js"
import { checkJob, type JobRef } from "./internal/protocols/handle.js"
import { awaitJob, type JobState, jobStates } from "./internal/protocols/job.js"
import * as Listing from "./internal/protocols/listing.js"
import type { Resource } from "./internal/request/location.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions, WaitOptions } from "./internal/request/options.js"
import { run } from "./internal/request/tracing.js"
import type { Paging } from "./wire/fields.js"
import * as Routes from "./wire/routes/jobs.js"

export { Handle } from "./DataRobotError.js"
export type { JobRef } from "./internal/protocols/handle.js"
export type { JobState } from "./internal/protocols/job.js"
export type { Resource } from "./internal/request/location.js"
export type { WaitOptions } from "./internal/request/options.js"

const waitFor = (name: string, job: JobRef, wait: WaitOptions, options?: RequestOptions) => {
  const op = operation(name, options)
  return run(op, Effect.flatMap(checkJob(op, job, { done: true }, wait), (handle) => awaitJob(op, handle, wait)))
}

/**
 * Waits for a job, and returns the resource that it created or changed, if it is known. Takes a handle, its JSON
 * text, or the id of a job. The `handle` of a `DataRobotJobError` works too. A timeout or an interruption does not
 * end the job.
 *
 * Errors: `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
 * `timeout`.
 *
 * `GET status/{id}/`, at growing intervals
 *
 * @since 0.1.0
 * @example
 * import { Console, Effect } from "effect"
 * import { DataRobotError, Job } from "effect-datarobot"
 *
 * const made = Job.await("0b1c7a1e-0000-4000-8000-000000000000", { timeout: "20 minutes" }).pipe(
 *   DataRobotError.catchReason("Deadline", ({ handle }) => Effect.as(Console.log(JSON.stringify(handle)), undefined))
 * )
 */
const await_ = (
  job: JobRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<Resource | undefined, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  waitFor("Job.await", job, wait, options)

export { await_ as await }

/**
 * Emits the states of a job, one element per change, until the job has finished. The last element has the status
 * `COMPLETED` and, if it is known, the `resource` that the job created or changed.
 *
 * Errors: those of `await`.
 *
 * `GET status/{id}/`, at growing intervals
 *
 * @since 0.1.0
 * @example
 * import { Console, Stream } from "effect"
 * import { Job } from "effect-datarobot"
 *
 * const watched = Job.progress("0b1c7a1e-0000-4000-8000-000000000000").pipe(
 *   Stream.runForEach(({ message, status }) => Console.log(status, message))
 * )
 */
export const progress = (
  job: JobRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Stream.Stream<JobState, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("Job.progress", options)
  return checkJob(op, job, { done: true }, wait).pipe(
    Effect.catchAll((error) => run(op, error)),
    Effect.map((handle) => jobStates(op, handle, wait)),
    Stream.unwrap
  )
}

/**
 * Waits for a job that this or another process started, from its stored handle (the JSON text or the parsed value).
 * Returns the same as `await`. `Deployment.resume` does the same and then returns the deployment.
 *
 * Errors: those of `await`.
 *
 * `GET status/{id}/`, at growing intervals
 *
 * @since 0.1.0
 * @example
 * import { Job } from "effect-datarobot"
 *
 * const stored = "{\"kind\":\"status\",\"id\":\"0b1c7a1e-0000-4000-8000-000000000000\"}"
 * const made = Job.resume(stored, { timeout: "1 hour" })
 */
export const resume = (
  stored: JobRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<Resource | undefined, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  waitFor("Job.resume", stored, wait, options)

/**
 * Returns the jobs of the token's user that have not finished, or the first `limit` of them.
 *
 * Errors: those of every operation.
 *
 * `GET status/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Job } from "effect-datarobot"
 *
 * const running = Effect.map(
 *   Job.list(),
 *   (jobs) => jobs.map(({ description, status }) => `${description}: ${status}`)
 * )
 */
export const list = (
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<JobState>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    Listing.list(operation("Job.list", options), Routes.list, {}, paging),
    (jobs) => jobs.map((job) => ({ ...job, resource: undefined }))
  )

/**
 * Cancels a job. Changes that it has already made are kept.
 *
 * Errors: `NotFound` if DataRobot no longer knows the job.
 *
 * `DELETE status/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Job } from "effect-datarobot"
 *
 * const cancelled = Job.cancel("0b1c7a1e-0000-4000-8000-000000000000")
 */
export const cancel = (
  job: JobRef,
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("Job.cancel", options)
  return checkJob(op, job, {}, undefined, Routes.cancel).pipe(
    Effect.catchAll((error) => run(op, error)),
    Effect.flatMap(({ id }) => remove(op, Routes.cancel, { id }))
  )
}
