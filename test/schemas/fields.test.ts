/** Fields that several inputs share: how values are encoded and decoded, and which ones are rejected. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { formatIssues, issuesOf } from "../../src/internal/reading/issues.js"
import { input } from "../../src/internal/request/input.js"
import {
  allOnZero,
  anyOf,
  anyText,
  atLeastZero,
  between,
  dateAsWritten,
  DateInput,
  filled,
  flagText,
  HourInput,
  hourly,
  instant,
  millisOf,
  natural,
  numberText,
  oneOf,
  Paging,
  paging,
  positive,
  share,
  some,
  wholeText
} from "../../src/wire/fields.js"
import { untyped } from "../support.js"

/** Returns the problems of a value of the caller. Empty if it is valid. */
const problemsOf = <A extends object, I extends object>(schema: Schema.Schema<A, I>, value: unknown) =>
  formatIssues(input(schema, untyped(value)).issues)

/** Decodes a value of the API. Returns the value, or its problems. */
const read = <A, I>(schema: Schema.Schema<A, I>, wire: unknown) =>
  Either.mapLeft(
    Schema.decodeUnknownEither(schema, { errors: "all" })(wire),
    (error) => formatIssues(issuesOf(error))
  )

const shown = (value: unknown) =>
  DateTime.isDateTime(value) || typeof value === "number" || typeof value === "symbol"
    ? String(value)
    : value instanceof Date && Number.isNaN(value.getTime())
    ? "an invalid Date"
    : JSON.stringify(value)

const berlin = (millis: number) => DateTime.unsafeMakeZoned(millis, { timeZone: "Europe/Berlin" })

describe("a field", () => {
  const table: ReadonlyArray<
    readonly [
      name: string,
      field: Schema.Schema.AnyNoContext,
      fits: ReadonlyArray<unknown>,
      not: ReadonlyArray<unknown>,
      says: string
    ]
  > = [
    ["text that is not blank", filled, ["a", " a "], ["", " \n", 1, null], "must be a string that is not blank"],
    [
      "a positive number",
      positive,
      [1, 2],
      [0, -1, 1.5, "1", Number.NaN, Infinity, null],
      "must be a whole number from 1"
    ],
    ["a natural number", natural, [0, 1], [-1, 0.5, "1", Infinity], "must be a whole number from 0"],
    [
      "a whole number in a range",
      between(2, 3),
      [2, 3],
      [1, 4, 2.5, "2", Number.NaN],
      "must be a whole number from 2 to 3"
    ],
    [
      "a number of at least zero",
      atLeastZero,
      [0, 0.5, 1e21],
      [-1, "1", Number.NaN, Infinity],
      "must be a number from 0"
    ],
    ["a share", share, [0, 0.5, 1], [-0.1, 1.1, "1", Number.NaN], "must be a number from 0 to 1"],
    ["one of two values", oneOf(["a", "b"]), ["a", "b"], ["c", "", 1, null], "must be a or b"],
    [
      "a date",
      DateInput,
      ["2018-01-01", new Date(0), DateTime.unsafeMake(0), berlin(0)],
      ["soon", "", new Date(Number.NaN), 0, null],
      "must be an ISO 8601 date, a Date or a DateTime"
    ],
    [
      "a date at the top of an hour",
      HourInput,
      ["2018-01-01", "2018-01-01T05:00:00Z", new Date(3_600_000), DateTime.unsafeMake(0), berlin(7_200_000)],
      ["2018-01-01T05:30:00Z", new Date(1), DateTime.unsafeMake(3_599_999), berlin(1_800_000)],
      "must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z"
    ]
  ]
  for (const [name, field, fits, not, says] of table) {
    const schema = Schema.Struct({ field })
    it(`that is ${name} accepts ${fits.map(shown).join(", ")}`, () => {
      for (const value of fits) assert.strictEqual(problemsOf(schema, { field: value }), "")
    })
    it(`that is ${name} rejects ${not.map(shown).join(", ")}: it ${says}`, () => {
      for (const value of not) assert.strictEqual(problemsOf(schema, { field: value }), `field ${says}`)
    })
  }
})

