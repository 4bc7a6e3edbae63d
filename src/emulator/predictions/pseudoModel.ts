/** The pseudo-model: the same row always gets the same prediction, from JSON and from CSV. */
import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import type { Project } from "../../wire/modelDeployment.js"
import type { PredictionRow } from "../../wire/prediction.js"
import { parseCsv } from "./csv.js"

/** A row to predict: feature values by name. */
export type Row = Readonly<Record<string, unknown>>

/** Returns the rows of a request body, or the reason why it cannot be read. */
export const readRows = (contentType: string, body: string): ReadonlyArray<Row> | string => {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase()
  if (type === "application/json") return readJson(body)
  if (type === "text/csv" || type === "text/plain") return filled(parseCsv(body)) ?? "The body is not CSV with rows"
  return "The content type must be application/json or text/csv"
}

const readJson = (body: string): ReadonlyArray<Row> | string => {
  const problem = "The body is not a JSON list of rows"
  try {
    const value: unknown = JSON.parse(body)
    return Array.isArray(value) && value.every(isRow) ? filled(value) ?? problem : problem
  } catch {
    return problem
  }
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value)

const filled = (rows: ReadonlyArray<Row> | undefined) => rows?.length === 0 ? undefined : rows

/** Returns the execution time of a request in seconds: a fixed part, and a part for each row. */
export const executionTime = (rows: number) => 0.02 + rows * 0.0005

const threshold = 0.5

/** Predicts each row: the classes 1 and 0 for a binary target, a value from 0 to 100 for any other. */
export const predict = (project: Project, rows: ReadonlyArray<Row>): ReadonlyArray<PredictionRow> =>
  rows.map((row, rowId) => {
    const score = hashOf(row)
    return project["targetType"] === "Binary"
      ? {
        rowId,
        prediction: score >= threshold ? 1 : 0,
        predictionThreshold: threshold,
        predictionValues: [{ label: 1, value: score }, { label: 0, value: decimals(1 - score) }]
      }
      : {
        rowId,
        prediction: decimals(score * 100),
        predictionValues: [{ label: String(project["target"]), value: decimals(score * 100) }]
      }
  })

/** Returns the share of class 1 for a binary target, the predicted value for any other. */
export const scoreOf = ({ predictionValues }: PredictionRow): number => predictionValues[0]?.value ?? 0

/** Hashes a row to a number in [0, 1) that depends on all its values, but not on their order (FNV-1a). */
const hashOf = (row: Row) => {
  const cells = Object.entries(row).map(([name, value]) => JSON.stringify([name, asText(value)]))
  const text = Arr.sort(cells, Order.string).join()
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return decimals((hash >>> 0) / 2 ** 32)
}

/** CSV has only texts, so 5 and "5" count as the same value. */
const asText = (value: unknown) => typeof value === "string" ? value : JSON.stringify(value)

const decimals = (value: number) => Number(value.toFixed(6))
