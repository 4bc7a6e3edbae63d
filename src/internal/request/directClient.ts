/**
 * The short way to a server. A client of this package offers it beside Effect's interface: one callback instead of an
 * effect for each step, which is most of what a request costs. A client that somebody has changed no longer has it.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type { HttpMethod } from "@effect/platform/HttpMethod"
import { globalValue } from "effect/GlobalValue"

/** A request that is ready to leave. */
export interface Outgoing {
  readonly method: HttpMethod
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Headers as they were received: one that came twice is a list. */
export type Received = Readonly<Record<string, string | ReadonlyArray<string> | undefined>>

/** What came of a body: its bytes, that it is too large, or why there are no more of them. */
export type Came = { readonly bytes: Uint8Array } | "too large" | { readonly broken: unknown }

/** What came of a request: an answer, or why there is none. */
export type Incoming =
  | { readonly status: number; readonly headers: Received; readonly body: Came }
  | { readonly failed: unknown }

/**
 * Sends a request, reads of its answer as much as the status allows, and calls back once with what came. Gives how to give
 * it up; then it does not call back.
 */
export type Direct = (
  outgoing: Outgoing,
  maxBody: (status: number) => number,
  done: (incoming: Incoming) => void
) => () => void

// By the client itself and not in a property of it, which a copy with another `execute` would have too.
const directs = globalValue("effect-datarobot/direct", () => new WeakMap<HttpClient.HttpClient, Direct>())

/** The client with a short way beside it. */
export const withDirect = (client: HttpClient.HttpClient, direct: Direct): HttpClient.HttpClient => {
  directs.set(client, direct)
  return client
}

/** The short way of a client; `undefined` when it has none. */
export const directOf = (client: HttpClient.HttpClient): Direct | undefined => directs.get(client)
