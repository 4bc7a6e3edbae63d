/** The requests of an operation: when one is not sent, how often it is retried, and how its response is read. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Call } from "../../../src/internal/request/operation.js"
import { operation } from "../../../src/internal/request/operation.js"
import type { JobUpdateOptions } from "../../../src/internal/request/options.js"
import { decode, onOwnBase, refuse, send } from "../../../src/internal/request/send.js"
import { connection, failsWith, logged, script, type Step, timeLapse, token } from "../../support.js"
import { change, get, getThing, op, remove, run, Thing } from "./things.js"

describe("a call with a problem", () => {
  it.effect("a call with a problem is not sent, and the error lists the problems of the path, the arguments and the options", () =>
    Effect.gen(function*() {
      const wrong = (name: string) => ({ value: {}, issues: [{ path: name, message: "is odd" }] })
      const { attempts, layer } = script(200)
      const error = yield* failsWith(
        send(op, {
          ...change,
          ids: { id: ".." },
          issues: [{ path: "other", message: "is odd" }],
          query: wrong("q"),
          body: wrong("b"),
          options: { retry: { maxAttempts: 0 } }
        }),
        DataRobotError.isValidationError
      ).pipe(Effect.provide(Layer.merge(layer, connection())))
      assert.deepStrictEqual(error.issues.map((issue) => issue.path), ["id", "other", "q", "b", "retry.maxAttempts"])
      assert.deepInclude(error, { operation: "Thing.get", method: "PATCH", path: "things/{id}/", attempts: 0 })
      assert.strictEqual(attempts.length, 0)
    }))

  for (
    const [name, call] of [
      ["the path", { ...change, ids: { id: ".." } }],
      ["an id that is missing", { ...change, ids: {} }],
      ["the arguments", { ...change, issues: [{ path: "other", message: "is odd" }] }],
      ["the query", { ...change, query: { value: {}, issues: [{ path: "q", message: "is odd" }] } }],
      ["the body", { ...change, body: { value: {}, issues: [{ path: "b", message: "is odd" }] } }],
      ["the options", { ...change, options: { timeout: 0 } }]
    ] satisfies ReadonlyArray<readonly [string, Call]>
  ) {
    it.effect(`a request is not sent because of ${name} alone`, () =>
      Effect.gen(function*() {
        const { attempts, end } = yield* run(call, [200])
        assert.strictEqual(end, "DataRobotValidationError request")
        assert.strictEqual(attempts.length, 0)
      }))
  }
})

describe("retries of a request", () => {
  /** The number of attempts on a server that fails. */
  const attemptsOf = (call: Call, step: Step, options: JobUpdateOptions = {}) =>
    Effect.gen(function*() {
      const { attempts, layer } = script(step)
      yield* timeLapse(Effect.either(send(operation("Thing.get", options), call))).pipe(
        Effect.provide(Layer.merge(layer, connection()))
      )
      return attempts.length
    })

  const create: Call = { route: { ...getThing, method: "POST", path: "things/", repeat: "once" } }
  for (
    const [name, call, options, after500, after429] of [
      ["a read", get, {}, 3, 3],
      ["a read with retry: false", get, { retry: false }, 1, 1],
      ["a delete", remove, {}, 3, 3],
      ["a create", create, {}, 1, 3],
      ["a create that the caller declares idempotent", create, { idempotent: true }, 1, 3],
      ["a change", change, {}, 1, 3],
      ["a change that the caller declares idempotent", change, { idempotent: true }, 3, 3],
      [
        "a change whose call has other options than its operation",
        { ...change, options: {} },
        { idempotent: true },
        1,
        3
      ]
    ] satisfies ReadonlyArray<readonly [string, Call, JobUpdateOptions, number, number]>
  ) {
    it.effect(`${name} is sent ${after500} times on 500 and ${after429} times on 429 (R-1)`, () =>
      Effect.gen(function*() {
        assert.strictEqual(yield* attemptsOf(call, 500, options), after500)
        assert.strictEqual(yield* attemptsOf(call, 429, options), after429)
      }))
  }

  it.effect("the error of a request that may have taken effect has the call's advice", () =>
    Effect.gen(function*() {
      const whenUnknown = "Look at the list."
      const { outcome } = yield* run({ ...change, whenUnknown }, [500])
      assert.match((yield* failsWith(outcome, DataRobotError.isApiError)).message, /Look at the list\.$/)
      const { outcome: read } = yield* run({ ...get, whenUnknown }, [500])
      assert.notInclude((yield* failsWith(read, DataRobotError.isApiError)).message, whenUnknown)
    }))
})

describe("decode", () => {
  const decoded = (body: string) => {
    const { layer } = script({ body })
    return Effect.provide(
      Effect.flatMap(send(op, get), (response) => decode(response, Thing)),
      Layer.merge(layer, connection())
    )
  }

  it.effect("decode returns the item, or an error with all its issues", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* decoded("{\"id\":\"t1\",\"label\":\"x\"}"), { id: "t1", label: "x" })
      const wrong = yield* failsWith(decoded("{\"id\":1}"), DataRobotError.isValidationError)
      assert.deepStrictEqual(wrong.issues.map((issue) => issue.path).sort(), ["id", "label"])
    }))

  it.effect("decode fails if the response has no body", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(decoded(""), DataRobotError.isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "", message: "the body is empty" }])
    }))
})

