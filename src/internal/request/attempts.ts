/**
 * The attempts of a request: sends it, and again if the route, the outcome and the limits allow it. Retries, logs and
 * warnings cost nothing unless they happen, because no effect is created for them in advance.
 */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import type { Route } from "../../wire/route.js"
import type { Failed } from "./attempt.js"
import type { RequestContext } from "./errors.js"
import { countRequest, countRetry } from "./metrics.js"
import { monotonicMillis } from "./monotonic.js"
import type { PreparedRequest } from "./preparedRequest.js"
import { recordResponse } from "./responseInfo.js"
import { decide, isGone, judge } from "./retry.js"
import type { StreamHead } from "./streamedResponse.js"
import { addRetryEvent, annotate, errorTypeOf, isDebugged, logAttempt, warnOnce } from "./tracing.js"
import type { Exchange } from "./transport.js"

/** What the end of an attempt is interpreted with. */
export interface Interpreting {
  readonly context: RequestContext
  /** The time of day at the end of the attempt, in epoch milliseconds. */
  readonly now: number
  /** Milliseconds until the deadline of the request. */
  readonly left: number
}

/** How an attempt ended: with a response that was read whole or whose headers have arrived, or without one. */
export type Ended = StreamHead | Exchange

/** One attempt of a request, and the meaning of its end. */
export interface Attempting<E extends Ended, A> {
  /** Makes an attempt that takes at most this many milliseconds. */
  readonly attempt: (millis: number) => Effect.Effect<E>
  /** Returns the result of an attempt, or its failure. */
  readonly interpret: (ended: E, interpreting: Interpreting) => Either.Either<A, Failed>
  /** The result if a failure status shows that an earlier attempt took effect, such as the 404 of a second delete. */
  readonly gone?: (context: RequestContext) => A
}

/** Whether a failure status means that an earlier attempt took effect. */
const isDone = ({ alreadyDone, repeat }: Route, status: number): boolean =>
  (repeat === "gone-is-done" && isGone(status)) || alreadyDone?.includes(status) === true

/** A response with a status. */
interface Responded {
  readonly status: number
  readonly isDeprecated: boolean
}

/** Makes attempts until one succeeds or the request may not be sent again. */
export const makeAttempts = <E extends Ended, A extends Responded>(
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  { attemptTimeout, clock, connection, deadline, limits, operation, request, route, shown, span, timeout, trait }: Omit<
    PreparedRequest,
    "outgoing"
  >,
  { attempt, gone, interpret }: Attempting<E, A>
): Effect.Effect<A, Failed["error"]> => {
  const repeatable = trait.idempotent
  const began = deadline - timeout

  const settle = (context: RequestContext, result: Either.Either<A, Failed>): Effect.Effect<A, Failed["error"]> => {
    annotate(span, shown, context, result)
    const type = Either.isRight(result) ? "ok" : errorTypeOf(result.left.error)
    countRequest(fiber, operation.name, type, monotonicMillis(clock) - began)
    if (Either.isLeft(result)) return Either.left(result.left.error)
    return result.right.isDeprecated
      ? Effect.as(
        warnOnce(connection, `${operation.name}: DataRobot says that this route is deprecated`),
        result.right
      )
      : Effect.succeed(result.right)
  }

  const loop = (attempts: number, lost: boolean): Effect.Effect<A, Failed["error"]> => {
    const context = { ...request, attempts }
    const started = monotonicMillis(clock)
    return Effect.flatMap(attempt(Math.min(attemptTimeout, deadline - started)), (ended) => {
      const now = monotonicMillis(clock)
      if ("status" in ended) recordResponse(fiber, ended, connection.redactor)
      const result = interpret(ended, { context, now: clock.unsafeCurrentTimeMillis(), left: deadline - now })
      const next = Either.isRight(result) ? settle(context, result) : retry(result.left, context, lost, now)
      return isDebugged(fiber) ? Effect.andThen(logAttempt(context, result, now - started), next) : next
    })
  }

  const retry = (
    failed: Failed,
    context: RequestContext,
    lost: boolean,
    now: number
  ): Effect.Effect<A, Failed["error"]> => {
    const { outcome } = failed
    const { attempts } = context
    if (gone !== undefined && lost && "status" in outcome && isDone(route, outcome.status)) {
      return settle(context, Either.right(gone(context)))
    }
    const situation = { outcome, repeatable, attempts, now, deadline }
    const end = () => settle(context, Either.left(failed))
    // Without a retry, no random number is drawn.
    if (decide({ ...situation, share: 0 }, limits) === undefined) return end()
    return Effect.flatMap(Random.next, (share) => {
      const delay = decide({ ...situation, share }, limits)
      const mayHaveTakenEffect = lost || judge(outcome, repeatable).effect === "unknown"
      if (delay === undefined) return end()
      const because = errorTypeOf(failed.error)
      addRetryEvent(fiber, span, { attempts, because, delay })
      // The pause may have been longer than planned, for example because the process was suspended.
      return Effect.flatMap(Effect.sleep(delay), () => {
        if (monotonicMillis(clock) >= deadline) return end()
        countRetry(fiber, operation.name, because)
        return loop(attempts + 1, mayHaveTakenEffect)
      })
    })
  }

  return loop(1, false)
}
