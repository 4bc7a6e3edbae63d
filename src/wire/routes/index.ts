/**
 * Every route that the SDK or the emulator knows, in the order of the OpenAPI document. The SDK's operations import the
 * module of their own routes, so that a bundler drops the others.
 */
import * as batchPredictionDefinitions from "./batchPredictionDefinitions.js"
import * as batchPredictions from "./batchPredictions.js"
import * as credentials from "./credentials.js"
import * as datasets from "./datasets.js"
import * as deploymentActuals from "./deploymentActuals.js"
import * as deploymentExports from "./deploymentExports.js"
import * as deploymentModels from "./deploymentModels.js"
import * as deploymentMonitoring from "./deploymentMonitoring.js"
import * as deployments from "./deployments.js"
import * as deploymentSettings from "./deploymentSettings.js"
import * as jobs from "./jobs.js"
import * as modelDeployments from "./modelDeployments.js"
import * as modelPackages from "./modelPackages.js"
import * as predictionEnvironments from "./predictionEnvironments.js"
import * as predictions from "./predictions.js"
import * as predictionServers from "./predictionServers.js"
import * as registeredModels from "./registeredModels.js"
import * as service from "./service.js"

/** The exports of a module. In the CommonJS build, an imported module also has a `default`. */
const exportsOf = <Module extends object>(module: Module): Module =>
  // Boundary: no module of routes has a default export, so the type stays the same.
  Object.fromEntries(Object.entries(module).filter(([name]) => name !== "default")) as Module

/** The routes by the group of their ids. */
export const routes = {
  service: exportsOf(service),
  modelDeployments: exportsOf(modelDeployments),
  deployments: exportsOf({
    ...deployments,
    ...deploymentModels,
    ...deploymentActuals,
    ...deploymentSettings,
    ...deploymentMonitoring,
    ...deploymentExports
  }),
  status: exportsOf(jobs),
  predictions: exportsOf(predictions),
  batchPredictions: exportsOf(batchPredictions),
  batchPredictionDefinitions: exportsOf(batchPredictionDefinitions),
  predictionServers: exportsOf(predictionServers),
  predictionEnvironments: exportsOf(predictionEnvironments),
  registeredModels: exportsOf(registeredModels),
  modelPackages: exportsOf(modelPackages),
  credentials: exportsOf(credentials),
  datasets: exportsOf(datasets)
}
