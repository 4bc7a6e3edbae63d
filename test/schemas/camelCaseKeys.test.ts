import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { camelCaseKeys } from "../../src/wire/camelCaseKeys.js"

const read = Schema.decodeUnknownSync(camelCaseKeys(Schema.Unknown))

describe("camelCaseKeys", () => {
  it("renames keys at every depth, also in arrays", () => {
    assert.deepStrictEqual(read({ first_name: 1, a_b_c: [{ d_e: { f_g: null } }] }), {
      firstName: 1,
      aBC: [{ dE: { fG: null } }]
    })
  })

  it("leaves camelCase, values and other underscores unchanged", () => {
    const value = { performedAt: "at_noon", list: ["a_b"], _: 1, a_: 2, a_1: 3, A_B: 4 }
    assert.deepStrictEqual(read(value), value)
  })

  it("leaves values that are not records unchanged", () => {
    for (const value of [null, "a_b", 1, true, []]) assert.deepStrictEqual(read(value), value)
  })

  it("encodes to camelCase", () => {
    const entry = Schema.encodeSync(camelCaseKeys(Schema.Struct({ performedAt: Schema.String })))({ performedAt: "x" })
    assert.deepStrictEqual(entry, { performedAt: "x" })
  })
})
