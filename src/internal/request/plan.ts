/** What all requests of a connection have in common. Worked out once, unless a call has options of its own. */
import * as Redacted from "effect/Redacted"
import type { Issue } from "../../DataRobotError.js"
import { version } from "../../wire/version.js"
import type { Connection } from "./connection.js"
import { withHeaderSecrets } from "./headerSecrets.js"
import { type Limits, mergeOptions, type RequestOptions, resolveOptions } from "./options.js"
import { serverOf, type ShownRequest } from "./tracing.js"

/** The media type of almost all bodies. */
export const json = "application/json"

/** The limits and headers of requests, and the issues of the options that they come from. */
export interface Plan {
  /** The connection. Its redactor also knows the secrets in the headers. */
  readonly connection: Connection
  readonly limits: Limits
  readonly issues: ReadonlyArray<Issue>
  /** The headers of a request for JSON that has no body. */
  readonly headers: Readonly<Record<string, string>>
  /** The endpoint in spans. */
  readonly shown: Pick<ShownRequest, "origin" | "server">
}

const makePlan = (settings: Connection, options: RequestOptions, secrets?: ReadonlyArray<string>): Plan => {
  const { issues, limits } = resolveOptions(mergeOptions(settings.options, options))
  const { base, token, tokenType, userAgentSuffix } = settings
  return {
    connection: withHeaderSecrets(settings, limits.headers, secrets),
    limits,
    issues: [...settings.issues, ...issues],
    shown: { server: serverOf(base), origin: base.origin },
    headers: {
      "user-agent": `effect-datarobot/${version}${userAgentSuffix === undefined ? "" : ` ${userAgentSuffix}`}`,
      ...limits.headers,
      accept: json,
      authorization: `${tokenType} ${Redacted.value(token)}`
    }
  }
}

const plans = new WeakMap<Connection, Plan>()

const isEmpty = ({ attemptTimeout, headers, retry, timeout }: RequestOptions): boolean =>
  timeout === undefined && attemptTimeout === undefined && retry === undefined && headers === undefined

/** Returns the plan of a request with these options. `secrets` are those that only this request has. */
export const planOf = (connection: Connection, options: RequestOptions, secrets?: ReadonlyArray<string>): Plan => {
  if (secrets !== undefined || !isEmpty(options)) return makePlan(connection, options, secrets)
  const known = plans.get(connection)
  if (known !== undefined) return known
  const plan = makePlan(connection, options)
  plans.set(connection, plan)
  return plan
}
