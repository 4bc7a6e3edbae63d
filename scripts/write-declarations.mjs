// Writes the declarations of dist/ with tsc. Unlike a bundler, tsc keeps the documentation of every field, even if its
// type is inferred from a schema. CommonJS gets the same declarations, with imports of .cjs files.
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"

const { status } = spawnSync("npx", ["--no-install", "tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" })
if (status !== 0) process.exit(status ?? 1)

const toCommonJs = (text) =>
  text
    .replaceAll(/((?:from|import\()\s*"\.{1,2}\/[^"]*)\.js"/g, "$1.cjs\"")
    .replace(/(sourceMappingURL=.*)\.d\.ts\.map/, "$1.d.cts.map")

// No declaration refers to these modules, and theirs would refer to packages that users do not have.
for (const folder of ["dist/wire/vendor", "dist/internal/request/vendor"]) {
  for (const file of readdirSync(folder)) if (/\.d\.ts(?:\.map)?$/.test(file)) rmSync(`${folder}/${file}`)
}

for (const file of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
  if (file.endsWith(".d.ts")) {
    writeFileSync(`dist/${file.replace(/ts$/, "cts")}`, toCommonJs(readFileSync(`dist/${file}`, "utf8")))
  }
  if (file.endsWith(".d.ts.map")) {
    const map = readFileSync(`dist/${file}`, "utf8").replace(/\.d\.ts"/, ".d.cts\"")
    writeFileSync(`dist/${file.replace(/ts\.map$/, "cts.map")}`, map)
  }
}
