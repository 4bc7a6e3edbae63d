/** Checks what tests without types may pass, and explains what is wrong. */
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { wrongFields } from "../../emulator/protocol/invalidFields.js"
import { nearestName } from "../../wire/nearestName.js"

/** The error of a function that was called with an argument that is not valid. */
export const invalidArgument = (called: string, problem: string) => new TypeError(`${called}: ${problem}`)

/** Whether a value is an object, and not a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/**
 * Reads an argument, which must be an object, with a schema. Throws a `TypeError` that names each wrong field. Rejects
 * unknown keys.
 */
export const read = <A, I>(called: string, schema: Schema.Schema<A, I>, argument: unknown): A => {
  if (!isObject(argument)) throw invalidArgument(called, "the argument must be an object")
  const result = Schema.decodeUnknownEither(schema, { errors: "all", onExcessProperty: "error" })(argument)
  if (Either.isRight(result)) return result.right
  const fields = wrongFields(ParseResult.ArrayFormatter.formatErrorSync(result.left))
  throw invalidArgument(called, describe(fields))
}

/** Describes the problems of the fields of an argument. */
export const describe = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields).map(([path, problem]) => {
    const field = path.replaceAll(/\.?\b(\d+)\b/g, "[$1]")
    return unknownKey(field, problem) ?? `${field} ${problem}`
  }).join("; ")

/** Explains a key that a schema does not have. Otherwise, a misspelled key could let a test pass that proves nothing. */
const unknownKey = (field: string, problem: string) => {
  const expected = /^is unexpected, expected: (.+)$/s.exec(problem)?.[1]
  if (expected === undefined) return undefined
  const known = Array.from(expected.matchAll(/"([^"]+)"/g), ([, name]) => name ?? "")
  const nearest = nearestName(field.split(".").at(-1) ?? "", known)
  return nearest === undefined
    ? `${field} is not an option; the options are ${known.join(", ")}`
    : `${field} is not an option; did you mean ${nearest}?`
}

/** A copy of an argument with texts in place of the `Date`s of these keys. Everything else is left to the schema. */
export const withTexts = (argument: unknown, ...keys: ReadonlyArray<string>): unknown => {
  if (!isObject(argument)) return argument
  return Object.fromEntries(
    Object.entries(argument).map(([key, value]) => [key, keys.includes(key) ? textOf(value) : value])
  )
}

// In the sandboxes of some test runners, a date may not be an `instanceof` their `Date`.
const isDate = (value: unknown): value is Date => Object.prototype.toString.call(value) === "[object Date]"
const textOf = (value: unknown) => isDate(value) && !Number.isNaN(value.getTime()) ? value.toISOString() : value