describe("a codec", () => {
  interface Codec {
    readonly field: Schema.Schema.AnyNoContext
    /** The caller's value, and the encoded text. */
    readonly writes: ReadonlyArray<readonly [value: unknown, wire: string]>
    /** The encoded text, and the decoded value. */
    readonly reads: ReadonlyArray<readonly [wire: string, value: unknown]>
    /** The caller's values that are rejected, by message. */
    readonly rejects: Readonly<Record<string, ReadonlyArray<unknown>>>
    /** The encoded values that are rejected, by message. */
    readonly cannotRead: Readonly<Record<string, ReadonlyArray<unknown>>>
  }

  const notADate = { "must be an ISO 8601 date, a Date or a DateTime": ["soon", "", new Date(Number.NaN), 0, null, []] }
  const notText = { "must be a string, but is a number": [0], "must be a string, but is null": [null] }
  const notADateText = { "must be an ISO 8601 date": ["soon", "", "2018-02-30", "2018-01-01T25:00:00Z"], ...notText }
  const readsDates = [
    ["2018-01-01", DateTime.unsafeMake("2018-01-01T00:00:00Z")],
    ["2018-01-01T02:00:00+01:00", DateTime.unsafeMake("2018-01-01T01:00:00Z")],
    ["2018-04-23 05:00:00.000000", DateTime.unsafeMake("2018-04-23T05:00:00Z")]
  ] as const
  const notFrom1 = "must be a whole number from 1"
  const notFrom0 = "must be a number from 0"
  const listOfAB = "must be one of a, b, or a list of them"
  const listOfTexts = "must be a string that is not blank and has no comma, or a list of such strings"

  const codecs: Readonly<Record<string, Codec>> = {
    instant: {
      field: instant,
      writes: [
        ["2018-01-01", "2018-01-01T00:00:00.000Z"],
        ["2018-01-01T02:30:00+01:00", "2018-01-01T01:30:00.000Z"],
        [new Date(1), "1970-01-01T00:00:00.001Z"],
        [DateTime.unsafeMake(2), "1970-01-01T00:00:00.002Z"],
        [berlin(3), "1970-01-01T00:00:00.003Z"]
      ],
      reads: [...readsDates, ["2018-01-01T00:00:00.001Z", DateTime.unsafeMake("2018-01-01T00:00:00.001Z")]],
      rejects: notADate,
      cannotRead: notADateText
    },
    hourly: {
      field: hourly,
      writes: [
        ["2018-01-01", "2018-01-01T00:00:00.000Z"],
        [new Date(3_600_000), "1970-01-01T01:00:00.000Z"],
        [DateTime.unsafeMake(0), "1970-01-01T00:00:00.000Z"],
        [berlin(7_200_000), "1970-01-01T02:00:00.000Z"]
      ],
      reads: readsDates,
      rejects: {
        ...notADate,
        "must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z": ["2018-01-01T00:30:00Z", new Date(1)]
      },
      cannotRead: {
        ...notADateText,
        "must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z": ["2018-01-01T00:30:00Z"]
      }
    },
    dateAsWritten: {
      field: dateAsWritten,
      writes: [
        ["2018-01-01", "2018-01-01"],
        ["2018-01-01T02:30:00+01:00", "2018-01-01T02:30:00+01:00"],
        [new Date(1), "1970-01-01T00:00:00.001Z"],
        [DateTime.unsafeMake(2), "1970-01-01T00:00:00.002Z"],
        [berlin(3), "1970-01-01T00:00:00.003Z"]
      ],
      reads: readsDates,
      rejects: notADate,
      cannotRead: notADateText
    },
    "wholeText(positive)": {
      field: wholeText(positive),
      writes: [[1, "1"], [100, "100"]],
      reads: [["1", 1], ["100", 100], ["007", 7], ["999999999999999", 999_999_999_999_999]],
      rejects: { [notFrom1]: [0, -1, 1.5, "1", Number.NaN, null] },
      cannotRead: {
        [notFrom1]: ["0", "-1", "+1", "1.5", "1e3", "0x1", "", " ", " 1", "x", "1000000000000000"],
        "must be a string, but is a number": [1]
      }
    },
    "wholeText(natural)": {
      field: wholeText(natural),
      writes: [[0, "0"], [100, "100"]],
      reads: [["0", 0], ["100", 100]],
      rejects: { "must be a whole number from 0": [-1, 0.5, "0", null] },
      cannotRead: { "must be a whole number from 0": ["-0", "-1", "+0", "0.0", "", "x"] }
    },
    "numberText(atLeastZero)": {
      field: numberText(atLeastZero),
      writes: [[0, "0"], [0.25, "0.25"], [100, "100"]],
      reads: [["0", 0], ["0.25", 0.25], ["1e3", 1000]],
      rejects: { [notFrom0]: [-1, "1", Number.NaN, Infinity, null] },
      cannotRead: {
        [notFrom0]: ["-1", "", " ", "x", "1,5", "Infinity", "NaN"],
        "must be a string, but is a number": [1]
      }
    },
    "numberText(share)": {
      field: numberText(share),
      writes: [[0, "0"], [0.5, "0.5"], [1, "1"]],
      reads: [["0", 0], ["0.5", 0.5], ["1.0", 1]],
      rejects: { "must be a number from 0 to 1": [-0.1, 1.1, "1"] },
      cannotRead: { "must be a number from 0 to 1": ["-0.1", "1.1", "", "half"] }
    },
    flagText: {
      field: flagText,
      writes: [[true, "true"], [false, "false"]],
      reads: [["true", true], ["false", false], ["True", true], ["False", false]],
      rejects: {
        "must be a boolean, but is a string": ["true", ""],
        "must be a boolean, but is a number": [1],
        "must be a boolean, but is null": [null]
      },
      cannotRead: {
        "must be \"true\", \"false\", \"True\" or \"False\", but is another string": ["TRUE", "yes", "1", ""],
        "must be \"true\", \"false\", \"True\" or \"False\", but is a boolean": [true]
      }
    },
    "anyOf([\"a\", \"b\"])": {
      field: anyOf(["a", "b"]),
      writes: [["a", "a"], [["a"], "a"], [["a", "b"], "a,b"]],
      reads: [["a", ["a"]], ["a,b", ["a", "b"]]],
      rejects: { [listOfAB]: ["c", "", "a,b", [], ["a", "c"], 1, null] },
      cannotRead: { [listOfAB]: ["c", "", "a,", "a,c", "a, b"], "must be a string, but is a number": [1] }
    },
    anyText: {
      field: anyText,
      writes: [["a", "a"], [["a"], "a"], [["x y", "b"], "x y,b"]],
      reads: [["a", ["a"]], ["x y,b", ["x y", "b"]]],
      rejects: { [listOfTexts]: ["", " ", "a,b", [], ["a", " "], ["a,b"], 1, null] },
      cannotRead: { [listOfTexts]: ["", " ", "a,", ",a", "a,,b"], "must be a string, but is a number": [1] }
    }
  }

  for (const [name, { cannotRead, field, reads, rejects, writes }] of Object.entries(codecs)) {
    // The API's name differs, so that the path of an issue shows which of the two names it uses.
    const schema = Schema.Struct({ theirs: Schema.propertySignature(field).pipe(Schema.fromKey("wire")) })
    const optional = Schema.Struct({ theirs: Schema.optional(field).pipe(Schema.fromKey("wire")) })

    for (const [value, wire] of writes) {
      it(`\`${name}\` writes ${shown(value)} as ${shown(wire)}`, () => {
        assert.deepStrictEqual(input(schema, { theirs: value }), { value: { wire }, issues: [] })
      })
    }

    for (const [wire, value] of reads) {
      it(`\`${name}\` reads ${shown(wire)} as ${shown(value)}`, () => {
        assert.deepStrictEqual<unknown>(read(schema, { wire }), Either.right({ theirs: value }))
      })
    }

    for (const [message, values] of Object.entries(rejects)) {
      it(`\`${name}\` rejects ${values.map(shown).join(", ")} of the caller: it ${message}`, () => {
        for (const value of values) assert.strictEqual(problemsOf(schema, { theirs: value }), `theirs ${message}`)
      })
    }

    for (const [message, values] of Object.entries(cannotRead)) {
      it(`\`${name}\` rejects ${values.map(shown).join(", ")} of the wire: it ${message}`, () => {
        for (const wire of values) assert.deepStrictEqual(read(schema, { wire }), Either.left(`wire ${message}`))
      })
    }

    it(`\`${name}\` can be optional or required in both directions`, () => {
      assert.deepStrictEqual(input(optional, {}), { value: {}, issues: [] })
      assert.deepStrictEqual(input(optional, { theirs: undefined }), { value: { wire: undefined }, issues: [] })
      assert.deepStrictEqual<unknown>(read(optional, {}), Either.right({}))
      assert.strictEqual(problemsOf(schema, {}), "theirs is missing")
      assert.deepStrictEqual(read(schema, {}), Either.left("wire is missing"))
    })
  }
})

