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
import type * as AST from "effect/SchemaAST"

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysOf = (year: number, month: number): number => {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The days of a year that is not a leap year before each month. */
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
/** The days from the start of the year 0 to 1970. */
const epochDay = 719_528

/** Returns the days since 1970. `Date.UTC` takes longer, and maps the years 0 to 99 to the 20th century. */
const dayNumber = (year: number, month: number, day: number): number => {
  // Of this year, the leap day counts only after February.
  const last = month > 2 ? year : year - 1
  const leapDays = Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400)
  return 365 * year + leapDays + (daysBefore[month - 1] ?? NaN) + day - epochDay
}

/** Parses the digit at a position. Returns a number that is not from 0 to 9 if it is another character, or NaN. */
const digit = (text: string, at: number): number => text.charCodeAt(at) - 0x30

/** Parses the two digits at a position. Returns -1 if they are not digits. */
const twoDigits = (text: string, at: number): number => {
  const [tens, ones] = [digit(text, at), digit(text, at + 1)]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/**
 * Parses a date or a timestamp. Returns epoch milliseconds, or `undefined` if the text is neither. A date without a
 * time, and a time without a zone, are UTC.
 *
 * It reads by position, because a page holds thousands of timestamps and a regular expression takes four times as long.
 */
export const parseTimestamp = (text: string): number | undefined => {
  const century = twoDigits(text, 0)
  const yearOfCentury = twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (century < 0 || yearOfCentury < 0 || text.charAt(4) !== "-" || text.charAt(7) !== "-") return undefined
  const year = century * 100 + yearOfCentury
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))) return undefined
  const date = dayNumber(year, month, day) * 24 * 60 * 60 * 1000
  if (text.length === 10) return date
  const time = parseTime(text)
  return time === undefined ? undefined : date + time
}

/** Parses the time after the date. Returns milliseconds since the start of the day in UTC. */
const parseTime = (text: string): number | undefined => {
  const separator = text.charAt(10)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = text.charAt(16) === ":" ? twoDigits(text, 17) : 0
  if ((separator !== "T" && separator !== " ") || text.charAt(13) !== ":") return undefined
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59)) return undefined
  let end = text.charAt(16) === ":" ? 19 : 16
  let fraction = 0
  if (end === 19 && text.charAt(end) === ".") {
    const start = ++end
    const last = Math.min(text.length, start + 9)
    let unit = 100
    for (; end < last; end++) {
      const tenth = digit(text, end)
      if (!(tenth >= 0 && tenth <= 9)) break
      // After three digits, less than a millisecond is left.
      if (end < start + 3) fraction += tenth * unit
      unit /= 10
    }
    if (end === start) return undefined
  }
  const offset = end === text.length ? 0 : offsetMinutes(text, end)
  return offset === undefined ? undefined : ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction
}

const offsetMinutes = (text: string, start: number): number | undefined => {
  const sign = text.charAt(start)
  if (sign === "Z" && text.length === start + 1) return 0
  const minutesAt = text.charAt(start + 3) === ":" ? start + 4 : start + 3
  const hours = twoDigits(text, start + 1)
  const minutes = twoDigits(text, minutesAt)
  if ((sign !== "+" && sign !== "-") || text.length !== minutesAt + 2) return undefined
  if (!(hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59)) return undefined
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes)
}

const isTimestampId = Symbol("isTimestamp")

/** Whether a schema is one of the timestamps of this module. `parseTimestamp` reads their text. */
export const isTimestamp = ({ annotations }: AST.AST): boolean => annotations[isTimestampId] === true

const example = DateTime.unsafeMake(0)
const prototype: object = Object.getPrototypeOf(example)
const isSimple = Reflect.ownKeys(example).every((key) => key === "epochMillis" || key === "partsUtc")

/**
 * Makes a date as `DateTime.unsafeMake` does, in a tenth of its time. `DateTime.unsafeMake` spends most of its time on a
 * hidden property, `partsUtc`. This function leaves it out, and `DateTime.toPartsUtc` adds it when it is called.
 */
export const dateAt = (epochMillis: number): DateTime.Utc => {
  if (!isSimple) return DateTime.unsafeMake(epochMillis)
  const date: { epochMillis?: number } = Object.create(prototype)
  date.epochMillis = epochMillis
  // Boundary: it has the prototype and the keys of a date.
  return date as DateTime.Utc
}

const timestamp = (identifier: string, format: (iso: string) => string) =>
  Schema.transformOrFail(Schema.String, Schema.DateTimeUtcFromSelf, {
    strict: true,
    decode: (text, _, ast) => {
      const millis = parseTimestamp(text)
      return millis === undefined
        ? ParseResult.fail(new ParseResult.Type(ast, text))
        : ParseResult.succeed(dateAt(millis))
    },
    encode: (dateTime) => ParseResult.succeed(format(DateTime.formatIso(dateTime)))
  }).annotations({ identifier, description: "a timestamp such as 2018-04-23 05:09:41.405000", [isTimestampId]: true })

const spaced = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 23)}000`

/** A timestamp without a zone: `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. Decodes all three formats. */
export const NaiveTimestamp = timestamp("Timestamp", spaced)

/** The timestamp of newer routes: `YYYY-MM-DDTHH:MM:SS.ffffffZ`. Decodes all three formats. */
export const Timestamp = timestamp("Timestamp", (iso) => `${iso.slice(0, 23)}000Z`)

/** A timestamp with an offset: `YYYY-MM-DD HH:MM:SS.ffffff+00:00`. Decodes all three formats. */
export const OffsetTimestamp = timestamp("Timestamp", (iso) => `${spaced(iso)}+00:00`)
