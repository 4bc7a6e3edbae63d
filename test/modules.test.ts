/** Every module can be imported. An error during import would otherwise not belong to any test. */
import { assert, describe, it } from "@effect/vitest"
import { readdirSync } from "node:fs"

describe("Source module", () => {
  for (const room of ["internal", "wire"]) {
    const folder = new URL(`../src/${room}`, import.meta.url)
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue
      const name = `${room}/${file.replace(/\.ts$/, "")}`
      it(`${name} can be imported`, async () => {
        assert.isDefined(await import(/* @vite-ignore */ `../src/${name}.js`))
      })
    }
  }
})
