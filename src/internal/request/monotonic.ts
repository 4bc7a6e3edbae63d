/** The time that limits are measured with. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DefaultServices from "effect/DefaultServices"

/** Effect's default clock: the one of the process. */
export const processClock = Context.get(DefaultServices.liveServices, Clock.Clock)

/**
 * Returns whole milliseconds since a fixed moment. A change of the system time does not affect them.
 * `TestClock` controls it in tests. So do the fake timers of test runners, because they replace `performance`.
 */
export const monotonicMillis = (clock: Clock.Clock): number =>
  clock === processClock ? Math.floor(performance.now()) : Number(clock.unsafeCurrentTimeNanos() / 1_000_000n)
