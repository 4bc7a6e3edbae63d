/** `Prediction.stream`: how rows are split into requests, their order, backpressure, and failures. */
import { HttpClient, HttpClientResponse } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import type { DataRobot } from "effect-datarobot"
import { DataRobotError, Prediction } from "effect-datarobot"
import * as Chunk from "effect/Chunk"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { connection, endOf, id, untyped } from "./support.js"

const deployment = { id, predictionEnvironment: { platform: "datarobotServerless" } }

/** The rows of a request. */
const rowsOf = (body: unknown): ReadonlyArray<Record<string, unknown>> =>
  JSON.parse(new TextDecoder().decode(body as Uint8Array))

type Answer = (rows: ReadonlyArray<Record<string, unknown>>, index: number) => Effect.Effect<Response>

const predictions = (
  rows: ReadonlyArray<Record<string, unknown>>,
  change: (data: Array<object>) => Array<object> = (data) => data
) =>
  Response.json({
    data: change(rows.map((row, rowId) => ({ rowId, prediction: Number(row["n"]), predictionValues: [] })))
  })

/** A server that counts the requests in flight. */
const serverOf = (answer: Answer = (rows) => Effect.sync(() => predictions(rows))) => {
  const requests: Array<{ readonly rows: ReadonlyArray<Record<string, unknown>>; readonly bytes: number }> = []
  const state = { inFlight: 0, most: 0, interrupted: 0 }
  const client = HttpClient.make((request) =>
    Effect.suspend(() => {
      const { body } = request
      const bytes = body._tag === "Uint8Array" ? body.body : new Uint8Array()
      const rows = rowsOf(bytes)
      const index = requests.push({ rows, bytes: bytes.length }) - 1
      state.most = Math.max(state.most, ++state.inFlight)
      return answer(rows, index).pipe(
        Effect.map((response) => HttpClientResponse.fromWeb(request, response)),
        Effect.onInterrupt(() => Effect.sync(() => state.interrupted++)),
        Effect.ensuring(Effect.sync(() => state.inFlight--))
      )
    })
  )
  const provide = <A, E>(effect: Effect.Effect<A, E, DataRobot | HttpClient.HttpClient>) =>
    Effect.provide(effect, Layer.merge(connection({ retry: false }), Layer.succeed(HttpClient.HttpClient, client)))
  return { requests, state, provide }
}

const numbers = (count: number) => Stream.map(Stream.range(0, count - 1), (n) => ({ n }))

/** The predictions before a failure, and the failure. */
const read = <E, R>(stream: Stream.Stream<Prediction.PredictionRow, E, R>) => {
  const rows: Array<Prediction.PredictionRow> = []
  return Effect.map(
    Effect.either(Stream.runForEach(stream, (row) => Effect.sync(() => rows.push(row)))),
    (end) => ({ rows, end })
  )
}

const inOrder = (rows: ReadonlyArray<Prediction.PredictionRow>, count: number) => {
  assert.strictEqual(rows.length, count)
  rows.forEach(({ prediction, rowId }, index) => assert.deepStrictEqual([rowId, prediction], [index, index]))
}

