/** The connection from the file that DataRobot's Python client reads, `drconfig.yaml`. */
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

const refuse = (path: string, message: string) => Effect.fail(invalidSettings(name, [{ path, message }]))

const readSettings = (file: string, text: string) =>
  Effect.try({
    // the parser's own messages quote the file, and with it the token: its warnings are not wanted, its error is not kept
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
    const text = yield* Effect.catchAll(fs.readFileString(file), () => refuse(file, "can't be read"))
    const settings = yield* readSettings(file, text)
    const { connect_timeout, max_retries, ssl_verify } = settings
    const unused = [
      ...(ssl_verify === undefined || ssl_verify === true ? [] : ["ssl_verify"]),
      ...(connect_timeout === undefined ? [] : ["connect_timeout"])
    ]
    if (unused.length > 0) {
      yield* Effect.logWarning(`${file}: ${unused.join(" and ")} must be set on the HTTP client; ignored here`)
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
  // One of the two alone would be completed from another place, and a token be sent where it does not belong.
  if (env.every(Option.isSome)) return yield* connectionFromEnv(name)

  const [home, profile] = yield* Effect.all([variable("HOME"), variable("USERPROFILE")])
  const fs = yield* FileSystem.FileSystem
  const file = Option.map(Option.orElse(home, () => profile), (path) => `${path}/.config/datarobot/drconfig.yaml`)
  if (Option.isSome(file) && (yield* Effect.orElseSucceed(fs.exists(file.value), () => false))) {
    return yield* connectionFromFile(file.value, {})
  }
  return yield* refuse(
    "",
    "none found: set DATAROBOT_CONFIG_FILE, or both DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN, or write " +
      "~/.config/datarobot/drconfig.yaml"
  )
})

/**
 * The connection from where the Python client looks for it, in its order: the file that `DATAROBOT_CONFIG_FILE` names;
 * `DATAROBOT_ENDPOINT` with `DATAROBOT_API_TOKEN`; `~/.config/datarobot/drconfig.yaml`.
 *
 * Keys of the file: `endpoint` and `token`; `token_type`, `max_retries`, `user_agent_suffix` where they are set.
 * `ssl_verify` and `connect_timeout` are the HTTP client's matter: they are ignored, with a warning.
 *
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
 * The connection from one file, with the keys of `layer`. Endpoint and token are the file's, other options given here
 * win over it.
 */
export const layerFile = (
  file: string,
  options: Omit<ConnectionOptions, "endpoint" | "token"> = {}
): Layer.Layer<DataRobot, DataRobotValidationError, FileSystem.FileSystem> =>
  Layer.effect(DataRobot, connectionFromFile(file, options))
