/** Exchanges whose bodies are streams, on real sockets and through all clients. */
import * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import type * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Outgoing, RequestBody } from "../../src/internal/request/directClient.js"
import { networkFailure } from "../../src/internal/request/networkFailure.js"
import { requestSource } from "../../src/internal/request/requestSource.js"
import { type Opened, openStream, type StreamLimits } from "../../src/internal/request/streamedExchange.js"
import { type BodyFailure, chunksOf, readRest, type StreamHead } from "../../src/internal/request/streamedResponse.js"
import { makeRedactor } from "../../src/wire/redaction.js"
import { collectStream } from "../collectStream.js"
import { inTurns, turnClock } from "../turnClock.js"
import { collectUnhandled } from "./collectUnhandled.js"
import { lastChunk, type Receiving, type StreamServer, streamServer, unchunked } from "./streamServer.js"
import { type Client, clientsAndDispatcher, http, token, within } from "./support.js"

collectUnhandled()

const redactor = makeRedactor(token)
const generous: StreamLimits = { headersMillis: 20_000, idleMillis: 20_000 }
const megabyte = 1024 * 1024
/** More than the sockets of both sides buffer. */
const buffers = 16 * megabyte
const piece = new Uint8Array(64 * 1024).fill(97)

/** Builds the client. It outlives the test's requests. */
const build = ({ layer }: Pick<Client, "layer">) =>
  Effect.map(Layer.build(layer), (context) => Context.get(context, HttpClient.HttpClient))

const requestTo = ({ url }: StreamServer, body?: RequestBody): Outgoing<RequestBody> => ({
  method: body === undefined ? "GET" : "POST",
  origin: url.origin,
  path: url.pathname + url.search,
  headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "content-type": "text/csv" }) },
  body
})

const open = (
  client: HttpClient.HttpClient,
  outgoing: Outgoing<RequestBody>,
  limits = generous,
  clock: Clock.Clock = turnClock
) => openStream(client, clock, redactor)(outgoing, limits)

const headOf = (opened: Opened): StreamHead =>
  "pull" in opened
    ? opened
    : assert.fail(`no response: ${describeFailure("failed" in opened ? { broken: opened.failed } : opened)}`)

const describeFailure = (failure: BodyFailure) => {
  if ("late" in failure) return `late ${failure.late}`
  const { outcome, reason } = networkFailure(failure.broken, redactor)
  return `${reason} ${outcome}`
}

/** Reads a response to its end, and describes it: the status and how many bytes there were, or how it failed. */
const endOf = (opened: Opened) =>
  Effect.gen(function*() {
    if ("failed" in opened) return describeFailure({ broken: opened.failed })
    if ("late" in opened) return describeFailure(opened)
    let size = 0
    const end = yield* Stream.runForEach(chunksOf(opened), (chunk) => Effect.sync(() => size += chunk.length)).pipe(
      Effect.either
    )
    return `${opened.status}: ${size} bytes${Either.isLeft(end) ? `, then ${describeFailure(end.left)}` : ""}`
  })

/** Returns when a count has not changed for 100 turns. */
const settled = (count: () => number) =>
  inTurns(Effect.gen(function*() {
    for (let last = -1; last !== count();) {
      last = count()
      yield* Effect.sleep(100)
    }
    return count()
  }))

const isClosed = ({ isReleased, requests }: StreamServer) => requests.length > 0 && isReleased()

/** Lines of different lengths. */
const lines = (count: number) => Array.from({ length: count }, (_, n) => `${n},${"x".repeat(n % 700)}\n`)
const encode = (text: string) => new TextEncoder().encode(text)

const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
const ok = "HTTP/1.1 200 OK\r\n"

