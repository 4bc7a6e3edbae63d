/** The definitions of batch predictions in the emulator: settings, runs, schedules, and snapshots. */
import * as HttpBody from "@effect/platform/HttpBody"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at } from "../support.js"
import { get } from "./support.js"

const path = "batchPredictionJobDefinitions/"
const options = { clock: "2030-01-01T00:00:00Z", batchDelay: 0, deployments: [{ id: "a" }, { id: "b" }] }
const emulator = Emulator.layer(options)

const every = { minute: [0], hour: ["*"], dayOfMonth: ["*"], month: ["*"], dayOfWeek: ["*"] }

/** Stores a dataset with three rows, and returns its id. */
const dataset = Effect.gen(function*() {
  const { advance } = yield* Emulator.Emulator
  const form = new FormData()
  form.set("file", new Blob(["x\n1\n2\n3\n"], { type: "text/csv" }), "rows.csv")
  const { json } = yield* ask("POST datasets/fromFile/", { body: HttpBody.formData(form) })
  yield* advance("1 minute")
  return String(at(json, "catalogId"))
})

const create = (changes: object = {}) =>
  Effect.gen(function*() {
    const intakeSettings = { type: "dataset", datasetId: yield* dataset }
    const answer = yield* ask(`POST ${path}`, {
      json: { deploymentId: "a", intakeSettings, enabled: false, ...changes }
    })
    if (answer.status !== 202) return yield* Effect.dieMessage(answer.text)
    return String(at(answer.json, "id"))
  })

const definition = (id: string) => Effect.map(ask(`GET ${path}${id}/`), ({ json }) => json)

const jobsOf = (id: string) =>
  Effect.map(
    ask(`GET batchPredictions/?batchPredictionJobDefinitionId=${id}&orderBy=created`),
    ({ json }) => Array.from(Object(at(json, "data"))) as ReadonlyArray<unknown>
  )

it.effect("a definition shows its settings, and the year 1900 for what never happened", () =>
  Effect.gen(function*() {
    const id = yield* create({
      name: "Nightly",
      schedule: every,
      predictionInstance: { hostName: "p.example.com", apiKey: "k".repeat(20) }
    })
    const json = yield* definition(id)
    assert.deepInclude(json, {
      id,
      name: "Nightly",
      enabled: false,
      schedule: every,
      nextScheduledRunTime: null,
      lastScheduledRunTime: null,
      lastStartedJobStatus: null,
      lastStartedJobTime: null,
      lastSuccessfulRunTime: "1900-01-01T00:00:00.000000Z",
      lastFailedRunTime: "1900-01-01T00:00:00.000000Z"
    })
    assert.strictEqual(at(json, "batchPredictionJob", "intakeSettings", "type"), "dataset")
    assert.notInclude(JSON.stringify(json), "kkk")
  }).pipe(Effect.provide(emulator)))

it.effect("a run starts a job that names the definition", () =>
  Effect.gen(function*() {
    const { advance } = yield* Emulator.Emulator
    const id = yield* create()
    const started = yield* ask("POST batchPredictions/fromJobDefinition/", { json: { jobDefinitionId: id } })
    const job = String(at(started.json, "id"))
    assert.strictEqual(started.status, 202)
    assert.match(started.headers["location"] ?? "", new RegExp(`/api/v2/batchPredictions/${job}/$`))
    yield* advance("1 second")
    const json = yield* get(job)
    assert.deepInclude(json, { status: "COMPLETED", scoredRows: 3, source: "api" })
    assert.strictEqual(at(json, "batchPredictionJobDefinition", "id"), id)
    assert.lengthOf(yield* jobsOf(id), 1)
    const shown = yield* definition(id)
    assert.deepInclude(shown, { lastStartedJobStatus: "COMPLETED", lastScheduledRunTime: null })
    assert.notMatch(String(at(shown, "lastSuccessfulRunTime")), /^1900/)
    assert.match(String(at(shown, "lastFailedRunTime")), /^1900/)
  }).pipe(Effect.provide(emulator)))

it.effect("an unknown definition cannot be run", () =>
  Effect.gen(function*() {
    const { json, status } = yield* ask("POST batchPredictions/fromJobDefinition/", { json: { jobDefinitionId: "x" } })
    assert.strictEqual(status, 422)
    assert.deepStrictEqual(at(json, "errors"), { jobDefinitionId: "There is no such definition" })
  }).pipe(Effect.provide(emulator)))

