/** Interruption of `BatchPrediction.score` as the server sees it: the job is cancelled, and every connection is free. */
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { withinTurns } from "../turnClock.js"
import { type BatchServer, batchServer, csvHeaders, scored, type Script } from "./batchServer.js"
import {
  afterOneRow,
  assertNothingLeft,
  complete,
  csv,
  describe as endOf,
  endless,
  finish,
  firstRow,
  large,
  type Options,
  rejects,
  score,
  stalls,
  start,
  times
} from "./batchSupport.js"
import { collectUnhandled } from "./collectUnhandled.js"
import { clients, http, json, within } from "./support.js"

collectUnhandled()

interface Moment {
  readonly script: Script
  readonly csv?: Stream.Stream<Uint8Array>
  readonly options?: Options
  /** When the caller is interrupted. */
  readonly when: (server: BatchServer, rows: string) => boolean
  /** How often the job is cancelled. Default: once. */
  readonly cancels?: 0
}

const uploaded: Script["upload"] = (request) => request.whenWhole(() => request.answer(http(202)))

const moments: Readonly<Record<string, Moment>> = {
  "while the job is created: a job that is created all the same is cancelled": {
    script: {
      create: (request, job) =>
        setTimeout(() => request.answer(json(202, job, { location: `/api/v2/batchPredictions/${job.id}/` })), 200)
    },
    when: (server) => server.count("create") === 1
  },
  "while the job is created, and the server then rejects it": {
    script: { create: (request) => setTimeout(() => request.answer(json(422, { message: "No" })), 200) },
    when: (server) => server.count("create") === 1,
    cancels: 0
  },
  "while the job is created, and the connection then breaks": {
    script: { create: (request) => setTimeout(request.reset, 200) },
    when: (server) => server.count("create") === 1,
    cancels: 0
  },
  "while the new job is read": {
    script: {
      create: (request, job) =>
        request.whenWhole(() => request.answer(http(202, { location: `/api/v2/batchPredictions/${job.id}/` }))),
      get: stalls
    },
    when: (server) => server.count("get") === 1
  },
  "while the source of the CSV is slow": {
    script: {},
    csv: endless,
    when: (server) => server.count("upload") === 1 && server.count("get") > 2
  },
  "while the server does not read the upload": {
    script: { upload: (request) => void request.socket.pause() },
    csv: large,
    when: (server) => server.count("upload") === 1
  },
  "before the response to the upload": {
    script: { upload: stalls },
    when: (server) => server.requests.some(({ isWhole, kind }) => kind === "upload" && isWhole())
  },
  "while the job is queued": {
    script: { upload: uploaded },
    when: (server) => server.count("get") > 3
  },
  "while a poll has no response": {
    script: { upload: uploaded, get: times(3, (request, job) => request.answer(json(200, job)), stalls) },
    when: (server) => server.count("get") === 4
  },
  "before the response to the download": {
    script: { download: stalls },
    when: (server) => server.count("download") === 1
  },
  "between two requests of results that are not found": {
    script: { download: rejects(404) },
    options: { wait: { interval: 1_000 } },
    when: (server) => server.count("download") === 1
  },
  "while rows are downloaded": {
    script: { download: afterOneRow(stalls) },
    when: (_, rows) => rows === firstRow
  },
  "while rows are uploaded and downloaded": {
    script: { upload: (_, job) => job.run(), download: afterOneRow(stalls) },
    csv: endless,
    when: (_, rows) => rows === firstRow
  },
  "when all rows have arrived, but the job is running": {
    script: { download: afterOneRow((request) => request.end()) },
    when: (server) => server.requests.some(({ isAnswered, kind }) => kind === "download" && isAnswered())
  },
  "while the job is cancelled because of a failure": {
    script: {
      upload: rejects(406),
      cancel: (request) => setTimeout(() => request.answer(http(202)), 200)
    },
    when: (server) => server.count("cancel") === 1
  }
}

/** Whether the client has read that the job is complete, after the download began. */
const isWatched = (server: BatchServer) => server.job.status === "COMPLETED" && server.requests.at(-1)?.kind === "get"

