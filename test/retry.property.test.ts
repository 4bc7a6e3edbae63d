/** Attempts are sent exactly when say, for any sequence of responses and any limits. */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobot, type DataRobotError, Job, ModelDeployment } from "effect-datarobot"
import type { RequestOptions } from "effect-datarobot/DataRobot"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import { runs } from "./effort.js"
import { course, type Event, type Limits, type Repeatable } from "./retryModel.js"
import { connection, drawing, id, script, type Step, timeLapse } from "./support.js"

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const operations: Readonly<Record<string, readonly [Repeatable, (options: RequestOptions) => Operation]>> = {
  "a read": ["safe", (options) => ModelDeployment.get(id, options)],
  "a create": [
    "unsafe",
    (options) => ModelDeployment.create({ projectId: "p1", modelId: "m1", label: "Churn" }, options)
  ],
  "a change": ["unsafe", (options) => ModelDeployment.update(id, { label: "New" }, options)],
  "a change with idempotent: true": [
    "safe",
    (options) => ModelDeployment.update(id, { label: "New" }, { ...options, idempotent: true })
  ],
  "a delete": ["delete", (options) => Job.cancel("abc", options)]
}

interface Happening {
  readonly event: Event
  readonly step: Step
}

const millis = FastCheck.integer({ min: 0, max: 90_000 })
const header = (retryAfter: number) => ({ "retry-after-ms": String(retryAfter) })

const happening = FastCheck.oneof(
  FastCheck.constant<Happening>({ event: { kind: "done" }, step: 200 }),
  FastCheck.constantFrom<Step>(400, 401, 409, 422, 302, "CERT_HAS_EXPIRED").map((step): Happening => ({
    event: { kind: "refused" },
    step
  })),
  FastCheck.constant<Happening>({ event: { kind: "gone" }, step: 404 }),
  { weight: 3, arbitrary: FastCheck.constant<Happening>({ event: { kind: "throttled" }, step: 429 }) },
  {
    weight: 4,
    arbitrary: FastCheck.tuple(FastCheck.constantFrom(429, 503), millis).map(([status, retryAfter]): Happening => ({
      event: { kind: "throttled", retryAfter },
      step: { status, headers: header(retryAfter) }
    }))
  },
  {
    weight: 3,
    arbitrary: FastCheck.constantFrom<Step>("ECONNREFUSED", "EAI_AGAIN").map((step): Happening => ({
      event: { kind: "notSent" },
      step
    }))
  },
  {
    weight: 3,
    arbitrary: FastCheck.constantFrom<Step>("ECONNRESET", "body:ECONNRESET", "UND_ERR_SOCKET").map((
      step
    ): Happening => ({ event: { kind: "lost" }, step }))
  },
  {
    weight: 4,
    arbitrary: FastCheck.constantFrom(408, 500, 502, 503, 504).map((step): Happening => ({
      event: { kind: "failed" },
      step
    }))
  },
  {
    weight: 2,
    arbitrary: FastCheck.tuple(FastCheck.constantFrom(500, 504), millis).map(([status, retryAfter]): Happening => ({
      event: { kind: "failed", retryAfter },
      step: { status, headers: header(retryAfter) }
    }))
  },
  {
    weight: 2,
    arbitrary: FastCheck.constantFrom<Step>("stall", "body:stall").map((step): Happening => ({
      event: { kind: "stall" },
      step
    }))
  }
)

const between = (min: number, max: number) => FastCheck.integer({ min, max })

const limits: FastCheck.Arbitrary<Limits> = FastCheck.record({
  maxAttempts: between(1, 6),
  baseDelay: between(1, 5_000),
  maxDelay: between(1, 10_000),
  throttledBaseDelay: between(1, 10_000),
  throttledMaxDelay: between(1, 30_000),
  maxRetryAfter: between(1, 90_000),
  timeout: between(1, 200_000),
  attemptTimeout: between(1, 60_000)
})

const attempts = 6
const course6 = FastCheck.array(happening, { minLength: attempts, maxLength: attempts })
const shares = FastCheck.array(between(0, 1_000).map((share) => share / 1_000), {
  minLength: attempts,
  maxLength: attempts
})

describe("With any sequence of responses and any limits", () => {
  for (const [name, [repeatable, operation]] of Object.entries(operations)) {
    it.effect.prop(
      `${name} is sent at exactly the times of the reference model (R-1 to R-5)`,
      [course6, limits, shares],
      ([happenings, { attemptTimeout, timeout, ...retry }, chance]) =>
        Effect.gen(function*() {
          const { attempts, layer } = script(...happenings.map(({ step }) => step))
          const begin = yield* Clock.currentTimeMillis
          const [outcome, end] = yield* timeLapse(
            Effect.zip(Effect.either(operation({ attemptTimeout, timeout, retry })), Clock.currentTimeMillis)
          ).pipe(Effect.provide(Layer.merge(layer, connection())), drawing(chance))
          // The read after a change is a separate request.
          const first = attempts.filter(({ request }) => request.method === attempts[0]?.request.method)
          const events = happenings.map(({ event }) => event)
          const expected = course(repeatable, events, { ...retry, attemptTimeout, timeout }, chance)
          assert.deepStrictEqual(first.map(({ at }) => at - begin), [...expected.at])
          const alone = attempts.length === first.length
          if (alone) {
            assert.strictEqual(Either.isRight(outcome), expected.succeeds)
            assert.strictEqual(end - begin, expected.end)
          } else assert.isTrue(expected.succeeds)
        }),
      { timeout: 60_000, fastCheck: { numRuns: runs(15, 60) } }
    )
  }
})
