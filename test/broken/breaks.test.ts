/** The deliberate breaks follow the source. `npm run test:broken` makes them. */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { breaks } from "./breaks.js"

describe("A deliberate break", () => {
  for (const { does, file, from } of breaks) {
    it(`that ${does} names a place of the source`, () => {
      const source = readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8")
      assert.strictEqual(source.split(from).length - 1, 1, from)
    })
  }
})
