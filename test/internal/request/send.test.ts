/** The one place that touches the HTTP client: what is sent, what is read, and what is told of it. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { path } from "../../../src/internal/request/path.js"
import { type Call, decode, onOwnBase, operation, request, send } from "../../../src/internal/request/send.js"
import {
  connection,
  endOf,
  endpoint,
  failsWith,
  logged,
  script,
  type Step,
  timeLapse,
  token,
  traced
} from "../../support.js"

const get: Call = { operation: "Thing.get", method: "GET", path: path`things/t1/`, idempotent: true }
const change: Call = { ...get, operation: "Thing.change", method: "PATCH", idempotent: false }

/** What becomes of a call on these steps, and what was sent. */
const run = (call: Call, steps: ReadonlyArray<Step>) =>
  Effect.gen(function*() {
    const { attempts, layer } = script(...steps)
    const outcome = yield* timeLapse(Effect.either(send(call))).pipe(Effect.provide(Layer.merge(layer, connection())))
    return { attempts, outcome, end: endOf(outcome) }
  })

/** An HTTP client that does this for every request. */
const client = (
  answer: (request: HttpClientRequest.HttpClientRequest) => Effect.Effect<Response, RequestError>
) =>
  Layer.merge(
    connection(),
    Layer.succeed(
      HttpClient.HttpClient,
      HttpClient.make((request) =>
        Effect.map(answer(request), (response) => HttpClientResponse.fromWeb(request, response))
      )
    )
  )

const defectOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.exit(effect), (exit) => {
    const defects = Exit.isFailure(exit) ? Cause.defects(exit.cause) : Chunk.empty()
    return Option.getOrElse(Chunk.head(defects), () => assert.fail("no defect"))
  })

describe("what is sent", () => {
  it.effect("is the call, in JSON where it has a body", () =>
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
    }))

  it.effect("has no trace where there is none to go on with", () =>
    Effect.gen(function*() {
      const { attempts, layer } = script(200)
      yield* Effect.provide(send(get), Layer.merge(layer, connection({ propagateTrace: true })))
      assert.notProperty(attempts[0]?.request.headers, "traceparent")
      assert.strictEqual(attempts.length, 1)
    }))

  it.effect("is nothing below another base path, whatever the path (S-1)", () =>
    Effect.gen(function*() {
      for (const bad of ["../evil/", "/../../evil/"]) {
        const { attempts, layer } = script(200)
        const defect = yield* defectOf(send({ ...get, path: { path: bad, issues: [] } })).pipe(
          Effect.provide(Layer.merge(layer, connection()))
        )
        assert.strictEqual(String(defect), "Error: Thing.get: a URL outside of the endpoint was built")
        assert.strictEqual(attempts.length, 0)
      }
    }))

  it.effect("is nothing when something of it is not valid, and all of that is told", () =>
    Effect.gen(function*() {
      const wrong = (name: string) => ({ value: {}, issues: [{ path: name, message: "is odd" }] })
      const { attempts, layer } = script(200)
      const error = yield* failsWith(
        send({
          ...change,
          path: path`things/${".."}/`,
          query: wrong("q"),
          body: wrong("b"),
          options: { retry: { maxAttempts: 0 } }
        }),
        DataRobotError.isValidationError
      ).pipe(Effect.provide(Layer.merge(layer, connection())))
      assert.deepStrictEqual(error.issues.map((issue) => issue.path), ["id", "q", "b", "retry.maxAttempts"])
      assert.strictEqual(attempts.length, 0)
    }))

  for (
    const [name, given, expected] of [
      ["no options", undefined, { redirect: "manual" }],
      ["options of the caller", { credentials: "include", redirect: "follow" }, {
        credentials: "include",
        redirect: "manual"
      }]
    ] as const
  ) {
    it.effect(`never lets fetch follow a redirect, with ${name} for it (S-2)`, () =>
      Effect.gen(function*() {
        const seen: Array<unknown> = []
        const layer = client(() =>
          Effect.map(Effect.serviceOption(FetchHttpClient.RequestInit), (init) => {
            seen.push(Option.getOrUndefined(init))
            return new Response("{}")
          })
        )
        const call = given === undefined
          ? send(get)
          : Effect.provideService(send(get), FetchHttpClient.RequestInit, given)
        yield* Effect.provide(call, layer)
        assert.deepStrictEqual(seen, [expected])
      }))
  }
})

