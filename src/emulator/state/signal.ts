/** Wakes fibers that wait for a change. */
import * as Effect from "effect/Effect"

export interface Signal {
  /** Wakes all fibers that wait. */
  readonly notify: () => void
  /** The number of notifications so far. */
  readonly count: () => number
  /** Waits until there were more notifications than `count`. */
  readonly after: (count: number) => Effect.Effect<void>
}

export const make = (): Signal => {
  const waiting = new Set<() => void>()
  let count = 0
  return {
    notify: () => {
      count++
      const woken = [...waiting]
      waiting.clear()
      for (const wake of woken) wake()
    },
    count: () => count,
    after: (seen) =>
      Effect.async<void>((resume) => {
        const wake = () => resume(Effect.void)
        // The fiber may have been suspended since it looked.
        if (count > seen) return wake()
        waiting.add(wake)
        return Effect.sync(() => waiting.delete(wake))
      })
  }
}
