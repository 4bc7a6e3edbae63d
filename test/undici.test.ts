/** The client of `effect-datarobot/undici`, alone and compared with the platform's own undici client. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Cookies from "@effect/platform/Cookies"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import * as Undici from "effect-datarobot/undici"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Http from "node:http"
import * as Net from "node:net"
import { Agent, Dispatcher, interceptors, MockAgent } from "undici"
import { directOf, directOpenOf } from "../src/internal/request/directClient.js"
import { endOf, traced, untyped } from "./support.js"
import { inTurns } from "./turnClock.js"
import { faults } from "./wire/faultServers.js"
import { silentTls } from "./wire/silentServer.js"
import {
  type Behaviour,
  deployment,
  deploymentId,
  http,
  json,
  kept,
  listen,
  newDeployment,
  on,
  serve,
  type Server,
  within
} from "./wire/support.js"

const own = (options: Undici.UndiciOptions = {}) => Layer.orDie(Undici.layer(options))

/** A client with these options, which is closed when the test's scope ends. */
const clientOf = (options: Undici.UndiciOptions = {}) =>
  Effect.map(Layer.build(own(options)), (context) => HttpClient.HttpClient.pipe(Effect.provide(context))).pipe(
    Effect.flatten
  )

const get = ModelDeployment.get(deploymentId)
const create = ModelDeployment.create(newDeployment)
const once = { retry: false } as const

/** Whether all sockets that carried a request are closed. Old versions of undici may open another socket. */
const isClosed = ({ requests }: Server) => requests.length > 0 && requests.every(({ socket }) => socket.destroyed)

type Call<A> = Effect.Effect<A, HttpClientError.HttpClientError>

/** Runs a call with both clients, to compare them. */
const both = <A>(
  use: (client: HttpClient.HttpClient) => Call<A>,
  other: Layer.Layer<HttpClient.HttpClient> = NodeHttpClient.layerUndici
) =>
  Effect.gen(function*() {
    const run = (layer: Layer.Layer<HttpClient.HttpClient>) =>
      Effect.provide(
        // The ids of spans are random.
        Effect.flatMap(HttpClient.HttpClient, (client) => told(use(HttpClient.withTracerPropagation(client, false)))),
        layer
      )
    return { own: yield* run(own()), platform: yield* run(other) }
  })

/** The result of a call, or the details of its error. */
const told = <A>(call: Call<A>) =>
  Effect.map(Effect.either(call), (result) =>
    Either.isRight(result)
      ? result.right
      : {
        tag: result.left._tag,
        reason: result.left.reason,
        message: result.left.message,
        status: result.left._tag === "ResponseError" ? result.left.response.status : undefined
      })

describe("Undici.layer options", () => {
  const refused = (options: Undici.UndiciOptions) =>
    Effect.map(Effect.flip(Effect.scoped(Layer.build(Undici.layer(options)))), (error) => {
      assert.strictEqual(error._tag, "DataRobotValidationError")
      assert.strictEqual(error.operation, "Undici.layer")
      for (const { path } of error.issues) assert.include(error.message, path)
      return error.issues.map(({ path }) => path)
    })

  for (const option of ["connectTimeout", "headersTimeout", "bodyTimeout"] as const) {
    for (const value of [0, -1, "0 seconds", "Infinity", Infinity, NaN, "soon", null, {}]) {
      it.effect(`rejects ${option}: ${JSON.stringify(value)} (${String(value)})`, () =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* refused(untyped({ [option]: value })), [option])
        }))
    }
  }

  for (const option of ["maxBodySize", "connections"] as const) {
    for (const value of [0, -1, 1.5, NaN, Infinity, 2 ** 53, "10", null]) {
      it.effect(`rejects ${option}: ${JSON.stringify(value)} (${String(value)})`, () =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* refused(untyped({ [option]: value })), [option])
          const error = yield* Effect.flip(Effect.scoped(Layer.build(Undici.layer(untyped({ [option]: value })))))
          assert.include(error.message, `${option} must be a whole number from 1`)
        }))
    }
  }

  it.effect("reports all invalid options at once", () =>
    Effect.gen(function*() {
      const issues = yield* refused({
        connectTimeout: 0,
        headersTimeout: 0,
        bodyTimeout: 0,
        maxBodySize: 0,
        connections: 0
      })
      assert.sameMembers(issues, ["connectTimeout", "headersTimeout", "bodyTimeout", "maxBodySize", "connections"])
    }))

  it.effect("accepts valid options", () =>
    Effect.scoped(Layer.build(Undici.layer({
      connectTimeout: "1 second",
      headersTimeout: 1,
      bodyTimeout: "2 minutes",
      maxBodySize: 1,
      connections: 1
    }))))

  it.scopedLive("opens at most `connections` connections and queues other requests", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => setTimeout(() => socket.write(http(200, {}, "{}")), 20))
      const client = yield* clientOf({ connections: 2 })
      yield* Effect.all(Array.from({ length: 6 }, () => client.get(server.endpoint)), { concurrency: "unbounded" })
      assert.deepStrictEqual([server.requests.length, server.connections()], [6, 2])
    }))
})

