/** One attempt of a request: builds the request, and interprets the response. */
import * as Headers from "@effect/platform/Headers"
import * as HttpTraceContext from "@effect/platform/HttpTraceContext"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import type * as Tracer from "effect/Tracer"
import type { DataRobotApiError, DataRobotNetworkError, DataRobotValidationError } from "../../DataRobotError.js"
import { keyHeader } from "../../wire/predictionHeaders.js"
import type { Route } from "../../wire/route.js"
import { parseJson, webPage } from "../reading/json.js"
import type { Connection } from "./connection.js"
import type { Outgoing, ReceivedHeaders, RequestBody } from "./directClient.js"
import {
  apiError,
  networkError,
  queuedFailure,
  type RequestContext,
  responseInvalid,
  timeoutFailure,
  tooLargeFailure
} from "./errors.js"
import { endpointHint } from "./hint.js"
import { type Input, queryString } from "./input.js"
import { type NetworkFailure, networkFailure } from "./networkFailure.js"
import type { ApiResponse, Call, Operation, Payload } from "./operation.js"
import { isHeaderValue, type Limits } from "./options.js"
import { json, type Plan } from "./plan.js"
import { isRelativePath } from "./relativePath.js"
import { exceededOption, type Outcome } from "./retry.js"
import { retryAfterMillis } from "./retryAfter.js"
import type { Exchange } from "./transport.js"
import { isTrusted } from "./trust.js"

type Destination = Pick<Call, "query" | "server">

const maxSuccessBody = 10 * 1024 * 1024
const maxErrorBody = 1024 * 1024

/** Whether a response with this status is a success of the route. */
export const isSuccess = (route: Route, status: number): boolean =>
  (status >= 200 && status <= 299) || route.accept?.includes(status) === true

/** Returns the maximum size, in bytes, of the body of a response with this status. */
export const maxBodyOf = (route: Route, status: number): number =>
  isSuccess(route, status) ? route.maxBody ?? maxSuccessBody : maxErrorBody

/** The words of a route, and ids. Nothing in it changes when it becomes a part of a URL. */
const pathBelow = /^[\w-][\w/-]*$/

// A request is only sent below the endpoint, or below a prediction server that may receive the token (S-11).
const destinationOf = (
  connection: Connection,
  operation: Operation,
  path: string,
  { query, server }: Destination
): Pick<Outgoing, "origin" | "path"> => {
  const { base } = server ?? connection
  if (!(pathBelow.test(path) || isRelativePath(path)) || (server !== undefined && !isTrusted(connection, base))) {
    throw new Error(`${operation.name}: a URL outside of the endpoint was built`)
  }
  return { origin: base.origin, path: `${base.pathname}${path}${query === undefined ? "" : queryString(query.value)}` }
}

// An external span has its ids from another system. An id that is not valid in a header is not propagated. The span of a
// disabled tracer has no ids.
const traceHeadersOf = (span: Tracer.AnySpan | undefined) =>
  span?._tag !== "Span" || span.traceId === "noop"
    ? {}
    : Object.fromEntries(Object.entries(HttpTraceContext.toHeaders(span)).filter(([, value]) => isHeaderValue(value)))

const contentOf = <Body extends RequestBody>(
  body: Input | Payload<Body>
): { readonly type: string; readonly body: Body | string } =>
  "content" in body
    ? { type: body.contentType, body: body.content }
    : { type: json, body: JSON.stringify(body.value) }

// The limits of a route replace those of the HTTP layer (R-12).
const layerLimitsOf = ({ maxBody }: Route): Outgoing["layerLimits"] =>
  maxBody === undefined ? undefined : { headersTimeout: 0, bodyTimeout: 0, maxBodySize: maxBody }

const isEmptyRecord = (record: object): boolean => {
  for (const _ in record) return false
  return true
}

