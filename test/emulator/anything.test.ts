/** The emulator responds to any request without an internal error, and keeps working. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Emulator from "../../src/emulator/index.js"
import { runs } from "../effort.js"
import { ask, at } from "./support.js"

const deployments = [
  { id: "a" },
  { id: "b", deployed: false },
  { id: "many", project: { id: "p", target: "t", targetType: "Multiclass", classNames: ["x", 1] } },
  { id: "text", project: { id: "p", targetType: "TextGeneration" } },
  { id: "bytes", project: { id: "p", targetType: "Unstructured" } }
]
const tracked = {
  associationId: { columnNames: ["x"], requiredInPredictionRequests: false },
  targetDrift: { enabled: true },
  featureDrift: { enabled: true, trackedFeatures: ["y"] },
  predictionWarning: { enabled: true, customBoundaries: { lower: 0, upper: 1 } }
}
const { snapshot } = await Effect.runPromise(
  Effect.gen(function*() {
    const emulator = yield* Emulator.Emulator
    yield* emulator.recordTraffic({ deploymentId: "a", start: "2018-01-01", end: "2018-01-02", requests: 3 })
    yield* ask("PATCH deployments/a/settings/", { json: tracked })
    yield* emulator.advance("1 minute")
    yield* ask("POST /predApi/v1.0/deployments/a/predictions", { json: [{ x: "r1", y: 2, z: [1] }] })
    yield* ask("POST deployments/a/actuals/fromJSON/", { json: { data: [{ associationId: "r1", actualValue: 1 }] } })
    yield* ask("PATCH deployments/a/model/", { json: { modelId: "m2", reason: "OTHER" } })
    return { snapshot: yield* emulator.snapshot }
  }).pipe(Effect.provide(Emulator.layer({ deployments })))
)

/** A valid body for each route. */
const routes = {
  "POST modelDeployments/": {
    projectId: "p",
    modelId: "m",
    label: "L",
    instanceId: "i",
    description: "",
    status: "active"
  },
  "PATCH modelDeployments/a/": { label: "L", description: "", status: "archived" },
  "POST deployments/fromLearningModel/": {
    modelId: "m",
    label: "L",
    description: "",
    importance: "LOW",
    status: "inactive",
    predictionThreshold: 0.5
  },
  "POST deployments/fromModelPackage/": { modelPackageId: "p", label: "L", userProvidedId: "u" },
  "PATCH deployments/a/": { label: "L", description: "", importance: "HIGH" },
  "PATCH deployments/a/status/": { status: "inactive" },
  "PATCH deployments/a/settings/": tracked,
  "PATCH deployments/a/healthSettings/": {
    dataDrift: { driftThreshold: 0.5, batchCount: 10 },
    accuracy: { warningThreshold: null }
  },
  "PATCH deployments/a/challengerReplaySettings/": { enabled: true, schedule: { hour: [1] } },
  "PATCH deployments/a/retrainingSettings/": { datasetId: "d", credentialId: null },
  "PUT deployments/a/accuracyMetrics/": { data: ["AUC", "constructor"] },
  "PATCH deployments/a/model/": { modelPackageId: "p2", reason: "ERRORS" },
  "POST deployments/a/model/validation/": { modelId: "m" },
  "PATCH deployments/a/model/secondaryDatasetConfiguration/": { secondaryDatasetConfigId: "c", credentialsIds: ["k"] },
  "PATCH deployments/a/sharedRoles/": {
    operation: "updateRoles",
    roles: [{ username: "u", role: "USER", shareRecipientType: "user" }]
  },
  "POST deployments/a/actuals/fromJSON/": {
    data: [{ associationId: "r1", actualValue: "x", wasActedOn: true, timestamp: "2018-01-01" }],
    keepActualsWithoutPredictions: false
  },
  "POST deployments/a/monitoringDataDeletions/": { modelId: "m", start: "2018-01-01", end: "2018-01-02" },
  "POST /predApi/v1.0/deployments/a/predictions": [{ x: 1, y: "2" }, { z: null }],
  "POST /predApi/v1.0/deployments/bytes/predictionsUnstructured": { x: 1 },
  "POST /predApi/v1.0/p/m/predict": [{ x: 1 }],
  "POST deployments/a/predictions": { data: [{ x: 1 }] },
  "POST deployments/text/chat/completions": {
    model: "m",
    messages: [{ role: "user", content: [{ type: "text", text: "x" }] }, { role: "user", content: "x" }],
    stream: true,
    stream_options: { include_usage: true },
    datarobot_association_id: "r1"
  },
  "POST /__emulator/seed": [{ id: "c", label: "C", createdAt: "2018-01-01", instance: null, project: { id: "p" } }],
  "POST /__emulator/traffic": {
    deploymentId: "a",
    start: "2018-01-01",
    end: "2018-01-02",
    requests: 9,
    rows: 2,
    consumers: 2
  },
  "POST /__emulator/faults": { fault: "delay", delay: "0 millis", path: "nowhere", times: 1, every: 2, chance: 0.5 },
  "POST /__emulator/clock/advance": { duration: "1 hour" },
  "PUT /__emulator/state": snapshot
} as const

const odd = FastCheck.oneof(
  FastCheck.jsonValue(),
  FastCheck.constantFrom<unknown>(
    null,
    -1,
    0,
    1.5,
    1e300,
    -1e300,
    9e15,
    8.64e15,
    4e15,
    -4e15,
    "",
    "x",
    "\u0000",
    [],
    {},
    [null],
    "__proto__",
    true
  )
)

