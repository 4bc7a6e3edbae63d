/** The body of a request as bytes, decompressed, up to a maximum size. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { joinBytes } from "../../wire/joinBytes.js"
import * as Errors from "./errors.js"

/**
 * Reads the body, and decompresses it if its `Content-Encoding` is gzip. Fails with 413 for more than 50 MiB before or
 * after decompression, and with 400 for a body that breaks off. Over a socket, a body that is too long and has no
 * `Content-Length` ends the connection.
 */
export const bodyBytes = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<Uint8Array, Errors.Malformed | Errors.TooLarge> => {
  if (Number(request.headers["content-length"] ?? 0) > Errors.maxBody) return Errors.tooLarge
  const whole = request.arrayBuffer.pipe(
    HttpIncomingMessage.withMaxBodySize(Option.some(FileSystem.Size(Errors.maxBody))),
    Effect.catchAll(() => Errors.malformed("The body could not be read to its end")),
    Effect.map((buffer) => new Uint8Array(buffer)),
    Effect.filterOrElse((bytes) => bytes.length <= Errors.maxBody, () => Errors.tooLarge)
  )
  switch (request.headers["content-encoding"]?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return whole
    case "gzip":
      return Effect.flatMap(whole, gunzip)
    default:
      return Errors.malformed("The only Content-Encoding that is supported is gzip")
  }
}

/** Stops at the maximum size: a few kilobytes can decompress to gigabytes. */
const gunzip = (bytes: Uint8Array): Effect.Effect<Uint8Array, Errors.Malformed | Errors.TooLarge> =>
  Effect.tryPromise(async () => {
    // Boundary: the type of a blob excludes bytes in shared memory, which do not occur here.
    const reader = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip")).getReader()
    const pieces: Array<Uint8Array> = []
    let size = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return joinBytes(pieces, size)
      size += value.length
      if (size > Errors.maxBody) {
        await reader.cancel()
        return undefined
      }
      pieces.push(value)
    }
  }).pipe(
    Effect.catchAll(() => Errors.malformed("The body is not valid gzip")),
    Effect.filterOrElse((unzipped) => unzipped !== undefined, () => Errors.tooLarge)
  )
