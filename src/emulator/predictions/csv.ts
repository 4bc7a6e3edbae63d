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
  const rowOf = columns.includes("__proto__") ? safeRowOf : fastRowOf
  const rows: Array<Record<string, string>> = []
  for (const cells of lines) {
    if (cells?.length !== columns.length) return undefined
    rows.push(rowOf(columns, cells))
  }
  return { columns, rows }
}

type Cells = ReadonlyArray<string>

const safeRowOf = (columns: Cells, cells: Cells): Record<string, string> =>
  Object.fromEntries(cells.map((cell, column) => [columns[column] ?? "", cell]))

/** Assigning is much faster, but would not create a key `__proto__`. */
const fastRowOf = (columns: Cells, cells: Cells) => {
  const row: Record<string, string> = {}
  for (let column = 0; column < cells.length; column++) row[columns[column] ?? ""] = cells[column] ?? ""
  return row
}

const [quote, comma, lineFeed, carriageReturn] = [0x22, 0x2c, 0x0a, 0x0d]

/** The cells of each line. The last line is `undefined` if the rest of the text is invalid. */
function* parseLines(text: string): Generator<Cells | undefined, undefined> {
  const last = text.length
  let cells: Array<string> = []
  let position = text.startsWith("\uFEFF") ? 1 : 0
  while (position < last || cells.length > 0) {
    let end: number
    if (text.charCodeAt(position) === quote) {
      end = closingQuote(text, position + 1)
      if (end < 0) return void (yield undefined)
      const cell = text.slice(position + 1, end)
      cells.push(cell.includes("\"") ? cell.replaceAll("\"\"", "\"") : cell)
      end++
    } else {
      end = position
      while (end < last && !isSpecial(text.charCodeAt(end))) end++
      cells.push(text.slice(position, end))
    }
    if (end < last && text.charCodeAt(end) === comma) {
      position = end + 1
      continue
    }
    if (text.charCodeAt(end) === carriageReturn) end++
    if (end < last ? text.charCodeAt(end) !== lineFeed : text.charCodeAt(end - 1) === carriageReturn) {
      return void (yield undefined)
    }
    position = end + 1
    yield cells
    cells = []
  }
  return undefined
}

const isSpecial = (code: number) => code === comma || code === lineFeed || code === carriageReturn || code === quote

/** Returns the position of the quote that ends a cell, or -1. A doubled quote is part of the cell. */
const closingQuote = (text: string, from: number): number => {
  let at = text.indexOf("\"", from)
  while (at >= 0 && text.charCodeAt(at + 1) === quote) at = text.indexOf("\"", at + 2)
  return at
}

/** Returns a line of CSV. A value that is missing is an empty cell, and a list or an object is JSON. */
export const csvLine = (values: ReadonlyArray<unknown>): string => values.map(csvCell).join(",") + "\n"

const csvCell = (value: unknown): string => {
  if (value === null || value === undefined) return ""
  const text = typeof value === "object" ? JSON.stringify(value) : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text
}
