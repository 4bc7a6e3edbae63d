/** Rows of a prediction request: checks them, encodes them with the caller's schema, and writes them as JSON. */
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type { Issue } from "../../DataRobotError.js"
import { isRecord } from "../../wire/text.js"
import { issuesOf, maxIssues } from "../reading/issues.js"
import { maxPredictionBody, tooLarge } from "./predictionLimit.js"

/**
 * The schema of the caller's rows. Each row is checked and encoded to columns before it is sent.
 *
 * @since 0.1.0
 */
export interface RowOption<A, I> {
  /** The schema of a row. */
  readonly row: Schema.Schema<A, I>
}

/** A row as JSON, or what is wrong with it. */
export type WrittenRow = { readonly json: string } | { readonly issues: ReadonlyArray<Issue> }

/** Writes a row. The issues have the path of the row. */
export type WriteRow = (row: unknown, index: number) => WrittenRow

const problemOf = (value: unknown): string | undefined => {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return undefined
    case "number":
      return Number.isFinite(value) ? undefined : "must be a finite number"
    default:
      return value === null ? undefined : "must be a string, a finite number, a boolean or null"
  }
}

const writeColumns = (row: unknown, path: string): WrittenRow => {
  if (!isRecord(row)) return { issues: [{ path, message: "must be an object with a value for each column" }] }
  const issues: Array<Issue> = []
  let columns = 0
  for (const name of Object.keys(row)) {
    const value = row[name]
    if (value !== undefined) columns++
    const message = problemOf(value)
    if (message !== undefined && issues.length < maxIssues) issues.push({ path: `${path}.${name}`, message })
  }
  // A Date or a Map has no columns. Its values would be lost.
  if (columns === 0) issues.push({ path, message: "must have at least one column" })
  // An inherited `toJSON` would replace the columns that were checked.
  return issues.length > 0 ? { issues } : { json: JSON.stringify("toJSON" in row ? { ...row } : row) }
}

/** The columns of a row, or what is wrong with it. */
export type EncodedRow = { readonly columns: unknown } | { readonly issues: ReadonlyArray<Issue> }

/** Returns how a schema encodes rows to columns. The issues have the path of the row. */
export const rowEncoder = <A, I>(schema: Schema.Schema<A, I>): (row: unknown, index: number) => EncodedRow => {
  if (!Schema.isSchema(schema)) throw new TypeError("the option row must be a Schema of effect")
  const encode = ParseResult.encodeUnknownEither(schema)
  return (row, index) => {
    const path = `rows[${index}]`
    const encoded = encode(row)
    if (Either.isRight(encoded)) return { columns: encoded.right }
    const found = issuesOf(ParseResult.parseError(encoded.left))
    return {
      issues: found.map((issue) => ({ ...issue, path: issue.path === "" ? path : `${path}.${issue.path}` }))
    }
  }
}

/** Returns how to write the rows of a call. A schema encodes each row to columns. */
export const rowWriter = <A, I>(schema: Schema.Schema<A, I> | undefined): WriteRow => {
  if (schema === undefined) return (row, index) => writeColumns(row, `rows[${index}]`)
  const encode = rowEncoder(schema)
  return (row, index) => {
    const encoded = encode(row, index)
    return "issues" in encoded ? encoded : writeColumns(encoded.columns, `rows[${index}]`)
  }
}

const encoder = new TextEncoder()

/** Returns the body of a request with these rows. */
export const bodyOfRows = (rows: ReadonlyArray<string>): Uint8Array => encoder.encode(`[${rows.join(",")}]`)

/** Returns the number of bytes of a text in UTF-8. */
export const byteLength = (text: string): number => {
  let bytes = text.length
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    // Both halves of a surrogate pair count 2 bytes each. JSON has no lone ones.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}

/** The rows of a request, or what is wrong with them. */
export const writeRows = (
  rows: unknown,
  write: WriteRow
): { readonly content: Uint8Array; readonly count: number; readonly issues: ReadonlyArray<Issue> } => {
  const refuse = (issues: ReadonlyArray<Issue>) => ({ content: new Uint8Array(), count: 0, issues })
  if (!Array.isArray(rows) || rows.length === 0) {
    return refuse([{ path: "rows", message: "must be a list of at least one row" }])
  }
  const texts: Array<string> = []
  const issues: Array<Issue> = []
  for (let index = 0; index < rows.length && issues.length < maxIssues; index++) {
    const written = write(rows[index], index)
    if ("issues" in written) issues.push(...written.issues)
    else texts.push(written.json)
  }
  if (issues.length > 0) return refuse(issues.slice(0, maxIssues))
  const content = bodyOfRows(texts)
  if (content.length <= maxPredictionBody) return { content, count: texts.length, issues }
  return refuse([tooLarge("rows", content.length, "send fewer rows, use Prediction.stream")])
}
