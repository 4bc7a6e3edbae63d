/** Errors as the callers of the Promise API get them. */
import * as Duration from "effect/Duration"
import { type DataRobotError, isApiError, isDataRobotError } from "../DataRobotError.js"
import { copyOf } from "../internal/request/errorChanges.js"

const isFrame = (line: string) => /^\s+at /.test(line)
const isEngine = (line: string) => /\b(?:node:internal\/|ext:)/.test(line)

/**
 * Replaces the stack of an error by that of the code that waits. `below` is the function that calls this one, right after
 * an `await` or as a callback of `then`: engines then know who waits for its promise.
 */
const showCaller = (error: Error, below: (...args: never) => unknown): void => {
  // Other engines have no stack of the code that waits.
  if (typeof Error.captureStackTrace !== "function") return
  const here: { stack?: unknown } = {}
  Error.captureStackTrace(here, below)
  // A program may have replaced the form of all stacks.
  if (typeof here.stack !== "string") return
  const frames = here.stack.split("\n").filter((line) => isFrame(line) && !isEngine(line))
  const value = [`${error.name}: ${error.message}`, ...frames].join("\n")
  Object.defineProperty(error, "stack", { value, configurable: true, enumerable: false, writable: true })
}

/** The errors that a caller has. Calls that share a request share its error, but each has a stack of its own. */
const taken = new WeakSet<Error>()

/** Stands for the error of a call after `close`. Each caller gets an error of its own instead. */
export const clientClosed = Symbol("the client is closed")

/**
 * Returns an error of the SDK as a caller gets it: its stack is that of the caller, and `retryAfter` is a number. Returns
 * any other value as it is. `below` is the function that calls this one.
 */
export const errorForCaller = (failure: unknown, below: (...args: never) => unknown): unknown => {
  if (failure !== clientClosed && !isDataRobotError(failure)) return failure
  const error = failure === clientClosed ? new Error("the client is closed") : ownError(failure)
  showCaller(error, below)
  return error
}

const ownError = (error: DataRobotError): Error => {
  const own = taken.has(error) ? copyOf(error) : error
  taken.add(own)
  if (isApiError(own) && own.retryAfter !== undefined) {
    Object.assign(own, { retryAfter: Duration.toMillis(own.retryAfter) })
  }
  return own
}
