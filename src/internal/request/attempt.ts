/** One attempt of a request: what to send, and what the response means. */
import * as Headers from "@effect/platform/Headers"
import * as HttpTraceContext from "@effect/platform/HttpTraceContext"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import type * as Tracer from "effect/Tracer"
import type { DataRobotApiError, DataRobotNetworkError, DataRobotValidationError } from "../../DataRobotError.js"
import { version } from "../../wire/version.js"
import { type Parsed, parseJson } from "../reading/json.js"
import type { Connection } from "./connection.js"
import type { Outgoing } from "./directClient.js"
import {
  apiError,
  networkError,
  type RequestContext,
  responseInvalid,
  timeoutFailure,
  tooLargeFailure,
  type Trait
} from "./errors.js"
import { queryString } from "./input.js"
import { type NetworkFailure, networkFailure } from "./networkFailure.js"
import type { ApiResponse, Call, Operation } from "./operation.js"
import type { Limits } from "./options.js"
import type { Outcome } from "./retry.js"
import { retryAfterMillis } from "./retryAfter.js"
import type { Exchange } from "./transport.js"

/** A call that is ready to be sent: everything that its attempts have in common. */
export interface Prepared {
  readonly operation: Operation
  readonly call: Call
  readonly connection: Connection
  readonly limits: Limits
  readonly context: Omit<RequestContext, "attempts">
  /** What the errors say about repeating the request. */
  readonly trait: Trait
}

const maxSuccessBody = 10 * 1024 * 1024
const maxErrorBody = 1024 * 1024

const isFailure = ({ route }: Call, status: number) =>
  (status < 200 || status > 299) && route.accept?.includes(status) !== true

/** Maximum size of the body of a response with this status, in bytes. */
export const maxBodyOf = (call: Call, status: number): number =>
  isFailure(call, status) ? maxErrorBody : call.route.maxBody ?? maxSuccessBody

// The origin and the base path are the configured ones, or the request is not sent.
const urlOf = ({ call, connection, context, operation }: Prepared): URL => {
  const url = new URL(`${connection.endpoint}/${context.path}${queryString(call.query?.value ?? {})}`)
  if (!url.href.startsWith(connection.base.href)) {
    throw new Error(`${operation.name}: a URL outside of the endpoint was built`)
  }
  return url
}

/** The request as it leaves. */
export const outgoingOf = (prepared: Prepared, path: string, span: Tracer.AnySpan | undefined): Outgoing => {
  const { call: { body, route }, connection, limits } = prepared
  const suffix = connection.userAgentSuffix === undefined ? "" : ` ${connection.userAgentSuffix}`
  return {
    method: route.method,
    url: urlOf({ ...prepared, context: { ...prepared.context, path } }),
    headers: {
      "user-agent": `effect-datarobot/${version}${suffix}`,
      ...limits.headers,
      accept: "application/json",
      authorization: `${connection.tokenType} ${Redacted.value(connection.token)}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(connection.propagateTrace && span?._tag === "Span" ? HttpTraceContext.toHeaders(span) : {})
    },
    body: body && JSON.stringify(body.value)
  }
}

/** An error of one attempt, and what it means for retries. */
export interface Failed {
  readonly error: DataRobotApiError | DataRobotNetworkError | DataRobotValidationError
  readonly outcome: Outcome
}

/**
 * What an attempt amounts to. The client's errors hold the request and with it the token: none of them gets past here.
 * `now` is the time at its end.
 */
export const outcomeOf = (
  exchange: Exchange,
  { call, connection, context: request, operation, trait }: Prepared,
  attempts: number,
  now: number
): Either.Either<ApiResponse, Failed> => {
  const context = { ...request, attempts }
  const lost = (failure: NetworkFailure) =>
    Either.left<Failed>({
      error: networkError(context, trait, failure),
      outcome: { _tag: "NoResponse", outcome: failure.outcome, permanent: failure.permanent }
    })
  if ("late" in exchange) return lost(timeoutFailure(exchange.late))
  if ("failed" in exchange) return lost(networkFailure(exchange.failed, connection.redactor))
  const { body, status } = exchange
  const headers = Headers.fromInput(exchange.headers)
  const retryAfter = retryAfterMillis(headers, now)
  const bytes = typeof body === "object" && "bytes" in body ? body.bytes : undefined
  // The status decides; a body that breaks off or is too long does not change it.
  if (isFailure(call, status)) {
    return Either.left({
      error: apiError(context, trait, { status, headers, body: bytes }, connection.redactor, now),
      outcome: { _tag: "Response", status, retryAfter }
    })
  }
  if (body === "too large") return lost(tooLargeFailure(maxBodyOf(call, status)))
  if ("broken" in body) return lost(networkFailure(body.broken, connection.redactor))
  const parsed: Parsed = body.bytes.length === 0 ? { ok: true, value: undefined } : parseJson(body.bytes)
  return parsed.ok
    ? Either.right({
      operation,
      call,
      context,
      connection,
      status,
      isDeprecated: headers["deprecation"] !== undefined,
      location: headers["location"],
      retryAfter,
      body: parsed.value
    })
    : Either.left({
      error: responseInvalid(context, trait, [{ path: "", message: `the body ${parsed.problem}` }]),
      outcome: { _tag: "Unreadable" }
    })
}