describe("Closing Undici.layer", () => {
  it.scopedLive("closes all connections and fails the requests in flight", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket, _, index) => index === 0 ? socket.write(http(200, {}, "{}")) : undefined)
      const scope = yield* Scope.make()
      const client = yield* Scope.extend(clientOf(), scope)
      yield* client.get(server.endpoint)
      yield* Effect.sleep(10)
      assert.strictEqual(server.sockets.size, 1)
      const running = yield* Effect.fork(Effect.flip(client.get(server.endpoint)))
      assert.isTrue(yield* within(1_000, () => server.requests.length === 2))
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(yield* within(500, () => server.sockets.size === 0), "a socket is open")
      assert.strictEqual((yield* Fiber.join(running))._tag, "RequestError")
      assert.strictEqual((yield* Effect.flip(client.get(server.endpoint)))._tag, "RequestError")
      assert.strictEqual(server.requests.length, 2)
    }))

  it.scopedLive("fails the requests that wait for a connection, also after one of them was interrupted (R-11)", () =>
    Effect.gen(function*() {
      const server = yield* silentTls
      for (const connections of [undefined, 1]) {
        const scope = yield* Scope.make()
        const client = yield* Scope.extend(clientOf({ connectTimeout: "1 hour", connections }), scope)
        const call = Effect.fork(Effect.flip(client.get(server.endpoint)))
        const [first, second, third] = yield* Effect.all([call, call, call])
        assert.isTrue(yield* within(1_000, () => server.open() > 0))
        const accepted = server.accepted()
        yield* Fiber.interrupt(first)
        // undici's agent no longer knows the others.
        assert.isTrue(yield* within(1_000, () => connections === undefined || server.accepted() === accepted + 1))
        yield* Scope.close(scope, Exit.void)
        for (const fiber of [second, third]) {
          assert.include(String((yield* Fiber.join(fiber)).cause), "the layer of the HTTP client was released")
        }
        assert.isTrue(yield* within(500, () => server.open() === 0), "a connection is open")
      }
    }))

  it.scopedLive("does not close a dispatcher that was passed in", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(http(200, {}, "{}")))
      const dispatcher = yield* Effect.acquireRelease(
        Effect.sync(() => new Agent()),
        (agent) => Effect.promise(() => agent.destroy())
      )
      for (const _ of [1, 2]) {
        yield* Effect.scoped(Effect.flatMap(clientOf({ dispatcher }), (client) => client.get(server.endpoint)))
        yield* Effect.sleep(10)
      }
      assert.deepStrictEqual([server.requests.length, server.connections(), server.sockets.size], [2, 1, 1])
      assert.isFalse(dispatcher.destroyed)
    }))
})

describe("A response is read like with the platform's undici client", () => {
  const form = "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n" +
    "--x\r\ncontent-disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\ncontent-type: text/plain\r\n\r\nöß\r\n--x--\r\n"
  const answers: Readonly<Record<string, string | Buffer>> = {
    "JSON": json(200, { a: [1, "ö"] }),
    "JSON with an error status": json(404, { message: "no" }),
    "text that is not JSON": http(200, { "content-type": "text/plain" }, "hello {"),
    "text that is not JSON, with a status that `Response` rejects": http(999, {}, "hello {"),
    "an empty body": http(200),
    "an empty body with status 500": http(500),
    "204": http(204),
    "304": http(304),
    "bytes that are not UTF-8": http(200, {}, Buffer.from([0, 255, 254, 195, 40, 13, 10])),
    "a byte order mark": http(200, {}, "\ufeff{\"a\":1}"),
    "a URL-encoded form": http(200, { "content-type": "application/x-www-form-urlencoded" }, "a=1&b=%C3%B6&a=2"),
    "a multipart form": http(200, { "content-type": "multipart/form-data; boundary=x" }, form),
    "an incomplete multipart form": http(200, { "content-type": "multipart/form-data; boundary=x" }, form.slice(0, 60)),
    "chunks": http(200, { "transfer-encoding": "chunked" }, "3\r\n{\"a\r\n5\r\n\":12}\r\n0\r\n\r\n"),
    "chunks with a trailer": http(
      200,
      { "transfer-encoding": "chunked", trailer: "x-sum" },
      "2\r\n{}\r\n0\r\nx-sum: 1\r\n\r\n"
    ),
    "cookies":
      "HTTP/1.1 200 OK\r\nset-cookie: a=1; Path=/; HttpOnly\r\nSet-Cookie: b=2; Secure\r\ncontent-length: 2\r\n\r\n{}",
    "one cookie": http(200, { "set-cookie": "a=1" }, "{}"),
    "a repeated header": "HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\ncontent-length: 2\r\n\r\n{}",
    "a non-ASCII content-type": http(200, { "content-type": "text/plain; a=\u00ff" }, "{}"),
    "non-ASCII headers": http(200, { "x-a": "caf\u00e9 \u00ff", "x-empty": "" }, "{}")
  }
  const readings: Readonly<Record<string, (response: HttpClientResponse.HttpClientResponse) => Call<unknown>>> = {
    "text": (response) => response.text,
    "json": (response) => response.json,
    "arrayBuffer": (response) => Effect.map(response.arrayBuffer, (buffer) => [...new Uint8Array(buffer)]),
    "stream": (response) =>
      Effect.map(
        Stream.runCollect(response.stream),
        (chunks) => Array.from(Buffer.concat(Chunk.toReadonlyArray(chunks)))
      ),
    "urlParamsBody": (response) => response.urlParamsBody,
    // undici's own bodies can't be read as forms, so these are compared with fetch.
    "formData": (response) =>
      Effect.flatMap(response.formData, (data) =>
        Effect.promise(() =>
          Promise.all(
            Array.from(data, async ([name, value]) => [name, typeof value === "string" ? value : await value.text()])
          )
        )),
    "the rest": (response) =>
      Effect.succeed([
        response.status,
        response.headers,
        Cookies.toRecord(response.cookies),
        Object.values(response.cookies.cookies).map(({ options }) => options),
        response.remoteAddress,
        response.toJSON()
      ]),
    "text, twice": (response) => Effect.zip(response.text, response.text),
    "no failure": (response) => HttpClientResponse.filterStatusOk(response)
  }
  for (const [title, answer] of Object.entries(answers)) {
    for (const method of ["GET", "HEAD"] as const) {
      it.scopedLive(`${title} in response to ${method}`, () =>
        Effect.gen(function*() {
          const [head = ""] = answer.toString("latin1").split("\r\n\r\n")
          const { endpoint } = yield* serve((socket) =>
            socket.write(method === "GET" ? answer : Buffer.from(`${head}\r\n\r\n`, "latin1"))
          )
          const asked = HttpClientRequest.make(method)(endpoint)
          for (const [name, read] of Object.entries(readings)) {
            const { own, platform } = yield* both((client) =>
              Effect.flatMap(client.execute(asked), (response) => {
                const value = read(response)
                // A response can't be compared as a value.
                return name === "no failure" ? Effect.as(value, "ok") : value
              }), name === "formData" ? FetchHttpClient.layer : undefined)
            assert.deepStrictEqual(own, platform, name)
          }
        }))
    }
  }

  it.scopedLive("the body can be read several times and in several ways", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* serve((socket) => socket.write(json(200, { a: 1 })))
      const response = yield* (yield* clientOf()).get(endpoint)
      const text = "{\"a\":1}"
      assert.strictEqual(yield* response.text, text)
      assert.deepStrictEqual(yield* response.json, { a: 1 })
      const bytes = new Uint8Array(yield* response.arrayBuffer)
      bytes.fill(0)
      assert.strictEqual(yield* Stream.runFold(Stream.decodeText(response.stream), "", (all, one) => all + one), text)
      assert.strictEqual(yield* response.text, text)
    }))
})

