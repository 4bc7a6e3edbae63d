/** Rows that are checked by a Standard Schema: a schema of zod, valibot, arktype, effect or another library. */
import type { Issue } from "../DataRobotError.js"
import type { EncodedRow, WriteRow } from "../internal/protocols/predictionRows.js"
import { isRecord } from "../wire/text.js"
import type { StandardSchema, ValidationIssue } from "./StandardSchema.js"

// Boundary: a library may not follow the specification in everything.
const pathOf = (issue: Partial<ValidationIssue> | null): string => {
  const path: ReadonlyArray<unknown> = Array.isArray(issue?.path) ? issue.path : []
  return path.map((part) => `.${String(isRecord(part) ? part["key"] : part)}`).join("")
}

/** What a Standard Schema is, for an error. */
export const standardSchema =
  "a Standard Schema, such as a schema of zod, valibot or arktype, or Schema.standardSchemaV1 of effect"

/** Whether a value is a Standard Schema. */
export const isStandardSchema = (schema: unknown): boolean => {
  const standard: unknown = Reflect.get(Object(schema), "~standard")
  return isRecord(standard) && typeof standard["validate"] === "function"
}

/** The options that are Standard Schemas. */
type Option = "row" | "result" | "response"

/** A row that was checked: its columns, or what is wrong. */
export type CheckedRow = { readonly columns: unknown } | { readonly found: ReadonlyArray<ValidationIssue> }

/** Checks a row. `option` is the name of the schema in an error. */
export const checkRow = async <Input, Output>(
  schema: StandardSchema<Input, Output>,
  row: unknown,
  option: Option = "row"
): Promise<CheckedRow> => {
  if (!isStandardSchema(schema)) throw new TypeError(`the option ${option} must be ${standardSchema}`)
  const result = await schema["~standard"].validate(row)
  if (result == null) throw new TypeError(`the schema of the option ${option} returned no result`)
  return result.issues == null ? { columns: result.value } : { found: result.issues }
}

/** Returns the columns of a row that was checked, or what is wrong with it. `path` is the path of the row. */
export const encodeChecked = (row: unknown, path: string, option: Option = "row"): EncodedRow => {
  // Boundary: the rows are results of `checkRow`.
  const checked = row as CheckedRow
  if ("columns" in checked) return checked
  // A row is never left out, whatever the library says about it.
  const found = Array.isArray(checked.found) && checked.found.length > 0 ? checked.found : [null]
  // The messages of some libraries contain the value, which may be personal.
  const issues = found.map((issue): Issue => ({
    path: `${path}${pathOf(issue)}`.replace(/^\./, ""),
    message: `was refused by the schema of the option ${option}`
  }))
  return { issues }
}

/** Writes checked rows with a function for columns. */
export const writeChecked = (write: WriteRow): WriteRow => (row, index) => {
  const checked = encodeChecked(row, `rows[${index}]`)
  return "columns" in checked ? write(checked.columns, index) : checked
}
