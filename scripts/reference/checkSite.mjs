// Checks the reference in site/: every relative link leads to a file, and every fragment to an element; the page of every
// operation shows its route, its errors and an example.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"

const folder = resolve("site")
const decoded = (text) => decodeURIComponent(text.replaceAll("&amp;", "&").replaceAll("&#x2F;", "/"))

const idsIn = (text) => [...text.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => decoded(id))
/** The icons, which a script adds to each page. */
const icons = idsIn(readFileSync(join(folder, "assets/icons.js"), "utf8"))

/** The links and the ids of the pages, by file. */
const pages = new Map(
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html")).map((file) => {
    const html = readFileSync(join(folder, file), "utf8").replaceAll(/<script[\s\S]*?<\/script>/g, "")
    return [join(folder, file), {
      links: [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link]) => link),
      ids: new Set([...idsIn(html), ...icons])
    }]
  })
)

const problemOf = (page, link) => {
  if (/^(?:[a-z][a-z+.-]*:|\/\/)/i.test(link)) return undefined
  const [path, fragment] = link.split("#")
  const target = path === "" ? page : resolve(dirname(page), decoded(path.split("?")[0]))
  if (!existsSync(target) || !statSync(target).isFile()) return "leads to no file"
  if (!target.startsWith(`${folder}/`)) return "leads out of the site"
  const ids = pages.get(target)?.ids
  if (fragment === undefined || fragment === "" || ids === undefined) return undefined
  return ids.has(decoded(fragment)) ? undefined : "leads to no element"
}

let count = 0
const problems = []
for (const [page, { links }] of pages) {
  for (const link of new Set(links)) {
    count++
    const problem = problemOf(page, link)
    if (problem !== undefined) problems.push(`${relative(folder, page)}: the link ${link} ${problem}`)
  }
}

/** The operations, by the list of examples. */
const operations = [...readFileSync("scripts/promiseTypes/examples.md", "utf8").matchAll(/^## (\w+)\.(\w+)$/gm)]
for (const [, namespace, name] of operations) {
  // The operations of DataRobot are members of its class, and those with overloads are variables.
  const candidates = [
    `functions/effect-datarobot_${namespace}.${name}.html`,
    `variables/effect-datarobot_${namespace}.${name}.html`,
    `classes/effect-datarobot_${namespace}.${namespace}.html`
  ]
  const page = candidates.find((file) => pages.has(join(folder, file)))
  const text = page === undefined ? "" : readFileSync(join(folder, page), "utf8")
  const missing = ["Route", "Errors", "Example"].filter((heading) => !new RegExp(`<h4[^>]*>${heading}<`).test(text))
  if (missing.length > 0) problems.push(`${page ?? candidates[0]} lacks ${missing.join(", ")}`)
}
if (pages.size === 0) problems.push("site/ has no pages")
console.log(
  `site/ has ${pages.size} pages, ${count} links and ${operations.length} operations; ${problems.length} problems`
)
if (problems.length > 0) console.error(problems.slice(0, 50).join("\n"))
process.exit(problems.length === 0 ? 0 : 1)
