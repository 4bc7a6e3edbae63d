/** The connection: which DataRobot, with which token, within which limits. */
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DataRobotValidationError } from "./DataRobotError.js"
import {
  type Connection,
  connectionFromEnv,
  type ConnectionOptions,
  makeConnection
} from "./internal/request/connection.js"
import { mergeOptions, type RequestOptions } from "./internal/request/options.js"

export { type Connection, type ConnectionOptions, defaultEndpoint } from "./internal/request/connection.js"
export type { RequestOptions, RetryOptions } from "./internal/request/options.js"

const layer = (options: ConnectionOptions): Layer.Layer<DataRobot, DataRobotValidationError> =>
  Layer.effect(DataRobot, makeConnection("DataRobot.layer", options))

const layerConfig = (
  options: Config.Config.Wrap<ConnectionOptions>
): Layer.Layer<DataRobot, DataRobotValidationError | ConfigError.ConfigError> =>
  Layer.effect(
    DataRobot,
    Effect.flatMap(Config.unwrap(options), (settings) => makeConnection("DataRobot.layerConfig", settings))
  )

/**
 * Where to connect, with which token, within which limits. Every operation needs it, beside the HTTP client.
 *
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
  /** The connection from plain values. Fails on a setting that can't work, before anything is sent. */
  static readonly layer = layer

  /** The connection from `Config` values, such as `{ token: Config.redacted("MY_TOKEN") }`. */
  static readonly layerConfig = layerConfig

  /**
   * The connection from `DATAROBOT_API_TOKEN` and `DATAROBOT_ENDPOINT` (`https://app.datarobot.com/api/v2` without it),
   * through Effect's `ConfigProvider`, which is the process environment unless another one is set.
   */
  static readonly layerEnv: Layer.Layer<DataRobot, DataRobotValidationError> = Layer.effect(
    DataRobot,
    connectionFromEnv("DataRobot.layerEnv")
  )

  /**
   * Sets request options for every operation of an effect. Options of a call win over those of a region around it, and
   * those over the layer's.
   *
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
          options: mergeOptions(connection.options, options)
        }))
}