describe("A request is sent like with the platform's undici client", () => {
  /** A server that returns the request it received. */
  const echo = Effect.map(
    listen(Http.createServer((request, response) => {
      const chunks: Array<Buffer> = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        const { headers, method, url } = request
        const boundary = /boundary=(.+)/.exec(headers["content-type"] ?? "")?.[1] ?? "none"
        const text = JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString("latin1") })
        response.setHeader("connection", "close")
        response.end(text.replaceAll(boundary, "(boundary)"))
      })
    })),
    (port) => `http://127.0.0.1:${port}`
  )
  const formData = () => {
    const data = new FormData()
    data.append("a", "ö")
    data.append("f", new Blob(["1,2\n"], { type: "text/csv" }), "f.csv")
    return data
  }
  const bytes = new Uint8Array([0, 1, 254, 255])
  const bodies: Readonly<Record<string, () => HttpBody.HttpBody>> = {
    "no body": () => HttpBody.empty,
    "text": () => HttpBody.text("hellö", "text/plain"),
    "empty text": () => HttpBody.text(""),
    "JSON": () => HttpBody.unsafeJson({ a: "ö" }),
    "bytes": () => HttpBody.uint8Array(bytes),
    "bytes of a larger buffer": () => HttpBody.uint8Array(new Uint8Array([9, ...bytes, 9]).subarray(1, 5)),
    "a multipart form": () => HttpBody.formData(formData()),
    "raw text": () => HttpBody.raw("hello", { contentType: "text/plain" }),
    "a stream": () => HttpBody.stream(Stream.make(bytes, bytes)),
    "a stream with a declared length": () => HttpBody.stream(Stream.make(bytes, bytes), "text/plain", 8),
    "an empty stream": () => HttpBody.stream(Stream.empty),
    "a stream that fails": () => HttpBody.stream(Stream.concat(Stream.make(bytes), Stream.fail("no more")))
  }
  for (const [title, body] of Object.entries(bodies)) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const) {
      it.scopedLive(`${method} with ${title}`, () =>
        Effect.gen(function*() {
          const url = yield* echo
          const asked = HttpClientRequest.make(method)(`${url}/a%20b/ö?x=1&y=%2F`, {
            headers: { "x-a": "1", "user-agent": "test" },
            urlParams: { z: "ö &" }
          }).pipe(HttpClientRequest.setBody(body()))
          const { own, platform } = yield* both((client) => Effect.flatMap(client.execute(asked), (got) => got.json))
          assert.deepStrictEqual(own, platform)
        }))
    }
  }
})

describe("Informational responses", () => {
  const early = "HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n"
  for (const [title, before] of Object.entries({ "one 103": early, "three 103s": early.repeat(3) })) {
    it.scopedLive(`the final response is returned after ${title}`, () =>
      Effect.gen(function*() {
        const { endpoint } = yield* serve((socket) => {
          socket.write(before)
          setTimeout(() => socket.write(json(201, { a: 1 })), 10)
        })
        const response = yield* (yield* clientOf()).get(endpoint)
        assert.strictEqual(response.status, 201)
        assert.notProperty(response.headers, "link")
        assert.deepStrictEqual(yield* response.json, { a: 1 })
      }))
  }

  it.scopedLive("a 103 without a final response fails the request", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* serve((socket) => socket.end(early))
      assert.strictEqual((yield* Effect.flip((yield* clientOf()).get(endpoint)))._tag, "RequestError")
    }))

  it.scopedLive("a 101 fails the request and closes the socket", () =>
    Effect.gen(function*() {
      const server = yield* serve(faults.switching)
      const failed = yield* Effect.flip((yield* clientOf()).get(server.endpoint))
      assert.strictEqual(failed._tag, "RequestError")
      assert.isTrue(yield* within(500, () => isClosed(server)))
    }))
})

