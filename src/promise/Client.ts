/** The type of the client. */
import type {
  BatchPredictionClient,
  BatchPredictionDefinitionClient,
  CredentialClient,
  DatasetClient,
  Deployment,
  DeploymentActualsClient,
  DeploymentClient,
  DeploymentExportClient,
  DeploymentModelClient,
  DeploymentMonitoringClient,
  DeploymentSettingsClient,
  JobClient,
  ModelDeploymentClient,
  ModelPackageClient,
  PredictionClient,
  PredictionEnvironmentClient,
  PredictionServerClient,
  RegisteredModelClient,
  Verified
} from "./api.generated.js"
import type { ApiPromise } from "./ApiPromise.js"
import type { CallOptions } from "./CallOptions.js"
import type { Requests } from "./ClientRequest.js"

/**
 * The filters of `client.Deployment.list`.
 *
 * @since 0.1.0
 */
export type ListInput = Deployment.ListInput

/**
 * A connected client. Call `close` when you no longer need it, or declare it with `await using`.
 *
 * @since 0.1.0
 */
export interface Client {
  /** Jobs that score files, tables and buckets of any size. */
  readonly BatchPrediction: BatchPredictionClient
  /** Saved settings of such jobs, and their schedules. */
  readonly BatchPredictionDefinition: BatchPredictionDefinitionClient
  /** Credentials that are stored in DataRobot, without their secrets. */
  readonly Credential: CredentialClient
  /** Datasets that batch predictions read, and that exports write. */
  readonly Dataset: DatasetClient
  /** Deployments: create, find, change, and their service statistics. The deployments API. */
  readonly Deployment: DeploymentClient
  /** Actual values: the outcomes that you observe after a prediction. */
  readonly DeploymentActuals: DeploymentActualsClient
  /** Exports of a deployment's predictions, actual values and training data. */
  readonly DeploymentExport: DeploymentExportClient
  /** The model of a deployment: its features, its challengers, and its replacement. */
  readonly DeploymentModel: DeploymentModelClient
  /** Drift and accuracy of a deployment, and its prediction results. */
  readonly DeploymentMonitoring: DeploymentMonitoringClient
  /** The settings of a deployment. */
  readonly DeploymentSettings: DeploymentSettingsClient
  /** Asynchronous jobs of the server. */
  readonly Job: JobClient
  /** Model deployments, of old installations. The model deployments API. */
  readonly ModelDeployment: ModelDeploymentClient
  /** Model packages: versions of a model that can be deployed. */
  readonly ModelPackage: ModelPackageClient
  /** Predictions for rows, streams of rows, CSV, unstructured data, and chat. */
  readonly Prediction: PredictionClient
  /** Where deployments run: serverless and external environments. */
  readonly PredictionEnvironment: PredictionEnvironmentClient
  /** Dedicated prediction servers. */
  readonly PredictionServer: PredictionServerClient
  /** Registered models and their versions. */
  readonly RegisteredModel: RegisteredModelClient
  /**
   * Checks that the endpoint is DataRobot's API and that the token is valid. Returns the version of the server and the
   * token's user. Rejects with a `DataRobotApiError` of reason `Unauthorized` if the token is wrong.
   *
   * `GET version/`, then `GET account/info/`
   */
  verify(options?: CallOptions): ApiPromise<Verified>
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
  close(): Promise<void>
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}
