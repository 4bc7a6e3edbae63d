/** With plain values, every operation returns what it returns otherwise, except for dates, options and secrets. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobot } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import { plainIssues, plainOf } from "../plainValues.js"
import { allOperations, type Call } from "./operations.js"
import { linesOf, run } from "./server.js"

const plainly = (call: Call): Call =>
  Effect.updateService(call, DataRobot, (connection) => ({ ...connection, values: "plain" as const }))

const valueOf = (end: Either.Either<unknown, unknown>): unknown => {
  const value = Either.getOrThrowWith(end, (error) => error)
  return Option.isOption(value) ? Option.getOrUndefined(value) : value
}

describe("Plain values", () => {
  // `Prediction.chat` returns the token, which the Promise API itself converts.
  for (const { call, name } of allOperations.filter(({ name }) => name !== "Prediction.chat")) {
    it.effect(`${name} sends the same requests, and its result has no value of Effect`, () =>
      Effect.gen(function*() {
        const usual = yield* run(call())
        const plain = yield* run(plainly(call()))
        assert.deepStrictEqual(linesOf(plain.received), linesOf(usual.received))
        assert.deepStrictEqual(plainIssues(valueOf(plain.end)), [])
        assert.deepStrictEqual(valueOf(plain.end), plainOf(valueOf(usual.end)))
      }))
  }
})
