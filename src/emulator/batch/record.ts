/** Records the rows of batch predictions in the monitoring of their deployment. */
import { maxRows } from "../monitoring/rows.js"
import { executionTime } from "../predictions/pseudoModel.js"
import { user } from "../state/fixtures.js"
import { keepsRows, predictedRow, type Stored } from "../state/stored.js"
import type { Piece } from "./content.js"

/** Records rows that were scored at a time as one prediction request, and keeps those for drift tracking. */
export const recordBatch = (stored: Stored | undefined, piece: Pick<Piece, "rows" | "scored">, time: number): void => {
  if (stored === undefined) return
  const { details, requests, rows } = stored
  const { rows: count, scored } = piece
  if (count > 0) {
    requests.add(
      1,
      () => ({ time, user: user.username, rows: count, executionTime: executionTime(count), status: 200 })
    )
  }
  if (scored.length === 0 || !keepsRows(details)) return
  const isLate = (rows.at(-1)?.time ?? -Infinity) > time
  for (const { row, score } of scored) rows.push(predictedRow(details, row, score, time))
  if (isLate) rows.sort((one, other) => one.time - other.time)
  if (rows.length > maxRows) rows.splice(0, rows.length - maxRows)
}
