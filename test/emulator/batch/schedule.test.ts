/** The times of a schedule. */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { lastTimes, nextTime } from "../../../src/emulator/batch/schedule.js"
import type { Schedule } from "../../../src/wire/batchPredictionDefinition.js"

const all = { minute: [0], hour: [12], dayOfMonth: ["*"], month: ["*"], dayOfWeek: ["*"] } as const

const next = (changes: Partial<Schedule>, after: string) => {
  const time = nextTime({ ...all, ...changes }, Date.parse(after))
  return time === undefined ? undefined : new Date(time).toISOString().slice(0, 16)
}

describe("The next time of a schedule", () => {
  it("is later than the given one, to the minute", () => {
    assert.strictEqual(next({}, "2030-01-01T11:59:59Z"), "2030-01-01T12:00")
    assert.strictEqual(next({}, "2030-01-01T12:00:00Z"), "2030-01-02T12:00")
    assert.strictEqual(next({ minute: [30, 15], hour: ["*"] }, "2030-01-01T12:15:00Z"), "2030-01-01T12:30")
    assert.strictEqual(next({ minute: ["*"], hour: ["*"] }, "2030-01-01T23:59:30Z"), "2030-01-02T00:00")
  })

  it("is in the listed months, by number or by name", () => {
    assert.strictEqual(next({ month: [3] }, "2030-01-01T00:00:00Z"), "2030-03-01T12:00")
    assert.strictEqual(next({ month: ["MAR"] }, "2030-01-01T00:00:00Z"), "2030-03-01T12:00")
    assert.strictEqual(next({ month: ["December"] }, "2030-01-01T00:00:00Z"), "2030-12-01T12:00")
  })

  it("is on the listed days of the week, of which 0 is Sunday", () => {
    // 2030-01-01 is a Tuesday.
    assert.strictEqual(next({ dayOfWeek: [0] }, "2030-01-01T00:00:00Z"), "2030-01-06T12:00")
    assert.strictEqual(next({ dayOfWeek: ["sat", 0] }, "2030-01-01T00:00:00Z"), "2030-01-05T12:00")
  })

  it("is on a day of either list, if both days of the month and of the week are listed", () => {
    assert.strictEqual(next({ dayOfMonth: [3], dayOfWeek: [0] }, "2030-01-01T00:00:00Z"), "2030-01-03T12:00")
    assert.strictEqual(next({ dayOfMonth: [20], dayOfWeek: [0] }, "2030-01-01T00:00:00Z"), "2030-01-06T12:00")
  })

  it("does not exist for a day that no month has", () => {
    assert.strictEqual(next({ dayOfMonth: [31], month: ["feb"] }, "2030-01-01T00:00:00Z"), undefined)
    assert.strictEqual(next({ dayOfMonth: [29], month: ["feb"] }, "2096-03-01T00:00:00Z"), "2104-02-29T12:00")
  })
})

describe("The last times of a schedule", () => {
  const { constantFrom, integer, record, uniqueArray } = FastCheck
  const numbers = (least: number, most: number) =>
    FastCheck.oneof(
      constantFrom<ReadonlyArray<"*">>(["*"]),
      uniqueArray(integer({ min: least, max: most }), { minLength: 1, maxLength: 4 })
    )
  const schedule = record({
    minute: uniqueArray(integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 3 }),
    hour: numbers(0, 23),
    dayOfMonth: numbers(1, 31),
    month: numbers(1, 12),
    dayOfWeek: numbers(0, 6)
  })
  const start = Date.parse("2030-01-01T00:00:00Z")

  it.prop(
    "are the next ones, one after the other",
    [schedule, integer({ min: 0, max: 400 }), integer({ min: 1, max: 60 * 24 * 20 }), integer({ min: 1, max: 50 })],
    ([given, days, minutes, most]) => {
      const after = start + days * 86_400_000 + 7_000
      const until = after + minutes * 60_000
      const expected: Array<number> = []
      for (let time = nextTime(given, after); time !== undefined && time <= until; time = nextTime(given, time)) {
        expected.push(time)
      }
      assert.deepStrictEqual(lastTimes(given, after, until, most), expected.slice(-most))
    }
  )
})
