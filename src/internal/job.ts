/**
 * The protocol behind a 202: the job's state is at `status/{id}/`, and when it is done, a 303 points to what it made.
 * A timeout or an interruption leaves the server's job alone (J-2).
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { DataRobotError } from "../DataRobotError.js"
import { type Resource, resourceFromUrl } from "./location.js"
import type { RequestOptions } from "./options.js"
import { idOf, path, type Ref } from "./path.js"
import { done, ended, type Found, pending, poll, type WaitOptions } from "./poll.js"
import { type Answer, decode, onOwnBase, type Requirements } from "./request.js"

/** What a finished job made: known when the server points to it. */
export type Made = Resource | undefined

const State = Schema.Struct({
  status: Schema.String,
  message: Schema.optional(Schema.NullOr(Schema.String))
})

const failed = /^(?:error|abort|expired|cancel)/i
const maxStatusBody = 64 * 1024
// A status may be asked for before every server of a cluster knows of it.
const maxNotFound = 3
const notFoundGrace = 10_000

const read = (id: string) => (answer: Answer): Effect.Effect<Found<Made>, DataRobotError> => {
  if (answer.status === 303) {
    return answer.location === undefined
      ? Effect.succeed(done(undefined))
      : Effect.map(onOwnBase(answer, "Location", resourceFromUrl(answer.connection.endpoint, answer.location)), done)
  }
  return Effect.map(decode(answer, State), ({ message, status }) => {
    if (failed.test(status)) {
      return ended("Failed", status, `DataRobot's job ${id} ended with ${status}: ${message ?? "no message"}`)
    }
    return status.toLowerCase() === "completed" ? done(undefined) : pending(status, answer.retryAfter)
  })
}

/** Waits for a job, as the operation that is named in errors. */
export const awaitJob = (
  operation: string,
  ref: Ref,
  wait: WaitOptions,
  options: RequestOptions | undefined
): Effect.Effect<Made, DataRobotError, Requirements> => {
  const id = idOf(ref) ?? ""
  const resume = `The job goes on in DataRobot; Job.await waits for it again (status id ${id}).`
  return poll({
    call: {
      operation,
      method: "GET",
      path: path`status/${ref}/`,
      idempotent: true,
      accept: [303],
      maxBody: maxStatusBody,
      // the wait asks again by itself
      options: { ...options, retry: false },
      note: resume
    },
    handle: { kind: "status", id },
    options: wait,
    read: read(id),
    missing: (times, elapsed) =>
      times <= maxNotFound && elapsed <= notFoundGrace
        ? pending(undefined)
        : ended("Lost", undefined, `DataRobot does not know the job ${id} any more. Look at what it was to make.`),
    onDeadline: (status, asked) => `the job is still ${status ?? "not known"} after ${asked} questions. ${resume}`
  })
}
