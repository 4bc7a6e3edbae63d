// The test kit in the test runners of plain JavaScript: jest, and Node's own.
import { createProject, run } from "./project.mjs"

// jest is no dependency of this repository, so its version is pinned here.
const jest = "jest@30.5.2"

export const testTestRunners = (tarball, folder) => {
  const nodeProject = createProject(folder, "node-test", [tarball])
  run(nodeProject, process.execPath, ["--test"])
  console.log("ok node:test: the tests of a project pass, and the process ends")

  const jestProject = createProject(folder, "jest", [tarball, jest])
  // Without --forceExit: an emulator that a test leaves open must not keep jest alive.
  run(jestProject, process.execPath, ["node_modules/jest/bin/jest.js", "--ci", "--silent", "--reporters=summary"])
  console.log("ok jest: the tests of a project pass, and the process ends")
}
