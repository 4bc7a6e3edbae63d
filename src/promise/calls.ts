/** Runs the operations of one client as promises, and ends them when the client closes. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import type { Requirements } from "../internal/request/operation.js"
import { onAbort } from "./abortListener.js"
import type { Abortable } from "./CallOptions.js"
import { noMoreItems } from "./iterables.js"

/** The calls of one client. */
export interface Calls {
  /** Runs one call. `ended` is aborted when the reader of an iteration needs no more items. */
  readonly run: <A, E>(
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

const interrupt = (fiber: Fiber.RuntimeFiber<unknown, unknown>) => fiber.unsafeInterruptAsFork(FiberId.none)
const closedError = () => new Error("the client is closed")

/** Starts with no calls. */
export const makeCalls = (runtime: ManagedRuntime.ManagedRuntime<Requirements, never>): Calls => {
  let closed = false
  /** For each iteration that waits for its consumer: how to end it. */
  const idle = new Set<() => Promise<void>>()
  /** The calls that have not ended, and their ends. One that was interrupted may still have to cancel a job. */
  const inFlight = new Map<Fiber.RuntimeFiber<unknown, unknown>, Promise<unknown>>()
  const run = async <A, E>(
    effect: Effect.Effect<A, E, Requirements>,
    { signal }: Abortable = {},
    ended?: AbortSignal
  ): Promise<A> => {
    // The runtime would start the request before it checks the signal.
    signal?.throwIfAborted()
    if (closed) throw closedError()
    // The fiber does not keep the result, because V8 may keep the fiber until its next full garbage collection.
    let result = Option.none<A>()
    const store = (value: A) => {
      result = Option.some(value)
    }
    const fiber = runtime.runFork(Effect.map(effect, store))
    const abort = () => interrupt(fiber)
    const stops = [signal, ended].map((aborting) => aborting && onAbort(aborting, abort))
    // `fetch` may have been called already, and may have aborted the signal.
    if (signal?.aborted === true || ended?.aborted === true) abort()
    const exiting = new Promise<Exit.Exit<void, E>>((resolve) => fiber.addObserver(resolve))
    inFlight.set(fiber, exiting)
    const exit = await exiting
    inFlight.delete(fiber)
    for (const stop of stops) stop?.()
    if (Exit.isSuccess(exit)) return Option.getOrThrow(result)
    if (Cause.isInterrupted(exit.cause)) {
      if (signal?.aborted === true) throw signal.reason
      if (ended?.aborted === true) throw noMoreItems
      if (closed) throw closedError()
    }
    // Inside of a span, Effect passes on a copy of an error. The caller gets its own one.
    throw Cause.originalError(Cause.squash(exit.cause))
  }
  return {
    run,
    whenClosed: (end) => {
      idle.add(end)
      if (closed) void end()
      return () => idle.delete(end)
    },
    close: async () => {
      closed = true
      for (const fiber of inFlight.keys()) interrupt(fiber)
      await Promise.all([...inFlight.values(), ...Array.from(idle, (end) => end())])
      await runtime.dispose()
    }
  }
}
