import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, DeploymentActuals } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Chunk from "effect/Chunk"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import {
  accepted,
  badId,
  finished,
  handle,
  issuesOf,
  type Operation,
  refused,
  refusedAt,
  sends,
  starts,
  state,
  waits
} from "./deployments.js"
import { failsWith, id, requests, sent, serving, timeLapse, untyped } from "./support.js"

const { empty, json, networkFailure } = MockHttpClient
const { isApiError, isJobError, isNetworkError, isValidationError } = DataRobotError
const { sink, submit, submitStream } = DeploymentActuals

type Actual = DeploymentActuals.Actual
type Submitted = DeploymentActuals.Submitted

const route = "POST deployments/:id/actuals/fromJSON/"
const posts = `POST deployments/${id}/actuals/fromJSON/`
const fromDataset = "POST deployments/:id/actuals/fromDataset/"
const asks = "GET status/s1/"

const server: MockHttpClient.Routes = { [route]: accepted, [fromDataset]: accepted, "GET status/s1/": finished }

const actual = (index: number): Actual => ({ associationId: `a${index}`, actualValue: index })
const actuals = (count: number): ReadonlyArray<Actual> => Array.from({ length: count }, (_, index) => actual(index))
const few = actuals(2)

const dataset = { datasetId: "d1", associationIdColumn: "id", actualValueColumn: "churned" }

/** The three ways to submit actual values. All send the same requests. */
const ways: Readonly<
  Record<
    "submit" | "submitStream" | "sink",
    (values: Iterable<Actual>, options?: DeploymentActuals.SubmitOptions, ref?: string) => Operation
  >
> = {
  submit: (values, options, ref = id) => submit(ref, values, options),
  submitStream: (values, options, ref = id) => Stream.runLast(submitStream(ref, Stream.fromIterable(values), options)),
  sink: (values, options, ref = id) => Stream.run(Stream.fromIterable(values), sink(ref, options))
}

/** The association ids of each request. */
const idsSent = Effect.map(requests, (all) =>
  all.flatMap(({ body, method }) => {
    if (method !== "POST") return []
    // Boundary: the body that the SDK sends.
    const { data } = body as { readonly data: ReadonlyArray<Actual> }
    return [data.map(({ associationId }) => associationId)]
  }))
const sizesSent = Effect.map(idsSent, (all) => all.map(({ length }) => length))

/** What a stream emits, and how it ends. */
const told = <E, R>(progress: Stream.Stream<Submitted, E, R>) =>
  Effect.gen(function*() {
    const seen: Array<Submitted> = []
    const end = yield* timeLapse(
      Effect.either(Stream.runForEach(progress, (submitted) => Effect.sync(() => seen.push(submitted))))
    )
    return { seen, end }
  })

