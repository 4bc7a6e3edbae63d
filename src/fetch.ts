/**
 * An HTTP client on `fetch`, for browsers, Deno, workers and Node. A call through it takes about half of the processor
 * time of a call through `FetchHttpClient.layer` of `@effect/platform`. On Node servers, `effect-datarobot/undici` takes
 * less.
 *
 * @since 0.1.0
 * @example
 * import { Effect, Layer, ManagedRuntime } from "effect"
 * import { DataRobot, ModelDeployment } from "effect-datarobot"
 * import * as Fetch from "effect-datarobot/fetch"
 *
 * const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layerEnv, Fetch.layer()))
 * const deployments = await runtime.runPromise(ModelDeployment.list())
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Collector } from "./internal/request/collector.js"
import { withDirect } from "./internal/request/directClient.js"
import { FetchExchange, type Fetching } from "./internal/request/fetchExchange.js"

/**
 * The settings of `fetch`. Everything else is decided by the request.
 *
 * @since 0.1.0
 */
export interface FetchOptions {
  /** The function that sends the requests. Default: the global `fetch`, as it is when a request is sent. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Options that `fetch` gets with each request, such as `credentials` in browsers, or `dispatcher` in Node. */
  readonly requestInit?: Omit<RequestInit, "body" | "headers" | "method" | "redirect" | "signal"> | undefined
}

const makeClient = (platform: HttpClient.HttpClient, fetching: Fetching): HttpClient.HttpClient => {
  const { fetch, init } = fetching
  // The operations of the SDK add their own options if they have to use a modified client.
  const withSettings = (context: Context.Context<never>) =>
    Context.add(Context.add(context, FetchHttpClient.Fetch, fetch), FetchHttpClient.RequestInit, {
      ...init,
      ...Option.getOrUndefined(Context.getOption(context, FetchHttpClient.RequestInit))
    })
  const client = HttpClient.transformResponse(platform, Effect.mapInputContext(withSettings))
  return withDirect(
    client,
    (outgoing, maxBody, done) => {
      const exchange = new FetchExchange(
        fetching,
        outgoing,
        (controls) => new Collector(outgoing.method, maxBody, done, controls),
        "whole"
      )
      return () => exchange.abort()
    },
    (outgoing, receive) => new FetchExchange(fetching, outgoing, receive, "streamed")
  )
}

/**
 * Provides the client. Requests of the SDK never follow redirects. All other requests are sent as through
 * `FetchHttpClient.layer`. The settings are those in `options`, and not the services `Fetch` and `RequestInit` of
 * `FetchHttpClient`.
 *
 * @since 0.1.0
 */
export const layer = (
  { fetch = (...args) => globalThis.fetch(...args), requestInit: init = {} }: FetchOptions = {}
): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(
    HttpClient.HttpClient,
    Effect.map(HttpClient.HttpClient, (platform) => makeClient(platform, { fetch, init }))
  ).pipe(Layer.provide(FetchHttpClient.layer))
