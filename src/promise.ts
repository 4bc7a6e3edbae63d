/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The same operations for plain async code: promises instead of Effects, `for await` instead of Stream, an AbortSignal
 * instead of interruption. The promises reject with the SDK's own error classes.
 *
 * @since 0.1.0
 * @example
 * import { createClient } from "effect-datarobot/promise"
 *
 * const client = createClient() // DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN
 * for (const deployment of await client.ModelDeployment.list({ status: "active" })) {
 *   console.log(deployment.label, deployment.serviceHealth)
 * }
 * await client.close()
 */
export {
  /** @since 0.1.0 */
  DataRobotApiError,
  /** @since 0.1.0 */
  DataRobotJobError,
  /** @since 0.1.0 */
  DataRobotNetworkError,
  /** @since 0.1.0 */
  DataRobotValidationError,
  /** @since 0.1.0 */
  isApiError,
  /** @since 0.1.0 */
  isDataRobotError,
  /** @since 0.1.0 */
  isJobError,
  /** @since 0.1.0 */
  isNetworkError,
  /** @since 0.1.0 */
  isRetryable,
  /** @since 0.1.0 */
  isValidationError
} from "./DataRobotError.js"

/**
 * Periods for the monitoring operations: the last days or hours, at the top of an hour.
 *
 * @since 0.1.0
 */
export * as Period from "./promise/Period.js"

export type {
  /** @since 0.1.0 */
  Abortable,
  /** @since 0.1.0 */
  IterableStream
} from "./promise/iterables.js"

export type {
  /** @since 0.1.0 */
  BatchTransfers,
  /** @since 0.1.0 */
  ProgressOption,
  /** @since 0.1.0 */
  ResultOption,
  /** @since 0.1.0 */
  ScoreOptions,
  /** @since 0.1.0 */
  ScoreRowsOptions
} from "./promise/BatchPredictionClient.js"

export type {
  /** @since 0.1.0 */
  CsvSource,
  /** @since 0.1.0 */
  WebStream
} from "./promise/csvSource.js"

export type {
  /** @since 0.1.0 */
  ChatEndpoint,
  /** @since 0.1.0 */
  PredictionClient,
  /** @since 0.1.0 */
  RowOption
} from "./promise/PredictionClient.js"

export type {
  /** @since 0.1.0 */
  StandardSchema,
  /** @since 0.1.0 */
  Validated,
  /** @since 0.1.0 */
  ValidationIssue
} from "./promise/standardSchema.js"

/** @since 0.1.0 */
export { DeploymentStatus } from "./wire/deploymentStatus.js"

/** @since 0.1.0 */
export { ModelDeploymentStatus } from "./wire/modelDeploymentStatus.js"

export type {
  /** @since 0.1.0 */
  Keyless,
  /** @since 0.1.0 */
  KeylessDeployment,
  /** @since 0.1.0 */
  KeylessPredictionServer
} from "./internal/reading/keyless.js"

export {
  /** @since 0.1.0 */
  createClient
} from "./promise/createClient.js"

export type {
  /** @since 0.1.0 */
  CallOptions,
  /** @since 0.1.0 */
  Client
} from "./promise/Client.js"

export type {
  /** @since 0.1.0 */
  ClientRequest,
  /** @since 0.1.0 */
  ClientRequestOf,
  /** @since 0.1.0 */
  QueryValue
} from "./promise/ClientRequest.js"

export type {
  /** @since 0.1.0 */
  ClientOptions
} from "./promise/ClientOptions.js"

export type {
  /** @since 0.1.0 */
  DispatchController,
  /** @since 0.1.0 */
  Dispatcher,
  /** @since 0.1.0 */
  DispatchHandler,
  /** @since 0.1.0 */
  DispatchOptions
} from "./internal/request/dispatcher.js"

export type {
  /** @since 0.1.0 */
  Logger,
  /** @since 0.1.0 */
  WriteLine
} from "./promise/Logger.js"

export type {
  /** @since 0.1.0 */
  BatchPredictionClient,
  /** @since 0.1.0 */
  DatasetClient,
  /** @since 0.1.0 */
  DeploymentActualsClient,
  /** @since 0.1.0 */
  Promised
} from "./promise/mappedTypes.js"
