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
import { isTimestamp, parseTimestamp } from "../../wire/timestamp.js"
import { hasDecodeAnnotations, itemOf, kindOf, typeOf } from "./ast.js"
import { absent, type Decode, refused } from "./decode.js"
import { isSafe, maxDepth } from "./json.js"
import { type Parser, refusalOf } from "./refusal.js"
import { type Field, type Others, structOf } from "./struct.js"
import { valueMakers, type Values } from "./values.js"

/** How JSON is decoded. */
interface Mode {
  /**
   * Whether the JSON was just parsed, so that no other code has it. It is then decoded in place, and parts of any form
   * are checked as in `parseJson`. Refused JSON may be decoded in part.
   */
  readonly isOwned: boolean
  readonly values: Values
  readonly decoders: WeakMap<AST.AST, Decode>
}

const modesOf = (isOwned: boolean): Readonly<Record<Values, Mode>> => ({
  effect: { isOwned, values: "effect", decoders: new WeakMap() },
  plain: { isOwned, values: "plain", decoders: new WeakMap() }
})
const shared = modesOf(false)
const owned = modesOf(true)

/** The transformation of one key of a struct, present or missing. It implements defaults and other names. */
type PropertyTransform = AST.PropertySignatureTransformation

const anything: Decode = (json) => json

const safe: Decode = (json, depth) => isSafe(json, depth) ? json : refused

/** Unwraps a synchronous parse result. An asynchronous result or a failure counts as refused. */
const unwrap = (parsed: unknown): unknown => Either.isEither(parsed) && Either.isRight(parsed) ? parsed.right : refused

/** The kinds of the members of a union, also of unions in it. */
const kindsOf = (ast: AST.AST): ReadonlyArray<string | undefined> =>
  AST.isUnion(ast) && !hasDecodeAnnotations(ast) ? ast.types.flatMap(kindsOf) : [kindOf(ast)]

/** Whether the members of a union have different kinds. Their order then does not matter. */
const hasDifferentKinds = (ast: AST.Union): boolean => {
  const kinds = kindsOf(ast)
  return !kinds.includes(undefined) && new Set(kinds).size === kinds.length
}

/** The result of `typeof` for values that a schema accepts and does not change, if it has one. */
const passedBy = (ast: AST.AST): string | undefined => {
  if (hasDecodeAnnotations(ast)) return undefined
  if (!AST.isUnion(ast)) return typeOf(ast)
  return hasDifferentKinds(ast) ? ast.types.map(passedBy).find(Predicate.isNotUndefined) : undefined
}

const arrayOf = (mode: Mode, type: AST.AST): Decode => {
  const item = compiled(mode, type)
  const passes = passedBy(type)
  return (json, depth) => {
    if (!Array.isArray(json) || depth > maxDepth) return refused
    let items: Array<unknown> = json
    for (let i = 0; i < items.length; i++) {
      const value = items[i]
      if (typeof value === passes) continue
      const decoded = item(value, depth + 1)
      if (decoded === refused) return refused
      if (decoded === value) continue
      if (!mode.isOwned && items === json) items = items.slice()
      items[i] = decoded
    }
    return items
  }
}

/** The transformation of one key, and whether the decoded value may lack the key. */
interface Change {
  readonly transform: PropertyTransform
  readonly mayLack: boolean
}

const fieldOf = (mode: Mode, property: AST.PropertySignature, change: Change | undefined): Field => {
  const decode = compiled(mode, property.type)
  const name = String(property.name)
  // All fields are created here, with the same keys in the same order: V8 then reads them faster.
  const field = (to: string, passes: Field["passes"], decode: Decode, missing: Field["missing"]): Field => ({
    name,
    to,
    passes,
    decode,
    missing
  })
  if (change === undefined) {
    return field(name, passedBy(property.type), decode, property.isOptional ? undefined : () => decode(undefined, 0))
  }
  const { mayLack, transform } = change
  const transformed = (value: Option.Option<unknown>) =>
    Option.getOrElse(transform.decode(value), () => mayLack ? absent : refused)
  return field(
    String(transform.to),
    undefined,
    (value, depth) => {
      const decoded = decode(value, depth)
      return decoded === refused ? refused : transformed(Option.some(decoded))
    },
    () => transformed(Option.none())
  )
}

const othersOf = (mode: Mode, type: AST.AST): Others => {
  const check = compiled(shared[mode.values], type)
  return {
    decode: compiled(mode, type),
    accepts: check === anything ? () => true : (json, depth) => check(json, depth) !== refused
  }
}

const struct = (mode: Mode, ast: AST.TypeLiteral, changes: ReadonlyMap<PropertyKey, Change>): Decode | undefined => {
  const { indexSignatures: [index, ...more], propertySignatures } = ast
  const isPlain = propertySignatures.every(({ name }) => Predicate.isString(name) && !(name in Object.prototype))
  const isRest = index === undefined || index.parameter === AST.stringKeyword
  const isEmpty = index === undefined && propertySignatures.length === 0
  if (!isPlain || !isRest || isEmpty || more.length > 0) return undefined
  return structOf(
    propertySignatures.map((property) => fieldOf(mode, property, changes.get(property.name))),
    index && othersOf(mode, index.type),
    mode.isOwned
  )
}

const structTransformation = (mode: Mode, ast: AST.Transformation): Decode | undefined => {
  const { from, to, transformation } = ast
  if (!AST.isTypeLiteral(from) || !AST.isTypeLiteral(to)) return undefined
  if (!AST.isTypeLiteralTransformation(transformation)) return undefined
  const changes = transformation.propertySignatureTransformations
  // If the new name of a key is the name of another, Schema changes one after the other.
  const isTaken = (name: PropertyKey) =>
    from.indexSignatures.length > 0 || from.propertySignatures.some((property) => property.name === name)
  if (changes.some((change) => change.from !== change.to && isTaken(change.to))) return undefined
  const optional = new Set(to.propertySignatures.filter((key) => key.isOptional).map(({ name }) => name))
  return struct(
    mode,
    from,
    new Map(changes.map((transform) => [transform.from, { transform, mayLack: optional.has(transform.to) }]))
  )
}

