/** Faults: their definitions, and which requests they hit. `withFaults.ts` carries them out. */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import { nearestName } from "../../wire/nearestName.js"
import { operationOf, operations } from "../api/operations.js"
import { fits } from "../protocol/routePath.js"
import { durationOf, invalidDuration } from "../state/clock.js"

const message = (text: string) => ({ message: () => text })

/** A duration: milliseconds, or a text such as `"2 seconds"`. */
export const DurationInput: Schema.Schema<Extract<Duration.DurationInput, number | string>> = Schema.declare(
  (value: unknown): value is Extract<Duration.DurationInput, number | string> =>
    (typeof value === "number" || typeof value === "string") && Option.isSome(durationOf(value)),
  {
    identifier: "Duration",
    jsonSchema: { anyOf: [{ type: "number" }, { type: "string" }] },
    ...message(invalidDuration)
  }
)

const times = Schema.Int.pipe(Schema.positive(), Schema.annotations(message("must be a whole number from 1")))

const natural = Schema.Int.pipe(
  Schema.nonNegative(),
  Schema.annotations(message("must be a whole number from 0"))
)

const status = Schema.Int.pipe(
  Schema.between(200, 599),
  Schema.annotations(message("must be a status from 200 to 599"))
)

const framing = /^(?:content-length|transfer-encoding|trailer|connection|keep-alive|upgrade)$/i
const headers = Schema.Record({ key: Schema.String, value: Schema.String }).pipe(
  Schema.filter(
    (record) =>
      Object.entries(record).every(([name, value]) =>
        /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t -~]*$/.test(value) && !framing.test(name)
      ),
    message("must be valid header names and values, and none of the headers that frame the body")
  )
)

/** The message about a name that is not that of an operation. */
const unknownOperation = (name: unknown) => {
  const nearest = typeof name === "string" ? nearestName(name, operations) : undefined
  return nearest === undefined
    ? "must be the name of an operation, such as modelDeployments.create"
    : `must be the name of an operation: did you mean ${nearest}?`
}

const when = {
  /** Only requests with this method. */
  method: Schema.optional(Schema.Literal("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS")),
  /**
   * Only requests to this path. `*` matches one segment. The path is relative to `/api/v2/` unless it begins with `/`.
   */
  path: Schema.optional(Schema.NonEmptyString),
  /** Only requests for this operation. */
  operation: Schema.optional(
    Schema.Literal(...operations).annotations({
      message: ({ actual }) => ({ message: unknownOperation(actual), override: true })
    })
  ),
  /** Maximum number of requests that it hits. Default: no maximum. */
  times: Schema.optional(times),
  /** Only every nth of those requests: 3 hits the third, the sixth and so on. Default: 1. */
  every: Schema.optional(times),
  /** The probability of a hit, 0 to 1. The emulator's seed determines which requests it hits. Default: 1. */
  chance: Schema.optional(
    Schema.Number.pipe(Schema.between(0, 1), Schema.annotations(message("must be a number from 0 to 1")))
  )
}

const kind = <const Kind extends string, const Fields extends Schema.Struct.Fields>(name: Kind, fields: Fields) =>
  Schema.Struct({
    /** What goes wrong. */
    fault: Schema.Literal(name),
    ...when,
    ...fields
  }).annotations({ identifier: `Fault.${name}` })

/**
 * Something that goes wrong. `fault` says what. `method`, `path` and `operation` select the requests: a request must
 * match all that are given; by default, every request matches. `times`, `every` and `chance` limit how many of them are
 * hit. Faults do not apply to control routes.
 *
 * With these faults, the emulator does not handle the request and stores nothing:
 * - `status`: a response with this status. `body` is JSON or a text. Default: an error with a `message`.
 * - `html`: a web page, such as proxies and sign-in pages send. Default status: 200.
 * - `reset`: the connection breaks before the response.
 * - `stall` with `at: "headers"` (the default): the response never comes.
 * - `job`: status 202 with a job that fails (`"failed"`) or never ends (`"never"`). By default for creates only.
 *
 * With these faults, the emulator handles the request and stores its change:
 * - `delay`: the response comes later.
 * - `batch`: a batch prediction that is created fails (`"failed"`) or is aborted (`"aborted"`) after `rows` rows
 *   (default: 0), or never leaves the queue (`"never"`). By default for `batchPredictions.create` only.
 * - `commitThenDrop`: the connection breaks before the response is sent.
 * - `truncate`: the connection breaks in the middle of the body, or after `bytes` bytes of it.
 * - `stall` with `at: "body"`: half of the body arrives, or `bytes` bytes of it, and then nothing more.
 * - `trickle`: the body comes in pieces of `bytes` bytes (default: 1), one per `interval`.
 * - `badJson`: half of the body, sent as a complete body.
 * - `location`: a wrong `Location`. By default for creates only.
 * - `nextLoop`: the `next` of a page is the page itself. By default for lists only.
 *
 * A response without a body cannot be truncated or stalled: it is sent unchanged.
 *
 * @since 0.1.0
 */
