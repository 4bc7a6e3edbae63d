/** The telemetry of an operation: its span, a debug line per attempt, and warnings. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import { operation } from "../../../src/internal/request/operation.js"
import { read } from "../../../src/internal/request/read.js"
import { send } from "../../../src/internal/request/send.js"
import { run as inSpan } from "../../../src/internal/request/tracing.js"
import { connection, logged, script, type Step, timeLapse, traced } from "../../support.js"
import { changeThing, get, getThing, op, run } from "./things.js"

describe("the log", () => {
  it.effect("each attempt writes a debug line that says how it ended", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      const debugged = (...steps: ReadonlyArray<Step>) =>
        run(get, steps).pipe(
          Effect.provide(layer),
          Logger.withMinimumLogLevel(LogLevel.Debug)
        )
      yield* debugged(503, "ECONNRESET", 200)
      yield* debugged({ body: "<html>" })
      assert.deepStrictEqual(
        lines.filter(({ level }) => level === "DEBUG").map(({ message }) => message.replace(/\d+ ms$/, "n ms")),
        [
          "Thing.get: GET things/t1/, attempt 1, 503, n ms",
          "Thing.get: GET things/t1/, attempt 2, Transport, n ms",
          "Thing.get: GET things/t1/, attempt 3, 200, n ms",
          "Thing.get: GET things/t1/, attempt 1, not understood, n ms"
        ]
      )
    }))

  it.effect("nothing is logged if the log level is above debug", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      yield* run(get, [503, 200]).pipe(Effect.provide(layer), Logger.withMinimumLogLevel(LogLevel.Info))
      assert.deepStrictEqual(lines, [])
    }))

  it.effect("a deprecated route is logged as a warning once per connection and operation", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      const { layer: http } = script({ headers: { deprecation: "true" } })
      yield* Effect.all([send(op, get), send(op, get), send(operation("Thing.other"), get)]).pipe(
        Effect.provide(Layer.mergeAll(http, connection(), layer))
      )
      const message = (name: string) => `${name}: DataRobot says that this route is deprecated`
      assert.deepStrictEqual(lines, [
        { level: "WARN", message: message("Thing.get") },
        { level: "WARN", message: message("Thing.other") }
      ])
    }))
})

describe("the span of an operation", () => {
  const expected = {
    "http.request.method": "GET",
    "server.address": "dr.example.com",
    "server.port": 443,
    "url.full": "https://dr.example.com/api/v2/things/t1/",
    "url.path": "/api/v2/things/t1/",
    "url.template": "/api/v2/things/{id}/"
  }
  const ok = { body: "{\"id\":\"t1\",\"label\":\"x\"}" }

  for (
    const [name, steps, attributes] of [
      ["a success", [ok], { ...expected, "http.response.status_code": 200 }],
      ["a success of the second attempt", [503, ok], {
        ...expected,
        "http.request.resend_count": 1,
        "http.response.status_code": 200
      }],
      ["an error of the server", [404], {
        ...expected,
        "http.response.status_code": 404,
        "error.type": "404"
      }],
      ["an error of the network", ["ECONNRESET"], {
        ...expected,
        "http.request.resend_count": 2,
        "error.type": "Transport"
      }],
      ["a response that cannot be decoded", [{ body: "{}" }], {
        ...expected,
        "http.response.status_code": 200,
        "error.type": "DataRobotValidationError"
      }]
    ] as const
  ) {
    it.effect(`after ${name}, it has the attributes of the request and no other`, () =>
      Effect.gen(function*() {
        const { layer, spans } = traced()
        const { layer: http } = script(...steps)
        yield* timeLapse(Effect.either(read(op, getThing, { id: "t1" }))).pipe(
          Effect.provide(Layer.mergeAll(http, connection(), layer))
        )
        const span = spans.find(({ name }) => name === "Thing.get") ?? assert.fail("no span")
        assert.strictEqual(span.kind, "client")
        assert.deepStrictEqual(Object.fromEntries(span.attributes), attributes)
      }))
  }

  it.effect("of two requests, it shows the first one, or a later one that fails", () =>
    Effect.gen(function*() {
      const two = (steps: ReadonlyArray<Step>) =>
        Effect.gen(function*() {
          const { layer, spans } = traced()
          const both = operation("Both")
          const second = { route: { ...changeThing, path: "others/:id/" }, ids: { id: "o1" } }
          const { layer: http } = script(...steps)
          yield* Effect.either(inSpan(both, Effect.zipRight(send(both, get), send(both, second)))).pipe(
            Effect.provide(Layer.mergeAll(http, connection(), layer))
          )
          const span = spans.find(({ name }) => name === "Both") ?? assert.fail("no span")
          return [span.attributes.get("http.request.method"), span.attributes.get("url.path")]
        })
      assert.deepStrictEqual(yield* two([200, 200]), ["GET", "/api/v2/things/t1/"])
      assert.deepStrictEqual(yield* two([200, 404]), ["PATCH", "/api/v2/others/o1/"])
    }))
})
