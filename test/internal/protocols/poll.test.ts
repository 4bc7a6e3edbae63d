/** When a wait polls, and how it ends (J-1). */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import type { RequestOptions } from "effect-datarobot/DataRobot"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import {
  beforeWait,
  done,
  ended,
  type Found,
  pending,
  poll,
  type Wait,
  type WaitOptions
} from "../../../src/internal/protocols/poll.js"
import { path } from "../../../src/internal/request/path.js"
import { isRecord } from "../../../src/wire/text.js"
import { connection, script, type Step, timeLapse, token } from "../../support.js"

const handle = { kind: "status", id: "s1" } as const

interface Case {
  readonly steps: ReadonlyArray<Step>
  readonly wait?: WaitOptions
  readonly options?: RequestOptions
  /** The value of every random number. */
  readonly chance?: number
  readonly missing?: Wait<string>["missing"]
}

/** The state of a body: `DONE` is done, `LOST` is lost, anything else is pending. */
const read = (body: unknown, retryAfter: number | undefined): Found<string> => {
  const status = isRecord(body) && typeof body["status"] === "string" ? body["status"] : undefined
  if (status === "DONE") return done("made")
  return status === "LOST" ? ended("Lost", `${status} ${token}`, `gone ${token}`) : pending(status, retryAfter)
}

const run = ({ chance = 0.5, missing, options, steps, wait = {} }: Case) =>
  Effect.gen(function*() {
    const { attempts, layer } = script(...steps)
    const waiting = poll<string>({
      call: {
        operation: "Thing.await",
        method: "GET",
        path: path`things/t1/`,
        idempotent: true,
        options: { ...options, retry: false }
      },
      handle,
      options: wait,
      read: ({ body, retryAfter }) => Effect.succeed(read(body, retryAfter)),
      ...(missing === undefined ? {} : { missing }),
      onDeadline: (status, asked) => `still ${status} after ${asked}`
    })
    const begin = yield* Clock.currentTimeMillis
    const [outcome, end] = yield* timeLapse(Effect.zip(Effect.either(waiting), Clock.currentTimeMillis)).pipe(
      Effect.provide(Layer.merge(layer, connection())),
      Effect.withRandom(Random.fixed([chance]))
    )
    return { at: attempts.map(({ at }) => at - begin), end: end - begin, outcome }
  })

const state = (status: string | undefined, headers: Readonly<Record<string, string>> = {}): Step => ({
  headers,
  body: JSON.stringify({ status })
})
const running = state("RUNNING")
const finished = state("DONE")

const jobError = (outcome: Either.Either<string, DataRobotError.DataRobotError>) => {
  assert.isTrue(Either.isLeft(outcome) && DataRobotError.isJobError(outcome.left))
  // Boundary: the assertion above checks the type.
  return Either.getOrThrow(Either.flip(outcome)) as DataRobotError.DataRobotJobError
}

describe("A wait polls", () => {
  const many = [...Array.from({ length: 9 }, () => running), finished]
  const pauses = (at: ReadonlyArray<number>) => at.slice(1).map((time, i) => time - (at[i] ?? 0))

  for (
    const [chance, expected] of [
      [0.5, [1000, 1500, 2250, 3375, 5063, 7594, 10_000, 10_000, 10_000]],
      [0, [800, 1200, 1800, 2700, 4050, 6075, 8000, 8000, 8000]],
      [1, [1200, 1800, 2700, 4050, 6075, 9113, 12_000, 12_000, 12_000]]
    ] as const
  ) {
    it.effect(`at once, then after pauses that grow from 1 s to 10 s, with the random number ${chance}`, () =>
      Effect.gen(function*() {
        const { at, outcome } = yield* run({ steps: many, chance })
        assert.deepStrictEqual(outcome, Either.right("made"))
        assert.strictEqual(at[0], 0)
        assert.deepStrictEqual(pauses(at), [...expected])
      }))
  }

  it.effect("at the given interval without jitter", () =>
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
    it.effect(`after ${pause} ms for a Retry-After of ${asked} s and the options ${JSON.stringify(wait)}`, () =>
      Effect.gen(function*() {
        const { at } = yield* run({ steps: [state("RUNNING", { "retry-after": asked }), finished], wait })
        assert.deepStrictEqual(at, [0, pause])
      }))
  }

  it.effect("after the Retry-After of a transient failure, or else after its own pause", () =>
    Effect.gen(function*() {
      const busy: Step = { status: 503, headers: { "retry-after": "7" } }
      assert.deepStrictEqual((yield* run({ steps: [busy, 500, finished] })).at, [0, 7000, 8500])
    }))

  it.effect("despite four transient failures in a row, counted again after each response", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [500, 500, 500, 500, running, 500, 500, 500, 500, finished] })
      assert.strictEqual(at.length, 10)
      assert.isTrue(Either.isRight(outcome))
      const five = yield* run({ steps: [500] })
      assert.strictEqual(five.at.length, 5)
      assert.isTrue(Either.isLeft(five.outcome) && DataRobotError.isApiError(five.outcome.left))
    }))

  it.effect("as `missing` decides for a 404, given the number of 404s and the elapsed time", () =>
    Effect.gen(function*() {
      const told: Array<readonly [number, number]> = []
      const missing = (times: number, elapsed: number) => {
        told.push([times, elapsed])
        return pending(undefined)
      }
      yield* run({ steps: [404, running, 404, finished], missing })
      assert.deepStrictEqual(told, [[1, 0], [2, 2500]])
      const { at, outcome } = yield* run({ steps: [404, finished] })
      assert.strictEqual(at.length, 1)
      assert.isTrue(Either.isLeft(outcome) && DataRobotError.isApiError(outcome.left))
    }))
})

