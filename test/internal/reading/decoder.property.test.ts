/**
 * Properties: `decodeJson` decodes any JSON exactly as Schema itself does, and `decodeBytes` decodes any body as the
 * steps `parseJson` and `decodeJson` do.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type * as AST from "effect/SchemaAST"
import { isDeepStrictEqual } from "node:util"
import { decodeBytes } from "../../../src/internal/reading/decodeBytes.js"
import { decodeJson, refused } from "../../../src/internal/reading/decoder.js"
import { issuesOf } from "../../../src/internal/reading/issues.js"
import { parseJson } from "../../../src/internal/reading/json.js"
import { actionLogPage } from "../../../src/wire/actionLog.js"
import { camelCaseKeys } from "../../../src/wire/camelCaseKeys.js"
import * as deployment from "../../../src/wire/deployment.js"
import * as deploymentModel from "../../../src/wire/deploymentModel.js"
import { Envelope } from "../../../src/wire/envelope.js"
import * as job from "../../../src/wire/job.js"
import * as modelDeployment from "../../../src/wire/modelDeployment.js"
import * as monitoring from "../../../src/wire/monitoring.js"
import * as prediction from "../../../src/wire/prediction.js"
import type { Route } from "../../../src/wire/route.js"
import { routes } from "../../../src/wire/routes/index.js"
import * as settings from "../../../src/wire/settings.js"
import { isRecord } from "../../../src/wire/text.js"
import { runs } from "../../effort.js"

const isSchema = (value: unknown): value is Schema.Schema.AnyNoContext => Schema.isSchema(value)

interface Case {
  readonly name: string
  readonly schema: Schema.Schema.AnyNoContext
  /** The AST to generate JSON for. Default: the AST of the schema. */
  readonly json?: AST.AST
}

const isInput = (name: string) => /Input$|Query$|Request$|^Grant$|^Rows$/.test(name)

/** The schemas of responses, by their names in `src/wire`. */
const responses: ReadonlyArray<Case> = Object.entries({
  ...modelDeployment,
  ...deployment,
  ...deploymentModel,
  ...monitoring,
  ...settings,
  ...prediction,
  ...job
})
  .flatMap(([name, value]) => isSchema(value) && !isInput(name) ? [{ name, schema: value }] : [])

const allRoutes = Object.values(routes).flatMap((group): ReadonlyArray<Route> => Object.values(group))

/** The schemas of successes, by the ids of their routes. */
const successes: ReadonlyArray<Case> = allRoutes.flatMap(({ id, success }) =>
  success === undefined ? [] : [{ name: `the success of ${id}`, schema: success }]
)

const ActionLog = Envelope(modelDeployment.ActionLogEntry)

const cases: ReadonlyArray<Case> = [
  ...responses,
  ...successes,
  { name: "an action log in either spelling", schema: actionLogPage, json: ActionLog.ast },
  { name: "an action log with any keys", schema: camelCaseKeys(ActionLog), json: ActionLog.ast },
  { name: "a tuple", schema: Schema.Tuple(Schema.String, Schema.Number) },
  { name: "a struct of anything", schema: Schema.Struct({ a: Schema.Unknown, b: Schema.optional(Schema.Unknown) }) },
  {
    name: "a struct with inherited names",
    schema: Schema.Struct({ constructor: Schema.Unknown, toString: Schema.optional(Schema.String) })
  },
  { name: "a tuple with a rest element", schema: Schema.Tuple([Schema.String], Schema.Unknown) },
  {
    name: "a union that prefers the second member",
    schema: Schema.Union(Schema.Struct({ a: Schema.String }), Schema.Struct({ kind: Schema.Literal("b") })),
    json: Schema.Struct({ a: Schema.String, kind: Schema.Literal("b") }).ast
  },
  {
    name: "a key that is left out if it is null",
    schema: Schema.Struct({ a: Schema.String, b: Schema.optionalWith(Schema.String, { exact: true, nullable: true }) })
  },
  {
    name: "a key that is left out if it is null, and renamed otherwise",
    schema: Schema.Struct({
      a: Schema.String,
      b: Schema.optionalWith(Schema.Redacted(Schema.String), { exact: true, nullable: true }).pipe(Schema.fromKey("c"))
    })
  },
  {
    name: "a record with a key that is left out if it is null",
    schema: Schema.Struct(
      { a: Schema.optionalWith(Schema.String, { exact: true, nullable: true }) },
      Schema.Record({ key: Schema.String, value: Schema.Unknown })
    )
  },
  { name: "an empty struct", schema: Schema.Struct({}) },
  { name: "a record of numbers", schema: Schema.Record({ key: Schema.String, value: Schema.Number }) },
  {
    name: "a record of dates with a known key",
    schema: Schema.Struct({ id: Schema.Unknown }, Schema.Record({ key: Schema.String, value: Schema.Date }))
  },
  { name: "a union that overlaps", schema: Schema.Union(Schema.NumberFromString, Schema.String, Schema.Null) },
  {
    name: "a renamed key",
    schema: Schema.Struct({ id: Schema.fromKey(Schema.propertySignature(Schema.String), "_id") })
  },
  {
    name: "a key that null removes",
    schema: Schema.Struct({ a: Schema.optionalWith(Schema.Date, { nullable: true }) })
  },
  { name: "a default", schema: Schema.Struct({ a: Schema.optionalWith(Schema.String, { default: () => "none" }) }) },
  { name: "an integer from text", schema: Schema.compose(Schema.NumberFromString, Schema.Int) },
  {
    name: "keys that must be known",
    schema: Schema.Struct({ a: Schema.String }).annotations({ parseOptions: { onExcessProperty: "error" } })
  }
]

