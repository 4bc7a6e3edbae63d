/** The rows that a deployment predicted, and the actual values that were submitted for them. */
import * as Schema from "effect/Schema"
import { Millis } from "../state/clock.js"
import { countBefore } from "./countBefore.js"

const Value = Schema.NullOr(Schema.Union(Schema.String, Schema.Number, Schema.Boolean))

/** One predicted row. `score` is the share of class 1 for a binary target, otherwise the predicted value. */
export const PredictedRow = Schema.Struct({
  time: Millis,
  modelId: Schema.String,
  associationId: Schema.NullOr(Schema.String),
  features: Schema.Record({ key: Schema.String, value: Value }),
  score: Schema.Number
})
export interface PredictedRow extends Schema.Schema.Type<typeof PredictedRow> {}

/** An actual value that was submitted. */
export const ActualValue = Schema.Struct({
  associationId: Schema.String,
  actualValue: Schema.Union(Schema.String, Schema.Finite),
  wasActedOn: Schema.NullOr(Schema.Boolean),
  timestamp: Schema.NullOr(Millis)
})
export interface ActualValue extends Schema.Schema.Type<typeof ActualValue> {}

/** Maximum number of rows, and of actual values, to keep for a deployment. The oldest ones are dropped. */
export const maxRows = 100_000

/** Converts a value to one that a row can hold. A list or an object becomes its JSON. */
export const toValue = (value: unknown): typeof Value.Type =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : JSON.stringify(value)

/** Returns the value of a row's own key, or undefined if it has no such key. */
export const own = <A>(row: Readonly<Record<string, A>>, name: string): A | undefined =>
  Object.hasOwn(row, name) ? row[name] : undefined

/** The rows of `[start, end)`. The rows are in order of time. */
export const between = (rows: ReadonlyArray<PredictedRow>, start: number, end: number) => {
  const before = (time: number) => countBefore(rows.length, (index) => rows[index]?.time ?? 0, time)
  const first = before(start)
  return rows.slice(first, Math.max(first, before(end)))
}

/** A predicted row and its actual value. */
export interface Pair {
  readonly row: PredictedRow
  readonly actual: ActualValue
}

/** The rows that have an actual value. */
export const pairs = (
  rows: ReadonlyArray<PredictedRow>,
  actuals: ReadonlyMap<string, ActualValue>
): ReadonlyArray<Pair> =>
  rows.flatMap((row) => {
    const actual = row.associationId === null ? undefined : actuals.get(row.associationId)
    return actual === undefined ? [] : [{ row, actual }]
  })