describe("DeploymentActuals requests", () => {
  const zoned = DateTime.unsafeMakeZoned("2022-03-01T10:30:00Z", { timeZone: "Europe/Berlin" })
  const rich: ReadonlyArray<Actual> = [
    { associationId: "1", actualValue: "yes", wasActedOn: true, timestamp: "2022-03-01" },
    { associationId: "2", actualValue: 0, wasActedOn: false, timestamp: "2022-03-01T10:30:00+02:00" },
    { associationId: " 3 ", actualValue: "", wasActedOn: undefined, timestamp: new Date("2022-03-01T10:30:00.5Z") },
    { associationId: "x".repeat(128), actualValue: -1.5, timestamp: zoned },
    { associationId: "5", actualValue: "no", timestamp: undefined }
  ]
  const body = {
    data: [
      { associationId: "1", actualValue: "yes", wasActedOn: true, timestamp: "2022-03-01T00:00:00.000Z" },
      { associationId: "2", actualValue: 0, wasActedOn: false, timestamp: "2022-03-01T08:30:00.000Z" },
      { associationId: " 3 ", actualValue: "", timestamp: "2022-03-01T10:30:00.500Z" },
      { associationId: "x".repeat(128), actualValue: -1.5, timestamp: "2022-03-01T10:30:00.000Z" },
      { associationId: "5", actualValue: "no" }
    ]
  }

  for (const [name, way] of Object.entries(ways)) {
    sends(server, {
      [name]: { operation: way(rich), line: posts, body, after: [asks] },
      [`${name} with keepActualsWithoutPredictions: true`]: {
        operation: way(rich, { keepActualsWithoutPredictions: true }),
        line: posts,
        body: { ...body, keepActualsWithoutPredictions: true },
        after: [asks]
      },
      [`${name} with keepActualsWithoutPredictions: false`]: {
        operation: way(few, { keepActualsWithoutPredictions: false }),
        line: posts,
        body: { data: few, keepActualsWithoutPredictions: false },
        after: [asks]
      }
    })
  }
  sends(server, {
    submitFromDataset: {
      operation: DeploymentActuals.submitFromDataset(id, {
        ...dataset,
        datasetVersionId: "v1",
        wasActedOnColumn: "acted",
        timestampColumn: "when"
      }),
      line: `POST deployments/${id}/actuals/fromDataset/`,
      body: { ...dataset, datasetVersionId: "v1", wasActedOnColumn: "acted", timestampColumn: "when" },
      after: [asks]
    },
    startSubmitFromDataset: {
      operation: DeploymentActuals.startSubmitFromDataset(id, { ...dataset, timestampColumn: undefined }),
      line: `POST deployments/${id}/actuals/fromDataset/`,
      body: dataset
    }
  })

  it.effect("submit accepts any iterable and reads it once", () =>
    Effect.gen(function*() {
      let reads = 0
      const generated = function*() {
        reads++
        yield* few
      }
      assert.deepStrictEqual(yield* submit(id, generated()), { actuals: 2, requests: 1 })
      assert.deepStrictEqual(yield* submit(id, new Set(few)), { actuals: 2, requests: 1 })
      assert.strictEqual(reads, 1)
    }).pipe(Effect.provide(serving(server))))
})

