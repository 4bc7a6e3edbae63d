import { assert, describe, it } from "@effect/vitest"
import { DeploymentMonitoring } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import {
  accepted,
  envelope,
  finished,
  type Operation,
  refused,
  refusedAt,
  sends,
  starts,
  unreadable,
  waits,
  week
} from "./deployments.js"
import { id, sent, serving, untyped } from "./support.js"

const { json, text } = MockHttpClient
const {
  deleteMonitoringData,
  getAccuracy,
  getAccuracyOverTime,
  getFeatureDrift,
  getPredictionsOverTime,
  getTargetDrift,
  listPredictionResults,
  startDeleteMonitoringData,
  streamPredictionResults
} = DeploymentMonitoring

const below = (route: string) => `GET deployments/${id}/${route}/`
const targetDrift = "GET deployments/:id/targetDrift/"
const featureDrift = "GET deployments/:id/featureDrift/"
const accuracy = "GET deployments/:id/accuracy/"
const accuracyOverTime = "GET deployments/:id/accuracyOverTime/"
const predictionsOverTime = "GET deployments/:id/predictionsOverTime/"
const predictionResults = "GET deployments/:id/predictionResults/"
const deletions = "POST deployments/:id/monitoringDataDeletions/"

const driftOfTarget = {
  modelId: "m1",
  period: week,
  metric: "psi",
  targetName: "churned",
  driftScore: 0.25,
  sampleSize: 120,
  baselineSampleSize: 1000
}

const server: MockHttpClient.Routes = {
  [targetDrift]: json(driftOfTarget),
  [featureDrift]: envelope([]),
  [accuracy]: json({ modelId: "m1", period: week, metrics: {} }),
  [accuracyOverTime]: json({ metric: "LogLoss", modelId: "m1", baseline: null, summary: null, buckets: [] }),
  [predictionsOverTime]: json({ baselines: [], buckets: [] }),
  [predictionResults]: envelope([]),
  [deletions]: accepted,
  "GET status/s1/": finished
}

const zoned = DateTime.unsafeMakeZoned("2022-03-01T10:00:00Z", { timeZone: "Europe/Berlin" })
const period = { startTime: "2022-03-01", endTime: zoned, modelId: "m1" }
const asSent = { start: "2022-03-01T00:00:00.000Z", end: "2022-03-01T10:00:00.000Z", modelId: "m1" }
const segment = { segmentAttribute: "DataRobot-Consumer", segmentValue: "ana@example.com" }

describe("DeploymentMonitoring requests", () => {
  sends(server, {
    getTargetDrift: { operation: getTargetDrift(id), line: below("targetDrift") },
    "getTargetDrift with a period": {
      operation: getTargetDrift(id, { ...period, metric: "kl_divergence" }),
      line: below("targetDrift"),
      query: { ...asSent, metric: "kl_divergence" }
    },
    getFeatureDrift: { operation: getFeatureDrift(id), line: below("featureDrift"), query: { limit: "100" } },
    "getFeatureDrift with a period": {
      operation: getFeatureDrift(id, { ...period, metric: "hellinger", limit: 5, offset: 2 }),
      line: below("featureDrift"),
      query: { ...asSent, metric: "hellinger", limit: "5", offset: "2" }
    },
    getAccuracy: { operation: getAccuracy(id, { startTime: undefined }), line: below("accuracy") },
    "getAccuracy with a period": {
      operation: getAccuracy(id, { ...period, ...segment }),
      line: below("accuracy"),
      query: { ...asSent, ...segment }
    },
    getAccuracyOverTime: { operation: getAccuracyOverTime(id), line: below("accuracyOverTime") },
    "getAccuracyOverTime with a period": {
      operation: getAccuracyOverTime(id, { ...period, ...segment, metric: "Rate@Top5%", bucketSize: "P7D" }),
      line: below("accuracyOverTime"),
      query: { ...asSent, ...segment, metric: "Rate@Top5%", bucketSize: "P7D" }
    },
    getPredictionsOverTime: { operation: getPredictionsOverTime(id), line: below("predictionsOverTime") },
    "getPredictionsOverTime with a period": {
      operation: getPredictionsOverTime(id, {
        ...period,
        bucketSize: "PT1H",
        targetClass: "yes",
        includePercentiles: true
      }),
      line: below("predictionsOverTime"),
      query: { ...asSent, bucketSize: "PT1H", targetClass: "yes", includePercentiles: "true" }
    },
    listPredictionResults: {
      operation: listPredictionResults(id),
      line: below("predictionResults"),
      query: { limit: "100" }
    },
    "listPredictionResults with filters and times that are not full hours": {
      operation: listPredictionResults(id, {
        startTime: new Date("2022-03-01T10:11:12.345Z"),
        endTime: "2022-03-01T12:00:00.5+01:00",
        modelId: "m1",
        actualsPresent: false,
        limit: 5,
        offset: 2
      }),
      line: below("predictionResults"),
      query: {
        start: "2022-03-01T10:11:12.345Z",
        end: "2022-03-01T11:00:00.500Z",
        modelId: "m1",
        actualsPresent: "false",
        limit: "5",
        offset: "2"
      }
    },
    streamPredictionResults: {
      operation: Stream.runDrain(streamPredictionResults(id, { actualsPresent: true })),
      line: below("predictionResults"),
      query: { actualsPresent: "true", limit: "100" }
    },
    deleteMonitoringData: {
      operation: deleteMonitoringData(id, period),
      line: `POST deployments/${id}/monitoringDataDeletions/`,
      body: asSent,
      after: ["GET status/s1/"]
    },
    startDeleteMonitoringData: {
      operation: startDeleteMonitoringData(id, { modelId: "m1", startTime: undefined }),
      line: `POST deployments/${id}/monitoringDataDeletions/`,
      body: { modelId: "m1" }
    }
  })
})

