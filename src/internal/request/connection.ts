/** The connection behind every request: its settings, checked. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { DataRobotValidationError, type Issue } from "../../DataRobotError.js"
import { makeRedactor, type Redactor } from "../../wire/redaction.js"
import { formatIssues } from "../reading/issues.js"
import { mergeOptions, type RequestOptions, resolveOptions } from "./options.js"

/** The managed cloud, where nothing else is said. */
export const defaultEndpoint = "https://app.datarobot.com/api/v2"

/** Where to connect, as whom, and how. */
export interface ConnectionOptions extends RequestOptions {
  /**
   * The API's base URL, such as `https://app.datarobot.com/api/v2` (which it is without it). It must be https, but for
   * this machine's own addresses and with `allowInsecure`.
   */
  readonly endpoint?: string | undefined
  /** The API token. */
  readonly token: string | Redacted.Redacted
  /** The word before the token in the Authorization header: `Bearer`, or `Token` for old installations. */
  readonly tokenType?: "Bearer" | "Token" | undefined
  /** Allows plain http to any host. The token then travels readable. */
  readonly allowInsecure?: boolean | undefined
  /** What to add to the `user-agent` header, such as the name of your application. */
  readonly userAgentSuffix?: string | undefined
  /** Sends the current span's `traceparent` and `b3` headers to the server; off without it. */
  readonly propagateTrace?: boolean | undefined
  /** How many pages a listing may have before it is given up as endless; 10 000 without it. */
  readonly maxPages?: number | undefined
}

/** The same, where the token may come from the environment too. */
export interface EnvConnectionOptions extends Omit<ConnectionOptions, "token"> {
  /** The API token; `DATAROBOT_API_TOKEN` without it. */
  readonly token?: string | Redacted.Redacted | undefined
}

/** A checked connection. */
export interface Connection {
  /** The base URL without a trailing slash. */
  readonly endpoint: string
  /** The same with a slash: what every URL begins with. */
  readonly base: URL
  readonly token: Redacted.Redacted
  readonly tokenType: "Bearer" | "Token"
  readonly userAgentSuffix: string | undefined
  readonly propagateTrace: boolean
  readonly maxPages: number
  /** The options of the layer and of the regions around a call. */
  readonly options: RequestOptions
  /** Replaces the token in what is kept of an answer or of a failure. */
  readonly redactor: Redactor
  /** What was warned of already: each thing is said once. */
  readonly warned: Set<string>
}

const tokenPattern = /^[\x21-\x7E]{8,4096}$/
const userAgentPattern = /^[\x20-\x7E]{1,200}$/
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

const checkEndpoint = (
  endpoint: unknown,
  allowInsecure: boolean
): { readonly url: string } | { readonly problem: string } => {
  const refuse = (problem: string) => ({ problem })
  if (typeof endpoint !== "string" || !URL.canParse(endpoint)) return refuse("must be an absolute URL")
  const url = new URL(endpoint)
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse("must be an http or https URL")
  if (url.protocol === "http:" && !allowInsecure && !loopback.test(url.hostname)) {
    return refuse("must be https, so that nobody on the way can read the token (or set allowInsecure)")
  }
  if (url.username !== "" || url.password !== "") return refuse("must hold no user name and no password")
  if (url.search !== "" || url.hash !== "") return refuse("must have no query and no fragment")
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, "")}` }
}

/** The settings of a connection can't work. */
export const invalidSettings = (operation: string, issues: ReadonlyArray<Issue>) =>
  new DataRobotValidationError({
    operation,
    method: "",
    path: "",
    attempts: 0,
    phase: "request",
    issues,
    message: `${operation}: can't connect with these settings: ${formatIssues(issues)}`
  })

/** A connection, unless a setting can't work. `operation` names in errors where the settings are from. */
export const makeConnection = (
  operation: string,
  options: ConnectionOptions
): Effect.Effect<Connection, DataRobotValidationError> =>
  Effect.suspend(() => {
    const requestOptions = mergeOptions(options)
    const issues: Array<Issue> = [...resolveOptions(requestOptions).issues]
    const endpoint = checkEndpoint(options.endpoint ?? defaultEndpoint, options.allowInsecure === true)
    if ("problem" in endpoint) issues.push({ path: "endpoint", message: endpoint.problem })

    const token: unknown = Redacted.isRedacted(options.token) ? Redacted.value(options.token) : options.token
    if (typeof token !== "string" || !tokenPattern.test(token)) {
      issues.push({
        path: "token",
        message: "must be 8 to 4096 printable ASCII characters with no space in or around it"
      })
    }
    const { maxPages = 10_000, tokenType = "Bearer", userAgentSuffix } = options
    if (tokenType !== "Bearer" && tokenType !== "Token") {
      issues.push({ path: "tokenType", message: "must be \"Bearer\" or \"Token\"" })
    }
    if (!Number.isInteger(maxPages) || maxPages < 1) {
      issues.push({ path: "maxPages", message: "must be a whole number from 1" })
    }
    if (userAgentSuffix !== undefined && !userAgentPattern.test(userAgentSuffix)) {
      issues.push({ path: "userAgentSuffix", message: "must be 1 to 200 printable ASCII characters" })
    }
    if (issues.length > 0 || "problem" in endpoint || typeof token !== "string") {
      return Effect.fail(invalidSettings(operation, issues))
    }

    return Effect.succeed({
      endpoint: endpoint.url,
      base: new URL(`${endpoint.url}/`),
      token: Redacted.make(token),
      tokenType,
      userAgentSuffix,
      propagateTrace: options.propagateTrace === true,
      maxPages,
      options: requestOptions,
      redactor: makeRedactor(token),
      warned: new Set<string>()
    })
  })

/** A connection whose endpoint and token, where they are not given, are those of the environment. */
export const connectionFromEnv = (
  operation: string,
  options: EnvConnectionOptions = {}
): Effect.Effect<Connection, DataRobotValidationError> =>
  Effect.gen(function*() {
    const endpoint = options.endpoint ??
      (yield* Config.withDefault(Config.nonEmptyString("DATAROBOT_ENDPOINT"), defaultEndpoint))
    const token = options.token ?? (yield* Config.redacted(Config.nonEmptyString("DATAROBOT_API_TOKEN")))
    return { ...options, endpoint, token }
  }).pipe(
    // not the ConfigError itself, which prints what it read
    Effect.mapError(() => invalidSettings(operation, [{ path: "DATAROBOT_API_TOKEN", message: "is not set" }])),
    Effect.flatMap((settings) => makeConnection(operation, settings))
  )
