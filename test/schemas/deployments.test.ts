/** The schemas of responses and inputs, field by field. */
import { assert, describe, it } from "@effect/vitest"
import type { Issue } from "effect-datarobot/DataRobotError"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { formatIssues, issuesOf } from "../../src/internal/reading/issues.js"
import { input } from "../../src/internal/request/input.js"
import * as Actuals from "../../src/wire/actuals.js"
import { Credential } from "../../src/wire/credential.js"
import * as Deployments from "../../src/wire/deployment.js"
import * as Exports from "../../src/wire/deploymentExport.js"
import * as Models from "../../src/wire/deploymentModel.js"
import { Paging } from "../../src/wire/fields.js"
import * as Jobs from "../../src/wire/job.js"
import * as ModelDeployments from "../../src/wire/modelDeployment.js"
import * as Packages from "../../src/wire/modelPackage.js"
import * as Monitoring from "../../src/wire/monitoring.js"
import * as Environments from "../../src/wire/predictionEnvironment.js"
import { PredictionServer } from "../../src/wire/predictionServer.js"
import * as RegisteredModels from "../../src/wire/registeredModel.js"
import type { Route } from "../../src/wire/route.js"
import { routes } from "../../src/wire/routes/index.js"
import * as Service from "../../src/wire/service.js"
import * as Serving from "../../src/wire/serving.js"
import * as Settings from "../../src/wire/settings.js"
import { isRecord } from "../../src/wire/text.js"
import { untyped } from "../support.js"

type Keys = ReadonlyArray<string>
type Sample = Readonly<Record<string, unknown>>

/** Returns the keys of every value in a sample, including records and lists. */
const keysIn = (value: unknown, keys: Keys = []): ReadonlyArray<Keys> => [
  ...(keys.length === 0 ? [] : [keys]),
  ...(isRecord(value) || Array.isArray(value)
    ? Object.entries(value).flatMap(([key, item]) => keysIn(item, [...keys, key]))
    : [])
]

const valueAt = (sample: unknown, keys: Keys): unknown =>
  keys.reduce<unknown>((value, key) => Object.entries(Object(value)).find(([name]) => name === key)?.[1], sample)

/** Returns the sample with another value in one place, or without that place if the value is undefined. */
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

interface Shape {
  /** Keys that must not be null or missing: every path that ends in one of these. */
  readonly needed?: Keys
  /** Keys below which any value is accepted. */
  readonly open?: Keys
}

const endsIn = (path: string, names: Keys = []) => names.some((name) => path === name || path.endsWith(`.${name}`))
const isBelow = (path: string, names: Keys = []) =>
  names.some((name) => path.startsWith(name) || path.includes(`.${name}`) || path.includes(`].${name}`))

const decoded = <A, I>(schema: Schema.Schema<A, I>, value: unknown) =>
  Either.mapLeft(Schema.decodeUnknownEither(schema, { errors: "all" })(value), issuesOf)

