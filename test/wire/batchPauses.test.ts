/**
 * Pauses of the caller during `BatchPrediction.score`, on real sockets and through all clients. The upload and the download
 * depend on each other, so a pause of the source or of the reader is not idle time of either.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { batchServer, csvHeaders, type Handler, scored, type Script } from "./batchServer.js"
import { assertNothingLeft, csv, describe as endOf, encode, finish, large, score, start } from "./batchSupport.js"
import { collectUnhandled } from "./collectUnhandled.js"
import { clients, http } from "./support.js"

collectUnhandled()

/** Runs the job at once, and responds when the whole CSV has arrived. */
const accepts: Handler = (request, job) => {
  job.run()
  request.whenWhole(() => request.answer(http(202)))
}

/** Calls back when the whole CSV has arrived. */
const afterUpload = (then: Handler): Handler => (request, job, server) =>
  server.requests.find(({ kind }) => kind === "upload")?.whenWhole(() => then(request, job, server))

const completes: Handler = (request, job) => {
  request.chunk(scored)
  request.end()
  job.status = "COMPLETED"
}

// The machine may be busy for a part of this time.
const idleTimeout = 1_500
const pause = 3_000
const late = Stream.concat(csv, Stream.fromEffect(Effect.delay(Effect.succeed(encode("27,basic\n")), pause)))

const pauses: Readonly<
  Record<string, { readonly script: Script; readonly source: Stream.Stream<Uint8Array>; readonly read?: number }>
> = {
  "the source, while results are awaited": {
    script: {
      upload: accepts,
      download: (request, job, server) => {
        request.begin(csvHeaders)
        afterUpload(completes)(request, job, server)
      }
    },
    source: late
  },
  "the source, before the response to the download": {
    script: {
      upload: accepts,
      download: afterUpload((request, job, server) => {
        request.begin(csvHeaders)
        completes(request, job, server)
      })
    },
    source: late
  },
  "the reader, while the server waits for it and reads no CSV": {
    script: {
      upload: (request, job) => {
        job.run()
        request.socket.pause()
        request.whenWhole(() => request.answer(http(202)))
      },
      download: (request, job, server) => {
        request.begin(csvHeaders)
        request.chunk("churned_PREDICTION\n")
        setTimeout(() => {
          server.requests.find(({ kind }) => kind === "upload")?.socket.resume()
          afterUpload(completes)(request, job, server)
        }, pause)
      }
    },
    source: large,
    read: pause
  }
}

for (const client of clients) {
  it.scopedLive(`a large CSV that is no stream is sent like one, without a limit for all of it, ${client.name}`, () =>
    Effect.gen(function*() {
      const server = yield* batchServer({})
      const text = `age,plan\n${"64,plus\n".repeat(200_000)}`
      const outcome = yield* finish(yield* start(server, client, score(text)))
      assert.strictEqual(endOf(outcome), "ok")
      const upload = server.requests.find(({ kind }) => kind === "upload")
      assert.include(upload?.head, "transfer-encoding: chunked")
    }))

  describe.concurrent(`A pause of BatchPrediction.score, ${client.name}`, () => {
    for (const [of, { read = 0, script, source }] of Object.entries(pauses)) {
      it.scopedLive(`that is longer than idleTimeout ends nothing if it is one of ${of}`, () =>
        Effect.gen(function*() {
          const server = yield* batchServer(script)
          const slowly = Stream.tap(score(source, { idleTimeout }), () => Effect.sleep(read))
          const running = yield* start(server, client, slowly)
          const outcome = yield* finish(running)
          assert.strictEqual(endOf(outcome), "ok")
          assert.include(outcome.rows, "0.75")
          yield* assertNothingLeft(server, running)
        }))
    }
  })
}
