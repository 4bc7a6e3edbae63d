/** The tables of docs/reliability.md that are made from what the tests are made from. */
import { breaksTable } from "../broken/breaks.js"
import { matrixTable } from "../wire/matrix.js"

export const page = new URL("../../docs/reliability.md", import.meta.url)

/** By the name that stands in the comment before a table. */
export const tables: Readonly<Record<string, string>> = {
  "fault matrix": matrixTable(),
  breaks: breaksTable()
}

/** Finds a table and the comments around it, which are kept. */
export const place = (name: string) => new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(<!-- end -->)`)
