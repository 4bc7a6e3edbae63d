/** Iterables and signals of plain async code. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { isRecord } from "../wire/text.js"
import type { IterableStream } from "./IterableStream.js"

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

/** Returns the same iterable. Ending it never waits for a `next` that is still pending. */
const endingAtOnce = <A>(source: AsyncIterable<A>): AsyncIterable<A> => {
  listenForError(source)
  return { [Symbol.asyncIterator]: () => iteratorOf(source) }
}

/** Makes a stream of an iterable that is not async, without a promise for each item. */
const streamOfItems = <A>(source: Iterable<A>): Stream.Stream<A, unknown> => {
  const open = Effect.try({ try: () => source[Symbol.iterator](), catch: (error) => error })
  const next = (iterator: Iterator<A>) =>
    Effect.suspend((): Effect.Effect<A, Option.Option<unknown>> => {
      try {
        const { done, value } = iterator.next()
        return done === true ? Effect.fail(Option.none()) : Effect.succeed(value)
      } catch (error) {
        return Effect.fail(Option.some(error))
      }
    })
  return Stream.unwrapScoped(
    Effect.map(
      Effect.acquireRelease(open, (iterator) => Effect.sync(() => iterator.return?.())),
      // One item at a time: a generator may use the same object for all of them.
      (iterator) => Stream.repeatEffectOption(next(iterator))
    )
  )
}

/** Makes a stream of an iterable. It fails with the iterable's own error. */
export const streamOf = <A>(source: Iterable<A> | AsyncIterable<A>): Stream.Stream<A, unknown> =>
  isIterable(source) && !(Symbol.asyncIterator in source)
    ? streamOfItems(source)
    : Stream.fromAsyncIterable(endingAtOnce(source), (error) => error)

const iteratorOf = <A>(source: AsyncIterable<A>): AsyncIterator<A> => {
  if (!isIterable(source)) throw new TypeError("the source must be an iterable or an async iterable")
  const iterator = source[Symbol.asyncIterator]()
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

/** The error of a call whose reader needs no more items. */
export const noMoreItems = new Error("the reader has ended the iteration")

/** Starts a generator, with the signal that its reader has ended the iteration. */
export type StartItems<A> = (ended: AbortSignal) => AsyncGenerator<A, void>

/** Starts a generator whose `return` does not wait for a `next` that is still pending. Node streams rely on that. */
const started = <A>(start: StartItems<A>): AsyncGenerator<A, void> => {
  const ending = new AbortController()
  const items = start(ending.signal)
  const end = items.return.bind(items)
  return Object.assign(items, {
    return: (value: void) => {
      ending.abort()
      return end(value)
    }
  })
}

const webStreamOf = <A>(items: AsyncGenerator<A, void>): ReadableStream<A> =>
  new ReadableStream<A>({
    // Not an async function, which would appear in the stacks of errors.
    pull: (out) =>
      items.next().then(({ done, value }) => {
        if (done === true) out.close()
        else out.enqueue(value)
      }),
    cancel: async () => {
      await items.return()
    }
    // Nothing is read before the reader asks for it.
  }, { highWaterMark: 0 })

/** Adds the web stream to a generator. `start` makes another one, for the case that the web stream is used instead. */
export const iterableStream = <A>(start: StartItems<A>): IterableStream<A> =>
  Object.assign(started(start), { toReadableStream: () => webStreamOf(started(start)) })
