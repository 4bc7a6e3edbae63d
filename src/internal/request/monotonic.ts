/** The time that limits are measured with. */
import type * as Clock from "effect/Clock"

/**
 * Returns milliseconds since some moment, in whole numbers. Unlike the time of day, nobody can set this time.
 * Effect's default clock takes it from the process's monotonic clock, and `TestClock` controls it in tests.
 */
export const monotonicMillis = (clock: Clock.Clock): number => Number(clock.unsafeCurrentTimeNanos() / 1_000_000n)
