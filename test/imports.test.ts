/** Which modules of the package an entry loads: only those that it needs. Each takes about a millisecond to import. */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

const src = join(import.meta.dirname, "../src")

const known = new Map<string, ReadonlyArray<string>>()

/** The modules that a module imports when it is loaded. Imports of types, and `import()`, load nothing. */
const importsOf = (file: string): ReadonlyArray<string> => {
  const imports = known.get(file) ?? parsedImports(file)
  known.set(file, imports)
  return imports
}

const parsedImports = (file: string) =>
  ts.createSourceFile(file, readFileSync(join(src, file), "utf8"), ts.ScriptTarget.Latest).statements.flatMap(
    (node) => {
      const isType = ts.isImportDeclaration(node)
        ? node.importClause?.isTypeOnly
        : ts.isExportDeclaration(node) && node.isTypeOnly
      const from = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined
      if (isType === true || from === undefined || !ts.isStringLiteral(from) || !from.text.startsWith(".")) return []
      return join(file, "..", from.text.replace(/\.js$/, ".ts"))
    }
  )

/** All modules that an entry loads, as paths below src/. */
const loadedBy = (entry: string): ReadonlyArray<string> => {
  const loaded = new Set<string>([entry])
  for (const file of loaded) for (const other of importsOf(file)) loaded.add(other)
  return [...loaded]
}

/** Modules that most programs do not need. */
const topics = {
  "streamed bodies": /^internal\/request\/(?:sendStream|streamed|upload|clientExchange)/,
  csv: /csv|textEncoding/i,
  "batch predictions": /batch/i,
  emulator: /^emulator\//,
  "test layers": /^testing/,
  "command line": /^bin\//
}

/** The routes that an entry loads, and with them the schemas of their bodies. And the topics. */
const entries: Readonly<Record<string, readonly [routes: string, topics?: string]>> = {
  Credential: ["credentials"],
  DataRobot: ["service"],
  DataRobotError: [""],
  Page: [""],
  Period: [""],
  fetch: [""],
  undici: [""],
  ConfigFile: ["service"],
  Job: ["jobs"],
  ModelDeployment: ["jobs modelDeployments"],
  ModelPackage: ["jobs modelPackages"],
  PredictionEnvironment: ["jobs predictionEnvironments"],
  PredictionServer: ["predictionServers"],
  RegisteredModel: ["registeredModels"],
  // A custom model version is deployed in several steps.
  Deployment: ["deployments jobs modelDeployments modelPackages predictionEnvironments predictionServers"],
  DeploymentActuals: ["deploymentActuals jobs"],
  DeploymentSettings: ["deploymentSettings jobs"],
  // A replaced model is read as part of its deployment.
  DeploymentModel: ["deploymentModels deployments jobs", "streamed bodies"],
  DeploymentMonitoring: ["deploymentMonitoring jobs", "streamed bodies"],
  DeploymentExport: ["datasets deploymentExports jobs", "streamed bodies"],
  Dataset: ["datasets jobs", "streamed bodies, csv"],
  Prediction: ["predictions", "streamed bodies, csv"],
  BatchPrediction: ["batchPredictions jobs", "streamed bodies, csv, batch predictions"],
  BatchPredictionDefinition: ["batchPredictionDefinitions batchPredictions jobs", "batch predictions"]
}

const everything = "streamed bodies, csv, batch predictions"
const others = { index: everything, promise: everything }

describe("The modules that an entry loads", () => {
  for (const [entry, [routes, allowed = ""]] of Object.entries(entries)) {
    it(`${entry} loads the routes and topics that it needs`, () => {
      const loaded = loadedBy(`${entry}.ts`)
      const loadedRoutes = loaded.flatMap((file) => /^wire\/routes\/(.*)\.ts$/.exec(file)?.[1] ?? [])
      assert.strictEqual(loadedRoutes.sort().join(" "), routes)
      assert.strictEqual(topicsOf(loaded), allowed)
    })
  }

  for (const [entry, allowed] of Object.entries(others)) {
    it(`${entry} loads no emulator, test layer or command line`, () => {
      assert.strictEqual(topicsOf(loadedBy(`${entry}.ts`)), allowed)
    })
  }

  it("are checked for every entry of the package", () => {
    const { exports } = JSON.parse(readFileSync(join(src, "../package.json"), "utf8"))
    const paths = Object.values<{ import?: { types: string } }>(exports).map((entry) => entry.import?.types)
    const names = paths.flatMap((path) => path?.replace(/^\.\/dist\/(.*)\.d\.ts$/, "$1") ?? [])
    // The emulator and the test layers contain a server.
    assert.sameMembers(names, [
      ...Object.keys(entries),
      ...Object.keys(others),
      "emulator/index",
      "emulator/node",
      "testing",
      "testing/promise"
    ])
  })
})

const topicsOf = (loaded: ReadonlyArray<string>) =>
  Object.entries(topics).flatMap(([topic, pattern]) => loaded.some((file) => pattern.test(file)) ? [topic] : []).join(
    ", "
  )
