/** Measures the size of packages in a program's bundle. */
import { build } from "esbuild"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

const kilobytes = async (contents, external = []) => {
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

/** Returns the result. The Effect packages are counted separately, because a program with Effect has them already. */
export const bundles = async () => {
  const own = await kilobytes(program, ["effect/*", "@effect/*"])
  const sizes = { "effect-datarobot, list and get": own, "what that uses of Effect": await kilobytes(program) - own }
  for (const name of ["axios", "ky", "got", "ofetch", "openai", "zod", "valibot"]) {
    sizes[name] = await kilobytes(`export * from ${JSON.stringify(name)}`)
  }
  const contenders = Object.entries(sizes).map(([name, size]) => ({ name, taken: [{ size }] }))
  return [{ name: "bundle", figures: ["size"], contenders }]
}
