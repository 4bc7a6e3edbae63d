/** CSV (RFC 4180): reads and writes rows. The libraries that do so are loaded on first use, and only here. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { CsvSettings } from "./batchPrediction.js"
import { CsvProblem, type Dialect, dialectOf } from "./csvDialect.js"
import { type CsvRows, duplicate, type Parser, reader, recordsOf } from "./csvReader.js"
import { transform } from "./csvStream.js"
import { type CsvValue, type WriteCells, writer } from "./csvWriter.js"
import { isRecord } from "./text.js"

/** Returns a module, which is loaded when it is first needed. */
const loadOnce = <Module>(load: () => Promise<Module>): Effect.Effect<Module> => {
  let loaded: Module | undefined
  const first = Effect.tap(Effect.promise(load), (module) => Effect.sync(() => loaded = module))
  return Effect.suspend(() => loaded === undefined ? first : Effect.succeed(loaded))
}

const loadParser = loadOnce(() => import("./vendor/csvParse.js"))
const loadWriter = loadOnce(() => import("./vendor/csvStringify.js"))

/**
 * Reads a CSV with a header line. Each element of the stream has the rows that end in the next 64 KiB or less; the first
 * one has the columns and perhaps no rows. Rows have as many cells as the header. Line breaks are LF, CRLF or CR. Empty
 * lines at the end are ignored, except in a CSV with one column, of which they are rows.
 *
 * Fails with a {@link CsvProblem} after the rows before the first invalid one. Its message counts rows from 1, without
 * the header.
 */
export const readCells = <E, R>(
  csv: Stream.Stream<Uint8Array, E, R>,
  settings: CsvSettings = {}
): Stream.Stream<CsvRows, E | CsvProblem, R> => read(csv, settings, false)

/**
 * Reads a CSV with a header line, as {@link readCells} does, but a row may have another number of cells than the header
 * line. An empty line between two rows is a row with one empty cell.
 */
export const readRagged = <E, R>(
  csv: Stream.Stream<Uint8Array, E, R>,
  settings: CsvSettings = {}
): Stream.Stream<CsvRows, E | CsvProblem, R> => read(csv, settings, true)

const read = <E, R>(
  csv: Stream.Stream<Uint8Array, E, R>,
  settings: CsvSettings,
  ragged: boolean
): Stream.Stream<CsvRows, E | CsvProblem, R> =>
  Stream.unwrap(Effect.gen(function*() {
    const dialect = yield* dialectOf(settings, "read")
    const { parse } = yield* loadParser
    return transform(csv, () => reader(dialect, parserOf(parse, dialect), ragged))
  }))

/** Reads a CSV with a header line, as {@link readCells} does. Each row is an object with a string for every column. */
export const readRecords = <E, R>(
  csv: Stream.Stream<Uint8Array, E, R>,
  settings: CsvSettings = {}
): Stream.Stream<Record<string, string>, E | CsvProblem, R> =>
  Stream.mapChunks(
    readCells(csv, settings),
    (chunk) => Chunk.flatMap(chunk, (read) => Chunk.unsafeFromArray(recordsOf(read)))
  )

/** The codes of the library. Its messages contain cells. */
const parserProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "has a quote that is not closed",
  CSV_INVALID_CLOSING_QUOTE: "has text after a closing quote",
  INVALID_OPENING_QUOTE: "has a quote inside a cell that is not quoted"
}

/** The library decodes a cell with 16 bytes of memory per character. Above this size, the runtime decodes it. */
const manyBytes = 1024 * 1024

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

