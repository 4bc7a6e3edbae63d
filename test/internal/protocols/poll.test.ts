/** A wait: when it polls, and how it ends (J-1). */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Job } from "effect-datarobot"
import type { RequestOptions } from "effect-datarobot/DataRobot"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/TestClock"
import {
  begin,
  done,
  ended,
  type Found,
  pending,
  poll,
  type Wait,
  waitIssues,
  waitMillis
} from "../../../src/internal/protocols/poll.js"
import { operation } from "../../../src/internal/request/operation.js"
import type { WaitOptions } from "../../../src/internal/request/options.js"
import { isRecord } from "../../../src/wire/text.js"
import { connection, failsWith, script, type Step, timeLapse, token } from "../../support.js"
import { getThing } from "../request/things.js"

const handle = { kind: "status", id: "s1" } as const

interface Case {
  readonly steps: ReadonlyArray<Step>
  readonly wait?: WaitOptions
  readonly options?: RequestOptions
  /** The value of every random number. */
  readonly chance?: number
  readonly missing?: Wait<string>["missing"]
}

/** The body is the state: `DONE` has finished, `LOST` is lost, and any other state continues. */
const read = (body: unknown, retryAfter: number | undefined): Found<string> => {
  const status = isRecord(body) && typeof body["status"] === "string" ? body["status"] : undefined
  if (status === "DONE") return done("made")
  return status === "LOST" ? ended("Lost", `${status} ${token}`, `gone ${token}`) : pending(status, retryAfter)
}

const run = ({ chance = 0.5, missing, options, steps, wait = {} }: Case) =>
  Effect.gen(function*() {
    const { attempts, layer } = script(...steps)
    const waiting = poll<string>({
      operation: operation("Thing.await", { timeout: "1 minutes" }),
      call: { route: getThing, ids: { id: "t1" }, options: { ...options, retry: false } },
      handle,
      options: wait,
      read: ({ body, retryAfter }) => Effect.succeed(read(body, retryAfter)),
      ...(missing === undefined ? {} : { missing }),
      onDeadline: (status, polls) => `still ${status} after ${polls}`
    })
    const began = yield* Clock.currentTimeMillis
    const [outcome, end] = yield* timeLapse(Effect.zip(Effect.either(waiting), Clock.currentTimeMillis)).pipe(
      Effect.provide(Layer.merge(layer, connection())),
      Effect.withRandom(Random.fixed([chance]))
    )
    return { at: attempts.map(({ at }) => at - began), end: end - began, outcome }
  })

const state = (status: string | undefined, headers: Readonly<Record<string, string>> = {}): Step => ({
  headers,
  body: JSON.stringify({ status })
})
const running = state("RUNNING")
const finished = state("DONE")

const jobError = (outcome: Either.Either<string, DataRobotError.DataRobotError>) => {
  assert.isTrue(Either.isLeft(outcome) && DataRobotError.isJobError(outcome.left))
  // Boundary: the type was just asserted.
  return Either.getOrThrow(Either.flip(outcome)) as DataRobotError.DataRobotJobError
}

