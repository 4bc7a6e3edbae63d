/**
 * Timestamps as DataRobot writes them. Three forms are on the wire:
 *
 * - `2018-04-23 05:09:41.405000`         no zone, UTC (createdAt, updatedAt, performedAt)
 * - `2018-04-22 14:28:53.169727+00:00`   the period of service statistics
 * - `2020-01-14T15:06:08.000000Z`        everything newer
 *
 * Microseconds are cut to milliseconds.
 */
import * as DateTime from "effect/DateTime"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"

const maxLength = 40
const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Epoch milliseconds of a date or timestamp (a bare date and a missing zone are UTC); `undefined` if it is neither. */
export const parseTimestamp = (text: string): number | undefined => {
  const parts = text.length <= maxLength ? pattern.exec(text) : null
  if (parts === null) return undefined
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = parts
  const date = new Date(0)
  // setUTC* and not Date.UTC, which moves the years 0 to 99 into the 20th century
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  // A field out of range (February 30th, 25 o'clock) would silently roll over into the next.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, "0").slice(0, 3)))
  const offset = offsetMinutes(zone)
  return offset === undefined ? undefined : date.getTime() - offset * 60_000
}

const offsetMinutes = (zone: string): number | undefined => {
  if (zone === "Z") return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes)
}

const timestamp = (identifier: string, format: (iso: string) => string) =>
  Schema.transformOrFail(Schema.String, Schema.DateTimeUtcFromSelf, {
    strict: true,
    decode: (text, _, ast) => {
      const millis = parseTimestamp(text)
      return millis === undefined
        ? ParseResult.fail(new ParseResult.Type(ast, text))
        : ParseResult.succeed(DateTime.unsafeMake(millis))
    },
    encode: (dateTime) => ParseResult.succeed(format(DateTime.formatIso(dateTime)))
  }).annotations({ identifier, description: "a timestamp such as 2018-04-23 05:09:41.405000" })

const spaced = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 23)}000`

/** A timestamp with no zone: `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. Reads all three forms. */
export const NaiveTimestamp = timestamp("Timestamp", spaced)

/** A timestamp as everything newer has it: `YYYY-MM-DDTHH:MM:SS.ffffffZ`. Reads all three forms. */
export const Timestamp = timestamp("Timestamp", (iso) => `${iso.slice(0, 23)}000Z`)

/** A timestamp with its offset: `YYYY-MM-DD HH:MM:SS.ffffff+00:00`. Reads all three forms. */
export const OffsetTimestamp = timestamp("Timestamp", (iso) => `${spaced(iso)}+00:00`)
