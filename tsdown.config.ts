import { defineConfig } from "tsdown"
import { annotatePureCalls } from "./scripts/annotatePureCalls.js"
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
    "!src/testing/plain/**"
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
  // The builds for browsers contain copies of packages that imitate Node's Buffer.
  alias: { "csv-parse/browser/esm/sync": "csv-parse/sync", "csv-stringify/browser/esm/sync": "csv-stringify/sync" },
  minify: true,
  dts: false,
  report: false,
  checks: { pluginTimings: false },
  plugins: [licences()],
  outputOptions: { codeSplitting: false }
})

/** One file that contains what it uses of other packages, for projects without Effect. */
const selfContained = defineConfig({
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  clean: false,
  deps: { alwaysBundle: [/./], onlyBundle: false },
  // Errors show the names of classes.
  minify: {
    compress: { keepNames: { class: true, function: false } },
    mangle: { keepNames: { class: true, function: false } }
  },
  fixedExtension: false,
  dts: false,
  report: false,
  checks: { pluginTimings: false },
  outputOptions: { codeSplitting: false, esModule: true }
})

// The Promise API. It is fast to import.
const promise = defineConfig({
  ...selfContained,
  entry: ["src/promise.ts"],
  plugins: [annotatePureCalls, licences()]
})

// The test kit, with an emulator. It imports only the Promise API, so that both have the same error classes.
const testKit = defineConfig({
  ...selfContained,
  entry: { promise: "src/testing/promise.ts" },
  outDir: "dist/testing",
  inputOptions: (options, format) => ({
    ...options,
    plugins: [promiseApi(format === "cjs" ? ".cjs" : ".js"), annotatePureCalls, licences(), options.plugins]
  })
})

export default [library, commandLine, promise, testKit]
