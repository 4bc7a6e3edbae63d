/** Every field that users of the package read or pass has a docstring. */
import { assert, describe, it } from "@effect/vitest"
import { entries, exportsOf, fieldsOf } from "./publicApi.js"

// The types of the Promise API are being rewritten; they are generated from those of the other entry points.
const checked = entries.filter(({ name }) => !name.includes("promise"))

describe("Fields of the types of the package", () => {
  for (const { file, name } of checked) {
    it(`every field of the types that ${name} takes, returns or declares has a docstring`, () => {
      const lacking = fieldsOf(exportsOf(file)).filter((field) => !field.isDescribed)
      assert.deepStrictEqual(lacking.map(({ path, place }) => `${place} ${path}`), [])
    })
  }
})
