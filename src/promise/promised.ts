/** Wraps the operations of a namespace. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import type { DataRobotError } from "../DataRobotError.js"
import type { Requirements } from "../internal/request/operation.js"
import type { Abortable } from "./CallOptions.js"
import type { Running } from "./running.js"

const isStream = (value: unknown): value is Stream.Stream<unknown, DataRobotError, Requirements> =>
  Predicate.hasProperty(value, Stream.StreamTypeId)

// Boundary: an AbortSignal of another realm fails `instanceof`. No other argument has a key named `signal`.
const callOptionsOf = (last: unknown): Abortable | undefined =>
  Predicate.hasProperty(last, "signal") ? { signal: last.signal as AbortSignal | undefined } : undefined

const toPromise = ({ iterate, run }: Running, result: unknown, call: Abortable | undefined): unknown => {
  // Boundary: at run time, the types of the operations' results are not known.
  if (Effect.isEffect(result)) {
    const found = result as Effect.Effect<unknown, DataRobotError, Requirements>
    return run(Effect.map(found, (value) => Option.isOption(value) ? Option.getOrUndefined(value) : value), call)
  }
  return isStream(result) ? iterate(result, call) : result
}

/** Wraps the operations of a namespace. Leaves out its schemas and enums, whose names begin with a capital. */
export const promised = (
  running: Running,
  namespace: object
): Readonly<Record<string, (...args: ReadonlyArray<unknown>) => unknown>> => {
  const operations = Object.entries(namespace).filter(([name]) => /^[a-z]/.test(name))
  return Object.fromEntries(operations.map(([name, operate]) => [
    name,
    // Options are always the last argument.
    (...args) => toPromise(running, operate(...args), callOptionsOf(args.at(-1)))
  ]))
}
