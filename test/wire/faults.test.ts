/**
 * The fault matrix: every way in which a server or something before it goes wrong, on real sockets, through three HTTP
 * clients, for an operation that may be repeated (`get`) and for one that may not (`create`). Requests are counted by
 * the server.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobotError, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { endOf } from "../support.js"
import { faults } from "./faultServers.js"
import {
  type Behaviour,
  type Client,
  clients,
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

/** How often the request is sent, and how the operation ends. */
type Expected = readonly [sent: number, end: string]

/** For an operation that may be repeated, and for one that may not. */
interface Both {
  readonly safe: Expected
  readonly unsafe: Expected
}

// The lines of R-1's table.
const both = (...expected: Expected): Both => ({ safe: expected, unsafe: expected })
const uncertain = (end: string): Both => ({ safe: [3, end], unsafe: [1, end] })
const broken = uncertain("DataRobotNetworkError Transport unknown")
const tooLate = uncertain("DataRobotNetworkError Timeout unknown")
const notUnderstood = both(1, "DataRobotValidationError response")
const tooLarge = both(1, "DataRobotNetworkError BodyTooLarge unknown")
const refusedByServer = (reason: string) => both(1, `DataRobotApiError ${reason}`)
const askedToWait = (reason: string) => both(3, `DataRobotApiError ${reason}`)
const serverInTrouble: Both = {
  safe: [3, "DataRobotApiError ServerError"],
  unsafe: [1, "DataRobotApiError ServerError unknown"]
}
const succeeds = both(1, "ok")

interface Row {
  readonly server: Behaviour
  readonly expected: Both
  /** Where a client sees something else than the others. */
  readonly differs?: Partial<Record<Client["name"], Both>>
  /** The server never ends its answer: the attempt must time out. */
  readonly stalls?: true
  /** The answer is a whole HTTP message, so that a pool may keep the connection. */
  readonly whole?: true
  /** A client that can't be made to give the socket back while it lives. */
  readonly leaks?: Client["name"]
}

