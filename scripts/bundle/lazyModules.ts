import { type NodePath, template, transformAsync, types } from "@babel/core"

// The stack of an error begins at the caller.
const called = template.statement(`
  export function NAME(...args) {
    try {
      return MODULE.NAME(...args)
    } catch (error) {
      Error.captureStackTrace?.(error, NAME)
      throw error
    }
  }
`)

const isType = (path: NodePath) => path.findParent((one) => one.isTSType() || one.isTSEntityName()) !== null

/** The plugin of Babel: replaces imports by functions that load the module when they are first called. */
const deferred = () => {
  const load = (from: string) => types.callExpression(types.identifier("require"), [types.stringLiteral(from)])

  /** `const load = () => module ??= require(from)` */
  const loader = (program: NodePath<types.Program>, name: string, from: string) => {
    const loaded = program.scope.generateUidIdentifier(name)
    const loading = program.scope.generateUidIdentifier(`load${name}`)
    program.pushContainer("body", [
      types.variableDeclaration("var", [types.variableDeclarator(loaded)]),
      types.functionDeclaration(
        loading,
        [],
        types.blockStatement([types.returnStatement(types.assignmentExpression("??=", loaded, load(from)))])
      )
    ])
    return () => types.callExpression(types.cloneNode(loading), [])
  }

  return {
    visitor: {
      Program(program: NodePath<types.Program>) {
        for (const statement of program.get("body")) {
          // `import * as Module from "../Module.js"`
          if (statement.isImportDeclaration() && statement.node.importKind !== "type") {
            const [specifier] = statement.node.specifiers
            const from = statement.node.source.value
            if (specifier?.type !== "ImportNamespaceSpecifier" || !from.startsWith("../")) continue
            const module = loader(program, specifier.local.name, from)
            for (const reference of program.scope.getBinding(specifier.local.name)?.referencePaths ?? []) {
              if (!isType(reference)) reference.replaceWith(module())
            }
            statement.node.importKind = "type"
          }
          // `export { createClient } from "./promise/createClient.js"`
          if (
            statement.isExportNamedDeclaration() && statement.node.exportKind !== "type" &&
            statement.node.source?.value.endsWith("/createClient.js") === true
          ) {
            const module = loader(program, "module", statement.node.source.value)
            const functions = statement.node.specifiers.map((specifier) => {
              if (specifier.type !== "ExportSpecifier") throw new Error("createClient.js must be exported by names")
              return called({ NAME: types.cloneNode(specifier.local), MODULE: module() })
            })
            statement.replaceWithMultiple(functions)
          }
        }
      }
    }
  }
}

/**
 * Loads most of the modules of the Promise API when they are first used: importing it then costs a third. The
 * modules of the resources are loaded by the first call of one of their operations, all others by `createClient`.
 * Only the error classes are needed at once.
 */
export const lazyModules = {
  name: "lazy-modules",
  transform: {
    filter: { id: /\/src\/promise(?:\/[^/]+)?\.ts$/ },
    handler: async (code: string) => {
      const result = await transformAsync(code, {
        plugins: [deferred],
        parserOpts: { plugins: ["typescript"] },
        sourceMaps: true,
        configFile: false,
        babelrc: false
      })
      return result?.code ? { code: result.code, map: result.map ?? null } : null
    }
  },
  // The bundler wraps each of these modules in an arrow function. V8 parses an arrow function completely even if it is
  // not called. It skips the body of a function expression, which takes a third of the time.
  renderChunk: (code: string) => code.replaceAll("__esmMin(() => {", "__esmMin(function() {")
}
