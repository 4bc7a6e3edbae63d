/** The face of the package: one namespace a concept, and the errors. */
export { type ConnectionOptions, DataRobot, type RequestOptions, type RetryOptions } from "./DataRobot.js"
export {
  DataRobotApiError,
  DataRobotJobError,
  DataRobotNetworkError,
  DataRobotValidationError
} from "./DataRobotError.js"
export * as DataRobotError from "./DataRobotError.js"
export * as Deployment from "./Deployment.js"
export * as DeploymentActuals from "./DeploymentActuals.js"
export * as DeploymentModel from "./DeploymentModel.js"
export * as DeploymentMonitoring from "./DeploymentMonitoring.js"
export * as DeploymentSettings from "./DeploymentSettings.js"
export * as Job from "./Job.js"
export * as ModelDeployment from "./ModelDeployment.js"
export type { Page } from "./Page.js"
export { DeploymentStatus } from "./wire/deployment.js"
export { ModelDeploymentStatus } from "./wire/modelDeployment.js"
