import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { OpenEnum } from "../../src/wire/openEnum.js"

const Colour = OpenEnum("red", "green")

describe("An open enum", () => {
  it("accepts known values", () => {
    assert.strictEqual(Schema.decodeSync(Colour)("green"), "green")
  })

  it.prop("accepts unknown strings unchanged", [FastCheck.string()], ([text]) => {
    assert.strictEqual(Schema.encodeSync(Colour)(Schema.decodeSync(Colour)(text)), text)
  })

  it("accepts strings only", () => {
    for (const value of [1, null, undefined, {}]) assert.isFalse(Schema.is(Colour)(value))
  })

  it("accepts strings if it has no known values", () => {
    assert.strictEqual(Schema.decodeSync(OpenEnum())("x"), "x")
  })
})
