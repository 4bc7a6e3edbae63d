// The options of TypeDoc. The reference has one module for each entry point of the package, and the guides.
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../", import.meta.url))
const { compilerOptions } = JSON.parse(readFileSync(`${root}tsconfig.json`, "utf8"))
const guides = readdirSync(`${root}docs`).filter((file) => file.endsWith(".md")).map((file) => `${root}docs/${file}`)

/** @type {import("typedoc").TypeDocOptions} */
export default {
  name: "effect-datarobot",
  entryPoints: Object.values(compilerOptions.paths).map(([file]) => root + file.slice(2)),
  projectDocuments: [...guides, ...["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map((file) => root + file)],
  readme: `${root}README.md`,
  tsconfig: `${root}tsconfig.json`,
  plugin: [fileURLToPath(new URL("plugin.mjs", import.meta.url))],
  out: `${root}site`,
  // The type checker has checked the sources before.
  skipErrorChecking: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  // The links would lead to a host that may not have this commit.
  disableSources: true,
  blockTags: ["@since", "@example", "@route", "@errors"],
  navigation: { includeGroups: false, includeCategories: false, includeFolders: false, excludeReferences: true },
  highlightLanguages: ["typescript", "javascript", "json", "bash", "sh", "python", "py", "yaml", "toml", "html"],
  // Fragments of the page of class hierarchies have no elements, and there are hardly any classes.
  includeHierarchySummary: false,
  searchInComments: true,
  searchInDocuments: true,
  includeVersion: true,
  hideGenerator: true,
  // Types that are internal are shown as their members are.
  validation: { notExported: false },
  treatWarningsAsErrors: false,
  logLevel: "Warn"
}
