import * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { Requirements } from "../internal/request/operation.js"
import type { Abortable } from "./CallOptions.js"
import type { CallPromise } from "./CallPromise.js"
import type { IterableStream } from "./IterableStream.js"

/** How the client runs operations. */
export interface Running {
  readonly run: <A, E>(effect: Effect.Effect<A, E, Requirements>, call?: Abortable) => CallPromise<A>
  readonly iterate: <A>(stream: Stream.Stream<A, unknown, Requirements>, call?: Abortable) => IterableStream<A>
}

/** Runs a function of the caller. Fails with its error if it throws or rejects. */
export const callback = <A>(call: () => Promise<A>): Effect.Effect<A, unknown> =>
  Effect.tryPromise({ try: call, catch: (error) => error })
