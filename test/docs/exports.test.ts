/** Every export of the package's entry points has a docstring with `@since`. */
import { assert, describe, it } from "@effect/vitest"
import type ts from "typescript"
import { entries, type Exported, exportsOf, hasTag, isDescribed } from "./publicApi.js"

const lacking = (exported: ReadonlyArray<Exported>, isThere: (symbol: ts.Symbol) => boolean) =>
  exported.flatMap(({ name, symbols }) => symbols.some(isThere) ? [] : [name])

describe("Exports of the package", () => {
  for (const { file, name } of entries) {
    const exported = exportsOf(file)

    it(`every export of ${name} has a docstring`, () => {
      assert.isNotEmpty(exported)
      assert.deepStrictEqual(lacking(exported, isDescribed), [])
    })

    it(`every export of ${name} has @since`, () => {
      assert.deepStrictEqual(lacking(exported, (symbol) => hasTag(symbol, "since")), [])
    })
  }
})
