/** What the computer's clock does to an operation: it is set, or the computer was suspended during a wait. */
import { assert, describe, it } from "@effect/vitest"
import { Job } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { vi } from "vitest"
import { connection, endOf, script } from "../support.js"
import { operations, tenMinutes } from "./operations.js"
import { type Answer, run } from "./server.js"

const hour = 3_600_000

describe("Setting the clock changes nothing (R-8)", () => {
  for (const { call, name, requests } of operations) {
    it.effect(`${name} sends the same requests at the same times, and ends in the same way`, () =>
      Effect.gen(function*() {
        for (const line of requests) {
          for (const failure of ["stall", "ECONNREFUSED", { status: 429, headers: { "retry-after": "2" } }]) {
            const course = (wrong: (received: number) => number) =>
              Effect.map(
                run(call(), (sent) => sent === line ? failure : undefined, {}, { wrong }),
                ({ end, received, took }) => [endOf(end), took, received.map(({ at, line }) => [line, at])]
              )
            const expected = yield* course(() => 0)
            assert.deepStrictEqual(yield* course((received) => received * hour), expected)
            assert.deepStrictEqual(yield* course((received) => -received * hour), expected)
          }
        }
      }))
  }
})

describe("The clock of the process may be set during a call (R-8)", () => {
  const wait = { timeout: 150, interval: 10 }

  for (const [title, by] of [["back", -hour], ["forward", hour]] as const) {
    it.live(`a wait takes as long as it should if the time of day is set ${title} by an hour`, () => {
      const { now } = Date
      const { attempts, layer } = script({ body: "{\"status\": \"RUNNING\"}" })
      const began = performance.now()
      const set = Effect.sync(() => vi.spyOn(Date, "now").mockImplementation(() => now() + by))
      const waiting = Effect.zipRight(Effect.delay(set, 30), Effect.never)
      return Effect.race(Effect.either(Job.await("s1", wait)), waiting).pipe(
        Effect.map((end) => {
          assert.strictEqual(endOf(end), "DataRobotJobError Deadline")
          assert.isAtLeast(performance.now() - began, wait.timeout - 1)
          assert.isAtMost(attempts.length, wait.timeout / wait.interval + 2)
        }),
        Effect.ensuring(Effect.sync(() => vi.restoreAllMocks())),
        Effect.provide(Layer.merge(layer, connection()))
      )
    })
  }
})

/** Failures after which an operation waits, and how it ends if there is no time left after the wait. */
const failures: ReadonlyArray<readonly [Answer, end: string]> = [
  ["ECONNREFUSED", "DataRobotNetworkError Connect not-sent"],
  [{ status: 429 }, "DataRobotApiError RateLimited"]
]

describe("Nothing is sent after the deadline, also if a pause was much longer than planned (R-8)", () => {
  for (const { call, name, polls, requests: [first] } of operations) {
    it.effect(`${name} ends with the failure of the attempt before the pause`, () =>
      Effect.gen(function*() {
        for (const [failure, expected] of failures) {
          const { end, received } = yield* run(
            call(tenMinutes),
            (line) => line === first ? failure : undefined,
            {},
            { late: hour }
          )
          assert.deepStrictEqual(received.map(({ line }) => line), [first])
          assert.strictEqual(endOf(end), polls === undefined ? expected : "DataRobotJobError Deadline")
        }
      }))
  }
})
