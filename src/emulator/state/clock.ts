/** The emulator's time: that of Effect's `Clock`, or a time that stands still; both can be moved on. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type DateInput, millisOf } from "../../wire/fields.js"

/**
 * What an emulator takes its time from: Effect's `Clock` (`"system"`), or a time that stands still until it is advanced,
 * that of its start (`"frozen"`) or one of your own.
 */
export type ClockOption = "system" | "frozen" | DateInput

/** A point in time, or a length of it, in milliseconds: some 126 000 years, so that the sum of two is still a date. */
export const Millis = Schema.Number.pipe(
  Schema.between(-4e15, 4e15),
  Schema.annotations({ message: () => "must be a number of milliseconds that a date can have" })
)

const isMillis = Schema.is(Millis)

/** As far as the time can be moved on in one go: beyond the end of all dates there is no way on. */
export const longest = Duration.days(36_525)

/** What a snapshot keeps of the time. */
export const ClockSnapshot = Schema.Struct({ now: Millis, advanced: Millis })
export interface ClockSnapshot extends Schema.Schema.Type<typeof ClockSnapshot> {}

/** A clock that can be moved on. Times are epoch milliseconds. */
export interface EmulatorClock {
  readonly now: Effect.Effect<number>
  /** Dies of more than a hundred years. */
  readonly advance: (duration: Duration.Duration) => Effect.Effect<void>
  /** Takes back what it was advanced by. */
  readonly reset: Effect.Effect<void>
  readonly snapshot: Effect.Effect<ClockSnapshot>
  /** A time that stands still goes on where the snapshot was taken; one that runs is ahead by as much as it was then. */
  readonly restore: (snapshot: ClockSnapshot) => Effect.Effect<void>
}

/** Dies of a date that is none. */
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
          return Effect.dieMessage("An emulator's time cannot leave what dates can be")
        }
        return Effect.sync(() => {
          advanced = milliseconds
        })
      })
    return {
      now,
      advance: (duration) =>
        Duration.greaterThan(duration, longest)
          ? Effect.dieMessage("An emulator's time is moved on by at most a hundred years")
          : Effect.suspend(() => set(advanced + Duration.toMillis(duration))),
      reset: set(0),
      snapshot: Effect.map(now, (time) => ({ now: time, advanced })),
      restore: (snapshot) => set(frozenAt === undefined ? snapshot.advanced : snapshot.now - frozenAt)
    }
  })
