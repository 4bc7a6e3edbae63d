/** Iterables and signals of plain async code. */
import { isRecord } from "../wire/text.js"

/**
 * The option that aborts a call.
 *
 * @since 0.1.0
 */
export interface Abortable {
  /** Aborts the call. The promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Whether a value can be iterated over. */
export const isIterable = (source: unknown): source is Iterable<unknown> | AsyncIterable<unknown> =>
  typeof source === "object" && source !== null && (Symbol.asyncIterator in source || Symbol.iterator in source)

/**
 * Keeps the process alive if a Node stream fails before it is read, as that of a missing file does: without a listener,
 * its error would be thrown. The reader still receives the error.
 */
const listenForError = (source: unknown): void => {
  if (isRecord(source) && typeof source["on"] === "function") source["on"]("error", () => undefined)
}

/** Makes an iterable async. Ending it never waits for a `next` that is still pending. */
export const toAsyncIterable = <A>(source: Iterable<A> | AsyncIterable<A>): AsyncIterable<A> => {
  listenForError(source)
  return { [Symbol.asyncIterator]: () => iteratorOf(source) }
}

const iteratorOf = <A>(source: Iterable<A> | AsyncIterable<A>): AsyncIterator<A> => {
  if (!isIterable(source)) throw new TypeError("the source must be an iterable or an async iterable")
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  let busy = false
  return {
    next: async () => {
      busy = true
      const result = await iterator.next()
      busy = false
      return result
    },
    return: async () => {
      const returned = Promise.resolve(iterator.return?.())
      // A generator settles this only after its pending `next`, which may never settle.
      if (busy) returned.catch(() => undefined)
      else await returned
      return { done: true, value: undefined }
    }
  }
}

/** Returns the chunks of a web stream. Not all runtimes can iterate over one. */
export const readableChunks = <A>(source: ReadableStream<A>): AsyncIterable<A> => ({
  [Symbol.asyncIterator]: () => {
    const reader = source.getReader()
    return {
      next: async () => {
        const { done, value } = await reader.read()
        return done ? { done, value: undefined } : { done, value }
      },
      return: async () => {
        await reader.cancel()
        return { done: true, value: undefined }
      }
    }
  }
})