describe("Prediction.stream splits rows into requests", () => {
  it.effect("of 1 000 rows, and one for the rest", () =>
    Effect.gen(function*() {
      const { provide, requests } = serverOf()
      const { rows } = yield* provide(read(Prediction.stream(deployment, numbers(2500))))
      assert.deepStrictEqual(requests.map((request) => request.rows.length), [1000, 1000, 500])
      inOrder(rows, 2500)
    }))

  it.effect("of batchSize rows, however the source is chunked", () =>
    Effect.gen(function*() {
      for (const size of [1, 3, 7, 100]) {
        const { provide, requests } = serverOf()
        const source = Stream.rechunk(numbers(20), size)
        const { rows } = yield* provide(read(Prediction.stream(deployment, source, { batchSize: 7 })))
        assert.deepStrictEqual(requests.map((request) => request.rows.length), [7, 7, 6])
        inOrder(rows, 20)
      }
    }))

  it.effect("of at most 5 MiB, and a larger row alone", () =>
    Effect.gen(function*() {
      const { provide, requests } = serverOf()
      const mib = 1024 * 1024
      const texts = [2, 2, 2, 6, 1, 1].map((size, n) => ({ n, text: "\u00e9".repeat(size * mib / 2) }))
      const { rows } = yield* provide(read(Prediction.stream(deployment, Stream.fromIterable(texts))))
      assert.deepStrictEqual(requests.map((request) => request.rows.map(({ n }) => n)), [[0, 1], [2], [3], [4, 5]])
      for (const { bytes, rows } of requests) assert.isTrue(bytes <= 5 * mib || rows.length === 1)
      inOrder(rows, 6)
    }))

  it.effect("and sends nothing if there are no rows", () =>
    Effect.gen(function*() {
      const { provide, requests } = serverOf()
      const { end, rows } = yield* provide(read(Prediction.stream(deployment, Stream.empty)))
      assert.isTrue(Either.isRight(end))
      assert.deepStrictEqual([rows, requests], [[], []])
    }))

  it.effect("and encodes them with a schema", () =>
    Effect.gen(function*() {
      const { provide, requests } = serverOf()
      const row = Schema.Struct({ n: Schema.NumberFromString, at: Schema.Date })
      const source = Stream.make({ n: 0, at: new Date(0) })
      yield* provide(read(Prediction.stream(deployment, source, { row })))
      assert.deepStrictEqual(requests[0]?.rows, [{ n: "0", at: "1970-01-01T00:00:00.000Z" }])
    }))
})

describe("Prediction.stream keeps the order", () => {
  for (const concurrency of [1, 2, 5]) {
    it.live(`with ${concurrency} requests at once, and never more`, () =>
      Effect.gen(function*() {
        // Later requests are faster.
        const { provide, state } = serverOf((rows, index) =>
          Effect.as(Effect.sleep(Math.max(1, 20 - index)), rows).pipe(Effect.map((rows) => predictions(rows)))
        )
        const { rows } = yield* provide(
          read(Prediction.stream(deployment, numbers(200), { batchSize: 10, concurrency }))
        )
        inOrder(rows, 200)
        assert.strictEqual(state.most, concurrency)
      }))
  }
})

describe("Backpressure of Prediction.stream", () => {
  for (const concurrency of [1, 4]) {
    it.effect(`a reader that takes no more rows stops the source, with ${concurrency} requests at once`, () =>
      Effect.gen(function*() {
        let pulled = 0
        const source = Stream.repeatEffect(Effect.sync(() => ({ n: pulled++ })))
        const { provide, requests } = serverOf()
        yield* provide(Effect.gen(function*() {
          const taken = yield* Deferred.make<void>()
          const stream = Prediction.stream(deployment, source, { batchSize: 10, concurrency })
          const fiber = yield* Effect.fork(
            Stream.runForEach(stream, () => Effect.zipRight(Deferred.succeed(taken, undefined), Effect.never))
          )
          yield* Deferred.await(taken)
          for (let turn = 0; turn < 200; turn++) yield* Effect.yieldNow()
          yield* Fiber.interrupt(fiber)
        }))
        const most = concurrency === 1 ? 1 : 2 * concurrency + 2
        assert.isAtMost(requests.length, most)
        assert.isAtMost(pulled, 10 * (most + 1))
      }))
  }

  it.effect("the source is not read further while a request is in flight", () =>
    Effect.gen(function*() {
      let pulled = 0
      const source = Stream.repeatEffect(Effect.sync(() => ({ n: pulled++ })))
      const started = yield* Deferred.make<void>()
      const { provide, state } = serverOf(() => Effect.zipRight(Deferred.succeed(started, undefined), Effect.never))
      yield* provide(Effect.gen(function*() {
        const fiber = yield* Effect.fork(Stream.runDrain(Prediction.stream(deployment, source, { batchSize: 10 })))
        yield* Deferred.await(started)
        for (let turn = 0; turn < 100; turn++) yield* Effect.yieldNow()
        yield* Fiber.interrupt(fiber)
      }))
      assert.strictEqual(pulled, 10)
      assert.deepStrictEqual([state.inFlight, state.interrupted], [0, 1])
    }))
})

