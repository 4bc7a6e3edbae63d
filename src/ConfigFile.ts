/**
 * The connection from `drconfig.yaml`, the file that DataRobot's Python client reads.
 *
 * @since 0.1.0
 */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { DataRobot } from "./DataRobot.js"
import type { DataRobotValidationError } from "./DataRobotError.js"
import { connectionFromFile, type Files, findConnection, type Sources } from "./internal/request/configFile.js"
import type { Connection, ConnectionOptions } from "./internal/request/connection.js"

const filesOf = (fs: FileSystem.FileSystem): Files => ({
  exists: (file) => Effect.orElseSucceed(fs.exists(file), () => false),
  read: (file, maxBytes) =>
    Effect.gen(function*() {
      // The size of a pipe, for example, is not known before it is read. So the text is measured too.
      const info = yield* Effect.option(fs.stat(file))
      if (Option.exists(info, ({ size }) => size > maxBytes)) return undefined
      const text = yield* fs.readFileString(file)
      return new TextEncoder().encode(text).length > maxBytes ? undefined : text
    })
})

/** Creates the layer of a connection from files. */
const layerOf = (
  connect: (sources: Sources) => Effect.Effect<Connection, DataRobotValidationError>,
  options: Omit<ConnectionOptions, "endpoint" | "token"> = {}
): Layer.Layer<DataRobot, DataRobotValidationError, FileSystem.FileSystem> =>
  Layer.effect(
    DataRobot,
    Effect.flatMap(
      FileSystem.FileSystem,
      (fs) => connect({ operation: "ConfigFile.layer", files: filesOf(fs), options })
    )
  )

/**
 * Creates the connection from the first source that is set, in the order of the Python client: the file named by
 * `DATAROBOT_CONFIG_FILE`; `DATAROBOT_ENDPOINT` together with `DATAROBOT_API_TOKEN`;
 * `~/.config/datarobot/drconfig.yaml`. Fails with a `DataRobotValidationError` if none of them is set, or if a setting
 * is invalid.
 *
 * Required keys of the file: `endpoint` and `token`. Optional keys: `token_type`, `max_retries`, `user_agent_suffix`,
 * `prediction_servers` (a list of origins; default: `DATAROBOT_PREDICTION_SERVERS`).
 * `ssl_verify` and `connect_timeout` are ignored with a warning: configure the HTTP client instead. A file has at most
 * 16 KiB, 64 levels and 100 uses of an alias.
 *
 * @since 0.1.0
 * @example
 * import { NodeFileSystem, NodeHttpClient } from "@effect/platform-node"
 * import { Effect, Layer } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 * import * as ConfigFile from "effect-datarobot/ConfigFile"
 *
 * const live = Layer.merge(
 *   Layer.provide(ConfigFile.layer, NodeFileSystem.layer),
 *   NodeHttpClient.layerUndici
 * )
 * const all = ModelDeployment.list().pipe(Effect.provide(live))
 */
export const layer: Layer.Layer<DataRobot, DataRobotValidationError, FileSystem.FileSystem> = layerOf(
  findConnection
)

/**
 * Creates the connection from one file, with the same keys as `layer`. The endpoint and the token come from the file.
 * `options` override its other keys. An option that is `undefined` counts as not given.
 *
 * @since 0.1.0
 */
export const layerFile = (
  file: string,
  options: Omit<ConnectionOptions, "endpoint" | "token"> = {}
): Layer.Layer<DataRobot, DataRobotValidationError, FileSystem.FileSystem> =>
  layerOf((sources) => connectionFromFile(sources, file), options)
