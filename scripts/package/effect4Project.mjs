// The Promise API and the test kit in a project that has Effect 4.
import assert from "node:assert/strict"
import { createProject, loadedBy, loads, packagesOf } from "./project.mjs"

const effect4 = "effect@4.1.0"

export const testEffect4Project = (tarball, folder) => {
  // npm would fail with ERESOLVE here if the peers did not allow Effect 4.
  const project = createProject(folder, "effect4", [tarball, effect4], "plain")
  assert(packagesOf(project).includes("effect"), "Effect 4 is installed")
  for (const file of ["main.mjs", "main.cjs"]) {
    assert(!loads(loadedBy(project, file), "effect"), `${file} loads no module of the installed Effect`)
  }
  console.log("ok effect4: installs beside Effect 4, and the Promise API runs there")
}
