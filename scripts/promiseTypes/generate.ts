/** Generates the types of the Promise API from the operations of the namespaces. */
import { posix } from "node:path"
import ts from "typescript"
import { docOf, examples, since } from "./docs.js"
import { generated, type Named, named, values } from "./names.js"
import {
  type Place,
  printDeclaration,
  printSignature,
  printValueType,
  problems,
  registerPlainTypes
} from "./printer.js"
import { checker, exportsOf, fileOf, namespaces } from "./source.js"

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, "  ")

/** The types that are written by hand and that the generated ones refer to. */
const plainModules = [
  "src/promise/ApiPromise.ts",
  "src/promise/CallOptions.ts",
  "src/promise/DurationInput.ts",
  "src/promise/IterableStream.ts"
]
registerPlainTypes(plainModules.flatMap((file) => [...exportsOf(file).values()]))

/** The operations whose Promise form has other arguments than the Effect form. */
const overrides = exportsOf("src/promise/transfers.ts")

/** The operations that plain async code cannot use. */
const isLeftOut = (signature: ts.Signature): boolean => signature.getReturnType().symbol?.name === "Sink"

const header = `/**
 * The types of the Promise API. \`npm run docs:promise\` writes this file from the operations of the namespaces; a test fails
 * if it is outdated.
 */`

interface Operation {
  readonly name: string
  readonly symbol: ts.Symbol
  readonly signatures: ReadonlyArray<ts.Signature>
}

const operationsOf = (symbols: Iterable<readonly [string, ts.Symbol]>): ReadonlyArray<Operation> =>
  Array.from(symbols).flatMap(([name, symbol]) => {
    const signatures = /^[a-z]/.test(name) ? checker.getTypeOfSymbol(symbol).getCallSignatures() : []
    return signatures.length === 0 || signatures.some(isLeftOut) ? [] : [{ name, symbol, signatures }]
  })

const returnsEffect = ({ signatures }: Operation): boolean =>
  signatures.some((signature) => ["Effect", "Stream"].includes(signature.getReturnType().symbol?.name ?? ""))

/** Namespaces with functions that are no operations. */
const withoutClient = new Set(["DataRobotError", "Period"])

/** The line of a docstring that names the requests of an operation. */
const routesOf = (symbol: ts.Symbol | undefined): string =>
  /^`(?:GET|POST|PUT|PATCH|DELETE) [^]*$/m.exec(ts.displayPartsToString(symbol?.getDocumentationComment(checker)))
    ?.[0] ?? ""

/** Prints an operation as a method, once for each of its signatures. `same` is the operation of the namespace. */
const printOperation = (
  namespace: string,
  { name, signatures, symbol }: Operation,
  place: Place,
  same?: ts.Symbol
): string =>
  signatures
    .map((signature) => {
      const isOwn = same === undefined || same === symbol
      const documented = signatures.length === 1 || docOf(signature) === "" ? symbol : signature
      const code = examples.get(`${namespace}.${name}`)
      const parts = [isOwn ? "" : routesOf(same), code === undefined ? "" : `@example\n${code}`]
      const doc = docOf(documented, parts.filter((part) => part !== "").join("\n\n"))
      return `${doc}${name}${printSignature(signature, place, ": ")}`
    })
    .join("\n")

/** The members of an interface, as operations. */
const membersOf = (symbol: ts.Symbol | undefined): ReadonlyArray<readonly [string, ts.Symbol]> =>
  symbol === undefined
    ? []
    : checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).map((member) => [member.name, member])

const printClient = (name: string, file: string, place: Place): string | undefined => {
  const symbols = exportsOf(file)
  const operations = operationsOf(symbols)
  if (withoutClient.has(name) || !operations.some(returnsEffect)) return undefined
  const other = new Map(membersOf(overrides.get(`${name}Transfers`)))
  const all = operationsOf(new Map([...operations.map(({ name, symbol }) => [name, symbol] as const), ...other]))
  const methods = all.map((operation) => printOperation(name, operation, place, symbols.get(operation.name)))
  const doc = `/**\n * The operations of \`${name}\`.\n *\n * ${since}\n */`
  return `${doc}\nexport interface ${name}Client {\n${indented(methods.join("\n\n"))}\n}`
}

/** Returns the text of the file that declares all types. */
export const generate = (): string => {
  const used = new Map<string, Named>()
  const imports = new Map<string, Set<string>>()
  const queue: Array<Named> = []
  const placeOf = (namespace?: string, declares?: ts.Symbol): Place => ({
    namespace,
    declares,
    onImport: (symbol) => {
      const file = fileOf(symbol)
      if (file !== generated) imports.set(file, (imports.get(file) ?? new Set()).add(symbol.name))
    },
    onUse: (one) => {
      const key = `${one.namespace ?? ""}.${one.name}`
      if (used.has(key)) return
      used.set(key, one)
      queue.push(one)
    }
  })

  const clients = namespaces().flatMap(({ file, name }) => printClient(name, file, placeOf()) ?? [])
  for (const one of named.values()) if (one.namespace === undefined) placeOf().onUse(one)
  const declarations = new Map<string, Array<string>>()
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    const text = printDeclaration(one, placeOf(one.namespace, one.symbol)).replace(/^(?=type |interface )/m, "export ")
    declarations.set(one.namespace ?? "", [...declarations.get(one.namespace ?? "") ?? [], text])
  }
  if (problems.length > 0) throw new Error(`the Promise API has no such types:\n${problems.join("\n")}`)
  const modules = new Map(values.map(([file]) => [file, `${posix.basename(file, ".ts")}Module`]))
  const constants = values.map(([file, name]) => {
    const symbol = exportsOf(file).get(name)
    if (symbol === undefined) throw new Error(`${file} does not export ${name}`)
    const value = `${modules.get(file)}.${name} as unknown as ${printValueType(symbol, placeOf())}`
    return `${docOf(symbol, since)}export const ${name} = ${value}`
  })
  const { "": top = [], ...inner } = Object.fromEntries(declarations)
  const spaces = Object.entries(inner).map(([name, texts]) =>
    `/**\n * The types of \`${name}\`.\n *\n * ${since}\n */\nexport namespace ${name} {\n${
      indented(texts.join("\n\n"))
    }\n}`
  )
  const pathOf = (file: string) => {
    const path = posix.relative(posix.dirname(generated), file).replace(/\.ts$/, ".js")
    return path.startsWith(".") ? path : `./${path}`
  }
  const typeImports = [...imports].sort()
    .map(([file, names]) => `import type { ${[...names].sort().join(", ")} } from "${pathOf(file)}"`)
  const valueImports = Array.from(modules, ([file, name]) => `import * as ${name} from "${pathOf(file)}"`)
  const importLines = [...valueImports, ...typeImports].join("\n")
  const boundary = "// Boundary: the values are those of the other entries. Only their types differ."
  return `${[header, importLines, boundary, ...constants, ...top, ...spaces, ...clients].join("\n\n")}\n`
}
