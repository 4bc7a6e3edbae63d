/**
 * The connection to DataRobot: endpoint, token and request options.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DataRobotError, DataRobotValidationError } from "./DataRobotError.js"
import {
  type Connection,
  connectionFromEnv,
  type ConnectionOptions,
  makeConnection
} from "./internal/request/connection.js"
import { operation } from "./internal/request/operation.js"
import { mergeOptions, type RequestOptions } from "./internal/request/options.js"
import { request, requestJob } from "./internal/request/rawRequest.js"
import { readResult } from "./internal/request/read.js"
import { withResponse } from "./internal/request/responseInfo.js"
import { run } from "./internal/request/tracing.js"
import { requestOptionIssues } from "./internal/request/unknownOptions.js"
import * as Routes from "./wire/routes/service.js"
import type { Account, Version } from "./wire/service.js"
import { withoutUndefined } from "./wire/withoutUndefined.js"

export {
  /** @since 0.1.0 */
  type Connection,
  /** @since 0.1.0 */
  type ConnectionOptions,
  /** @since 0.1.0 */
  defaultEndpoint
} from "./internal/request/connection.js"
export type {
  /** @since 0.1.0 */
  RequestOptions,
  /** @since 0.1.0 */
  RetryOptions
} from "./internal/request/options.js"
export type {
  /** @since 0.1.0 */
  QueryValue,
  /** @since 0.1.0 */
  RawRequest,
  /** @since 0.1.0 */
  RawRequestOf
} from "./internal/request/rawRequest.js"
export type {
  /** @since 0.1.0 */
  ResponseInfo,
  /** @since 0.1.0 */
  WithResponse
} from "./internal/request/responseInfo.js"

export {
  /** @since 0.1.0 */
  Account,
  /** @since 0.1.0 */
  Version
} from "./wire/service.js"

/**
 * The result of `DataRobot.verify`.
 *
 * @since 0.1.0
 */
export interface Verified {
  /** The base URL of the API. */
  readonly endpoint: string
  /** The version of the API that the server has. */
  readonly version: Version
  /** The user that the token belongs to. */
  readonly user: Account
}

const layer = (options: ConnectionOptions): Layer.Layer<DataRobot, DataRobotValidationError> =>
  Layer.effect(DataRobot, makeConnection("DataRobot.layer", options))

const layerConfig = (
  options: Config.Config.Wrap<ConnectionOptions>
): Layer.Layer<DataRobot, DataRobotValidationError | ConfigError.ConfigError> =>
  Layer.effect(
    DataRobot,
    Effect.flatMap(
      // `unwrap` throws for a key that is `undefined`.
      Config.unwrap(Config.isConfig(options) ? options : withoutUndefined(options)),
      (settings) => makeConnection("DataRobot.layerConfig", settings)
    )
  )

const verify = (
  options?: RequestOptions
): Effect.Effect<Verified, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("DataRobot.verify", options)
  return run(
    op,
    Effect.gen(function*() {
      const { endpoint } = yield* DataRobot
      const version = yield* readResult(op, { route: Routes.version })
      const user = yield* readResult(op, { route: Routes.account })
      return { endpoint, version, user }
    })
  )
}

/**
 * The service that holds the connection. Every operation needs it, together with an `HttpClient`.
 *
 * @since 0.1.0
 * @example
 * import { FetchHttpClient } from "@effect/platform"
 * import { Effect, Layer } from "effect"
 * import { DataRobot, ModelDeployment } from "effect-datarobot"
 *
 * const live = Layer.merge(DataRobot.layerEnv, FetchHttpClient.layer)
 *
 * const labels = ModelDeployment.list({ status: "active" }).pipe(
 *   Effect.map((deployments) => deployments.map((deployment) => deployment.label)),
 *   Effect.provide(live)
 * )
 */
export class DataRobot extends Context.Tag("effect-datarobot/DataRobot")<DataRobot, Connection>() {
  /**
   * Creates the connection from plain values. Sends nothing. Fails with a `DataRobotValidationError` if a setting is
   * invalid.
   *
   * @since 0.1.0
   */
  static readonly layer = layer

  /**
   * Creates the connection from `Config` values, such as `{ token: Config.redacted("MY_TOKEN") }`.
   *
   * @since 0.1.0
   */
  static readonly layerConfig = layerConfig

