/** Reads the file of an upload: `multipart/form-data` with a part named `file`. */
import * as Effect from "effect/Effect"
import { bodyBytes } from "../protocol/bodyBytes.js"
import * as Errors from "../protocol/errors.js"
import type { Request } from "../protocol/request.js"

/** Returns the name and the text of the file. Fails with 400 if there is none, and with 422 if it is not UTF-8. */
export const uploadedFile = (
  request: Request
): Effect.Effect<
  { readonly name: string; readonly content: string },
  Errors.Malformed | Errors.TooLarge | Errors.Unprocessable
> => {
  const contentType = request.headers["content-type"] ?? ""
  if (!/^multipart\/form-data *;/i.test(contentType)) {
    return Errors.malformed("The content type must be multipart/form-data")
  }
  return Effect.gen(function*() {
    const bytes = yield* bodyBytes(request)
    const file = yield* Effect.tryPromise(async () => {
      // Boundary: the type of a body excludes bytes in shared memory, which do not occur here.
      const form = await new Response(bytes as BodyInit, { headers: { "content-type": contentType } }).formData()
      return form.get("file")
    }).pipe(Effect.catchAll(() => Errors.malformed("The body is not a form")))
    if (file === null || typeof file === "string") return yield* Errors.malformed("The form has no file named `file`")
    const content = yield* Effect.tryPromise(async () =>
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer())
    ).pipe(Effect.catchAll(() => Errors.invalidData("The emulator reads files in UTF-8 only")))
    return { name: file.name, content }
  })
}
