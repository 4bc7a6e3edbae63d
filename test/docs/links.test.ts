/** The Markdown pages: their links lead somewhere, also in the package, and the front page is short. */
import { assert, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, relative, resolve } from "node:path"
import manifest from "../../package.json" with { type: "json" }

const root = new URL("../../", import.meta.url).pathname
const read = (file: string) => readFileSync(root + file, "utf8")
const markdown = (folder: string) => readdirSync(root + folder).filter((file) => file.endsWith(".md"))

const pages = [...markdown("."), ...markdown("docs").map((file) => `docs/${file}`)]

/** The files of the tarball. Without `dist/`, which a build makes, and to which no page links. */
const packed: ReadonlyArray<string> = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"], {
    cwd: root,
    encoding: "utf8"
  })
)[0].files.map(({ path }: { readonly path: string }) => path)

const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "`code`")

/** The links of a page: inline links and images, definitions of references, and attributes of HTML. */
const linksOf = (text: string): ReadonlyArray<string> => {
  const prose = withoutCode(text)
  const inline = prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)
  const definitions = prose.matchAll(/^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm)
  const attributes = prose.matchAll(/(?:href|src)="([^"]+)"/g)
  return [...inline, ...definitions, ...attributes].map(([, link = ""]) => link)
}

/** The anchors of a page on GitHub: lower case, no punctuation, spaces to hyphens, numbered from the second one on. */
const anchorsOf = (text: string): ReadonlySet<string> => {
  const anchors = new Set<string>()
  for (const [, heading = ""] of text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.*)$/gm)) {
    const anchor = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(/\s/g, "-")
    let unique = anchor
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`
    anchors.add(unique)
  }
  return anchors
}

const isWeb = (link: string) => /^[a-z][a-z+.-]*:/i.test(link)

/** What is wrong with a relative link of a page. */
const problemOf = (page: string, link: string): string | undefined => {
  const [path = "", fragment] = link.split("#")
  const target = path === "" ? page : relative(root, resolve(root, dirname(page), path))
  if (!existsSync(root + target)) return `${link}: there is no file ${target}`
  const isFile = statSync(root + target).isFile()
  if (!packed.some((file) => isFile ? file === target : file.startsWith(`${target}/`))) {
    return `${link}: the package does not contain ${target}`
  }
  if (fragment !== undefined && !(isFile && anchorsOf(read(target)).has(fragment))) {
    return `${link}: ${target} has no heading for it`
  }
  return undefined
}

describe("Pages of the documentation", () => {
  for (const page of pages) {
    it(`every relative link of ${page} leads to a file of the package and to a heading in it`, () => {
      assert.include(packed, page)
      const relativeLinks = linksOf(read(page)).filter((link) => !isWeb(link))
      assert.deepStrictEqual(relativeLinks.flatMap((link) => problemOf(page, link) ?? []), [])
    })

    it(`every absolute link of ${page} uses https`, () => {
      assert.deepStrictEqual(linksOf(read(page)).filter((link) => isWeb(link) && !/^(https|mailto):/.test(link)), [])
    })
  }

  it("every guide is linked from the README", () => {
    const linked = new Set(linksOf(read("README.md")).map((link) => link.split("#")[0]))
    assert.deepStrictEqual(pages.filter((page) => page !== "README.md" && !linked.has(page)), [])
  })

  it("the README has at most 12 000 bytes", () => {
    assert.isAtMost(statSync(`${root}README.md`).size, 12_000)
  })

  it("CONTRIBUTING.md names every script of package.json", () => {
    const contributing = read("CONTRIBUTING.md")
    const isNamed = (script: string) =>
      (script === "test" ? /npm test\b/ : new RegExp(`npm run ${script}(?![\\w:])`)).test(contributing)
    assert.deepStrictEqual(Object.keys(manifest.scripts).filter((script) => !isNamed(script)), [])
  })
})
