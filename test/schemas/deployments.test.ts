/** The responses and inputs of the deployments API, field by field. */
import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { formatIssues, issuesOf } from "../../src/internal/reading/issues.js"
import { input } from "../../src/internal/request/input.js"
import * as Deployments from "../../src/wire/deployment.js"
import * as Models from "../../src/wire/deploymentModel.js"
import * as Monitoring from "../../src/wire/monitoring.js"
import * as Settings from "../../src/wire/settings.js"
import { isRecord } from "../../src/wire/text.js"

type Keys = ReadonlyArray<string>
type Sample = Readonly<Record<string, unknown>>

/** The paths of all values in a sample, including those in records and lists. */
const keysIn = (value: unknown, keys: Keys = []): ReadonlyArray<Keys> => [
  ...(keys.length === 0 ? [] : [keys]),
  ...(isRecord(value) || Array.isArray(value)
    ? Object.entries(value).flatMap(([key, item]) => keysIn(item, [...keys, key]))
    : [])
]

const valueAt = (sample: unknown, keys: Keys): unknown =>
  keys.reduce<unknown>((value, key) => Object.entries(Object(value)).find(([name]) => name === key)?.[1], sample)

/** The sample with another value at one path, or without that path if the value is undefined. */
const withValue = (sample: unknown, [key, ...more]: Keys, value: unknown): unknown => {
  if (key === undefined) return value
  const changed = Object.entries(Object(sample)).flatMap(([name, item]) => {
    if (name !== key) return [[name, item]]
    const inner = withValue(item, more, value)
    return inner === undefined ? [] : [[name, inner]]
  })
  return Array.isArray(sample) ? changed.map(([, item]) => item) : Object.fromEntries(changed)
}

