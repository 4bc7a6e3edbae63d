/** Fields that the inputs of several operations share. They are checked strictly, before anything leaves. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { parseTimestamp } from "./timestamp.js"

/** A text with something in it. */
export const filled = Schema.String.pipe(
  Schema.filter((text) => text.trim() !== "", { message: () => "must be a text that is not blank" })
)

/** A whole number from 1. */
export const positive = Schema.Int.pipe(
  Schema.positive(),
  Schema.annotations({ message: () => "must be a whole number from 1" })
)

/** A whole number from 0. */
export const natural = Schema.Int.pipe(
  Schema.nonNegative(),
  Schema.annotations({ message: () => "must be a whole number from 0" })
)

/** A whole number of a range. */
export const between = (least: number, most: number) =>
  Schema.Int.pipe(
    Schema.between(least, most),
    Schema.annotations({ message: () => `must be a whole number from ${least} to ${most}` })
  )

/** A share of a whole. */
export const share = Schema.Number.pipe(
  Schema.between(0, 1),
  Schema.annotations({ message: () => "must be a number from 0 to 1" })
)

/** Which items of a listing. */
export const paging = {
  limit: Schema.optional(positive),
  offset: Schema.optional(natural)
}

/** Which items of a listing, and nothing else. */
export const PagingInput = Schema.Struct(paging)

/** Which items of a listing. */
export interface Paging {
  /** At most so many items in all; all of them without it. */
  readonly limit?: number | undefined
  /** Skip so many items at the start. */
  readonly offset?: number | undefined
}

/** How many pages of a stream are fetched ahead. */
export const prefetch = Schema.optional(between(0, 100))

/** How many pages of a stream are fetched at once. */
export const concurrency = Schema.optional(between(1, 100))

/** When the pages of a stream are fetched. Without these, a page is fetched when its first item is asked for. */
export interface Ahead {
  /** At most so many pages are fetched ahead of the one whose items are being read: 0 to 100, 0 without it. */
  readonly prefetch?: number | undefined
  /**
   * At most so many pages are fetched at once, where the first page's `next` and the server's count let expect them: 1 to
   * 100, 1 without it. `concurrency - 1` of them are then ahead, whatever `prefetch` is. The order stays. When something is
   * added or deleted meanwhile, items move from page to page: one that came before is left out, as its `id` tells, but one
   * may also be missed, as in any listing that is read page by page.
   */
  readonly concurrency?: number | undefined
}

/** A point in time: an ISO 8601 string (a bare `2017-01-01` too; no zone means UTC), a `Date` or a `DateTime`. */
export type DateInput = string | Date | DateTime.DateTime

export const DateInput = Schema.Union(
  Schema.String.pipe(Schema.filter((text) => parseTimestamp(text) !== undefined)),
  Schema.ValidDateFromSelf,
  Schema.DateTimeUtcFromSelf,
  Schema.DateTimeZonedFromSelf
).annotations({ message: () => ({ message: "must be an ISO 8601 date, a Date or a DateTime", override: true }) })

/** Epoch milliseconds; NaN of a text that is no date. */
export const millisOf = (date: DateInput): number =>
  typeof date === "string" ? parseTimestamp(date) ?? NaN : Number(
    DateTime.isDateTime(date) ? date.epochMillis : date
  )

/** One of a few values. */
export const oneOf = <const Values extends ReadonlyArray<string>>(...values: Values) =>
  Schema.Literal(...values).annotations({
    message: () => ({ message: `must be ${values.join(" or ")}`, override: true })
  })

/** A record in which something must be given. */
export const some = (what: string) => <A extends object, I>(schema: Schema.Schema<A, I>) =>
  schema.pipe(
    Schema.filter((changes: A) => Object.values(changes).some((value) => value !== undefined), {
      message: () => `must hold at least one of ${what}`
    })
  )
