/** What a prediction server may send: the rows of predictions and the headers around them, and what is malformed. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Prediction } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { issuesOf } from "../deployments.js"
import { serving } from "../support.js"

const deployment = { id: "d1", predictionEnvironment: { platform: "datarobotServerless" } }
const row = { rowId: 0, prediction: "yes", predictionValues: [{ label: "yes", value: 0.87 }] }

const predict = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  Effect.either(Prediction.predict(deployment, [{ tenure: 3 }])).pipe(
    Effect.provide(serving({ "POST deployments/:id/predictions": MockHttpClient.json(body, { headers }) }))
  )

const first = (sent: object) =>
  Effect.map(predict({ data: [{ ...row, ...sent }] }), (end) => Either.getOrThrow(end).data[0])

/** The first row of the documentation, and the other columns of every kind of model. */
const full = {
  ...row,
  predictionThreshold: 0.5,
  deploymentApprovalStatus: "APPROVED",
  passthroughValues: { customer: "c-1", age: 7, vip: null },
  predictionExplanations: [
    {
      feature: "tenure",
      featureValue: 3,
      label: "yes",
      strength: 0.41,
      qualitativeStrength: "++",
      perNgramTextExplanations: [{ ngrams: [{ startingIndex: 0, endingIndex: 3 }], strength: 0.1 }],
      imageExplanationUrl: "https://dr.example.com/images/1"
    }
  ],
  shapExplanationsMetadata: { baseValue: 0.1, remainingTotal: 0.2, warnings: [] },
  adjustedPrediction: 1,
  predictionIntervals: { 80: { low: 1, high: 2 } },
  forecastPoint: "2020-01-01T00:00:00Z",
  forecastDistance: 1,
  timestamp: "2020-01-02T00:00:00Z",
  originalFormatTimestamp: "2020-01-02",
  seriesId: "store 1",
  extraModelOutput: { CITATION_CONTENT_0: "a" }
}

describe("The prediction for a row", () => {
  it.effect("has every column that the server sends", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* first(full), full)
    }))

  const lenient: ReadonlyArray<readonly [name: string, sent: object, read: object]> = [
    ["a class that is a number", { prediction: 0, predictionValues: [{ label: 0, value: 0.25 }] }, {
      prediction: 0,
      predictionValues: [{ label: 0, value: 0.25 }]
    }],
    ["the label of a regression", { prediction: 12.5, predictionValues: [{ label: "price", value: 12.5 }] }, {
      prediction: 12.5
    }],
    ["an empty class", { prediction: "" }, { prediction: "" }],
    ["no predictionValues", { predictionValues: undefined }, { predictionValues: [] }],
    ["null as predictionValues", { predictionValues: null }, { predictionValues: [] }],
    ["True as a flag", { isOutlierPrediction: "True" }, { isOutlierPrediction: true }],
    ["False as a flag", { isOutlierPrediction: "False" }, { isOutlierPrediction: false }],
    ["true as a flag", { isOutlierPrediction: true }, { isOutlierPrediction: true }],
    ["null as a flag", { isOutlierPrediction: null }, { isOutlierPrediction: null }],
    ["a new approval status", { deploymentApprovalStatus: "REVOKED" }, { deploymentApprovalStatus: "REVOKED" }],
    ["metadata that is a list", { shapExplanationsMetadata: [{ baseValue: 1 }] }, {
      shapExplanationsMetadata: [{ baseValue: 1 }]
    }],
    ["an explanation of only a feature", { predictionExplanations: [{ feature: "a" }] }, {
      predictionExplanations: [{ feature: "a" }]
    }],
    [
      "explanations with null, numbers and flags as values",
      {
        predictionExplanations: [{ feature: "a", featureValue: null, label: 1 }, { feature: "b", featureValue: true }]
      },
      { predictionExplanations: [{ feature: "a", featureValue: null, label: 1 }, { feature: "b", featureValue: true }] }
    ],
    ["no series", { seriesId: null }, { seriesId: null }],
    ["a series that is a number", { seriesId: 7 }, { seriesId: 7 }]
  ]
  for (const [name, sent, read] of lenient) {
    it.effect(`may have ${name}`, () =>
      Effect.gen(function*() {
        assert.deepInclude(yield* first(sent), read)
      }))
  }

  it.effect("needs only rowId and prediction, and its unknown columns are ignored", () =>
    Effect.gen(function*() {
      const end = yield* predict({
        newIn2030: 1,
        data: [{ rowId: 0, prediction: 1, newIn2030: {}, predictionExplanations: [{ feature: "a", newIn2030: [] }] }]
      })
      assert.deepStrictEqual(Either.getOrThrow(end), {
        data: [{ rowId: 0, prediction: 1, predictionValues: [], predictionExplanations: [{ feature: "a" }] }]
      })
    }))
})