describe("what a client dies of", () => {
  const dies = (defect: unknown) => defectOf(Effect.provide(send(get), client(() => Effect.die(defect))))

  it.effect("stays a defect, with its words and without the token (S-4)", () =>
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

  it.effect("may be no error, and may have no stack", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* dies(`odd ${token}`) as Effect.Effect<Error>).message, "odd <redacted>")
      const bare = new Error("bare")
      delete bare.stack
      assert.strictEqual((yield* dies(bare) as Effect.Effect<Error>).message, "bare")
    }))
})

describe("an answer", () => {
  const status = (code: number) => {
    const response = new Response("{}")
    // fetch has no way to make one with these
    Object.defineProperty(response, "status", { value: code })
    return Effect.provide(Effect.either(send({ ...get, accept: [303] })), client(() => Effect.succeed(response)))
  }

  it.effect("is one with a status of 2xx, or one that the call accepts", () =>
    Effect.gen(function*() {
      for (const code of [200, 201, 299, 303]) assert.strictEqual(endOf(yield* status(code)), "ok")
      for (const code of [101, 199, 300, 302]) {
        assert.strictEqual(endOf(yield* status(code)), "DataRobotApiError Unexpected")
      }
    }))

  it.effect("has status, Location, the wait that is asked for, and the body", () =>
    Effect.gen(function*() {
      const headers = { location: "/x/", "retry-after": "3" }
      const { outcome } = yield* run(get, [{ status: 202, headers, body: "{\"a\":1}" }])
      const answer = yield* outcome
      assert.deepInclude(answer, { status: 202, location: "/x/", retryAfter: 3000, body: { a: 1 } })
      assert.deepStrictEqual(answer.context, { operation: "Thing.get", method: "GET", path: "things/t1/", attempts: 1 })
      const bare = yield* (yield* run(get, [204])).outcome
      assert.deepInclude(bare, { status: 204, location: undefined, retryAfter: undefined, body: undefined })
    }))

  it.effect("that is no JSON can't be read, and says what it is", () =>
    Effect.gen(function*() {
      const { layer } = script({ body: "<html>" })
      const error = yield* failsWith(send(get), DataRobotError.isValidationError).pipe(
        Effect.provide(Layer.merge(layer, connection()))
      )
      assert.match(error.message, /: the body is a web page, not JSON/)
      assert.deepStrictEqual(error.issues.map((issue) => issue.path), [""])
    }))

  it.effect("is read up to the cap of its call", () =>
    Effect.gen(function*() {
      const body = JSON.stringify("x".repeat(62))
      assert.strictEqual((yield* run({ ...get, maxBody: 64 }, [{ body }])).end, "ok")
      assert.strictEqual(
        (yield* run({ ...get, maxBody: 63 }, [{ body }])).end,
        "DataRobotNetworkError BodyTooLarge unknown"
      )
    }))

  for (
    const [name, declared, code, end] of [
      ["10 MiB", 10 * 1024 * 1024, 200, "ok"],
      ["a byte more than 10 MiB", 10 * 1024 * 1024 + 1, 200, "DataRobotNetworkError BodyTooLarge unknown"],
      ["1 MiB of a failure", 1024 * 1024, 404, "told"],
      ["a byte more than 1 MiB of a failure", 1024 * 1024 + 1, 404, "not told"]
    ] as const
  ) {
    it.effect(`that says it has ${name} is ${end} (S-5)`, () =>
      Effect.gen(function*() {
        const headers = { "content-length": String(declared) }
        const { end: was, outcome } = yield* run(get, [{ status: code, headers, body: "{\"message\":\"Gone\"}" }])
        if (code === 200) return assert.strictEqual(was, end)
        const error = yield* failsWith(outcome, DataRobotError.isApiError)
        assert.include(error.message, end === "told" ? "): Gone." : "): no message.")
      }))
  }

  it.effect("whose body breaks off is still the failure that its status says", () =>
    Effect.gen(function*() {
      const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error("cut")) })
      const layer = client(() => Effect.succeed(new Response(broken, { status: 404 })))
      const error = yield* failsWith(send(get), DataRobotError.isApiError).pipe(Effect.provide(layer))
      assert.strictEqual(error.reason, "NotFound")
    }))

  it.effect("that never came is told by the cause of the client's error, or by that itself", () =>
    Effect.gen(function*() {
      const fails = (cause?: unknown) =>
        failsWith(send({ ...get, options: { retry: false } }), DataRobotError.isNetworkError).pipe(
          Effect.provide(
            client((asked) => Effect.fail(new RequestError({ request: asked, reason: "Transport", cause })))
          )
        )
      const cause = Object.assign(new Error("no"), { code: "ECONNREFUSED" })
      assert.deepStrictEqual((yield* fails(cause)).cause, { name: "Error", code: "ECONNREFUSED", message: "no" })
      assert.strictEqual((yield* fails()).cause?.name, "RequestError")
    }))
})

