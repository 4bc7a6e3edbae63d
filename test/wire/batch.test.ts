/**
 * Faults in every phase of `BatchPrediction.score`, on real sockets and through all clients. Whatever happens: the job is
 * created once, and it is cancelled once unless it is over; no request and no fiber is left; a short file is an error.
 */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Stream from "effect/Stream"
import { batchServer, csvHeaders, type Handler, logs, scored, type Script, statusDetails } from "./batchServer.js"
import {
  afterOneRow,
  assertNothingLeft,
  complete,
  describe as endOf,
  endless,
  errorOf,
  finish,
  firstRow,
  large,
  type Options,
  rejects,
  score,
  start,
  times
} from "./batchSupport.js"
import { collectUnhandled } from "./collectUnhandled.js"
import { clients, http, json } from "./support.js"

collectUnhandled()

interface Fault {
  readonly script: Script
  readonly csv?: Stream.Stream<Uint8Array>
  readonly options?: Options
  /** How the stream ends. */
  readonly ends: string
  /** The rows that arrive before. Default: none. */
  readonly rows?: string
  /** Whether the error has the details and the log of the job. Default: yes, unless the stream succeeds. */
  readonly isReported?: false
  /** How often the job is cancelled. Default: once, unless the stream succeeds. */
  readonly cancels?: 0
  /** The number of requests of other kinds. */
  readonly counts?: Readonly<Record<string, number>>
}

/** Responds to an upload when it has begun, and does not read the rest. */
const rejectsEarly = (status: number): Handler => (request) => {
  request.answer(json(status, { message: "No" }))
  request.socket.pause()
}

const aborts = (then: Handler): Handler => (request, job, server) => {
  job.status = "ABORTED"
  then(request, job, server)
}

/** Runs the job, but never responds to the upload. */
const runs: Handler = (_, job) => job.run()

const completes: Handler = (request, job) => {
  job.run()
  job.status = "COMPLETED"
  request.whenWhole(() => request.answer(http(202)))
}

const gone = (status: number): Handler => (request) => request.answer(json(status, { message: "Gone" }))

