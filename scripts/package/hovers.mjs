// What an editor shows on hover, read from the declarations of an installed package: every export of every entry, every
// operation of a namespace and every field of an error has documentation. `node scripts/package/hovers.mjs FOLDER` prints
// what has none; FOLDER is the project that has installed the package, or this repository after `npm run build`.
import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

const isReExport = (symbol) => (symbol.flags & ts.SymbolFlags.Alias) !== 0

/** Returns the names of what has no documentation, such as `effect-datarobot/promise: DataRobotApiError.status`. */
export const undocumented = (packageFolder) => {
  const { exports, name } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"))
  const entries = Object.entries(exports)
    .filter(([, targets]) => targets.import !== undefined)
    .map(([entry, targets]) => [entry.replace(".", name), resolve(packageFolder, targets.import.types)])
  const program = ts.createProgram(entries.map(([, file]) => file), {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true
  })
  const checker = program.getTypeChecker()
  const missing = new Set()
  const documentation = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker))
  const target = (symbol) => isReExport(symbol) ? checker.getAliasedSymbol(symbol) : symbol

  const checkFields = (place, symbol) => {
    for (const field of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
      const own = field.declarations?.some((one) => one.getSourceFile().fileName.startsWith(packageFolder))
      if (own === true && !field.name.startsWith("_") && documentation(field) === "") {
        missing.add(`${place}.${field.name}`)
      }
    }
  }
  const checkExports = (place, module, depth) => {
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = target(exported)
      const path = depth === 0 ? `${place}: ${exported.name}` : `${place}.${exported.name}`
      const isModule = (symbol.flags & ts.SymbolFlags.ValueModule) !== 0
      if (!isModule && documentation(exported) === "" && documentation(symbol) === "") missing.add(path)
      if (isModule && depth < 2) checkExports(path, symbol, depth + 1)
      if ((symbol.flags & ts.SymbolFlags.Class) !== 0 && exported.name.endsWith("Error")) checkFields(path, symbol)
      if (exported.name === "Client" && (symbol.flags & ts.SymbolFlags.Interface) !== 0) checkClient(path, symbol)
    }
  }
  // The client of the Promise API: each namespace has operations.
  const checkClient = (place, symbol) => {
    for (const namespace of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
      if (!/^[A-Z]/.test(namespace.name)) continue
      for (const operation of checker.getPropertiesOfType(checker.getTypeOfSymbol(namespace))) {
        if (documentation(operation) === "") missing.add(`${place}.${namespace.name}.${operation.name}`)
      }
    }
  }
  for (const [entry, file] of entries) {
    const source = existsSync(file) ? program.getSourceFile(file) : undefined
    const module = source && checker.getSymbolAtLocation(source)
    if (module === undefined) missing.add(`${entry}: no declarations`)
    else checkExports(entry, module, 0)
  }
  return [...missing]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2] ?? ".")
  const installed = join(folder, "node_modules/effect-datarobot")
  const missing = undocumented(existsSync(installed) ? installed : folder)
  console.log([...missing, `${missing.length} names have no documentation`].join("\n"))
}
