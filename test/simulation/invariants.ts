/** What must hold of every call, whatever the network and the server did. Each check answers what is wrong, if anything. */
import { DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import type { Call, Change, Check } from "./calls.js"
import type { Fate, Sent } from "./network.js"
import { type Moment, origin, type Seen } from "./world.js"

/** A call that was made, with its beginning and its end: as places in the history, and in epoch milliseconds. */
export interface Made {
  readonly call: Call
  readonly from: number
  readonly to: number
  readonly began: number
  readonly ended: number
  readonly exit: Exit.Exit<Check, DataRobotError.DataRobotError>
  /** When whoever made it gave it up. */
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

/** The requests of a call that were to make its change. */
const changing = ({ call }: Made, { sent }: Run) =>
  call.change === undefined
    ? []
    : sent.filter((one) => one.call === call.id && one.method === verbs[call.change?.kind ?? "create"])

/** Whether the server has made the change that a request asked for, or began a job that makes it. */
const isDone = ({ carriedOut = 0, fault }: Sent) => carriedOut >= 200 && carriedOut < 300 && fault !== "job"

/** What becomes of a request that surely did not take place, and what the client knows of that. */
const surelyNot: ReadonlySet<Fate> = new Set<Fate>(["refused", "throttled"])

/** What a call tells of its change. */
type Claim = "made" | "not made" | "unknown"

const claimOf = (made: Made): Claim => {
  const { change, idempotent } = made.call
  if (Exit.isSuccess(made.exit)) return "made"
  const error = failureOf(made)
  if (error === undefined || change === undefined) return "unknown"
  // Of a change that was sent twice, the first job may have made it.
  if (error._tag === "DataRobotJobError") return error.reason === "Failed" && !idempotent ? "not made" : "unknown"
  if (error._tag === "DataRobotValidationError") {
    if (error.phase === "request") return "not made"
    if (error.method === verbs[change.kind]) return "unknown"
  }
  // The change itself was answered well; a job may still be on its way.
  if (error.method !== verbs[change.kind]) {
    const isJob = change.kind === "status" || change.kind === "model" || change.kind === "actuals"
    return error.path.startsWith("status/") || isJob ? "unknown" : "made"
  }
  // Of a change that may be repeated, an attempt before the last one may have taken place.
  if (idempotent && error.attempts > 1) return "unknown"
  if (error._tag === "DataRobotNetworkError") return error.outcome === "not-sent" ? "not made" : "unknown"
  // The outcome is told only where it matters to whoever asks whether to repeat it.
  const isUncertain = idempotent && "status" in error && [408, 500, 502, 503, 504].includes(error.status)
  return ("outcome" in error && error.outcome === "unknown") || isUncertain ? "unknown" : "not made"
}

const idsEver = (history: ReadonlyArray<Moment>, label: string): ReadonlySet<string> => {
  const ids = new Set<string>()
  for (const moment of history) for (const [id, seen] of moment) if (seen.label === label) ids.add(id)
  return ids
}

/** Whether a deployment is as a change was to make it. */
const shows = (seen: Seen | undefined, { kind, value }: Extract<Change, { readonly value: string }>) =>
  kind === "actuals" ? seen?.actuals.includes(` ${value} `) === true : seen?.[kind] === value

/** Whether the history shows the change of a call. */
const isInHistory = (change: Change, history: ReadonlyArray<Moment>): boolean => {
  if (change.kind === "create") return idsEver(history, change.label).size > 0
  if (change.kind === "delete") return history.at(-1)?.has(change.id) === false
  return history.some((moment) => shows(moment.get(change.id), change))
}

type Invariant = (made: Made, run: Run) => string | undefined

/** Of one call each. */
const ofCalls: Readonly<Record<string, Invariant>> = {
  "every call ends well, with an error of the SDK, or because it was given up": (made) => {
    if (Exit.isSuccess(made.exit)) return undefined
    const error = failureOf(made)
    if (error !== undefined) return DataRobotError.isDataRobotError(error) ? undefined : `it failed with ${error}`
    if (Cause.isInterruptedOnly(made.exit.cause)) return made.givenUp === undefined ? "nobody gave it up" : undefined
    return Cause.pretty(made.exit.cause)
  },

  "a call that nothing hinders succeeds": (made, { sent }) => {
    const error = failureOf(made)
    const own = sent.filter((one) => one.call === made.call.id)
    const isHindered = own.some(({ fate, fault }) =>
      fault !== undefined || (fate !== "answered" && fate !== "otherName")
    )
    if (error === undefined || isHindered) return undefined
    // who does not wait for long does not get everything
    const isFair = "reason" in error && ["NotFound", "Conflict", "Timeout", "Deadline"].includes(error.reason)
    return isFair ? undefined : error.message
  },

  "who gives a call up does not wait for it (R-4)": ({ ended, givenUp }) =>
    givenUp === undefined || ended <= givenUp ? undefined : `it took ${ended - givenUp} ms more`,

  "what is answered was so at some moment of the call": ({ exit, from, to }, { history }) =>
    Exit.isSuccess(exit) ? exit.value(history.slice(from, to + 1)) : undefined,

  "what is not there is what was not there at some moment of the call": (made, { history, sent }) => {
    const error = failureOf(made)
    const [, id] = /^(?:modelDeployments|deployments)\/(\w+)\//.exec(error?.path ?? "") ?? []
    if (error?._tag !== "DataRobotApiError" || error.reason !== "NotFound" || id === undefined) return undefined
    const isDenied = sent.some((one) => one.call === made.call.id && one.fate === "notYet")
    const wasThere = history.slice(made.from, made.to + 1).every((moment) => moment.has(id))
    return wasThere && !isDenied ? `${id} was there all the time` : undefined
  },

  "no deployment is created twice (R-5)": ({ call: { change } }, { history }) =>
    change?.kind === "create" && idsEver(history, change.label).size > 1 ? `${change.label} was` : undefined,

  "a change that is said to be made is made, and one that is said not to be is not": (made, run) => {
    const { change } = made.call
    const claim = claimOf(made)
    if (change === undefined || claim === "unknown") return undefined
    const requests = changing(made, run)
    const isMade = requests.some(isDone)
    if (claim === "not made") return isMade ? "it says that it is not made, but it is" : undefined
    // what finds nothing may have been deleted by an attempt that was lost, or by somebody else meanwhile
    const mayBeGone = change.kind === "delete" && requests.slice(0, -1).some(({ fate }) => !surelyNot.has(fate))
    if (!isMade && !mayBeGone) return "it says that it is made, but it is not"
    return isInHistory(change, run.history) ? undefined : "it says that it is made, but the history does not show it"
  },

  "a change that the server has made is in the history": (made, run) => {
    const { change } = made.call
    return change === undefined || !changing(made, run).some(isDone) || isInHistory(change, run.history) ||
        // a job that ends after its deployment is gone changes nothing
        ((change.kind === "status" || change.kind === "model") && run.history.at(-1)?.has(change.id) === false)
      ? undefined
      : "it is lost"
  },

  "a change is not sent again when it may have been made, unless that is declared harmless (R-1)": (made, run) => {
    if (made.call.idempotent) return undefined
    const early = changing(made, run).slice(0, -1).find(({ fate }) => !surelyNot.has(fate))
    return early === undefined ? undefined : `it was sent again after ${early.fate}`
  },

  "no request is sent more often than maxAttempts (R-2)": (made, run) => {
    const { length } = changing(made, run)
    return length > made.call.limits.maxAttempts ? `it was sent ${length} x` : undefined
  },

  "an error counts the attempts that there were": (made, run) => {
    const error = failureOf(made)
    if (error === undefined || made.call.change === undefined) return undefined
    if (error.method !== verbs[made.call.change.kind] || error._tag === "DataRobotJobError") return undefined
    const { length } = changing(made, run)
    return length === error.attempts ? undefined : `it says ${error.attempts}, and sent ${length}`
  },

  "nothing is sent before the server wants it again (R-3)": ({ call }, { sent }) => {
    const own = sent.filter((one) => one.call === call.id)
    for (const [index, { retryAfter = 0, settledAt = Infinity }] of own.entries()) {
      const next = own[index + 1]
      if (next !== undefined && retryAfter > 0 && next.at < settledAt + retryAfter) {
        return `it was sent ${settledAt + retryAfter - next.at} ms too early`
      }
    }
    return undefined
  },

  "no request outlives its attempt's time, and nothing of it is held at the end (R-4, R-6)": ({ call }, { sent }) => {
    for (const { at, call: id, method, path, releasedAt } of sent) {
      if (id !== call.id) continue
      if (releasedAt === undefined) return `${method} ${path} is still held`
      if (releasedAt - at > call.limits.attemptTimeout) return `${method} ${path} took ${releasedAt - at} ms`
    }
    return undefined
  },

  "no call takes longer than its requests and waits may (R-4, J-1)": ({ began, call, ended }, { sent }) => {
    const requests = new Set(sent.filter((one) => one.call === call.id).map(({ method, path }) => `${method} ${path}`))
    const most = requests.size * call.limits.timeout + call.limits.wait
    return ended - began > most ? `it took ${ended - began} ms of ${most}` : undefined
  }
}

/** Which call each step of the history is due to. */
const isDueToSomebody = (run: Run): string | undefined => {
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
        if (!isAsked({ kind: "create", label: is.label })) return `nobody has created ${id}, ${is.label}`
        continue
      }
      for (const kind of ["label", "status", "model"] as const) {
        if (was[kind] !== is[kind] && !isAsked({ kind, id, value: is[kind] })) {
          return `nobody has changed the ${kind} of ${id} to ${is[kind]}`
        }
      }
      for (const value of is.actuals.split(" ")) {
        if (value !== "" && !was.actuals.includes(` ${value} `) && !isAsked({ kind: "actuals", id, value })) {
          return `nobody has submitted ${value} to ${id}`
        }
      }
    }
    for (const id of before.keys()) {
      if (!now.has(id) && !isAsked({ kind: "delete", id })) return `nobody has deleted ${id}`
    }
  }
  return undefined
}

/** Of the whole run. */
const ofRuns: Readonly<Record<string, (run: Run) => string | undefined>> = {
  "every change in the history was asked for": isDueToSomebody,

  "every request goes to the configured endpoint, with the token (S-1, S-2)": ({ sent }) => {
    const stray = sent.find((one) => one.origin !== origin || !one.authorized)
    return stray === undefined ? undefined : `${stray.method} ${stray.origin}${stray.path}`
  }
}

/** All that is wrong with a run. */
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
