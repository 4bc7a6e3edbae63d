/** One attempt: the request that is sent, and the meaning of the response for the caller and for the retry decision. */
import { RequestError } from "@effect/platform/HttpClientError"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import { DataRobot } from "effect-datarobot/DataRobot"
import type { NetworkReason } from "effect-datarobot/DataRobotError"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Tracer from "effect/Tracer"
import { outcomeOf } from "../../../src/internal/request/attempt.js"
import type { Call } from "../../../src/internal/request/operation.js"
import { resolveOptions } from "../../../src/internal/request/options.js"
import type { Outcome } from "../../../src/internal/request/retry.js"
import { send } from "../../../src/internal/request/send.js"
import type { Exchange } from "../../../src/internal/request/transport.js"
import { connection, endOf, endpoint, failsWith, script } from "../../support.js"
import { change, client, defectOf, get, getThing, op, run } from "./things.js"

describe("the request of an attempt", () => {
  it.effect("the request has the call's method, path, query and JSON body", () =>
    Effect.gen(function*() {
      const query = { value: { a: 1, b: undefined }, issues: [] }
      const body = { value: { label: "Churn" }, issues: [] }
      const { attempts: [sent = assert.fail("nothing was sent")] } = yield* run({ ...change, query, body }, [200])
      assert.strictEqual(sent.url.href, `${endpoint}/things/t1/?a=1`)
      assert.strictEqual(sent.request.method, "PATCH")
      assert.strictEqual(sent.request.headers["accept"], "application/json")
      const { body: content } = sent.request
      assert.isTrue(content._tag === "Uint8Array" && content.contentType === "application/json")
      const text = content._tag === "Uint8Array" ? new TextDecoder().decode(content.body) : ""
      assert.strictEqual(text, "{\"label\":\"Churn\"}")
      const { attempts: [bare] } = yield* run(get, [200])
      assert.strictEqual(bare?.request.body._tag, "Empty")
      assert.notProperty(bare?.request.headers, "content-type")
    }))

  it.effect("the request has no trace header if there is no span", () =>
    Effect.gen(function*() {
      const { attempts, layer } = script(200)
      yield* Effect.provide(send(op, get), Layer.merge(layer, connection({ propagateTrace: true })))
      assert.notProperty(attempts[0]?.request.headers, "traceparent")
      assert.strictEqual(attempts.length, 1)
    }))

  for (
    const [title, ids, sent] of [
      ["valid", { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" }, ["b3", "traceparent"]],
      ["a line break in the trace id", { traceId: "0af7\r\nx-evil: 1", spanId: "b7ad6b7169203331" }, []],
      ["a character outside of ASCII in the trace id", { traceId: "0af7→", spanId: "b7ad6b7169203331" }, []],
      // Only b3 names the parent span.
      ["a line break in the parent's id", { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "\n" }, [
        "traceparent"
      ]]
    ] as const
  ) {
    it.effect(`the request has the trace headers whose values are valid: ${title}`, () =>
      Effect.gen(function*() {
        const { attempts, layer } = script(200)
        yield* Effect.withSpan(send(op, get), "inner").pipe(
          Effect.withParentSpan(Tracer.externalSpan(ids)),
          Effect.provide(Layer.merge(layer, connection({ propagateTrace: true })))
        )
        const headers = attempts[0]?.request.headers ?? {}
        assert.deepStrictEqual(["b3", "traceparent"].filter((name) => name in headers), [...sent])
      }))
  }

  it.effect("a path that leads out of the endpoint is never sent (S-1)", () =>
    Effect.gen(function*() {
      for (const path of ["../evil/", "/../../evil/"]) {
        const { attempts, layer } = script(200)
        const defect = yield* defectOf(send(op, { ...get, route: { ...getThing, path } })).pipe(
          Effect.provide(Layer.merge(layer, connection()))
        )
        assert.strictEqual(String(defect), "Error: Thing.get: a URL outside of the endpoint was built")
        assert.strictEqual(attempts.length, 0)
      }
    }))
})

describe("the response of an attempt", () => {
  const status = (code: number) => {
    const response = new Response("{}")
    // The Response class of fetch rejects these statuses.
    Object.defineProperty(response, "status", { value: code })
    return Effect.provide(
      Effect.either(send(op, { ...get, route: { ...getThing, accept: [303] } })),
      client(() => Effect.succeed(response))
    )
  }

  it.effect("a response with a status of 2xx, or one that the route accepts, is a success", () =>
    Effect.gen(function*() {
      for (const code of [200, 201, 299, 303]) assert.strictEqual(endOf(yield* status(code)), "ok")
      for (const code of [101, 199, 300, 302]) {
        assert.strictEqual(endOf(yield* status(code)), "DataRobotApiError Unexpected")
      }
    }))

  it.effect("a success has the status, Location, the Retry-After and the body of the response", () =>
    Effect.gen(function*() {
      const headers = { location: "/x/", "retry-after": "3" }
      const { outcome } = yield* run(get, [{ status: 202, headers, body: "{\"a\":1}" }])
      const response = yield* outcome
      assert.deepInclude(response, { status: 202, location: "/x/", retryAfter: 3000, body: { a: 1 } })
      assert.deepStrictEqual(response.context, {
        operation: "Thing.get",
        method: "GET",
        path: "things/t1/",
        attempts: 1
      })
      assert.strictEqual(response.operation, op)
      assert.deepInclude(response.trait, { idempotent: true, note: undefined })
      const bare = yield* (yield* run(get, [204])).outcome
      assert.deepInclude(bare, { status: 204, location: undefined, retryAfter: undefined, body: undefined })
    }))

  it.effect("a body that is not JSON is a contract error that says what the body is", () =>
    Effect.gen(function*() {
      const { layer } = script({ body: "<html>" })
      const error = yield* failsWith(send(op, get), DataRobotError.isValidationError).pipe(
        Effect.provide(Layer.merge(layer, connection()))
      )
      assert.match(error.message, /: the body is a web page, not JSON/)
      assert.deepStrictEqual(error.issues.map((issue) => issue.path), [""])
    }))

  it.effect("a body is read up to the route's maxBody", () =>
    Effect.gen(function*() {
      const body = JSON.stringify("x".repeat(62))
      const of = (maxBody: number): Call => ({ ...get, route: { ...getThing, maxBody } })
      assert.strictEqual((yield* run(of(64), [{ body }])).end, "ok")
      assert.strictEqual((yield* run(of(63), [{ body }])).end, "DataRobotNetworkError BodyTooLarge unknown")
    }))

  for (
    const [name, declared, code, end] of [
      ["10 MiB", 10 * 1024 * 1024, 200, "ok"],
      ["a byte more than 10 MiB", 10 * 1024 * 1024 + 1, 200, "DataRobotNetworkError BodyTooLarge unknown"],
      ["1 MiB", 1024 * 1024, 404, "an error with the server's message"],
      ["a byte more than 1 MiB", 1024 * 1024 + 1, 404, "an error without the server's message"]
    ] as const
  ) {
    it.effect(`a ${code} that declares a body of ${name} ends as ${end} (S-5)`, () =>
      Effect.gen(function*() {
        const headers = { "content-length": String(declared) }
        const { end: was, outcome } = yield* run(get, [{ status: code, headers, body: "{\"message\":\"Gone\"}" }])
        if (code === 200) return assert.strictEqual(was, end)
        const error = yield* failsWith(outcome, DataRobotError.isApiError)
        assert.include(error.message, declared === 1024 * 1024 ? "): Gone." : "): no message.")
      }))
  }

  it.effect("a failure whose body breaks off is still the error of its status", () =>
    Effect.gen(function*() {
      const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error("cut")) })
      const layer = client(() => Effect.succeed(new Response(broken, { status: 404 })))
      const error = yield* failsWith(send(op, get), DataRobotError.isApiError).pipe(Effect.provide(layer))
      assert.strictEqual(error.reason, "NotFound")
    }))

  it.effect("a body that breaks off never means that the request was not sent", () =>
    Effect.gen(function*() {
      const cause = Object.assign(new Error("lost"), { code: "ECONNREFUSED" })
      const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(cause) })
      const layer = client(() => Effect.succeed(new Response(broken)))
      const error = yield* failsWith(
        send(op, { ...get, options: { retry: false } }),
        DataRobotError.isNetworkError
      ).pipe(Effect.provide(layer))
      assert.strictEqual(error.outcome, "unknown")
    }))

  it.effect("a request without a response is a network error with the client's error or its cause", () =>
    Effect.gen(function*() {
      const fails = (cause?: unknown) =>
        failsWith(send(op, { ...get, options: { retry: false } }), DataRobotError.isNetworkError).pipe(
          Effect.provide(
            client((request) => Effect.fail(new RequestError({ request, reason: "Transport", cause })))
          )
        )
      const cause = Object.assign(new Error("no"), { code: "ECONNREFUSED" })
      assert.deepStrictEqual((yield* fails(cause)).cause, { name: "Error", code: "ECONNREFUSED", message: "no" })
      assert.strictEqual((yield* fails()).cause?.name, "RequestError")
    }))
})