/** The responses of servers and what a client sees of them. */
const faults: Readonly<Record<string, readonly [(receiving: Receiving) => void, string]>> = {
  "a complete body with a length": [
    ({ socket }) => socket.write(`${ok}content-length: 5\r\n\r\nabcde`),
    "200: 5 bytes"
  ],
  "a complete body in chunks": [
    ({ socket }) => socket.write(`${ok}transfer-encoding: chunked\r\n\r\n${chunked("abc")}${chunked("de")}0\r\n\r\n`),
    "200: 5 bytes"
  ],
  "a complete body that ends with the connection": [
    ({ socket }) => socket.end(`${ok}connection: close\r\n\r\nabcde`),
    "200: 5 bytes"
  ],
  "no content": [({ socket }) => socket.write("HTTP/1.1 204 No Content\r\n\r\n"), "204: 0 bytes"],
  "an empty body": [({ socket }) => socket.write(`${ok}content-length: 0\r\n\r\n`), "200: 0 bytes"],
  "a reset before the headers": [({ socket }) => socket.resetAndDestroy(), "Transport unknown"],
  "an end before the headers": [({ socket }) => socket.end(), "Transport unknown"],
  "garbage": [({ socket }) => socket.end("what is this?\r\n\r\n"), "Transport unknown"],
  "a body shorter than its length": [
    ({ socket }) => socket.end(`${ok}content-length: 9\r\n\r\nabcde`),
    "200: 5 bytes, then Transport unknown"
  ],
  "headers and the end of the connection": [
    ({ socket }) => socket.end(`${ok}content-length: 9\r\n\r\n`),
    "200: 0 bytes, then Transport unknown"
  ],
  "headers and a reset": [
    ({ socket }) =>
      socket.write(`${ok}content-length: 9\r\n\r\n`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
    "200: 0 bytes, then Transport unknown"
  ],
  "an incomplete chunk": [
    ({ socket }) => socket.end(`${ok}transfer-encoding: chunked\r\n\r\n9\r\nabcde`),
    "200: 5 bytes, then Transport unknown"
  ],
  "no last chunk": [
    ({ socket }) => socket.end(`${ok}transfer-encoding: chunked\r\n\r\n${chunked("abcde")}`),
    "200: 5 bytes, then Transport unknown"
  ],
  "a bad chunk": [
    ({ socket }) => {
      socket.write(`${ok}transfer-encoding: chunked\r\n\r\n${chunked("abcde")}`)
      setTimeout(() => socket.end("zz\r\nabc"), 20)
    },
    "200: 5 bytes, then Transport unknown"
  ],
  "a reset in the body": [
    ({ socket }) =>
      socket.write(`${ok}content-length: 9\r\n\r\nabcde`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
    "200: 5 bytes, then Transport unknown"
  ]
}

for (const client of clientsAndDispatcher) {
  describe(`streamed bodies, ${client.name}`, () => {
    it.scopedLive("all bytes arrive in order in both directions at the same time", () =>
      Effect.gen(function*() {
        const sent = lines(3000)
        const server = yield* streamServer(({ socket }) => {
          socket.write(`${ok}transfer-encoding: chunked\r\n\r\n`)
          const replies = lines(3000).map(chunked)
          const reply = () => {
            const next = replies.splice(0, 100).join("")
            socket.write(next === "" ? "0\r\n\r\n" : next, () => next === "" || setImmediate(reply))
          }
          reply()
        })
        const source = yield* requestSource(Stream.map(Stream.fromIterable(sent), encode))
        const head = headOf(yield* open(yield* build(client), requestTo(server, source.body)))
        assert.isTrue(yield* within(5_000, () => server.requests[0]?.raw().endsWith(lastChunk) === true))
        const received = yield* Stream.runFold(chunksOf(head), "", (text, chunk) =>
          text + new TextDecoder().decode(chunk))
        assert.strictEqual(received, lines(3000).join(""))
        const [request] = server.requests
        assert.strictEqual(unchunked(request?.raw() ?? ""), sent.join(""))
        assert.include(request?.head, "content-type: text/csv")
        assert.match(request?.head ?? "", /^post \/predictions\?a=1 /)
        assert.isUndefined(source.failure())
      }))

    for (const [kind, body] of [["text", "a,b\n1,2\n"], ["bytes", encode("a,b\n1,2\n")]] as const) {
      it.scopedLive(`a request body of ${kind} has its length and the content type of the headers`, () =>
        Effect.gen(function*() {
          const server = yield* streamServer(({ socket }) => socket.write(`${ok}content-length: 2\r\n\r\nok`))
          const opened = yield* open(yield* build(client), requestTo(server, body))
          assert.strictEqual(yield* endOf(opened), "200: 2 bytes")
          const [request] = server.requests
          assert.include(request?.head, "content-length: 8")
          assert.include(request?.head, "content-type: text/csv")
          assert.strictEqual(request?.raw(), "a,b\n1,2\n")
        }))
    }

    it.scopedLive("a server that stops reading stops the source of the request", () =>
      Effect.gen(function*() {
        let pulled = 0
        const server = yield* streamServer(({ socket }) => socket.pause())
        const source = yield* requestSource(Stream.repeatEffect(Effect.sync(() => {
          pulled += piece.length
          return piece
        })))
        const running = yield* Effect.fork(open(yield* build(client), requestTo(server, source.body)))
        assert.isTrue(yield* within(5_000, () => pulled > 0 && server.requests.length === 1))
        const stuck = yield* settled(() => pulled)
        assert.isBelow(stuck, buffers)
        server.requests[0]?.socket.resume()
        assert.isTrue(yield* within(5_000, () => pulled > stuck + buffers), "it goes on when the server reads on")
        yield* Fiber.interrupt(running)
      }))

    it.scopedLive("a consumer that stops reading stops the server", () =>
      Effect.gen(function*() {
        let written = 0
        const server = yield* streamServer(({ socket }) => {
          socket.write(`${ok}transfer-encoding: chunked\r\n\r\n`)
          const bytes = chunked("a".repeat(piece.length))
          const more = () => {
            if (socket.destroyed) return
            written += bytes.length
            if (socket.write(bytes)) setImmediate(more)
            else socket.once("drain", more)
          }
          more()
        })
        const head = headOf(yield* open(yield* build(client), requestTo(server)))
        yield* head.pull
        const stuck = yield* settled(() => written)
        assert.isBelow(stuck, buffers)
        let read = 0
        while (read < 2 * buffers) read += (yield* head.pull)?.length ?? assert.fail("the body has ended")
        assert.isAbove(written, stuck + buffers)
      }))

    for (const [title, [behaviour, expected]] of Object.entries(faults)) {
      it.scopedLive(`a response with ${title} ends as: ${expected}`, () =>
        Effect.gen(function*() {
          const server = yield* streamServer(behaviour)
          const opened = yield* open(yield* build(client), requestTo(server))
          assert.strictEqual(yield* endOf(opened), expected)
        }))
    }

    it.scopedLive("a body that ends with the connection waits for a slow consumer", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) => {
          socket.end(`${ok}connection: close\r\n\r\n${"a".repeat(5 * piece.length)}`)
        })
        const head = headOf(yield* open(yield* build(client), requestTo(server)))
        let size = 0
        yield* Stream.runForEach(chunksOf(head), (chunk) => {
          size += chunk.length
          return Effect.sleep(20)
        })
        assert.strictEqual(size, 5 * piece.length)
      }))

    it.scopedLive("a body that broke before it was read fails, and is not empty", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) => {
          socket.write(`${ok}content-length: 9\r\n\r\nabc`, () => setTimeout(() => socket.resetAndDestroy(), 20))
        })
        const head = headOf(yield* open(yield* build(client), requestTo(server)))
        yield* Effect.sleep(150)
        assert.match(yield* endOf(head), /^200: [03] bytes, then Transport unknown$/)
      }))

    for (const rest of ["stays open", "closes"] as const) {
      it.scopedLive(`a 413 arrives while the request is sent to a server that ${rest}`, () =>
        Effect.gen(function*() {
          let stopped = false
          const server = yield* streamServer(({ socket }) => {
            socket.pause()
            socket.write(http(413, { connection: rest === "closes" ? "close" : "keep-alive" }, "too large"))
            if (rest === "closes") socket.end()
          })
          const endless = Stream.ensuring(Stream.repeatValue(piece), Effect.sync(() => stopped = true))
          const source = yield* requestSource(endless)
          const head = headOf(yield* open(yield* build(client), requestTo(server, source.body)))
          assert.isTrue(yield* within(1_000, () => stopped), "the source is stopped")
          const { body, status } = yield* readRest(head, 100, 5_000)
          assert.strictEqual(status, 413)
          assert.deepStrictEqual(body, { bytes: Uint8Array.from(encode("too large")) })
          assert.isTrue(yield* within(200, server.isReleased), "the end of the response closes the connection")
          assert.notInclude(server.requests[0]?.raw(), lastChunk)
          assert.isUndefined(source.failure())
        }))
    }

    it.scopedLive("a large request of fixed size is rejected with a 413 that arrives early", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) => {
          socket.pause()
          socket.write(http(413, {}, "too large"))
        })
        const opened = yield* open(yield* build(client), requestTo(server, new Uint8Array(2 * buffers)))
        assert.strictEqual(yield* endOf(opened), "413: 9 bytes")
      }))

    it.scopedLive("R-12: no headers within the limit is late, and closes the socket", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(() => {})
        const limits = { headersMillis: 80, idleMillis: 5_000 }
        const opened = yield* open(yield* build(client), requestTo(server, "a"), limits)
        assert.deepStrictEqual(opened, { late: 80 })
        assert.isTrue(yield* within(200, () => isClosed(server)))
      }))

    it.scopedLive("R-12: the limit for the headers starts when a streamed request was sent", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(() => {})
        const limits = { headersMillis: 80, idleMillis: 5_000 }
        const slow = Stream.mapEffect(
          Stream.range(1, 4),
          () => inTurns(Effect.delay(Effect.succeed(encode("a\n")), 50))
        )
        const source = yield* requestSource(slow)
        const opened = yield* open(yield* build(client), requestTo(server, source.body), limits)
        assert.deepStrictEqual(opened, { late: 80 })
        assert.strictEqual(unchunked(server.requests[0]?.raw() ?? ""), "a\n".repeat(4))
      }))

    it.scopedLive("R-12: a server that does not take the request within the idle time is late", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) => socket.pause())
        const source = yield* requestSource(Stream.repeatValue(piece))
        const limits = { headersMillis: 5_000, idleMillis: 150 }
        const opened = yield* open(yield* build(client), requestTo(server, source.body), limits)
        assert.deepStrictEqual(opened, { late: 150 })
        assert.isTrue(yield* within(200, () => isClosed(server)))
      }))

    it.scopedLive("R-12: a body that stalls is late, and closes the socket", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) => socket.write(`${ok}content-length: 9\r\n\r\nabcde`))
        const opened = yield* open(yield* build(client), requestTo(server), { headersMillis: 5_000, idleMillis: 80 })
        assert.strictEqual(yield* endOf(opened), "200: 5 bytes, then late 80")
        assert.isTrue(yield* within(200, () => isClosed(server)))
      }))

    it.scopedLive("R-12: a slow consumer and a slow source are not late", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) => {
          socket.write(`${ok}content-length: ${4 * piece.length}\r\n\r\n${"a".repeat(4 * piece.length)}`)
        })
        const limits = { headersMillis: 100, idleMillis: 100 }
        const slowly = inTurns(Effect.sleep(150))
        const source = yield* requestSource(Stream.tap(Stream.repeatValue(piece).pipe(Stream.take(3)), () => slowly))
        const head = headOf(yield* open(yield* build(client), requestTo(server, source.body), limits))
        let size = 0
        yield* Stream.runForEach(chunksOf(head), (chunk) => {
          size += chunk.length
          return slowly
        })
        assert.strictEqual(size, 4 * piece.length)
      }))

    it.scopedLive("a source that fails aborts the request, and its error is kept", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(() => {})
        const source = yield* requestSource(
          Stream.concat(
            Stream.make(encode("a\n")),
            Stream.fromEffect(Effect.delay(Effect.fail("the row is wrong" as const), 50))
          )
        )
        const opened = yield* open(yield* build(client), requestTo(server, source.body))
        assert.property(opened, "failed")
        assert.deepStrictEqual(source.failure(), Cause.fail("the row is wrong"))
        assert.isTrue(yield* within(200, () => isClosed(server)))
        assert.notInclude(server.requests[0]?.raw(), lastChunk, "the server does not see a complete request")
      }))

    it.scopedLive("a source above the size limit aborts the request, and no byte above it is sent", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(() => {})
        const source = yield* requestSource(Stream.repeatValue(encode("0123456789")), {
          max: 35,
          error: () => "too large" as const
        })
        const opened = yield* open(yield* build(client), requestTo(server, source.body))
        assert.property(opened, "failed")
        assert.deepStrictEqual(source.failure(), Cause.fail("too large"))
        assert.isTrue(yield* within(200, server.isReleased))
        assert.notInclude(server.requests[0]?.raw() ?? "", lastChunk)
        assert.isAtMost(unchunked(server.requests[0]?.raw() ?? "").length, 30)
      }))

    it.scopedLive("a source that fails after the headers breaks the response", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) =>
          socket.write(`${ok}transfer-encoding: chunked\r\n\r\n${chunked("abc")}`)
        )
        const source = yield* requestSource(
          Stream.concat(Stream.make(encode("a\n")), Stream.fromEffect(Effect.delay(Effect.fail("wrong" as const), 100)))
        )
        const opened = yield* open(yield* build(client), requestTo(server, source.body))
        assert.match(yield* endOf(opened), /^200: 3 bytes, then /)
        assert.deepStrictEqual(source.failure(), Cause.fail("wrong"))
      }))

    it.scopedLive("an error body is read up to its maximum, and then the socket is closed", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) => {
          socket.write(`HTTP/1.1 500 Oops\r\ntransfer-encoding: chunked\r\n\r\n${chunked("a".repeat(1_000))}`)
        })
        const client_ = yield* build(client)
        const response = yield* collectStream(client_, turnClock, redactor)(requestTo(server, "a"), () => 999, {
          ...generous,
          bodyMillis: 5_000
        })
        assert.deepInclude(response, { status: 500, body: "too large" })
        assert.isTrue(yield* within(200, () => isClosed(server)))
      }))

    it.scopedLive("an error body that stalls leaves the status, and closes the socket", () =>
      Effect.gen(function*() {
        const server = yield* streamServer(({ socket }) =>
          socket.write("HTTP/1.1 500 Oops\r\ncontent-length: 9\r\n\r\nabc")
        )
        const client_ = yield* build(client)
        const response = yield* inTurns(
          collectStream(client_, turnClock, redactor)(requestTo(server, "a"), () => 999, {
            ...generous,
            bodyMillis: 80
          })
        )
        assert.deepInclude(response, { status: 500 })
        assert.isTrue("body" in response && typeof response.body === "object" && "broken" in response.body)
        const failure = "body" in response && typeof response.body === "object" && "broken" in response.body &&
          networkFailure(response.body.broken, redactor).reason
        assert.strictEqual(failure, "Timeout")
        assert.isTrue(yield* within(200, () => isClosed(server)))
      }))

    describe("R-4: interruption closes the socket within 200 ms", () => {
      const pending = Stream.concat(Stream.make(encode("a\n")), Stream.never)
      const moments = {
        "before the headers": { body: Stream.make(encode("a\n")), respond: () => {} },
        "while the source of the request is pending": { body: pending, respond: () => {} },
        "before the first chunk of the source": { body: Stream.never, respond: () => {}, none: true },
        "while the server does not read the request": {
          body: Stream.repeatValue(piece),
          respond: ({ socket }: Receiving) => socket.pause()
        },
        "in the response body": {
          body: Stream.make(encode("a\n")),
          respond: ({ socket }: Receiving) => socket.write(`${ok}content-length: 9\r\n\r\nabc`)
        },
        "in the response body while the source is pending": {
          body: pending,
          respond: ({ socket }: Receiving) => socket.write(`${ok}content-length: 9\r\n\r\nabc`)
        },
        "in a response that arrives while the server does not read the request": {
          body: Stream.repeatValue(piece),
          respond: ({ socket }: Receiving) => {
            socket.pause()
            socket.write(`${ok}content-length: 9\r\n\r\nabc`)
          }
        }
      }
      for (const [title, { body, respond }] of Object.entries(moments)) {
        for (const region of ["interruptible", "uninterruptible"] as const) {
          it.scopedLive(`${title}, in an ${region} region`, () =>
            Effect.gen(function*() {
              let started = false
              let stopped = 0
              let read = 0
              const server = yield* streamServer(respond)
              const http = yield* build(client)
              const scope = yield* Scope.make()
              const call = Effect.gen(function*() {
                const watched = Stream.onStart(body, Effect.sync(() => started = true))
                const source = yield* requestSource(Stream.ensuring(watched, Effect.sync(() => stopped++)))
                const opened = yield* open(http, requestTo(server, source.body))
                yield* Stream.runForEach(chunksOf(headOf(opened)), (chunk) => Effect.sync(() => read += chunk.length))
              }).pipe(Scope.extend(scope))
              const running = yield* Effect.fork(region === "interruptible" ? call : Effect.uninterruptible(call))
              const arrived = () => server.requests.length === 1
              // Some clients connect only for the first chunk.
              if (title !== "before the first chunk of the source") assert.isTrue(yield* within(2_000, arrived))
              assert.isTrue(yield* within(2_000, () => started), "the client asks for the body")
              yield* Effect.sleep(50)
              if (region === "interruptible") {
                yield* Fiber.interrupt(running)
              }
              yield* Scope.close(scope, Exit.void)
              assert.isTrue(
                yield* within(200, server.isReleased),
                "the socket is closed"
              )
              assert.strictEqual(stopped, 1, "the source is stopped")
              if (!title.startsWith("before the headers") && title !== "in the response body") {
                assert.notInclude(server.requests[0]?.raw() ?? "", lastChunk)
              }
              yield* Fiber.await(running)
            }))
        }
      }

      it.scopedLive("a consumer that stops early closes the socket", () =>
        Effect.gen(function*() {
          const server = yield* streamServer(({ socket }) => {
            socket.write(`${ok}transfer-encoding: chunked\r\n\r\n${chunked("abc")}`)
          })
          const http = yield* build(client)
          const taken = yield* Effect.flatMap(open(http, requestTo(server)), (opened) =>
            Stream.runCollect(Stream.take(chunksOf(headOf(opened)), 1))).pipe(Effect.scoped)
          assert.strictEqual(taken.length, 1)
          assert.isTrue(
            yield* within(200, () =>
              isClosed(server))
          )
        }))

      it.scopedLive("an iterator that never settles does not hold up the interruption", () =>
        Effect.gen(function*() {
          let returned = false
          const server = yield* streamServer(() => {})
          const body: AsyncIterable<Uint8Array> = {
            [Symbol.asyncIterator]: () => ({
              next: () => new Promise(() => {}),
              return: () => {
                returned = true
                return new Promise(() => {})
              }
            })
          }
          const running = yield* Effect.fork(Effect.scoped(open(yield* build(client), requestTo(server, body))))
          yield* Effect.sleep(100)
          yield* Fiber.interrupt(running)
          assert.isTrue(returned)
          assert.isTrue(yield* within(200, server.isReleased))
        }))
    })

    it.scopedLive("S-4: no failure shows the token", () =>
      Effect.gen(function*() {
        for (const behaviour of [faults["a reset before the headers"], faults["a body shorter than its length"]]) {
          const server = yield* streamServer(behaviour?.[0] ?? assert.fail())
          const opened = yield* open(yield* build(client), requestTo(server, "a"))
          const failure = "pull" in opened
            ? yield* Effect.flip(Stream.runDrain(chunksOf(opened)))
            : opened
          const { inspect } = yield* Effect.promise(() => import("node:util"))
          assert.notInclude(inspect(failure, { depth: 20, showHidden: true }), token)
        }
      }))

    it.live("no socket is left after the exchanges", () =>
      Effect.gen(function*() {
        const sockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP")).length
        const before = sockets()
        for (const [behaviour] of Object.values(faults)) {
          yield* Effect.scoped(Effect.gen(function*() {
            const server = yield* streamServer(behaviour)
            const source = yield* requestSource(Stream.make(encode("a")))
            yield* Effect.flatMap(open(yield* build(client), requestTo(server, source.body)), endOf)
          }))
        }
        assert.isTrue(yield* within(1_000, () => sockets() <= before), process.getActiveResourcesInfo().join())
      }))
  })
}
