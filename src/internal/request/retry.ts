/** How long to wait before the next attempt: full jitter, so that many clients do not come back as one. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { DataRobotApiError, DataRobotNetworkError } from "../../DataRobotError.js"
import { neverTookPlace } from "./errors.js"
import type { Limits } from "./options.js"

const isThrottled = (error: DataRobotApiError | DataRobotNetworkError) =>
  error._tag === "DataRobotApiError" && neverTookPlace(error.status, error.retryAfter)

/**
 * Milliseconds to wait after an attempt that failed: anything up to the base, doubled for each attempt up to the
 * maximum, and never less than the server asks for. `undefined`: the server asks for longer than the limits allow.
 */
export const backoff = (
  limits: Limits,
  error: DataRobotApiError | DataRobotNetworkError
): Effect.Effect<number | undefined> => {
  const { base, max } = isThrottled(error) ? limits.throttled : limits.delay
  const asked = error._tag === "DataRobotApiError" && error.retryAfter !== undefined
    ? Duration.toMillis(error.retryAfter)
    : 0
  return Effect.map(Random.next, (share) =>
    asked > limits.maxRetryAfter
      ? undefined
      : Math.max(Math.round(share * Math.min(max, base * 2 ** (error.attempts - 1))), asked))
}
