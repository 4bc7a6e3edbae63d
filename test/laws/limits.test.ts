/** The time and size limits of each request (R-4, R-12, S-5), from the table of operations. Time is virtual. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import type { JobUpdateOptions } from "effect-datarobot/Deployment"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { endOf } from "../support.js"
import { id, type Operation, operations, tenMinutes } from "./operations.js"
import { assertSentUpTo } from "./sentUpTo.js"
import { run, success } from "./server.js"

/** Returns after how many milliseconds the client aborts the first request, if there is no response. */
const gaveUpAfter = ({ call }: Operation, options?: JobUpdateOptions, layer?: Partial<ConnectionOptions>) =>
  Effect.map(
    run(call({ ...options, retry: false }), () => "stall", layer),
    ({ received: [first] }) => first?.gaveUpAfter
  )

describe("An attempt and a request have time limits (R-4, R-12)", () => {
  for (const operation of operations) {
    const { attemptSeconds = 30, isEndless, name, polls, requestSeconds = 120 } = operation
    // A wait ends after 10 minutes.
    const total = polls === undefined || isEndless ? requestSeconds * 1000 : 600_000

    it.effect(`an attempt of ${name} takes at most ${attemptSeconds} seconds`, () =>
      Effect.gen(function*() {
        assert.strictEqual(yield* gaveUpAfter(operation), attemptSeconds * 1000)
      }))

    it.effect(`all attempts of ${name} together take at most ${total / 1000} seconds`, () =>
      Effect.gen(function*() {
        assert.strictEqual(yield* gaveUpAfter(operation, { attemptTimeout: "1 hour" }), total)
      }))

    it.effect(`the options of a call of ${name} override those of the layer`, () =>
      Effect.gen(function*() {
        const layer = { attemptTimeout: "5 seconds" } as const
        assert.strictEqual(yield* gaveUpAfter(operation, {}, layer), 5_000)
        assert.strictEqual(yield* gaveUpAfter(operation, { attemptTimeout: "9 seconds" }, layer), 9_000)
        const whole = { timeout: "7 seconds" } as const
        assert.strictEqual(yield* gaveUpAfter(operation, {}, whole), 7_000)
        assert.strictEqual(yield* gaveUpAfter(operation, { timeout: "8 seconds" }, whole), 8_000)
      }))

    it.effect(`the call's options set the number of attempts of ${name}`, () =>
      Effect.gen(function*() {
        const sent = (options: JobUpdateOptions, layer: Partial<ConnectionOptions>) =>
          Effect.map(run(operation.call(options), () => "ECONNREFUSED", layer), ({ received }) => received.length)
        const retried = { retry: { maxAttempts: 4 } } as const
        // A poll of a job is not retried, because the wait polls again.
        const each = (attempts: number) => polls === undefined ? attempts : polls === 15 ? 5 * attempts : 5
        assert.strictEqual(yield* sent({ retry: { maxAttempts: 2 } }, retried), each(2))
      }))

    for (const [line, seconds] of Object.entries(operation.streams ?? {})) {
      it.effect(`${name} waits at most ${seconds} seconds for ${line} to go on`, () =>
        Effect.gen(function*() {
          const { end, received } = yield* run(operation.call(), (sent) => sent === line ? "stall" : undefined)
          assert.strictEqual(endOf(end), "DataRobotNetworkError Timeout unknown")
          assert.deepStrictEqual(
            received.filter((one) => one.line === line).map(({ gaveUpAfter }) => gaveUpAfter),
            [seconds * 1000]
          )
        }))
    }
  }

  it.effect("a wait for a batch prediction has no time limit, unless the caller sets one", () =>
    Effect.gen(function*() {
      for (const { call, isConcurrent, name, requests: [first] } of operations.filter(({ isEndless }) => isEndless)) {
        const queued = success(first, { id, status: "INITIALIZING", links: {} })
        const begun = success(first, { id, status: "COMPLETED", links: {} })
        const hours = 20
        const { end, received } = yield* run(
          call(),
          (line, index) => line === first ? index < hours * 360 ? queued : begun : undefined
        )
        assert.strictEqual(endOf(end), "ok", name)
        assert.isAbove(received.at(-1)?.at ?? 0, (hours - 1) * 3_600_000)
        const limited = yield* run(call(tenMinutes), (line) => line === first ? queued : undefined)
        assert.strictEqual(endOf(limited.end), "DataRobotJobError Deadline", name)
        assert.strictEqual(limited.took, 600_000)
        assert.isTrue(isConcurrent || limited.received.every(({ line }) => line === first))
      }
    }))
})

const kib = 1024
const mib = 1024 * kib

describe("A response body has a size limit (S-5, R-12)", () => {
  for (const operation of operations) {
    const { call, ignores, isUpload, largeAt = 0, mebibytes = 10, name, requests, streams = {} } = operation
    const capOf = (line: string, position: number) => {
      if (line === "GET status/:id/") return 64 * kib
      return (isDownload(line) ? Infinity : position === largeAt ? mebibytes : 10) * mib
    }
    const isDownload = (line: string) => line in streams && line.startsWith("GET ")
    /** Whether the length of the response is verified, because the request may be a stream. */
    const isSent = (line: string, position: number) =>
      (isUpload && position === 0) || (line in streams && !isDownload(line))
    /**
     * Returns how the call ends if the response to one of its requests declares a body of this many bytes. Only the body
     * of a failure, and one without a limit, really has them.
     */
    const declaring = (position: number, bytes: number, status?: number) =>
      Effect.map(
        run(call({ retry: false }), (line) => {
          if (line !== requests[position]) return undefined
          const answer = success(line, undefined, requests[0])
          const headers = { ...answer.headers, "content-length": String(bytes) }
          if (status !== undefined) return { status, headers, body: "{\"message\":\"No\"}".padEnd(bytes) }
          return {
            ...answer,
            headers,
            ...(capOf(line, position) === Infinity ? { body: "PK,\n".repeat(bytes / 4) } : {}),
            ...(isSent(line, position) ? { body: (answer.body ?? "{}").padEnd(bytes) } : {})
          }
        }),
        ({ end, received }) => ({ end, received })
      )

    it.effect(`${name} reads the body of a failure up to 1 MiB`, () =>
      Effect.gen(function*() {
        const bodyOf = (bytes: number) =>
          Effect.map(declaring(0, bytes, 400), ({ end }) =>
            Either.isLeft(end) && DataRobotError.isApiError(end.left) ? end.left.body ?? "none" : endOf(end))
        assert.deepStrictEqual(yield* bodyOf(mib), { message: "No" })
        assert.strictEqual(yield* bodyOf(mib + 1), "none")
      }))

    requests.forEach((line, position) => {
      const cap = capOf(line, position)

      if (cap === Infinity) {
        it.effect(`request ${position + 1} of ${name} accepts a body that is larger than others may be`, () =>
          Effect.gen(function*() {
            assert.strictEqual(endOf((yield* declaring(position, 11 * mib)).end), "ok")
          }))
        return
      }

      it.effect(`request ${position + 1} of ${name} accepts a body of at most ${cap / kib} KiB`, () =>
        Effect.gen(function*() {
          assert.strictEqual(endOf((yield* declaring(position, cap)).end), "ok")
          const { end, received } = yield* declaring(position, cap + 1)
          assert.strictEqual(endOf(end), line === ignores ? "ok" : "DataRobotNetworkError BodyTooLarge unknown")
          assertSentUpTo(operation, position, received)
        }))
    })
  }
})
