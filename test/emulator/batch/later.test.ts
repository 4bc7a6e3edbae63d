/** What happens to batch predictions later: cancellation, expiry, and a restart of the emulator. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at } from "../support.js"
import { create, download, fields, get, upload } from "./support.js"

const deployments = [{ id: "a" }]
const options = { clock: "2030-01-01T00:00:00Z", batchDelay: 1000, batchSpeed: 1, deployments }
const emulator = Emulator.layer(options)

it.effect("a job shows its progress, and the jobs behind it wait", () =>
  Effect.gen(function*() {
    const { advance } = yield* Emulator.Emulator
    const [first, second, third] = [yield* create(), yield* create(), yield* create()]
    yield* upload(third, "x\n1\n")
    yield* advance("10 millis")
    yield* upload(first, "x\n1\n2\n3\n4\n")
    yield* upload(second, "x\n1\n")
    assert.deepInclude(yield* fields(first, "queuePosition"), { queuePosition: 1 })
    assert.deepInclude(yield* fields(second, "queuePosition"), { queuePosition: 2 })
    yield* advance("4490 millis")
    assert.deepInclude(yield* get(first), {
      status: "RUNNING",
      statusDetails: "Scoring",
      elapsedTimeSec: 2,
      percentageCompleted: 50,
      scoredRows: 2,
      jobIntakeSize: 10,
      queued: false
    })
    assert.deepInclude(yield* get(second), {
      status: "INITIALIZING",
      queued: true,
      queuePosition: 0,
      percentageCompleted: 0
    })
    yield* advance("1 hour")
    const json = yield* get(second)
    assert.deepInclude(json, { status: "COMPLETED", elapsedTimeSec: 1, statusDetails: "Scored 1 rows" })
    // The delay and the jobs before it took 1 + 1 + 4 seconds.
    assert.deepStrictEqual(at(json, "logs"), [
      "2030-01-01T00:00:00.000Z Job submitted",
      "2030-01-01T00:00:00.010Z Job queued",
      "2030-01-01T00:00:06.000Z Scoring started",
      "2030-01-01T00:00:07.000Z Job COMPLETED: Scored 1 rows"
    ])
  }).pipe(Effect.provide(emulator)))

it.effect("a job that was cancelled has no results, and cannot be cancelled again", () =>
  Effect.gen(function*() {
    const { advance } = yield* Emulator.Emulator
    const id = yield* create()
    yield* upload(id, "x\n1\n2\n3\n")
    yield* advance("2 seconds")
    assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status: "RUNNING", scoredRows: 1 })
    assert.strictEqual((yield* ask(`DELETE batchPredictions/${id}/`)).status, 202)
    assert.deepInclude(yield* fields(id, "status", "statusDetails", "resultsDeleted"), {
      status: "ABORTED",
      statusDetails: "Aborted by the user",
      resultsDeleted: true
    })
    assert.strictEqual((yield* ask(`DELETE batchPredictions/${id}/`)).status, 409)
    assert.strictEqual((yield* ask("DELETE batchPredictions/unknown/")).status, 404)
    assert.strictEqual((yield* download(id)).status, 422)
    assert.strictEqual((yield* ask("GET batchPredictions/")).text.includes(id), false)
  }).pipe(Effect.provide(emulator)))

it.effect("results are deleted 48 hours after the end of the job", () =>
  Effect.gen(function*() {
    const { advance } = yield* Emulator.Emulator
    const id = yield* create()
    yield* upload(id, "x\n1\n")
    // It ends 2 seconds after its creation.
    yield* advance("172801999 millis")
    assert.deepInclude(yield* fields(id, "resultsDeleted"), { resultsDeleted: false })
    assert.strictEqual((yield* download(id)).status, 200)
    yield* advance("1 millis")
    assert.deepInclude(yield* fields(id, "status", "resultsDeleted"), { status: "COMPLETED", resultsDeleted: true })
    assert.strictEqual((yield* download(id)).status, 404)
  }).pipe(Effect.provide(emulator)))

it.effect("after a restart, a job that waits for its CSV still waits, and one that was running has failed", () =>
  Effect.gen(function*() {
    const { advance, snapshot } = yield* Emulator.Emulator
    const [done, running, queued, waiting] = [yield* create(), yield* create(), yield* create(), yield* create()]
    yield* upload(done, "x\n1\n")
    yield* upload(running, "x\n1\n2\n3\n")
    yield* upload(queued, "x\n1\n")
    yield* advance("3 seconds")
    assert.deepInclude(yield* fields(running, "status", "scoredRows"), { status: "RUNNING", scoredRows: 1 })
    const stored = yield* snapshot
    yield* Effect.gen(function*() {
      const { advance, restore } = yield* Emulator.Emulator
      yield* restore(stored)
      assert.deepInclude(yield* fields(done, "status", "resultsDeleted"), { status: "COMPLETED", resultsDeleted: true })
      for (const id of [running, queued]) {
        assert.deepInclude(yield* fields(id, "status", "statusDetails"), {
          status: "FAILED",
          statusDetails: "The emulator was stopped before the job was over"
        })
      }
      assert.strictEqual((yield* upload(waiting, "x\n1\n")).status, 202)
      yield* advance("10 seconds")
      assert.deepInclude(yield* fields(waiting, "status"), { status: "COMPLETED" })
      assert.strictEqual((yield* download(waiting)).status, 200)
    }).pipe(Effect.provide(Emulator.layer(options)))
  }).pipe(Effect.provide(emulator)))

it.effect("a reset removes the jobs", () =>
  Effect.gen(function*() {
    const { reset } = yield* Emulator.Emulator
    const id = yield* create()
    yield* reset
    assert.strictEqual((yield* ask(`GET batchPredictions/${id}/`)).status, 404)
  }).pipe(Effect.provide(emulator)))
