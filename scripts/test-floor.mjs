// Tests the lowest supported peers: copies the tree to a temporary folder, installs the lowest version of each peer
// range there, and runs the type check and the tests.
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

// The three peers, the matching versions for @effect/platform-node, @effect/vitest and the chat examples, and OpenTelemetry
// for the tests.
const floor = {
  "effect": "3.21.4",
  "@effect/ai": "0.36.0",
  "@effect/ai-openai": "0.40.1",
  "@effect/platform": "0.96.2",
  "@effect/platform-node": "0.107.0",
  "@effect/platform-node-shared": "0.60.0",
  "@effect/cluster": "0.59.0",
  "@effect/experimental": "0.60.0",
  "@effect/opentelemetry": "0.63.0",
  "@effect/rpc": "0.75.1",
  "@effect/sql": "0.51.1",
  "@effect/vitest": "0.29.0",
  "@effect/workflow": "0.18.2",
  "undici": "7.10.0"
}

const manifest = JSON.parse(readFileSync("package.json", "utf8"))
for (const [peer, range] of Object.entries(manifest.peerDependencies)) {
  const lowest = /\d+\.\d+\.\d+/.exec(range)?.[0]
  if (floor[peer] !== lowest) {
    throw new Error(`package.json asks for ${peer} ${range}, this script tests ${floor[peer]}`)
  }
}
Object.assign(manifest.devDependencies, floor)

// All other packages keep their locked versions.
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"))
for (const path of Object.keys(lock.packages)) {
  if (/node_modules\/(effect$|@effect\/|undici$)/.test(path)) delete lock.packages[path]
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "effect-datarobot-floor-")))
const run = (command, ...args) => {
  console.log(`> ${command} ${args.join(" ")}`)
  execFileSync(command, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] })
}
try {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  for (const file of files.trim().split("\n").filter(existsSync)) cpSync(file, join(folder, file))
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2))
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock, null, 2))

  run("npm", "install", "--ignore-scripts", "--loglevel=error", "--no-audit", "--no-fund", "--prefer-offline")
  for (const [name, version] of Object.entries(floor)) {
    const installed = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version
    if (installed !== version) throw new Error(`${name} ${installed} was installed, not ${version}`)
  }
  run("npm", "run", "--silent", "check")
  run("npm", "run", "--silent", "test")
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
