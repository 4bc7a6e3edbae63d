/** Waits for something that DataRobot does in its own time: asks again and again, until it is done or time is over. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { DataRobot } from "../../DataRobot.js"
import {
  type DataRobotError,
  DataRobotJobError,
  type Handle,
  isApiError,
  isRetryable,
  type Issue,
  type JobReason
} from "../../DataRobotError.js"
import { oneLine } from "../../wire/text.js"
import { mergeOptions, notADuration, positiveMillis } from "../request/options.js"
import type { Path } from "../request/path.js"
import { type Answer, type Call, type Requirements, send } from "../request/send.js"

/** How long to wait, and how often to ask. */
export interface WaitOptions {
  /** How long to wait in all; 10 minutes without it. */
  readonly timeout?: Duration.DurationInput | undefined
  /** The time between two questions. Without it, 1 second that grows to 10. */
  readonly interval?: Duration.DurationInput | undefined
}

/** What one answer says of the thing that is waited for. */
export type Found<A> =
  | { readonly _tag: "Done"; readonly value: A }
  | {
    readonly _tag: "Pending"
    readonly status: string | undefined
    readonly retryAfter: number | undefined
    /** What was seen of it, where it can be told before it is done. */
    readonly value: A | undefined
  }
  | {
    readonly _tag: "Ended"
    readonly reason: "Failed" | "Lost"
    readonly status: string | undefined
    readonly message: string
  }

/** What a look has seen of a wait that goes on, or is over. */
export type Seen<A> = Exclude<Found<A>, { readonly _tag: "Ended" }>

/** The wait is over. */
export const done = <A>(value: A): Found<A> => ({ _tag: "Done", value })

/** Not yet: the state in the server's words, and how many milliseconds it asks to wait. */
export const pending = <A = never>(status: string | undefined, retryAfter?: number, value?: A): Found<A> => ({
  _tag: "Pending",
  status,
  retryAfter,
  value
})

/** It will never be. */
export const ended = (reason: "Failed" | "Lost", status: string | undefined, message: string): Found<never> => ({
  _tag: "Ended",
  reason,
  status,
  message
})

/** A wait: what to ask, what an answer says, and what to tell when it does not end well. */
export interface Wait<A> {
  readonly call: Call
  /** What to wait on again. */
  readonly handle: Handle
  readonly options: WaitOptions
  readonly read: (answer: Answer) => Effect.Effect<Found<A>, DataRobotError>
  /** What a 404 says, of which there were so many in so many milliseconds; a failure without it. */
  readonly missing?: (times: number, elapsed: number) => Found<A>
  /** What to tell when the time is over, after so many questions. */
  readonly onDeadline: (status: string | undefined, asked: number) => string
}

/** How long a wait takes at most; milliseconds. */
export const waitMillis = ({ timeout }: WaitOptions): number => positiveMillis(timeout) ?? 600_000

const firstDelay = 1_000
const growth = 1.5
// what one look has at least, also the last one
const leastPatience = 1_000
const longestDelay = 10_000
const maxFailures = 5
const maxStatus = 100

const issuesOf = (options: WaitOptions, prefix = ""): ReadonlyArray<Issue> =>
  (["timeout", "interval"] as const)
    .filter((key) => options[key] !== undefined && positiveMillis(options[key]) === undefined)
    .map((key) => ({ path: prefix + key, message: notADuration }))

/** The path of a request that a wait follows: with options that can't work, the request is not sent either. */
export const beforeWait = (path: Path, wait: WaitOptions = {}): Path => ({
  ...path,
  issues: [...path.issues, ...issuesOf(wait, "wait.")]
})

const retryAfterOf = (error: DataRobotError): number | undefined =>
  isApiError(error) && error.retryAfter !== undefined ? Duration.toMillis(error.retryAfter) : undefined

/**
 * One look at the thing that is waited for, and each time that it is run, the next one (J-1): it pauses before it asks.
 * Up to four failures in a row that may pass are waited out. When the time is over, it asks one last time, unless the
 * server has asked for longer. Ends in the error of a wait that can't succeed any more.
 */