  /**
   * Creates the connection from `DATAROBOT_API_TOKEN` and `DATAROBOT_ENDPOINT`. Default endpoint:
   * `https://app.datarobot.com/api/v2`. Both are read through Effect's `ConfigProvider`, which reads the process
   * environment by default.
   *
   * @since 0.1.0
   */
  static readonly layerEnv: Layer.Layer<DataRobot, DataRobotValidationError> = Layer.effect(
    DataRobot,
    connectionFromEnv("DataRobot.layerEnv")
  )

  /**
   * Checks that the endpoint is DataRobot's API and that the token is valid. Returns the version of the server and the
   * user that the token belongs to. Use it at the start of a program, so that a wrong setting shows at once.
   *
   * Errors: `Unauthorized` if the token is wrong. `NotFound`, or a `DataRobotValidationError`, if the endpoint is not
   * DataRobot's API.
   *
   * `GET version/`, then `GET account/info/`
   *
   * @since 0.1.0
   * @example
   * import { DataRobot } from "effect-datarobot"
   * import { Console, Effect } from "effect"
   *
   * const started = DataRobot.verify().pipe(
   *   Effect.tap(({ endpoint, user, version }) =>
   *     Console.log(`Connected to ${endpoint} (${version.versionString}) as ${user.username}`)
   *   )
   * )
   */
  static readonly verify = verify

  /**
   * Sends a request to a route that has no operation of its own, and decodes its response with a schema. It has the
   * retries, limits, errors, telemetry and redaction of every operation. `path` is relative to the endpoint and can't
   * leave it. After an unknown outcome, only GET and HEAD are retried, unless `repeat` says otherwise.
   *
   * @since 0.1.0
   * @example
   * import { DataRobot } from "effect-datarobot"
   * import { Schema } from "effect"
   *
   * const Project = Schema.Struct({ id: Schema.String, projectName: Schema.String })
   *
   * const project = DataRobot.request({
   *   method: "GET",
   *   path: "projects/5b0000000000000000000001/",
   *   response: Project
   * })
   */
  static readonly request = request

  /**
   * Sends a request to a route that has no operation of its own and that starts a job: DataRobot responds with 202 and
   * the `Location` of the job. Returns the handle of the job, which `Job.await`, `Job.progress` and `Job.resume` take. A
   * batch prediction has a handle for `BatchPrediction.await`.
   *
   * @since 0.1.0
   * @example
   * import { Effect } from "effect"
   * import { DataRobot, Job } from "effect-datarobot"
   *
   * const model = DataRobot.requestJob({
   *   method: "POST",
   *   path: "projects/5b0000000000000000000001/models/",
   *   body: { blueprintId: "5b0000000000000000000002" }
   * }).pipe(Effect.flatMap((job) => Job.await(job)))
   */
  static readonly requestJob = requestJob

  /**
   * Runs an effect, and returns the last HTTP response that it received together with its result: status, headers and
   * request id. If a request was retried, that is the response of its last attempt. Fails with a
   * `DataRobotValidationError` if the effect made no request.
   *
   * @since 0.1.0
   * @example
   * import { DataRobot, ModelDeployment } from "effect-datarobot"
   * import { Console, Effect } from "effect"
   *
   * const logged = DataRobot.withResponse(ModelDeployment.get("5b0000000000000000000001")).pipe(
   *   Effect.flatMap(({ data, response }) => Console.log(data.label, response.status, response.requestId))
   * )
   */
  static readonly withResponse = withResponse

  /**
   * Sets request options for every operation of an effect. Options of a single call override these, and these override
   * the options of the layer.
   *
   * @since 0.1.0
   * @example
   * import { DataRobot, ModelDeployment } from "effect-datarobot"
   *
   * const quick = ModelDeployment.list().pipe(DataRobot.withOptions({ timeout: "5 seconds", retry: false }))
   */
  static readonly withOptions =
    (options: RequestOptions) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | DataRobot> =>
      Effect.flatMap(DataRobot, (connection) =>
        Effect.provideService(self, DataRobot, {
          ...connection,
          options: mergeOptions(connection.options, options),
          issues: [...connection.issues, ...requestOptionIssues(options, [])]
        }))
}
