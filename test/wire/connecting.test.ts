/** Calls that end while their client connects. The limits of time only stop tests that would hang for an hour. */
import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import * as Undici from "effect-datarobot/undici"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { spawn } from "node:child_process"
import { endOf } from "../support.js"
import { connecting, silentServer, silentTls } from "./silentServer.js"
import { clients, deploymentId, kept, on, token, within } from "./support.js"

const get = ModelDeployment.get(deploymentId)
const connectTimeout = "1 hour"
const own = (options: Undici.UndiciOptions = {}) => ({
  layer: Layer.orDie(Undici.layer({ connectTimeout, ...options }))
})

// fetch and the platform's undici go on until undici's own connect timeout of ten seconds.
const cancelling = [
  { name: "effect-datarobot/undici", layer: own().layer },
  ...clients.filter(({ name }) => name === "node:http")
]

describe("R-11: no attempt to connect is left", () => {
  for (const client of cancelling) {
    it.scopedLive(`after an interruption while the server does not answer, ${client.name}`, () =>
      Effect.gen(function*() {
        const server = yield* silentServer
        const before = connecting()
        const running = yield* Effect.fork(on(server, yield* kept(client))(get))
        assert.isTrue(yield* within(2_000, () => connecting() === before + 1), "it connects")
        yield* Fiber.interrupt(running)
        assert.isTrue(yield* within(500, () => connecting() === before), "it still connects")
      }))

    it.scopedLive(`after an interruption of the TLS handshake, ${client.name}`, () =>
      Effect.gen(function*() {
        const server = yield* silentTls
        const running = yield* Effect.fork(on(server, yield* kept(client))(get))
        assert.isTrue(yield* within(2_000, () => server.open() === 1), "it connects")
        yield* Fiber.interrupt(running)
        assert.isTrue(yield* within(500, () => server.open() === 0), "the connection is open")
      }))

    it.scopedLive(`after the time limit of the call, ${client.name}`, () =>
      Effect.gen(function*() {
        const server = yield* silentTls
        const silent = yield* silentServer
        const before = connecting()
        const limits = { timeout: 300, attemptTimeout: 100, retry: { baseDelay: 1 } }
        const ends = [
          yield* Effect.either(on(server, yield* kept(client), limits)(get)),
          yield* Effect.either(on(silent, yield* kept(client), limits)(get))
        ]
        for (const end of ends) assert.strictEqual(endOf(end), "DataRobotNetworkError Timeout unknown")
        assert.isTrue(yield* within(500, () => server.open() === 0 && connecting() === before), "it still connects")
      }))
  }

  for (const connections of [undefined, 1, 2]) {
    it.scopedLive(`of the interrupted ones of five calls, and the others succeed, ${connections ?? "any"} connections`, () =>
      Effect.gen(function*() {
        const server = yield* silentServer
        const before = connecting()
        const client = yield* kept(own({ connections }))
        const running = yield* Effect.all(Array.from({ length: 5 }, () => Effect.fork(on(server, client)(get))))
        const open = connections ?? 5
        assert.isTrue(yield* within(2_000, () => connecting() === before + open), "they connect")
        // The first one connects. With few connections, the last one waits for one.
        yield* Fiber.interruptAll([...running.slice(0, 1), ...running.slice(4)])
        assert.isTrue(
          yield* within(500, () => connecting() === before + Math.min(open, 3)),
          `${connecting() - before} sockets connect`
        )
        server.wake()
        const ids = yield* Effect.forEach(running.slice(1, 4), (fiber) => Fiber.join(fiber))
        assert.deepStrictEqual(ids.map(({ id }) => id), [deploymentId, deploymentId, deploymentId])
        assert.strictEqual(connecting(), before)
      }))
  }

  it.scopedLive("after the layer ends, and the calls in flight fail without having been sent", () =>
    Effect.gen(function*() {
      const server = yield* silentServer
      const before = connecting()
      for (const connections of [undefined, 1]) {
        const scope = yield* Scope.make()
        const client = yield* Scope.extend(kept(own({ connections })), scope)
        const call = Effect.fork(Effect.either(on(server, client, { retry: false })(get)))
        const [first, second, third] = yield* Effect.all([call, call, call])
        assert.isTrue(yield* within(2_000, () => connecting() > before), "they connect")
        // After this, undici's agent no longer knows the others.
        yield* Fiber.interrupt(first)
        yield* within(100, () => false)
        yield* Scope.close(scope, Exit.void)
        for (const fiber of [second, third]) {
          const end = yield* Fiber.join(fiber)
          assert.strictEqual(endOf(end), "DataRobotNetworkError Connect not-sent")
          assert.include(Either.isLeft(end) ? end.left.message : "", "the layer of the HTTP client was released")
        }
        assert.isTrue(yield* within(500, () => connecting() === before), "a socket still connects")
      }
    }))

  for (const [title, start] of [["the server", silentServer], ["TLS", silentTls]] as const) {
    it.scopedLive(`and the process ends by itself while ${title} does not answer`, () =>
      Effect.gen(function*() {
        const { endpoint } = yield* start
        const args = ["--import", "tsx", "test/wire/fixtures/interrupted.ts", endpoint, token]
        const child = yield* Effect.acquireRelease(
          Effect.sync(() => spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] })),
          (child) => Effect.sync(() => child.kill())
        )
        let output = ""
        child.stdout.on("data", (text) => {
          output += String(text)
        })
        const code = yield* Effect.async<number | null>((resume) =>
          void child.once("close", (code) => resume(Effect.succeed(code)))
        )
        assert.deepStrictEqual([code, output], [0, "disposed\n"])
      }))
  }
})
