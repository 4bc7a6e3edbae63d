/** The public API as the compiler sees it: the exports of every entry point, and the fields of the types that they use. */
import ts from "typescript"
import tsconfig from "../../tsconfig.json" with { type: "json" }

const root = new URL("../../", import.meta.url).pathname

/** The entry points of the package, as users import them, and their files. */
export const entries = Object.entries(tsconfig.compilerOptions.paths).map(([name, [file = ""]]) => ({
  name,
  file: root + file
}))

const { options } = ts.parseJsonConfigFileContent(tsconfig, ts.sys, root)
const program = ts.createProgram(entries.map(({ file }) => file), options)
const checker = program.getTypeChecker()

const isInSources = (declaration: ts.Declaration) => declaration.getSourceFile().fileName.startsWith(`${root}src/`)
const isOurs = ({ declarations = [] }: ts.Symbol) => declarations.some(isInSources)

/** An export of an entry point. */
export interface Exported {
  readonly name: string
  /** The exported name and the declaration behind it. Either may have the docstring. */
  readonly symbols: ReadonlyArray<ts.Symbol>
}

/** Returns the exports of a module. Names in a namespace begin with its name. */
const exportsOfModule = (module: ts.Symbol, prefix = ""): ReadonlyArray<Exported> =>
  checker.getExportsOfModule(module).flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const name = `${prefix}${symbol.name}`
    if (target.flags & ts.SymbolFlags.ValueModule) return exportsOfModule(target, `${name}.`)
    return isOurs(target) ? [{ name, symbols: [symbol, target] }] : []
  })

/** Returns the exports of an entry point, those of its namespaces too. */
export const exportsOf = (file: string): ReadonlyArray<Exported> => {
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  return module === undefined ? [] : exportsOfModule(module)
}

/** Whether a symbol has a description. */
export const isDescribed = (symbol: ts.Symbol) => symbol.getDocumentationComment(checker).length > 0

/** Whether a symbol has a tag such as `@since`. */
export const hasTag = (symbol: ts.Symbol, tag: string) => symbol.getJsDocTags(checker).some(({ name }) => name === tag)

/** A property of a type of the public API. */
export interface Field {
  /** Where it was found first, such as `Deployment.get → model.targetName`. */
  readonly path: string
  /** Its file and line. */
  readonly place: string
  readonly isDescribed: boolean
}

const placeOf = (declaration: ts.Declaration) => {
  const source = declaration.getSourceFile()
  const { character, line } = source.getLineAndCharacterOfPosition(declaration.getStart())
  return `${source.fileName.slice(root.length)}:${line + 1}:${character + 1}`
}

/** Whether a type is a schema or a field of one, but no class. Its values are documented; how it is built is not. */
const isSchema = (type: ts.Type) =>
  checker.getPropertyOfType(type, "ast") !== undefined && ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Class) === 0

/** Returns the types in a type, without its properties: members, elements, parameters and results. */
const partsOf = (type: ts.Type): ReadonlyArray<ts.Type> => {
  if (isSchema(type)) return []
  if (type.isUnionOrIntersection()) return type.types
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()].flatMap((signature) => [
    signature.getReturnType(),
    ...signature.parameters.map((parameter) => checker.getTypeOfSymbol(parameter))
  ])
  const constraint = type.isTypeParameter() ? type.getConstraint() : undefined
  const index = checker.getIndexInfosOfType(type).map((info) => info.type)
  // The arguments of references, such as those of `Effect<A, E, R>` and `ReadonlyArray<A>`, and those of aliases.
  const isReference = (type.flags & ts.TypeFlags.Object) !== 0 &&
    ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
  const args = isReference ? checker.getTypeArguments(type as ts.TypeReference) : []
  return [...signatures, ...args, ...type.aliasTypeArguments ?? [], ...index, ...constraint ? [constraint] : []]
}

/** Names of properties that need no docstring: symbols, and `_tag`, which has the name of its class. */
const isInternalName = (name: string) => name.startsWith("__@") || name === "_tag" || name.startsWith("#")

/** Returns every property of the types that the exports take, return or declare, once. */
export const fieldsOf = (exported: ReadonlyArray<Exported>): ReadonlyArray<Field> => {
  const visited = new Set<ts.Type>()
  const found = new Map<string, Field>()
  const visit = (type: ts.Type, path: string): void => {
    if (visited.has(type)) return
    visited.add(type)
    for (const part of partsOf(type)) visit(part, path)
    for (const own of type.isUnionOrIntersection() ? [] : type.getProperties()) {
      const property = own.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(own) : own
      const declaration = property.declarations?.find(isInSources)
      if (declaration === undefined || isInternalName(property.name)) continue
      const place = placeOf(declaration)
      const described = isDescribed(own) || isDescribed(property)
      const isNested = path.includes(" → ")
      const inside = `${path}${isNested ? "." : " → "}${property.name}`
      if (!found.get(place)?.isDescribed) {
        found.set(place, { path: inside, place, isDescribed: described })
      }
      visit(checker.getTypeOfSymbol(property), inside)
    }
  }
  for (const { name, symbols: [, target] } of exported) {
    if (target === undefined) continue
    if (target.flags & ts.SymbolFlags.Type) visit(checker.getDeclaredTypeOfSymbol(target), name)
    if (target.flags & ts.SymbolFlags.Value) visit(checker.getTypeOfSymbol(target), name)
  }
  return [...found.values()]
}
