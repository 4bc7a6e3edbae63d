/**
 * How a request is made: the one place that touches the HTTP client. One URL builder (S-1), one retry loop,
 * one reader of answers, one span for an operation. What an operation is, its own module says. Names such as R-1 are
 * those of the promises in docs/reliability.md.
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Headers from "@effect/platform/Headers"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpTraceContext from "@effect/platform/HttpTraceContext"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import type * as Schema from "effect/Schema"
import type * as Tracer from "effect/Tracer"
import { DataRobot } from "../../DataRobot.js"
import type {
  DataRobotApiError,
  DataRobotError,
  DataRobotNetworkError,
  DataRobotValidationError
} from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { version } from "../../wire/version.js"
import { decodeJson } from "../reading/decoder.js"
import { issuesOf } from "../reading/issues.js"
import { type Parsed, parseJson } from "../reading/json.js"
import type { Connection } from "./connection.js"
import { type BodyResult, directOf, type Incoming, type Outgoing } from "./directClient.js"
import {
  apiError,
  networkError,
  neverTookPlace,
  type RequestContext,
  requestInvalid,
  responseInvalid,
  timeoutFailure,
  tooLargeFailure,
  type Trait
} from "./errors.js"
import { type Input, queryString } from "./input.js"
import type { Target } from "./location.js"
import { type NetworkFailure, networkFailure } from "./networkFailure.js"
import { type Limits, mergeOptions, type RequestOptions, resolveOptions } from "./options.js"
import type { Path } from "./path.js"
import { readBody } from "./responseBody.js"
import { backoff } from "./retry.js"
import { retryAfterMillis } from "./retryAfter.js"
import { callbackWithin, within } from "./timeLimit.js"

/** What every operation needs. */
export type Requirements = DataRobot | HttpClient.HttpClient

/** One request of an operation. */
export interface Call extends Trait {
  readonly operation: string
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  readonly path: Path
  readonly query?: Input
  readonly body?: Input
  readonly options?: RequestOptions | undefined
  /** The time for one attempt when the caller sets none; milliseconds. */
  readonly attemptTimeout?: number
  /** How long the body of a success may be; bytes. */
  readonly maxBody?: number
  /** Statuses beside 2xx that are answers and not failures. */
  readonly accept?: ReadonlyArray<number>
  /** Whether a 404 is a success when an attempt was lost before it that may have taken place. */
  readonly goneIsDone?: boolean
}

/** A server's answer, and what it is the answer to. */
export interface Answer {
  readonly call: Call
  readonly context: RequestContext
  readonly connection: Connection
  readonly status: number
  /** Whether the server says that the route is on its way out. */
  readonly isDeprecated: boolean
  /** The `Location` header. */
  readonly location: string | undefined
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined
  /** The JSON of the body; `undefined` when there is no body. */
  readonly body: unknown
}

const maxSuccessBody = 10 * 1024 * 1024
const maxErrorBody = 1024 * 1024
const defaultAttemptTimeout = 30_000

const isFailure = (call: Call, status: number) =>
  (status < 200 || status > 299) && call.accept?.includes(status) !== true

const maxBodyOf = (call: Call, status: number) =>
  isFailure(call, status) ? maxErrorBody : call.maxBody ?? maxSuccessBody

/** The URL of a call. Its origin and base path are the configured ones, or it is not sent. */
const urlOf = (connection: Connection, call: Call): URL => {
  const url = new URL(`${connection.endpoint}/${call.path.path}${queryString(call.query?.value ?? {})}`)
  if (!url.href.startsWith(connection.base.href)) {
    throw new Error(`${call.operation}: a URL outside of the endpoint was built`)
  }
  return url
}

const outgoingOf = (connection: Connection, call: Call, limits: Limits, span: Tracer.AnySpan | undefined): Outgoing => {
  const suffix = connection.userAgentSuffix === undefined ? "" : ` ${connection.userAgentSuffix}`
  return {
    method: call.method,
    url: urlOf(connection, call),
    headers: {
      "user-agent": `effect-datarobot/${version}${suffix}`,
      ...limits.headers,
      accept: "application/json",
      authorization: `${connection.tokenType} ${Redacted.value(connection.token)}`,
      ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      ...(connection.propagateTrace && span?._tag === "Span" ? HttpTraceContext.toHeaders(span) : {})
    },
    body: call.body && JSON.stringify(call.body.value)
  }
}