describe("Invalid DeploymentActuals arguments", () => {
  const blank = "must be a string that is not blank"
  const value = "must be a string or a finite number"
  const date = "must be an ISO 8601 date, a Date or a DateTime"
  const long = "must be a string of 1 to 128 characters that is not blank"
  const duration = "must be a positive, finite duration"

  for (const [name, way] of Object.entries(ways)) {
    const bad = (change: object): ReadonlyArray<Actual> => [actual(0), untyped({ ...actual(1), ...change })]
    for (const actualValue of [NaN, Infinity, -Infinity, null, true, undefined, {}]) {
      refused(
        `the actual value ${String(actualValue)} in ${name}`,
        way(bad({ actualValue })),
        `actuals[1].actualValue ${value}`
      )
    }
    refused(
      `an association id of 129 characters in ${name}`,
      way(bad({ associationId: "x".repeat(129) })),
      `actuals[1].associationId ${long}`
    )
    for (const associationId of ["", " \t"]) {
      refused(
        `the association id ${JSON.stringify(associationId)} in ${name}`,
        way(bad({ associationId })),
        `actuals[1].associationId ${long}`
      )
    }
    refused(`an invalid timestamp in ${name}`, way(bad({ timestamp: "yesterday" })), `actuals[1].timestamp ${date}`)
    refused(`an invalid Date in ${name}`, way(bad({ timestamp: new Date(NaN) })), `actuals[1].timestamp ${date}`)
    refused(`an unknown key in ${name}`, way(bad({ actual: 1 })), "actuals[1].actual is not known here")
    refused(
      `an empty object in ${name}`,
      way([untyped({})]),
      "actuals[0].associationId is missing",
      "actuals[0].actualValue is missing"
    )
    refused(
      `a number instead of an actual value object in ${name}`,
      way([untyped(5)]),
      "actuals[0] must be an object, but is a number"
    )
    refused(
      `null instead of an actual value object in ${name}`,
      way([untyped(null)]),
      "actuals[0] must be an object, but is null"
    )
    refused(`invalid wait options in ${name}`, way(few, { wait: { timeout: 0 } }), `wait.timeout ${duration}`)
    refusedAt(
      `an option that is not a boolean in ${name}`,
      way(few, { keepActualsWithoutPredictions: untyped("yes") }),
      "keepActualsWithoutPredictions"
    )
  }

  refused("an invalid id even if there is nothing to submit", DeploymentActuals.submit("..", []), badId)
  for (const what of [null, undefined, 5, {}]) {
    refused(
      `${JSON.stringify(what)} instead of a list in submit`,
      DeploymentActuals.submit(id, untyped(what)),
      "actuals must be a list of actual values"
    )
  }

  it.effect("submit validates all actual values before the first request and reports their indexes", () =>
    Effect.gen(function*() {
      const values = [...actuals(25_000)]
      values[10_001] = { ...actual(0), associationId: "x".repeat(129) }
      values[20_000] = { ...actual(0), actualValue: NaN }
      const error = yield* failsWith(submit(id, values), isValidationError)
      assert.strictEqual(error.phase, "request")
      assert.strictEqual(error.attempts, 0)
      assert.strictEqual(error.path, `deployments/${id}/actuals/fromJSON/`)
      assert.deepStrictEqual(issuesOf(error), [
        `actuals[10001].associationId ${long}`,
        `actuals[20000].actualValue ${value}`
      ])
      assert.deepStrictEqual(yield* requests, [])
    }).pipe(Effect.provide(serving({}))))

  it.effect("submit reports the first ten issues, without values", () =>
    Effect.gen(function*() {
      const values = Array.from({ length: 10_011 }, () => ({ associationId: "s3cret", actualValue: NaN }))
      const error = yield* failsWith(submit(id, values), isValidationError)
      assert.deepStrictEqual(
        error.issues.map(({ path }) => path),
        Array.from({ length: 10 }, (_, index) => `actuals[${index}].actualValue`)
      )
      assert.notInclude(JSON.stringify(error), "s3cret")
    }).pipe(Effect.provide(serving({}))))

  for (const name of ["submitStream", "sink"] as const) {
    it.effect(`${name} validates each request before sending it and reports indexes over all requests`, () =>
      Effect.gen(function*() {
        const values = [...actuals(20_005)]
        values[10_001] = { ...actual(0), associationId: "x".repeat(129) }
        const error = yield* failsWith(ways[name](values), isValidationError)
        assert.deepStrictEqual(issuesOf(error), [`actuals[10001].associationId ${long}`])
        assert.deepStrictEqual(yield* sizesSent, [10_000])
      }).pipe(Effect.provide(serving(server))))
  }

  refused(
    "a dataset without its columns",
    DeploymentActuals.submitFromDataset(id, untyped({ datasetId: "d1" })),
    "associationIdColumn is missing",
    "actualValueColumn is missing"
  )
  refused(
    "a blank column name",
    DeploymentActuals.startSubmitFromDataset(id, { ...dataset, wasActedOnColumn: " " }),
    `wasActedOnColumn ${blank}`
  )
  refused(
    "an unknown key of a dataset",
    DeploymentActuals.submitFromDataset(id, untyped({ ...dataset, x: 1 })),
    "x is not known here"
  )
})

