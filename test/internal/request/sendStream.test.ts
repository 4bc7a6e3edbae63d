/** Requests whose response is read as it arrives: how often they are sent. */
import { assert, describe, it } from "@effect/vitest"
import { Prediction } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { connection, endOf, script, type Step, timeLapse } from "../../support.js"

const deployment = { id: "d1", predictionEnvironment: { platform: "datarobotServerless" } }
const bytes = new TextEncoder().encode("tenure\n3\n")

/** Requests predictions from CSV. Returns how the call ended, and how often the request was sent. */
const sent = (csv: string | Uint8Array | Stream.Stream<Uint8Array>, ...steps: ReadonlyArray<Step>) => {
  const { attempts, layer } = script(...steps)
  return Stream.runDrain(Prediction.predictCsv(deployment, csv)).pipe(
    Effect.either,
    timeLapse,
    Effect.map((end) => [endOf(end), attempts.length] as const),
    Effect.provide(Layer.merge(layer, connection()))
  )
}

const failures: ReadonlyArray<readonly [Step, end: string]> = [
  [570, "DataRobotApiError ServerError"],
  [429, "DataRobotApiError RateLimited"],
  [{ status: 503, headers: { "retry-after": "0" } }, "DataRobotApiError ServerError"],
  ["ECONNRESET", "DataRobotNetworkError Transport unknown"],
  ["ECONNREFUSED", "DataRobotNetworkError Connect not-sent"]
]

describe("A streamed request (R-12)", () => {
  for (const [failure, end] of failures) {
    it.effect(`is sent once if its body is a stream, after ${JSON.stringify(failure)}`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* sent(Stream.make(bytes), failure), [end, 1])
      }))

    it.effect(`is sent three times if its body is text or bytes, after ${JSON.stringify(failure)}`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* sent("tenure\n3\n", failure), [end, 3])
        assert.deepStrictEqual(yield* sent(bytes, failure), [end, 3])
      }))
  }

  it.effect("is not sent again after the headers, whatever its body", () =>
    Effect.gen(function*() {
      for (const csv of ["tenure\n3\n", Stream.make(bytes)]) {
        assert.deepStrictEqual(yield* sent(csv, "body:ECONNRESET"), ["DataRobotNetworkError Transport unknown", 1])
      }
    }))
})
