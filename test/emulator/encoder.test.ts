/** The emulator encodes the bodies of its responses as Schema does. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { make } from "../../src/emulator/Emulator.js"
import { encodeBody } from "../../src/emulator/protocol/encoder.js"
import { Snapshot } from "../../src/emulator/state/snapshot.js"
import { runs } from "../effort.js"
import { allRoutes } from "../laws/operations.js"
import { random, valueOf } from "../laws/values.js"

const json = (value: unknown) => JSON.stringify(value)

describe("The body of a success has the text that Schema gives it", () => {
  for (const { id, success } of allRoutes) {
    if (success === undefined) continue
    const type = AST.typeAST(success.ast)
    it.prop(
      id,
      [FastCheck.gen()],
      ([draw]) => {
        const value = valueOf(type, random(draw, FastCheck))
        assert.strictEqual(json(encodeBody(success, value)), json(Schema.encodeUnknownSync(success)(value)))
      },
      { fastCheck: { numRuns: runs(25, 400) } }
    )
  }

  it("without the keys that the schema does not have, also in a list and in a record", () => {
    const one = Schema.Struct({ a: Schema.String, b: Schema.optional(Schema.Number) })
    const schema = Schema.Struct({ list: Schema.Array(one), record: Schema.Record({ key: Schema.String, value: one }) })
    const value = { list: [{ a: "1", b: undefined, c: 1 }], record: { x: { c: 1, a: "2" } }, other: 1 }
    assert.strictEqual(json(encodeBody(schema, value)), "{\"list\":[{\"a\":\"1\"}],\"record\":{\"x\":{\"a\":\"2\"}}}")
  })

  it.effect("of a snapshot", () =>
    Effect.gen(function*() {
      const { world } = yield* make({ preset: "demo" }, "http://localhost")
      const snapshot = yield* world.state.snapshot
      assert.strictEqual(json(encodeBody(Snapshot, snapshot)), json(Schema.encodeSync(Snapshot)(snapshot)))
    }))
})
