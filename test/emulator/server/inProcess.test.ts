import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Stream from "effect/Stream"
import { make } from "../../../src/emulator/Emulator.js"
import * as Emulator from "../../../src/emulator/index.js"
import * as App from "../../../src/emulator/server/app.js"
import { inProcess } from "../../../src/emulator/server/inProcess.js"
import { ask, at, newDeployment } from "../support.js"

describe("The emulator's in-process HTTP client", () => {
  const send = (body: HttpBody.HttpBody) =>
    Effect.gen(function*() {
      const { endpoint, token } = yield* Emulator.Emulator
      const http = yield* HttpClient.HttpClient
      const headers = { authorization: `Bearer ${token}` }
      return yield* http.post(`${endpoint}/modelDeployments/`, { body, headers })
    })
  const json = JSON.stringify(newDeployment)
  const bytes = new TextEncoder().encode(json)

  it.effect("sends every kind of body", () =>
    Effect.gen(function*() {
      const pieces = Stream.make(bytes.slice(0, 9), bytes.slice(9))
      const readable = [
        HttpBody.text(json, "application/json"),
        HttpBody.uint8Array(bytes, "application/json"),
        HttpBody.raw(json, { contentType: "application/json" }),
        HttpBody.stream(pieces, "application/json")
      ]
      for (const body of readable) {
        assert.strictEqual((yield* send(body)).status, 201, body._tag)
      }
      assert.strictEqual((yield* send(HttpBody.formData(new FormData()))).status, 400)
      assert.strictEqual((yield* send(HttpBody.empty)).status, 400)
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("fails with a RequestError if its body fails", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(send(HttpBody.stream(Stream.fail("broken"), "application/json")))
      assert.deepStrictEqual([error._tag, error.reason], ["RequestError", "Encode"])
      const [entry] = yield* (yield* Emulator.Emulator).requests
      assert.deepInclude(entry, { path: "/api/v2/modelDeployments/", status: null })
      assert.deepStrictEqual((yield* (yield* Emulator.Emulator).snapshot).deployments, [])
    }).pipe(Effect.provide(Emulator.layer())))
})

describe("An in-process response that never ends", () => {
  it.live("ends when the client gives up", () =>
    Effect.gen(function*() {
      const { addFault, endpoint, token } = yield* Emulator.Emulator
      yield* addFault({ fault: "stall", at: "body" })
      const http = yield* HttpClient.HttpClient
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length
      const before = timers()
      const answer = http.get(`${endpoint}/ping/`, { headers: { authorization: `Bearer ${token}` } }).pipe(
        Effect.flatMap((response) => response.text),
        Effect.scoped,
        Effect.timeout("20 millis"),
        Effect.either
      )
      const outcomes = yield* Effect.replicateEffect(answer, 10)
      assert.isTrue(outcomes.every(({ _tag }) => _tag === "Left"))
      yield* Effect.sleep("20 millis")
      assert.isAtMost(timers(), before + 2)
    }).pipe(Effect.provide(Emulator.layer())))
})

describe("A fixture of the emulator", () => {
  it.effect("is rejected immediately if it is invalid", () =>
    Effect.gen(function*() {
      const { seed } = yield* Emulator.Emulator
      // Boundary: JavaScript can pass values that the compiler rejects.
      const exit = yield* Effect.exit(seed([{ label: "fine" }, { label: 5 as never }]))
      assert.isTrue(Exit.isFailure(exit) && Cause.pretty(exit.cause).includes("label"))
      assert.strictEqual(at((yield* ask("GET modelDeployments/")).json, "count"), 0)
    }).pipe(Effect.provide(Emulator.layer())))

  it("is completed to a whole deployment", () => {
    const { label, predictionEndpoint, serviceHealth } = Emulator.modelDeployment({
      label: "X",
      serviceHealth: "failing"
    })
    assert.deepStrictEqual([label, serviceHealth, predictionEndpoint], ["X", "failing", "localhost"])
    assert.strictEqual(Emulator.modelDeployment({ instance: null }).predictionEndpoint, "localhost")
  })
})

describe("A defect of the emulator", () => {
  it.effect("returns a 500 in DataRobot's format and is logged", () =>
    Effect.gen(function*() {
      const { world } = yield* make({}, "http://localhost")
      const state = { ...world.state, list: () => Effect.die("broken") }
      const http = inProcess(App.make({ ...world, state, token: "t" }))
      const logged: Array<string> = []
      const response = yield* http.get("http://localhost/api/v2/modelDeployments/", {
        headers: { authorization: "Bearer t" }
      }).pipe(
        Effect.provide(
          Logger.replace(Logger.defaultLogger, Logger.make(({ cause }) => logged.push(Cause.pretty(cause))))
        )
      )
      assert.strictEqual(response.status, 500)
      assert.deepStrictEqual(yield* response.json, { message: "Internal Server Error" })
      assert.isTrue(logged.join().includes("broken"))
    }))
})