/**
 * What any client is told: no platform span (it records headers), no log of what its fibers fail with (it holds the
 * request), and no redirect (`fetch` would follow one by itself).
 */
const told = (runtime: Runtime.Runtime<never>): Runtime.Runtime<never> => {
  const init = Option.getOrElse(Context.getOption(runtime.context, FetchHttpClient.RequestInit), () => ({}))
  return Runtime.updateContext(runtime, Context.add(FetchHttpClient.RequestInit, { ...init, redirect: "manual" })).pipe(
    Runtime.setFiberRef(HttpClient.currentTracerDisabledWhen, () => true),
    Runtime.setFiberRef(FiberRef.unhandledErrorLogLevel, Option.none())
  )
}

/** What a client dies of stays a defect, but may hold the request just like its errors: only the text is kept. */
const dieClean = (redactor: Redactor) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.catchAllDefect(effect, (defect) => {
    const { message, name, stack } = defect instanceof Error ? defect : new Error(String(defect))
    const clean = new Error(redactor.text(message))
    clean.name = redactor.text(name)
    if (stack !== undefined) clean.stack = redactor.text(stack)
    return Effect.die(clean)
  })

/** Sends a request through any client, and reads the answer. */
const throughClient = (
  client: HttpClient.HttpClient,
  { body, headers, method, url }: Outgoing,
  maxBody: (status: number) => number,
  redactor: Redactor
): Effect.Effect<Incoming> => {
  const bare = HttpClientRequest.make(method)(url.href, { headers })
  const request = body === undefined ? bare : HttpClientRequest.setBody(bare, HttpBody.text(body, "application/json"))
  return Effect.flatMap(
    client.execute(request),
    (response) =>
      Effect.match(readBody(response, maxBody(response.status)), {
        onFailure: (error): BodyResult => ({ broken: error.cause ?? error }),
        onSuccess: (bytes): BodyResult => bytes === undefined ? "too large" : { bytes }
      }).pipe(Effect.map((body): Incoming => ({ status: response.status, headers: response.headers, body })))
  ).pipe(
    Effect.catchAll((error) => Effect.succeed<Incoming>({ failed: error.cause ?? error })),
    dieClean(redactor)
  )
}

type Failure = DataRobotApiError | DataRobotNetworkError | DataRobotValidationError

/** What came of an attempt; its time may have been over before. */
type Attempt = Incoming | { readonly late: number }

/** What an attempt amounts to. The client's errors hold the request and with it the token: none gets past here. */
const outcomeOf = (
  attempt: Attempt,
  connection: Connection,
  call: Call,
  context: RequestContext,
  now: number
): Either.Either<Answer, Failure> => {
  const lost = (failure: NetworkFailure) => Either.left(networkError(context, call, failure))
  if ("late" in attempt) return lost(timeoutFailure(attempt.late))
  if ("failed" in attempt) return lost(networkFailure(attempt.failed, connection.redactor))
  const { body, status } = attempt
  const headers = Headers.fromInput(attempt.headers)
  const bytes = typeof body === "object" && "bytes" in body ? body.bytes : undefined
  // The status is the news; a body that breaks off or is too long does not change it.
  if (isFailure(call, status)) {
    return Either.left(apiError(context, call, { status, headers, body: bytes }, connection.redactor, now))
  }
  if (body === "too large") return lost(tooLargeFailure(maxBodyOf(call, status)))
  if ("broken" in body) return lost(networkFailure(body.broken, connection.redactor))
  const parsed: Parsed = body.bytes.length === 0 ? { ok: true, value: undefined } : parseJson(body.bytes)
  return parsed.ok
    ? Either.right({
      call,
      context,
      connection,
      status,
      isDeprecated: headers["deprecation"] !== undefined,
      location: headers["location"],
      retryAfter: retryAfterMillis(headers, now),
      body: parsed.value
    })
    : Either.left(responseInvalid(context, call, [{ path: "", message: `the body ${parsed.problem}` }]))
}

