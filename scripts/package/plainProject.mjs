// The Promise API, the test kit and the command line in a project that has only the tarball: no Effect, no other package.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { testMissingPeers } from "./missingPeers.mjs"
import { createProject, manifest, packagesOf, run } from "./project.mjs"
import { testTypes } from "./typeChecks.mjs"

/** Creates the project. Returns its folder. */
export const testPlainProject = (tarball, folder) => {
  const project = createProject(folder, "plain", [tarball])
  assert.deepEqual(packagesOf(project), [manifest.name], "Exactly one package is added")
  const licences = readFileSync(join(project, "node_modules", manifest.name, "dist/THIRD-PARTY-LICENSES.txt"), "utf8")
  for (const name of ["effect", "@effect/platform", "yaml", "csv-parse", "csv-stringify"]) {
    assert(licences.includes(`\n${name} `), `The licences of the bundles name ${name}`)
  }
  for (const file of ["main.mjs", "main.cjs"]) run(project, process.execPath, [file])
  console.log("ok plain: adds one package, and runs without Effect as an ES module and as CommonJS")
  testMissingPeers(project, "no effect and no @effect/platform")
  testTypes(project)
  return project
}
