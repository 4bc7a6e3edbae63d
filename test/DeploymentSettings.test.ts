import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, DeploymentSettings } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Effect from "effect/Effect"
import {
  accepted,
  finished,
  notFound,
  type Operation,
  refused,
  refusedAt,
  sends,
  starts,
  unreadable,
  waits
} from "./deployments.js"
import { failsWith, id, sent, serving, untyped } from "./support.js"

const { empty, json, text } = MockHttpClient
const {
  getAccuracyMetricsSettings,
  getChallengerReplaySettings,
  getDefaultHealthSettings,
  getHealthSettings,
  getRetrainingSettings,
  startUpdate,
  update,
  updateAccuracyMetricsSettings,
  updateChallengerReplaySettings,
  updateHealthSettings,
  updateRetrainingSettings
} = DeploymentSettings

const settingsRoute = "GET deployments/:id/settings/"
const healthRoute = "GET deployments/:id/healthSettings/"
const defaultsRoute = "GET deployments/:id/healthSettings/defaults/"
const replayRoute = "GET deployments/:id/challengerReplaySettings/"
const retrainingRoute = "GET deployments/:id/retrainingSettings/"
const metricsRoute = "GET deployments/:id/accuracyMetrics/"

/** Settings that can be sent, and that the server may return. */
const settings: DeploymentSettings.SettingsInput = {
  associationId: { columnNames: ["customerId"], requiredInPredictionRequests: true, autoGenerateId: false },
  targetDrift: { enabled: true },
  featureDrift: { enabled: false, featureSelection: "manual", trackedFeatures: ["age", "a b"] },
  predictionsDataCollection: { enabled: true },
  predictionWarning: { enabled: true, customBoundaries: { lower: -1.5, upper: 0 } },
  predictionIntervals: { enabled: true, percentiles: [80] },
  predictionsByForecastDate: { enabled: true, columnName: "date", datetimeFormat: "%Y-%m-%d" },
  challengerModels: { enabled: false },
  segmentAnalysis: { enabled: true, attributes: ["country"] },
  humility: { enabled: false },
  automaticActuals: { enabled: true },
  biasAndFairness: {
    protectedFeatures: ["gender"],
    preferableTargetValue: true,
    fairnessMetricsSet: "equalParity",
    fairnessThreshold: 0.8
  },
  batchMonitoring: { enabled: false },
  predictionsSettings: { minComputes: 0, maxComputes: 4, resourceBundleId: "cpu.small" }
}

const condition = { metricId: "m1", compareOperator: "lt", threshold: 0.5, categoryName: "a" }
const health: DeploymentSettings.HealthSettingsInput = {
  service: { batchCount: 10_000 },
  dataDrift: {
    timeInterval: "T2H",
    batchCount: 1,
    driftThreshold: 0.15,
    importanceThreshold: 0,
    lowImportanceWarningCount: 0,
    lowImportanceFailingCount: 5,
    highImportanceWarningCount: 0,
    highImportanceFailingCount: 1,
    excludedFeatures: [],
    starredFeatures: ["age"]
  },
  accuracy: {
    batchCount: 100,
    metric: "Rate@Top5%",
    measurement: "percent",
    warningThreshold: null,
    failingThreshold: -5
  },
  fairness: { protectedClassWarningCount: 1, protectedClassFailingCount: 2 },
  customMetrics: { warningConditions: [condition], failingConditions: [] },
  predictionsTimeliness: { enabled: true, expectedFrequency: "P1D" },
  actualsTimeliness: { enabled: false }
}

const schedule = { minute: [0], hour: [6], dayOfWeek: ["*"], dayOfMonth: ["*"], month: ["*"] }
const retrainingAnswer = {
  dataset: { id: "d1", name: "Training data" },
  predictionEnvironment: null,
  retrainingUser: { id: "u1", username: "a@example.com" }
}
const retraining = { datasetId: "d1", predictionEnvironmentId: null, retrainingUserId: "u1", credentialId: "k1" }

const server: MockHttpClient.Routes = {
  [settingsRoute]: json(settings),
  "PATCH deployments/:id/settings/": accepted,
  "GET status/s1/": finished,
  [healthRoute]: json(health),
  [defaultsRoute]: json(health),
  "PATCH deployments/:id/healthSettings/": json(health),
  [replayRoute]: json({ enabled: false }),
  "PATCH deployments/:id/challengerReplaySettings/": json({ enabled: true }),
  [retrainingRoute]: json(retrainingAnswer),
  "PATCH deployments/:id/retrainingSettings/": empty(),
  [metricsRoute]: json({ data: ["AUC"] }),
  "PUT deployments/:id/accuracyMetrics/": json({ data: ["AUC"] })
}

