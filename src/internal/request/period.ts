/** Periods that end with the current hour, in the form of the monitoring operations. */
import * as Either from "effect/Either"
import { DataRobotValidationError } from "../../DataRobotError.js"
import type { Period } from "./hourPeriod.js"

const hour = 3_600_000
/** A century. */
const maxHours = 24 * 36_525

/** The units of a period, in hours. */
const units = { lastDays: 24, lastHours: 1 } as const

/** Returns the last `count` days or hours before the next full hour. `now` is in epoch milliseconds. */
export const lastPeriod = (
  unit: keyof typeof units,
  count: number,
  now: number
): Either.Either<Period, DataRobotValidationError> => {
  const most = maxHours / units[unit]
  if (!Number.isInteger(count) || count < 1 || count > most) {
    const issue = { path: unit === "lastDays" ? "days" : "hours", message: `must be a whole number from 1 to ${most}` }
    const operation = `Period.${unit}`
    return Either.left(
      new DataRobotValidationError({
        operation,
        method: "",
        path: "",
        attempts: 0,
        phase: "request",
        issues: [issue],
        message: `${operation}: ${issue.path} ${issue.message}`
      })
    )
  }
  const end = Math.ceil(now / hour) * hour
  return Either.right({ startTime: new Date(end - count * units[unit] * hour), endTime: new Date(end) })
}
