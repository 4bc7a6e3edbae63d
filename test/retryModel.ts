/** Reference model of a request: an independent implementation of, attempt by attempt. */

/** What happens to one attempt. */
export type Event =
  | { readonly kind: "done" | "refused" | "gone" | "notSent" | "lost" | "stall" }
  /** A status. `retryAfter` is in milliseconds. */
  | { readonly kind: "throttled" | "failed"; readonly retryAfter?: number }

/** Whether a request may be repeated. `delete`: it may, and a 404 after a lost attempt is a success. */
export type Repeatable = "safe" | "unsafe" | "delete"

export interface Limits {
  readonly maxAttempts: number
  readonly baseDelay: number
  readonly maxDelay: number
  readonly throttledBaseDelay: number
  readonly throttledMaxDelay: number
  readonly maxRetryAfter: number
  readonly timeout: number
  readonly attemptTimeout: number
}

export interface Course {
  /** The time of each attempt. */
  readonly at: ReadonlyArray<number>
  readonly end: number
  readonly succeeds: boolean
}

/** `shares` are the random numbers, in order. */
export const course = (
  repeatable: Repeatable,
  events: ReadonlyArray<Event>,
  limits: Limits,
  shares: ReadonlyArray<number>
): Course => {
  const at: Array<number> = []
  let now = 0
  let lost = false
  for (const event of events) {
    at.push(now)
    const over = (succeeds: boolean): Course => ({ at, end: now, succeeds })
    if (event.kind === "stall") now = Math.min(now + limits.attemptTimeout, limits.timeout)
    if (event.kind === "done") return over(true)
    if (event.kind === "gone") return over(repeatable === "delete" && lost)
    if (event.kind === "refused") return over(false)
    const surelyNot = event.kind === "throttled" || event.kind === "notSent"
    if (!surelyNot && repeatable === "unsafe") return over(false)
    if (at.length >= limits.maxAttempts) return over(false)

    const asked = "retryAfter" in event ? event.retryAfter ?? 0 : 0
    if (asked > limits.maxRetryAfter) return over(false)
    const [base, max] = event.kind === "throttled"
      ? [limits.throttledBaseDelay, limits.throttledMaxDelay]
      : [limits.baseDelay, limits.maxDelay]
    const range = Math.min(max, base * 2 ** (at.length - 1))
    const wait = Math.max(asked, Math.round(range * (shares[at.length - 1] ?? 0)))
    if (now + wait >= limits.timeout) return over(false)
    now += wait
    lost ||= !surelyNot
  }
  return { at, end: now, succeeds: false }
}