describe("paging", () => {
  const notWhole = "limit must be a whole number from 1; offset must be a whole number from 0"

  it("writes a limit from 1 and an offset from 0 as text, and needs neither", () => {
    for (
      const [value, wire] of [
        [{}, {}],
        [{ limit: 1 }, { limit: "1" }],
        [{ offset: 0 }, { offset: "0" }],
        [{ limit: 7, offset: 3 }, { limit: "7", offset: "3" }],
        [{ limit: undefined, offset: undefined }, { limit: undefined, offset: undefined }]
      ] as const
    ) {
      assert.deepStrictEqual(input(Paging, value), { value: wire, issues: [] })
    }
  })

  it("rejects a limit below 1, an offset below 0, and any other key of the caller", () => {
    assert.strictEqual(problemsOf(Paging, { limit: 0, offset: -1 }), notWhole)
    assert.strictEqual(problemsOf(Paging, { limit: "1", offset: "0" }), notWhole)
    assert.strictEqual(problemsOf(Paging, { page: 1 }), "page is not known here")
  })

  it("reads a limit and an offset from text, and rejects other text", () => {
    assert.deepStrictEqual<unknown>(read(Paging, { limit: "7", offset: "0" }), Either.right({ limit: 7, offset: 0 }))
    assert.deepStrictEqual<unknown>(read(Paging, {}), Either.right({}))
    assert.deepStrictEqual(read(Paging, { limit: "0", offset: "-1" }), Either.left(notWhole))
    assert.deepStrictEqual(read(Paging, { limit: "x", offset: "" }), Either.left(notWhole))
  })
})

