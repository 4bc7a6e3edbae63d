/**
 * The main entry point: one namespace per resource, the connection, and the errors.
 *
 * @since 0.1.0
 */

/**
 * Batch predictions: jobs that score a file or a table of any size.
 *
 * @since 0.1.0
 */
export * as BatchPrediction from "./BatchPrediction.js"

/**
 * Saved settings of batch predictions, with schedules.
 *
 * @since 0.1.0
 */
export * as BatchPredictionDefinition from "./BatchPredictionDefinition.js"

/**
 * Stored credentials, without their secrets.
 *
 * @since 0.1.0
 */
export * as Credential from "./Credential.js"

export {
  /** @since 0.1.0 */
  type ConnectionOptions,
  /** @since 0.1.0 */
  DataRobot,
  /** @since 0.1.0 */
  type RequestOptions,
  /** @since 0.1.0 */
  type RetryOptions
} from "./DataRobot.js"

export {
  /** @since 0.1.0 */
  DataRobotApiError,
  /** @since 0.1.0 */
  DataRobotJobError,
  /** @since 0.1.0 */
  DataRobotNetworkError,
  /** @since 0.1.0 */
  DataRobotValidationError
} from "./DataRobotError.js"

/**
 * The errors of all operations, their schemas, their guards, and `catchReason`.
 *
 * @since 0.1.0
 */
export * as DataRobotError from "./DataRobotError.js"

/**
 * Datasets of the AI catalog.
 *
 * @since 0.1.0
 */
export * as Dataset from "./Dataset.js"

/**
 * Deployments: the routes of `deployments/`.
 *
 * @since 0.1.0
 */
export * as Deployment from "./Deployment.js"

/**
 * Actual values, which are matched with predictions to compute accuracy.
 *
 * @since 0.1.0
 */
export * as DeploymentActuals from "./DeploymentActuals.js"

/**
 * Exports of the prediction data, the actual values and the training data of a deployment.
 *
 * @since 0.1.0
 */
export * as DeploymentExport from "./DeploymentExport.js"

/**
 * The champion and challenger models of a deployment, and model replacement.
 *
 * @since 0.1.0
 */
export * as DeploymentModel from "./DeploymentModel.js"

/**
 * Drift, accuracy and prediction results of a deployment.
 *
 * @since 0.1.0
 */
export * as DeploymentMonitoring from "./DeploymentMonitoring.js"

/**
 * The settings of a deployment.
 *
 * @since 0.1.0
 */
export * as DeploymentSettings from "./DeploymentSettings.js"

/**
 * Asynchronous jobs: wait, progress, resume, list and cancel.
 *
 * @since 0.1.0
 */
export * as Job from "./Job.js"

/**
 * Model deployments: the routes of `modelDeployments/`.
 *
 * @since 0.1.0
 */
export * as ModelDeployment from "./ModelDeployment.js"

/**
 * Model packages: models that can be deployed.
 *
 * @since 0.1.0
 */
export * as ModelPackage from "./ModelPackage.js"

/** @since 0.1.0 */
export type { Page } from "./Page.js"

/**
 * Periods for the monitoring operations: the last days or hours, at the top of an hour.
 *
 * @since 0.1.0
 */
export * as Period from "./Period.js"

/**
 * Predictions of a deployment: rows, streams of rows, CSV, and the requests of unstructured and chat models.
 *
 * @since 0.1.0
 */
export * as Prediction from "./Prediction.js"

/**
 * Prediction environments: the platforms that deployments run on.
 *
 * @since 0.1.0
 */
export * as PredictionEnvironment from "./PredictionEnvironment.js"

/**
 * Prediction servers, which make the predictions of dedicated deployments.
 *
 * @since 0.1.0
 */
export * as PredictionServer from "./PredictionServer.js"

/**
 * Registered models and their versions.
 *
 * @since 0.1.0
 */
export * as RegisteredModel from "./RegisteredModel.js"

/** @since 0.1.0 */
export { DeploymentStatus } from "./wire/deploymentStatus.js"

/** @since 0.1.0 */
export { ModelDeploymentStatus } from "./wire/modelDeploymentStatus.js"
