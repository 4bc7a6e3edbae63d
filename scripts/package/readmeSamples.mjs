// The samples of the README of the tarball, unchanged. Each runs in a project that has only what the README installs.
import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { createProject, locked, manifest, run } from "./project.mjs"

const tsx = resolve("node_modules/tsx/dist/cli.mjs")
const tsxLoader = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs")).href

const onEmulator = (project, command) =>
  run(project, "npx", ["--no-install", "effect-datarobot", "emulator", "--preset", "demo", "--exec", command])

const deploys = (project, file) => {
  const printed = onEmulator(project, `"${process.execPath}" "${tsx}" ${file}`)
  assert.match(printed, /\{ predictions: \[ [^,\]]+, [^,\]]+ \], requests: 1 \}/, `What ${file} prints`)
}

// How to run a sample, by what it imports. The first that fits.
const kinds = [
  {
    name: "vitest",
    imports: "@effect/vitest",
    file: "effect.test.ts",
    run: (project) => run(project, process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot"])
  },
  {
    name: "node:test",
    imports: "node:test",
    file: "promise.test.mts",
    isPlain: true,
    run: (project, file) => run(project, process.execPath, ["--import", tsxLoader, "--test", file])
  },
  { name: "Effect", imports: "effect", file: "first-effect.mts", run: deploys },
  { name: "Promises", imports: "effect-datarobot/promise", file: "first-promise.mts", isPlain: true, run: deploys }
]

/** `plain` is a project that has only the tarball. */
export const testReadme = (tarball, plain, folder) => {
  const readme = readFileSync(join(plain, "node_modules", manifest.name, "README.md"), "utf8")
  const samples = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code)
  const packages = ["effect", "@effect/platform", "vitest", "@effect/vitest"].map(locked)
  const withEffect = createProject(folder, "readme", [tarball, ...packages])
  const ran = samples.map((code) => {
    const kind = kinds.find(({ imports }) => code.includes(` from "${imports}"`))
    assert(kind, `No way to run this sample of the README:\n${code}`)
    const project = kind.isPlain === true ? plain : withEffect
    writeFileSync(join(project, kind.file), code)
    kind.run(project, kind.file)
    return kind.name
  })
  assert.deepEqual(ran.toSorted(), kinds.map(({ name }) => name).toSorted(), "The README has one sample of each kind")
  console.log(`ok readme: its ${ran.length} samples run unchanged: ${ran.join(", ")}`)
}
