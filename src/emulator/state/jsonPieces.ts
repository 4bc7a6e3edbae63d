/** JSON in pieces, for data that is too large to be converted at once: that would block all other work. */
import { isRecord } from "../../wire/text.js"

/** How many numbers, or other items of a list, become one piece. */
const numbersPerPiece = 10_000
const itemsPerPiece = 100

/** A list whose items are made when they are needed. */
export function* lazily<A, B>(items: Iterable<A>, make: (item: A) => B): Generator<B> {
  for (const item of items) yield make(item)
}

/**
 * Returns the JSON of a value in pieces, each made when it is read. Besides JSON, the value may contain arrays of
 * numbers such as `Float64Array`, and iterables: lists whose items are divided into pieces too.
 */
export function* pieces(value: unknown): Generator<string> {
  if (isNumbers(value)) {
    yield* slices(value.length, numbersPerPiece, (from, to) => Array.from(value.subarray(from, to)))
  } else if (Array.isArray(value)) {
    yield* slices(value.length, itemsPerPiece, (from, to) => value.slice(from, to))
  } else if (isIterable(value)) {
    let separator = "["
    for (const item of value) {
      yield separator
      yield* pieces(item)
      separator = ","
    }
    yield separator === "[" ? "[]" : "]"
  } else if (isRecord(value)) {
    let separator = "{"
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue
      yield `${separator}${JSON.stringify(key)}:`
      yield* pieces(member)
      separator = ","
    }
    yield separator === "{" ? "{}" : "}"
  } else {
    yield JSON.stringify(value) ?? "null"
  }
}

/** The JSON of a list. Each piece has `size` items. */
function* slices(length: number, size: number, items: (from: number, to: number) => ReadonlyArray<unknown>) {
  yield "["
  for (let from = 0; from < length; from += size) {
    const json = JSON.stringify(items(from, from + size)).slice(1, -1)
    yield from === 0 ? json : `,${json}`
  }
  yield "]"
}

const isNumbers = (value: unknown): value is Float64Array => ArrayBuffer.isView(value) && !(value instanceof DataView)

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.iterator in value
