/** The transport: the only place that uses the HTTP client. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"
import { type Incoming, type Outgoing, withDirect } from "../../../src/internal/request/directClient.js"
import { type Exchange, transportOver } from "../../../src/internal/request/transport.js"
import { makeRedactor } from "../../../src/wire/redaction.js"
import { endpoint, token } from "../../support.js"
import { clientOf, defectOf } from "./things.js"

const outgoing: Outgoing = {
  method: "POST",
  origin: new URL(endpoint).origin,
  path: `${new URL(endpoint).pathname}/things/?a=1`,
  headers: { "x-a": "1", "content-type": "text/csv" },
  body: "{\"a\":1}"
}
const maxBody = (status: number) => status === 200 ? 8 : 4

/** Sends a request through a client, for at most a second. */
const exchange = (client: HttpClient.HttpClient, request = outgoing): Effect.Effect<Exchange> =>
  Effect.clockWith((clock) => transportOver(client, clock, makeRedactor(token))(request, maxBody, 1000))

const text = ({ body }: Extract<Incoming, { readonly status: number }>) =>
  typeof body === "object" && "bytes" in body ? new TextDecoder().decode(body.bytes) : body

describe("a request through any HTTP client", () => {
  it.effect("a request through any HTTP client has the method, URL, headers and body that it was given", () =>
    Effect.gen(function*() {
      const client = clientOf((request) => {
        assert.deepInclude(request, { method: "POST", url: `${endpoint}/things/?a=1` })
        assert.strictEqual(request.headers["x-a"], "1")
        const { body } = request
        assert.isTrue(body._tag === "Uint8Array" && body.contentType === "text/csv")
        assert.strictEqual(body._tag === "Uint8Array" && new TextDecoder().decode(body.body), "{\"a\":1}")
        return Effect.succeed(new Response("{}"))
      })
      assert.include(yield* exchange(client), { status: 200 })
      const untyped = clientOf((request) => {
        assert.notProperty(request.headers, "content-type")
        assert.deepStrictEqual(request.body._tag === "Uint8Array" && request.body.body, Uint8Array.of(1, 2))
        return Effect.succeed(new Response("{}"))
      })
      assert.include(yield* exchange(untyped, { ...outgoing, headers: {}, body: Uint8Array.of(1, 2) }), { status: 200 })
      const bare = clientOf(({ body }) => {
        assert.strictEqual(body._tag, "Empty")
        return Effect.succeed(new Response("{}"))
      })
      assert.include(yield* exchange(bare, { ...outgoing, body: undefined }), { status: 200 })
    }))

  for (
    const [name, given, expected] of [
      ["without options", undefined, { redirect: "manual" }],
      ["with options of the caller", { credentials: "include", redirect: "follow" }, {
        credentials: "include",
        redirect: "manual"
      }]
    ] as const
  ) {
    it.effect(`a request through any HTTP client never lets fetch follow a redirect, ${name} (S-2)`, () =>
      Effect.gen(function*() {
        const seen: Array<unknown> = []
        const sent = exchange(clientOf(() =>
          Effect.map(Effect.serviceOption(FetchHttpClient.RequestInit), (init) => {
            seen.push(Option.getOrUndefined(init))
            return new Response("{}")
          })
        ))
        yield* given === undefined ? sent : Effect.provideService(sent, FetchHttpClient.RequestInit, given)
        assert.deepStrictEqual(seen, [expected])
      }))
  }
})

