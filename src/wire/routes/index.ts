/**
 * Every route that the SDK or the emulator knows, in the order of the OpenAPI document. The SDK's operations import the
 * module of their own routes, so that a bundler drops the others.
 */
import * as deploymentActuals from "./deploymentActuals.js"
import * as deploymentModels from "./deploymentModels.js"
import * as deploymentMonitoring from "./deploymentMonitoring.js"
import * as deployments from "./deployments.js"
import * as deploymentSettings from "./deploymentSettings.js"
import * as jobs from "./jobs.js"
import * as modelDeployments from "./modelDeployments.js"
import * as predictions from "./predictions.js"
import * as service from "./service.js"

/** The routes by the group of their ids. */
export const routes = {
  service,
  modelDeployments,
  deployments: {
    ...deployments,
    ...deploymentModels,
    ...deploymentActuals,
    ...deploymentSettings,
    ...deploymentMonitoring
  },
  status: jobs,
  predictions
}
