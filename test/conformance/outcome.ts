/** How an operation of the SDK ended, in the table's words, and where that is not what a row expects. */
import type { DataRobotError } from "effect-datarobot"
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import { inspect } from "node:util"
import { atLeast, isObject } from "./match.js"
import type { ExpectedError, Row } from "./rows.js"

/** What came of an operation. */
export interface Outcome {
  readonly end: Either.Either<unknown, DataRobotError.DataRobotError>
  /** What a stream gave before its end. */
  readonly items?: ReadonlyArray<unknown>
}

/** A value as other languages see it: as JSON, and null where there is nothing. */
const neutral = (value: unknown): unknown => {
  if (value === undefined) return null
  if (Option.isOption(value)) return neutral(Option.getOrNull(value))
  if (Array.isArray(value)) return value.map(neutral)
  if (!isObject(value)) return value
  if ("toJSON" in value) return JSON.parse(JSON.stringify(value))
  const plain: Record<string, unknown> = Object.create(null)
  // in: what a server's text has put into a prototype can be read as well (S-6)
  for (const key in value) if (value[key] !== undefined) plain[key] = neutral(value[key])
  return plain
}

const kinds = {
  DataRobotApiError: "api",
  DataRobotNetworkError: "network",
  DataRobotValidationError: "validation",
  DataRobotJobError: "job"
} as const

/** An error with null for all that it does not say. */
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

/** S-4: a token is still one where URLs or base64 have written it. */
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
    // JSON and inspect escape quotes, once for each time that a text is written into another
  ].join("\n").replaceAll("\\", "")
  return formsOf(token).some((form) => shown.includes(form)) ? ["the error shows the token"] : []
}

const mentions = (expected: ExpectedError, message: string) =>
  (expected.mentions ?? [])
    .filter((text) => !message.toLowerCase().includes(text.toLowerCase()))
    .map((text) => `the error's message should mention "${text}", but is: ${message}`)

/** Where an outcome is not what a row expects. */
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
