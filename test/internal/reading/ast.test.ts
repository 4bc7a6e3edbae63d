/** Questions about the AST of a schema. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { hasDecodeAnnotations, itemOf, kindOf, typeOf } from "../../../src/internal/reading/ast.js"

describe("the AST of a schema", () => {
  it("has the JavaScript type of a primitive, and none for other schemas", () => {
    assert.strictEqual(typeOf(Schema.String.ast), "string")
    assert.strictEqual(typeOf(Schema.Number.ast), "number")
    assert.strictEqual(typeOf(Schema.Boolean.ast), "boolean")
    assert.strictEqual(typeOf(Schema.Undefined.ast), "undefined")
    assert.strictEqual(typeOf(Schema.Literal("a").ast), undefined)
    assert.strictEqual(typeOf(Schema.Struct({}).ast), undefined)
  })

  it("has a kind that distinguishes its values", () => {
    assert.strictEqual(kindOf(Schema.Struct({ a: Schema.String }).ast), "TypeLiteral")
    assert.strictEqual(kindOf(Schema.Array(Schema.String).ast), "TupleType")
    assert.strictEqual(kindOf(Schema.Null.ast), "null")
    assert.strictEqual(kindOf(Schema.Literal("a").ast), undefined)
    assert.strictEqual(kindOf(Schema.NumberFromString.ast), "string")
    assert.strictEqual(kindOf(Schema.Unknown.ast), undefined)
  })

  it("has the schema of the items of a list, and none for a tuple", () => {
    assert.strictEqual(itemOf(Schema.Array(Schema.Number).ast), Schema.Number.ast)
    assert.strictEqual(itemOf(Schema.Tuple(Schema.Number).ast), undefined)
    assert.strictEqual(itemOf(Schema.Tuple([Schema.Number], Schema.String).ast), undefined)
    assert.strictEqual(itemOf(Schema.Tuple([], Schema.String, Schema.Number).ast), undefined)
    assert.strictEqual(itemOf(Schema.Struct({}).ast), undefined)
  })

  it("has decode annotations if only Schema can apply them", () => {
    assert.isFalse(hasDecodeAnnotations(Schema.String.ast))
    assert.isTrue(hasDecodeAnnotations(Schema.String.annotations({ parseOptions: { errors: "all" } }).ast))
    assert.isTrue(hasDecodeAnnotations(Schema.String.annotations({ decodingFallback: () => Effect.succeed("a") }).ast))
  })
})