describe("The response size limit maxBodySize", () => {
  const cap = 1_000
  const chunk = (size: number) => `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`
  const chunked = (...sizes: ReadonlyArray<number>) =>
    http(200, { "transfer-encoding": "chunked" }, `${sizes.map(chunk).join("")}0\r\n\r\n`)

  const lengths: Readonly<Record<string, readonly [answer: Buffer, length: number]>> = {
    "a declared length of exactly maxBodySize": [http(200, {}, "x".repeat(cap)), cap],
    "chunks of exactly maxBodySize": [chunked(400, 600), cap],
    "an empty body": [http(200), 0]
  }
  for (const [title, [answer, length]] of Object.entries(lengths)) {
    it.scopedLive(`accepts ${title}`, () =>
      Effect.gen(function*() {
        const { endpoint } = yield* serve((socket) => socket.write(answer))
        const response = yield* (yield* clientOf({ maxBodySize: cap })).get(endpoint)
        assert.strictEqual((yield* response.text).length, length)
      }))
  }

  const tooLong: Readonly<Record<string, Behaviour>> = {
    "a longer declared length without a body": (socket) =>
      socket.write(http(200, { "content-length": String(cap + 1) })),
    "a longer declared body": (socket) => socket.write(http(200, {}, "x".repeat(cap + 1))),
    "longer chunks": (socket) => socket.write(chunked(600, 400, 1)),
    "endless chunks": (socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
      const timer = setInterval(() => socket.write(chunk(100)), 1)
      socket.on("close", () => clearInterval(timer))
    }
  }
  for (const [title, behaviour] of Object.entries(tooLong)) {
    it.scopedLive(`${title} are cut off: the response has a status but no body, and the socket is closed`, () =>
      Effect.gen(function*() {
        const server = yield* serve(behaviour)
        const response = yield* (yield* clientOf({ maxBodySize: cap })).get(server.endpoint)
        assert.strictEqual(response.status, 200)
        const readings: ReadonlyArray<Call<unknown>> = [
          response.text,
          response.json,
          response.arrayBuffer,
          response.formData,
          response.urlParamsBody,
          Stream.runDrain(response.stream)
        ]
        for (const read of readings) {
          const error = yield* Effect.flip(read)
          assert.include(error, { _tag: "ResponseError", reason: "Decode" })
          assert.include(String(error.cause), "larger than maxBodySize")
        }
        assert.isTrue(yield* within(500, () => isClosed(server)), "the socket is open")
      }))

    it.scopedLive(`${title} fail an SDK call with BodyTooLarge`, () =>
      Effect.gen(function*() {
        const server = yield* serve(behaviour)
        const client = yield* kept({ layer: own({ maxBodySize: cap }) })
        const result = yield* Effect.either(on(server, client)(get))
        assert.strictEqual(endOf(result), "DataRobotNetworkError BodyTooLarge unknown")
        assert.strictEqual(server.requests.length, 1)
      }))
  }

  it.scopedLive("ignores the declared length in response to HEAD", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* serve((socket) => socket.write(http(200, { "content-length": "99999" })))
      const response = yield* (yield* clientOf({ maxBodySize: cap })).head(endpoint)
      assert.deepStrictEqual([response.headers["content-length"], yield* response.text], ["99999", ""])
    }))

  it.scopedLive("does not raise the SDK's own limit", () =>
    Effect.gen(function*() {
      // 1 MiB for an error, and 10 MiB for any other response.
      const size = 10 * 1024 * 1024 + 1
      const server = yield* serve((socket) => socket.write(http(200, { "content-length": String(size) })))
      const client = yield* kept({ layer: own({ maxBodySize: 2 * size }) })
      assert.strictEqual(
        endOf(yield* Effect.either(on(server, client)(get))),
        "DataRobotNetworkError BodyTooLarge unknown"
      )
      assert.isTrue(yield* within(500, () => isClosed(server)), "the socket is open")
    }))

  it.scopedLive("keeps the status of an error response that is too long", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(json(404, { message: "x".repeat(2 * cap) })))
      const client = yield* kept({ layer: own({ maxBodySize: cap }) })
      assert.strictEqual(endOf(yield* Effect.either(on(server, client)(get))), "DataRobotApiError NotFound")
    }))
})

describe("A truncated response", () => {
  const ways = {
    "cut before content-length is reached": faults.truncatedLength,
    "cut inside a chunk": faults.truncatedChunk,
    "cut before the last chunk": faults.missingLastChunk,
    "cut by a reset": faults.resetInBody
  }
  for (const [title, behaviour] of Object.entries(ways)) {
    it.scopedLive(`${title} has a status but no body`, () =>
      Effect.gen(function*() {
        const { endpoint } = yield* serve(behaviour)
        const response = yield* (yield* clientOf()).get(endpoint)
        assert.strictEqual(response.status, 200)
        for (const read of [response.text, response.json, Stream.runDrain(response.stream)]) {
          const error = yield* Effect.flip<unknown, HttpClientError.ResponseError, never>(read)
          assert.include(error, { _tag: "ResponseError", reason: "Decode" })
          assert.strictEqual(error.response.status, 200)
          assert.isDefined(error.cause)
        }
      }))

    it.scopedLive(`${title} leaves a create of the SDK with an unknown outcome`, () =>
      Effect.gen(function*() {
        const server = yield* serve(behaviour)
        const result = yield* Effect.either(on(server, yield* kept({ layer: own() }))(create))
        assert.strictEqual(endOf(result), "DataRobotNetworkError Transport unknown")
        assert.strictEqual(server.requests.length, 1)
      }))
  }
})

