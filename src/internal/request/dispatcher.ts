/** A dispatcher of undici, by its shape. So neither the code nor the types of the SDK need undici. */

/**
 * What the handler of a request can do with it.
 *
 * @since 0.1.0
 */
export interface DispatchController {
  /** Ends the request with this error. */
  abort(reason: Error): void
  /** Reads no more of the response. */
  pause(): void
  /** Reads the response again. */
  resume(): void
}

/**
 * Receives the response to a request as it arrives.
 *
 * @since 0.1.0
 */
export interface DispatchHandler {
  /** The request is about to be sent. */
  onRequestStart(controller: DispatchController): void
  /** The status and the headers have arrived. */
  onResponseStart(
    controller: DispatchController,
    status: number,
    headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  ): void
  /** A part of the body has arrived. */
  onResponseData(controller: DispatchController, chunk: Uint8Array): void
  /** The response is complete. */
  onResponseEnd(controller: DispatchController): void
  /** There is no response, or no more of it. */
  onResponseError(controller: DispatchController | undefined, error: unknown): void
}

/**
 * A request for a dispatcher.
 *
 * @since 0.1.0
 */
export interface DispatchOptions {
  /** Where the request goes, such as `https://app.datarobot.com`. */
  readonly origin: string
  /** The path and the query. */
  readonly path: string
  /** The HTTP method. */
  readonly method: string
  /** The headers, by name. */
  readonly headers: Record<string, string>
  /** The body. Null for none. */
  readonly body: string | Uint8Array | null
  /** Milliseconds until the headers must have arrived. 0: no limit. `null`: the limit of the dispatcher. */
  readonly headersTimeout: number | null
  /** Milliseconds between two parts of the body. 0: no limit. `null`: the limit of the dispatcher. */
  readonly bodyTimeout: number | null
}

/**
 * A dispatcher of undici 7 or later, such as an `Agent`, a `ProxyAgent` or an `EnvHttpProxyAgent`.
 *
 * @since 0.1.0
 */
export interface Dispatcher {
  /** Sends a request. The handler receives the response. */
  dispatch(options: DispatchOptions, handler: DispatchHandler): boolean
}

/** Whether a value can be used as a dispatcher. */
export const isDispatcher = (value: unknown): value is Dispatcher =>
  typeof value === "object" && value !== null && "dispatch" in value && typeof value.dispatch === "function"
