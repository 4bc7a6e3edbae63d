/** A request that is ready to send: its limits, its destination, and what is wrong with its arguments. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import type { Call, Operation } from "../../../src/internal/request/operation.js"
import { operation } from "../../../src/internal/request/operation.js"
import { prepare, type PreparedRequest } from "../../../src/internal/request/preparedRequest.js"
import { predict } from "../../../src/wire/routes/predictions.js"
import { connection, endpoint, script, token } from "../../support.js"
import { change, defectOf, get, op } from "./things.js"

const { layer } = script(200)

const prepared = (call: Call, by: Operation = op) =>
  Effect.withFiberRuntime<PreparedRequest | DataRobotError.DataRobotValidationError>((fiber) =>
    Effect.succeed(prepare(fiber, by, call))
  ).pipe(Effect.provide(layer))

const ready = (call: Call, by?: Operation) =>
  Effect.map(prepared(call, by), (result) => {
    if (result instanceof Error) throw result
    return result
  })

const key = "k3y-0f_THE.server/7"
const server = {
  base: new URL("https://pred.dr.example.com/predApi/v1.0/"),
  prefix: "predApi/v1.0/",
  key: Redacted.make(key)
}
const prediction: Call = { route: predict, ids: { id: "d1" }, server }

describe("The limits of a request that is ready to send", () => {
  it.effect("are those of the call, then of the connection, then of the route, then 30 and 120 seconds", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_000_000)
      const limitsOf = (call: Call, by?: Operation) =>
        Effect.map(
          Effect.all([ready(call, by), ready({ ...call, options: { timeout: 1 } }, by)]),
          ([{ attemptTimeout, deadline }, shortest]) => [attemptTimeout, deadline - shortest.deadline + 1]
        )
      const plain = Effect.provide(connection())
      assert.deepStrictEqual(yield* plain(limitsOf(get)), [30_000, 120_000])
      assert.deepStrictEqual(yield* plain(limitsOf(prediction)), [600_000, 600_000])
      const set = Effect.provide(connection({ attemptTimeout: "5 seconds", timeout: "7 seconds" }))
      assert.deepStrictEqual(yield* set(limitsOf(prediction)), [5_000, 7_000])
      assert.deepStrictEqual(
        yield* set(limitsOf(prediction, operation("x", { attemptTimeout: "1 second", timeout: "2 seconds" }))),
        [1_000, 2_000]
      )
    }))

  it.effect("replace those of the HTTP layer if the route has a size limit of its own (R-12)", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* ready(prediction)).outgoing.layerLimits, {
        headersTimeout: 0,
        bodyTimeout: 0,
        maxBodySize: 256 * 1024 * 1024
      })
      assert.isUndefined((yield* ready(get)).outgoing.layerLimits)
    }).pipe(Effect.provide(connection())))

  it.effect("say how often the request may be sent, by its route and the option idempotent", () =>
    Effect.gen(function*() {
      const repeatable = (call: Call, idempotent?: boolean) =>
        Effect.map(
          ready(call, operation("x", idempotent === undefined ? {} : { idempotent })),
          ({ trait }) => trait.idempotent
        )
      assert.deepStrictEqual(yield* Effect.all([repeatable(get), repeatable(get, false)]), [true, true])
      assert.deepStrictEqual(yield* Effect.all([repeatable(change), repeatable(change, true)]), [false, true])
      assert.deepStrictEqual(yield* Effect.all([repeatable(prediction), repeatable(prediction, false)]), [
        "if-busy",
        false
      ])
    }).pipe(Effect.provide(connection())))
})

describe("The destination of a request that is ready to send", () => {
  it.effect("is the endpoint, or the prediction server with its key", () =>
    Effect.gen(function*() {
      const own = yield* ready(get)
      assert.strictEqual(own.outgoing.origin + own.outgoing.path, `${endpoint}/things/t1/`)
      assert.strictEqual(own.request.path, "things/t1/")
      assert.notProperty(own.outgoing.headers, "datarobot-key")
      const there = yield* ready(prediction)
      assert.strictEqual(
        there.outgoing.origin + there.outgoing.path,
        "https://pred.dr.example.com/predApi/v1.0/deployments/d1/predictions"
      )
      assert.deepInclude(there.outgoing.headers, { "datarobot-key": key, authorization: `Bearer ${token}` })
      assert.strictEqual(there.request.path, "predApi/v1.0/deployments/d1/predictions")
      assert.deepStrictEqual(there.shown, {
        server: { address: "pred.dr.example.com", port: 443 },
        origin: "https://pred.dr.example.com",
        path: "/predApi/v1.0/deployments/d1/predictions",
        template: "/predApi/v1.0/deployments/{id}/predictions"
      })
      assert.strictEqual(there.trait.server, "pred.dr.example.com")
    }).pipe(Effect.provide(connection())))

  it.effect("is never a server that may not receive the token, even if a caller of this module asks for it (S-11)", () =>
    Effect.gen(function*() {
      for (const url of ["https://evil.test/predApi/v1.0/", "http://pred.dr.example.com/predApi/v1.0/"]) {
        const defect = yield* defectOf(prepared({ ...prediction, server: { ...server, base: new URL(url) } }))
        assert.include(String(defect), "a URL outside of the endpoint was built")
      }
    }).pipe(Effect.provide(connection())))

  it.effect("has a key that is redacted as the token is (S-10)", () =>
    Effect.gen(function*() {
      const { connection: { redactor } } = yield* ready(prediction)
      assert.notInclude(redactor.text(`a ${key} b`), key)
      assert.notInclude(redactor.text(`a ${token} b`), token)
    }).pipe(Effect.provide(connection())))
})

describe("Invalid arguments of a request", () => {
  it.effect("are reported together, in the order of path, call, query, body and options", () =>
    Effect.gen(function*() {
      const issue = (path: string) => ({ value: {}, issues: [{ path, message: "is odd" }] })
      const error = yield* prepared(
        {
          ...get,
          ids: { id: ".." },
          issues: [{ path: "call", message: "is odd" }],
          query: issue("query"),
          body: issue("body")
        },
        operation("Thing.get", { timeout: 0 })
      )
      assert.isTrue(DataRobotError.isValidationError(error))
      assert.deepInclude(error, { operation: "Thing.get", phase: "request", attempts: 0, path: "things/{id}/" })
      assert.deepStrictEqual(
        DataRobotError.isValidationError(error) && error.issues.map(({ path }) => path),
        ["id", "call", "query", "body", "timeout"]
      )
    }).pipe(Effect.provide(connection())))
})