describe("decode", () => {
  const Thing = Schema.Struct({ id: Schema.String, label: Schema.String })
  const asked = (body: string) => {
    const { layer } = script({ body })
    return Effect.provide(
      Effect.flatMap(send(get), (answer) => decode(answer, Thing)),
      Layer.merge(layer, connection())
    )
  }

  it.effect("gives the item, or all that is wrong with it", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* asked("{\"id\":\"t1\",\"label\":\"x\"}"), { id: "t1", label: "x" })
      const wrong = yield* failsWith(asked("{\"id\":1}"), DataRobotError.isValidationError)
      assert.deepStrictEqual(wrong.issues.map((issue) => issue.path).sort(), ["id", "label"])
    }))

  it.effect("needs a body", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(asked(""), DataRobotError.isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "", message: "the body is empty" }])
    }))
})

describe("a success that nobody saw", () => {
  const remove: Call = { ...get, operation: "Thing.delete", method: "DELETE", goneIsDone: true }

  it.effect("is what a 404 means after a lost answer, where the call says so", () =>
    Effect.gen(function*() {
      for (const lost of ["ECONNRESET", 500, 503] as const) {
        const { attempts, outcome } = yield* run(remove, [lost, 404])
        const answer = yield* outcome
        assert.deepInclude(answer, { status: 404, location: undefined, retryAfter: undefined, body: undefined })
        assert.strictEqual(answer.context.attempts, 2)
        assert.strictEqual(attempts.length, 2)
      }
    }))

  it.effect("is not what a 404 means otherwise", () =>
    Effect.gen(function*() {
      const notFound = "DataRobotApiError NotFound"
      assert.strictEqual((yield* run(remove, [404])).end, notFound)
      for (const never of ["ECONNREFUSED", 429, { status: 503, headers: { "retry-after": "1" } }]) {
        assert.strictEqual((yield* run(remove, [never, 404])).end, notFound)
      }
      assert.strictEqual((yield* run(get, ["ECONNRESET", 404])).end, notFound)
      assert.strictEqual((yield* run(remove, ["ECONNRESET", 403])).end, "DataRobotApiError Forbidden")
    }))

  it.effect("may have been lost some attempts ago", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* run(remove, ["ECONNRESET", "ECONNREFUSED", 404])).end, "ok")
    }))
})

describe("the time", () => {
  it.effect("of an attempt is that of the call, unless an option says otherwise, and 30 seconds without both", () =>
    Effect.gen(function*() {
      const took = (call: Partial<Call>) =>
        Effect.gen(function*() {
          const { outcome } = yield* run({ ...get, ...call, options: { retry: false, ...call.options } }, ["stall"])
          return (yield* failsWith(outcome, DataRobotError.isNetworkError)).cause?.message
        })
      const within = (millis: number) => `no complete response within ${millis} ms`
      assert.strictEqual(yield* took({}), within(30_000))
      assert.strictEqual(yield* took({ attemptTimeout: 60_000 }), within(60_000))
      assert.strictEqual(yield* took({ attemptTimeout: 60_000, options: { attemptTimeout: 5 } }), within(5))
      assert.strictEqual(yield* took({ options: { timeout: 7 } }), within(7))
    }))

  it.effect("of a request ends its last attempt, and is not waited for", () =>
    Effect.gen(function*() {
      const late = yield* run({ ...get, options: { timeout: "40 seconds" } }, ["stall"])
      const error = yield* failsWith(late.outcome, DataRobotError.isNetworkError)
      assert.strictEqual(error.attempts, 2)
      const asked = { status: 503, headers: { "retry-after": "30" } }
      assert.strictEqual((yield* run({ ...get, options: { timeout: "30 seconds" } }, [asked])).attempts.length, 1)
      assert.strictEqual((yield* run({ ...get, options: { timeout: "30001 millis" } }, [asked])).attempts.length, 2)
    }))
})