const faults: Readonly<Record<string, Readonly<Record<string, Fault>>>> = {
  "the upload": {
    "a whole CSV": { script: {}, ends: "ok", rows: scored, counts: { create: 1, upload: 1, download: 1 } },
    "406": { script: { upload: rejects(406) }, ends: "DataRobotApiError Unexpected" },
    "409": { script: { upload: rejects(409) }, ends: "DataRobotApiError Conflict" },
    "422": { script: { upload: rejects(422) }, ends: "DataRobotApiError Unprocessable" },
    "422 because the job was aborted": {
      script: { upload: aborts(rejects(422)) },
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "409 to a CSV without an end": {
      script: { upload: rejectsEarly(409) },
      csv: endless,
      ends: "DataRobotApiError Conflict"
    },
    "422 to a large CSV because the job was aborted": {
      script: { upload: aborts(rejectsEarly(422)) },
      csv: large,
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "422 after the download has begun": {
      script: {
        upload: (request, job, server) => {
          job.run()
          const wait = (): unknown =>
            server.requests.some(({ kind }) => kind === "download")
              ? setTimeout(() => aborts(rejects(422))(request, job, server), 60)
              : setTimeout(wait, 2)
          wait()
        },
        download: afterOneRow(() => {})
      },
      ends: "DataRobotJobError Failed",
      rows: firstRow,
      cancels: 0
    },
    "a reset before the response": {
      script: { upload: (request) => request.whenWhole(request.reset) },
      ends: "DataRobotNetworkError Transport unknown",
      counts: { upload: 1 }
    },
    "a reset in the middle": {
      script: { upload: (request) => setTimeout(request.reset, 20) },
      csv: endless,
      ends: "DataRobotNetworkError Transport unknown",
      counts: { upload: 1 }
    },
    "a reset in the middle because the job was aborted": {
      script: { upload: aborts((request) => setTimeout(request.reset, 20)) },
      csv: large,
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "202 before the whole CSV has arrived": {
      script: { upload: (request) => request.answer(http(202)) },
      csv: endless,
      ends: "DataRobotValidationError response"
    },
    "no response, but the job completes": {
      script: { upload: runs, download: complete },
      options: { idleTimeout: 300 },
      ends: "DataRobotNetworkError Timeout unknown",
      rows: scored,
      cancels: 0
    },
    "a response after longer than the limits of other requests": {
      script: {
        upload: (request, job) => {
          job.run()
          request.whenWhole(() => setTimeout(() => request.answer(http(202)), 300))
        },
        download: (request, job, server) => void setTimeout(() => complete(request, job, server), 300)
      },
      options: { attemptTimeout: 150, timeout: 150 },
      ends: "ok",
      rows: scored
    },
    "401": {
      script: { upload: rejects(401) },
      ends: "DataRobotApiError Unauthorized",
      isReported: false
    },
    "a redirect": {
      script: { upload: (request) => request.whenWhole(() => request.answer(http(307, { location: "/elsewhere" }))) },
      ends: "DataRobotApiError Unexpected",
      counts: { other: 0 }
    }
  },

  "the download": {
    "404 three times": {
      script: { download: times(3, gone(404), complete) },
      ends: "ok",
      rows: scored,
      counts: { download: 4 }
    },
    "404 for ever, when the job is complete": {
      script: { upload: completes, download: gone(404) },
      ends: "DataRobotApiError NotFound",
      cancels: 0,
      counts: { download: 4 }
    },
    "404 three times, and three times more when the job is complete": {
      script: {
        download: (request, job, server) => {
          if (request.index === 3) job.status = "COMPLETED"
          ;(request.index < 6 ? gone(404) : complete)(request, job, server)
        }
      },
      ends: "ok",
      rows: scored
    },
    "404 for ever, with a limit of time": {
      script: { download: gone(404) },
      options: { wait: { interval: 10, timeout: 200 } },
      ends: "DataRobotJobError Deadline",
      isReported: false
    },
    "406": { script: { download: rejects(406) }, ends: "DataRobotApiError Unexpected" },
    "422": { script: { download: rejects(422) }, ends: "DataRobotApiError Unprocessable" },
    "422 because the job was aborted": {
      script: { download: aborts(rejects(422)) },
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "a reset in the middle": {
      script: { download: afterOneRow((request) => request.reset()) },
      rows: firstRow,
      ends: "DataRobotNetworkError Transport unknown",
      counts: { download: 1 }
    },
    "a reset in the middle because the job was aborted": {
      script: { download: afterOneRow(aborts((request) => request.reset())) },
      rows: firstRow,
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "a body that is shorter than its length": {
      script: {
        download: (request, job) => {
          job.status = "COMPLETED"
          request.answer(http(200, { ...csvHeaders, "content-length": "1000" }, firstRow))
          request.socket.end()
        }
      },
      rows: firstRow,
      ends: "DataRobotNetworkError Transport unknown",
      cancels: 0
    },
    "a chunk that breaks off": {
      script: {
        download: afterOneRow((request, job) => {
          job.status = "COMPLETED"
          request.socket.end("ff\r\n0.7")
        })
      },
      rows: `${firstRow}0.7`,
      ends: "DataRobotNetworkError Transport unknown",
      cancels: 0
    },
    "a chunk without a length": {
      script: {
        download: afterOneRow((request, job) => {
          job.status = "COMPLETED"
          request.socket.end("zz\r\nabc")
        })
      },
      rows: firstRow,
      ends: "DataRobotNetworkError Transport unknown",
      cancels: 0
    },
    "no last chunk": {
      script: {
        download: afterOneRow((request, job) => {
          job.status = "COMPLETED"
          request.socket.end()
        })
      },
      rows: firstRow,
      ends: "DataRobotNetworkError Transport unknown",
      cancels: 0
    },
    "no more bytes": {
      script: { download: afterOneRow(() => {}) },
      options: { idleTimeout: 300 },
      rows: firstRow,
      ends: "DataRobotNetworkError Timeout unknown"
    },
    "a web page": {
      script: { download: (request) => request.answer(http(200, { "content-type": "text/html" }, "<h1>Sign in</h1>")) },
      ends: "DataRobotValidationError response"
    },
    "no bytes": {
      script: {
        download: (request, job) => {
          job.status = "COMPLETED"
          request.answer(http(200, csvHeaders))
        }
      },
      ends: "DataRobotValidationError response",
      cancels: 0
    },
    "401": {
      script: { download: gone(401) },
      ends: "DataRobotApiError Unauthorized",
      isReported: false
    },
    "a redirect": {
      script: { download: (request) => request.answer(http(302, { location: "/elsewhere" })) },
      ends: "DataRobotApiError Unexpected",
      counts: { other: 0 }
    }
  },

  "the job": {
    "is queued for long": {
      script: {
        get: times(
          20,
          (request, job) => request.answer(json(200, { ...job.toJSON(), status: "INITIALIZING", links: {} })),
          (
            request,
            job
          ) => request.answer(json(200, job))
        )
      },
      ends: "ok",
      rows: scored
    },
    "is queued for longer than the limit of time": {
      script: { upload: (request) => request.whenWhole(() => request.answer(http(202))) },
      options: { wait: { interval: 10, timeout: 200 } },
      ends: "DataRobotJobError Deadline",
      isReported: false
    },
    "is aborted while it is queued": {
      script: { upload: aborts((request) => request.whenWhole(() => request.answer(http(202)))) },
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "fails while the CSV is uploaded": {
      script: {
        upload: (_, job) => setTimeout(() => job.status = "FAILED", 30)
      },
      csv: endless,
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "is aborted while rows are downloaded": {
      script: { upload: runs, download: afterOneRow(aborts(() => {})) },
      csv: endless,
      rows: firstRow,
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "is aborted, and the file ends like any other": {
      script: { download: afterOneRow(aborts((request) => request.end())) },
      rows: firstRow,
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "is aborted a moment after the file has ended": {
      script: {
        download: afterOneRow((request, job) => {
          request.end()
          setTimeout(() => job.status = "ABORTED", 100)
        })
      },
      rows: firstRow,
      ends: "DataRobotJobError Failed",
      cancels: 0
    },
    "is complete a moment after the file has ended": {
      script: {
        download: afterOneRow((request, job) => {
          request.end()
          setTimeout(() => job.status = "COMPLETED", 100)
        })
      },
      rows: firstRow,
      ends: "ok"
    },
    "has a status that is not known": {
      script: {
        upload: (request, job) => {
          job.status = "WARMING_UP"
          request.whenWhole(() => request.answer(http(202)))
          setTimeout(() => job.run(), 60)
        }
      },
      ends: "ok",
      rows: scored
    },
    "is not found at first": {
      script: { get: times(3, gone(404), (request, job) => request.answer(json(200, job))) },
      ends: "ok",
      rows: scored
    },
    "is lost (404)": {
      script: { get: gone(404) },
      ends: "DataRobotJobError Lost",
      isReported: false
    },
    "is lost (410)": {
      script: { get: gone(410), cancel: gone(410) },
      ends: "DataRobotJobError Lost",
      isReported: false
    },
    "is lost while rows are downloaded": {
      script: {
        download: afterOneRow(() => {}),
        get: times(3, (request, job) => request.answer(json(200, job)), gone(404))
      },
      rows: firstRow,
      ends: "DataRobotJobError Lost",
      isReported: false
    },
    "cannot be read at first (503)": {
      script: { get: times(4, gone(503), (request, job) => request.answer(json(200, job))) },
      ends: "ok",
      rows: scored
    },
    "can never be read (503)": {
      script: { get: gone(503) },
      ends: "DataRobotApiError ServerError",
      isReported: false
    },
    "cannot be read (401)": {
      script: { get: gone(401) },
      ends: "DataRobotApiError Unauthorized",
      isReported: false
    },
    "is another one in a poll": {
      script: {
        download: complete,
        get: (request, job) => request.answer(json(200, { ...job.toJSON(), id: "5b00000000000000000000ff" }))
      },
      ends: "DataRobotValidationError response",
      isReported: false
    },
    "is read at another address": {
      script: { get: (request) => request.answer(http(302, { location: "/elsewhere" })) },
      ends: "DataRobotApiError Unexpected",
      isReported: false,
      counts: { other: 0 }
    },
    "has other types": {
      script: { get: (request) => request.answer(json(200, { id: 7, status: ["RUNNING"], links: "none" })) },
      ends: "DataRobotValidationError response",
      isReported: false
    },
    "is a web page": {
      script: { get: (request) => request.answer(http(200, { "content-type": "text/html" }, "<h1>Sign in</h1>")) },
      ends: "DataRobotValidationError response",
      isReported: false
    }
  },

  "the request that creates the job": {
    "422": { script: { create: rejects(422) }, ends: "DataRobotApiError Unprocessable", isReported: false, cancels: 0 },
    "500": {
      script: { create: rejects(500) },
      ends: "DataRobotApiError ServerError unknown",
      isReported: false,
      cancels: 0
    },
    "a reset": {
      script: { create: (request) => request.whenWhole(request.reset) },
      ends: "DataRobotNetworkError Transport unknown",
      isReported: false,
      cancels: 0
    },
    "202 without a body": {
      script: {
        create: (request, job) =>
          request.whenWhole(() => request.answer(http(202, { location: `/api/v2/batchPredictions/${job.id}/` })))
      },
      ends: "ok",
      rows: scored
    },
    "202 without a body, and the job is not found at first": {
      script: {
        create: (request, job) =>
          request.whenWhole(() => request.answer(http(202, { location: `/api/v2/batchPredictions/${job.id}/` }))),
        get: times(2, gone(404), (request, job) => request.answer(json(200, job)))
      },
      ends: "ok",
      rows: scored
    },
    "202 without a Location": {
      script: { create: (request, job) => request.whenWhole(() => request.answer(json(202, job))) },
      ends: "ok",
      rows: scored
    }
  },

  "the request that cancels the job": {
    "404": { script: { upload: rejects(406), cancel: gone(404) }, ends: "DataRobotApiError Unexpected" },
    "409": { script: { upload: rejects(406), cancel: gone(409) }, ends: "DataRobotApiError Unexpected" },
    "422": { script: { upload: rejects(406), cancel: gone(422) }, ends: "DataRobotApiError Unexpected" }
  }
}

for (const client of clients) {
  describe(`BatchPrediction.score, ${client.name}`, () => {
    for (const [phase, rows] of Object.entries(faults)) {
      for (const [title, fault] of Object.entries(rows)) {
        it.scopedLive(`${phase}: ${title} ends as ${fault.ends}`, () =>
          Effect.gen(function*() {
            const server = yield* batchServer(fault.script)
            const running = yield* start(server, client, score(fault.csv, fault.options))
            const outcome = yield* finish(running)
            assert.strictEqual(endOf(outcome), fault.ends)
            assert.strictEqual(outcome.rows, fault.rows ?? "")
            const isOk = Exit.isSuccess(outcome.exit)
            assert.strictEqual(server.count("cancel"), fault.cancels ?? (isOk ? 0 : 1), "cancels")
            assert.strictEqual(server.count("create"), 1)
            for (const [kind, count] of Object.entries(fault.counts ?? {})) {
              assert.strictEqual(server.kinds().filter((one) => one === kind).length, count, kind)
            }
            if (!isOk) {
              const error = errorOf(outcome)
              const report = fault.isReported === false ? [undefined, undefined] : [statusDetails, logs]
              const { logs: shownLogs, statusDetails: details } = {
                logs: undefined,
                statusDetails: undefined,
                ...error
              }
              assert.deepStrictEqual([details, shownLogs], report)
              assert.isAtMost(error.message.split(statusDetails).length, 2, error.message)
              assert.isFalse(DataRobotError.isRetryable(error), "R-7")
            }
            yield* assertNothingLeft(server, running)
          }))
      }
    }
  })
}
