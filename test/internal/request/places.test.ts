/** `maxConcurrentRequests`: the maximum number of requests that a connection sends at a time. */
import { HttpClient } from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { BatchPrediction, DataRobot, DataRobotError, Deployment, ModelDeployment } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as Emulator from "effect-datarobot/emulator"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { connection, failsWith, pageOf, serving, timeLapse, untyped, wire } from "../../support.js"
import { clientOf } from "./things.js"

const first = "5b0000000000000000000001"
const second = "5b0000000000000000000002"
const third = "5b0000000000000000000003"

/** A server that responds after `millis`, with these statuses and then with 200. Counts the requests at a time. */
const counting = (millis: number, ...statuses: ReadonlyArray<number>) => {
  const seen = { now: 0, most: 0, ids: new Array<string>() }
  const layer = (options: Partial<ConnectionOptions>) =>
    Layer.merge(
      connection(options),
      Layer.succeed(
        HttpClient,
        clientOf(({ url }) =>
          Effect.suspend(() => {
            const status = statuses[seen.ids.length] ?? 200
            seen.ids.push(url.split("/").at(-2)?.slice(-1) ?? "")
            seen.most = Math.max(seen.most, ++seen.now)
            const response = () => new Response(JSON.stringify(wire()), { status })
            return Effect.ensuring(Effect.as(Effect.sleep(millis), response), Effect.sync(() => seen.now--))
          }).pipe(Effect.map((response) => response()))
        )
      )
    )
  return { seen, layer }
}

/** An emulator, and a connection to it that sends one request at a time. */
const emulator = Layer.provideMerge(
  Layer.unwrapEffect(
    Effect.map(
      Emulator.Emulator,
      ({ endpoint, token }) =>
        Layer.orDie(DataRobot.layer({ endpoint, token, allowInsecure: true, maxConcurrentRequests: 1 }))
    )
  ),
  Emulator.layer({ preset: "demo", batchDelay: 1 })
)

const all = (ids: ReadonlyArray<string>) =>
  Effect.forEach(ids, (id) => Effect.either(ModelDeployment.get(id)), { concurrency: "unbounded" })

const after = <A, E, R>(effect: Effect.Effect<A, E, R>, millis: number) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust(millis)
    return fiber
  })

