/** The first attempt through a client with a fast path: from the socket to the value in one callback. */
import { HttpClient } from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as TestClock from "effect/TestClock"
import * as Tracer from "effect/Tracer"
import { type Incoming, withDirect } from "../../../src/internal/request/directClient.js"
import { read, readResult } from "../../../src/internal/request/read.js"
import { send } from "../../../src/internal/request/send.js"
import { connection, endOf, logged } from "../../support.js"
import { clientOf, get, getThing, op } from "./things.js"

const ids = { id: "t1" }
const thing = "{\"id\":\"t1\",\"label\":\"One\",\"unknown\":1}"

const response = (status: number, body = "", headers = {}): Incoming => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: { bytes: new TextEncoder().encode(body) }
})

/** A client whose fast path gives these responses at once, and then none. */
const direct = (...responses: ReadonlyArray<Incoming>) => {
  const told = { sent: 0, aborted: 0 }
  const client = withDirect(clientOf(() => Effect.die("not the fast path")), (_, __, done) => {
    const incoming = responses[told.sent++]
    if (incoming !== undefined) done(incoming)
    return () => {
      told.aborted++
    }
  })
  return { told, layer: Layer.merge(Layer.succeed(HttpClient, client), connection()) }
}

/** A tracer whose spans can be read after they have ended, and the spans that it was in when it ran code. */
const recording = () => {
  const spans: Array<Tracer.Span> = []
  const around: Array<string | undefined> = []
  const native = Effect.runSync(Effect.tracer)
  const tracer = Tracer.make({
    span: (...args) => {
      const span = native.span(...args)
      spans.push(span)
      return span
    },
    context: (run, fiber) => {
      const span = fiber.currentSpan
      around.push(span?._tag === "Span" ? span.name : undefined)
      return run()
    }
  })
  return { spans, around, layer: Layer.setTracer(tracer) }
}

const exitOf = (span: Tracer.Span | undefined) => span?.status._tag === "Ended" ? span.status.exit : undefined

