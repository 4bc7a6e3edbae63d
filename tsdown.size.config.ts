import { defineConfig } from "tsdown"

// Programs that use a part of the built package, for `npm run size`. Each is bundled separately, as an application
// would be, without the peers. Rolldown, like Rollup, Vite and webpack, drops the unused parts of a namespace that is
// imported from the main entry. esbuild keeps the whole namespace, so for esbuild the program imports its module.
export default defineConfig(
  ["operations", "errors"].map((program) => ({
    entry: `test/size/${program}.js`,
    outDir: ".size",
    clean: false,
    target: "es2022",
    minify: true,
    dts: false,
    report: false
  }))
)
