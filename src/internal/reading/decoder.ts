/**
 * Decodes responses like Schema, but much faster. Each schema's AST is compiled once into closures. A closure returns
 * the decoded value or `refused`, without an error. The issues of a refused value are found afterwards.
 */
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { isRecord } from "../../wire/text.js"
import { hasDecodeAnnotations, itemOf, kindOf, typeOf } from "./ast.js"
import { type Parser, refusalOf } from "./refusal.js"

/** The result for a value that a schema does not accept. */
export const refused: unique symbol = Symbol("refused")

/** The result of a key that is left out of the decoded record. */
const absent: unique symbol = Symbol("absent")

/** Returns the decoded value or `refused`. A value that does not change is returned without a copy. */
type Decode = (json: unknown) => unknown

/** The transformation of one key of a struct, present or missing. It implements defaults and other names. */
type PropertyTransform = AST.PropertySignatureTransformation

const anything: Decode = (json) => json

/** Unwraps a synchronous parse result. An asynchronous result or a failure counts as refused. */
const unwrap = (parsed: unknown): unknown => Either.isEither(parsed) && Either.isRight(parsed) ? parsed.right : refused

/** Decodes with Schema itself. Used for every kind of AST that this module does not compile. */
const decodeWithSchema = (ast: AST.AST): Decode => {
  const decode = ParseResult.decodeUnknownEither(Schema.make<unknown, unknown, never>(ast))
  return (json) => unwrap(decode(json))
}

const arrayOf = (item: Decode): Decode => (json) => {
  if (!Array.isArray(json)) return refused
  const items: ReadonlyArray<unknown> = json
  let output: Array<unknown> | undefined
  for (let i = 0; i < items.length; i++) {
    const decoded = item(items[i])
    if (decoded === refused) return refused
    if (decoded !== items[i]) {
      output ??= items.slice()
      output[i] = decoded
    }
  }
  return output ?? items
}

interface Field {
  readonly name: string
  /** The key of the decoded value, which may differ from that of the JSON. */
  readonly to: string
  readonly decode: Decode
  /** Decodes a missing key. If this is `undefined`, the key stays missing. */
  readonly missing: (() => unknown) | undefined
}

/** The transformation of one key, and whether the decoded value may lack the key. */
interface Change {
  readonly transform: PropertyTransform
  readonly mayLack: boolean
}

const fieldOf = (property: AST.PropertySignature, change: Change | undefined): Field => {
  const decode = compiled(property.type)
  const name = String(property.name)
  // All fields are created here, with the same keys in the same order: V8 then reads them faster.
  const field = (to: string, decode: Decode, missing: Field["missing"]): Field => ({ name, to, decode, missing })
  if (change === undefined) return field(name, decode, property.isOptional ? undefined : () => decode(undefined))
  const { mayLack, transform } = change
  const transformed = (value: Option.Option<unknown>) =>
    Option.getOrElse(transform.decode(value), () => mayLack ? absent : refused)
  return field(
    String(transform.to),
    (value) => {
      const decoded = decode(value)
      return decoded === refused ? refused : transformed(Option.some(decoded))
    },
    () => transformed(Option.none())
  )
}

type Json = Readonly<Record<string, unknown>>

/** Copies the record with these keys only, under their new names. */
const pick = (record: Json, fields: ReadonlyArray<Field>) => {
  const output: Record<string, unknown> = {}
  for (const { name, to } of fields) if (Object.hasOwn(record, name)) output[to] = record[name]
  return output
}

const structOf = (fields: ReadonlyArray<Field>, others: Decode | undefined): Decode => {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const required = fields.filter(({ missing }) => missing !== undefined)
  const isRenamed = fields.some(({ name, to }) => name !== to)

  // A server sends the keys of all records in the same order. So the order of the previous record predicts the next
  // field, and most keys need no lookup by name.
  const order = [...fields]

  /** Adds the decoded values of required keys that are missing. The record is not copied if one of them is refused. */
  const complete = (json: Json, changed: Record<string, unknown> | undefined) => {
    let output = changed
    for (const { missing, name } of required) {
      if (missing === undefined || Object.hasOwn(json, name)) continue
      const decoded = missing()
      if (decoded === absent) continue
      if (decoded === refused) return refused
      output ??= { ...json }
      output[name] = decoded
    }
    return output ?? json
  }

  return (json) => {
    if (!isRecord(json)) return refused
    let output: Record<string, unknown> | undefined
    let presentRequired = 0
    let position = 0
    // Then the record is copied, which also renames its keys.
    let hasOthers = false
    // Iterates over keys instead of fields: V8 has a fast path for it.
    for (const key in json) {
      let field = order[position]
      if (field?.name !== key) field = byName.get(key)
      // For this key, Schema sets the prototype of its output. Leave the record to Schema.
      if (key === "__proto__") return refused
      if (field === undefined) hasOthers = true
      else {
        order[position++] = field
        if (field.missing !== undefined) presentRequired++
        if (field.name !== field.to) hasOthers = true
      }
      const decode = field === undefined ? others : field.decode
      if (decode === undefined) continue
      const value = json[key]
      const decoded = decode(value)
      if (decoded === refused || (others !== undefined && others(value) === refused)) return refused
      if (decoded !== value) {
        output ??= { ...json }
        if (decoded === absent) delete output[key]
        else output[key] = decoded
      }
    }
    const whole = presentRequired === required.length ? output ?? json : complete(json, output)
    if (whole === refused) return whole
    return others === undefined && (hasOthers || (isRenamed && whole !== json)) ? pick(whole, fields) : whole
  }
}