describe("A malformed response to a prediction names its place, and shows no value", () => {
  const secret = "secret-of-a-customer"
  const at = (sent: object) => ({ data: [{ ...row, ...sent }] })
  const malformed: ReadonlyArray<readonly [name: string, body: unknown, ...paths: ReadonlyArray<string>]> = [
    ["no data", {}, "data"],
    ["null as data", { data: null }, "data"],
    ["a record as data", { data: { 0: row } }, "data"],
    ["a list", [row], ""],
    ["an error with status 200", { message: secret }, "data"],
    ["text as a row", { data: [secret] }, "data[0]"],
    ["no prediction", { data: [{ rowId: 0 }] }, "data[0].prediction"],
    ["null as prediction", at({ prediction: null }), "data[0].prediction"],
    ["a list as prediction", at({ prediction: [secret] }), "data[0].prediction"],
    ["no rowId", { data: [{ prediction: 1 }] }, "data[0].rowId"],
    ["text as rowId", at({ rowId: secret }), "data[0].rowId"],
    ["a fraction as rowId", at({ rowId: 0.5 }), "data[0].rowId"],
    [
      "text as a probability",
      at({ predictionValues: [{ label: "a", value: secret }] }),
      "data[0].predictionValues[0].value"
    ],
    ["no label", at({ predictionValues: [{ value: 1 }] }), "data[0].predictionValues[0].label"],
    ["a record as predictionValues", at({ predictionValues: { yes: 0.8 } }), "data[0].predictionValues"],
    ["text as threshold", at({ predictionThreshold: secret }), "data[0].predictionThreshold"],
    ["a list as passthroughValues", at({ passthroughValues: [secret] }), "data[0].passthroughValues"],
    [
      "an explanation without feature",
      at({ predictionExplanations: [{ strength: 1 }] }),
      "data[0].predictionExplanations[0].feature"
    ],
    ["a number as forecastPoint", at({ forecastPoint: 7 }), "data[0].forecastPoint"],
    ["no row", { data: [] }, "data"],
    ["two rows for one", { data: [row, { ...row, rowId: 1 }] }, "data"]
  ]
  for (const [name, body, ...paths] of malformed) {
    it.effect(`with ${name}`, () =>
      Effect.gen(function*() {
        const end = yield* predict(body)
        const error = Either.isLeft(end) ? end.left : undefined
        assert.isTrue(DataRobotError.isValidationError(error), String(error))
        if (!DataRobotError.isValidationError(error)) return
        assert.strictEqual(error.phase, "response")
        assert.deepStrictEqual(error.issues.map(({ path }) => path), paths)
        assert.notInclude(JSON.stringify(error) + error.message, secret)
      }))
  }

  it.effect("with more than ten problems, of which ten are named", () =>
    Effect.gen(function*() {
      const end = yield* predict({ data: Array.from({ length: 5_000 }, () => ({})) })
      assert.strictEqual(
        Either.isLeft(end) && DataRobotError.isValidationError(end.left) && issuesOf(end.left).length,
        10
      )
    }))
})

describe("The headers of a response to a prediction", () => {
  const metadata = (headers: Readonly<Record<string, string>>) =>
    Effect.map(predict({ data: [row] }, headers), (end) => {
      const { data: _, ...rest } = Either.getOrThrow(end)
      return rest
    })

  const table: ReadonlyArray<readonly [headers: Readonly<Record<string, string>>, read: object]> = [
    [{}, {}],
    [
      {
        "X-DataRobot-Execution-Time": "12.5",
        "X-DataRobot-Model-Cache-Hit": "true",
        "X-DataRobot-Request-ID": "r-1"
      },
      { executionTime: 12.5, modelCacheHit: true, requestId: "r-1" }
    ],
    [{ "x-datarobot-execution-time": " 7 ", "x-datarobot-model-cache-hit": "False" }, {
      executionTime: 7,
      modelCacheHit: false
    }],
    ...["", "soon", "-1", "1e3", "NaN", "Infinity", "1,5", "9".repeat(400)].map((time) =>
      [{ "x-datarobot-execution-time": time, "x-datarobot-model-cache-hit": time }, {}] as const
    ),
    [{ "x-request-id": "r-2" }, { requestId: "r-2" }]
  ]
  for (const [headers, read] of table) {
    it.effect(`${JSON.stringify(headers).slice(0, 100)} are read as ${JSON.stringify(read)}`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* metadata(headers), read)
      }))
  }
})