describe("Batches of 10 000 actual values", () => {
  for (const [name, way] of Object.entries(ways)) {
    it.effect(`${name} sends 25 000 values in three requests, each after the previous job`, () =>
      Effect.gen(function*() {
        const told: Array<Submitted> = []
        yield* timeLapse(way(actuals(25_000), { onProgress: (submitted) => told.push(submitted) }))
        assert.deepStrictEqual(yield* sent, [posts, asks, asks, posts, asks, asks, posts, asks, asks])
        assert.deepStrictEqual(yield* sizesSent, [10_000, 10_000, 5_000])
        assert.deepStrictEqual((yield* idsSent).flat(), actuals(25_000).map(({ associationId }) => associationId))
        assert.deepStrictEqual(told, [
          { actuals: 10_000, requests: 1 },
          { actuals: 20_000, requests: 2 },
          { actuals: 25_000, requests: 3 }
        ])
      }).pipe(Effect.provide(serving({
        [route]: accepted,
        "GET status/s1/": [state("RUNNING"), finished, state("RUNNING"), finished, state("RUNNING"), finished]
      }))))

    it.effect(`${name} sends 10 000 values in one request`, () =>
      Effect.gen(function*() {
        yield* way(actuals(10_000))
        assert.deepStrictEqual(yield* sizesSent, [10_000])
      }).pipe(Effect.provide(serving(server))))

    it.effect(`${name} sends 10 001 values in two requests`, () =>
      Effect.gen(function*() {
        yield* way(actuals(10_001))
        assert.deepStrictEqual(yield* sizesSent, [10_000, 1])
      }).pipe(Effect.provide(serving(server))))

    it.effect(`${name} sends no request for an empty input`, () =>
      Effect.gen(function*() {
        const told: Array<Submitted> = []
        yield* way([], { onProgress: (submitted) => told.push(submitted) })
        assert.deepStrictEqual(told, [])
        assert.deepStrictEqual(yield* requests, [])
      }).pipe(Effect.provide(serving({}))))

    it.effect(`${name} waits for the job of a request before it sends the next one`, () =>
      Effect.gen(function*() {
        const fiber = yield* Effect.fork(way(actuals(25_000)))
        yield* TestClock.adjust("1 minutes")
        assert.deepStrictEqual(yield* sizesSent, [10_000])
        yield* Fiber.interrupt(fiber)
      }).pipe(Effect.provide(serving({ ...server, "GET status/s1/": state("RUNNING") }))))

    it.effect(`${name} needs no job if the server responds without one`, () =>
      Effect.gen(function*() {
        yield* way(few)
        assert.deepStrictEqual(yield* sent, [posts])
      }).pipe(Effect.provide(serving({ [route]: empty() }))))

    it.effect(`${name} reports how many values were submitted before a request with an unknown outcome (R-5)`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(way(actuals(25_000)), isNetworkError)
        assert.strictEqual(error.outcome, "unknown")
        assert.include(
          error.message,
          "These actual values may have been submitted despite the error. The first 20000 actual values were processed."
        )
        assert.deepStrictEqual(yield* sizesSent, [10_000, 10_000, 5_000])
      }).pipe(
        Effect.provide(serving({ ...server, [route]: [accepted, accepted, networkFailure("ECONNRESET")] }))
      ))

    it.effect(`${name} is retryable only as long as no values were submitted (R-7)`, () =>
      Effect.gen(function*() {
        const ends = (...responses: ReadonlyArray<typeof accepted>) =>
          failsWith(way(actuals(10_001), { retry: false }), isApiError).pipe(
            Effect.provide(serving({ ...server, [route]: responses }))
          )
        const busy = json({ message: "Busy" }, { status: 429 })
        assert.isTrue((yield* ends(busy)).retryable)
        assert.isFalse((yield* ends(accepted, busy)).retryable)
      }))

    it.effect(`${name} stops when a job fails`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(way(actuals(25_000)), isJobError)
        assert.strictEqual(error.reason, "Failed")
        assert.strictEqual(error.operation, `DeploymentActuals.${name}`)
        assert.deepStrictEqual(error.handle, handle)
        assert.deepStrictEqual(yield* sizesSent, [10_000, 10_000])
      }).pipe(
        Effect.provide(serving({ ...server, "GET status/s1/": [finished, state("ERROR", { message: "Too many" })] }))
      ))

    it.effect(`${name} mentions no earlier values if the first request fails`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(way(few), isNetworkError)
        assert.include(error.message, "These actual values may have been submitted despite the error.")
        assert.notInclude(error.message, "were processed")
      }).pipe(Effect.provide(serving({ [route]: networkFailure("ECONNRESET") }))))

    it.effect(`${name} allows 60 seconds for an attempt`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(timeLapse(way(few)), isNetworkError)
        assert.strictEqual(error.cause?.message, "no complete response within 60000 ms")
      }).pipe(Effect.provide(serving({ [route]: () => Effect.never }))))
  }

  it.effect("submit returns the number of actual values and requests", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* submit(id, actuals(25_000)), { actuals: 25_000, requests: 3 })
      assert.deepStrictEqual(yield* submit(id, []), { actuals: 0, requests: 0 })
    }).pipe(Effect.provide(serving(server))))

  it.effect("submit reads an iterable once", () =>
    Effect.gen(function*() {
      const submitted = yield* submit(id, actuals(10_001).values())
      assert.deepStrictEqual(submitted, { actuals: 10_001, requests: 2 })
      assert.deepStrictEqual((yield* idsSent).flat(), actuals(10_001).map(({ associationId }) => associationId))
    }).pipe(Effect.provide(serving(server))))

  it.effect("submit sends the values of the list as it was at the start", () =>
    Effect.gen(function*() {
      const values = [...actuals(10_001)]
      const onProgress = () => {
        values.length = 0
      }
      assert.deepStrictEqual(yield* submit(id, values, { onProgress }), { actuals: 10_001, requests: 2 })
      assert.deepStrictEqual(yield* sizesSent, [10_000, 1])
    }).pipe(Effect.provide(serving(server))))

  it.effect("submit does not send a value that became invalid after it was checked", () =>
    Effect.gen(function*() {
      const values: Array<{ -readonly [Key in keyof Actual]: Actual[Key] }> = [...actuals(10_001)]
      const onProgress = () => {
        Object.assign(values[10_000] ?? {}, { actualValue: NaN })
      }
      const error = yield* failsWith(submit(id, values, { onProgress }), isValidationError)
      assert.strictEqual(error.phase, "request")
      assert.deepStrictEqual(issuesOf(error), [`actuals[10000].actualValue must be a string or a finite number`])
      assert.deepStrictEqual(yield* sizesSent, [10_000])
    }).pipe(Effect.provide(serving(server))))

  it.effect("submit can be run twice", () =>
    Effect.gen(function*() {
      const submission = submit(id, few)
      yield* submission
      yield* submission
      assert.deepStrictEqual(yield* sizesSent, [2, 2])
    }).pipe(Effect.provide(serving(server))))
})

