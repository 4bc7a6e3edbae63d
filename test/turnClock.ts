/**
 * A clock that counts turns of the event loop as one millisecond each. On an idle machine it keeps pace with the
 * process's clock. On a busy machine a turn takes longer, and this clock falls behind. So a time limit allows the same
 * number of steps as on an idle machine. The tests on real sockets use this clock, so that they do not fail on a busy
 * machine. It never runs ahead of the process's clock.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

let now = Date.now()
let lastTurn = 0
let running = false
const sleepers = new Set<Sleeper>()

const turn = () => {
  const real = performance.now()
  // A timer may fire a fraction of a millisecond early.
  if (real - lastTurn >= 1) {
    lastTurn = real
    now++
    // In order of time. Sleepers with the same time are woken in the order in which they were added.
    for (const sleeper of [...sleepers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)) {
      sleepers.delete(sleeper)
      sleeper.wake()
    }
  }
  running = sleepers.size > 0
  if (running) setTimeout(turn, 1)
}

/** The clock. Its time passes only while a fiber sleeps on it. */
export const turnClock: Clock.Clock = {
  [Clock.ClockTypeId]: Clock.ClockTypeId,
  unsafeCurrentTimeMillis: () => now,
  unsafeCurrentTimeNanos: () => BigInt(now) * 1_000_000n,
  currentTimeMillis: Effect.sync(() => now),
  currentTimeNanos: Effect.sync(() => BigInt(now) * 1_000_000n),
  sleep: (duration) =>
    Effect.async<void>((resume) => {
      const sleeper = { at: now + Math.ceil(Duration.toMillis(duration)), wake: () => resume(Effect.void) }
      sleepers.add(sleeper)
      if (!running) {
        running = true
        lastTurn = performance.now()
        setTimeout(turn, 1)
      }
      return Effect.sync(() => sleepers.delete(sleeper))
    })
}

/** Runs an effect with this clock. */
export const inTurns: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> = Effect.withClock(turnClock)

/** Runs an effect with this clock, and dies if it takes more than a number of turns. */
export const withinTurns = (turns: number) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  effect.pipe(
    Effect.disconnect,
    Effect.timeoutFailCause({
      duration: turns,
      onTimeout: () => Cause.die(new Error(`It took more than ${turns} turns of the event loop`))
    }),
    inTurns
  )
