/** Finds and converts values that plain JavaScript does not have. */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Returns the paths of everything in a value that is not a primitive, a list, a plain record, a valid `Date` or bytes:
 * a `DateTime`, a `Duration`, an `Option`, a `Redacted`, a `Chunk`, a symbol, an invalid `Date`.
 */
export const plainIssues = (value: unknown, path = ""): ReadonlyArray<string> => {
  if (typeof value === "symbol" || typeof value === "function") return [path]
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return []
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? [path] : []
  if (Array.isArray(value)) return value.flatMap((item, index) => plainIssues(item, `${path}[${index}]`))
  if (!isPlainObject(value)) return [path]
  const at = (key: string) => path === "" ? key : `${path}.${key}`
  return Object.entries(value).flatMap(([key, part]) => plainIssues(part, at(key)))
}

/** Returns the plain value of one with dates of Effect, options and secrets. Leaves out what has no value. */
export const plainOf = (value: unknown): unknown => {
  if (DateTime.isDateTime(value)) return new Date(DateTime.toEpochMillis(value))
  if (Option.isOption(value)) return plainOf(Option.getOrUndefined(value))
  if (Array.isArray(value)) return value.map(plainOf)
  if (typeof value !== "object" || value === null) return value
  if (value instanceof Date || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => !Redacted.isRedacted(part)).map(([key, part]) => [key, plainOf(part)])
  )
}
