/** A request to the emulator, over a socket or in process. */
import type * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"

export interface Request {
  readonly method: string
  /** The path and the query. */
  readonly url: string
  /** The origin at which the client reached the emulator. */
  readonly origin: string
  /** The headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Reads the whole body. Fails if it breaks off. Over a socket, it also fails if the body is longer than `limit`. */
  readonly bytes: (limit: number) => Effect.Effect<Uint8Array, unknown>
  /** The body as it arrives. */
  readonly stream: Stream.Stream<Uint8Array, unknown>
}

/** Responds to requests. */
export type App<E> = (request: Request) => Effect.Effect<HttpServerResponse.HttpServerResponse, E>
