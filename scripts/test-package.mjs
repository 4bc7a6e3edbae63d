// Tests the package that users install: packs dist/, installs the tarball and its peers into an empty ESM and an empty
// CJS project outside the repository, and compiles and runs test/pack/{esm,cjs}/*.ts there. Then runs the command
// line from the tarball alone. Run `npm run build` first.
import assert from "node:assert/strict"
import { execFileSync, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

assert(existsSync("dist/index.js"), "There is no dist/: run `npm run build` first.")

const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"))
const locked = (name) => `${name}@${packages[`node_modules/${name}`].version}`

// The optional peers have peers of their own. All versions come from the lockfile, so that a new release can't break
// this.
const peers = Object.keys(packages)
  .map((path) => path.replace("node_modules/", ""))
  .filter((name) => /^(effect|undici|@effect\/(?!vitest)[^/]+)$/.test(name))
const tools = ["typescript", "@types/node"]

const run = (cwd, command, args, env = {}) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"]
  })

/** The modules of packages that `node ...args` loads: V8 names them all in its coverage file. */
const loadedBy = (project, ...args) => {
  const coverage = mkdtempSync(join(project, "loaded-"))
  run(project, process.execPath, args, { NODE_V8_COVERAGE: coverage })
  return readdirSync(coverage)
    .flatMap((file) => JSON.parse(readFileSync(join(coverage, file), "utf8")).result)
    .map(({ url }) => url)
    .filter((url) => url.includes("/node_modules/"))
}
const packageOf = (url) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(url)[0]
const loads = (urls, name) => urls.some((url) => packageOf(url).endsWith(`/node_modules/${name}`))

const entries = Object.keys(manifest.exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => entry.replace(".", manifest.name))

const testProject = (kind, tarball, folder) => {
  const project = join(folder, kind)
  cpSync(join("test/pack", kind), project, { recursive: true })
  run(project, "npm", [
    "install",
    "--ignore-scripts",
    "--loglevel=error",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    tarball,
    ...[...peers, ...tools].map(locked)
  ])

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
  console.log(`ok ${kind}: recognizes the errors of the other copy of the package`)

  for (const entry of entries) {
    const code = kind === "esm" ? `import ${JSON.stringify(entry)}` : `require(${JSON.stringify(entry)})`
    const urls = loadedBy(project, `--input-type=${kind === "esm" ? "module" : "commonjs"}`, "--eval", code)
    assert(entry.endsWith("/ConfigFile") || !loads(urls, "yaml"), `${entry} loads yaml`)
    for (const name of ["csv-parse", "csv-stringify"]) assert(!loads(urls, name), `${entry} loads ${name}`)
    assert(entry.endsWith("/emulator/node") || !loads(urls, "@effect/platform-node"), `${entry} loads platform-node`)
    assert(/\/(?:undici|emulator\/node)$/.test(entry) || !loads(urls, "undici"), `${entry} loads undici`)
  }
  console.log(`ok ${kind}: each of the ${entries.length} entry points loads no more than it should`)
}

/** Runs the command line from the tarball alone, without any of the peers. */
const testCommandLine = async (tarball, folder) => {
  const project = join(folder, "bin")
  mkdirSync(project)
  run(project, "npm", ["init", "--yes", "--loglevel=error"])
  run(project, "npm", ["install", "--ignore-scripts", "--legacy-peer-deps", "--loglevel=error", "--no-audit", tarball])
  const names = readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))
  assert.deepEqual(names, ["csv-parse", "csv-stringify", "effect-datarobot", "yaml"], "No other package is there")
  const licences = readFileSync(
    join(project, "node_modules/effect-datarobot/dist/bin/THIRD-PARTY-LICENSES.txt"),
    "utf8"
  )
  for (const name of ["effect", "@effect/platform", "swagger-ui-dist", "react", "dompurify"]) {
    assert(licences.includes(`\n${name} `), `The licences of the command line name ${name}`)
  }

  assert.equal(run(project, "npx", ["--no-install", "effect-datarobot", "--version"]).trim(), manifest.version)
  const ask =
    "fetch(`${process.env.DATAROBOT_ENDPOINT}/ping/`).then(({ status }) => process.exit(status === 401 ? 7 : 1))"
  const exec = ["--no-install", "effect-datarobot", "emulator", "--exec", `node -e '${ask}'`]
  assert.equal(
    spawnSync("npx", exec, { cwd: project, stdio: "inherit" }).status,
    7,
    "--exec gives the command's status"
  )

  const started = performance.now()
  const bin = join(project, "node_modules", ".bin", "effect-datarobot")
  const child = spawn(bin, ["emulator", "--json", "--preset", "demo"], { stdio: ["ignore", "pipe", "inherit"] })
  const ended = once(child, "exit")
  const [line] = await once(child.stdout, "data")
  const startUp = performance.now() - started
  const { token, url } = JSON.parse(String(line))
  const listed = await fetch(`${url}/modelDeployments/`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await listed.json()).data[0].label, "Churn scorer")
  assert.match(await (await fetch(new URL("/__emulator/docs", url))).text(), /SwaggerUIBundle/)
  const interrupted = performance.now()
  child.kill("SIGINT")
  const [status] = await ended
  const end = performance.now() - interrupted
  assert.equal(status, 0)
  // The limits are generous, because both take longer on a busy machine. `npm run bench:emulator` measures them.
  assert(startUp < 20_000, `It starts within 20 s, not ${startUp} ms`)
  assert(end < 10_000, `It ends within 10 s of SIGINT, not ${end} ms`)
  console.log(`ok bin: works without any other package; starts in ${startUp.toFixed()} ms, ends in ${end.toFixed()} ms`)
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "effect-datarobot-package-")))
try {
  const [{ filename }] = JSON.parse(
    run(".", "npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder])
  )
  const tarball = join(folder, filename)
  for (const kind of ["esm", "cjs"]) testProject(kind, tarball, folder)
  await testCommandLine(tarball, folder)
} catch (error) {
  console.error(error.stdout ?? "", error.message)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
