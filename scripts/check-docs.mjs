// Compiles every TypeScript block of the Markdown pages, every @example of the sources, and the examples of the Promise
// API in scripts/promiseTypes/examples.md.
// (test/docs/links.test.ts checks the links of the pages.)
import { spawnSync } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const folder = ".docs"

const pages = [
  "README.md",
  "AGENTS.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  ...readdirSync("docs").filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`)
]
const textOf = new Map(pages.map((page) => [page, readFileSync(page, "utf8")]))

const blocksOf = (markdown) => [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1])

// From "@example" to the next tag or the end of its comment, without the leading stars.
const examplesOf = (source) =>
  [...source.matchAll(/^ *\* @example\n([\s\S]*?)^ *\*(?:\/| @)/gm)].map((match) => match[1].replace(/^ *\* ?/gm, ""))

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  // The generated types of the Promise API have the examples of examples.md.
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".generated.ts"))
  .map((file) => join("src", file))

const promiseExamples = "scripts/promiseTypes/examples.md"
const client = "import { createClient } from \"effect-datarobot/promise\"\n\nconst client = createClient()\n\n"

const programs = [
  ...blocksOf(readFileSync(promiseExamples, "utf8")).map((code) => [promiseExamples, client + code]),
  ...[...textOf].flatMap(([page, text]) => blocksOf(text).map((code) => [page, code])),
  ...sources.flatMap((file) => examplesOf(readFileSync(file, "utf8")).map((code) => [file, code]))
]

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
programs.forEach(([from, code], i) => {
  writeFileSync(`${folder}/${String(i + 1).padStart(2, "0")}-${from.replaceAll(/[^\w]+/g, "-")}.ts`, code)
})
writeFileSync(
  `${folder}/tsconfig.json`,
  // A sample may have unused declarations.
  JSON.stringify({
    extends: "../tsconfig.json",
    compilerOptions: { noUnusedLocals: false },
    include: ["*.ts"],
    exclude: []
  })
)

const { status } = spawnSync("npx", ["--no-install", "tsc", "--noEmit", "-p", folder], { stdio: "inherit" })
const compile = status === 0 && programs.length > 0
console.log(`${programs.length} samples ${compile ? "compile" : `do not all compile: see ${folder}/`}`)
if (compile) rmSync(folder, { recursive: true })
process.exit(compile ? 0 : 1)