describe("Timeouts of the undici client", () => {
  /** The code of undici's error, and how long the call took. */
  const failure = (options: Undici.UndiciOptions, url: string) =>
    Effect.gen(function*() {
      const client = yield* clientOf(options)
      const began = yield* Clock.currentTimeMillis
      const call = Effect.flatMap(client.get(url), ({ text }) => text)
      const error = yield* Effect.flip(call).pipe(Effect.timeout("5 seconds"))
      const code: unknown = Object(error.cause).code
      return { code, tag: error._tag, elapsed: (yield* Clock.currentTimeMillis) - began }
    }).pipe(inTurns)

  it.scopedLive("headersTimeout ends the wait for headers", () =>
    Effect.gen(function*() {
      for (const behaviour of [faults.stallBeforeHeaders, faults.stallInHeaders]) {
        const server = yield* serve(behaviour)
        const { code, elapsed, tag } = yield* failure({ headersTimeout: 100 }, server.endpoint)
        assert.deepStrictEqual([code, tag], ["UND_ERR_HEADERS_TIMEOUT", "RequestError"])
        assert.isBelow(elapsed, 2_500)
        assert.isTrue(yield* within(500, () => isClosed(server)), "the socket is open")
      }
    }))

  it.scopedLive("bodyTimeout ends a stalled body, but not a slow one", () =>
    Effect.gen(function*() {
      const server = yield* serve(faults.stallInBody)
      const { code, elapsed, tag } = yield* failure({ bodyTimeout: 100 }, server.endpoint)
      assert.deepStrictEqual([code, tag], ["UND_ERR_BODY_TIMEOUT", "ResponseError"])
      assert.isBelow(elapsed, 2_500)
      assert.isTrue(yield* within(500, () => isClosed(server)), "the socket is open")

      const slow = yield* serve((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n")
        const timer = setInterval(() => socket.write("x"), 100)
        socket.on("close", () => clearInterval(timer))
      })
      const response = yield* (yield* clientOf({ bodyTimeout: 600 })).get(slow.endpoint)
      assert.strictEqual(yield* response.text, "xxxxxxxxxx")
    }))

  it.scopedLive("connectTimeout ends a stalled TLS handshake, and the SDK reports that nothing was sent", () =>
    Effect.gen(function*() {
      // The server accepts the connection and stays silent. The TLS handshake counts as connecting.
      const { port } = yield* serve(() => {})
      const { code, elapsed, tag } = yield* failure({ connectTimeout: 100 }, `https://127.0.0.1:${port}/`)
      assert.deepStrictEqual([code, tag], ["UND_ERR_CONNECT_TIMEOUT", "RequestError"])
      assert.isBelow(elapsed, 2_500)

      const client = yield* kept({ layer: own({ connectTimeout: 100 }) })
      const result = yield* Effect.either(on({ endpoint: `https://127.0.0.1:${port}/api/v2` }, client, once)(create))
      assert.strictEqual(endOf(result), "DataRobotNetworkError Connect not-sent")
    }))

  // By the process's clock, for which the client has its own code. The time is enough to connect on a busy machine.
  it.scopedLive("attemptTimeout of the SDK ends the attempt and closes the socket", () =>
    Effect.forEach([faults.stallBeforeHeaders, faults.stallInBody, faults.drip], (behaviour) =>
      Effect.gen(function*() {
        const server = yield* serve(behaviour)
        const result = yield* Effect.either(
          on(server, yield* kept({ layer: own() }), { ...once, attemptTimeout: 2_000 })(create)
        )
        assert.strictEqual(endOf(result), "DataRobotNetworkError Timeout unknown")
        assert.isTrue(yield* within(500, () => isClosed(server)), "the socket is open")
      }), { concurrency: "unbounded", discard: true }))
})

describe("Interrupting a request of the undici client", () => {
  for (
    const [title, behaviour] of Object.entries({
      "before the headers": faults.stallBeforeHeaders,
      "inside the headers": faults.stallInHeaders,
      "inside the body": faults.stallInBody
    })
  ) {
    for (const tracing of [true, false]) {
      it.scopedLive(`${title} closes the socket, ${tracing ? "with" : "without"} a span`, () =>
        Effect.gen(function*() {
          const server = yield* serve(behaviour)
          const client = yield* clientOf()
          const running = yield* Effect.fork(Effect.withTracerEnabled(client.get(server.endpoint), tracing))
          assert.isTrue(yield* within(1_000, () => server.requests.length === 1))
          yield* Effect.sleep(20)
          const exit = yield* Fiber.interrupt(running)
          assert.isTrue(Exit.isInterrupted(exit))
          assert.isTrue(yield* within(200, () => isClosed(server)), "the socket is open")
        }))
    }
  }

  it.scopedLive("while it connects sends nothing later", () =>
    Effect.gen(function*() {
      // The connection is made only when the test says so.
      let shake = () => {}
      const told = new Promise<void>((resolve) => {
        shake = resolve
      })
      const server = yield* serve((socket) => socket.write(http(200, {}, "{}")))
      const dispatcher = new Agent({
        connect: (_, callback) => {
          void told.then(() => {
            const socket = Net.connect(server.port, "127.0.0.1", () => callback(null, socket))
          })
        }
      })
      const client = yield* clientOf({ dispatcher })
      const running = yield* Effect.fork(client.post(server.endpoint, { body: HttpBody.text("hello") }))
      yield* Effect.sleep(30)
      const exit = yield* Fiber.interrupt(running)
      assert.isTrue(Exit.isFailure(exit) && Cause.isInterruptedOnly(exit.cause), String(exit))
      shake()
      assert.isTrue(yield* within(1_000, () => server.connections() === 1))
      yield* Effect.sleep(50)
      assert.strictEqual(server.requests.length, 0)
      yield* Effect.promise(() => dispatcher.destroy())
    }))

  it.scopedLive("while it connects closes that connection, and others connect (R-11)", () =>
    Effect.gen(function*() {
      const server = yield* silentTls
      const client = yield* clientOf({ connectTimeout: "1 hour" })
      const call = Effect.fork(client.get(server.endpoint))
      const [first, second] = yield* Effect.all([call, call])
      assert.isTrue(yield* within(1_000, () => server.open() === 2))
      yield* Fiber.interrupt(first)
      assert.isTrue(yield* within(500, () => server.open() === 1), "the connection is open")
      assert.isNull(second.unsafePoll())
      yield* Fiber.interrupt(second)
      assert.isTrue(yield* within(500, () => server.open() === 0), "a connection is open")
      assert.strictEqual(server.accepted(), 2)
    }))

  it.scopedLive("while it connects lets the next one in the queue connect, but not an interrupted one (R-11)", () =>
    Effect.gen(function*() {
      const server = yield* silentTls
      const client = yield* clientOf({ connectTimeout: "1 hour", connections: 1 })
      const call = Effect.fork(client.get(server.endpoint))
      const [first, second, third] = yield* Effect.all([call, call, call])
      assert.isTrue(yield* within(1_000, () => server.open() === 1))
      yield* Fiber.interrupt(second)
      yield* Fiber.interrupt(first)
      assert.isTrue(yield* within(1_000, () => server.accepted() === 2 && server.open() === 1))
      yield* Fiber.interrupt(third)
      assert.isTrue(yield* within(500, () => server.open() === 0), "the connection is open")
      yield* Effect.sleep(30)
      assert.strictEqual(server.accepted(), 2)
    }))

  it.scopedLive("in the queue never sends it and does not affect the request before it", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => setTimeout(() => socket.write(http(200, {}, "{}")), 100))
      const client = yield* clientOf({ connections: 1 })
      const first = yield* Effect.fork(client.get(server.endpoint))
      assert.isTrue(yield* within(1_000, () => server.requests.length === 1))
      const second = yield* Effect.fork(client.get(server.endpoint))
      yield* Effect.sleep(20)
      yield* Fiber.interrupt(second)
      assert.strictEqual((yield* Fiber.join(first)).status, 200)
      yield* Effect.sleep(50)
      assert.strictEqual(server.requests.length, 1)
      assert.strictEqual((yield* client.get(server.endpoint)).status, 200)
    }))

  it.scopedLive("stops a request body that is still being sent", () =>
    Effect.gen(function*() {
      let ended = false
      const endless = Stream.repeatEffect(Effect.as(Effect.sleep(5), new Uint8Array(10))).pipe(
        Stream.ensuring(Effect.sync(() => {
          ended = true
        }))
      )
      const sockets: Array<Net.Socket> = []
      const server = yield* serve(() => {}, { onConnection: (socket) => sockets.push(socket) })
      const client = yield* clientOf()
      const running = yield* Effect.fork(client.post(server.endpoint, { body: HttpBody.stream(endless) }))
      assert.isTrue(yield* within(1_000, () => sockets.length === 1))
      yield* Effect.sleep(30)
      yield* Fiber.interrupt(running)
      assert.isTrue(yield* within(500, () => ended && sockets[0]?.destroyed === true))
    }))
})

