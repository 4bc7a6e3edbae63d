/**
 * Makes the errors: what happened to a request becomes one of the tagged errors, with a message of one line for the
 * person who reads it at night. Nothing that holds the request or the token gets in (S-4).
 */
import * as Duration from "effect/Duration"
import {
  type ApiReason,
  DataRobotApiError,
  DataRobotNetworkError,
  DataRobotValidationError,
  type Issue
} from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { isRecord, oneLine } from "../../wire/text.js"
import { formatIssues } from "../reading/issues.js"
import { parseJson } from "../reading/json.js"
import type { NetworkFailure } from "./networkFailure.js"
import { retryAfterMillis } from "./retryAfter.js"

/** What every error tells of its request. */
export interface RequestContext {
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly attempts: number
}

/** What the operation says of itself. */
export interface Trait {
  /** Whether the request may be sent again when nobody knows if it took place (R-1). Never derived from the verb. */
  readonly idempotent: boolean
  /** What to do when nobody knows if it took place. */
  readonly whenUnknown?: string | undefined
  /** What the reader must know beside the error: what earlier requests of the same operation have done. */
  readonly note?: string | undefined
}

/** What to do when nobody knows if the request took place; nothing to do where it may be repeated. */
const whenUnknown = (trait: Trait): string | undefined =>
  trait.idempotent ? undefined : trait.whenUnknown ?? "It may have taken place all the same: look before you repeat it."

const plural = (count: number) => count === 1 ? "1 attempt" : `${count} attempts`

const where = (context: RequestContext) => `${context.method} ${context.path}, ${plural(context.attempts)}`

const sentence = (...parts: ReadonlyArray<string | undefined>) =>
  oneLine(parts.filter((part) => part !== undefined && part !== "").join(" "))

// A server's text, which may have its full stop or not.
const ended = (text: string) => text === "" || /[.!?…]$/.test(text) ? text : `${text}.`

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

// The table of R-1: what may be sent again, by anybody and only by operations that may be repeated.
/** Whether a failure of this status says that the request surely did not take place. */
export const neverTookPlace = (status: number, retryAfter: unknown) =>
  status === 429 || (status === 503 && retryAfter !== undefined)
const mayHaveTakenPlace = new Set([408, 500, 502, 503, 504])

const advice: Readonly<Record<ApiReason, string>> = {
  Unauthorized: "Check the API token and the endpoint it belongs to.",
  Forbidden: "The token's user may not do this, or the feature is not enabled for the account.",
  NotFound: "Check the id, and that the endpoint ends in /api/v2.",
  Conflict: "Read the current state before trying again.",
  Unprocessable: "Correct the fields and try again.",
  RateLimited: "Send fewer requests, or try again later.",
  ServerError: "DataRobot or a gateway before it is in trouble; try again later.",
  Unexpected: "Check that the endpoint is DataRobot's API."
}

/** The part of an HTTP response that an API error is made of. `body` is undefined where it could not be read. */
export interface FailedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array | undefined
}

const maxText = 2048

// JSON where it is JSON, else the beginning of a text; a web page says nothing that is worth keeping.
const bodyOf = (bytes: Uint8Array | undefined, redactor: Redactor): unknown => {
  if (bytes === undefined || bytes.length === 0) return undefined
  const parsed = parseJson(bytes)
  if (parsed.ok) return redactor.json(parsed.value)
  return redactor.text(new TextDecoder().decode(bytes)).slice(0, maxText)
}

const messageOf = (body: unknown): string | undefined => {
  if (isRecord(body) && typeof body["message"] === "string") return body["message"]
  return typeof body === "string" && !body.trimStart().startsWith("<") ? body : undefined
}

// `errors` of a 422, flattened: `label: may not be blank; datasets.1.id: …`
const fieldErrors = (errors: unknown, prefix = "", found: Array<string> = []): ReadonlyArray<string> => {
  if (found.length >= 10) return found
  if (typeof errors === "string") found.push(prefix === "" ? errors : `${prefix}: ${errors}`)
  else if (Array.isArray(errors) || isRecord(errors)) {
    for (const [key, value] of Object.entries(errors)) {
      fieldErrors(value, prefix === "" ? key : `${prefix}.${key}`, found)
    }
  }
  return found
}