describe("the polls of a wait", () => {
  const many = [...Array.from({ length: 9 }, () => running), finished]
  const pauses = (at: ReadonlyArray<number>) => at.slice(1).map((time, i) => time - (at[i] ?? 0))

  for (
    const [chance, expected] of [
      [0.5, [1000, 1500, 2250, 3375, 5063, 7594, 10_000, 10_000, 10_000]],
      [0, [800, 1200, 1800, 2700, 4050, 6075, 8000, 8000, 8000]],
      [1, [1200, 1800, 2700, 4050, 6075, 9113, 12_000, 12_000, 12_000]]
    ] as const
  ) {
    it.effect(`a wait polls at once, then after pauses that grow from 1 s to 10 s, with a random number of ${chance}`, () =>
      Effect.gen(function*() {
        const { at, outcome } = yield* run({ steps: many, chance })
        assert.deepStrictEqual(outcome, Either.right("made"))
        assert.strictEqual(at[0], 0)
        assert.deepStrictEqual(pauses(at), [...expected])
      }))
  }

  it.effect("a wait polls at the caller's interval, which does not grow", () =>
    Effect.gen(function*() {
      const { at } = yield* run({ steps: many, chance: 1, wait: { interval: "3 seconds" } })
      assert.deepStrictEqual(pauses(at), at.slice(1).map(() => 3000))
    }))

  for (
    const [wait, asked, pause] of [
      [{}, "7", 7000],
      [{}, "0", 1000],
      [{ interval: "100 millis" }, "0", 100],
      [{ interval: "5 seconds" }, "0", 5000],
      [{ interval: "5 seconds" }, "2", 5000],
      [{ interval: "5 seconds" }, "7", 7000]
    ] as const
  ) {
    it.effect(`a wait polls after ${pause} ms if Retry-After is ${asked} s and the options are ${JSON.stringify(wait)}`, () =>
      Effect.gen(function*() {
        const { at } = yield* run({ steps: [state("RUNNING", { "retry-after": asked }), finished], wait })
        assert.deepStrictEqual(at, [0, pause])
      }))
  }

  it.effect("no pause is longer than the longest timer of JavaScript, because a longer one never ends", () =>
    Effect.gen(function*() {
      const { attempts, layer } = script(running)
      const waiting = Job.await("s1", { timeout: "60 days", interval: "30 days" })
      yield* Effect.fork(Effect.provide(waiting, Layer.merge(layer, connection())))
      yield* TestClock.adjust(2 ** 31 - 2)
      assert.strictEqual(attempts.length, 1)
      yield* TestClock.adjust(1)
      assert.strictEqual(attempts.length, 2)
    }))

  it.effect("a wait polls after the Retry-After of a retryable failure, or else after its own pause", () =>
    Effect.gen(function*() {
      const busy: Step = { status: 503, headers: { "retry-after": "7" } }
      assert.deepStrictEqual((yield* run({ steps: [busy, 500, finished] })).at, [0, 7000, 8500])
    }))

  it.effect("a wait continues after four retryable failures in a row, and counts from zero after a response", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [500, 500, 500, 500, running, 500, 500, 500, 500, finished] })
      assert.strictEqual(at.length, 10)
      assert.isTrue(Either.isRight(outcome))
      const five = yield* run({ steps: [500] })
      assert.strictEqual(five.at.length, 5)
      assert.isTrue(Either.isLeft(five.outcome) && DataRobotError.isApiError(five.outcome.left))
    }))

  it.effect("a wait passes the number of 404s and the elapsed time to `missing`, and fails on a 404 if there is no `missing`", () =>
    Effect.gen(function*() {
      const calls: Array<readonly [number, number]> = []
      const missing = (times: number, elapsed: number) => {
        calls.push([times, elapsed])
        return pending(undefined)
      }
      yield* run({ steps: [404, running, 404, finished], missing })
      assert.deepStrictEqual(calls, [[1, 0], [2, 2500]])
      const { at, outcome } = yield* run({ steps: [404, finished] })
      assert.strictEqual(at.length, 1)
      assert.isTrue(Either.isLeft(outcome) && DataRobotError.isApiError(outcome.left))
    }))
})

describe("the end of a wait", () => {
  const wait = { timeout: "10 seconds", interval: "4 seconds" } as const

  it.effect("a wait polls one last time at its deadline, and its error has the last state", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [running, running, state(`${token} ${"x".repeat(200)}`)], wait })
      assert.deepStrictEqual(at, [0, 4000, 8000, 10_000])
      const error = jobError(outcome)
      const { status = "" } = error
      assert.match(status, /^<redacted> x+…$/)
      assert.strictEqual(status.length, 100)
      assert.deepInclude(error, { operation: "Thing.await", method: "GET", path: "things/t1/", attempts: 4, handle })
      assert.deepInclude(error, { reason: "Deadline" })
      assert.strictEqual(error.message, `Thing.await failed (GET things/t1/, 4 attempts): still ${status} after 4`)
    }))

  it.effect("a wait succeeds if the last poll finds that the work has finished", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [running, running, running, finished], wait })
      assert.deepStrictEqual(at, [0, 4000, 8000, 10_000])
      assert.deepStrictEqual(outcome, Either.right("made"))
    }))

  it.effect("a wait ends after ten minutes by default", () =>
    Effect.gen(function*() {
      const { at, end } = yield* run({ steps: [running], wait: { interval: "9 minutes" } })
      assert.deepStrictEqual([at, end], [[0, 540_000, 600_000], 600_000])
    }))

  it.effect("a wait fails at once if the server asks to wait beyond the deadline, but not if it asks to wait until then", () =>
    Effect.gen(function*() {
      const more = yield* run({ steps: [state(undefined, { "retry-after": "11" })], wait })
      assert.deepStrictEqual([more.at, more.end], [[0], 0])
      const error = jobError(more.outcome)
      assert.strictEqual(
        error.message,
        "Thing.await failed (GET things/t1/, 1 attempt): still undefined after 1 " +
          "The server asks to wait 11 s, which is longer than the timeout of the wait allows."
      )
      assert.notProperty(error, "status")
      const all = yield* run({ steps: [state("RUNNING", { "retry-after": "10" }), finished], wait })
      assert.deepStrictEqual(all.at, [0, 10_000])
    }))

  it.effect("a wait fails if the work can no longer succeed, and the error does not contain the token", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [state("LOST")] })
      assert.deepStrictEqual(at, [0])
      const { message, reason, status } = jobError(outcome)
      assert.deepStrictEqual([reason, status, message], [
        "Lost",
        "LOST <redacted>",
        "Thing.await failed (GET things/t1/, 1 attempt): gone <redacted>"
      ])
    }))

  for (
    const [name, given, at, end] of [
      ["a second after its deadline by default", {}, [0, 10_000], 11_000],
      ["a second after its deadline if a request may take longer", { timeout: "1 hours" }, [0, 10_000], 11_000],
      ["a second after its deadline if a request may take less than the wait", { timeout: "3 seconds" }, [
        0,
        7000,
        10_000
      ], 11_000],
      ["sooner if a request may take much less", { timeout: "500 millis" }, [0, 4500, 9000, 10_000], 10_500]
    ] as const
  ) {
    it.effect(`a wait without any response ends ${name}`, () =>
      Effect.gen(function*() {
        const took = yield* run({ steps: ["stall"], wait, options: given })
        assert.deepStrictEqual([took.at, took.end], [[...at], end])
      }))
  }
})