describe("A client modified by a program", () => {
  const changed: Readonly<Record<string, (client: HttpClient.HttpClient) => HttpClient.HttpClient>> = {
    "mapRequest": HttpClient.mapRequest(HttpClientRequest.setHeader("x-added", "yes")),
    "mapRequestEffect": HttpClient.mapRequestEffect((request) =>
      Effect.succeed(HttpClientRequest.setHeader(request, "x-added", "yes"))
    ),
    "mapRequestInput": HttpClient.mapRequestInput(HttpClientRequest.setHeader("x-added", "yes")),
    "mapRequest in a copy with its own execute": (client) => ({
      ...client,
      execute: (request) => client.execute(HttpClientRequest.setHeader(request, "x-added", "yes"))
    }),
    "tap": HttpClient.tap((response) => Effect.asVoid(Effect.orDie(response.text))),
    "tapRequest": HttpClient.tapRequest(() => Effect.void),
    "tapError": HttpClient.tapError(() => Effect.void),
    "transform": HttpClient.transform((response) => Effect.delay(response, 1)),
    "transformResponse": HttpClient.transformResponse(Effect.map((response) => response)),
    "filterStatusOk": HttpClient.filterStatusOk,
    "retryTransient": HttpClient.retryTransient({ times: 1 }),
    "withScope": (client) => HttpClient.transformResponse(HttpClient.withScope(client), Effect.scoped),
    "a response of another class": HttpClient.transformResponse(
      Effect.map((response): HttpClientResponse.HttpClientResponse =>
        Object.create(response, { headers: { value: { ...response.headers, "x-other": "1" } } })
      )
    )
  }
  for (const [title, change] of Object.entries(changed)) {
    it.scopedLive(`${title} keeps the SDK's reading, limits and cleanup of responses`, () =>
      Effect.gen(function*() {
        const layer = Layer.map(
          own(),
          (context) => Context.add(context, HttpClient.HttpClient, change(Context.get(context, HttpClient.HttpClient)))
        )
        const client = yield* kept({ layer })
        const good = yield* serve((socket) => socket.write(json(200, deployment())))
        assert.strictEqual((yield* on(good, client, once)(get)).id, deploymentId)
        if (title.startsWith("mapRequest")) assert.include(good.requests[0]?.headers, "x-added: yes")

        const long = yield* serve((socket) => socket.write(http(200, { "content-length": String(2 ** 30) })))
        const kind = title === "tap" ? undefined : "DataRobotNetworkError BodyTooLarge unknown"
        const result = yield* Effect.exit(Effect.either(on(long, client, once)(get)))
        // The program's own `tap` dies because the body can't be read.
        if (Exit.isSuccess(result)) assert.strictEqual(endOf(result.value), kind)
        else assert.strictEqual(kind, undefined)

        const stalls = yield* serve(faults.stallInBody)
        const late = yield* Effect.either(on(stalls, client, { ...once, attemptTimeout: 100 })(get)).pipe(inTurns)
        assert.strictEqual(endOf(late), "DataRobotNetworkError Timeout unknown")
        assert.isTrue(yield* within(500, () => isClosed(stalls) && isClosed(long)), "a socket is open")
      }))
  }

  it.scopedLive("can be shared by the program's own calls and the SDK", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(json(200, deployment())))
      const client = yield* kept({ layer: own() })
      yield* on(server, client)(get)
      const other = Effect.flatMap(HttpClient.HttpClient, (http) => http.get(server.endpoint))
      const read = yield* Effect.provide(
        Effect.flatMap(other, HttpClientResponse.schemaBodyJson(Schema.Unknown)),
        client.layer
      )
      assert.deepStrictEqual(read, deployment())
    }))
})

