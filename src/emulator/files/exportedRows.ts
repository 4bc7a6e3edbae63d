/** The rows of exports, as CSV. */
import * as DateTime from "effect/DateTime"
import { type ActualValue, own, type PredictedRow } from "../monitoring/rows.js"
import { csvLine } from "../predictions/csv.js"

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

const table = (columns: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<unknown>>): string =>
  [columns, ...rows].map(csvLine).join("")

/** Returns the predicted rows of a period with their features. */
export const predictionsCsv = ({ rows }: Recorded, wanted: Wanted): string => {
  const selected = rows.filter(isWanted(wanted))
  const features = [...new Set(selected.flatMap((row) => Object.keys(row.features)))]
  return table(
    ["timestamp", "modelId", "associationId", "predicted", ...features],
    selected.map(({ associationId, features: values, modelId, score, time }) => [
      iso(time),
      modelId,
      associationId,
      score,
      ...features.map((name) => own(values, name))
    ])
  )
}

/**
 * Returns the actual values of a period. The time of one is its timestamp, or else that of its prediction. One without
 * either is never in a period.
 */
export const actualsCsv = ({ actuals, rows }: Recorded, wanted: Wanted, onlyMatched: boolean): string => {
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
  return table(["timestamp", "associationId", "actualValue", "wasActedOn"], selected)
}
