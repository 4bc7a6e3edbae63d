/**
 * Parses CSV (RFC 4180). Returns the rows as records, with the names of the first line, or `undefined` if it is
 * invalid.
 */
export const parseCsv = (text: string): ReadonlyArray<Record<string, string>> | undefined => {
  const lines = parseLines(text)
  const [names, ...rows] = lines ?? []
  if (names === undefined || new Set(names).size !== names.length) return undefined
  if (rows.some((cells) => cells.length !== names.length)) return undefined
  return rows.map((cells) => Object.fromEntries(cells.map((cell, column) => [names[column] ?? "", cell])))
}

/** A cell, quoted or not, and the separator after it. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

const parseLines = (text: string): ReadonlyArray<ReadonlyArray<string>> | undefined => {
  const lines: Array<ReadonlyArray<string>> = []
  let cells: Array<string> = []
  let position = text.startsWith("\uFEFF") ? 1 : 0
  while (position < text.length || cells.length > 0) {
    cellPattern.lastIndex = position
    const match = cellPattern.exec(text)
    if (match === null) return undefined
    const [whole, quoted, plain = "", end] = match
    cells.push(quoted?.replaceAll("\"\"", "\"") ?? plain)
    position += whole.length
    if (end !== ",") {
      lines.push(cells)
      cells = []
    }
  }
  return lines
}