const line = (method: string, route: string) => `${method} deployments/${id}/${route}/`

describe("DeploymentSettings requests", () => {
  sends(server, {
    get: { operation: DeploymentSettings.get(id), line: line("GET", "settings") },
    "update with every setting": {
      operation: update(id, settings),
      line: line("PATCH", "settings"),
      body: settings,
      after: ["GET status/s1/", line("GET", "settings")]
    },
    "update with some settings": {
      operation: update(id, {
        associationId: { columnNames: null, autoGenerateId: undefined },
        targetDrift: undefined,
        predictionWarning: { customBoundaries: null },
        predictionIntervals: { percentiles: [] },
        biasAndFairness: { preferableTargetValue: "yes" }
      }),
      line: line("PATCH", "settings"),
      body: {
        associationId: { columnNames: null },
        predictionWarning: { customBoundaries: null },
        predictionIntervals: { percentiles: [] },
        biasAndFairness: { preferableTargetValue: "yes" }
      },
      after: ["GET status/s1/", line("GET", "settings")]
    },
    startUpdate: {
      operation: startUpdate(id, { humility: { enabled: true } }),
      line: line("PATCH", "settings"),
      body: { humility: { enabled: true } }
    },
    getHealthSettings: { operation: getHealthSettings(id), line: line("GET", "healthSettings") },
    getDefaultHealthSettings: {
      operation: getDefaultHealthSettings(id),
      line: line("GET", "healthSettings/defaults")
    },
    updateHealthSettings: {
      operation: updateHealthSettings(id, health),
      line: line("PATCH", "healthSettings"),
      body: health,
      after: [line("GET", "healthSettings")]
    },
    getChallengerReplaySettings: {
      operation: getChallengerReplaySettings(id),
      line: line("GET", "challengerReplaySettings")
    },
    updateChallengerReplaySettings: {
      operation: updateChallengerReplaySettings(id, { enabled: true, schedule }),
      line: line("PATCH", "challengerReplaySettings"),
      body: { enabled: true, schedule },
      after: [line("GET", "challengerReplaySettings")]
    },
    "updateChallengerReplaySettings without a schedule": {
      operation: updateChallengerReplaySettings(id, { enabled: false, schedule: undefined }),
      line: line("PATCH", "challengerReplaySettings"),
      body: { enabled: false },
      after: [line("GET", "challengerReplaySettings")]
    },
    getRetrainingSettings: { operation: getRetrainingSettings(id), line: line("GET", "retrainingSettings") },
    updateRetrainingSettings: {
      operation: updateRetrainingSettings(id, { ...retraining, credentialId: undefined }),
      line: line("PATCH", "retrainingSettings"),
      body: { datasetId: "d1", predictionEnvironmentId: null, retrainingUserId: "u1" },
      after: [line("GET", "retrainingSettings")]
    },
    getAccuracyMetricsSettings: {
      operation: getAccuracyMetricsSettings(id),
      line: line("GET", "accuracyMetrics")
    },
    updateAccuracyMetricsSettings: {
      operation: updateAccuracyMetricsSettings(id, ["AUC", "Rate@Top5%"]),
      line: line("PUT", "accuracyMetrics"),
      body: { data: ["AUC", "Rate@Top5%"] },
      after: [line("GET", "accuracyMetrics")]
    }
  })
})

