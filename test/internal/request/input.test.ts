/** The caller's arguments: how they are checked, and how they are encoded for a query or a body. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { issuesOf } from "../../../src/internal/reading/issues.js"
import { input, queryString } from "../../../src/internal/request/input.js"
import { anyText, filled, flagText, instant, numberText, share, wholeText } from "../../../src/wire/fields.js"
import { PredictionResultsInput } from "../../../src/wire/monitoring.js"
import { untyped } from "../../support.js"

const Query = Schema.Struct({ label: Schema.String, limit: Schema.optional(Schema.Positive) })

/** The paths of the issues of an encoded value, as the emulator reports them. */
const wirePaths = <A, I>(schema: Schema.Schema<A, I>, wire: unknown) =>
  Either.match(Schema.decodeUnknownEither(schema, { errors: "all" })(wire), {
    onLeft: (error) => issuesOf(error).map(({ path }) => path),
    onRight: () => []
  })

describe("input", () => {
  it("input returns the keys of a valid value, and no issue", () => {
    assert.deepStrictEqual(input(Query, { label: "Churn", limit: 7 }), {
      value: { label: "Churn", limit: 7 },
      issues: []
    })
  })

  it("input returns no key of an invalid value, and an issue for each problem", () => {
    // An unknown key, which JavaScript can pass.
    const more = { label: "Churn", limit: -1, odd: 1 }
    const { issues, value } = input(Query, more)
    assert.deepStrictEqual(value, {})
    assert.deepStrictEqual(issues.map(({ path }) => path).sort(), ["limit", "odd"])
  })

  it("input rejects a value that is not a record", () => {
    for (const value of [null, "x", 1, ["label"]]) {
      const { issues, value: none } = input(Query, untyped(value))
      assert.deepStrictEqual(none, {})
      assert.isAbove(issues.length, 0)
    }
  })

  it("input returns the first ten issues of a long list, without looking at the rest (S-9)", () => {
    let checked = 0
    const id = Schema.String.pipe(Schema.filter((text) => {
      checked++
      return text !== ""
    }))
    const rows = Array.from({ length: 100_000 }, (_, index) => ({ id: index % 2 === 0 ? "a" : "", odd: 1 }))
    const { issues } = input(Schema.Struct({ rows: Schema.Array(Schema.Struct({ id })) }), { rows })
    const keys = ["0 odd", "1 odd", "1 id", "2 odd", "3 odd", "3 id", "4 odd", "5 odd", "5 id", "6 odd"]
    assert.deepStrictEqual(issues.map(({ path }) => path), keys.map((key) => `rows[${key.replace(" ", "].")}`))
    assert.isBelow(checked, 100)
  })

  it("input returns only the first issue of a large value that is neither a list nor a record", () => {
    const Texts = Schema.Array(Schema.String).pipe(Schema.filter(({ length }) => length > 0))
    const issuesOf = (length: number) =>
      input(Schema.Struct({ a: Texts }), { a: untyped(Array.from({ length }, () => 1)) }).issues.length
    assert.deepStrictEqual([issuesOf(5), issuesOf(999), issuesOf(1000)], [5, 10, 1])
  })

  const Renamed = Schema.Struct({
    actuals: Schema.Array(Schema.Struct({ id: filled })).pipe(
      Schema.filter(({ length }) => length > 0, { message: () => "must not be empty" }),
      Schema.propertySignature,
      Schema.fromKey("data")
    ),
    database: filled,
    x: Schema.Array(filled)
  })

  it("input writes the API's keys if their names differ from the caller's", () => {
    assert.deepStrictEqual(input(Renamed, { actuals: [{ id: "a" }], database: "d", x: [] }), {
      value: { data: [{ id: "a" }], database: "d", x: [] },
      issues: []
    })
  })

  for (
    const [actuals, path] of [
      [[], ""],
      [[{ id: "" }], "[0].id"],
      [[{ id: "a" }, {}], "[1].id"],
      [[{ id: "a" }, 7], "[1]"],
      [7, ""],
      [undefined, ""]
    ] as const
  ) {
    it(`the issue of ${JSON.stringify(actuals)} has the caller's name in input, and the API's key in decoding`, () => {
      const others = { database: "", x: [""] }
      const { issues, value } = input(Renamed, untyped({ actuals, ...others }))
      assert.deepStrictEqual(value, {})
      assert.deepStrictEqual(issues.map((issue) => issue.path).sort(), [`actuals${path}`, "database", "x[0]"])
      assert.deepStrictEqual(wirePaths(Renamed, { data: actuals, ...others }).sort(), [
        `data${path}`,
        "database",
        "x[0]"
      ])
    })
  }

  it("input does not accept the API's key instead of the caller's", () => {
    const { issues } = input(Renamed, untyped({ data: [{ id: "a" }], database: "d", x: [] }))
    assert.deepStrictEqual(issues.map(({ message, path }) => `${path} ${message}`).sort(), [
      "actuals is missing",
      "data is not known here"
    ])
  })

  it("input encodes a date only in a field whose schema does so", () => {
    const Dates = Schema.Struct({
      a: instant,
      b: Schema.ValidDateFromSelf,
      c: instant,
      d: Schema.optional(instant)
    })
    const at = new Date(1000)
    assert.deepStrictEqual<unknown>(input(Dates, { a: at, b: at, c: "2018-01-01", d: undefined }), {
      value: { a: "1970-01-01T00:00:01.000Z", b: at, c: "2018-01-01T00:00:00.000Z", d: undefined },
      issues: []
    })
  })

  describe("of a period", () => {
    it("input writes `startTime` and `endTime` as `start` and `end`, as RFC 3339 with a zone", () => {
      assert.deepStrictEqual(
        input(PredictionResultsInput, { startTime: new Date(0), endTime: "2018-01-01", modelId: "m1" }),
        { value: { start: "1970-01-01T00:00:00.000Z", end: "2018-01-01T00:00:00.000Z", modelId: "m1" }, issues: [] }
      )
      assert.deepStrictEqual(input(PredictionResultsInput, { startTime: DateTime.unsafeMake(1) }), {
        value: { start: "1970-01-01T00:00:00.001Z" },
        issues: []
      })
      assert.deepStrictEqual(input(PredictionResultsInput, { startTime: undefined, modelId: "m1" }), {
        value: { start: undefined, modelId: "m1" },
        issues: []
      })
    })

    it("input names `startTime` and `endTime` in its issues, and decoding names `start` and `end`", () => {
      const { issues } = input(PredictionResultsInput, { startTime: "soon", endTime: "2018-02-30", modelId: "" })
      assert.deepStrictEqual(issues.map(({ path }) => path).sort(), ["endTime", "modelId", "startTime"])
      const wire = { start: "soon", end: "2018-02-30", modelId: "" }
      assert.deepStrictEqual(wirePaths(PredictionResultsInput, wire).sort(), ["end", "modelId", "start"])
    })

    it("input rejects a start that is not before the end, in both directions", () => {
      const message = "must have a startTime that is before its endTime"
      for (const [start, end] of [["2018-01-01", "2018-01-01"], ["2018-01-02", "2018-01-01"]] as const) {
        const { issues } = input(PredictionResultsInput, { startTime: start, endTime: end })
        assert.deepStrictEqual(issues, [{ path: "", message }])
        assert.deepStrictEqual(wirePaths(PredictionResultsInput, { start, end }), [""])
      }
    })
  })
})

