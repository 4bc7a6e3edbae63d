/**
 * Prints types of the operations as the Promise API has them: a promise for an Effect, an iterable for a stream, a `Date`
 * for a DateTime, a number of milliseconds for a Duration, `undefined` for a missing option.
 */
import ts from "typescript"
import { docOf, since } from "./docs.js"
import { isPlain, type Named, named, namedBase } from "./names.js"
import { checker, fileOf, resolved, typeDeclarationOf } from "./source.js"

/** Where a type is printed. */
export interface Place {
  /** The namespace that the type is printed in. */
  readonly namespace?: string | undefined
  /** The type whose declaration is printed. Its name does not replace its definition. */
  readonly declares?: ts.Symbol | undefined
  /** Called with each type of a file that the printed type refers to. */
  readonly onImport: (symbol: ts.Symbol) => void
  /** Called with each type that the printed type refers to. */
  readonly onUse: (named: Named) => void
}

/** The types that the Promise API cannot have. The generated file is not written if there are any. */
export const problems: Array<string> = []

const fail = (what: string, node?: ts.Node): string => {
  const where = node && ts.getLineAndCharacterOfPosition(node.getSourceFile(), node.getStart())
  problems.push(node === undefined ? what : `${what}: ${node.getSourceFile().fileName}:${(where?.line ?? 0) + 1}`)
  return "never"
}

/** Whether a symbol is one of a package. Types of Effect are then replaced. */
const isOf = (symbol: ts.Symbol, packageName: string): boolean =>
  fileOf(symbol).includes(`node_modules/${packageName}/`)

const isLibrary = (symbol: ts.Symbol): boolean => isOf(symbol, "typescript") || isOf(symbol, "@types/node")

/** The types that replace those of Effect. `undefined`: there is none, and a union leaves the type out. */
const replacements: Readonly<Record<string, (args: ReadonlyArray<() => string>) => string | undefined>> = {
  Chunk: ([item]) => `ReadonlyArray<${item?.()}>`,
  DateTime: () => "Date",
  Duration: () => "number",
  DurationInput: () => "DurationInput",
  Effect: ([success]) => `ApiPromise<${success?.()}>`,
  Option: ([value]) => `${value?.()} | undefined`,
  Redacted: () => undefined,
  Stream: ([item]) => `IterableStream<${item?.()}>`,
  Utc: () => "Date",
  Zoned: () => "Date"
}

const unionOf = (members: ReadonlyArray<string | undefined>): string | undefined => {
  const present = new Set(members.filter((member) => member !== undefined))
  return present.size === 0 ? undefined : Array.from(present).join(" | ")
}

const isBlock = (text: string): boolean => /^\{\n[^]*\n\}$/.test(text) && !/^\}./m.test(text)
const inParentheses = (text: string): string => !isBlock(text) && /[|&]|=>/.test(text) ? `(${text})` : text

const typeParametersOf = (
  declaration: { readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> | undefined },
  place: Place
): string => {
  const parameters = declaration.typeParameters?.map((parameter) => {
    const { constraint, default: standard, name } = parameter
    const bound = constraint === undefined ? "" : ` extends ${nodeText(constraint, place)}`
    return `${name.text}${bound}${standard === undefined ? "" : ` = ${nodeText(standard, place)}`}`
  })
  return parameters === undefined || parameters.length === 0 ? "" : `<${parameters.join(", ")}>`
}

/** Refers to a type by its name. */
const reference = (symbol: ts.Symbol, args: ReadonlyArray<string>, place: Place): string | undefined => {
  const suffix = args.length === 0 ? "" : `<${args.join(", ")}>`
  const one = named.get(symbol)
  if (one !== undefined) {
    place.onUse(one)
    return `${one.namespace === undefined ? "" : `${one.namespace}.`}${one.name}${suffix}`
  }
  if (isPlain(symbol)) {
    place.onImport(symbol)
    return `${symbol.name}${suffix}`
  }
  return undefined
}

const symbolReference = (
  symbol: ts.Symbol,
  args: ReadonlyArray<() => string>,
  place: Place
): { readonly text: string | undefined } | undefined => {
  if (isOf(symbol, "effect")) {
    const replace = replacements[symbol.name]
    if (replace === undefined) return undefined
    const text = replace(args)
    if (/^(?:ApiPromise|DurationInput|IterableStream)\b/.test(text ?? "")) place.onImport(plainType(text ?? ""))
    return { text }
  }
  const text = reference(symbol, args.map((arg) => arg()), place)
  return text === undefined ? undefined : { text }
}

