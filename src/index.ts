/** The face of the package: one namespace a concept, and the errors. */
export { type ConnectionOptions, DataRobot, type RequestOptions, type RetryOptions } from "./DataRobot.js"
export {
  DataRobotApiError,
  DataRobotJobError,
  DataRobotNetworkError,
  DataRobotValidationError
} from "./DataRobotError.js"
export * as DataRobotError from "./DataRobotError.js"
export { ModelDeploymentStatus } from "./internal/modelDeploymentSchema.js"
export * as Job from "./Job.js"
export * as ModelDeployment from "./ModelDeployment.js"
export type { Page } from "./Page.js"
