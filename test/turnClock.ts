/**
 * A clock that counts turns of the event loop, one millisecond each. On an idle machine it keeps pace with the process's
 * clock. On a busy machine a turn takes longer, and this clock falls behind: a time limit then leaves room for as many
 * steps of client and server as on an idle one. The tests on real sockets use it, so that none fails because the machine
 * is busy. It never runs ahead of the process's clock.
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
  // a timer may be a fraction of a millisecond early
  if (real - lastTurn >= 1) {
    lastTurn = real
    now++
    // each in the order of its time, and those of one time in the order in which they came
    for (const sleeper of [...sleepers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)) {
      sleepers.delete(sleeper)
      sleeper.wake()
    }
  }
  running = sleepers.size > 0
  if (running) setTimeout(turn, 1)
}

/** Time passes only while somebody sleeps by it. */
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

/** Runs an effect by that clock. */
export const inTurns: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> = Effect.withClock(turnClock)

/** Runs an effect, and dies if it takes more than so many turns. */
export const withinTurns = (turns: number) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  effect.pipe(
    Effect.disconnect,
    Effect.timeoutFailCause({
      duration: turns,
      onTimeout: () => Cause.die(new Error(`It took more than ${turns} turns of the event loop`))
    }),
    inTurns
  )
