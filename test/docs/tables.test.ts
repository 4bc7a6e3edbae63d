import { readFileSync } from "node:fs"
import { assert, it } from "vitest"
import { fileOf, place, tables } from "./tables.js"

/** The cells of a table, without its alignment. */
const cells = (table: string) =>
  table.trim().split("\n").map((line) => line.split("|").map((cell) => cell.trim().replace(/^-+$/, "-")))

for (const { name, page, table } of tables) {
  it(`${page} contains the current table "${name}" (npm run docs:tables updates it)`, () => {
    const [, , shown = ""] = place(name).exec(readFileSync(fileOf(page), "utf8")) ?? []
    assert.deepStrictEqual(cells(shown), cells(table))
  })
}
