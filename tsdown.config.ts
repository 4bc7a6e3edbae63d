import { transformAsync } from "@babel/core"
import { defineConfig } from "tsdown"
import { licences } from "./scripts/licences.js"

// Every module of src/ becomes one module of dist/ with the same imports. By default, tsdown turns
// `export * as ModelDeployment from "./ModelDeployment.js"` into a helper object that bundlers can't tree-shake.
const keepImports = (extension: ".js" | ".cjs") => ({
  name: "keep-imports",
  resolveId: (id: string, importer: string | undefined) =>
    importer !== undefined && id.startsWith(".") ? { id: id.replace(/\.js$/, extension), external: true } : undefined
})

// Marks the calls that create schemas and layers as pure, like Effect's own packages. Bundlers then drop the unused
// ones, and everything that only those need.
const annotatePureCalls = {
  name: "annotate-pure-calls",
  renderChunk: async (code: string, { fileName }: { readonly fileName: string }) => {
    if (!/\.c?js$/.test(fileName)) return null
    const result = await transformAsync(code, {
      plugins: ["annotate-pure-calls"],
      sourceMaps: true,
      configFile: false,
      babelrc: false
    })
    return result?.code ? { code: result.code, map: result.map ?? null } : null
  }
}

const library = defineConfig({
  entry: ["src/**/*.ts", "!src/bin/**"],
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
  plugins: [licences],
  outputOptions: { codeSplitting: false }
})

export default [library, commandLine]
