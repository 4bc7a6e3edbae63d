import { type NodePath, transformAsync, types } from "@babel/core"

const helper = "\0pure-class"

/** The plugin of Babel: `class A extends f() {}` becomes `const A = pureClass(() => class A extends f() {})`. */
const wrapped = {
  visitor: {
    Program(program: NodePath<types.Program>) {
      for (const statement of program.get("body")) {
        const declaration = statement.isExportNamedDeclaration() ? statement.get("declaration") : statement
        if (Array.isArray(declaration) || !declaration.isClassDeclaration()) continue
        const { body, id, superClass } = declaration.node
        if (id == null || superClass?.type !== "CallExpression") continue
        const expression = types.classExpression(types.cloneNode(id), superClass, body)
        const call = types.callExpression(types.identifier("pureClass"), [
          types.arrowFunctionExpression([], expression)
        ])
        types.addComment(call, "leading", " @__PURE__ ")
        declaration.replaceWith(
          types.variableDeclaration("const", [types.variableDeclarator(types.cloneNode(id), call)])
        )
      }
      const name = types.identifier("pureClass")
      program.unshiftContainer(
        "body",
        types.importDeclaration([types.importSpecifier(name, name)], types.stringLiteral(helper))
      )
    }
  }
}

/**
 * Lets the bundler drop the schemas of Effect that are not used. Many are classes that extend the result of a call, and
 * a bundler keeps these, because the call may have an effect.
 */
export const pureClasses = {
  name: "pure-classes",
  resolveId: (id: string) => id === helper ? id : undefined,
  load: (id: string) =>
    id === helper ? { code: "export const pureClass = (make) => make()", moduleSideEffects: false } : undefined,
  transform: {
    filter: { id: /\/node_modules\/effect\/dist\/esm\/Schema\.js$/ },
    handler: async (code: string) => {
      const result = await transformAsync(code, { plugins: [wrapped], configFile: false, babelrc: false })
      return result?.code ? { code: result.code, map: null } : null
    }
  }
}
