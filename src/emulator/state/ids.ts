/** The ids that the emulator generates: 24 hexadecimal digits, determined by its seed and a number. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

/**
 * Returns the ids of a seed, by number. As in the service, the ids of one emulator differ only in their last digits.
 */
export const make = (seed: string | number): Effect.Effect<(number: number) => string> =>
  Effect.map(Effect.replicateEffect(Random.make(String(seed)).nextIntBetween(0, 16), 18), (digits) => {
    const begin = digits.map((digit) => digit.toString(16)).join("")
    return (number) => begin + number.toString(16).padStart(6, "0")
  })
