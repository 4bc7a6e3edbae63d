/**
 * Periods for the monitoring operations, which require times at the top of an hour.
 *
 * @since 0.1.0
 * @example
 * import { createClient, Period } from "effect-datarobot/promise"
 *
 * const client = createClient()
 * const stats = await client.Deployment.getServiceStats("60a000000000000000000001", Period.lastDays(30))
 */
import * as Either from "effect/Either"
import type { Period } from "../internal/request/hourPeriod.js"
import { lastPeriod } from "../internal/request/period.js"

export type {
  /** @since 0.1.0 */
  Period
} from "../internal/request/hourPeriod.js"

/**
 * Returns the last `days` times 24 hours. The period ends at the next full hour, UTC. Throws a
 * `DataRobotValidationError` if `days` is not a whole number from 1.
 *
 * @since 0.1.0
 */
export const lastDays = (days: number): Period =>
  Either.getOrThrowWith(lastPeriod("lastDays", days, Date.now()), (error) => error)

/**
 * Returns the last `hours` hours. The period ends at the next full hour, UTC. Throws a `DataRobotValidationError` if
 * `hours` is not a whole number from 1.
 *
 * @since 0.1.0
 */
export const lastHours = (hours: number): Period =>
  Either.getOrThrowWith(lastPeriod("lastHours", hours, Date.now()), (error) => error)