/** Builds the request that is sent. */
export const outgoingOf = <Body extends RequestBody>(
  { connection, headers }: Plan,
  operation: Operation,
  { accept, body, query, route, server, uncompressed }:
    & Pick<Call<Body>, "accept" | "body" | "route" | "uncompressed">
    & Destination,
  path: string,
  span: Tracer.AnySpan | undefined
): Outgoing<Body | string> => {
  const content = body && contentOf(body)
  const more: Record<string, string> = {
    ...(accept === undefined ? {} : { accept }),
    ...(uncompressed === true ? { "accept-encoding": "identity" } : {}),
    ...(content === undefined ? {} : { "content-type": content.type }),
    ...(server?.key === undefined ? {} : { [keyHeader]: Redacted.value(server.key) }),
    ...(connection.propagateTrace ? traceHeadersOf(span) : {})
  }
  const { origin, path: whole } = destinationOf(connection, operation, path, { query, server })
  return {
    method: route.method,
    origin,
    path: whole,
    headers: isEmptyRecord(more) ? headers : { ...headers, ...more },
    body: content?.body,
    layerLimits: layerLimitsOf(route)
  }
}

/** The error of an attempt, and its outcome for the retry decision. */
export interface Failed {
  readonly error: DataRobotApiError | DataRobotNetworkError | DataRobotValidationError
  readonly outcome: Outcome
}

/** The parts of a response that are the same for all attempts of a call. */
export type Asked = Pick<ApiResponse, "operation" | "connection" | "trait"> & {
  readonly route: Route
  readonly limits: Limits
}

/** Returns what is known of a response when its headers have arrived. `now` is the time of day in epoch milliseconds. */
export const respondedOf = (
  { connection, operation, trait }: Pick<Asked, "connection" | "operation" | "trait">,
  context: RequestContext,
  response: { readonly status: number; readonly headers: ReceivedHeaders },
  now: number
): Omit<ApiResponse, "body"> => {
  const headers = Headers.fromInput(response.headers)
  return {
    operation,
    connection,
    trait,
    context,
    status: response.status,
    isDeprecated: headers["deprecation"] !== undefined,
    headers,
    location: headers["location"],
    retryAfter: retryAfterMillis(headers, now)
  }
}

/**
 * Interprets the end of an attempt: a response or an error. The HTTP client's errors contain the request and its token,
 * so none of them leaves this function. `now` is the time of day at the end of the attempt, in epoch
 * milliseconds, and `left` the time until the deadline of the request.
 */
export const outcomeOf = (
  exchange: Exchange,
  asked: Asked,
  context: RequestContext,
  now: number,
  left: number
): Either.Either<ApiResponse, Failed> => {
  const { connection, limits, route, trait } = asked
  const { redactor } = connection
  const fail = (error: Failed["error"], outcome: Outcome) => Either.left<Failed>({ error, outcome })
  const lost = (failure: NetworkFailure) =>
    fail(networkError(context, trait, failure), { ...failure, _tag: "NoResponse" })
  if ("late" in exchange) return lost(timeoutFailure(exchange.late))
  if ("queued" in exchange) return lost(queuedFailure(exchange.queued, connection.places?.limit ?? 0))
  if ("failed" in exchange) return lost(networkFailure(exchange.failed, redactor, exchange.neverStarted))
  const { body, status } = exchange
  const responded = respondedOf(asked, context, exchange, now)
  const { headers, retryAfter } = responded
  const bytes = typeof body === "object" && "bytes" in body ? body.bytes : undefined
  // The status decides, even if the body breaks off or is too long.
  if (!isSuccess(route, status)) {
    const outcome: Outcome = { _tag: "Response", status, retryAfter }
    const { attempts } = context
    const situation = { outcome, repeatable: trait.idempotent, attempts, now: 0, deadline: left, share: 0 }
    const exceeded = exceededOption(situation, limits)
    const endpoint = trait.server === undefined ? connection.endpoint : undefined
    const response = { status, headers, retryAfter, body: bytes, exceeded, endpoint }
    return fail(apiError(context, trait, response, redactor), outcome)
  }
  if (body === "too large") return lost(tooLargeFailure(maxBodyOf(route, status)))
  if ("broken" in body) return lost({ ...networkFailure(body.broken, redactor), outcome: "unknown" })
  if (route.bytes === true) return Either.right({ ...responded, body: body.bytes })
  const parsed = body.bytes.length === 0 ? undefined : parseJson(body.bytes)
  if (parsed?.ok === false) {
    const isOwn = parsed.problem === webPage && trait.server === undefined
    const wrong = isOwn ? endpointHint(redactor.text(connection.endpoint)) : undefined
    const issue = { path: "", message: `the body ${parsed.problem}${wrong === undefined ? "" : `. ${wrong}`}` }
    return fail(responseInvalid(context, trait, [issue]), { _tag: "Unreadable" })
  }
  return Either.right({ ...responded, body: parsed?.value })
}
