/** The body of a request as text, up to a maximum size. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Errors from "./errors.js"

/**
 * Reads the body. Fails with 413 for more than 50 MiB, and with 400 for a body that breaks off. Over a socket, a body
 * that is too long and has no `Content-Length` ends the connection.
 */
export const bodyText = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<string, Errors.Malformed | Errors.TooLarge> => {
  if (Number(request.headers["content-length"] ?? 0) > Errors.maxBody) return Errors.tooLarge
  return request.text.pipe(
    HttpIncomingMessage.withMaxBodySize(Option.some(FileSystem.Size(Errors.maxBody))),
    Effect.catchAll(() => Errors.malformed("The body could not be read to its end")),
    Effect.filterOrElse((text) => text.length <= Errors.maxBody, () => Errors.tooLarge)
  )
}
