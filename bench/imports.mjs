/**
 * Measures how long imports take, each in a new process. The package's peers are loaded first and measured separately.
 */
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { spread } from "./statistics.mjs"

const dist = new URL("../dist/", import.meta.url)

/** Returns the modules of other packages that the library's modules import, without those of its emulator. */
const peers = () => {
  const found = new Set()
  for (const file of readdirSync(dist, { recursive: true })) {
    if (!/^(?:internal\/)?[\w-]+\.js$/.test(file) || /^(?:ConfigFile|undici|testing)\./.test(file)) continue
    for (
      const [, name] of readFileSync(new URL(file, dist), "utf8").matchAll(
        /^import .* from "((?:effect|@effect)\/[^"]+)"/gm
      )
    ) {
      found.add(name)
    }
  }
  return [...found]
}

const program = (before, module) => `
  await Promise.all(${JSON.stringify(before)}.map((name) => import(name)))
  const began = performance.now()
  await Promise.all(${JSON.stringify(module)}.map((name) => import(name)))
  console.log(performance.now() - began)`

const timed = (before, modules) =>
  Number(execFileSync(process.execPath, ["--input-type=module", "-e", program(before, modules)], {
    cwd: new URL(".", import.meta.url),
    encoding: "utf8"
  }))

/** Returns the milliseconds of each import. */
export const imports = (rounds) => {
  const effect = peers()
  const what = {
    "effect-datarobot": () => timed(effect, [new URL("index.js", dist).href]),
    "its peers": () => timed([], effect),
    ...Object.fromEntries(
      ["axios", "ky", "got", "undici", "zod", "valibot"].map((name) => [name, () => timed([], [name])])
    )
  }
  const taken = Object.fromEntries(Object.keys(what).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) for (const name in what) taken[name].push(what[name]())
  return Object.entries(taken).map(([name, values]) => ({ name, ...spread(values) }))
}