describe("A wait ends", () => {
  const wait = { timeout: "10 seconds", interval: "4 seconds" } as const

  it.effect("at its deadline after one last poll, and reports the last status", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [running, running, state(`${token} ${"x".repeat(200)}`)], wait })
      assert.deepStrictEqual(at, [0, 4000, 8000, 10_000])
      const error = jobError(outcome)
      const { status = "" } = error
      assert.match(status, /^<redacted> x+…$/)
      assert.strictEqual(status.length, 100)
      assert.deepInclude(error, { operation: "Thing.await", method: "GET", path: "things/t1/", attempts: 4, handle })
      assert.deepInclude(error, { reason: "Deadline" })
      assert.strictEqual(error.message, `Thing.await failed: still ${status} after 4`)
    }))

  it.effect("successfully if the last poll finds it done", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [running, running, running, finished], wait })
      assert.deepStrictEqual(at, [0, 4000, 8000, 10_000])
      assert.deepStrictEqual(outcome, Either.right("made"))
    }))

  it.effect("after ten minutes by default", () =>
    Effect.gen(function*() {
      const { at, end } = yield* run({ steps: [running], wait: { interval: "9 minutes" } })
      assert.deepStrictEqual([at, end], [[0, 540_000, 600_000], 600_000])
    }))

  it.effect("at once if the Retry-After exceeds the remaining time, but not if it equals it", () =>
    Effect.gen(function*() {
      const more = yield* run({ steps: [state(undefined, { "retry-after": "11" })], wait })
      assert.deepStrictEqual([more.at, more.end], [[0], 0])
      const error = jobError(more.outcome)
      assert.strictEqual(error.message, "Thing.await failed: still undefined after 1")
      assert.notProperty(error, "status")
      const all = yield* run({ steps: [state("RUNNING", { "retry-after": "10" }), finished], wait })
      assert.deepStrictEqual(all.at, [0, 10_000])
    }))

  it.effect("if the state is lost, with a message without the token", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [state("LOST")] })
      assert.deepStrictEqual(at, [0])
      const { message, reason, status } = jobError(outcome)
      assert.deepStrictEqual([reason, status, message], [
        "Lost",
        "LOST <redacted>",
        "Thing.await failed: gone <redacted>"
      ])
    }))

  for (
    const [name, given, at, end] of [
      ["one second after its deadline", {}, [0, 10_000], 11_000],
      [
        "one second after its deadline, even with a longer request timeout,",
        { timeout: "1 hours" },
        [0, 10_000],
        11_000
      ],
      ["one second after its deadline, even with a shorter request timeout,", { timeout: "3 seconds" }, [
        0,
        7000,
        10_000
      ], 11_000],
      ["earlier with a much shorter request timeout", { timeout: "500 millis" }, [0, 4500, 9000, 10_000], 10_500]
    ] as const
  ) {
    it.effect(`${name} if no poll gets a response`, () =>
      Effect.gen(function*() {
        const took = yield* run({ steps: ["stall"], wait, options: given })
        assert.deepStrictEqual([took.at, took.end], [[...at], end])
      }))
  }
})

describe("Invalid wait options", () => {
  const message = "must be a duration that is more than zero and finite"
  it.effect("are rejected before the first poll", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [finished], wait: { timeout: 0, interval: -1 } })
      assert.deepStrictEqual(at, [])
      assert.isTrue(Either.isLeft(outcome) && DataRobotError.isValidationError(outcome.left))
      const { issues } = Either.getOrThrow(Either.flip(outcome)) as DataRobotError.DataRobotValidationError
      assert.deepStrictEqual(issues, [{ path: "timeout", message }, { path: "interval", message }])
    }))

  it.effect("are rejected together with an invalid request timeout", () =>
    Effect.gen(function*() {
      const { at, outcome } = yield* run({ steps: [finished], options: { timeout: 0 } })
      assert.deepStrictEqual(at, [])
      const { issues } = Either.getOrThrow(Either.flip(outcome)) as DataRobotError.DataRobotValidationError
      assert.deepStrictEqual(issues, [{ path: "timeout", message }])
    }))

  it("are added to the issues of the request before the wait", () => {
    const bad = path`things/${".."}/`
    assert.deepStrictEqual(beforeWait(bad), bad)
    assert.deepStrictEqual(beforeWait(bad, { timeout: 1, interval: 1 }), bad)
    assert.deepStrictEqual(beforeWait(bad, { timeout: 0, interval: 0 }), {
      path: bad.path,
      issues: [...bad.issues, { path: "wait.timeout", message }, { path: "wait.interval", message }]
    })
  })
})
