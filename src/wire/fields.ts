/** Fields that the inputs of several operations share. The SDK checks them strictly before it sends anything. */
import * as DateTime from "effect/DateTime"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { parseTimestamp } from "./timestamp.js"

/** An annotation: one message for every value that is invalid, whichever part of it is wrong. */
export const says = (message: string) => ({ message: () => ({ message, override: true }) })

type Merged<Parts extends ReadonlyArray<object>> = Parts extends
  readonly [infer First, ...infer Rest extends ReadonlyArray<object>] ? First & Merged<Rest> : unknown

/** Merges the fields of several records. A call instead of a spread, because bundlers can't drop an unused spread. */
export const fields = <const Parts extends ReadonlyArray<Schema.Struct.Fields>>(...parts: Parts): Merged<Parts> =>
  // Boundary: `Object.assign` has no type for any number of parts.
  Object.assign({}, ...parts) as Merged<Parts>

/** A string that is not blank. */
export const filled = Schema.String.pipe(
  Schema.filter((text) => text.trim() !== "", { message: () => "must be a string that is not blank" })
)

/** A whole number in a range. */
export const between = (least: number, most = Infinity) =>
  Schema.Int.pipe(
    Schema.between(least, most),
    Schema.annotations(says(`must be a whole number from ${least}${most < Infinity ? ` to ${most}` : ""}`))
  )

/** A whole number of at least 1. */
export const positive = between(1)

/** A whole number of at least 0. */
export const natural = between(0)

/** A finite number of at least 0. */
export const atLeastZero = Schema.Finite.pipe(
  Schema.nonNegative(),
  Schema.annotations(says("must be a number from 0"))
)

/** A share, 0 to 1. */
export const share = Schema.Number.pipe(
  Schema.between(0, 1),
  Schema.annotations(says("must be a number from 0 to 1"))
)

/** One of a few values. */
export const oneOf = <const Values extends ReadonlyArray<string>>(values: Values) =>
  Schema.Literal(...values).annotations(says(`must be ${values.join(" or ")}`))

/** A record with at least one value. */
export const some = (what: string) => <S extends Schema.Schema.AnyNoContext>(schema: S): Schema.filter<S> =>
  Schema.filter<S>((changes) => Object.values(changes).some((value) => value !== undefined), {
    message: () => `must hold at least one of ${what}`
  })(schema)

/**
 * A point in time: an ISO 8601 string (a bare `2017-01-01` too; no zone means UTC), a `Date` or a `DateTime`.
 *
 * @since 0.1.0
 */
export type DateInput = string | Date | DateTime.DateTime

export const DateInput = Schema.Union(
  Schema.String.pipe(Schema.filter((text) => parseTimestamp(text) !== undefined)),
  Schema.ValidDateFromSelf,
  Schema.DateTimeUtcFromSelf,
  Schema.DateTimeZonedFromSelf
).annotations(says("must be an ISO 8601 date, a Date or a DateTime"))

/** Epoch milliseconds; NaN for a string that is not a date. */
export const millisOf = (date: DateInput): number =>
  typeof date === "string" ? parseTimestamp(date) ?? NaN : Number(
    DateTime.isDateTime(date) ? date.epochMillis : date
  )

const hour = 3_600_000

/**
 * A time at the top of an hour: monitoring data is kept by the hour. A server would reject any other time too, but only
 * after it received the request.
 */
export const HourInput = DateInput.pipe(
  Schema.filter((date) => millisOf(date) % hour === 0, {
    message: () => "must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z"
  })
)

// ---------------------------------------------------------------------------------------------------------------
// The same fields in DataRobot's format, for the query of a URL or for JSON.

const isoDate = Schema.String.annotations(says("must be an ISO 8601 date"))

const written = (schema: Schema.Schema<DateInput>, write: (date: DateInput) => string): Schema.Schema<
  DateInput,
  string
> =>
  Schema.transformOrFail(Schema.String, schema, {
    strict: true,
    decode: (text) => {
      const millis = parseTimestamp(text)
      return millis === undefined
        ? ParseResult.fail(new ParseResult.Type(isoDate.ast, text))
        : ParseResult.succeed(DateTime.unsafeMake(millis))
    },
    encode: (date) => ParseResult.succeed(write(date))
  })

/** Writes a valid date as RFC 3339 with its zone. A text that is nearly in this form is not parsed again. */
export const rfc3339 = (date: DateInput): string => {
  if (typeof date === "string" && date.charAt(10) === "T" && date.endsWith("Z")) {
    if (date.length === 24) return date
    if (date.length === 20) return `${date.slice(0, 19)}.000Z`
  }
  return new Date(millisOf(date)).toISOString()
}

/** A point in time, written as RFC 3339 with its zone. */
export const instant = written(DateInput, rfc3339)

/** A point in time at the top of an hour, written as RFC 3339 with its zone. */
export const hourly = written(HourInput, rfc3339)