describe("A failure of Prediction.stream comes after the predictions for the rows before it", () => {
  for (const concurrency of [1, 3]) {
    it.live(`if a request fails, and names its rows, with ${concurrency} requests at once`, () =>
      Effect.gen(function*() {
        const { provide, state } = serverOf((rows, index) =>
          index === 2
            ? Effect.sync(() => Response.json({ message: "No" }, { status: 422 }))
            : Effect.map(Effect.sleep(10), () => predictions(rows))
        )
        const { end, rows } = yield* provide(
          read(Prediction.stream(deployment, numbers(100), { batchSize: 10, concurrency }))
        )
        inOrder(rows, 20)
        const error = Either.isLeft(end) ? end.left : undefined
        if (!DataRobotError.isApiError(error)) throw new Error("no API error")
        assert.deepStrictEqual([error.reason, error.rows], ["Unprocessable", { start: 20, end: 30 }])
        assert.include(error.message, "Rows 20 to 29.")
        assert.strictEqual(state.inFlight, 0)
      }))

    it.effect(`if a row is invalid, and names it, with ${concurrency} requests at once`, () =>
      Effect.gen(function*() {
        const { provide, requests } = serverOf()
        const source = Stream.map(Stream.range(0, 99), (n) => ({ n: n === 25 ? Number.NaN : n }))
        const { end, rows } = yield* provide(
          read(Prediction.stream(deployment, source, { batchSize: 10, concurrency }))
        )
        inOrder(rows, 25)
        assert.deepStrictEqual(requests.map((request) => request.rows.length), [10, 10, 5])
        const error = Either.isLeft(end) ? end.left : undefined
        if (!DataRobotError.isValidationError(error)) throw new Error("no validation error")
        assert.deepStrictEqual([error.phase, error.rows], ["request", { start: 25, end: 26 }])
        assert.deepStrictEqual(error.issues, [{ path: "rows[25].n", message: "must be a finite number" }])
      }))

    it.effect(`if the source fails, with ${concurrency} requests at once`, () =>
      Effect.gen(function*() {
        const { provide } = serverOf()
        const source = Stream.concat(numbers(25), Stream.fail("the source broke" as const))
        const { end, rows } = yield* provide(
          read(Prediction.stream(deployment, source, { batchSize: 10, concurrency }))
        )
        inOrder(rows, 25)
        assert.deepStrictEqual(end, Either.left("the source broke" as const))
      }))
  }

  const lies: Readonly<Record<string, (data: Array<object>) => Array<object>>> = {
    "one prediction too few": (data) => data.slice(1),
    "one prediction too many": (data) => [...data, { ...data[0], rowId: 99 }],
    "a repeated prediction": (data) => data.map((row, index) => index === 3 ? data[2] ?? row : row),
    "another order": (data) => [...data].reverse()
  }
  for (const [lie, change] of Object.entries(lies)) {
    it.effect(`if the server returns ${lie}`, () =>
      Effect.gen(function*() {
        const { provide } = serverOf((rows, index) =>
          Effect.sync(() => predictions(rows, index === 1 ? change : undefined))
        )
        const { end, rows } = yield* provide(read(Prediction.stream(deployment, numbers(30), { batchSize: 10 })))
        inOrder(rows, 10)
        const error = Either.isLeft(end) ? end.left : undefined
        if (!DataRobotError.isValidationError(error)) throw new Error("no validation error")
        assert.deepStrictEqual([error.phase, error.rows], ["response", { start: 10, end: 20 }])
      }))
  }
})