describe("A source that does not end", () => {
  const endless = Stream.concat(Stream.fromIterable(actuals(10_000)), Stream.never)
  const running: Readonly<Record<string, Operation>> = {
    submitStream: Stream.runDrain(submitStream(id, endless)),
    sink: Stream.run(endless, sink(id))
  }
  for (const [name, operation] of Object.entries(running)) {
    it.effect(`${name} sends a request as soon as it has 10 000 values`, () =>
      Effect.gen(function*() {
        const fiber = yield* Effect.fork(operation)
        yield* TestClock.adjust("1 minutes")
        assert.deepStrictEqual(yield* sent, [posts, asks])
        yield* Fiber.interrupt(fiber)
      }).pipe(Effect.provide(serving(server))))
  }
})

describe("submitStream", () => {
  it.effect("emits its progress after each request", () =>
    Effect.gen(function*() {
      const { end, seen } = yield* told(submitStream(id, Stream.fromIterable(actuals(25_000))))
      assert.strictEqual(end._tag, "Right")
      assert.deepStrictEqual(seen, [
        { actuals: 10_000, requests: 1 },
        { actuals: 20_000, requests: 2 },
        { actuals: 25_000, requests: 3 }
      ])
    }).pipe(Effect.provide(serving(server))))

  it.effect("emits nothing for an empty source", () =>
    Effect.gen(function*() {
      const { seen } = yield* told(submitStream(id, Stream.empty))
      assert.deepStrictEqual(seen, [])
    }).pipe(Effect.provide(serving({}))))

  it.effect("sends a request only when its progress is pulled", () =>
    Effect.gen(function*() {
      const first = yield* Stream.runHead(submitStream(id, Stream.fromIterable(actuals(25_000))))
      assert.deepStrictEqual(yield* first, { actuals: 10_000, requests: 1 })
      assert.deepStrictEqual(yield* sizesSent, [10_000])
    }).pipe(Effect.provide(serving(server))))

  it.effect("emits its progress before it fails with the source's error", () =>
    Effect.gen(function*() {
      const source = Stream.concat(Stream.fromIterable(actuals(10_000)), Stream.fail("the source broke" as const))
      const { end, seen } = yield* told(submitStream(id, source))
      assert.deepStrictEqual(seen, [{ actuals: 10_000, requests: 1 }])
      assert.deepStrictEqual(end, yield* Effect.either(Effect.fail("the source broke" as const)))
    }).pipe(Effect.provide(serving(server))))

  it.effect("submits the remaining values before it fails with the source's error", () =>
    Effect.gen(function*() {
      const source = Stream.concat(Stream.fromIterable(actuals(12_500)), Stream.fail("the source broke" as const))
      const { end, seen } = yield* told(submitStream(id, source))
      assert.deepStrictEqual(seen, [{ actuals: 10_000, requests: 1 }, { actuals: 12_500, requests: 2 }])
      assert.strictEqual(end._tag, "Left")
    }).pipe(Effect.provide(serving(server))))

  it.effect("emits its progress before it fails with the third request", () =>
    Effect.gen(function*() {
      const { end, seen } = yield* told(submitStream(id, Stream.fromIterable(actuals(35_000))))
      assert.deepStrictEqual(seen, [{ actuals: 10_000, requests: 1 }, { actuals: 20_000, requests: 2 }])
      const error = yield* failsWith(end, isApiError)
      assert.strictEqual(error.reason, "RateLimited")
      assert.include(error.message, "The first 20000 actual values were processed.")
    }).pipe(Effect.provide(serving({
      ...server,
      [route]: [accepted, accepted, json({ message: "Too many" }, { status: 429, headers: { "retry-after": "3600" } })]
    }))))

  it.effect("sends nothing more after an interruption and does not cancel the job (J-2)", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Stream.runDrain(submitStream(id, Stream.fromIterable(actuals(25_000)))))
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.interrupt(fiber)
      yield* TestClock.adjust("1 hours")
      assert.deepStrictEqual([...new Set(yield* sent)], [posts, asks])
      assert.deepStrictEqual(yield* sizesSent, [10_000])
    }).pipe(Effect.provide(serving({ ...server, "GET status/s1/": state("RUNNING") }))))
})