describe("Invalid DeploymentMonitoring arguments", () => {
  type Period = DeploymentMonitoring.DeleteMonitoringDataInput
  const topOfHour = "must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z"
  const date = "must be an ISO 8601 date, a Date or a DateTime"
  const inOrder = "must have a startTime that is before its endTime"
  const blank = "must be a string that is not blank"
  const bucket = "bucketSize must be an ISO 8601 duration of whole hours, such as PT1H or P7D"

  const byHour: Readonly<Record<string, (which: Period, ref?: string) => Operation>> = {
    getTargetDrift: (which, ref = id) => getTargetDrift(ref, which),
    getFeatureDrift: (which, ref = id) => getFeatureDrift(ref, which),
    getAccuracy: (which, ref = id) => getAccuracy(ref, which),
    getAccuracyOverTime: (which, ref = id) => getAccuracyOverTime(ref, which),
    getPredictionsOverTime: (which, ref = id) => getPredictionsOverTime(ref, which),
    deleteMonitoringData: (which, ref = id) => deleteMonitoringData(ref, which),
    startDeleteMonitoringData: (which, ref = id) => startDeleteMonitoringData(ref, which)
  }
  const anyTime: typeof byHour = {
    listPredictionResults: (which, ref = id) => listPredictionResults(ref, which),
    streamPredictionResults: (which, ref = id) => Stream.runDrain(streamPredictionResults(ref, which))
  }
  const of = { modelId: "m1" }

  for (const [name, operation] of Object.entries(byHour)) {
    refused(
      `times that are not at the top of an hour in ${name}`,
      operation({
        ...of,
        startTime: "2022-03-01T10:00:00.001Z",
        endTime: new Date("2022-03-02T00:30:00Z")
      }),
      `startTime ${topOfHour}`,
      `endTime ${topOfHour}`
    )
  }
  for (const [name, operation] of Object.entries({ ...byHour, ...anyTime })) {
    refused(
      `a period of zero length in ${name}`,
      operation({ ...of, startTime: "2022-03-01", endTime: "2022-03-01T00:00Z" }),
      inOrder
    )
    refused(
      `a period that ends before it starts in ${name}`,
      operation({ ...of, startTime: "2022-03-02", endTime: new Date("2022-03-01") }),
      inOrder
    )
    refused(
      `invalid dates in ${name}`,
      operation({ ...of, startTime: "yesterday", endTime: untyped(1646092800000) }),
      `startTime ${date}`,
      `endTime ${date}`
    )
    refused(`a blank modelId in ${name}`, operation({ modelId: " " }), `modelId ${blank}`)
    refused(
      `the wire name start in ${name}`,
      operation(untyped({ ...of, start: "2022-03-01" })),
      "start is not known here"
    )
  }

  refusedAt("an unknown metric in getTargetDrift", getTargetDrift(id, untyped({ metric: "PSI" })), "metric")
  refusedAt("an unknown metric in getFeatureDrift", getFeatureDrift(id, untyped({ metric: "PSI" })), "metric")
  refused("a blank accuracy metric", getAccuracyOverTime(id, { metric: "" }), `metric ${blank}`)
  refused("a blank segment attribute", getAccuracy(id, { segmentAttribute: "" }), `segmentAttribute ${blank}`)
  refused("a bucketSize of half an hour", getAccuracyOverTime(id, { bucketSize: "PT30M" }), bucket)
  refused("a bucketSize without a length", getPredictionsOverTime(id, { bucketSize: "P" }), bucket)
  refused(
    "a string instead of a boolean",
    getPredictionsOverTime(id, untyped({ includePercentiles: "true" })),
    "includePercentiles must be boolean | undefined, but is a string"
  )
  refused("a limit of 0 in getFeatureDrift", getFeatureDrift(id, { limit: 0 }), "limit must be a whole number from 1")
  refused(
    "a limit of 0 in listPredictionResults",
    listPredictionResults(id, { limit: 0 }),
    "limit must be a whole number from 1"
  )
  refused("a negative offset", listPredictionResults(id, { offset: -1 }), "offset must be a whole number from 0")
  refused("a deletion without a modelId", deleteMonitoringData(id, untyped({})), "modelId is missing")
})

