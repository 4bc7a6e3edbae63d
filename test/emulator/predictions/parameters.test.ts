import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import { explain, type ExplanationRequest } from "../../../src/emulator/predictions/explanations.js"
import { modelOf, scoreOf } from "../../../src/emulator/predictions/pseudoModel.js"
import { ask, at, eachWay } from "../support.js"

eachWay((running) => {
  const deployments = [
    { id: "a" },
    { id: "b", project: { id: "p", target: "price", targetType: "Regression" } },
    { id: "c", project: { id: "p", target: "kind", targetType: "Multiclass" } }
  ]
  const rows = [{ city: "Bonn", age: 31 }, { city: "Ulm", height: 1.8 }]
  const predict = (query: string, id = "a") =>
    ask(`POST /predApi/v1.0/deployments/${id}/predictions?${query}`, { json: rows })

  it.effect("repeats the columns that are passed through; a row that has none of them has null", () =>
    Effect.gen(function*() {
      const some = (yield* predict("passthroughColumns=city&passthroughColumns=age")).json
      assert.deepStrictEqual(at(some, "data", 0, "passthroughValues"), { city: "Bonn", age: 31 })
      assert.deepStrictEqual(at(some, "data", 1, "passthroughValues"), { city: "Ulm", age: null })
      const all = (yield* predict("passthroughColumnsSet=all")).json
      assert.deepStrictEqual(at(all, "data", 1, "passthroughValues"), { city: "Ulm", age: null, height: 1.8 })
      assert.isUndefined(at((yield* predict("")).json, "data", 0, "passthroughValues"))
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("rejects wrong parameters as the prediction server does, and counts user errors", () =>
    Effect.gen(function*() {
      const wrong = [
        ["a", "wd=1", 422, "'wd': wd is not allowed key"],
        ["a", "passthroughColumns=", 422, "'passthroughColumns': blank value is not allowed"],
        [
          "a",
          "passthroughColumns=city&passthroughColumns=Name",
          400,
          "passthroughColumns do not match columns, columns expected but not found: [u'Name']"
        ],
        [
          "a",
          "passthroughColumns=city&passthroughColumnsSet=all",
          422,
          "'passthroughColumnsSet': must not be combined with passthroughColumns"
        ],
        ["a", "maxExplanations=-1", 422, "'maxExplanations': must be a whole number from 0, or \"all\""],
        [
          "a",
          "thresholdHigh=x&explanationAlgorithm=lime",
          422,
          "'explanationAlgorithm': must be xemp or shap; 'thresholdHigh': must be a finite number"
        ],
        ["a", "maxExplanations=1&maxExplanations=2", 422, undefined],
        ["a", "forecastPoint=2026-01-01", 422, "'forecastPoint': the model is not a time series model"],
        [
          "a",
          "relaxKnownInAdvanceFeaturesCheck=true",
          422,
          "'relaxKnownInAdvanceFeaturesCheck': the model is not a time series model"
        ],
        ["a", "predictionsStartDate=2026-01-01", 422, "'predictionsEndDate': is required with predictionsStartDate"],
        ["b", "explanationNumTopClasses=2", 422, "'explanationNumTopClasses': the model is not a classification"],
        ["c", "explanationClassNames=D", 422, "'explanationClassNames': the model has no class D"]
      ] as const
      for (const [id, query, status, message] of wrong) {
        const answer = yield* predict(query, id)
        assert.strictEqual(answer.status, status, query)
        if (message !== undefined) assert.deepStrictEqual(answer.json, { message }, query)
      }
      const { json } = yield* ask("GET modelDeployments/a/serviceStats/")
      assert.strictEqual(at(json, "totalRequests"), wrong.filter(([id]) => id === "a").length)
      assert.strictEqual(at(json, "userErrorRate", "current"), 1)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("explains predictions only if the request asks for it: by default 3 with xemp, all with shap", () =>
    Effect.gen(function*() {
      const wide = [Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`f${index}`, index]))]
      const count = (query: string) =>
        Effect.map(
          ask(`POST /predApi/v1.0/deployments/a/predictions?${query}`, { json: wide }),
          ({ json }) => at(json, "data", 0, "predictionExplanations", "length")
        )
      assert.deepStrictEqual(
        [
          yield* count(""),
          yield* count("maxExplanations=0"),
          yield* count("maxExplanations=2"),
          yield* count("maxExplanations=all"),
          yield* count("explanationAlgorithm=xemp"),
          yield* count("explanationAlgorithm=shap"),
          yield* count("explanationAlgorithm=shap&maxExplanations=1"),
          yield* count("explanationNumTopClasses=2")
        ],
        [undefined, undefined, 2, 6, 3, 6, 1, 6]
      )
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("explains the named classes, or the likeliest ones, and only predictions outside the thresholds", () =>
    Effect.gen(function*() {
      const labels = (json: unknown) =>
        [0, 1].map((row) => {
          const explanations = at(json, "data", row, "predictionExplanations")
          return Array.isArray(explanations) ? [...new Set(explanations.map((one) => at(one, "label")))] : explanations
        })
      const named = (yield* predict("explanationClassNames=C&explanationClassNames=A", "c")).json
      assert.deepStrictEqual(labels(named), [["C", "A"], ["C", "A"]])
      const top = (yield* predict("explanationNumTopClasses=1", "c")).json
      assert.deepStrictEqual(labels(top), [[at(top, "data", 0, "prediction")], [at(top, "data", 1, "prediction")]])

      const prices = (yield* predict("", "b")).json
      const [one, other] = [0, 1].map((row) => Number(at(prices, "data", row, "prediction")))
      const middle = ((one ?? 0) + (other ?? 0)) / 2
      const high = (yield* predict(`thresholdHigh=${middle}`, "b")).json
      assert.deepStrictEqual(labels(high), Number(one) > middle ? [["price"], []] : [[], ["price"]])
      const low = (yield* predict(`thresholdLow=${middle}`, "b")).json
      assert.deepStrictEqual(labels(low), Number(one) < middle ? [["price"], []] : [[], ["price"]])
      const both = (yield* predict("thresholdLow=0&thresholdHigh=100", "b")).json
      assert.deepStrictEqual(labels(both), [[], []])
      const shap = (yield* predict("thresholdLow=0&thresholdHigh=100&explanationAlgorithm=shap", "b")).json
      assert.deepStrictEqual(labels(shap), [["price"], ["price"]])
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("marks outliers and repeats the prediction as adjusted, if the request asks for it", () =>
    Effect.gen(function*() {
      yield* ask("PATCH deployments/b/settings/", {
        json: { predictionWarning: { enabled: true, customBoundaries: { lower: 200, upper: 300 } } }
      })
      yield* ask("POST /__emulator/clock/advance", { json: { duration: "1 minute" } })
      const { json } = yield* predict("predictionWarningEnabled=true&excludeAdjustedPredictions=false", "b")
      assert.isTrue(at(json, "data", 0, "isOutlierPrediction"))
      assert.strictEqual(at(json, "data", 0, "adjustedPrediction"), at(json, "data", 0, "prediction"))
      const plain = (yield* predict("predictionWarningEnabled=false&excludeAdjustedPredictions=true", "b")).json
      assert.isUndefined(at(plain, "data", 0, "isOutlierPrediction"))
      assert.isUndefined(at(plain, "data", 0, "adjustedPrediction"))
    }).pipe(Effect.provide(running({ deployments }))))
})

describe("The explanations of the pseudo-model", () => {
  const value = FastCheck.oneof(FastCheck.string(), FastCheck.integer(), FastCheck.constant(null))
  const row = FastCheck.dictionary(FastCheck.string(), value, { maxKeys: 6 })
  const request: ExplanationRequest = {
    algorithm: "shap",
    count: Infinity,
    classes: 1,
    high: undefined,
    low: undefined
  }
  const binary = modelOf({ id: "p", targetType: "Binary" })
  const number = modelOf({ id: "p", target: "t" })
  const strengths = ({ predictionExplanations }: ReturnType<typeof explain>) =>
    (predictionExplanations ?? []).map(({ strength }) => strength ?? 0)

  it.prop("add up with shap: the base value, what is shown and the rest are the prediction", [
    row,
    FastCheck.constantFrom(binary, number),
    FastCheck.constantFrom(1, 2, Infinity)
  ], ([row, model, count]) => {
    const explained = explain(model, row, { ...request, count })
    const shown = strengths(explained).reduce((sum, one) => sum + one, 0)
    const metadata = explained.shapExplanationsMetadata
    const sum = Number(at(metadata, "baseValue")) + shown + Number(at(metadata, "remainingTotal"))
    assert.approximately(sum, scoreOf(model, row), 1e-4)
  })

  it.prop("have with xemp the change of the prediction without the feature, strongest first", [row], ([row]) => {
    const explained = explain(number, row, { ...request, algorithm: "xemp" })
    for (const { feature, strength } of explained.predictionExplanations ?? []) {
      const rest = Object.fromEntries(Object.entries(row).filter(([name]) => name !== feature))
      assert.approximately(strength ?? NaN, scoreOf(number, row) - scoreOf(number, rest), 1e-4)
    }
    const sizes = strengths(explained).map(Math.abs)
    assert.deepStrictEqual(sizes, [...sizes].sort((a, b) => b - a))
    assert.strictEqual(sizes.length, Object.keys(row).length)
  })
})
