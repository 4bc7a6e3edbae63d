/** Polls until DataRobot has finished something or the wait times out (J-1). A wait is a state and a step function. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import {
  type DataRobotError,
  DataRobotJobError,
  type Handle,
  isApiError,
  isRetryable,
  type Issue,
  type JobReason
} from "../../DataRobotError.js"
import { isRecord, oneLine } from "../../wire/text.js"
import { defined } from "../request/defined.js"
import { cleanReport, type JobReport } from "../request/errorChanges.js"
import { askedToWait, describeRequest } from "../request/errors.js"
import { withHeaderSecrets } from "../request/headerSecrets.js"
import { monotonicMillis } from "../request/monotonic.js"
import type { ApiResponse, Call, Operation, Requirements } from "../request/operation.js"
import { mergeOptions, notADuration, positiveMillis, type WaitOptions } from "../request/options.js"
import { pathOf } from "../request/path.js"
import { send } from "../request/send.js"
import { DataRobot } from "../request/service.js"
import { longestTimer } from "../request/timeLimit.js"
import { run } from "../request/tracing.js"
import { unknownOptions } from "../request/unknownOptions.js"
import { makePauses } from "./pauses.js"

/** The result of a poll. */
export type Found<A> =
  | { readonly _tag: "Done"; readonly value: A }
  | {
    readonly _tag: "Pending"
    /** The status that the server reported. */
    readonly status: string | undefined
    /** Milliseconds that the server asks to wait. */
    readonly retryAfter: number | undefined
    /** The value so far, if one is known. */
    readonly value: A | undefined
  }
  | {
    readonly _tag: "Ended"
    readonly reason: "Failed" | "Lost"
    readonly status: string | undefined
    readonly message: string
    readonly report: JobReport
  }

/** The result of a poll that did not fail the wait. */
export type Seen<A> = Exclude<Found<A>, { readonly _tag: "Ended" }>

/** The wait has succeeded. */
export const done = <A>(value: A): Found<A> => ({ _tag: "Done", value })

/** The wait continues. */
export const pending = <A = never>(status: string | undefined, retryAfter?: number, value?: A): Found<A> => ({
  _tag: "Pending",
  status,
  retryAfter,
  value
})

/** The wait can no longer succeed. */
export const ended = (
  reason: "Failed" | "Lost",
  status: string | undefined,
  message: string,
  report: JobReport = {}
): Found<never> => ({ _tag: "Ended", reason, status, message, report })

// Right after a 202, some servers of a cluster may not know the job yet.
const maxNotFound = 3
const notFoundGrace = 10_000

/** What a response that a job was not found means: at first that not all servers know it yet, then that it was lost (J-1). */
export const missingJob = (message: string) => (times: number, elapsed: number): Found<never> =>
  times <= maxNotFound && elapsed <= notFoundGrace ? pending(undefined) : ended("Lost", undefined, message)

/** A wait: the request of each poll, how to read its response, and the error messages. */
export interface Wait<A> {
  readonly operation: Operation
  readonly call: Call
  /** The handle for the error, with which the caller can wait again. */
  readonly handle: Handle
  readonly options: WaitOptions
  /** Maximum time if the caller sets none, in milliseconds. Default: 10 minutes. */
  readonly defaultTimeout?: number
  /** Whether a failed poll ends the wait: it polls once, and its request has retries of its own. */
  readonly isOnce?: boolean
  readonly read: (response: ApiResponse) => Effect.Effect<Found<A>, DataRobotError>
  /** What a response with a status of `lost` means, given their number so far and the elapsed milliseconds. Default: a failure. */
  readonly missing?: (times: number, elapsed: number) => Found<never>
  /** The statuses that mean that the job was not found. Default: 404. */
  readonly lost?: ReadonlyArray<number>
  /** The message of the deadline error, given the last status and the number of polls. */
  readonly onDeadline: (status: string | undefined, polls: number) => string
}

/** Maximum time of a wait, in milliseconds. */
export const waitMillis = ({ timeout }: WaitOptions, otherwise = 600_000): number =>
  positiveMillis(timeout) ?? otherwise

