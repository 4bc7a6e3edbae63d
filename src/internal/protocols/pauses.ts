/** The pauses between the polls of a wait. */
import * as Effect from "effect/Effect"
import type { Waker } from "../../wire/waker.js"

/**
 * Returns the function that pauses for a number of milliseconds. A waker ends the pause early, also if it woke since the
 * last pause: then the last poll may have been too early to see why.
 */
export const makePauses = (waker: Waker | undefined): (milliseconds: number) => Effect.Effect<void> => {
  if (waker === undefined) return Effect.sleep
  let seen = waker.count()
  const woken = Effect.async<void>((resume) => Effect.sync(waker.onWake(() => resume(Effect.void))))
  return (milliseconds) =>
    Effect.suspend(() => waker.count() > seen ? Effect.void : Effect.raceFirst(woken, Effect.sleep(milliseconds))).pipe(
      Effect.ensuring(Effect.sync(() => {
        seen = waker.count()
      }))
    )
}