describe("allOnZero", () => {
  const schema = Schema.Struct({ ...paging, limit: allOnZero })

  it("a limit of 0 in the query means all items", () => {
    assert.deepStrictEqual<unknown>(read(schema, { limit: "0" }), Either.right({ limit: undefined }))
    assert.deepStrictEqual<unknown>(read(schema, { limit: "7", offset: "1" }), Either.right({ limit: 7, offset: 1 }))
    assert.deepStrictEqual<unknown>(read(schema, {}), Either.right({}))
    for (const limit of ["-1", "00", "1.5", ""]) {
      assert.deepStrictEqual(read(schema, { limit }), Either.left("limit must be a whole number from 1"))
    }
  })

  it("the SDK never sends a limit of 0", () => {
    assert.deepStrictEqual(input(schema, { limit: 7 }), { value: { limit: "7" }, issues: [] })
    assert.deepStrictEqual(input(schema, {}), { value: {}, issues: [] })
    assert.deepStrictEqual(input(schema, { limit: undefined }).value["limit"], undefined)
    for (const limit of [0, -1, 1.5, "0", "7"]) {
      assert.strictEqual(problemsOf(schema, { limit }), "limit must be a whole number from 1")
    }
  })
})

describe("some", () => {
  const Changes = Schema.Struct({ a: Schema.optional(Schema.Number), b: Schema.optional(Schema.Number) }).pipe(
    some("a and b")
  )
  it("a record with no value is rejected, and one with any value is accepted", () => {
    for (const value of [{}, { a: undefined }, { a: undefined, b: undefined }]) {
      assert.deepStrictEqual(input(Changes, value).issues, [{ path: "", message: "must hold at least one of a and b" }])
    }
    for (const value of [{ a: 0 }, { a: undefined, b: 1 }]) assert.deepStrictEqual(input(Changes, value).issues, [])
  })
})

describe("millisOf", () => {
  it("returns the epoch milliseconds of every form of a date, and NaN for text that is not a date", () => {
    assert.strictEqual(millisOf("1970-01-01T00:00:01Z"), 1000)
    assert.strictEqual(millisOf(new Date(1000)), 1000)
    assert.strictEqual(millisOf(DateTime.unsafeMake(1000)), 1000)
    assert.strictEqual(millisOf(berlin(1000)), 1000)
    assert.isNaN(millisOf("soon"))
  })
})
