/** The source of a request body: a stream of the caller. */
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Runtime from "effect/Runtime"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { interruptibleRuntime } from "./timeLimit.js"

/** A request body, and what became of its stream. */
export interface RequestSource<E> {
  /** The body. It can be read once. If the stream fails, it fails with an error that says nothing about the failure. */
  readonly body: AsyncIterable<Uint8Array>
  /** Returns why the stream failed, or `undefined`. If there is a cause, it is the reason why the request failed. */
  readonly failure: () => Cause.Cause<E> | undefined
  /** Returns whether the client has taken the whole stream. Otherwise a response came too early. */
  readonly isSent: () => boolean
}

/** The maximum size of a body in bytes, and the error of a larger one. No byte above the maximum is sent. */
export interface SizeLimit<E> {
  readonly max: number
  readonly error: () => E
}

type Pulled = IteratorResult<Uint8Array, undefined>

const done: Pulled = { done: true, value: undefined }

/**
 * Turns a stream into a request body. The stream starts when the HTTP client asks for the first chunk, and continues
 * when it asks for the next one. It stops when the client has abandoned the body; the end of the scope waits for it.
 */
export const requestSource = <E, R, LimitError = never>(
  stream: Stream.Stream<Uint8Array, E, R>,
  limit?: SizeLimit<LimitError>
): Effect.Effect<RequestSource<E | LimitError>, never, R | Scope.Scope> =>
  Effect.flatMap(interruptibleRuntime<R>(), (runtime) => {
    let cause: Cause.Cause<E | LimitError> | undefined
    let size = 0
    let isOver = false
    let isSent = false
    // One fiber for the whole stream, because some streams start fibers that end with the one that started them.
    let fiber: Fiber.RuntimeFiber<void> | undefined
    let proceed = () => {}
    let settle: ((result: Pulled | Promise<never>) => void) | undefined

    const answer = (result: Pulled | Promise<never>) => {
      settle?.(result)
      settle = undefined
    }

    const hand = (chunk: Uint8Array): Effect.Effect<void, LimitError> => {
      size += chunk.length
      if (limit !== undefined && size > limit.max) return Effect.fail(limit.error())
      return Effect.async((resume) => {
        proceed = () => resume(Effect.void)
        answer({ done: false, value: chunk })
      })
    }

    const start = () => {
      const run = Stream.runForEach(stream, hand).pipe(
        Effect.catchAllCause((failure) => Effect.sync(() => cause = failure)),
        Effect.asVoid
      )
      fiber = Runtime.runFork(runtime)(run)
      fiber.addObserver((exit) => {
        isOver = true
        isSent = Exit.isSuccess(exit) && cause === undefined
        answer(cause === undefined ? done : Promise.reject(new Error("the source of the request body failed")))
      })
    }

    const body: AsyncIterator<Uint8Array, undefined> = {
      next: () =>
        new Promise((resolve) => {
          settle = resolve
          if (isOver) answer(done)
          else if (fiber === undefined) start()
          else proceed()
        }),
      return: () => {
        isOver = true
        fiber?.unsafeInterruptAsFork(fiber.id())
        answer(done)
        return Promise.resolve(done)
      }
    }

    return Effect.as(
      Effect.addFinalizer(() => {
        isOver = true
        return fiber === undefined ? Effect.void : Fiber.interrupt(fiber)
      }),
      { body: { [Symbol.asyncIterator]: () => body }, failure: () => cause, isSent: () => isSent }
    )
  })
