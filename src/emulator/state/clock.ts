/** The emulator's time: the time of Effect's `Clock`, or a time that stands still. Both can be advanced. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type DateInput, millisOf } from "../../wire/fields.js"

/**
 * The source of the time: Effect's `Clock` (`"system"`), the time of the start (`"frozen"`), or a date. With the last
 * two, the time stands still until it is advanced.
 *
 * @since 0.1.0
 */
export type ClockOption = "system" | "frozen" | DateInput

/**
 * A point in time or a duration in milliseconds. At most 126 000 years, so that the sum of two is still a valid date.
 */
export const Millis = Schema.Number.pipe(
  Schema.between(-4e15, 4e15),
  Schema.annotations({ message: () => "must be a number of milliseconds that is a valid date" })
)

const isMillis = Schema.is(Millis)

/** The longest duration by which the time can be advanced at once. */
export const longest = Duration.days(36_525)

/** The time in a snapshot. */
export const ClockSnapshot = Schema.Struct({ now: Millis, advanced: Millis })
export interface ClockSnapshot extends Schema.Schema.Type<typeof ClockSnapshot> {}

/** A clock that can be advanced. Times are epoch milliseconds. */
export interface EmulatorClock {
  readonly now: Effect.Effect<number>
  /** Dies if the duration is longer than a hundred years. */
  readonly advance: (duration: Duration.Duration) => Effect.Effect<void>
  /** Undoes all advances. */
  readonly reset: Effect.Effect<void>
  readonly snapshot: Effect.Effect<ClockSnapshot>
  /**
   * A time that stands still becomes the time of the snapshot. A running time is advanced as far as that of the
   * snapshot.
   */
  readonly restore: (snapshot: ClockSnapshot) => Effect.Effect<void>
}

/** Creates the clock of an option. Dies if a date is invalid. */
export const make = (option: ClockOption): Effect.Effect<EmulatorClock> =>
  Effect.gen(function*() {
    const started = yield* Clock.currentTimeMillis
    const frozenAt = option === "system" ? undefined : option === "frozen" ? started : millisOf(option)
    if (Number.isNaN(frozenAt)) {
      return yield* Effect.dieMessage("An emulator's clock is \"system\", \"frozen\" or an ISO 8601 date")
    }
    let advanced = 0
    const now = Effect.map(
      frozenAt === undefined ? Clock.currentTimeMillis : Effect.succeed(frozenAt),
      (time) => time + advanced
    )
    const set = (milliseconds: number) =>
      Effect.flatMap(now, (time) => {
        if (!isMillis(milliseconds) || !isMillis(time - advanced + milliseconds)) {
          return Effect.dieMessage("An emulator's time must stay a valid date")
        }
        return Effect.sync(() => {
          advanced = milliseconds
        })
      })
    return {
      now,
      advance: (duration) =>
        Duration.greaterThan(duration, longest)
          ? Effect.dieMessage("An emulator's time can be advanced by at most a hundred years")
          : Effect.suspend(() => set(advanced + Duration.toMillis(duration))),
      reset: set(0),
      snapshot: Effect.map(now, (time) => ({ now: time, advanced })),
      restore: (snapshot) => set(frozenAt === undefined ? snapshot.advanced : snapshot.now - frozenAt)
    }
  })
