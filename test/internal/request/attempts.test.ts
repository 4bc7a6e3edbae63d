/** The attempts of a request, with invented ends of each attempt. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type { Failed } from "../../../src/internal/request/attempt.js"
import { type Attempting, makeAttempts } from "../../../src/internal/request/attempts.js"
import { networkError, type RequestContext } from "../../../src/internal/request/errors.js"
import type { NetworkFailure } from "../../../src/internal/request/networkFailure.js"
import type { Call } from "../../../src/internal/request/operation.js"
import { prepare } from "../../../src/internal/request/preparedRequest.js"
import { predict } from "../../../src/wire/routes/predictions.js"
import { connection, drawing, logged, script, timeLapse } from "../../support.js"
import { change, get, op, remove } from "./things.js"

/** How an attempt ends: with a success, or with a failure. */
type End = "ok" | "deprecated" | NetworkFailure["reason"] | number

const { layer } = script(200)

interface Made {
  readonly result: Either.Either<{ readonly context: RequestContext }, Failed["error"]>
  /** The time that each attempt was allowed, in milliseconds. */
  readonly allowed: ReadonlyArray<number>
  /** The time that was left after each attempt. */
  readonly left: ReadonlyArray<number>
}

const failureOf = (context: RequestContext, end: Exclude<End, "ok" | "deprecated">): Failed => {
  const failure: NetworkFailure = {
    reason: typeof end === "number" ? "Transport" : end,
    outcome: end === "Connect" ? "not-sent" : "unknown",
    permanent: end === "BodyTooLarge",
    cause: { name: "Error", message: "invented" }
  }
  const error = networkError(context, { idempotent: true }, failure)
  return typeof end === "number"
    ? { error, outcome: { _tag: "Response", status: end, retryAfter: undefined } }
    : { error, outcome: { ...failure, _tag: "NoResponse" } }
}

/** Makes attempts that end like this, one after the other. */
const attempted = (call: Call, ends: ReadonlyArray<End>): Effect.Effect<Made> => {
  const allowed: Array<number> = []
  const left: Array<number> = []
  const attempting: Attempting<
    { readonly late: number; readonly end: End },
    { readonly status: number; readonly isDeprecated: boolean; context: RequestContext }
  > = {
    attempt: (millis) => Effect.sync(() => ({ late: millis, end: ends[allowed.push(millis) - 1] ?? "ok" })),
    interpret: ({ end }, interpreting) => {
      left.push(interpreting.left)
      const { context } = interpreting
      return end === "ok" || end === "deprecated"
        ? Either.right({ status: 200, isDeprecated: end === "deprecated", context })
        : Either.left(failureOf(context, end))
    },
    gone: (context) => ({ status: 404, isDeprecated: false, context })
  }
  return Effect.withFiberRuntime<Made>((fiber) => {
    const prepared = prepare(fiber, op, call)
    if (prepared instanceof Error) throw prepared
    return Effect.map(Effect.either(makeAttempts(fiber, prepared, attempting)), (result) => ({ result, allowed, left }))
  }).pipe(timeLapse, drawing([1]), Effect.provide([layer, connection()]))
}

const attemptsOf = ({ result }: Made) =>
  Either.isRight(result) ? ["ok", result.right.context.attempts] : ["failed", result.left.attempts]

describe("The attempts of a request", () => {
  const prediction: Call = { route: predict, ids: { id: "d1" } }
  const table: ReadonlyArray<readonly [name: string, Call, ReadonlyArray<End>, result: string, attempts: number]> = [
    ["a read that succeeds", get, ["ok"], "ok", 1],
    ["a read that succeeds at last", get, [500, "Transport", "ok"], "ok", 3],
    ["a read that always fails", get, [500, "Transport", "Timeout"], "failed", 3],
    ["a read that is rejected", get, [404], "failed", 1],
    ["a change that may have been made", change, ["Transport"], "failed", 1],
    ["a change that was not sent", change, ["Connect", "ok"], "ok", 2],
    ["a delete that an earlier attempt made", remove, ["Transport", 404], "ok", 2],
    ["a delete of what does not exist", remove, [404], "failed", 1],
    ["a delete that was not sent before", remove, ["Connect", 404], "failed", 2],
    ["a delete that is lost before an attempt that is not sent", remove, ["Timeout", "Connect", 404], "ok", 3],
    ["a prediction whose server is busy", prediction, [570, 503, "ok"], "ok", 3],
    ["a prediction that breaks off", prediction, ["Transport", "ok"], "ok", 2],
    ["a prediction that times out", prediction, ["Timeout"], "failed", 1],
    ["a prediction that the model fails", prediction, [500], "failed", 1]
  ]
  for (const [name, call, ends, result, attempts] of table) {
    it.effect(`of ${name} are ${attempts}`, () =>
      Effect.gen(function*() {
        const made = yield* attempted(call, ends)
        assert.deepStrictEqual(attemptsOf(made), [result, attempts])
        assert.strictEqual(made.allowed.length, attempts)
      }))
  }

  it.effect("have the time of an attempt, but never more than is left, and pauses that double", () =>
    Effect.gen(function*() {
      const { allowed, left } = yield* attempted({ ...get, options: { timeout: 30_100 } }, [500, 500, 500])
      assert.deepStrictEqual(allowed, [30_000, 29_850, 29_350])
      assert.deepStrictEqual(left, [30_100, 29_850, 29_350])
    }))

  it.effect("warn once per connection if the server says that the route is deprecated", () =>
    Effect.gen(function*() {
      const { layer: logging, lines } = logged()
      yield* attempted(get, ["deprecated"]).pipe(Effect.provide(logging))
      assert.deepStrictEqual(lines.map(({ level, message }) => `${level} ${message}`), [
        "WARN Thing.get: DataRobot says that this route is deprecated"
      ])
    }))
})
