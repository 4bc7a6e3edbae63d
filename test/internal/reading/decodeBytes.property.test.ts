/**
 * Property: `decodeBytes` decodes the bytes of any response as the steps `parseJson` and `decodeJson` do, and refuses what
 * they refuse. It may also refuse JSON with a key `__proto__`, which the steps drop.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { refused } from "../../../src/internal/reading/decode.js"
import { decodeBytes } from "../../../src/internal/reading/decodeBytes.js"
import { decodeJson } from "../../../src/internal/reading/decoder.js"
import { parseJson } from "../../../src/internal/reading/json.js"
import { Timestamp } from "../../../src/wire/timestamp.js"
import { runs } from "../../effort.js"
import { tree, wrapped } from "./jsonTexts.js"
import { cases, jsonOf, jsonValue } from "./responses.js"

const bytesOf = (text: string) => new TextEncoder().encode(text)

const decodeInSteps = (schema: Schema.Schema.AnyNoContext, bytes: Uint8Array): unknown => {
  const parsed = parseJson(bytes)
  return parsed.ok ? Either.getOrElse(decodeJson(schema, parsed.value, "effect"), () => refused) : refused
}

/** Whether JSON text has a key `__proto__`, also one that is written with escapes. */
const hasProto = (text: string): boolean => {
  let found = false
  JSON.parse(text, (key, value: unknown) => {
    found ||= key === "__proto__"
    return value
  })
  return found
}

const assertDecodes = (schema: Schema.Schema.AnyNoContext, text: string) => {
  const decoded = decodeBytes(schema, bytesOf(text), "effect")
  if (decoded === refused && hasProto(text)) return
  assert.deepStrictEqual(decoded, decodeInSteps(schema, bytesOf(text)))
}

const AnyRecord = Schema.Record({ key: Schema.String, value: Schema.Unknown })

/** Schemas that keep, drop or transform parts of any form. */
const loose: Readonly<Record<string, Schema.Schema.AnyNoContext>> = {
  anything: Schema.Unknown,
  "any record": AnyRecord,
  "any list": Schema.Array(Schema.Unknown),
  "a tuple of anything": Schema.Tuple([Schema.Unknown], Schema.Unknown),
  "a union": Schema.Union(AnyRecord, Schema.Array(Schema.Unknown), Schema.String, Schema.Null),
  "a struct that drops its keys": Schema.Struct({ known: Schema.optional(Schema.String) }),
  "a struct that keeps a key": Schema.Struct({ a: Schema.optional(Schema.Unknown) }),
  "a struct that keeps all keys": Schema.Struct({ a: Schema.optional(Schema.Unknown) }, AnyRecord),
  "a struct with a default": Schema.Struct({ a: Schema.optionalWith(Schema.Unknown, { default: () => 1 }) }),
  "a struct with a renamed key": Schema.Struct({
    a: Schema.optionalWith(Schema.Unknown, { exact: true }).pipe(Schema.fromKey("b"))
  }),
  "a transformation of anything": Schema.transform(Schema.Unknown, Schema.Unknown, {
    strict: true,
    decode: (value) => [value],
    encode: (value) => value
  }),
  "a refinement of anything": Schema.Unknown.pipe(Schema.filter(() => true)),
  "a list of structs": Schema.Array(Schema.Struct({ a: Schema.Struct({ a: Schema.Unknown }) }))
}

