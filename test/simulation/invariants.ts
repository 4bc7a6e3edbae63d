/**
 * The invariants of every call, whatever the network and the server do. Each check returns the problem, or undefined.
 */
import { DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { type Call, type Change, type Check, longestPause } from "./calls.js"
import type { Fate, Sent } from "./network.js"
import { type Moment, origin, type Seen } from "./world.js"

/** A completed call, with its start and end as indexes in the history and in epoch milliseconds. */
export interface Made {
  readonly call: Call
  readonly from: number
  readonly to: number
  readonly began: number
  readonly ended: number
  readonly exit: Exit.Exit<Check, DataRobotError.DataRobotError>
  /** When the client interrupted the call. */
  readonly givenUp: number | undefined
}

export interface Run {
  readonly made: ReadonlyArray<Made>
  readonly sent: ReadonlyArray<Sent>
  readonly history: ReadonlyArray<Moment>
}

const verbs: Readonly<Record<Change["kind"], string>> = {
  create: "POST",
  label: "PATCH",
  status: "PATCH",
  model: "PATCH",
  actuals: "POST",
  delete: "DELETE"
}

const failureOf = ({ exit }: Made) =>
  Exit.isFailure(exit) ? Option.getOrUndefined(Cause.failureOption(exit.cause)) : undefined

/** The requests of a call that carry its change. */
const changing = ({ call }: Made, { sent }: Run) =>
  call.change === undefined
    ? []
    : sent.filter((one) => one.call === call.id && one.method === verbs[call.change?.kind ?? "create"])

/** Whether the server has made the change of a request, or has started its job. */
const isDone = ({ carriedOut = 0, fault }: Sent) => carriedOut >= 200 && carriedOut < 300 && fault !== "job"

/** Whether the client received the whole response of the server. */
const isKnown = ({ fate, isReceived }: Sent) =>
  isReceived && (fate === "answered" || fate === "otherName" || fate === "slow")

/** Fates of a request that had no effect, if the client knows this. */
const surelyNot: ReadonlySet<Fate> = new Set<Fate>(["refused", "throttled"])

/** Returns what the result of a call says about its change. */
type Claim = "made" | "not made" | "unknown"

const claimOf = (made: Made): Claim => {
  const { change, idempotent, times } = made.call
  if (Exit.isSuccess(made.exit)) return "made"
  const error = failureOf(made)
  if (error === undefined || change === undefined) return "unknown"
  // If the change was sent twice, the first job may have made it.
  if (error._tag === "DataRobotJobError") return error.reason === "Failed" && !idempotent ? "not made" : "unknown"
  if (error._tag === "DataRobotValidationError") {
    if (error.phase === "request") return "not made"
    if (error.method === verbs[change.kind]) return "unknown"
  }
  // The change itself succeeded; its job may still be running.
  if (error.method !== verbs[change.kind]) {
    const isJob = change.kind === "status" || change.kind === "model" || change.kind === "actuals"
    return error.path.startsWith("status/") || isJob ? "unknown" : "made"
  }
  // If the change may be repeated, an attempt before the last one may have made it.
  if (idempotent && (error.attempts > 1 || times > 1)) return "unknown"
  if (error._tag === "DataRobotNetworkError") return error.outcome === "not-sent" ? "not made" : "unknown"
  // An error has an outcome only if it matters for a retry.
  const isUncertain = idempotent && "status" in error && [408, 500, 502, 503, 504].includes(error.status)
  return ("outcome" in error && error.outcome === "unknown") || isUncertain ? "unknown" : "not made"
}

const idsEver = (history: ReadonlyArray<Moment>, label: string): ReadonlySet<string> => {
  const ids = new Set<string>()
  for (const moment of history) for (const [id, seen] of moment) if (seen.label === label) ids.add(id)
  return ids
}

/** Whether a deployment shows a change. */
const shows = (seen: Seen | undefined, { kind, value }: Extract<Change, { readonly value: string }>) =>
  kind === "actuals" ? seen?.actuals.includes(` ${value} `) === true : seen?.[kind] === value

/** Whether the history shows the change of a call. */
const isInHistory = (change: Change, history: ReadonlyArray<Moment>): boolean => {
  if (change.kind === "create") return idsEver(history, change.label).size > 0
  if (change.kind === "delete") return history.at(-1)?.has(change.id) === false
  return history.some((moment) => shows(moment.get(change.id), change))
}

type Invariant = (made: Made, run: Run) => string | undefined

/** Invariants of a single call. */
const ofCalls: Readonly<Record<string, Invariant>> = {
  "every call succeeds, fails with an error of the SDK, or was interrupted by the client": (made) => {
    if (Exit.isSuccess(made.exit)) return undefined
    const error = failureOf(made)
    if (error !== undefined) return DataRobotError.isDataRobotError(error) ? undefined : `it failed with ${error}`
    if (Cause.isInterruptedOnly(made.exit.cause)) {
      return made.givenUp === undefined
        ? "it was interrupted, but not by the client"
        : undefined
    }
    return Cause.pretty(made.exit.cause)
  },

  "a call without faults succeeds": (made, { sent }) => {
    const error = failureOf(made)
    const own = sent.filter((one) => one.call === made.call.id)
    const isHindered = own.some(({ fate, fault }) =>
      fault !== undefined || (fate !== "answered" && fate !== "otherName")
    )
    if (error === undefined || isHindered) return undefined
    // A short wait may time out without any fault.
    const isFair = "reason" in error && ["NotFound", "Conflict", "Timeout", "Deadline"].includes(error.reason)
    return isFair ? undefined : error.message
  },

  "an interrupted call ends at once, unless it is uninterruptible (R-4)": ({ call, ended, givenUp }) =>
    givenUp === undefined || ended <= givenUp || call.uninterruptible
      ? undefined :
      `it took ${ended - givenUp} ms more`,

  "a result was true at some moment of the call": ({ exit, from, to }, { history }) =>
    Exit.isSuccess(exit) ? exit.value(history.slice(from, to + 1)) : undefined,

  "a 404 was true at some moment of the call": (made, { history, sent }) => {
    const error = failureOf(made)
    const [, id] = /^(?:modelDeployments|deployments)\/(\w+)\//.exec(error?.path ?? "") ?? []
    if (error?._tag !== "DataRobotApiError" || error.reason !== "NotFound" || id === undefined) return undefined
    const isDenied = sent.some((one) => one.call === made.call.id && one.fate === "notYet")
    const wasThere = history.slice(made.from, made.to + 1).every((moment) => moment.has(id))
    return wasThere && !isDenied ? `${id} existed all the time` : undefined
  },

  "no deployment is created twice (R-5)": ({ call: { change } }, { history }) =>
    change?.kind === "create" && idsEver(history, change.label).size > 1 ? `${change.label} was` : undefined,

  "a reported change was made, and a change reported as not made was not": (made, run) => {
    const { change } = made.call
    const claim = claimOf(made)
    if (change === undefined || claim === "unknown") return undefined
    const requests = changing(made, run)
    const isMade = requests.some(isDone)
    if (claim === "not made") return isMade ? "it is reported as not made, but was made" : undefined
    // A delete that gets a 404 may follow a lost attempt that deleted it, or another client may have deleted it.
    const mayBeGone = change.kind === "delete" && requests.slice(0, -1).some(({ fate }) => !surelyNot.has(fate))
    if (!isMade && !mayBeGone) return "it is reported as made, but was not made"
    return isInHistory(change, run.history) ? undefined : "it is reported as made, but is not in the history"
  },

  "a change made by the server is in the history": (made, run) => {
    const { change } = made.call
    return change === undefined || !changing(made, run).some(isDone) || isInHistory(change, run.history) ||
        // A job that ends after its deployment was deleted changes nothing.
        ((change.kind === "status" || change.kind === "model") && run.history.at(-1)?.has(change.id) === false)
      ? undefined
      : "it is not in the history"
  },

  "a change with an unknown outcome is not sent again unless it is idempotent (R-1)": (made, run) => {
    if (made.call.idempotent) return undefined
    const early = changing(made, run).slice(0, -1).find(({ fate }) => !surelyNot.has(fate))
    return early === undefined ? undefined : `it was sent again after ${early.fate}`
  },

  "a change that was made is not sent again, also if the caller retries what is retryable (R-7)": (made, run) => {
    const before = changing(made, run).slice(0, -1).find((one) => isDone(one) && isKnown(one))
    return before === undefined ? undefined : `it was sent again after ${before.fate}`
  },

  "no request is sent more often than maxAttempts (R-2)": (made, run) => {
    const { length } = changing(made, run)
    return length > made.call.limits.maxAttempts * made.call.times ? `it was sent ${length} x` : undefined
  },

  "an error reports the number of attempts": (made, run) => {
    const error = failureOf(made)
    if (error === undefined || made.call.change === undefined) return undefined
    if (error.method !== verbs[made.call.change.kind] || error._tag === "DataRobotJobError") return undefined
    const { length } = changing(made, run)
    const isRight = made.call.times === 1 ? length === error.attempts : length >= error.attempts
    return isRight ? undefined : `it reports ${error.attempts}, but sent ${length}`
  },

  "no request is sent before its Retry-After has passed (R-3)": ({ call }, { sent }) => {
    const own = sent.filter((one) => one.call === call.id)
    for (const [index, { retryAfter = 0, settledAt = Infinity }] of own.entries()) {
      const next = own[index + 1]
      if (next !== undefined && retryAfter > 0 && next.at < settledAt + retryAfter) {
        return `it was sent ${settledAt + retryAfter - next.at} ms too early`
      }
    }
    return undefined
  },

  "no request exceeds the attempt timeout, and none is left open at the end (R-4, R-6)": ({ call }, { sent }) => {
    for (const { at, call: id, method, path, releasedAt } of sent) {
      if (id !== call.id) continue
      if (releasedAt === undefined) return `${method} ${path} is still held`
      if (releasedAt - at > call.limits.attemptTimeout) return `${method} ${path} took ${releasedAt - at} ms`
    }
    return undefined
  },

  "no call takes longer than the limits of its requests and waits (R-4, J-1)": ({ began, call, ended }, { sent }) => {
    const requests = new Set(sent.filter((one) => one.call === call.id).map(({ method, path }) => `${method} ${path}`))
    const most = call.times * (requests.size * call.limits.timeout + call.limits.wait + longestPause)
    return ended - began > most ? `it took ${ended - began} ms of ${most}` : undefined
  }
}

/** Finds a change in the history that no call intended. */
const unintendedChange = (run: Run): string | undefined => {
  const { history, made } = run
  const asked = new Set(
    made.filter((one) => changing(one, run).some(isDone)).flatMap(({ call: { change } }) =>
      change === undefined ? [] : [JSON.stringify(change)]
    )
  )
  const isAsked = (change: Change) => asked.has(JSON.stringify(change))
  for (const [index, now] of history.entries()) {
    const before = history[index - 1]
    if (before === undefined) continue
    for (const [id, is] of now) {
      const was = before.get(id)
      if (was === undefined) {
        if (!isAsked({ kind: "create", label: is.label })) return `no call created ${id}, ${is.label}`
        continue
      }
      for (const kind of ["label", "status", "model"] as const) {
        if (was[kind] !== is[kind] && !isAsked({ kind, id, value: is[kind] })) {
          return `no call changed the ${kind} of ${id} to ${is[kind]}`
        }
      }
      for (const value of is.actuals.split(" ")) {
        if (value !== "" && !was.actuals.includes(` ${value} `) && !isAsked({ kind: "actuals", id, value })) {
          return `no call submitted ${value} to ${id}`
        }
      }
    }
    for (const id of before.keys()) {
      if (!now.has(id) && !isAsked({ kind: "delete", id })) return `no call deleted ${id}`
    }
  }
  return undefined
}

/** Invariants of the whole run. */
const ofRuns: Readonly<Record<string, (run: Run) => string | undefined>> = {
  "every change in the history was intended by a call": unintendedChange,

  "every request goes to the configured endpoint, with the token (S-1, S-2)": ({ sent }) => {
    const stray = sent.find((one) => one.origin !== origin || !one.authorized)
    return stray === undefined ? undefined : `${stray.method} ${stray.origin}${stray.path}`
  }
}

/** All problems of a run. */
export const problems = (run: Run): ReadonlyArray<string> => [
  ...Object.entries(ofCalls).flatMap(([rule, check]) =>
    run.made.flatMap((made) => {
      const problem = check(made, run)
      return problem === undefined ? [] : [`${rule}; ${made.call.id} ${made.call.what}: ${problem}`]
    })
  ),
  ...Object.entries(ofRuns).flatMap(([rule, check]) => {
    const problem = check(run)
    return problem === undefined ? [] : [`${rule}: ${problem}`]
  })
]
