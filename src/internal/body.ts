/** Reads an answer's body, up to a cap (S-5). */
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

const join = (chunks: ReadonlyArray<Uint8Array>, size: number): Uint8Array => {
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

/**
 * The bytes of the body; `undefined` when there are more than `max`. The declared length is believed when it is too
 * long and never when it is short enough: what arrives is counted, after decompression. The rest is not read; the
 * socket is aborted with the scope of the attempt.
 */
export const readBody = (
  response: HttpClientResponse.HttpClientResponse,
  max: number
): Effect.Effect<Uint8Array | undefined, HttpClientError.ResponseError> =>
  Effect.suspend(() => {
    if (Number(response.headers["content-length"]) > max) return Effect.succeed(undefined)
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
