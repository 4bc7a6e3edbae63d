/**
 * The protocol behind a 202: the job's state is at `status/{id}/`, and when it is done, a 303 points to what it made.
 * A timeout or an interruption leaves the server's job alone (J-2).
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type DataRobotError, DataRobotJobError, type Handle, isApiError } from "../DataRobotError.js"
import { type Resource, resourceFromUrl } from "./location.js"
import type { RequestOptions } from "./options.js"
import { idOf, path, type Ref } from "./path.js"
import { done, type Found, pending, poll, waitIssues, type WaitOptions } from "./poll.js"
import { type Call, decode, onOwnBase, type Requirements, send } from "./request.js"
import { oneLine } from "./text.js"

/** What a finished job made: known when the server points to it. */
export type Made = Resource | undefined

const State = Schema.Struct({
  status: Schema.String,
  message: Schema.optional(Schema.NullOr(Schema.String))
})

const failed = /^(?:error|abort|expired|cancel)/i
const maxStatusBody = 64 * 1024
const maxState = 100
// A status may be asked for before every server of a cluster knows of it.
const maxNotFound = 3
const notFoundGrace = 10_000

/** Waits for a job, as the operation that is named in errors. */
export const awaitJob = (
  operation: string,
  ref: Ref,
  wait: WaitOptions,
  options: RequestOptions | undefined
): Effect.Effect<Made, DataRobotError, Requirements> => {
  const statusPath = path`status/${ref}/`
  const handle: Handle = { kind: "status", id: idOf(ref) ?? "" }
  const resume = `The job goes on in DataRobot; Job.await waits for it again (status id ${handle.id}).`
  const call: Call = {
    operation,
    method: "GET",
    path: { ...statusPath, issues: [...statusPath.issues, ...waitIssues(wait)] },
    idempotent: true,
    accept: [303],
    maxBody: maxStatusBody,
    // the loop here asks again by itself
    options: { ...options, retry: false },
    note: resume
  }
  const jobError = (reason: DataRobotJobError["reason"], asked: number, status: string | undefined, message: string) =>
    new DataRobotJobError({
      operation,
      method: call.method,
      path: statusPath.path,
      attempts: asked,
      reason,
      handle,
      ...(status === undefined ? {} : { status }),
      message: oneLine(message)
    })

  return Effect.suspend(() => {
    let notFound = 0
    let asked = 0
    const started = Effect.clockWith((clock) => clock.currentTimeMillis)
    const ask = (begin: number): Effect.Effect<Found<Made>, DataRobotError, Requirements> =>
      Effect.gen(function*() {
        asked++
        const answer = yield* send(call)
        if (answer.status === 303) {
          if (answer.location === undefined) return done<Made>(undefined)
          const made = resourceFromUrl(answer.connection.endpoint, answer.location)
          return done<Made>(yield* onOwnBase(answer, "Location", made))
        }
        const state = yield* decode(answer, State)
        if (failed.test(state.status)) {
          const { redactor } = answer.connection
          const said = redactor.text(state.message ?? "no message")
          const status = oneLine(redactor.text(state.status), maxState)
          return yield* jobError(
            "Failed",
            asked,
            status,
            `${operation} failed: DataRobot's job ended with ${status}: ${said} (status id ${handle.id})`
          )
        }
        return state.status.toLowerCase() === "completed"
          ? done<Made>(undefined)
          : pending(state.status, answer.retryAfter)
      }).pipe(
        Effect.catchIf((error) => isApiError(error) && error.reason === "NotFound", () =>
          Effect.flatMap(started, (now): Effect.Effect<Found<Made>, DataRobotError> =>
            ++notFound <= maxNotFound && now - begin <= notFoundGrace
              ? Effect.succeed(pending(undefined))
              : Effect.fail(jobError(
                "Lost",
                asked,
                undefined,
                `${operation}: DataRobot does not know the job any more (status id ${handle.id}). Look at what it was to make.`
              ))))
      )
    return Effect.flatMap(started, (begin) =>
      poll(ask(begin), wait, (status, times) =>
        jobError(
          "Deadline",
          times,
          status,
          `${operation}: the job is still ${status ?? "not known"} after ${times} questions. ${resume}`
        )))
  })
}
