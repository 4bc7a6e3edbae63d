// Checks the documentation:
// 1. every TypeScript block of the Markdown pages, and every @example of the sources, compiles;
// 2. every relative link points to a file, every fragment to a heading, and no published page links to an unpublished
//    file;
// 3. the README names every script of package.json.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"

const folder = ".docs"
const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const problems = []

const pages = [
  "README.md",
  "AGENTS.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  ...readdirSync("docs").filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`)
]
const textOf = new Map(pages.map((page) => [page, readFileSync(page, "utf8")]))

// The files that npm publishes: those of "files", and those that it always adds.
const published = ["package.json", "README.md", "LICENSE", ...manifest.files]
const isPublished = (path) => published.some((entry) => path === entry || path.startsWith(`${entry}/`))

const withoutCode = (markdown) => markdown.replaceAll(/^```[\s\S]*?^```/gm, "")

// GitHub's anchors: lower case, punctuation dropped, spaces to hyphens.
const anchorsOf = (markdown) =>
  new Set(
    [...withoutCode(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(/\s/g, "-")
    )
  )

for (const [page, text] of textOf) {
  for (const [, link] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z][a-z+.-]*:/.test(link)) continue
    const [path, fragment] = link.split("#")
    const target = path === "" ? page : relative(".", resolve(dirname(page), path))
    if (!existsSync(target)) problems.push(`${page}: the link ${link} leads to no file`)
    else if (isPublished(page) && !isPublished(target)) {
      problems.push(`${page}: the link ${link} leads out of the published package`)
    } else if (fragment !== undefined && statSync(target).isFile()) {
      if (!anchorsOf(readFileSync(target, "utf8")).has(fragment)) {
        problems.push(`${page}: the link ${link} leads to no heading`)
      }
    }
  }
}

const readme = textOf.get("README.md")
for (const script of Object.keys(manifest.scripts)) {
  const named = script === "test" ? /npm test\b/ : new RegExp(`npm run ${script}(?![\\w:])`)
  if (!named.test(readme)) problems.push(`README.md does not name the script ${script}`)
}

const blocksOf = (markdown) => [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1])

// From "@example" to the next tag or the end of its comment, without the leading stars.
const examplesOf = (source) =>
  [...source.matchAll(/^ *\* @example\n([\s\S]*?)^ *\*(?:\/| @)/gm)].map((match) => match[1].replace(/^ *\* ?/gm, ""))

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join("src", file))

const programs = [
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
if (problems.length > 0) console.error(problems.join("\n"))
else console.log(`${pages.length} pages have no dead links`)
process.exit(compile && problems.length === 0 ? 0 : 1)
