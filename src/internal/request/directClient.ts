/**
 * The fast path to a server. This package's undici client offers it in addition to Effect's `HttpClient` interface. One
 * callback replaces an effect per step, which is most of the cost of a request. A modified client (mapped, or with
 * another `execute`) does not have the fast path.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type { HttpMethod } from "@effect/platform/HttpMethod"
import { globalValue } from "effect/GlobalValue"

/** A request that is ready to send. */
export interface Outgoing {
  readonly method: HttpMethod
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

/** Response headers as received. A header that occurs more than once is an array. */
export type ReceivedHeaders = Readonly<Record<string, string | ReadonlyArray<string> | undefined>>

/** The result of reading a body: its bytes, that it exceeds the limit, or the error that interrupted it. */
export type BodyResult = { readonly bytes: Uint8Array } | "too large" | { readonly broken: unknown }

/**
 * The result of a request: a response, or the error that prevented one. `neverStarted`: the client knows that it has not
 * begun to send the request.
 */
export type Incoming =
  | { readonly status: number; readonly headers: ReceivedHeaders; readonly body: BodyResult }
  | { readonly failed: unknown; readonly neverStarted?: boolean }

/**
 * Sends a request, reads at most `maxBody(status)` bytes of the response body, and calls `done` once. Returns a
 * function that aborts the request: `done` is then not called.
 */
export type DirectSend = (
  outgoing: Outgoing,
  maxBody: (status: number) => number,
  done: (incoming: Incoming) => void
) => () => void

// Keyed by the client's identity. A property would also be on a copy of the client with another `execute`.
const directs = globalValue("effect-datarobot/direct", () => new WeakMap<HttpClient.HttpClient, DirectSend>())

/** Adds the fast path to a client. */
export const withDirect = (client: HttpClient.HttpClient, direct: DirectSend): HttpClient.HttpClient => {
  directs.set(client, direct)
  return client
}

/** Returns the fast path of a client, or `undefined` if it has none. */
export const directOf = (client: HttpClient.HttpClient): DirectSend | undefined => directs.get(client)