describe("the outcome of an attempt for the retry decision", () => {
  const now = Date.parse("2018-05-01T10:00:00Z")
  const bytes = (text: string) => ({ bytes: new TextEncoder().encode(text) })
  const coded = (code: string) => Object.assign(new Error("no"), { code })
  const noResponse = (reason: NetworkReason, outcome: "not-sent" | "unknown", permanent = false): Outcome => ({
    _tag: "NoResponse",
    reason,
    outcome,
    permanent
  })

  const table: ReadonlyArray<readonly [name: string, Exchange, Outcome | "success"]> = [
    ["a 200 with JSON", { status: 200, headers: {}, body: bytes("{}") }, "success"],
    ["a 204 without a body", { status: 204, headers: {}, body: bytes("") }, "success"],
    ["a 200 that is not JSON", { status: 200, headers: {}, body: bytes("<html>") }, { _tag: "Unreadable" }],
    [
      "a 200 with a body that is too large",
      { status: 200, headers: {}, body: "too large" },
      noResponse("BodyTooLarge", "unknown", true)
    ],
    [
      "a 200 with a body that breaks off",
      { status: 200, headers: {}, body: { broken: coded("ECONNRESET") } },
      noResponse("Transport", "unknown")
    ],
    ["a 500", { status: 500, headers: {}, body: bytes("") }, {
      _tag: "Response",
      status: 500,
      retryAfter: undefined
    }],
    ["a 503 with Retry-After", { status: 503, headers: { "retry-after": "2" }, body: bytes("") }, {
      _tag: "Response",
      status: 503,
      retryAfter: 2000
    }],
    [
      "a 503 with Retry-After as a date, in any spelling of the header",
      { status: 503, headers: { "Retry-After": "Tue, 01 May 2018 10:00:07 GMT" }, body: bytes("") },
      { _tag: "Response", status: 503, retryAfter: 7000 }
    ],
    ["a 404 with a body that is too large", { status: 404, headers: {}, body: "too large" }, {
      _tag: "Response",
      status: 404,
      retryAfter: undefined
    }],
    ["a 404 with a body that breaks off", { status: 404, headers: {}, body: { broken: coded("ECONNRESET") } }, {
      _tag: "Response",
      status: 404,
      retryAfter: undefined
    }],
    ["a refused connection", { failed: coded("ECONNREFUSED") }, noResponse("Connect", "not-sent")],
    ["a broken connection", { failed: coded("ECONNRESET") }, noResponse("Transport", "unknown")],
    ["an untrusted certificate", { failed: coded("CERT_HAS_EXPIRED") }, noResponse("Connect", "not-sent", true)],
    ["no response in time", { late: 5 }, noResponse("Timeout", "unknown")]
  ]
  for (const [name, exchange, expected] of table) {
    it.effect(`${name} is ${expected === "success" ? "a success" : JSON.stringify(expected)}`, () =>
      Effect.gen(function*() {
        const here = yield* DataRobot
        const { limits } = resolveOptions({})
        const trait = { idempotent: true }
        const asked = { operation: op, connection: here, route: getThing, trait, limits }
        const context = { operation: op.name, method: "GET", path: "things/t1/", attempts: 2 }
        const outcome = outcomeOf(exchange, asked, context, now, 60_000)
        if (Either.isRight(outcome)) {
          assert.strictEqual(expected, "success")
          assert.strictEqual(outcome.right.context.attempts, 2)
        } else {
          assert.deepInclude(outcome.left.outcome, Object(expected))
          assert.strictEqual(outcome.left.error.attempts, 2)
        }
      }).pipe(Effect.provide(connection())))
  }
})
