/** The rows of a prediction request: what is sent, and what is wrong with a row. */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { maxPredictionBody, tooLarge } from "../../../src/internal/protocols/predictionLimit.js"
import { bodyOfRows, byteLength, rowWriter, writeRows } from "../../../src/internal/protocols/predictionRows.js"

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const columns = rowWriter(undefined)
const written = (rows: unknown) => {
  const { content, count, issues } = writeRows(rows, columns)
  return { json: text(content), count, issues: issues.map(({ message, path }) => `${path} ${message}`) }
}

const scalar = "must be a string, a finite number, a boolean or null"
const noColumn = "must have at least one column"
const notARow = "must be an object with a value for each column"
const list = "rows must be a list of at least one row"

describe("The rows of a request", () => {
  it("are JSON in their order, with scalars as values, and without columns that are undefined", () => {
    assert.deepStrictEqual(
      written([{ a: 1, b: "x", c: true, d: null, e: undefined }, { "é \"q\"": -0.5, a: "" }]),
      { json: "[{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":null},{\"é \\\"q\\\"\":-0.5,\"a\":\"\"}]", count: 2, issues: [] }
    )
  })

  const invalid: ReadonlyArray<readonly [name: string, rows: unknown, ...issues: ReadonlyArray<string>]> = [
    ["no row", [], list],
    ["nothing", undefined, list],
    ["a record", { a: 1 }, list],
    ["a string", "a,b", list],
    ["an iterable that is not a list", new Set([{ a: 1 }]), list],
    ["null as a row", [{ a: 1 }, null], `rows[1] ${notARow}`],
    ["a list as a row", [[1]], `rows[0] ${notARow}`],
    ["a hole", Array.from({ length: 1 }), `rows[0] ${notARow}`],
    ["a row without columns", [{}], `rows[0] ${noColumn}`],
    ["a row whose columns are all undefined", [{ a: undefined }], `rows[0] ${noColumn}`],
    ["a date as a row", [new Date(0)], `rows[0] ${noColumn}`],
    ["a map as a row", [new Map([["a", 1]])], `rows[0] ${noColumn}`],
    ["a date as a value", [{ a: new Date(0) }], `rows[0].a ${scalar}`],
    ["a list as a value", [{ a: [1] }], `rows[0].a ${scalar}`],
    ["a record as a value", [{ a: { b: 1 } }], `rows[0].a ${scalar}`],
    ["a function", [{ a: () => 1 }], `rows[0].a ${scalar}`],
    ["a bigint", [{ a: 1n }], `rows[0].a ${scalar}`],
    ["a symbol", [{ a: Symbol("x") }], `rows[0].a ${scalar}`],
    [
      "NaN and infinity",
      [{ a: NaN, b: 1 }, { a: -Infinity }],
      ..."01".split("").map((row) => `rows[${row}].a must be a finite number`)
    ]
  ]
  for (const [name, rows, ...issues] of invalid) {
    it(`are rejected with ${name}, and none is sent`, () => {
      assert.deepStrictEqual(written(rows), { json: "", count: 0, issues })
    })
  }

  it("have at most ten issues, and rows after the tenth are not looked at", () => {
    const looked: Array<number> = []
    const { issues } = writeRows(Array.from({ length: 50 }, () => ({})), (_, index) => {
      looked.push(index)
      return {
        issues: [{ path: `rows[${index}]`, message: "is odd" }, { path: `rows[${index}].b`, message: "is odd" }]
      }
    })
    assert.strictEqual(issues.length, 10)
    assert.deepStrictEqual(looked, [0, 1, 2, 3, 4])
    assert.strictEqual(written([Object.fromEntries(Array.from("abcdefghijklmn", (a) => [a, NaN]))]).issues.length, 10)
  })

  it("have at most 50 MiB, and the issue names what to do instead", () => {
    const value = "x".repeat(maxPredictionBody - "[{\"a\":\"\"}]".length)
    assert.strictEqual(written([{ a: value }]).issues.length, 0)
    const [issue = ""] = written([{ a: `${value}x` }]).issues
    assert.strictEqual(
      issue,
      "rows must have at most 52428800 bytes, but has 52428801: send fewer rows, use Prediction.stream, or use " +
        "BatchPrediction.score"
    )
    assert.include(tooLarge("csv", undefined, "send fewer rows").message, "but has more: send fewer rows")
  })
})

describe("A schema for the rows", () => {
  const Customer = Schema.Struct({
    since: Schema.Date,
    tenure: Schema.NonNegative,
    plan: Schema.optional(Schema.Literal("basic", "pro"))
  })
  const write = rowWriter(Customer)

  it("checks each row and encodes it to columns", () => {
    assert.deepStrictEqual(write({ since: new Date(0), tenure: 3 }, 0), {
      json: "{\"since\":\"1970-01-01T00:00:00.000Z\",\"tenure\":3}"
    })
  })

  const paths = (row: unknown) => {
    const result = write(row, 7)
    return "issues" in result ? result.issues.map(({ path }) => path) : []
  }

  it("rejects a row that does not belong to it, with the path of the value and without the value", () => {
    assert.deepStrictEqual(paths({ since: "secret-1970", tenure: 3 }), ["rows[7].since"])
    assert.deepStrictEqual(paths({ since: new Date(0), tenure: -1 }), ["rows[7].tenure"])
    assert.deepStrictEqual(paths(null), ["rows[7]"])
    assert.notInclude(JSON.stringify(write({ since: "secret-1970", tenure: 3 }, 0)), "secret")
  })

  it("must encode to scalars", () => {
    const nested = rowWriter(Schema.Struct({ a: Schema.Array(Schema.Number) }))({ a: [1] }, 2)
    assert.deepStrictEqual(nested, { issues: [{ path: "rows[2].a", message: scalar }] })
  })
})

describe("The size of a row", () => {
  it.prop("is the number of its bytes in UTF-8", [FastCheck.string({ unit: "binary" })], ([given]) => {
    // JSON escapes lone surrogates.
    const json = JSON.stringify(given)
    assert.strictEqual(byteLength(json), new TextEncoder().encode(json).length)
    assert.strictEqual(bodyOfRows([json, json]).length, 2 * byteLength(json) + 3)
  })

  it("is right for each length of a character", () => {
    assert.deepStrictEqual(["a", "\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "😀"].map(byteLength), [
      1,
      1,
      2,
      2,
      3,
      3,
      4
    ])
  })
})
