/** `npm run docs:matrix`: writes the fault matrix into docs/reliability.md. `faults.test.ts` fails where it is another there. */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { matrixTable } from "./matrix.js"

const file = new URL("../../docs/reliability.md", import.meta.url)
const place = /(<!-- fault matrix -->\n)[\s\S]*?(<!-- end -->)/
const before = readFileSync(file, "utf8")
if (!place.test(before)) throw new Error("docs/reliability.md has no place for the matrix")
writeFileSync(file, before.replace(place, (_, begin: string, end: string) => `${begin}\n${matrixTable()}\n\n${end}`))
process.exitCode = spawnSync("npm", ["run", "--silent", "format"], { stdio: "inherit" }).status ?? 1