const struct = (ast: AST.TypeLiteral, changes: ReadonlyMap<PropertyKey, Change>): Decode => {
  const { indexSignatures: [index, ...more], propertySignatures } = ast
  const isPlain = propertySignatures.every(({ name }) => Predicate.isString(name) && !(name in Object.prototype))
  const isRest = index === undefined || index.parameter === AST.stringKeyword
  const isEmpty = index === undefined && propertySignatures.length === 0
  if (!isPlain || !isRest || isEmpty || more.length > 0) return decodeWithSchema(ast)
  return structOf(
    propertySignatures.map((property) => fieldOf(property, changes.get(property.name))),
    index && compiled(index.type)
  )
}

/** Compiles a union if its members have different kinds: their order then does not matter. Otherwise Schema decides. */
const union = (ast: AST.Union): Decode => {
  const kinds = new Set(ast.types.map(kindOf))
  if (kinds.has(undefined) || kinds.size < ast.types.length) return decodeWithSchema(ast)
  const members = ast.types.map(compiled)
  return (json) => {
    for (const member of members) {
      const decoded = member(json)
      if (decoded !== refused) return decoded
    }
    return refused
  }
}

const transformation = (ast: AST.Transformation): Decode => {
  const { from, to, transformation } = ast
  if (AST.isTypeLiteralTransformation(transformation)) {
    const changes = transformation.propertySignatureTransformations
    const isSupported = (change: PropertyTransform, { indexSignatures }: AST.TypeLiteral) =>
      change.from === change.to || indexSignatures.length === 0
    if (!AST.isTypeLiteral(from) || !AST.isTypeLiteral(to)) return decodeWithSchema(ast)
    if (!changes.every((change) => isSupported(change, from))) return decodeWithSchema(ast)
    const optional = new Set(to.propertySignatures.filter((key) => key.isOptional).map(({ name }) => name))
    return struct(
      from,
      new Map(changes.map((transform) => [transform.from, { transform, mayLack: optional.has(transform.to) }]))
    )
  }
  const [first, second] = [compiled(from), compiled(to)]
  return (json) => {
    let decoded = first(json)
    if (decoded !== refused && AST.isFinalTransformation(transformation)) {
      decoded = unwrap(transformation.decode(decoded, AST.defaultParseOption, ast, json))
    }
    return decoded === refused ? refused : second(decoded)
  }
}

const compile = (ast: AST.AST): Decode => {
  const type = typeOf(ast)
  if (hasDecodeAnnotations(ast)) return decodeWithSchema(ast)
  if (type !== undefined) return (json) => typeof json === type ? json : refused
  switch (ast._tag) {
    case "UnknownKeyword":
      return anything
    case "Literal":
      return (json) => json === ast.literal ? json : refused
    case "TupleType": {
      const item = itemOf(ast)
      return item === undefined ? decodeWithSchema(ast) : arrayOf(compiled(item))
    }
    case "TypeLiteral":
      return struct(ast, new Map())
    case "Union":
      return union(ast)
    case "Transformation":
      return transformation(ast)
    case "Declaration": {
      const decode = ast.decodeUnknown(...ast.typeParameters)
      return (value) => unwrap(decode(value, AST.defaultParseOption, ast))
    }
    default:
      return decodeWithSchema(ast)
  }
}

const decoders = new WeakMap<AST.AST, Decode>()

const compiled = (ast: AST.AST): Decode => {
  const known = decoders.get(ast)
  if (known !== undefined) return known
  const decode = compile(ast)
  decoders.set(ast, decode)
  return decode
}

const decoding: Parser = {
  refuses: (ast, json) => compiled(ast)(json) === refused,
  parse: (ast, options) => ParseResult.decodeUnknownEither(Schema.make<unknown, unknown, never>(ast), options),
  isDecoding: true
}

/** Decodes JSON with a schema. Returns `refused` instead of the issues, which `decodeJson` finds. */
export const decodeOrRefuse = <A, I>(schema: Schema.Schema<A, I>, json: unknown): A | typeof refused =>
  // Boundary: the closures come from the schema's AST, and a property test proves that they decode as Schema does.
  compiled(schema.ast)(json) as A | typeof refused

/** Decodes JSON with a schema. Fails with the first ten issues. Values that do not change are not copied. */
export const decodeJson = <A, I>(
  schema: Schema.Schema<A, I>,
  json: unknown
): Either.Either<A, ParseResult.ParseError> => {
  const decoded = decodeOrRefuse(schema, json)
  if (decoded !== refused) return Either.right(decoded)
  const issue = refusalOf(decoding, schema.ast, json)
  return issue === undefined ? Schema.decodeUnknownEither(schema)(json) : Either.left(ParseResult.parseError(issue))
}
