/**
 * Builds the tagged errors and their one-line messages. No error holds the request or the token (S-4).
 */
import * as Duration from "effect/Duration"
import {
  type ApiReason,
  DataRobotApiError,
  DataRobotNetworkError,
  DataRobotValidationError,
  type Issue
} from "../../DataRobotError.js"
import { predictionHeaders } from "../../wire/predictionHeaders.js"
import type { Redactor } from "../../wire/redaction.js"
import { isRecord, oneLine } from "../../wire/text.js"
import { issueSentence } from "../reading/issues.js"
import { parseJson } from "../reading/json.js"
import { defined } from "./defined.js"
import { hint } from "./hint.js"
import type { NetworkFailure } from "./networkFailure.js"
import { judge, type Repeatable } from "./retry.js"

/** The request fields that every error has. */
export interface RequestContext {
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly attempts: number
}

/** What an error says about repeating the request. */
export interface Trait {
  /** Whether the request may be retried when its outcome is unknown (R-1). Never derived from the HTTP method. */
  readonly idempotent: Repeatable
  /** The advice in the message when the outcome is unknown. */
  readonly whenUnknown?: string | undefined
  /** The last sentence of the message: what earlier requests of the same operation have already done. */
  readonly note?: string | undefined
  /** The host of the prediction server, if the request does not go to the endpoint. */
  readonly server?: string | undefined
}

/** The advice when the outcome is unknown. `undefined` if the request is safe to repeat. */
const adviceWhenUnknown = (trait: Trait): string | undefined =>
  trait.idempotent !== false
    ? undefined
    : trait.whenUnknown ?? "The request may have taken effect: check before you repeat it."

const plural = (count: number) => count === 1 ? "1 attempt" : `${count} attempts`

/** Describes the request of an error, such as `GET status/1/, 2 attempts`. */
export const describeRequest = (context: RequestContext): string =>
  `${context.method} ${context.path}, ${plural(context.attempts)}`

const joinSentences = (...parts: ReadonlyArray<string | undefined>) =>
  oneLine(parts.filter((part) => part !== undefined && part !== "").join(" "))

// A server's text may end without a full stop.
const withFullStop = (text: string) => text === "" || /[.!?…]$/.test(text) ? text : `${text}.`

const reasons: Readonly<Record<number, ApiReason>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  408: "ServerError",
  409: "Conflict",
  422: "Unprocessable",
  429: "RateLimited"
}

const reasonOf = (status: number): ApiReason =>
  reasons[status] ?? (status >= 500 && status <= 599 ? "ServerError" : "Unexpected")

const advice: Readonly<Record<ApiReason, string>> = {
  Unauthorized: "Check the API token, and that it belongs to this endpoint.",
  Forbidden: "The token's user lacks the permission, or the feature is not enabled for the account.",
  NotFound: "Check the id.",
  Conflict: "Read the current state before trying again.",
  Unprocessable: "Correct the fields and try again.",
  RateLimited: "Send fewer requests, or try again later.",
  ServerError: "DataRobot or a gateway in front of it failed: try again later.",
  Unexpected: "Check that the endpoint is DataRobot's API."
}

// After a change, a note says what to do instead of trying again.
const adviceBeforeNote: Partial<Record<ApiReason, string>> = {
  RateLimited: "Send fewer requests.",
  ServerError: "DataRobot or a gateway in front of it failed."
}

const adviceOf = (reason: ApiReason, { note }: Trait): string =>
  (note === undefined ? undefined : adviceBeforeNote[reason]) ?? advice[reason]

/** The parts of an HTTP response that an API error is built from. `body` is `undefined` if it could not be read. */
export interface FailedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined
  readonly body: Uint8Array | undefined
  /** The option that does not allow the wait that the server asks for. */
  readonly exceeded: string | undefined
  /** The base URL of the API. `undefined` for a prediction server. */
  readonly endpoint: string | undefined
}

/** The server's request to wait, and what forbids it. Without a full stop. */
export const askedToWait = (millis: number, exceeded: string | undefined): string =>
  `The server asks to wait ${Math.ceil(millis / 1000)} s${
    exceeded === undefined ? "" : `, which is longer than ${exceeded} allows`
  }`

