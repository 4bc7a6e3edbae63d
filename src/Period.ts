/**
 * Periods for the monitoring operations, which require times at the top of an hour.
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment, Period } from "effect-datarobot"
 *
 * const stats = Period.lastDays(30).pipe(
 *   Effect.flatMap((period) => Deployment.getServiceStats("60a000000000000000000001", period))
 * )
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { DataRobotValidationError } from "./DataRobotError.js"
import type { Period } from "./internal/request/hourPeriod.js"
import { lastPeriod } from "./internal/request/period.js"

export type {
  /** @since 0.1.0 */
  Period
} from "./internal/request/hourPeriod.js"

/**
 * Returns the last `days` times 24 hours. The period ends at the next full hour, UTC, of Effect's `Clock`. Fails with a
 * `DataRobotValidationError` if `days` is not a whole number from 1.
 *
 * @since 0.1.0
 */
export const lastDays = (days: number): Effect.Effect<Period, DataRobotValidationError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => lastPeriod("lastDays", days, now))

/**
 * Returns the last `hours` hours. The period ends at the next full hour, UTC, of Effect's `Clock`. Fails with a
 * `DataRobotValidationError` if `hours` is not a whole number from 1.
 *
 * @since 0.1.0
 */
export const lastHours = (hours: number): Effect.Effect<Period, DataRobotValidationError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => lastPeriod("lastHours", hours, now))
