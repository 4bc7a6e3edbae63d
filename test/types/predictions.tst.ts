/** The types of predictions: options that exclude each other, streams, and the Promise API. */
import type { HttpClient } from "@effect/platform"
import type { Effect, Redacted, Stream } from "effect"
import { Schema } from "effect"
import { type DataRobot, type DataRobotError, Prediction } from "effect-datarobot"
import type { Deployment } from "effect-datarobot"
import type { ApiPromise, Client, IterableStream, Prediction as Plain } from "effect-datarobot/promise"
import type { StandardSchema } from "effect-datarobot/promise"
import { describe, expect, test } from "tstyche"

type Requirements = DataRobot | HttpClient.HttpClient
declare const deployment: Deployment.Deployment
declare const client: Client
declare const rows: Stream.Stream<{ readonly n: number }, "broken", "disk">
declare const bytes: Stream.Stream<Uint8Array, "broken", "disk">
declare const dated: Stream.Stream<{ readonly since: Date }>
declare const iterable: AsyncIterable<{ readonly n: number }>
declare const row: StandardSchema<{ readonly since: Date }, { readonly since: string }>
declare const nested: StandardSchema<{ readonly a: string }, { readonly a: ReadonlyArray<string> }>
const id = "60a000000000000000000001"
const some = [{ n: 1 }]

describe("Options that exclude each other", () => {
  test("are rejected together, and accepted alone", () => {
    expect(Prediction.predict).type.toBeCallableWith(id, some, { passthroughColumns: ["n"] })
    expect(Prediction.predict).type.toBeCallableWith(id, some, { passthroughColumnsSet: "all" })
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, {
      passthroughColumns: ["n"],
      passthroughColumnsSet: "all"
    })
    expect(Prediction.predict).type.toBeCallableWith(id, some, {
      explanationClassNames: ["yes"],
      maxExplanations: "all"
    })
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, {
      explanationClassNames: ["yes"],
      explanationNumTopClasses: 2
    })
    expect(Prediction.predict).type.toBeCallableWith(id, some, { forecastPoint: new Date() })
    expect(Prediction.predict).type.toBeCallableWith(id, some, {
      predictionsStartDate: "2020-01-01",
      predictionsEndDate: "2020-02-01"
    })
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, { predictionsStartDate: "2020-01-01" })
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, { predictionsEndDate: "2020-01-01" })
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, {
      forecastPoint: "2020-01-01",
      predictionsStartDate: "2020-01-01",
      predictionsEndDate: "2020-02-01"
    })
  })

  test("of another operation are rejected", () => {
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, { batchSize: 10 })
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, { idleTimeout: 10 })
    expect(Prediction.predict).type.not.toBeCallableWith(id, some, { maxCodes: 3 })
    expect(Prediction.stream).type.toBeCallableWith(id, rows, { batchSize: 10, concurrency: 2 })
    expect(Prediction.stream).type.not.toBeCallableWith(id, rows, { forecastPoint: "2020-01-01" })
    expect(Prediction.predictCsv).type.toBeCallableWith(id, "a\n1\n", { idleTimeout: "5 seconds" })
  })
})

describe("The exact result, error and requirements of predictions", () => {
  test("are those of the SDK, with those of the caller's stream", () => {
    type Answered<A> = Effect.Effect<A, DataRobotError.DataRobotError, Requirements>
    expect(Prediction.predict(deployment, some)).type.toBe<Answered<Prediction.Predictions>>()
    expect(Prediction.predict({ id }, some, { idempotent: false })).type.toBe<Answered<Prediction.Predictions>>()
    expect(Prediction.stream(id, rows)).type.toBe<
      Stream.Stream<Prediction.PredictionRow, "broken" | DataRobotError.DataRobotError, "disk" | Requirements>
    >()
    expect(Prediction.predictCsv(id, bytes)).type.toBe<
      Stream.Stream<Uint8Array, "broken" | DataRobotError.DataRobotError, "disk" | Requirements>
    >()
    expect(Prediction.predictCsv(id, "a\n1\n")).type.toBe<
      Stream.Stream<Uint8Array, DataRobotError.DataRobotError, Requirements>
    >()
    expect(Prediction.predictUnstructured(id, { body: "x", contentType: "text/plain" })).type.toBe<
      Answered<Prediction.UnstructuredOutput>
    >()
    expect(Prediction.chat(id)).type.toBe<
      Effect.Effect<Prediction.ChatEndpoint, DataRobotError.DataRobotError, DataRobot>
    >()
    expect<Prediction.ChatEndpoint["apiKey"]>().type.toBe<Redacted.Redacted>()
    expect<Prediction.PredictionRow["prediction"]>().type.toBe<string | number>()
    expect<Prediction.PredictionRow["isOutlierPrediction"]>().type.toBe<boolean | null | undefined>()
  })

  test("of rows with a schema are those of its type, and a stream without one has scalars", () => {
    const Row = Schema.Struct({ since: Schema.Date })
    expect(Prediction.stream).type.toBeCallableWith(id, dated, { row: Row })
    expect(Prediction.stream).type.not.toBeCallableWith(id, dated)
    expect(Prediction.stream).type.not.toBeCallableWith(id, rows, { row: Row })
    const Nested = Schema.Struct({ a: Schema.Array(Schema.Number) })
    expect(Prediction.predict).type.not.toBeCallableWith(id, [{ a: [1] }], { row: Nested })
  })
})

describe("Predictions in the Promise API", () => {
  test("are promises and async iterables, and the key of a chat is a string", () => {
    const { Prediction: api } = client
    expect(api.predict(id, some)).type.toBe<ApiPromise<Plain.Predictions>>()
    expect(api.stream(id, some)).type.toBe<IterableStream<Plain.PredictionRow>>()
    expect(api.predictCsv(id, "a\n1\n")).type.toBe<IterableStream<Uint8Array>>()
    expect(api.predictUnstructured(id, { body: "x", contentType: "text/plain" })).type.toBe<
      ApiPromise<Plain.UnstructuredOutput>
    >()
    expect(api.chat(id)).type.toBeAssignableTo<Promise<{ readonly baseUrl: string; readonly apiKey: string }>>()
  })

  test("take iterables, a signal, and rows of a Standard Schema", () => {
    const { Prediction: api } = client
    const signal = new AbortController().signal
    expect(api.stream).type.toBeCallableWith(id, iterable, { signal, batchSize: 10 })
    expect(api.stream).type.not.toBeCallableWith(id, rows)
    expect(api.predict).type.toBeCallableWith(id, [{ since: new Date() }], { row, signal })
    expect(api.predict).type.not.toBeCallableWith(id, [{ since: "x" }], { row })
    expect(api.predict).type.not.toBeCallableWith(id, [{ since: new Date() }])
    expect(api.predict).type.not.toBeCallableWith(id, [{ a: "x" }], { row: nested })
    expect(api.predict).type.not.toBeCallableWith(id, some, {
      passthroughColumns: ["n"],
      passthroughColumnsSet: "all"
    })
  })
})