const response = <A, I>(name: string, schema: Schema.Schema<A, I>, sample: Sample, { needed, open }: Shape = {}) =>
  describe(`the response ${name}`, () => {
    const places = keysIn(sample).filter((keys) => !isBelow(pathOf(keys), open))

    it("a response is the same after it is decoded and encoded", () => {
      const again: unknown = Schema.encodeSync(schema)(Either.getOrThrow(decoded(schema, sample)))
      assert.deepStrictEqual(again, sample)
    })

    it("the schema has the name that errors use", () => {
      assert.strictEqual(String(schema.ast), name)
    })

    it("a wrong value in any place is rejected, and the issue has its path", () => {
      for (const keys of places) {
        const error = Either.flip(decoded(schema, withValue(sample, keys, odd(valueAt(sample, keys)))))
        assert.include(Either.getOrThrow(error).map((issue) => issue.path), pathOf(keys))
      }
    })

    it("every key that is not required may be missing or null", () => {
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

/** The settings that are the same in a response and in a request. */
const settings = {
  targetDrift: on,
  featureDrift: { enabled: true, featureSelection: "auto", trackedFeatures: ["f"] },
  predictionsDataCollection: on,
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
  batchMonitoring: on
} as const

response("DeploymentSettings", Settings.Settings, {
  ...settings,
  associationId: { columnNames: ["a"], requiredInPredictionRequests: true, autoGenerateId: false },
  predictionWarning: { enabled: true, customBoundaries: number("lower", "upper", "lowerBoundary", "upperBoundary") },
  predictionIntervals: { enabled: true, percentiles: [80] },
  predictionsSettings: { ...number("minComputes", "maxComputes"), resourceBundleId: "r" }
}, { open: ["preferableTargetValue"] })

const condition = { metricId: "m1", compareOperator: "lt", threshold: 1, categoryName: "c" }
const timeliness = { enabled: true, expectedFrequency: "PT1H" }
response("HealthSettings", Settings.HealthSettings, {
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

response("ChallengerReplaySettings", Settings.ChallengerReplaySettings, {
  enabled: true,
  schedule: { hour: ["*"] }
}, { open: ["schedule."] })
response("AccuracyMetrics", Settings.AccuracyMetrics, { data: ["AUC"] }, { needed: ["data"] })

response("ServiceStats", Monitoring.ServiceStats, {
  modelId: "m1",
  period,
  metrics: number(...Monitoring.serviceMetrics),
  segmentAttribute: "a",
  segmentValue: "v"
}, { needed: ["metrics"] })
response("ServiceStatsOverTime", Monitoring.ServiceStatsOverTime, {
  metric: "totalRequests",
  modelId: "m1",
  summary: { period, value: 1 },
  buckets: [{ period, value: 1 }],
  segmentAttribute: "a",
  segmentValue: "v"
}, { needed: ["metric", "summary", "buckets"] })
const driftedFrom = { modelId: "m1", period, metric: "psi" }
const drifted = number("driftScore", "sampleSize", "baselineSampleSize")
response("TargetDrift", Monitoring.TargetDrift, { ...driftedFrom, ...drifted, targetName: "t" })
response("FeatureDrift", Monitoring.FeatureDrift, { ...drifted, name: "f", featureImpact: 0.5, ...driftedFrom }, {
  open: ["name"]
})
response("FeatureDriftPage", Monitoring.FeatureDriftWire, {
  totalCount: 1,
  next: null,
  previous: null,
  data: [{ ...drifted, featureImpact: 0.5, name: "f" }],
  ...driftedFrom
}, { needed: ["data"], open: ["data[0].name", "next", "previous"] })
describe("a page of feature drift", () => {
  const feature = { ...drifted, name: "f", featureImpact: 0.5 }
  const page = { totalCount: 1, next: null, previous: null, data: [feature] }
  const read = (wire: Sample) => Either.getOrThrow(decoded(Monitoring.FeatureDriftPage, wire))

  it("each feature gets the model, the period and the metric of its page", () => {
    const moment = Either.getOrThrow(decoded(Monitoring.Period, period))
    assert.deepStrictEqual(read({ ...page, ...driftedFrom }), {
      ...page,
      data: [{ ...feature, modelId: "m1", metric: "psi", period: moment }]
    })
    assert.deepStrictEqual(read(page).data, [{ ...feature, modelId: null, metric: null, period: null }])
  })

  it("a page is written without a model, a period and a metric of its own", () => {
    const written: unknown = Schema.encodeSync(Monitoring.FeatureDriftPage)({ ...page, data: [] })
    assert.deepStrictEqual(written, { ...page, data: [] })
  })
})

response("Accuracy", Monitoring.Accuracy, {
  modelId: "m1",
  period,
  metrics: { AUC: number("value", "baselineValue", "percentChange") }
}, { needed: ["metrics"], open: ["metrics.AUC"] })
it("the response Accuracy has a number or null for each metric", () => {
  const decodedOf = (value: unknown) => decoded(Monitoring.Accuracy, { metrics: { AUC: { value } } })
  for (const value of [1, null]) assert.isTrue(Either.isRight(decodedOf(value)))
  assert.deepStrictEqual(Either.getOrThrow(Either.flip(decodedOf("x"))).map(({ path }) => path), ["metrics.AUC.value"])
})

const accuracyBucket = { period, value: 1, sampleSize: 2, valuePerClass: { a: 1 } }
response("AccuracyOverTime", Monitoring.AccuracyOverTime, {
  metric: "AUC",
  modelId: "m1",
  baseline: accuracyBucket,
  summary: accuracyBucket,
  buckets: [accuracyBucket]
}, { needed: ["metric", "buckets"], open: ["valuePerClass"] })
response("PredictionsOverTime", Monitoring.PredictionsOverTime, {
  baselines: [{ period, more: 1 }],
  buckets: [{ period, more: 1 }]
}, { needed: ["baselines", "buckets"], open: ["more"] })
response("PredictionResult", Monitoring.PredictionResult, { row: { id: 1 } }, { open: ["row"] })
response("Period", Monitoring.Period, period)

for (
  const [name, schema] of [["Challenger", Models.Challenger], [
    "ChampionModelPackage",
    Models.ChampionModelPackage
  ]] as const
) {
  response(name, schema, { id: "c1", model: { id: "m1" } }, { needed: ["id"], open: ["model"] })
}
response("Feature", Models.Feature, {
  name: "f",
  featureType: "Numeric",
  importance: 0.5,
  dateFormat: "%Y",
  knownInAdvance: true
}, { needed: ["name"] })
response("ReplacementValidation", Models.ReplacementValidation, {
  status: "passing",
  message: "m",
  checks: { target: { status: "passing", message: "m" } }
}, { open: ["checks.target"] })
it("the response ReplacementValidation has a status and a message for each check", () => {
  const decodedOf = (check: unknown) => decoded(Models.ReplacementValidation, { checks: { target: check } })
  for (const check of [null, {}, { status: "failing", message: null }]) assert.isTrue(Either.isRight(decodedOf(check)))
  assert.deepStrictEqual(
    Either.getOrThrow(Either.flip(decodedOf({ status: 1, message: 2 }))).map(({ path }) => path),
    ["checks.target.status", "checks.target.message"]
  )
})

response("SecondaryDatasetConfig", Models.SecondaryDatasetConfig, { secondaryDatasetConfigId: "s1" })

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
response(
  "RetrainingSettings",
  Settings.RetrainingSettings,
  {
    dataset: text("id", "name"),
    predictionEnvironment: text("id", "name"),
    retrainingUser: text("id", "username"),
    more: { id: "m1" }
  },
  { open: ["more"] }
)
response("CustomModelImage", Deployments.CustomModelImage, customModelImage)
response("DeploymentModel", Deployments.Model, model)
response("DeploymentModelPackage", Deployments.ModelPackage, text("id", "name", "registeredModelId"))
response("DeploymentPredictionServer", Serving.PredictionServer, text("id", "url", "datarobot-key"))
response("DeploymentPredictionEnvironment", Serving.PredictionEnvironment, environment)
response("PredictionServer", PredictionServer, {
  ...text("id", "url", "datarobot-key"),
  batchPredictions: number("processing", "queued")
}, { needed: ["id"] })
response("PredictionEnvironment", Environments.PredictionEnvironment, {
  ...text("id", "name", "description", "platform", "managedBy", "plugin", "datastoreId", "credentialId"),
  ...yes("isDeleted", "isManagedByManagementAgent"),
  ...number("priority", "maxConcurrentBatchPredictionsJob"),
  permissions: ["CAN_VIEW"],
  supportedModelFormats: ["customModel"],
  importMeta: { dateCreated: at, ...text("creatorId", "creatorUsername") },
  managementMeta: { userId: "u1" },
  health: { ...text("status", "message"), timestamp: at }
}, { needed: ["id"], open: ["managementMeta.userId"] })
const target = {
  ...text("name", "type", "predictionProbabilitiesColumn"),
  ...number("classCount", "predictionThreshold"),
  classNames: ["a"]
}
response("Tag", Packages.Tag, text("id", "name", "value"))
response("Target", Packages.Target, target)
const modelPackage = {
  ...text("id", "name", "modelId", "registeredModelId", "modelExecutionType", "buildStatus", "stage"),
  ...number("registeredModelVersion", "activeDeploymentCount"),
  isArchived: true,
  target,
  permissions: ["CAN_VIEW"],
  tags: [text("id", "name", "value")],
  importMeta: { dateCreated: at, ...text("creatorId", "creatorUsername", "originalFileName") },
  modelKind: yes(
    "isTimeSeries",
    "isMultiseries",
    "isUnsupervisedLearning",
    "isAnomalyDetectionModel",
    "isFeatureDiscovery",
    "isTextGeneration"
  ),
  modelDescription: text("modelName", "description", "location", "buildEnvironmentType"),
  sourceMeta: text("projectId", "projectName", "environmentUrl"),
  textGeneration: text("prompt")
}
it("a model package needs only its id", () => {
  const { id, ...rest }: Sample = modelPackage
  assert.isTrue(Either.isRight(decoded(Packages.ModelPackage, { id })))
  assert.isTrue(Either.isLeft(decoded(Packages.ModelPackage, rest)))
})
const author = text("id", "name", "email")
response("RegisteredModel", RegisteredModels.RegisteredModel, {
  ...text("name", "description"),
  id: "r1",
  createdAt: at,
  createdBy: author,
  modifiedAt: at,
  modifiedBy: author,
  target,
  lastVersionNum: 2,
  ...yes("isArchived", "isGlobal")
}, { needed: [], open: ["id", "createdBy", "modifiedBy", "target"] })
it("the user of a registered model may be only an id", () => {
  const { createdBy } = Either.getOrThrow(decoded(RegisteredModels.RegisteredModel, { id: "r1", createdBy: "u1" }))
  assert.deepStrictEqual(createdBy, { id: "u1" })
})
response("Credential", Credential, {
  ...text("credentialId", "name", "credentialType", "description"),
  creationDate: at
}, { needed: ["credentialId"] })
it("the secrets of a credential are not decoded", () => {
  const found = Either.getOrThrow(decoded(Credential, { credentialId: "c1", password: "secret", user: "u" }))
  assert.deepStrictEqual(found, { credentialId: "c1" })
})
response("Version", Service.Version, { ...number("major", "minor"), versionString: "2.25.0" })
response("Account", Service.Account, text("uid", "username", "email", "firstName", "lastName", "orgId"), {
  needed: ["uid"]
})
response("HealthStatus", Deployments.HealthStatus, health)
response("FairnessHealth", Deployments.FairnessHealth, fairness, { open: ["messages[0]"] })
response("Owner", Deployments.Owner, owner)
response("Deployment", Deployments.Deployment, {
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
response("Capability", Deployments.Capability, { name: "n", supported: true, messages: ["m"] }, {
  needed: ["name", "supported"],
  open: ["messages[0]"]
})
response("SharedRole", Deployments.SharedRole, text("id", "name", "role", "shareRecipientType"), {
  needed: ["id", "role", "shareRecipientType"]
})
response("ModelHistoryEntry", Deployments.ModelHistoryEntry, { model: { id: "m1" } }, { open: ["model"] })

/** The encoding of an input. */
interface Form {
  /** The values of a body stay unchanged in JSON. In a query, each value is text. */
  readonly as: "body" | "query"
  /** Keys whose values also stay unchanged in a query, because they are not sent. */
  readonly kept?: Keys
}
const body: Form = { as: "body" }
const query: Form = { as: "query" }
const stream: Form = { as: "query", kept: ["pageSize", "prefetch", "concurrency"] }

const wireNames: Readonly<Record<string, string>> = {
  startTime: "start",
  endTime: "end",
  startDate: "start",
  endDate: "end",
  metrics: "data"
}
const dates = ["startTime", "endTime", "lastPredictionTimestampStart", "lastPredictionTimestampEnd"]

/** Returns what is sent for a value of the caller. */
const wireOf = (value: object, { as, kept = [] }: Form): Sample =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      const written = dates.includes(key) ? new Date(String(item)).toISOString() : item
      if (key === "runtimeParameterValues") return [key, JSON.stringify(item)]
      const text = Array.isArray(written) ? written.join(",") : String(written)
      return [wireNames[key] ?? key, as === "body" || kept.includes(key) ? written : text]
    })
  )

/** The inputs that are tested here. */
const tested = new Set<unknown>()

/** Tests an input: values that are accepted and how they are sent, and values that are rejected, by message. */
const sent = <A extends object, I extends object>(
  name: string,
  schema: Schema.Schema<A, I>,
  form: Form,
  fits: ReadonlyArray<NoInfer<A>>,
  refused: Readonly<Record<string, unknown>>
) => {
  tested.add(schema)
  return describe(`the input ${name}`, () => {
    it("valid values are sent with the names and in the format of the API", () => {
      for (const value of fits) {
        const taken: unknown = input(schema, value)
        assert.deepStrictEqual(taken, { value: wireOf(value, form), issues: [] })
      }
    })

    it("the encoded value can be decoded again", () => {
      for (const value of fits) {
        const wire = wireOf(value, form)
        const again = Either.getOrThrow(decoded(schema, wire))
        assert.deepStrictEqual<unknown>(Object.keys(again).sort(), Object.keys(value).sort())
        assert.deepStrictEqual<unknown>(input(schema, again), { value: wire, issues: [] })
      }
    })

    for (const [words, value] of Object.entries(refused)) {
      it(`an invalid value is rejected: ${words}`, () => {
        // Boundary: values that JavaScript can pass and the types reject.
        for (const one of Array.isArray(value) ? value : [value]) {
          assert.strictEqual(formatIssues(input(schema, one as A).issues), words)
        }
      })
    }

    const [sample = assert.fail("no sample")] = fits
    /** Whether an issue is about this place, or about a value that contains it. */
    const isAbout = (keys: Keys) => ({ path }: Issue) => path !== "" && pathOf(keys).startsWith(path)

    it("a wrong value in any place is rejected, and the issue has the caller's path", () => {
      for (const keys of keysIn(sample)) {
        // A symbol is wrong everywhere.
        const { issues } = input(schema, withValue(sample, keys, Symbol.iterator) as A)
        assert.isTrue(issues.some(isAbout(keys)), `${pathOf(keys)}: ${formatIssues(issues)}`)
      }
    })

    it("a wrong value in any place of the encoded input is rejected, and the issue has the API's path", () => {
      const wire = wireOf(sample, form)
      for (const keys of keysIn(wire)) {
        const issues = Either.getOrThrow(Either.flip(decoded(schema, withValue(wire, keys, Symbol.iterator))))
        assert.isTrue(issues.some(isAbout(keys)), `${pathOf(keys)}: ${formatIssues(issues)}`)
      }
    })
  })
}

sent("settings", Settings.SettingsInput, body, [{
  ...settings,
  associationId: { columnNames: ["a"], requiredInPredictionRequests: true, autoGenerateId: true },
  predictionWarning: { enabled: true, customBoundaries: { lower: 0, upper: 1 } },
  predictionIntervals: { enabled: true, percentiles: [99] },
  predictionsSettings: { minComputes: 0, maxComputes: 1, resourceBundleId: "r" }
}, {
  associationId: { columnNames: null },
  predictionWarning: { customBoundaries: null },
  predictionIntervals: { percentiles: [] }
}, { predictionIntervals: { percentiles: [1] } }], {
  "must hold at least one of the settings": [{}, { humility: undefined }],
  "predictionWarning.customBoundaries must have a lower boundary below the upper one": [
    { predictionWarning: { customBoundaries: { lower: 1, upper: 1 } } }
  ],
  "predictionWarning.customBoundaries.lower must be a finite number": [
    { predictionWarning: { customBoundaries: { lower: Infinity, upper: 1 } } }
  ],
  "predictionIntervals.percentiles must be at most one whole number from 1 to 99": [[1, 2], [0], [100], [1.5]].map((
    percentiles
  ) => ({ predictionIntervals: { percentiles } })),
  "biasAndFairness.preferableTargetValue must be a string, a boolean or a finite number": [
    { biasAndFairness: { preferableTargetValue: null } }
  ]
})

sent("health settings", Settings.HealthSettingsInput, body, [
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
sent("replay settings", Settings.ChallengerReplaySettingsInput, body, [{ enabled: true, schedule: {} }], {})
sent("retraining settings", Settings.RetrainingSettingsInput, body, [
  { datasetId: "d", predictionEnvironmentId: "p", retrainingUserId: "r", credentialId: "c" },
  { datasetId: null, predictionEnvironmentId: null, retrainingUserId: null, credentialId: null }
], { "must hold at least one of the retraining settings": {} })
sent("accuracy metrics", Settings.AccuracyMetricsInput, body, [{ metrics: ["AUC"] }], {
  "metrics must hold at least one metric": { metrics: [] },
  "metrics[0] must be a string that is not blank": { metrics: [" "] }
})

/** Invalid options for fetching pages early. */
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
sent("service statistics", Monitoring.ServiceStatsInput, query, [
  { ...hours, ...segment, executionTimeQuantile: 0.5, responseTimeQuantile: 1, slowRequestsThreshold: 0 },
  ...open
], {
  ...inHours,
  "slowRequestsThreshold must be a number from 0": [{ slowRequestsThreshold: -1 }, { slowRequestsThreshold: Infinity }]
})
sent("service statistics over time", Monitoring.ServiceStatsOverTimeInput, query, [
  { ...hours, ...segment, bucketSize, metric: "totalRequests", quantile: 0.5, threshold: 1 },
  ...["P7D", "P1Y2M3D", "P0Y0M1DT0H0M0S", "PT24H", "P1W", "P14D"].map((size) => ({ bucketSize: size })),
  ...Monitoring.serviceMetrics.map((metric) => ({ metric }))
], { ...inHours, ...badBucket })
sent("target drift", Monitoring.TargetDriftInput, query, [
  { ...hours, metric: "psi" },
  ...(["psi", "kl_divergence", "dissimilarity", "hellinger", "js_divergence"] as const).map((metric) => ({ metric })),
  ...open
], inHours)
sent(
  "feature drift",
  Monitoring.FeatureDriftInput,
  query,
  [{ ...hours, metric: "psi", limit: 1, offset: 0 }, ...open],
  inHours
)
sent("accuracy", Monitoring.AccuracyInput, query, [{ ...hours, ...segment }, ...open], inHours)
sent("accuracy over time", Monitoring.AccuracyOverTimeInput, query, [
  { ...hours, ...segment, bucketSize, metric: "AUC" },
  ...open
], { ...inHours, ...badBucket })
sent("predictions over time", Monitoring.PredictionsOverTimeInput, query, [
  { ...hours, bucketSize, targetClass: "a", includePercentiles: true },
  ...open
], { ...inHours, ...badBucket })
sent("prediction results", Monitoring.PredictionResultsInput, query, [
  { ...hours, startTime: "2022-03-01T10:30:00Z", limit: 1, offset: 0, actualsPresent: true },
  ...open
], outOfOrder)
sent("streamed prediction results", Monitoring.PredictionResultsStreamInput, stream, [
  { ...hours, startTime: "2022-03-01T10:30:00Z", limit: 1, offset: 0, actualsPresent: true, ...widest },
  { prefetch: 0, concurrency: 1 },
  ...open
], { ...outOfOrder, ...tooFar })
sent("deletion of data", Monitoring.DeleteMonitoringDataInput, body, [hours, { modelId: "m1" }], inHours)

sent("features", Models.FeaturesInput, query, [
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
sent("candidate", Models.CandidateInput, body, [{ modelId: "m1" }, { modelPackageId: "p1" }], either)
sent("replacement", Models.ReplacementInput, body, [
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
sent("secondary datasets", Models.SecondaryDatasetConfigInput, body, [
  { secondaryDatasetConfigId: "s1", credentialsIds: ["c1"] }
], {})

const newDeployment = { label: "l", description: "d", defaultPredictionServerId: "s", importance: "LOW" } as const
sent("new deployment of a model", Deployments.CreateFromModelInput, body, [
  { ...newDeployment, modelId: "m", predictionThreshold: 0.5, status: "active" },
  { label: "l", modelId: "m", status: "inactive" },
  ...(["CRITICAL", "HIGH", "MODERATE", "LOW"] as const).map((importance) => ({ label: "l", modelId: "m", importance }))
], { "label must be a string that is not blank; modelId is missing": [{ label: " " }] })
sent("new deployment of a package", Deployments.CreateFromModelPackageInput, body, [
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
sent("new deployment of a version of a custom model", Deployments.CreateFromCustomModelVersionInput, body, [
  {
    ...newDeployment,
    customModelVersionId: "v",
    modelPackageName: "n",
    registeredModelName: "r",
    tags: [{ name: "a", value: "b" }],
    userProvidedId: "u",
    additionalMetadata: [{ key: "k", value: "v" }]
  },
  { label: "l", customModelVersionId: "v" },
  { label: "l", customModelVersionId: "v", predictionEnvironmentId: "e", registeredModelId: "r" }
], {
  "must have either defaultPredictionServerId or predictionEnvironmentId, not both": [
    { ...newDeployment, customModelVersionId: "v", predictionEnvironmentId: "e" }
  ],
  "must have either registeredModelId or registeredModelName, not both": [
    { label: "l", customModelVersionId: "v", registeredModelId: "r", registeredModelName: "n" }
  ]
})
sent("change", Deployments.UpdateInput, body, [{ label: "l", description: "d", importance: "LOW" }, {
  description: ""
}], {
  "must hold at least one of label, description and importance": {}
})
sent("deletion", Deployments.DeleteInput, query, [{ ignoreManagementAgent: true }, {}], {})

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
sent("list", Deployments.ListInput, query, [{ ...filters, ...lists, limit: 1000 }], {
  "pageSize is not known here": { pageSize: 1 },
  "prefetch is not known here": { prefetch: 1 },
  "concurrency is not known here": { concurrency: 1 }
})
sent("stream", Deployments.StreamInput, stream, [
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
  "tagKeys must be a string that is not blank and has no comma, or a list of such strings": [
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
sent("page", Deployments.PageInput, query, [{ ...filters, ...lists, limit: 100 }, { limit: 1 }], {
  "limit must be a whole number from 1 to 100": [{ limit: 0 }, { limit: 101 }]
})
sent("filter of shared roles", Deployments.SharedRolesInput, query, [
  { limit: 1, offset: 0, id: "u", name: "n", shareRecipientType: "user" },
  { shareRecipientType: "group" },
  { shareRecipientType: "organization" }
], {})

const early = { pageSize: 100, ...widest }
sent("list of prediction environments", Environments.ListInput, query, [
  { supportedModelFormats: Environments.modelFormats, limit: 1000, offset: 0 },
  ...Environments.modelFormats.map((supportedModelFormats) => ({ supportedModelFormats }))
], {})
sent("page of prediction environments", Environments.PageInput, query, [{ limit: 100, offset: 0 }], {
  "limit must be a whole number from 1 to 100": [{ limit: 101 }]
})
sent("stream of prediction environments", Environments.StreamInput, stream, [
  { supportedModelFormats: "customModel", limit: 1000, offset: 0, ...early }
], tooFar)
const environmentSettings = {
  description: "d",
  supportedModelFormats: Environments.modelFormats,
  isManagedByManagementAgent: true,
  plugin: "p",
  datastoreId: "s",
  credentialId: "c",
  priority: 0,
  maxConcurrentBatchPredictionsJob: 1
}
const oneFormat = { "supportedModelFormats must hold at least one format": [{ supportedModelFormats: [] }] }
sent("new prediction environment", Environments.CreateInput, body, [
  { name: "n", platform: "aws", ...environmentSettings },
  ...Environments.platforms.map((platform) => ({ name: "n", platform }))
], {
  "name is missing; platform must be datarobot or datarobotServerless or aws or gcp or azure or onPremise or openShift or snowflake or sapAiCore or other":
    [{ platform: "moon" }]
})
sent("change of a prediction environment", Environments.UpdateInput, body, [
  { name: "n", ...environmentSettings },
  { description: "" }
], { "must hold at least one of the settings of a prediction environment": [{}, { name: undefined }], ...oneFormat })

const packageFilters = {
  search: "s",
  modelId: "m",
  similarTo: "p",
  forChallenger: true,
  predictionThreshold: 0.5,
  imported: false,
  predictionEnvironmentId: "e",
  modelKind: "isTimeSeries",
  buildStatus: "complete",
  offset: 0
} as const
sent("list of model packages", Packages.ListInput, query, [
  { ...packageFilters, limit: 1000 },
  ...Packages.buildStatuses.map((buildStatus) => ({ buildStatus }))
], {
  "predictionThreshold must be a number from 0 to 1": [{ predictionThreshold: 1.5 }],
  "buildStatus must be complete or inProgress or failed": [{ buildStatus: "done" }]
})
sent("page of model packages", Packages.PageInput, query, [{ ...packageFilters, limit: 100 }], {
  "limit must be a whole number from 1 to 100": [{ limit: 101 }]
})
sent("stream of model packages", Packages.StreamInput, stream, [{ ...packageFilters, limit: 1000, ...early }], tooFar)
const newPackage = { name: "n", description: "d", registeredModelName: "r", tags: [{ name: "a", value: "b" }] }
const twoModels = { registeredModelId: "i", registeredModelName: "r" }
const notTwo = "must have either registeredModelId or registeredModelName, not both"
sent("new package of a model", Packages.CreateFromLearningModelInput, body, [
  { ...newPackage, modelId: "m", predictionThreshold: 0.5 },
  { modelId: "m", registeredModelId: "i" }
], { [notTwo]: [{ modelId: "m", ...twoModels }] })
sent("new package of a version of a custom model", Packages.CreateFromCustomModelVersionInput, body, [
  { ...newPackage, customModelVersionId: "v", prompt: "p" },
  { customModelVersionId: "v" }
], { [notTwo]: [{ customModelVersionId: "v", ...twoModels }] })

const registeredModelFilters = {
  search: "s",
  sortKey: "name",
  sortDirection: "desc",
  targetName: "t",
  targetType: "Binary",
  createdBy: "u",
  stage: "Registered",
  isGlobal: false,
  tagKeys: ["a", "b"],
  tagValues: "c",
  compatibleWithLeaderboardModelId: "m",
  compatibleWithModelPackageId: "p",
  offset: 0
} as const
sent("list of registered models", RegisteredModels.ListInput, query, [
  { ...registeredModelFilters, limit: 1000 },
  { sortKey: "createdAt", sortDirection: "asc" },
  { sortKey: "modifiedAt" }
], { "sortKey must be createdAt or modifiedAt or name": [{ sortKey: "size" }] })
sent("page of registered models", RegisteredModels.PageInput, query, [{ ...registeredModelFilters, limit: 100 }], {
  "limit must be a whole number from 1 to 100": [{ limit: 0 }]
})
sent("stream of registered models", RegisteredModels.StreamInput, stream, [
  { ...registeredModelFilters, limit: 1000, ...early }
], tooFar)

const updateRoles = { operation: "updateRoles" } as const
const grant = { id: "u", role: "OWNER", shareRecipientType: "user", canShare: true } as const
sent("grant", Deployments.GrantsInput, body, [
  { ...updateRoles, roles: [grant] },
  { ...updateRoles, roles: [{ username: "n", role: "NO_ROLE", shareRecipientType: "group" }] },
  { ...updateRoles, roles: (["USER", "OBSERVER", "CONSUMER"] as const).map((role) => ({ ...grant, role })) },
  { ...updateRoles, roles: Array.from({ length: 100 }, () => grant) }
], {
  "roles must hold 1 to 100 roles": [{ ...updateRoles, roles: [] }, {
    ...updateRoles,
    roles: Array.from({ length: 101 }, () => grant)
  }],
  "roles[0] must have an id or a username, a known role and a known shareRecipientType": [
    { ...updateRoles, roles: [{ role: "OWNER", shareRecipientType: "user" }] },
    { ...updateRoles, roles: [{ ...grant, role: "BOSS" }] }
  ]
})
sent("status", Deployments.StatusInput, body, [{ status: "active" }, { status: "inactive" }], {
  "status must be \"active\" or \"inactive\", but is another string": [{ status: "archived" }]
})

sent("new model deployment", ModelDeployments.CreateInput, body, [
  { projectId: "p", modelId: "m", label: "l", instanceId: "i", description: "", status: "active" },
  { projectId: "p", modelId: "m", label: "l" },
  ...(["inactive", "archived"] as const).map((status) => ({ projectId: "p", modelId: "m", label: "l", status }))
], { "projectId is missing; modelId is missing; label must be a string that is not blank": [{ label: " " }] })
sent("change of a model deployment", ModelDeployments.UpdateInput, body, [
  { label: "l", description: "d", status: "active" },
  { description: "" }
], { "must hold at least one of label, description and status": [{}, { label: undefined }] })
const modelDeploymentFilters = { limit: 1000, offset: 0, query: "q", orderBy: "label", status: "active" } as const
const modelDeploymentOrders = ["label", "exportTarget", "status", "type"] as const
sent("list of model deployments", ModelDeployments.ListInput, query, [
  modelDeploymentFilters,
  {},
  ...modelDeploymentOrders.flatMap((orderBy) => [{ orderBy }, { orderBy: `-${orderBy}` } as const])
], {
  "limit must be a whole number from 1": [{ limit: 0 }],
  "pageSize is not known here": { pageSize: 1 },
  "prefetch is not known here": { prefetch: 1 }
})
sent("stream of model deployments", ModelDeployments.StreamInput, stream, [
  { ...modelDeploymentFilters, pageSize: 1000, ...widest },
  { pageSize: 1, prefetch: 0, concurrency: 1 }
], { "pageSize must be a whole number from 1": [{ pageSize: 0 }, { pageSize: 1.5 }], ...tooFar })
const startDate = "2018-05-01T00:00:00.000Z"
const endDate = "2018-05-02T10:30:00.000Z"
sent("statistics of a model deployment", ModelDeployments.StatisticsInput, query, [
  { startDate, endDate },
  { startDate },
  { endDate },
  {}
], {
  "startDate must be an ISO 8601 date, a Date or a DateTime": [{ startDate: "soon" }],
  "must have a startDate that is before its endDate": [
    { startDate, endDate: startDate },
    { startDate: endDate, endDate: startDate }
  ]
})

const actual = { associationId: "r1", actualValue: 1 }
const aThird = "2018-05-01T00:00:00.333Z"
const notAnId = "data[0].associationId must be a string of 1 to 128 characters that is not blank"
sent("actual values", Actuals.ActualsInput, body, [
  {
    data: [{ associationId: "a".repeat(128), actualValue: "yes", wasActedOn: true, timestamp: aThird }],
    keepActualsWithoutPredictions: true
  },
  { data: Array.from({ length: 10_000 }, () => actual), keepActualsWithoutPredictions: false },
  { data: [{ ...actual, actualValue: "" }] }
], {
  [notAnId]: ["", " ", "a".repeat(129)].map((associationId) => ({ data: [{ ...actual, associationId }] })),
  "data[0].actualValue must be a string or a finite number": [Infinity, null, true].map((actualValue) => ({
    data: [{ ...actual, actualValue }]
  })),
  "data[1].timestamp must be an ISO 8601 date, a Date or a DateTime": [
    { data: [actual, { ...actual, timestamp: "soon" }] }
  ],
  "data[0].odd is not known here": [{ data: [{ ...actual, odd: 1 }] }]
})
it("a null field of an actual value is read as a missing one, but cannot be sent", () => {
  const wire = { data: [{ ...actual, wasActedOn: null, timestamp: null }] }
  assert.deepStrictEqual<unknown>(
    decoded(Actuals.ActualsInput, wire),
    Either.right({ data: [{ ...actual, wasActedOn: undefined, timestamp: undefined }] })
  )
  for (const name of ["wasActedOn", "timestamp"]) {
    const { issues } = input(Actuals.ActualsInput, untyped({ data: [{ ...actual, [name]: null }] }))
    assert.deepStrictEqual(issues.map(({ path }) => path), [`data[0].${name}`])
  }
})
sent("actual values of a dataset", Actuals.DatasetInput, body, [
  {
    datasetId: "d",
    datasetVersionId: "v",
    associationIdColumn: "a",
    actualValueColumn: "b",
    wasActedOnColumn: "c",
    timestampColumn: "t"
  },
  { datasetId: "d", associationIdColumn: "a", actualValueColumn: "b" }
], {
  "datasetId must be a string that is not blank; associationIdColumn is missing; actualValueColumn is missing": [
    { datasetId: "" }
  ]
})

const hourStart = "2022-03-01T00:00:00.000Z"
const hourEnd = "2022-03-02T00:00:00.000Z"
const exportRange = { startTime: hourStart, endTime: hourEnd }
const exportsListed = [{ status: "SUCCEEDED", modelId: "m", limit: 1, offset: 0 }, {}] as const
const wrongExports = {
  "modelId must be a string that is not blank": [{ modelId: "" }],
  "limit must be a whole number from 1": [{ limit: 0 }],
  "odd is not known here": [{ odd: 1 }]
}
sent("export of prediction data", Exports.PredictionsInput, body, [
  { ...exportRange, modelId: "m", batchIds: ["b"], augmentationType: "ACTUALS_AND_METRICS" },
  exportRange
], {
  "startTime is missing; endTime is missing": [{}],
  "modelId must be a string that is not blank": [{ ...exportRange, modelId: " " }],
  "odd is not known here": [{ ...exportRange, odd: 1 }]
})
sent("export of actual values", Exports.ActualsInput, body, [
  { ...exportRange, modelId: "m", onlyMatchedPredictions: true },
  exportRange
], {
  "startTime is missing; endTime is missing": [{}],
  "odd is not known here": [{ ...exportRange, odd: 1 }]
})
sent("export of training data", Exports.TrainingInput, body, [{ modelId: "m" }, {}], {
  "modelId must be a string that is not blank": [{ modelId: "" }]
})
sent("list of exports of prediction data", Exports.ListPredictionsInput, query, [
  ...exportsListed,
  { batch: true },
  { batch: false }
], wrongExports)
sent("list of exports of actual values", Exports.ListActualsInput, query, exportsListed, wrongExports)
sent("list of exports of training data", Exports.ListTrainingInput, query, [{ limit: 1, offset: 0 }, {}], {
  "offset must be a whole number from 0": [{ offset: -1 }]
})
sent("file of scoring code", Models.ScoringCodeInput, query, [
  { sourceCode: true },
  { includeAgent: true, includePredictionExplanations: true, includePredictionIntervals: true, sourceCode: false },
  {}
], {
  "must not have both sourceCode and one of the include… options": [
    { sourceCode: true, includeAgent: true },
    { sourceCode: true, includePredictionIntervals: true }
  ],
  "odd is not known here": [{ odd: 1 }]
})
sent("build of scoring code", Models.ScoringCodeBuildInput, body, [
  { includeAgent: true, includePredictionExplanations: true, includePredictionIntervals: false },
  {}
], { "odd is not known here": [{ odd: 1 }] })
sent("file of a model package", Models.ModelPackageFileInput, body, [{ computeAllTsIntervals: true }, {}], {
  "odd is not known here": [{ odd: 1 }]
})

sent("list of jobs", Jobs.JobsInput, query, [{ limit: 1, offset: 0 }, { limit: 1000 }, {}], {
  "limit must be a whole number from 1": [{ limit: 0 }, { limit: -1 }],
  "offset must be a whole number from 0": [{ offset: -1 }]
})
sent("paging", Paging, query, [{ limit: 1, offset: 0 }, { limit: 1000 }, {}], {
  "limit must be a whole number from 1": [{ limit: 0 }, { limit: -1 }],
  "offset must be a whole number from 0": [{ offset: -1 }]
})

describe("the routes", () => {
  const elsewhere = ["predictions", "batchPredictions", "batchPredictionDefinitions"]
  const here = Object.entries(routes).filter(([name]) => !elsewhere.includes(name))
  for (const { body, id, query } of here.flatMap(([, group]): ReadonlyArray<Route> => Object.values(group))) {
    if (body === undefined && query === undefined) continue
    it(`the query and the body of ${id} are inputs that are tested here`, () => {
      for (const schema of [body, query]) assert.isTrue(schema === undefined || tested.has(schema))
    })
  }
})
