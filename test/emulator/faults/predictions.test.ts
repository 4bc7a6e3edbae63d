/** Faults hit predictions too, and also bodies that are sent in pieces. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at, eachWay } from "../support.js"

const rows = Array.from({ length: 2500 }, (_, x) => ({ x }))
const messages = [{ role: "user", content: "Hello" }]

eachWay((running) => {
  const deployments: ReadonlyArray<Emulator.DeploymentFixture> = [
    { id: "a" },
    { id: "text", project: { id: "p", targetType: "TextGeneration" } }
  ]
  const fault = (fault: Emulator.Fault) => Effect.flatMap(Emulator.Emulator, ({ addFault }) => addFault(fault))
  const total = (id: string) =>
    Effect.map(ask(`GET modelDeployments/${id}/serviceStats/`), ({ json }) => at(json, "totalRequests"))

  const csv = ask("POST /predApi/v1.0/deployments/a/predictions", { json: rows, headers: { accept: "text/csv" } })
  const events = ask("POST deployments/text/chat/completions", { json: { messages, stream: true } })
  const table = [
    ["rows as CSV", csv, "predictions.predict", "a"],
    ["chat events", events, "predictions.chat", "text"]
  ] as const

  describe.each(table)("a fault of %s", (_, request, operation, id) => {
    it.effect("breaks the connection before the response, and only commitThenDrop counts the request", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "reset", operation, times: 1 })
        assert.strictEqual((yield* Effect.flip(request))._tag, "RequestError")
        assert.strictEqual(yield* total(id), 0)
        yield* fault({ fault: "commitThenDrop", operation, times: 1 })
        assert.strictEqual((yield* Effect.flip(request))._tag, "RequestError")
        assert.strictEqual(yield* total(id), 1)
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("breaks the connection in the middle of the body, and counts the request", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "truncate", operation, times: 1 })
        assert.strictEqual((yield* Effect.flip(request))._tag, "ResponseError")
        assert.strictEqual(yield* total(id), 1)
        assert.strictEqual((yield* request).status, 200)
      }).pipe(Effect.provide(running({ deployments }))))

    it.live("sends half of the body as all of it, the body in pieces, and half of it and then nothing", () =>
      Effect.gen(function*() {
        const whole = (yield* request).text.replace(/"id":"[^"]*"|"datarobot_association_id":"[^"]*"/g, "")
        yield* fault({ fault: "badJson", operation, times: 1 })
        const half = (yield* request).text
        assert.isTrue(half.length > whole.length / 4 && half.length < whole.length, "half of it")
        yield* fault({ fault: "trickle", interval: 0, bytes: 4096, operation, times: 1 })
        const pieces = (yield* request).text.replace(/"id":"[^"]*"|"datarobot_association_id":"[^"]*"/g, "")
        assert.strictEqual(pieces.replace(/"created":\d+/g, ""), whole.replace(/"created":\d+/g, ""))
        yield* fault({ fault: "stall", at: "body", operation, times: 1 })
        assert.isTrue((yield* Effect.timeoutOption(request, "300 millis"))._tag === "None")
      }).pipe(Effect.provide(running({ deployments }))))
  })

  it.effect("nextLoop and location leave predictions unchanged", () =>
    Effect.gen(function*() {
      const { text } = yield* csv
      yield* fault({ fault: "nextLoop", operation: "predictions.predict", times: 1 })
      assert.strictEqual((yield* csv).text, text)
      yield* fault({ fault: "location", location: "/x", operation: "predictions.predict", times: 1 })
      assert.strictEqual((yield* csv).text, text)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("an operation is one of the routes of a prediction: on a prediction server, or serverless", () =>
    Effect.gen(function*() {
      yield* fault({ fault: "status", status: 570, operation: "predictions.predictServerless" })
      assert.strictEqual((yield* csv).status, 200)
      assert.strictEqual((yield* ask("POST deployments/a/predictions", { json: rows })).status, 570)
    }).pipe(Effect.provide(running({ deployments }))))
})
