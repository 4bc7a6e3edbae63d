/**
 * The names of types in the Promise API. A type of one namespace is declared there, such as `Deployment.ListInput`. A
 * type of several namespaces, and the type that a namespace is named after, is declared at the top level.
 */
import type ts from "typescript"
import { checker, exportsOf, fileOf, importsOf, namespaces, typeDeclarationOf } from "./source.js"

/** A type of the Promise API. */
export interface Named {
  readonly symbol: ts.Symbol
  /** The namespace that declares it, or `undefined` for the top level. */
  readonly namespace: string | undefined
  readonly name: string
}

/** Types at the top level that no namespace exports. */
const others: ReadonlyArray<readonly [file: string, name: string, as?: string]> = [
  ["src/DataRobot.ts", "Account"],
  ["src/DataRobot.ts", "RequestOptions"],
  ["src/DataRobot.ts", "ResponseInfo"],
  ["src/DataRobot.ts", "RetryOptions"],
  ["src/DataRobot.ts", "Verified"],
  ["src/DataRobot.ts", "Version"],
  ["src/DataRobot.ts", "WithResponse"],
  ["src/Page.ts", "Page"],
  ["src/promise/transfers.ts", "ChatEndpoint"],
  ["src/promise/transfers.ts", "ProgressOption"],
  ["src/promise/transfers.ts", "ResultOption"],
  ["src/promise/transfers.ts", "RowOption"],
  ["src/promise/transfers.ts", "ScoreOptions"],
  ["src/promise/transfers.ts", "ScoreRowsOptions"],
  ["src/internal/request/connection.ts", "EnvConnectionOptions", "ConnectionSettings"],
  ["src/wire/deploymentStatus.ts", "DeploymentStatus"],
  ["src/wire/modelDeploymentStatus.ts", "ModelDeploymentStatus"]
]

/** The values of the Promise API that are also values of the other entries, and their files. */
export const values: ReadonlyArray<readonly [file: string, name: string]> = [
  ["src/DataRobotError.ts", "DataRobotApiError"],
  ["src/DataRobotError.ts", "DataRobotJobError"],
  ["src/DataRobotError.ts", "DataRobotNetworkError"],
  ["src/DataRobotError.ts", "DataRobotValidationError"],
  ["src/DataRobotError.ts", "isApiError"],
  ["src/DataRobotError.ts", "isDataRobotError"],
  ["src/DataRobotError.ts", "isJobError"],
  ["src/DataRobotError.ts", "isNetworkError"],
  ["src/DataRobotError.ts", "isRetryable"],
  ["src/DataRobotError.ts", "isValidationError"],
  ["src/wire/deploymentStatus.ts", "DeploymentStatus"],
  ["src/wire/modelDeploymentStatus.ts", "ModelDeploymentStatus"]
]

/** Types of the errors that need Effect, or that describe the schemas. */
const left = new Set(["DataRobotError.WithReason"])

const isType = (symbol: ts.Symbol): boolean => typeDeclarationOf(symbol) !== undefined

/** The file that the generator writes. */
export const generated = "src/promise/api.generated.ts"

const isPlainFile = (file: string): boolean =>
  file === generated || (file.startsWith("src/promise/") && importsOf(file).every(isPlainFile))

/** Whether a symbol is declared by hand for the Promise API, in a file that knows nothing of Effect. */
export const isPlain = (symbol: ts.Symbol): boolean => isPlainFile(fileOf(symbol))

const collect = (): ReadonlyMap<ts.Symbol, Named> => {
  const places = new Map<ts.Symbol, Array<{ readonly namespace: string; readonly name: string }>>()
  for (const { file, name: namespace } of namespaces()) {
    // The Promise API has its own.
    if (namespace === "Period") continue
    for (const [name, symbol] of exportsOf(file)) {
      if (!isType(symbol) || left.has(`${namespace}.${name}`)) continue
      places.set(symbol, [...places.get(symbol) ?? [], { namespace, name }])
    }
  }
  const named = new Map<ts.Symbol, Named>()
  const taken = new Set<string>()
  const add = (symbol: ts.Symbol, name: string, namespace?: string) => {
    const full = namespace === undefined ? name : `${namespace}.${name}`
    if (taken.has(full)) throw new Error(`two types are named ${full}`)
    taken.add(full)
    named.set(symbol, { symbol, name, namespace })
  }
  for (const [file, name, as = name] of others) {
    const symbol = exportsOf(file).get(name)
    if (symbol === undefined) throw new Error(`${file} does not export ${name}`)
    add(symbol, as)
  }
  for (const [symbol, uses] of places) {
    const own = uses.find(({ name, namespace }) => name === namespace)
    if (own !== undefined && !named.has(symbol)) add(symbol, own.name)
  }
  for (const [symbol, [first, ...more]] of places) {
    if (first === undefined || named.has(symbol)) continue
    // The types of errors belong to no namespace of the client.
    const isShared = more.length > 0 || first.namespace === "DataRobotError"
    if (isShared && !taken.has(first.name)) add(symbol, first.name)
    else add(symbol, first.name, first.namespace)
  }
  return named
}

/** All types of the Promise API, by their symbols. */
export const named = collect()

// The type of a schema is the base of an interface with a name: `interface Deployment extends Schema.Type<…>`.
const bases = new Map<ts.Type, Named>()
for (const one of named.values()) {
  const type = checker.getDeclaredTypeOfSymbol(one.symbol)
  if (!type.isClassOrInterface() || typeDeclarationOf(one.symbol)?.typeParameters !== undefined) continue
  const [base, ...more] = checker.getBaseTypes(type)
  const own = checker.getPropertiesOfType(type).length
  if (base !== undefined && more.length === 0 && checker.getPropertiesOfType(base).length === own && !bases.has(base)) {
    bases.set(base, one)
  }
}

/** Returns the name of a type that a schema has, if an interface extends nothing but this type. */
export const namedBase = (type: ts.Type): Named | undefined => bases.get(type)
