/** The bytes of CSV that plain async code passes in. */
import * as Stream from "effect/Stream"
import type { CsvSource } from "./CsvSource.js"
import { isIterable, readableChunks, streamOf } from "./iterables.js"

const encoder = new TextEncoder()
// Boundary: only a `ReadableStream` has this method.
const isReadable = (csv: object): csv is ReadableStream<Uint8Array | string> => "getReader" in csv

/** Returns CSV as the operations take it. */
export const csvOf = (csv: CsvSource): string | Uint8Array | Stream.Stream<Uint8Array, unknown> => {
  if (typeof csv !== "object" || csv === null || csv instanceof Uint8Array) return csv
  const source = isReadable(csv) ? readableChunks(csv) : isIterable(csv) ? csv : undefined
  return source === undefined
    // Boundary: the type of the source says that it is one of these. The operation rejects anything else.
    ? csv as unknown as Uint8Array
    : encoded(streamOf(source))
}

/** Encodes texts as UTF-8. The end of a text may be the first half of a character, such as an emoji. */
const encoded = (source: Stream.Stream<unknown, unknown>): Stream.Stream<Uint8Array, unknown> =>
  Stream.suspend(() => {
    let half = ""
    const bytesOf = (chunk: unknown): Uint8Array => {
      if (typeof chunk === "string") {
        const text = half + chunk
        half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? ""
        return encoder.encode(text.slice(0, text.length - half.length))
      }
      // Boundary: the operation rejects anything else.
      return chunk as Uint8Array
    }
    return Stream.concat(Stream.map(source, bytesOf), Stream.sync(() => encoder.encode(half)))
  })
