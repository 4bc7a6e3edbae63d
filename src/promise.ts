/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The same operations for plain async code: promises instead of Effects, `for await` instead of Stream, an AbortSignal
 * instead of interruption. The promises reject with the SDK's own error classes. Needs no other package.
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
export * from "./promise/api.generated.js"

export type {
  /** @since 0.1.0 */
  ApiPromise
} from "./promise/ApiPromise.js"

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
  CallOptions
} from "./promise/CallOptions.js"

export type {
  /** @since 0.1.0 */
  Client,
  /** @since 0.1.0 */
  ListInput
} from "./promise/Client.js"

export type {
  /** @since 0.1.0 */
  ClientOptions
} from "./promise/ClientOptions.js"

export {
  /** @since 0.1.0 */
  createClient
} from "./promise/createClient.js"

export type {
  /** @since 0.1.0 */
  CsvSource,
  /** @since 0.1.0 */
  WebStream
} from "./promise/CsvSource.js"

export type {
  /** @since 0.1.0 */
  ClientRequest,
  /** @since 0.1.0 */
  ClientRequestOf,
  /** @since 0.1.0 */
  QueryValue,
  /** @since 0.1.0 */
  Requests
} from "./promise/ClientRequest.js"

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
  DurationInput
} from "./promise/DurationInput.js"

export type {
  /** @since 0.1.0 */
  IterableStream
} from "./promise/IterableStream.js"

export type {
  /** @since 0.1.0 */
  Rows
} from "./promise/Rows.js"

export type {
  /** @since 0.1.0 */
  StandardSchema,
  /** @since 0.1.0 */
  Validated,
  /** @since 0.1.0 */
  ValidationIssue
} from "./promise/StandardSchema.js"