const firstDelay = 1_000
const growth = 1.5
const longestDelay = 10_000
/** Minimum time limit of a poll in milliseconds, also of the last one. */
const leastPatience = 1_000
const maxFailures = 5
const maxStatus = 100

const waitNames = ["timeout", "interval"]

/** Returns the issues of the options of a wait. */
export const waitIssues = (options: WaitOptions = {}, prefix = ""): ReadonlyArray<Issue> => {
  // Boundary: plain JavaScript may pass anything.
  const given: unknown = options
  if (!isRecord(given)) return [{ path: "wait", message: "must be an object" }]
  const invalid = waitNames
    .filter((key) => given[key] !== undefined && positiveMillis(given[key]) === undefined)
    .map((key) => ({ path: prefix + key, message: notADuration }))
  return [...unknownOptions(given, waitNames, prefix), ...invalid]
}

const retryAfterOf = (error: DataRobotError): number | undefined =>
  isApiError(error) && error.retryAfter !== undefined ? Duration.toMillis(error.retryAfter) : undefined

/** The progress of a wait. */
export interface State {
  readonly polls: number
  /** Milliseconds before the next poll. */
  readonly pause: number
  /** The delay that the next pause is computed from, in milliseconds. */
  readonly delay: number
  /** Failed polls in a row. */
  readonly failures: number
  /** Responses with a status of `lost`. */
  readonly missed: number
  readonly status: string | undefined
}

/** A wait in progress: its first state, and the step that polls and returns the next state. */
export interface Poll<A> {
  readonly first: State
  readonly step: (state: State) => Effect.Effect<readonly [Seen<A>, State], DataRobotError, Requirements>
}

/** Returns the pause after a poll that found nothing new. It has a minimum, even if the server asks for no pause. */
const pauseAfter = (retryAfter: number | undefined, own: number, interval: number | undefined, remaining: number) =>
  Math.max(
    0,
    Math.min(retryAfter === undefined ? own : Math.max(retryAfter, interval ?? firstDelay), remaining, longestTimer)
  )

/**
 * Begins a wait. Each step pauses, then polls. Up to four retryable failures in a row do not end the wait. At the
 * deadline, the step polls one last time, unless the server has asked to wait longer or the pause was much longer
 * than planned.
 */
