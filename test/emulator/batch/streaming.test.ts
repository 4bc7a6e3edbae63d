/** Results are downloaded while the CSV is still being uploaded. */
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { assert, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, eachWay } from "../support.js"
import { create, fields } from "./support.js"

const encode = (text: string) => new TextEncoder().encode(text)
const deployments = [{ id: "a" }]
const settings = { clock: "2030-01-01T00:00:00Z", batchDelay: 0, deployments }

/** Uploads what is offered to the queue. */
const uploading = (id: string) =>
  Effect.gen(function*() {
    const queue = yield* Queue.unbounded<Uint8Array>()
    const body = HttpBody.stream(Stream.fromQueue(queue), "text/csv")
    const fiber = yield* Effect.fork(ask(`PUT batchPredictions/${id}/csvUpload/`, { body }))
    return { queue, fiber }
  })

/** Downloads results, and returns a function that reads until there are some lines. */
const downloading = (id: string) =>
  Effect.gen(function*() {
    const { endpoint, token } = yield* Emulator.Emulator
    const response = yield* HttpClient.execute(
      HttpClientRequest.get(`${endpoint}/batchPredictions/${id}/download/`, {
        headers: { authorization: `Bearer ${token}` }
      })
    )
    assert.strictEqual(response.status, 200)
    const pull = yield* Stream.toPull(response.stream)
    let text = ""
    const lines = (count: number): Effect.Effect<number, unknown> =>
      Effect.suspend(() => {
        const found = text.split("\n").length - 1
        if (found >= count) return Effect.succeed(found)
        return Effect.flatMap(pull, (chunk) => {
          for (const bytes of Chunk.toReadonlyArray(chunk)) text += new TextDecoder().decode(bytes)
          return lines(count)
        })
      })
    const rest: Effect.Effect<string, unknown> = Effect.catchAll(
      Effect.flatMap(lines(Infinity), () => Effect.succeed(text)),
      (end) => Object(end)._tag === "None" ? Effect.succeed(text) : Effect.fail(end)
    )
    return { lines, rest }
  })

eachWay((running) => {
  it.scopedLive("a download has the rows that have arrived, while the upload goes on", () =>
    Effect.gen(function*() {
      const id = yield* create()
      const { fiber, queue } = yield* uploading(id)
      yield* queue.offer(encode("x\n1\n2\n3"))
      const running = Effect.map(fields(id, "status"), ({ status }) => status === "RUNNING")
      yield* Effect.repeat(Effect.delay(running, "5 millis"), { until: (is) => is })
      const { lines, rest } = yield* downloading(id)
      // The third row is not complete yet.
      assert.strictEqual(yield* lines(3), 3)
      yield* queue.offer(encode("3\n4\n"))
      assert.strictEqual(yield* lines(5), 5)
      assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status: "RUNNING", scoredRows: 4 })
      yield* queue.shutdown
      assert.strictEqual((yield* Fiber.join(fiber)).status, 202)
      assert.strictEqual((yield* rest).split("\n").length, 6)
      assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status: "COMPLETED", scoredRows: 4 })
    }).pipe(Effect.provide(running(settings))), 10_000)
})