const dates = ["2018-05-02 10:11:12.131415", "2018-04-22 14:28:53.169727+00:00", "2020-01-14T15:06:08.000000Z"]
const texts = [...dates, "2020-02-30", "1", ""]

const jsonValue = FastCheck.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value))
const extraKeys = FastCheck.array(
  FastCheck.tuple(
    FastCheck.constantFrom("__proto__", "constructor", "toString", "extra", "id", "performed_at"),
    jsonValue
  ),
  { maxLength: 2 }
)

/** JSON that a schema accepts. With `flawed`, each part may be wrong, missing or superfluous. */
const jsonOf = (ast: AST.AST, flawed: boolean): FastCheck.Arbitrary<string> => {
  const sound = soundOf(ast, flawed)
  return flawed ? FastCheck.oneof({ weight: 25, arbitrary: sound }, jsonValue) : sound
}

const soundOf = (ast: AST.AST, flawed: boolean): FastCheck.Arbitrary<string> => {
  switch (ast._tag) {
    case "StringKeyword":
      return FastCheck.string({ maxLength: 8 }).map((text) => JSON.stringify(text))
    case "NumberKeyword":
      return FastCheck.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number))
    case "BooleanKeyword":
      return FastCheck.boolean().map(String)
    case "UnknownKeyword":
      return jsonValue
    case "Literal":
      return FastCheck.constant(JSON.stringify(ast.literal))
    case "UndefinedKeyword":
      // JSON has no undefined.
      return FastCheck.constant("null")
    case "Union":
      return FastCheck.oneof(...ast.types.map((type) => jsonOf(type, flawed)))
    case "Refinement":
      // A refined number is a whole number.
      if (ast.from._tag !== "NumberKeyword") return jsonOf(ast.from, flawed)
      return flawed
        ? FastCheck.oneof(FastCheck.nat().map(String), jsonOf(ast.from, flawed))
        : FastCheck.nat().map(String)
    case "Transformation":
      return ast.transformation._tag === "FinalTransformation" && ast.from._tag === "StringKeyword"
        ? FastCheck.constantFrom(...flawed ? texts : dates).map((text) => JSON.stringify(text))
        : jsonOf(ast.from, flawed)
    case "TupleType":
      return FastCheck.tuple(
        ...ast.elements.map(({ type }) => jsonOf(type, flawed)),
        ...ast.rest.map(({ type }) =>
          FastCheck.array(jsonOf(type, flawed), { maxLength: 3 }).map((items) => items.join())
        )
      ).map((items) => `[${items.filter((item) => item !== "").join()}]`)
    case "TypeLiteral": {
      const known = ast.propertySignatures.map(({ isOptional, name, type }) =>
        FastCheck.option(jsonOf(type, flawed).map((json) => [String(name), json] as const), {
          nil: undefined,
          freq: isOptional ? 2 : flawed ? 25 : Number.MAX_SAFE_INTEGER
        })
      )
      const others = ast.indexSignatures.map(({ type }) =>
        FastCheck.array(FastCheck.tuple(FastCheck.string({ maxLength: 4 }), jsonOf(type, flawed)), { maxLength: 3 })
      )
      return FastCheck.tuple(
        FastCheck.tuple(...known),
        FastCheck.tuple(...others),
        flawed ? extraKeys : FastCheck.constant([])
      )
        .map(([known, others, extra]) => {
          const entries = [...known.filter((entry) => entry !== undefined), ...others.flat(), ...extra]
          return `{${entries.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join()}}`
        })
    }
    default:
      return jsonValue
  }
}

const valueOf = (text: string): unknown => JSON.parse(text)

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Decodes in steps, as for a body with a problem. */
const decodeSlowly = (schema: Schema.Schema.AnyNoContext, bytes: Uint8Array): unknown => {
  const parsed = parseJson(bytes)
  return parsed.ok ? Either.getOrElse(decodeJson(schema, parsed.value), () => refused) : refused
}

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
          assert.deepStrictEqual(formatted(decodeJson(schema, valueOf(text))), formatted(bySchema(valueOf(text))))
        }),
        { numRuns: runs(50, 150) }
      )
    })

    it(`decodes any JSON as ${name} as Schema does`, () => {
      FastCheck.assert(
        FastCheck.property(jsonValue, (text) => {
          assert.deepStrictEqual(formatted(decodeJson(schema, valueOf(text))), formatted(bySchema(valueOf(text))))
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
          assert.deepStrictEqual(first(decodeJson(list, valueOf(text))), first(bySchema(valueOf(text))))
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
    const decoded = decodeJson(Schema.Struct({ data: Schema.Array(Item) }), { data })
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
          isKept(json, Either.getOrThrow(decodeJson(schema, json)))
        }),
        { numRuns: runs(10, 20) }
      )
    })
  }
})

describe("decodeBytes", () => {
  for (const { json, name, schema } of cases) {
    it(`decodes flawed JSON of ${name} as the steps do`, () => {
      FastCheck.assert(
        FastCheck.property(FastCheck.oneof(jsonOf(json ?? schema.ast, true), jsonValue), (text) => {
          const bytes = bytesOf(text)
          assert.deepStrictEqual(decodeBytes(schema, bytes), decodeSlowly(schema, bytes))
        }),
        { numRuns: runs(50, 150) }
      )
    })
  }
})
