/** Monitoring, compared with a second calculation that goes through the requests one by one. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as TestClock from "effect/TestClock"
import * as Emulator from "../../../src/emulator/index.js"
import * as History from "../../../src/emulator/monitoring/history.js"
import * as Monitoring from "../../../src/emulator/monitoring/statistics.js"
import { naiveActivity, naiveStatistics } from "../naive.js"
import { ask, at, eachWay } from "../support.js"

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.UTC(2018, 4, 3, 13, 25)

/** Times around ten days that end a little after now, with many requests at the edges of minutes, days and periods. */
const time = FastCheck.oneof(
  FastCheck.integer({ min: now - 10 * day, max: now + hour }),
  FastCheck.integer({ min: now - 2 * hour, max: now + 1 }),
  FastCheck.tuple(FastCheck.integer({ min: 0, max: 10 }), FastCheck.constantFrom(0, 1, -1, 35 * minute))
    .map(([days, near]) => now - days * day + near)
)

const request = (trouble: number): FastCheck.Arbitrary<History.PredictionRequest> =>
  FastCheck.record({
    time,
    user: FastCheck.constantFrom("ana", "ben", "cleo"),
    rows: FastCheck.integer({ min: 0, max: 50 }),
    executionTime: FastCheck.integer({ min: 0, max: 40 }).map((centiseconds) => centiseconds / 100),
    status: FastCheck.oneof(
      { weight: 20 - trouble, arbitrary: FastCheck.constantFrom(200, 201, 399) },
      { weight: trouble, arbitrary: FastCheck.constantFrom(400, 422, 499, 500, 503) }
    )
  })

/** Few or many errors, so that every health status occurs. */
const requests = FastCheck.oneof(
  ...[0, 1, 2, 10].map((trouble) => FastCheck.array(request(trouble), { maxLength: 60 }))
)

/** A history of requests that arrived in the given order. */
const historyOf = (all: ReadonlyArray<History.PredictionRequest>) => {
  const history = History.make()
  for (const one of all) history.add(1, () => one)
  return history
}

const statistics = (all: ReadonlyArray<History.PredictionRequest>, start: number, end: number) =>
  Monitoring.statistics(historyOf(all), start, end)

const activity = (all: ReadonlyArray<History.PredictionRequest>, now: number) =>
  Monitoring.activity(historyOf(all), now)

describe("Service statistics", () => {
  it.prop("match a count of the requests in the period", [requests, time, time], ([all, one, other]) => {
    const start = Math.min(one, other)
    const end = Math.max(one, other) + 1
    assert.deepStrictEqual(statistics(all, start, end), naiveStatistics(all, start, end))
  }, { fastCheck: { numRuns: 500 } })

  it("include the start of the period and exclude its end", () => {
    const at = (when: number) => ({ time: when, user: "u", rows: 1, executionTime: 1, status: 200 })
    const { totalRequests } = statistics([at(9), at(10), at(19), at(20)], 10, 20)
    assert.strictEqual(totalRequests, 2)
  })
})