/** The names of the hand-written types that replace those of Effect. */
const plainTypes = new Map<string, ts.Symbol>()
const plainType = (text: string): ts.Symbol => {
  const name = /^\w+/.exec(text)?.[0] ?? ""
  const symbol = plainTypes.get(name)
  if (symbol === undefined) throw new Error(`the Promise API has no type ${name}`)
  return symbol
}

/** Registers the hand-written types that replace those of Effect. */
export const registerPlainTypes = (symbols: Iterable<ts.Symbol>): void => {
  for (const symbol of symbols) plainTypes.set(symbol.name, symbol)
}

// ---------------------------------------------------------------------------------------------------------------
// Types as they are written.

/** Prints a type as it is written. Returns `undefined` if the Promise API has no such type. */
const printNode = (node: ts.TypeNode, place: Place): string | undefined => {
  const text = (inner: ts.TypeNode) => nodeText(inner, place)
  if (ts.isParenthesizedTypeNode(node)) {
    const inner = printNode(node.type, place)
    return inner === undefined ? undefined : inParentheses(inner)
  }
  if (ts.isUnionTypeNode(node)) return unionOf(node.types.map((member) => printNode(member, place)))
  if (ts.isIntersectionTypeNode(node)) return node.types.map((member) => inParentheses(text(member))).join(" & ")
  if (ts.isArrayTypeNode(node)) return `${inParentheses(text(node.elementType))}[]`
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) {
    return `readonly ${text(node.type)}`
  }
  if (ts.isTypeLiteralNode(node)) return printObject(checker.getTypeFromTypeNode(node), place)
  if (ts.isFunctionTypeNode(node)) {
    const signature = checker.getSignatureFromDeclaration(node)
    return signature === undefined ? fail("no signature", node) : printSignature(signature, place, " => ")
  }
  if (ts.isTypeReferenceNode(node)) return printReference(node, place)
  const isWritten = ts.isLiteralTypeNode(node) || ts.isMappedTypeNode(node) || ts.isTemplateLiteralTypeNode(node) ||
    ts.isTypePredicateNode(node) || node.kind <= ts.SyntaxKind.LastKeyword
  if (ts.isMappedTypeNode(node)) return printMapped(node, place)
  return isWritten ? node.getText() : printType(checker.getTypeFromTypeNode(node), place)
}

/** Prints a type that the Promise API has. */
export const nodeText = (node: ts.TypeNode, place: Place): string =>
  printNode(node, place) ?? fail("the Promise API has no such type", node)

const printMapped = (node: ts.MappedTypeNode, place: Place): string => {
  const { name, constraint } = node.typeParameter
  const optional = node.questionToken === undefined ? "" : "?"
  const value = node.type === undefined ? "unknown" : nodeText(node.type, place)
  const keys = constraint === undefined ? "string" : constraint.getText()
  return `{ ${node.readonlyToken === undefined ? "" : "readonly "}[${name.text} in ${keys}]${optional}: ${value} }`
}

const printReference = (node: ts.TypeReferenceNode, place: Place): string | undefined => {
  const found = checker.getSymbolAtLocation(node.typeName)
  if (found === undefined) return fail("no symbol", node)
  const symbol = resolved(found)
  const args = (node.typeArguments ?? []).map((arg) => () => nodeText(arg, place))
  if (symbol.flags & ts.SymbolFlags.TypeParameter) return symbol.name
  const known = symbolReference(symbol, args, place)
  if (known !== undefined) return known.text
  if (isLibrary(symbol)) return `${symbol.name}${args.length === 0 ? "" : `<${args.map((arg) => arg()).join(", ")}>`}`
  const declaration = typeDeclarationOf(symbol)
  // A type that is not exported: its definition takes the place of its name.
  if (declaration !== undefined && ts.isTypeAliasDeclaration(declaration) && declaration.typeParameters === undefined) {
    const inner = printNode(declaration.type, place)
    return inner === undefined ? undefined : inParentheses(inner)
  }
  return printType(checker.getTypeFromTypeNode(node), place)
}

// ---------------------------------------------------------------------------------------------------------------
// Types that are inferred.

/**
 * Prints an inferred type. Returns `undefined` if the Promise API has no such type. The type of an optional property has
 * an `undefined` that stands for the missing property.
 */
export const printType = (type: ts.Type, place: Place, isOptional = false): string | undefined => {
  const { aliasSymbol, aliasTypeArguments = [], flags } = type
  if (aliasSymbol !== undefined && aliasSymbol !== place.declares) {
    const known = symbolReference(aliasSymbol, aliasTypeArguments.map((arg) => () => typeText(arg, place)), place)
    if (known !== undefined) return known.text
  }
  const base = namedBase(type)
  if (base !== undefined) return reference(base.symbol, [], place)
  if (type.isUnion()) return printUnion(type, place, isOptional)
  if (type.isIntersection()) return type.types.map((member) => inParentheses(typeText(member, place))).join(" & ")
  if (flags & ts.TypeFlags.Object) return printObjectType(type, place)
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
}

