/**
 * The protocol behind a 202: the job's state is at `status/{id}/`, and when it is done, a 303 points to what it made.
 * A timeout or an interruption leaves the server's job alone (J-2).
 */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DataRobot } from "../../DataRobot.js"
import { type DataRobotError, Handle } from "../../DataRobotError.js"
import { isRecord } from "../../wire/text.js"
import { Timestamp } from "../../wire/timestamp.js"
import { type Resource, resourceFromUrl } from "../request/location.js"
import type { RequestOptions } from "../request/options.js"
import { idOf, type Path, path, type Ref } from "../request/path.js"
import { type Answer, decode, onOwnBase, type Requirements } from "../request/send.js"
import { done, ended, type Found, looks, pending, poll, type Wait, type WaitOptions } from "./poll.js"

// What only informs must not end a wait: what can't be read is null.
const informing = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optionalWith(Schema.NullOr(schema).annotations({ decodingFallback: () => Either.right(null) }), {
    exact: true
  })

/** What a job says of itself, beside its id. */
export const stateFields = {
  status: Schema.String,
  message: informing(Schema.String),
  code: informing(Schema.Number),
  created: informing(Timestamp),
  description: informing(Schema.String),
  statusType: informing(Schema.String),
  type: informing(Schema.String)
}

const Stated = Schema.Struct(stateFields)

/** The state of a job. */
export interface JobState extends Schema.Schema.Type<typeof Stated> {
  /** The id of the status, which names the job. */
  readonly id: string
  /** What the job made: known when it is done, where the server points to it. */
  readonly resource: Resource | undefined
}

const failed = /^(?:error|abort|expired|cancel)/i
const maxStatusBody = 64 * 1024
// A status may be asked for before every server of a cluster knows of it.
const maxNotFound = 3
const notFoundGrace = 10_000

const completed = ({ id, resource }: Handle): JobState => ({ id, status: "COMPLETED", resource })

const read = (handle: Handle) => (answer: Answer): Effect.Effect<Found<JobState>, DataRobotError> => {
  if (answer.status === 303) {
    const { connection: { endpoint }, location } = answer
    const target = location === undefined ? undefined : resourceFromUrl(endpoint, location)
    // where it is known what the job works on, the server may only say which one of these it is
    const isKnown = handle.resource !== undefined && handle.resource.collection !== target?.target.collection
    if (isKnown || location === undefined) return Effect.succeed(done(completed(handle)))
    const finished: Answer = { ...answer, call: { ...answer.call, note: "The job itself is done." } }
    return Effect.map(onOwnBase(finished, "Location", target), (resource) => done(completed({ ...handle, resource })))
  }
  return Effect.map(decode(answer, Stated), (stated) => {
    const { message, status } = stated
    if (failed.test(status)) {
      const of = handle.resource === undefined ? "" : ` (${handle.resource.collection}/${handle.resource.id})`
      return ended(
        "Failed",
        status,
        `DataRobot's job ${handle.id}${of} ended with ${status}: ${message || "no message"}`
      )
    }
    return status.toLowerCase() === "completed"
      ? done({ ...stated, ...completed(handle) })
      : pending(status, answer.retryAfter, { ...stated, id: handle.id, resource: undefined })
  })
}

/** A job: the id of its status, a handle, or the JSON of one. */
export type JobRef = Ref | Handle

const decodeStored = Schema.decodeUnknownOption(Schema.Union(Schema.parseJson(Handle), Handle))
const noHandle: Handle = { kind: "status", id: "" }

// An id has no braces in it, so what begins with one is the JSON of a handle.
const handleOf = (ref: JobRef): Handle => {
  const isHandle = typeof ref === "string" ? ref.startsWith("{") : isRecord(ref) && "kind" in ref
  const handle = isHandle
    ? Option.getOrElse(decodeStored(ref), () => noHandle)
    : { ...noHandle, id: idOf(ref) ?? "" }
  return idOf(handle) === undefined ? noHandle : handle
}

const pathOf = (handle: Handle): Path => {
  const status = path`status/${handle}/`
  return handle.kind === "status"
    ? status
    : { ...status, issues: [{ path: "kind", message: "must be \"status\": there is no job to ask for" }] }
}

/** The path of a job's status, which only a job has. */
export const statusPath = (ref: JobRef): Path => pathOf(handleOf(ref))

const waitFor = (
  operation: string,
  handle: Handle,
  wait: WaitOptions,
  options: RequestOptions | undefined
): Wait<JobState> => {
  const resume = `The job goes on in DataRobot; Job.await waits for it again (status id ${handle.id}).`
  return {
    call: {
      operation,
      method: "GET",
      path: pathOf(handle),
      idempotent: true,
      accept: [303],
      maxBody: maxStatusBody,
      // the wait asks again by itself
      options: { ...options, retry: false },
      note: resume
    },
    handle,
    options: wait,
    read: read(handle),
    missing: (times, elapsed) =>
      times <= maxNotFound && elapsed <= notFoundGrace
        ? pending(undefined)
        : ended(
          "Lost",
          undefined,
          `DataRobot does not know the job ${handle.id} any more. Look at what it was to make.`
        ),
    onDeadline: (status, asked) => `the job is still ${status ?? "not known"} after ${asked} questions. ${resume}`
  }
}

/** Whether there is no job to ask for, because it was not needed. */
export const isDone = (ref: JobRef): boolean => handleOf(ref).kind === "done"

/** Waits for a job, as the operation that is named in errors. */
export const awaitJob = (
  operation: string,
  ref: JobRef,
  wait: WaitOptions,
  options: RequestOptions | undefined
): Effect.Effect<Resource | undefined, DataRobotError, Requirements> => {
  const handle = handleOf(ref)
  return handle.kind === "done"
    ? Effect.succeed(handle.resource)
    : Effect.map(poll(waitFor(operation, handle, wait, options)), ({ resource }) => resource)
}

/** The states that a job goes through; a look is taken when the next one is asked for. */
export const jobStates = (
  operation: string,
  ref: JobRef,
  wait: WaitOptions,
  options: RequestOptions | undefined
): Stream.Stream<JobState, DataRobotError, DataRobot | Requirements> => {
  const handle = handleOf(ref)
  if (handle.kind === "done") return Stream.make(completed(handle))
  return Stream.unwrap(
    Effect.map(
      looks(waitFor(operation, handle, wait, options)),
      (look) => Stream.repeatEffect(look).pipe(Stream.takeUntil(({ _tag }) => _tag === "Done"))
    )
  ).pipe(
    Stream.filterMap((found) => Option.fromNullable(found.value)),
    Stream.changesWith((a, b) => a.status === b.status && a.message === b.message)
  )
}
