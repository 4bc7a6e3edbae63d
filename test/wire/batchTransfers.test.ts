/** Uploads, downloads and hostile servers of batch predictions, on real sockets and through all clients. */
import { assert, describe, it } from "@effect/vitest"
import { BatchPrediction, DataRobot, DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { inspect } from "node:util"
import { logged, piecesOf } from "../support.js"
import { batchServer, type Handler, Job, jobId, logs, scored, type Script, statusDetails } from "./batchServer.js"
import {
  afterOneRow,
  assertNothingLeft,
  complete,
  describe as endOf,
  encode,
  endless,
  errorOf,
  finish,
  firstRow,
  lines,
  quick,
  rejects,
  score,
  stalls,
  start,
  times
} from "./batchSupport.js"
import { collectUnhandled } from "./collectUnhandled.js"
import { clients, deploymentId, http, json, kept, serve, token, within } from "./support.js"

collectUnhandled()

/** A CSV of several parts. */
const rows = ["age,plan\n", ...Array.from({ length: 6_000 }, (_, row) => `${row},"plan ${"x".repeat(row % 40)}"\n`)]
const partSize = 64 * 1024
const inParts = { multipart: true, partSize } as const

/** What a server received in parts, joined: each part begins with the header line. */
const joined = (bodies: ReadonlyArray<string>) =>
  bodies.map((body, part) => {
    assert.isTrue(body.startsWith("age,plan\n"), `part ${part} begins with the header line`)
    assert.isAtMost(body.length, partSize)
    return part === 0 ? body : body.slice("age,plan\n".length)
  }).join("")

const part = (path: string) => Number(/part\/(\d+)\//.exec(path)?.[1])

/** Fails the request of one part once, and accepts all others. */
const failsOnce = (number: number, fail: Handler): Handler => {
  let hasFailed = false
  return (request, job, server) =>
    request.whenWhole(() => {
      if (hasFailed || part(request.path) !== number) return request.answer(http(202))
      hasFailed = true
      return fail(request, job, server)
    })
}

const resets: Handler = (request) => request.reset()

/** Whether a text contains a part of a secret. */
const assertHidden = (text: string, secret = token) => {
  for (const piece of piecesOf(secret)) assert.notInclude(text, piece)
}

for (const client of clients) {
  describe(`multipart uploads, ${client.name}`, () => {
    const repeated: Readonly<Record<string, Script>> = {
      "no fault": {},
      "a part that fails with 503": { part: failsOnce(1, rejects(503)) },
      "a part that fails with 503 and Retry-After": {
        part: failsOnce(0, (request) => request.answer(json(503, {}, { "retry-after": "0" })))
      },
      "a part whose connection breaks": { part: failsOnce(1, resets) },
      "a last part whose connection breaks": { part: failsOnce(2, resets) }
    }
    for (const [title, script] of Object.entries(repeated)) {
      it.scopedLive(`${title}: all rows arrive once, and the upload is finished once`, () =>
        Effect.gen(function*() {
          const server = yield* batchServer(script)
          const csv = Stream.map(Stream.fromIterable(rows), encode)
          const running = yield* start(server, client, score(csv, inParts))
          const outcome = yield* finish(running)
          assert.strictEqual(endOf(outcome), "ok")
          assert.strictEqual(outcome.rows, scored)
          const bodies = new Map(
            server.requests.filter(({ kind }) => kind === "part").map(({ body, path }) => [part(path), body()])
          )
          assert.deepStrictEqual([...bodies.keys()], [0, 1, 2])
          assert.isTrue(joined([...bodies.values()]) === rows.join(""), "the parts are the CSV")
          assert.strictEqual(server.count("part"), title === "no fault" ? 3 : 4)
          assert.strictEqual(server.count("finish"), 1)
          assert.strictEqual(server.count("cancel"), 0)
          yield* assertNothingLeft(server, running)
        }))
    }

    const finishes: Readonly<Record<string, readonly [Handler, string, finishes: number]>> = {
      "a lost response, then 409": [
        times(1, (request, job) => {
          job.run()
          request.reset()
        }, (request) => {
          // The download of this server begins when the upload was finished.
          request.answer(json(409, { message: "The upload is finished" }))
        }),
        "ok",
        2
      ],
      "409": [rejects(409), "DataRobotApiError Conflict", 1],
      "422": [rejects(422), "DataRobotApiError Unprocessable", 1]
    }
    for (const [title, [handler, ends, count]] of Object.entries(finishes)) {
      it.scopedLive(`the request that finishes the upload, with ${title}, ends as ${ends}`, () =>
        Effect.gen(function*() {
          const server = yield* batchServer({ finish: handler })
          const running = yield* start(server, client, score(lines.join(""), inParts))
          const outcome = yield* finish(running)
          assert.strictEqual(endOf(outcome), ends)
          assert.strictEqual(server.count("finish"), count)
          assert.strictEqual(server.count("part"), 1)
          if (ends !== "ok") {
            assert.isFalse(DataRobotError.isRetryable(errorOf(outcome)), "R-7")
            assert.strictEqual(server.count("cancel"), 1)
          }
          yield* assertNothingLeft(server, running)
        }))
    }

    it.scopedLive("a part that is rejected ends the upload, and cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer({ part: times(1, (request) => request.answer(http(202)), rejects(422)) })
        const csv = Stream.map(Stream.fromIterable(rows), encode)
        const running = yield* start(server, client, score(csv, inParts))
        const error = errorOf(yield* finish(running))
        assert.strictEqual(error._tag, "DataRobotApiError")
        assert.isTrue("logs" in error && error.logs?.join() === logs.join(), "the error has the log")
        assert.deepStrictEqual([server.count("part"), server.count("finish"), server.count("cancel")], [2, 0, 1])
        yield* assertNothingLeft(server, running)
      }))
  })

  describe(`sources of the CSV, ${client.name}`, () => {
    it.scopedLive("an error of the source comes out as it is, and cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer()
        const csv = Stream.concat(Stream.make(encode(lines.join(""))), Stream.fail("disk failure"))
        const running = yield* start(server, client, score(csv))
        assert.strictEqual(endOf(yield* finish(running)), "disk failure")
        assert.deepStrictEqual([server.count("create"), server.count("cancel")], [1, 1])
        assert.isFalse(
          server.requests.some(({ isWhole, kind }) => kind === "upload" && isWhole()),
          "the CSV has no end"
        )
        yield* assertNothingLeft(server, running)
      }))

    it.scopedLive("an error of the source after rows were downloaded comes after the rows", () =>
      Effect.gen(function*() {
        let isRead = false
        const server = yield* batchServer({ upload: (_, job) => job.run(), download: afterOneRow(stalls) })
        const csv = Stream.concat(
          Stream.make(encode(lines.join(""))),
          Stream.fromEffect(Effect.zipRight(within(5_000, () => isRead), Effect.fail("disk failure")))
        )
        const scoring = Stream.tap(score(csv), () => Effect.sync(() => isRead = true))
        const running = yield* start(server, client, scoring)
        const outcome = yield* finish(running)
        assert.strictEqual(endOf(outcome), "disk failure")
        assert.strictEqual(outcome.rows, firstRow)
        assert.strictEqual(server.count("cancel"), 1)
        yield* assertNothingLeft(server, running)
      }))

    it.scopedLive("a source in parts that fails comes out as it is, and cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer()
        const csv = Stream.concat(Stream.map(Stream.fromIterable(rows), encode), Stream.fail("disk failure"))
        const running = yield* start(server, client, score(csv, inParts))
        assert.strictEqual(endOf(yield* finish(running)), "disk failure")
        assert.deepStrictEqual([server.count("finish"), server.count("cancel")], [0, 1])
        yield* assertNothingLeft(server, running)
      }))

    it.scopedLive("a defect of the source comes out as it is, and cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer()
        const csv = Stream.concat(Stream.make(encode(lines.join(""))), Stream.die("a bug"))
        const running = yield* start(server, client, score(csv))
        const { exit } = yield* finish(running)
        assert.include(Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "ok", "a bug")
        assert.strictEqual(server.count("cancel"), 1)
        yield* assertNothingLeft(server, running)
      }))

    it.scopedLive("another scoring is a source, and its error does not name this job", () =>
      Effect.gen(function*() {
        const first = yield* batchServer({ upload: rejects(406) }, new Job({ statusDetails: "the first job" }))
        const second = yield* batchServer({}, new Job({ statusDetails: "the second job" }))
        const source = yield* start(first, client, score())
        const error = errorOf(yield* finish(source))
        const running = yield* start(
          second,
          client,
          score(Stream.concat(Stream.make(encode(lines.join(""))), Stream.fail(error)))
        )
        const outcome = yield* finish(running)
        assert.strictEqual(errorOf(outcome), error)
        assert.include(error.message, "the first job")
        assert.strictEqual(second.count("cancel"), 1)
        yield* assertNothingLeft(second, running)
      }))

    it.scopedLive("an empty source is an error, and cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer()
        const running = yield* start(server, client, score(Stream.empty))
        assert.strictEqual(endOf(yield* finish(running)), "DataRobotValidationError request")
        assert.strictEqual(server.count("cancel"), 1)
        yield* assertNothingLeft(server, running)
      }))

    for (const [kind, csv] of [["text", lines.join("")], ["bytes", encode(lines.join(""))]] as const) {
      it.scopedLive(`a CSV of ${kind} is uploaded as it is`, () =>
        Effect.gen(function*() {
          const server = yield* batchServer()
          const running = yield* start(server, client, score(csv))
          const outcome = yield* finish(running)
          assert.deepStrictEqual([endOf(outcome), outcome.rows], ["ok", scored])
          assert.strictEqual(server.requests.find((request) => request.kind === "upload")?.body(), lines.join(""))
          yield* assertNothingLeft(server, running)
        }))
    }

    it.scopedLive("a callback of the progress that dies ends the stream, and cancels the job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer({ download: afterOneRow(stalls) })
        const onProgress = (job: BatchPrediction.BatchPrediction) =>
          job.status === "RUNNING" ? Effect.die("a bug") : Effect.void
        const running = yield* start(server, client, score(undefined, { onProgress }))
        assert.strictEqual(endOf(yield* finish(running)), "died")
        assert.strictEqual(server.count("cancel"), 1)
        yield* assertNothingLeft(server, running)
      }))
  })

  describe(`hostile servers of batch predictions, ${client.name}`, () => {
    for (const end of ["that completes", "that fails", "that is interrupted"] as const) {
      it.scopedLive(`S-1, S-2: no link of a job ${end} is followed to another host`, () =>
        Effect.gen(function*() {
          const other = yield* serve((socket) => socket.write(http(202)))
          const script = {
            "that completes": {},
            "that fails": { upload: rejects(406) },
            "that is interrupted": { upload: (_, job) => job.run(), download: afterOneRow(stalls) }
          } satisfies Record<string, Script>
          const server = yield* batchServer(script[end], new Job({}, `127.0.0.1:${other.port}`))
          const scoring = score(end === "that is interrupted" ? endless : undefined)
          const running = yield* start(
            server,
            client,
            end === "that is interrupted" ? Stream.take(scoring, 1) : scoring
          )
          yield* finish(running)
          assert.deepStrictEqual([server.count("create"), server.count("upload")], [1, 1])
          assert.strictEqual(server.count("cancel"), end === "that completes" ? 0 : 1)
          assert.strictEqual(other.connections(), 0)
        }))
    }

    const locations = [
      "https://evil.example/",
      "/api/v2/deployments/1/",
      "/api/v2/batchPredictions/../deployments/1/",
      ""
    ]
    for (const location of locations) {
      it.scopedLive(`S-2: the Location ${JSON.stringify(location)} of a new job is an error`, () =>
        Effect.gen(function*() {
          const server = yield* batchServer({
            create: (request, job) => request.whenWhole(() => request.answer(json(202, job, { location })))
          })
          const running = yield* start(server, client, score())
          const outcome = yield* finish(running)
          assert.strictEqual(endOf(outcome), "DataRobotValidationError response")
          assert.isFalse(DataRobotError.isRetryable(errorOf(outcome)), "R-7")
          assert.strictEqual(server.count("upload"), 0)
          yield* assertNothingLeft(server, running)
        }))
    }

    it.scopedLive("S-4: a token in the details and the log of the job is hidden in the error", () =>
      Effect.gen(function*() {
        const shown = [token, encodeURIComponent(token), btoa(`user:${token}`), JSON.stringify(token)]
        const more = { statusDetails: `Failed with ${shown.join(" ")}`, logs: shown }
        for (const status of ["RUNNING", "ABORTED"]) {
          const server = yield* batchServer({
            upload: (request, job) => {
              job.status = status
              rejects(422)(request, job, server)
            }
          }, new Job(more))
          const running = yield* start(server, client, score())
          const error = errorOf(yield* finish(running))
          assert.strictEqual(error._tag, status === "RUNNING" ? "DataRobotApiError" : "DataRobotJobError")
          assert.strictEqual("logs" in error ? error.logs?.length : 0, shown.length)
          assertHidden(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${error.message}${error.stack}`)
        }
      }))

    it.scopedLive("S-4: the key of a prediction server in the details of the job is hidden in the error", () =>
      Effect.gen(function*() {
        const apiKey = "pr3d-s3rv3r-K3Y"
        for (const status of ["RUNNING", "ABORTED"]) {
          const server = yield* batchServer({
            upload: (request, job) => {
              job.status = status
              rejects(422)(request, job, server)
            }
          }, new Job({ statusDetails: `Unauthorized: ${apiKey}`, logs: [`key ${apiKey}`] }))
          const predictionInstance = { hostName: "pred.example.com", apiKey: Redacted.make(apiKey) }
          const running = yield* start(server, client, score(undefined, { predictionInstance }))
          const error = errorOf(yield* finish(running))
          assertHidden(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${error.message}`, apiKey)
        }
      }))

    it.scopedLive("S-10: credentials in the URLs of a job are hidden in the error", () =>
      Effect.gen(function*() {
        const secret = "pr3d/s3rv3r+K3Y"
        const escaped = encodeURIComponent(secret)
        for (
          const settings of [
            { intakeSettings: { type: "http", url: `https://ana:${escaped}@files.example.com/in.csv` } },
            {
              outputSettings: {
                type: "http",
                method: "PUT",
                url: `https://ana:${secret.replace("/", "%2f")}@out.example.com/`
              }
            },
            { outputSettings: { type: "s3", url: `https://b.s3.example.com/out.csv?X-Amz-Signature=${escaped}` } }
          ] satisfies ReadonlyArray<Partial<BatchPrediction.CreateInput>>
        ) {
          const server = yield* batchServer({
            create: (request) =>
              request.whenWhole(() => request.answer(json(422, { message: `${request.body()} ${secret} ${escaped}` })))
          })
          const { layer } = yield* kept(client)
          const error = yield* Effect.flip(BatchPrediction.create({ deploymentId, ...settings })).pipe(
            Effect.provide(Layer.merge(Layer.orDie(DataRobot.layer({ endpoint: server.endpoint, token })), layer))
          )
          assertHidden(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${error.message}`, secret)
        }
      }))

    it.scopedLive("S-5: an error keeps the end of a long log, and begins of long lines", () =>
      Effect.gen(function*() {
        const long = [...Array.from({ length: 20_000 }, (_, line) => `line ${line}`), "x".repeat(2_000_000)]
        const server = yield* batchServer({
          upload: (request, job) => {
            job.status = "ABORTED"
            rejects(422)(request, job, server)
          }
        }, new Job({ logs: long, statusDetails: "y".repeat(1_000_000) }))
        const running = yield* start(server, client, score())
        const error = errorOf(yield* finish(running))
        assert.strictEqual(error._tag, "DataRobotJobError")
        assert.strictEqual("logs" in error ? error.logs?.[0] : "", "line 19951")
        assert.isBelow(JSON.stringify(error).length, 30_000)
        assert.isAtMost(error.message.length, 2_048)
      }))
  })

  describe(`BatchPrediction.upload and download, ${client.name}`, () => {
    const uploads: Readonly<Record<string, readonly [Handler, string]>> = {
      "202": [(request) => request.whenWhole(() => request.answer(http(202))), "ok"],
      "406": [rejects(406), "DataRobotApiError Unexpected"],
      "409": [rejects(409), "DataRobotApiError Conflict"],
      "422": [rejects(422), "DataRobotApiError Unprocessable"],
      "422, and the job was aborted": [(request, job, server) => {
        job.status = "ABORTED"
        rejects(422)(request, job, server)
      }, "DataRobotJobError Failed"],
      "a reset": [resets, "DataRobotNetworkError Transport unknown"],
      "an early 202": [(request) => request.answer(http(202)), "DataRobotValidationError response"]
    }
    for (const [title, [upload, ends]] of Object.entries(uploads)) {
      it.scopedLive(`an upload with ${title} ends as ${ends}, is sent once, and does not cancel the job`, () =>
        Effect.gen(function*() {
          const server = yield* batchServer({ upload })
          const csv = title === "an early 202" ? endless : lines.join("")
          const uploading = Stream.execute(BatchPrediction.upload(jobId, csv, { retry: quick.retry }))
          const running = yield* start(server, client, uploading)
          const outcome = yield* finish(running)
          assert.strictEqual(endOf(outcome), ends)
          if (ends !== "ok") {
            assert.deepInclude(errorOf(outcome), { statusDetails, logs })
            assert.isFalse(DataRobotError.isRetryable(errorOf(outcome)))
          }
          assert.deepStrictEqual([server.count("upload"), server.count("cancel")], [1, 0])
          yield* assertNothingLeft(server, running)
        }))
    }

    it.scopedLive("an upload in parts to a job with other settings of its CSV keeps its records whole", () =>
      Effect.gen(function*() {
        const job = new Job({
          jobSpec: {
            deploymentId: "5b0000000000000000000001",
            intakeSettings: { type: "localFile", multipart: true, async: false },
            csvSettings: { delimiter: ",", quotechar: "'", encoding: "utf-8" }
          }
        })
        const server = yield* batchServer({}, job)
        const quoted = ["age,plan\n", ...Array.from({ length: 30_000 }, (_, row) => `${row},'a\nb\n"'\n`)]
        const csv = Stream.map(Stream.fromIterable(quoted), encode)
        const uploading = Stream.execute(BatchPrediction.upload(jobId, csv, { partSize }))
        const outcome = yield* finish(yield* start(server, client, uploading))
        assert.strictEqual(endOf(outcome), "ok")
        const bodies = server.requests.filter(({ kind }) => kind === "part").map(({ body }) => body())
        for (const body of bodies) assert.isTrue(body.endsWith("'\n"), "a part ends with a record")
        assert.isTrue(joined(bodies) === quoted.join(""))
      }))

    const downloads: Readonly<Record<string, readonly [Handler, rows: string, string]>> = {
      "a whole file": [complete, scored, "ok"],
      "404 three times": [times(3, rejects(404), complete), scored, "ok"],
      "422": [rejects(422), "", "DataRobotApiError Unprocessable"],
      "a reset": [afterOneRow(resets), firstRow, "DataRobotNetworkError Transport unknown"],
      "a file of a job that was aborted": [
        afterOneRow((request, job) => {
          job.status = "ABORTED"
          request.end()
        }),
        firstRow,
        "DataRobotJobError Failed"
      ]
    }
    for (const [title, [download, received, ends]] of Object.entries(downloads)) {
      it.scopedLive(`a download with ${title} ends as ${ends}, and does not cancel the job`, () =>
        Effect.gen(function*() {
          const job = new Job()
          job.run()
          const server = yield* batchServer({ download }, job)
          const running = yield* start(server, client, BatchPrediction.download(jobId, quick))
          const outcome = yield* finish(running)
          assert.strictEqual(endOf(outcome), ends)
          assert.strictEqual(outcome.rows, received)
          if (ends !== "ok") assert.deepInclude(errorOf(outcome), { statusDetails, logs })
          assert.strictEqual(server.count("cancel"), 0)
          yield* assertNothingLeft(server, running)
        }))
    }

    it.scopedLive("a download that ends early closes its connection, and does not cancel the job", () =>
      Effect.gen(function*() {
        const job = new Job()
        job.run()
        const server = yield* batchServer({ download: afterOneRow(stalls) }, job)
        const running = yield* start(server, client, Stream.take(BatchPrediction.download(jobId, quick), 1))
        assert.strictEqual(endOf(yield* finish(running)), "ok")
        assert.strictEqual(server.count("cancel"), 0)
        yield* assertNothingLeft(server, running)
      }))
  })

  describe(`the end of the job, ${client.name}`, () => {
    it.scopedLive("a job that cannot be cancelled is logged, without the token", () =>
      Effect.gen(function*() {
        const { layer, lines } = logged()
        const server = yield* batchServer({
          upload: rejects(406),
          cancel: (request) => request.answer(json(403, { message: `Not with ${token}` }))
        })
        const running = yield* start(server, client, score(), {}, Effect.provide(layer))
        assert.strictEqual(endOf(yield* finish(running)), "DataRobotApiError Unexpected")
        const warnings = lines.filter(({ level }) => level === "WARN").map(({ message }) => message)
        assert.isTrue(warnings.some((text) => text.includes(`could not cancel batch prediction ${jobId}`)))
        assertHidden(warnings.join())
      }))

    it.scopedLive("R-7: a caller that retries retryable errors creates one job", () =>
      Effect.gen(function*() {
        const server = yield* batchServer({ download: afterOneRow(resets) })
        const again = Stream.execute(
          Effect.retry(Stream.runDrain(score()), { times: 3, while: DataRobotError.isRetryable })
        )
        const running = yield* start(server, client, again)
        assert.strictEqual(endOf(yield* finish(running)), "DataRobotNetworkError Transport unknown")
        assert.strictEqual(server.count("create"), 1)
      }))

    it.scopedLive("R-7: a job that was surely not created can be created again", () =>
      Effect.gen(function*() {
        const busy: Handler = (request) =>
          request.whenWhole(() => request.answer(json(503, { message: "Busy" }, { "retry-after": "0" })))
        const server = yield* batchServer({ create: busy })
        const running = yield* start(server, client, score())
        assert.isTrue(DataRobotError.isRetryable(errorOf(yield* finish(running))))
        assert.deepStrictEqual([server.count("create"), server.count("cancel")], [2, 0])
      }))
  })
}
