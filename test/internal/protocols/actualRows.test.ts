import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { actualIssues, actualsBody, isActual } from "../../../src/internal/protocols/actualRows.js"
import { Actual, ActualsInput } from "../../../src/wire/actuals.js"
import { untyped } from "../../support.js"

const strict = { onExcessProperty: "error" } as const
const encodeBody = Schema.encodeUnknownEither(ActualsInput, strict)
const accepts = (row: unknown) => Either.isRight(Schema.encodeUnknownEither(Actual, strict)(row))

const fc = FastCheck
const instant = fc.date({ noInvalidDate: false })
const dates = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    "2022-03-01",
    "2022-03-01T10:30",
    "2022-03-01T10:30Z",
    "2022-03-01T10:30:00Z",
    "2022-03-01 10:30:00Z",
    "2022-03-01T10:30:00.5Z",
    "2022-03-01T10:30:00.5678Z",
    "2022-03-01T10:30:00.567Z",
    "2022-03-01T10:30:00+02:00",
    "2022-02-30T10:30:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "",
    "yesterday"
  ),
  instant,
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => DateTime.unsafeMake(date)),
  fc.constant(DateTime.unsafeMakeZoned("2022-03-01T10:30:00Z", { timeZone: "Europe/Berlin" }))
)
const odd = fc.constantFrom(null, undefined, NaN, Infinity, -0, 1n, Symbol.iterator, [], {}, () => 1, new Date(NaN))
const values = fc.oneof({ weight: 6, arbitrary: fc.oneof(fc.string(), fc.double(), fc.boolean(), dates) }, odd)
const id = fc.oneof(fc.string(), fc.constantFrom(" ", "x".repeat(128), "x".repeat(129), "\u2003", " a "))

/** Rows, most of them valid. The others have a wrong value, another key, or lack one. */
const fields = fc.record({
  associationId: fc.oneof({ weight: 8, arbitrary: id }, values),
  actualValue: fc.oneof({ weight: 8, arbitrary: fc.oneof(fc.string(), fc.double({ noNaN: true })) }, values),
  wasActedOn: fc.oneof({ weight: 8, arbitrary: fc.option(fc.boolean(), { nil: undefined }) }, values),
  timestamp: fc.oneof({ weight: 8, arbitrary: dates }, values)
}, { requiredKeys: [] })

/** Makes the keys own, inherited, hidden, or computed, and adds others. */
const shapes: ReadonlyArray<(row: object) => unknown> = [
  (row) => Object.create(null, Object.getOwnPropertyDescriptors(row)),
  (row) => Object.create(row),
  (row) =>
    Object.assign(Object.create({ wasActedOn: 5, timestamp: 5, associationId: "inherited", actualValue: 1 }), row),
  (row) => ({ ...row, score: 1 }),
  (row) => ({ ...row, [Symbol.for("hidden")]: 1 }),
  (row) => Object.defineProperty({ ...row }, "hidden", { value: 1, enumerable: false }),
  (row) => Object.defineProperty({ ...row }, "associationId", { get: () => "computed", enumerable: false }),
  (row) => Object.assign(() => 1, row),
  (row) => Object.assign([1], row),
  (row) => Object.freeze({ ...row })
]
const rows = fc.oneof(
  { weight: 20, arbitrary: fields },
  { weight: 10, arbitrary: fc.tuple(fields, fc.constantFrom(...shapes)).map(([row, shape]) => shape(row)) },
  values
)

describe("Rows of actual values", () => {
  it("are accepted exactly if Schema accepts them", () => {
    fc.assert(fc.property(rows, (row) => isActual(row) === accepts(row)), { numRuns: 3000 })
  })

  it("are written as Schema encodes them", () => {
    fc.assert(
      fc.property(
        fc.array(rows.filter(accepts), { maxLength: 3 }),
        fc.constantFrom(undefined, true, false),
        (data, keep) => {
          const { content, issues } = actualsBody(untyped(data), keep, { checked: false, offset: 0 })
          assert.deepStrictEqual(issues, [])
          const encoded = Either.getOrThrow(encodeBody({ data, keepActualsWithoutPredictions: keep }))
          assert.strictEqual(content, JSON.stringify(encoded))
        }
      ),
      { numRuns: 1000 }
    )
  })

  it("that were checked are checked again for values that cannot be sent", () => {
    const row = { associationId: "1", actualValue: NaN }
    const { issues } = actualsBody([row], undefined, { checked: true, offset: 20_000 })
    assert.deepStrictEqual(issues, [
      { path: "actuals[20000].actualValue", message: "must be a string or a finite number" }
    ])
  })

  it("have the same issues in the check of all rows as in the body of their request", () => {
    const row = { associationId: "1", actualValue: 1 }
    const all = Array.from({ length: 10_002 }, (_, index) => index < 10_001 ? row : { ...row, more: 1 })
    const { issues } = actualsBody(all.slice(10_000), undefined, { checked: false, offset: 10_000 })
    assert.deepStrictEqual(issues, [{ path: "actuals[10001].more", message: "is not known here" }])
    assert.deepStrictEqual(actualIssues(all, undefined), issues)
  })
})
