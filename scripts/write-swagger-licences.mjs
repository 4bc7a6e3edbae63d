// Writes scripts/licences/swagger-ui.txt: the licences of Swagger UI, which @effect/platform contains as one long text,
// and of the packages that Swagger UI's own bundle contains. Its source maps name them. Run this after an update of
// @effect/platform, when the build asks for it. It installs packages with npm.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"

const platform = dirname(createRequire(import.meta.url).resolve("@effect/platform/package.json"))
const file = join(platform, "dist/esm/internal/httpApiSwagger.js")
const { css, javascript } = await import(pathToFileURL(file).href)
const [, version] = /PACKAGE_VERSION:"([^"]+)"/.exec(javascript)

const folder = mkdtempSync(join(tmpdir(), "swagger-ui-"))
const install = (...names) =>
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...names], {
    cwd: folder,
    stdio: "inherit"
  })
/** The folders of packages that are installed inside another package, by their path. */
const nestedFolders = () =>
  Object.keys(JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages)
    .flatMap((path) => /^node_modules\/(.+\/node_modules)\//.exec(path)?.[1] ?? [])
const read = (...path) => readFileSync(join(folder, "node_modules", ...path), "utf8")
const dist = (name) => read("swagger-ui-dist", name)

/** The folder of an installed package. The version that Swagger UI itself depends on comes first. */
const folderOf = (name) =>
  ["swagger-ui/node_modules", ".", ...nestedFolders()]
    .map((parent) => join(folder, "node_modules", parent, name))
    .find((path) => existsSync(join(path, "package.json")))

/** The licence of a package: its files, or else the end of its README, from the line that names the licence. */
const licenceOf = (name) => {
  const path = folderOf(name)
  const entries = readdirSync(path).filter((one) => /^(?:licen[cs]e|copying|notice)/i.test(one)).sort()
  const files = entries.flatMap((one) =>
    statSync(join(path, one)).isFile() ? [one] : readdirSync(join(path, one)).map((inner) => join(one, inner))
  )
  if (files.length > 0) return files.map((one) => readFileSync(join(path, one), "utf8").trim()).join("\n\n")
  const readme = readFileSync(join(path, readdirSync(path).find((one) => /^readme/i.test(one))), "utf8")
  const lines = readme.split("\n")
  const start = lines.findLastIndex((line) => /^#* *licen[cs]e/i.test(line))
  return start < 0 ? "" : lines.slice(start).join("\n").trim()
}

try {
  writeFileSync(join(folder, "package.json"), "{ \"private\": true }")
  install(`swagger-ui-dist@${version}`, `swagger-ui@${version}`)

  // The text in @effect/platform is that of this version, and contains nothing else.
  const scripts = ["swagger-ui-bundle.js", "swagger-ui-standalone-preset.js"]
  const withoutMap = (text) => text.replaceAll(/^\/[/*]# sourceMappingURL=.*$/gm, "").replaceAll(/\n+/g, "\n").trim()
  const isSame = (text, names) => withoutMap(text) === withoutMap(names.map(dist).join("\n"))
  assert(isSame(javascript, scripts), "The script of @effect/platform is that of swagger-ui-dist")
  assert(isSame(css, ["swagger-ui.css"]), "The style of @effect/platform is that of swagger-ui-dist")

  const sources = [...scripts, "swagger-ui.css"].flatMap((name) => JSON.parse(dist(`${name}.map`)).sources)
  const names = new Set(sources.flatMap((source) => /^.*node_modules\/((?:@[^/]+\/)?[^/?]+)/.exec(source)?.[1] ?? []))
  // Some come from Swagger UI's build and are no dependencies of its package.
  const missing = [...names].filter((name) => folderOf(name) === undefined)
  if (missing.length > 0) install(...missing)

  /** The packages by licence text, since many have the same. */
  const byText = new Map()
  for (const name of [...names].sort()) {
    const text = licenceOf(name)
    byText.set(text, [...(byText.get(text) ?? []), name])
  }
  const title = (name) => {
    const { license, licenses } = JSON.parse(readFileSync(join(folderOf(name), "package.json"), "utf8"))
    return `${name} (${license ?? licenses?.map(({ type }) => type).join(" or ") ?? "see below"})`
  }
  const notices = new Set(scripts.flatMap((name) => dist(`${name}.LICENSE.txt`).trim().split(/\n\n(?=\/\*)/)))
  const parts = [
    `swagger-ui-dist ${version} (Apache-2.0), part of @effect/platform (SHA-256 of the module: ` +
    `${createHash("sha256").update(readFileSync(file, "utf8")).digest("hex")})`,
    dist("NOTICE").trim(),
    dist("LICENSE").trim(),
    `The scripts of Swagger UI contain these notices:`,
    ...notices,
    `Swagger UI contains parts of these ${names.size} packages:`,
    ...Array.from(byText, ([text, packages]) => `${packages.map(title).join("\n")}\n\n${text}`)
  ]
  writeFileSync(
    new URL("licences/swagger-ui.txt", import.meta.url),
    `${parts.map((part) => part.trim().replaceAll(/\r\n?/g, "\n").replaceAll(/[ \t]+$/gm, "")).join("\n\n")}\n`
  )
  console.log(`Swagger UI ${version}: ${names.size} packages`)
} finally {
  if (existsSync(folder)) rmSync(folder, { recursive: true })
}
