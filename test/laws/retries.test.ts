/** How often the first request of each operation is sent, from the table of operations. */
import { assert, describe, it } from "@effect/vitest"
import type { JobUpdateOptions } from "effect-datarobot/Deployment"
import * as Effect from "effect/Effect"
import { endOf } from "../support.js"
import { type Operation, operations } from "./operations.js"
import { type Answer, run } from "./server.js"

/** Lets the first request of a call always fail in this way. Returns how often it was sent, and how the call ended. */
const failing = ({ call, requests: [first] }: Operation, answers: ReadonlyArray<Answer>, options?: JobUpdateOptions) =>
  Effect.map(
    run(call(options), (line, index) => line === first ? answers[Math.min(index, answers.length - 1)] : undefined),
    ({ end, received }) => ({ end: endOf(end), sent: received.filter(({ line }) => line === first).length, received })
  )

/**
 * Failures that leave the outcome unknown, how the call then ends, and whether they show that the server is busy or the
 * connection broke.
 */
const failures: ReadonlyArray<readonly [Answer, end: string, isBusy: boolean]> = [
  ["ECONNRESET", "DataRobotNetworkError Transport unknown", true],
  ["stall", "DataRobotNetworkError Timeout unknown", false],
  [{ status: 408 }, "DataRobotApiError ServerError", false],
  [{ status: 500 }, "DataRobotApiError ServerError", false],
  [{ status: 502 }, "DataRobotApiError ServerError", true],
  [{ status: 503 }, "DataRobotApiError ServerError", true],
  [{ status: 504 }, "DataRobotApiError ServerError", true],
  [{ status: 570 }, "DataRobotApiError ServerError", true]
]

/** How a call ends if its outcome is unknown, and whether it may then be repeated. */
const endAfter = (end: string, mayBeRepeated: boolean) =>
  mayBeRepeated || !end.startsWith("DataRobotApiError") ? end : `${end} unknown`

describe("A request whose outcome is unknown is retried only if it may be repeated (R-1, R-5, R-12)", () => {
  for (const operation of operations) {
    const { name, polls, repeats } = operation
    const all = polls ?? 3
    const always = repeats === "always" || repeats === "as a delete"
    const told = repeats === "unless told"
    const often = told ? "as often as R-12 says" : always ? `${all} times` : "once"

    it.effect(`${name} is sent ${often} if its outcome is unknown`, () =>
      Effect.gen(function*() {
        // A prediction has no time for a second attempt after one of 10 minutes.
        const options = told ? { attemptTimeout: "30 seconds" } as const : {}
        for (const [event, end, isBusy] of failures) {
          const result = yield* failing(operation, [event], options)
          const times = always || (told && isBusy) ? all : 1
          assert.deepStrictEqual([event, result.end, result.sent], [event, endAfter(end, always || told), times])
        }
      }))

    it.effect(`${name} is sent ${polls ?? 3} times if it was certainly not processed`, () =>
      Effect.gen(function*() {
        const refused = yield* failing(operation, ["ECONNREFUSED"])
        assert.deepStrictEqual([refused.end, refused.sent], ["DataRobotNetworkError Connect not-sent", polls ?? 3])
      }))

    it.effect(`${name} succeeds after a refused connection and a 503 with Retry-After`, () =>
      Effect.gen(function*() {
        const busy = { status: 503, headers: { "retry-after": "0" } }
        const first = operation.requests[0]
        let attempts = 0
        const { end } = yield* run(operation.call(), (line) =>
          line === first ? ["ECONNREFUSED", busy][attempts++] : undefined)
        assert.strictEqual(endOf(end), "ok")
        // The first request of a wait may be sent again after the others.
        if (operation.isConcurrent) {
          assert.isAtLeast(attempts, 3)
        } else assert.strictEqual(attempts, 3)
      }))
  }
})

describe("The option idempotent affects only changes and predictions (R-1, R-5, R-12)", () => {
  for (const operation of operations) {
    const { name, repeats } = operation
    if (repeats !== "never" && repeats !== "with idempotent: true") continue
    const times = repeats === "never" ? 1 : 3
    it.effect(`${name} is sent ${times === 1 ? "once" : "three times"} with idempotent: true`, () =>
      Effect.gen(function*() {
        // Attempts of 60 seconds would leave no time for a third one.
        const options = { idempotent: true, attemptTimeout: "30 seconds" } as const
        for (const [event, end] of failures) {
          const result = yield* failing(operation, [event], options)
          assert.deepStrictEqual([event, result.end, result.sent], [event, endAfter(end, times === 3), times])
        }
        assert.strictEqual((yield* failing(operation, ["ECONNREFUSED"], options)).sent, 3)
      }))
  }

  for (const operation of operations.filter(({ repeats }) => repeats === "unless told")) {
    it.effect(`${operation.name} is sent once with idempotent: false, unless it was certainly not processed`, () =>
      Effect.gen(function*() {
        for (const [event, end] of failures) {
          const result = yield* failing(operation, [event], { idempotent: false })
          assert.deepStrictEqual([event, result.end, result.sent], [event, endAfter(end, false), 1])
        }
        const busy = [429, 503, 570].map((status) => ({ status, headers: { "retry-after": "1" } }))
        for (const event of ["ECONNREFUSED", ...busy]) {
          assert.strictEqual((yield* failing(operation, [event], { idempotent: false })).sent, 3)
        }
      }))
  }

  it("is tested with operations of every kind", () => {
    const kinds = new Set(operations.map(({ repeats }) => repeats))
    assert.deepStrictEqual([...kinds].sort(), [
      "always",
      "as a delete",
      "never",
      "unless told",
      "with idempotent: true"
    ])
  })
})

describe("A 404 is a success of a delete after a lost attempt, and otherwise a failure", () => {
  for (const operation of operations.filter(({ requests: [first] }) => first.startsWith("DELETE "))) {
    const gone = { status: 404, body: JSON.stringify({ message: "Not Found" }) }
    it.effect(`${operation.name} succeeds if the attempt before the 404 or 410 was lost`, () =>
      Effect.gen(function*() {
        for (const event of ["ECONNRESET", { status: 500 }, "stall"]) {
          for (const status of [404, 410]) {
            const { end, sent } = yield* failing(operation, [event, { ...gone, status }])
            assert.deepStrictEqual([end, sent], ["ok", 2])
          }
        }
      }))

    it.effect(`${operation.name} fails if no attempt before the 404 may have taken effect`, () =>
      Effect.gen(function*() {
        const notFound = "DataRobotApiError NotFound"
        assert.strictEqual((yield* failing(operation, [gone])).end, notFound)
        assert.strictEqual((yield* failing(operation, ["ECONNREFUSED", gone])).end, notFound)
        assert.strictEqual((yield* failing(operation, [{ status: 429 }, gone])).end, notFound)
      }))
  }

  for (const operation of operations.filter(({ requests: [first] }) => !first.startsWith("DELETE "))) {
    const { differs, name } = operation
    if (differs?.[404] !== undefined) continue
    it.effect(`${name}, which deletes nothing, fails for a 404 after a lost attempt`, () =>
      Effect.gen(function*() {
        const { end } = yield* failing(operation, ["ECONNRESET", { status: 404 }], { idempotent: true })
        assert.strictEqual(
          end,
          operation.repeats === "never" ? "DataRobotNetworkError Transport unknown" : "DataRobotApiError NotFound"
        )
      }))
  }
})
