import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at, datarobotKey, eachWay } from "../support.js"

const rows = [{ x: 1 }]
const dedicated = "POST /predApi/v1.0/deployments/a/predictions"
const result = ({ json, status }: { readonly json: unknown; readonly status: number }) => [status, at(json, "message")]

eachWay((running) => {
  const deployments: ReadonlyArray<Emulator.DeploymentFixture> = [
    { id: "a" },
    { id: "open", instance: { id: "i", hostName: "localhost", datarobotKey: null } },
    { id: "outside", type: "external" }
  ]
  const requests = (id: string) =>
    Effect.map(ask(`GET modelDeployments/${id}/serviceStats/`), ({ json }) => at(json, "totalRequests"))

  it.effect("rejects a request to a prediction server without its key, or with a wrong one, and does not count it", () =>
    Effect.gen(function*() {
      const wrong = yield* ask(dedicated, { json: rows, headers: { "datarobot-key": "wrong" } })
      assert.deepStrictEqual(result(wrong), [401, "The datarobot-key header is invalid"])
      const missing = yield* ask(dedicated, { json: rows, headers: { "datarobot-key": "" } })
      assert.deepStrictEqual(result(missing), [401, "The datarobot-key header is missing"])
      assert.strictEqual(yield* requests("a"), 0)
      const right = yield* ask(dedicated, { json: rows, headers: { "datarobot-key": datarobotKey } })
      assert.strictEqual(right.status, 200)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("needs no key if the prediction server has none, and ignores one", () =>
    Effect.gen(function*() {
      for (const key of ["", "anything"]) {
        const path = "POST /predApi/v1.0/deployments/open/predictions"
        assert.strictEqual((yield* ask(path, { json: rows, headers: { "datarobot-key": key } })).status, 200)
      }
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("accepts the token as Bearer, Token and the password of Basic, the last one for predictions only", () =>
    Effect.gen(function*() {
      const { token } = yield* Emulator.Emulator
      const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`
      const predict = (authorization: string) => ask(dedicated, { json: rows, headers: { authorization } })
      for (
        const header of [`Bearer ${token}`, `Token ${token}`, basic(`user@example.com:${token}`), basic(`:${token}`)]
      ) {
        assert.strictEqual((yield* predict(header)).status, 200, header)
      }
      for (const header of ["Bearer x", basic(`${token}:x`), basic(token.slice(1)), "Basic ???"]) {
        assert.deepStrictEqual(result(yield* predict(header)), [401, "Invalid API token"], header)
      }
      const none = yield* predict("")
      assert.deepStrictEqual(result(none), [401, "Invalid Authorization header. No credentials provided."])
      const elsewhere = yield* ask("GET ping/", { headers: { authorization: basic(`user:${token}`) } })
      assert.deepStrictEqual(result(elsewhere), [401, "Invalid API token"])
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("has predictions of each deployment in one place only, and the error of the other names it", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* Emulator.Emulator
      const { origin } = new URL(endpoint)
      const serverless = "POST deployments/a/predictions"
      assert.deepStrictEqual(result(yield* ask(serverless, { json: rows })), [
        404,
        `The deployment has a prediction server: send its requests to ${origin}/predApi/v1.0/deployments/a/`
      ])
      for (const path of ["/predApi/v1.0/deployments/outside/predictions", "deployments/outside/predictions"]) {
        assert.deepStrictEqual(result(yield* ask(`POST ${path}`, { json: rows })), [
          404,
          "The deployment runs outside of DataRobot, which cannot make its predictions"
        ])
      }
      const unknown = yield* ask("POST deployments/unknown/predictions", { json: rows })
      assert.deepStrictEqual(result(unknown), [404, "Not Found"])
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("predicts with a serverless deployment below /api/v2/ without a key, and counts it", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* Emulator.Emulator
      const environment = yield* ask("POST predictionEnvironments/", {
        json: { name: "Serverless", platform: "datarobotServerless" }
      })
      const predictionEnvironmentId = String(at(environment.json, "id"))
      const created = yield* ask("POST deployments/fromModelPackage/", {
        json: { modelPackageId: "p", label: "L", predictionEnvironmentId }
      })
      const id = String(at(created.json, "id"))
      yield* ask("POST /__emulator/clock/advance", { json: { duration: "1 minute" } })
      for (const path of [`deployments/${id}/predictions`, `deployments/${id}/predictions/`]) {
        const { json, status } = yield* ask(`POST ${path}`, { json: rows })
        assert.deepStrictEqual([status, at(json, "data", "length")], [200, 1])
      }
      assert.strictEqual(yield* requests(id), 2)
      assert.deepStrictEqual(
        result(yield* ask(`POST /predApi/v1.0/deployments/${id}/predictions`, { json: rows })),
        [
          404,
          `The deployment is serverless: send its requests to ${new URL(endpoint).origin}/api/v2/deployments/${id}/`
        ]
      )
    }).pipe(Effect.provide(running())))
})
