/** Transformations of streams that keep a state, such as the rest of a record. */
import * as Channel from "effect/Channel"
import * as Chunk from "effect/Chunk"
import * as Stream from "effect/Stream"
import type { CsvProblem } from "./csvDialect.js"
import { joinBytes } from "./joinBytes.js"

/** Elements of the output, made when they are read. Returns a problem if the stream cannot go on. */
export type Outputs<Out> = Generator<Out, CsvProblem | undefined>

/** A transformation that was started. */
export interface Transformation<In, Out> {
  readonly next: (chunk: Chunk.Chunk<In>) => Outputs<Out>
  readonly end: () => Outputs<Out>
}

/** Transforms a stream. It reads the next chunk when all outputs of the one before have been taken. */
export const transform = <In, Out, E, R>(
  stream: Stream.Stream<In, E, R>,
  start: () => Transformation<In, Out>
): Stream.Stream<Out, E | CsvProblem, R> =>
  Stream.suspend(() => {
    type Loop = Channel.Channel<Chunk.Chunk<Out>, Chunk.Chunk<In>, E | CsvProblem, E, unknown, unknown>
    const { end, next } = start()
    const write = (outputs: Outputs<Out>, then: Loop): Loop =>
      Channel.suspend(() => {
        const { done, value } = outputs.next()
        if (done !== true) return Channel.zipRight(Channel.write(Chunk.of(value)), write(outputs, then))
        return value === undefined ? then : Channel.fail(value)
      })
    const loop: Loop = Channel.readWithCause({
      onInput: (chunk: Chunk.Chunk<In>) => write(next(chunk), loop),
      onFailure: Channel.failCause,
      onDone: () => write(end(), Channel.void)
    })
    return Stream.pipeThroughChannelOrFail(stream, loop)
  })

/** Size of a piece of a stream of bytes. Smaller pieces cost more, and larger ones more memory. */
export const pieceSize = 64 * 1024

/** Divides large pieces, and joins small ones, of those that are there. */
export function* evenPieces(chunk: Chunk.Chunk<Uint8Array>): Generator<Uint8Array, void> {
  let pieces: Array<Uint8Array> = []
  let size = 0
  for (const bytes of chunk) {
    if (size > 0 && size + bytes.length > pieceSize) {
      yield joinBytes(pieces, size)
      pieces = []
      size = 0
    }
    for (let at = 0; at < bytes.length; at += pieceSize) {
      const piece = bytes.subarray(at, at + pieceSize)
      if (piece.length === pieceSize) yield piece
      else {
        pieces.push(piece)
        size += piece.length
      }
    }
  }
  if (size > 0) yield joinBytes(pieces, size)
}
