/** Sends one request through the caller's HTTP client and reads the response. No other module uses the client. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import type { Redactor } from "../../wire/redaction.js"
import { type BodyResult, directOf, type Incoming, type Outgoing, type ReceivedHeaders } from "./directClient.js"
import { isRejected } from "./networkFailure.js"
import { readBody } from "./responseBody.js"
import { sourceOf } from "./responseSource.js"
import { callbackWithin, within } from "./timeLimit.js"

/** How an attempt ended. `late` is the time limit that it exceeded, in milliseconds. */
export type Exchange = Incoming | { readonly late: number }

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
const quiet = (runtime: Runtime.Runtime<never>): Runtime.Runtime<never> => {
  const init = Option.getOrElse(Context.getOption(runtime.context, FetchHttpClient.RequestInit), () => ({}))
  return Runtime.updateContext(runtime, Context.add(FetchHttpClient.RequestInit, { ...init, redirect: "manual" })).pipe(
    Runtime.setFiberRef(HttpClient.currentTracerDisabledWhen, () => true),
    Runtime.setFiberRef(FiberRef.unhandledErrorLogLevel, Option.none())
  )
}

/**
 * Keeps a defect of the client as a defect, but only its text, because the defect may contain the request. node:http
 * throws if it rejects a request, which is not a defect of the client.
 */
const dieClean = (redactor: Redactor) => (effect: Effect.Effect<Incoming>): Effect.Effect<Incoming> =>
  Effect.catchAllDefect(effect, (defect) => {
    if (isRejected(defect)) return Effect.succeed({ failed: defect })
    const { message, name, stack } = defect instanceof Error ? defect : new Error(String(defect))
    const clean = new Error(redactor.text(message))
    clean.name = redactor.text(name)
    if (stack !== undefined) clean.stack = redactor.text(stack)
    return Effect.die(clean)
  })

// Of a repeated Retry-After, node:http has only the first one in its headers, and all in `headersDistinct`.
const headersOf = (response: HttpClientResponse.HttpClientResponse): ReceivedHeaders => {
  const { headers } = response
  if (headers["retry-after"] === undefined) return headers
  const all = sourceOf(response)?.headersDistinct?.["retry-after"]
  return { ...headers, "retry-after": all ?? headers["retry-after"] }
}

const throughClient = (
  client: HttpClient.HttpClient,
  { body, headers, method, url }: Outgoing,
  maxBody: (status: number) => number,
  redactor: Redactor
): Effect.Effect<Incoming> => {
  const bare = HttpClientRequest.make(method)(url.href, { headers })
  const type = headers["content-type"]
  const request = body === undefined
    ? bare
    : HttpClientRequest.setBody(
      bare,
      typeof body === "string" ? HttpBody.text(body, type) : HttpBody.uint8Array(body, type)
    )
  return Effect.flatMap(
    client.execute(request),
    (response) =>
      Effect.match(readBody(response, maxBody(response.status)), {
        onFailure: (error): BodyResult => ({ broken: error.cause ?? error }),
        onSuccess: (bytes): BodyResult => bytes === undefined ? "too large" : { bytes }
      }).pipe(Effect.map((body): Incoming => ({ status: response.status, headers: headersOf(response), body })))
  ).pipe(
    Effect.catchAll((error) => Effect.succeed<Incoming>({ failed: isRejected(error) ? error : error.cause ?? error })),
    dieClean(redactor)
  )
}

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
      : callbackWithin(clock, (done) => direct(outgoing, maxBody, done), millis, onTimeout)
  }
}
