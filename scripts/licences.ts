/** The licences of the packages that a bundle contains. They must be distributed with it. */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const texts = fileURLToPath(new URL("licences/", import.meta.url))

/** No one writes a line of this length. A module that has one contains a bundle of other packages. */
const longestLine = 10_000

const packageOf = (id: string) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0]

/** The comments of a module that name a licence or a copyright. Lines of `//` belong together. */
const noticesOf = (code: string) =>
  (code.match(/\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n?)+/gm) ?? [])
    .filter((comment) => /\blicen[cs]ed?\b|\bcopyright\b/i.test(comment))
    .map((comment) => comment.trim())

/**
 * The licences of the packages that are bundled inside this module. A file in `licences/` lists them, and names the
 * module by its hash, so that it can't be out of date. Throws if there is none.
 */
const embeddedIn = (id: string, code: string) => {
  const hash = createHash("sha256").update(code).digest("hex")
  const files = readdirSync(texts).map((file) => readFileSync(`${texts}${file}`, "utf8"))
  const text = files.find((text) => text.includes(hash))
  if (text === undefined) {
    throw new Error(
      `${id} contains a bundle of other packages, and no file in scripts/licences/ lists them for this version ` +
        `(SHA-256 ${hash}). For Swagger UI, run: node scripts/write-swagger-licences.mjs`
    )
  }
  return text.trim()
}

const describe = (folder: string, modules: ReadonlyArray<string>) => {
  const { license, name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"))
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).sort()
  if (files.length === 0) throw new Error(`${name} ${version} is bundled, but its package contains no licence`)
  const codes = modules.map((id) => ({ id, code: readFileSync(id, "utf8") }))
  const isBundle = ({ code }: { readonly code: string }) => code.split("\n").some(({ length }) => length > longestLine)
  const notices = codes.filter((one) => !isBundle(one)).flatMap(({ code }) => noticesOf(code))
  return [
    `${name} ${version} (${license})`,
    ...files.map((file) => readFileSync(`${folder}/${file}`, "utf8").trim()),
    ...(notices.length === 0 ? [] : ["Its sources contain these notices:", ...new Set(notices)]),
    ...codes.filter(isBundle).map(({ code, id }) => embeddedIn(id, code))
  ].join("\n\n")
}

/**
 * Returns the text of the licences file for a bundle of these modules. Throws if a package has no licence, or if a
 * module contains packages that are not known.
 */
export const licencesOf = (modules: ReadonlyArray<string>): string => {
  // The bundler adds modules that are not files.
  const files = modules.filter(existsSync)
  const folders = new Set(files.flatMap((id) => packageOf(id) ?? []))
  const sections = Array.from(folders, (folder) => describe(folder, files.filter((id) => packageOf(id) === folder)))
  const line = `\n\n${"-".repeat(80)}\n\n`
  return `The program in this folder contains parts of these packages.\n\n${sections.sort().join(line)}\n`
}

/** Writes the licences next to the bundles that this plugin builds. */
export const licences = () => {
  const modules = new Set<string>()
  return {
    name: "licences",
    generateBundle(_: unknown, bundle: Readonly<Record<string, { readonly moduleIds?: ReadonlyArray<string> }>>) {
      for (const { moduleIds = [] } of Object.values(bundle)) for (const id of moduleIds) modules.add(id)
    },
    // The bundles of one folder are written at the same time, and share the file: the last one finds all modules.
    writeBundle({ dir }: { readonly dir?: string }) {
      writeFileSync(join(dir ?? ".", "THIRD-PARTY-LICENSES.txt"), licencesOf([...modules]))
    }
  }
}
