/** Faults of batch predictions. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at, eachWay } from "../support.js"
import { create, download, fields, get, upload } from "./support.js"

const deployments = [{ id: "a" }]
const options = { clock: "2030-01-01T00:00:00Z", batchDelay: 0, deployments }
const rows = "x\n1\n2\n3\n4\n5\n"

eachWay((running) => {
  for (const [ends, status] of [["failed", "FAILED"], ["aborted", "ABORTED"]] as const) {
    it.effect(`a fault makes a job end as ${status} after some rows`, () =>
      Effect.gen(function*() {
        const { addFault } = yield* Emulator.Emulator
        yield* addFault({ fault: "batch", ends, rows: 3, times: 1 })
        const id = yield* create()
        assert.strictEqual((yield* upload(id, rows)).status, 422)
        assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status, scoredRows: 3 })
        assert.include(String(at(yield* get(id), "statusDetails")), "fault")
        const results = yield* download(id)
        assert.deepStrictEqual([results.status, results.text.split("\n").length], [200, 5])
        const next = yield* create()
        assert.strictEqual((yield* upload(next, rows)).status, 202)
        assert.deepInclude(yield* fields(next, "status"), { status: "COMPLETED" })
      }).pipe(Effect.provide(running(options))))
  }

  it.effect("a fault makes a job fail at its start", () =>
    Effect.gen(function*() {
      const { addFault } = yield* Emulator.Emulator
      yield* addFault({ fault: "batch", ends: "failed" })
      const id = yield* create()
      yield* upload(id, rows)
      assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status: "FAILED", scoredRows: 0 })
      assert.strictEqual((yield* download(id)).status, 422)
    }).pipe(Effect.provide(running(options))))

  it.effect("a fault keeps a job in the queue, and the jobs behind it pass", () =>
    Effect.gen(function*() {
      const { addFault, advance } = yield* Emulator.Emulator
      yield* addFault({ fault: "batch", ends: "never", times: 1 })
      const stuck = yield* create()
      yield* upload(stuck, rows)
      const next = yield* create()
      yield* upload(next, rows)
      yield* advance("1 day")
      assert.deepInclude(yield* fields(stuck, "status", "queued"), { status: "INITIALIZING", queued: true })
      assert.deepInclude(yield* fields(next, "status"), { status: "COMPLETED" })
      assert.strictEqual((yield* ask(`DELETE batchPredictions/${stuck}/`)).status, 202)
    }).pipe(Effect.provide(running(options))))

  it.effect("the response to a create or an upload is lost, and the job goes on", () =>
    Effect.gen(function*() {
      const { addFault } = yield* Emulator.Emulator
      yield* addFault({ fault: "commitThenDrop", operation: "batchPredictions.create", times: 1 })
      assert.strictEqual(
        (yield* Effect.flip(ask("POST batchPredictions/", { json: { deploymentId: "a" } })))._tag,
        "RequestError"
      )
      const id = String(at((yield* ask("GET batchPredictions/")).json, "data", 0, "id"))
      yield* addFault({ fault: "commitThenDrop", operation: "batchPredictions.upload", times: 1 })
      assert.strictEqual((yield* Effect.flip(upload(id, rows)))._tag, "RequestError")
      assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status: "COMPLETED", scoredRows: 5 })
    }).pipe(Effect.provide(running(options))))

  it.effect("a download is cut after some bytes", () =>
    Effect.gen(function*() {
      const { addFault } = yield* Emulator.Emulator
      const id = yield* create()
      yield* upload(id, rows)
      yield* addFault({ fault: "truncate", operation: "batchPredictions.download", bytes: 50, times: 1 })
      const { endpoint, token } = yield* Emulator.Emulator
      let size = 0
      const error = yield* HttpClientRequest.get(`${endpoint}/batchPredictions/${id}/download/`).pipe(
        HttpClientRequest.bearerToken(token),
        HttpClient.execute,
        HttpClientResponse.stream,
        Stream.runForEach((bytes) => Effect.sync(() => size += bytes.length)),
        Effect.flip
      )
      assert.deepStrictEqual([error._tag, size], ["ResponseError", 50])
      assert.strictEqual((yield* download(id)).text.split("\n").length, 7)
    }).pipe(Effect.provide(running(options))))
})
