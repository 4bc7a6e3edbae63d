/** Reads an answer's body, up to a cap (S-5). */
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

type Read = Effect.Effect<Uint8Array | undefined, HttpClientError.ResponseError>

/** All chunks in one. */
export const join = (chunks: ReadonlyArray<Uint8Array>, size: number): Uint8Array => {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

const readCounting = (response: HttpClientResponse.HttpClientResponse, max: number): Read =>
  Effect.suspend(() => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    return Stream.runForEachWhile(response.stream, (chunk) =>
      Effect.sync(() => {
        size += chunk.length
        chunks.push(chunk)
        return size <= max
      })).pipe(
        // a fetch response with no body at all (204)
        Effect.catchIf((error) => error.reason === "EmptyBody", () => Effect.void),
        Effect.map(() => size <= max ? join(chunks, size) : undefined)
      )
  })

/**
 * The bytes of the body; `undefined` when there are more than `max`. The rest is not read, and the request is aborted.
 *
 * A declared length is believed when it is too long. When it is short enough, HTTP itself lets no more bytes through, but
 * for a body that is compressed: what arrives of that is counted, after decompression.
 */
export const readBody = (response: HttpClientResponse.HttpClientResponse, max: number): Read => {
  const { headers } = response
  const declared = headers["content-length"]
  if (declared === undefined || headers["content-encoding"] !== undefined) return readCounting(response, max)
  return Number(declared) > max
    // Whoever begins to read and is interrupted makes the client abort the request.
    ? Effect.as(Effect.raceFirst(Effect.void, response.arrayBuffer), undefined)
    : Effect.map(response.arrayBuffer, (buffer) => buffer.byteLength > max ? undefined : new Uint8Array(buffer))
}