const maxText = 2048

/** Returns the server's id of a request. */
export const requestIdOf = (
  headers: Readonly<Record<string, string | undefined>>,
  redactor: Redactor
): string | undefined => {
  const id = headers["x-request-id"] ?? headers["request-id"] ?? headers[predictionHeaders.requestId]
  return id === undefined ? undefined : oneLine(redactor.text(id), 128)
}

// Parsed if it is JSON, otherwise the beginning of the text.
const bodyOf = (bytes: Uint8Array | undefined, redactor: Redactor): unknown => {
  if (bytes === undefined || bytes.length === 0) return undefined
  const parsed = parseJson(bytes)
  if (parsed.ok) return redactor.json(parsed.value)
  return redactor.text(new TextDecoder().decode(bytes)).slice(0, maxText)
}

// The server's message. A text body is the message, unless it is a web page.
const messageOf = (body: unknown): string | undefined => {
  if (isRecord(body) && typeof body["message"] === "string") return body["message"]
  return typeof body === "string" && !body.trimStart().startsWith("<") ? body : undefined
}

const maxFieldErrors = 10
// Most servers nest them two levels deep. A search that finds no text must end too (S-9).
const maxVisited = 1000

/** Returns the texts in the `errors` of a 422 with their paths: `label: may not be blank; datasets.1.id: …` */
const fieldErrors = (errors: unknown, redactor: Redactor): ReadonlyArray<string> => {
  const found: Array<string> = []
  let visited = 0
  const visit = (value: unknown, path: string) => {
    if (typeof value === "string") {
      // A token with dots may be split into several keys. A very long path is not worth the search.
      const shown = path.length > 500 ? "…" : redactor.text(path)
      found.push(path === "" ? value : `${shown}: ${value}`)
    }
    if (!Array.isArray(value) && !isRecord(value)) return
    const inner: Readonly<Record<string, unknown>> = Object(value)
    for (const key in inner) {
      if (found.length >= maxFieldErrors || visited++ >= maxVisited) return
      visit(inner[key], path === "" ? key : `${path}.${key}`)
    }
  }
  visit(errors, "")
  return found
}

/** The error for a response with an error status. */
export const apiError = (
  context: RequestContext,
  trait: Trait,
  response: FailedResponse,
  redactor: Redactor
): DataRobotApiError => {
  const { endpoint, exceeded, headers, retryAfter, status } = response
  const reason = reasonOf(status)
  const body = bodyOf(response.body, redactor)
  const errors = isRecord(body) && isRecord(body["errors"]) ? body["errors"] : undefined
  const { effect, retryable } = judge({ _tag: "Response", status, retryAfter }, trait.idempotent)
  const redirect = status === 0 || (status >= 300 && status < 400)

  const properties = {
    ...context,
    reason,
    status,
    retryable,
    ...defined({
      errors,
      body,
      requestId: requestIdOf(headers, redactor),
      retryAfter: retryAfter === undefined ? undefined : Duration.millis(retryAfter),
      outcome: effect === "unknown" && trait.idempotent === false ? effect : undefined
    }),
    message: joinSentences(
      `${context.operation} failed: ${status} ${reason} (${describeRequest(context)}):`,
      redirect
        ? "redirects are not followed."
        : withFullStop(oneLine(messageOf(body) ?? "", 500) || "no message"),
      withFullStop(fieldErrors(errors, redactor).map((line) => oneLine(line, 200)).join("; ")),
      retryAfter === undefined
        ? undefined
        : `${askedToWait(retryAfter, exceeded)}${exceeded === undefined ? "" : ": raise it to let the SDK wait"}.`,
      (effect === "unknown" ? adviceWhenUnknown(trait) : undefined) ??
        hint(status, context.path, endpoint && redactor.text(endpoint), isRecord(body) && "message" in body) ??
        adviceOf(reason, trait),
      trait.note
    )
  }
  // The class would validate a copy of all `errors`, but all properties have the right types.
  return new DataRobotApiError(properties, { disableValidation: true })
}

