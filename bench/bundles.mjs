/** The size of packages in a program's bundle, minified and gzipped. */
import { build } from "esbuild"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

const size = async (contents, external = []) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    external,
    write: false
  })
  return gzipSync(outputFiles[0].contents).length / 1000
}

const program = `import * as ModelDeployment from "../dist/ModelDeployment.js"
export const list = ModelDeployment.list, get = ModelDeployment.get`

/** Returns the kilobytes of each package. */
export const bundles = async () => {
  const own = await size(program, ["effect/*", "@effect/*"])
  const bundled = [
    { name: "effect-datarobot", median: own },
    { name: "its peers", median: await size(program) - own }
  ]
  for (const name of ["axios", "ky", "got", "zod", "valibot"]) {
    bundled.push({ name, median: await size(`export * from ${JSON.stringify(name)}`) })
  }
  return bundled.map((bundle) => ({ ...bundle, low: bundle.median, high: bundle.median }))
}
