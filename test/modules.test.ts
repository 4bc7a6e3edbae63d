/** Every module can be loaded: what goes wrong before a test begins is not for its tests to tell. */
import { assert, describe, it } from "@effect/vitest"
import { readdirSync } from "node:fs"

describe("the module", () => {
  for (const room of ["internal", "wire"]) {
    const folder = new URL(`../src/${room}`, import.meta.url)
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue
      const name = `${room}/${file.replace(/\.ts$/, "")}`
      it(`${name} loads`, async () => {
        assert.isDefined(await import(/* @vite-ignore */ `../src/${name}.js`))
      })
    }
  }
})
