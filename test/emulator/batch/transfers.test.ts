/** Transfers that end early, and the memory that results take. */
import * as HttpBody from "@effect/platform/HttpBody"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { created } from "../../../src/emulator/batch/job.js"
import * as Queue from "../../../src/emulator/batch/queue.js"
import { makeRoom, maxPerJob } from "../../../src/emulator/batch/resultMemory.js"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, eachWay } from "../support.js"
import { create, download, fields, get } from "./support.js"

const encode = (text: string) => new TextEncoder().encode(text)
const deployments = [{ id: "a" }]
const options = { clock: "2030-01-01T00:00:00Z", batchDelay: 0, deployments }

const send = (id: string, stream: Stream.Stream<Uint8Array, unknown>) =>
  ask(`PUT batchPredictions/${id}/csvUpload/`, { body: HttpBody.stream(stream, "text/csv") })

/** Waits until a job has a status. */
const becomes = (id: string, status: string) =>
  Effect.repeat(Effect.delay(get(id), "10 millis"), { until: (json) => Object(json).status === status }).pipe(
    Effect.timeout("8 seconds")
  )

eachWay((running) => {
  it.scopedLive("a job whose upload breaks off fails, and its rows can be downloaded", () =>
    Effect.gen(function*() {
      const id = yield* create()
      const fiber = yield* Effect.fork(send(id, Stream.concat(Stream.make(encode("x\n1\n2\n3")), Stream.never)))
      yield* becomes(id, "RUNNING")
      yield* Effect.repeat(Effect.delay(fields(id, "scoredRows"), "5 millis"), {
        until: (job) => job["scoredRows"] === 2
      })
      yield* Fiber.interrupt(fiber)
      yield* becomes(id, "FAILED")
      assert.deepInclude(yield* fields(id, "statusDetails"), { statusDetails: "The upload of the CSV broke off" })
      assert.strictEqual((yield* download(id)).text.split("\n").length, 4)
    }).pipe(Effect.provide(running(options))), 10_000)

  it.scopedLive("a download ends without a failure if the job is aborted meanwhile", () =>
    Effect.gen(function*() {
      const id = yield* create()
      const sent = yield* Effect.fork(send(id, Stream.concat(Stream.make(encode("x\n1\n")), Stream.never)))
      yield* becomes(id, "RUNNING")
      const downloaded = yield* Effect.fork(download(id))
      yield* Effect.sleep("50 millis")
      assert.strictEqual((yield* ask(`DELETE batchPredictions/${id}/`)).status, 202)
      const { status, text } = yield* Fiber.join(downloaded)
      assert.strictEqual(status, 200)
      assert.isAtMost(text.split("\n").length, 3)
      yield* Fiber.interrupt(sent)
      assert.deepInclude(yield* fields(id, "status"), { status: "ABORTED" })
    }).pipe(Effect.provide(running(options))), 10_000)
})

it.scopedLive(
  "an upload is read only as fast as results are downloaded, if they are too large to be kept",
  () =>
    Effect.gen(function*() {
      const id = yield* create({ passthroughColumnsSet: "all" })
      // Each row repeats a cell of 64 KiB.
      const row = encode(`${"1".repeat(65_535)}\n`)
      const total = maxPerJob / 65_536 + 200
      let sent = 0
      const csv = Stream.concat(
        Stream.make(encode("x\n")),
        Stream.repeatValue(row).pipe(Stream.take(total), Stream.tap(() => Effect.sync(() => sent++)))
      )
      const fiber = yield* Effect.fork(send(id, csv))
      const stalled = Effect.gen(function*() {
        const before = sent
        yield* Effect.sleep("500 millis")
        return before === sent
      })
      yield* Effect.repeat(stalled, { until: (is) => is })
      assert.isBelow(sent, total - 50)
      const { text } = yield* download(id)
      assert.strictEqual((yield* Fiber.join(fiber)).status, 202)
      assert.strictEqual(text.split("\n").length, total + 2)
      assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status: "COMPLETED", scoredRows: total })
      const again = yield* download(id)
      assert.strictEqual(again.status, 404, again.text.slice(0, 100))
    }).pipe(Effect.provide(Emulator.layer(options))),
  60_000
)

it("the results of the oldest jobs are deleted if those of all jobs are too large to be kept", () => {
  const queue = Queue.make({ delay: 0, speed: Infinity })
  const job = (id: string) => {
    const spec = { intakeSettings: { type: "localFile" } }
    return queue.add(
      created(id, 0, { spec, deploymentId: null, modelId: null, server: id, hostName: null, plan: null })
    )
  }
  const over = ["1", "2", "3", "4"].map(job)
  for (const entry of over) {
    entry.job = { ...entry.job, status: "COMPLETED", endedAt: 0, hasResults: true }
    if (entry.content !== undefined) entry.content.kept = maxPerJob
  }
  over[0]?.content?.downloads.add({ next: 0 })
  assert.isTrue(makeRoom(queue.all(), job("5"), 1, queue.deleteResults))
  // The first one is being downloaded.
  assert.deepStrictEqual(over.map((entry) => entry.job.resultsDeleted), [false, true, false, false])
})
