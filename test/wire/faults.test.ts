/**
 * The fault matrix: the ways in which a server or an intermediary can fail, on real sockets and through all HTTP
 * clients. Each is tested with an operation that may be repeated (`get`) and with one that may not (`create`). The
 * server counts the requests.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobotError, ModelDeployment } from "effect-datarobot"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { endOf } from "../support.js"
import { inTurns } from "../turnClock.js"
import { faults } from "./faultServers.js"
import { type Both, both, broken, matrix, tooLate } from "./matrix.js"
import {
  clients,
  clientsAndDispatcher,
  closedPort,
  deployment,
  deploymentId,
  http,
  json,
  kept,
  newDeployment,
  on,
  serve,
  within
} from "./support.js"

const operations = {
  safe: { name: "get", run: ModelDeployment.get(deploymentId) },
  unsafe: { name: "create", run: ModelDeployment.create(newDeployment) }
} as const

const quick = { baseDelay: 5, maxDelay: 10, throttledBaseDelay: 5, throttledMaxDelay: 10 }
const stallTimeout = 250

// The end of the message of a create with an unknown outcome.
const hint = /(?:before you|do not) create it again/

for (const [group, rows] of Object.entries(matrix)) {
  // Decompression takes one turn of the event loop per 16 KB, so these rows must not run at the same time as others.
  describe(`R-1, R-4: ${group}`, { concurrent: group !== "compression" }, () => {
    for (const [title, row] of Object.entries(rows)) {
      for (const client of clientsAndDispatcher) {
        for (const kind of ["safe", "unsafe"] as const) {
          const [sent, end] = (row.differs?.[client.base] ?? row.expected)[kind]
          const operation = operations[kind]
          it.scopedLive(`${title}, ${client.name}: ${operation.name} is sent ${sent} x and ends with ${end}`, () =>
            Effect.gen(function*() {
              const server = yield* serve(row.server)
              const options = {
                timeout: 10_000,
                attemptTimeout: row.stalls === true ? stallTimeout : 5_000,
                retry: quick
              }
              const began = yield* Clock.currentTimeMillis
              const result = yield* Effect.either(on(server, yield* kept(client), options)(operation.run))
              const elapsed = (yield* Clock.currentTimeMillis) - began

              assert.deepStrictEqual([server.requests.length, endOf(result)], [sent, end])
              assert.isBelow(elapsed, row.stalls === true ? sent * stallTimeout + 2_500 : 3_000)
              if (Either.isLeft(result)) {
                const error = result.left
                assert.strictEqual(error.attempts, row.repeats === client.base ? sent / 2 : sent)
                // the error of a create with an unknown outcome must say so.
                const says = hint.test(error.message)
                assert.strictEqual(says, kind === "unsafe" && mayHaveHappened(error), error.message)
              }
              // a response that was not read to its end closes its socket.
              if (row.whole === true || row.leaks === client.base) return
              const closed = yield* within(500, () => server.requests.every(({ socket }) => socket.destroyed))
              assert.isTrue(closed, "a socket that carried a request is still open")
            }).pipe(inTurns))
        }
      }
    }
  })
}

// An unreadable 2xx also leaves the outcome unknown.
const mayHaveHappened = (error: DataRobotError.DataRobotError) =>
  error._tag === "DataRobotValidationError" || ("outcome" in error && error.outcome === "unknown")

describe("R-1: a request that was certainly not sent is retried for every operation", { concurrent: true }, () => {
  for (const client of clients) {
    for (const kind of ["safe", "unsafe"] as const) {
      const { name, run } = operations[kind]
      it.scopedLive(`connection refused, ${client.name}: ${name} is tried 3 x and its outcome is not-sent`, () =>
        Effect.gen(function*() {
          const endpoint = `http://127.0.0.1:${yield* closedPort}/api/v2`
          const error = yield* Effect.flip(on({ endpoint }, client, { retry: quick })(run))
          assert.strictEqual(endOf(Either.left(error)), "DataRobotNetworkError Connect not-sent")
          assert.strictEqual(error.attempts, 3)
          assert.notInclude(error.message, "may have")
        }))
    }

    it.scopedLive(`${client.name}: create retries until the server listens, and is sent once`, () =>
      Effect.gen(function*() {
        const port = yield* closedPort
        const retry = { maxAttempts: 100, baseDelay: 40, maxDelay: 40 }
        const created = yield* Effect.fork(
          on({ endpoint: `http://127.0.0.1:${port}/api/v2` }, client, { retry })(operations.unsafe.run)
        )
        yield* Effect.sleep(60)
        const server = yield* serve((socket) => socket.end(json(201, deployment())), { port })
        assert.strictEqual((yield* Fiber.join(created)).id, deploymentId)
        assert.strictEqual(server.requests.length, 1)
      }))
  }
})

describe("R-1: the meaning of a network error depends on its code and system call", () => {
  /** A client that fails with errors that a loopback address can't produce. */
  const failing = (cause: unknown) => {
    let sent = 0
    const client = HttpClient.make((request) => {
      sent++
      return Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport", cause }))
    })
    return { layer: Layer.succeed(HttpClient.HttpClient, client), sent: () => sent }
  }
  const failure = (code: string, syscall?: string) =>
    Object.assign(new Error(`${syscall ?? "connect"} ${code}`), { code }, syscall === undefined ? {} : { syscall })
  // Node's error if a name has several addresses.
  const ofEach = (...errors: ReadonlyArray<Error & { code: string }>) =>
    Object.assign(new AggregateError(errors), { code: errors[0]?.code })

  const neverLeft = both(3, "DataRobotNetworkError Connect not-sent")
  const cases: Readonly<Record<string, readonly [cause: unknown, expected: Both]>> = {
    "no route": [failure("EHOSTUNREACH", "connect"), neverLeft],
    "unknown host name": [failure("ENOTFOUND", "getaddrinfo"), neverLeft],
    "unreachable name server": [failure("EAI_AGAIN", "getaddrinfo"), neverLeft],
    "connect timeout": [failure("ETIMEDOUT", "connect"), neverLeft],
    "connect timeout of undici": [failure("UND_ERR_CONNECT_TIMEOUT"), neverLeft],
    "connect timeout of all addresses": [ofEach(failure("ETIMEDOUT", "connect")), neverLeft],
    "connect timeout of all addresses, wrapped by fetch": [
      new TypeError("fetch failed", { cause: ofEach(failure("ETIMEDOUT", "connect")) }),
      neverLeft
    ],
    // The connection was open, so the request may have arrived before the network failed.
    "the route is lost after the request was sent": [failure("EHOSTUNREACH", "read"), broken],
    "the network is lost while the request is written": [failure("ENETUNREACH", "write"), broken],
    "timeout on an open connection": [failure("ETIMEDOUT", "read"), tooLate],
    "a cause that is not an Error": ["!", broken]
  }
  for (const [title, [cause, expected]] of Object.entries(cases)) {
    for (const kind of ["safe", "unsafe"] as const) {
      const [sent, end] = expected[kind]
      const { name, run } = operations[kind]
      it.live(`${title}: ${name} is tried ${sent} x and ends with ${end}`, () =>
        Effect.gen(function*() {
          const client = failing(cause)
          const result = yield* Effect.either(
            on({ endpoint: "http://127.0.0.1:9/api/v2" }, client, { retry: quick })(run)
          )
          assert.deepStrictEqual([client.sent(), endOf(result)], [sent, end])
        }))
    }
  }

  for (const client of clients) {
    it.live(`connection refused by all addresses of a name, ${client.name}: the outcome of create is not-sent`, () =>
      Effect.gen(function*() {
        const endpoint = `http://localhost:${yield* closedPort}/api/v2`
        const error = yield* Effect.flip(on({ endpoint }, client, { retry: quick })(operations.unsafe.run))
        assert.strictEqual(endOf(Either.left(error)), "DataRobotNetworkError Connect not-sent")
        assert.include(error.message, "ECONNREFUSED")
      }))
  }
})

