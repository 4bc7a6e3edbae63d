// Writes the modules that package.json names for the Effect entries. Each asks for the peers first and exports the entry
// then, so that a missing peer, or Effect 4, fails with one sentence.
//
// Node links all ES modules before it runs any, so no code of an ES module can report a missing peer. But Node links the
// imports of a module in order, and its error names the module that asked. So the path of that module is the sentence.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { posix } from "node:path"

const { dirname, join, relative } = posix

/** The folder of the ES modules. Windows allows paths of about 250 characters, so it must stay short. */
const sentence = "dist/needs_effect_3/npm_install_effect@3_@effect/platform@0.97/or_use_effect-datarobot/promise"

/** The folder of the CommonJS modules, which run, and so throw an error with a sentence. */
const required = "dist/required"

// Modules that only Effect 3 has, and only the platform of Effect 3. Nearly every module of this package loads them anyway.
const effectModule = "effect/Either"
const platformModule = "@effect/platform/Headers"

/** The modules and packages that a built ES module imports when it is loaded. */
const importsOf = (file) =>
  [...readFileSync(file, "utf8").matchAll(/^(?:import|export)\b(?:[^"]*\bfrom)?\s*"([^"]+)"/gm)].map(([, name]) => name)

/** The modules of packages that a built ES module and its own imports load. */
const packagesOf = (entry) => {
  const files = new Set([entry])
  const packages = new Set()
  for (const file of files) {
    for (const name of importsOf(file)) {
      if (name.startsWith(".")) files.add(join(dirname(file), name))
      else packages.add(name)
    }
  }
  return [...packages]
}

// With the versions that it found, the CommonJS error also says what happened.
const peers = `"use strict";
const found = (name, manifest) => {
  try {
    return name + " " + manifest().version;
  } catch {
    return "no " + name;
  }
};
const missing = new Set(["MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"]);
const check = (load) => {
  try {
    load();
  } catch (cause) {
    if (!missing.has(cause.code)) throw cause;
    const effect = found("effect", () => require("effect/package.json"));
    const platform = found("@effect/platform", () => require("@effect/platform/package.json"));
    throw new Error(
      "effect-datarobot needs effect 3 and @effect/platform 0.97, and found " + effect + " and " + platform + ". " +
        "Run \`npm install effect@3 @effect/platform@0.97\`, or use effect-datarobot/promise, which needs neither.",
      { cause }
    );
  }
};
exports.checkEffect = () => check(() => require("${effectModule}"));
exports.checkPlatform = () => check(() => require("${platformModule}"));`

const write = (file, lines) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${lines.join("\n")}\n`)
}

const isOf = (name) => (module) => module === name || module.startsWith(`${name}/`)

/** Writes both modules of an entry, such as "emulator/node", if it needs peers. Returns the files for package.json. */
const writeEntry = (name) => {
  const packages = packagesOf(`dist/${name}.js`)
  if (!packages.some(isOf("effect"))) return { import: `dist/${name}.js`, require: `dist/${name}.cjs` }
  const needsPlatform = packages.some(isOf("@effect/platform"))

  const esm = `${sentence}/${name}.js`
  write(esm, [
    `import "${effectModule}";`,
    ...needsPlatform ? [`import "${platformModule}";`] : [],
    `export * from "${relative(dirname(esm), `dist/${name}.js`)}";`
  ])
  const cjs = `${required}/${name}.cjs`
  write(cjs, [
    "\"use strict\";",
    `const peers = require("${relative(dirname(cjs), `dist/peers.cjs`)}");`,
    "peers.checkEffect();",
    ...needsPlatform ? ["peers.checkPlatform();"] : [],
    // Node finds the names of the exports in this form.
    `module.exports = require("${relative(dirname(cjs), `dist/${name}.cjs`)}");`
  ])
  return { import: esm, require: cjs }
}

write("dist/peers.cjs", [peers])
const { exports } = JSON.parse(readFileSync("package.json", "utf8"))
for (const [entry, targets] of Object.entries(exports)) {
  if (targets.import === undefined) continue
  const files = writeEntry(/^\.\/dist\/(.*)\.d\.ts$/.exec(targets.import.types)[1])
  for (const [kind, file] of Object.entries(files)) {
    if (targets[kind].default !== `./${file}`) {
      throw new Error(`"${entry}" of package.json must name ./${file}, not ${targets[kind].default}`)
    }
  }
}
