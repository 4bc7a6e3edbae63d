/**
 * A clock for a whole simulated world: time passes only when nobody has anything left to do, and then at once to the next
 * moment that somebody waits for. Unlike `TestClock`, it forgets the waits that are given up, so that what is still
 * waited for at the end is a leak, and it takes microseconds where that takes milliseconds a step.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

interface Waiting {
  readonly at: number
  /** Of those that wait for the same moment, the lowest is the first: chance has drawn it. */
  readonly turn: number
  readonly wake: () => void
}

export interface VirtualClock extends Clock.Clock {
  /** How many wait for a moment to come. */
  readonly waiting: () => number
  /** Has time pass in which nobody waits for anything; milliseconds. */
  readonly pass: (millis: number) => void
  /** Has time pass until something holds; fails where nothing is waited for any more, or beyond the given moment. */
  readonly runUntil: (holds: () => boolean, end: number, isBusy: () => boolean) => Promise<void>
}

/** Everything that can go on without time passing has gone on after two turns of the event loop. */
const turn = () => new Promise<void>((resume) => setImmediate(() => setImmediate(resume)))

/** A clock that begins at a moment (epoch milliseconds); `draw` decides who comes first at the same moment. */
export const make = (start: number, draw: () => number): VirtualClock => {
  let now = start
  const waits = new Set<Waiting>()
  const next = () => {
    let first: Waiting | undefined
    for (const wait of waits) {
      if (first === undefined || wait.at < first.at || (wait.at === first.at && wait.turn < first.turn)) first = wait
    }
    return first
  }
  return {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: () => now,
    unsafeCurrentTimeNanos: () => BigInt(Math.floor(now * 1e6)),
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanos: Effect.sync(() => BigInt(Math.floor(now * 1e6))),
    sleep: (duration) =>
      Effect.async<void>((resume) => {
        const wait = { at: now + Duration.toMillis(duration), turn: draw(), wake: () => resume(Effect.void) }
        waits.add(wait)
        return Effect.sync(() => waits.delete(wait))
      }),
    waiting: () => waits.size,
    pass: (millis) => {
      now += millis
    },
    runUntil: async (holds, end, isBusy) => {
      for (;;) {
        do await turn()
        while (isBusy())
        if (holds()) return
        const wait = next()
        if (wait === undefined) throw new Error("nobody waits for anything, and the end is not reached")
        if (wait.at > end) throw new Error(`the end is not reached by ${new Date(end).toISOString()}`)
        waits.delete(wait)
        now = wait.at
        wait.wake()
      }
    }
  }
}