/** Refuses an answer that breaks the contract. */
export const refuse = (answer: Answer, path: string, message: string): Effect.Effect<never, DataRobotValidationError> =>
  Effect.fail(responseInvalid(answer.context, answer.call, [{ path, message }]))

/** What a server's URL points to; says once that a server thinks of itself under another name (a proxy is between). */
export const onOwnBase = <A>(
  answer: Answer,
  path: string,
  read: Target<A> | undefined
): Effect.Effect<A, DataRobotValidationError> => {
  if (read === undefined) return refuse(answer, path, "must be a URL of this API that the SDK knows how to read")
  if (!read.foreign) return Effect.succeed(read.target)
  const message = "DataRobot's answers name another host than the configured endpoint; the endpoint is used"
  return Effect.as(warnOnce(answer.connection, message), read.target)
}

const warnOnce = (connection: Connection, message: string): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (connection.warned.has(message)) return Effect.void
    connection.warned.add(message)
    return Effect.logWarning(message)
  })

const warnOfDeprecation = (connection: Connection, call: Call) =>
  warnOnce(connection, `${call.operation}: DataRobot says that this route is deprecated`)

/**
 * Sends a call, and sends it again as far as its trait and the limits allow. What does not happen costs nothing: of the
 * retries, the log and the warnings there is no effect until there is one to have.
 */
export const send = (asked: Call): Effect.Effect<Answer, DataRobotError, Requirements> =>
  Effect.withFiberRuntime((fiber) => {
    // Boundary: the type of the effect says that these are there.
    const services = fiber.currentContext as Context.Context<Requirements>
    const connection = Context.get(services, DataRobot)
    const client = Context.get(services, HttpClient.HttpClient)
    const clock = Context.get(fiber.currentDefaultServices, Clock.Clock)
    const span = fiber.currentSpan
    // a note may name what a server has called something
    const note = asked.note === undefined ? undefined : connection.redactor.text(asked.note)
    const call: Call = { ...asked, note }
    const { issues: optionIssues, limits } = resolveOptions(mergeOptions(connection.options, call.options))
    const context = { operation: call.operation, method: call.method, path: connection.redactor.text(call.path.path) }
    const issues = [...call.path.issues, ...call.query?.issues ?? [], ...call.body?.issues ?? [], ...optionIssues]
    if (issues.length > 0) return requestInvalid(context, issues)

    const outgoing = outgoingOf(connection, call, limits, span)
    const maxBody = (status: number) => maxBodyOf(call, status)
    const attemptTimeout = limits.attemptTimeout ?? call.attemptTimeout ?? defaultAttemptTimeout
    const deadline = clock.unsafeCurrentTimeMillis() + limits.timeout
    const direct = directOf(client)

    const attempt = (millis: number): Effect.Effect<Attempt> => {
      const onTimeout = () => ({ late: millis })
      return direct === undefined
        ? within(throughClient(client, outgoing, maxBody, connection.redactor), millis, onTimeout, told)
        : callbackWithin(clock, (done) => direct(outgoing, maxBody, done), millis, onTimeout)
    }

    const settle = (outcome: Either.Either<Answer, Failure>): Effect.Effect<Answer, Failure> => {
      annotate(span, connection, context, outcome)
      return Either.isRight(outcome) && outcome.right.isDeprecated
        ? Effect.zipRight(warnOfDeprecation(connection, call), outcome)
        : outcome
    }

    const loop = (attempts: number, lost: boolean): Effect.Effect<Answer, Failure> => {
      const started = clock.unsafeCurrentTimeMillis()
      const here = { ...context, attempts }
      return Effect.flatMap(attempt(Math.min(attemptTimeout, deadline - started)), (came) => {
        const now = clock.unsafeCurrentTimeMillis()
        const outcome = outcomeOf(came, connection, call, here, now)
        const next = Either.isRight(outcome) ? settle(outcome) : again(outcome.left, here, lost, now)
        return isDebugged(fiber) ? Effect.zipRight(logAttempt(here, outcome, now - started), next) : next
      })
    }

    const again = (
      error: Failure,
      here: RequestContext,
      lost: boolean,
      now: number
    ): Effect.Effect<Answer, Failure> => {
      if (lost && error._tag === "DataRobotApiError" && call.goneIsDone === true && error.reason === "NotFound") {
        return settle(Either.right({ ...nothing, call, context: here, connection, status: error.status }))
      }
      const failed = () => settle(Either.left(error))
      if (error._tag === "DataRobotValidationError" || !error.retryable || here.attempts >= limits.maxAttempts) {
        return failed()
      }
      return Effect.flatMap(backoff(limits, error), (delay) =>
        delay === undefined || now + delay >= deadline
          ? failed()
          : Effect.flatMap(Effect.sleep(delay), () => loop(here.attempts + 1, lost || mayHaveTakenPlace(error))))
    }

    return loop(1, false)
  })

