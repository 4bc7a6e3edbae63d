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
import * as HttpClient from "@effect/platform/HttpClient"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Socket } from "node:net"
import { Agent, type buildConnector, Client, type Dispatcher, Pool } from "undici"
import type { DataRobotValidationError } from "./DataRobotError.js"
import { invalidSettings } from "./internal/request/connection.js"
import { attemptKey, dispatcherClient } from "./internal/request/dispatcherClient.js"
import type { Attempt, Exchange } from "./internal/request/undiciExchange.js"
import { undiciSettings } from "./internal/request/undiciSettings.js"

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

interface AttemptOptions extends Dispatcher.DispatchOptions {
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

  override dispatch(options: AttemptOptions, handler: Dispatcher.DispatchHandler): boolean {
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
      if (options.dispatcher !== undefined) return Effect.succeed(dispatcherClient(options.dispatcher, maxBodySize))
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
      ).pipe(Effect.map((dispatcher) => dispatcherClient(dispatcher, maxBodySize, inFlight)))
    })
  )