describe("a wait with invalid options", () => {
  const message = "must be a positive, finite duration"
  it.effect("a wait with invalid options is rejected before the first poll", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [finished], wait: { timeout: 0, interval: -1 } })
      assert.deepStrictEqual(at, [])
      assert.isTrue(Either.isLeft(outcome) && DataRobotError.isValidationError(outcome.left))
      const { issues } = Either.getOrThrow(Either.flip(outcome)) as DataRobotError.DataRobotValidationError
      assert.deepStrictEqual(issues, [{ path: "timeout", message }, { path: "interval", message }])
    }))

  it.effect("a wait is rejected before the first poll if the timeout of its requests is invalid", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [finished], options: { timeout: 0 } })
      assert.deepStrictEqual(at, [])
      const { issues } = Either.getOrThrow(Either.flip(outcome)) as DataRobotError.DataRobotValidationError
      assert.deepStrictEqual(issues, [{ path: "timeout", message }])
    }))

  it("waitIssues names each invalid option, with a prefix for nested options", () => {
    assert.deepStrictEqual(waitIssues(), [])
    assert.deepStrictEqual(waitIssues({ timeout: 1, interval: 1 }, "wait."), [])
    assert.deepStrictEqual(waitIssues({ timeout: undefined, interval: undefined }), [])
    assert.deepStrictEqual(waitIssues({ timeout: 0, interval: 0 }, "wait."), [
      { path: "wait.timeout", message },
      { path: "wait.interval", message }
    ])
    assert.deepStrictEqual(waitIssues({ interval: Number.NaN }), [{ path: "interval", message }])
  })

  it("waitMillis is the timeout of the options, or ten minutes", () => {
    assert.strictEqual(waitMillis({}), 600_000)
    assert.strictEqual(waitMillis({ timeout: "5 seconds" }), 5000)
  })
})

describe("the steps of a wait", () => {
  it.effect("each step returns its result and the next state", () =>
    Effect.gen(function*() {
      const { attempts, layer } = script(state("A", { "retry-after": "3" }), 500, 404, state("DONE"))
      yield* Effect.gen(function*() {
        const { first, step } = yield* begin<string>({
          operation: operation("Thing.await"),
          call: { route: getThing, ids: { id: "t1" }, options: { retry: false } },
          handle,
          options: {},
          read: ({ body, retryAfter }) => Effect.succeed(read(body, retryAfter)),
          missing: () => pending(undefined),
          onDeadline: () => "late"
        })
        assert.deepStrictEqual(first, {
          polls: 0,
          pause: 0,
          delay: 1000,
          failures: 0,
          missed: 0,
          status: undefined
        })
        const [a, afterA] = yield* step(first)
        assert.deepStrictEqual<unknown>(a, { _tag: "Pending", status: "A", retryAfter: 3000, value: undefined })
        assert.deepStrictEqual(afterA, {
          polls: 1,
          pause: 3000,
          delay: 1500,
          failures: 0,
          missed: 0,
          status: "A"
        })
        const [failed, afterFailed] = yield* timeLapse(step(afterA), "10 seconds")
        assert.deepInclude(failed, { _tag: "Pending", status: "A" })
        assert.deepInclude(afterFailed, { polls: 2, pause: 1500, delay: 2250, failures: 1, missed: 0, status: "A" })
        const [absent, afterAbsent] = yield* timeLapse(step({ ...afterFailed, pause: 0 }), "10 seconds")
        assert.deepInclude(absent, { _tag: "Pending", status: undefined })
        assert.deepInclude(afterAbsent, { polls: 3, missed: 1, status: undefined })
      }).pipe(Effect.provide(Layer.merge(layer, connection())), Effect.withRandom(Random.fixed([0.5])))
      assert.strictEqual(attempts.length, 3)
    }))

  it.effect("a step at the deadline is the last one", () =>
    Effect.gen(function*() {
      const { layer } = script(running)
      const error = yield* Effect.gen(function*() {
        const { first, step } = yield* begin<string>({
          operation: operation("Thing.await"),
          call: { route: getThing, ids: { id: "t1" }, options: { retry: false } },
          handle,
          options: { timeout: "10 seconds" },
          read: ({ body, retryAfter }) => Effect.succeed(read(body, retryAfter)),
          onDeadline: (status, polls) => `still ${status} after ${polls}`
        })
        return yield* timeLapse(
          failsWith(step({ ...first, polls: 4, pause: 10_000 }), DataRobotError.isJobError)
        )
      }).pipe(Effect.provide(Layer.merge(layer, connection())))
      assert.deepInclude(error, { reason: "Deadline", attempts: 5, status: "RUNNING" })
      assert.strictEqual(error.message, "Thing.await failed (GET things/t1/, 5 attempts): still RUNNING after 5")
    }))
})
