/** The schemas of responses, and generators of JSON for them. */
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import type * as AST from "effect/SchemaAST"
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

const isSchema = (value: unknown): value is Schema.Schema.AnyNoContext => Schema.isSchema(value)

export interface Case {
  readonly name: string
  readonly schema: Schema.Schema.AnyNoContext
  /** The AST to generate JSON for. Default: the AST of the schema. */
  readonly json?: AST.AST
}

const isInput = (name: string) => /Input$|Query$|Request$|^Grant$|^Rows$/.test(name)

/** The schemas of responses, by their names in `src/wire`. */
export const responses: ReadonlyArray<Case> = Object.entries({
  ...modelDeployment,
  ...deployment,
  ...deploymentModel,
  ...monitoring,
  ...settings,
  ...prediction,
  ...job
})
  .flatMap(([name, value]) => isSchema(value) && !isInput(name) ? [{ name, schema: value }] : [])

export const allRoutes = Object.values(routes).flatMap((group): ReadonlyArray<Route> => Object.values(group))

/** The schemas of successes, by the ids of their routes. */
export const successes: ReadonlyArray<Case> = allRoutes.flatMap(({ id, success }) =>
  success === undefined ? [] : [{ name: `the success of ${id}`, schema: success }]
)

const ActionLog = Envelope(modelDeployment.ActionLogEntry)

export const cases: ReadonlyArray<Case> = [
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
  {
    name: "a union in a union",
    schema: Schema.NullOr(Schema.Union(Schema.String, Schema.Number).annotations({ identifier: "Text or number" }))
  },
  {
    name: "a union in a union that overlaps",
    schema: Schema.Union(
      Schema.NumberFromString,
      Schema.Union(Schema.String, Schema.Number).annotations({ identifier: "Text or number" })
    )
  },
  { name: "a union that overlaps", schema: Schema.Union(Schema.NumberFromString, Schema.String, Schema.Null) },
  {
    name: "a renamed key",
    schema: Schema.Struct({ id: Schema.fromKey(Schema.propertySignature(Schema.String), "_id") })
  },
  {
    name: "defaults of renamed keys, one of which has the name of another key",
    schema: Schema.Struct({
      b: Schema.optionalWith(Schema.String, { default: () => "first" }).pipe(Schema.fromKey("a")),
      c: Schema.optionalWith(Schema.String, { default: () => "second" }).pipe(Schema.fromKey("b"))
    })
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

export const jsonValue = FastCheck.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value))
const extraKeys = FastCheck.array(
  FastCheck.tuple(
    FastCheck.constantFrom("__proto__", "constructor", "toString", "extra", "id", "performed_at"),
    jsonValue
  ),
  { maxLength: 2 }
)

/** JSON that a schema accepts. With `flawed`, each part may be wrong, missing or superfluous. */
export const jsonOf = (ast: AST.AST, flawed: boolean): FastCheck.Arbitrary<string> => {
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
