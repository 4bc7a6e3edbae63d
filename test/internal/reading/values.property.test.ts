/** Property: the plain values of a response are those of its schema, except for dates and secrets. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { refused } from "../../../src/internal/reading/decode.js"
import { decodeBytes } from "../../../src/internal/reading/decodeBytes.js"
import { decodeJson } from "../../../src/internal/reading/decoder.js"
import { dateAt } from "../../../src/wire/timestamp.js"
import { runs } from "../../effort.js"
import { plainIssues, plainOf } from "../../plainValues.js"
import { cases, jsonOf } from "./responses.js"

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe("Plain values", () => {
  for (const { json, name, schema } of cases) {
    it(`are those that Schema decodes from ${name}, without dates of Effect and secrets`, () => {
      FastCheck.assert(
        FastCheck.property(jsonOf(json ?? schema.ast, false), (text) => {
          const value: unknown = JSON.parse(text)
          const plain = Either.getOrElse(decodeJson(schema, value, "plain"), () => refused)
          const bySchema = Either.getOrElse(Schema.decodeUnknownEither(schema)(JSON.parse(text)), () => refused)
          assert.deepStrictEqual<unknown>(plain, plainOf(bySchema))
          assert.deepStrictEqual(plain === refused ? [] : plainIssues(plain), [])
          assert.deepStrictEqual(value, JSON.parse(text), "the JSON was changed")
          assert.deepStrictEqual(decodeBytes(schema, bytesOf(text), "plain"), plain)
        }),
        { numRuns: runs(20, 60) }
      )
    })
  }

  it("have no date of Effect where only Schema can decode", () => {
    const at = DateTime.unsafeMake("2026-01-02T03:04:05.678Z")
    const Known = Schema.declare(DateTime.isDateTime)
    const Text = Schema.transform(Schema.String, Known, {
      strict: true,
      decode: (text) => DateTime.unsafeMake(text),
      encode: DateTime.formatIso
    })
    const Whole = Schema.Struct({ list: Schema.Array(Schema.Struct({ at: Text, n: Schema.Number })) })
      .annotations({ parseOptions: { onExcessProperty: "ignore" } })
    const schema = Schema.Struct({
      text: Text,
      tuple: Schema.Tuple(Text, Schema.String),
      whole: Whole,
      either: Schema.Union(Schema.Number, Text),
      key: Schema.Redacted(Schema.String)
    })
    const text = DateTime.formatIso(at)
    const json = {
      text,
      tuple: [text, "a"],
      whole: { list: [{ at: text, n: 1 }, { at: text, n: 2 }] },
      either: text,
      key: "secret"
    }
    const date = new Date(at.epochMillis)
    const plain = {
      text: date,
      tuple: [date, "a"],
      whole: { list: [{ at: date, n: 1 }, { at: date, n: 2 }] },
      either: date
    }
    assert.deepStrictEqual<unknown>(Either.getOrThrow(decodeJson(schema, json, "plain")), plain)
    assert.deepStrictEqual<unknown>(decodeBytes(schema, bytesOf(JSON.stringify(json)), "plain"), plain)
  })

  it("the search for values that are not plain finds each kind of them", () => {
    const dates = [dateAt(0), DateTime.unsafeMakeZoned(0), new Date(NaN)]
    const found = plainIssues({ a: [...dates, Redacted.make("x")], b: Either.right(1), c: { d: Symbol("absent") } })
    assert.deepStrictEqual(found, ["a[0]", "a[1]", "a[2]", "a[3]", "b", "c.d"])
  })
})
