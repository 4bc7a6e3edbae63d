/** Periods at the top of an hour. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Deployment, Period } from "effect-datarobot"
import { Period as PlainPeriod } from "effect-datarobot/promise"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { failsWith, id, sent, serving } from "./support.js"

const hour = 3_600_000

describe("Period", () => {
  it.effect("lastDays ends with the current hour of the clock", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.UTC(2026, 2, 31, 10, 0, 1))
      assert.deepStrictEqual(yield* Period.lastDays(30), {
        startTime: new Date("2026-03-01T11:00:00Z"),
        endTime: new Date("2026-03-31T11:00:00Z")
      })
    }))

  it.effect("lastHours ends at a full hour that has just begun", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.UTC(2026, 2, 1, 10))
      assert.deepStrictEqual(yield* Period.lastHours(24), {
        startTime: new Date("2026-02-28T10:00:00Z"),
        endTime: new Date("2026-03-01T10:00:00Z")
      })
    }))

  it.effect("is an input of the service statistics", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.UTC(2026, 2, 1, 10, 30))
      yield* Deployment.getServiceStats(id, yield* Period.lastHours(1))
      assert.deepStrictEqual(yield* sent, [
        `GET deployments/${id}/serviceStats/?start=2026-03-01T10%3A00%3A00.000Z&end=2026-03-01T11%3A00%3A00.000Z`
      ])
    }).pipe(Effect.provide(serving({ "GET deployments/:id/serviceStats/": MockHttpClient.json({ metrics: {} }) }))))

  it("of the Promise API ends with the current hour", () => {
    for (const [period, hours] of [[PlainPeriod.lastDays(2), 48], [PlainPeriod.lastHours(2), 2]] as const) {
      assert.strictEqual(period.endTime.getTime() % hour, 0)
      assert.strictEqual(period.endTime.getTime() - period.startTime.getTime(), hours * hour)
      assert.isAtMost(period.startTime.getTime(), Date.now())
    }
  })

  for (const count of [0, -1, 1.5, NaN, Infinity, 1_000_000]) {
    it.effect(`of ${count} is refused`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(Period.lastDays(count), DataRobotError.isValidationError)
        assert.strictEqual(error.message, "Period.lastDays: days must be a whole number from 1 to 36525")
        assert.throws(
          () => PlainPeriod.lastHours(count),
          "Period.lastHours: hours must be a whole number from 1 to 876600"
        )
      }))
  }
})
