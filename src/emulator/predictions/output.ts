/** The body of a prediction response, in pieces: JSON or CSV. Each piece is made when it is read. */
import type { CsvValue, WriteCells } from "../../wire/csvWriter.js"
import type { PredictionRow } from "../../wire/prediction.js"
import { own } from "../monitoring/rows.js"
import { explain } from "./explanations.js"
import type { Parameters } from "./parameters.js"
import { type Model, predictRow, type Row } from "./pseudoModel.js"
import type { Table } from "./requestTable.js"

/** What a response has for each row. */
export interface Output {
  readonly model: Model
  readonly table: Table
  readonly parameters: Parameters
  /** The approval status of the deployment. A model without a deployment has none. */
  readonly approvalStatus: "APPROVED" | undefined
  /** Predictions outside these boundaries are outliers. */
  readonly boundaries: { readonly lower: number; readonly upper: number }
}

/** Number of rows in a piece. */
const pieceSize = 1000

/** Predicts a row, with everything that the request asks for. */
export const fullRow = (
  { approvalStatus, boundaries, model, parameters, table }: Output,
  rowId: number
): PredictionRow => {
  const { explanations, passthrough, withAdjusted, withWarnings } = parameters
  const row: Row = table.rows[rowId] ?? {}
  const predicted = predictRow(model, row, rowId)
  const score = predicted.predictionValues[0]?.value ?? 0
  return {
    ...predicted,
    ...(approvalStatus === undefined ? {} : { deploymentApprovalStatus: approvalStatus }),
    ...(withAdjusted ? { adjustedPrediction: predicted.prediction } : {}),
    ...(withWarnings ? { isOutlierPrediction: score < boundaries.lower || score > boundaries.upper } : {}),
    ...(passthrough.length === 0
      ? {}
      : { passthroughValues: Object.fromEntries(passthrough.map((name) => [name, own(row, name) ?? null])) }),
    ...(explanations === undefined ? {} : explain(model, row, explanations))
  }
}

/** The response as JSON. */
export function* jsonPieces(output: Output): Generator<string, void> {
  const last = output.table.rows.length - 1
  let piece = "{\"data\":["
  for (let rowId = 0; rowId <= last; rowId++) {
    piece += JSON.stringify(fullRow(output, rowId))
    if (rowId === last) piece += "]}"
    else piece += ","
    if (rowId === last || (rowId + 1) % pieceSize === 0) {
      yield piece
      piece = ""
    }
  }
}

/** A column of the response, and its value for a row. */
export interface Column {
  readonly name: string
  readonly value: (predicted: PredictionRow) => unknown
}

/** The response as CSV. */
export function* csvPieces(output: Output, write: WriteCells): Generator<string, void> {
  const columns = [...valueColumns(output), ...explanationColumns(output), ...passthroughColumns(output)]
  const last = output.table.rows.length - 1
  let lines: Array<ReadonlyArray<CsvValue>> = [columns.map(({ name }) => name)]
  for (let rowId = 0; rowId <= last; rowId++) {
    const predicted = fullRow(output, rowId)
    lines.push(columns.map(({ value }) => cellOf(value(predicted))))
    if (rowId === last || (rowId + 1) % pieceSize === 0) {
      yield write(lines)
      lines = []
    }
  }
}

/** A list or an object is JSON. */
const cellOf = (value: unknown): CsvValue => {
  if (typeof value === "object" && value !== null) return JSON.stringify(value)
  return value === null || value === undefined ? undefined : String(value)
}

const prefixOf = ({ target }: Model) => target === null ? "" : `${target}_`

/** The prediction, and before it the value of each class. */
export const valueColumns = ({ approvalStatus, model, parameters }: Output): ReadonlyArray<Column> => {
  const prefix = prefixOf(model)
  const columns: Array<Column> = (model.classes ?? []).map((label, index) => ({
    name: `${prefix}${label}_PREDICTION`,
    value: ({ predictionValues }) => predictionValues[index]?.value
  }))
  columns.push({ name: `${prefix}PREDICTION`, value: ({ prediction }) => prediction })
  if (model.isBinary) {
    columns.push({ name: "THRESHOLD", value: ({ predictionThreshold }) => predictionThreshold })
    columns.push({ name: "POSITIVE_CLASS", value: () => model.classes?.[0] })
  }
  if (parameters.withWarnings) {
    columns.push({ name: "IS_OUTLIER_PREDICTION", value: ({ isOutlierPrediction }) => isOutlierPrediction })
  }
  if (approvalStatus !== undefined) columns.push({ name: "DEPLOYMENT_APPROVAL_STATUS", value: () => approvalStatus })
  return columns
}

const explanationParts = [
  ["FEATURE_NAME", "feature"],
  ["STRENGTH", "strength"],
  ["ACTUAL_VALUE", "featureValue"],
  ["QUALITATIVE_STRENGTH", "qualitativeStrength"]
] as const

/**
 * Four columns for each explanation. Their names begin with the target, except for a binary one. Those of a multiclass
 * target are numbered through the explained classes.
 */
export const explanationColumns = ({ model, parameters: { explanations }, table }: Output): ReadonlyArray<Column> => {
  if (explanations === undefined) return []
  const { classes, count } = explanations
  const explained = Math.min(typeof classes === "number" ? classes : classes.length, model.classes?.length ?? 1)
  const prefix = model.isBinary ? "" : prefixOf(model)
  return Array.from(
    { length: explained * Math.min(count, table.columns.length) },
    (_, index) =>
      explanationParts.map(([part, key]): Column => ({
        name: `${prefix}EXPLANATION_${index + 1}_${part}`,
        value: ({ predictionExplanations }) => predictionExplanations?.[index]?.[key]
      }))
  ).flat()
}

/** The columns of the input that are repeated. */
export const passthroughColumns = ({ parameters: { passthrough } }: Output): ReadonlyArray<Column> =>
  passthrough.map((name) => ({ name, value: ({ passthroughValues }) => own(passthroughValues ?? {}, name) }))