describe("maxConcurrentRequests", () => {
  for (const limit of [1, 2, undefined]) {
    it.effect(`${limit} is the number of requests at a time, in the order they came`, () =>
      Effect.gen(function*() {
        const { layer, seen } = counting(100)
        const running = all([first, second, third]).pipe(Effect.provide(layer({ maxConcurrentRequests: limit })))
        const fiber = yield* after(running, 50)
        assert.strictEqual(seen.now, limit ?? 3)
        yield* TestClock.adjust(1000)
        assert.isTrue((yield* Fiber.join(fiber)).every(Either.isRight))
        assert.strictEqual(seen.most, limit ?? 3)
        assert.deepStrictEqual(seen.ids, ["1", "2", "3"])
      }))
  }

  it.effect("is shared by the regions of a connection", () =>
    Effect.gen(function*() {
      const { layer, seen } = counting(100)
      const region = ModelDeployment.get(second).pipe(DataRobot.withOptions({ headers: { a: "b" } }))
      const both = Effect.all([ModelDeployment.get(first), region], { concurrency: 2 })
      const fiber = yield* after(Effect.provide(both, layer({ maxConcurrentRequests: 1 })), 1000)
      yield* Fiber.join(fiber)
      assert.strictEqual(seen.most, 1)
    }))

  it.effect("does not count a request that waits for its next attempt, which then comes last", () =>
    Effect.gen(function*() {
      const { layer, seen } = counting(100, 503)
      const running = all([first, second]).pipe(Effect.provide(layer({ maxConcurrentRequests: 1 })))
      yield* Fiber.join(yield* after(running, 60_000))
      assert.deepStrictEqual(seen.ids, ["1", "2", "1"])
    }))

  it.effect("does not count the time of the queue as a part of the attempt", () =>
    Effect.gen(function*() {
      const { layer, seen } = counting(100)
      const options = { maxConcurrentRequests: 1, attemptTimeout: 150, retry: false } as const
      const running = all([first, second, third]).pipe(Effect.provide(layer(options)))
      assert.isTrue((yield* Fiber.join(yield* after(running, 1000))).every(Either.isRight))
      assert.strictEqual(seen.ids.length, 3)
    }))

  it.effect("counts the time of the queue as a part of the whole request, which then was not sent", () =>
    Effect.gen(function*() {
      const { layer, seen } = counting(100)
      const options = { maxConcurrentRequests: 1, timeout: 150 } as const
      const running = all([first, second, third]).pipe(Effect.provide(layer(options)))
      const [one, two, three] = yield* Fiber.join(yield* after(running, 1000))
      assert.isTrue(one !== undefined && Either.isRight(one))
      const late = two !== undefined && Either.isLeft(two) ? two.left : assert.fail("in time")
      assert.deepInclude(late, { reason: "Timeout", outcome: "unknown" })
      const queued = three !== undefined && Either.isLeft(three) ? three.left : assert.fail("in time")
      assert.deepInclude(queued, { reason: "Timeout", outcome: "not-sent", retryable: true })
      assert.include(queued.message, "waited 150 ms for one of 1 concurrent requests")
      assert.include(queued.message, "maxConcurrentRequests")
      assert.deepStrictEqual(seen.ids, ["1", "2"])
    }))

  it.effect("frees the place of a request that is interrupted, and the turn of one that waits", () =>
    Effect.gen(function*() {
      const { layer, seen } = counting(1000)
      yield* Effect.gen(function*() {
        const one = yield* Effect.fork(ModelDeployment.get(first))
        yield* TestClock.adjust(10)
        const two = yield* Effect.fork(ModelDeployment.get(second))
        const three = yield* Effect.fork(ModelDeployment.get(third))
        yield* TestClock.adjust(10)
        yield* Fiber.interrupt(two)
        yield* Fiber.interrupt(one)
        yield* TestClock.adjust(10)
        assert.deepStrictEqual(seen.ids, ["1", "3"])
        yield* TestClock.adjust(2000)
        yield* Fiber.join(three)
        const four = yield* after(ModelDeployment.get(first), 2000)
        yield* Fiber.join(four)
      }).pipe(Effect.provide(layer({ maxConcurrentRequests: 1 })))
    }))

  it.effect("frees the place of a request whose client dies", () =>
    Effect.gen(function*() {
      const dying = Layer.succeed(HttpClient, clientOf(() => Effect.die("broken")))
      const both = Effect.all([Effect.exit(ModelDeployment.get(first)), Effect.exit(ModelDeployment.get(second))])
      const ends = yield* Effect.provide(both, Layer.merge(connection({ maxConcurrentRequests: 1 }), dying))
      assert.strictEqual(ends.length, 2)
    }))

  it.effect("1 lets a stream fetch pages ahead, while its reader sends requests of its own", () =>
    Effect.gen(function*() {
      const read = ModelDeployment.stream({ pageSize: 1, prefetch: 3 }).pipe(
        Stream.mapEffect(() => ModelDeployment.get(first)),
        Stream.runCollect
      )
      assert.strictEqual(Chunk.size(yield* timeLapse(read)), 2)
    }).pipe(
      Effect.provide(serving({
        "GET modelDeployments/": [pageOf(["a"], "?offset=1"), pageOf(["b"])],
        "GET modelDeployments/:id/": MockHttpClient.json(wire())
      }, { maxConcurrentRequests: 1 }))
    ))

  for (const multipart of [false, true]) {
    it.live(
      `1 lets a batch job upload and download at once${multipart ? ", in parts" : ""}`,
      () =>
        Effect.gen(function*() {
          const active = yield* Deployment.list({ status: "active" })
          const deployment = active.find(({ model }) => model?.targetType === "Binary")
          const csv = Stream.make(new TextEncoder().encode("tenure,plan\n3,basic\n40,pro\n"))
          const scored = BatchPrediction.score(deployment ?? first, csv, { multipart, wait: { interval: "20 millis" } })
          const text = yield* Stream.runFold(Stream.decodeText(scored), "", (all, part) => all + part)
          assert.strictEqual(text.trim().split("\n").length, 3)
        }).pipe(Effect.timeout("60 seconds"), Effect.provide(emulator)),
      90_000
    )
  }

  for (const bad of [0, -1, 1.5, NaN, Infinity, "2"]) {
    it.effect(`${bad} is refused`, () =>
      Effect.gen(function*() {
        const layer = DataRobot.layer({ token: "a-token-for-tests", maxConcurrentRequests: untyped(bad) })
        const error = yield* failsWith(Effect.scoped(Layer.build(layer)), DataRobotError.isValidationError)
        assert.deepStrictEqual(error.issues, [{
          path: "maxConcurrentRequests",
          message: "must be a whole number from 1"
        }])
      }))
  }
})
