/** The response of fetch, of node:http or of undici inside the platform's response. */
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type { HttpMethod } from "@effect/platform/HttpMethod"
import type { ReceivedHeaders } from "./directClient.js"

/** What this package uses of a `Response`, of an `IncomingMessage` or of undici's response. */
interface Source {
  readonly body?: (ReadableStream<Uint8Array> & { readonly errored?: unknown }) | null
  readonly headersDistinct?: Readonly<Record<string, ReadonlyArray<string>>>
  /** Whether node:http has received the whole message. */
  readonly complete?: boolean
}

interface Inside {
  readonly original?: Inside
  readonly source?: Source
}

/**
 * Returns the client's own response. `undefined` if the platform's response has none.
 * Boundary: the platform's types do not show it.
 */
export const sourceOf = (response: { readonly headers: ReceivedHeaders }): Source | undefined => {
  const { original, source = original?.source } = response as Inside
  return source
}

/** The error of a response that was cut off. */
export const endedEarly = (): Error => Object.assign(new Error("the response ended early"), { code: "ECONNRESET" })

/** Whether a body that has ended after `size` bytes has fewer of them than its headers declare. */
export const isShort = (
  { headers, method, status }: {
    readonly headers: ReceivedHeaders
    readonly method: HttpMethod
    readonly status: number
  },
  size: number
): boolean =>
  headers["content-encoding"] === undefined && size < Number(headers["content-length"] ?? 0) && method !== "HEAD" &&
  status !== 304

/**
 * Whether a body that has ended after `size` bytes was cut off. The platform's stream of a response that broke before
 * it was read is empty, without an error.
 */
export const isTruncated = (response: HttpClientResponse.HttpClientResponse, size: number): boolean => {
  const source = sourceOf(response)
  return source?.complete === false || (source?.body?.errored ?? null) !== null ||
    isShort({ method: response.request.method, status: response.status, headers: response.headers }, size)
}

/**
 * Whether the server says that it closes the connection after the response. undici 7, and the `fetch` of Node 20 to 24,
 * end the process if that happens while the response is paused (nodejs/undici#5360).
 */
export const closesConnection = ({ connection }: ReceivedHeaders): boolean =>
  typeof connection === "string" && connection.toLowerCase() === "close"

const isUnframed = (headers: ReceivedHeaders): boolean =>
  headers["content-length"] === undefined && headers["transfer-encoding"] === undefined

/** Whether a response of HTTP/1.1 ends with its connection. */
export const endsWithConnection = (headers: ReceivedHeaders): boolean =>
  closesConnection(headers) || isUnframed(headers)

/**
 * Whether only the end of the connection is the end of the body, so that a body that was cut looks like a whole one. A
 * response of HTTP/2 has none of these headers, and is announced all the same.
 */
export const endsUnannounced = (headers: ReceivedHeaders): boolean => closesConnection(headers) && isUnframed(headers)
