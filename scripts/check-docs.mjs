// Compiles every TypeScript block of the README and of docs/, and every @example of the sources, as they stand.
import { spawnSync } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"

const folder = ".docs"

const blocksOf = (markdown) => [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1])

// From "@example" to the end of its comment, without the leading stars.
const examplesOf = (source) =>
  [...source.matchAll(/^ *\* @example\n([\s\S]*?)^ *\*\//gm)].map((match) => match[1].replace(/^ *\* ?/gm, ""))

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => `src/${file}`)

const pages = ["README.md", ...readdirSync("docs").filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`)]

const programs = [
  ...pages.flatMap((file) => blocksOf(readFileSync(file, "utf8")).map((code) => [file, code])),
  ...sources.flatMap((file) => examplesOf(readFileSync(file, "utf8")).map((code) => [file, code]))
]

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
programs.forEach(([from, code], i) => {
  writeFileSync(`${folder}/${String(i + 1).padStart(2, "0")}-${from.replaceAll(/[^\w]+/g, "-")}.ts`, code)
})
writeFileSync(
  `${folder}/tsconfig.json`,
  // a sample may declare what it does not use
  JSON.stringify({
    extends: "../tsconfig.json",
    compilerOptions: { noUnusedLocals: false },
    include: ["*.ts"],
    exclude: []
  })
)

const { status } = spawnSync("npx", ["--no-install", "tsc", "--noEmit", "-p", folder], { stdio: "inherit" })
console.log(`${programs.length} samples ${status === 0 ? "compile" : `do not all compile: see ${folder}/`}`)
if (status === 0) rmSync(folder, { recursive: true })
process.exit(programs.length === 0 ? 1 : status ?? 1)
