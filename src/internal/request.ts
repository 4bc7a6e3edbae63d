/**
 * How a request is made: the one place that touches the HTTP client. One URL builder (S-1), one retry loop,
 * one reader of answers, one span for an operation. What an operation is, its own module says. Names such as R-1 are
 * those of the promises in docs/reliability.md.
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpTraceContext from "@effect/platform/HttpTraceContext"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { DataRobot } from "../DataRobot.js"
import type {
  DataRobotApiError,
  DataRobotError,
  DataRobotNetworkError,
  DataRobotValidationError
} from "../DataRobotError.js"
import { backoff } from "./backoff.js"
import { MaxBody, readBody } from "./body.js"
import type { Connection } from "./connection.js"
import { decodeJson } from "./decoder.js"
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
} from "./failure.js"
import { type Input, queryString } from "./input.js"
import { issuesOf } from "./issues.js"
import { type Parsed, parseJson } from "./json.js"
import type { Target } from "./location.js"
import { networkFailure } from "./networkFailure.js"
import { type Limits, mergeOptions, type RequestOptions, resolveOptions } from "./options.js"
import type { Path } from "./path.js"
import type { Redactor } from "./redaction.js"
import { retryAfterMillis } from "./retryAfter.js"
import { version } from "./version.js"
import { within } from "./within.js"

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
const urlOf = (connection: Connection, call: Call): string => {
  const url = new URL(`${connection.endpoint}/${call.path.path}${queryString(call.query?.value ?? {})}`)
  if (!url.href.startsWith(new URL(`${connection.endpoint}/`).href)) {
    throw new Error(`${call.operation}: a URL outside of the endpoint was built`)
  }
  return url.href
}

const requestOf = (connection: Connection, call: Call, limits: Limits): HttpClientRequest.HttpClientRequest => {
  const suffix = connection.userAgentSuffix === undefined ? "" : ` ${connection.userAgentSuffix}`
  const request = HttpClientRequest.make(call.method)(urlOf(connection, call), {
    headers: {
      "user-agent": `effect-datarobot/${version}${suffix}`,
      ...limits.headers,
      accept: "application/json",
      authorization: `${connection.tokenType} ${Redacted.value(connection.token)}`
    }
  })
  return call.body === undefined
    ? request
    : HttpClientRequest.setBody(request, HttpBody.text(JSON.stringify(call.body.value), "application/json"))
}

/**
 * What the client is told for every attempt: no platform span (it records headers), no redirect (`fetch` would follow one
 * by itself), how long the answer may be.
 */
const told = <A, E>(
  call: Call,
  effect: Effect.Effect<A, E>
): Effect.Effect<A, E> =>
  Effect.contextWithEffect((context: Context.Context<never>) => {
    const init = Option.getOrElse(Context.getOption(context, FetchHttpClient.RequestInit), () => ({}))
    const services = Context.make(FetchHttpClient.RequestInit, { ...init, redirect: "manual" as const }).pipe(
      Context.add(MaxBody, (status: number) => maxBodyOf(call, status))
    )
    return Effect.provide(Effect.locally(effect, HttpClient.currentTracerDisabledWhen, () => true), services)
  })

/** What a client dies of stays a defect, but may hold the request just like its errors: only the text is kept. */
const dieClean = (redactor: Redactor) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.catchAllDefect(effect, (defect) => {
    const { message, name, stack } = defect instanceof Error ? defect : new Error(String(defect))
    const clean = new Error(redactor.text(message))
    clean.name = redactor.text(name)
    if (stack !== undefined) clean.stack = redactor.text(stack)
    return Effect.die(clean)
  })

type Failure = DataRobotApiError | DataRobotNetworkError | DataRobotValidationError

/** What a response amounts to whose body was read; `undefined` bytes are too many of them. */
const answerOf = (
  { headers, status }: HttpClientResponse.HttpClientResponse,
  bytes: Uint8Array | undefined,
  connection: Connection,
  call: Call,
  context: RequestContext
): Effect.Effect<Answer, Failure> =>
  Effect.clockWith((clock): Effect.Effect<Answer, Failure> => {
    const now = clock.unsafeCurrentTimeMillis()
    if (isFailure(call, status)) {
      return Effect.fail(apiError(context, call, { status, headers, body: bytes }, connection.redactor, now))
    }
    if (bytes === undefined) {
      return Effect.fail(networkError(context, call, tooLargeFailure(maxBodyOf(call, status))))
    }
    const parsed: Parsed = bytes.length === 0 ? { ok: true, value: undefined } : parseJson(bytes)
    if (!parsed.ok) {
      return Effect.fail(responseInvalid(context, call, [{ path: "", message: `the body ${parsed.problem}` }]))
    }
    const answer: Answer = {
      call,
      context,
      connection,
      status,
      location: headers["location"],
      retryAfter: retryAfterMillis(headers, now),
      body: parsed.value
    }
    return headers["deprecation"] === undefined
      ? Effect.succeed(answer)
      : Effect.as(warnOfDeprecation(connection, call), answer)
  })

