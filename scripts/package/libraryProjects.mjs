// The Effect entries in a project of ES modules and in a CommonJS project.
import assert from "node:assert/strict"
import { createProject, loadedBy, loads, manifest, peers, run, tools } from "./project.mjs"

const entries = Object.keys(manifest.exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => entry.replace(".", manifest.name))

// Modules that contain a package. They are loaded only if a program needs them.
const vendored = (urls, name) => urls.some((url) => new RegExp(`/vendor/${name}\\.c?js$`).test(url))

const testProject = (kind, tarball, folder) => {
  const project = createProject(folder, kind, [tarball, ...peers, ...tools])
  const copies = run(project, "npm", ["ls", "effect", "--all", "--parseable", "--loglevel=error"]).trim().split("\n")
  assert.equal(copies.length, 1, `One copy of effect is installed, not:\n${copies.join("\n")}`)

  run(project, "node_modules/.bin/tsc", [])
  const program = loadedBy(project, "main.js")
  const builds = new Set(
    program.filter((url) => loads([url], "effect")).map((url) => url.split("/dist/")[1].split("/")[0])
  )
  assert.deepEqual([...builds], [kind], "One copy of effect is loaded, that of the project's module system")
  console.log(`ok ${kind}: installs, compiles and runs with one copy of effect`)

  run(project, process.execPath, ["copies.js"])
  console.log(`ok ${kind}: recognizes the errors of the other copies of the package`)

  for (const entry of entries) {
    const code = kind === "esm" ? `import ${JSON.stringify(entry)}` : `require(${JSON.stringify(entry)})`
    const urls = loadedBy(project, `--input-type=${kind === "esm" ? "module" : "commonjs"}`, "--eval", code)
    assert(entry.endsWith("/ConfigFile") || !vendored(urls, "yaml"), `${entry} loads yaml`)
    for (const name of ["csvParse", "csvStringify"]) assert(!vendored(urls, name), `${entry} loads ${name}`)
    assert(!loads(urls, "@effect/platform-node"), `${entry} loads platform-node`)
    assert(entry.endsWith("/undici") || !loads(urls, "undici"), `${entry} loads undici`)
    assert(!entry.endsWith("/promise") || !loads(urls, "effect"), `${entry} loads effect`)
  }
  console.log(`ok ${kind}: each of the ${entries.length} entry points loads no more than it should`)
}

export const testLibraryProjects = (tarball, folder) => {
  for (const kind of ["esm", "cjs"]) testProject(kind, tarball, folder)
}
