/** Reads a response body, up to a size limit (S-5). */
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { joinBytes } from "../../wire/joinBytes.js"
import { sourceOf } from "./responseSource.js"

type Read = Effect.Effect<Uint8Array | undefined, HttpClientError.ResponseError>

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
        // A fetch response without a body (204).
        Effect.catchIf((error) => error.reason === "EmptyBody", () => Effect.void),
        Effect.map(() => size <= max ? joinBytes(chunks, size) : undefined)
      )
  })

/** Reads until the end or until there are more than `max` bytes. */
const readAtMost = async (body: ReadableStream<Uint8Array>, max: number): Promise<ArrayBufferLike> => {
  const reader = body.getReader()
  const chunks: Array<Uint8Array> = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length
    chunks.push(next.value)
    if (size <= max) continue
    // The promise settles when the connection has been closed, or fails if that fails.
    reader.cancel().catch(() => {})
    break
  }
  const whole = joinBytes(chunks, size)
  // A chunk may be a part of a larger buffer.
  return (whole.buffer.byteLength === size ? whole : whole.slice()).buffer
}

/**
 * Makes a response of `fetch` stop reading above a limit: `arrayBuffer` then resolves to more than `max` bytes, but not
 * to all of them. Some runtimes decompress a body, keep its `content-length` and hide its `content-encoding` (browsers
 * do so for other origins). So the headers of `fetch` don't show how many bytes there will be (S-9).
 */
const stopAbove = (response: HttpClientResponse.HttpClientResponse, max: number): void => {
  const source = sourceOf(response)
  const body = source?.body
  // The body of undici, or of another `fetch` such as that of node-fetch, is of another kind.
  if (source === undefined || body?.getReader === undefined) return
  Reflect.defineProperty(source, "arrayBuffer", { value: () => readAtMost(body, max) })
}

// The platform's node:http client copies all that it has for each chunk: a minute for 60 MB.
const isSlow = (response: HttpClientResponse.HttpClientResponse, size: number): boolean =>
  size > 1024 * 1024 && sourceOf(response)?.complete !== undefined

/**
 * Reads a body whose stream cannot be interrupted while its cancellation is pending. If a `fetch` of the caller has
 * cloned the response, that ends only when the request is aborted. So interruption aborts the request first.
 */
const abortable = (response: HttpClientResponse.HttpClientResponse, read: Read): Read =>
  Effect.onInterrupt(Effect.disconnect(read), () => Effect.sync(() => Effect.runFork(Effect.ignore(abort(response)))))

// Starting a read and interrupting it makes the client abort the request.
const abort = (response: HttpClientResponse.HttpClientResponse) => Effect.raceFirst(Effect.void, response.arrayBuffer)

/**
 * Returns the bytes of the body, or `undefined` if there are more than `max`. The rest is then not read, and the
 * request is aborted.
 *
 * If `content-length` exceeds `max`, the body is not read at all. If it does not, HTTP delivers no more bytes than
 * declared, unless the client decompresses the body. A compressed body is counted after decompression.
 */
export const readBody = (response: HttpClientResponse.HttpClientResponse, max: number): Read => {
  const { headers } = response
  const declared = headers["content-length"]
  if (declared === undefined || headers["content-encoding"] !== undefined) {
    const read = readCounting(response, max)
    return sourceOf(response)?.body?.getReader === undefined ? read : abortable(response, read)
  }
  if (isSlow(response, Number(declared)) && Number(declared) <= max) return readCounting(response, max)
  stopAbove(response, max)
  return Number(declared) > max
    ? Effect.as(abort(response), undefined)
    : Effect.map(response.arrayBuffer, (buffer) => buffer.byteLength > max ? undefined : new Uint8Array(buffer))
}
