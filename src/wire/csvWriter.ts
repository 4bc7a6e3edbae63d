/** Writes rows as the bytes of a CSV, with a writer of cells. */
import type * as Chunk from "effect/Chunk"
import { CsvProblem, type Dialect } from "./csvDialect.js"
import { type Outputs, pieceSize, type Transformation } from "./csvStream.js"
import { isRecord } from "./text.js"

/** A value of a row to write. `null` and `undefined` are an empty cell. */
export type CsvValue = string | number | boolean | null | undefined

/** Writes rows of cells as text, each with a line break at its end. */
export type WriteCells = (rows: ReadonlyArray<ReadonlyArray<CsvValue>>) => string

type Row = Readonly<Record<string, CsvValue>>

const isValue = (value: unknown): value is CsvValue => {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return true
    case "number":
      return Number.isFinite(value)
    default:
      return value === null
  }
}

const pathOf = (row: number, column: string | undefined) =>
  column === undefined ? `rows[${row}]` : `rows[${row}].${column}`

const problemOf = (row: number, column: string | undefined, message: string) =>
  new CsvProblem({ path: pathOf(row, column), message })

/** Reads the cells of a row. A column that is inherited, such as `constructor`, is missing. */
const cellsOf = (row: Row, index: number, columns: ReadonlySet<string>): ReadonlyArray<CsvValue> | CsvProblem => {
  let own = 0
  const cells: Array<CsvValue> = []
  for (const column of columns) {
    const value: unknown = Object.hasOwn(row, column) ? row[column] : undefined
    if (!isValue(value)) return problemOf(index, column, "must be a string, a finite number, a boolean or null")
    if (value !== undefined) own++
    cells.push(value)
  }
  const names = Object.keys(row)
  if (names.length > own) {
    const unknown = names.find((name) => !columns.has(name) && row[name] !== undefined)
    if (unknown !== undefined) return problemOf(index, unknown, "is not a column of the header line")
  }
  return cells
}

/** Starts to write a CSV. */
export const writer = (
  { encoding }: Dialect,
  writeCells: WriteCells,
  given: ReadonlyArray<string> | undefined
): Transformation<Row, Uint8Array> => {
  const encode = (text: string) => encoding.write?.(text)
  let columns = given === undefined ? undefined : new Set(given)
  let rowCount = 0
  let batch: Array<ReadonlyArray<CsvValue>> = []
  let batchSize = 0
  let isStart = true

  const unwritable = (message: string): CsvProblem => {
    const first = rowCount - batch.length
    const header = isStart ? [...columns ?? []] : []
    const name = header.findIndex((column) => encode(column) === undefined)
    if (name >= 0) return new CsvProblem({ path: `columns[${name}]`, message })
    const row = batch.findIndex((cells) => cells.some((cell) => encode(String(cell)) === undefined))
    const column = batch[row]?.findIndex((cell) => encode(String(cell)) === undefined) ?? 0
    return problemOf(first + row, [...columns ?? []][column], message)
  }

  function* flush(): Outputs<Uint8Array> {
    const header = isStart && columns !== undefined ? [[...columns]] : []
    const bytes = encode(writeCells([...header, ...batch]))
    if (bytes === undefined) return unwritable("has a character that the encoding lacks")
    isStart = false
    batch = []
    batchSize = 0
    if (bytes.length > 0) yield bytes
    return undefined
  }

  const add = (row: unknown): CsvProblem | undefined => {
    // A Date or a Map has no columns. Its values would be lost.
    if (!isRecord(row)) return problemOf(rowCount, undefined, "must be an object with a value for each column")
    const names = Object.keys(row)
    if (names.length === 0) return problemOf(rowCount, undefined, "must have at least one column")
    columns ??= new Set(names)
    // Boundary: the values are checked here.
    const cells = cellsOf(row as Row, rowCount, columns)
    if (cells instanceof CsvProblem) return cells
    for (const cell of cells) batchSize += typeof cell === "string" ? cell.length + 1 : 8
    batch.push(cells)
    rowCount++
    return undefined
  }

  return {
    *next(chunk: Chunk.Chunk<Row>) {
      for (const row of chunk) {
        const problem = add(row)
        if (problem !== undefined) return (yield* flush()) ?? problem
        if (batchSize >= pieceSize) {
          const found = yield* flush()
          if (found !== undefined) return found
        }
      }
      return undefined
    },
    *end() {
      if (columns === undefined) return new CsvProblem({ path: "rows", message: "must have at least one row" })
      return batch.length > 0 || isStart ? yield* flush() : undefined
    }
  }
}