/** Parses whole records. */
const parserOf = (
  parse: Effect.Effect.Success<typeof loadParser>["parse"],
  { delimiter, quote }: Dialect
): Parser => {
  const options = {
    delimiter,
    quote,
    escape: quote,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true
  }
  const parseUpTo = (bytes: Uint8Array, to: number): ReadonlyArray<ReadonlyArray<string>> => {
    if (bytes.length < manyBytes) return parse(bytes, { ...options, to })
    // Boundary: cells are bytes if there is no encoding, which the types of the library leave out.
    const records: ReadonlyArray<ReadonlyArray<unknown>> = parse(bytes, { ...options, to, encoding: null })
    return records.map((cells) => cells.map((cell) => decoder.decode(cell as Uint8Array)))
  }
  return (bytes) => {
    try {
      return { records: parseUpTo(bytes, -1), problem: undefined }
    } catch (error) {
      const problem = isRecord(error) ? parserProblems[String(error["code"])] : undefined
      if (!isRecord(error) || problem === undefined) throw error
      const before = Number(error["records"])
      return { records: before === 0 ? [] : parseUpTo(bytes, before), problem }
    }
  }
}

const writerOf = (
  stringify: Effect.Effect.Success<typeof loadWriter>["stringify"],
  { delimiter, quote }: Pick<Dialect, "delimiter" | "quote">
): WriteCells => {
  const options = {
    delimiter,
    quote,
    escape: quote,
    record_delimiter: "\n",
    cast: { boolean: String },
    // Some readers trim cells, and take the character U+FEFF at the start for a byte order mark. The library itself
    // quotes only the line break that it writes.
    quoted_match: /^\s|\s$|\r/
  }
  // An empty line is no row for Python.
  return (rows) => stringify([...rows], { ...options, quoted_empty: rows[0]?.length === 1 })
}

/** Loads the writer of a CSV with commas. */
export const cellWriter: Effect.Effect<WriteCells> = Effect.map(
  loadWriter,
  ({ stringify }) => writerOf(stringify, { delimiter: ",", quote: "\"" })
)

/**
 * Loads the writer of lines of a CSV as bytes. Fails if the encoding cannot be written. A character that the encoding
 * lacks becomes a question mark.
 */
export const lineWriter = (
  settings: CsvSettings
): Effect.Effect<(rows: ReadonlyArray<ReadonlyArray<CsvValue>>) => Uint8Array, CsvProblem> =>
  Effect.gen(function*() {
    const dialect = yield* dialectOf(settings, "write")
    const { stringify } = yield* loadWriter
    const write = writerOf(stringify, dialect)
    const encode = (text: string) => dialect.encoding.write?.(text)
    const replaced = (text: string) => Array.from(text, (one) => encode(one) === undefined ? "?" : one).join("")
    return (rows) => {
      const text = write(rows)
      return encode(text) ?? encode(replaced(text)) ?? new Uint8Array()
    }
  })

/** The options of {@link writeRecords}. */
export interface WriteOptions extends CsvSettings {
  /** The columns, in order. Default: the keys of the first row. */
  readonly columns?: ReadonlyArray<string> | undefined
}

/**
 * Writes rows as a CSV with a header line, in pieces of about 64 KiB. A row may lack a column, but may have no other
 * ones. A cell is quoted if it has to be.
 *
 * Fails with a {@link CsvProblem} for a value that is not a string, a finite number, a boolean, null or undefined, for a
 * character that the encoding lacks, and if there is neither a row nor `columns`. Fails before it reads a row if the
 * encoding cannot be written: only UTF-8 and single-byte encodings can.
 */
export const writeRecords = <E, R>(
  rows: Stream.Stream<Readonly<Record<string, CsvValue>>, E, R>,
  options: WriteOptions = {}
): Stream.Stream<Uint8Array, E | CsvProblem, R> =>
  Stream.unwrap(Effect.gen(function*() {
    const dialect = yield* dialectOf(options, "write")
    const twice = duplicate(options.columns ?? [])
    if (twice !== undefined) return yield* new CsvProblem({ path: "columns", message: twice })
    const { stringify } = yield* loadWriter
    return transform(rows, () => writer(dialect, writerOf(stringify, dialect), options.columns))
  }))
