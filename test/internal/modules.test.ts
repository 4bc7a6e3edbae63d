/** Every module can be loaded: what goes wrong before a test begins is not for its tests to tell. */
import { assert, describe, it } from "@effect/vitest"
import { readdirSync } from "node:fs"

describe("the module", () => {
  for (const file of readdirSync(new URL("../../src/internal", import.meta.url))) {
    const name = file.replace(/\.ts$/, "")
    it(`${name} loads`, async () => {
      assert.isDefined(await import(/* @vite-ignore */ `../../src/internal/${name}.js`))
    })
  }
})