describe("Invalid DeploymentSettings arguments", () => {
  const blank = "must be a string that is not blank"
  const share = "must be a number from 0 to 1"
  const count = "must be a whole number from 0"
  const finite = "must be a finite number"
  const batches = "must be 1, 5, 10, 50, 100, 1000 or 10000"

  for (const [name, operation] of [["update", update], ["startUpdate", startUpdate]] as const) {
    refused(`${name} without settings`, operation(id, {}), "must hold at least one of the settings")
    refused(
      `${name} with only undefined values`,
      operation(id, { humility: undefined }),
      "must hold at least one of the settings"
    )
    refused(
      `${name} with an unknown setting`,
      operation(id, untyped({ humbleAi: { enabled: true } })),
      "humbleAi is not known here"
    )
    refused(
      `${name} with an unknown key in a setting`,
      operation(id, untyped({ targetDrift: { enabled: true, threshold: 1 } })),
      "targetDrift.threshold is not known here"
    )
    refused(
      `${name} with a string instead of a boolean`,
      operation(id, untyped({ targetDrift: { enabled: "true" } })),
      "targetDrift.enabled must be a boolean, but is a string"
    )
    refused(
      `${name} with a setting that lacks enabled`,
      operation(id, untyped({ challengerModels: {} })),
      "challengerModels.enabled is missing"
    )
    refused(
      `${name} with a blank column name`,
      operation(id, { associationId: { columnNames: ["a", ""] } }),
      `associationId.columnNames[1] ${blank}`
    )
    for (const [lower, upper] of [[1, 1], [2, 1]] as const) {
      refused(
        `${name} with boundaries from ${lower} to ${upper}`,
        operation(id, { predictionWarning: { customBoundaries: { lower, upper } } }),
        "predictionWarning.customBoundaries must have a lower boundary below the upper one"
      )
    }
    refused(
      `${name} with boundaries that are not finite`,
      operation(id, { predictionWarning: { customBoundaries: { lower: -Infinity, upper: NaN } } }),
      `predictionWarning.customBoundaries.lower ${finite}`,
      `predictionWarning.customBoundaries.upper ${finite}`
    )
    refused(
      `${name} with two percentiles`,
      operation(id, { predictionIntervals: { percentiles: [80, 90] } }),
      "predictionIntervals.percentiles must be at most one whole number from 1 to 99"
    )
    for (const percentile of [0, 100, 50.5]) {
      refused(
        `${name} with the percentile ${percentile}`,
        operation(id, { predictionIntervals: { percentiles: [percentile] } }),
        "predictionIntervals.percentiles must be at most one whole number from 1 to 99"
      )
    }
    refusedAt(
      `${name} with NaN as the preferable target value`,
      operation(id, { biasAndFairness: { preferableTargetValue: NaN } }),
      "biasAndFairness.preferableTargetValue"
    )
    refused(
      `${name} with a fairness threshold above 1`,
      operation(id, { biasAndFairness: { fairnessThreshold: 1.5 } }),
      `biasAndFairness.fairnessThreshold ${share}`
    )
    refused(
      `${name} with negative and fractional computes`,
      operation(id, { predictionsSettings: { minComputes: -1, maxComputes: 0.5 } }),
      `predictionsSettings.minComputes ${count}`,
      `predictionsSettings.maxComputes ${count}`
    )
  }

  refused(
    "updateHealthSettings without settings",
    updateHealthSettings(id, {}),
    "must hold at least one of the health settings"
  )
  refused(
    "an unsupported batch count",
    updateHealthSettings(id, { service: { batchCount: untyped(7) }, accuracy: { batchCount: untyped("10") } }),
    `service.batchCount ${batches}`,
    `accuracy.batchCount ${batches}`
  )
  refused(
    "invalid thresholds and counts in health settings",
    updateHealthSettings(id, {
      dataDrift: { driftThreshold: 2, importanceThreshold: -1, lowImportanceWarningCount: 1.5, timeInterval: " " },
      fairness: { protectedClassFailingCount: -1 }
    }),
    `dataDrift.timeInterval ${blank}`,
    `dataDrift.driftThreshold ${share}`,
    `dataDrift.importanceThreshold ${share}`,
    `dataDrift.lowImportanceWarningCount ${count}`,
    `fairness.protectedClassFailingCount ${count}`
  )
  refused(
    "accuracy thresholds that are not finite",
    updateHealthSettings(id, { accuracy: { warningThreshold: NaN, failingThreshold: Infinity } }),
    `accuracy.warningThreshold ${finite}`,
    `accuracy.failingThreshold ${finite}`
  )
  refused(
    "a custom metric condition with an empty metricId",
    updateHealthSettings(id, {
      customMetrics: { failingConditions: [condition, untyped({ ...condition, metricId: "" })] }
    }),
    `customMetrics.failingConditions[1].metricId ${blank}`
  )
  refused(
    "a blank expected frequency",
    updateHealthSettings(id, { actualsTimeliness: { expectedFrequency: "" } }),
    `actualsTimeliness.expectedFrequency ${blank}`
  )
  refused(
    "an unknown health setting",
    updateHealthSettings(id, untyped({ latency: {} })),
    "latency is not known here"
  )
  refused(
    "challenger replay settings without enabled",
    updateChallengerReplaySettings(id, untyped({ schedule })),
    "enabled is missing"
  )
  refused(
    "an unknown key in challenger replay settings",
    updateChallengerReplaySettings(id, untyped({ enabled: true, at: 1 })),
    "at is not known here"
  )
  refused(
    "updateRetrainingSettings without settings",
    updateRetrainingSettings(id, {}),
    "must hold at least one of the retraining settings"
  )
  refused(
    "updateRetrainingSettings with a blank datasetId",
    updateRetrainingSettings(id, { datasetId: "" }),
    `datasetId ${blank}`
  )
  refusedAt("an empty list of accuracy metrics", updateAccuracyMetricsSettings(id, []), "metrics")
  refusedAt("a blank accuracy metric", updateAccuracyMetricsSettings(id, ["AUC", " "]), "metrics[1]")
  refused(
    "an invalid timeout in updateChallengerReplaySettings",
    updateChallengerReplaySettings(id, { enabled: true }, { timeout: 0 }),
    "timeout must be a positive, finite duration"
  )
})

