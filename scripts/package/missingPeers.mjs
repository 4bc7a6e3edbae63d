// The Effect entries in a project without Effect 3: each fails at once, with a sentence that says what to install.
import assert from "node:assert/strict"
import { manifest, run } from "./project.mjs"

const entries = Object.entries(manifest.exports).flatMap(([entry, targets]) =>
  targets.import === undefined
    ? []
    : { name: entry.replace(".", manifest.name), needsPeers: targets.import.default.includes("needs_effect_3") }
)

/** Imports every entry. Returns what the errors say, by entry. */
const failures = (project, kind) => {
  const load = kind === "module" ? "await import(name)" : "require(name)"
  const code = `
    const failures = {}
    for (const name of ${JSON.stringify(entries.map(({ name }) => name))}) {
      try { ${load} } catch (error) { failures[name] = error.message }
    }
    console.log(JSON.stringify(failures))`
  return JSON.parse(run(project, process.execPath, [`--input-type=${kind}`, "--eval", code]))
}

const inPath =
  /^Cannot find (?:package|module) '[^']*' imported from \S*\/dist\/needs_effect_3\/npm_install_effect@3_@effect\/platform@0\.97\/or_use_effect-datarobot\/promise\/\S+\.js$/

/** `found` is what the project has, such as "effect 4.1.0 and no @effect/platform". */
export const testMissingPeers = (project, found) => {
  const sentence = `effect-datarobot needs effect 3 and @effect/platform 0.97, and found ${found}. ` +
    "Run `npm install effect@3 @effect/platform@0.97`, or use effect-datarobot/promise, which needs neither."
  const esm = failures(project, "module")
  const cjs = failures(project, "commonjs")
  for (const { name, needsPeers } of entries) {
    if (needsPeers) {
      assert.match(esm[name] ?? "", inPath, `import "${name}"`)
      assert.equal(cjs[name], sentence, `require("${name}")`)
    } else {
      assert.deepEqual([esm[name], cjs[name]], [undefined, undefined], `${name} needs no peer`)
    }
  }
  console.log(`ok missing peers: with ${found}, each Effect entry says what to install`)
}