const matrix: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  "the connection breaks": {
    "reset before the headers": { server: faults.resetBeforeHeaders, expected: broken },
    "ended before the headers": { server: faults.endBeforeHeaders, expected: broken },
    "ended inside the headers": { server: faults.endInsideHeaders, expected: broken },
    "ended before content-length is reached": { server: faults.truncatedLength, expected: broken },
    "ended inside a chunk": { server: faults.truncatedChunk, expected: broken },
    "ended before the last chunk, though the JSON is whole": { server: faults.missingLastChunk, expected: broken },
    "reset in the body": { server: faults.resetInBody, expected: broken }
  },
  "what comes is not HTTP": {
    "garbage": { server: faults.garbage, expected: broken },
    "a body without a status line (HTTP/0.9)": { server: faults.noStatusLine, expected: broken },
    // all three use the parser llhttp, which takes the version for what it says
    "a status line that says HTTP/0.9": { server: faults.http09, expected: succeeds, whole: true },
    "NUL in a header": { server: faults.nulInHeader, expected: broken },
    "a header of 200 KB": { server: faults.hugeHeader, expected: broken },
    "two content-lengths that differ": { server: faults.twoLengths, expected: broken },
    "content-length beside chunks (request smuggling)": { server: faults.lengthAndChunks, expected: broken },
    "a chunk size that is no number": { server: faults.badChunk, expected: broken },
    "a second response after the first": { server: faults.extraBytes, expected: succeeds, whole: true }
  },
  "the answer does not come, or not in time (R-4)": {
    "nothing": { server: faults.stallBeforeHeaders, expected: tooLate, stalls: true },
    "half the headers": { server: faults.stallInHeaders, expected: tooLate, stalls: true },
    "half the body": { server: faults.stallInBody, expected: tooLate, stalls: true },
    "one byte each 100 ms": { server: faults.drip, expected: tooLate, stalls: true },
    "half the body of a 500": { server: faults.errorStalls, expected: tooLate, stalls: true }
  },
  "compression": {
    // fetch asks for gzip and unpacks it; the two others do neither, and read what comes as it is
    "gzip": { server: faults.gzip, expected: notUnderstood, differs: { fetch: succeeds }, whole: true },
    "JSON that says it is gzip": {
      server: faults.gzipLie,
      expected: succeeds,
      differs: { fetch: broken },
      whole: true
    },
    "16 MiB packed into 16 KB (S-5)": {
      server: faults.gzipBomb,
      expected: notUnderstood,
      differs: { fetch: tooLarge },
      whole: true
    }
  },
  "the body of a 200 is not what the API says": {
    "empty": { server: faults.empty, expected: notUnderstood, whole: true },
    "204": { server: faults.noContent, expected: notUnderstood, whole: true },
    "null": { server: faults.jsonNull, expected: notUnderstood, whole: true },
    "a byte order mark before the JSON": { server: faults.byteOrderMark, expected: succeeds, whole: true },
    "invalid UTF-8": { server: faults.invalidUtf8, expected: notUnderstood, whole: true },
    "a web page": { server: faults.webPage, expected: notUnderstood, whole: true },
    "half of the JSON": { server: faults.halfJson, expected: notUnderstood, whole: true },
    "JSON 100 000 levels deep (S-6)": { server: faults.deepJson, expected: notUnderstood, whole: true },
    "another object": { server: faults.otherShape, expected: notUnderstood, whole: true },
    "declared as longer than 10 MiB (S-5)": { server: faults.declaredTooLong, expected: tooLarge },
    "endless chunks (S-5)": { server: faults.tooLong, expected: tooLarge }
  },
  "unusual statuses": {
    // node:http hands an upgrade over as a response, and then no longer has a hold on its socket
    "101": {
      server: faults.switching,
      expected: broken,
      differs: { "node:http": refusedByServer("Unexpected") },
      leaks: "node:http"
    },
    "103 before the 200": { server: faults.earlyHints, expected: succeeds, whole: true },
    // undici, which is also behind fetch, takes a 100 that it did not ask for as a broken connection
    "100 before the 200": {
      server: faults.unaskedContinue,
      expected: broken,
      differs: { "node:http": succeeds },
      whole: true
    },
    "304": { server: faults.notModified, expected: refusedByServer("Unexpected"), whole: true },
    "600": { server: faults.status600, expected: refusedByServer("Unexpected"), whole: true },
    "999": { server: faults.status999, expected: refusedByServer("Unexpected"), whole: true }
  },
  "failures that the server tells (R-1)": {
    ...Object.fromEntries(
      ([
        [400, {}, refusedByServer("Unexpected")],
        [401, {}, refusedByServer("Unauthorized")],
        [403, {}, refusedByServer("Forbidden")],
        [404, {}, refusedByServer("NotFound")],
        [408, {}, serverInTrouble],
        [409, {}, refusedByServer("Conflict")],
        [422, {}, refusedByServer("Unprocessable")],
        [429, {}, askedToWait("RateLimited")],
        [429, { "retry-after-ms": "5" }, askedToWait("RateLimited")],
        [500, {}, serverInTrouble],
        [501, {}, refusedByServer("ServerError")],
        [502, {}, serverInTrouble],
        [503, {}, serverInTrouble],
        [503, { "retry-after-ms": "5" }, askedToWait("ServerError")],
        [503, { "retry-after": "0" }, askedToWait("ServerError")],
        [503, { "retry-after": "soon" }, serverInTrouble],
        [504, {}, serverInTrouble]
      ] as const).map(([status, headers, expected]): [string, Row] => [
        [status, ...Object.entries(headers).map((header) => header.join(": "))].join(" with "),
        { server: (socket) => socket.write(json(status, { message: "no" }, headers)), expected, whole: true }
      ])
    ),
    "500 as a web page": {
      server: (socket) => socket.write(http(500, { "content-type": "text/html" }, "<h1>Oops</h1>")),
      expected: serverInTrouble,
      whole: true
    },
    "500 whose body breaks off": { server: faults.errorCutOff, expected: serverInTrouble },
    "500 whose body is longer than 1 MiB (S-5, R-6)": { server: faults.errorTooLong, expected: serverInTrouble }
  }
}

