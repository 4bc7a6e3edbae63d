/** Which requests the emulator accepts. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import { bodyText } from "./bodyBytes.js"
import * as Errors from "./errors.js"
import type { Request } from "./request.js"

/** The refusal of a request. Undefined if the request is accepted. */
type Refusal<E> = Effect.Effect<never, E> | undefined

/**
 * Refuses a request without the emulator's token, as `Authorization: Bearer …` or `Token …`. Predictions also accept the
 * older `Basic user:token`.
 */
export const checkToken = (
  { headers }: Request,
  token: string,
  isPrediction: boolean
): Refusal<Errors.Unauthorized> => {
  const header = headers["authorization"] ?? ""
  if (isPrediction && header === "") {
    return Errors.unauthorized("Invalid Authorization header. No credentials provided.")
  }
  const [, given] = /^(?:Bearer|Token) +(.+)$/i.exec(header) ?? []
  if (given === token) return undefined
  const [, basic] = isPrediction ? /^Basic +(.+)$/i.exec(header) ?? [] : []
  return basic !== undefined && passwordOf(basic) === token ? undefined : Errors.unauthorized("Invalid API token")
}

/** Returns what follows the user's name in the credentials of `Basic`. */
const passwordOf = (credentials: string) =>
  Either.match(Encoding.decodeBase64String(credentials), {
    onLeft: () => undefined,
    onRight: (text) => text.slice(text.indexOf(":") + 1)
  })

/** Refuses a request with an `Origin`: a web page must not control the emulator of a visitor. */
export const checkOrigin = ({ headers }: Request): Refusal<Errors.Forbidden> =>
  headers["origin"] === undefined ? undefined : Errors.forbidden("Web pages may not control the emulator")

/** Reads a JSON body. Fails with 400 if it is not JSON, and with 413 if it is too long. */
export const jsonBody = (request: Request): Effect.Effect<unknown, Errors.Malformed | Errors.TooLarge> => {
  const malformed = Errors.malformed("The body is not JSON")
  if (!/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "application/json")) return malformed
  return Effect.flatMap(
    bodyText(request),
    (text) => Effect.orElse(Effect.try((): unknown => JSON.parse(text)), () => malformed)
  )
}
