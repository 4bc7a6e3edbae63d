/** Runs the operations of one client as promises, and ends them when the client closes. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import * as Runtime from "effect/Runtime"
import type { Requirements } from "../internal/request/operation.js"
import { recordingInto, type ResponseRecorder } from "../internal/request/responseInfo.js"
import { onAbort } from "./abortListener.js"
import type { Abortable } from "./CallOptions.js"
import { CallPromise } from "./CallPromise.js"
import { clientClosed, errorForCaller } from "./errorForCaller.js"
import { noMoreItems } from "./iterables.js"

/** The calls of one client. */
export interface Calls {
  /** Runs one call. */
  readonly run: <A, E>(effect: Effect.Effect<A, E, Requirements>, call?: Abortable) => CallPromise<A>
  /**
   * Runs a step of an iteration. `ended` is aborted when its reader needs no more items. Errors are not yet those of the
   * caller.
   */
  readonly step: <A, E>(
    effect: Effect.Effect<A, E, Requirements>,
    call?: Abortable,
    ended?: AbortSignal
  ) => Promise<A>
  /**
   * Adds what to do if the client closes while an iteration waits for its consumer. Does it at once if the client is
   * closed. Returns how to remove it.
   */
  readonly whenClosed: (end: () => Promise<void>) => () => void
  /** Aborts the calls, waits until they have ended, and releases the runtime. */
  readonly close: () => Promise<void>
}

type AnyFiber = Fiber.RuntimeFiber<unknown, unknown>

const interrupt = (fiber: AnyFiber) => fiber.unsafeInterruptAsFork(FiberId.none)
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true
const ended = (fiber: AnyFiber) => new Promise((resolve) => fiber.addObserver(resolve))

/** Rejects with the caller's error. */
const rejected = async (error: unknown): Promise<never> => {
  // The caller waits for the promise once it has it.
  await undefined
  throw errorForCaller(error, rejected)
}

/** Starts with no calls. */
export const makeCalls = (runtime: ManagedRuntime.ManagedRuntime<Requirements, never>): Calls => {
  // At once, because the first call would otherwise lose the options of `runFork`.
  const fork = Runtime.runFork(Effect.runSync(runtime.runtimeEffect))
  let closed = false
  /** For each iteration that waits for its consumer: how to end it. */
  const idle = new Set<() => Promise<void>>()
  /** The calls that have not ended. One that was interrupted may still have to cancel a job. */
  const inFlight = new Set<AnyFiber>()

  const start = <A, E>(
    effect: Effect.Effect<A, E, Requirements>,
    [signal, over]: readonly [signal: AbortSignal | undefined, over?: AbortSignal | undefined],
    succeed: (value: A) => void,
    fail: (error: unknown) => void,
    options?: Runtime.RunForkOptions
  ): void => {
    // The runtime would start the request before it checks the signal.
    if (isAborted(signal)) return fail(signal?.reason)
    if (closed) return fail(clientClosed)
    // The fiber does not keep the result, because V8 may keep the fiber until its next full garbage collection.
    let result: { readonly value: A } | undefined
    const store = (value: A) => {
      result = { value }
    }
    const fiber = fork(Effect.map(effect, store), options)
    inFlight.add(fiber)
    const abort = () => interrupt(fiber)
    const forget = signal && onAbort(signal, abort)
    const forgetOver = over && onAbort(over, abort)
    // `fetch` may have been called already, and may have aborted the signal.
    if (isAborted(signal) || isAborted(over)) abort()
    fiber.addObserver((exit) => {
      inFlight.delete(fiber)
      forget?.()
      forgetOver?.()
      if (result !== undefined && Exit.isSuccess(exit)) {
        const { value } = result
        result = undefined
        return succeed(value)
      }
      const cause = Exit.isFailure(exit) ? exit.cause : Cause.die(new Error("the call has no result"))
      if (Cause.isInterrupted(cause)) {
        if (isAborted(signal)) return fail(signal?.reason)
        if (isAborted(over)) return fail(noMoreItems)
        if (closed) return fail(clientClosed)
      }
      // Inside of a span, Effect passes on a copy of an error. The caller gets its own one.
      fail(Cause.originalError(Cause.squash(cause)))
    })
  }

  return {
    run: (effect, { signal } = {}) => {
      const recorder: ResponseRecorder = {}
      return new CallPromise((resolve, reject) => {
        const fail = (error: unknown) => void rejected(error).then(resolve, reject)
        start(effect, [signal], resolve, fail, recordingInto(recorder))
      }, recorder)
    },
    step: (effect, { signal } = {}, over) =>
      new Promise((resolve, reject) => start(effect, [signal, over], resolve, reject)),
    whenClosed: (end) => {
      idle.add(end)
      if (closed) void end()
      return () => idle.delete(end)
    },
    close: async () => {
      closed = true
      const ends = Array.from(inFlight, ended)
      for (const fiber of inFlight) interrupt(fiber)
      await Promise.all([...ends, ...Array.from(idle, (end) => end())])
      await runtime.dispose()
    }
  }
}