for (const client of clients) {
  describe(`J-3: interruption of BatchPrediction.score, ${client.name}`, () => {
    for (const [title, { cancels = 1, csv, options, script, when }] of Object.entries(moments)) {
      it.scopedLive(title, () =>
        Effect.gen(function*() {
          const server = yield* batchServer(script)
          const running = yield* start(server, client, score(csv, options))
          assert.isTrue(yield* within(5_000, () => when(server, running.rows())), "the moment comes")
          yield* Effect.sleep(20)
          yield* Fiber.interrupt(running.fiber).pipe(withinTurns(1_500))
          const outcome = yield* finish(running)
          assert.strictEqual(endOf(outcome), "interrupted")
          assert.strictEqual(server.count("cancel"), cancels)
          const { length } = server.requests
          yield* Effect.sleep(50)
          assert.strictEqual(server.requests.length, length, "nothing is sent afterwards")
          assert.strictEqual(server.count("create"), 1)
          yield* assertNothingLeft(server, running)
        }))
    }

    it.scopedLive("a consumer that ends the stream early cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer({ upload: (_, job) => job.run(), download: afterOneRow(stalls) })
        const running = yield* start(server, client, Stream.take(score(endless), 1))
        assert.strictEqual(endOf(yield* finish(running)), "ok")
        assert.strictEqual(server.count("cancel"), 1)
        yield* assertNothingLeft(server, running)
      }))

    it.scopedLive("a source that takes long to end does not delay the cancellation of the job", () =>
      Effect.gen(function*() {
        const closing = yield* Deferred.make<void>()
        const source = Stream.ensuring(endless, Deferred.await(closing))
        const server = yield* batchServer({ upload: (_, job) => job.run(), download: afterOneRow(stalls) })
        const running = yield* start(server, client, Stream.take(score(source), 1))
        assert.isTrue(yield* within(5_000, () => server.count("cancel") === 1))
        yield* Deferred.succeed(closing, undefined)
        assert.strictEqual(endOf(yield* finish(running)), "ok")
        assert.strictEqual(server.count("cancel"), 1)
        yield* assertNothingLeft(server, running)
      }))

    it.scopedLive("a consumer that fails cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer({ upload: (_, job) => job.run(), download: afterOneRow(stalls) })
        const running = yield* start(server, client, Stream.mapEffect(score(endless), () => Effect.fail("disk full")))
        assert.strictEqual(endOf(yield* finish(running)), "disk full")
        assert.strictEqual(server.count("cancel"), 1)
        yield* assertNothingLeft(server, running)
      }))

    it.scopedLive("a job that is complete is not cancelled when the consumer ends the stream", () =>
      Effect.gen(function*() {
        const server = yield* batchServer({ download: complete })
        const slow = Stream.tap(
          score(),
          () =>
            Effect.zipRight(
              within(2_000, () => server.requests.at(-1)?.isAnswered() === true && isWatched(server)),
              Effect.sleep(30)
            )
        )
        const running = yield* start(server, client, Stream.take(slow, 1))
        assert.strictEqual(endOf(yield* finish(running)), "ok")
        assert.strictEqual(server.count("cancel"), 0)
        yield* assertNothingLeft(server, running)
      }))

    const regions: Readonly<Record<string, Omit<Moment, "when"> & { readonly ends: string }>> = {
      "a complete job": { script: {}, ends: "ok" },
      "a queue that is longer than the limit of time": {
        script: { upload: uploaded },
        options: { wait: { interval: 10, timeout: 100 } },
        ends: "DataRobotJobError Deadline"
      },
      "a download that stops": {
        script: { download: afterOneRow(stalls) },
        options: { idleTimeout: 200 },
        ends: "DataRobotNetworkError Timeout unknown"
      },
      "a job that fails while its CSV is uploaded": {
        script: {
          upload: (_, job) =>
            setTimeout(() => {
              job.status = "FAILED"
            }, 30)
        },
        csv: endless,
        cancels: 0,
        ends: "DataRobotJobError Failed"
      },
      "an upload that is rejected while the job is queued": {
        script: { upload: (request) => request.answer(json(409, { message: "No" })) },
        csv: endless,
        ends: "DataRobotApiError Conflict"
      }
    }

    for (const [title, { cancels, csv, ends, options, script }] of Object.entries(regions)) {
      it.scopedLive(`R-9: ${title} ends in an uninterruptible region`, () =>
        Effect.gen(function*() {
          const server = yield* batchServer(script)
          const running = yield* start(server, client, score(csv, options), {}, Effect.uninterruptible)
          assert.strictEqual(endOf(yield* finish(running)), ends)
          assert.strictEqual(server.count("cancel"), cancels ?? (ends === "ok" ? 0 : 1))
          yield* assertNothingLeft(server, running)
        }))
    }

    it.scopedLive("no row is lost or repeated when the consumer is slow", () =>
      Effect.gen(function*() {
        const rows = Array.from({ length: 2_000 }, (_, row) => `${row},${"x".repeat(row % 300)}\n`)
        const server = yield* batchServer({
          download: (request, job) => {
            request.begin(csvHeaders)
            const left = [...rows]
            const more = () => {
              const next = left.splice(0, 50)
              if (next.length > 0) {
                request.chunk(next.join(""))
                setImmediate(more)
              } else {
                request.end()
                job.status = "COMPLETED"
              }
            }
            more()
          }
        })
        const running = yield* start(server, client, Stream.tap(score(csv), () => Effect.sleep(3)))
        const outcome = yield* finish(running)
        assert.strictEqual(endOf(outcome), "ok")
        assert.isTrue(outcome.rows === rows.join(""), "the rows are complete and in order")
        assert.notInclude(outcome.rows, scored)
      }))
  })
}
