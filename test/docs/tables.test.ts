import { readFileSync } from "node:fs"
import { assert, it } from "vitest"
import { page, place, tables } from "./tables.js"

/** A table without what is only for the eye. */
const cells = (table: string) =>
  table.trim().split("\n").map((line) => line.split("|").map((cell) => cell.trim().replace(/^-+$/, "-")))

for (const [name, table] of Object.entries(tables)) {
  it(`docs/reliability.md shows the table "${name}" as it is (npm run docs:tables writes it)`, () => {
    const [, , shown = ""] = place(name).exec(readFileSync(page, "utf8")) ?? []
    assert.deepStrictEqual(cells(shown), cells(table))
  })
}
