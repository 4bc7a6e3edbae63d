import { defineConfig } from "tsdown"
import { annotatePureCalls } from "./scripts/bundle/annotatePureCalls.js"
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

const library = defineConfig({
  entry: ["src/**/*.ts", "!src/bin/**", "!src/promise.ts", "!src/promise/**", "!src/**/vendor/**"],
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

/** One file for both module systems and for any runtime, which contains what it uses of other packages. */
const selfContained = (module: string) =>
  defineConfig({
    entry: { [module]: `src/${module}.ts` },
    format: ["esm", "cjs"],
    platform: "neutral",
    target: "es2022",
    clean: false,
    deps: { alwaysBundle: [/./], onlyBundle: false },
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
    plugins: [lazyModules, annotatePureCalls, pureClasses, ownBuffer, bundled],
    outputOptions: { codeSplitting: false, esModule: true, comments: { annotation: true, jsdoc: false, legal: false } }
  })

const bundled = licences()

// The package has no dependencies: these modules contain those of the library. The Promise API needs no Effect either,
// and is fast to import.
const selfContainedModules = [
  "promise",
  "internal/request/vendor/yaml",
  "wire/vendor/csvParse",
  "wire/vendor/csvStringify"
]

export default [library, commandLine, ...selfContainedModules.map(selfContained)]