describe("R-1: each request of an operation is retried on its own terms", { concurrent: true }, () => {
  for (const client of clients) {
    it.scopedLive(`${client.name}: the read after a create is retried, the POST is not`, () =>
      Effect.gen(function*() {
        const server = yield* serve((socket, { method }) =>
          method === "POST"
            ? socket.write(http(201, { location: `/api/v2/modelDeployments/${deploymentId}/` }))
            : socket.resetAndDestroy()
        )
        const error = yield* Effect.flip(on(server, client, { retry: quick })(operations.unsafe.run))
        assert.deepStrictEqual(server.requests.map(({ method }) => method), ["POST", "GET", "GET", "GET"])
        assert.strictEqual(endOf(Either.left(error)), "DataRobotNetworkError Transport unknown")
        assert.match(error.message, hint)
        assert.include(error.message, deploymentId)
      }))

    it.scopedLive(`${client.name}: an update is sent once by default, and three times with idempotent: true`, () =>
      Effect.gen(function*() {
        const server = yield* serve(faults.resetBeforeHeaders)
        const update = (idempotent: boolean) =>
          on(server, client)(ModelDeployment.update(deploymentId, { label: "New" }, { idempotent, retry: quick }))
        const once = yield* Effect.flip(update(false))
        assert.deepStrictEqual([server.requests.length, once.attempts], [1, 1])
        assert.include(once.message, "The change may have been made")
        const often = yield* Effect.flip(update(true))
        assert.deepStrictEqual([server.requests.length - 1, often.attempts], [3, 3])
      }))
  }
})

