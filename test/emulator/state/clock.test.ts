import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import * as Emulator from "../../../src/emulator/index.js"
import { untyped } from "../../support.js"
import { ask, at, eachWay, newDeployment } from "../support.js"

const time = "2018-05-03T13:25:00.000Z"
const iso = Effect.flatMap(Emulator.Emulator, ({ now }) => Effect.map(now, DateTime.formatIso))
const create = ask("POST modelDeployments/", { json: newDeployment })

eachWay((running) => {
  describe("the clock of the emulator", () => {
    it.effect("is the Effect clock", () =>
      Effect.gen(function*() {
        yield* TestClock.setTime(Date.parse(time))
        assert.strictEqual(yield* iso, time)
        assert.deepStrictEqual((yield* ask("GET /__emulator/clock")).json, { now: time })
        yield* TestClock.adjust("1 hour")
        assert.strictEqual(yield* iso, "2018-05-03T14:25:00.000Z")
      }).pipe(Effect.provide(running())))

    it.effect("can be advanced without affecting other clocks", () =>
      Effect.gen(function*() {
        const { advance, seed } = yield* Emulator.Emulator
        const [made] = yield* seed([{ deployed: false }])
        const deployed = Effect.map(ask(`GET modelDeployments/${made?.id}/`), ({ json }) => at(json, "deployed"))
        const advanced = yield* ask("POST /__emulator/clock/advance", { json: { duration: "1500 millis" } })
        assert.deepStrictEqual([advanced.status, advanced.json], [200, { now: "1970-01-01T00:00:01.500Z" }])
        assert.isFalse(yield* deployed)
        yield* advance(500)
        assert.isTrue(yield* deployed)
        yield* TestClock.adjust("1 seconds")
        assert.strictEqual(yield* iso, "1970-01-01T00:00:03.000Z")
        const { json } = yield* create
        assert.strictEqual(at(json, "createdAt"), "1970-01-01 00:00:03.000000")
      }).pipe(Effect.provide(running())))

    it.effect("applies to predictions, statistics and the request journal", () =>
      Effect.gen(function*() {
        const { advance, requests } = yield* Emulator.Emulator
        yield* advance("2 days")
        yield* ask("POST /predApi/v1.0/deployments/a/predictions", { json: [{}] })
        const { json } = yield* ask("GET modelDeployments/a/serviceStats/")
        assert.strictEqual(at(json, "totalRequests"), 1)
        assert.strictEqual(at(json, "period", "end"), "1970-01-03 00:00:00.001000+00:00")
        assert.strictEqual((yield* requests)[0]?.time, "1970-01-03T00:00:00.000Z")
        yield* advance("1 days")
        assert.strictEqual(at((yield* ask("GET modelDeployments/a/serviceStats/")).json, "totalRequests"), 0)
        assert.deepStrictEqual(
          at((yield* ask("GET modelDeployments/a/")).json, "requestRates"),
          [0, 0, 0, 0, 0, 0, 1, 0]
        )
      }).pipe(Effect.provide(running({ deployments: [{ id: "a" }] }))))

    it.effect("stands still at a given time until it is advanced", () =>
      Effect.gen(function*() {
        yield* TestClock.adjust("1 hour")
        assert.strictEqual(yield* iso, time)
        yield* (yield* Emulator.Emulator).advance("1 minute")
        assert.strictEqual(yield* iso, "2018-05-03T13:26:00.000Z")
        yield* (yield* Emulator.Emulator).reset
        assert.strictEqual(yield* iso, time)
      }).pipe(Effect.provide(running({ clock: "2018-05-03 13:25" }))))

    it.effect("stands still at the start time with clock: frozen", () =>
      Effect.gen(function*() {
        yield* TestClock.setTime(Date.parse(time))
        yield* Effect.gen(function*() {
          yield* TestClock.adjust("1 hour")
          assert.strictEqual(yield* iso, time)
        }).pipe(Effect.provide(running({ clock: "frozen" })))
      }))

    it.effect("rejects an invalid duration", () =>
      Effect.gen(function*() {
        for (const duration of ["soon", -1, null, "Infinity", 8.64e15, "40000 days"]) {
          const answer = yield* ask("POST /__emulator/clock/advance", { json: { duration } })
          assert.strictEqual(answer.status, 422, String(duration))
        }
        const { advance } = yield* Emulator.Emulator
        const invalid = [Number.NaN, -1, -1n, "-1 day", Infinity, 1e300, 8.64e15, "40000 days"] as const
        for (const duration of [...invalid, untyped("soon")]) {
          const died = yield* Effect.exit(advance(duration))
          const text = died._tag === "Failure" && died.cause._tag === "Die" ? String(died.cause.defect) : ""
          assert.include(text, "advance: duration must be", String(duration))
        }
        assert.strictEqual(yield* iso, "1970-01-01T00:00:00.000Z")
      }).pipe(Effect.provide(running())))

    it.effect("rejects a duration that ends after the year 9998, and nothing changes", () =>
      Effect.gen(function*() {
        const { advance, snapshot } = yield* Emulator.Emulator
        const before = yield* snapshot
        const problem = "must keep the emulator's time within the years 1 to 9998"
        const answer = yield* ask("POST /__emulator/clock/advance", { json: { duration: "2 days" } })
        assert.deepStrictEqual([answer.status, answer.json], [
          422,
          { message: "Invalid field data", errors: { duration: problem } }
        ])
        const died = yield* Effect.exit(advance("2 days"))
        assert.isTrue(died._tag === "Failure" && String(died.cause).includes(`advance: duration ${problem}`))
        assert.deepStrictEqual(yield* snapshot, before)
        yield* advance("23 hours")
        assert.strictEqual(yield* iso, "9998-12-31T23:00:00.000Z")
      }).pipe(Effect.provide(running({ clock: "9998-12-31", deployments: [{}] }))))

    it.effect("rejects a snapshot with a time after the year 9998, and nothing changes", () =>
      Effect.gen(function*() {
        const { restore, snapshot } = yield* Emulator.Emulator
        const before = yield* snapshot
        for (const clock of [{ now: 0, advanced: 1e15 }, { now: 1e15, advanced: 0 }]) {
          const state = { ...before, deployments: [], clock }
          const answer = yield* ask("PUT /__emulator/state", { json: state })
          assert.deepStrictEqual([answer.status, at(answer.json, "message")], [422, "Invalid field data"])
          const died = yield* Effect.exit(restore(state))
          assert.isTrue(died._tag === "Failure" && String(died.cause).includes("within the years 1 to 9998"))
        }
        assert.deepStrictEqual(yield* snapshot, before)
      }).pipe(Effect.provide(running({ deployments: [{}] }))))
  })
})

it.effect("the emulator rejects an invalid clock option", () =>
  Effect.gen(function*() {
    for (const [clock, problem] of [["yesterday", "ISO 8601"], ["9999-01-01", "years 1 to 9998"]] as const) {
      const exit = yield* Effect.exit(Effect.provide(iso, Emulator.layer({ clock })))
      assert.isTrue(exit._tag === "Failure" && String(exit.cause).includes(problem))
    }
  }))
