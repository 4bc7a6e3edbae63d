/** Validates the settings of a connection. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { DataRobotValidationError, type Issue } from "../../DataRobotError.js"
import { makeRedactor, type Redactor } from "../../wire/redaction.js"
import type { Waker } from "../../wire/waker.js"
import { formatIssues } from "../reading/issues.js"
import type { Values } from "../reading/values.js"
import { mergeOptions, type RequestOptions, resolveOptions } from "./options.js"
import { type Limiter, Places } from "./places.js"
import { isLoopback, readOrigins } from "./trust.js"
import { requestOptionIssues } from "./unknownOptions.js"

/**
 * The default endpoint: DataRobot's managed cloud.
 *
 * @since 0.1.0
 */
export const defaultEndpoint = "https://app.datarobot.com/api/v2"

/**
 * Settings of a connection, and the default request options of all calls.
 *
 * @since 0.1.0
 */
export interface ConnectionOptions extends RequestOptions {
  /**
   * The base URL of the API. It must use https, except for a loopback address or with `allowInsecure`. Default:
   * `https://app.datarobot.com/api/v2`.
   */
  readonly endpoint?: string | undefined
  /** The API token. */
  readonly token: string | Redacted.Redacted
  /** The scheme of the Authorization header: `Bearer`, or `Token` for old installations. Default: `Bearer`. */
  readonly tokenType?: "Bearer" | "Token" | undefined
  /** Allows plain http to any host. The token is then sent unencrypted. Default: `false`. */
  readonly allowInsecure?: boolean | undefined
  /**
   * Origins of prediction servers that may receive the token, such as `https://predictions.example.com`. Not needed for
   * servers on the endpoint's host or a subdomain of it, and for the servers of DataRobot's managed cloud. Plain http
   * requires `allowInsecure`.
   */
  readonly predictionServers?: ReadonlyArray<string> | undefined
  /** Text to append to the `user-agent` header, such as the name of your application. */
  readonly userAgentSuffix?: string | undefined
  /** Sends the current span's `traceparent` and `b3` headers to the server. Default: `false`. */
  readonly propagateTrace?: boolean | undefined
  /** Maximum number of pages of a listing. A listing that exceeds it fails. Default: 10 000. */
  readonly maxPages?: number | undefined
  /**
   * Maximum number of requests that are being sent at a time, from 1. Further ones wait for their turn, which counts into
   * `timeout`, but not into `attemptTimeout`. A request that waits for its next attempt does not count. Transfers of files
   * (uploads, downloads and `Prediction.predictCsv`) neither wait nor count, because they may last for long and depend on
   * other requests. Default: no limit.
   */
  readonly maxConcurrentRequests?: number | undefined
}

/**
 * Settings of a connection whose token may come from the environment.
 *
 * @since 0.1.0
 */
export interface EnvConnectionOptions extends Omit<ConnectionOptions, "token"> {
  /** The API token. Default: the environment variable `DATAROBOT_API_TOKEN`. */
  readonly token?: string | Redacted.Redacted | undefined
}

/**
 * A validated connection.
 *
 * @since 0.1.0
 */
export interface Connection {
  /** The base URL without a trailing slash. */
  readonly endpoint: string
  /** The base URL with a trailing slash. Every request URL begins with it. */
  readonly base: URL
  /** The API token. */
  readonly token: Redacted.Redacted
  /** The scheme of the `Authorization` header. */
  readonly tokenType: "Bearer" | "Token"
  /** Text at the end of the `User-Agent` header. */
  readonly userAgentSuffix: string | undefined
  /** Whether requests carry the headers of the current trace. */
  readonly propagateTrace: boolean
  /** Maximum number of pages that a listing fetches. */
  readonly maxPages: number
  /** The origins of prediction servers that may receive the token, in addition to those that belong to the endpoint. */
  readonly predictionServers: ReadonlySet<string>
  /** The request options of the layer, merged with those of `withOptions`. */
  readonly options: RequestOptions
  /** What is wrong with the names of the options of `withOptions`. Every request fails with them. */
  readonly issues: ReadonlyArray<Issue>
  /** The kind of the values in results. Only the Promise API has plain ones. */
  readonly values: Values
  /** Ends the pauses between polls early. Only the test kit has one. */
  readonly waker?: Waker | undefined
  /** Replaces the token, and secrets in the caller's headers, in all text that is kept from a response or an error. */
  readonly redactor: Redactor
  /** Replaces only the token. For the caller's own ids, which may also be the value of one of its headers. */
  readonly tokenRedactor: Redactor
  /** The warnings that were already logged, because each is logged once. */
  readonly warned: Set<string>
  /** The limit on concurrent requests, if there is one. The same object in every copy of the connection. */
  readonly places: Limiter | undefined
  /** What operations remember as long as the connection lives. The same object in every copy of the connection. */
  readonly memory: WeakMap<object, unknown>
}

/** The names of the settings that are not request options. */
export const connectionKeys = [
  "endpoint",
  "token",
  "tokenType",
  "allowInsecure",
  "predictionServers",
  "userAgentSuffix",
  "propagateTrace",
  "maxPages",
  "maxConcurrentRequests"
] as const