describe("A request that undici rejects", () => {
  const refused: Readonly<Record<string, readonly [request: HttpClientRequest.HttpClientRequest, says: RegExp]>> = {
    "a line break in a header": [
      HttpClientRequest.get("/", { headers: { "x-a": "1\r\nx-b: 2" } }),
      /invalid x-a header/
    ],
    "an invalid header name": [HttpClientRequest.get("/", { headers: { "x a": "1" } }), /invalid header key/],
    "a header of the connection": [
      HttpClientRequest.get("/", { headers: { "transfer-encoding": "chunked" } }),
      /invalid transfer-encoding header/
    ],
    "a content-length that differs from the body": [
      HttpClientRequest.setHeader(
        HttpClientRequest.post("/", { body: HttpBody.uint8Array(new Uint8Array(3)) }),
        "content-length",
        "5"
      ),
      /Request body length does not match content-length header/
    ],
    "an invalid body": [HttpClientRequest.post("/", { body: HttpBody.raw(1) }), /body must be/],
    "an invalid method": [untyped(HttpClientRequest.make(untyped("G E T"))("/")), /invalid request method/],
    "an unsupported protocol": [HttpClientRequest.get("ftp://127.0.0.1/"), /protocol/],
    "a URL without a host": [HttpClientRequest.get("data:text/plain,a"), /URL|origin/i]
  }
  for (const [title, [request, says]] of Object.entries(refused)) {
    it.scopedLive(`because of ${title} fails with a RequestError and is not sent`, () =>
      Effect.gen(function*() {
        const server = yield* serve((socket) => socket.write(http(200, {}, "{}")))
        const client = yield* clientOf()
        const asked = request.url === "/" ? HttpClientRequest.setUrl(request, server.endpoint) : request
        const error = yield* Effect.flip(client.execute(asked)).pipe(Effect.timeout("2 seconds"))
        assert.include(error, { _tag: "RequestError", reason: "Transport" })
        assert.match(String(error.cause), says)
        assert.strictEqual(server.requests.length, 0)
        // The client still works.
        assert.strictEqual((yield* client.get(server.endpoint)).status, 200)
      }))
  }

  it.scopedLive("because of an invalid URL fails with a RequestError", () =>
    Effect.gen(function*() {
      const client = yield* clientOf()
      for (const tracing of [true, false]) {
        const error = yield* Effect.flip(Effect.withTracerEnabled(client.get("http://[/"), tracing))
        assert.include(error, { _tag: "RequestError", reason: "InvalidUrl" })
        assert.include(String(error.cause), "Invalid URL")
      }
    }))
})

