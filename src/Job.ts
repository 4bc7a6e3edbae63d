/**
 * Jobs: what DataRobot does in its own time after it has answered 202, with its state at `status/{id}/`. A job is named
 * by a handle, which is plain data: it can be stored as JSON, and another process goes on with it. Whoever stops waiting
 * leaves the job alone; only `cancel` ends it.
 *
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
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { awaitJob, type JobRef, type JobState, jobStates, stateFields, statusPath } from "./internal/protocols/job.js"
import * as Listing from "./internal/protocols/listing.js"
import type { WaitOptions } from "./internal/protocols/poll.js"
import { remove } from "./internal/protocols/remove.js"
import { input } from "./internal/request/input.js"
import type { Resource } from "./internal/request/location.js"
import type { RequestOptions } from "./internal/request/options.js"
import { path } from "./internal/request/path.js"
import { operation } from "./internal/request/send.js"
import { Envelope } from "./wire/envelope.js"
import { type Paging, PagingInput } from "./wire/fields.js"

export { Handle } from "./DataRobotError.js"
export type { JobRef, JobState } from "./internal/protocols/job.js"
export type { WaitOptions } from "./internal/protocols/poll.js"
export type { Resource } from "./internal/request/location.js"

const await_ = (
  job: JobRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<Resource | undefined, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  operation("Job.await", awaitJob("Job.await", job, wait, options))

export {
  /**
   * Waits for a job and answers what it made, or worked on, where that is known. Takes a handle (also that of a
   * `DataRobotJobError`, also as JSON text) or the id of a status. Interruption and timeout leave the job alone.
   *
   * Fails with a `DataRobotJobError` when the job failed (`Failed`), is not known any more (`Lost`), or takes longer than
   * `timeout` (`Deadline`).
   *
   * `GET status/{id}/`, at growing intervals
   */
  await_ as await
}

/**
 * The states that a job goes through, one element a change, until it is done; the last one is `COMPLETED`, with the
 * `resource` that the job made where that is known. Fails as `await` does.
 *
 * `GET status/{id}/`, at growing intervals
 */
export const progress = (
  job: JobRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Stream.Stream<JobState, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  jobStates("Job.progress", job, wait, options)

/**
 * Goes on waiting for a job that this or another process has started, from its handle as it was stored: the JSON text, or
 * what it holds. Answers and fails as `await` does. `Deployment.resume` does the same and reads the deployment.
 *
 * `GET status/{id}/`, at growing intervals
 */
export const resume = (
  stored: JobRef,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<Resource | undefined, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  operation("Job.resume", awaitJob("Job.resume", stored, wait, options))

const Listed = Schema.Struct({
  ...stateFields,
  id: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("statusId"))
})
const JobsPage = Envelope(Listed)

/**
 * The jobs of the token's user that are not done yet. All of them, or the first `limit`.
 *
 * `GET status/`
 */
export const list = (
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<JobState>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    Listing.list({
      operation: "Job.list",
      path: path`status/`,
      page: JobsPage,
      query: input(PagingInput, paging),
      options
    }),
    (jobs) => jobs.map((job) => ({ ...job, resource: undefined }))
  )

/**
 * Ends a job. What it has done by then stays.
 *
 * `DELETE status/{id}/`
 */
export const cancel = (
  job: JobRef,
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  remove({ operation: "Job.cancel", path: statusPath(job), options })
