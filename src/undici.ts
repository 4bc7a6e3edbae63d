/**
 * An HTTP client for Node servers that calls undici's `dispatch` directly. A call through it takes much less processor
 * time than through the other clients. undici opens the connections and keeps them open. The client aborts requests
 * that are interrupted, or that exceed a time limit or the maximum body size.
 *
 * The client buffers the whole response body, up to `maxBodySize`, and does not ask for compression. That fits a JSON
 * API. For downloads, use `NodeHttpClient.layerUndici`.
 *
 * @since 0.1.0
 * @example
 * import { Effect, Layer, ManagedRuntime } from "effect"
 * import { DataRobot, ModelDeployment } from "effect-datarobot"
 * import * as Undici from "effect-datarobot/undici"
 *
 * const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layerEnv, Undici.layer()))
 * const deployments = await runtime.runPromise(ModelDeployment.list())
 */
import type * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as UrlParams from "@effect/platform/UrlParams"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import type { Socket } from "node:net"
import { Agent, type buildConnector, Client, type Dispatcher, Pool } from "undici"
import type { DataRobotValidationError } from "./DataRobotError.js"
import { Collector } from "./internal/request/collector.js"
import { invalidSettings } from "./internal/request/connection.js"
import {
  type Controls,
  type Incoming,
  type Outgoing,
  type Receiver,
  withDirect
} from "./internal/request/directClient.js"
import { fromCallback } from "./internal/request/timeLimit.js"
import { type Attempt, Exchange } from "./internal/request/undiciExchange.js"
import { undiciSettings } from "./internal/request/undiciSettings.js"
import { WholeResponse } from "./internal/request/wholeResponse.js"

/**
 * Connection settings and limits of undici. The `attemptTimeout` and `timeout` of an operation apply in addition.
 *
 * @since 0.1.0
 */
export interface UndiciOptions {
  /** Time limit for opening a connection, including TLS. Default: 10 seconds. */
  readonly connectTimeout?: Duration.DurationInput | undefined
  /** Time limit from the last byte of the request to the end of the response headers. Default: 5 minutes. */
  readonly headersTimeout?: Duration.DurationInput | undefined
  /** Time limit between two chunks of the response body. Default: 5 minutes. */
  readonly bodyTimeout?: Duration.DurationInput | undefined
  /** Maximum size of a response body in bytes. Default: 10 MiB. The SDK's own limits apply in addition. */
  readonly maxBodySize?: number | undefined
  /** Maximum number of connections to one origin. Default: unlimited. */
  readonly connections?: number | undefined
  /**
   * A dispatcher to use instead of the layer's own agent, such as undici's `EnvHttpProxyAgent` or `MockAgent`. With it,
   * `maxBodySize` is the only other option that applies; configure everything else on the dispatcher. The layer does
   * not close it, and does not cancel its connection attempts.
   */
  readonly dispatcher?: Dispatcher | undefined
}

type ResponseEffect = Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

type Body = Exclude<Dispatcher.DispatchOptions["body"], undefined>

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
const attemptKey: unique symbol = Symbol("attempt")

interface DispatchOptions extends Dispatcher.DispatchOptions {
  readonly [attemptKey]?: Attempt
}

/**
 * A connection that stops connecting when the request ends that it is for. undici would go on until
 * `connectTimeout`. A pool gives a connection one request at a time.
 */
class Connection extends Client {
  private readonly current: { attempt?: Attempt | undefined }

  constructor(origin: URL, { connect, ...options }: Client.Options) {
    const current: { attempt?: Attempt | undefined } = {}
    super(origin, {
      ...options,
      connect: (target, callback) => {
        const { attempt } = current
        const connected: buildConnector.Callback = (...result) => {
          attempt?.succeed()
          // Before undici's own listener. By then, the connection may have another request.
          result[1]?.on("end", () => current.attempt?.closedByServer())
          callback(...result)
        }
        // Boundary: a pool passes a function, which returns the socket.
        const socket = (connect as buildConnector.connector)(target, connected) as unknown as Socket
        attempt?.connectWith(socket)
      }
    })
    this.current = current
  }

  override dispatch(options: DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const attempt = options[attemptKey]
    // The request ended in the queue of the pool. `true`: the connection is free for the next one.
    if (attempt?.isOver === true) return true
    this.current.attempt = attempt
    return super.dispatch(options, handler)
  }
}

const makeAgent = (options: Agent.Options) =>
  new Agent({
    ...options,
    factory: (origin, options) =>
      new Pool(origin, { ...options, factory: (origin, options) => new Connection(origin, options) })
  })

const makeClient = (dispatcher: Dispatcher, maxBodySize: number, inFlight?: Set<Exchange>): HttpClient.HttpClient => {
  const start = (
    { body, headers, layerLimits, method, origin, path }: Omit<Outgoing, "body"> & { readonly body?: Body | undefined },
    receive: (controls: Controls) => Receiver
  ): Exchange => {
    const exchange = new Exchange(receive, inFlight)
    try {
      const options: DispatchOptions = {
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
      exchange.fail({ failed })
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
 * Provides the client. Fails with a `DataRobotValidationError` if an option is invalid. Releasing the layer closes its
 * connections and aborts the requests in flight.
 *
 * @since 0.1.0
 */
export const layer = (
  options: UndiciOptions = {}
): Layer.Layer<HttpClient.HttpClient, DataRobotValidationError> =>
  Layer.scoped(
    HttpClient.HttpClient,
    Effect.suspend(() => {
      const settings = undiciSettings(options)
      if (!("agent" in settings)) return Effect.fail(invalidSettings("Undici.layer", settings))
      const { agent, maxBodySize } = settings
      if (options.dispatcher !== undefined) return Effect.succeed(makeClient(options.dispatcher, maxBodySize))
      const inFlight = new Set<Exchange>()
      return Effect.acquireRelease(
        Effect.sync(() => makeAgent(agent)),
        (dispatcher) => {
          // After a failure to connect, undici's agent no longer knows the other requests to that origin.
          for (const exchange of inFlight) {
            exchange.onResponseError(undefined, new Error("the layer of the HTTP client was released"))
            exchange.abort()
          }
          return Effect.promise(() => dispatcher.destroy())
        }
      ).pipe(Effect.map((dispatcher) => makeClient(dispatcher, maxBodySize, inFlight)))
    })
  )
