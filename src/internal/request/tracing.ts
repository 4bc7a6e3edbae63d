/** What an operation shows while it runs: one span, a debug line per attempt, and warnings, each given once. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as LogLevel from "effect/LogLevel"
import type * as Tracer from "effect/Tracer"
import type { DataRobotError } from "../../DataRobotError.js"
import type { Failed } from "./attempt.js"
import type { Connection } from "./connection.js"
import type { ApiResponse, Operation, Requirements } from "./operation.js"

type Result = Either.Either<ApiResponse, Failed>

/** Runs an operation in its span. */
export const run = <A>(
  { name }: Operation,
  effect: Effect.Effect<A, DataRobotError, Requirements>
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.tapError(effect, (error) => Effect.annotateCurrentSpan("error.type", error._tag)).pipe(
    Effect.withSpan(name, { kind: "client", captureStackTrace: false })
  )

/**
 * Writes the attributes of a span: no header, no body, no query. If the operation makes several requests, the span shows
 * the first one, which the operation is about, unless a later one fails.
 */
export const annotate = (
  span: Tracer.AnySpan | undefined,
  { base }: Connection,
  { method, path }: { readonly method: string; readonly path: string },
  result: Result
): void => {
  if (span?._tag !== "Span") return
  const failure = Either.isLeft(result) ? result.left.error : undefined
  const response = Either.isRight(result) ? result.right : undefined
  if (span.attributes.has("http.request.method") && failure === undefined) return
  const status = failure?._tag === "DataRobotApiError" ? failure.status : response?.status
  span.attribute("http.request.method", method)
  span.attribute("server.address", base.host)
  span.attribute("url.path", base.pathname + path)
  span.attribute("http.request.resend_count", (failure?.attempts ?? response?.context.attempts ?? 1) - 1)
  if (status !== undefined) span.attribute("http.response.status_code", status)
}

/** Whether a fiber logs debug lines. */
export const isDebugged = (fiber: Fiber.RuntimeFiber<unknown, unknown>): boolean =>
  LogLevel.lessThanEqual(fiber.getFiberRef(FiberRef.currentMinimumLogLevel), LogLevel.Debug)

const resultText = (result: Result): string => {
  if (Either.isRight(result)) return String(result.right.status)
  const { error } = result.left
  switch (error._tag) {
    case "DataRobotApiError":
      return String(error.status)
    case "DataRobotNetworkError":
      return error.reason
    case "DataRobotValidationError":
      return "not understood"
  }
}

/** The debug line of an attempt. */
export const logAttempt = (
  { name }: Operation,
  { method, path }: { readonly method: string; readonly path: string },
  attempts: number,
  result: Result,
  millis: number
): Effect.Effect<void> =>
  Effect.logDebug(`${name}: ${method} ${path}, attempt ${attempts}, ${resultText(result)}, ${millis} ms`)

/** Logs a warning once per connection. */
export const warnOnce = (connection: Connection, message: string): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (connection.warned.has(message)) return Effect.void
    connection.warned.add(message)
    return Effect.logWarning(message)
  })