export const looks = <A>(
  wait: Wait<A>
): Effect.Effect<Effect.Effect<Seen<A>, DataRobotError, Requirements>, never, DataRobot> =>
  Effect.gen(function*() {
    const { call, handle, missing, options } = wait
    const { options: outer, redactor } = yield* DataRobot
    const { timeout: given } = mergeOptions(outer, call.options)
    const patience = positiveMillis(given)
    // it is refused when it is sent
    const invalid = given !== undefined && patience === undefined
    const checked: Call = { ...call, path: { ...call.path, issues: [...call.path.issues, ...issuesOf(options)] } }
    const interval = positiveMillis(options.interval)
    const begun = yield* Clock.currentTimeMillis
    const deadline = begun + waitMillis(options)

    // Status and message are the server's text.
    const clean = (text: string, max?: number) => oneLine(redactor.text(text), max)
    const { resource } = handle
    const cleanHandle: Handle = {
      kind: handle.kind,
      // the caller may have named the token for an id
      id: redactor.text(handle.id),
      ...(resource === undefined
        ? {}
        : { resource: { collection: redactor.text(resource.collection), id: redactor.text(resource.id) } })
    }
    const jobError = (reason: JobReason, attempts: number, status: string | undefined, message: string) =>
      new DataRobotJobError({
        operation: call.operation,
        method: call.method,
        path: clean(call.path.path),
        attempts,
        reason,
        handle: cleanHandle,
        ...(status === undefined ? {} : { status: clean(status, maxStatus) }),
        message: clean(`${call.operation} failed: ${message}`)
      })

    let asked = 0
    let delay = interval ?? firstDelay
    let pause = 0
    let failures = 0
    let missed = 0
    let status: string | undefined
    const recover = (error: DataRobotError): Effect.Effect<Found<A>, DataRobotError> => {
      if (missing !== undefined && isApiError(error) && error.reason === "NotFound") {
        return Effect.map(Clock.currentTimeMillis, (now) => missing(++missed, now - begun))
      }
      return isRetryable(error) && ++failures < maxFailures
        ? Effect.succeed(pending(status, retryAfterOf(error)))
        : Effect.fail(error)
    }

    return Effect.gen(function*() {
      if (asked > 0) yield* Effect.sleep(pause)
      asked++
      const left = deadline - (yield* Clock.currentTimeMillis)
      const last = left <= 0
      // a look that is never answered must not outlive the wait
      const timeout = Math.min(patience ?? Number.POSITIVE_INFINITY, Math.max(left, leastPatience))
      const question = invalid ? checked : { ...checked, options: { ...checked.options, timeout } }
      const found = yield* Effect.flatMap(send(question), wait.read).pipe(
        Effect.tap(() => {
          failures = 0
        }),
        Effect.catchAll(recover)
      )
      if (found._tag === "Done") return found
      if (found._tag === "Ended") return yield* jobError(found.reason, asked, found.status, found.message)
      status = found.status === undefined ? undefined : clean(found.status, maxStatus)
      const remaining = deadline - (yield* Clock.currentTimeMillis)
      // who asks for more time than there is, is not asked again before
      if (last || (found.retryAfter ?? 0) > remaining) {
        return yield* jobError("Deadline", asked, status, wait.onDeadline(status, asked))
      }
      const jitter = interval === undefined ? 0.8 + 0.4 * (yield* Random.next) : 1
      const own = Math.round(delay * jitter)
      // a server that asks for no pause at all gets one all the same
      const wanted = found.retryAfter === undefined ? own : Math.max(found.retryAfter, interval ?? firstDelay)
      pause = Math.max(0, Math.min(wanted, remaining))
      if (interval === undefined) delay = Math.min(delay * growth, longestDelay)
      return found
    })
  })

/** Asks until the answer is `done`. */
export const poll = <A>(wait: Wait<A>): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.gen(function*() {
    const look = yield* looks(wait)
    for (;;) {
      const found = yield* look
      if (found._tag === "Done") return found.value
    }
  })