describe("DeploymentActuals.sink", () => {
  it.effect("returns the number of actual values it received", () =>
    Effect.gen(function*() {
      const run = (count: number) => Stream.run(Stream.fromIterable(actuals(count)), sink(id))
      assert.deepStrictEqual(yield* run(20_001), { actuals: 20_001, requests: 3 })
      assert.deepStrictEqual(yield* run(0), { actuals: 0, requests: 0 })
    }).pipe(Effect.provide(serving(server))))

  const cuts = FastCheck.array(FastCheck.integer({ min: 0, max: 25_000 }), { maxLength: 6 })
  it.effect.prop(
    "sends the same requests however its input is chunked",
    [cuts],
    ([points]) =>
      Effect.gen(function*() {
        const values = actuals(25_000)
        const ends = [...points].sort((a, b) => a - b)
        // Two cuts at the same position make an empty chunk, which a sink may also receive.
        const chunks = [...ends, values.length].map((end, index) =>
          Chunk.unsafeFromArray(values.slice(ends[index - 1] ?? 0, end))
        )
        const submitted = yield* Stream.run(Stream.fromChunks(...chunks), sink(id))
        assert.deepStrictEqual(submitted, { actuals: 25_000, requests: 3 })
        const ids = values.map(({ associationId }) => associationId)
        assert.deepStrictEqual(yield* idsSent, [ids.slice(0, 10_000), ids.slice(10_000, 20_000), ids.slice(20_000)])
      }).pipe(Effect.provide(serving(server))),
    // Each run has 25 000 values, so chunks can't be smaller.
    { fastCheck: { numRuns: 4 }, timeout: 30_000 }
  )

  it.effect("sends only full requests if its source fails", () =>
    Effect.gen(function*() {
      const source = Stream.concat(Stream.fromIterable(actuals(12_500)), Stream.fail("the source broke" as const))
      const end = yield* Effect.flip(Stream.run(source, sink(id)))
      assert.strictEqual(end, "the source broke")
      assert.deepStrictEqual(yield* sizesSent, [10_000])
    }).pipe(Effect.provide(serving(server))))
})

for (const [name, way] of Object.entries(ways)) {
  waits({
    name: `DeploymentActuals.${name}`,
    operation: (options) => way(few, options),
    route,
    more: {},
    after: [],
    knowsResource: true
  })
}

waits({
  name: "DeploymentActuals.submitFromDataset",
  operation: (options) => DeploymentActuals.submitFromDataset(id, dataset, options),
  route: fromDataset,
  more: {},
  after: [],
  knowsResource: true
})

starts("DeploymentActuals.startSubmitFromDataset", DeploymentActuals.startSubmitFromDataset(id, dataset), fromDataset)
