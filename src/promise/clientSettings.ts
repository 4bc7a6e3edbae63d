/** Checks the options of `createClient`, and finds the connection and the HTTP client. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { DataRobotValidationError, Issue } from "../DataRobotError.js"
import * as Fetch from "../fetch.js"
import { connectionFromFile, findConnection } from "../internal/request/configFile.js"
import {
  type Connection,
  connectionFromEnv,
  connectionKeys,
  type EnvConnectionOptions,
  invalidSettings
} from "../internal/request/connection.js"
import { isDispatcher } from "../internal/request/dispatcher.js"
import { layerDispatcher } from "../internal/request/dispatcherClient.js"
import { requestOptionNames, unknownOptions } from "../internal/request/unknownOptions.js"
import { isRecord } from "../wire/text.js"
import type { ClientOptions } from "./ClientOptions.js"
import { isLogger, logging } from "./logging.js"
import { nodeFiles } from "./nodeFiles.js"

/** What a client is made of. */
export interface ClientSettings {
  readonly connection: Connection
  readonly httpClient: Layer.Layer<HttpClient.HttpClient>
  /** The logger of everything that the client runs. */
  readonly logging: Layer.Layer<never>
}

const operation = "createClient"

const names: ReadonlyArray<string> = [
  // The Promise API has no span to propagate.
  ...connectionKeys.filter((key) => key !== "propagateTrace"),
  ...requestOptionNames,
  "fetch",
  "dispatcher",
  "configFile",
  "logger",
  "debug"
]

// Boundary: JavaScript can pass any values.
const issuesOf = (options: { readonly [Key in keyof ClientOptions]: unknown }): ReadonlyArray<Issue> => {
  const { configFile, debug, dispatcher, fetch, logger } = options
  const rules: Readonly<Record<string, readonly [isValid: boolean, message: string]>> = {
    fetch: [fetch === undefined || typeof fetch === "function", "must be a function, such as the global fetch"],
    dispatcher: [
      dispatcher === undefined || isDispatcher(dispatcher),
      "must be a dispatcher of undici, such as an Agent"
    ],
    configFile: [
      configFile === undefined || typeof configFile === "boolean" ||
      (typeof configFile === "string" && configFile !== ""),
      "must be true or the path of a file"
    ],
    logger: [
      logger === undefined || isLogger(logger),
      "must have the methods debug, info, warn and error, as console has"
    ],
    debug: [debug === undefined || typeof debug === "boolean", "must be true or false"]
  }
  const issues = Object.entries(rules)
    .filter(([, [isValid]]) => !isValid)
    .map(([path, [, message]]): Issue => ({ path, message }))
  return fetch === undefined || dispatcher === undefined
    ? issues
    : [...issues, { path: "dispatcher", message: "can't be used together with fetch; pass one of them" }]
}

const connectionOf = (
  options: EnvConnectionOptions,
  configFile: ClientOptions["configFile"]
): Effect.Effect<Connection, DataRobotValidationError> => {
  if (configFile === undefined || configFile === false) return connectionFromEnv(operation, options)
  const files = nodeFiles()
  if (files === undefined) {
    const message = "needs node:fs, which this runtime does not have; pass endpoint and token instead"
    return invalidSettings(operation, [{ path: "configFile", message }])
  }
  const sources = { operation, files, options }
  return configFile === true ? findConnection(sources) : connectionFromFile(sources, configFile)
}

/** Returns the settings of a client. Fails if an option is invalid. */
export const clientSettings = (options: ClientOptions): Effect.Effect<ClientSettings, DataRobotValidationError> => {
  const given: unknown = options
  if (!isRecord(given)) {
    return invalidSettings(operation, [{ path: "", message: "the options must be an object" }])
  }
  const { configFile, debug, dispatcher, fetch, logger, ...others } = options
  const issues = [...unknownOptions(given, names), ...issuesOf(options)]
  if (issues.length > 0) return invalidSettings(operation, issues)
  const lines = logging(logger, debug)
  return Effect.map(Effect.provide(connectionOf(others, configFile), lines), (connection) => ({
    connection,
    httpClient: dispatcher === undefined ? Fetch.layer({ fetch }) : layerDispatcher(dispatcher),
    logging: lines
  }))
}
