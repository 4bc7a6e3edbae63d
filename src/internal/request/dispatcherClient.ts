/**
 * The HTTP client over a dispatcher of undici, whose handlers are called as the response arrives. It buffers whole bodies,
 * except those of the SDK's streams.
 */
import type * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as UrlParams from "@effect/platform/UrlParams"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Collector } from "./collector.js"
import { type Controls, type Incoming, type Outgoing, type Receiver, withDirect } from "./directClient.js"
import type { Dispatcher, DispatchOptions } from "./dispatcher.js"
import { fromCallback } from "./timeLimit.js"
import { type Attempt, Exchange } from "./undiciExchange.js"
import { WholeResponse } from "./wholeResponse.js"

type ResponseEffect = Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

type Body = DispatchOptions["body"]

// Boundary: a raw body has no known type. undici accepts it or fails with its own error.
const bodyOf = (body: HttpBody.HttpBody): Effect.Effect<Body> => {
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(null)
    case "Uint8Array":
    case "Raw":
      return Effect.succeed(body.body as Body)
    case "FormData":
      return Effect.succeed(body.formData as unknown as Body)
    case "Stream":
      return Effect.map(Stream.toReadableStreamEffect(body.stream), (stream) => stream as unknown as Body)
  }
}

// A key of the options of a request, which undici's agent and pools pass on to the connection. V8 would keep what a weak
// map has for a request until its next full garbage collection.
export const attemptKey: unique symbol = Symbol("attempt")

interface AttemptOptions extends DispatchOptions {
  readonly [attemptKey]?: Attempt
}

/** Explains the error of an old version of undici, which calls other methods of a handler. */
const explained = (failed: unknown): unknown =>
  failed instanceof Error && failed.message === "invalid onError method"
    ? Object.assign(new Error("the dispatcher is of undici 6 or older: use undici 7 or later"), {
      code: "UND_ERR_INVALID_ARG"
    })
    : failed

/**
 * Creates a client over a dispatcher. `maxBodySize` is the limit of a response body in bytes. `inFlight` gets the
 * exchanges of the dispatcher of `effect-datarobot/undici`.
 */
export const dispatcherClient = (
  dispatcher: Dispatcher,
  maxBodySize: number,
  inFlight?: Set<Exchange>
): HttpClient.HttpClient => {
  const start = (
    { body, headers, layerLimits, method, origin, path }: Omit<Outgoing, "body"> & { readonly body?: Body | undefined },
    receive: (controls: Controls) => Receiver
  ): Exchange => {
    const exchange = new Exchange(receive, inFlight)
    try {
      const options: AttemptOptions = {
        origin,
        path,
        method,
        // A copy, because other requests have the same headers, and a dispatcher of the caller may change them.
        headers: { ...headers },
        body: body ?? null,
        headersTimeout: layerLimits?.headersTimeout ?? null,
        bodyTimeout: layerLimits?.bodyTimeout ?? null,
        [attemptKey]: exchange.attempt
      }
      dispatcher.dispatch(options, exchange)
    } catch (failed) {
      // undici reports an invalid request to the handler. Another dispatcher may throw.
      exchange.fail({ failed: explained(failed) })
    }
    return exchange
  }

  const send = (
    outgoing: Parameters<typeof start>[0],
    maxBody: (status: number) => number,
    done: (incoming: Incoming) => void
  ) => {
    const max = outgoing.layerLimits?.maxBodySize ?? maxBodySize
    const exchange = start(
      outgoing,
      (controls) => new Collector(outgoing.method, (status) => Math.min(maxBody(status), max), done, controls)
    )
    return () => exchange.abort()
  }

  const execute = (request: HttpClientRequest.HttpClientRequest): ResponseEffect =>
    Effect.gen(function*() {
      const url = yield* Either.mapLeft(
        UrlParams.makeUrl(request.url, request.urlParams, request.hash),
        (cause) => new HttpClientError.RequestError({ request, reason: "InvalidUrl", cause })
      )
      const { headers, method } = request
      const { origin, pathname, search } = url
      const body = yield* bodyOf(request.body)
      const incoming = yield* fromCallback<Incoming>((done) =>
        send({ method, origin, path: pathname + search, headers, body }, () => maxBodySize, done)
      )
      return "failed" in incoming
        ? yield* new HttpClientError.RequestError({ request, reason: "Transport", cause: incoming.failed })
        : new WholeResponse(request, incoming.status, incoming.headers, incoming.body)
    })
  // `HttpClient.make` adds a span and an abort controller to each request. If spans are disabled, as inside the SDK's
  // operations, the request skips that overhead.
  const traced = HttpClient.make(execute)
  const executeTracedIfEnabled = (request: HttpClientRequest.HttpClientRequest): ResponseEffect =>
    Effect.withFiberRuntime((fiber) =>
      fiber.getFiberRef(FiberRef.currentTracerEnabled) &&
        !fiber.getFiberRef(HttpClient.currentTracerDisabledWhen)(request)
        ? traced.execute(request)
        : execute(request)
    )
  const client = HttpClient.makeWith<never, never, HttpClientError.HttpClientError, never>(
    (request) => Effect.flatMap(request, executeTracedIfEnabled),
    Effect.succeed
  )
  // Boundary: undici accepts any async iterable, and its types only Node's streams.
  return withDirect(client, send, (outgoing, receive) => start(outgoing as Parameters<typeof start>[0], receive))
}

/**
 * Provides the client over a dispatcher of the caller, who closes it. The SDK has its own limits, so the client has none.
 */
export const layerDispatcher = (dispatcher: Dispatcher): Layer.Layer<HttpClient.HttpClient> =>
  Layer.sync(HttpClient.HttpClient, () => dispatcherClient(dispatcher, Infinity))