/** The same JSON with an odd value in one place, or with a key removed or added. */
const damaged = (json: unknown): FastCheck.Arbitrary<unknown> => {
  if (typeof json !== "object" || json === null) return odd
  const keys = Object.keys(json)
  const put = (key: string) => (value: unknown) =>
    Array.isArray(json)
      ? json.map((item: unknown, index) => String(index) === key ? value : item)
      : { ...json, [key]: value }
  return FastCheck.oneof(
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: odd.map(put("more")) },
    ...keys.flatMap((key) => [
      { weight: 3, arbitrary: damaged(at(json, key)).map(put(key)) },
      { weight: 1, arbitrary: FastCheck.constant(undefined).map(put(key)) }
    ])
  )
}

const request = FastCheck.oneof(
  ...Object.entries(routes).map(([route, json]) =>
    FastCheck.oneof(damaged(json), FastCheck.constant<unknown>(json)).map((sent) => ({
      // Boundary: Object.entries forgets the type of the keys.
      route: route as keyof typeof routes,
      text: JSON.stringify(sent) ?? ""
    }))
  )
)

const text = FastCheck.oneof(
  FastCheck.string(),
  FastCheck.constantFrom("-1", "0", "1e3", "2018-02-30", "275760-09-13", "active")
)
const reading = FastCheck.tuple(
  FastCheck.constantFrom("", "a/", "a/serviceStats/", "a/actionLog/", "b/"),
  FastCheck.dictionary(
    FastCheck.constantFrom("limit", "offset", "query", "orderBy", "status", "start", "end", "x"),
    text
  )
).map(([path, query]) => ({
  route: `GET modelDeployments/${path}?${new URLSearchParams(query)}` as const,
  text: undefined
}))

const monitored = FastCheck.tuple(
  FastCheck.constantFrom(
    "",
    "a/",
    "a/serviceStats/",
    "a/serviceStatsOverTime/",
    "a/features/",
    "a/modelHistory/",
    "a/targetDrift/",
    "a/featureDrift/",
    "a/accuracy/",
    "a/accuracyOverTime/",
    "a/predictionsOverTime/",
    "a/predictionResults/",
    "a/sharedRoles/",
    "b/"
  ),
  FastCheck.dictionary(
    FastCheck.constantFrom("limit", "offset", "search", "orderBy", "start", "end", "modelId", "metric", "bucketSize"),
    FastCheck.oneof(text, FastCheck.constantFrom("PT1H", "P1D", "AUC", "psi", "totalRequests", "m2", "2018-01-01"))
  )
).map(([path, query]) => ({
  route: `GET deployments/${path}?${new URLSearchParams(query)}` as const,
  text: undefined
}))

const parameters = FastCheck.dictionary(
  FastCheck.constantFrom(
    "passthroughColumns",
    "passthroughColumnsSet",
    "maxExplanations",
    "explanationAlgorithm",
    "explanationNumTopClasses",
    "explanationClassNames",
    "thresholdHigh",
    "predictionWarningEnabled",
    "excludeAdjustedPredictions",
    "forecastPoint",
    "x"
  ),
  FastCheck.oneof(text, FastCheck.constantFrom("x", "all", "true", "shap", "xemp", "2", "0.5", "__proto__"))
)
const predicting = FastCheck.record({
  id: FastCheck.constantFrom("a", "b", "many"),
  query: parameters,
  text: FastCheck.oneof(
    FastCheck.string(),
    FastCheck.array(FastCheck.dictionary(FastCheck.string(), odd)).map((rows) => JSON.stringify(rows)),
    FastCheck.constantFrom("x,y\n1,2\n", "__proto__,x\n\"a\nb\",\n", "x\n")
  ),
  type: FastCheck.constantFrom("application/json", "text/csv", "multipart/form-data; boundary=x"),
  accept: FastCheck.constantFrom("text/csv", "*/*"),
  encoding: FastCheck.constantFrom("identity", "gzip")
}).map(({ accept, encoding, id, query, text, type }) => ({
  route: `POST /predApi/v1.0/deployments/${id}/predictions?${new URLSearchParams(query)}` as const,
  text,
  headers: { accept, "content-type": type, "content-encoding": encoding }
}))

it.effect.prop(
  "the emulator never responds with a 5xx to generated requests, and its state can still be restored",
  [FastCheck.array(FastCheck.oneof(request, reading, monitored, predicting), { minLength: 1, maxLength: 12 })],
  ([requests]) =>
    Effect.gen(function*() {
      for (const { route, text, ...rest } of requests) {
        const { status, text: answer } = yield* ask(route, text === undefined ? {} : { text, ...rest })
        assert.isTrue(status < 500, `${route} ${text}: ${status} ${answer}`)
      }
      const emulator = yield* Emulator.Emulator
      yield* emulator.clearFaults
      const lists = Effect.all([ask("GET modelDeployments/"), ask("GET deployments/?limit=100"), ask("GET status/")])
      const found = yield* lists
      for (const { status, text } of found) assert.strictEqual(status, 200, text)
      // Its state can be saved and restored.
      yield* emulator.restore(JSON.parse(JSON.stringify(yield* emulator.snapshot)))
      assert.deepStrictEqual((yield* lists).map(({ text }) => text), found.map(({ text }) => text))
    }).pipe(Effect.provide(Emulator.layer({ deployments }))),
  { fastCheck: { numRuns: runs(50, 300) }, timeout: 60_000 }
)