describe("an exchange", () => {
  it.effect("an exchange returns the status, the headers and the bytes of a response", () =>
    Effect.gen(function*() {
      const response = new Response("{\"a\":1}", { status: 200, headers: { "x-b": "2" } })
      const received = yield* exchange(clientOf(() => Effect.succeed(response)))
      assert.isTrue("status" in received)
      const incoming = received as Extract<Incoming, { readonly status: number }>
      assert.strictEqual(incoming.status, 200)
      assert.strictEqual(incoming.headers["x-b"], "2")
      assert.strictEqual(text(incoming), "{\"a\":1}")
    }))

  it.effect("an exchange limits the size of a body by the status (S-5)", () =>
    Effect.gen(function*() {
      for (
        const [status, size, expected] of [
          [200, 8, "x".repeat(8)],
          [200, 9, "too large"],
          [404, 4, "x".repeat(4)],
          [404, 5, "too large"]
        ] as const
      ) {
        const received = yield* exchange(
          clientOf(() => Effect.succeed(new Response("x".repeat(size), { status })))
        )
        assert.strictEqual(text(received as Extract<Incoming, { readonly status: number }>), expected)
      }
    }))

  it.effect("an exchange returns the cause of a body that breaks off, with the status", () =>
    Effect.gen(function*() {
      const cause = new Error("cut")
      const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(cause) })
      const received = yield* exchange(clientOf(() => Effect.succeed(new Response(broken, { status: 404 }))))
      assert.deepInclude(received, { status: 404, body: { broken: cause } })
    }))

  it.effect("an exchange returns the cause of the client's error, or the error itself if it has no cause", () =>
    Effect.gen(function*() {
      const cause = new Error("no")
      const fails = (cause?: unknown) =>
        exchange(clientOf((request) => Effect.fail(new RequestError({ request, reason: "Transport", cause }))))
      assert.deepStrictEqual(yield* fails(cause), { failed: cause })
      const encoding = yield* exchange(
        clientOf((request) => Effect.fail(new RequestError({ request, reason: "Encode", cause })))
      )
      assert.isTrue("failed" in encoding && encoding.failed instanceof RequestError)
      const bare = yield* fails()
      assert.isTrue("failed" in bare && bare.failed instanceof RequestError)
    }))

  for (
    const [name, hangs] of [
      ["any client", clientOf(() => Effect.never)],
      ["a client with a fast path", withDirect(clientOf(() => Effect.never), () => () => {})]
    ] as const
  ) {
    it.effect(`an exchange returns the time limit that it exceeded, through ${name} (R-4)`, () =>
      Effect.gen(function*() {
        const fiber = yield* Effect.fork(exchange(hangs))
        yield* TestClock.adjust(999)
        assert.isNull(fiber.unsafePoll())
        yield* TestClock.adjust(1)
        assert.deepStrictEqual(yield* Fiber.join(fiber), { late: 1000 })
      }))
  }

  it.effect("an exchange uses the fast path of a client that has one", () =>
    Effect.gen(function*() {
      const incoming: Incoming = { status: 200, headers: {}, body: { bytes: new Uint8Array() } }
      const direct = withDirect(clientOf(() => Effect.die("not the fast path")), (sent, max, done) => {
        assert.strictEqual(sent, outgoing)
        assert.deepStrictEqual([max(200), max(404)], [8, 4])
        done(incoming)
        return () => {}
      })
      assert.strictEqual(yield* exchange(direct), incoming)
    }))
})

describe("a defect of the HTTP client", () => {
  const dies = (defect: unknown) => defectOf(exchange(clientOf(() => Effect.die(defect))))

  it.effect("a defect of the HTTP client stays a defect, with its text but without the token and the request (S-4)", () =>
    Effect.gen(function*() {
      const odd = Object.assign(new Error(`bad ${token}`), { request: { headers: { authorization: token } } })
      odd.name = `Odd ${token}`
      odd.stack = `at ${token}`
      const defect = yield* dies(odd)
      assert.instanceOf(defect, Error)
      assert.notProperty(defect, "request")
      const { message, name, stack } = defect as Error
      assert.deepStrictEqual([name, message, stack], ["Odd <redacted>", "bad <redacted>", "at <redacted>"])
    }))

  it.effect("a defect of the HTTP client is a failure if it means that the client rejects the request", () =>
    Effect.gen(function*() {
      const defect = Object.assign(new TypeError("Invalid character"), { code: "ERR_INVALID_CHAR" })
      assert.deepStrictEqual(yield* exchange(clientOf(() => Effect.die(defect))), { failed: defect })
    }))

  it.effect("a defect of the HTTP client that is not an Error becomes one, and a stack is not required", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* dies(`odd ${token}`) as Effect.Effect<Error>).message, "odd <redacted>")
      const bare = new Error("bare")
      delete bare.stack
      assert.strictEqual((yield* dies(bare) as Effect.Effect<Error>).message, "bare")
    }))
})
