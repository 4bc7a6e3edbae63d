/** Reads the rows of a CSV from its bytes, with a parser of whole records. */
import { CsvProblem, type Dialect, maxRecord } from "./csvDialect.js"
import { scanRecords } from "./csvRecords.js"
import { evenPieces, type Outputs, type Transformation } from "./csvStream.js"
import { joinBytes } from "./joinBytes.js"

type Cells = ReadonlyArray<string>

/** The next rows of a CSV. Each row has a cell for every column. */
export interface CsvRows {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

/** Returns rows as objects. */
export const recordsOf = ({ columns, rows }: CsvRows): ReadonlyArray<Record<string, string>> =>
  rows.map(
    columns.includes("__proto__") ? (cells) => safeRecordOf(columns, cells) : (cells) => recordOf(columns, cells)
  )

const safeRecordOf = (columns: Cells, cells: Cells): Record<string, string> =>
  Object.fromEntries(cells.map((cell, column) => [columns[column] ?? "", cell]))

/** Assigning is much faster, but would not create a key `__proto__`. */
const recordOf = (columns: Cells, cells: Cells): Record<string, string> => {
  const record: Record<string, string> = {}
  for (let column = 0; column < cells.length; column++) record[columns[column] ?? ""] = cells[column] ?? ""
  return record
}

/** Records of a CSV, up to the first that is invalid, and what is wrong with that one. */
export interface Parsed {
  readonly records: ReadonlyArray<Cells>
  readonly problem: string | undefined
}

/** Parses whole records. */
export type Parser = (bytes: Uint8Array) => Parsed

const problemOf = (message: string) => new CsvProblem({ path: "csv", message })

/** Returns the columns that a header line names twice, counted from 1. The names may be data of a CSV without header. */
export const duplicate = (columns: Cells): string | undefined => {
  const seen = new Map<string, number>()
  for (const [index, name] of columns.entries()) {
    const first = seen.get(name)
    if (first !== undefined) return `columns ${first + 1} and ${index + 1} have the same name`
    seen.set(name, index)
  }
  return undefined
}

/**
 * Starts to read a CSV. If it is `ragged`, rows may have another number of cells than the header line, and empty lines
 * between rows are rows with one empty cell.
 */
export const reader = (
  { delimiter, encoding, quote }: Dialect,
  parse: Parser,
  ragged = false
): Transformation<Uint8Array, CsvRows> => {
  const toUtf8 = encoding.reader()
  const scan = scanRecords(delimiter, quote)
  let pending: Array<Uint8Array> = []
  let pendingSize = 0
  let columns: Cells | undefined
  let rowCount = 0
  /** Number of empty lines after the rows before. In a CSV that is not ragged, only empty lines may follow. */
  let emptyLines = 0
  const rowProblem = (message: string) =>
    problemOf(columns === undefined ? `the header line ${message}` : `row ${rowCount + 1} ${message}`)

  /** Checks the lengths of the rows. */
  const checked = (records: ReadonlyArray<Cells>, { length }: Cells) => {
    const rows: Array<Cells> = []
    for (const cells of records) {
      if (length > 1 && cells.length === 1 && cells[0] === "") emptyLines++
      else if (ragged) {
        for (; emptyLines > 0; emptyLines--) rows.push([""])
        rows.push(cells)
      } else if (emptyLines > 0) return { rows, problem: rowProblem("is empty") }
      else if (cells.length !== length) {
        return { rows, problem: rowProblem(`has ${cells.length} cells, but the header line has ${length}`) }
      } else {
        rows.push(cells)
        rowCount++
      }
    }
    return { rows, problem: undefined }
  }

  function* readWhole(bytes: Uint8Array): Outputs<CsvRows> {
    const { records, problem } = parse(bytes)
    const isFirst = columns === undefined
    const header = columns ?? records[0]
    if (header !== undefined) {
      const twice = isFirst ? duplicate(header) : undefined
      if (twice !== undefined) return problemOf(`${twice} in the header line`)
      columns = header
      const { problem: lengthProblem, rows } = checked(isFirst ? records.slice(1) : records, header)
      if (isFirst || rows.length > 0) yield { columns, rows }
      if (lengthProblem !== undefined) return lengthProblem
    }
    return problem === undefined ? undefined : rowProblem(problem)
  }

  function* read(bytes: Uint8Array | undefined): Outputs<CsvRows> {
    const converted = toUtf8(bytes)
    if (converted._tag === "Left") {
      return problemOf(`${converted.left}, is invalid in this encoding. Check csvSettings.encoding`)
    }
    const text = converted.right
    const cut = scan(text, "last")
    const end = bytes === undefined ? text.length : Math.max(cut, 0)
    if (end > 0) pending.push(text.subarray(0, end))
    pendingSize += end
    if (cut >= 0 || bytes === undefined) {
      const whole = joinBytes(pending, pendingSize)
      pending = []
      pendingSize = 0
      if (whole.length > 0) {
        const found = yield* readWhole(whole)
        if (found !== undefined) return found
      }
    }
    if (end < text.length) pending.push(text.subarray(end))
    pendingSize += text.length - end
    return pendingSize > maxRecord
      ? rowProblem("is longer than 64 MiB: its quote was probably never closed")
      : undefined
  }

  return {
    *next(chunk) {
      for (const bytes of evenPieces(chunk)) {
        const found = yield* read(bytes)
        if (found !== undefined) return found
      }
      return undefined
    },
    *end() {
      const found = yield* read(undefined)
      return found ?? (columns === undefined ? problemOf("the CSV is empty, without a header line") : undefined)
    }
  }
}
