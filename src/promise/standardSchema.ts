/** Rows that are checked by a Standard Schema: a schema of zod, valibot, arktype, effect or another library. */
import type { Issue } from "../DataRobotError.js"
import type { WriteRow } from "../internal/protocols/predictionRows.js"

/**
 * A schema of any library that follows the Standard Schema specification, version 1. It checks a value of `Input`, and
 * converts it to `Output`.
 *
 * @since 0.1.0
 */
export interface StandardSchema<Input, Output> {
  readonly "~standard": {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => Validated<Output> | Promise<Validated<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/**
 * The result of a Standard Schema: the value, or what is wrong.
 *
 * @since 0.1.0
 */
export type Validated<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: ReadonlyArray<ValidationIssue> }

/**
 * What is wrong with a value.
 *
 * @since 0.1.0
 */
export interface ValidationIssue {
  readonly message: string
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
}

const pathOf = ({ path = [] }: ValidationIssue): string =>
  path.map((part) => `.${String(typeof part === "object" ? part.key : part)}`).join("")

/** A row that was checked: its columns, or what is wrong. */
export type CheckedRow = { readonly columns: unknown } | { readonly found: ReadonlyArray<ValidationIssue> }

/** Checks a row. */
export const checkRow = async <Input, Output>(
  schema: StandardSchema<Input, Output>,
  row: unknown
): Promise<CheckedRow> => {
  const result = await schema["~standard"].validate(row)
  return result.issues === undefined ? { columns: result.value } : { found: result.issues }
}

/** Writes checked rows with a function for columns. */
export const writeChecked = (write: WriteRow): WriteRow => (row, index) => {
  // Boundary: the rows are results of `checkRow`.
  const checked = row as CheckedRow
  if ("columns" in checked) return write(checked.columns, index)
  // The messages of some libraries contain the value, which may be personal.
  const issues = checked.found.map((issue): Issue => ({
    path: `rows[${index}]${pathOf(issue)}`,
    message: "was refused by the schema of the option row"
  }))
  return { issues }
}
