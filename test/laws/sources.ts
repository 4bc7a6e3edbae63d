/** The exported functions of the namespaces in src/index.ts, read with the TypeScript compiler: signatures and docstrings. */
import { readFileSync } from "node:fs"
import ts from "typescript"

/** An exported function. */
export interface Declared {
  /** With its namespace, such as `Deployment.get`. */
  readonly name: string
  /** The text of the return type. Undefined if the function declares none. */
  readonly returns: string | undefined
  /** The text of its docstring, without the stars. */
  readonly doc: string
}

const folder = new URL("../../src/", import.meta.url)

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(new URL(file, folder), "utf8"), ts.ScriptTarget.ES2022, true)

const docOf = (source: ts.SourceFile, node: ts.Node): string => {
  const comments = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []
  const last = comments.at(-1)
  const text = last === undefined ? "" : source.text.slice(last.pos, last.end)
  return text.startsWith("/**") ? text.slice(3, -2).replaceAll(/^ *\* ?/gm, "").trim() : ""
}

interface Local {
  /** The declared type of the variable. */
  readonly type: ts.TypeNode | undefined
  readonly initializer: ts.Expression | undefined
  readonly doc: string
  readonly isExported: boolean
}

const localsOf = (source: ts.SourceFile): ReadonlyMap<string, Local> =>
  new Map(
    source.statements.filter(ts.isVariableStatement).flatMap((statement) =>
      statement.declarationList.declarations.map(({ initializer, name, type }): readonly [string, Local] => [
        name.getText(source),
        {
          type,
          initializer,
          doc: docOf(source, statement),
          isExported: statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
        }
      ])
    )
  )

/** `export { delete_ as delete }` */
const renamedOf = (source: ts.SourceFile): ReadonlyArray<ts.ExportSpecifier> =>
  source.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) =>
    moduleSpecifier === undefined && exportClause !== undefined && ts.isNamedExports(exportClause)
      ? [...exportClause.elements]
      : []
  )

/** The return type of a function: its own, or that of its first overload. */
const returnsOf = (source: ts.SourceFile, { type }: Local, { type: own }: ts.ArrowFunction): string | undefined => {
  const overload = type !== undefined && ts.isTypeLiteralNode(type)
    ? type.members.find(ts.isCallSignatureDeclaration)
    : undefined
  return (own ?? overload?.type)?.getText(source)
}

const functionsOf = (namespace: string, file: string): ReadonlyArray<Declared> => {
  const source = parse(file)
  const locals = localsOf(source)
  const declare = (name: string, local: Local, doc: string): ReadonlyArray<Declared> => {
    const { initializer } = local
    return initializer !== undefined && ts.isArrowFunction(initializer)
      ? [{ name: `${namespace}.${name}`, returns: returnsOf(source, local, initializer), doc }]
      : []
  }
  return [
    ...[...locals].flatMap(([name, local]) => local.isExported ? declare(name, local, local.doc) : []),
    ...renamedOf(source).flatMap((specifier) => {
      const local = locals.get((specifier.propertyName ?? specifier.name).text)
      return local === undefined ? [] : declare(specifier.name.text, local, local.doc)
    })
  ]
}

/** The static members of a class that are local functions of its module. */
const staticsOf = (name: string, file: string): ReadonlyArray<Declared> => {
  const source = parse(file)
  const locals = localsOf(source)
  return source.statements.filter(ts.isClassDeclaration).flatMap(({ members }) =>
    members.filter(ts.isPropertyDeclaration).flatMap((member) => {
      const local = locals.get(member.initializer?.getText(source) ?? "")
      return local?.initializer !== undefined && ts.isArrowFunction(local.initializer)
        ? [{
          name: `${name}.${member.name.getText(source)}`,
          returns: returnsOf(source, local, local.initializer),
          doc: docOf(source, member)
        }]
        : []
    })
  )
}

/** The exported functions of every namespace. */
const namespaceFunctions: ReadonlyArray<Declared> = parse("index.ts").statements.filter(ts.isExportDeclaration).flatMap(
  ({ exportClause, moduleSpecifier }) =>
    exportClause !== undefined && ts.isNamespaceExport(exportClause) && moduleSpecifier !== undefined &&
      ts.isStringLiteral(moduleSpecifier)
      ? functionsOf(exportClause.name.text, moduleSpecifier.text.replace(/^\.\/(.*)\.js$/, "$1.ts"))
      : []
)

/** The exported functions of every namespace, and the static functions of DataRobot. */
export const functions: ReadonlyArray<Declared> = [...namespaceFunctions, ...staticsOf("DataRobot", "DataRobot.ts")]

/** The functions that return an Effect, a Stream or a Sink. Those of `Period` send nothing. */
export const effectful: ReadonlyArray<Declared> = functions.filter(({ name, returns }) =>
  /^(?:Effect\.Effect|Stream\.Stream|Sink\.Sink)</.test(returns ?? "") && !name.startsWith("Period.")
)
