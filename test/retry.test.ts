/** Which failures are repeated, when, and how often. */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import type { ConnectionOptions, RequestOptions } from "effect-datarobot/DataRobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/TestClock"
import { connection, failsWith, id, requests, script, sent, serving, type Step, timeLapse } from "./support.js"

const { isApiError, isDataRobotError, isNetworkError } = DataRobotError

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const safe = (options?: RequestOptions): Operation => ModelDeployment.get(id, options)
const unsafe = (options?: RequestOptions): Operation =>
  ModelDeployment.create({ projectId: "p1", modelId: "m1", label: "Churn" }, options)

const now = Effect.clockWith((clock) => clock.currentTimeMillis)

/** Runs an operation against a script, with the middle of every range of chance. Times count from its beginning. */
const run = (operation: Operation, steps: ReadonlyArray<Step>, options?: Partial<ConnectionOptions>) =>
  Effect.gen(function*() {
    const { attempts, layer } = script(...steps)
    const begin = yield* now
    const [outcome, end] = yield* timeLapse(Effect.zip(Effect.either(operation), now)).pipe(
      Effect.provide(Layer.merge(layer, connection(options))),
      Effect.withRandom(Random.fixed([0.5]))
    )
    return { outcome, attempts, at: attempts.map(({ at }) => at - begin), took: end - begin }
  })

const fails = (operation: Operation, steps: ReadonlyArray<Step>, options?: Partial<ConnectionOptions>) =>
  Effect.gen(function*() {
    const { at, outcome } = yield* run(operation, steps, options)
    return { at, error: yield* failsWith(outcome, isDataRobotError) }
  })

const after = (seconds: string | number, status = 503): Step => ({
  status,
  headers: { "retry-after": String(seconds) }
})

