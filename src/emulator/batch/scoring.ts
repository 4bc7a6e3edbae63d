/** Scores the rows of a batch prediction: the columns of its results, and their lines. */
import type { CreateInput } from "../../wire/batchPrediction.js"
import type { CsvValue } from "../../wire/csvWriter.js"
import type { PredictionRow } from "../../wire/prediction.js"
import { own } from "../monitoring/rows.js"
import {
  type Column,
  explanationColumns,
  fullRow,
  type Output,
  passthroughColumns,
  valueColumns
} from "../predictions/output.js"
import { explanationsOf } from "../predictions/parameters.js"
import { type Model, scoreOf } from "../predictions/pseudoModel.js"
import type { Scored } from "../state/recordStore.js"
import type { Piece } from "./content.js"

/** What scores the rows of a job. */
export interface Scoring extends Pick<Output, "approvalStatus" | "boundaries"> {
  readonly spec: CreateInput
  readonly model: Model
  /** The column that every row must have. */
  readonly requiredColumn: string | undefined
  /** Whether rows are kept for drift tracking. */
  readonly keepsRows: boolean
}

type Cells = ReadonlyArray<string>

/** Writes lines of CSV. */
export type WriteLines = (lines: ReadonlyArray<ReadonlyArray<CsvValue>>) => Uint8Array

/** The results of a CSV with some columns. */
export interface Scorer {
  readonly header: Uint8Array
  /** Scores rows, at most `pieceRows` at a time. A row may have another number of cells than the header. */
  readonly score: (rows: ReadonlyArray<Cells>, pieceRows: number) => Generator<Piece, void>
}

/** Returns the columns to repeat that a CSV does not have. */
export const missingColumns = ({ passthroughColumns = [] }: CreateInput, columns: Cells): Cells =>
  passthroughColumns.filter((name) => !columns.includes(name))

/** A column of the results, by the names in the CSV. Null: it is left out. */
const renamed = (remapping: CreateInput["columnNamesRemapping"], name: string): string | null => {
  if (remapping === undefined) return name
  if (!Array.isArray(remapping)) {
    const to = own(remapping as Readonly<Record<string, string | null>>, name)
    return to === undefined ? name : to
  }
  const found = remapping.find(({ inputName }) => inputName === name)
  return found === undefined ? name : found.outputName
}

/** Whether the value of a class is part of the results. */
const showsClass = ({ includeProbabilities = true, includeProbabilitiesClasses = [] }: CreateInput, label: string) =>
  includeProbabilities && (includeProbabilitiesClasses.length === 0 || includeProbabilitiesClasses.includes(label))

/** A row of the results: its prediction, or what is wrong with it. */
interface Result {
  readonly predicted: PredictionRow | undefined
  readonly status: string
  readonly row: Readonly<Record<string, string>>
}

/** A list or an object is JSON. */
const cellOf = (value: unknown): CsvValue => {
  if (value === null || value === undefined) return undefined
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}

/** Starts to score a CSV with these columns. */
export const scorerOf = (
  { approvalStatus, boundaries, keepsRows, model, requiredColumn, spec }: Scoring,
  columns: Cells,
  write: WriteLines
): Scorer => {
  const { abortOnError = true, passthroughColumnsSet, predictionThreshold, skipDriftTracking = false } = spec
  const passthrough = passthroughColumnsSet === "all" ? columns : spec.passthroughColumns ?? []
  const output: Output = {
    model,
    table: { columns, rows: [] },
    approvalStatus,
    boundaries,
    parameters: {
      passthrough,
      // Unlike a prediction request, a job has no explanations unless it asks for a number of them.
      explanations: explanationsOf({
        ...spec,
        maxExplanations: spec.maxExplanations ?? (spec.explanationAlgorithm === "shap" ? undefined : 0)
      }),
      withWarnings: spec.predictionWarningEnabled === true,
      withAdjusted: false
    }
  }

  const predictedColumns = [
    ...valueColumns(output).filter((_, index) => {
      const label = model.classes?.[index]
      return label === undefined || showsClass(spec, String(label))
    }),
    ...explanationColumns(output)
  ].map(({ name, value }: Column) => ({
    name,
    value: ({ predicted }: Result) => predicted === undefined ? undefined : value(predicted)
  }))
  const all = [
    ...predictedColumns,
    // A row that could not be scored repeats its columns, too.
    ...passthroughColumns(output).map(({ name }) => ({ name, value: ({ row }: Result) => own(row, name) })),
    ...(spec.includePredictionStatus === true
      ? [{ name: "prediction_status", value: ({ status }: Result) => status }]
      : [])
  ].flatMap(({ name, value }) => {
    const shown = renamed(spec.columnNamesRemapping, name)
    return shown === null ? [] : [{ name: shown, value }]
  })

  const withThreshold = (predicted: PredictionRow): PredictionRow => {
    if (predictionThreshold === undefined || !model.isBinary) return predicted
    const score = predicted.predictionValues[0]?.value ?? 0
    return { ...predicted, prediction: score >= predictionThreshold ? 1 : 0, predictionThreshold }
  }

  const problemOf = (cells: Cells, row: Result["row"]) => {
    if (cells.length !== columns.length) {
      return `The row has ${cells.length} cells, but the header line has ${columns.length}`
    }
    if (requiredColumn !== undefined && (own(row, requiredColumn) ?? "") === "") {
      return `The association id column ${requiredColumn} is required`
    }
    return undefined
  }

  const resultOf = (cells: Cells): Result => {
    const row = Object.fromEntries(columns.flatMap((name, index) => {
      const cell = cells[index]
      return cell === undefined ? [] : [[name, cell]]
    }))
    const problem = problemOf(cells, row)
    if (problem !== undefined) return { predicted: undefined, status: problem, row }
    const predicted = withThreshold(fullRow({ ...output, table: { columns, rows: [row] } }, 0))
    return { predicted, status: "OK", row }
  }

  return {
    header: write([all.map(({ name }) => name)]),
    *score(rows, pieceRows) {
      let lines: Array<ReadonlyArray<CsvValue>> = []
      let scored: Array<Scored> = []
      let failed = 0
      for (const [index, cells] of rows.entries()) {
        const result = resultOf(cells)
        lines.push(all.map(({ value }) => cellOf(value(result))))
        if (result.predicted === undefined) failed++
        else if (keepsRows && !skipDriftTracking) scored.push({ row: result.row, score: scoreOf(model, result.row) })
        // A failed row ends a piece, so that a job is aborted at the exact row.
        const ends = lines.length >= pieceRows || index === rows.length - 1 || (abortOnError && failed > 0)
        if (!ends) continue
        yield { bytes: write(lines), rows: lines.length, failed, scored }
        lines = []
        scored = []
        failed = 0
      }
    }
  }
}
