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
import { Lexer, parse, Parser } from "yaml"
import { DataRobot } from "./DataRobot.js"
import type { DataRobotValidationError } from "./DataRobotError.js"
import { issuesOf } from "./internal/reading/issues.js"
import {
  type Connection,
  connectionFromEnv,
  type ConnectionOptions,
  invalidSettings,
  makeConnection,
  predictionServersOfEnv
} from "./internal/request/connection.js"
import { mergeOptions } from "./internal/request/options.js"

// Unknown keys are ignored, as the Python client does.
const Settings = Schema.Struct({
  endpoint: Schema.NonEmptyString,
  token: Schema.NonEmptyString,
  token_type: Schema.optional(Schema.Literal("Token", "Bearer")),
  max_retries: Schema.optional(Schema.Int.pipe(Schema.nonNegative())),
  user_agent_suffix: Schema.optional(Schema.NonEmptyString),
  prediction_servers: Schema.optional(Schema.Array(Schema.String)),
  ssl_verify: Schema.optional(Schema.Union(Schema.Boolean, Schema.String)),
  connect_timeout: Schema.optional(Schema.Number)
})

const name = "ConfigFile.layer"

const problem = (path: string, message: string) => invalidSettings(name, [{ path, message }])
const invalid = (path: string, message: string) => Effect.fail(problem(path, message))

// A settings file has a few hundred bytes. The parser takes quadratic time for some texts: 1 MB would block for minutes.
const maxBytes = 16 * 1024
const tooLarge = "is larger than 16 KiB; name a drconfig.yaml, which has an endpoint, a token and few other keys"

const readText = (file: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    // The size of a pipe, for example, is not known before it is read. So the text is measured too.
    const info = yield* Effect.option(fs.stat(file))
    if (Option.exists(info, ({ size }) => size > maxBytes)) return yield* invalid(file, tooLarge)
    const text = yield* Effect.orElse(fs.readFileString(file), () => invalid(file, "can't be read"))
    return new TextEncoder().encode(text).length > maxBytes ? yield* invalid(file, tooLarge) : text
  })

const maxDepth = 64

/** Whether a text is nested too deep to compose it: recursion would overflow the stack, which can end the process. */
const isTooDeep = (text: string) => {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    // The parser does not recurse. It keeps the open collections on a stack of its own.
    Array.from(parser.next(lexeme))
    if (parser.stack.length > maxDepth) return true
  }
  return false
}

const readSettings = (file: string, text: string) =>
  Effect.try({
    // The parser's messages can quote the token. So its warnings are switched off and its error is dropped. Pretty
    // errors would take quadratic time.
    try: (): unknown => {
      if (isTooDeep(text)) throw new RangeError()
      return parse(text, { logLevel: "error", prettyErrors: false, maxAliasCount: 100 })
    },
    catch: (error) =>
      problem(
        file,
        error instanceof ReferenceError
          ? "has too many aliases (*), or an alias without an anchor (&); write the values out"
          : error instanceof RangeError
          ? `is nested deeper than ${maxDepth} levels; its keys belong to the top level`
          : "is not valid YAML"
      )
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
    const settings = yield* readSettings(file, yield* readText(file))
    const { connect_timeout, max_retries, ssl_verify } = settings
    const unused = [
      ...(ssl_verify === undefined || ssl_verify === true ? [] : ["ssl_verify"]),
      ...(connect_timeout === undefined ? [] : ["connect_timeout"])
    ]
    if (unused.length > 0) {
      yield* Effect.logWarning(`${file}: ignored ${unused.join(" and ")}; configure the HTTP client instead`)
    }
    return yield* makeConnection(name, {
      ...options,
      ...mergeOptions(max_retries === undefined ? {} : { retry: { maxAttempts: max_retries + 1 } }, options),
      endpoint: settings.endpoint,
      token: settings.token,
      predictionServers: options.predictionServers ?? settings.prediction_servers ?? (yield* serversOfEnv),
      tokenType: options.tokenType ?? settings.token_type,
      userAgentSuffix: options.userAgentSuffix ?? settings.user_agent_suffix
    })
  })

const serversOfEnv = Effect.orElseSucceed(predictionServersOfEnv, () => [])

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
export const layer: Layer.Layer<DataRobot, DataRobotValidationError, FileSystem.FileSystem> = Layer.effect(
  DataRobot,
  search
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
  Layer.effect(DataRobot, connectionFromFile(file, options))
