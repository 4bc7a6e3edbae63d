/**
 * The connection from `drconfig.yaml`, the file that DataRobot's Python client reads.
 *
 * @since 0.1.0
 */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { parse } from "yaml"
import { DataRobot } from "./DataRobot.js"
import type { DataRobotValidationError } from "./DataRobotError.js"
import { issuesOf } from "./internal/reading/issues.js"
import {
  type Connection,
  connectionFromEnv,
  type ConnectionOptions,
  invalidSettings,
  makeConnection
} from "./internal/request/connection.js"

// Unknown keys are ignored, as the Python client does.
const Settings = Schema.Struct({
  endpoint: Schema.NonEmptyString,
  token: Schema.NonEmptyString,
  token_type: Schema.optional(Schema.Literal("Token", "Bearer")),
  max_retries: Schema.optional(Schema.Int.pipe(Schema.nonNegative())),
  user_agent_suffix: Schema.optional(Schema.NonEmptyString),
  ssl_verify: Schema.optional(Schema.Union(Schema.Boolean, Schema.String)),
  connect_timeout: Schema.optional(Schema.Number)
})

const name = "ConfigFile.layer"

const invalid = (path: string, message: string) => Effect.fail(invalidSettings(name, [{ path, message }]))

const readSettings = (file: string, text: string) =>
  Effect.try({
    // The parser's messages can quote the token. So its warnings are switched off and its error is dropped.
    try: (): unknown => parse(text, { logLevel: "error" }),
    catch: () => invalidSettings(name, [{ path: file, message: "is not valid YAML" }])
  }).pipe(
    Effect.flatMap((yaml) =>
      Either.mapLeft(
        Schema.decodeUnknownEither(Settings, { errors: "all" })(yaml),
        (error) => invalidSettings(`${name} (${file})`, issuesOf(error))
      )
    )
  )

const connectionFromFile = (
  file: string,
  options: Omit<ConnectionOptions, "endpoint" | "token">
): Effect.Effect<Connection, DataRobotValidationError, FileSystem.FileSystem> =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const text = yield* Effect.catchAll(fs.readFileString(file), () => invalid(file, "can't be read"))
    const settings = yield* readSettings(file, text)
    const { connect_timeout, max_retries, ssl_verify } = settings
    const unused = [
      ...(ssl_verify === undefined || ssl_verify === true ? [] : ["ssl_verify"]),
      ...(connect_timeout === undefined ? [] : ["connect_timeout"])
    ]
    if (unused.length > 0) {
      yield* Effect.logWarning(`${file}: ignored ${unused.join(" and ")}; configure the HTTP client instead`)
    }
    return yield* makeConnection(name, {
      endpoint: settings.endpoint,
      token: settings.token,
      tokenType: settings.token_type,
      userAgentSuffix: settings.user_agent_suffix,
      ...(max_retries === undefined ? {} : { retry: { maxAttempts: max_retries + 1 } }),
      ...options
    })
  })

const variable = (key: string) => Effect.orElseSucceed(Config.option(Config.nonEmptyString(key)), () => Option.none())

const search = Effect.gen(function*() {
  const named = yield* variable("DATAROBOT_CONFIG_FILE")
  if (Option.isSome(named)) return yield* connectionFromFile(named.value, {})

  const env = yield* Effect.all([variable("DATAROBOT_ENDPOINT"), variable("DATAROBOT_API_TOKEN")])
  // Both or neither: a token from one source must not be sent to an endpoint from another.
  if (env.every(Option.isSome)) return yield* connectionFromEnv(name)

  const [home, profile] = yield* Effect.all([variable("HOME"), variable("USERPROFILE")])
  const fs = yield* FileSystem.FileSystem
  const file = Option.map(Option.orElse(home, () => profile), (path) => `${path}/.config/datarobot/drconfig.yaml`)
  if (Option.isSome(file) && (yield* Effect.orElseSucceed(fs.exists(file.value), () => false))) {
    return yield* connectionFromFile(file.value, {})
  }
  return yield* invalid(
    "",
    "none found; set DATAROBOT_CONFIG_FILE, or both DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN, or create " +
      "~/.config/datarobot/drconfig.yaml"
  )
})

/**
 * Creates the connection from the first source that is set, in the order of the Python client: the file named by
 * `DATAROBOT_CONFIG_FILE`; `DATAROBOT_ENDPOINT` together with `DATAROBOT_API_TOKEN`;
 * `~/.config/datarobot/drconfig.yaml`. Fails with a `DataRobotValidationError` if none of them is set, or if a setting
 * is invalid.
 *
 * Required keys of the file: `endpoint` and `token`. Optional keys: `token_type`, `max_retries`, `user_agent_suffix`.
 * `ssl_verify` and `connect_timeout` are ignored with a warning: configure the HTTP client instead.
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
export const layer: Layer.Layer<DataRobot, DataRobotValidationError, FileSystem.FileSystem> = Layer.effect(
  DataRobot,
  search
)

/**
 * Creates the connection from one file, with the same keys as `layer`. The endpoint and the token come from the file.
 * `options` override its other keys.
 *
 * @since 0.1.0
 */
export const layerFile = (
  file: string,
  options: Omit<ConnectionOptions, "endpoint" | "token"> = {}
): Layer.Layer<DataRobot, DataRobotValidationError, FileSystem.FileSystem> =>
  Layer.effect(DataRobot, connectionFromFile(file, options))