describe("Prediction.stream rejects options before it reads a row", () => {
  const wrong: ReadonlyArray<readonly [options: object, path: string]> = [
    [{ batchSize: 0 }, "batchSize"],
    [{ batchSize: 1.5 }, "batchSize"],
    [{ concurrency: 101 }, "concurrency"],
    [{ concurrency: "2" }, "concurrency"],
    [{ forecastPoint: "2026-01-01" }, "forecastPoint"],
    [{ maxExplanatons: 3 }, "maxExplanatons"],
    [{ passthroughColumns: ["a"], passthroughColumnsSet: "all" }, "passthroughColumnsSet"]
  ]
  for (const [options, path] of wrong) {
    it.effect(`${JSON.stringify(options)}`, () =>
      Effect.gen(function*() {
        let pulled = 0
        const source = Stream.repeatEffect(Effect.sync(() => ({ n: pulled++ })))
        const { provide, requests } = serverOf()
        const { end } = yield* provide(read(Prediction.stream(deployment, source, options as object)))
        const error = Either.isLeft(end) ? end.left : undefined
        if (!DataRobotError.isValidationError(error)) throw new Error("no validation error")
        assert.deepStrictEqual(error.issues.map((issue) => issue.path), [path])
        assert.deepStrictEqual([pulled, requests.length], [0, 0])
      }))
  }
})

describe("Prediction.stream rejects rows that are no stream", () => {
  for (const wrong of [null, undefined, 7, "abc", [{ n: 1 }]]) {
    it.effect(`such as ${JSON.stringify(wrong)}`, () =>
      Effect.gen(function*() {
        const { provide, requests } = serverOf()
        const { end } = yield* provide(read(Prediction.stream(deployment, untyped(wrong))))
        const error = Either.isLeft(end) ? end.left : undefined
        if (!DataRobotError.isValidationError(error)) throw new Error("no validation error")
        assert.deepStrictEqual(error.issues.map((issue) => issue.path), ["rows"])
        assert.deepStrictEqual(requests, [])
      }))
  }
})

describe("The option row", () => {
  it("must be a schema of effect", () => {
    for (const row of [null, 7, {}, { "~standard": {} }]) {
      assert.throws(() => Prediction.predict(id, [{ n: 1 }], untyped({ row })), "the option row must be a Schema")
    }
  })
})

