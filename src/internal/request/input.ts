/** Validates the caller's arguments strictly, and encodes them as they are sent, before anything is sent. */
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import type { Issue } from "../../DataRobotError.js"
import { issuesOf } from "../reading/issues.js"

/** The keys and values to send, and the issues that prevent it. */
export interface Input {
  readonly value: Readonly<Record<string, unknown>>
  readonly issues: ReadonlyArray<Issue>
}

/** Checks a value against its schema (no unknown key, no value out of range) and encodes it. */
export const input = <A extends object, I extends object>(schema: Schema.Schema<A, I>, value: NoInfer<A>): Input =>
  Either.match(Schema.encodeUnknownEither(schema, { onExcessProperty: "error", errors: "all" })(value), {
    onLeft: (error) => ({ value: {}, issues: issuesOf(error) }),
    onRight: (encoded) => ({ value: Object.fromEntries(Object.entries(encoded)), issues: [] })
  })

/** Returns the query string of a record: `?a=1&b=2`, or an empty string. Leaves out undefined values. */
export const queryString = (record: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(record)) {
    if (value !== undefined) params.set(key, String(value))
  }
  const text = params.toString()
  return text === "" ? "" : `?${text}`
}
