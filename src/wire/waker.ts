/**
 * Ends pauses between polls early. The test kit advances its emulator's time, and then the calls that wait need not wait
 * for the real time. The kit and the Promise API are separate files, each with a copy of this module.
 */

/** Tells how often it has woken, and calls those who wait. */
export interface Waker {
  /** How often it has woken. */
  readonly count: () => number
  /** Calls a function each time it wakes. Returns how to stop that. */
  readonly onWake: (woken: () => void) => () => void
}

/** The key of the waker in the options of a client. It is not public. */
const key = Symbol.for("effect-datarobot/waker")

/** Options of a client with a waker. */
export const withWaker = <Options extends object>(options: Options, waker: Waker): Options => ({
  ...options,
  [key]: waker
})

/** The waker in the options of a client. */
// Boundary: only `withWaker` uses the key.
export const wakerOf = (options: object): Waker | undefined => (options as { readonly [key]?: Waker })[key]

/** Creates a waker, and the function that wakes. */
export const makeWaker = (): readonly [waker: Waker, wake: () => void] => {
  const waiting = new Set<() => void>()
  let count = 0
  const waker = {
    count: () => count,
    onWake: (woken: () => void) => {
      waiting.add(woken)
      return () => void waiting.delete(woken)
    }
  }
  return [waker, () => {
    count++
    for (const woken of waiting) woken()
  }]
}
