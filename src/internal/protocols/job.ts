/**
 * Jobs: after a 202, `status/{id}/` returns the job's state. When the job has finished, it returns a 303 that points to
 * the created or changed resource. A timeout or an interruption does not cancel the server's job (J-2).
 */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DataRobotError, Handle } from "../../DataRobotError.js"
import type { ListedJob } from "../../wire/job.js"
import * as Routes from "../../wire/routes/jobs.js"
import { type Resource, resourceFromUrl } from "../request/location.js"
import { type ApiResponse, type Operation, type Requirements, withNote } from "../request/operation.js"
import type { WaitOptions } from "../request/options.js"
import { decode, onOwnBase } from "../request/send.js"
import { changesOf, done, ended, type Found, missingJob, pending, poll, type Wait } from "./poll.js"

/**
 * The state of a job.
 *
 * @since 0.1.0
 */
export interface JobState extends Schema.Schema.Type<typeof ListedJob> {
  /** The id of the job, as in `status/{id}/`. */
  readonly id: string
  /** The resource that the job created or changed. Known once the job has finished, if the server points to it. */
  readonly resource: Resource | undefined
}

const failed = /^(?:error|abort|expired|cancel)/i
const completed = ({ id, resource }: Handle): JobState => ({ id, status: "COMPLETED", resource })

const read = (handle: Handle) => (response: ApiResponse): Effect.Effect<Found<JobState>, DataRobotError> => {
  if (response.status === 303) {
    const { connection: { endpoint }, location } = response
    const target = location === undefined ? undefined : resourceFromUrl(endpoint, location)
    // If the handle names a resource, a `Location` to another collection is ignored.
    const isKnown = handle.resource !== undefined && handle.resource.collection !== target?.target.collection
    if (isKnown || location === undefined) return Effect.succeed(done(completed(handle)))
    const finished = withNote(response, "The job itself has finished.")
    return Effect.map(onOwnBase(finished, "Location", target), (resource) => done(completed({ ...handle, resource })))
  }
  return Effect.map(decode(response, Routes.get.success), ({ statusId: _, ...state }) => {
    const { message, status } = state
    if (failed.test(status)) {
      const of = handle.resource === undefined ? "" : ` (${handle.resource.collection}/${handle.resource.id})`
      return ended(
        "Failed",
        status,
        `DataRobot's job ${handle.id}${of} ended with ${status}: ${message || "no message"}`
      )
    }
    return status.toLowerCase() === "completed"
      ? done({ ...state, ...completed(handle) })
      : pending(status, response.retryAfter, { ...state, id: handle.id, resource: undefined })
  })
}

/** The wait for a job. */
export const waitFor = (operation: Operation, handle: Handle, wait: WaitOptions): Wait<JobState> => {
  const resume = `The job continues in DataRobot. To keep waiting, call Job.await with status id ${handle.id}.`
  return {
    operation,
    call: {
      route: Routes.get,
      ids: { id: handle.id },
      // A failed poll is not retried, because the wait polls again.
      options: { ...operation.options, retry: false },
      note: resume
    },
    handle,
    options: wait,
    read: read(handle),
    missing: missingJob(
      `job ${handle.id} was not found (404). Check whether the resource that it was creating or changing exists.`
    ),
    onDeadline: (status, polls) => `the job is still ${status ?? "in an unknown state"} after ${polls} polls. ${resume}`
  }
}

/** A step of an operation: waits for a job, and returns the resource that it created or changed. */
export const awaitJob = (
  operation: Operation,
  handle: Handle,
  wait: WaitOptions = {}
): Effect.Effect<Resource | undefined, DataRobotError, Requirements> =>
  handle.kind === "done"
    ? Effect.succeed(handle.resource)
    : Effect.map(poll(waitFor(operation, handle, wait)), ({ resource }) => resource)

/** Emits the states of a job, one element per change. */
export const jobStates = (
  operation: Operation,
  handle: Handle,
  wait: WaitOptions = {}
): Stream.Stream<JobState, DataRobotError, Requirements> =>
  handle.kind === "done"
    ? Stream.make(completed(handle))
    : changesOf(waitFor(operation, handle, wait), (a, b) => a.status === b.status && a.message === b.message)
