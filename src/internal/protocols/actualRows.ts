/**
 * The rows of a submission of actual values: checks them and writes them as JSON. Schema takes six times as long for a
 * valid row as these functions. So it only sees a row that they refuse, and finds its issues.
 */
import * as DateTime from "effect/DateTime"
import type { Issue } from "../../DataRobotError.js"
import { type Actual, ActualsInput, maxActuals } from "../../wire/actuals.js"
import { type DateInput, rfc3339 } from "../../wire/fields.js"
import { isRecord } from "../../wire/text.js"
import { parseTimestamp } from "../../wire/timestamp.js"
import { maxIssues } from "../reading/issues.js"
import { type Input, input } from "../request/input.js"
import type { Payload } from "../request/operation.js"

const isDate = (value: unknown): value is DateInput =>
  typeof value === "string"
    ? parseTimestamp(value) !== undefined
    : value instanceof Date
    ? !Number.isNaN(value.getTime())
    : DateTime.isDateTime(value)

/** The optional value of a row. Schema ignores one that is inherited. */
const own = (row: Readonly<Record<string, unknown>>, key: "timestamp" | "wasActedOn"): unknown =>
  Object.hasOwn(row, key) ? row[key] : undefined

/** Whether the schema `Actual` accepts the values of a row. It may have other keys. */
const hasActualValues = (row: unknown): row is Actual => {
  if (!isRecord(row)) return false
  const { actualValue, associationId } = row
  if (typeof associationId !== "string" || associationId.length > 128 || associationId.trim() === "") return false
  if (typeof actualValue !== "string" && !Number.isFinite(actualValue)) return false
  const wasActedOn = own(row, "wasActedOn")
  if (typeof wasActedOn !== "boolean" && wasActedOn !== undefined) return false
  const timestamp = own(row, "timestamp")
  return timestamp === undefined || isDate(timestamp)
}

const keys = ["associationId", "actualValue", "wasActedOn", "timestamp"]

/** Whether the schema `Actual` accepts a row. */
export const isActual = (row: unknown): row is Actual => {
  if (!hasActualValues(row)) return false
  let known = 0
  for (const key of keys) if (Object.hasOwn(row, key)) known++
  // `Reflect.ownKeys` takes twice as long.
  return Object.getOwnPropertyNames(row).length + Object.getOwnPropertySymbols(row).length === known
}

/** A row as it is sent. */
const encode = (row: Actual) => ({
  associationId: row.associationId,
  actualValue: row.actualValue,
  wasActedOn: Object.hasOwn(row, "wasActedOn") ? row.wasActedOn : undefined,
  timestamp: Object.hasOwn(row, "timestamp") && row.timestamp !== undefined ? rfc3339(row.timestamp) : undefined
})

const isFlag = (value: unknown): boolean => value === undefined || typeof value === "boolean"

/** Checks the rows of a request with Schema, and encodes them. Issues number the rows across all requests. */
const encodeWithSchema = (data: ReadonlyArray<Actual>, keep: boolean | undefined, offset: number): Input => {
  const { issues, value } = input(ActualsInput, { data, keepActualsWithoutPredictions: keep })
  return {
    value,
    issues: issues.map(({ message, path }) => ({
      message,
      path: path.replace(/^data\[(\d+)\]/, (_, index: string) => `actuals[${offset + Number(index)}]`)
    }))
  }
}

/**
 * Returns the body of a request. Its issues number the rows across all requests. `offset` is the number of rows in
 * earlier requests. The rows may be `checked` by `actualIssues`. Only their values may have changed since then.
 */
export const actualsBody = (
  data: ReadonlyArray<Actual>,
  keepActualsWithoutPredictions: boolean | undefined,
  { checked, offset }: { readonly checked: boolean; readonly offset: number }
): Payload<string> => {
  const isValid = data.every(checked ? hasActualValues : isActual) && isFlag(keepActualsWithoutPredictions)
  const { issues, value } = isValid
    ? { issues: [], value: { data: data.map(encode), keepActualsWithoutPredictions } }
    : encodeWithSchema(data, keepActualsWithoutPredictions, offset)
  return { content: JSON.stringify(value), contentType: "application/json", issues }
}

/** Returns the first issues of the rows of all requests. */
export const actualIssues = (
  all: ReadonlyArray<Actual>,
  keepActualsWithoutPredictions: boolean | undefined
): ReadonlyArray<Issue> => {
  const issues: Array<Issue> = []
  for (let offset = 0; offset < all.length && issues.length < maxIssues; offset += maxActuals) {
    const data = all.slice(offset, offset + maxActuals)
    if (data.every(isActual) && isFlag(keepActualsWithoutPredictions)) continue
    issues.push(...encodeWithSchema(data, keepActualsWithoutPredictions, offset).issues)
  }
  return issues
}
