import { defineConfig } from "tsdown"

// Programs that use a part of the built package, each bundled by itself as an application would do it, without the
// peers: `npm run size` weighs them. Rolldown, as Rollup, Vite and webpack, drops what is not used of a namespace that
// comes through the main entry; esbuild keeps all of it, and is given the module itself.
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
