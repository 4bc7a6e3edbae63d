/** The pause before the next attempt, and when there is none. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { apiError, networkError, timeoutFailure } from "../../../src/internal/request/errors.js"
import { resolveOptions } from "../../../src/internal/request/options.js"
import { backoff } from "../../../src/internal/request/retry.js"
import { makeRedactor } from "../../../src/wire/redaction.js"

const { limits } = resolveOptions({})
const redactor = makeRedactor("s3cret-token")
const at = (attempts: number) => ({ operation: "Thing.get", method: "GET", path: "things/1/", attempts })

const answered = (status: number, retryAfter?: string, attempts = 1) =>
  apiError(
    at(attempts),
    { idempotent: true },
    { status, headers: { "retry-after-ms": retryAfter }, body: undefined },
    redactor,
    0
  )

const lost = (attempts: number) => networkError(at(attempts), { idempotent: true }, timeoutFailure(1))

/** The pause for this random number. */
const wait = (error: Parameters<typeof backoff>[1], share = 1) =>
  Effect.runSync(Effect.withRandom(backoff(limits, error), Random.fixed([share])))

describe("The pause before the next attempt", () => {
  for (
    const [name, errorAt, longest] of [
      ["a broken connection", lost, [250, 500, 1000, 2000, 4000, 8000, 8000]],
      ["a 500", (n: number) => answered(500, undefined, n), [250, 500, 1000, 2000, 4000, 8000, 8000]],
      ["a 503", (n: number) => answered(503, undefined, n), [250, 500, 1000, 2000, 4000, 8000, 8000]],
      ["a 500 with Retry-After", (n: number) => answered(500, "0", n), [250, 500, 1000, 2000, 4000, 8000, 8000]],
      ["a 503 with Retry-After", (n: number) => answered(503, "0", n), [
        1000,
        2000,
        4000,
        8000,
        16_000,
        20_000,
        20_000
      ]],
      ["a 429", (n: number) => answered(429, undefined, n), [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]]
    ] as const
  ) {
    it(`after ${name} is at most ${longest.join(", ")} ms`, () => {
      assert.deepStrictEqual(longest.map((_, i) => wait(errorAt(i + 1))), [...longest])
    })
  }

  it("is a random part of the maximum, in whole milliseconds", () => {
    assert.deepStrictEqual([0, 0.5, 0.999, 1].map((share) => wait(lost(1), share)), [0, 125, 250, 250])
  })

  it("is at least the Retry-After", () => {
    assert.strictEqual(wait(answered(503, "1500"), 1), 1500)
    assert.strictEqual(wait(answered(503, "700"), 0.5), 700)
    assert.strictEqual(wait(answered(503, "700"), 1), 1000)
  })

  it("is undefined for a Retry-After of more than a minute", () => {
    assert.strictEqual(wait(answered(503, "60000")), 60_000)
    assert.strictEqual(wait(answered(503, "60001")), undefined)
  })
})
