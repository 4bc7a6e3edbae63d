/** Reads the settings of a connection from `drconfig.yaml`, where and as DataRobot's Python client does. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { issuesOf } from "../reading/issues.js"
import {
  type Connection,
  connectionFromEnv,
  type EnvConnectionOptions,
  invalidSettings,
  makeConnection,
  predictionServersOfEnv
} from "./connection.js"
import { mergeOptions } from "./options.js"
import { Lexer, parse, Parser } from "./vendor/yaml.js"

/** Access to files. */
export interface Files {
  readonly exists: (file: string) => Effect.Effect<boolean>
  /** Returns the text of a file, or `undefined` if it has more than `maxBytes` bytes. */
  readonly read: (file: string, maxBytes: number) => Effect.Effect<string | undefined, unknown>
}

/** What a connection is created from. */
export interface Sources {
  /** The name in errors. */
  readonly operation: string
  readonly files: Files
  /** Settings that override those of the file and of the environment. */
  readonly options: EnvConnectionOptions
}

const exact = { exact: true } as const

// Unknown keys are ignored, as the Python client does. The endpoint and the token are only required if the caller does
// not give them.
const Settings = Schema.Struct({
  endpoint: Schema.optionalWith(Schema.NonEmptyString, exact),
  token: Schema.optionalWith(Schema.NonEmptyString, exact),
  token_type: Schema.optional(Schema.Literal("Token", "Bearer")),
  max_retries: Schema.optional(Schema.Int.pipe(Schema.nonNegative())),
  user_agent_suffix: Schema.optional(Schema.NonEmptyString),
  prediction_servers: Schema.optional(Schema.Array(Schema.String)),
  ssl_verify: Schema.optional(Schema.Union(Schema.Boolean, Schema.String)),
  connect_timeout: Schema.optional(Schema.Number)
})

// A settings file has a few hundred bytes. The parser takes quadratic time for some texts: 1 MB would block for minutes.
const maxBytes = 16 * 1024
const tooLarge = "is larger than 16 KiB; name a drconfig.yaml, which has an endpoint, a token and few other keys"

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

/** Returns the settings in the text of a file, or its problem. */
const parseYaml = (text: string): Either.Either<unknown, string> =>
  Either.try({
    // The parser's messages can quote the token. So its warnings are switched off and its error is dropped. Pretty
    // errors would take quadratic time.
    try: (): unknown => {
      if (isTooDeep(text)) throw new RangeError()
      return parse(text, { logLevel: "error", prettyErrors: false, maxAliasCount: 100 })
    },
    catch: (error) =>
      error instanceof ReferenceError
        ? "has too many aliases (*), or an alias without an anchor (&); write the values out"
        : error instanceof RangeError
        ? `is nested deeper than ${maxDepth} levels; its keys belong to the top level`
        : "is not valid YAML"
  })

const decodeSettings = Schema.decodeUnknownEither(Settings, { errors: "all" })

/** Returns the settings of a file, or its issues. */
const settingsOf = (
  yaml: unknown,
  given: EnvConnectionOptions
): Either.Either<typeof Settings.Type, ReadonlyArray<Issue>> => {
  const settings = Either.mapLeft(decodeSettings(yaml), issuesOf)
  if (typeof yaml !== "object" || yaml === null || Array.isArray(yaml)) return settings
  const missing = (["endpoint", "token"] as const)
    .filter((key) => given[key] === undefined && !Object.hasOwn(yaml, key))
    .map((path): Issue => ({ path, message: "is missing" }))
  if (missing.length === 0) return settings
  return Either.left([...missing, ...Either.match(settings, { onLeft: (issues) => issues, onRight: () => [] })])
}

const serversOfEnv = Effect.orElseSucceed(predictionServersOfEnv, () => [])

/** Creates the connection from one file. */
export const connectionFromFile = (
  { files, operation, options }: Sources,
  file: string
): Effect.Effect<Connection, DataRobotValidationError> =>
  Effect.gen(function*() {
    const problem = (message: string) => invalidSettings(operation, [{ path: file, message }])
    const text = yield* Effect.mapError(files.read(file, maxBytes), () => problem("can't be read"))
    if (text === undefined) return yield* problem(tooLarge)
    const yaml = yield* Either.mapLeft(parseYaml(text), problem)
    const settings = yield* Either.mapLeft(
      settingsOf(yaml, options),
      (issues) => invalidSettings(`${operation} (${file})`, issues)
    )
    const { connect_timeout, max_retries, ssl_verify } = settings
    const unused = [
      ...(ssl_verify === undefined || ssl_verify === true ? [] : ["ssl_verify"]),
      ...(connect_timeout === undefined ? [] : ["connect_timeout"])
    ]
    if (unused.length > 0) {
      yield* Effect.logWarning(`${file}: ignored ${unused.join(" and ")}; configure the HTTP client instead`)
    }
    return yield* makeConnection(operation, {
      ...options,
      ...mergeOptions(max_retries === undefined ? {} : { retry: { maxAttempts: max_retries + 1 } }, options),
      endpoint: options.endpoint ?? settings.endpoint,
      // One of them is there.
      token: options.token ?? settings.token ?? "",
      predictionServers: options.predictionServers ?? settings.prediction_servers ?? (yield* serversOfEnv),
      tokenType: options.tokenType ?? settings.token_type,
      userAgentSuffix: options.userAgentSuffix ?? settings.user_agent_suffix
    })
  })

const variable = (key: string) => Effect.orElseSucceed(Config.option(Config.nonEmptyString(key)), () => Option.none())

/**
 * Creates the connection from the first source that is set: the file that `DATAROBOT_CONFIG_FILE` names,
 * `DATAROBOT_ENDPOINT` together with `DATAROBOT_API_TOKEN`, the file in the user's home directory.
 */
export const findConnection = (sources: Sources): Effect.Effect<Connection, DataRobotValidationError> =>
  Effect.gen(function*() {
    const { files, operation, options } = sources
    const named = yield* variable("DATAROBOT_CONFIG_FILE")
    if (Option.isSome(named)) return yield* connectionFromFile(sources, named.value)

    const env = yield* Effect.all([variable("DATAROBOT_ENDPOINT"), variable("DATAROBOT_API_TOKEN")])
    // Both or neither: a token from one source must not be sent to an endpoint from another.
    if (env.every(Option.isSome)) return yield* connectionFromEnv(operation, options)

    const [home, profile] = yield* Effect.all([variable("HOME"), variable("USERPROFILE")])
    const file = Option.map(Option.orElse(home, () => profile), (path) => `${path}/.config/datarobot/drconfig.yaml`)
    if (Option.isSome(file) && (yield* files.exists(file.value))) return yield* connectionFromFile(sources, file.value)
    // The caller needs none of them.
    if (options.token !== undefined) return yield* connectionFromEnv(operation, options)
    return yield* invalidSettings(operation, [{
      path: "",
      message: "none found; set DATAROBOT_CONFIG_FILE, or both DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN, or create " +
        "~/.config/datarobot/drconfig.yaml"
    }])
  })
