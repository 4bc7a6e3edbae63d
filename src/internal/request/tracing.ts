/** Telemetry of an operation: one span, a debug line per attempt, and warnings that are each logged once. */
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as HashMap from "effect/HashMap"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import { isRecord } from "../../wire/text.js"
import type { Failed } from "./attempt.js"
import type { Connection } from "./connection.js"
import type { RequestContext } from "./errors.js"
import type { Operation } from "./operation.js"

/** The end of a request or of an attempt. */
type Result = Either.Either<{ readonly status: number }, Failed>

/**
 * The value of `error.type`: the status of a response as text, the reason of a network error, or the tag of any other
 * error.
 */
export const errorTypeOf = (error: unknown): string => {
  if (!isRecord(error)) return "Error"
  const { _tag: tag, reason, status } = error
  if (tag === "DataRobotApiError") return String(status)
  return tag === "DataRobotNetworkError" ? String(reason) : tag === undefined ? "Error" : String(tag)
}

const spanOptions = { kind: "client", captureStackTrace: false } as const

const isTraced = ({ currentSpan }: Fiber.RuntimeFiber<unknown, unknown>): boolean =>
  currentSpan === undefined || !Context.get(currentSpan.context, Tracer.DisablePropagation)

/** The time of a span in nanoseconds. */
const timeOf = (fiber: Fiber.RuntimeFiber<unknown, unknown>): bigint =>
  fiber.getFiberRef(FiberRef.currentTracerTimingEnabled)
    ? Context.get(fiber.currentDefaultServices, Clock.Clock).unsafeCurrentTimeNanos()
    : 0n

/** Opens the span of an operation. It is not the current span of the fiber. */
export const openSpan = ({ name }: Operation): Effect.Effect<Tracer.Span> =>
  Effect.withFiberRuntime((fiber) => {
    // `Effect.makeSpan` copies all refs of the fiber to look for settings of spans that hardly any program has.
    const isPlain = fiber.getFiberRef(FiberRef.currentTracerEnabled) && isTraced(fiber) &&
      HashMap.isEmpty(fiber.getFiberRef(FiberRef.currentTracerSpanAnnotations)) &&
      Chunk.isEmpty(fiber.getFiberRef(FiberRef.currentTracerSpanLinks))
    if (!isPlain) return Effect.makeSpan(name, spanOptions)
    const parent = Option.fromNullable(fiber.currentSpan)
    const { kind } = spanOptions
    return Effect.succeed(
      fiber.currentTracer.span(name, parent, Context.empty(), [], timeOf(fiber), kind, spanOptions)
    )
  })

/**
 * Ends a span that has not ended. The span gets no result, because it may stay in memory until V8's next full garbage
 * collection, and would keep a page for that long.
 */
export const closeSpan = (
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  span: Tracer.Span,
  exit: Exit.Exit<unknown, unknown>
): void => {
  if (span.status._tag === "Ended") return
  const error = Exit.isFailure(exit) ? Cause.failureOption(exit.cause) : Option.none()
  if (Option.isSome(error)) span.attribute("error.type", errorTypeOf(error.value))
  span.end(timeOf(fiber), Exit.isSuccess(exit) ? Exit.void : exit)
}

/** Makes a span the current one of an effect, and ends it with the effect. */
export const inSpan = <A, E, R>(span: Tracer.Span, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.onExit(
    Effect.withParentSpan(effect, span),
    (exit) => Effect.withFiberRuntime((fiber) => Effect.succeed(closeSpan(fiber, span, exit)))
  )

/** Runs an operation in its span. */
export const run = <A, E, R>(operation: Operation, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(openSpan(operation), (span) => inSpan(span, effect))

/** Runs a stream in the span of its operation. */
export const runStream = <A, E, R>(
  { name }: Operation,
  stream: Stream.Stream<A, E, R>
): Stream.Stream<A, E, R> =>
  Stream.tapError(stream, (error) => Effect.annotateCurrentSpan("error.type", errorTypeOf(error))).pipe(
    Stream.withSpan(name, spanOptions)
  )

const statusOf = (result: Result): number | undefined => {
  const end = Either.isRight(result) ? result.right : result.left.error
  return "status" in end ? end.status : undefined
}

/** A request in its span. The names are those of OpenTelemetry's attributes. */
export interface ShownRequest {
  /** `server.address` and `server.port`. */
  readonly server: { readonly address: string; readonly port: number }
  /** `url.full` without its path. */
  readonly origin: string
  /** `url.path`. */
  readonly path: string
  /** `url.template`: the path with names instead of ids. `undefined` if the caller wrote the path. */
  readonly template: string | undefined
}

/** The name and the port of a server, from its URL. */
export const serverOf = ({ hostname, port, protocol }: URL): ShownRequest["server"] => ({
  // Without the brackets of an IPv6 address.
  address: hostname.replace(/^\[(.*)\]$/, "$1"),
  port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port)
})

/**
 * Writes the attributes of a span, without headers, bodies and queries. If the operation makes several requests, the
 * span shows the first one, or a later one that fails.
 */
export const annotate = (
  span: Tracer.AnySpan | undefined,
  { origin, path, server, template }: ShownRequest,
  { attempts, method }: Pick<RequestContext, "attempts" | "method">,
  result: Result
): void => {
  if (span?._tag !== "Span" || (span.attributes.has("http.request.method") && Either.isRight(result))) return
  const status = statusOf(result)
  span.attribute("http.request.method", method)
  span.attribute("server.address", server.address)
  span.attribute("server.port", server.port)
  span.attribute("url.full", origin + path)
  span.attribute("url.path", path)
  if (template !== undefined) span.attribute("url.template", template)
  // An earlier request of the operation may have been sent again.
  if (attempts > 1 || span.attributes.has("http.request.resend_count")) {
    span.attribute("http.request.resend_count", attempts - 1)
  }
  if (status !== undefined) span.attribute("http.response.status_code", status)
}

/** Adds an event to a span: an attempt has failed, and there will be another one after a delay in milliseconds. */
export const addRetryEvent = (
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  span: Tracer.AnySpan | undefined,
  { attempts, because, delay }: { readonly attempts: number; readonly because: string; readonly delay: number }
): void => {
  if (span?._tag !== "Span") return
  span.event("retry", timeOf(fiber), {
    "error.type": because,
    "http.request.resend_count": attempts,
    "datarobot.retry.delay": delay / 1000
  })
}

/** Whether a fiber logs at debug level. */
export const isDebugged = (fiber: Fiber.RuntimeFiber<unknown, unknown>): boolean =>
  LogLevel.lessThanEqual(fiber.getFiberRef(FiberRef.currentMinimumLogLevel), LogLevel.Debug)

/** Logs the debug line of an attempt, with its parts as annotations. */
export const logAttempt = (
  { attempts, method, operation, path }: RequestContext,
  result: Result,
  millis: number
): Effect.Effect<void> => {
  const status = statusOf(result)
  const reason = Either.isLeft(result) && "reason" in result.left.error ? result.left.error.reason : "not understood"
  const line = `${operation}: ${method} ${path}, attempt ${attempts}, ${status ?? reason}, ${millis} ms`
  const end = status === undefined ? { reason } : { status }
  return Effect.annotateLogs(Effect.logDebug(line), { operation, method, path, attempt: attempts, ...end, millis })
}

/** Logs a warning once per connection. */
export const warnOnce = (connection: Connection, message: string): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (connection.warned.has(message)) return Effect.void
    connection.warned.add(message)
    return Effect.logWarning(message)
  })
