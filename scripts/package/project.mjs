// A project outside of the repository that installs the tarball, as a user would.
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

export const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"))

/** A package with its version in the lockfile, so that a new release cannot break the test. */
export const locked = (name) => `${name}@${packages[`node_modules/${name}`].version}`

/** The optional peers of the Effect entries, and the peers of these. */
export const peers = Object.keys(packages)
  .map((path) => path.replace("node_modules/", ""))
  .filter((name) => /^(effect|undici|@effect\/(?!vitest)[^/]+)$/.test(name))
  .map(locked)

/** What a project needs to compile TypeScript. */
export const tools = ["typescript", "@types/node"].map(locked)

/** Runs a command. Returns its output. */
export const run = (cwd, command, args, env = {}) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64 * 1024 * 1024
  })

/** Creates a project with the files of test/pack/<files>/, and installs the packages. */
export const createProject = (folder, name, installed, files = name) => {
  const project = join(folder, name)
  mkdirSync(project)
  cpSync(join("test/pack", files), project, { recursive: true })
  if (!existsSync(join(project, "package.json"))) {
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }))
  }
  run(project, "npm", [
    "install",
    "--ignore-scripts",
    "--loglevel=error",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    ...installed
  ])
  return project
}

/** The names of the packages in a project. */
export const packagesOf = (project) =>
  readdirSync(join(project, "node_modules"))
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(project, "node_modules", name)).map((one) => `${name}/${one}`) : name
    )

/** The modules of packages that `node ...args` loads: V8 names them all in its coverage file. */
export const loadedBy = (project, ...args) => {
  const coverage = mkdtempSync(join(project, "loaded-"))
  run(project, process.execPath, args, { NODE_V8_COVERAGE: coverage })
  return readdirSync(coverage)
    .flatMap((file) => JSON.parse(readFileSync(join(coverage, file), "utf8")).result)
    .map(({ url }) => url)
    .filter((url) => url.includes("/node_modules/"))
}

const packageOf = (url) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(url)[0]

/** Whether one of the modules belongs to a package. */
export const loads = (urls, name) => urls.some((url) => packageOf(url).endsWith(`/node_modules/${name}`))
