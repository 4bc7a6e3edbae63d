/**
 * A clock for a whole simulated world. Time passes only when all fibers wait for it. It then jumps to the next moment
 * that a fiber waits for. Unlike `TestClock`, it forgets cancelled waits, so a wait that is left at the end is a leak.
 * A step takes microseconds instead of milliseconds. As on a computer, the time of day can be set, and a wait can take
 * longer than planned.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

interface Waiting {
  readonly at: number
  /** The order among waits for the same moment, drawn at random; the lowest is first. */
  readonly turn: number
  readonly wake: () => void
}

export interface VirtualClock extends Clock.Clock {
  /** The number of pending waits. */
  readonly waiting: () => number
  /** Lets time pass without waking any wait; milliseconds. */
  readonly pass: (millis: number) => void
  /** The same clock with a time of day that differs by the milliseconds that `offset` returns. */
  readonly withTimeOfDay: (offset: () => number) => Clock.Clock
  /** Lets time pass until a condition holds. Fails if there are no more waits, or beyond the given time. */
  readonly runUntil: (holds: () => boolean, end: number, isBusy: () => boolean) => Promise<void>
}

/** After two turns of the event loop, everything that can continue without time passing has done so. */
const turn = () => new Promise<void>((resume) => setImmediate(() => setImmediate(resume)))

/**
 * A clock that starts at a time (epoch milliseconds). `draw` decides the order among waits for the same moment, and
 * `late` by how many milliseconds a wait is woken too late.
 */
export const make = (start: number, draw: () => number, late: () => number = () => 0): VirtualClock => {
  let now = start
  const waits = new Set<Waiting>()
  const next = () => {
    let first: Waiting | undefined
    for (const wait of waits) {
      if (first === undefined || wait.at < first.at || (wait.at === first.at && wait.turn < first.turn)) first = wait
    }
    return first
  }
  const nanos = () => BigInt(Math.floor(now * 1e6))
  const clock: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: () => now,
    unsafeCurrentTimeNanos: nanos,
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanos: Effect.sync(nanos),
    sleep: (duration) =>
      Effect.async<void>((resume) => {
        const wait = { at: now + Duration.toMillis(duration), turn: draw(), wake: () => resume(Effect.void) }
        waits.add(wait)
        return Effect.sync(() => waits.delete(wait))
      })
  }
  return {
    ...clock,
    withTimeOfDay: (offset) => ({
      ...clock,
      unsafeCurrentTimeMillis: () => now + offset(),
      currentTimeMillis: Effect.sync(() => now + offset())
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
        if (wait === undefined) throw new Error("there are no more waits, but the end is not reached")
        if (wait.at > end) throw new Error(`the end is not reached by ${new Date(end).toISOString()}`)
        waits.delete(wait)
        now = Math.max(now, wait.at + late())
        wait.wake()
      }
    }
  }
}
