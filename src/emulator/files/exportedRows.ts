/** The rows of exports, as CSV. */
import * as DateTime from "effect/DateTime"
import type { CsvValue, WriteCells } from "../../wire/csvWriter.js"
import { type ActualValue, own, type PredictedRow } from "../monitoring/rows.js"
import { type File, fileOf } from "./catalog.js"

/** The data of a deployment that exports read. */
interface Recorded {
  readonly rows: ReadonlyArray<PredictedRow>
  readonly actuals: ReadonlyMap<string, ActualValue>
}

/** Which rows to export. Times are epoch milliseconds; the period is half-open. */
export interface Wanted {
  readonly start: number
  readonly end: number
  /** Default: the rows of all models. */
  readonly modelId?: string | undefined
}

const iso = (time: number) => DateTime.formatIso(DateTime.unsafeMake(time))

const isWanted = ({ end, modelId, start }: Wanted) => (row: PredictedRow): boolean =>
  row.time >= start && row.time < end && (modelId === undefined || row.modelId === modelId)

/** A header line, and rows. */
export interface Cells {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<CsvValue>>
}

/** Writes rows as a CSV file. */
export const toFile = (write: WriteCells, { columns, rows }: Cells): File =>
  fileOf(write([columns, ...rows]), rows.length)

/** Returns the predicted rows of a period with their features. */
export const predictionRows = ({ rows }: Recorded, wanted: Wanted): Cells => {
  const selected = rows.filter(isWanted(wanted))
  const features = [...new Set(selected.flatMap((row) => Object.keys(row.features)))]
  return {
    columns: ["timestamp", "modelId", "associationId", "predicted", ...features],
    rows: selected.map(({ associationId, features: values, modelId, score, time }) => [
      iso(time),
      modelId,
      associationId,
      score,
      ...features.map((name) => own(values, name))
    ])
  }
}

/**
 * Returns the actual values of a period. The time of one is its timestamp, or else that of its prediction. One without
 * either is never in a period.
 */
export const actualRows = ({ actuals, rows }: Recorded, wanted: Wanted, onlyMatched: boolean): Cells => {
  const predicted = new Map(
    rows.flatMap((row) => row.associationId === null ? [] : [[row.associationId, row] as const])
  )
  const selected = [...actuals.values()].flatMap((actual) => {
    const row = predicted.get(actual.associationId)
    const time = actual.timestamp ?? row?.time
    if (time === undefined || time < wanted.start || time >= wanted.end) return []
    if (onlyMatched && row === undefined) return []
    if (wanted.modelId !== undefined && row !== undefined && row.modelId !== wanted.modelId) return []
    return [[iso(time), actual.associationId, actual.actualValue, actual.wasActedOn]]
  })
  return { columns: ["timestamp", "associationId", "actualValue", "wasActedOn"], rows: selected }
}
