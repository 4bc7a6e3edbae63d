/** `BatchPrediction.scoreRows`: rows in, rows out, through the CSV of a batch prediction of the emulator. */
import { assert, describe, it } from "@effect/vitest"
import { BatchPrediction, DataRobotError, Deployment } from "effect-datarobot"
import { TestDataRobot } from "effect-datarobot/testing"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"

const emulator = TestDataRobot.layer({ preset: "demo", batchDelay: 1 })
const wait = { interval: 20 }

/** An active binary deployment of the emulator. */
const churn = Effect.flatMap(Deployment.list({ status: "active" }), (all) => {
  const found = all.find(({ model }) => model?.targetType === "Binary")
  return found === undefined ? Effect.dieMessage("there is no binary deployment") : Effect.succeed(found)
})

const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

/** Collects what a stream emits before its error, and the error. */
const untilError = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.gen(function*() {
    const items: Array<A> = []
    const error = yield* Effect.flip(Stream.runForEach(stream, (item) => Effect.sync(() => items.push(item))))
    return { error, items }
  })

const validationError = (error: unknown) =>
  DataRobotError.isValidationError(error) ? error : assert.fail(`is not a validation error: ${String(error)}`)

const customers = [
  { customer: "c-1", tenure: 3, plan: "basic", isNew: true, note: null },
  { customer: "a \"quoted\", name", tenure: 40, plan: "two\nlines", isNew: false, note: "é 😀 ; \t" },
  { customer: " c-3 ", tenure: 0.5, plan: "", isNew: true, note: "," }
]