describe("The activity of a deployment", () => {
  it.prop(
    "matches a count of the requests: totals, trend, daily rates, health and messages",
    [requests],
    ([all]) => {
      const { serviceHealthMessages, ...result } = activity(all, now)
      const messages = serviceHealthMessages.map(({ level, msgId }) => [level, msgId])
      assert.deepStrictEqual<unknown>({ ...result, messages }, naiveActivity(all, now))
    },
    { fastCheck: { numRuns: 500 } }
  )

  const answered = (...statuses: ReadonlyArray<number>) =>
    statuses.map((status) => ({ time: now, user: "u", rows: 1, executionTime: 0.1, status }))
  const times = (count: number, status: number) => Array.from({ length: count }, () => status)

  it("has a trend in percent, also from and to zero", () => {
    const trend = (recent: number, previous: number) => {
      const before = answered(...times(previous, 200)).map((one) => ({ ...one, time: now - day }))
      return activity([...answered(...times(recent, 200)), ...before], now).relativeRequestsTrend
    }
    assert.deepStrictEqual([trend(24, 12), trend(9, 12), trend(0, 3), trend(3, 0), trend(0, 0)], [
      100,
      -25,
      -100,
      100,
      0
    ])
  })

  it("has the health warning from 5 % errors and failing from 20 %", () => {
    const health = (good: number, errors: number) =>
      activity(answered(...times(good, 200), ...times(errors, 500)), now).serviceHealth
    assert.deepStrictEqual(
      [health(0, 0), health(96, 4), health(95, 5), health(81, 19), health(80, 20), health(0, 1)],
      ["passing", "passing", "warning", "warning", "failing", "failing"]
    )
  })

  it("forgets errors after 24 hours", () => {
    const errors = answered(...times(3, 500))
    assert.strictEqual(activity(errors, now + day - 1).serviceHealth, "failing")
    assert.strictEqual(activity(errors, now + day).serviceHealth, "passing")
  })

  it("reports missing successes, user errors and server errors", () => {
    const messages = (...statuses: ReadonlyArray<number>) => activity(answered(...statuses), now).serviceHealthMessages
    assert.deepStrictEqual(messages(), [
      { level: "passing", msgId: "NO_GOOD_REQUESTS", message: "No successful predictions in 24 hours" }
    ])
    assert.deepStrictEqual(messages(200), [])
    assert.deepStrictEqual(messages(...times(99, 200), 500), [])
    assert.deepStrictEqual(messages(...times(9, 200), 422), [
      { level: "warning", msgId: "USER_ERRORS", message: "1 of 10 predictions in 24 hours ended in a user error" }
    ])
    assert.deepStrictEqual(messages(400, 500, 503).map(({ level, msgId }) => [level, msgId]), [
      ["passing", "NO_GOOD_REQUESTS"],
      ["failing", "USER_ERRORS"],
      ["failing", "SERVER_ERRORS"]
    ])
  })
})

