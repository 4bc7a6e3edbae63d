/** Finds options that do not exist, such as misspelt ones (JavaScript can pass them). */
import type { Issue } from "../../DataRobotError.js"
import { isRecord } from "../../wire/text.js"
import { maxKey } from "../reading/issues.js"
import { unknownName } from "../reading/nearest.js"

const nameOf = (name: string): string => name.length > maxKey ? `<${name.length} characters>` : name

/** Returns an issue for each key that is not known. `prefix` is the path of the record, such as `retry.`. */
export const unknownOptions = (given: unknown, known: Iterable<string>, prefix = ""): ReadonlyArray<Issue> => {
  if (!isRecord(given)) return []
  const names = new Set(known)
  return Object.keys(given).filter((name) => given[name] !== undefined && !names.has(name)).map((name) => ({
    path: prefix + nameOf(name),
    message: unknownName(name, names)
  }))
}

const retryNames = ["maxAttempts", "baseDelay", "maxDelay", "throttledBaseDelay", "throttledMaxDelay", "maxRetryAfter"]

/** The request options that a connection and a region have too. */
export const requestOptionNames = ["timeout", "attemptTimeout", "retry", "headers"] as const

/** The options of any call. The Promise API reads `signal` itself. */
const callOptionNames = [...requestOptionNames, "idempotent", "wait", "idleTimeout", "signal"]

/** Returns the issues of request options. `more` are the names of options that only this call or connection has. */
export const requestOptionIssues = (options: unknown, more: ReadonlyArray<string>): ReadonlyArray<Issue> => [
  ...unknownOptions(options, [...requestOptionNames, ...more]),
  ...(isRecord(options) ? unknownOptions(options["retry"], retryNames, "retry.") : [])
]

// It has no keys of its own, so it would pass for no options.
const isSignal = (options: object): boolean => "aborted" in options && "addEventListener" in options

/** Returns the issues of the options of a call. `more` are the names of options that only this operation has. */
export const callOptionIssues = (options: object, more: ReadonlyArray<string> = []): ReadonlyArray<Issue> =>
  isSignal(options)
    ? [{ path: "options", message: "must be an object such as { signal }, and not the signal itself" }]
    : requestOptionIssues(options, [...callOptionNames, ...more])
