/** The emulator reads what the SDK writes into a query or a body: each route's codec, with generated values. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as FastCheck from "effect/FastCheck"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { isRecord } from "../../src/wire/text.js"
import { parseTimestamp } from "../../src/wire/timestamp.js"
import { runs } from "../effort.js"
import { allRoutes } from "./operations.js"
import { random, valueOf } from "./values.js"

/** Returns a value with all dates as milliseconds, and without keys that are undefined. */
const plain = (value: unknown, isQuery: boolean): unknown => {
  if (DateTime.isDateTime(value)) return value.epochMillis
  if (value instanceof Date) return value.getTime()
  // A secret may be given as text.
  if (Redacted.isRedacted(value)) return plain(Redacted.value(value), isQuery)
  if (typeof value === "string") return parseTimestamp(value) ?? value
  // In a query, a string and a list of one string are the same.
  if (isQuery && Array.isArray(value) && value.length === 1) return plain(value[0], isQuery)
  if (Array.isArray(value)) return value.map((item) => plain(item, isQuery))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => item === undefined ? [] : [[key, plain(item, isQuery)]])
  )
}

/** A query has texts, and lists of texts, whose name is repeated. */
const isText = (value: unknown): boolean =>
  typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"))

describe("A value is the same after it is encoded and decoded, with all dates as DateTime", () => {
  for (const { body, id, query } of allRoutes) {
    for (const [part, codec] of [["query", query], ["body", body]] as const) {
      if (codec === undefined) continue
      const type = AST.typeAST(codec.ast)
      it.prop(
        `the ${part} of ${id}`,
        [FastCheck.gen()],
        ([draw]) => {
          const value = valueOf(type, random(draw, FastCheck))
          const written = Schema.encodeUnknownSync(codec, { onExcessProperty: "error" })(value)
          // As in JSON: keys that are undefined are not sent.
          const sent: unknown = JSON.parse(JSON.stringify(written))
          if (part === "query") assert.isTrue(Object.values(Object(sent)).every(isText), JSON.stringify(sent))
          const read: unknown = Schema.decodeUnknownSync(codec, { onExcessProperty: "error" })(sent)
          assert.deepStrictEqual(plain(read, part === "query"), plain(value, part === "query"))
          assert.deepStrictEqual(
            JSON.stringify(Schema.encodeUnknownSync(codec)(read)),
            JSON.stringify(Schema.encodeUnknownSync(codec)(Schema.decodeUnknownSync(codec)(written)))
          )
        },
        { fastCheck: { numRuns: runs(25, 400) } }
      )
    }
  }
})