describe("BatchPrediction.scoreRows", () => {
  it.live("returns a row for each row, with the columns of the prediction", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      const rows = Stream.fromIterable(customers)
      const options = { passthroughColumns: ["customer", "plan", "note"], wait }
      const scored = yield* collect(BatchPrediction.scoreRows(deployment, rows, options))
      assert.deepStrictEqual(
        scored.map(({ customer, note, plan }) => ({ customer, note, plan })),
        customers.map(({ customer, note, plan }) => ({ customer, note: note ?? "", plan }))
      )
      for (const row of scored) {
        const prediction = Object.keys(row).find((name) => name.endsWith("_PREDICTION"))
        assert.isDefined(prediction, Object.keys(row).join())
      }
    }).pipe(Effect.provide(emulator)))

  for (
    const csvSettings of [
      { delimiter: "tab" },
      { delimiter: ";", quotechar: "'" },
      { delimiter: "|" },
      { encoding: "latin_1" },
      { encoding: "cp1252" }
    ]
  ) {
    it.live(`sends and reads CSV with ${JSON.stringify(csvSettings)}`, () =>
      Effect.gen(function*() {
        const deployment = yield* churn
        const names = ["plain", "it's; a|b", "tab\there", "caf\u00e9"]
        const rows = Stream.fromIterable(names.map((name) => ({ name, tenure: 1 })))
        const options = { passthroughColumns: ["name"], csvSettings, wait }
        const scored = yield* collect(BatchPrediction.scoreRows(deployment, rows, options))
        assert.deepStrictEqual(scored.map(({ name }) => name), names)
      }).pipe(Effect.provide(emulator)))
  }

  it.live("encodes rows and decodes results with schemas", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      const Customer = Schema.Struct({
        id: Schema.String,
        since: Schema.propertySignature(Schema.DateFromString).pipe(Schema.fromKey("signed_up"))
      })
      const Scored = Schema.Struct({ id: Schema.String, signed_up: Schema.DateFromString })
      const since = new Date("2026-01-02T03:04:05.000Z")
      const scored = yield* collect(
        BatchPrediction.scoreRows(deployment, Stream.make({ id: "c-1", since }, { id: "c-2", since }), {
          row: Customer,
          result: Scored,
          passthroughColumnsSet: "all",
          wait
        })
      )
      assert.deepStrictEqual(scored, [{ id: "c-1", signed_up: since }, { id: "c-2", signed_up: since }])
    }).pipe(Effect.provide(emulator)))

  it.live("names the row that cannot be sent, and cancels the job", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      const cases: ReadonlyArray<readonly [rows: Stream.Stream<never>, issue: string]> = [
        // Boundary: JavaScript may pass rows of any type.
        [Stream.make({ a: 1 }, { a: NaN }) as never, "rows[1].a must be a string, a finite number, a boolean or null"],
        [Stream.make({ a: 1 }, { a: 2, b: 3 }) as never, "rows[1].b is not a column of the header line"],
        [Stream.make({ a: 1 }, new Date()) as never, "rows[1] must have at least one column"]
      ]
      for (const [rows, issue] of cases) {
        const { error } = yield* untilError(BatchPrediction.scoreRows(deployment, rows, { wait }))
        const { issues, phase, rows: range } = validationError(error)
        assert.strictEqual(phase, "request")
        assert.strictEqual(issues.map(({ message, path }) => `${path} ${message}`).join(), issue)
        assert.deepStrictEqual(range, { start: 1, end: 2 })
      }
      const left = yield* BatchPrediction.list({ status: ["INITIALIZING", "RUNNING"] })
      assert.deepStrictEqual(left, [])
    }).pipe(Effect.provide(emulator)))

  it.live("names the row that its schema rejects", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      // Boundary: JavaScript may pass rows of any type.
      const rows = Stream.make({ age: 1 }, { age: "x" }) as unknown as Stream.Stream<{ readonly age: number }>
      const { error } = yield* untilError(
        BatchPrediction.scoreRows(deployment, rows, { row: Schema.Struct({ age: Schema.Number }), wait })
      )
      const { issues, rows: range } = validationError(error)
      assert.deepStrictEqual(issues.map(({ path }) => path), ["rows[1].age"])
      assert.deepStrictEqual(range, { start: 1, end: 2 })
    }).pipe(Effect.provide(emulator)))

  it.live("emits the results before one that its schema rejects", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      const rows = Stream.make({ n: "1" }, { n: "2" }, { n: "x" }, { n: "4" })
      const { error, items } = yield* untilError(
        BatchPrediction.scoreRows(deployment, rows, {
          result: Schema.Struct({ n: Schema.NumberFromString }),
          passthroughColumns: ["n"],
          wait
        })
      )
      assert.deepStrictEqual(items, [{ n: 1 }, { n: 2 }])
      const { issues, phase, rows: range } = validationError(error)
      assert.strictEqual(phase, "response")
      assert.deepStrictEqual(issues.map(({ path }) => path), ["n"])
      assert.deepStrictEqual(range, { start: 2, end: 3 })
    }).pipe(Effect.provide(emulator)))

  it.live("sends the columns that the caller names, in that order", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      const rows = Stream.make({ b: "1" }, { a: "2" })
      const scored = yield* collect(
        BatchPrediction.scoreRows<Record<string, string>, never, never>(deployment, rows, {
          columns: ["a", "b"],
          passthroughColumnsSet: "all",
          wait
        })
      )
      assert.deepStrictEqual(scored.map(({ a, b }) => ({ a, b })), [{ a: "", b: "1" }, { a: "2", b: "" }])
    }).pipe(Effect.provide(emulator)))

  it.live("refuses settings in which rows cannot be written, before anything is sent", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      for (const csvSettings of [{ encoding: "shift_jis" }, { encoding: "nonsense" }, { delimiter: "é" }]) {
        const { error } = yield* untilError(
          BatchPrediction.scoreRows(deployment, Stream.make({ a: 1 }), { csvSettings, wait })
        )
        assert.strictEqual(validationError(error).attempts, 0)
      }
      assert.deepStrictEqual(yield* BatchPrediction.list(), [])
    }).pipe(Effect.provide(emulator)))

  it.live("refuses columns and settings of a wrong type, before anything is sent", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      const wrong: ReadonlyArray<readonly [path: string, options: unknown]> = [
        ["columns", { columns: 1 }],
        ["columns", { columns: "ab" }],
        ["columns", { columns: [] }],
        ["columns", { columns: ["a", 1] }],
        ["columns", { columns: ["a", "a"] }],
        ["wait", { wait: null }],
        ["outputSettings", { outputSettings: { type: "http", url: "https://a.example.com", headers: null } }]
      ]
      for (const [path, options] of wrong) {
        const { error } = yield* untilError(
          // Boundary: plain JavaScript may pass anything.
          BatchPrediction.scoreRows(deployment, Stream.make({ a: 1 }), options as BatchPrediction.ScoreRowsOptions)
        )
        assert.strictEqual(validationError(error).attempts, 0)
        assert.include(validationError(error).issues.map((issue) => issue.path), path)
      }
      assert.deepStrictEqual(yield* BatchPrediction.list(), [])
    }).pipe(Effect.provide(emulator)))

  it.live("passes an error of the source on as it is", () =>
    Effect.gen(function*() {
      const deployment = yield* churn
      const failing = Stream.concat(Stream.make({ a: 1 }), Stream.fail("the database is gone" as const))
      const { error } = yield* untilError(BatchPrediction.scoreRows(deployment, failing, { wait }))
      assert.strictEqual(error, "the database is gone")
    }).pipe(Effect.provide(emulator)))
})