export const Fault = Schema.Union(
  kind("status", {
    /** The status of the response, 200 to 599. */
    status,
    /** Headers of the response, in addition to those that the emulator sends. */
    headers: Schema.optional(headers),
    /** The body: JSON or a text. Default: an error with a `message`. */
    body: Schema.optional(Schema.Unknown)
  }),
  kind("html", {
    /** The status of the response. Default: 200. */
    status: Schema.optional(status)
  }),
  kind("reset", {}),
  kind("stall", {
    /** What never comes: the response, or the rest of its body. Default: `"headers"`. */
    at: Schema.optional(Schema.Literal("headers", "body")),
    /** Number of bytes of the body that arrive. Default: half of them. */
    bytes: Schema.optional(natural)
  }),
  kind("job", {
    /** How the job ends: it fails, or never ends. */
    ends: Schema.Literal("failed", "never")
  }),
  kind("batch", {
    /** How the job ends: it fails, it is aborted, or it never leaves the queue. */
    ends: Schema.Literal("failed", "aborted", "never"),
    /** Number of rows that are scored before. Default: 0. */
    rows: Schema.optional(natural)
  }),
  kind("delay", {
    /** How much later the response comes. */
    delay: DurationInput
  }),
  kind("commitThenDrop", {}),
  kind("truncate", {
    /** Number of bytes of the body that arrive. Default: half of them. */
    bytes: Schema.optional(natural)
  }),
  kind("trickle", {
    /** Time between two pieces of the body. */
    interval: DurationInput,
    /** Number of bytes of a piece. Default: 1. */
    bytes: Schema.optional(times)
  }),
  kind("badJson", {}),
  kind("location", {
    /** The `Location` of the response. */
    location: Schema.String.pipe(Schema.pattern(/^[\t -~]*$/))
  }),
  kind("nextLoop", {})
)
/**
 * Something that goes wrong.
 *
 * @since 0.1.0
 */
export type Fault = typeof Fault.Type

/**
 * A fault, the number of requests that it matched so far, and the number of those that it hit.
 *
 * @since 0.1.0
 */
export const FaultReport = Schema.Struct({
  /** The fault. */
  fault: Fault,
  /** Number of requests that it matched so far. */
  matched: Schema.Int,
  /** Number of requests that it hit so far. */
  fired: Schema.Int
}).annotations({
  identifier: "FaultReport"
})
/**
 * A fault, and how often it matched and hit.
 *
 * @since 0.1.0
 */
export interface FaultReport extends Schema.Schema.Type<typeof FaultReport> {}

/** The faults of an emulator. */
export interface Faults {
  readonly add: (fault: Fault) => Effect.Effect<void>
  /** In the order in which they were added. */
  readonly reports: Effect.Effect<ReadonlyArray<FaultReport>>
  /** Removes all faults. */
  readonly clear: Effect.Effect<void>
  /** Restores the faults of the start, with all counts at 0. */
  readonly reset: Effect.Effect<void>
  /** Returns the fault that hits a request: the first one that matches it and whose turn it is. */
  readonly next: (method: string, path: string) => Effect.Effect<Fault | undefined>
}

interface Planned {
  readonly fault: Fault
  readonly random: Random.Random
  matched: number
  fired: number
}

/** Creates the faults of an emulator. The seed determines which requests a fault with a `chance` hits. */
export const make = (seed: string | number, start: ReadonlyArray<Fault>): Effect.Effect<Faults> =>
  Effect.gen(function*() {
    let planned: ReadonlyArray<Planned> = []
    let added = 0
    const add = (fault: Fault) =>
      Effect.sync(() => {
        planned = [...planned, { fault, random: Random.make(`${seed}/${added++}`), matched: 0, fired: 0 }]
      })
    const clear = Effect.sync(() => {
      planned = []
      added = 0
    })
    const reset = Effect.andThen(clear, Effect.forEach(start, add, { discard: true }))
    yield* reset
    return {
      add,
      clear,
      reset,
      reports: Effect.sync(() => planned.map(({ fault, fired, matched }) => ({ fault, matched, fired }))),
      next: (method, path) =>
        Effect.gen(function*() {
          for (const one of planned) {
            if (!isFor(one.fault, method, path)) continue
            const drawn = yield* one.random.next
            // From here on in one step, so that two requests do not take the same turn.
            if (takesTurn(one, drawn)) return one.fault
          }
          return undefined
        })
    }
  })

const isFor = (fault: Fault, method: string, path: string) => {
  const selective = fault.method !== undefined || fault.path !== undefined
  const operation = fault.operation ?? (selective ? undefined : usual[fault.fault])
  return (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined || fits(fault.path.startsWith("/") ? fault.path : `/api/v2/${fault.path}`, path)) &&
    (operation === undefined || operation === operationOf(method, path))
}

/** The default operation of the faults that make sense for one operation only. */
const usual: Partial<Record<Fault["fault"], typeof operations[number]>> = {
  job: "modelDeployments.create",
  batch: "batchPredictions.create",
  location: "modelDeployments.create",
  nextLoop: "modelDeployments.list"
}

/** Counts a request, and returns whether the fault hits it. */
const takesTurn = (one: Planned, drawn: number) => {
  const { chance = 1, every = 1, times = Infinity } = one.fault
  one.matched++
  const due = one.fired < times && one.matched % every === 0 && drawn < chance
  if (due) one.fired++
  return due
}