describe("The first attempt on a fast path", () => {
  it.effect("returns the decoded value, and ends its span", () =>
    Effect.gen(function*() {
      const { layer, told } = direct(response(200, thing))
      const { layer: tracing, spans } = recording()
      yield* TestClock.setTime(7)
      const value = yield* read(op, getThing, ids).pipe(Effect.provide(Layer.merge(layer, tracing)))
      assert.deepStrictEqual(value, { id: "t1", label: "One" })
      assert.deepStrictEqual(told, { sent: 1, aborted: 0 })
      assert.deepStrictEqual(spans.map(({ kind, name }) => [name, kind]), [["Thing.get", "client"]])
      assert.deepStrictEqual(Object.fromEntries(spans[0]?.attributes ?? []), {
        "http.request.method": "GET",
        "server.address": "dr.example.com",
        "server.port": 443,
        "url.full": "https://dr.example.com/api/v2/things/t1/",
        "url.path": "/api/v2/things/t1/",
        "url.template": "/api/v2/things/{id}/",
        "http.response.status_code": 200
      })
      const exit = exitOf(spans[0])
      assert.isTrue(exit !== undefined && Exit.isSuccess(exit))
      assert.deepInclude(spans[0]?.status, { startTime: 7_000_000n, endTime: 7_000_000n })
    }))

  it.effect("is the first of the attempts if it fails: it is not made twice", () =>
    Effect.gen(function*() {
      const { layer, told } = direct(response(503), response(200, thing))
      const { layer: tracing, spans } = recording()
      const running = read(op, getThing, ids).pipe(Effect.provide(Layer.merge(layer, tracing)))
      const fiber = yield* Effect.fork(running)
      yield* TestClock.adjust("1 minutes")
      assert.deepStrictEqual(yield* Fiber.join(fiber), { id: "t1", label: "One" })
      assert.strictEqual(told.sent, 2)
      assert.strictEqual(spans.length, 1)
      assert.strictEqual(spans[0]?.attributes.get("http.request.resend_count"), 1)
      assert.isTrue(Exit.isSuccess(exitOf(spans[0]) ?? Exit.void))
      assert.strictEqual(spans[0]?.status._tag, "Ended")
    }))

  const bad = [
    ["a status that is a failure", response(404, thing), "DataRobotApiError NotFound"],
    ["a body that is not JSON", response(200, "<html>"), "DataRobotValidationError response"],
    ["an empty body", response(200), "DataRobotValidationError response"],
    ["a body that breaks the schema", response(200, "{\"id\":1}"), "DataRobotValidationError response"],
    ["a body that is too large", { status: 200, headers: {}, body: "too large" }, "DataRobotNetworkError BodyTooLarge"]
  ] as const
  for (const [what, incoming, end] of bad) {
    it.effect(`with ${what} fails as through any client, once, and ends its span with the error`, () =>
      Effect.gen(function*() {
        for (const call of [read(op, getThing, ids), readResult(op, { route: getThing, ids })]) {
          const { layer, told } = direct(incoming)
          const { layer: tracing, spans } = recording()
          const result = yield* Effect.either(call).pipe(Effect.provide(Layer.merge(layer, tracing)))
          assert.include(endOf(result), end)
          assert.strictEqual(told.sent, 1)
          if (spans.length === 0) continue
          const error = Either.isLeft(result) ? result.left : assert.fail("succeeded")
          const type = "status" in error ? String(error.status) : "phase" in error ? error._tag : error.reason
          assert.strictEqual(spans[0]?.attributes.get("error.type"), type)
          assert.isTrue(Exit.isFailure(exitOf(spans[0]) ?? Exit.void))
        }
      }))
  }

  it.effect("with a deprecation warns once per connection", () =>
    Effect.gen(function*() {
      const deprecated = response(200, thing, { deprecation: "true" })
      const { layer, told } = direct(deprecated, deprecated)
      const { layer: logging, lines } = logged()
      yield* Effect.repeatN(read(op, getThing, ids), 1).pipe(Effect.provide(Layer.merge(layer, logging)))
      assert.strictEqual(told.sent, 2)
      assert.deepStrictEqual(lines.map(({ level }) => level), ["WARN"])
    }))

  it.effect("is logged at debug level, as through any client", () =>
    Effect.gen(function*() {
      const { layer } = direct(response(200, thing))
      const { layer: logging, lines } = logged()
      yield* read(op, getThing, ids).pipe(
        Effect.provide(Layer.mergeAll(layer, logging, Logger.minimumLogLevel(LogLevel.Debug)))
      )
      assert.deepStrictEqual(lines, [{
        level: "DEBUG",
        message: "Thing.get: GET things/t1/, attempt 1, 200, 0 ms"
      }])
    }))

  it.effect("is aborted by an interruption, which ends its span", () =>
    Effect.gen(function*() {
      const { layer, told } = direct()
      const { layer: tracing, spans } = recording()
      const fiber = yield* Effect.fork(
        read(op, getThing, ids).pipe(Effect.provide(Layer.merge(layer, tracing)))
      )
      yield* TestClock.adjust(1)
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(told, { sent: 1, aborted: 1 })
      const exit = exitOf(spans[0])
      assert.isTrue(exit !== undefined && Exit.isInterrupted(exit))
      // The timer is gone.
      yield* TestClock.adjust("1 hours")
      assert.strictEqual(told.sent, 1)
    }))

  it.effect("is aborted at its time limit, also where interruption is not possible, and followed by others (R-4, R-9)", () =>
    Effect.gen(function*() {
      const { layer, told } = direct()
      const fiber = yield* Effect.fork(
        Effect.uninterruptible(Effect.either(read(op, getThing, ids))).pipe(Effect.provide(layer))
      )
      yield* TestClock.adjust(29_999)
      assert.deepStrictEqual(told, { sent: 1, aborted: 0 })
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(told, { sent: 1, aborted: 1 })
      yield* TestClock.adjust("5 minutes")
      assert.deepStrictEqual(told, { sent: 3, aborted: 3 })
      assert.include(endOf(yield* Fiber.join(fiber)), "DataRobotNetworkError Timeout")
    }))

  it.effect("sends nothing on a clock on which its time is over at once", () =>
    Effect.gen(function*() {
      const { layer, told } = direct()
      const clock = yield* Effect.clock
      const hasty: Clock.Clock = {
        ...clock,
        unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(),
        unsafeCurrentTimeMillis: () => clock.unsafeCurrentTimeMillis(),
        sleep: () => Effect.void
      }
      const result = yield* Effect.either(read(op, getThing, ids)).pipe(Effect.provide(layer), Effect.withClock(hasty))
      assert.include(endOf(result), "DataRobotNetworkError Timeout")
      assert.deepStrictEqual(told, { sent: 0, aborted: 0 })
    }))

  it.effect("is never later than the timeout of the request", () =>
    Effect.gen(function*() {
      const { layer, told } = direct()
      const fiber = yield* Effect.fork(
        Effect.either(send(op, { ...get, options: { timeout: 50 } })).pipe(Effect.provide(layer))
      )
      yield* TestClock.adjust(50)
      assert.include(endOf(yield* Fiber.join(fiber)), "DataRobotNetworkError Timeout")
      assert.deepStrictEqual(told, { sent: 1, aborted: 1 })
    }))

  it.effect("is sent in the context of its span, for the HTTP client's own telemetry", () =>
    Effect.gen(function*() {
      const { around, layer: tracing } = recording()
      const inside: Array<string | undefined> = []
      const client = withDirect(clientOf(() => Effect.die("not the fast path")), (_, __, done) => {
        inside.push(around.at(-1))
        done(response(200, thing))
        return () => {}
      })
      const layer = Layer.mergeAll(Layer.succeed(HttpClient, client), connection(), tracing)
      yield* Effect.withSpan(read(op, getThing, ids), "around").pipe(Effect.provide(layer))
      assert.deepStrictEqual(inside, ["Thing.get"])
    }))

  it.effect("ends the fiber with a defect if something throws in the callback", () =>
    Effect.gen(function*() {
      const { layer } = direct(response(200, thing))
      const { layer: tracing } = recording()
      const clock = yield* Effect.clock
      const broken: Clock.Clock = {
        ...clock,
        unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(),
        unsafeCurrentTimeMillis: () => {
          throw new Error("the clock is broken")
        }
      }
      const exit = yield* Effect.exit(readResult(op, { route: getThing, ids })).pipe(
        Effect.provide(Layer.merge(layer, tracing)),
        Effect.withClock(broken)
      )
      assert.isTrue(Exit.isFailure(exit) && Cause.isDie(exit.cause))
    }))
})
