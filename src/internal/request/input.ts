/** What the caller passed, checked strictly before anything is sent. */
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import type { Issue } from "../../DataRobotError.js"
import { DateInput, millisOf } from "../../wire/fields.js"
import { issuesOf } from "../reading/issues.js"

/** Keys and values to send, or why they can't be. */
export interface Input {
  readonly value: Readonly<Record<string, unknown>>
  readonly issues: ReadonlyArray<Issue>
}

/** Checks a value against its schema: no unknown key, no value out of range. */
export const input = <A extends object, I>(schema: Schema.Schema<A, I>, value: NoInfer<A>): Input =>
  Either.match(Schema.validateEither(schema, { onExcessProperty: "error", errors: "all" })(value), {
    onLeft: (error) => ({ value: {}, issues: issuesOf(error) }),
    onRight: (valid) => ({ value: Object.fromEntries(Object.entries(valid)), issues: [] })
  })

/** The same input with issues that name the caller's argument, where the API's name is another. */
export const renameIssues = (from: Input, key: string, argument: string): Input => ({
  value: from.value,
  issues: from.issues.map(({ message, path }) => ({
    message,
    path: path === key || path.startsWith(`${key}[`) ? argument + path.slice(key.length) : path
  }))
})

/** The same input with other keys, where the API's names are not the caller's. */
export const rename = (from: Input, names: Readonly<Record<string, string>>): Input => ({
  issues: from.issues,
  value: Object.fromEntries(Object.entries(from.value).map(([key, value]) => [names[key] ?? key, value]))
})

const isDateInput = Schema.is(DateInput)

/** A date as the API has it, RFC 3339 with its zone; anything else as it is. */
export const rfc3339 = (value: unknown): unknown => isDateInput(value) ? new Date(millisOf(value)).toISOString() : value

/** The same input with some of its keys as dates of the API. */
export const dates = (from: Input, ...keys: ReadonlyArray<string>): Input => ({
  issues: from.issues,
  value: Object.fromEntries(
    Object.entries(from.value).map(([key, value]) => [key, keys.includes(key) ? rfc3339(value) : value])
  )
})

/** A period as the API spells it: from `start` to `end`. */
export const period = (from: Input): Input =>
  rename(dates(from, "startTime", "endTime"), { startTime: "start", endTime: "end" })

/** The value as the text of a query string. */
const queryValue = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(queryValue).join(",")
  if (value instanceof Date) return value.toISOString()
  return DateTime.isDateTime(value) ? DateTime.formatIso(value) : String(value)
}

/** The query string of a record: `?a=1&b=2`, or nothing. Undefined values are left out. */
export const queryString = (record: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(record)) {
    if (value !== undefined) params.set(key, queryValue(value))
  }
  const text = params.toString()
  return text === "" ? "" : `?${text}`
}
