/** Validates the caller's arguments strictly, and encodes them as they are sent, before anything is sent. */
import * as Either from "effect/Either"
import { identity } from "effect/Function"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type { Issue } from "../../DataRobotError.js"
import { issuesOf, maxKey } from "../reading/issues.js"
import { type Parser, refusalOf } from "../reading/refusal.js"

/** The keys and values to send, and the issues that prevent it. */
export interface Input {
  readonly value: Readonly<Record<string, unknown>>
  readonly issues: ReadonlyArray<Issue>
}

const strict = { onExcessProperty: "error" } as const

const encoding: Parser = {
  refuses: (ast, value) => Either.isLeft(encoding.parse(ast, strict)(value)),
  parse: (ast, options) => ParseResult.encodeUnknownEither(Schema.make<unknown, unknown, never>(ast), options),
  isDecoding: false
}

/** Checks a value against its schema (no unknown key, no value out of range) and encodes it. */
export const input = <A extends object, I extends object>(schema: Schema.Schema<A, I>, value: NoInfer<A>): Input =>
  Either.match(ParseResult.encodeUnknownEither(schema, strict)(value), {
    onLeft: (issue) => ({
      value: {},
      // A key may be a secret. It is redacted later, so it must be shown whole or not at all.
      issues: issuesOf(ParseResult.parseError(refusalOf(encoding, schema.ast, value) ?? issue), identity, maxKey)
    }),
    onRight: (encoded) => ({ value: Object.fromEntries(Object.entries(encoded)), issues: [] })
  })

/**
 * Returns the query string of a record: `?a=1&b=2`, or an empty string. Leaves out undefined values. The name of a list
 * is repeated for each value.
 */
export const queryString = (record: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one))
  }
  const text = params.toString()
  return text === "" ? "" : `?${text}`
}