const union = (mode: Mode, ast: AST.Union): Decode | undefined => {
  const [first] = ast.types
  if (AST.isUnknownKeyword(first)) return compiled(mode, first)
  if (!hasDifferentKinds(ast)) return undefined
  const members = ast.types.map((type) => compiled(mode, type))
  return (json, depth) => {
    for (const member of members) {
      const decoded = member(json, depth)
      if (decoded !== refused) return decoded
    }
    return refused
  }
}

const timestamp = ({ values }: Mode): Decode => {
  const { dateAt } = valueMakers[values]
  return (json) => {
    const millis = typeof json === "string" ? parseTimestamp(json) : undefined
    return millis === undefined ? refused : dateAt(millis)
  }
}

/** Compiles a schema whose parts are decoded one by one. Returns `undefined` for any other schema. */
const compileParts = (mode: Mode, ast: AST.AST): Decode | undefined => {
  const type = typeOf(ast)
  if (type !== undefined) return (json) => typeof json === type ? json : refused
  if (isTimestamp(ast)) return timestamp(mode)
  switch (ast._tag) {
    case "UnknownKeyword":
      return mode.isOwned ? safe : anything
    case "Literal":
      return (json) => json === ast.literal ? json : refused
    case "TupleType": {
      const item = itemOf(ast)
      return item && arrayOf(mode, item)
    }
    case "TypeLiteral":
      return struct(mode, ast, new Map())
    case "Union":
      return union(mode, ast)
    case "Transformation":
      return structTransformation(mode, ast)
    default:
      return undefined
  }
}

/** Decodes with Schema itself. */
const decodeWithSchema = ({ values }: Mode, ast: AST.AST): Decode => {
  const { convert } = valueMakers[values]
  const decode = ParseResult.decodeUnknownEither(Schema.make<unknown, unknown, never>(ast))
  return (json) => convert(unwrap(decode(json)))
}

/** Compiles a schema that needs the whole value. */
const compileWhole = (mode: Mode, ast: AST.AST): Decode => {
  if (AST.isDeclaration(ast) && !hasDecodeAnnotations(ast)) {
    const { convert } = valueMakers[mode.values]
    const decode = ast.decodeUnknown(...ast.typeParameters)
    return (value) => convert(unwrap(decode(value, AST.defaultParseOption, ast)))
  }
  if (!AST.isTransformation(ast) || hasDecodeAnnotations(ast)) return decodeWithSchema(mode, ast)
  const { from, to, transformation } = ast
  if (AST.isTypeLiteralTransformation(transformation)) return decodeWithSchema(mode, ast)
  // The functions of a transformation expect Effect's values.
  const [first, second] = [compiled(shared.effect, from), compiled(mode, to)]
  return (json, depth) => {
    let decoded = first(json, depth)
    if (decoded !== refused && AST.isFinalTransformation(transformation)) {
      decoded = unwrap(transformation.decode(decoded, AST.defaultParseOption, ast, json))
    }
    return decoded === refused ? refused : second(decoded, depth)
  }
}

const compile = (mode: Mode, ast: AST.AST): Decode => {
  const decode = hasDecodeAnnotations(ast) ? undefined : compileParts(mode, ast)
  if (decode !== undefined) return decode
  if (!mode.isOwned) return compileWhole(mode, ast)
  const whole = compiled(shared[mode.values], ast)
  return (json, depth) => isSafe(json, depth) ? whole(json, depth) : refused
}

const compiled = (mode: Mode, ast: AST.AST): Decode => {
  const known = mode.decoders.get(ast)
  if (known !== undefined) return known
  const decode = compile(mode, ast)
  mode.decoders.set(ast, decode)
  return decode
}

const decoding: Parser = {
  refuses: (ast, json) => compiled(shared.effect, ast)(json, 1) === refused,
  parse: (ast, options) => ParseResult.decodeUnknownEither(Schema.make<unknown, unknown, never>(ast), options),
  isDecoding: true
}

/**
 * Decodes JSON with a schema. Fails with the first ten issues. Values that do not change are not copied. With plain
 * `values`, the type of the result is that of the schema nevertheless: only the Promise API knows the other one.
 */
export const decodeJson = <A, I>(
  schema: Schema.Schema<A, I>,
  json: unknown,
  values: Values
): Either.Either<A, ParseResult.ParseError> => {
  // Boundary: the closures come from the schema's AST, and a property test proves that they decode as Schema does.
  const decoded = compiled(shared[values], schema.ast)(json, 1) as A | typeof refused
  if (decoded !== refused) return Either.right(decoded)
  const issue = refusalOf(decoding, schema.ast, json)
  if (issue !== undefined) return Either.left(ParseResult.parseError(issue))
  return Either.map(Schema.decodeUnknownEither(schema)(json), (value) => valueMakers[values].convert(value) as A)
}

/**
 * Decodes JSON that was just parsed, in place, like `decodeJson`. Returns `refused` if it breaks the schema, has a key
 * `__proto__` that may be copied, or is nested too deep. The JSON is then of no use any more.
 */
export const decodeOwned = <A, I>(schema: Schema.Schema<A, I>, json: unknown, values: Values): A | typeof refused =>
  // Boundary: as in `decodeJson`.
  compiled(owned[values], schema.ast)(json, 1) as A | typeof refused