/** A point in time; a string is sent as the caller wrote it. */
export const dateAsWritten = written(DateInput, (date) => typeof date === "string" ? date : rfc3339(date))

/** A whole number, written as text. */
export const wholeText = <A extends number>(schema: Schema.Schema<A, number>): Schema.Schema<A, string> =>
  Schema.transform(Schema.String, schema, {
    strict: true,
    decode: (text) => /^\d{1,15}$/.test(text) ? Number(text) : NaN,
    encode: String
  })

/** A number, written as text. */
export const numberText = <A extends number>(schema: Schema.Schema<A, number>): Schema.Schema<A, string> =>
  Schema.transform(Schema.String, schema, {
    strict: true,
    decode: (text) => text.trim() === "" ? NaN : Number(text),
    encode: String
  })

/** `true` or `false`, written as text. Reads Python's spelling too. */
export const flagText = Schema.transform(Schema.Literal("true", "false", "True", "False"), Schema.Boolean, {
  strict: true,
  decode: (text) => text.toLowerCase() === "true",
  encode: (flag) => flag ? "true" : "false"
})

/**
 * One value, or a list of alternative values.
 *
 * @since 0.1.0
 */
export type Any<A> = A | ReadonlyArray<A>

const listText = <A extends string>(one: Schema.Schema<A>, message: string): Schema.Schema<Any<A>, string> =>
  Schema.transform(
    Schema.String,
    Schema.Union(one, Schema.Array(one).pipe(Schema.filter(({ length }) => length > 0))).annotations(says(message)),
    {
      // Boundary: the schema then checks whether the texts are valid values.
      strict: false,
      decode: (text) => text.split(","),
      encode: (value) => typeof value === "string" ? value : value.join(",")
    }
  )

/** One or several of the given values, written with commas between them. */
export const anyOf = <const Values extends ReadonlyArray<string>>(
  values: Values
): Schema.Schema<Any<Values[number]>, string> =>
  listText(Schema.Literal(...values), `must be one of ${values.join(", ")}, or a list of them`)

/** One or several strings, written with commas between them. */
export const anyText = listText(
  Schema.String.pipe(Schema.filter((text) => text.trim() !== "" && !text.includes(","))),
  "must be a string that is not blank and has no comma, or a list of such strings"
)

/** One value or several. The name is repeated in the URL for each of them. */
export const repeated = <A extends string>(
  one: Schema.Schema<A>,
  message: string
): Schema.Schema<Any<A>, string | ReadonlyArray<string>> =>
  Schema.transform(
    Schema.Union(Schema.String, Schema.Array(Schema.String)),
    Schema.Union(one, Schema.Array(one).pipe(Schema.filter(({ length }) => length > 0))).annotations(says(message)),
    // Boundary: the schema then checks whether the texts are valid values.
    { strict: false, decode: (given) => given, encode: (value) => value }
  )

/** An optional value. Other clients may send null instead of leaving it out; the emulator reads both. */
export const orNull = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optional(
    Schema.transform(Schema.NullishOr(Schema.encodedSchema(schema)), Schema.UndefinedOr(schema), {
      strict: true,
      decode: (value) => value ?? undefined,
      encode: (value) => value
    })
  )

// ---------------------------------------------------------------------------------------------------------------
// Listings.

/** The range of items of a listing. */
export const paging = {
  /** Maximum number of items in all. Default: all of them. */
  limit: Schema.optional(wholeText(positive)),
  /** Number of items to skip at the start. Default: 0. */
  offset: Schema.optional(wholeText(natural))
}

/** Number of items of a page. 100 is the server's maximum. */
export const pageSize = between(1, 100)

/** The range of items of one page. */
export const onePage = fields(paging, { limit: Schema.optional(wholeText(pageSize)) })

/** The `limit` of a listing for which a `0` in the query means all items. The SDK never sends the `0`. */
export const allOnZero = Schema.optional(
  Schema.transform(Schema.UndefinedOr(Schema.String), Schema.UndefinedOr(wholeText(positive)), {
    strict: true,
    decode: (text) => text === "0" ? undefined : text,
    encode: (text) => text
  })
)

/**
 * The range of items of a listing.
 *
 * @since 0.1.0
 */
export const Paging = Schema.Struct(paging)
export interface Paging extends Schema.Schema.Type<typeof Paging> {}

/** How early a stream fetches its pages. Default: a page is fetched when its first item is read. */
export const ahead = {
  /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
  prefetch: Schema.optional(between(0, 100)),
  /**
   * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
   * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
   * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
   * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
   * page.
   */
  concurrency: Schema.optional(between(1, 100))
}

/**
 * How early a stream fetches its pages.
 *
 * @since 0.1.0
 */
export const Ahead = Schema.Struct(ahead)
export interface Ahead extends Schema.Schema.Type<typeof Ahead> {}