describe("Prediction.predict checks its rows", () => {
  const bad: ReadonlyArray<readonly [what: string, rows: unknown, issue: string]> = [
    ["no rows", [], "rows must be a list of at least one row"],
    ["no list", "a,b", "rows must be a list of at least one row"],
    ["an infinite number", [{ a: Infinity }], "rows[0].a must be a finite number"],
    ["a date", [{ a: 1 }, { a: new Date() }], "rows[1].a must be a string, a finite number, a boolean or null"],
    ["a nested object", [{ a: { b: 1 } }], "rows[0].a must be a string, a finite number, a boolean or null"],
    ["a bigint", [{ a: 1n }], "rows[0].a must be a string, a finite number, a boolean or null"],
    ["a Map instead of a row", [new Map([["a", 1]])], "rows[0] must have at least one column"],
    ["a row without values", [{ a: undefined }], "rows[0] must have at least one column"],
    ["a list instead of a row", [[1, 2]], "rows[0] must be an object with a value for each column"],
    ["null instead of a row", [null], "rows[0] must be an object with a value for each column"]
  ]
  for (const [what, rows, issue] of bad) {
    it.effect(`and rejects ${what}`, () =>
      Effect.gen(function*() {
        const { provide, requests } = serverOf()
        const error = yield* Effect.flip(provide(Prediction.predict(deployment, rows as ReadonlyArray<{ a: 1 }>)))
        assert.strictEqual(error.message, `Prediction.predict was not sent: ${issue}.`)
        assert.strictEqual(requests.length, 0)
      }))
  }

  it.effect("and rejects more than 50 MiB", () =>
    Effect.gen(function*() {
      const { provide, requests } = serverOf()
      const text = "x".repeat(10 * 1024 * 1024)
      const rows = Array.from({ length: 5 }, (_, n) => ({ n, text }))
      const error = yield* Effect.flip(provide(Prediction.predict(deployment, rows)))
      assert.include(error.message, "BatchPrediction.score")
      assert.strictEqual(requests.length, 0)
      yield* provide(Prediction.predict(deployment, rows.slice(1)))
      assert.strictEqual(requests.length, 1)
    }))

  it.effect("and shows no value of a row that a schema rejects", () =>
    Effect.gen(function*() {
      const { provide } = serverOf()
      const row = Schema.Struct({ age: Schema.Int.pipe(Schema.between(0, 120)) })
      const error = yield* Effect.flip(provide(Prediction.predict(deployment, [{ age: 1 }, { age: 987654 }], { row })))
      assert.include(error.message, "rows[1].age")
      assert.notInclude(JSON.stringify(error), "987654")
    }))

  it.effect("and leaves out columns that are undefined", () =>
    Effect.gen(function*() {
      const { provide, requests } = serverOf()
      yield* provide(Prediction.predict(deployment, [{ n: 1, a: undefined, b: null, c: false, d: "" }]))
      assert.deepStrictEqual(requests[0]?.rows, [{ n: 1, b: null, c: false, d: "" }])
    }))

  it.effect("and sends the columns that it checked, not what an inherited toJSON returns", () =>
    Effect.gen(function*() {
      class Customer {
        readonly n = 1
        toJSON() {
          return { n: { nested: true } }
        }
      }
      const { provide, requests } = serverOf()
      yield* provide(Prediction.predict(deployment, untyped([new Customer()])))
      assert.deepStrictEqual(requests[0]?.rows, [{ n: 1 }])
    }))

  it.effect("and counts the predictions unless they are of a time series", () =>
    Effect.gen(function*() {
      const more = (change: (row: object) => object) =>
        serverOf((rows) => Effect.sync(() => predictions(rows, (data) => [...data, ...data].map(change))))
      const call = Prediction.predict(deployment, [{ n: 1 }])
      const error = yield* Effect.flip(more((row) => row).provide(call))
      assert.strictEqual(endOf(Either.left(error)), "DataRobotValidationError response")
      const { data } = yield* more((row) => ({ ...row, forecastDistance: 1, forecastPoint: "2026-01-01" })).provide(
        call
      )
      assert.strictEqual(data.length, 2)
    }))

  it.effect("and returns what the server says about the request", () =>
    Effect.gen(function*() {
      const headers = {
        "X-DataRobot-Execution-Time": "12.5",
        "X-DataRobot-Model-Cache-Hit": "true",
        "X-DataRobot-Request-ID": "r-1"
      }
      const { provide } = serverOf((rows) =>
        Effect.promise(() => predictions(rows).text()).pipe(Effect.map((text) => new Response(text, { headers })))
      )
      const result = yield* provide(Prediction.predict(deployment, [{ n: 1 }]))
      assert.deepInclude(result, { executionTime: 12.5, modelCacheHit: true, requestId: "r-1" })
      assert.strictEqual(Chunk.size(Chunk.fromIterable(result.data)), 1)
    }))
})

describe("Prediction.predictCsv of a stream of more than 50 MiB", () => {
  it.live("is stopped at the limit, with an error that says so", () =>
    Effect.gen(function*() {
      let received = 0
      const client = HttpClient.make((request) =>
        request.body._tag === "Stream"
          ? Stream.runForEach(request.body.stream, (chunk) => Effect.sync(() => received += chunk.length)).pipe(
            Effect.orDie,
            Effect.as(HttpClientResponse.fromWeb(request, new Response("x")))
          )
          : Effect.dieMessage("the body is not a stream")
      )
      const mib = new Uint8Array(1024 * 1024).fill(65)
      const csv = Stream.repeat(Stream.make(mib), Schedule.forever)
      const error = yield* Effect.flip(Stream.runDrain(Prediction.predictCsv(deployment, csv))).pipe(
        Effect.provide(Layer.merge(connection(), Layer.succeed(HttpClient.HttpClient, client)))
      )
      if (!DataRobotError.isValidationError(error)) throw new Error("no validation error")
      assert.strictEqual(
        error.message,
        "Prediction.predictCsv was stopped while it was sent: csv must have at most 52428800 bytes, but has more: send " +
          "fewer rows, or use BatchPrediction.score."
      )
      assert.deepInclude(error, { phase: "request", attempts: 1 })
      assert.isAtMost(received, 52_428_800)
    }))
})
