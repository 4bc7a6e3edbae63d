/** Reads the rows of a prediction request. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { readCells } from "../../wire/csv.js"
import { recordsOf } from "../../wire/csvReader.js"
import { isRecord } from "../../wire/text.js"
import { bodyBytes } from "../protocol/bodyBytes.js"
import * as Errors from "../protocol/errors.js"
import type { Request } from "../protocol/request.js"

/** Rows by column. */
export interface Table {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>>
}

/**
 * Reads the rows of a body: a JSON list, the same as `data` of an object, CSV, or a form with one of these as `file`.
 * Fails with 400 if there are none.
 */
export const requestTable = (
  request: Request
): Effect.Effect<Table, Errors.Malformed | Errors.TooLarge> => {
  const contentType = request.headers["content-type"] ?? ""
  return Effect.flatMap(bodyBytes(request), (bytes) =>
    typeOf(contentType) === "multipart/form-data"
      ? Effect.flatMap(fileOf(bytes, contentType), ({ text, type }) => tableOf(type, text))
      : tableOf(typeOf(contentType), new TextDecoder().decode(bytes)))
}

const typeOf = (contentType: string) => contentType.split(";", 1)[0]?.trim().toLowerCase() ?? ""

const tableOf = (type: string, text: string): Effect.Effect<Table, Errors.Malformed> => {
  switch (type) {
    case "application/json":
      return readable(readJson(text), "The body is not a JSON list of rows")
    case "text/csv":
    case "text/plain":
      return Effect.flatMap(readCsv(text), (table) => readable(table, "The body is not CSV with rows"))
    default:
      return Errors.malformed("The content type must be application/json, text/csv or multipart/form-data")
  }
}

const readable = (table: Table | undefined, problem: string) =>
  table === undefined || table.rows.length === 0 ? Errors.malformed(problem) : Effect.succeed(table)

const encoder = new TextEncoder()

/** Returns `undefined` if the text is not valid CSV. */
const readCsv = (text: string): Effect.Effect<Table | undefined> =>
  Effect.suspend(() => {
    let columns: ReadonlyArray<string> = []
    const rows: Array<Record<string, string>> = []
    return Stream.runForEach(readCells(Stream.make(encoder.encode(text))), (read) =>
      Effect.sync(() => {
        columns = read.columns
        for (const row of recordsOf(read)) rows.push(row)
      })).pipe(Effect.map(() => ({ columns, rows })), Effect.catchAll(() => Effect.succeed(undefined)))
  })

const readJson = (text: string): Table | undefined => {
  const value = parsed(text)
  const rows: unknown = isRecord(value) ? value["data"] : value
  if (!Array.isArray(rows) || !rows.every(isRecord)) return undefined
  const columns = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) columns.add(name)
  return { columns: [...columns], rows }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The field `file` of a form. Its type is CSV unless it says that it is JSON, because clients label CSV in many ways. */
const fileOf = (bytes: Uint8Array, contentType: string) =>
  Effect.tryPromise(async () => {
    // Boundary: the type of a body excludes bytes in shared memory, which do not occur here.
    const form = await new Response(bytes as BodyInit, { headers: { "content-type": contentType } }).formData()
    const file = form.get("file")
    if (file === null) return undefined
    if (typeof file === "string") return { type: "text/csv", text: file }
    return { type: typeOf(file.type) === "application/json" ? "application/json" : "text/csv", text: await file.text() }
  }).pipe(
    Effect.catchAll(() => Errors.malformed("The body is not a form")),
    Effect.filterOrElse((file) => file !== undefined, () => Errors.malformed("The form has no field `file`"))
  )
