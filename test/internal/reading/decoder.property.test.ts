/** Property: `decodeJson` decodes any JSON exactly as Schema itself does. */
import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { isDeepStrictEqual } from "node:util"
import { decodeJson } from "../../../src/internal/reading/decoder.js"
import { issuesOf } from "../../../src/internal/reading/issues.js"
import { isRecord } from "../../../src/wire/text.js"
import { runs } from "../../effort.js"
import { allRoutes, cases, jsonOf, jsonValue, responses, successes } from "./responses.js"

const valueOf = (text: string): unknown => JSON.parse(text)

/** Asserts that all equal parts are identical, so not copied. Schema itself copies everything. */
const isKept = (json: unknown, decoded: unknown): void => {
  if (isDeepStrictEqual(json, decoded)) assert.strictEqual(decoded, json)
  else if (Array.isArray(json) && Array.isArray(decoded)) json.forEach((item, index) => isKept(item, decoded[index]))
  else if (isRecord(json) && isRecord(decoded)) Object.keys(json).forEach((key) => isKept(json[key], decoded[key]))
}

const maxIssues = 10

/** An error as a tree, or its issues if there may be more than are looked for. */
const formatted = Either.mapLeft((error: ParseResult.ParseError) => {
  const issues = issuesOf(error)
  return issues.length < maxIssues ? ParseResult.TreeFormatter.formatErrorSync(error) : issues
})

describe("decodeJson", () => {
  for (const { json, name, schema } of cases) {
    const bySchema = Schema.decodeUnknownEither(schema, { errors: "all" })

    it(`decodes flawed JSON of ${name} as Schema does, with the same error`, () => {
      FastCheck.assert(
        FastCheck.property(jsonOf(json ?? schema.ast, true), (text) => {
          const value = valueOf(text)
          assert.deepStrictEqual(formatted(decodeJson(schema, value, "effect")), formatted(bySchema(valueOf(text))))
          assert.deepStrictEqual(value, valueOf(text), "the JSON was changed")
        }),
        { numRuns: runs(50, 150) }
      )
    })

    it(`decodes any JSON as ${name} as Schema does`, () => {
      FastCheck.assert(
        FastCheck.property(jsonValue, (text) => {
          assert.deepStrictEqual(
            formatted(decodeJson(schema, valueOf(text), "effect")),
            formatted(bySchema(valueOf(text)))
          )
        }),
        { numRuns: runs(10, 20) }
      )
    })
  }

  for (const { json, name, schema } of successes) {
    const list = Schema.Struct({ data: Schema.Array(schema) })
    const bySchema = Schema.decodeUnknownEither(list, { errors: "all" })

    it(`finds the first ten issues of a long list of ${name}, which Schema finds among all`, () => {
      FastCheck.assert(
        FastCheck.property(FastCheck.array(jsonOf(json ?? schema.ast, true), { maxLength: 4 }), (texts) => {
          const text = `{"data":[${Array.from({ length: 30 }, () => texts).flat().join()}]}`
          const first = Either.mapLeft(issuesOf)
          assert.deepStrictEqual(first(decodeJson(list, valueOf(text), "effect")), first(bySchema(valueOf(text))))
        }),
        { numRuns: runs(5, 30) }
      )
    })
  }

  it("does not check an item after the tenth that is wrong more than once (S-9)", () => {
    const checked = new Map<unknown, number>()
    const Item = Schema.Struct({
      id: Schema.Unknown.pipe(Schema.filter((id) => {
        checked.set(id, (checked.get(id) ?? 0) + 1)
        return Number(id) % 2 === 0
      }))
    })
    const data = Array.from({ length: 10_000 }, (_, id) => ({ id }))
    const decoded = decodeJson(Schema.Struct({ data: Schema.Array(Item) }), { data }, "effect")
    assert.deepStrictEqual(
      Either.isLeft(decoded) && issuesOf(decoded.left).map(({ path }) => path),
      Array.from({ length: 10 }, (_, index) => `data[${2 * index + 1}].id`)
    )
    assert.strictEqual(checked.size, 20)
  })

  it("the cases include the success schema of every route that has one", () => {
    assert.strictEqual(successes.length, allRoutes.filter((route) => "success" in route).length)
    assert.isAbove(successes.length, 30)
  })

  // Each feature gets the values of its page, and a user of a registered model may be only an id.
  const copied = new Set([
    "FeatureDriftPage",
    "the success of registeredModels.list",
    "the success of registeredModels.get"
  ])
  for (const { name, schema } of [...responses, ...successes].filter(({ name }) => !copied.has(name))) {
    it(`does not copy a part of ${name} that does not change`, () => {
      FastCheck.assert(
        FastCheck.property(jsonOf(schema.ast, false), (text) => {
          const json = valueOf(text)
          isKept(json, Either.getOrThrow(decodeJson(schema, json, "effect")))
        }),
        { numRuns: runs(10, 20) }
      )
    })
  }
})