describe("queryString", () => {
  for (
    const [record, expected] of [
      [{}, ""],
      [{ a: undefined }, ""],
      [{ a: 1, b: undefined, c: "x y&z" }, "?a=1&c=x+y%26z"],
      [{ a: true, b: null, c: "" }, "?a=true&b=null&c="],
      [{ a: ["x", "y z", 1], b: "c" }, "?a=x&a=y+z&a=1&b=c"],
      [{ a: [] }, ""]
    ] as const
  ) {
    it(`queryString writes ${JSON.stringify(record)} as ${JSON.stringify(expected)}`, () => {
      assert.strictEqual(queryString(record), expected)
    })
  }

  const Wide = Schema.Struct({
    date: Schema.optional(instant),
    flag: Schema.optional(flagText),
    texts: Schema.optional(anyText),
    share: Schema.optional(numberText(share)),
    count: Schema.optional(wholeText(Schema.Int))
  })
  for (
    const [name, value, expected] of [
      ["a Date", { date: new Date(0) }, "?date=1970-01-01T00%3A00%3A00.000Z"],
      ["a DateTime", { date: DateTime.unsafeMake(0) }, "?date=1970-01-01T00%3A00%3A00.000Z"],
      [
        "a DateTime with a zone",
        { date: DateTime.unsafeMakeZoned(0, { timeZone: "Europe/Berlin" }) },
        "?date=1970-01-01T00%3A00%3A00.000Z"
      ],
      ["a date as text", { date: "2018-01-01" }, "?date=2018-01-01T00%3A00%3A00.000Z"],
      ["one text", { texts: "x y" }, "?texts=x+y"],
      ["several texts", { texts: ["x", "y", "1"] }, "?texts=x%2Cy%2C1"],
      ["booleans and numbers", { flag: false, share: 0.5, count: 0 }, "?flag=false&share=0.5&count=0"],
      ["undefined values", { date: undefined, texts: undefined, flag: true }, "?flag=true"]
    ] as const
  ) {
    it(`queryString writes ${name} of a checked input as ${JSON.stringify(expected)}`, () => {
      const { issues, value: wire } = input(Wide, value)
      assert.deepStrictEqual(issues, [])
      assert.strictEqual(queryString(wire), expected)
    })
  }
})
