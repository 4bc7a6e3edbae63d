/** The dialect of a CSV: which characters separate and quote its cells, and how its text is encoded. */
import * as Data from "effect/Data"
import * as Either from "effect/Either"
import type { CsvSettings } from "./batchPrediction.js"
import { encodingOf, type TextEncoding } from "./textEncoding.js"

/**
 * What is wrong with a CSV, with rows to write or with settings, and where: `csv`, a row and column such as
 * `rows[3].city`, or a setting such as `csvSettings.encoding`. The message contains no value of the data.
 */
export class CsvProblem extends Data.TaggedError("CsvProblem")<{
  readonly path: string
  readonly message: string
}> {}

/** The settings of a CSV, checked. */
export interface Dialect {
  /** One ASCII character. */
  readonly delimiter: string
  /** One ASCII character. */
  readonly quote: string
  readonly encoding: TextEncoding
}

/** Length of a record above which a CSV is rejected, in bytes of UTF-8: its quote was probably never closed. */
export const maxRecord = 64 * 1024 * 1024

/** What is done with a CSV. Not everything is possible in every encoding. */
export type CsvUse = "read" | "write" | "split"

const isCharacter = (value: string) => /^[\u0001-\u0009\u000b\u000c\u000e-\u007f]$/.test(value)

const characterProblem = "must be one ASCII character, but not a line break"

/** Checks settings. Fails with a problem if a CSV with them cannot be read, written or split. */
export const dialectOf = (settings: CsvSettings, use: CsvUse): Either.Either<Dialect, CsvProblem> => {
  const { delimiter: given = ",", encoding: name = "utf-8", quotechar: quote = "\"" } = settings
  const delimiter = given === "tab" ? "\t" : given
  const refuse = (setting: keyof CsvSettings, message: string) =>
    Either.left(new CsvProblem({ path: `csvSettings.${setting}`, message }))
  if (!isCharacter(delimiter)) return refuse("delimiter", `${characterProblem}, or "tab"`)
  if (!isCharacter(quote)) return refuse("quotechar", characterProblem)
  if (quote === delimiter) return refuse("quotechar", "must not be the delimiter")
  const encoding = encodingOf(name)
  if (encoding === undefined) return refuse("encoding", "is not an encoding that is known here")
  if (use === "write" && encoding.write === undefined) {
    return refuse("encoding", "rows can be written as UTF-8 or a single-byte encoding")
  }
  if (use === "split" && !hasBytes(encoding, delimiter, quote)) {
    return refuse("encoding", "CSV in this encoding cannot be split into parts. Use UTF-8, or upload it as a whole")
  }
  return Either.right({ delimiter, quote, encoding })
}

/** Whether the bytes of these characters are nothing else in the encoding. */
const hasBytes = ({ asciiBytes }: TextEncoding, ...characters: ReadonlyArray<string>): boolean =>
  asciiBytes === "always" || asciiBytes === "below 0x30" && characters.every((character) => character < "0")
