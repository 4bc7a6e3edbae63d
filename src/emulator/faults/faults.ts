/**
 * Faults: what is to go wrong, for which requests, and how often it did. How each is brought about is said in
 * `withFaults.ts`.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import { operationOf, operations } from "../api/operations.js"
import { fits } from "../protocol/routePath.js"

const message = (text: string) => ({ message: () => text })

/** A duration as people write it: milliseconds, or a text such as `"2 seconds"`. */
export const DurationInput: Schema.Schema<Extract<Duration.DurationInput, number | string>> = Schema.declare(
  // what is negative would be taken for nothing
  (value: unknown): value is Extract<Duration.DurationInput, number | string> =>
    (typeof value === "number" || typeof value === "string") && !String(value).startsWith("-") &&
    Option.exists(Duration.decodeUnknown(value), Duration.isFinite),
  {
    identifier: "Duration",
    jsonSchema: { anyOf: [{ type: "number" }, { type: "string" }] },
    ...message("must be milliseconds, or a text such as \"2 seconds\"")
  }
)

const times = Schema.Int.pipe(Schema.positive(), Schema.annotations(message("must be a whole number from 1")))

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
    message("must be names and values that can stand in a header, and none of those that say how the body is sent")
  )
)

const when = {
  /** Only requests with this method. */
  method: Schema.optional(Schema.Literal("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS")),
  /** Only requests to this path, in which `*` stands for any one segment. Below `/api/v2/`, unless it begins with `/`. */
  path: Schema.optional(Schema.NonEmptyString),
  /** Only requests for this operation. */
  operation: Schema.optional(Schema.Literal(...operations)),
  /** At most so many times; without it, always. */
  times: Schema.optional(times),
  /** Only every nth of those requests: 3 means the third, the sixth and so on. */
  every: Schema.optional(times),
  /** Only with this probability; the emulator's seed decides. */
  chance: Schema.optional(
    Schema.Number.pipe(Schema.between(0, 1), Schema.annotations(message("must be a number from 0 to 1")))
  )
}

const kind = <const Kind extends string, const Fields extends Schema.Struct.Fields>(name: Kind, fields: Fields) =>
  Schema.Struct({ fault: Schema.Literal(name), ...when, ...fields }).annotations({ identifier: `Fault.${name}` })

/**
 * Something that is to go wrong. `fault` says what, `method`, `path` and `operation` for which requests (all of those that
 * are given must fit; for all requests without them), `times`, `every` and `chance` how often. Control routes never fail.
 *
 * The request is not handled, and nothing is stored, with
 * - `status`: an answer with this status; `body` is JSON, or a text. An error with a `message` without it.
 * - `html`: a web page, as proxies and sign-in pages send it; status 200 without another.
 * - `reset`: the connection breaks before there is an answer.
 * - `stall` at the `"headers"` (where it stalls without `at`): no answer, ever.
 * - `job`: an answer of 202 with a job that ends with an error (`"failed"`), or `"never"`. For creates, unless it is said
 *   otherwise.
 *
 * The request is handled, and what it changes is stored, with
 * - `delay`: the answer comes later.
 * - `commitThenDrop`: the connection breaks before the answer is sent.
 * - `truncate`: the connection breaks in the middle of the body.
 * - `stall` at the `"body"`: half of the body, and then nothing more.
 * - `trickle`: the body comes in pieces of so many `bytes` (1 without it), one each `interval`.
 * - `badJson`: half of the body, as if it were all of it.
 * - `location`: the answer's `Location` is another. For creates, unless it is said otherwise.
 * - `nextLoop`: the `next` of a page is the page itself. For lists, unless it is said otherwise.
 *
 * An answer without a body has none to break or to stall: it passes unchanged.
 */
export const Fault = Schema.Union(
  kind("status", { status, headers: Schema.optional(headers), body: Schema.optional(Schema.Unknown) }),
  kind("html", { status: Schema.optional(status) }),
  kind("reset", {}),
  kind("stall", { at: Schema.optional(Schema.Literal("headers", "body")) }),
  kind("job", { ends: Schema.Literal("failed", "never") }),
  kind("delay", { delay: DurationInput }),
  kind("commitThenDrop", {}),
  kind("truncate", {}),
  kind("trickle", { interval: DurationInput, bytes: Schema.optional(times) }),
  kind("badJson", {}),
  kind("location", { location: Schema.String.pipe(Schema.pattern(/^[\t -~]*$/)) }),
  kind("nextLoop", {})
)
export type Fault = typeof Fault.Type

/** A fault, how many requests it was for so far, and how many of them it hit. */
export const FaultReport = Schema.Struct({ fault: Fault, matched: Schema.Int, fired: Schema.Int }).annotations({
  identifier: "FaultReport"
})
export interface FaultReport extends Schema.Schema.Type<typeof FaultReport> {}

/** The faults that an emulator has now. */
export interface Faults {
  readonly add: (fault: Fault) => Effect.Effect<void>
  /** In the order in which they were added. */
  readonly reports: Effect.Effect<ReadonlyArray<FaultReport>>
  /** Takes all faults away. */
  readonly clear: Effect.Effect<void>
  /** Back to the faults of the start, nothing counted. */
  readonly reset: Effect.Effect<void>
  /** The fault that hits a request: of those that are for it the first whose turn it is. */
  readonly next: (method: string, path: string) => Effect.Effect<Fault | undefined>
}

interface Planned {
  readonly fault: Fault
  readonly random: Random.Random
  matched: number
  fired: number
}

/** The faults of the start; the seed decides which requests those with a `chance` hit. */
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
    const reset = Effect.zipRight(clear, Effect.forEach(start, add, { discard: true }))
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
            // In one step from here on: another request must not see a turn that is taken.
            if (takesTurn(one, drawn)) return one.fault
          }
          return undefined
        })
    }
  })

const isFor = (fault: Fault, method: string, path: string) => {
  const saidOtherwise = fault.method !== undefined || fault.path !== undefined
  const operation = fault.operation ?? (saidOtherwise ? undefined : usual[fault.fault])
  return (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined || fits(fault.path.startsWith("/") ? fault.path : `/api/v2/${fault.path}`, path)) &&
    (operation === undefined || operation === operationOf(method, path))
}

/** The operation of the faults that make no sense for most others. */
const usual: Partial<Record<Fault["fault"], typeof operations[number]>> = {
  job: "modelDeployments.create",
  location: "modelDeployments.create",
  nextLoop: "modelDeployments.list"
}

/** Counts a request, and says whether it is hit. */
const takesTurn = (one: Planned, drawn: number) => {
  const { chance = 1, every = 1, times = Infinity } = one.fault
  one.matched++
  const due = one.fired < times && one.matched % every === 0 && drawn < chance
  if (due) one.fired++
  return due
}