describe("A schedule", () => {
  it.effect("starts a job at each of its times while it is enabled, as if it had started then", () =>
    Effect.gen(function*() {
      const { advance } = yield* Emulator.Emulator
      const id = yield* create({ schedule: every, enabled: true })
      assert.deepInclude(yield* definition(id), { nextScheduledRunTime: "2030-01-01T01:00:00.000Z" })
      yield* advance("150 minutes")
      const jobs = yield* jobsOf(id)
      assert.deepStrictEqual(jobs.map((job) => [at(job, "created"), at(job, "status"), at(job, "scoredRows")]), [
        ["2030-01-01T01:00:00.000Z", "COMPLETED", 3],
        ["2030-01-01T02:00:00.000Z", "COMPLETED", 3]
      ])
      assert.deepStrictEqual(jobs.map((job) => at(job, "source")), ["scheduled", "scheduled"])
      assert.deepInclude(yield* definition(id), {
        lastScheduledRunTime: "2030-01-01T02:00:00.000Z",
        lastStartedJobTime: "2030-01-01T02:00:00.000Z",
        lastSuccessfulRunTime: "2030-01-01T02:00:00.000Z",
        nextScheduledRunTime: "2030-01-01T03:00:00.000Z"
      })
      yield* ask(`PATCH ${path}${id}/`, { json: { enabled: false } })
      yield* advance("5 hours")
      assert.lengthOf(yield* jobsOf(id), 2)
      yield* ask(`PATCH ${path}${id}/`, { json: { enabled: true } })
      assert.lengthOf(yield* jobsOf(id), 2, "the times of a pause are not made up for")
    }).pipe(Effect.provide(emulator)))

  it.effect("of a job that cannot be scored any more makes it fail, with the reason", () =>
    Effect.gen(function*() {
      const { advance } = yield* Emulator.Emulator
      const id = yield* create({ schedule: every, enabled: true, deploymentId: "b" })
      yield* ask("DELETE deployments/b/")
      yield* advance("61 minutes")
      const [job] = yield* jobsOf(id)
      assert.deepInclude(job, { status: "FAILED" })
      assert.include(String(at(job, "statusDetails")), "There is no such deployment")
      assert.match(String(at(yield* definition(id), "lastFailedRunTime")), /^2030/)
    }).pipe(Effect.provide(emulator)))

  it.effect("starts at most 100 jobs after a leap of the time, the latest", () =>
    Effect.gen(function*() {
      const { advance } = yield* Emulator.Emulator
      const id = yield* create({ schedule: every, enabled: true })
      yield* advance("3650 days")
      const { json } = yield* ask(`GET batchPredictions/?batchPredictionJobDefinitionId=${id}&limit=1`)
      assert.strictEqual(at(json, "totalCount"), 100)
      assert.strictEqual(at(json, "data", 0, "created"), "2039-12-30T00:00:00.000Z")
    }).pipe(Effect.provide(emulator)))

  it.effect("is part of a snapshot", () =>
    Effect.gen(function*() {
      const { advance, restore, snapshot } = yield* Emulator.Emulator
      const id = yield* create({ schedule: every, enabled: true })
      const stored = JSON.parse(JSON.stringify(yield* snapshot))
      yield* ask(`DELETE ${path}${id}/`)
      assert.strictEqual((yield* ask(`GET ${path}${id}/`)).status, 404)
      yield* restore(stored)
      yield* advance("1 hour")
      assert.lengthOf(yield* jobsOf(id), 1)
    }).pipe(Effect.provide(emulator)))
})

it.effect("a change keeps the other settings, and replaces those that exclude it", () =>
  Effect.gen(function*() {
    const id = yield* create({ passthroughColumnsSet: "all", numConcurrent: 2 })
    const { json, status } = yield* ask(`PATCH ${path}${id}/`, {
      json: { passthroughColumns: ["x"], name: "Other", deploymentId: "b" }
    })
    assert.strictEqual(status, 200)
    assert.deepInclude(json, { name: "Other" })
    const job = at(json, "batchPredictionJob")
    assert.deepInclude(job, { numConcurrent: 2, passthroughColumns: ["x"], deploymentId: "b" })
    assert.notProperty(job, "passthroughColumnsSet")
    const refused = yield* ask(`PATCH ${path}${id}/`, { json: { enabled: true } })
    assert.deepStrictEqual([refused.status, Object.keys(Object(at(refused.json, "errors")))], [422, ["schedule"]])
  }).pipe(Effect.provide(emulator)))

it.effect("a definition is refused if its deployment cannot score, or without an intake", () =>
  Effect.gen(function*() {
    const intakeSettings = { type: "dataset", datasetId: "d" }
    const refused = (json: object) => Effect.map(ask(`POST ${path}`, { json }), ({ status }) => status)
    assert.strictEqual(yield* refused({ deploymentId: "x", intakeSettings, enabled: false }), 422)
    assert.strictEqual(yield* refused({ deploymentId: "a", enabled: false }), 422)
    assert.strictEqual(
      yield* refused({ deploymentId: "a", enabled: false, intakeSettings: { type: "localFile" } }),
      422
    )
  }).pipe(Effect.provide(emulator)))

it.effect("a definition is not deleted while one of its jobs is running", () =>
  Effect.gen(function*() {
    const { advance } = yield* Emulator.Emulator
    const id = yield* create()
    yield* ask("POST batchPredictions/fromJobDefinition/", { json: { jobDefinitionId: id } })
    assert.strictEqual((yield* ask(`DELETE ${path}${id}/`)).status, 409)
    yield* advance("1 hour")
    assert.strictEqual((yield* ask(`DELETE ${path}${id}/`)).status, 204)
    const [job] = yield* jobsOf(id)
    assert.deepStrictEqual(at(job, "batchPredictionJobDefinition", "name"), null)
  }).pipe(Effect.provide(Emulator.layer({ ...options, batchDelay: "1 minute" }))))

it.effect("a listing is filtered by name and deployment", () =>
  Effect.gen(function*() {
    yield* create({ name: "Nightly churn" })
    yield* create({ name: "Weekly churn", deploymentId: "b" })
    const names = (query: string) =>
      Effect.map(
        ask(`GET ${path}?${query}`),
        ({ json }) => [at(json, "totalCount"), at(json, "data", 0, "name")]
      )
    assert.deepStrictEqual(yield* names("searchName=WEEK"), [1, "Weekly churn"])
    assert.deepStrictEqual(yield* names("searchName=churn&limit=1&offset=1"), [2, "Weekly churn"])
    assert.deepStrictEqual(yield* names("deploymentId=a"), [1, "Nightly churn"])
  }).pipe(Effect.provide(emulator)))