/** Prints an inferred type that the Promise API has. */
const typeText = (type: ts.Type, place: Place): string =>
  printType(type, place) ?? fail(`the Promise API has no type for ${checker.typeToString(type)}`)

const isNullish = ({ flags }: ts.Type): boolean => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0

const printUnion = (type: ts.UnionType, place: Place, isOptional: boolean): string | undefined => {
  const present = type.types.filter((member) => !isNullish(member)).sort(inOrder)
  const missing = type.types.filter(isNullish).sort(inOrder)
    .filter((member) => !isOptional || member.flags & ts.TypeFlags.Null || member === checker.getUndefinedType())
  const whole = checker.getNonNullableType(type)
  // The union without `null` may have a name.
  const isNamed = whole !== type && whole.isUnion() && whole.aliasSymbol !== undefined
  const printed = isNamed ? [printType(whole, place)] : present.map((member) => printType(member, place))
  const isBoolean = printed.includes("true") && printed.includes("false")
  const values = printed.map((one) => isBoolean && (one === "true" || one === "false") ? "boolean" : one)
  const text = unionOf(values.map((one) => one === undefined ? undefined : inParentheses(one)))
  return text === undefined ? undefined : unionOf([text, ...missing.map((member) => typeText(member, place))])
}

// In the order of an open enum: the known values, then any other string.
const inOrder = (a: ts.Type, b: ts.Type): number => rank(a) - rank(b)
const rank = ({ flags }: ts.Type): number =>
  flags & ts.TypeFlags.Undefined ? 3 : flags & ts.TypeFlags.Null ? 2 : flags & ts.TypeFlags.Intersection ? 1 : 0

const printObjectType = (type: ts.Type, place: Place): string | undefined => {
  // Boundary: the flag says that it is one.
  const object = type as ts.ObjectType
  const args = object.objectFlags & ts.ObjectFlags.Reference
    ? checker.getTypeArguments(type as ts.TypeReference)
    : []
  const text = (inner: ts.Type) => typeText(inner, place)
  if (checker.isTupleType(type)) return `readonly [${args.map(text).join(", ")}]`
  const { symbol } = type
  if (symbol !== undefined && !(symbol.flags & (ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral))) {
    const own = args.slice(0, typeDeclarationOf(symbol)?.typeParameters?.length ?? 0)
    const known = symbolReference(symbol, own.map((arg) => () => text(arg)), place)
    if (known !== undefined) return known.text
    if (isLibrary(symbol)) return `${symbol.name}${own.length === 0 ? "" : `<${own.map(text).join(", ")}>`}`
    if (isOf(symbol, "effect") || isOf(symbol, "@effect/platform")) {
      return fail(`the Promise API has no type ${symbol.name} for ${checker.typeToString(type)} of ${fileOf(symbol)}`)
    }
  }
  return printObject(type, place)
}

/** The type of a property as it is written, if it is not changed by a mapped or generic type. */
const writtenTypeOf = (property: ts.Symbol): ts.TypeNode | undefined => {
  const [declaration, ...more] = property.declarations ?? []
  if (declaration === undefined || more.length > 0 || !ts.isPropertySignature(declaration)) return undefined
  if (declaration.type === undefined) return undefined
  const { parent } = declaration
  const isGeneric = ts.isInterfaceDeclaration(parent) && parent.typeParameters !== undefined
  const isUnchanged = checker.getSymbolAtLocation(declaration.name) === property
  return isUnchanged || (ts.isInterfaceDeclaration(parent) && !isGeneric) ? declaration.type : undefined
}

/** Prints a property with its documentation. Returns an empty text if the Promise API has no such property. */
const printProperty = (property: ts.Symbol, place: Place): string => {
  const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0
  const written = writtenTypeOf(property)
  const printed = written === undefined
    ? printType(checker.getTypeOfSymbol(property), place, isOptional)
    : printNode(written, place)
  if (printed === undefined) return ""
  const name = /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : JSON.stringify(property.name)
  // The tag of an error has no docstring, because its class adds it.
  const doc = docOf(property) || (property.name === "_tag" ? "/** The name of the class. */\n" : "")
  return `${doc}readonly ${name}${isOptional ? "?" : ""}: ${printed}`
}

/** Whether a property is one of the SDK's own, and no symbol and none of a class of a package. */
const isOurs = (property: ts.Symbol): boolean =>
  !property.name.startsWith("__@") &&
  (property.declarations === undefined || !fileOf(property).includes("node_modules/"))

