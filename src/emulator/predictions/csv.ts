/** CSV (RFC 4180): parses tables, and writes lines. */

/** Rows by column. */
export interface Table {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>>
}

/** Parses CSV whose first line has the names of the columns. Returns `undefined` if it is invalid. */
export const parseCsv = (text: string): Table | undefined => {
  const lines = parseLines(text)
  const { value: columns } = lines.next()
  if (columns === undefined || new Set(columns).size !== columns.length) return undefined
  const rows: Array<Record<string, string>> = []
  for (const cells of lines) {
    if (cells?.length !== columns.length) return undefined
    rows.push(Object.fromEntries(cells.map((cell, column) => [columns[column] ?? "", cell])))
  }
  return { columns, rows }
}

/** A cell, quoted or not, and the separator after it. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

/** The cells of each line. The last line is `undefined` if the rest of the text is invalid. */
function* parseLines(text: string): Generator<ReadonlyArray<string> | undefined, undefined> {
  let cells: Array<string> = []
  let position = text.startsWith("\uFEFF") ? 1 : 0
  while (position < text.length || cells.length > 0) {
    cellPattern.lastIndex = position
    const match = cellPattern.exec(text)
    if (match === null) return void (yield undefined)
    const [whole, quoted, plain = "", end] = match
    cells.push(quoted?.replaceAll("\"\"", "\"") ?? plain)
    position += whole.length
    if (end !== ",") {
      yield cells
      cells = []
    }
  }
  return undefined
}

/** Returns a line of CSV. A value that is missing is an empty cell, and a list or an object is JSON. */
export const csvLine = (values: ReadonlyArray<unknown>): string => values.map(csvCell).join(",") + "\n"

const csvCell = (value: unknown): string => {
  if (value === null || value === undefined) return ""
  const text = typeof value === "object" ? JSON.stringify(value) : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text
}