eachWay((running) => {
  const id = "5b0000000000000000000077"
  const deployments = [{ id }]
  const statsPath = `modelDeployments/${id}/serviceStats/` as const
  const iso = (millis: number) => new Date(millis).toISOString()

  const traffic = FastCheck.record({
    start: FastCheck.integer({ min: now - 3 * day, max: now }),
    length: FastCheck.integer({ min: 1, max: 2 * day }),
    requests: FastCheck.integer({ min: 0, max: 40 }),
    userShare: FastCheck.integer({ min: 0, max: 4 }),
    serverShare: FastCheck.integer({ min: 0, max: 4 }),
    consumers: FastCheck.integer({ min: 1, max: 5 }),
    rows: FastCheck.integer({ min: 0, max: 9 }),
    executionTime: FastCheck.constantFrom(0, 0.05, 0.25)
  })

  it.effect.prop(
    "returns service statistics that match the recorded traffic",
    [FastCheck.array(traffic)],
    ([all]) =>
      Effect.gen(function*() {
        yield* TestClock.setTime(now)
        const { recordTraffic } = yield* Emulator.Emulator
        const naive: Array<History.PredictionRequest> = []
        for (const { length, serverShare, start, userShare, ...rest } of all) {
          const userErrors = Math.floor(rest.requests * userShare / 10)
          const serverErrors = Math.floor(rest.requests * serverShare / 10)
          const end = iso(start + length)
          yield* recordTraffic({ deploymentId: id, start: iso(start), end, userErrors, serverErrors, ...rest })
          for (let index = 0; index < rest.requests; index++) {
            naive.push({
              time: start + Math.floor(index * length / rest.requests),
              user: `consumer-${index % rest.consumers}`,
              rows: rest.rows,
              executionTime: rest.executionTime,
              status: 200
            })
          }
        }
        const expected = naiveStatistics(naive, now + 1 - day, now + 1)
        const { json } = yield* ask(`GET ${statsPath}`)
        assert.deepStrictEqual(at(json, "period"), {
          start: "2018-05-02 13:25:00.001000+00:00",
          end: "2018-05-03 13:25:00.001000+00:00"
        })
        for (
          const key of ["totalRequests", "consumers", "totalPredictionRows", "load", "medianExecutionTime"] as const
        ) {
          assert.deepStrictEqual(at(json, key), expected[key], key)
        }
        const { messages: _, serviceHealth: _health, ...activity } = naiveActivity(naive, now)
        const deployment = (yield* ask(`GET modelDeployments/${id}/`)).json
        for (const [key, value] of Object.entries(activity)) assert.deepStrictEqual(at(deployment, key), value, key)
        // Each error is counted once, whatever the period.
        const whole = yield* ask(`GET ${statsPath}?start=2018-01-01&end=2019-01-01`)
        const count = (key: string) => Math.round(Number(at(whole.json, key, "current")) * naive.length)
        const sum = (share: "userShare" | "serverShare") =>
          all.reduce((total, one) => total + Math.floor(one.requests * one[share] / 10), 0)
        assert.strictEqual(count("userErrorRate"), sum("userShare"))
        assert.strictEqual(count("serverErrorRate"), sum("serverShare"))
      }).pipe(Effect.provide(running({ deployments }))),
    { fastCheck: { numRuns: 10 } }
  )

  it.effect("spreads errors evenly over the recorded period", () =>
    Effect.gen(function*() {
      yield* (yield* Emulator.Emulator).recordTraffic({
        deploymentId: id,
        start: "2018-05-01",
        end: "2018-05-02",
        requests: 1440,
        userErrors: 144,
        serverErrors: 72,
        consumers: 3
      })
      for (const hours of ["00:00&end=2018-05-01T06:00", "18:00&end=2018-05-01T20:00"]) {
        const { json } = yield* ask(`GET ${statsPath}?start=2018-05-01T${hours}`)
        assert.approximately(Number(at(json, "userErrorRate", "current")), 0.1, 0.01)
        assert.approximately(Number(at(json, "serverErrorRate", "current")), 0.05, 0.01)
        assert.deepStrictEqual(at(json, "load"), { peak: 1, median: 1 })
        assert.strictEqual(at(json, "consumers"), 3)
      }
      const after = yield* ask(`GET ${statsPath}?start=2018-05-02&end=2018-05-03`)
      assert.strictEqual(at(after.json, "totalRequests"), 0)
      assert.isNull(at(after.json, "medianExecutionTime"))
      assert.approximately(Number(at(after.json, "userErrorRate", "previous")), 0.1, 1e-9)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("accepts periods with ISO dates with or without time and zone, and with one end only", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      const period = (query: string) => Effect.map(ask(`GET ${statsPath}?${query}`), ({ json }) => at(json, "period"))
      assert.deepStrictEqual(yield* period("start=2017-01-01&end=2017-01-02T03:04:05.678Z"), {
        start: "2017-01-01 00:00:00.000000+00:00",
        end: "2017-01-02 03:04:05.678000+00:00"
      })
      assert.deepStrictEqual(yield* period("start=2017-01-01T02:00:00%2B02:00"), {
        start: "2017-01-01 00:00:00.000000+00:00",
        end: "2018-05-03 13:25:00.001000+00:00"
      })
      assert.deepStrictEqual(yield* period("end=2017-01-02%2003:04:05"), {
        start: "2017-01-01 03:04:05.000000+00:00",
        end: "2017-01-02 03:04:05.000000+00:00"
      })
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("rejects an invalid period", () =>
    Effect.gen(function*() {
      const errors = (query: string) =>
        Effect.map(ask(`GET ${statsPath}?${query}`), ({ json, status }) => [status, at(json, "errors")])
      const later = { end: "must be later than start" }
      assert.deepStrictEqual(yield* errors("start=2017-01-02&end=2017-01-01"), [422, later])
      assert.deepStrictEqual(yield* errors("start=2017-01-01&end=2017-01-01"), [422, later])
      assert.deepStrictEqual(yield* errors("start=2117-01-01"), [422, { start: "must not be in the future" }])
      assert.deepStrictEqual(yield* errors("start=soon&end=2017-02-30"), [
        422,
        { start: "must be an ISO 8601 date", end: "must be an ISO 8601 date" }
      ])
    }).pipe(Effect.provide(running({ deployments }))))
})
