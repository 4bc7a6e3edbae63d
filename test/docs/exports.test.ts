/** Every export of the package's entry points has a docstring with `@since`, and every field of its types a docstring. */
import { assert, describe, it } from "@effect/vitest"
import type ts from "typescript"
import { entries, type Exported, exportsOf, fieldsOf, hasTag, isDescribed } from "./publicApi.js"

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

    it(`every field of the types that ${name} takes or returns has a docstring`, () => {
      const fields = fieldsOf(exported).filter((field) => !field.isDescribed)
      assert.deepStrictEqual(fields.map(({ path, place }) => `${place} ${path}`), [])
    })
  }
})
