/** The generated tables of the documentation, from the tests' data or from the route declarations. */
import { breaksTable } from "../broken/breaks.js"
import { matrixTable } from "../wire/matrix.js"
import { routesTable } from "./routes.js"

/** A generated table: its page, and the name in the comment before it. */
export interface GeneratedTable {
  readonly page: string
  readonly name: string
  readonly table: string
}

const routesIn = (page: string, ...namespaces: ReadonlyArray<string>): ReadonlyArray<GeneratedTable> =>
  namespaces.map((namespace) => ({ page, name: `routes: ${namespace}`, table: routesTable(namespace) }))

export const tables: ReadonlyArray<GeneratedTable> = [
  { page: "docs/reliability.md", name: "fault matrix", table: matrixTable() },
  { page: "docs/reliability.md", name: "breaks", table: breaksTable() },
  ...routesIn("README.md", "ModelDeployment"),
  ...routesIn("docs/deployments.md", "Deployment", "DeploymentSettings"),
  ...routesIn(
    "docs/deployments.md",
    "RegisteredModel",
    "ModelPackage",
    "PredictionEnvironment",
    "PredictionServer",
    "Credential"
  ),
  ...routesIn("docs/models.md", "DeploymentModel"),
  ...routesIn("docs/monitoring.md", "DeploymentMonitoring", "DeploymentActuals"),
  ...routesIn("docs/predictions.md", "Prediction"),
  ...routesIn("docs/batch.md", "BatchPrediction", "BatchPredictionDefinition"),
  ...routesIn("docs/files.md", "DeploymentExport", "Dataset"),
  ...routesIn("docs/jobs.md", "Job")
]

/** The file of a page. */
export const fileOf = (page: string) => new URL(`../../${page}`, import.meta.url)

/** Finds a table and the comments around it, which are kept. */
export const place = (name: string) => new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(<!-- end -->)`)