describe("which failures are repeated (R-1)", () => {
  interface Row {
    readonly event: string
    readonly step: Step
    /** The reason of the error, or its phase. */
    readonly reason: DataRobotError.Reason | "response"
    /** The attempts of an operation that is safe to repeat, and of one that is not. */
    readonly attempts: readonly [safe: number, unsafe: number]
    readonly outcome?: readonly [safe: string | undefined, unsafe: string | undefined]
  }

  const rows = (
    steps: ReadonlyArray<Step>,
    reason: Row["reason"],
    attempts: Row["attempts"],
    outcome?: Row["outcome"]
  ): ReadonlyArray<Row> =>
    steps.map((step) => ({
      event: typeof step === "object" ? JSON.stringify(step) : String(step),
      step,
      reason,
      attempts,
      ...(outcome === undefined ? {} : { outcome })
    }))

  const table: ReadonlyArray<Row> = [
    ...rows(
      [
        "ECONNREFUSED",
        "ENOTFOUND",
        "EAI_AGAIN",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "EHOSTDOWN",
        "ENETDOWN",
        "UND_ERR_CONNECT_TIMEOUT"
      ],
      "Connect",
      [3, 3],
      ["not-sent", "not-sent"]
    ),
    ...rows([429, after(0, 429)], "RateLimited", [3, 3], [undefined, undefined]),
    ...rows([after(0)], "ServerError", [3, 3], [undefined, undefined]),
    ...rows([408, 500, 502, 503, 504, after("soon")], "ServerError", [3, 1], [undefined, "unknown"]),
    ...rows(
      ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "HPE_INVALID_CONSTANT", "E_NOBODY_KNOWS", "body:ECONNRESET"],
      "Transport",
      [3, 1],
      ["unknown", "unknown"]
    ),
    ...rows(["ETIMEDOUT", "UND_ERR_HEADERS_TIMEOUT", "body:UND_ERR_BODY_TIMEOUT", "stall", "body:stall"], "Timeout", [
      3,
      1
    ], [
      "unknown",
      "unknown"
    ]),
    ...rows([400, 402, 405, 406, 410, 413, 451], "Unexpected", [1, 1], [undefined, undefined]),
    ...rows([301, 302, 303, 304, 307, 308], "Unexpected", [1, 1], [undefined, undefined]),
    ...rows([401], "Unauthorized", [1, 1]),
    ...rows([403], "Forbidden", [1, 1]),
    ...rows([404], "NotFound", [1, 1]),
    ...rows([409], "Conflict", [1, 1]),
    ...rows([422], "Unprocessable", [1, 1]),
    ...rows([501, 505, 511], "ServerError", [1, 1], [undefined, undefined]),
    ...rows(
      ["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"],
      "Connect",
      [1, 1],
      ["not-sent", "not-sent"]
    ),
    ...rows([{ body: "{\"id\":" }, { body: "<html>" }, { body: "null" }, { body: "" }], "response", [1, 1])
  ]

  for (const [index, [trait, operation]] of ([["safe", safe], ["unsafe", unsafe]] as const).entries()) {
    describe(`an operation that is ${trait} to repeat`, () => {
      for (const { attempts, event, outcome, reason, step } of table) {
        const times = attempts[index]
        it.effect(`${event}: ${times === 1 ? "never" : "retried"}`, () =>
          Effect.gen(function*() {
            const { at, error } = yield* fails(operation(), [step])
            assert.strictEqual(at.length, times)
            assert.strictEqual(error.attempts, times)
            assert.strictEqual(error._tag === "DataRobotValidationError" ? error.phase : error.reason, reason)
            if (outcome !== undefined) {
              assert.strictEqual("outcome" in error ? error.outcome : undefined, outcome[index])
            }
          }))
      }

      it.effect("is not repeated after a success", () =>
        Effect.gen(function*() {
          const { at, outcome } = yield* run(operation(), [200])
          assert.isTrue(Either.isRight(outcome))
          assert.strictEqual(at.length, 1)
        }))

      it.effect("is repeated until it succeeds", () =>
        Effect.gen(function*() {
          const { at, outcome } = yield* run(operation(), ["ECONNREFUSED", 429, 200])
          assert.isTrue(Either.isRight(outcome))
          assert.strictEqual(at.length, 3)
        }))

      it.effect("is not repeated after an interruption", () =>
        Effect.gen(function*() {
          const { attempts, layer } = script("stall")
          const fiber = yield* Effect.fork(Effect.provide(operation(), Layer.merge(layer, connection())))
          yield* TestClock.adjust("1 seconds")
          yield* Fiber.interrupt(fiber)
          yield* TestClock.adjust("10 minutes")
          assert.strictEqual(attempts.length, 1)
        }))
    })
  }

  it.effect("a failure after the repeated ones is the one that is told, with all attempts", () =>
    Effect.gen(function*() {
      const { error } = yield* fails(safe(), [500, 500, 404])
      assert.strictEqual(error.attempts, 3)
      assert.propertyVal(error, "reason", "NotFound")
    }))

  it.effect("an attempt that never came through does not count as one that may have", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(unsafe(), ["ECONNREFUSED", 500])
      assert.strictEqual(at.length, 2)
      assert.propertyVal(error, "outcome", "unknown")
    }))

  for (
    const [step, answer] of [[500, true], ["ECONNRESET", true], [404, false], ["CERT_HAS_EXPIRED", false]] as const
  ) {
    it.effect(`isRetryable is ${answer} for ${step} of a safe operation`, () =>
      Effect.gen(function*() {
        assert.strictEqual(DataRobotError.isRetryable((yield* fails(safe(), [step])).error), answer)
      }))
  }
  for (const [step, answer] of [[500, false], ["ECONNRESET", false], [429, true], ["ECONNREFUSED", true]] as const) {
    it.effect(`isRetryable is ${answer} for ${step} of an unsafe operation`, () =>
      Effect.gen(function*() {
        assert.strictEqual(DataRobotError.isRetryable((yield* fails(unsafe(), [step])).error), answer)
      }))
  }
})

