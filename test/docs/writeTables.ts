/** `npm run docs:tables` writes the tables into docs/reliability.md; `tables.test.ts` fails if they are outdated. */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { page, place, tables } from "./tables.js"

let text = readFileSync(page, "utf8")
for (const [name, table] of Object.entries(tables)) {
  if (!place(name).test(text)) throw new Error(`docs/reliability.md has no place for the table "${name}"`)
  text = text.replace(place(name), (_, begin: string, _table: string, end: string) => `${begin}\n${table}\n\n${end}`)
}
writeFileSync(page, text)
process.exitCode = spawnSync("npm", ["run", "--silent", "format"], { stdio: "inherit" }).status ?? 1
