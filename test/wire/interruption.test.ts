/** Interruption as the server sees it: the socket is closed at once, and nothing more is sent. */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobot, type DataRobotError, Deployment, Job, ModelDeployment } from "effect-datarobot"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as Ref from "effect/Ref"
import * as Stream from "effect/Stream"
import { endOf } from "../support.js"
import { withinTurns } from "../turnClock.js"
import { collectUnhandled } from "./collectUnhandled.js"
import { faults } from "./faultServers.js"
import {
  type Behaviour,
  clients,
  deployment,
  deploymentId,
  json,
  kept,
  newDeployment,
  on,
  serve,
  within
} from "./support.js"

const unhandled = collectUnhandled()

const firstPageOfTwo: Behaviour = (socket, { path }, index) => {
  if (index > 0) return
  const next = `http://${socket.localAddress}:${socket.localPort}${path.split("?")[0]}?offset=1&limit=1`
  socket.write(json(200, { count: 1, next, previous: null, data: [deployment()] }))
}

const get = ModelDeployment.get(deploymentId)
const create = ModelDeployment.create(newDeployment)
const remove = Deployment.delete(deploymentId)
const pages = Stream.runDrain(ModelDeployment.stream({ pageSize: 1 }))

interface Moment {
  readonly server: Behaviour
  readonly operation: Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>
  /** The number of requests that arrive before the interruption. */
  readonly requests: number
  /** Set if the last response was complete, so that its connection may stay in the client's pool. */
  readonly idle?: true
}

const moments: Readonly<Record<string, Moment>> = {
  "before the headers of get": { server: faults.stallBeforeHeaders, operation: get, requests: 1 },
  "before the headers of create": { server: faults.stallBeforeHeaders, operation: create, requests: 1 },
  "inside the headers": { server: faults.stallInHeaders, operation: get, requests: 1 },
  "inside the body": { server: faults.stallInBody, operation: get, requests: 1 },
  "inside a body that arrives byte by byte": { server: faults.drip, operation: get, requests: 1 },
  "inside the body of an error": { server: faults.errorStalls, operation: create, requests: 1 },
  "in the pause after a reset": { server: faults.resetBeforeHeaders, operation: get, requests: 1 },
  "in the pause of a Retry-After": {
    server: (socket) => socket.write(json(429, { message: "slow down" }, { "retry-after": "30" })),
    operation: create,
    requests: 1,
    idle: true
  },
  "on the second page of a stream": { server: firstPageOfTwo, operation: pages, requests: 2 },
  "on three concurrent pages of a stream": {
    server: firstPageOfTwo,
    operation: Stream.runDrain(ModelDeployment.stream({ pageSize: 1, concurrency: 3 })),
    requests: 4
  },
  "during a poll of a job": { server: faults.stallInBody, operation: Job.await("abc"), requests: 1 },
  "between two polls of a job": {
    server: (socket) => socket.write(json(200, { status: "RUNNING" })),
    operation: Job.await("abc"),
    requests: 1,
    idle: true
  }
}

// The longest pause that jitter allows.
const longSleeps = { maxAttempts: 3, baseDelay: 5_000, maxDelay: 5_000 }

