/** Which failures are retried, when, and how often. */
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

/** Runs an operation against a script. Every random number is 0.5. Times count from the start of the operation. */
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

describe("Which failures are retried (R-1)", () => {
  interface Row {
    readonly event: string
    readonly step: Step
    /** The error's reason, or its phase. */
    readonly reason: DataRobotError.Reason | "response"
    /** The number of attempts of an operation that is safe to repeat, and of one that is not. */
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
        it.effect(`${times === 1 ? "does not retry" : "retries"} ${event}`, () =>
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

      it.effect("does not retry a success", () =>
        Effect.gen(function*() {
          const { at, outcome } = yield* run(operation(), [200])
          assert.isTrue(Either.isRight(outcome))
          assert.strictEqual(at.length, 1)
        }))

      it.effect("retries until it succeeds", () =>
        Effect.gen(function*() {
          const { at, outcome } = yield* run(operation(), ["ECONNREFUSED", 429, 200])
          assert.isTrue(Either.isRight(outcome))
          assert.strictEqual(at.length, 3)
        }))

      it.effect("does not retry after an interruption", () =>
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

  it.effect("fails with the last error and the number of all attempts", () =>
    Effect.gen(function*() {
      const { error } = yield* fails(safe(), [500, 500, 404])
      assert.strictEqual(error.attempts, 3)
      assert.propertyVal(error, "reason", "NotFound")
    }))

  it.effect("has an unknown outcome if only the last attempt may have succeeded", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(unsafe(), ["ECONNREFUSED", 500])
      assert.strictEqual(at.length, 2)
      assert.propertyVal(error, "outcome", "unknown")
    }))

  for (
    const [step, answer] of [[500, true], ["ECONNRESET", true], [404, false], ["CERT_HAS_EXPIRED", false]] as const
  ) {
    it.effect(`isRetryable is ${answer} for ${step} in a safe operation`, () =>
      Effect.gen(function*() {
        assert.strictEqual(DataRobotError.isRetryable((yield* fails(safe(), [step])).error), answer)
      }))
  }
  for (const [step, answer] of [[500, false], ["ECONNRESET", false], [429, true], ["ECONNREFUSED", true]] as const) {
    it.effect(`isRetryable is ${answer} for ${step} in an unsafe operation`, () =>
      Effect.gen(function*() {
        assert.strictEqual(DataRobotError.isRetryable((yield* fails(unsafe(), [step])).error), answer)
      }))
  }
})

describe("The pause between attempts (R-2)", () => {
  const gaps = (at: ReadonlyArray<number>) => at.slice(1).map((time, i) => time - (at[i] ?? 0))

  it.effect("is at most 250 ms, doubled each time, up to 8 s", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [500], { retry: { maxAttempts: 8 } })
      assert.deepStrictEqual(gaps(at), [125, 250, 500, 1000, 2000, 4000, 4000])
    }))

  it.effect("is at most 1 s, doubled each time, up to 20 s, if the server throttles", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [429], { retry: { maxAttempts: 8 } })
      assert.deepStrictEqual(gaps(at), [500, 1000, 2000, 4000, 8000, 10000, 10000])
    }))

  it.effect("treats a 503 as throttling only with a Retry-After", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(gaps((yield* run(safe(), [after(0)])).at), [500, 1000])
      assert.deepStrictEqual(gaps((yield* run(safe(), [503])).at), [125, 250])
    }))

  it.effect("can be configured", () =>
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
    it.effect(`uses Effect's Random: ${share} gives ${expected.join(" and ")} ms`, () =>
      Effect.gen(function*() {
        const { attempts, layer } = script(500)
        yield* timeLapse(Effect.either(safe())).pipe(
          Effect.provide(Layer.merge(layer, connection())),
          Effect.withRandom(Random.fixed([share]))
        )
        assert.deepStrictEqual(gaps(attempts.map(({ at }) => at)), [...expected])
      }))
  }

  it.effect("is the same for the same random seed and differs for another", () =>
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

  it.effect("does not exist with retry: false, because nothing is retried", () =>
    Effect.gen(function*() {
      for (const step of ["ECONNREFUSED", 429, 500]) {
        assert.strictEqual((yield* run(safe({ retry: false }), [step])).at.length, 1)
      }
    }))
})

