/** A stream of rows: how it is split into requests, and in which order predictions and errors come. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Prediction } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { requests, serving, timeLapse, untyped } from "../../support.js"

const deployment = { id: "d1", predictionEnvironment: { platform: "datarobotServerless" } }

const rowsOf = (body: unknown): ReadonlyArray<object> => Array.isArray(body) ? body : []

/** Each prediction is the value of the row's first column. Row ids begin at 0 in each request. */
const predictions = (rows: ReadonlyArray<object>) =>
  MockHttpClient.json({ data: rows.map((row, rowId) => ({ rowId, prediction: Object.values(row)[0] })) })

type Respond = (
  rows: ReadonlyArray<object>,
  index: number
) => MockHttpClient.MockAnswer | Effect.Effect<MockHttpClient.MockAnswer>

const server = (respond: Respond = predictions) => {
  let index = 0
  return serving({ "POST deployments/:id/predictions": ({ body }) => respond(rowsOf(body), index++) })
}

const range = (from: number, to: number) => Stream.map(Stream.range(from, to), (n) => ({ n }))

/** Collects the predictions until the end or the error. */
const collect = <E, R>(stream: Stream.Stream<Prediction.PredictionRow, E, R>) => {
  const rows: Array<string> = []
  return Stream.runForEach(stream, (row) => Effect.sync(() => rows.push(`${row.rowId}:${row.prediction}`))).pipe(
    Effect.either,
    timeLapse,
    Effect.map((end) => ({ rows, error: Either.isLeft(end) ? end.left : undefined }))
  )
}

/** The number of rows of each request. */
const sizes = Effect.map(requests, (all) => all.map(({ body }) => rowsOf(body).length))

const rejection = (error: unknown) =>
  DataRobotError.isValidationError(error) ? error.issues.map(({ path }) => path) : []

describe("A stream of rows", () => {
  it.effect("is split into requests of batchSize rows, and rowId counts through all of them", () =>
    Effect.gen(function*() {
      const { error, rows } = yield* collect(Prediction.stream(deployment, range(1, 7), { batchSize: 3 }))
      assert.isUndefined(error)
      assert.deepStrictEqual(rows, ["0:1", "1:2", "2:3", "3:4", "4:5", "5:6", "6:7"])
      assert.deepStrictEqual(yield* sizes, [3, 3, 1])
    }).pipe(Effect.provide(server())))

  it.effect("is split into requests of 1000 rows by default, whatever the chunks of the stream", () =>
    Effect.gen(function*() {
      const { rows } = yield* collect(Prediction.stream(deployment, Stream.rechunk(range(1, 2001), 7)))
      assert.strictEqual(rows.length, 2001)
      assert.deepStrictEqual(yield* sizes, [1000, 1000, 1])
    }).pipe(Effect.provide(server())))

  it.effect("is split into requests of at most 5 MiB, and a larger row is sent alone", () =>
    Effect.gen(function*() {
      const wide = (n: number, length: number) => ({ n, text: "é".repeat(length) })
      const mib = 1024 * 1024
      // In UTF-8, 2, 2, 2, 6 and 1 MiB.
      const source = Stream.make(wide(1, mib), wide(2, mib), wide(3, mib), wide(4, 3 * mib), wide(5, mib / 2))
      const { rows } = yield* collect(Prediction.stream(deployment, source))
      assert.deepStrictEqual(rows, ["0:1", "1:2", "2:3", "3:4", "4:5"])
      assert.deepStrictEqual(yield* sizes, [2, 1, 1, 1])
    }).pipe(Effect.provide(server())))

  it.effect("sends nothing if it has no rows", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* collect(Prediction.stream(deployment, Stream.empty)), {
        rows: [],
        error: undefined
      })
      assert.deepStrictEqual(yield* sizes, [])
    }).pipe(Effect.provide(server())))

  it.effect("keeps the order of the rows if a later request is answered first", () =>
    Effect.gen(function*() {
      const stream = Prediction.stream(deployment, range(1, 6), { batchSize: 2, concurrency: 3 })
      assert.deepStrictEqual((yield* collect(stream)).rows, ["0:1", "1:2", "2:3", "3:4", "4:5", "5:6"])
    }).pipe(
      Effect.provide(server((rows, index) => Effect.delay(Effect.succeed(predictions(rows)), 3_000 - 1_000 * index)))
    ))

  it.effect("has at most concurrency requests in flight", () => {
    let [now, most] = [0, 0]
    const slow: Respond = (rows) =>
      Effect.sync(() => {
        most = Math.max(most, ++now)
      }).pipe(
        Effect.zipRight(Effect.sleep(1_000)),
        Effect.map(() => {
          now--
          return predictions(rows)
        })
      )
    return Effect.gen(function*() {
      yield* collect(Prediction.stream(deployment, range(1, 10), { batchSize: 1, concurrency: 3 }))
      assert.strictEqual(most, 3)
    }).pipe(Effect.provide(server(slow)))
  })

  it.effect("is read only as fast as its predictions are taken", () => {
    let read = 0
    const source = Stream.tap(Stream.rechunk(range(1, 1000), 1), () => Effect.sync(() => read++))
    return Effect.gen(function*() {
      yield* collect(Stream.take(Prediction.stream(deployment, source, { batchSize: 10 }), 5))
      assert.isAtMost(read, 30)
    }).pipe(Effect.provide(server()))
  })
})

