/**
 * DataRobot's timestamps. The API uses three formats:
 *
 * - `2018-04-23 05:09:41.405000`         no zone, UTC (createdAt, updatedAt, performedAt)
 * - `2018-04-22 14:28:53.169727+00:00`   the period of service statistics
 * - `2020-01-14T15:06:08.000000Z`        all newer routes
 *
 * Microseconds are truncated to milliseconds.
 */
import * as DateTime from "effect/DateTime"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"

const cycleYears = 400
/** The calendar repeats itself every 400 years. Their length in milliseconds. */
const cycle = 146_097 * 24 * 60 * 60 * 1000

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysOf = (year: number, month: number): number => {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Parses the digits of a range. Returns NaN if any character is not a digit. */
const digits = (text: string, from: number, to: number): number => {
  let number = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (!(digit >= 0 && digit <= 9)) return NaN
    number = number * 10 + digit
  }
  return number
}

/**
 * Parses a date or a timestamp. Returns epoch milliseconds, or `undefined` if the text is neither. A date without a
 * time, and a time without a zone, are UTC.
 *
 * It reads by position, because a page holds thousands of timestamps and a regular expression takes four times as long.
 */
export const parseTimestamp = (text: string): number | undefined => {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  if (text.charAt(4) !== "-" || text.charAt(7) !== "-" || !(year >= 0 && month >= 1 && month <= 12)) return undefined
  if (!(day >= 1 && day <= daysOf(year, month))) return undefined
  // Date.UTC maps the years 0 to 99 to the 20th century.
  const date = Date.UTC(year + cycleYears, month - 1, day) - cycle
  if (text.length === 10) return date
  const time = parseTime(text)
  return time === undefined ? undefined : date + time
}

/** Parses the time after the date. Returns milliseconds since the start of the day in UTC. */
const parseTime = (text: string): number | undefined => {
  const separator = text.charAt(10)
  const hour = digits(text, 11, 13)
  const minute = digits(text, 14, 16)
  const second = text.charAt(16) === ":" ? digits(text, 17, 19) : 0
  if ((separator !== "T" && separator !== " ") || text.charAt(13) !== ":") return undefined
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined
  let end = text.charAt(16) === ":" ? 19 : 16
  let fraction = 0
  if (end === 19 && text.charAt(end) === ".") {
    const start = ++end
    while (end < start + 9 && digits(text, end, end + 1) >= 0) end++
    if (end === start) return undefined
    const millis = Math.min(end, start + 3)
    fraction = digits(text, start, millis) * 10 ** (start + 3 - millis)
  }
  const offset = offsetMinutes(text, end)
  return offset === undefined ? undefined : ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction
}

const offsetMinutes = (text: string, start: number): number | undefined => {
  const sign = text.charAt(start)
  if (sign === "" || (sign === "Z" && text.length === start + 1)) return 0
  const minutesAt = text.charAt(start + 3) === ":" ? start + 4 : start + 3
  const hours = digits(text, start + 1, start + 3)
  const minutes = digits(text, minutesAt, minutesAt + 2)
  if ((sign !== "+" && sign !== "-") || text.length !== minutesAt + 2 || !(hours <= 23 && minutes <= 59)) {
    return undefined
  }
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes)
}

const timestamp = (identifier: string, format: (iso: string) => string) =>
  Schema.transformOrFail(Schema.String, Schema.DateTimeUtcFromSelf, {
    strict: true,
    decode: (text, _, ast) => {
      const millis = parseTimestamp(text)
      return millis === undefined
        ? ParseResult.fail(new ParseResult.Type(ast, text))
        : ParseResult.succeed(DateTime.unsafeFromDate(new Date(millis)))
    },
    encode: (dateTime) => ParseResult.succeed(format(DateTime.formatIso(dateTime)))
  }).annotations({ identifier, description: "a timestamp such as 2018-04-23 05:09:41.405000" })

const spaced = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 23)}000`

/** A timestamp without a zone: `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. Decodes all three formats. */
export const NaiveTimestamp = timestamp("Timestamp", spaced)

/** The timestamp of newer routes: `YYYY-MM-DDTHH:MM:SS.ffffffZ`. Decodes all three formats. */
export const Timestamp = timestamp("Timestamp", (iso) => `${iso.slice(0, 23)}000Z`)

/** A timestamp with an offset: `YYYY-MM-DD HH:MM:SS.ffffff+00:00`. Decodes all three formats. */
export const OffsetTimestamp = timestamp("Timestamp", (iso) => `${spaced(iso)}+00:00`)
