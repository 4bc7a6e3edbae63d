/** `npm run docs:tables` writes the generated tables into their pages; `tables.test.ts` fails if one is outdated. */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { fileOf, place, tables } from "./tables.js"

for (const { name, page, table } of tables) {
  const text = readFileSync(fileOf(page), "utf8")
  if (!place(name).test(text)) throw new Error(`${page} has no place for the table "${name}"`)
  const written = text.replace(
    place(name),
    (_, begin: string, _table: string, end: string) => `${begin}\n${table}\n\n${end}`
  )
  writeFileSync(fileOf(page), written)
}
process.exitCode = spawnSync("npm", ["run", "--silent", "format"], { stdio: "inherit" }).status ?? 1
