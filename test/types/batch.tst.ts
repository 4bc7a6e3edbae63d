/** The types of batch predictions: unions that refuse wrong combinations, and what a stream of the caller's adds. */
import type * as HttpClient from "@effect/platform/HttpClient"
import {
  BatchPrediction,
  BatchPredictionDefinition,
  type DataRobot,
  type DataRobotError,
  type Page
} from "effect-datarobot"
import { createClient } from "effect-datarobot/promise"
import type {
  ApiPromise,
  BatchPrediction as PlainJob,
  BatchPredictionDefinition as PlainDefinition,
  IterableStream
} from "effect-datarobot/promise"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { describe, expect, test } from "tstyche"

type Requirements = DataRobot | HttpClient.HttpClient
type Answered<A> = Effect.Effect<A, DataRobotError.DataRobotError, Requirements>
type Emitted<A> = Stream.Stream<A, DataRobotError.DataRobotError, Requirements>
type WithSource<A> = Stream.Stream<A, "broken" | DataRobotError.DataRobotError, "disk" | Requirements>
type Job = BatchPrediction.BatchPrediction

declare const id: string
declare const job: Job
declare const handle: DataRobotError.Handle
declare const bytes: Stream.Stream<Uint8Array, "broken", "disk">
declare const rows: Stream.Stream<{ readonly tenure: number; readonly plan: string | null }, "broken", "disk">

const schedule = { minute: [0], hour: [3], dayOfMonth: ["*"], month: ["jan", 2], dayOfWeek: ["*"] } as const

describe("The exact result, error and requirements of batch predictions", () => {
  test("are those of the SDK", () => {
    expect(BatchPrediction.create({ deploymentId: id })).type.toBe<Answered<Job>>()
    expect(BatchPrediction.get(id)).type.toBe<Answered<Job>>()
    expect(BatchPrediction.getOption(job)).type.toBe<Answered<Option.Option<Job>>>()
    expect(BatchPrediction.list()).type.toBe<Answered<ReadonlyArray<Job>>>()
    expect(BatchPrediction.stream()).type.toBe<Emitted<Job>>()
    expect(BatchPrediction.page()).type.toBe<Answered<Page<Job, BatchPrediction.ListInput>>>()
    expect(BatchPrediction.await(handle)).type.toBe<Answered<Job>>()
    expect(BatchPrediction.progress(job)).type.toBe<Emitted<Job>>()
    expect(BatchPrediction.cancel(id)).type.toBe<Answered<void>>()
    expect(BatchPrediction.upload(job, "a\n1\n")).type.toBe<Answered<void>>()
    expect(BatchPrediction.download(job)).type.toBe<Emitted<Uint8Array>>()
  })

  test("also have the error and the requirements of a stream of the caller's, but not of a text or bytes", () => {
    expect(BatchPrediction.score(id, "a\n1\n")).type.toBe<Emitted<Uint8Array>>()
    expect(BatchPrediction.score({ id }, new Uint8Array(1))).type.toBe<Emitted<Uint8Array>>()
    expect(BatchPrediction.score(id, bytes)).type.toBe<WithSource<Uint8Array>>()
    expect(BatchPrediction.upload(job, bytes)).type.toBe<
      Effect.Effect<void, "broken" | DataRobotError.DataRobotError, "disk" | Requirements>
    >()
    expect(BatchPrediction.score).type.not.toBeCallableWith(id, Stream.make("a\n1\n"))
    expect(BatchPrediction.score).type.not.toBeCallableWith(id, ["a\n1\n"])
  })

  test("of rows are records of strings, or what the schema of the results makes of them", () => {
    expect(BatchPrediction.scoreRows(id, rows)).type.toBe<WithSource<Readonly<Record<string, string>>>>()
    const Result = Schema.Struct({ customer: Schema.String, score: Schema.NumberFromString })
    expect(BatchPrediction.scoreRows(id, rows, { result: Result })).type.toBe<
      WithSource<{ readonly customer: string; readonly score: number }>
    >()
    const NoText = Schema.Struct({ score: Schema.Number })
    expect(BatchPrediction.scoreRows).type.not.toBeCallableWith(id, rows, { result: NoText })
    expect(BatchPrediction.scoreRows).type.not.toBeCallableWith(id, Stream.make({ a: [1] }))
  })
})

