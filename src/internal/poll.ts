/** Waits for something that DataRobot does in its own time: asks again and again, until it is done or time is over. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { DataRobot } from "../DataRobot.js"
import { type DataRobotError, type DataRobotJobError, isApiError, isRetryable, type Issue } from "../DataRobotError.js"
import { notADuration, positiveMillis } from "./options.js"
import { oneLine } from "./text.js"

/** How long to wait, and how often to ask. */
export interface WaitOptions {
  /** How long to wait in all; 10 minutes without it. */
  readonly timeout?: Duration.DurationInput | undefined
  /** The time between two questions. Without it, 1 second that grows to 10. */
  readonly interval?: Duration.DurationInput | undefined
}

/** What one question found out. */
export type Found<A> =
  | { readonly done: true; readonly value: A }
  | { readonly done: false; readonly status: string | undefined; readonly retryAfter?: number | undefined }

/** The wait is over. */
export const done = <A>(value: A): Found<A> => ({ done: true, value })

/** Not yet: the state in the server's words, and how long it asks to wait. */
export const pending = (status: string | undefined, retryAfter?: number): Found<never> => ({
  done: false,
  status,
  retryAfter
})

const firstDelay = 1_000
const growth = 1.5
const longestDelay = 10_000
const maxFailures = 5
const maxStatus = 100

/** What is wrong with the options. */
export const waitIssues = (options: WaitOptions): ReadonlyArray<Issue> =>
  (["timeout", "interval"] as const)
    .filter((key) => options[key] !== undefined && positiveMillis(options[key]) === undefined)
    .map((path) => ({ path, message: notADuration }))

/**
 * Asks until the answer is `done` (J-1). Up to four failures in a row that may pass are waited out. After the time is
 * over, it asks one last time.
 */
export const poll = <A, R>(
  ask: Effect.Effect<Found<A>, DataRobotError, R>,
  options: WaitOptions,
  onDeadline: (status: string | undefined, asked: number) => DataRobotJobError
): Effect.Effect<A, DataRobotError, R | DataRobot> =>
  Effect.gen(function*() {
    const { redactor } = yield* DataRobot
    const interval = positiveMillis(options.interval)
    const deadline = (yield* Clock.currentTimeMillis) + (positiveMillis(options.timeout) ?? 600_000)
    let failures = 0
    let status: string | undefined
    for (let asked = 1, delay = interval ?? firstDelay;; asked++) {
      const last = (yield* Clock.currentTimeMillis) >= deadline
      const found = yield* Effect.catchIf(
        Effect.tap(ask, () => {
          failures = 0
        }),
        (error) => isRetryable(error) && ++failures < maxFailures,
        (error) => Effect.succeed(pending(status, retryAfterOf(error)))
      )
      if (found.done) return found.value
      // it ends up in an error, and it is the server's text
      status = found.status === undefined ? undefined : oneLine(redactor.text(found.status), maxStatus)
      if (last) return yield* onDeadline(status, asked)
      const jitter = interval === undefined ? 0.8 + 0.4 * (yield* Random.next) : 1
      const remaining = deadline - (yield* Clock.currentTimeMillis)
      yield* Effect.sleep(Math.max(0, Math.min(found.retryAfter ?? Math.round(delay * jitter), remaining)))
      if (interval === undefined) delay = Math.min(delay * growth, longestDelay)
    }
  })

const retryAfterOf = (error: DataRobotError): number | undefined =>
  isApiError(error) && error.retryAfter !== undefined ? Duration.toMillis(error.retryAfter) : undefined
