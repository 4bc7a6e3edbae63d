/** The types of the client. */
import type * as BatchPredictionDefinition from "../BatchPredictionDefinition.js"
import type * as Credential from "../Credential.js"
import type { RequestOptions, Verified } from "../DataRobot.js"
import type * as Deployment from "../Deployment.js"
import type * as DeploymentExport from "../DeploymentExport.js"
import type * as DeploymentModel from "../DeploymentModel.js"
import type * as DeploymentMonitoring from "../DeploymentMonitoring.js"
import type * as DeploymentSettings from "../DeploymentSettings.js"
import type * as Job from "../Job.js"
import type * as ModelDeployment from "../ModelDeployment.js"
import type * as ModelPackage from "../ModelPackage.js"
import type * as PredictionEnvironment from "../PredictionEnvironment.js"
import type * as PredictionServer from "../PredictionServer.js"
import type * as RegisteredModel from "../RegisteredModel.js"
import type { Abortable } from "./iterables.js"
import type { BatchPredictionClient, DatasetClient, DeploymentActualsClient, Promised } from "./mappedTypes.js"
import type { PredictionClient } from "./PredictionClient.js"
import type { Requests } from "./requests.js"

/**
 * Options of one call.
 *
 * @since 0.1.0
 */
export interface CallOptions extends RequestOptions, Abortable {}

/**
 * A connected client. Call `close` when you no longer need it, or declare it with `await using`.
 *
 * @since 0.1.0
 */
export interface Client {
  readonly BatchPrediction: BatchPredictionClient
  readonly BatchPredictionDefinition: Promised<typeof BatchPredictionDefinition>
  readonly Credential: Promised<typeof Credential>
  readonly Dataset: DatasetClient
  readonly Deployment: Promised<typeof Deployment>
  readonly DeploymentActuals: DeploymentActualsClient
  readonly DeploymentExport: Promised<typeof DeploymentExport>
  readonly DeploymentModel: Promised<typeof DeploymentModel>
  readonly DeploymentMonitoring: Promised<typeof DeploymentMonitoring>
  readonly DeploymentSettings: Promised<typeof DeploymentSettings>
  readonly Job: Promised<typeof Job>
  readonly ModelDeployment: Promised<typeof ModelDeployment>
  readonly Prediction: PredictionClient
  readonly ModelPackage: Promised<typeof ModelPackage>
  readonly PredictionEnvironment: Promised<typeof PredictionEnvironment>
  readonly PredictionServer: Promised<typeof PredictionServer>
  readonly RegisteredModel: Promised<typeof RegisteredModel>
  /**
   * Checks that the endpoint is DataRobot's API and that the token is valid. Returns the version of the server and the
   * token's user. The same as `DataRobot.verify`.
   */
  readonly verify: (options?: CallOptions) => Promise<Verified>
  /**
   * Sends a request to a route that has no operation here, with the same token, retries, limits and errors. Returns the
   * JSON of the response, checked and converted by the schema `response` if there is one. A response without a body is
   * `undefined`. Rejects with a `DataRobotValidationError` if the schema refuses the response.
   */
  readonly request: Requests["request"]
  /**
   * Sends a request that DataRobot answers with a job (202 and a Location header), and returns the handle of the job, for
   * `Job.await` and `BatchPrediction.await`.
   */
  readonly requestJob: Requests["requestJob"]
  /**
   * Aborts the calls in flight, waits until they have ended, and releases the client's resources. Jobs that such a call
   * owns, as that of `BatchPrediction.score`, are cancelled. Later calls reject.
   */
  readonly close: () => Promise<void>
  /** `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