describe("DeploymentSettings responses", () => {
  const reads = (
    name: string,
    operation: Effect.Effect<unknown, unknown, Effect.Effect.Context<Operation>>,
    route: string,
    body: unknown,
    expected: unknown
  ) =>
    it.effect(name, () =>
      Effect.gen(function*() {
        const found: unknown = yield* operation
        assert.deepStrictEqual(found, expected)
      }).pipe(Effect.provide(serving({ [route]: json(body) }))))
  const nulls = (of: object) => Object.fromEntries(Object.keys(of).map((key) => [key, null]))
  /** Every setting is present, and each of its keys is null. */
  const hollow = (of: object) =>
    Object.fromEntries(Object.entries(of).map(([key, part]: [string, object]) => [key, nulls(part)]))

  for (
    const [name, operation, route, whole] of [
      ["settings", DeploymentSettings.get(id), settingsRoute, settings],
      ["health settings", getHealthSettings(id), healthRoute, health],
      ["default health settings", getDefaultHealthSettings(id), defaultsRoute, health],
      ["replay settings", getChallengerReplaySettings(id), replayRoute, { enabled: true, schedule }],
      ["retraining settings", getRetrainingSettings(id), retrainingRoute, retrainingAnswer]
    ] as const
  ) {
    reads(`${name} are decoded completely`, operation, route, whole, whole)
    reads(`${name} may be missing`, operation, route, {}, {})
    reads(`${name} may be null`, operation, route, nulls(whole), nulls(whole))
  }
  reads(
    "every key of a setting may be null",
    DeploymentSettings.get(id),
    settingsRoute,
    hollow(settings),
    hollow(settings)
  )
  reads("every key of a health setting may be null", getHealthSettings(id), healthRoute, hollow(health), hollow(health))

  reads(
    "unknown keys are dropped and unknown enum values are kept",
    getHealthSettings(id),
    healthRoute,
    {
      accuracy: { measurement: "ratio", newIn2030: 1 },
      customMetrics: { warningConditions: [{ metricId: "m1", compareOperator: "near" }] },
      newIn2030: {}
    },
    {
      accuracy: { measurement: "ratio" },
      customMetrics: { warningConditions: [{ metricId: "m1", compareOperator: "near" }] }
    }
  )
  reads(
    "boundaries are read in both spellings",
    DeploymentSettings.get(id),
    settingsRoute,
    { predictionWarning: { customBoundaries: { lowerBoundary: 1, upperBoundary: null } }, newIn2030: 1 },
    { predictionWarning: { customBoundaries: { lowerBoundary: 1, upperBoundary: null } } }
  )
  reads(
    "other keys of the retraining settings are returned unchanged",
    getRetrainingSettings(id),
    retrainingRoute,
    { dataset: { id: "d1", name: "x" }, datasetId: 7 },
    { dataset: { id: "d1", name: "x" }, datasetId: 7 }
  )
  reads("accuracy metrics keep their names", getAccuracyMetricsSettings(id), metricsRoute, {
    data: ["Rate@Top5%", "a b"]
  }, [
    "Rate@Top5%",
    "a b"
  ])
  reads("the list of accuracy metrics may be empty", getAccuracyMetricsSettings(id), metricsRoute, {
    data: [],
    more: 1
  }, [])

  it.effect("a key named __proto__ is dropped", () =>
    Effect.gen(function*() {
      const found = yield* getRetrainingSettings(id)
      assert.deepStrictEqual(Object.keys(found), ["datasetId"])
      assert.strictEqual(Object.getPrototypeOf(found), Object.prototype)
    }).pipe(Effect.provide(serving({ [retrainingRoute]: text("{\"__proto__\":{\"a\":1},\"datasetId\":\"d1\"}") }))))

  it.effect("an issue names the path of a field with the wrong type", () =>
    Effect.all([
      unreadable(
        DeploymentSettings.get(id),
        { [settingsRoute]: json({ targetDrift: { enabled: "yes" }, featureDrift: { trackedFeatures: [1] } }) },
        "targetDrift.enabled must be boolean | null, but is a string",
        "featureDrift.trackedFeatures[0] must be a string, but is a number"
      ),
      unreadable(
        getHealthSettings(id),
        { [healthRoute]: json({ customMetrics: { failingConditions: [{ metricId: "m1" }] } }) },
        "customMetrics.failingConditions[0].compareOperator is missing"
      ),
      unreadable(getAccuracyMetricsSettings(id), { [metricsRoute]: json({}) }, "data is missing")
    ]))

  it.effect("update returns the settings as the server has them afterwards", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* updateChallengerReplaySettings(id, { enabled: true }), { enabled: false })
      assert.deepStrictEqual(yield* updateAccuracyMetricsSettings(id, ["LogLoss"]), ["AUC"])
      const found: unknown = yield* update(id, { humility: { enabled: true } })
      assert.deepStrictEqual(found, settings)
    }).pipe(Effect.provide(serving(server))))

  it.effect("a failed read after an update reports that the change was made", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(updateRetrainingSettings(id, retraining), DataRobotError.isApiError)
      assert.strictEqual(error.reason, "NotFound")
      assert.include(error.message, "The change itself was made.")
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ ...server, [retrainingRoute]: notFound }))))

  it.effect("an unreadable response to an update reports that the change was made", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(updateRetrainingSettings(id, retraining), DataRobotError.isValidationError)
      assert.include(error.message, "The change itself was made.")
    }).pipe(Effect.provide(serving({ ...server, [retrainingRoute]: json([]) }))))
})