describe("A dispatcher passed to Undici.layer", () => {
  class Throwing extends Dispatcher {
    override dispatch(): boolean {
      throw new Error("not today")
    }
  }

  it.scopedLive("fails the call if it throws", () =>
    Effect.gen(function*() {
      const client = yield* clientOf({ dispatcher: new Throwing() })
      const error = yield* Effect.flip(client.get("http://127.0.0.1/")).pipe(Effect.timeout("2 seconds"))
      assert.include(error, { _tag: "RequestError", reason: "Transport" })
      assert.strictEqual(String(error.cause), "Error: not today")
      const layer = own({ dispatcher: new Throwing() })
      const result = yield* Effect.either(on({ endpoint: "http://127.0.0.1/api/v2" }, { layer }, once)(create))
      assert.strictEqual(endOf(result), "DataRobotNetworkError Transport unknown")
    }))

  it.scopedLive("may change the headers of a request, and not those of others", () =>
    Effect.gen(function*() {
      const signatures: Array<unknown> = []
      class Signing extends Dispatcher {
        override dispatch({ headers }: Dispatcher.DispatchOptions): boolean {
          assert.notProperty(headers, "x-signature")
          signatures.push(Reflect.set(headers ?? {}, "x-signature", "1"))
          throw new Error("not today")
        }
      }
      const layer = own({ dispatcher: new Signing() })
      const two = Effect.all([Effect.either(get), Effect.either(get)])
      yield* on({ endpoint: "http://127.0.0.1/api/v2" }, { layer }, once)(two)
      assert.deepStrictEqual(signatures, [true, true])
    }))

  it.scopedLive("can be undici's MockAgent, which responds without a socket", () =>
    Effect.gen(function*() {
      const dispatcher = new MockAgent()
      dispatcher.disableNetConnect()
      dispatcher.get("https://dr.example.com").intercept({ path: `/api/v2/modelDeployments/${deploymentId}/` }).reply(
        200,
        deployment()
      )
      const client = { layer: own({ dispatcher }) }
      const endpoint = "https://dr.example.com/api/v2"
      assert.strictEqual((yield* on({ endpoint }, client, once)(get)).id, deploymentId)
      // The second request has no mock response.
      const result = yield* Effect.either(on({ endpoint }, client, once)(get))
      assert.strictEqual(endOf(result), "DataRobotNetworkError Transport unknown")
      yield* Effect.promise(() => dispatcher.close())
    }))

  /** A dispatcher that records the options of requests, and whose response is paused as the caller wishes. */
  class Recording extends Dispatcher {
    readonly seen: Array<Dispatcher.DispatchOptions> = []
    readonly headers: Record<string, string>
    pauses = 0

    constructor(headers: Record<string, string>) {
      super()
      this.headers = headers
    }

    override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      this.seen.push(options)
      // Boundary: the part of the controller that the client uses.
      const controller = untyped({
        pause: () => this.pauses++,
        resume: () => {},
        abort: () => {}
      })
      handler.onRequestStart?.(controller, {})
      handler.onResponseStart?.(controller, 200, this.headers)
      handler.onResponseData?.(controller, Buffer.alloc(100))
      handler.onResponseEnd?.(controller, {})
      return true
    }
  }

  const outgoing = { method: "GET", origin: "http://127.0.0.1", path: "/a", headers: {} } as const

  it.scopedLive("R-12: the limits of a request replace those of the layer", () =>
    Effect.gen(function*() {
      const dispatcher = new Recording({ "content-length": "100" })
      const send = directOf(yield* clientOf({ dispatcher, maxBodySize: 10 })) ?? assert.fail("no fast path")
      const received: Array<unknown> = []
      const layerLimits = { headersTimeout: 1, bodyTimeout: 2, maxBodySize: 100 }
      for (const request of [outgoing, { ...outgoing, layerLimits }]) {
        send(request, () => 1000, (incoming) => received.push("body" in incoming && incoming.body))
      }
      assert.deepStrictEqual(received, ["too large", { bytes: Buffer.alloc(100) }])
      assert.deepStrictEqual(dispatcher.seen.map(({ bodyTimeout, headersTimeout }) => [headersTimeout, bodyTimeout]), [
        [null, null],
        [1, 2]
      ])
    }))

  for (
    const [title, headers, pauses] of [
      ["can be paused if the connection stays open", { "content-length": "9" }, 1],
      ["can be paused if it has chunks", { "transfer-encoding": "chunked" }, 1],
      ["is not paused if the connection then closes", { "content-length": "9", "connection": "close" }, 0],
      ["is not paused if it ends with the connection", {}, 0]
    ] as const
  ) {
    it.scopedLive(`its response ${title}`, () =>
      Effect.gen(function*() {
        const dispatcher = new Recording(headers)
        const open = directOpenOf(yield* clientOf({ dispatcher })) ?? assert.fail("no fast path")
        open(outgoing, (controls) => ({
          head: () => controls.pause(),
          data: () => {},
          ended: () => {},
          failed: () => {}
        }))
        assert.strictEqual(dispatcher.pauses, pauses)
      }))
  }

  it.scopedLive("can be composed of interceptors", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket, _, index) =>
        socket.write(index === 0 ? http(503, { "retry-after": "0" }) : http(200, {}, "{}"))
      )
      const agent = new Agent()
      const dispatcher = agent.compose(interceptors.retry({ maxRetries: 1, minTimeout: 1 }))
      const response = yield* (yield* clientOf({ dispatcher })).get(server.endpoint)
      assert.deepStrictEqual([response.status, yield* response.text, server.requests.length], [200, "{}", 2])
      yield* Effect.promise(() => agent.destroy())
    }))

  it.scopedLive("is subject to the layer's maxBodySize", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(http(200, {}, "x".repeat(11))))
      const agent = new Agent()
      const response = yield* (yield* clientOf({ dispatcher: agent, maxBodySize: 10 })).get(server.endpoint)
      assert.include(String((yield* Effect.flip(response.text)).cause), "larger than maxBodySize")
      yield* Effect.promise(() => agent.destroy())
    }))
})

describe("Tracing of the undici client", () => {
  /** The spans of a call and the trace headers that it sent. */
  const spansOf = (
    layer: Layer.Layer<HttpClient.HttpClient>,
    change: (client: HttpClient.HttpClient) => HttpClient.HttpClient
  ) =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(json(200, { a: 1 }, { "x-answer": "1" })))
      const { layer: tracer, spans } = traced()
      yield* Effect.flatMap(HttpClient.HttpClient, (client) => change(client).get(server.endpoint)).pipe(
        Effect.withSpan("outer"),
        Effect.provide([layer, tracer])
      )
      const port = new RegExp(String(server.port), "g")
      return JSON.parse(
        JSON.stringify({
          spans: spans.map(({ attributes, kind, name }) => ({ name, kind, attributes: [...attributes].sort() })),
          headers: server.requests[0]?.headers.split("\n").filter((line) => /^(?:traceparent|b3|x-)/.test(line))
        }).replace(port, "0")
      )
    })
  const changes: Readonly<Record<string, (client: HttpClient.HttpClient) => HttpClient.HttpClient>> = {
    "a call": (client) => client,
    "a call without propagation": HttpClient.withTracerPropagation(false),
    "a call without a span": HttpClient.withTracerDisabledWhen(() => true),
    "a call with a custom span name": HttpClient.withSpanNameGenerator(() => "mine")
  }
  for (const [title, change] of Object.entries(changes)) {
    it.scopedLive(`${title} has the same spans and headers as with the platform's client`, () =>
      Effect.gen(function*() {
        const mine = yield* spansOf(own(), change)
        assert.deepStrictEqual(mine, yield* spansOf(NodeHttpClient.layerUndici, change))
        assert.lengthOf(mine.spans, title === "a call without a span" ? 1 : 2)
        const hasHeaders = title === "a call" || title === "a call with a custom span name"
        assert.lengthOf(mine.headers, hasHeaders ? 2 : 0)
      }))
  }

  it.scopedLive("an SDK operation has exactly one span", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(json(200, deployment())))
      const { layer, spans } = traced()
      yield* Effect.provide(on(server, { layer: own() })(get), layer)
      assert.deepStrictEqual(spans.map(({ name }) => name), ["ModelDeployment.get"])
      assert.notInclude(server.requests[0]?.headers, "traceparent")
    }))
})
