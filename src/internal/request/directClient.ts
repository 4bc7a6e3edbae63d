/**
 * The fast path to a server. This package's undici client offers it in addition to Effect's `HttpClient` interface. One
 * callback replaces an effect per step, which is most of the cost of a request. A modified client (mapped, or with
 * another `execute`) does not have the fast path.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type { HttpMethod } from "@effect/platform/HttpMethod"
import { globalValue } from "effect/GlobalValue"

/** A request body. A stream is read once, and only as fast as the server takes it. */
export type RequestBody = string | Uint8Array | AsyncIterable<Uint8Array>

/** Whether a request body is a stream. */
export const isStreamedBody = (body: RequestBody | undefined): body is AsyncIterable<Uint8Array> =>
  typeof body === "object" && !(body instanceof Uint8Array)

/**
 * A request that is ready to send. The names of its headers are in lower case. Only a streamed exchange
 * (`streamedExchange.ts`) accepts a body of the type `RequestBody`.
 */
export interface Outgoing<Body extends RequestBody = string | Uint8Array> {
  readonly method: HttpMethod
  /** Where the request goes, such as `https://app.datarobot.com`. */
  readonly origin: string
  /** The path and the query, as they are sent. */
  readonly path: string
  /** Other requests may have the same object. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Body | undefined
  /**
   * Replaces limits of the HTTP layer. Only this package's undici client has such limits. The time limits are in
   * milliseconds; 0 is no limit.
   */
  readonly layerLimits?: {
    readonly headersTimeout?: number
    readonly bodyTimeout?: number
    readonly maxBodySize?: number
  } | undefined
}

/** Response headers as received. A header that occurs more than once is an array. */
export type ReceivedHeaders = Readonly<Record<string, string | ReadonlyArray<string> | undefined>>

/** The result of reading a body: its bytes, that it exceeds the limit, or the error that interrupted it. */
export type BodyResult = { readonly bytes: Uint8Array } | "too large" | { readonly broken: unknown }

/** No response. `neverStarted`: the client knows that it has not begun to send the request. */
export interface NoResponse {
  readonly failed: unknown
  readonly neverStarted?: boolean
}

/** A response and what is known of its body. */
export interface Response {
  readonly status: number
  readonly headers: ReceivedHeaders
  readonly body: BodyResult
}

/** The result of a request: a response, or the error that prevented one. */
export type Incoming = Response | NoResponse

/**
 * Sends a request, reads at most `maxBody(status)` bytes of the response body, and calls `done` once. Returns a
 * function that aborts the request: `done` is then not called.
 */
export type DirectSend = (
  outgoing: Outgoing,
  maxBody: (status: number) => number,
  done: (incoming: Incoming) => void
) => () => void

/** What the receiver of a response can do with the exchange. */
export interface Controls {
  /** Asks for no more data. Data that has already arrived may still come. */
  readonly pause: () => void
  /** Asks for data. It may come before this returns. */
  readonly resume: () => void
  /** Ends the exchange. The receiver is not called after it. */
  readonly abort: () => void
}

/**
 * Receives a response as it arrives: the headers, the data, and `ended` or `failed`. A failure may come at any time
 * instead.
 */
export interface Receiver {
  readonly head: (status: number, headers: ReceivedHeaders) => void
  readonly data: (chunk: Uint8Array) => void
  readonly ended: () => void
  readonly failed: (failure: NoResponse) => void
}

/** Opens an exchange. It may call the receiver before it returns. */
export type DirectOpen = (
  outgoing: Outgoing<RequestBody>,
  receive: (controls: Controls) => Receiver
) => Controls

interface Direct {
  readonly send: DirectSend
  readonly open?: DirectOpen | undefined
}

// Keyed by the client's identity. A property would also be on a copy of the client with another `execute`.
const directs = globalValue("effect-datarobot/direct", () => new WeakMap<HttpClient.HttpClient, Direct>())

/** Adds the fast path to a client. */
export const withDirect = (
  client: HttpClient.HttpClient,
  send: DirectSend,
  open?: DirectOpen
): HttpClient.HttpClient => {
  directs.set(client, { send, open })
  return client
}

/** Returns the fast path of a client, or `undefined` if it has none. */
export const directOf = (client: HttpClient.HttpClient): DirectSend | undefined => directs.get(client)?.send

/** Returns the fast path of a client for exchanges whose bodies are streams, or `undefined` if it has none. */
export const directOpenOf = (client: HttpClient.HttpClient): DirectOpen | undefined => directs.get(client)?.open
