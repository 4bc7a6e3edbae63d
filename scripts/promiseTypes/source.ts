/** The source of the generator: the TypeScript program of src/, and questions about its symbols. */
import { readdirSync, readFileSync } from "node:fs"
import { relative, resolve } from "node:path"
import ts from "typescript"

const root = resolve(import.meta.dirname, "../..")

const parsed = ts.getParsedCommandLineOfConfigFile(resolve(root, "tsconfig.build.json"), { noEmit: true }, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"))
  }
})
if (parsed === undefined) throw new Error("tsconfig.build.json can't be read")

const program = ts.createProgram(
  ["src/index.ts", ...readdirSync(resolve(root, "src/promise")).map((file) => `src/promise/${file}`)]
    .map((file) => resolve(root, file)),
  { ...parsed.options, noEmit: true, declaration: false, declarationMap: false, emitDeclarationOnly: false }
)

export const checker = program.getTypeChecker()

/** Returns the symbols that a module exports, by their names. Aliases are resolved. */
export const exportsOf = (file: string): ReadonlyMap<string, ts.Symbol> => {
  const source = program.getSourceFile(resolve(root, file))
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${file} is no module of the program`)
  return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, resolved(symbol)]))
}

/** Returns the symbol that an alias, such as an import, stands for. */
export const resolved = (symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

/** The file that declares a symbol, relative to the root of the project. */
export const fileOf = (symbol: ts.Symbol): string => {
  const [declaration] = symbol.declarations ?? []
  return declaration === undefined ? "" : relative(root, declaration.getSourceFile().fileName)
}

/** The namespaces that the main entry exports, and their files. */
export const namespaces = (): ReadonlyArray<{ readonly name: string; readonly file: string }> =>
  Array.from(
    readFileSync(resolve(root, "src/index.ts"), "utf8").matchAll(/^export \* as (\w+) from "\.\/(.*)\.js"/gm),
    ([, name = "", path = ""]) => ({ name, file: `src/${path}.ts` })
  )

/** The declaration of a type: an interface, a class or a type alias. */
export const typeDeclarationOf = (
  symbol: ts.Symbol
): ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration | undefined =>
  symbol.declarations?.find((node) =>
    ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node)
  )

/** The files that a file imports, relative to the root of the project. Packages keep their names. */
export const importsOf = (file: string): ReadonlyArray<string> =>
  ts.preProcessFile(readFileSync(resolve(root, file), "utf8")).importedFiles.map(({ fileName }) =>
    fileName.startsWith(".") ? relative(root, resolve(root, file, "..", fileName)).replace(/\.js$/, ".ts") : fileName
  )
