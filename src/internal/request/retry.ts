/**
 * Decides whether and when a failed request is sent again. A pure function of how the attempt ended, the
 * route, the attempts so far, the clock and the limits.
 */
import type { NetworkReason } from "../../DataRobotError.js"
import type { Repeat } from "../../wire/route.js"
import type { Limits } from "./options.js"

/** How an attempt failed, as far as retries are concerned. */
export type Outcome =
  /** The server responded with a failure. `retryAfter`: the milliseconds that it asks to wait. */
  | { readonly _tag: "Response"; readonly status: number; readonly retryAfter: number | undefined }
  /** There is no usable response. `permanent`: the next attempt would fail in the same way. */
  | {
    readonly _tag: "NoResponse"
    readonly reason: NetworkReason
    readonly outcome: "not-sent" | "unknown"
    readonly permanent: boolean
  }
  /** The response breaks the contract. */
  | { readonly _tag: "Unreadable" }

/** Whether a resource does not exist. 410: it was deleted, such as a prediction environment. */
export const isGone = (status: number): boolean => status === 404 || status === 410

/** What a failure means for the request. */
export interface Verdict {
  /** `none`: the request had no effect. `unknown`: it may have had one. `settled`: the response is final. */
  readonly effect: "none" | "unknown" | "settled"
  /** Whether sending the request again is safe and may succeed. */
  readonly retryable: boolean
}

/**
 * Whether a request may be sent again when it is unknown whether it took effect. `"if-busy"`: only if the server was
 * busy or the connection broke.
 */
export type Repeatable = boolean | "if-busy"

/** Returns whether a request of a route may be sent again. `idempotent` is the caller's option. */
export const mayRepeat = (repeat: Repeat, idempotent: boolean | undefined): Repeatable => {
  if (repeat === "caller-says") return idempotent === true
  // JavaScript may pass null. Then the caller does not say that it may be sent twice.
  if (repeat === "unless-told") return idempotent === undefined || idempotent === true ? "if-busy" : false
  return repeat !== "once"
}

// 570 is DataRobot's own: the prediction server is busy.
const busy = new Set([502, 503, 504, 570])
const mayHaveTakenEffect = new Set([408, 500, ...busy])

const isBusy = (outcome: Exclude<Outcome, { readonly _tag: "Unreadable" }>): boolean =>
  outcome._tag === "Response" ? busy.has(outcome.status) : outcome.reason !== "Timeout"

const effectOf = (outcome: Outcome): Verdict["effect"] => {
  if (outcome._tag === "Unreadable") return "settled"
  if (outcome._tag === "NoResponse") return outcome.outcome === "not-sent" ? "none" : "unknown"
  const { retryAfter, status } = outcome
  if (status === 429 || ((status === 503 || status === 570) && retryAfter !== undefined)) return "none"
  return mayHaveTakenEffect.has(status) ? "unknown" : "settled"
}

/** Returns what a failure means for a request that may, or may not, be repeated. */
export const judge = (outcome: Outcome, repeat: Repeatable): Verdict => {
  const effect = effectOf(outcome)
  const permanent = outcome._tag === "NoResponse" && outcome.permanent
  const repeatable = repeat === "if-busy" ? outcome._tag !== "Unreadable" && isBusy(outcome) : repeat
  return { effect, retryable: !permanent && (effect === "none" || (effect === "unknown" && repeatable)) }
}

/** Everything that the decision depends on. Times are milliseconds of the same monotonic clock. */
export interface Situation {
  readonly outcome: Outcome
  readonly repeatable: Repeatable
  /** Attempts so far, at least 1. */
  readonly attempts: number
  readonly now: number
  readonly deadline: number
  /** A random number from 0 to 1, for full jitter: many clients then do not retry at the same moment. */
  readonly share: number
}

/**
 * Returns the milliseconds to wait before the next attempt, or `undefined` if there is none. The wait is a random share
 * of the base delay, which doubles for each attempt up to the maximum. It is never shorter than the server asks for.
 */
export const decide = (
  { attempts, deadline, now, outcome, repeatable, share }: Situation,
  limits: Limits
): number | undefined => {
  const { effect, retryable } = judge(outcome, repeatable)
  if (!retryable || attempts >= limits.maxAttempts) return undefined
  const { base, max } = outcome._tag === "Response" && effect === "none" ? limits.throttled : limits.delay
  const asked = outcome._tag === "Response" ? outcome.retryAfter ?? 0 : 0
  const delay = Math.max(Math.round(share * Math.min(max, base * 2 ** (attempts - 1))), asked)
  return asked > limits.maxRetryAfter || now + delay >= deadline ? undefined : delay
}

/** Returns the option that is too small for the server's Retry-After, if the request would be retried otherwise. */
export const exceededOption = (situation: Situation, limits: Limits): string | undefined => {
  const endless = { ...situation, deadline: Infinity }
  if (decide(endless, limits) !== undefined) return decide(situation, limits) === undefined ? "timeout" : undefined
  return decide(endless, { ...limits, maxRetryAfter: Infinity }) === undefined ? undefined : "retry.maxRetryAfter"
}
