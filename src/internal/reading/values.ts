/** The two kinds of values that a response is decoded to. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { isRecord } from "../../wire/text.js"
import { dateAt } from "../../wire/timestamp.js"
import { absent } from "./decode.js"

/**
 * The kind of the values in a result: those of the schemas (`effect`: a date is a `DateTime`), or values that need no
 * library (`plain`: a date is a `Date`). Plain results have no secrets, because their users log them as they are.
 */
export type Values = "effect" | "plain"

/** Converts a value that Schema has decoded. Returns it without a copy if it has no date and no secret. */
const plainOf = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value
  if (DateTime.isDateTime(value)) return new Date(value.epochMillis)
  if (Redacted.isRedacted(value)) return absent
  if (Array.isArray(value)) {
    const items = value.map(plainOf)
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (!isRecord(value)) return value
  const entries = Object.entries(value).map(([key, part]) => [key, plainOf(part)] as const)
  return entries.every(([key, part]) => part === value[key])
    ? value
    : Object.fromEntries(entries.filter(([, part]) => part !== absent))
}

/** How values of a kind are made. */
export interface ValueMaker {
  /** Makes a date from epoch milliseconds. */
  readonly dateAt: (epochMillis: number) => unknown
  /** Converts a value that Schema has decoded. The result for a secret is `absent`, if there are none. */
  readonly convert: (value: unknown) => unknown
}

/** How the values of each kind are made. */
export const valueMakers: Readonly<Record<Values, ValueMaker>> = {
  effect: { dateAt, convert: (value) => value },
  plain: { dateAt: (epochMillis) => new Date(epochMillis), convert: plainOf }
}