describe("how long it waits (R-2)", () => {
  const gaps = (at: ReadonlyArray<number>) => at.slice(1).map((time, i) => time - (at[i] ?? 0))

  it.effect("anything up to 250 ms, doubled each time, up to 8 s", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [500], { retry: { maxAttempts: 8 } })
      assert.deepStrictEqual(gaps(at), [125, 250, 500, 1000, 2000, 4000, 4000])
    }))

  it.effect("anything up to 1 s, doubled each time, up to 20 s, when it is throttled", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [429], { retry: { maxAttempts: 8 } })
      assert.deepStrictEqual(gaps(at), [500, 1000, 2000, 4000, 8000, 10000, 10000])
    }))

  it.effect("a 503 with Retry-After is throttled, one without is not", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(gaps((yield* run(safe(), [after(0)])).at), [500, 1000])
      assert.deepStrictEqual(gaps((yield* run(safe(), [503])).at), [125, 250])
    }))

  it.effect("all of it can be set", () =>
    Effect.gen(function*() {
      const retry = {
        maxAttempts: 4,
        baseDelay: "1 second",
        maxDelay: "3 seconds",
        throttledBaseDelay: "10 seconds",
        throttledMaxDelay: "15 seconds"
      } as const
      assert.deepStrictEqual(gaps((yield* run(safe(), [500], { retry })).at), [500, 1000, 1500])
      assert.deepStrictEqual(gaps((yield* run(safe(), [429], { retry })).at), [5000, 7500, 7500])
    }))

  for (const [share, expected] of [[0, [0, 0]], [1, [250, 500]]] as const) {
    it.effect(`chance is Effect's Random: ${share} gives ${expected.join(" and ")} ms`, () =>
      Effect.gen(function*() {
        const { attempts, layer } = script(500)
        yield* timeLapse(Effect.either(safe())).pipe(
          Effect.provide(Layer.merge(layer, connection())),
          Effect.withRandom(Random.fixed([share]))
        )
        assert.deepStrictEqual(gaps(attempts.map(({ at }) => at)), [...expected])
      }))
  }

  it.effect("the same seed gives the same waits, another seed gives others", () =>
    Effect.gen(function*() {
      const waits = (seed: string) => {
        const { attempts, layer } = script(500)
        return timeLapse(Effect.either(safe())).pipe(
          Effect.provide(Layer.merge(layer, connection())),
          Effect.withRandom(Random.make(seed)),
          Effect.map(() => gaps(attempts.map(({ at }) => at)))
        )
      }
      const first = yield* waits("a")
      assert.deepStrictEqual(yield* waits("a"), first)
      assert.notDeepEqual(yield* waits("b"), first)
    }))

  it.effect("retry: false switches it off", () =>
    Effect.gen(function*() {
      for (const step of ["ECONNREFUSED", 429, 500]) {
        assert.strictEqual((yield* run(safe({ retry: false }), [step])).at.length, 1)
      }
    }))
})

describe("what Retry-After does (R-3)", () => {
  const date = "Tue, 01 May 2018 10:00:00 GMT"
  const inFive = "Tue, 01 May 2018 10:00:05 GMT"
  for (
    const [headers, wait] of [
      [{ "retry-after-ms": "1500" }, 1500],
      [{ "retry-after": "2" }, 2000],
      [{ "retry-after": "0.75" }, 750],
      [{ "retry-after": inFive, date }, 5000],
      [{ "retry-after-ms": "700", "retry-after": "30" }, 700],
      [{ "retry-after-ms": "soon", "retry-after": "3" }, 3000],
      [{ "retry-after": "60" }, 60_000]
    ] as const
  ) {
    it.effect(`${JSON.stringify(headers)} is waited for`, () =>
      Effect.gen(function*() {
        const { at, outcome } = yield* run(safe(), [{ status: 429, headers }, 200])
        assert.isTrue(Either.isRight(outcome))
        assert.deepStrictEqual(at, [0, wait])
      }))
  }

  for (
    const value of ["soon", "-5", "1e3", "", "Tue, 1 May 2018 10:00:05 GMT", "2018-05-01T10:00:05Z", inFive.slice(5)]
  ) {
    it.effect(`${JSON.stringify(value)} is ignored`, () =>
      Effect.gen(function*() {
        const { at } = yield* run(safe(), [after(value, 429), 200])
        assert.deepStrictEqual(at, [0, 500])
      }))
  }

  it.effect("is a least wait, not a most", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [after("0.1", 429), 200])
      assert.deepStrictEqual(at, [0, 500])
    }))

  it.effect("is listened to with every status that is repeated", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [after(7, 502), 200])
      assert.deepStrictEqual(at, [0, 7000])
    }))

  it.effect("a date without the server's own clock is measured by ours", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.parse(date))
      const { at } = yield* run(safe(), [after(inFive, 429), 200])
      assert.deepStrictEqual(at, [0, 5000])
    }))

  it.effect("a wait of more than a minute fails at once, and says how long it is", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(safe(), [after(61, 429)])
      assert.deepStrictEqual(at, [0])
      assert.isTrue(
        isApiError(error) && error.retryAfter !== undefined && Duration.equals(error.retryAfter, "61 seconds")
      )
      assert.isTrue(DataRobotError.isRetryable(error))
    }))

  it.effect("maxRetryAfter moves that bound", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        (yield* run(safe(), [after(61, 429), 200], { retry: { maxRetryAfter: "61 seconds" } })).at,
        [
          0,
          61_000
        ]
      )
      assert.deepStrictEqual((yield* run(safe(), [after(2, 429)], { retry: { maxRetryAfter: "1 second" } })).at, [0])
    }))

  it.effect("a wait past the deadline fails at once", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(safe({ timeout: "5 seconds" }), [after(10, 503)])
      assert.deepStrictEqual(at, [0])
      assert.isTrue(isApiError(error) && error.retryAfter !== undefined && Duration.toSeconds(error.retryAfter) === 10)
    }))
})