describe("Retry-After (R-3)", () => {
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
    it.effect(`${JSON.stringify(headers)} sets the pause before the next attempt`, () =>
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

  it.effect("is a minimum: a longer pause of the SDK is kept", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [after("0.1", 429), 200])
      assert.deepStrictEqual(at, [0, 500])
    }))

  it.effect("is respected for every retried status", () =>
    Effect.gen(function*() {
      const { at } = yield* run(safe(), [after(7, 502), 200])
      assert.deepStrictEqual(at, [0, 7000])
    }))

  it.effect("as a date is compared with the local clock if the server sends no date", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.parse(date))
      const { at } = yield* run(safe(), [after(inFive, 429), 200])
      assert.deepStrictEqual(at, [0, 5000])
    }))

  it.effect("of more than a minute fails at once, and the error reports it", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(safe(), [after(61, 429)])
      assert.deepStrictEqual(at, [0])
      assert.isTrue(
        isApiError(error) && error.retryAfter !== undefined && Duration.equals(error.retryAfter, "61 seconds")
      )
      assert.isTrue(DataRobotError.isRetryable(error))
    }))

  it.effect("has its limit in maxRetryAfter", () =>
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

  it.effect("beyond the deadline fails at once", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(safe({ timeout: "5 seconds" }), [after(10, 503)])
      assert.deepStrictEqual(at, [0])
      assert.isTrue(isApiError(error) && error.retryAfter !== undefined && Duration.toSeconds(error.retryAfter) === 10)
    }))
})

