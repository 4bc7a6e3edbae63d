/** The listing of batch predictions, what a job shows, and which jobs are rejected. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at } from "../support.js"
import { create, download, fields, get, upload } from "./support.js"

const deployments = [
  { id: "a", modelId: "m1" },
  { id: "b", modelId: "m2" },
  { id: "chat", project: { id: "p", targetType: "TextGeneration" } },
  { id: "off", status: "inactive" as const },
  { id: "elsewhere", type: "external" }
]
const emulator = Emulator.layer({ clock: "2030-01-01T00:00:00Z", batchDelay: 0, deployments })

const listed = (query: string) =>
  Effect.map(ask(`GET batchPredictions/?${query}`), ({ json, status, text }) => {
    assert.strictEqual(status, 200, text)
    const data = at(json, "data")
    return Array.isArray(data) ? data.map((job) => at(job, "id")) : data
  })

it.effect("a listing has the filters and orders of the service", () =>
  Effect.gen(function*() {
    const { advance } = yield* Emulator.Emulator
    const done = yield* create()
    yield* upload(done, "x\n1\n")
    yield* advance("2 hours")
    const waiting = yield* create({ deploymentId: "b", predictionInstance: { hostName: "other.example.com" } })
    yield* advance("2 hours")
    const failed = yield* create({ intakeSettings: { type: "s3", url: "s3://bucket/rows.csv" } })
    const cases: ReadonlyArray<readonly [query: string, expected: ReadonlyArray<string>]> = [
      ["", [failed, waiting, done]],
      ["orderBy=created", [done, waiting, failed]],
      ["orderBy=status", [done, failed, waiting]],
      ["orderBy=-status", [waiting, failed, done]],
      ["status=COMPLETED&status=FAILED", [failed, done]],
      ["status=RUNNING", []],
      ["deploymentId=b", [waiting]],
      ["modelId=m1", [failed, done]],
      [`jobId=${done}`, [done]],
      ["source=api", [failed, waiting, done]],
      ["source=-api", []],
      ["source=schedule", []],
      ["cutoffHours=3", [failed, waiting]],
      ["startDateTime=2030-01-01T02:00:00Z&endDateTime=2030-01-01T04:00:00Z", [waiting]],
      ["hostname=other.example.com", [waiting]],
      ["intakeType=s3", [failed]],
      ["outputType=localFile", [failed, waiting, done]],
      ["batchPredictionJobDefinitionId=d", []],
      ["limit=1&offset=1", [waiting]]
    ]
    for (const [query, expected] of cases) assert.deepStrictEqual(yield* listed(query), expected, query)
    const { json } = yield* ask("GET batchPredictions/?limit=1&status=COMPLETED&status=FAILED")
    assert.deepStrictEqual([at(json, "count"), at(json, "totalCount")], [1, 2])
    assert.strictEqual((yield* ask("GET batchPredictions/?status=LOST")).status, 422)
    assert.strictEqual((yield* ask(`DELETE batchPredictions/${waiting}/`)).status, 202)
    assert.deepStrictEqual(yield* listed("status=ABORTED"), [])
    assert.deepInclude(yield* fields(waiting, "status"), { status: "ABORTED" })
  }).pipe(Effect.provide(emulator)))

it.effect("a job shows what was posted, without secrets", () =>
  Effect.gen(function*() {
    const id = yield* create({
      passthroughColumns: ["x"],
      predictionInstance: { hostName: "h", apiKey: "secret-1", datarobotKey: "secret-2" },
      outputSettings: {
        type: "http",
        url: "https://example.com",
        method: "PUT",
        headers: { authorization: "secret-3" }
      }
    })
    const json = yield* get(id)
    assert.notInclude(JSON.stringify(json), "secret")
    assert.deepStrictEqual(at(json, "jobSpec"), {
      deploymentId: "a",
      passthroughColumns: ["x"],
      intakeSettings: { type: "localFile" },
      outputSettings: { type: "http", url: "https://example.com", method: "PUT" },
      predictionInstance: { hostName: "h", sslEnabled: true }
    })
    const { snapshot } = yield* Emulator.Emulator
    assert.notInclude(JSON.stringify(yield* snapshot), "secret")
  }).pipe(Effect.provide(emulator)))

const rejected: ReadonlyArray<readonly [name: string, spec: object, field: string]> = [
  ["an unknown deployment", { deploymentId: "unknown" }, "deploymentId"],
  ["nothing to score", { deploymentId: undefined }, "deploymentId"],
  ["an inactive deployment", { deploymentId: "off" }, "deploymentId"],
  ["a deployment that runs elsewhere", { deploymentId: "elsewhere" }, "deploymentId"],
  ["a deployment that only chats", { deploymentId: "chat" }, "deploymentId"],
  ["an intake of an unknown type", { intakeSettings: { type: "pigeon" } }, "intakeSettings"],
  ["an unknown dataset", { intakeSettings: { type: "dataset", datasetId: "d" } }, "datasetId"],
  ["time series settings", { timeseriesSettings: { type: "forecast" } }, "timeseriesSettings"],
  ["a class that the model does not have", { explanationClassNames: ["x"] }, "explanationClassNames"],
  ["an encoding that is unknown", { csvSettings: { encoding: "klingon" } }, "csvSettings.encoding"],
  ["passthrough columns in two ways", { passthroughColumns: ["x"], passthroughColumnsSet: "all" }, "passthroughColumns"]
]

for (const [name, spec, field] of rejected) {
  it.effect(`a job with ${name} is rejected`, () =>
    Effect.gen(function*() {
      const { status, text } = yield* ask("POST batchPredictions/", { json: { deploymentId: "a", ...spec } })
      assert.strictEqual(status, 422, text)
      assert.include(text, field)
      assert.deepStrictEqual(yield* listed(""), [])
    }).pipe(Effect.provide(emulator)))
}

it.effect("a job that reads or writes what the emulator does not reach fails and says so", () =>
  Effect.gen(function*() {
    const intake = yield* create({ intakeSettings: { type: "jdbc", dataStoreId: "d", table: "t" } })
    assert.deepInclude(yield* fields(intake, "status", "statusDetails"), {
      status: "FAILED",
      statusDetails: "The emulator cannot read from jdbc: it only supports localFile and dataset"
    })
    const output = yield* create({ outputSettings: { type: "s3", url: "s3://bucket/rows.csv" } })
    assert.strictEqual((yield* upload(output, "x\n1\n")).status, 422)
    assert.deepInclude(yield* fields(output, "status", "statusDetails"), {
      status: "FAILED",
      statusDetails: "The emulator cannot write results to s3: it only supports localFile"
    })
    assert.strictEqual((yield* download(output)).status, 404)
  }).pipe(Effect.provide(emulator)))
