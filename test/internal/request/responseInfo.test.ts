/** `DataRobot.withResponse`: the last response of an effect. */
import { HttpClient } from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, Deployment, ModelDeployment } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import * as Stream from "effect/Stream"
import { type Incoming, withDirect } from "../../../src/internal/request/directClient.js"
import {
  recordingInto,
  recordResponse,
  responseInfoOf,
  type ResponseRecorder
} from "../../../src/internal/request/responseInfo.js"
import { makeRedactor } from "../../../src/wire/redaction.js"
import { connection, failsWith, id, pageOf, perform, serving, token, wire } from "../../support.js"
import { clientOf } from "./things.js"

const get = DataRobot.withResponse(ModelDeployment.get(id))

/** A client with a fast path that responds at once. */
const direct = (incoming: Incoming) =>
  Layer.merge(
    Layer.succeed(
      HttpClient,
      withDirect(clientOf(() => Effect.die("not the fast path")), (_, __, done) => {
        done(incoming)
        return () => {}
      })
    ),
    connection()
  )

const headers = { "content-type": "application/json", "x-request-id": "r-1", "X-Trace": "t" }

describe("DataRobot.withResponse", () => {
  it.effect("returns the result with the status, the headers in lower case and the request id", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(get, { headers })
      const { data, response } = yield* outcome
      assert.strictEqual(data.id, id)
      assert.strictEqual(response.status, 200)
      assert.deepInclude(response.headers, { "x-request-id": "r-1", "x-trace": "t" })
      assert.strictEqual(response.requestId, "r-1")
    }))

  it.effect("returns the response of the fast path of a client", () =>
    Effect.gen(function*() {
      const bytes = new TextEncoder().encode(JSON.stringify(wire()))
      const { response } = yield* Effect.provide(get, direct({ status: 203, headers, body: { bytes } }))
      assert.deepStrictEqual(response, {
        status: 203,
        headers: { "content-type": "application/json", "x-request-id": "r-1", "x-trace": "t" },
        requestId: "r-1"
      })
    }))

  it.effect("has no key requestId if the server sent no id", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(get, 200)
      assert.notProperty((yield* outcome).response, "requestId")
    }))

  it.effect("returns the response of the last attempt", () =>
    Effect.gen(function*() {
      const { attempts, outcome } = yield* perform(get, { status: 503, headers: { "x-request-id": "r-0" } }, {
        headers
      })
      assert.strictEqual(attempts.length, 2)
      assert.strictEqual((yield* outcome).response.requestId, "r-1")
    }))

  it.effect("returns the response of the last of several requests", () =>
    Effect.gen(function*() {
      const archived = { status: 200, headers: { "x-request-id": "r-2" } }
      const { lines, outcome } = yield* perform(
        DataRobot.withResponse(ModelDeployment.update(id, { label: "New" })),
        { status: 204, headers: { "x-request-id": "r-1" } },
        archived
      )
      assert.strictEqual(lines.length, 2)
      assert.strictEqual((yield* outcome).response.requestId, "r-2")
    }))

  it.effect("returns the 404 of a delete that an earlier attempt has made", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(DataRobot.withResponse(Deployment.delete(id)), "ECONNRESET", 404)
      assert.strictEqual((yield* outcome).response.status, 404)
    }))

  it.effect("hears the responses of fibers that the effect has forked", () =>
    Effect.gen(function*() {
      const forked = Effect.flatMap(Effect.fork(ModelDeployment.get(id)), Fiber.join)
      const { outcome } = yield* perform(DataRobot.withResponse(forked), { headers })
      assert.strictEqual((yield* outcome).response.requestId, "r-1")
    }))

  it.effect("hears the responses of a stream", () =>
    Effect.gen(function*() {
      const all = Stream.runCollect(ModelDeployment.stream({ prefetch: 2 }))
      const { response } = yield* Effect.provide(
        DataRobot.withResponse(all),
        serving({ "GET modelDeployments/": pageOf(["a"]) })
      )
      assert.strictEqual(response.status, 200)
    }))

  it.effect("keeps the responses of two effects apart, and tells an outer effect those of an inner one", () =>
    Effect.gen(function*() {
      const first = yield* perform(
        DataRobot.withResponse(Effect.all([get, get])),
        { headers: { "x-request-id": "r-1" } },
        { headers: { "x-request-id": "r-2" } }
      )
      const { data: [one, two], response } = yield* first.outcome
      assert.deepStrictEqual([one.response.requestId, two.response.requestId, response.requestId], [
        "r-1",
        "r-2",
        "r-2"
      ])
    }))

  it.effect("redacts the token in the values of headers (S-4)", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(get, { headers: { "x-echo": `Bearer ${token}`, "x-request-id": token } })
      const { response } = yield* outcome
      assert.notInclude(JSON.stringify(response), token)
      assert.strictEqual(response.headers["x-echo"], "Bearer <redacted>")
      assert.strictEqual(response.requestId, "<redacted>")
    }))

  it.effect("fails if the effect made no request", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(DataRobot.withResponse(Effect.succeed(1)), DataRobotError.isValidationError)
      assert.strictEqual(
        error.message,
        "DataRobot.withResponse: there is no response, because the effect made no request."
      )
    }))

  it.effect("passes on the error of the effect", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(get, DataRobotError.isApiError)
      assert.strictEqual(error.status, 404)
    }).pipe(Effect.provide(serving({ "GET modelDeployments/:id/": MockHttpClient.json({}, { status: 404 }) }))))
})

describe("recordingInto", () => {
  it.effect("gives the fiber of runFork a recorder", () =>
    Effect.gen(function*() {
      const recorder: ResponseRecorder = {}
      assert.isUndefined(responseInfoOf(recorder))
      const runtime = yield* Effect.runtime<never>()
      const record = Effect.withFiberRuntime<void>((fiber) =>
        Effect.sync(() => recordResponse(fiber, { status: 200, headers: {} }, makeRedactor(token)))
      )
      yield* Fiber.join(Runtime.runFork(runtime)(record, recordingInto(recorder)))
      assert.deepStrictEqual(responseInfoOf(recorder), { status: 200, headers: {} })
    }))
})
