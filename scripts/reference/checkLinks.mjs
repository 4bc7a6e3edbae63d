// Checks that every relative link of the reference in site/ leads to a file, and every fragment to an element.
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
if (pages.size === 0) problems.push("site/ has no pages")
console.log(`site/ has ${pages.size} pages and ${count} links; ${problems.length} are dead`)
if (problems.length > 0) console.error(problems.slice(0, 50).join("\n"))
process.exit(problems.length === 0 ? 0 : 1)