const nothing = { isDeprecated: false, location: undefined, retryAfter: undefined, body: undefined }

const isDebugged = (fiber: Fiber.RuntimeFiber<unknown, unknown>): boolean =>
  LogLevel.lessThanEqual(fiber.getFiberRef(FiberRef.currentMinimumLogLevel), LogLevel.Debug)

const logAttempt = (context: RequestContext, outcome: Either.Either<Answer, Failure>, millis: number) => {
  const { attempts, method, operation, path } = context
  return Effect.logDebug(`${operation}: ${method} ${path}, attempt ${attempts}, ${outcomeWord(outcome)}, ${millis} ms`)
}

const mayHaveTakenPlace = (error: DataRobotApiError | DataRobotNetworkError): boolean =>
  error._tag === "DataRobotNetworkError"
    ? error.outcome === "unknown"
    : !neverTookPlace(error.status, error.retryAfter)

const outcomeWord = (outcome: Either.Either<Answer, Failure>): string => {
  if (Either.isRight(outcome)) return String(outcome.right.status)
  const error = outcome.left
  switch (error._tag) {
    case "DataRobotApiError":
      return String(error.status)
    case "DataRobotNetworkError":
      return error.reason
    case "DataRobotValidationError":
      return "not understood"
  }
}

// All that a span of an operation carries: no header, no body, no query. Of several requests, the first one is shown,
// which is what the operation is about, unless a later one fails.
const annotate = (
  span: Tracer.AnySpan | undefined,
  { base }: Connection,
  { method, path }: { readonly method: string; readonly path: string },
  outcome: Either.Either<Answer, Failure>
): void => {
  if (span?._tag !== "Span") return
  const failure = Either.isLeft(outcome) ? outcome.left : undefined
  const answer = Either.isRight(outcome) ? outcome.right : undefined
  if (span.attributes.has("http.request.method") && failure === undefined) return
  const status = failure?._tag === "DataRobotApiError" ? failure.status : answer?.status
  span.attribute("http.request.method", method)
  span.attribute("server.address", base.host)
  span.attribute("url.path", base.pathname + path)
  span.attribute("http.request.resend_count", (failure?.attempts ?? answer?.context.attempts ?? 1) - 1)
  if (status !== undefined) span.attribute("http.response.status_code", status)
}

/** Decodes the body of an answer. */
export const decode = <A, I>(
  answer: Answer,
  schema: Schema.Schema<A, I>
): Effect.Effect<A, DataRobotValidationError> =>
  answer.body === undefined
    ? refuse(answer, "", "the body is empty")
    : Either.mapLeft(
      decodeJson(schema, answer.body),
      (error) => responseInvalid(answer.context, answer.call, issuesOf(error, answer.connection.redactor.text))
    )

/** Makes the one span of an operation. */
export const operation = <A>(
  name: string,
  effect: Effect.Effect<A, DataRobotError, Requirements>
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.tapError(effect, (error) => Effect.annotateCurrentSpan("error.type", error._tag)).pipe(
    Effect.withSpan(name, { kind: "client", captureStackTrace: false })
  )

/** An operation of one request. */
export const request = <A, I>(
  call: Call & { readonly response: Schema.Schema<A, I> }
): Effect.Effect<A, DataRobotError, Requirements> =>
  operation(call.operation, Effect.flatMap(send(call), (answer) => decode(answer, call.response)))