describe("Timeouts (R-4)", () => {
  /** When the operation ends, in milliseconds. */
  const endOf = (operation: Operation, steps: ReadonlyArray<Step>, options?: Partial<ConnectionOptions>) =>
    Effect.map(run(operation, steps, options), ({ took }) => took)

  it.effect("an attempt has 30 s until the end of its body", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endOf(safe({ retry: false }), ["stall"]), 30_000)
      assert.strictEqual(yield* endOf(safe({ retry: false }), ["body:stall"]), 30_000)
    }))

  it.effect("the next attempt starts after the pause", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* run(safe(), ["stall"])).at, [0, 30_125, 60_375])
    }))

  it.effect("all attempts and pauses together have 120 s", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endOf(safe(), ["stall"], { retry: { maxAttempts: 100 } }), 120_000)
    }))

  it.effect("no pause starts that would end after the deadline", () =>
    Effect.gen(function*() {
      const options = { timeout: "1 second", retry: { maxAttempts: 100, baseDelay: "800 millis" } } as const
      assert.strictEqual(yield* endOf(safe(), [500], options), 400)
    }))

  it.effect("the error reports how long the attempt lasted", () =>
    Effect.gen(function*() {
      const { error } = yield* fails(safe({ attemptTimeout: "2 seconds", retry: false }), ["stall"])
      assert.isTrue(isNetworkError(error) && error.cause?.message === "no complete response within 2000 ms")
    }))

  it.effect("an attempt that times out is interrupted", () =>
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

describe("Precedence of request options", () => {
  const attemptsOf = (
    region: RequestOptions | undefined,
    call: RequestOptions | undefined,
    layer?: Partial<ConnectionOptions>
  ) =>
    Effect.map(
      run(region === undefined ? safe(call) : DataRobot.withOptions(region)(safe(call)), [500], layer),
      ({ at }) => at
    )

  it.effect("call options override region options, which override layer options", () =>
    Effect.gen(function*() {
      const retry = (maxAttempts: number) => ({ retry: { maxAttempts } })
      assert.strictEqual((yield* attemptsOf(undefined, undefined, retry(4))).length, 4)
      assert.strictEqual((yield* attemptsOf(retry(2), undefined, retry(4))).length, 2)
      assert.strictEqual((yield* attemptsOf(retry(2), retry(5), retry(4))).length, 5)
      assert.strictEqual((yield* attemptsOf({ retry: false }, undefined, retry(4))).length, 1)
      assert.strictEqual((yield* attemptsOf({ retry: false }, retry(2), retry(4))).length, 2)
    }))

  it.effect("timeout and attemptTimeout follow the same precedence", () =>
    Effect.gen(function*() {
      const tookWith = (call: RequestOptions, layer: RequestOptions) =>
        Effect.map(run(safe(call), ["stall"], layer), ({ took }) => took)
      assert.strictEqual(yield* tookWith({ timeout: "2 seconds" }, { timeout: "5 seconds" }), 2000)
      assert.strictEqual(yield* tookWith({}, { timeout: "5 seconds" }), 5000)
      const once = { retry: false } as const
      assert.strictEqual(yield* tookWith({ ...once, attemptTimeout: 3000 }, { attemptTimeout: 4000 }), 3000)
      assert.strictEqual(yield* tookWith(once, { attemptTimeout: 4000 }), 4000)
    }))

  it.effect("options are merged key by key, and undefined keeps the outer value", () =>
    Effect.gen(function*() {
      const layer = { retry: { maxAttempts: 2, baseDelay: "4 seconds" } } as const
      assert.deepStrictEqual(yield* attemptsOf({ retry: { maxAttempts: 3 } }, undefined, layer), [0, 2000, 6000])
      assert.deepStrictEqual(yield* attemptsOf({ retry: { maxAttempts: undefined } }, { retry: {} }, layer), [0, 2000])
      assert.deepStrictEqual(yield* attemptsOf({ retry: undefined }, { retry: undefined }, layer), [0, 2000])
    }))

  it.effect("an inner region overrides an outer one", () =>
    Effect.gen(function*() {
      const inner = DataRobot.withOptions({ retry: { maxAttempts: 2 } })(safe())
      const { at } = yield* run(DataRobot.withOptions({ retry: { maxAttempts: 5 } })(inner), [500])
      assert.strictEqual(at.length, 2)
    }))

  it.effect("headers are merged by case-insensitive name", () =>
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

describe("Retries of changes", () => {
  const update = (options?: ModelDeployment.UpdateOptions): Operation =>
    ModelDeployment.update(id, { label: "New" }, options)

  it.effect("an update is not retried after an unknown outcome (R-1)", () =>
    Effect.gen(function*() {
      const { at, error } = yield* fails(update(), [500])
      assert.strictEqual(at.length, 1)
      assert.include(error.message, "The change may have been made: read the deployment before you try again.")
    }))

  it.effect("an update with idempotent: true is retried after an unknown outcome (R-1)", () =>
    Effect.gen(function*() {
      const { attempts, outcome } = yield* run(update({ idempotent: true }), [500, "ECONNRESET", 204, 200])
      assert.isTrue(Either.isRight(outcome))
      assert.deepStrictEqual(attempts.map(({ request }) => request.method), ["PATCH", "PATCH", "PATCH", "GET"])
    }))

  it.effect("the read after an update is retried without repeating the update", () =>
    Effect.gen(function*() {
      const { attempts } = yield* run(update(), [204, 500, "ECONNRESET", 200])
      assert.deepStrictEqual(attempts.map(({ request }) => request.method), ["PATCH", "GET", "GET", "GET"])
    }))

  it.effect("a create is never sent twice after an unknown outcome, and the error advises to search first (R-5)", () =>
    Effect.gen(function*() {
      for (const step of [500, 502, 503, 504, 408, "ECONNRESET", "body:ECONNRESET", "stall"]) {
        const { at, error } = yield* fails(unsafe({ retry: { maxAttempts: 10 } }), [step])
        assert.strictEqual(at.length, 1, String(step))
        assert.propertyVal(error, "outcome", "unknown")
        assert.include(
          error.message,
          "It may have been created: check with ModelDeployment.list({ query: label }) before you create it again."
        )
      }
    }))

  it.effect("a rejected create has no such advice", () =>
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