const operations = {
  safe: { name: "get", run: ModelDeployment.get(deploymentId) },
  unsafe: { name: "create", run: ModelDeployment.create(newDeployment) }
} as const

const quick = { baseDelay: 5, maxDelay: 10, throttledBaseDelay: 5, throttledMaxDelay: 10 }
const stallTimeout = 250

// How the messages of an uncertain create end, each in its own words.
const hint = /(?:before you|do not) create it again/

for (const [group, rows] of Object.entries(matrix)) {
  // unpacking takes a turn of the event loop for each 16 KB: it must not wait for its neighbours
  describe(`R-1, R-4: ${group}`, { concurrent: group !== "compression" }, () => {
    for (const [title, row] of Object.entries(rows)) {
      for (const client of clients) {
        for (const kind of ["safe", "unsafe"] as const) {
          const [sent, end] = (row.differs?.[client.name] ?? row.expected)[kind]
          const operation = operations[kind]
          it.scopedLive(`${title}, ${client.name}: ${operation.name} is sent ${sent} x, ends with ${end}`, () =>
            Effect.gen(function*() {
              const server = yield* serve(row.server)
              const options = {
                timeout: 10_000,
                attemptTimeout: row.stalls === true ? stallTimeout : 5_000,
                retry: quick
              }
              const began = performance.now()
              const result = yield* Effect.either(on(server, yield* kept(client), options)(operation.run))
              const elapsed = performance.now() - began

              assert.deepStrictEqual([server.requests.length, endOf(result)], [sent, end])
              assert.isBelow(elapsed, row.stalls === true ? sent * stallTimeout + 2_500 : 3_000)
              if (Either.isLeft(result)) {
                const error = result.left
                assert.strictEqual(error.attempts, sent)
                // the one thing that the reader of an uncertain create must know
                const says = hint.test(error.message)
                assert.strictEqual(says, kind === "unsafe" && mayHaveHappened(error), error.message)
              }
              // an answer that was not read to its end closes its socket
              if (row.whole === true || row.leaks === client.name) return
              const closed = yield* within(500, () => server.requests.every(({ socket }) => socket.destroyed))
              assert.isTrue(closed, "a socket that carried a request is still open")
            }))
        }
      }
    }
  })
}

// An answer of 2xx that can't be read leaves it open too.
const mayHaveHappened = (error: DataRobotError.DataRobotError) =>
  error._tag === "DataRobotValidationError" || ("outcome" in error && error.outcome === "unknown")