/** Prints the body of an object type. */
export const printMembers = (type: ts.Type, place: Place, more: ReadonlyArray<string> = []): string => {
  const indexes = checker.getIndexInfosOfType(type).map(({ isReadonly, keyType, type: value }) =>
    `${isReadonly ? "readonly " : ""}[key: ${checker.typeToString(keyType)}]: ${printType(value, place)}`
  )
  const calls = type.getCallSignatures().map((signature) =>
    `${docOf(signature)}${printSignature(signature, place, ": ")}`
  )
  const properties = checker.getPropertiesOfType(type).filter(isOurs).map((property) => printProperty(property, place))
  return [...calls, ...properties, ...indexes, ...more].filter((member) => member !== "").map((member) =>
    member.replaceAll(/^/gm, "  ")
  ).join("\n")
}

const printObject = (type: ts.Type, place: Place): string => {
  const [call, ...more] = type.getCallSignatures()
  const properties = checker.getPropertiesOfType(type)
  if (call !== undefined && more.length === 0 && properties.length === 0) return printSignature(call, place, " => ")
  const members = printMembers(type, place)
  return members === "" ? "{}" : `{\n${members}\n}`
}

// ---------------------------------------------------------------------------------------------------------------
// Functions.

const isOptions = (type: ts.Type): boolean => checker.getNonNullableType(type).getProperty("headers") !== undefined

const printParameter = (parameter: ts.Symbol, place: Place): string => {
  const declaration = parameter.valueDeclaration
  if (declaration === undefined || !ts.isParameter(declaration)) return fail(`no parameter ${parameter.name}`)
  const type = checker.getTypeOfSymbol(parameter)
  const { initializer, name, questionToken, type: written } = declaration
  // A parameter that is taken apart has no name.
  const label = ts.isIdentifier(name) ? name.text.replace(/^_/, "") : "input"
  const optional = initializer !== undefined || questionToken !== undefined ? "?" : ""
  const printed = written === undefined ? printType(type, place) : printNode(written, place)
  if (printed === undefined) return fail("the Promise API has no such type", declaration)
  if (!isOptions(type)) return `${label}${optional}: ${printed}`
  if (printed === "RequestOptions") {
    place.onImport(plainType("CallOptions"))
    return `${label}${optional}: CallOptions`
  }
  if (checker.getNonNullableType(type).getProperty("signal") !== undefined) return `${label}${optional}: ${printed}`
  place.onImport(plainType("Abortable"))
  return `${label}${optional}: ${printed} & Abortable`
}

/** Prints a signature, with type parameters and a result after `arrow`. */
export const printSignature = (signature: ts.Signature, place: Place, arrow: " => " | ": "): string => {
  const declaration = signature.getDeclaration()
  const parameters = signature.getParameters().map((parameter) => printParameter(parameter, place))
  const { type: written } = declaration
  const result = written === undefined || ts.isJSDocSignature(declaration)
    ? printType(signature.getReturnType(), place)
    : printNode(written, place)
  const generics = ts.isJSDocSignature(declaration) ? "" : typeParametersOf(declaration, place)
  // A callback may return a promise. The client ignores its value.
  const isCallback = arrow === " => " && result?.startsWith("ApiPromise<") === true
  return `${generics}(${parameters.join(", ")})${arrow}${isCallback ? "unknown" : result ?? "void"}`
}

/** Prints the type of a value. That of an error class is the type of its constructor. */
export const printValueType = (symbol: ts.Symbol, place: Place): string => {
  const isClass = typeDeclarationOf(symbol)?.kind === ts.SyntaxKind.ClassDeclaration
  return isClass
    ? `new(fields: Omit<${symbol.name}, "_tag" | "name" | "stack">) => ${symbol.name}`
    : typeText(checker.getTypeOfSymbol(symbol), place)
}

/** Prints the declaration of a type, without `export`. */
export const printDeclaration = ({ name, symbol }: Named, place: Place): string => {
  const declaration = typeDeclarationOf(symbol)
  if (declaration === undefined) return fail(`no declaration of ${name}`)
  const doc = docOf(symbol, since)
  const generics = typeParametersOf(declaration, place)
  const type = checker.getDeclaredTypeOfSymbol(symbol)
  if (ts.isTypeAliasDeclaration(declaration)) {
    return `${doc}type ${name}${generics} = ${nodeText(declaration.type, place)}`
  }
  const members = printMembers(type, place)
  const base = ts.isClassDeclaration(declaration) ? " extends Error" : ""
  return `${doc}interface ${name}${generics}${base} {\n${members}\n}`
}
