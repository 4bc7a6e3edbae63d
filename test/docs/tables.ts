/** The tables of docs/reliability.md that are generated from the tests' own data. */
import { breaksTable } from "../broken/breaks.js"
import { matrixTable } from "../wire/matrix.js"

export const page = new URL("../../docs/reliability.md", import.meta.url)

/** The tables by the name in the comment before them. */
export const tables: Readonly<Record<string, string>> = {
  "fault matrix": matrixTable(),
  breaks: breaksTable()
}

/** Finds a table and the comments around it, which are kept. */
export const place = (name: string) => new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(<!-- end -->)`)