describe("how long it may take (R-4)", () => {
  /** When the operation ends, in milliseconds. */
  const endOf = (operation: Operation, steps: ReadonlyArray<Step>, options?: Partial<ConnectionOptions>) =>
    Effect.map(run(operation, steps, options), ({ took }) => took)

  it.effect("an attempt has 30 s to the end of its body", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endOf(safe({ retry: false }), ["stall"]), 30_000)
      assert.strictEqual(yield* endOf(safe({ retry: false }), ["body:stall"]), 30_000)
    }))

  it.effect("a create has 60 s", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endOf(unsafe(), ["stall"]), 60_000)
    }))

  it.effect("the next attempt begins after the wait", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* run(safe(), ["stall"])).at, [0, 30_125, 60_375])
    }))

  it.effect("all attempts and waits have 120 s", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endOf(safe(), ["stall"], { retry: { maxAttempts: 100 } }), 120_000)
    }))

  it.effect("no wait begins that would end after the deadline", () =>
    Effect.gen(function*() {
      const options = { timeout: "1 second", retry: { maxAttempts: 100, baseDelay: "800 millis" } } as const
      assert.strictEqual(yield* endOf(safe(), [500], options), 400)
    }))

  it.effect("both can be set", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endOf(safe({ attemptTimeout: "2 seconds", retry: false }), ["stall"]), 2_000)
      assert.strictEqual(yield* endOf(unsafe({ attemptTimeout: "2 seconds" }), ["stall"]), 2_000)
      assert.strictEqual(yield* endOf(safe({ timeout: "3 seconds" }), ["stall"]), 3_000)
    }))

  it.effect("the error says how long it was waited for", () =>
    Effect.gen(function*() {
      const { error } = yield* fails(safe({ attemptTimeout: "2 seconds", retry: false }), ["stall"])
      assert.isTrue(isNetworkError(error) && error.cause?.message === "no complete response within 2000 ms")
    }))

  it.effect("an attempt that is given up is interrupted", () =>
    Effect.gen(function*() {
      let interrupted = 0
      const stall = Effect.onInterrupt(Effect.never, () =>
        Effect.sync(() => {
          interrupted++
        }))
      yield* timeLapse(Effect.either(safe())).pipe(
        Effect.provide(serving({ "GET modelDeployments/:id/": () => stall }))
      )
      assert.strictEqual(interrupted, 3)
    }))
})

describe("whose options count", () => {
  const attemptsOf = (
    region: RequestOptions | undefined,
    call: RequestOptions | undefined,
    layer?: Partial<ConnectionOptions>
  ) =>
    Effect.map(
      run(region === undefined ? safe(call) : DataRobot.withOptions(region)(safe(call)), [500], layer),
      ({ at }) => at
    )

  it.effect("those of a call win over those of a region, and those over the layer's", () =>
    Effect.gen(function*() {
      const retry = (maxAttempts: number) => ({ retry: { maxAttempts } })
      assert.strictEqual((yield* attemptsOf(undefined, undefined, retry(4))).length, 4)
      assert.strictEqual((yield* attemptsOf(retry(2), undefined, retry(4))).length, 2)
      assert.strictEqual((yield* attemptsOf(retry(2), retry(5), retry(4))).length, 5)
      assert.strictEqual((yield* attemptsOf({ retry: false }, undefined, retry(4))).length, 1)
      assert.strictEqual((yield* attemptsOf({ retry: false }, retry(2), retry(4))).length, 2)
    }))

  it.effect("the times too", () =>
    Effect.gen(function*() {
      const tookWith = (call: RequestOptions, layer: RequestOptions) =>
        Effect.map(run(safe(call), ["stall"], layer), ({ took }) => took)
      assert.strictEqual(yield* tookWith({ timeout: "2 seconds" }, { timeout: "5 seconds" }), 2000)
      assert.strictEqual(yield* tookWith({}, { timeout: "5 seconds" }), 5000)
      const once = { retry: false } as const
      assert.strictEqual(yield* tookWith({ ...once, attemptTimeout: 3000 }, { attemptTimeout: 4000 }), 3000)
      assert.strictEqual(yield* tookWith(once, { attemptTimeout: 4000 }), 4000)
    }))

  it.effect("they are merged key by key, and undefined says nothing", () =>
    Effect.gen(function*() {
      const layer = { retry: { maxAttempts: 2, baseDelay: "4 seconds" } } as const
      assert.deepStrictEqual(yield* attemptsOf({ retry: { maxAttempts: 3 } }, undefined, layer), [0, 2000, 6000])
      assert.deepStrictEqual(yield* attemptsOf({ retry: { maxAttempts: undefined } }, { retry: {} }, layer), [0, 2000])
      assert.deepStrictEqual(yield* attemptsOf({ retry: undefined }, { retry: undefined }, layer), [0, 2000])
    }))

  it.effect("an inner region wins over an outer one", () =>
    Effect.gen(function*() {
      const inner = DataRobot.withOptions({ retry: { maxAttempts: 2 } })(safe())
      const { at } = yield* run(DataRobot.withOptions({ retry: { maxAttempts: 5 } })(inner), [500])
      assert.strictEqual(at.length, 2)
    }))

  it.effect("headers are merged by name, whatever their case", () =>
    Effect.gen(function*() {
      const { attempts, layer } = script(200)
      yield* ModelDeployment.get(id, { headers: { "x-b": "call" } }).pipe(
        DataRobot.withOptions({ headers: { "X-A": "region", "X-B": "region" } }),
        Effect.provide(Layer.merge(layer, connection({ headers: { "x-a": "layer", "x-c": "layer" } })))
      )
      const { headers } = attempts[0]?.request ?? {}
      assert.deepInclude(headers, { "x-a": "region", "x-b": "call", "x-c": "layer" })
    }))
})