describe("R-3: of two Retry-After headers the longer one counts", { concurrent: true }, () => {
  for (const client of clients) {
    for (
      const [first, second, seconds] of [
        ["0", "3600", 3600],
        ["3600", "0", 3600],
        ["soon", "3600", 3600],
        ["3600", "Wed, 21 Oct 2015 07:28:00 GMT", 3600],
        ["Thu, 22 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:09 GMT", 86_400]
      ] as const
    ) {
      it.scopedLive(`${first} and ${second}, ${client.name}: create is sent once and its error has ${seconds} s`, () =>
        Effect.gen(function*() {
          const server = yield* serve((socket) =>
            socket.write(
              "HTTP/1.1 503 Busy\r\ndate: Wed, 21 Oct 2015 07:28:00 GMT\r\ncontent-length: 0\r\n" +
                `retry-after: ${first}\r\nretry-after: ${second}\r\n\r\n`
            )
          )
          const error = yield* Effect.flip(on(server, client, { retry: quick })(operations.unsafe.run))
          assert.strictEqual(server.requests.length, 1)
          assert.strictEqual(error._tag, "DataRobotApiError")
          assert.deepStrictEqual("retryAfter" in error && error.retryAfter, Duration.seconds(seconds))
        }))
    }

    it.scopedLive(`two retry-after-ms, ${client.name}: the error has the longer one`, () =>
      Effect.gen(function*() {
        const server = yield* serve((socket) =>
          socket.write(
            "HTTP/1.1 429 Slow\r\ncontent-length: 0\r\nretry-after-ms: 5\r\nretry-after-ms: 3600000\r\n\r\n"
          )
        )
        const error = yield* Effect.flip(on(server, client, { retry: quick })(operations.unsafe.run))
        assert.deepStrictEqual("retryAfter" in error && error.retryAfter, Duration.hours(1))
      }))
  }
})

describe("R-4: `timeout` limits the whole call", { concurrent: true }, () => {
  for (const client of clients) {
    it.scopedLive(`${client.name}: \`timeout\` ends the call in the middle of an attempt`, () =>
      Effect.gen(function*() {
        const server = yield* serve(faults.stallBeforeHeaders)
        const began = yield* Clock.currentTimeMillis
        const error = yield* Effect.flip(
          on(server, client, { timeout: 250, attemptTimeout: 100, retry: { ...quick, maxAttempts: 100 } })(
            operations.safe.run
          )
        )
        assert.strictEqual(endOf(Either.left(error)), "DataRobotNetworkError Timeout unknown")
        assert.isBelow((yield* Clock.currentTimeMillis) - began, 1_000)
        // The last attempt may have had no time to arrive.
        assert.isAtMost(server.requests.length, error.attempts)
        assert.isAtMost(error.attempts, 3)
      }).pipe(inTurns))
  }
})
