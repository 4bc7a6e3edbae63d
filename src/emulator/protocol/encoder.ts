/**
 * Encodes the body of a response like Schema, but much faster: each schema's AST is compiled once into closures. The
 * closures do not check the values, which come from the emulator itself.
 */
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"

/** Returns the encoded value. */
type Encode = (value: unknown) => unknown

/** The encoder of values that are encoded as they are. */
const same: Encode = (value) => value

/** Encodes with Schema itself. Used for every kind of AST that this module does not compile. */
const encodeWithSchema = (ast: AST.AST): Encode =>
  ParseResult.encodeUnknownSync(Schema.make<unknown, unknown, never>(ast))

/** Unwraps a synchronous result. The emulator's schemas have no other. */
const unwrap = (result: unknown): unknown => {
  if (Either.isEither(result)) return Either.getOrThrow(result)
  throw new Error("A schema of the emulator cannot be encoded synchronously")
}

type Fields = Readonly<Record<string, unknown>>

/** Reads and encodes a field. Undefined if the encoded record has no such field. */
const fieldOf = (
  { name, type }: AST.PropertySignature,
  change: AST.PropertySignatureTransformation | undefined
) => {
  const encode = compiled(type)
  if (change === undefined) {
    const key = String(name)
    if (encode === same) return (fields: Fields) => fields[key]
    return (fields: Fields) => {
      const value = fields[key]
      return value === undefined && !Object.hasOwn(fields, key) ? undefined : encode(value)
    }
  }
  const key = String(change.to)
  return (fields: Fields) => {
    const before = Object.hasOwn(fields, key) ? Option.some(fields[key]) : Option.none()
    return Option.getOrUndefined(Option.map(change.encode(before), encode))
  }
}

const struct = (ast: AST.TypeLiteral, changes: ReadonlyArray<AST.PropertySignatureTransformation>): Encode => {
  const { indexSignatures: [others, ...more], propertySignatures } = ast
  const isRest = others === undefined || others.parameter === AST.stringKeyword
  const isEmpty = others === undefined && propertySignatures.length === 0
  if (!isRest || isEmpty || more.length > 0) return encodeWithSchema(ast)
  const names = propertySignatures.map(({ name }) => String(name))
  const fields = propertySignatures.map((field) => fieldOf(field, changes.find(({ from }) => from === field.name)))
  // An object to which many keys were added by name is slow in V8, and a copy of it is fast.
  const slow: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, undefined]))
  const empty = { ...slow }
  const encodeOther = others && compiled(others.type)
  return (value) => {
    // Boundary: only the schema's own values are encoded.
    const given = value as Fields
    const output = { ...empty }
    for (let index = 0; index < fields.length; index++) {
      const [name, field] = [names[index], fields[index]]
      if (name !== undefined && field !== undefined) output[name] = field(given)
    }
    if (encodeOther !== undefined) {
      for (const name of Object.keys(given)) if (!Object.hasOwn(empty, name)) output[name] = encodeOther(given[name])
    }
    return output
  }
}

const kinds: Readonly<Record<string, string>> = {
  StringKeyword: "string",
  NumberKeyword: "number",
  BooleanKeyword: "boolean",
  UndefinedKeyword: "undefined",
  VoidKeyword: "undefined",
  TypeLiteral: "object",
  TupleType: "array"
}

const kindOf = (value: unknown) => value === null ? "null" : Array.isArray(value) ? "array" : typeof value

/** The kind of a schema's values before they are encoded. Undefined if they have no single kind. */
const kindOfType = (ast: AST.AST): string | undefined => {
  switch (ast._tag) {
    case "Literal":
      return kindOf(ast.literal)
    case "Refinement":
      return kindOfType(ast.from)
    case "Transformation":
      return kindOfType(ast.to)
    default:
      return kinds[ast._tag]
  }
}

/** Compiles a union if the kind of a value determines its encoder. Otherwise Schema decides. */
const union = (ast: AST.Union): Encode => {
  const encoders = new Map<string, Encode>()
  for (const member of ast.types) {
    const [kind, encode] = [kindOfType(member), compiled(member)]
    if (kind === undefined || (encoders.get(kind) ?? encode) !== encode) return encodeWithSchema(ast)
    encoders.set(kind, encode)
  }
  if ([...encoders.values()].every((encode) => encode === same)) return same
  return (value) => (encoders.get(kindOf(value)) ?? same)(value)
}

const transformation = (ast: AST.Transformation): Encode => {
  const { from, to, transformation } = ast
  if (AST.isTypeLiteralTransformation(transformation)) {
    // Defaults and other names. The values of the keys are encoded on one side only.
    if (!AST.isTypeLiteral(from) || AST.typeAST(to) !== to) return encodeWithSchema(ast)
    return struct(from, transformation.propertySignatureTransformations)
  }
  const [first, second] = [compiled(to), compiled(from)]
  if (!AST.isFinalTransformation(transformation)) return (value) => second(first(value))
  return (value) => second(unwrap(transformation.encode(first(value), AST.defaultParseOption, ast, value)))
}

const compile = (ast: AST.AST): Encode => {
  switch (ast._tag) {
    case "TypeLiteral":
      return struct(ast, [])
    case "TupleType": {
      const [item] = ast.rest
      if (ast.elements.length > 0 || item === undefined || ast.rest.length > 1) return encodeWithSchema(ast)
      const encode = compiled(item.type)
      // Boundary: only the schema's own values are encoded.
      return encode === same ? same : (value) => (value as ReadonlyArray<unknown>).map((one) => encode(one))
    }
    case "Union":
      return union(ast)
    case "Refinement":
      return compiled(ast.from)
    case "Transformation":
      return transformation(ast)
    case "Suspend":
      return (value) => compiled(ast.f())(value)
    case "Declaration":
      return ast.typeParameters.length === 0 ? same : encodeWithSchema(ast)
    default:
      return same
  }
}

const encoders = new WeakMap<AST.AST, Encode>()

const compiled = (ast: AST.AST): Encode => {
  const known = encoders.get(ast)
  if (known !== undefined) return known
  const encode = compile(ast)
  encoders.set(ast, encode)
  return encode
}

/** Encodes a value of a schema. Its undefined keys stand for keys that JSON leaves out. */
export const encodeBody = ({ ast }: Pick<Schema.Schema.All, "ast">, value: unknown): unknown => compiled(ast)(value)
