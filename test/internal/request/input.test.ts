/** Validation of the caller's input, and its translation to the API's names. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import {
  dates,
  input,
  period,
  queryString,
  rename,
  renameIssues,
  rfc3339
} from "../../../src/internal/request/input.js"

const Query = Schema.Struct({ label: Schema.String, limit: Schema.optional(Schema.Positive) })

describe("An input", () => {
  it("that is valid has its keys and no issues", () => {
    assert.deepStrictEqual(input(Query, { label: "Churn", limit: 7 }), {
      value: { label: "Churn", limit: 7 },
      issues: []
    })
  })

  it("that is invalid has no keys, and an issue for each problem", () => {
    // An unknown key, which JavaScript can pass.
    const more = { label: "Churn", limit: -1, odd: 1 }
    const { issues, value } = input(Query, more)
    assert.deepStrictEqual(value, {})
    assert.deepStrictEqual(issues.map(({ path }) => path).sort(), ["limit", "odd"])
  })

  const withIssues = (...paths: ReadonlyArray<string>) => ({
    value: { a: 1, b: 2 },
    issues: paths.map((path) => ({ path, message: `is odd (${path})` }))
  })

  it("has issues under the caller's names", () => {
    assert.deepStrictEqual(
      renameIssues(withIssues("data", "data[0].id", "database", "data.id", "x[0]"), "data", "actuals"),
      {
        value: { a: 1, b: 2 },
        issues: [
          { path: "actuals", message: "is odd (data)" },
          { path: "actuals[0].id", message: "is odd (data[0].id)" },
          { path: "database", message: "is odd (database)" },
          { path: "data.id", message: "is odd (data.id)" },
          { path: "x[0]", message: "is odd (x[0])" }
        ]
      }
    )
  })

  it("is renamed to the API's keys", () => {
    const from = withIssues("a")
    assert.deepStrictEqual(rename(from, { a: "alpha" }), { value: { alpha: 1, b: 2 }, issues: from.issues })
  })

  it("has the given dates in the API's format", () => {
    const at = new Date(1000)
    const from = { value: { a: at, b: at, c: "2018-01-01", d: undefined }, issues: withIssues("a").issues }
    assert.deepStrictEqual(dates(from, "a", "c", "d"), {
      value: { a: "1970-01-01T00:00:01.000Z", b: at, c: "2018-01-01T00:00:00.000Z", d: undefined },
      issues: from.issues
    })
  })

  it("has its period as start and end", () => {
    const from = { value: { startTime: "2018-01-01", endTime: new Date(0), modelId: "m1" }, issues: [] }
    assert.deepStrictEqual(period(from).value, {
      start: "2018-01-01T00:00:00.000Z",
      end: "1970-01-01T00:00:00.000Z",
      modelId: "m1"
    })
  })
})

describe("A date for the API", () => {
  for (
    const [value, expected] of [
      ["2018-01-01", "2018-01-01T00:00:00.000Z"],
      [new Date(1), "1970-01-01T00:00:00.001Z"],
      [DateTime.unsafeMake(2), "1970-01-01T00:00:00.002Z"],
      ["soon", "soon"],
      [undefined, undefined]
    ] as const
  ) {
    it(`is ${expected} for ${value instanceof Date ? "a Date" : String(value)}`, () => {
      assert.strictEqual(rfc3339(value), expected)
    })
  }
})

describe("A query string", () => {
  for (
    const [record, expected] of [
      [{}, ""],
      [{ a: undefined }, ""],
      [{ a: 1, b: undefined, c: "x y&z" }, "?a=1&c=x+y%26z"],
      [{ a: true, b: null, c: "" }, "?a=true&b=null&c="],
      [{ a: ["x", "y", 1] }, "?a=x%2Cy%2C1"],
      [{ a: new Date(0) }, "?a=1970-01-01T00%3A00%3A00.000Z"],
      [{ a: DateTime.unsafeMake(0) }, "?a=1970-01-01T00%3A00%3A00.000Z"],
      [{ a: [new Date(0), "x"] }, "?a=1970-01-01T00%3A00%3A00.000Z%2Cx"]
    ] as const
  ) {
    it(`for ${JSON.stringify(record)} is ${JSON.stringify(expected)}`, () => {
      assert.strictEqual(queryString(record), expected)
    })
  }
})