describe("changes", () => {
  const update = (options?: ModelDeployment.UpdateOptions): Operation =>
    ModelDeployment.update(id, { label: "New" }, options)

  it.effect("an update is not repeated after an unknown outcome (R-1)", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(update(), [500])
      assert.strictEqual(at.length, 1)
      assert.include(error.message, "It may have been changed all the same: read the deployment before you repeat it.")
    }))

  it.effect("an update that the caller declares repeatable is (R-1)", () =>
    Effect.gen(function*() {
      const { attempts, outcome } = yield* run(update({ idempotent: true }), [500, "ECONNRESET", 204, 200])
      assert.isTrue(Either.isRight(outcome))
      assert.deepStrictEqual(attempts.map(({ request }) => request.method), ["PATCH", "PATCH", "PATCH", "GET"])
    }))

  it.effect("so are activate, deactivate and archive", () =>
    Effect.gen(function*() {
      for (const change of [ModelDeployment.activate, ModelDeployment.deactivate, ModelDeployment.archive]) {
        assert.strictEqual((yield* run(change(id, { idempotent: true }), [500])).at.length, 3)
        assert.strictEqual((yield* run(change(id), [500])).at.length, 1)
      }
    }))

  it.effect("the read after an update is repeated, the update is not", () =>
    Effect.gen(function*() {
      const { attempts } = yield* run(update(), [204, 500, "ECONNRESET", 200])
      assert.deepStrictEqual(attempts.map(({ request }) => request.method), ["PATCH", "GET", "GET", "GET"])
    }))

  it.effect("a create is never sent twice after an unknown outcome, and says how to look (R-5)", () =>
    Effect.gen(function*() {
      for (const step of [500, 502, 503, 504, 408, "ECONNRESET", "body:ECONNRESET", "stall"]) {
        const { at, error } = yield* fails(unsafe({ retry: { maxAttempts: 10 } }), [step])
        assert.strictEqual(at.length, 1, String(step))
        assert.propertyVal(error, "outcome", "unknown")
        assert.include(
          error.message,
          "It may have been created: look with ModelDeployment.list({ query: label }) before you create it again."
        )
      }
    }))

  it.effect("a create that was refused says nothing of the kind", () =>
    Effect.gen(function*() {
      for (const step of [422, 429, "ECONNREFUSED"]) {
        assert.notInclude((yield* fails(unsafe(), [step])).error.message, "may have been created")
      }
    }))

  it.effect("each request of an operation has its own attempts", () =>
    Effect.gen(function*() {
      const down = MockHttpClient.json({ message: "down" }, { status: 503, headers: { "retry-after": "1" } })
      const created = MockHttpClient.empty({ status: 201, headers: { location: `/api/v2/modelDeployments/${id}/` } })
      yield* timeLapse(Effect.either(unsafe())).pipe(
        Effect.andThen(requests),
        Effect.tap((all) => {
          assert.strictEqual(all.length, 6)
        }),
        Effect.zipRight(sent),
        Effect.provide(serving({
          "POST modelDeployments/": [down, down, created],
          "GET modelDeployments/:id/": [down, down, down]
        }))
      )
    }))
})