describe("An error in a stream of rows comes after the predictions for the rows before it", () => {
  it.effect("if a request fails, with the range of its rows", () =>
    Effect.gen(function*() {
      const { error, rows } = yield* collect(
        Prediction.stream(deployment, range(1, 9), { batchSize: 2, concurrency: 3, retry: false })
      )
      assert.deepStrictEqual(rows, ["0:1", "1:2"])
      assert.isTrue(DataRobotError.isApiError(error))
      assert.deepInclude(error, { status: 422, operation: "Prediction.stream", rows: { start: 2, end: 4 } })
      assert.include(String(error), "Rows 2 to 3.")
    }).pipe(
      Effect.provide(
        server((rows, index) =>
          index === 1 ? MockHttpClient.json({ message: "no" }, { status: 422 }) : predictions(rows)
        )
      )
    ))

  it.effect("if a row is invalid, with its index, and no row after it is sent", () =>
    Effect.gen(function*() {
      const source = Stream.make({ n: 1 }, { n: 2 }, { n: 3 }, untyped({ n: [1] }), { n: 5 })
      const { error, rows } = yield* collect(Prediction.stream(deployment, source, { batchSize: 2 }))
      assert.deepStrictEqual(rows, ["0:1", "1:2", "2:3"])
      assert.deepStrictEqual(rejection(error), ["rows[3].n"])
      assert.deepInclude(error, { rows: { start: 3, end: 4 } })
      assert.include(String(error), "Row 3.")
      assert.deepStrictEqual(yield* sizes, [2, 1])
    }).pipe(Effect.provide(server())))

  it.effect("if a row does not belong to the schema of the rows", () =>
    Effect.gen(function*() {
      const Row = Schema.Struct({ n: Schema.NumberFromString })
      const source = Stream.make({ n: 1 }, { n: 2 }, untyped({ n: "x" }))
      const { error, rows } = yield* collect(Prediction.stream(deployment, source, { row: Row }))
      assert.deepStrictEqual(rows, ["0:1", "1:2"])
      assert.deepStrictEqual(rejection(error), ["rows[2].n"])
    }).pipe(Effect.provide(server())))

  it.effect("if the source fails, with its own error", () =>
    Effect.gen(function*() {
      const source = Stream.concat(range(1, 3), Stream.fail("the file ended"))
      const { error, rows } = yield* collect(Prediction.stream(deployment, source, { batchSize: 2 }))
      assert.deepStrictEqual(rows, ["0:1", "1:2", "2:3"])
      assert.strictEqual(error, "the file ended")
    }).pipe(Effect.provide(server())))

  const wrong: ReadonlyArray<readonly [name: string, data: ReadonlyArray<object>, path: string]> = [
    ["too few predictions", [{ rowId: 0, prediction: 1 }], "data"],
    ["too many predictions", [0, 1, 2].map((rowId) => ({ rowId, prediction: 1 })), "data"],
    ["a repeated row", [{ rowId: 0, prediction: 1 }, { rowId: 0, prediction: 1 }], "data[1].rowId"],
    ["another order", [{ rowId: 1, prediction: 1 }, { rowId: 0, prediction: 1 }], "data[1].rowId"],
    ["several forecasts for a row", [0, 1, 2].map((rowId) => ({ rowId, prediction: 1, seriesId: "a" })), "data"]
  ]
  for (const [name, data, path] of wrong) {
    it.effect(`if a response has ${name}`, () =>
      Effect.gen(function*() {
        const { error, rows } = yield* collect(Prediction.stream(deployment, range(1, 4), { batchSize: 2 }))
        assert.deepStrictEqual(rows, ["0:1", "1:2"])
        assert.deepStrictEqual(rejection(error), [path])
        assert.deepInclude(error, { phase: "response", rows: { start: 2, end: 4 } })
      }).pipe(Effect.provide(server((rows, index) => index === 1 ? MockHttpClient.json({ data }) : predictions(rows)))))
  }
})

describe("The options of a stream of rows are checked before anything is sent or read", () => {
  const invalid: ReadonlyArray<readonly [options: object, path: string]> = [
    [{ batchSize: 0 }, "batchSize"],
    [{ batchSize: 100_001 }, "batchSize"],
    [{ batchSize: "7" }, "batchSize"],
    [{ concurrency: 0 }, "concurrency"],
    [{ concurrency: 101 }, "concurrency"],
    [{ forecastPoint: "2020-01-01" }, "forecastPoint"],
    [{ relaxKnownInAdvanceFeaturesCheck: true }, "relaxKnownInAdvanceFeaturesCheck"],
    [{ idleTimeout: 5 }, "idleTimeout"],
    [{ maxExplanation: 3 }, "maxExplanation"],
    [{ passthroughColumns: ["n"], passthroughColumnsSet: "all" }, "passthroughColumnsSet"]
  ]
  for (const [options, path] of invalid) {
    it.effect(`${JSON.stringify(options)} is rejected`, () =>
      Effect.gen(function*() {
        let read = 0
        const source = Stream.tap(range(1, 3), () => Effect.sync(() => read++))
        const { error, rows } = yield* collect(Prediction.stream(deployment, source, untyped(options)))
        assert.deepStrictEqual([rejection(error), rows, read, yield* sizes], [[path], [], 0, []])
      }).pipe(Effect.provide(server())))
  }

  for (const options of [{ batchSize: 1 }, { concurrency: 2 }, { idleTimeout: 5 }, { odd: 1 }]) {
    it.effect(`${JSON.stringify(options)} is rejected by predict, which has no such option`, () =>
      Effect.gen(function*() {
        const end = yield* Effect.either(Prediction.predict(deployment, [{ n: 1 }], untyped(options)))
        assert.deepStrictEqual(rejection(Either.isLeft(end) && end.left), Object.keys(options))
        assert.deepStrictEqual(yield* sizes, [])
      }).pipe(Effect.provide(server())))
  }
})