describe("a delete after a lost attempt", () => {
  it.effect("a 404 of a delete is a success if an earlier attempt may have taken effect", () =>
    Effect.gen(function*() {
      for (const lost of ["ECONNRESET", 500, 503] as const) {
        const { attempts, outcome } = yield* run(remove, [lost, 404])
        const response = yield* outcome
        assert.deepInclude(response, { status: 404, location: undefined, retryAfter: undefined, body: undefined })
        assert.strictEqual(response.context.attempts, 2)
        assert.strictEqual(attempts.length, 2)
      }
    }))

  it.effect("a 404 is a failure if no earlier attempt can have taken effect, or if the request is not a delete", () =>
    Effect.gen(function*() {
      const notFound = "DataRobotApiError NotFound"
      assert.strictEqual((yield* run(remove, [404])).end, notFound)
      for (const never of ["ECONNREFUSED", 429, { status: 503, headers: { "retry-after": "1" } }]) {
        assert.strictEqual((yield* run(remove, [never, 404])).end, notFound)
      }
      assert.strictEqual((yield* run(get, ["ECONNRESET", 404])).end, notFound)
      assert.strictEqual((yield* run(remove, ["ECONNRESET", 403])).end, "DataRobotApiError Forbidden")
    }))

  it.effect("a 404 of a delete is a success even if attempts without effect came in between", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* run(remove, ["ECONNRESET", "ECONNREFUSED", 404])).end, "ok")
    }))
})

describe("time limits", () => {
  it.effect("an attempt takes at most the attemptTimeout of the options, else of the route, else 30 seconds", () =>
    Effect.gen(function*() {
      const limitOf = (attemptTimeout?: number, options?: Call["options"]) =>
        Effect.gen(function*() {
          const route = attemptTimeout === undefined ? getThing : { ...getThing, attemptTimeout }
          const { outcome } = yield* run({ ...get, route, options: { retry: false, ...options } }, ["stall"])
          return (yield* failsWith(outcome, DataRobotError.isNetworkError)).cause?.message
        })
      const within = (millis: number) => `no complete response within ${millis} ms`
      assert.strictEqual(yield* limitOf(), within(30_000))
      assert.strictEqual(yield* limitOf(60_000), within(60_000))
      assert.strictEqual(yield* limitOf(60_000, { attemptTimeout: 5 }), within(5))
      assert.strictEqual(yield* limitOf(undefined, { timeout: 7 }), within(7))
    }))

  it.effect("the timeout of a request ends its last attempt, and no attempt begins at the timeout", () =>
    Effect.gen(function*() {
      const late = yield* run({ ...get, options: { timeout: "40 seconds" } }, ["stall"])
      const error = yield* failsWith(late.outcome, DataRobotError.isNetworkError)
      assert.strictEqual(error.attempts, 2)
      const busy = { status: 503, headers: { "retry-after": "30" } }
      assert.strictEqual((yield* run({ ...get, options: { timeout: "30 seconds" } }, [busy])).attempts.length, 1)
      assert.strictEqual((yield* run({ ...get, options: { timeout: "30001 millis" } }, [busy])).attempts.length, 2)
    }))
})

describe("a response", () => {
  it.effect("a URL with another host is requested at the endpoint's host, with one warning (S-2)", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      const { layer: http } = script(200)
      yield* Effect.gen(function*() {
        const response = yield* send(op, get)
        assert.strictEqual(yield* onOwnBase(response, "next", { target: 1, foreign: false }), 1)
        assert.deepStrictEqual(lines, [])
        for (const target of [2, 3]) {
          assert.strictEqual(yield* onOwnBase(response, "next", { target, foreign: true }), target)
        }
        const error = yield* failsWith(onOwnBase(response, "next", undefined), DataRobotError.isValidationError)
        assert.deepStrictEqual(error.issues, [
          { path: "next", message: "must be a URL of this API that the SDK knows how to read" }
        ])
      }).pipe(Effect.provide(Layer.mergeAll(http, connection(), layer)))
      assert.deepStrictEqual(lines, [{
        level: "WARN",
        message: "DataRobot's responses name another host than the configured endpoint; the endpoint is used"
      }])
    }))

  it.effect("a refused response is a validation error of its request", () =>
    Effect.gen(function*() {
      const { layer } = script(200)
      const refused = Effect.flatMap(send(op, change), (response) => refuse(response, "Location", "is odd"))
      const error = yield* failsWith(refused, DataRobotError.isValidationError).pipe(
        Effect.provide(Layer.merge(layer, connection()))
      )
      assert.deepStrictEqual(error.issues, [{ path: "Location", message: "is odd" }])
      assert.deepInclude(error, { operation: "Thing.get", method: "PATCH", path: "things/t1/", phase: "response" })
      assert.match(error.message, /The request may have taken effect: check before you repeat it\.$/)
    }))

  it.effect("a note never contains the token (S-4)", () =>
    Effect.gen(function*() {
      const { outcome } = yield* run({ ...get, note: `It is ${token}.` }, [404])
      const error = yield* failsWith(outcome, DataRobotError.isApiError)
      assert.match(error.message, /It is <redacted>\.$/)
    }))
})