/** One attempt: from the first byte sent to the last one read. */
const attempt = (
  client: HttpClient.HttpClient,
  connection: Connection,
  request: HttpClientRequest.HttpClientRequest,
  call: Call,
  context: RequestContext
): Effect.Effect<Answer, Failure> =>
  Effect.flatMap(client.execute(request), (response) => {
    const body = readBody(response, maxBodyOf(call, response.status))
    // The status is the news; a body that breaks off or is too long does not change it.
    const read = isFailure(call, response.status) ? Effect.orElseSucceed(body, () => undefined) : body
    return Effect.flatMap(read, (bytes) => answerOf(response, bytes, connection, call, context))
  }).pipe(
    // The client's own errors hold the request and with it the token: none gets past here.
    Effect.catchTag("RequestError", "ResponseError", (error) =>
      Effect.fail(networkError(context, call, networkFailure(error.cause ?? error, connection.redactor)))),
    dieClean(connection.redactor)
  )

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

/** Sends a call, and sends it again as far as its trait and the limits allow. */
export const send = (asked: Call): Effect.Effect<Answer, DataRobotError, Requirements> =>
  Effect.gen(function*() {
    const connection = yield* DataRobot
    // a note may name what a server has called something
    const note = asked.note === undefined ? undefined : connection.redactor.text(asked.note)
    const call: Call = { ...asked, note }
    const client = yield* HttpClient.HttpClient
    const { issues: optionIssues, limits } = resolveOptions(mergeOptions(connection.options, call.options))
    const context = { operation: call.operation, method: call.method, path: connection.redactor.text(call.path.path) }
    const issues = [...call.path.issues, ...call.query?.issues ?? [], ...call.body?.issues ?? [], ...optionIssues]
    if (issues.length > 0) return yield* requestInvalid(context, issues)

    const plain = requestOf(connection, call, limits)
    const request = connection.propagateTrace ? yield* withTraceHeaders(plain) : plain
    const attemptTimeout = limits.attemptTimeout ?? call.attemptTimeout ?? defaultAttemptTimeout
    const deadline = (yield* Clock.currentTimeMillis) + limits.timeout

    const loop = (attempts: number, lost: boolean): Effect.Effect<Answer, Failure> =>
      Effect.gen(function*() {
        const started = yield* Clock.currentTimeMillis
        const duration = Math.min(attemptTimeout, deadline - started)
        const here = { ...context, attempts }
        const outcome = yield* within(
          Effect.either(attempt(client, connection, request, call, here)),
          duration,
          () => Either.left(networkError(here, call, timeoutFailure(duration)))
        )
        const now = yield* Clock.currentTimeMillis
        yield* Effect.logDebug(
          `${call.operation}: ${call.method} ${context.path}, attempt ${attempts}, ${outcomeWord(outcome)}, ${
            now - started
          } ms`
        )
        if (Either.isRight(outcome)) return outcome.right
        const error = outcome.left
        if (lost && error._tag === "DataRobotApiError" && call.goneIsDone === true && error.reason === "NotFound") {
          return { ...nothing, call, context: here, connection, status: error.status }
        }
        if (error._tag === "DataRobotValidationError" || !error.retryable || attempts >= limits.maxAttempts) {
          return yield* error
        }
        const delay = yield* backoff(limits, error)
        if (delay === undefined || now + delay >= deadline) return yield* error
        yield* Effect.sleep(delay)
        return yield* loop(attempts + 1, lost || mayHaveTakenPlace(error))
      })

    const outcome = yield* Effect.either(told(call, loop(1, false)))
    yield* annotate(connection, outcome, context)
    return yield* outcome
  })

const nothing = { location: undefined, retryAfter: undefined, body: undefined }

const mayHaveTakenPlace = (error: DataRobotApiError | DataRobotNetworkError): boolean =>
  error._tag === "DataRobotNetworkError"
    ? error.outcome === "unknown"
    : !neverTookPlace(error.status, error.retryAfter)

const withTraceHeaders = (request: HttpClientRequest.HttpClientRequest) =>
  Effect.match(Effect.currentSpan, {
    onFailure: () => request,
    onSuccess: (span) => HttpClientRequest.setHeaders(request, HttpTraceContext.toHeaders(span))
  })

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
  connection: Connection,
  outcome: Either.Either<Answer, Failure>,
  context: { readonly method: string; readonly path: string }
) =>
  Effect.flatMap(Effect.option(Effect.currentSpan), (span) => {
    const failure = Either.isLeft(outcome) ? outcome.left : undefined
    const answer = Either.isRight(outcome) ? outcome.right : undefined
    const isFirst = Option.isSome(span) && !span.value.attributes.has("http.request.method")
    if (!isFirst && failure === undefined) return Effect.void
    const status = failure?._tag === "DataRobotApiError" ? failure.status : answer?.status
    const { host, pathname } = new URL(`${connection.endpoint}/${context.path}`)
    return Effect.annotateCurrentSpan({
      "http.request.method": context.method,
      "server.address": host,
      "url.path": pathname,
      "http.request.resend_count": (failure?.attempts ?? answer?.context.attempts ?? 1) - 1,
      ...(status === undefined ? {} : { "http.response.status_code": status })
    })
  })

/** Decodes the body of an answer. */
export const decode = <A, I>(
  answer: Answer,
  schema: Schema.Schema<A, I>
): Effect.Effect<A, DataRobotValidationError> =>
  Effect.suspend(() =>
    answer.body === undefined
      ? refuse(answer, "", "the body is empty")
      : Either.match(decodeJson(schema, answer.body), {
        onLeft: (error) =>
          Effect.fail(responseInvalid(answer.context, answer.call, issuesOf(error, answer.connection.redactor.text))),
        onRight: Effect.succeed
      })
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
