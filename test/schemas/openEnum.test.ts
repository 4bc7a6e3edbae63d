import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { OpenEnum } from "../../src/wire/openEnum.js"

const Colour = OpenEnum("red", "green")

describe("an open enum", () => {
  it("takes what it knows", () => {
    assert.strictEqual(Schema.decodeSync(Colour)("green"), "green")
  })

  it.prop("takes every text that it does not know, as it is", [FastCheck.string()], ([text]) => {
    assert.strictEqual(Schema.encodeSync(Colour)(Schema.decodeSync(Colour)(text)), text)
  })

  it("takes nothing but texts", () => {
    for (const value of [1, null, undefined, {}]) assert.isFalse(Schema.is(Colour)(value))
  })

  it("of no known values takes texts too", () => {
    assert.strictEqual(Schema.decodeSync(OpenEnum())("x"), "x")
  })
})
