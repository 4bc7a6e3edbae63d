/** Every export of the package's entry points has a docstring with `@since`. */
import { assert, describe, it } from "@effect/vitest"
import ts from "typescript"
import tsconfig from "../../tsconfig.json" with { type: "json" }

const root = new URL("../../", import.meta.url).pathname
const entries = Object.entries(tsconfig.compilerOptions.paths).map(([name, [file = ""]]) => ({
  name,
  file: root + file
}))
const { options } = ts.parseJsonConfigFileContent(tsconfig, ts.sys, root)
const program = ts.createProgram(entries.map(({ file }) => file), options)
const checker = program.getTypeChecker()

interface Exported {
  readonly name: string
  /** The exported name and the declaration behind it. Either may have the docstring. */
  readonly symbols: ReadonlyArray<ts.Symbol>
}

/** Returns the exports of a module. Names in a namespace begin with its name. */
const exportsOf = (module: ts.Symbol, prefix = ""): ReadonlyArray<Exported> =>
  checker.getExportsOfModule(module).flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const name = `${prefix}${symbol.name}`
    if (target.flags & ts.SymbolFlags.ValueModule) return exportsOf(target, `${name}.`)
    return isOurs(target) ? [{ name, symbols: [symbol, target] }] : []
  })

const isOurs = ({ declarations = [] }: ts.Symbol) =>
  declarations.some((one) => one.getSourceFile().fileName.startsWith(`${root}src/`))

const lacking = (exported: ReadonlyArray<Exported>, isThere: (symbol: ts.Symbol) => boolean) =>
  exported.flatMap(({ name, symbols }) => symbols.some(isThere) ? [] : [name])

describe("Exports of the package", () => {
  for (const { file, name } of entries) {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    const exported = module === undefined ? [] : exportsOf(module)

    it(`every export of ${name} has a docstring`, () => {
      assert.isNotEmpty(exported)
      assert.deepStrictEqual(lacking(exported, (one) => one.getDocumentationComment(checker).length > 0), [])
    })

    it(`every export of ${name} has @since`, () => {
      const hasSince = (symbol: ts.Symbol) => symbol.getJsDocTags(checker).some((tag) => tag.name === "since")
      assert.deepStrictEqual(lacking(exported, hasSince), [])
    })
  }
})
