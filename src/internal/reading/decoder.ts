/**
 * Decodes answers as Schema does, at a fraction of the price. A schema is compiled once, from its AST into closures that
 * only say what comes of a value, or that it is refused. Then Schema itself is asked, whose errors tell everything.
 */
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { isRecord } from "../../wire/text.js"

const refused: unique symbol = Symbol("refused")

/** What comes of JSON, or `refused`. A value that need not change is given as it is: a copy is made of what must. */
type Decode = (json: unknown) => unknown

/** How the key of a struct is made of the one that was there, or was not: a default. */
type Fill = AST.PropertySignatureTransformation["decode"]

const types: Readonly<Record<string, string>> = {
  StringKeyword: "string",
  NumberKeyword: "number",
  BooleanKeyword: "boolean",
  UndefinedKeyword: "undefined"
}

const typeOf = (ast: AST.AST): string | undefined => types[ast._tag]

const anything: Decode = (json) => json

/** Of a parser: what it gives at once. What it would have to wait for is refused. */
const valueOf = (parsed: unknown): unknown => Either.isEither(parsed) && Either.isRight(parsed) ? parsed.right : refused

/** What nothing here is made for, as Schema does it. */
const bySchema = (ast: AST.AST): Decode => {
  const decode = ParseResult.decodeUnknownEither(Schema.make<unknown, unknown, never>(ast))
  return (json) => valueOf(decode(json))
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
  readonly decode: Decode
  /** What comes of a key that is not there; without it, it stays so. */
  readonly missing: (() => unknown) | undefined
}

const fieldOf = ({ isOptional, name, type }: AST.PropertySignature, fill: Fill | undefined): Field => {
  const decode = compiled(type)
  if (fill === undefined) {
    return { name: String(name), decode, missing: isOptional ? undefined : () => decode(undefined) }
  }
  const filled = (value: Option.Option<unknown>) => Option.getOrElse(fill(value), () => refused)
  return {
    name: String(name),
    decode: (value) => {
      const decoded = decode(value)
      return decoded === refused ? refused : filled(Option.some(decoded))
    },
    missing: () => filled(Option.none())
  }
}

type Json = Readonly<Record<string, unknown>>

/** A record of these keys and no others. */
const pick = (record: Json, fields: ReadonlyArray<Field>) => {
  const output: Record<string, unknown> = {}
  for (const { name } of fields) if (Object.hasOwn(record, name)) output[name] = record[name]
  return output
}

const structOf = (fields: ReadonlyArray<Field>, others: Decode | undefined): Decode => {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const needed = fields.filter(({ missing }) => missing !== undefined)

  // A server sends the keys of its records in one order: the next field is most likely the one that it was in the last.
  const order = [...fields]

  /** Adds what comes of needed keys that are not there. */
  const complete = (json: Json, output: Record<string, unknown>) => {
    for (const { missing, name } of needed) {
      if (missing === undefined || Object.hasOwn(json, name)) continue
      const decoded = missing()
      if (decoded === refused) return refused
      output[name] = decoded
    }
    return output
  }

  return (json) => {
    if (!isRecord(json)) return refused
    let output: Record<string, unknown> | undefined
    let there = 0
    let place = 0
    let hasOthers = false
    // by key and not by field: it is what V8 reads a record fast by
    for (const key in json) {
      let field = order[place]
      if (field?.name !== key) field = byName.get(key)
      // what Schema does with such a key, nobody means
      if (key === "__proto__") return refused
      if (field === undefined) hasOthers = true
      else {
        order[place++] = field
        if (field.missing !== undefined) there++
      }
      const decode = field === undefined ? others : field.decode
      if (decode === undefined) continue
      const value = json[key]
      const decoded = decode(value)
      if (decoded === refused || (others !== undefined && others(value) === refused)) return refused
      if (decoded !== value) {
        output ??= { ...json }
        output[key] = decoded
      }
    }
    const whole = there === needed.length ? output ?? json : complete(json, output ?? { ...json })
    return hasOthers && others === undefined && whole !== refused ? pick(whole, fields) : whole
  }
}

const struct = (ast: AST.TypeLiteral, fills: ReadonlyMap<PropertyKey, Fill>): Decode => {
  const { indexSignatures: [index, ...more], propertySignatures } = ast
  const isPlain = propertySignatures.every(({ name }) => Predicate.isString(name) && !(name in Object.prototype))
  const isRest = index === undefined || index.parameter === AST.stringKeyword
  const isEmpty = index === undefined && propertySignatures.length === 0
  if (!isPlain || !isRest || isEmpty || more.length > 0) return bySchema(ast)
  return structOf(
    propertySignatures.map((property) => fieldOf(property, fills.get(property.name))),
    index && compiled(index.type)
  )
}

/** What tells the values of a schema apart from those of others; `undefined` where nothing does. */
const kindOf = (ast: AST.AST): string | undefined => {
  if (AST.isTransformation(ast)) return kindOf(ast.from)
  if (AST.isTypeLiteral(ast) || AST.isTupleType(ast)) return ast._tag
  return AST.isLiteral(ast) && ast.literal === null ? "null" : typeOf(ast)
}

/** A value is of one kind, so that the order of the members does not matter; where it does, Schema knows it. */
const union = (ast: AST.Union): Decode => {
  const kinds = new Set(ast.types.map(kindOf))
  if (kinds.has(undefined) || kinds.size < ast.types.length) return bySchema(ast)
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
    return AST.isTypeLiteral(from) && changes.every((change) => change.from === change.to)
      ? struct(from, new Map(changes.map(({ decode, from }) => [from, decode])))
      : bySchema(ast)
  }
  const [first, second] = [compiled(from), compiled(to)]
  return (json) => {
    let decoded = first(json)
    if (decoded !== refused && AST.isFinalTransformation(transformation)) {
      decoded = valueOf(transformation.decode(decoded, AST.defaultParseOption, ast, json))
    }
    return decoded === refused ? refused : second(decoded)
  }
}

const isSpecial = (ast: AST.AST) =>
  Option.isSome(AST.getParseOptionsAnnotation(ast)) || Option.isSome(AST.getDecodingFallbackAnnotation(ast))

const compile = (ast: AST.AST): Decode => {
  const type = typeOf(ast)
  if (isSpecial(ast)) return bySchema(ast)
  if (type !== undefined) return (json) => typeof json === type ? json : refused
  switch (ast._tag) {
    case "UnknownKeyword":
      return anything
    case "Literal":
      return (json) => json === ast.literal ? json : refused
    case "TupleType": {
      const [item, ...more] = ast.rest
      return item === undefined || more.length + ast.elements.length > 0 ? bySchema(ast) : arrayOf(compiled(item.type))
    }
    case "TypeLiteral":
      return struct(ast, new Map())
    case "Union":
      return union(ast)
    case "Transformation":
      return transformation(ast)
    case "Declaration": {
      const decode = ast.decodeUnknown(...ast.typeParameters)
      return (value) => valueOf(decode(value, AST.defaultParseOption, ast))
    }
    default:
      return bySchema(ast)
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

/** What a schema makes of JSON, or everything that is wrong with it. What need not change is not copied. */
export const decodeJson = <A, I>(
  schema: Schema.Schema<A, I>,
  json: unknown
): Either.Either<A, ParseResult.ParseError> => {
  const decoded = compiled(schema.ast)(json)
  return decoded === refused
    ? Schema.decodeUnknownEither(schema, { errors: "all" })(json)
    // Boundary: the closures are made of the schema's own AST, and a property holds that they give what it gives.
    : Either.right(decoded as A)
}