describe("decodeBytes", () => {
  for (const { json, name, schema } of cases) {
    it(`decodes flawed JSON of ${name} as the steps do`, () => {
      FastCheck.assert(
        FastCheck.property(FastCheck.oneof(jsonOf(json ?? schema.ast, true), jsonValue), (text) => {
          assertDecodes(schema, text)
        }),
        { numRuns: runs(50, 150) }
      )
    })
  }

  for (const [name, schema] of Object.entries(loose)) {
    it(`decodes JSON of any depth as ${name} as the steps do`, () => {
      const text = FastCheck.oneof(tree, wrapped).chain(({ text }) =>
        FastCheck.constantFrom(
          text,
          `{"a":${text}}`,
          `{"b":${text},"c":[${text}]}`,
          `[${text},${text}]`,
          `[{"a":${text}}]`
        )
      )
      FastCheck.assert(FastCheck.property(text, (text) => assertDecodes(schema, text)), { numRuns: runs(50, 200) })
    })

    it(`decodes JSON of 64 levels, but not of 65, as ${name}`, () => {
      for (const levels of [61, 62, 63, 64, 65]) {
        const text = "[".repeat(levels) + "]".repeat(levels)
        for (const [extra, body] of [[0, text], [1, `{"a":${text}}`], [2, `[{"b":${text}}]`]] as const) {
          if (levels + extra > 64) assert.strictEqual(decodeBytes(schema, bytesOf(body), "effect"), refused)
          else assertDecodes(schema, body)
        }
      }
    })
  }

  it("decodes known lists and records of 64 levels, but not of 65", () => {
    const nested = (levels: number, inList: boolean): Schema.Schema.AnyNoContext => {
      if (levels === 0) return Schema.String
      const inner = nested(levels - 1, inList)
      return inList ? Schema.Array(inner) : Schema.Struct({ a: inner })
    }
    for (const [inList, open, close] of [[true, "[", "]"], [false, "{\"a\":", "}"]] as const) {
      const body = (levels: number) => bytesOf(`${open.repeat(levels)}"end"${close.repeat(levels)}`)
      assert.deepStrictEqual(
        decodeBytes(nested(64, inList), body(64), "effect"),
        JSON.parse(new TextDecoder().decode(body(64)))
      )
      assert.strictEqual(decodeBytes(nested(65, inList), body(65), "effect"), refused)
    }
  })

  for (
    const [what, bytes] of Object.entries({
      "an empty body": [],
      "a web page": [...bytesOf("<html></html>")],
      "an incomplete document": [...bytesOf("{\"a\":")],
      "invalid UTF-8": [0x22, 0xff, 0x22],
      "a surrogate in UTF-8": [0x22, 0xed, 0xa0, 0x80, 0x22]
    })
  ) {
    it(`refuses ${what}`, () => {
      assert.strictEqual(decodeBytes(Schema.Unknown, Uint8Array.from(bytes), "effect"), refused)
    })
  }

  it("decodes text that is not ASCII, and skips a byte order mark", () => {
    assert.deepStrictEqual(decodeBytes(Schema.Unknown, bytesOf("\ufeff[\"ü日😀\"]"), "effect"), ["ü日😀"])
  })

  it("refuses what a schema throws at, or decodes later", () => {
    const throwing = Schema.transform(Schema.String, Schema.String, {
      strict: true,
      decode: () => {
        throw new Error("no")
      },
      encode: (text) => text
    })
    const later = Schema.transformOrFail(Schema.String, Schema.String, {
      strict: true,
      decode: (text) => Effect.as(Effect.sleep(1), text),
      encode: ParseResult.succeed
    })
    for (const schema of [throwing, later]) {
      assert.strictEqual(decodeBytes(Schema.Struct({ a: schema }), bytesOf("{\"a\":\"b\"}"), "effect"), refused)
    }
  })

  it("gives a transformation the JSON as it was received", () => {
    const received: Array<unknown> = []
    const schema = Schema.transformOrFail(Schema.Struct({ at: Timestamp }), Schema.Unknown, {
      strict: true,
      decode: (value, _, __, json) => {
        received.push(json)
        return ParseResult.succeed(value)
      },
      encode: (value) =>
        ParseResult.succeed(Schema.decodeUnknownSync(Schema.Struct({ at: Schema.DateTimeUtcFromSelf }))(value))
    })
    assert.notStrictEqual(decodeBytes(schema, bytesOf("{\"at\":\"2017-01-01\"}"), "effect"), refused)
    assert.deepStrictEqual(received, [{ at: "2017-01-01" }])
  })
})
