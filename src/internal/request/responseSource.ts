/** The response of fetch or of node:http inside the platform's response. */
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"

/** What this package uses of a `Response` or of an `IncomingMessage`. */
interface Source {
  readonly body?: ReadableStream<Uint8Array> | null
  readonly headersDistinct?: Readonly<Record<string, ReadonlyArray<string>>>
}

interface Inside {
  readonly original?: Inside
  readonly source?: Source
}

/**
 * Returns the client's own response. `undefined` if the platform's response has none.
 * Boundary: the platform's types do not show it.
 */
export const sourceOf = (response: HttpClientResponse.HttpClientResponse): Source | undefined => {
  const { original, source = original?.source } = response as Inside
  return source
}