const changes = {
  update: (options = {}) => update(id, { humility: { enabled: true } }, options),
  startUpdate: (options = {}) => startUpdate(id, { humility: { enabled: true } }, options),
  updateHealthSettings: (options = {}) => updateHealthSettings(id, health, options),
  updateChallengerReplaySettings: (options = {}) => updateChallengerReplaySettings(id, { enabled: true }, options),
  updateRetrainingSettings: (options = {}) => updateRetrainingSettings(id, retraining, options)
} as const

waits({
  name: "DeploymentSettings.update",
  operation: changes.update,
  route: "PATCH deployments/:id/settings/",
  more: { [settingsRoute]: json(settings) },
  after: [line("GET", "settings")],
  knowsResource: true
})

starts("DeploymentSettings.startUpdate", changes.startUpdate(), "PATCH deployments/:id/settings/")

describe("A settings update that the server makes in a job although it needs none", () => {
  const made: Readonly<Record<string, readonly [operation: Operation, change: string, read: string, body: unknown]>> = {
    updateHealthSettings: [
      changes.updateHealthSettings(),
      "PATCH deployments/:id/healthSettings/",
      healthRoute,
      health
    ],
    updateChallengerReplaySettings: [
      changes.updateChallengerReplaySettings(),
      "PATCH deployments/:id/challengerReplaySettings/",
      replayRoute,
      {}
    ],
    updateRetrainingSettings: [
      changes.updateRetrainingSettings(),
      "PATCH deployments/:id/retrainingSettings/",
      retrainingRoute,
      {}
    ]
  }
  for (const [name, [operation, change, read, body]] of Object.entries(made)) {
    it.effect(`${name} waits for the job`, () =>
      Effect.gen(function*() {
        yield* operation
        assert.deepStrictEqual(yield* sent, [
          change.replace(":id", id),
          "GET status/s1/",
          read.replace(":id", id)
        ])
      }).pipe(Effect.provide(serving({ [change]: accepted, "GET status/s1/": finished, [read]: json(body) }))))
  }
})