describe("what is told", () => {
  it.effect("of each attempt at debug level is how it ended", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      const tell = (...steps: ReadonlyArray<Step>) =>
        run(get, steps).pipe(
          Effect.provide(layer),
          Logger.withMinimumLogLevel(LogLevel.Debug)
        )
      yield* tell(503, "ECONNRESET", 200)
      yield* tell({ body: "<html>" })
      assert.deepStrictEqual(
        lines.filter(({ level }) => level === "DEBUG").map(({ message }) => message.replace(/\d+ ms$/, "n ms")),
        [
          "Thing.get: GET things/t1/, attempt 1, 503, n ms",
          "Thing.get: GET things/t1/, attempt 2, Transport, n ms",
          "Thing.get: GET things/t1/, attempt 3, 200, n ms",
          "Thing.get: GET things/t1/, attempt 1, not understood, n ms"
        ]
      )
    }))

  it.effect("of a server's other name is told once, and its own name never (S-2)", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      const { layer: http } = script(200)
      yield* Effect.gen(function*() {
        const answer = yield* send(get)
        assert.strictEqual(yield* onOwnBase(answer, "next", { target: 1, foreign: false }), 1)
        assert.deepStrictEqual(lines, [])
        for (const target of [2, 3]) {
          assert.strictEqual(yield* onOwnBase(answer, "next", { target, foreign: true }), target)
        }
        const error = yield* failsWith(onOwnBase(answer, "next", undefined), DataRobotError.isValidationError)
        assert.deepStrictEqual(error.issues, [
          { path: "next", message: "must be a URL of this API that the SDK knows how to read" }
        ])
      }).pipe(Effect.provide(Layer.mergeAll(http, connection(), layer)))
      assert.deepStrictEqual(lines, [{
        level: "WARN",
        message: "DataRobot's answers name another host than the configured endpoint; the endpoint is used"
      }])
    }))

  it.effect("in notes has no token (S-4)", () =>
    Effect.gen(function*() {
      const { outcome } = yield* run({ ...get, note: `It is ${token}.` }, [404])
      const error = yield* failsWith(outcome, DataRobotError.isApiError)
      assert.match(error.message, /It is <redacted>\.$/)
    }))

  it.effect("in the span of an operation is the first request, or a later one that fails", () =>
    Effect.gen(function*() {
      const { layer, spans } = traced()
      const Thing = Schema.Struct({ id: Schema.String })
      const spanOf = (steps: ReadonlyArray<Step>) =>
        Effect.gen(function*() {
          spans.length = 0
          const { layer: http } = script(...steps)
          yield* timeLapse(Effect.either(request({ ...get, response: Thing }))).pipe(
            Effect.provide(Layer.mergeAll(http, connection(), layer))
          )
          const span = spans.find(({ name }) => name === "Thing.get") ?? assert.fail("no span")
          assert.strictEqual(span.kind, "client")
          return Object.fromEntries(span.attributes)
        })
      const told = {
        "http.request.method": "GET",
        "server.address": "dr.example.com",
        "url.path": "/api/v2/things/t1/",
        "http.request.resend_count": 0
      }
      const ok = { body: "{\"id\":\"t1\"}" }
      assert.deepStrictEqual(yield* spanOf([ok]), { ...told, "http.response.status_code": 200 })
      assert.deepStrictEqual(yield* spanOf([503, ok]), {
        ...told,
        "http.request.resend_count": 1,
        "http.response.status_code": 200
      })
      assert.deepStrictEqual(yield* spanOf([404]), {
        ...told,
        "http.response.status_code": 404,
        "error.type": "DataRobotApiError"
      })
      assert.deepStrictEqual(yield* spanOf(["ECONNRESET"]), {
        ...told,
        "http.request.resend_count": 2,
        "error.type": "DataRobotNetworkError"
      })

      const two = (steps: ReadonlyArray<Step>) =>
        Effect.gen(function*() {
          spans.length = 0
          const both = Effect.zipRight(send(get), send({ ...change, path: path`others/o1/` }))
          const { layer: http } = script(...steps)
          yield* Effect.either(operation("Both", both)).pipe(
            Effect.provide(Layer.mergeAll(http, connection(), layer))
          )
          const span = spans.find(({ name }) => name === "Both") ?? assert.fail("no span")
          return [span.attributes.get("http.request.method"), span.attributes.get("url.path")]
        })
      assert.deepStrictEqual(yield* two([200, 200]), ["GET", "/api/v2/things/t1/"])
      assert.deepStrictEqual(yield* two([200, 404]), ["PATCH", "/api/v2/others/o1/"])
    }))
})
