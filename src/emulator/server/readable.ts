/** A readable stream of Node as a stream of Effect. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Readable } from "node:stream"

const events = ["readable", "end", "error", "close"]

/** Returns the bytes as they arrive. Fails if they break off. Does not close the readable. */
export const fromReadable = (readable: Readable): Stream.Stream<Uint8Array, unknown> =>
  Stream.suspend(() => {
    if (!readable.readable) return Stream.empty
    const latch = Effect.unsafeMakeLatch(false)
    const open = () => void latch.unsafeOpen()
    for (const event of events) readable.on(event, open)

    const next: Effect.Effect<Chunk.Chunk<Uint8Array>, Option.Option<unknown>> = Effect.suspend(() => {
      const pieces = readAll(readable)
      if (pieces.length > 0) return Effect.succeed(Chunk.unsafeFromArray(pieces))
      if (readable.readableEnded) return Effect.fail(Option.none())
      if (readable.destroyed) return Effect.fail(Option.some(readable.errored ?? new Error("The stream was closed")))
      latch.unsafeClose()
      return Effect.andThen(latch.await, next)
    })
    return Stream.ensuring(
      Stream.repeatEffectChunkOption(next),
      Effect.sync(() => {
        for (const event of events) readable.off(event, open)
      })
    )
  })

const readAll = (readable: Readable) => {
  const pieces: Array<Uint8Array> = []
  // Boundary: the types do not say what is read. Without an encoding, it is bytes.
  for (let piece = readable.read() as Uint8Array | null; piece !== null; piece = readable.read()) pieces.push(piece)
  return pieces
}
