/** What callers wrap around an operation: retries, time limits, races, interruption, uninterruptible regions. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { endOf } from "../support.js"
import { type Call, operations, routeOf } from "./operations.js"
import { assertSentUpTo } from "./sentUpTo.js"
import { type Answer, linesOf, type Received, run } from "./server.js"

/** Failures of a request that an operation may survive. The outcome of the first two is certain. */
const failures: ReadonlyArray<Answer> = [
  "ECONNREFUSED",
  { status: 429 },
  { status: 503 },
  "ECONNRESET",
  "stall",
  { body: "{" }
]

/** The time of each request, and the time after which the client aborted it. */
const timesOf = (received: ReadonlyArray<Received>) =>
  received.map(({ at, gaveUpAfter, line }) => [line, at, gaveUpAfter])

const isChange = (line: string) => !line.startsWith("GET ")
const isRead = (line: string) => routeOf(line).success !== undefined
const retried = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.retry(call, { while: DataRobotError.isRetryable, times: 2 })

describe("A caller that retries on isRetryable never repeats a change that was made (R-7)", () => {
  for (const { afterFailure = [], call, change, name, polls, repeats, requests } of operations) {
    const first = change ?? requests[0]
    const later = requests.slice(requests.indexOf(first) + 1)
    if (later.length > 0 && isChange(first) && !(repeats === "always" && change === undefined)) {
      it.effect(`${name} makes its change once, whatever happens to the requests after it`, () =>
        Effect.gen(function*() {
          for (const options of [{}, { idempotent: true }]) {
            for (const line of later) {
              for (const failure of failures) {
                // The body of a file, and that of a response that has none, cannot be invalid.
                if (typeof failure === "object" && failure.body !== undefined && !isRead(line)) continue
                const answer = (sent: string) => sent === line ? failure : undefined
                const { end, received } = yield* run(retried(call(options)), answer)
                assert.notStrictEqual(endOf(end), "ok")
                // What follows a failure cleans up. A later change that fails may be tried again.
                const changes = linesOf(received).filter((sent) =>
                  isChange(sent) && sent !== line && !afterFailure.includes(sent)
                )
                assert.deepStrictEqual(changes, requests.filter((sent) => isChange(sent) && sent !== line))
              }
            }
          }
        }))
    }

    if (repeats === "never" || repeats === "with idempotent: true") {
      it.effect(`${name} sends its change once if it may have been made`, () =>
        Effect.gen(function*() {
          for (const failure of failures.slice(2)) {
            const { end, received } = yield* run(retried(call()), () => failure)
            assert.notStrictEqual(endOf(end), "ok")
            assert.deepStrictEqual(linesOf(received), [first])
          }
        }))
    }

    if (repeats === "unless told") {
      it.effect(`${name} is not repeated after a timeout, and with idempotent: false not if it may have been made`, () =>
        Effect.gen(function*() {
          const stalled = yield* run(retried(call()), () => "stall")
          assert.deepStrictEqual(linesOf(stalled.received), [first])
          for (const failure of failures.slice(2)) {
            const { received } = yield* run(retried(call({ idempotent: false })), () => failure)
            assert.deepStrictEqual(linesOf(received), [first])
          }
        }))
    }

    it.effect(`${name} is repeated by its caller if it was certainly not processed`, () =>
      Effect.gen(function*() {
        const { received } = yield* run(retried(call()), () => "ECONNREFUSED")
        assert.strictEqual(received.length, 3 * (polls ?? 3))
      }))
  }
})

/** Regions in which the caller's fiber can't be interrupted. */
const regions: Readonly<Record<string, (call: Call) => Call>> = {
  "an uninterruptible region": Effect.uninterruptible,
  "a finalizer": (call) =>
    Effect.suspend(() => {
      let end: Call = Effect.void
      const keep = Effect.map(Effect.either(call), (either) => {
        end = either
      })
      return Effect.andThen(Effect.ensuring(Effect.void, keep), Effect.suspend(() => end))
    })
}

describe("Time limits and retries hold in uninterruptible regions (R-9)", () => {
  for (const { call, name, requests } of operations) {
    for (const [region, within] of Object.entries(regions)) {
      it.effect(`${name} ends in ${region} as it does elsewhere`, () =>
        Effect.gen(function*() {
          for (const line of requests) {
            for (const failure of ["stall", "ECONNRESET"]) {
              const answer = (sent: string) => sent === line ? failure : undefined
              const there = yield* run(within(call()), answer)
              const here = yield* run(call(), answer)
              assert.strictEqual(endOf(there.end), endOf(here.end))
              assert.strictEqual(there.took, here.took)
              assert.deepStrictEqual(timesOf(there.received), timesOf(here.received))
            }
          }
        }))
    }
  }
})

/** The ways in which a caller gives up after five seconds. */
const givingUp: Readonly<Record<string, (call: Call) => Call>> = {
  "Effect.timeout": (call) => Effect.ignore(Effect.timeout(call, "5 seconds")),
  "Effect.race": (call) => Effect.race(call, Effect.sleep("5 seconds")),
  "an interruption": (call) =>
    Effect.forkScoped(call).pipe(
      Effect.tap(Effect.sleep("5 seconds")),
      Effect.flatMap(Fiber.interrupt),
      Effect.scoped
    )
}

describe("A caller that gives up ends the operation and its request at once (R-4)", () => {
  for (const operation of operations) {
    const { call, name, requests, undo, undoSeconds = 0 } = operation
    for (const [way, giveUp] of Object.entries(givingUp)) {
      it.effect(`${name} ends with ${way}`, () =>
        Effect.gen(function*() {
          for (const [position, line] of requests.entries()) {
            const { received, took } = yield* run(giveUp(call()), (sent) => sent === line ? "stall" : undefined)
            const undone = 5_000 + (position === 0 ? undoSeconds * 1000 : 0)
            assert.strictEqual(took, undone)
            assertSentUpTo(operation, position, received)
            if (undo !== undefined && position > 0) assert.strictEqual(received.at(-1)?.line, undo)
            const last = received.filter((one) => one.line === line).at(-1)
            assert.strictEqual((last?.at ?? 0) + (last?.gaveUpAfter ?? 0), undone)
          }
        }))
    }
  }
})
