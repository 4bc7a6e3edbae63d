/** Sends one request through the caller's HTTP client and reads the response. No other module uses the client. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import type { Redactor } from "../../wire/redaction.js"
import {
  type BodyResult,
  directOf,
  type Incoming,
  type NoResponse,
  type Outgoing,
  type ReceivedHeaders,
  type RequestBody
} from "./directClient.js"
import { runLimited } from "./limitedTask.js"
import { isRejected } from "./networkFailure.js"
import { readBody } from "./responseBody.js"
import { sourceOf } from "./responseSource.js"
import { within } from "./timeLimit.js"

/**
 * How an attempt ended. `late` is the time limit that it exceeded, and `queued` the time that it waited for its turn in
 * vain, in milliseconds.
 */
export type Exchange = Incoming | { readonly late: number } | { readonly queued: number }

/**
 * Sends a request, and aborts it after `millis` milliseconds. `maxBody` returns the size limit of the body in bytes, by
 * status.
 */
export type Transport = (
  outgoing: Outgoing,
  maxBody: (status: number) => number,
  millis: number
) => Effect.Effect<Exchange>

/**
 * Settings for every client. The platform creates no span, because it would record headers. A failed fiber is not
 * logged, because its error contains the request. `fetch` does not follow redirects.
 */
export const quiet = (runtime: Runtime.Runtime<never>): Runtime.Runtime<never> => {
  const init = Option.getOrElse(Context.getOption(runtime.context, FetchHttpClient.RequestInit), () => ({}))
  return Runtime.updateContext(runtime, Context.add(FetchHttpClient.RequestInit, { ...init, redirect: "manual" })).pipe(
    Runtime.setFiberRef(HttpClient.currentTracerDisabledWhen, () => true),
    Runtime.setFiberRef(FiberRef.unhandledErrorLogLevel, Option.none())
  )
}

/** Returns an error with the text of a defect, without the token. The defect itself may contain the request. */
export const cleanDefect = (redactor: Redactor, defect: unknown): Error => {
  const { message, name, stack } = defect instanceof Error ? defect : new Error(String(defect))
  const clean = new Error(redactor.text(message))
  clean.name = redactor.text(name)
  if (stack !== undefined) clean.stack = redactor.text(stack)
  return clean
}

/**
 * Keeps a defect of the client as a defect, but only its text. node:http throws if it rejects a request, which is not a
 * defect of the client.
 */
const dieClean = (redactor: Redactor) => (effect: Effect.Effect<Incoming>): Effect.Effect<Incoming> =>
  Effect.catchAllDefect(
    effect,
    (defect) => isRejected(defect) ? Effect.succeed({ failed: defect }) : Effect.die(cleanDefect(redactor, defect))
  )

/** Returns what is known of a failure of the client before the response. The client's own error contains the request. */
export const noResponse = (error: HttpClientError.HttpClientError): NoResponse => ({
  failed: isRejected(error) ? error : error.cause ?? error
})

// Of a repeated Retry-After, node:http has only the first one in its headers, and all in `headersDistinct`.
export const headersOf = (
  response: { readonly headers: ReceivedHeaders; readonly source?: object }
): ReceivedHeaders => {
  const { headers } = response
  if (headers["retry-after"] === undefined) return headers
  const all = sourceOf(response)?.headersDistinct?.["retry-after"]
  return { ...headers, "retry-after": all ?? headers["retry-after"] }
}

/** The body of a request whose bytes are all known. */
export const fixedBody = (body: string | Uint8Array, contentType: string): HttpBody.HttpBody =>
  typeof body === "string" ? HttpBody.text(body, contentType) : HttpBody.uint8Array(body, contentType)

/** Builds the platform's request. The body has the content type of the headers, or none. */
export const requestOf = <Body extends RequestBody>(
  { body, headers, method, origin, path }: Outgoing<Body>,
  bodyOf: (body: Body, contentType: string) => HttpBody.HttpBody
): HttpClientRequest.HttpClientRequest => {
  const request = HttpClientRequest.make(method)(origin + path, { headers })
  // The platform sends a type of its own if it is given none. It sends no type if it is given an empty one.
  return body === undefined
    ? request
    : HttpClientRequest.setBody(request, bodyOf(body, headers["content-type"] ?? ""))
}

const throughClient = (
  client: HttpClient.HttpClient,
  outgoing: Outgoing,
  maxBody: (status: number) => number,
  redactor: Redactor
): Effect.Effect<Incoming> =>
  Effect.flatMap(
    client.execute(requestOf(outgoing, fixedBody)),
    (response) =>
      Effect.match(readBody(response, maxBody(response.status)), {
        onFailure: (error): BodyResult => ({ broken: error.cause ?? error }),
        onSuccess: (bytes): BodyResult => bytes === undefined ? "too large" : { bytes }
      }).pipe(Effect.map((body): Incoming => ({ status: response.status, headers: headersOf(response), body })))
  ).pipe(
    Effect.catchAll((error) => Effect.succeed<Incoming>(noResponse(error))),
    dieClean(redactor)
  )

/** Returns the transport over a client: its fast path if it has one, otherwise Effect's interface. */
export const transportOver = (
  client: HttpClient.HttpClient,
  clock: Clock.Clock,
  redactor: Redactor
): Transport => {
  const direct = directOf(client)
  return (outgoing, maxBody, millis) => {
    const onTimeout = () => ({ late: millis })
    return direct === undefined
      ? within(throughClient(client, outgoing, maxBody, redactor), millis, onTimeout, quiet)
      : runLimited<Incoming, Exchange, Exchange, never, never>({
        clock,
        start: (done) => direct(outgoing, maxBody, done),
        millis,
        onTimeout,
        proceed: Effect.succeed
      })
  }
}
