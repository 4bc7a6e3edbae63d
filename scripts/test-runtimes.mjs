// Runs the Promise API of the packed package on other runtimes: Node 22 and 24, Deno, and workerd (Cloudflare Workers)
// without `nodejs_compat`. They call an emulator on loopback. The program is test/pack/runtimes/. Run `npm run build` first.
import assert from "node:assert/strict"
import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { createProject, manifest, run } from "./package/project.mjs"

assert(existsSync("dist/promise.js"), "There is no dist/: run `npm run build` first.")

// None of them is a dependency of this repository, so their versions are pinned here.
const nodePackage = `node-${process.platform}-${process.arch}`
const nodes = ["22.23.3", "24.22.1"]
const others = ["deno@2.9.6", "workerd@1.20261117.1"]

/** The limit is generous, because the machine may be busy. */
const timeout = 120_000

/** Runs a command with the emulator's address. Returns what it prints. */
const print = async (cwd, env, command, ...args) =>
  (await promisify(execFile)(command, args, { cwd, timeout, env: { ...process.env, ...env } })).stdout.trim()

const testWorkerd = async (project, env) => {
  const bin = join(project, "node_modules/workerd/bin/workerd")
  // workerd writes the port of its socket to this file descriptor, standard output.
  const args = [bin, "serve", "worker.capnp", "--control-fd=1"]
  const server = spawn(process.execPath, args, {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true
  })
  const ended = once(server, "exit")
  try {
    const failed = ended.then(([status]) => Promise.reject(new Error(`workerd ended with status ${status}`)))
    const [line] = await Promise.race([once(server.stdout, "data"), failed])
    const { port } = JSON.parse(String(line).split("\n")[0])
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(timeout) })
    const text = await response.text()
    assert.equal(response.status, 200, text)
    return text
  } finally {
    // The launcher and workerd itself: a process group.
    if (server.exitCode === null) process.kill(-server.pid, "SIGKILL")
    await ended
  }
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "effect-datarobot-runtimes-")))
try {
  const [{ filename }] = JSON.parse(
    run(".", "npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder])
  )
  const aliases = nodes.map((version) => `node${version.split(".")[0]}@npm:${nodePackage}@${version}`)
  const project = createProject(folder, "runtimes", [join(folder, filename), ...aliases, ...others])
  const installed = (path) => join(project, "node_modules", path)

  const testing = pathToFileURL(installed(`${manifest.name}/dist/testing/promise.js`)).href
  const { startEmulator } = await import(testing)
  const emulator = await startEmulator({ port: 0, preset: "demo" })
  const env = { DATAROBOT_ENDPOINT: emulator.endpoint, DATAROBOT_API_TOKEN: emulator.token, NO_COLOR: "1" }
  const host = new URL(emulator.endpoint).host
  const runtimes = [
    ...nodes.map((version) => [
      `Node ${version}`,
      () => print(project, env, installed(`node${version.split(".")[0]}/bin/node`), "program.js")
    ]),
    [
      "Deno",
      () =>
        print(
          project,
          env,
          process.execPath,
          installed("deno/bin.cjs"),
          "run",
          "--no-prompt",
          "--node-modules-dir=manual",
          "--allow-env",
          // 127.0.0.1:9 is the address where nothing listens.
          `--allow-net=${host},127.0.0.1:9`,
          "program.js"
        )
    ],
    ["workerd", () => testWorkerd(project, env)]
  ]
  for (const [name, test] of runtimes) {
    await emulator.reset()
    assert.match(await test(), /^\d+ deployments$/, name)
    console.log(`ok ${name}: the calls of the Promise API, dates and errors`)
  }
  await emulator.close()
} catch (error) {
  console.error(error.stdout ?? "", error.stderr ?? "", error.message)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