describe("The settings of a job", () => {
  const create = BatchPrediction.create

  test("have an intake and an output, each with the keys of its type only", () => {
    const deploymentId = id
    expect(create).type.toBeCallableWith({ deploymentId, intakeSettings: { type: "dataset", datasetId: id } })
    expect(create).type.not.toBeCallableWith({ deploymentId, intakeSettings: { type: "dataset" } })
    expect(create).type.not.toBeCallableWith({ deploymentId, intakeSettings: { type: "dataset", url: "s3://b/a" } })
    expect(create).type.not.toBeCallableWith({ deploymentId, intakeSettings: { type: "s3", datasetId: id } })
    expect(create).type.not.toBeCallableWith({ deploymentId, intakeSettings: { type: "ftp", url: "ftp://h/a" } })
    expect(create).type.not.toBeCallableWith({ deploymentId, intakeSettings: { type: "tableau", url: "https://h" } })
    expect(create).type.toBeCallableWith({
      deploymentId,
      outputSettings: { type: "jdbc", dataStoreId: id, table: "t", statementType: "insert" }
    })
    expect(create).type.not.toBeCallableWith({
      deploymentId,
      outputSettings: { type: "jdbc", dataStoreId: id, table: "t", statementType: "upsert" }
    })
    expect(create).type.not.toBeCallableWith({ deploymentId, outputSettings: { type: "jdbc", dataStoreId: id } })
    expect(create).type.not.toBeCallableWith({ deploymentId, outputSettings: { type: "dataset", datasetId: id } })
  })

  test("have secrets as text or Redacted, and no unknown key", () => {
    const predictionInstance = { hostName: "h", apiKey: Redacted.make("k"), datarobotKey: "k" }
    expect(create).type.toBeCallableWith({ deploymentId: id, predictionInstance })
    expect(create).type.not.toBeCallableWith({ deploymentId: id, maxCodes: 3 })
    expect(create).type.not.toBeCallableWith({ deploymentId: id, chunkSize: "large" })
  })

  test("of score are options, without an intake, an output and a target", () => {
    const csv = "a\n1\n"
    expect(BatchPrediction.score).type.toBeCallableWith(id, csv, {
      passthroughColumns: ["a"],
      multipart: true,
      partSize: 65_536,
      wait: { timeout: "1 hour" },
      idleTimeout: "1 minute"
    })
    expect(BatchPrediction.score).type.not.toBeCallableWith(id, csv, { deploymentId: id })
    expect(BatchPrediction.score).type.not.toBeCallableWith(id, csv, { intakeSettings: { type: "localFile" } })
  })
})

describe("Definitions", () => {
  const settings = { deploymentId: id, intakeSettings: { type: "dataset", datasetId: id }, enabled: false } as const
  type Definition = BatchPredictionDefinition.BatchPredictionDefinition

  test("have the exact results of a resource, and a run is a job", () => {
    expect(BatchPredictionDefinition.list()).type.toBe<Answered<ReadonlyArray<Definition>>>()
    expect(BatchPredictionDefinition.stream()).type.toBe<Emitted<Definition>>()
    expect(BatchPredictionDefinition.page()).type.toBe<
      Answered<Page<Definition, BatchPredictionDefinition.ListInput>>
    >()
    expect(BatchPredictionDefinition.get(id)).type.toBe<Answered<Definition>>()
    expect(BatchPredictionDefinition.getOption(id)).type.toBe<Answered<Option.Option<Definition>>>()
    expect(BatchPredictionDefinition.create(settings)).type.toBe<Answered<Definition>>()
    expect(BatchPredictionDefinition.update(id, { enabled: true })).type.toBe<Answered<Definition>>()
    expect(BatchPredictionDefinition.delete({ id })).type.toBe<Answered<void>>()
    expect(BatchPredictionDefinition.run(id)).type.toBe<Answered<Job>>()
  })

  test("have no file to upload, and say whether they are enabled", () => {
    const { create, update } = BatchPredictionDefinition
    expect(create).type.toBeCallableWith({ ...settings, schedule, name: "n" })
    expect(create).type.not.toBeCallableWith({ ...settings, intakeSettings: { type: "localFile" } })
    expect(create).type.not.toBeCallableWith({ deploymentId: id, enabled: false })
    expect(create).type.not.toBeCallableWith({ deploymentId: id, intakeSettings: settings.intakeSettings })
    expect(create).type.not.toBeCallableWith({ ...settings, schedule: { minute: [0] } })
    expect(create).type.not.toBeCallableWith({ ...settings, schedule: { ...schedule, hour: "*" } })
    expect(create).type.not.toBeCallableWith({ ...settings, schedule: { ...schedule, hour: ["3"] } })
    expect(update).type.not.toBeCallableWith(id, { intakeSettings: { type: "localFile" } })
    expect(update).type.toBeCallableWith(id, { schedule }, { idempotent: true })
    expect(create).type.not.toBeCallableWith(settings, { idempotent: true })
  })
})

describe("Batch predictions in the Promise API", () => {
  const client = createClient()

  test("are promises and async iterables", () => {
    const { BatchPrediction: batch, BatchPredictionDefinition: definitions } = client
    expect(batch.create({ deploymentId: id })).type.toBe<ApiPromise<PlainJob>>()
    expect(batch.progress(id)).type.toBe<IterableStream<PlainJob>>()
    expect(batch.cancel(id)).type.toBe<ApiPromise<void>>()
    expect(batch.download(id)).type.toBe<IterableStream<Uint8Array>>()
    expect(batch.score(id, "a\n1\n")).type.toBe<IterableStream<Uint8Array>>()
    expect(definitions.list()).type.toBe<ApiPromise<ReadonlyArray<PlainDefinition>>>()
    expect(definitions.run(id)).type.toBe<ApiPromise<PlainJob>>()
  })
})