describe("R-1: a request that never left may be sent again, whatever it does", { concurrent: true }, () => {
  for (const client of clients) {
    for (const kind of ["safe", "unsafe"] as const) {
      const { name, run } = operations[kind]
      it.scopedLive(`connection refused, ${client.name}: ${name} is tried 3 x, and is known not to be sent`, () =>
        Effect.gen(function*() {
          const endpoint = `http://127.0.0.1:${yield* closedPort}/api/v2`
          const error = yield* Effect.flip(on({ endpoint }, client, { retry: quick })(run))
          assert.strictEqual(endOf(Either.left(error)), "DataRobotNetworkError Connect not-sent")
          assert.strictEqual(error.attempts, 3)
          assert.notInclude(error.message, "may have")
        }))
    }

    it.scopedLive(`${client.name}: create waits for a server that is not up yet, and is sent once`, () =>
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

describe("R-1: what the network tells of a connection, and when", () => {
  /** A client that fails as Node does when the network does what no loopback address can. */
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
  // what Node fails with when a name has several addresses
  const ofEach = (...errors: ReadonlyArray<Error & { code: string }>) =>
    Object.assign(new AggregateError(errors), { code: errors[0]?.code })

  const neverLeft = both(3, "DataRobotNetworkError Connect not-sent")
  const cases: Readonly<Record<string, readonly [cause: unknown, expected: Both]>> = {
    "no route": [failure("EHOSTUNREACH", "connect"), neverLeft],
    "no such name": [failure("ENOTFOUND", "getaddrinfo"), neverLeft],
    "no name server": [failure("EAI_AGAIN", "getaddrinfo"), neverLeft],
    "no answer to a connect": [failure("ETIMEDOUT", "connect"), neverLeft],
    "no answer to a connect, as undici says it": [failure("UND_ERR_CONNECT_TIMEOUT"), neverLeft],
    "no answer to a connect from any address": [ofEach(failure("ETIMEDOUT", "connect")), neverLeft],
    "the same, as fetch wraps it": [
      new TypeError("fetch failed", { cause: ofEach(failure("ETIMEDOUT", "connect")) }),
      neverLeft
    ],
    // the connection stood, and the request may have arrived before the way to the server was lost
    "the route is lost after the request left": [failure("EHOSTUNREACH", "read"), broken],
    "the network is lost while the request is written": [failure("ENETUNREACH", "write"), broken],
    "no answer on a connection that stood": [failure("ETIMEDOUT", "read"), tooLate],
    "something that is no error at all": ["!", broken]
  }
  for (const [title, [cause, expected]] of Object.entries(cases)) {
    for (const kind of ["safe", "unsafe"] as const) {
      const [sent, end] = expected[kind]
      const { name, run } = operations[kind]
      it.live(`${title}: ${name} is tried ${sent} x, ends with ${end}`, () =>
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
    it.live(`connection refused by all addresses of a name, ${client.name}: is known not to be sent`, () =>
      Effect.gen(function*() {
        const endpoint = `http://localhost:${yield* closedPort}/api/v2`
        const error = yield* Effect.flip(on({ endpoint }, client, { retry: quick })(operations.unsafe.run))
        assert.strictEqual(endOf(Either.left(error)), "DataRobotNetworkError Connect not-sent")
        assert.include(error.message, "ECONNREFUSED")
      }))
  }
})

describe("R-1: the trait is the request's, not the operation's", { concurrent: true }, () => {
  for (const client of clients) {
    it.scopedLive(`${client.name}: the read after a create is repeated, the POST before it is not`, () =>
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

    it.scopedLive(`${client.name}: an update is sent once, or as often as a read when it is declared idempotent`, () =>
      Effect.gen(function*() {
        const server = yield* serve(faults.resetBeforeHeaders)
        const update = (idempotent: boolean) =>
          on(server, client)(ModelDeployment.update(deploymentId, { label: "New" }, { idempotent, retry: quick }))
        const once = yield* Effect.flip(update(false))
        assert.deepStrictEqual([server.requests.length, once.attempts], [1, 1])
        assert.include(once.message, "It may have been changed all the same")
        const often = yield* Effect.flip(update(true))
        assert.deepStrictEqual([server.requests.length - 1, often.attempts], [3, 3])
      }))
  }
})

describe("R-4: the whole call has its time too", { concurrent: true }, () => {
  for (const client of clients) {
    it.scopedLive(`${client.name}: \`timeout\` ends the call in the middle of an attempt`, () =>
      Effect.gen(function*() {
        const server = yield* serve(faults.stallBeforeHeaders)
        const began = performance.now()
        const error = yield* Effect.flip(
          on(server, client, { timeout: 250, attemptTimeout: 100, retry: { ...quick, maxAttempts: 100 } })(
            operations.safe.run
          )
        )
        assert.strictEqual(endOf(Either.left(error)), "DataRobotNetworkError Timeout unknown")
        assert.isBelow(performance.now() - began, 1_000)
        // the last attempt may have had no time left to arrive
        assert.isAtMost(server.requests.length, error.attempts)
        assert.isAtMost(error.attempts, 3)
      }))
  }
})