/** `data[0].id` */
const pathOf = (keys: Keys) =>
  keys.reduce((path, key) => /^\d+$/.test(key) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`, "")

const odd = (value: unknown) => typeof value === "string" ? 7 : "odd"

interface Told {
  /** Paths with one of these endings may not be null or missing. */
  readonly needed?: Keys
  /** Below these paths, any value is accepted. */
  readonly open?: Keys
}

const endsIn = (path: string, names: Keys = []) => names.some((name) => path === name || path.endsWith(`.${name}`))
const isBelow = (path: string, names: Keys = []) =>
  names.some((name) => path.startsWith(name) || path.includes(`.${name}`) || path.includes(`].${name}`))

const decoded = <A, I>(schema: Schema.Schema<A, I>, value: unknown) =>
  Either.mapLeft(Schema.decodeUnknownEither(schema, { errors: "all" })(value), issuesOf)

const answer = <A, I>(name: string, schema: Schema.Schema<A, I>, sample: Sample, { needed, open }: Told = {}) =>
  describe(`The response ${name}`, () => {
    const places = keysIn(sample).filter((keys) => !isBelow(pathOf(keys), open))

    it("is encoded to the same JSON that was decoded", () => {
      const again: unknown = Schema.encodeSync(schema)(Either.getOrThrow(decoded(schema, sample)))
      assert.deepStrictEqual(again, sample)
    })

    it("has this name in errors", () => {
      assert.strictEqual(String(schema.ast), name)
    })

    it("is validated at every path, and the issue names it", () => {
      for (const keys of places) {
        const error = Either.flip(decoded(schema, withValue(sample, keys, odd(valueAt(sample, keys)))))
        assert.include(Either.getOrThrow(error).map((issue) => issue.path), pathOf(keys))
      }
    })

    it("may lack optional keys or have null for them", () => {
      for (const keys of places.filter((all) => !/^\d+$/.test(all.at(-1) ?? ""))) {
        const path = pathOf(keys)
        for (const value of [null, undefined]) {
          const fits = Either.isRight(decoded(schema, withValue(sample, keys, value)))
          assert.strictEqual(fits, !endsIn(path, needed), `${path} ${value}`)
        }
      }
    })
  })

const number = (...names: Keys) => Object.fromEntries(names.map((name, i) => [name, i + 0.5]))
const on = { enabled: true }
const at = "2022-03-01T10:00:00.000000Z"
const period = { start: at, end: at }

answer("DeploymentSettings", Settings.Settings, {
  associationId: { columnNames: ["a"], requiredInPredictionRequests: true, autoGenerateId: false },
  targetDrift: on,
  featureDrift: { enabled: true, featureSelection: "auto", trackedFeatures: ["f"] },
  predictionsDataCollection: on,
  predictionWarning: { enabled: true, customBoundaries: number("lower", "upper", "lowerBoundary", "upperBoundary") },
  predictionIntervals: { enabled: true, percentiles: [80] },
  predictionsByForecastDate: { enabled: true, columnName: "c", datetimeFormat: "%Y" },
  challengerModels: on,
  segmentAnalysis: { enabled: true, attributes: ["s"] },
  humility: on,
  automaticActuals: on,
  biasAndFairness: {
    protectedFeatures: ["p"],
    preferableTargetValue: "yes",
    fairnessMetricsSet: "m",
    fairnessThreshold: 0.8
  },
  batchMonitoring: on,
  predictionsSettings: { ...number("minComputes", "maxComputes"), resourceBundleId: "r" }
}, { open: ["preferableTargetValue"] })

const condition = { metricId: "m1", compareOperator: "lt", threshold: 1, categoryName: "c" }
const timeliness = { enabled: true, expectedFrequency: "PT1H" }
answer("HealthSettings", Settings.HealthSettings, {
  service: { batchCount: 1 },
  dataDrift: {
    timeInterval: "T2H",
    ...number(
      "batchCount",
      "driftThreshold",
      "importanceThreshold",
      "lowImportanceWarningCount",
      "lowImportanceFailingCount",
      "highImportanceWarningCount",
      "highImportanceFailingCount"
    ),
    excludedFeatures: ["a"],
    starredFeatures: ["b"]
  },
  accuracy: { metric: "AUC", measurement: "percent", ...number("batchCount", "warningThreshold", "failingThreshold") },
  fairness: number("protectedClassWarningCount", "protectedClassFailingCount"),
  customMetrics: { warningConditions: [condition], failingConditions: [condition] },
  predictionsTimeliness: timeliness,
  actualsTimeliness: timeliness
}, { needed: ["metricId", "compareOperator"] })

answer("ChallengerReplaySettings", Settings.ChallengerReplaySettings, {
  enabled: true,
  schedule: { hour: ["*"] }
}, { open: ["schedule."] })
answer("AccuracyMetrics", Settings.AccuracyMetrics, { data: ["AUC"] }, { needed: ["data"] })
answer("RetrainingSettings", Settings.RetrainingSettings, { user: { id: "u1" } }, { open: ["user"] })

answer("ServiceStats", Monitoring.ServiceStats, {
  modelId: "m1",
  period,
  metrics: number(...Monitoring.serviceMetrics),
  segmentAttribute: "a",
  segmentValue: "v"
}, { needed: ["metrics"] })
answer("ServiceStatsOverTime", Monitoring.ServiceStatsOverTime, {
  metric: "totalRequests",
  modelId: "m1",
  summary: { period, value: 1 },
  buckets: [{ period, value: 1 }],
  segmentAttribute: "a",
  segmentValue: "v"
}, { needed: ["metric", "summary", "buckets"] })
const driftedFrom = { modelId: "m1", period, metric: "psi" }
const drifted = number("driftScore", "sampleSize", "baselineSampleSize")
answer("TargetDrift", Monitoring.TargetDrift, { ...driftedFrom, ...drifted, targetName: "t" })
answer("FeatureDrift", Monitoring.FeatureDrift, { ...drifted, name: "f", featureImpact: 0.5, ...driftedFrom }, {
  open: ["name"]
})
answer("FeatureDriftPage", Monitoring.FeatureDriftWire, {
  totalCount: 1,
  next: null,
  previous: null,
  data: [{ ...drifted, featureImpact: 0.5, name: "f" }],
  ...driftedFrom
}, { needed: ["data"], open: ["data[0].name", "next", "previous"] })
describe("The response FeatureDriftPage", () => {
  const feature = { ...drifted, name: "f", featureImpact: 0.5 }
  const page = { totalCount: 1, next: null, previous: null, data: [feature] }
  const read = (wire: Sample) => Either.getOrThrow(decoded(Monitoring.FeatureDriftPage, wire))

  it("copies the fields of the page to each feature", () => {
    const moment = Either.getOrThrow(decoded(Monitoring.Period, period))
    assert.deepStrictEqual(read({ ...page, ...driftedFrom }), {
      ...page,
      data: [{ ...feature, modelId: "m1", metric: "psi", period: moment }]
    })
    assert.deepStrictEqual(read(page).data, [{ ...feature, modelId: null, metric: null, period: null }])
  })

  it("is encoded without fields of its own", () => {
    const written: unknown = Schema.encodeSync(Monitoring.FeatureDriftPage)({ ...page, data: [] })
    assert.deepStrictEqual(written, { ...page, data: [] })
  })
})

answer("Accuracy", Monitoring.Accuracy, {
  modelId: "m1",
  period,
  metrics: { AUC: number("value", "baselineValue", "percentChange") }
}, { needed: ["metrics"], open: ["metrics.AUC"] })
it("The response Accuracy has a number or null for each metric", () => {
  const told = (value: unknown) => decoded(Monitoring.Accuracy, { metrics: { AUC: { value } } })
  for (const value of [1, null]) assert.isTrue(Either.isRight(told(value)))
  assert.deepStrictEqual(Either.getOrThrow(Either.flip(told("x"))).map(({ path }) => path), ["metrics.AUC.value"])
})

const accuracyBucket = { period, value: 1, sampleSize: 2, valuePerClass: { a: 1 } }
answer("AccuracyOverTime", Monitoring.AccuracyOverTime, {
  metric: "AUC",
  modelId: "m1",
  baseline: accuracyBucket,
  summary: accuracyBucket,
  buckets: [accuracyBucket]
}, { needed: ["metric", "buckets"], open: ["valuePerClass"] })
answer("PredictionsOverTime", Monitoring.PredictionsOverTime, {
  baselines: [{ period, more: 1 }],
  buckets: [{ period, more: 1 }]
}, { needed: ["baselines", "buckets"], open: ["more"] })
answer("PredictionResult", Monitoring.PredictionResult, { row: { id: 1 } }, { open: ["row"] })
answer("Period", Monitoring.Period, period)

for (
  const [name, schema] of [["Challenger", Models.Challenger], [
    "ChampionModelPackage",
    Models.ChampionModelPackage
  ]] as const
) {
  answer(name, schema, { id: "c1", model: { id: "m1" } }, { needed: ["id"], open: ["model"] })
}
answer("Feature", Models.Feature, {
  name: "f",
  featureType: "Numeric",
  importance: 0.5,
  dateFormat: "%Y",
  knownInAdvance: true
}, { needed: ["name"] })
answer("ReplacementValidation", Models.ReplacementValidation, {
  status: "passing",
  message: "m",
  checks: { target: { status: "passing", message: "m" } }
}, { open: ["checks.target"] })
it("The response ReplacementValidation has a status and a message for each check", () => {
  const told = (check: unknown) => decoded(Models.ReplacementValidation, { checks: { target: check } })
  for (const check of [null, {}, { status: "failing", message: null }]) assert.isTrue(Either.isRight(told(check)))
  assert.deepStrictEqual(
    Either.getOrThrow(Either.flip(told({ status: 1, message: 2 }))).map(({ path }) => path),
    ["checks.target.status", "checks.target.message"]
  )
})

answer("SecondaryDatasetConfig", Models.SecondaryDatasetConfig, { secondaryDatasetConfigId: "s1" })

const text = (...names: Keys) => Object.fromEntries(names.map((name) => [name, `a ${name}`]))
const yes = (...names: Keys) => Object.fromEntries(names.map((name) => [name, true]))
const customModelImage = text(
  "customModelId",
  "customModelName",
  "customModelVersionId",
  "customModelVersionLabel",
  "executionEnvironmentId",
  "executionEnvironmentName",
  "executionEnvironmentVersionId",
  "executionEnvironmentVersionLabel"
)
const model = {
  ...text(
    "id",
    "type",
    "targetName",
    "targetType",
    "projectId",
    "projectName",
    "unsupervisedType",
    "buildEnvironmentType",
    "decisionFlowId",
    "decisionFlowVersionId"
  ),
  ...yes("unsupervisedMode", "unstructuredModelKind", "isDeprecated", "hasDecisionFlow"),
  deployedAt: at,
  customModelImage
}
const health = { status: "passing", message: "m", startDate: at, endDate: at }
const fairness = {
  status: "passing",
  messages: ["m"],
  influentialFairnessMetric: "f",
  protectedFeaturesCount: 1,
  startDate: at,
  endDate: at
}
const owner = text("id", "email", "firstName", "lastName")
const environment = {
  ...text("id", "name", "platform", "plugin"),
  isManagedByManagementAgent: true,
  supportedModelFormats: ["f"]
}
answer("CustomModelImage", Deployments.CustomModelImage, customModelImage)
answer("DeploymentModel", Deployments.Model, model)
answer("ModelPackage", Deployments.ModelPackage, text("id", "name", "registeredModelId"))
answer("PredictionServer", Deployments.PredictionServer, text("id", "url", "datarobot-key"))
answer("PredictionEnvironment", Deployments.PredictionEnvironment, environment)
answer("HealthStatus", Deployments.HealthStatus, health)
answer("FairnessHealth", Deployments.FairnessHealth, fairness, { open: ["messages[0]"] })
answer("Owner", Deployments.Owner, owner)
answer("Deployment", Deployments.Deployment, {
  id: "d1",
  ...text("label", "description", "status", "importance", "approvalStatus", "userProvidedId"),
  createdAt: at,
  model,
  modelPackage: text("id", "name", "registeredModelId"),
  defaultPredictionServer: text("id", "url", "datarobot-key"),
  predictionEnvironment: environment,
  capabilities: yes(
    "supportsTargetDriftTracking",
    "supportsFeatureDriftTracking",
    "supportsModelReplacement",
    "supportsPredictionWarning",
    "supportsMore"
  ),
  predictionUsage: { dailyRates: [1], lastTimestamp: at },
  permissions: ["CAN_VIEW"],
  serviceHealth: health,
  modelHealth: health,
  accuracyHealth: health,
  fairnessHealth: fairness,
  governance: { approvalStatus: "APPROVED", hasOpenedChangeRequests: false },
  owners: { count: 1, preview: [owner] },
  settings: yes("humbleAiEnabled", "predictionIntervalsEnabled", "predictionWarningEnabled"),
  openedChangeRequests: ["c"],
  modelPackageInitialDownload: { timestamp: at },
  scoringCodeInitialDownload: { timestamp: at }
}, {
  needed: ["id"],
  open: [
    "messages[0]",
    "capabilities.supportsMore",
    "model.",
    "modelPackage.",
    "defaultPredictionServer.",
    "predictionEnvironment.",
    "owners.preview[0]."
  ]
})
answer("Capability", Deployments.Capability, { name: "n", supported: true, messages: ["m"] }, {
  needed: ["name", "supported"],
  open: ["messages[0]"]
})
answer("SharedRole", Deployments.SharedRole, text("id", "name", "role", "shareRecipientType"), {
  needed: ["id", "role", "shareRecipientType"]
})
answer("ModelHistoryEntry", Deployments.ModelHistoryEntry, { model: { id: "m1" } }, { open: ["model"] })

/** An input: the values that are accepted, and those that are rejected, by their message. */
const sent = <A extends object, I>(
  name: string,
  schema: Schema.Schema<A, I>,
  fits: ReadonlyArray<A>,
  refused: Readonly<Record<string, unknown>>
) =>
  describe(`The input ${name}`, () => {
    it("accepts valid values unchanged", () => {
      for (const value of fits) {
        const taken: unknown = input(schema, value)
        assert.deepStrictEqual(taken, { value, issues: [] })
      }
    })

    for (const [words, value] of Object.entries(refused)) {
      it(`is rejected: ${words}`, () => {
        // Boundary: values that JavaScript can pass but the types reject.
        for (const one of Array.isArray(value) ? value : [value]) {
          assert.strictEqual(formatIssues(input(schema, one as A).issues), words)
        }
      })
    }

    it("is validated at every path", () => {
      const [sample = assert.fail("no sample")] = fits
      for (const keys of keysIn(sample)) {
        // A symbol is invalid everywhere.
        const { issues } = input(schema, withValue(sample, keys, Symbol.iterator) as A)
        assert.isAbove(issues.length, 0, pathOf(keys))
      }
    })
  })

sent("settings", Settings.SettingsInput, [{
  associationId: { columnNames: ["a"], requiredInPredictionRequests: true, autoGenerateId: true },
  targetDrift: on,
  featureDrift: { enabled: true, featureSelection: "auto", trackedFeatures: ["f"] },
  predictionsDataCollection: on,
  predictionWarning: { enabled: true, customBoundaries: { lower: 0, upper: 1 } },
  predictionIntervals: { enabled: true, percentiles: [99] },
  predictionsByForecastDate: { enabled: true, columnName: "c", datetimeFormat: "%Y" },
  challengerModels: on,
  segmentAnalysis: { enabled: true, attributes: ["s"] },
  humility: on,
  automaticActuals: on,
  biasAndFairness: {
    protectedFeatures: ["p"],
    preferableTargetValue: "yes",
    fairnessMetricsSet: "m",
    fairnessThreshold: 0.8
  },
  batchMonitoring: on,
  predictionsSettings: { minComputes: 0, maxComputes: 1, resourceBundleId: "r" }
}, {
  associationId: { columnNames: null },
  predictionWarning: { customBoundaries: null },
  predictionIntervals: { percentiles: [] }
}, { predictionIntervals: { percentiles: [1] } }], {
  "must hold at least one of the settings": [{}, { humility: undefined }],
  "predictionWarning.customBoundaries must have a lower that is below its upper": [
    { predictionWarning: { customBoundaries: { lower: 1, upper: 1 } } }
  ],
  "predictionWarning.customBoundaries.lower must be a finite number": [
    { predictionWarning: { customBoundaries: { lower: Infinity, upper: 1 } } }
  ],
  "predictionIntervals.percentiles must be at most one whole number from 1 to 99": [[1, 2], [0], [100], [1.5]].map((
    percentiles
  ) => ({ predictionIntervals: { percentiles } })),
  "biasAndFairness.preferableTargetValue must be a text, a boolean or a finite number": [
    { biasAndFairness: { preferableTargetValue: null } }
  ]
})

sent("health settings", Settings.HealthSettingsInput, [
  {
    service: { batchCount: 1 },
    dataDrift: {
      timeInterval: "T2H",
      batchCount: 5,
      driftThreshold: 0,
      importanceThreshold: 1,
      lowImportanceWarningCount: 0,
      lowImportanceFailingCount: 1,
      highImportanceWarningCount: 2,
      highImportanceFailingCount: 3,
      excludedFeatures: ["a"],
      starredFeatures: ["b"]
    },
    accuracy: { batchCount: 10, metric: "AUC", measurement: "percent", warningThreshold: 1, failingThreshold: 2 },
    fairness: { protectedClassWarningCount: 1, protectedClassFailingCount: 2 },
    customMetrics: { warningConditions: [condition], failingConditions: [condition] },
    predictionsTimeliness: timeliness,
    actualsTimeliness: timeliness
  },
  { accuracy: { warningThreshold: null, failingThreshold: null } }
], {
  "must hold at least one of the health settings": {},
  "service.batchCount must be 1, 5, 10, 50, 100, 1000 or 10000": [{ service: { batchCount: 2 } }]
})
sent("replay settings", Settings.ChallengerReplaySettingsInput, [{ enabled: true, schedule: {} }], {})
sent("retraining settings", Settings.RetrainingSettingsInput, [
  { datasetId: "d", predictionEnvironmentId: "p", retrainingUserId: "r", credentialId: "c" },
  { datasetId: null, predictionEnvironmentId: null, retrainingUserId: null, credentialId: null }
], { "must hold at least one of the retraining settings": {} })
sent("accuracy metrics", Settings.AccuracyMetricsInput, [{ data: ["AUC"] }], {
  "data must hold at least one metric": { data: [] }
})

/** How many pages a stream may request ahead. */
const widest = { prefetch: 100, concurrency: 100 }
const tooFar = {
  "prefetch must be a whole number from 0 to 100": [{ prefetch: -1 }, { prefetch: 101 }, { prefetch: 0.5 }],
  "concurrency must be a whole number from 1 to 100": [{ concurrency: 0 }, { concurrency: 101 }, { concurrency: 1.5 }]
}
const hours = { startTime: "2022-03-01T10:00:00Z", endTime: "2022-03-01T11:00:00Z", modelId: "m1" }
const outOfOrder = {
  "must have a startTime that is before its endTime": [
    { ...hours, endTime: hours.startTime },
    { ...hours, startTime: "2022-03-02", endTime: "2022-03-01" }
  ]
}
const inHours = {
  ...outOfOrder,
  "startTime must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z": [
    { ...hours, startTime: "2022-03-01T09:30:00Z" }
  ]
}
const segment = { segmentAttribute: "a", segmentValue: "v" }
const open = [{}, { startTime: hours.startTime }, { endTime: hours.endTime }]
const bucketSize = "PT1H"
const badBucket = {
  "bucketSize must be an ISO 8601 duration of whole hours, such as PT1H or P7D": [
    "",
    "P",
    "PT30M",
    "P1DT",
    "1H",
    "PT1H30M",
    "xPT1H",
    "PT1Hx"
  ].map((size) => ({ bucketSize: size }))
}
sent("service statistics", Monitoring.ServiceStatsInput, [
  { ...hours, ...segment, executionTimeQuantile: 0.5, responseTimeQuantile: 1, slowRequestsThreshold: 0 },
  ...open
], {
  ...inHours,
  "slowRequestsThreshold must be a number from 0": [{ slowRequestsThreshold: -1 }, { slowRequestsThreshold: Infinity }]
})
sent("service statistics over time", Monitoring.ServiceStatsOverTimeInput, [
  { ...hours, ...segment, bucketSize, metric: "totalRequests", quantile: 0.5, threshold: 1 },
  ...["P7D", "P1Y2M3D", "P0Y0M1DT0H0M0S", "PT24H", "P1W", "P14D"].map((size) => ({ bucketSize: size })),
  ...Monitoring.serviceMetrics.map((metric) => ({ metric }))
], { ...inHours, ...badBucket })
sent("target drift", Monitoring.TargetDriftInput, [
  { ...hours, metric: "psi" },
  ...(["psi", "kl_divergence", "dissimilarity", "hellinger", "js_divergence"] as const).map((metric) => ({ metric })),
  ...open
], inHours)
sent(
  "feature drift",
  Monitoring.FeatureDriftInput,
  [{ ...hours, metric: "psi", limit: 1, offset: 0 }, ...open],
  inHours
)
sent("accuracy", Monitoring.AccuracyInput, [{ ...hours, ...segment }, ...open], inHours)
sent("accuracy over time", Monitoring.AccuracyOverTimeInput, [
  { ...hours, ...segment, bucketSize, metric: "AUC" },
  ...open
], { ...inHours, ...badBucket })
sent("predictions over time", Monitoring.PredictionsOverTimeInput, [
  { ...hours, bucketSize, targetClass: "a", includePercentiles: true },
  ...open
], { ...inHours, ...badBucket })
sent("prediction results", Monitoring.PredictionResultsInput, [
  { ...hours, startTime: "2022-03-01T10:30:00Z", limit: 1, offset: 0, actualsPresent: true },
  ...open
], outOfOrder)
sent("streamed prediction results", Monitoring.PredictionResultsStreamInput, [
  { ...hours, startTime: "2022-03-01T10:30:00Z", limit: 1, offset: 0, actualsPresent: true, ...widest },
  { prefetch: 0, concurrency: 1 },
  ...open
], { ...outOfOrder, ...tooFar })
sent("deletion of data", Monitoring.DeleteMonitoringDataInput, [hours, { modelId: "m1" }], inHours)

sent("features", Models.FeaturesInput, [
  {
    limit: 1,
    offset: 0,
    includeNonPredictionFeatures: true,
    forSegmentedAnalysis: true,
    search: "x",
    orderBy: "name"
  },
  { orderBy: "-name" },
  { orderBy: "importance" },
  { orderBy: "-importance" }
], { "orderBy must be name or -name or importance or -importance": { orderBy: "size" } })
const either = { "must have either modelPackageId or modelId": [{}, { modelId: "m", modelPackageId: "p" }] }
sent("candidate", Models.CandidateInput, [{ modelId: "m1" }, { modelPackageId: "p1" }], either)
sent("replacement", Models.ReplacementInput, [
  { modelId: "m1", reason: "OTHER", runtimeParameterValues: [] },
  ...(["ACCURACY", "DATA_DRIFT", "ERRORS", "SCHEDULED_REFRESH", "SCORING_SPEED", "DEPRECATION"] as const).map((
    reason
  ) => ({ modelPackageId: "p1", reason })),
  { modelId: "m1", reason: "OTHER", runtimeParameterValues: [{ fieldName: "f", type: "string", value: 1 }] }
], {
  "must have either modelPackageId or modelId": [
    { reason: "OTHER" },
    { reason: "OTHER", modelId: "m", modelPackageId: "p" }
  ],
  "runtimeParameterValues[0].fieldName is missing; runtimeParameterValues[0].type is missing": [
    { modelId: "m1", reason: "OTHER", runtimeParameterValues: [{ value: 1 }] }
  ]
})
sent("secondary datasets", Models.SecondaryDatasetConfigInput, [
  { secondaryDatasetConfigId: "s1", credentialsIds: ["c1"] }
], {})

const newDeployment = { label: "l", description: "d", defaultPredictionServerId: "s", importance: "LOW" } as const
sent("new deployment of a model", Deployments.CreateFromModelInput, [
  { ...newDeployment, modelId: "m", predictionThreshold: 0.5, status: "active" },
  { label: "l", modelId: "m", status: "inactive" },
  ...(["CRITICAL", "HIGH", "MODERATE", "LOW"] as const).map((importance) => ({ label: "l", modelId: "m", importance }))
], { "label must be a text that is not blank; modelId is missing": [{ label: " " }] })
sent("new deployment of a package", Deployments.CreateFromModelPackageInput, [
  {
    ...newDeployment,
    modelPackageId: "m",
    userProvidedId: "u",
    additionalMetadata: [{ key: "k", value: "v" }]
  },
  { label: "l", modelPackageId: "m", predictionEnvironmentId: "e" },
  { label: "l", modelPackageId: "m", runtimeParameterValues: [] }
], {
  "must have either defaultPredictionServerId or predictionEnvironmentId, not both": [
    { ...newDeployment, modelPackageId: "m", predictionEnvironmentId: "e" }
  ]
})
sent("change", Deployments.UpdateInput, [{ label: "l", description: "d", importance: "LOW" }, { description: "" }], {
  "must hold at least one of label, description and importance": {}
})
sent("deletion", Deployments.DeleteInput, [{ ignoreManagementAgent: true }, {}], {})

const lists = {
  status: Deployments.statuses,
  importance: Deployments.importances,
  serviceHealth: Deployments.healths,
  modelHealth: Deployments.healths,
  accuracyHealth: Deployments.healths,
  executionEnvironmentType: ["datarobot", "external"],
  buildEnvironmentType: ["DataRobot", "Python", "R", "Java", "Julia", "Legacy", "Other"],
  ...Object.fromEntries([
    "predictionEnvironmentPlatform",
    "defaultPredictionServerId",
    "createdBy",
    "championModelExecutionType",
    "championModelTargetType",
    "tagKeys",
    "tagValues",
    "predictionEnvironmentTagKeys",
    "predictionEnvironmentTagValues"
  ].map((name) => [name, ["a", "b"]]))
} as const
const filters = {
  search: "s",
  orderBy: "label",
  role: "OWNER",
  lastPredictionTimestampStart: "2022-03-01",
  lastPredictionTimestampEnd: "2022-03-02",
  predictionUsageDailyAvgGreaterThan: 0,
  predictionUsageDailyAvgLessThan: 1,
  createdByMe: true,
  hasDecisionFlow: true,
  isA2AAgent: true,
  offset: 0
} as const
sent("list", Deployments.ListInput, [{ ...filters, ...lists, limit: 1000 }], {
  "pageSize is not known here": { pageSize: 1 },
  "prefetch is not known here": { prefetch: 1 },
  "concurrency is not known here": { concurrency: 1 }
})
sent("stream", Deployments.StreamInput, [
  { ...filters, ...lists, limit: 1000, pageSize: 100, ...widest },
  { role: "USER", pageSize: 1, prefetch: 0, concurrency: 1 },
  ...Deployments.orders.flatMap((orderBy) => [{ orderBy }, { orderBy: `-${orderBy}` } as const]),
  ...Object.entries(lists).flatMap(([name, values]) => values.map((value) => ({ [name]: value })))
], {
  "orderBy must be one of ListInput's orders, such as label or -createdAtTimestamp": [
    { orderBy: "" },
    { orderBy: "-" },
    { orderBy: "+label" }
  ],
  "status must be one of active, inactive, stopping, launching, archived, replacingModel, errored, or a list of them": [
    { status: "odd" },
    { status: [] },
    { status: ["active", "odd"] }
  ],
  "tagKeys must be a text that is not blank and has no comma, or a list of such": [
    { tagKeys: "" },
    { tagKeys: " " },
    { tagKeys: "a,b" },
    { tagKeys: [] },
    { tagKeys: ["a", " "] }
  ],
  "predictionUsageDailyAvgLessThan must be a number from 0": [
    { predictionUsageDailyAvgLessThan: -1 },
    { predictionUsageDailyAvgLessThan: Infinity }
  ],
  "pageSize must be a whole number from 1 to 100": [{ pageSize: 0 }, { pageSize: 101 }, { pageSize: 1.5 }],
  ...tooFar
})
sent("page", Deployments.PageInput, [{ ...filters, ...lists, limit: 100 }, { limit: 1 }], {
  "limit must be a whole number from 1 to 100": [{ limit: 0 }, { limit: 101 }]
})
sent("question who has a role", Deployments.SharedRolesInput, [
  { limit: 1, offset: 0, id: "u", name: "n", shareRecipientType: "user" },
  { shareRecipientType: "group" },
  { shareRecipientType: "organization" }
], {})

const grant = { id: "u", role: "OWNER", shareRecipientType: "user", canShare: true } as const
sent("grant", Deployments.GrantsInput, [
  { roles: [grant] },
  { roles: [{ username: "n", role: "NO_ROLE", shareRecipientType: "group" }] },
  { roles: (["USER", "OBSERVER", "CONSUMER"] as const).map((role) => ({ ...grant, role })) },
  { roles: Array.from({ length: 100 }, () => grant) }
], {
  "roles must hold 1 to 100 roles": [{ roles: [] }, { roles: Array.from({ length: 101 }, () => grant) }],
  "roles[0] must have an id or a username, a known role and a known shareRecipientType": [
    { roles: [{ role: "OWNER", shareRecipientType: "user" }] },
    { roles: [{ ...grant, role: "BOSS" }] }
  ]
})
