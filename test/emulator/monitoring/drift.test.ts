/** The population stability index (PSI), and the features of rows. */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { featuresOf, isNumeric, psi, valuesOf } from "../../../src/emulator/monitoring/drift.js"
import type { PredictedRow } from "../../../src/emulator/monitoring/rows.js"

const value = FastCheck.oneof(FastCheck.integer({ min: -50, max: 50 }), FastCheck.constantFrom("a", "b", "", null))
const values = FastCheck.array(value, { minLength: 1, maxLength: 60 })

describe("The population stability index", () => {
  it("is computed from the shares of each value", () => {
    const before = ["a", "a", "a", "b"]
    const after = ["a", "b", "b", "b"]
    const expected = (0.25 - 0.75) * Math.log(0.25 / 0.75) + (0.75 - 0.25) * Math.log(0.75 / 0.25)
    assert.closeTo(psi(before, after) ?? 0, expected, 1e-12)
  })

  it("groups numbers into bins with equal shares of the baseline", () => {
    const baseline = Array.from({ length: 100 }, (_, index) => index)
    // The upper half: five bins have twice their share, the others are empty.
    const upper = baseline.filter((one) => one >= 50)
    const half = 5 * (0.2 - 0.1) * Math.log(0.2 / 0.1) + 5 * (1e-4 - 0.1) * Math.log(1e-4 / 0.1)
    assert.closeTo(psi(baseline, upper) ?? 0, half, 1e-9)
    assert.closeTo(psi(baseline.map(String), upper.map(String)) ?? 0, half, 1e-9)
  })

  it.prop("is never negative, is 0 for equal samples, and does not depend on the order", [values, values], ([a, b]) => {
    const index = psi(a, b)
    assert.isTrue(index !== null && Number.isFinite(index) && index >= 0)
    assert.closeTo(psi(a, a) ?? -1, 0, 1e-12)
    assert.closeTo(psi([...a].reverse(), [...b].reverse()) ?? -1, index ?? 0, 1e-9)
  })

  it("is null for an empty sample", () => {
    assert.strictEqual(psi([], [1]), null)
    assert.strictEqual(psi([1], []), null)
  })
})

describe("The features of predicted rows", () => {
  const row = (features: PredictedRow["features"]): PredictedRow => ({
    time: 0,
    modelId: "m",
    associationId: null,
    features,
    score: 0
  })

  it("are the union over all rows, with null for missing values", () => {
    const rows = [row({ a: 1 }), row({ b: "x", a: 2 })]
    assert.deepStrictEqual(featuresOf(rows), ["a", "b"])
    assert.deepStrictEqual(valuesOf(rows, "b"), [null, "x"])
  })

  it("are numeric if all existing values are numbers", () => {
    assert.isTrue(isNumeric([1, "2.5", null, "", "1e3"]))
    assert.isFalse(isNumeric([1, "two"]))
    assert.isFalse(isNumeric([null, ""]))
    assert.isFalse(isNumeric([true]))
  })
})
