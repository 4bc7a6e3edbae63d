/** Converts the end of an SDK operation to the format of the table, and compares it with a row's expected result. */
import type { DataRobotError } from "effect-datarobot"
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import { inspect } from "node:util"
import { atLeast, isObject } from "./match.js"
import type { ExpectedError, Row } from "./rows.js"

/** The end of an operation. */
export interface Outcome {
  readonly end: Either.Either<unknown, DataRobotError.DataRobotError>
  /** The items that a stream emitted before its end. */
  readonly items?: ReadonlyArray<unknown>
}

/** Returns a value as JSON, for comparison in any language, or null if there is none. */
const neutral = (value: unknown): unknown => {
  if (value === undefined) return null
  if (Option.isOption(value)) return neutral(Option.getOrNull(value))
  if (Array.isArray(value)) return value.map(neutral)
  if (!isObject(value)) return value
  if ("toJSON" in value) return JSON.parse(JSON.stringify(value))
  const plain: Record<string, unknown> = Object.create(null)
  // `in` also finds keys that a server's text may have put into a prototype (S-6).
  for (const key in value) if (value[key] !== undefined) plain[key] = neutral(value[key])
  return plain
}

const kinds = {
  DataRobotApiError: "api",
  DataRobotNetworkError: "network",
  DataRobotValidationError: "validation",
  DataRobotJobError: "job"
} as const

/** Returns an error with null for each missing field. */
const neutralError = (error: DataRobotError.DataRobotError) => {
  const shared = {
    kind: kinds[error._tag],
    attempts: error.attempts,
    request: `${error.method} /${error.path}`,
    retryable: "retryable" in error ? error.retryable : null,
    outcome: "outcome" in error ? error.outcome ?? null : null
  }
  switch (error._tag) {
    case "DataRobotApiError":
      return {
        ...shared,
        reason: error.reason,
        status: error.status,
        retryAfterMillis: error.retryAfter === undefined ? null : Duration.toMillis(error.retryAfter),
        requestId: error.requestId ?? null,
        body: neutral(error.body)
      }
    case "DataRobotNetworkError":
      return { ...shared, reason: error.reason }
    case "DataRobotValidationError":
      return { ...shared, phase: error.phase, issues: error.issues.map(({ path }) => path) }
    case "DataRobotJobError":
      return { ...shared, reason: error.reason, jobStatus: error.status ?? null, handle: neutral(error.handle) }
  }
}

/** S-4: also finds the token in URL encoding or base64. */
const formsOf = (token: string) => [
  token,
  encodeURIComponent(token),
  Buffer.from(token).toString("base64").replace(/=+$/, "")
]

const leaks = (error: DataRobotError.DataRobotError, token: string): ReadonlyArray<string> => {
  const shown = [
    String(error),
    error.message,
    error.stack ?? "",
    JSON.stringify(error),
    inspect(error, { depth: 10, maxStringLength: null, showHidden: true })
    // JSON and inspect escape quotes each time a text is nested in another.
  ].join("\n").replaceAll("\\", "")
  return formsOf(token).some((form) => shown.includes(form)) ? ["the error shows the token"] : []
}

const mentions = (expected: ExpectedError, message: string) =>
  (expected.mentions ?? [])
    .filter((text) => !message.toLowerCase().includes(text.toLowerCase()))
    .map((text) => `the error's message should mention "${text}", but is: ${message}`)

/** Returns the differences between an outcome and the expected result of a row. */
export const unexpected = (
  { result }: Row,
  { end, items }: Outcome,
  token: string
): ReadonlyArray<string> => {
  const given = result.items === undefined ? [] : atLeast(result.items, neutral(items), "items")
  if (Either.isRight(end)) {
    return result.error === undefined
      ? [...given, ...atLeast(result.ok, neutral(end.right), "ok")]
      : [`should fail with ${JSON.stringify(result.error)}, but succeeded`]
  }
  const error = end.left
  const found = neutralError(error)
  if (result.error === undefined) return [`should succeed, but failed: ${JSON.stringify(found)} ${error.message}`]
  const { mentions: _, ...expected } = result.error
  return [
    ...given,
    ...atLeast(expected, found, "error"),
    ...mentions(result.error, error.message),
    ...leaks(error, token)
  ]
}
