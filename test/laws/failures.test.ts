/** A failure that a retry cannot change ends each operation at once, with the reason and the server's details. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { endOf } from "../support.js"
import { id, operations, tenMinutes } from "./operations.js"
import { type Answer, run } from "./server.js"

const { isApiError, isJobError } = DataRobotError

const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { "x-request-id": "r1", ...headers },
  body: JSON.stringify(body)
})

const failures: ReadonlyArray<readonly [status: number, reason: string]> = [
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "NotFound"],
  [409, "Conflict"],
  [422, "Unprocessable"]
]

const errors = { a: { 1: { b: "Bad" } } }

describe("A failure status ends an operation without a retry", () => {
  for (const { call, differs = {}, name, polls, requests: [first], returns } of operations) {
    it.effect(`${name} fails with ${failures.map(([status]) => status).join(", ")} and the reason of each`, () =>
      Effect.gen(function*() {
        for (const [status, reason] of failures) {
          const { end, received } = yield* run(call(), () => json(status, { message: "The server's words", errors }))
          const [expected, sent] = differs[status] ?? [`DataRobotApiError ${reason}`, 1]
          assert.deepStrictEqual([status, endOf(end), received.length], [status, expected, sent])
          const error = Either.isLeft(end) ? end.left : undefined
          if (!isApiError(error)) continue
          assert.deepInclude(error, { operation: name, status, attempts: 1, requestId: "r1" })
          assert.strictEqual(`${error.method} ${error.path}`, first.replaceAll(":id", id))
          assert.strictEqual(error.outcome, undefined)
          assert.isFalse(error.retryable)
          assert.notInclude(error.message, "\n")
          assert.include(error.message, "The server's words. a.1.b: Bad.")
          assert.deepStrictEqual(error.errors, errors)
        }
      }))

    it.effect(`${name} fails at once with a 429 if the server asks to wait longer than the remaining time`, () =>
      Effect.gen(function*() {
        // A wait takes up to ten minutes. Any other request accepts a Retry-After of at most one minute.
        const seconds = polls === undefined ? "61" : "601"
        const { end, received } = yield* run(
          call(tenMinutes),
          () => json(429, { message: "Busy" }, { "retry-after": seconds })
        )
        const error = Either.isLeft(end) ? end.left : undefined
        assert.strictEqual(received.length, 1)
        if (polls === undefined) assert.strictEqual(endOf(end), "DataRobotApiError RateLimited")
        else assert.isTrue(isJobError(error) && error.reason === "Deadline", endOf(end))
      }))

    if (returns === "any body") continue
    it.effect(`${name} fails with the issue of a response that is a web page`, () =>
      Effect.gen(function*() {
        const page = { body: "<!doctype html><title>Sign in</title>", headers: { "content-type": "text/html" } }
        const { end, received } = yield* run(call(), () => page)
        assert.deepStrictEqual([endOf(end), received.length], ["DataRobotValidationError response", 1])
      }))
  }
})