const networkMessage = (
  failure: NetworkFailure,
  method: string,
  { note, server }: Trait
): readonly [happened: string, advice: string | undefined] => {
  const address = server === undefined ? "the endpoint URL" : `the URL of the prediction server (${server})`
  switch (failure.reason) {
    case "Connect":
      return failure.permanent
        ? [
          "could not establish a trusted TLS connection",
          `Check ${address}, or make the HTTP client trust the server's certificate authority.`
        ]
        : ["could not connect", `Check ${address} and the network.`]
    case "Transport":
      return ["the connection broke", note === undefined ? "Try again later." : undefined]
    case "Timeout":
      return [
        "the request timed out",
        `${note === undefined ? "Try again later, or allow" : "Allow"} more time (timeout, attemptTimeout).`
      ]
    case "BodyTooLarge":
      return [
        "the response is too large",
        method === "POST" ? "Send fewer rows at a time." : "Request fewer items at a time (limit, pageSize)."
      ]
  }
}

/** The error for a request without a usable response. */
export const networkError = (
  context: RequestContext,
  trait: Trait,
  failure: NetworkFailure
): DataRobotNetworkError => {
  const { cause, outcome, permanent, reason } = failure
  const { retryable } = judge({ _tag: "NoResponse", reason, outcome, permanent }, trait.idempotent)
  const [happened, advice] = failure.says ?? networkMessage(failure, context.method, trait)
  const detail = [cause.code, cause.message].filter((part) => part !== undefined && part !== "").join(", ")
  return new DataRobotNetworkError({
    ...context,
    reason,
    outcome,
    cause,
    retryable,
    message: joinSentences(
      `${context.operation} failed: ${happened} (${describeRequest(context)})${detail === "" ? "." : `: ${detail}.`}`,
      (outcome === "unknown" ? adviceWhenUnknown(trait) : undefined) ?? advice,
      trait.note
    )
  })
}

/** The failure of an attempt that exceeded its time limit, or the one of the whole request. */
export const timeoutFailure = (millis: number): NetworkFailure => ({
  reason: "Timeout",
  outcome: "unknown",
  permanent: false,
  cause: { name: "TimeoutError", message: `no complete response within ${Math.max(1, Math.round(millis))} ms` }
})

/** The failure of a request that was not sent, because as many other ones as the connection allows took too long. */
export const queuedFailure = (millis: number, limit: number): NetworkFailure => ({
  reason: "Timeout",
  outcome: "not-sent",
  permanent: false,
  cause: { name: "TimeoutError", message: `waited ${Math.round(millis)} ms for one of ${limit} concurrent requests` },
  says: ["the request was not sent in time", "Allow more of them (maxConcurrentRequests) or more time (timeout)."]
})

/** The failure of a response body that exceeds the size limit. */
export const tooLargeFailure = (max: number): NetworkFailure => ({
  reason: "BodyTooLarge",
  outcome: "unknown",
  permanent: true,
  cause: { name: "BodyTooLargeError", message: `the body has more than ${max} bytes` }
})

/**
 * The error for invalid arguments. Nothing was sent, or, with an attempt, the beginning of a stream. The caller may have
 * passed the token as an id or as a key.
 */
export const requestInvalid = (
  context: Omit<RequestContext, "attempts">,
  found: ReadonlyArray<Issue>,
  { text }: Redactor,
  attempts: 0 | 1 = 0
): DataRobotValidationError => {
  const issues = found.map(({ message, path }) => ({ path: text(path), message: text(message) }))
  return new DataRobotValidationError({
    ...context,
    path: text(context.path),
    attempts,
    phase: "request",
    issues,
    message: joinSentences(
      `${context.operation} was ${attempts === 0 ? "not sent" : "stopped while it was sent"}: ${issueSentence(issues)}`
    )
  })
}

/** The error for a response that breaks the contract. */
export const responseInvalid = (
  context: RequestContext,
  trait: Trait,
  issues: ReadonlyArray<Issue>
): DataRobotValidationError =>
  new DataRobotValidationError({
    ...context,
    phase: "response",
    issues,
    message: joinSentences(
      `${context.operation} could not read the server's response (${describeRequest(context)}): ` +
        `${issueSentence(issues)}`,
      // A proxy's page or an incomplete response does not show what the server did.
      trait.note ?? adviceWhenUnknown(trait)
    )
  })