/** The server answered with a failure. */
export const apiError = (
  context: RequestContext,
  trait: Trait,
  response: FailedResponse,
  redactor: Redactor,
  now: number
): DataRobotApiError => {
  const { headers, status } = response
  const reason = reasonOf(status)
  const body = bodyOf(response.body, redactor)
  const errors = isRecord(body) && isRecord(body["errors"]) ? body["errors"] : undefined
  const requestId = headers["x-request-id"] ?? headers["request-id"]
  const retryAfter = retryAfterMillis(headers, now)
  const rejected = neverTookPlace(status, retryAfter)
  const uncertain = !rejected && mayHaveTakenPlace.has(status)
  const redirect = status === 0 || (status >= 300 && status < 400)

  return new DataRobotApiError({
    ...context,
    reason,
    status,
    retryable: rejected || (uncertain && trait.idempotent),
    ...(errors === undefined ? {} : { errors }),
    ...(body === undefined ? {} : { body }),
    ...(requestId === undefined ? {} : { requestId: oneLine(redactor.text(requestId), 128) }),
    ...(retryAfter === undefined ? {} : { retryAfter: Duration.millis(retryAfter) }),
    ...(uncertain && !trait.idempotent ? { outcome: "unknown" as const } : {}),
    message: sentence(
      `${context.operation} failed: ${status} ${reason}`,
      redirect
        ? `(a redirect, which is not followed) (${where(context)}).`
        : `(${where(context)}): ${ended(oneLine(messageOf(body) ?? "", 500) || "no message")}`,
      ended(fieldErrors(errors).map((line) => oneLine(line, 200)).join("; ")),
      retryAfter === undefined ? undefined : `The server asks to wait ${Math.ceil(retryAfter / 1000)} s.`,
      (uncertain ? whenUnknown(trait) : undefined) ?? advice[reason],
      trait.note
    )
  })
}

// What happened, and what the reader can do about it.
const networkWords = (failure: NetworkFailure): readonly [happened: string, todo: string] => {
  switch (failure.reason) {
    case "Connect":
      return failure.permanent
        ? [
          "a TLS connection that can be trusted could not be made",
          "Check the endpoint, or make the HTTP client trust its authority."
        ]
        : ["could not connect", "Check the endpoint and the way to it."]
    case "Transport":
      return ["the connection broke", "Try again later."]
    case "Timeout":
      return ["the answer did not come in time", "Try again later, or allow more time (timeout, attemptTimeout)."]
    case "BodyTooLarge":
      return ["the answer is too large", "Ask for less at a time (limit, pageSize)."]
  }
}

/** The network failed: no usable answer. */
export const networkError = (
  context: RequestContext,
  trait: Trait,
  failure: NetworkFailure
): DataRobotNetworkError => {
  const { cause, outcome, permanent, reason } = failure
  const [happened, todo] = networkWords(failure)
  const detail = [cause.code, cause.message].filter((part) => part !== undefined && part !== "").join(", ")
  return new DataRobotNetworkError({
    ...context,
    reason,
    outcome,
    cause,
    retryable: !permanent && (outcome === "not-sent" || trait.idempotent),
    message: sentence(
      `${context.operation} failed: ${happened} (${where(context)})${detail === "" ? "." : `: ${detail}.`}`,
      (outcome === "unknown" ? whenUnknown(trait) : undefined) ?? todo,
      trait.note
    )
  })
}

/** An attempt, or the whole request, outlived its time. */
export const timeoutFailure = (millis: number): NetworkFailure => ({
  reason: "Timeout",
  outcome: "unknown",
  permanent: false,
  cause: { name: "TimeoutError", message: `no complete answer within ${millis} ms` }
})

/** The answer is longer than the cap. */
export const tooLargeFailure = (max: number): NetworkFailure => ({
  reason: "BodyTooLarge",
  outcome: "unknown",
  permanent: true,
  cause: { name: "BodyTooLargeError", message: `the body has more than ${max} bytes` }
})

/** What the caller passed is wrong; nothing was sent. */
export const requestInvalid = (
  context: Omit<RequestContext, "attempts">,
  issues: ReadonlyArray<Issue>
): DataRobotValidationError =>
  new DataRobotValidationError({
    ...context,
    attempts: 0,
    phase: "request",
    issues,
    message: sentence(`${context.operation} was not sent: ${formatIssues(issues)}.`)
  })

/** The answer breaks the contract. */
export const responseInvalid = (
  context: RequestContext,
  trait: Trait,
  issues: ReadonlyArray<Issue>
): DataRobotValidationError =>
  new DataRobotValidationError({
    ...context,
    phase: "response",
    issues,
    message: sentence(
      `${context.operation} can't read the server's answer (${where(context)}): ${formatIssues(issues)}.`,
      // a proxy's page or a cut answer says nothing of what the server did
      trait.note ?? whenUnknown(trait)
    )
  })