for (const client of clients) {
  describe(`R-4: interruption closes the socket within 200 ms, ${client.name}`, () => {
    for (const [title, { idle = false, operation, requests, server: behaviour }] of Object.entries(moments)) {
      it.scopedLive(title, () =>
        Effect.gen(function*() {
          const server = yield* serve(behaviour)
          const running = yield* on(server, yield* kept(client), { retry: longSleeps })(operation).pipe(
            Effect.withRandom(Random.fixed([1])),
            Effect.fork
          )
          assert.isTrue(yield* within(2_000, () => server.requests.length === requests), "the requests arrive")
          // The server's response arrives too.
          yield* Effect.sleep(40)

          const exit = yield* Fiber.interrupt(running).pipe(withinTurns(200))
          const closed = yield* within(200, () => idle || server.requests.at(-1)?.socket.destroyed === true)
          assert.isTrue(Exit.isInterrupted(exit))
          assert.isTrue(closed, "the server sees the end")

          yield* Effect.sleep(30)
          assert.strictEqual(server.requests.length, requests, "nothing is sent afterwards")
          assert.deepStrictEqual(unhandled, [])
        }))
    }

    it.scopedLive("Effect.timeout closes the socket too", () =>
      Effect.gen(function*() {
        const server = yield* serve(faults.stallInBody)
        const result = yield* on(server, yield* kept(client))(get).pipe(Effect.timeoutOption(60))
        assert.strictEqual(result._tag, "None")
        assert.isTrue(yield* within(200, () => server.requests.every(({ socket }) => socket.destroyed)))
      }))

    it.scopedLive("R-9: a finalizer that deletes a deployment on a stalled server ends after its time limit", () =>
      Effect.gen(function*() {
        const server = yield* serve(faults.stallBeforeHeaders)
        const limits = { attemptTimeout: 60, retry: { maxAttempts: 2, baseDelay: 1 } }
        const ends = yield* Ref.make("none")
        const clean = Effect.flatMap(Effect.either(remove), (end) => Ref.set(ends, endOf(end)))
        const running = yield* on(server, yield* kept(client), limits)(Effect.ensuring(Effect.void, clean)).pipe(
          Effect.fork
        )
        assert.isTrue(yield* within(5_000, () => running.unsafePoll() !== null), "the finalizer ends")
        assert.strictEqual(yield* Ref.get(ends), "DataRobotNetworkError Timeout unknown")
        assert.strictEqual(server.requests.length, 2)
      }))

    it.scopedLive("R-9: a stream that requests pages ahead ends in an uninterruptible region", () =>
      Effect.gen(function*() {
        const server = yield* serve(firstPageOfTwo)
        const limits = { attemptTimeout: 60, retry: false } as const
        const stream = Stream.runDrain(ModelDeployment.stream({ pageSize: 1, concurrency: 3 }))
        const running = yield* on(server, yield* kept(client), limits)(stream).pipe(
          Effect.uninterruptible,
          Effect.either,
          Effect.fork
        )
        assert.isTrue(yield* within(5_000, () => running.unsafePoll() !== null), "the stream ends")
        assert.strictEqual(endOf(yield* Fiber.join(running)), "DataRobotNetworkError Timeout unknown")
      }))

    it.scopedLive("P-1: ending a stream early requests no further page", () =>
      Effect.gen(function*() {
        const server = yield* serve(firstPageOfTwo)
        const taken = yield* on(server, yield* kept(client))(
          ModelDeployment.stream({ pageSize: 1 }).pipe(Stream.take(1), Stream.runCollect)
        )
        assert.strictEqual(Chunk.size(taken), 1)
        yield* Effect.sleep(30)
        assert.strictEqual(server.requests.length, 1)
      }))

    it.scopedLive("P-1: ending a stream early closes the sockets of pages requested ahead", () =>
      Effect.gen(function*() {
        const server = yield* serve(firstPageOfTwo)
        const arrived = () => server.requests.length === 3
        const taken = yield* on(server, yield* kept(client))(
          ModelDeployment.stream({ pageSize: 1, concurrency: 3 }).pipe(
            Stream.tap(() => within(2_000, arrived)),
            Stream.take(1),
            Stream.runCollect
          )
        )
        assert.strictEqual(Chunk.size(taken), 1)
        const ahead = server.requests.slice(1)
        assert.isTrue(yield* within(200, () => ahead.every(({ socket }) => socket.destroyed)))
        yield* Effect.sleep(30)
        assert.strictEqual(server.requests.length, 3)
        assert.deepStrictEqual(unhandled, [])
      }))

    it.live("no socket is left after the client and the server are closed", () =>
      Effect.gen(function*() {
        const sockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP")).length
        const before = sockets()
        for (const behaviour of [faults.stallInBody, faults.resetInBody, faults.tooLong, faults.webPage]) {
          yield* Effect.scoped(Effect.gen(function*() {
            const server = yield* serve(behaviour)
            yield* on(server, client, { attemptTimeout: 100, retry: { baseDelay: 5 } })(Effect.either(get))
          }))
        }
        assert.isTrue(yield* within(500, () => sockets() <= before), process.getActiveResourcesInfo().join())
        assert.deepStrictEqual(unhandled, [])
      }))
  })
}
