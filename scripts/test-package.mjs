// Tests the package that users install: packs dist/, and installs the tarball in projects outside of the repository.
// scripts/package/ has one file for each kind of project, test/pack/ the files of the projects. Run `npm run build`
// first.
import assert from "node:assert/strict"
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { testCommandLine } from "./package/commandLine.mjs"
import { testEffect4Project } from "./package/effect4Project.mjs"
import { undocumented } from "./package/hovers.mjs"
import { testLibraryProjects } from "./package/libraryProjects.mjs"
import { testPlainProject } from "./package/plainProject.mjs"
import { run } from "./package/project.mjs"
import { testReadme } from "./package/readmeSamples.mjs"
import { testTestRunners } from "./package/testRunners.mjs"

assert(existsSync("dist/index.js"), "There is no dist/: run `npm run build` first.")

const folder = realpathSync(mkdtempSync(join(tmpdir(), "effect-datarobot-package-")))
try {
  const [{ filename }] = JSON.parse(
    run(".", "npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder])
  )
  const tarball = join(folder, filename)
  const plain = testPlainProject(tarball, folder)
  await testCommandLine(plain)
  testReadme(tarball, plain, folder)
  testTestRunners(tarball, folder)
  testEffect4Project(tarball, folder)
  testLibraryProjects(tarball, folder)
  const missing = undocumented(join(folder, "esm/node_modules/effect-datarobot"))
  assert.deepEqual(missing, [], "Everything that an editor shows on hover has documentation")
  console.log("ok hovers: every export, operation and field of an error has documentation")
} catch (error) {
  console.error(error.stdout ?? "", error.message)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