const tokenPattern = /^[\x21-\x7E]{8,4096}$/
const userAgentPattern = /^[\x20-\x7E]{1,200}$/
const checkEndpoint = (
  endpoint: unknown,
  allowInsecure: boolean
): { readonly url: string } | { readonly problem: string } => {
  const refuse = (problem: string) => ({ problem })
  if (typeof endpoint !== "string" || !URL.canParse(endpoint)) return refuse("must be an absolute URL")
  const url = new URL(endpoint)
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse("must be an http or https URL")
  if (url.protocol === "http:" && !allowInsecure && !isLoopback(url)) {
    return refuse("must use https, because plain http exposes the token (set allowInsecure to permit it)")
  }
  if (url.username !== "" || url.password !== "") return refuse("must not contain a user name or a password")
  if (url.search !== "" || url.hash !== "") return refuse("must not have a query or a fragment")
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, "")}` }
}

/** The error for invalid settings. Nothing was sent. */
export const invalidSettings = (operation: string, issues: ReadonlyArray<Issue>) =>
  new DataRobotValidationError({
    operation,
    method: "",
    path: "",
    attempts: 0,
    phase: "request",
    issues,
    message: `${operation}: invalid settings: ${formatIssues(issues)}`
  })

/** Creates a connection. Fails if a setting is invalid. `operation` is the name in the error. */
export const makeConnection = (
  operation: string,
  options: ConnectionOptions
): Effect.Effect<Connection, DataRobotValidationError> =>
  Effect.suspend(() => {
    const requestOptions = mergeOptions(options)
    const issues: Array<Issue> = [
      ...requestOptionIssues(options, connectionKeys),
      ...resolveOptions(requestOptions).issues
    ]
    const endpoint = checkEndpoint(options.endpoint ?? defaultEndpoint, options.allowInsecure === true)
    if ("problem" in endpoint) issues.push({ path: "endpoint", message: endpoint.problem })

    const token: unknown = Redacted.isRedacted(options.token) ? Redacted.value(options.token) : options.token
    if (typeof token !== "string" || !tokenPattern.test(token)) {
      issues.push({
        path: "token",
        message: "must be 8 to 4096 printable ASCII characters without spaces"
      })
    }
    const { maxConcurrentRequests, maxPages = 10_000, predictionServers = [], tokenType = "Bearer", userAgentSuffix } =
      options
    const trusted = readOrigins(predictionServers, options.allowInsecure === true)
    issues.push(...trusted.issues)
    if (tokenType !== "Bearer" && tokenType !== "Token") {
      issues.push({ path: "tokenType", message: "must be \"Bearer\" or \"Token\"" })
    }
    if (!Number.isInteger(maxPages) || maxPages < 1) {
      issues.push({ path: "maxPages", message: "must be a whole number from 1" })
    }
    if (
      maxConcurrentRequests !== undefined && (!Number.isInteger(maxConcurrentRequests) || maxConcurrentRequests < 1)
    ) {
      issues.push({ path: "maxConcurrentRequests", message: "must be a whole number from 1" })
    }
    if (userAgentSuffix !== undefined && !userAgentPattern.test(userAgentSuffix)) {
      issues.push({ path: "userAgentSuffix", message: "must be 1 to 200 printable ASCII characters" })
    }
    if (issues.length > 0 || "problem" in endpoint || typeof token !== "string") {
      return Effect.fail(invalidSettings(operation, issues))
    }

    const redactor = makeRedactor(token)
    return Effect.succeed({
      endpoint: endpoint.url,
      base: new URL(`${endpoint.url}/`),
      token: Redacted.make(token),
      tokenType,
      userAgentSuffix,
      propagateTrace: options.propagateTrace === true,
      maxPages,
      predictionServers: trusted.origins,
      options: requestOptions,
      issues: [],
      values: "effect",
      redactor,
      tokenRedactor: redactor,
      warned: new Set<string>(),
      places: maxConcurrentRequests === undefined ? undefined : new Places(maxConcurrentRequests),
      memory: new WeakMap<object, unknown>()
    })
  })

/** The origins in `DATAROBOT_PREDICTION_SERVERS`, with commas between them. */
export const predictionServersOfEnv = Config.map(
  Config.withDefault(Config.string("DATAROBOT_PREDICTION_SERVERS"), ""),
  (text) => text.split(",").map((origin) => origin.trim()).filter((origin) => origin !== "")
)

/**
 * Creates a connection. The environment supplies the endpoint, the token and the prediction servers if they are not
 * given.
 */
export const connectionFromEnv = (
  operation: string,
  options: EnvConnectionOptions = {}
): Effect.Effect<Connection, DataRobotValidationError> =>
  Effect.gen(function*() {
    const endpoint = options.endpoint ??
      (yield* Config.withDefault(Config.nonEmptyString("DATAROBOT_ENDPOINT"), defaultEndpoint))
    const token = options.token ?? (yield* Config.redacted(Config.nonEmptyString("DATAROBOT_API_TOKEN")))
    const predictionServers = options.predictionServers ?? (yield* predictionServersOfEnv)
    return { ...options, endpoint, token, predictionServers }
  }).pipe(
    // The ConfigError is dropped, because it prints the value it read.
    Effect.mapError(() => invalidSettings(operation, [{ path: "DATAROBOT_API_TOKEN", message: "is not set" }])),
    Effect.flatMap((settings) => makeConnection(operation, settings))
  )
