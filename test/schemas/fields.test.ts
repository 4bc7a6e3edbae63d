/** The fields that inputs share, and their messages for invalid values. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { formatIssues } from "../../src/internal/reading/issues.js"
import { input } from "../../src/internal/request/input.js"
import {
  DateInput,
  filled,
  millisOf,
  natural,
  oneOf,
  PagingInput,
  positive,
  share,
  some
} from "../../src/wire/fields.js"

const of = <A, I>(field: Schema.Schema<A, I>) => {
  const schema = Schema.Struct({ field })
  // Boundary: values that JavaScript can pass but the types reject.
  return (value: unknown) => formatIssues(input(schema, { field: value as A }).issues)
}

describe("A field", () => {
  const fields: ReadonlyArray<
    readonly [
      name: string,
      wrong: (value: unknown) => string,
      fits: ReadonlyArray<unknown>,
      not: ReadonlyArray<unknown>,
      says: string
    ]
  > = [
    ["filled text", of(filled), ["a", " a "], ["", " \n"], "must be a text that is not blank"],
    ["positive number", of(positive), [1, 2], [0, -1, 1.5, "1", Number.NaN], "must be a whole number from 1"],
    ["natural number", of(natural), [0, 1], [-1, 0.5, "1"], "must be a whole number from 0"],
    ["share", of(share), [0, 0.5, 1], [-0.1, 1.1, "1"], "must be a number from 0 to 1"],
    ["one of two", of(oneOf("a", "b")), ["a", "b"], ["c", "", 1], "must be a or b"],
    [
      "date",
      of(DateInput),
      [
        "2018-01-01",
        new Date(0),
        DateTime.unsafeMake(0),
        DateTime.unsafeMakeZoned(0, { timeZone: "Europe/Berlin" })
      ],
      ["soon", "", new Date(Number.NaN), 0, null],
      "must be an ISO 8601 date, a Date or a DateTime"
    ]
  ]
  for (const [name, wrong, fits, not, says] of fields) {
    it(`of type ${name} accepts valid values, and says of others that it ${says}`, () => {
      for (const value of fits) assert.strictEqual(wrong(value), "")
      for (const value of not) assert.strictEqual(wrong(value), `field ${says}`)
    })
  }
})

describe("PagingInput", () => {
  it("accepts a limit from 1 and an offset from 0, both optional", () => {
    for (const value of [{}, { limit: 1 }, { offset: 0 }, { limit: undefined, offset: undefined }]) {
      assert.deepStrictEqual(input(PagingInput, value).issues, [])
    }
    assert.strictEqual(
      formatIssues(input(PagingInput, { limit: 0, offset: -1 }).issues),
      "limit must be a whole number from 1; offset must be a whole number from 0"
    )
  })
})

describe("A struct with at least one required field", () => {
  const Changes = Schema.Struct({ a: Schema.optional(Schema.Number), b: Schema.optional(Schema.Number) }).pipe(
    some("a and b")
  )
  it("is rejected if all fields are missing", () => {
    for (const value of [{}, { a: undefined }, { a: undefined, b: undefined }]) {
      assert.deepStrictEqual(input(Changes, value).issues, [{ path: "", message: "must hold at least one of a and b" }])
    }
    for (const value of [{ a: 0 }, { a: undefined, b: 1 }]) assert.deepStrictEqual(input(Changes, value).issues, [])
  })
})

describe("millisOf", () => {
  it("returns the milliseconds of every form of date, and NaN for an invalid text", () => {
    assert.strictEqual(millisOf("1970-01-01T00:00:01Z"), 1000)
    assert.strictEqual(millisOf(new Date(1000)), 1000)
    assert.strictEqual(millisOf(DateTime.unsafeMake(1000)), 1000)
    assert.strictEqual(millisOf(DateTime.unsafeMakeZoned(1000, { timeZone: "Europe/Berlin" })), 1000)
    assert.isNaN(millisOf("soon"))
  })
})
