/** A callback task with a time limit. */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as RuntimeFlags from "effect/RuntimeFlags"
import { interruptibleRuntimeOf, schedule, type StartTask } from "./timeLimit.js"

/** A callback task with a time limit, and what follows it. */
export interface LimitedTask<A, B, C, E, R> {
  readonly clock: Clock.Clock
  readonly start: StartTask<A>
  /** The time limit in milliseconds. A task that exceeds it is aborted. */
  readonly millis: number
  readonly onTimeout: () => B
  /** How the fiber continues. Called once, in the task's own callback. If it throws, the fiber dies. */
  readonly proceed: (ended: A | B) => Effect.Effect<C, E, R>
  /** Called if the fiber is interrupted while it waits. */
  readonly interrupted?: () => void
}

const nothing = () => {}

/**
 * A task that a fiber waits for. It forgets everything when it ends, because a fiber that has ended still refers to it,
 * and may stay in memory for long: Effect's set of root fibers keeps some until V8's next full garbage collection.
 */
class Waiting<A, B, C, E, R> {
  private task: LimitedTask<A, B, C, E, R> | undefined
  private abort = nothing
  private cancelTimer = nothing
  private resume: (effect: Effect.Effect<C, E, R>) => void = nothing

  constructor(task: LimitedTask<A, B, C, E, R>) {
    this.task = task
  }

  /** Starts the task. Returns what to do if the fiber is interrupted. */
  begin(
    fiber: Fiber.RuntimeFiber<unknown, unknown>,
    flags: RuntimeFlags.RuntimeFlags,
    resume: (effect: Effect.Effect<C, E, R>) => void
  ): Effect.Effect<void> {
    const { task } = this
    if (task === undefined) throw new Error("a task starts once")
    const runtime = () => interruptibleRuntimeOf<never>(fiber, flags)
    this.resume = resume
    this.cancelTimer = schedule(runtime, task.clock, task.millis, () => this.late())
    // On a clock that does not wait, the time is already over.
    if (this.task === undefined) return Effect.void
    const abort = task.start((value) => this.end(value))
    // The task may have called back, and even continued the fiber, before it returned.
    if (this.task !== undefined) this.abort = abort
    return Effect.sync(() => this.interrupt())
  }

  private late(): void {
    // The fiber of another clock's timer may wake up although it was cancelled.
    if (this.task === undefined) return
    this.abort()
    this.end(this.task.onTimeout())
  }

  private end(value: A | B): void {
    const { resume, task } = this
    if (task === undefined) return
    this.forget()
    try {
      resume(task.proceed(value))
    } catch (defect) {
      resume(Effect.die(defect))
    }
  }

  private interrupt(): void {
    const { abort, task } = this
    if (task === undefined) return
    this.forget()
    abort()
    task.interrupted?.()
  }

  private forget(): void {
    this.cancelTimer()
    this.task = undefined
    this.abort = this.cancelTimer = this.resume = nothing
  }
}

// A function of its own, so that the effect refers to nothing else.
const waitFor = <A, B, C, E, R>(waiting: Waiting<A, B, C, E, R>): Effect.Effect<C, E, R> =>
  Effect.withFiberRuntime((fiber, { runtimeFlags }) =>
    Effect.async<C, E, R>((resume) => waiting.begin(fiber, runtimeFlags, resume))
  )

/** Runs a task. Interruption aborts it. On the process's own clock, its time limit needs no fiber. */
export const runLimited = <A, B, C, E, R>(task: LimitedTask<A, B, C, E, R>): Effect.Effect<C, E, R> =>
  Effect.suspend(() => waitFor(new Waiting(task)))
