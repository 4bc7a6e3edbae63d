/** Streams as async iterables. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Requirements } from "../internal/request/operation.js"
import { onAbort } from "./abortListener.js"
import type { Abortable } from "./CallOptions.js"
import type { Calls } from "./calls.js"
import { errorForCaller } from "./errorForCaller.js"
import { iterableStream, noMoreItems } from "./iterables.js"
import type { Running } from "./running.js"

// Not `Stream.toAsyncIterable`, which fetches the next page before the consumer needs it.
const generate = async function*<A>(
  { step, whenClosed }: Calls,
  stream: Stream.Stream<A, unknown, Requirements>,
  call: Abortable,
  ended: AbortSignal
): AsyncGenerator<A, void> {
  const scope = Effect.runSync(Scope.make())
  let ending: Promise<void> | undefined
  const end = () => ending ??= Effect.runPromise(Scope.close(scope, Exit.void))
  try {
    const pull = await step(Scope.extend(Stream.toPull(stream), scope))
    for (;;) {
      const next = Effect.catchAll(
        Effect.asSome(pull),
        Option.match({ onNone: () => Effect.succeedNone, onSome: (error) => Effect.fail(error) })
      )
      const chunk = await step(next, call, ended)
      if (Option.isNone(chunk)) return
      // While the consumer works on this chunk there is no call to abort, but page prefetches may be in flight.
      const stop = call.signal && onAbort(call.signal, end)
      const stay = whenClosed(end)
      if (call.signal?.aborted === true) void end()
      try {
        // `yield*` would make more promises for each item.
        for (const item of Chunk.toReadonlyArray(chunk.value)) yield item
      } finally {
        stay()
        stop?.()
      }
    }
  } catch (error) {
    if (error !== noMoreItems) throw errorForCaller(error, generate)
  } finally {
    await end()
  }
}

/** Returns the function that makes an iterable of a stream, which runs as calls of one client. */
export const iteration = (calls: Calls): Running["iterate"] => (stream, call = {}) =>
  iterableStream((ended) => generate(calls, stream, call, ended))