export const begin = <A>(wait: Wait<A>): Effect.Effect<Poll<A>, never, DataRobot> =>
  Effect.gen(function*() {
    const { call, handle, lost = [404], missing, operation, options } = wait
    const connection = yield* DataRobot
    const pause = makePauses(connection.waker)
    const own = call.options ?? operation.options
    const { headers, timeout: given } = mergeOptions(connection.options, own)
    const { redactor } = withHeaderSecrets(connection, headers, operation.secrets)
    const patience = positiveMillis(given)
    const interval = positiveMillis(options.interval)
    const clock = yield* Effect.clock
    const begun = monotonicMillis(clock)
    const deadline = begun + waitMillis(options, wait.defaultTimeout)
    // An invalid timeout is kept, so that `send` rejects it.
    const isInvalid = given !== undefined && patience === undefined
    const callWithin = (left: number): Call => {
      // A poll without a response must not outlive the wait.
      const timeout = Math.min(patience ?? Infinity, Math.max(left, leastPatience))
      return {
        ...call,
        issues: [...call.issues ?? [], ...waitIssues(options)],
        options: isInvalid || timeout === Infinity ? own : { ...own, timeout }
      }
    }

    // Status and message are the server's text.
    const clean = (text: string, max?: number) => oneLine(redactor.text(text), max)
    const jobError = (
      reason: JobReason,
      attempts: number,
      status: string | undefined,
      message: string,
      report: JobReport = {}
    ) => {
      const path = clean(pathOf(call.route.path, call.ids).path)
      const request = { operation: operation.name, method: call.route.method, path, attempts }
      return new DataRobotJobError({
        ...request,
        reason,
        handle: cleanHandle(handle, connection.tokenRedactor.text),
        ...defined({ status: status === undefined ? undefined : clean(status, maxStatus) }),
        ...cleanReport(report, redactor),
        message: clean(`${operation.name} failed (${describeRequest(request)}): ${message}`)
      })
    }

    const recover = (error: DataRobotError, state: State) =>
      Effect.gen(function*() {
        if (missing !== undefined && isApiError(error) && lost.includes(error.status)) {
          const missed = state.missed + 1
          return [missing(missed, monotonicMillis(clock) - begun), { ...state, missed }] as const
        }
        const failures = state.failures + 1
        if (wait.isOnce === true || !isRetryable(error) || failures >= maxFailures) return yield* Effect.fail(error)
        return [pending<A>(state.status, retryAfterOf(error)), { ...state, failures }] as const
      })

    const overdue = ({ polls, status }: State, retryAfter?: number) => {
      const asked = retryAfter === undefined ? "" : ` ${askedToWait(retryAfter, "the timeout of the wait")}.`
      return jobError("Deadline", polls, status, wait.onDeadline(status, polls) + asked)
    }

    const poll = (state: State) =>
      Effect.gen(function*() {
        if (state.polls > 0) yield* pause(state.pause)
        const left = deadline - monotonicMillis(clock)
        if (left < -leastPatience) return yield* overdue(state)
        const asked = { ...state, polls: state.polls + 1 }
        const [found, seen] = yield* Effect.flatMap(send(operation, callWithin(left)), wait.read).pipe(
          Effect.map((found) => [found, { ...asked, failures: 0 }] as const),
          Effect.catchAll((error) => recover(error, asked))
        )
        return { found, seen, isLast: left <= 0 }
      })

    const step = (state: State) =>
      Effect.gen(function*() {
        const { found, isLast, seen } = yield* poll(state)
        const { polls } = seen
        if (found._tag === "Done") return [found, seen] as const
        if (found._tag === "Ended") {
          return yield* jobError(found.reason, polls, found.status, found.message, found.report)
        }
        const status = found.status === undefined ? undefined : clean(found.status, maxStatus)
        const remaining = deadline - monotonicMillis(clock)
        const { retryAfter = 0 } = found
        if (isLast || retryAfter > remaining) {
          return yield* overdue({ ...seen, status }, retryAfter > Math.max(0, remaining) ? retryAfter : undefined)
        }
        const jitter = interval === undefined ? 0.8 + 0.4 * (yield* Random.next) : 1
        const next = pauseAfter(found.retryAfter, Math.round(seen.delay * jitter), interval, remaining)
        const delay = interval === undefined ? Math.min(seen.delay * growth, longestDelay) : seen.delay
        return [found, { ...seen, status, pause: next, delay }] as const
      })

    const first = { polls: 0, pause: 0, delay: interval ?? firstDelay, failures: 0, missed: 0, status: undefined }
    return { first, step }
  })

// The caller may have passed the token as an id.
const cleanHandle = ({ id, kind, resource }: Handle, clean: (text: string) => string): Handle => ({
  kind,
  id: clean(id),
  ...defined({ resource: resource && { collection: clean(resource.collection), id: clean(resource.id) } })
})

/** Polls until the wait is done. */
export const poll = <A>(wait: Wait<A>): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.flatMap(begin(wait), ({ first, step }) => {
    const from = (state: State): Effect.Effect<A, DataRobotError, Requirements> =>
      Effect.flatMap(step(state), ([seen, next]) => seen._tag === "Done" ? Effect.succeed(seen.value) : from(next))
    return from(first)
  })

/** Emits the values of a wait, one per change. Polls when the next element is read. Each poll has its own span. */
export const changesOf = <A>(
  wait: Wait<A>,
  isSame: (one: A, other: A) => boolean
): Stream.Stream<A, DataRobotError, Requirements> => {
  const following = (step: Poll<A>["step"]) => (state: State | undefined) =>
    state === undefined ? Effect.succeedNone : Effect.map(
      run(wait.operation, step(state)),
      ([seen, next]) => Option.some([seen, seen._tag === "Done" ? undefined : next] as const)
    )
  return Stream.unwrap(
    Effect.map(begin(wait), ({ first, step }) => Stream.unfoldEffect(first, following(step)))
  ).pipe(
    Stream.filterMap((seen) => Option.fromNullable(seen.value)),
    Stream.changesWith(isSame)
  )
}
