/** A response whose body is read as it arrives. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { joinBytes } from "../../wire/joinBytes.js"
import type { BodyResult, ReceivedHeaders, Response } from "./directClient.js"
import { within } from "./timeLimit.js"

/** Why a response body ended early: an error of the client or of the source, or the time limit that was exceeded. */
export type BodyFailure = { readonly broken: unknown } | { readonly late: number }

/** A response whose headers have arrived. */
export interface StreamHead {
  readonly status: number
  readonly headers: ReceivedHeaders
  /**
   * Returns the next bytes, or `undefined` at the end of the body. One fiber at a time may wait for it. If that is
   * interrupted, no byte is lost.
   */
  readonly pull: Effect.Effect<Uint8Array | undefined, BodyFailure>
  /** Aborts the request, if it has not ended. */
  readonly abort: Effect.Effect<void>
}

/** Returns the body of a response. It can be read once. */
export const chunksOf = ({ pull }: StreamHead): Stream.Stream<Uint8Array, BodyFailure> =>
  Stream.repeatEffectOption(
    Effect.flatMap(
      Effect.mapError(pull, Option.some),
      (chunk) => chunk === undefined ? Effect.fail(Option.none()) : Effect.succeed(chunk)
    )
  )

const lateBody = (late: number) =>
  Object.assign(new Error(`the response body was not complete within ${late} ms`), { code: "ETIMEDOUT" })

/**
 * Reads the rest of a response, such as an error. If that takes longer than `millis`, or if there are more than `max`
 * bytes, aborts the request. The body then is broken or too large.
 */
export const readRest = (
  { abort, headers, pull, status }: StreamHead,
  max: number,
  millis: number
): Effect.Effect<Response> => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  const read: Effect.Effect<BodyResult, BodyFailure> = Effect.flatMap(pull, (chunk) => {
    if (chunk === undefined) return Effect.succeed({ bytes: joinBytes(chunks, size) })
    size += chunk.length
    if (size > max) return Effect.as(abort, "too large" as const)
    chunks.push(chunk)
    return read
  })
  const declaredTooLarge = headers["content-encoding"] === undefined && Number(headers["content-length"]) > max
  return Effect.map(
    declaredTooLarge ? Effect.as(abort, "too large" as const) : within(
      Effect.catchAll(
        read,
        (failure) => Effect.succeed("late" in failure ? { broken: lateBody(failure.late) } : failure)
      ),
      millis,
      () => ({ broken: lateBody(millis) })
    ).pipe(Effect.tap((body) => typeof body === "object" && "broken" in body ? abort : Effect.void)),
    (body) => ({ status, headers, body })
  )
}
