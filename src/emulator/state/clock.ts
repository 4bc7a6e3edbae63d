/** The emulator's time: the time of Effect's `Clock`, or a time that stands still. Both can be advanced. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type DateInput, millisOf } from "../../wire/fields.js"
import { invalidFields, type Unprocessable } from "../protocol/errors.js"

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

/**
 * The times that an emulator can have: DataRobot's formats have years of four digits, and responses also contain times
 * that are some days before or after the current one.
 */
const earliest = Date.parse("0001-01-01T00:00:00Z")
const latest = Date.parse("9998-12-31T23:59:59.999Z")

/** The message about a time that an emulator can't have. */
export const outOfRange = "must keep the emulator's time within the years 1 to 9998"

/** A time that an emulator can have. */
const Time = Schema.Number.pipe(Schema.between(earliest, latest), Schema.annotations({ message: () => outOfRange }))

/** Whether an emulator can have this time, in epoch milliseconds. */
export const isTime = Schema.is(Time)

/** The longest duration by which the time can be advanced at once. */
const longest = Duration.days(36_525)

/** The message about a value that is not a duration. */
export const invalidDuration = "must be milliseconds or a string such as \"2 seconds\""

/** Returns a finite duration of at least zero. `Duration` would read a negative number, or NaN, as zero. */
export const durationOf = (value: unknown): Option.Option<Duration.Duration> =>
  Number.isNaN(value) || String(value).startsWith("-")
    ? Option.none()
    : Option.filter(Duration.decodeUnknown(value), Duration.isFinite)

/** The time in a snapshot. */
export const ClockSnapshot = Schema.Struct({ now: Time, advanced: Millis })
export interface ClockSnapshot extends Schema.Schema.Type<typeof ClockSnapshot> {}

/** A clock that can be advanced. Times are epoch milliseconds. */
export interface EmulatorClock {
  readonly now: Effect.Effect<number>
  /** Whether the time stands still until it is advanced. */
  readonly stands: boolean
  /** Fails, and changes nothing, if the duration is invalid or would end beyond the times that an emulator can have. */
  readonly advance: (duration: Duration.DurationInput) => Effect.Effect<void, Unprocessable>
  /** Undoes all advances. */
  readonly reset: Effect.Effect<void>
  readonly snapshot: Effect.Effect<ClockSnapshot>
  /**
   * A time that stands still becomes the time of the snapshot. A running time is advanced as far as that of the
   * snapshot. Fails, and changes nothing, if an emulator can't have that time.
   */
  readonly restore: (snapshot: ClockSnapshot) => Effect.Effect<void, Unprocessable>
}

/** Creates the clock of an option. Dies if a date is invalid or an emulator can't have that time. */
export const make = (option: ClockOption): Effect.Effect<EmulatorClock> =>
  Effect.gen(function*() {
    const started = yield* Clock.currentTimeMillis
    const frozenAt = option === "system" ? undefined : option === "frozen" ? started : millisOf(option)
    if (Number.isNaN(frozenAt)) {
      return yield* Effect.dieMessage("An emulator's clock is \"system\", \"frozen\" or an ISO 8601 date")
    }
    if (frozenAt !== undefined && !isTime(frozenAt)) {
      return yield* Effect.dieMessage(`An emulator's clock ${outOfRange}`)
    }
    let advanced = 0
    const now = Effect.map(
      frozenAt === undefined ? Clock.currentTimeMillis : Effect.succeed(frozenAt),
      (time) => time + advanced
    )
    /** Sets how far the time is advanced. `field` is the field of a request that is to blame if that is too far. */
    const set = (field: string, milliseconds: number) =>
      Effect.flatMap(now, (time) => {
        if (!isTime(time - advanced + milliseconds)) return invalidFields({ [field]: outOfRange })
        return Effect.sync(() => {
          advanced = milliseconds
        })
      })
    return {
      now,
      stands: frozenAt !== undefined,
      advance: (input) =>
        Effect.suspend(() => {
          const duration = durationOf(input)
          if (Option.isNone(duration)) return invalidFields({ duration: invalidDuration })
          if (Duration.greaterThan(duration.value, longest)) {
            return invalidFields({ duration: "must be at most a hundred years" })
          }
          return set("duration", advanced + Duration.toMillis(duration.value))
        }),
      reset: Effect.sync(() => {
        advanced = 0
      }),
      snapshot: Effect.map(now, (time) => ({ now: time, advanced })),
      restore: (snapshot) => set("clock", frozenAt === undefined ? snapshot.advanced : snapshot.now - frozenAt)
    }
  })
