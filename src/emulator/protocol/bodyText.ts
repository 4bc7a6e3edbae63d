/** The body of a request as text, as far as it is not too long. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Errors from "./errors.js"

/**
 * The text; 413 for more than 50 MiB, 400 for a body that breaks off. Over a socket, the connection of a body that does
 * not say how long it is and turns out to be longer is broken off.
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
