/** The limit on concurrent requests of a connection (`maxConcurrentRequests`). */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { monotonicMillis } from "./monotonic.js"
import { interruptibleRuntime, schedule } from "./timeLimit.js"

/** A request that waits for a place, or has one. */
interface Ticket {
  hasPlace: boolean
  /** Continues the request that waits. */
  admit: (() => void) | undefined
}

/** A limit on concurrent requests. */
export interface Limiter {
  /** Maximum number of requests at a time. */
  readonly limit: number
  /**
   * Runs a step when there is a place, and frees the place when it ends. `left` are the milliseconds that remain for the
   * step then. If no place becomes free until `deadline`, returns `onTimeout` of the milliseconds that it has waited.
   */
  readonly hold: <A>(
    clock: Clock.Clock,
    deadline: number,
    step: (left: number) => Effect.Effect<A>,
    onTimeout: (waited: number) => A
  ) => Effect.Effect<A>
}

/** A number of places. Each request that is being sent has one. Others wait, and get one in the order they came. */
export class Places implements Limiter {
  readonly limit: number
  private free: number
  private readonly waiting = new Set<Ticket>()

  constructor(limit: number) {
    this.limit = limit
    this.free = limit
  }

  hold<A>(
    clock: Clock.Clock,
    deadline: number,
    step: (left: number) => Effect.Effect<A>,
    onTimeout: (waited: number) => A
  ): Effect.Effect<A> {
    return Effect.uninterruptibleMask((restore) => {
      const began = monotonicMillis(clock)
      // It is known before the fiber can be interrupted, so no interruption keeps a place.
      const ticket = this.enter()
      const run = Effect.suspend(() => {
        const now = monotonicMillis(clock)
        return ticket.hasPlace && now < deadline ? step(deadline - now) : Effect.succeed(onTimeout(now - began))
      })
      const wait = ticket.hasPlace ? run : Effect.andThen(this.wait(ticket, clock, deadline - began), run)
      return Effect.ensuring(restore(wait), Effect.sync(() => this.leave(ticket)))
    })
  }

  private enter(): Ticket {
    const hasPlace = this.free > 0
    const ticket: Ticket = { hasPlace, admit: undefined }
    if (hasPlace) this.free--
    else this.waiting.add(ticket)
    return ticket
  }

  /** Waits for the place of a ticket, at most `millis` milliseconds. */
  private wait(ticket: Ticket, clock: Clock.Clock, millis: number): Effect.Effect<void> {
    return Effect.flatMap(interruptibleRuntime<never>(), (runtime) =>
      Effect.async<void>((resume) => {
        // It may have got the place since it came.
        if (ticket.hasPlace) return resume(Effect.void)
        const cancel = schedule(() => runtime, clock, millis, () => {
          ticket.admit = undefined
          resume(Effect.void)
        })
        ticket.admit = () => {
          cancel()
          resume(Effect.void)
        }
        return Effect.sync(cancel)
      }))
  }

  private leave(ticket: Ticket): void {
    this.waiting.delete(ticket)
    if (!ticket.hasPlace) return
    ticket.hasPlace = false
    const [next] = this.waiting
    if (next === undefined) {
      this.free++
      return
    }
    // The place is passed on, so that no request that comes now can take it.
    this.waiting.delete(next)
    next.hasPlace = true
    next.admit?.()
  }
}
