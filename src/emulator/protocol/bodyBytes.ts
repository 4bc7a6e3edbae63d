/** The body of a request, up to a maximum size. */
import * as Effect from "effect/Effect"
import { joinBytes } from "../../wire/joinBytes.js"
import * as Errors from "./errors.js"
import type { Request } from "./request.js"

const wholeBody = ({ bytes, headers }: Request): Effect.Effect<Uint8Array, Errors.Malformed | Errors.TooLarge> => {
  if (Number(headers["content-length"] ?? 0) > Errors.maxBody) return Errors.tooLarge
  return bytes(Errors.maxBody).pipe(
    Effect.catchAll(() => Errors.malformed("The body could not be read to its end")),
    Effect.filterOrElse(({ length }) => length <= Errors.maxBody, () => Errors.tooLarge)
  )
}

/**
 * Reads the body as text. Fails with 413 for more than 50 MiB, and with 400 for a body that breaks off. Over a socket, a
 * body that is too long and has no `Content-Length` ends the connection.
 */
export const bodyText = (request: Request): Effect.Effect<string, Errors.Malformed | Errors.TooLarge> =>
  // A byte order mark stays in the text: JSON must not have one, and a server in Python rejects it.
  Effect.map(wholeBody(request), (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes))

/**
 * Reads the body, and decompresses it if its `Content-Encoding` is gzip. Fails with 413 for more than 50 MiB before or
 * after decompression, and with 400 for a body that breaks off. Over a socket, a body that is too long and has no
 * `Content-Length` ends the connection.
 */
export const bodyBytes = (
  request: Request
): Effect.Effect<Uint8Array, Errors.Malformed | Errors.TooLarge> => {
  const whole = wholeBody(request)
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
