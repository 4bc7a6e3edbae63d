/** Polls happen exactly when J-1 says, for any sequence of responses of a job. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Job } from "effect-datarobot"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import { runs } from "./effort.js"
import { type JobAnswer, jobCourse } from "./jobModel.js"
import { connection, drawing, script, type Step, timeLapse } from "./support.js"

const between = (min: number, max: number) => FastCheck.integer({ min, max })

const statuses: Readonly<Record<JobAnswer["kind"], ReadonlyArray<string | number>>> = {
  running: ["INITIALIZED", "RUNNING", "a word that nobody knows"],
  done: ["COMPLETED", "completed"],
  failed: ["ERROR", "Aborted", "EXPIRED", "cancelled by ana"],
  missing: [404],
  trouble: [500, 502, 503, 504, 408, 429],
  forbidden: [401, 403, 422]
}

const kinds = FastCheck.oneof(
  { weight: 8, arbitrary: FastCheck.constant<JobAnswer["kind"]>("running") },
  { weight: 8, arbitrary: FastCheck.constant<JobAnswer["kind"]>("trouble") },
  { weight: 2, arbitrary: FastCheck.constant<JobAnswer["kind"]>("missing") },
  { weight: 1, arbitrary: FastCheck.constantFrom<JobAnswer["kind"]>("done", "failed", "forbidden") }
)

interface Happening {
  readonly answer: JobAnswer
  readonly step: Step
}

// Mostly none, and rarely long enough to end the wait.
const retryAfter = FastCheck.oneof(
  { weight: 5, arbitrary: FastCheck.constant(undefined) },
  { weight: 2, arbitrary: between(0, 3_000) },
  { weight: 1, arbitrary: between(0, 40_000) }
)

const happening = FastCheck.tuple(kinds, retryAfter).chain((
  [kind, retryAfter]
) =>
  FastCheck.constantFrom(...statuses[kind]).map((what): Happening => ({
    answer: { kind, ...(retryAfter === undefined ? {} : { retryAfter }) },
    step: {
      ...(typeof what === "number" ? { status: what } : { body: JSON.stringify({ status: what }) }),
      headers: retryAfter === undefined ? {} : { "retry-after-ms": String(retryAfter) }
    }
  }))
)

const endOf = (outcome: Either.Either<unknown, DataRobotError.DataRobotError>) => {
  if (Either.isRight(outcome)) return "ok"
  return DataRobotError.isJobError(outcome.left) ? outcome.left.reason : "refused"
}

describe("Any sequence of a job's responses", () => {
  it.effect.prop(
    "is polled at exactly the times of the reference model (J-1)",
    [
      FastCheck.array(happening, { minLength: 1, maxLength: 25 }),
      FastCheck.option(between(500, 10_000), { nil: undefined }),
      FastCheck.oneof(between(1, 30_000), between(30_000, 240_000)),
      FastCheck.array(between(0, 1_000).map((share) => share / 1_000), { minLength: 1, maxLength: 7 })
    ],
    ([happenings, interval, timeout, shares]) =>
      Effect.gen(function*() {
        const { attempts, layer } = script(...happenings.map(({ step }) => step))
        const begin = yield* Clock.currentTimeMillis
        const outcome = yield* timeLapse(Effect.either(Job.await("abc", { interval, timeout }))).pipe(
          Effect.provide(Layer.merge(layer, connection())),
          drawing(shares)
        )
        const expected = jobCourse(happenings.map(({ answer }) => answer), { interval, timeout }, shares)
        assert.deepStrictEqual(attempts.map(({ at }) => at - begin), [...expected.at])
        assert.strictEqual(endOf(outcome), expected.end)
      }),
    { timeout: 60_000, fastCheck: { numRuns: runs(12, 50) } }
  )
})
