/** Accuracy metrics, compared with calculations from their definitions. */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { measures, metricsOf } from "../../../src/emulator/monitoring/accuracy.js"
import type { Pair } from "../../../src/emulator/monitoring/rows.js"

const pair = (score: number, actualValue: number | string): Pair => ({
  row: { time: 0, modelId: "m", associationId: "r", features: {}, score },
  actual: { associationId: "r", actualValue, wasActedOn: null, timestamp: null }
})

const measure = (target: string, pairs: ReadonlyArray<Pair>, metric: string) => measures(target, pairs)(metric)

/** Scores with many equal values, so that ties occur. */
const score = FastCheck.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10)
const binaries = FastCheck.array(FastCheck.tuple(score, FastCheck.constantFrom(0, 1)), { minLength: 1, maxLength: 40 })

const close = (found: number | null, expected: number | null) => {
  if (expected === null || found === null) assert.strictEqual(found, expected)
  else assert.closeTo(found, expected, 1e-9)
}

describe("Accuracy metrics of a binary target", () => {
  it.prop("AUC is the share of pairs in which the positive has the higher score", [binaries], ([samples]) => {
    const positives = samples.filter(([, actual]) => actual === 1)
    const negatives = samples.filter(([, actual]) => actual === 0)
    const wins = positives.flatMap(([mine]) => negatives.map(([other]) => mine > other ? 1 : mine === other ? 0.5 : 0))
    const expected = wins.length === 0 ? null : wins.reduce<number>((sum, win) => sum + win, 0) / wins.length
    close(measure("Binary", samples.map(([one, actual]) => pair(one, actual)), "AUC"), expected)
  })

  it.prop("rates are computed from counts of right and wrong classes", [binaries], ([samples]) => {
    const pairs = samples.map(([one, actual]) => pair(one, String(actual)))
    const of = (metric: string) => measure("Binary", pairs, metric)
    const right = samples.filter(([one, actual]) => (one >= 0.5 ? 1 : 0) === actual).length
    close(of("Accuracy"), right / samples.length)
    const [tpr, tnr, fpr] = [of("TPR"), of("TNR"), of("FPR")]
    close(of("Balanced Accuracy"), tpr === null || tnr === null ? null : (tpr + tnr) / 2)
    if (tnr !== null) close(fpr, 1 - tnr)
    const precision = of("PPV")
    if (precision !== null && tpr !== null && precision + tpr > 0) {
      close(of("F1"), 2 * precision * tpr / (precision + tpr))
    }
  })

  it("have the expected values for a small sample", () => {
    const pairs = [pair(0.9, 1), pair(0.8, 0), pair(0.3, 1), pair(0.1, 0)]
    const of = (metric: string) => measure("Binary", pairs, metric)
    close(of("LogLoss"), -(Math.log(0.9) + Math.log(0.2) + Math.log(0.3) + Math.log(0.9)) / 4)
    close(of("AUC"), 0.75)
    close(of("Gini Norm"), 0.5)
    close(of("MCC"), 0)
    close(of("NPV"), 0.5)
  })

  it("treat every notation of the number 1 as the positive class", () => {
    for (const one of [1, "1", "1.0", " 1e0"]) {
      assert.strictEqual(measure("Binary", [pair(0.9, one), pair(0.1, "0.0")], "Accuracy"), 1)
    }
    for (const other of ["yes", "", "true"]) assert.strictEqual(measure("Binary", [pair(0.9, other)], "Accuracy"), 0)
  })

  it("keep LogLoss finite for a certain but wrong prediction", () => {
    const loss = measure("Binary", [pair(1, 0)], "LogLoss")
    assert.isTrue(Number.isFinite(loss) && (loss ?? 0) > 30)
  })
})

describe("Accuracy metrics of a regression", () => {
  it("have the expected values for a small sample", () => {
    const pairs = [pair(2, 1), pair(4, "4"), pair(3, 5)]
    const of = (metric: string) => measure("Regression", pairs, metric)
    close(of("RMSE"), Math.sqrt(5 / 3))
    close(of("MAE"), 1)
    close(of("MAPE"), 100 * (1 + 0 + 0.4) / 3)
    close(of("R Squared"), 1 - (5 / 3) / (26 / 9))
  })

  it("leave MAPE null for a zero, and R Squared null without a spread", () => {
    assert.strictEqual(measure("Regression", [pair(1, 0)], "MAPE"), null)
    assert.strictEqual(measure("Regression", [pair(1, 2), pair(3, 2)], "R Squared"), null)
  })
})

it("every listed accuracy metric has a formula, and is null for an empty sample or an unknown name", () => {
  for (const target of ["Binary", "Regression"]) {
    for (const metric of metricsOf(target)) {
      const pairs = [pair(0.9, 1), pair(0.2, 2), pair(0.6, 1), pair(0.1, 3)]
      assert.isNumber(measure(target, pairs, metric), metric)
      assert.strictEqual(measure(target, [], metric), null)
    }
    for (const name of ["constructor", "toString", "__proto__", "Rate@Top5%"]) {
      assert.strictEqual(measure(target, [pair(1, 1)], name), null, name)
    }
  }
})