describe("DeploymentMonitoring responses", () => {
  const reads = <A>(
    name: string,
    operation: Effect.Effect<A, unknown, Effect.Effect.Context<Operation>>,
    route: string,
    body: unknown,
    expected: unknown
  ) =>
    it.effect(name, () =>
      Effect.gen(function*() {
        const found: unknown = yield* operation
        assert.deepStrictEqual(found, expected)
      }).pipe(Effect.provide(serving({ [route]: json(body) }))))
  const start = DateTime.unsafeMake("2022-03-01T00:00:00Z")
  const end = DateTime.unsafeMake("2022-03-08T00:00:00Z")

  reads("target drift is decoded completely", getTargetDrift(id), targetDrift, { ...driftOfTarget, newIn2030: 1 }, {
    ...driftOfTarget,
    period: { start, end }
  })
  reads("target drift may be null in every field", getTargetDrift(id), targetDrift, {
    modelId: null,
    period: null,
    metric: null,
    targetName: null,
    driftScore: null,
    sampleSize: null,
    baselineSampleSize: null
  }, {
    modelId: null,
    period: null,
    metric: null,
    targetName: null,
    driftScore: null,
    sampleSize: null,
    baselineSampleSize: null
  })
  reads("target drift may lack fields and have an unknown metric", getTargetDrift(id), targetDrift, {
    metric: "new_divergence",
    period: { start: null }
  }, { metric: "new_divergence", period: { start: null } })

  const feature = { name: "age", driftScore: null, featureImpact: 1, sampleSize: 0, baselineSampleSize: 10 }
  it.effect("each feature gets the model, the period and the metric of its page", () =>
    Effect.gen(function*() {
      const found: unknown = yield* getFeatureDrift(id)
      assert.deepStrictEqual(found, [
        { ...feature, modelId: "m1", period: { start, end }, metric: "psi" },
        { name: "a b @ 5%", featureImpact: null, modelId: "m1", period: { start, end }, metric: "psi" },
        { name: "last", modelId: null, period: null, metric: null }
      ])
      assert.deepStrictEqual(yield* sent, [
        `${below("featureDrift")}?limit=100`,
        `${below("featureDrift")}?limit=25&offset=25`
      ])
    }).pipe(Effect.provide(serving({
      [featureDrift]: [
        envelope(
          [feature, { name: "a b @ 5%", featureImpact: null }],
          `deployments/${id}/featureDrift/?offset=25&limit=25&metric=hellinger`,
          { modelId: "m1", period: week, metric: "psi" }
        ),
        envelope([{ name: "last" }])
      ]
    }))))

  it.effect("getFeatureDrift truncates a page to the limit", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* getFeatureDrift(id, { limit: 1 })).map(({ name }) => name), ["a"])
    }).pipe(Effect.provide(serving({ [featureDrift]: envelope([{ name: "a" }, { name: "b" }]) }))))

  const metrics = {
    LogLoss: { value: 0.5, baselineValue: 0.4, percentChange: 25 },
    "Rate@Top5%": { value: null, baselineValue: null, percentChange: null },
    "Balanced Accuracy": {},
    "FVE Binomial": { value: 0 },
    constructor: { value: 1 }
  }
  reads("accuracy metrics keep their names and their nulls", getAccuracy(id), accuracy, {
    modelId: null,
    period: null,
    metrics
  }, { modelId: null, period: null, metrics })

  it.effect("an accuracy metric named __proto__ is dropped", () =>
    Effect.gen(function*() {
      const found = yield* getAccuracy(id)
      assert.deepStrictEqual(Object.keys(found.metrics), ["AUC"])
      assert.strictEqual(Object.getPrototypeOf(found.metrics), Object.prototype)
      assert.notProperty(found.metrics, "value")
    }).pipe(Effect.provide(serving({
      [accuracy]: text(
        "{\"metrics\":{\"__proto__\":{\"value\":1},\"\\u005f_proto__\":{\"value\":2},\"AUC\":{\"value\":0.5}}}"
      )
    }))))

  reads("accuracy over time may lack its baseline and its summary", getAccuracyOverTime(id), accuracyOverTime, {
    metric: "Rate@Top10%",
    buckets: [
      { period: week, value: 0.5, sampleSize: 3, valuePerClass: { "a b": 0.1 } },
      { period: null, value: null, sampleSize: null, valuePerClass: null },
      {}
    ]
  }, {
    metric: "Rate@Top10%",
    buckets: [
      { period: { start, end }, value: 0.5, sampleSize: 3, valuePerClass: { "a b": 0.1 } },
      { period: null, value: null, sampleSize: null, valuePerClass: null },
      {}
    ]
  })
  reads("accuracy over time keeps its nulls", getAccuracyOverTime(id), accuracyOverTime, {
    metric: "RMSE",
    modelId: null,
    baseline: null,
    summary: { period: null, value: null },
    buckets: []
  }, { metric: "RMSE", modelId: null, baseline: null, summary: { period: null, value: null }, buckets: [] })

  reads(
    "a bucket of predictions is returned unchanged except for its period",
    getPredictionsOverTime(id),
    predictionsOverTime,
    {
      baselines: [{ period: null, "mean@": 0.5 }],
      buckets: [{ period: week, rowCount: 7, classDistribution: [{ className: "a b", count: 7 }] }, {}]
    },
    {
      baselines: [{ period: null, "mean@": 0.5 }],
      buckets: [{ period: { start, end }, rowCount: 7, classDistribution: [{ className: "a b", count: 7 }] }, {}]
    }
  )

  const row = { predictionId: "p1", "a b%": null, actual: { deep: [1] } }
  reads("a prediction row is returned unchanged", listPredictionResults(id), predictionResults, {
    data: [row, {}],
    next: null
  }, [row, {}])

  it.effect("streamPredictionResults follows next and requests a page only when its first row is pulled", () =>
    Effect.gen(function*() {
      const rows = streamPredictionResults(id, { modelId: "m1" })
      assert.strictEqual((yield* Stream.runCollect(Stream.take(rows, 1))).length, 1)
      assert.strictEqual((yield* sent).length, 1)
      assert.deepStrictEqual([...yield* Stream.runCollect(rows)], [{ row: 1 }, { row: 2 }])
      assert.strictEqual((yield* sent)[2], `${below("predictionResults")}?modelId=m1&limit=1&offset=1`)
    }).pipe(Effect.provide(serving({
      [predictionResults]: [
        envelope([{ row: 1 }], `deployments/${id}/predictionResults/?offset=1&limit=1`),
        envelope([{ row: 1 }], `deployments/${id}/predictionResults/?offset=1&limit=1`),
        envelope([{ row: 2 }])
      ]
    }))))

  it.effect("an issue names the path of a missing or invalid field", () =>
    Effect.all([
      unreadable(getFeatureDrift(id), { [featureDrift]: envelope([{ name: "a" }, {}]) }, "data[1].name is missing"),
      unreadable(getFeatureDrift(id), { [featureDrift]: json({ modelId: "m1" }) }, "data is missing"),
      unreadable(getAccuracy(id), { [accuracy]: json({ modelId: "m1" }) }, "metrics is missing"),
      unreadable(
        getAccuracy(id),
        { [accuracy]: json({ metrics: { "Rate@Top5%": { value: "0.5" } } }) },
        "metrics.Rate@Top5%.value must be number | null, but is a string"
      ),
      unreadable(
        getAccuracyOverTime(id),
        { [accuracyOverTime]: json({}) },
        "metric is missing",
        "buckets is missing"
      ),
      unreadable(
        getPredictionsOverTime(id),
        { [predictionsOverTime]: json({}) },
        "baselines is missing",
        "buckets is missing"
      ),
      unreadable(
        listPredictionResults(id),
        { [predictionResults]: json({ data: [1] }) },
        "data[0] must be PredictionResult, but is a number"
      ),
      unreadable(
        getTargetDrift(id),
        { [targetDrift]: json({ period: { start: "soon" } }) },
        "period.start must be a timestamp such as 2018-04-23 05:09:41.405000, but is a string"
      )
    ]))
})

waits({
  name: "DeploymentMonitoring.deleteMonitoringData",
  operation: (options) => deleteMonitoringData(id, { modelId: "m1" }, options),
  route: deletions,
  more: {},
  after: [],
  knowsResource: true
})

starts(
  "DeploymentMonitoring.startDeleteMonitoringData",
  startDeleteMonitoringData(id, { modelId: "m1" }),
  deletions
)
