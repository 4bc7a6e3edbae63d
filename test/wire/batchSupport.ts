/** Runs operations of batch predictions against a server on sockets, and describes their end and what the server saw. */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert } from "@effect/vitest"
import { BatchPrediction, DataRobot, DataRobotError } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Supervisor from "effect/Supervisor"
import { endOf } from "../support.js"
import { withinTurns } from "../turnClock.js"
import { type BatchServer, csvHeaders, type Handler, scored } from "./batchServer.js"
import { type Client, deploymentId, json, kept, token, within } from "./support.js"

export const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** The CSV of these tests. */
export const lines = ["age,plan\n", "31,basic\n", "64,plus\n"]
export const csv = Stream.map(Stream.fromIterable(lines), encode)
/** The same CSV without an end. */
export const endless = Stream.concat(csv, Stream.never)
/** More than all buffers between the client and the server hold. */
export const large = Stream.concat(
  csv,
  Stream.map(Stream.range(1, 512), () => new Uint8Array(64 * 1024).fill(10))
)

/** Short delays, so that the tests are quick. The limits of time are those of a test that fails. */
export const quick = {
  wait: { interval: 5 },
  retry: { maxAttempts: 2, baseDelay: 1, throttledBaseDelay: 1 }
} as const

export type Options = BatchPrediction.ScoreOptions

/** The first row of the results. */
export const firstRow = "churned_PREDICTION\n0.25\n"

/** Sends the first row, then does something to the rest. */
export const afterOneRow = (then: Handler): Handler => (request, job, server) => {
  request.begin(csvHeaders)
  request.chunk(firstRow)
  setTimeout(() => then(request, job, server), 30)
}

/** Responds to this many requests in one way, and to the others in another way. */
export const times = (count: number, first: Handler, then: Handler): Handler => (request, job, server) =>
  (request.index < count ? first : then)(request, job, server)

/** Sends all rows of a job that is complete. */
export const complete: Handler = (request, job) => {
  request.begin(csvHeaders)
  request.chunk(scored)
  request.end()
  job.status = "COMPLETED"
}

/** Responds when the whole request has arrived. */
export const rejects = (status: number): Handler => (request) =>
  request.whenWhole(() => request.answer(json(status, { message: "No" })))

/** Never responds. */
export const stalls: Handler = () => {}

/** How a run ended. */
export interface Outcome<E = never> {
  /** The rows that arrived before the end. */
  readonly rows: string
  readonly exit: Exit.Exit<void, E | DataRobotError.DataRobotError>
}

export type Running<E = never> = {
  readonly rows: () => string
  readonly fiber: Fiber.RuntimeFiber<void, E | DataRobotError.DataRobotError>
  /** The fibers of the run that have not ended. */
  readonly left: () => number
}

type Requirements = DataRobot | HttpClient.HttpClient

/** Starts an effect that emits rows against a server. */
export const start = <E>(
  server: Pick<BatchServer, "endpoint">,
  client: Client,
  stream: Stream.Stream<Uint8Array, E | DataRobotError.DataRobotError, Requirements>,
  options: Partial<ConnectionOptions> = {},
  change: <A, E2, R>(effect: Effect.Effect<A, E2, R>) => Effect.Effect<A, E2, R> = (effect) => effect
): Effect.Effect<Running<E>, never, Scope.Scope> =>
  Effect.gen(function*() {
    const { layer } = yield* kept(client)
    const supervisor = yield* Supervisor.track
    let rows = ""
    const run = Stream.runForEach(stream, (bytes) => Effect.sync(() => void (rows += decode(bytes))))
    const fiber = yield* change(run).pipe(
      Effect.supervised(supervisor),
      Effect.provide(
        Layer.merge(Layer.orDie(DataRobot.layer({ endpoint: server.endpoint, token, ...options })), layer)
      ),
      Effect.forkDaemon
    )
    yield* Effect.addFinalizer(() => Fiber.interruptFork(fiber))
    return { rows: () => rows, fiber, left: () => Effect.runSync(supervisor.value).length }
  })

/** Waits for the end of a run. Fails the test if that takes too long. */
export const finish = <E>({ fiber, rows }: Running<E>): Effect.Effect<Outcome<E>> =>
  Effect.map(withinTurns(15_000)(Fiber.await(fiber)), (exit) => ({ rows: rows(), exit }))

/** Scores CSV on a server. */
export const score = <E = never>(
  source: BatchPrediction.Csv<E, never> = csv,
  options: Options = {}
) => BatchPrediction.score(deploymentId, source, { ...quick, ...options })

/** The error of a run. Fails the test if it has another end. */
export const errorOf = <E>({ exit }: Pick<Outcome<E>, "exit">): DataRobotError.DataRobotError => {
  const error = Exit.isFailure(exit) ? Cause.failureOption(exit.cause) : undefined
  if (error?._tag === "Some" && DataRobotError.isDataRobotError(error.value)) return error.value
  return assert.fail(Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "it succeeded")
}

/** Describes the end of a run in words. */
export const describe = <E>({ exit }: Outcome<E>): string => {
  if (Exit.isSuccess(exit)) return "ok"
  if (Cause.isInterruptedOnly(exit.cause)) return "interrupted"
  const error = Cause.failureOption(exit.cause)
  if (error._tag === "None") return "died"
  return DataRobotError.isDataRobotError(error.value) ? endOf(Either.left(error.value)) : `${String(error.value)}`
}

/** Asserts that nothing of a run is left: no request in progress, and no fiber. */
export const assertNothingLeft = (server: BatchServer, { left }: Pick<Running<unknown>, "left">) =>
  Effect.gen(function*() {
    const isFree = yield* within(500, () => server.open().length === 0)
    assert.isTrue(isFree, `open requests: ${server.open().join()}`)
    assert.isTrue(yield* within(500, () => left() === 0), `${left()} fibers are left`)
  })
