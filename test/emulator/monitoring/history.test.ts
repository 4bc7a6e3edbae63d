import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as History from "../../../src/emulator/monitoring/history.js"

const request: FastCheck.Arbitrary<History.PredictionRequest> = FastCheck.record({
  time: FastCheck.integer({ min: -20, max: 20 }),
  user: FastCheck.constantFrom("ana", "ben", "cleo"),
  rows: FastCheck.integer({ min: 0, max: 50 }),
  executionTime: FastCheck.double({ min: 0, max: 9, noNaN: true }),
  status: FastCheck.constantFrom(200, 422, 500)
})
const run = FastCheck.array(request).map((requests) => requests.sort((a, b) => a.time - b.time))
const runs = FastCheck.array(run, { maxLength: 8 })

const historyOf = (all: ReadonlyArray<ReadonlyArray<History.PredictionRequest>>) => {
  const history = History.make()
  for (const requests of all) {
    // Boundary: the history only asks for indexes that exist.
    history.add(requests.length, (index) => requests[index] as History.PredictionRequest)
  }
  return history
}

const list = ({ between, users }: History.History, start = -Infinity, end = Infinity) => {
  const { executionTime, rows, status, time, user } = between(start, end)
  return Array.from(time, (at, index) => ({
    time: at,
    user: users[user[index] ?? -1],
    rows: rows[index],
    executionTime: executionTime[index],
    status: status[index]
  }))
}

describe("The request history of a deployment", () => {
  it.prop("is ordered by time, and by arrival for equal times", [runs], ([all]) => {
    // Array.prototype.sort is stable.
    const expected = all.flat().sort((a, b) => a.time - b.time)
    assert.deepStrictEqual<unknown>(list(historyOf(all)), expected)
  })

  it.prop(
    "returns the requests of a period, including its start and excluding its end",
    [runs, FastCheck.integer({ min: -25, max: 25 }), FastCheck.integer({ min: -25, max: 25 })],
    ([all, start, end]) => {
      const expected = all.flat().sort((a, b) => a.time - b.time).filter(({ time }) => start <= time && time < end)
      assert.deepStrictEqual<unknown>(list(historyOf(all), start, end), expected)
    }
  )

  it.prop("shows all requests of a moment in a view, whatever is added later", [runs, runs], ([before, after]) => {
    const history = historyOf(before)
    const view = history.all()
    const expected = list(historyOf(before))
    for (const requests of after) {
      // Boundary: the history only asks for indexes that exist.
      history.add(requests.length, (index) => requests[index] as History.PredictionRequest)
    }
    assert.deepStrictEqual(list({ ...history, between: () => view }), expected)
    assert.deepStrictEqual<unknown>(list(history), list(historyOf([...before, ...after])))
  })

  it("takes a view without a copy", () => {
    const { all } = historyOf([])
    assert.strictEqual(all().time.buffer, all().time.buffer)
  })

  it.prop("survives a snapshot", [runs], ([all]) => {
    const history = historyOf(all)
    const json = JSON.stringify(Schema.encodeSync(History.HistorySnapshot)(History.toSnapshot(history)))
    const restored = History.fromSnapshot(Schema.decodeUnknownSync(History.HistorySnapshot)(JSON.parse(json)))
    assert.deepStrictEqual(list(restored), list(history))
  })

  it("rejects an inconsistent snapshot", () => {
    const good = {
      users: ["ana"],
      time: [1, 2],
      user: [0, 0],
      rows: [1, 1],
      executionTime: [0.5, 0],
      status: [200, 500]
    }
    const isGood = Schema.is(History.HistorySnapshot)
    assert.isTrue(isGood(good))
    for (
      const bad of [
        { time: [2, 1] },
        { time: [1] },
        { user: [0, 1] },
        { user: [0, 0.5] },
        { rows: [1, 1, 1] },
        { rows: [1, -1] },
        { rows: [1, 0.5] },
        { status: [200, 70_000] },
        { executionTime: [0.5, NaN] },
        { executionTime: [0.5, -1] },
        { status: [200, "500"] }
      ]
    ) {
      assert.isFalse(isGood({ ...good, ...bad }), JSON.stringify(bad))
    }
  })
})
