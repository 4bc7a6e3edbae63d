import { fileURLToPath } from "node:url"
import { defineConfig } from "tsdown"
import { annotatePureCalls } from "./scripts/bundle/annotatePureCalls.js"
import { asciiOnly } from "./scripts/bundle/asciiOnly.js"
import { lazyModules } from "./scripts/bundle/lazyModules.js"
import { ownBuffer } from "./scripts/bundle/ownBuffer.js"
import { pureClasses } from "./scripts/bundle/pureClasses.js"
import { licences } from "./scripts/licences.js"

// Every module of src/ becomes one module of dist/ with the same imports. By default, tsdown turns
// `export * as ModelDeployment from "./ModelDeployment.js"` into a helper object that bundlers can't tree-shake.
const keepImports = (extension: ".js" | ".cjs") => ({
  name: "keep-imports",
  resolveId: (id: string, importer: string | undefined) =>
    importer !== undefined && id.startsWith(".") ? { id: id.replace(/\.js$/, extension), external: true } : undefined
})

/** Keeps the import of the Promise API, as seen from the folder of the test kit. */
const promiseApi = (extension: ".js" | ".cjs") => ({
  name: "promise-api",
  resolveId: (id: string, importer: string | undefined) =>
    importer?.includes("/testing/plain/") === true && id === "../../promise.js"
      ? { id: `../promise${extension}`, external: "relative" as const }
      : undefined
})

const library = defineConfig({
  entry: [
    "src/**/*.ts",
    "!src/bin/**",
    "!src/promise.ts",
    "!src/promise/**",
    "!src/testing/promise.ts",
    "!src/testing/plain/**",
    "!src/**/vendor/**"
  ],
  format: ["esm", "cjs"],
  tsconfig: "tsconfig.build.json",
  target: "es2022",
  unbundle: true,
  fixedExtension: false,
  // scripts/write-declarations.mjs writes the declarations.
  dts: false,
  sourcemap: true,
  report: false,
  checks: { pluginTimings: false },
  outputOptions: { esModule: true },
  inputOptions: (options, format) => ({
    ...options,
    plugins: [keepImports(format === "cjs" ? ".cjs" : ".js"), annotatePureCalls, options.plugins]
  })
})

// The command line is one file that contains everything it needs, so that `npx effect-datarobot` needs only Node.
const commandLine = defineConfig({
  entry: { "effect-datarobot": "src/bin/main.ts" },
  outDir: "dist/bin",
  format: "esm",
  platform: "node",
  target: "node20",
  deps: { alwaysBundle: [/./], onlyBundle: false },
  minify: true,
  dts: false,
  report: false,
  checks: { pluginTimings: false },
  plugins: [licences()],
  outputOptions: { codeSplitting: false }
})

/** A file that contains what it uses of other packages, for both module systems and any runtime. */
const selfContained = defineConfig({
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  clean: false,
  deps: { alwaysBundle: [/./], onlyBundle: false },
  // yaml itself imports modules of Node.
  alias: { yaml: fileURLToPath(new URL("node_modules/yaml/browser/index.js", import.meta.url)) },
  // Node shows the line of an uncaught error, so lines must stay short. Errors show the names of classes.
  minify: {
    compress: false,
    mangle: { keepNames: { class: true, function: false } },
    codegen: { removeWhitespace: false }
  },
  fixedExtension: false,
  dts: false,
  report: false,
  checks: { pluginTimings: false },
  outputOptions: { codeSplitting: false, esModule: true, comments: { annotation: true, jsdoc: false, legal: false } }
})

const plugins = [annotatePureCalls, pureClasses, ownBuffer, asciiOnly]

// The Promise API needs no Effect and is fast to import. The others are the modules of the library that contain a
// package. They share the file of licences, because they are built into the same folder.
const ownLicences = licences()
const packageModules = ["promise", "internal/request/vendor/yaml", "wire/vendor/csvParse", "wire/vendor/csvStringify"]
  .map((module) =>
    defineConfig({
      ...selfContained,
      entry: { [module]: `src/${module}.ts` },
      plugins: [lazyModules, ...plugins, ownLicences]
    })
  )

// The test kit, with an emulator. It imports only the Promise API, so that both have the same error classes.
const testKit = defineConfig({
  ...selfContained,
  entry: { promise: "src/testing/promise.ts" },
  outDir: "dist/testing",
  inputOptions: (options, format) => ({
    ...options,
    plugins: [promiseApi(format === "cjs" ? ".cjs" : ".js"), ...plugins, licences(), options.plugins]
  })
})

export default [library, commandLine, ...packageModules, testKit]
