/** What the computer's clock does to an operation: it is set, or the computer was suspended during a wait. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { endOf } from "../support.js"
import { operations } from "./operations.js"
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
            call(),
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
