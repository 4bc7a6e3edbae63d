// Runs the tests on another version of Node: `node scripts/test-node.mjs 22` installs the newest release of this major
// version in a temporary folder and runs the tests with it.
import { spawnSync } from "node:child_process"
import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const major = process.argv[2]
if (!/^\d+$/.test(major ?? "")) {
  throw new Error("Name a major version of Node, for example: node scripts/test-node.mjs 22")
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "effect-datarobot-node-")))
const run = (command, ...args) => {
  console.log(`> ${command} ${args.join(" ")}`)
  return spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] }).status ?? 1
}
try {
  const name = `node-${process.platform}-${process.arch}`
  const node = join(folder, "node_modules", name, "bin", "node")
  process.exitCode =
    run("npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, `${name}@${major}`) ||
    run(node, "--version") ||
    run(node, "node_modules/vitest/vitest.mjs", "run")
} finally {
  rmSync(folder, { recursive: true, force: true })
}
