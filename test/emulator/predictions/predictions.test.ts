import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { ask, at, eachWay, newDeployment } from "../support.js"

const csv = { "content-type": "text/csv; charset=UTF-8" }

eachWay((running) => {
  const predict = "POST /predApi/v1.0/deployments/a/predictions"
  const deployments = [{ id: "a" }]
  const stats = Effect.map(ask("GET modelDeployments/a/serviceStats/"), ({ json }) => json)

  it.effect("predicts the same for the same row, in JSON and CSV and in any column order", () =>
    Effect.gen(function*() {
      const json = yield* ask(predict, { json: [{ age: 31, city: "Bonn" }, { age: 32, city: "Bonn" }] })
      const table = yield* ask(predict, { text: "city,age\nBonn,31\r\n\"Bonn\",32\n", headers: csv })
      assert.strictEqual(json.status, 200)
      assert.strictEqual(table.text, json.text)
      assert.notDeepEqual(at(json.json, "data", 0, "predictionValues"), at(json.json, "data", 1, "predictionValues"))
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("predicts classes for a binary target and a value for others", () =>
    Effect.gen(function*() {
      const { json } = yield* ask(predict, { json: [{ x: 1 }] })
      const positive = Number(at(json, "data", 0, "predictionValues", 0, "value"))
      assert.isTrue(positive >= 0 && positive < 1)
      assert.approximately(positive + Number(at(json, "data", 0, "predictionValues", 1, "value")), 1, 1e-9)
      assert.strictEqual(at(json, "data", 0, "prediction"), positive >= 0.5 ? 1 : 0)
      assert.strictEqual(at(json, "data", 0, "predictionThreshold"), 0.5)
      const price = yield* ask("POST /predApi/v1.0/deployments/b/predictions", { json: [{ x: 1 }, { x: 2 }] })
      const value = at(price.json, "data", 1, "prediction")
      assert.deepStrictEqual(at(price.json, "data", 1), {
        rowId: 1,
        prediction: value,
        predictionValues: [{ label: "price", value }],
        deploymentApprovalStatus: "APPROVED"
      })
    }).pipe(
      Effect.provide(
        running({
          deployments: [{ id: "a" }, { id: "b", project: { id: "p", target: "price", targetType: "Regression" } }]
        })
      )
    ))

  it.effect("counts predictions in the statistics at once: requests, rows, consumer and user errors", () =>
    Effect.gen(function*() {
      yield* ask(predict, { json: [{ x: 1 }, { x: 2 }, { x: 3 }] })
      yield* ask(predict, { json: [{ x: 1 }] })
      yield* ask(predict, { json: [] })
      const json = yield* stats
      assert.strictEqual(at(json, "totalRequests"), 3)
      assert.strictEqual(at(json, "totalPredictionRows"), 4)
      assert.strictEqual(at(json, "consumers"), 1)
      assert.deepStrictEqual(at(json, "userErrorRate"), { current: 1 / 3, previous: 0 })
      assert.deepStrictEqual(at(json, "load"), { peak: 3, median: 3 })
      assert.strictEqual(at(json, "medianExecutionTime"), 0.0205)
      const deployment = (yield* ask("GET modelDeployments/a/")).json
      assert.strictEqual(at(deployment, "recentRequestCount"), 3)
      assert.strictEqual(at(deployment, "serviceHealth"), "failing")
      assert.deepStrictEqual(at(deployment, "requestRates"), [0, 0, 0, 0, 0, 0, 0, 3])
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("rejects predictions without rows with a 400 and counts a user error", () =>
    Effect.gen(function*() {
      const bad = [
        yield* ask(predict, { text: "{" }),
        yield* ask(predict, { json: {} }),
        yield* ask(predict, { json: [1] }),
        yield* ask(predict, { text: "a,b\n1", headers: csv }),
        yield* ask(predict, { text: "a,b\n", headers: csv }),
        yield* ask(predict, { text: "a,a\n1,2\n", headers: csv }),
        yield* ask(predict, { text: "a,b\n\"1,2", headers: csv }),
        yield* ask(predict, { text: "", headers: csv }),
        yield* ask(predict, { text: "[{}]", headers: { "content-type": "application/xml" } })
      ]
      assert.deepStrictEqual(bad.map(({ status }) => status), bad.map(() => 400))
      assert.strictEqual(at(yield* stats, "totalRequests"), bad.length)
      assert.deepStrictEqual(at(yield* stats, "userErrorRate", "current"), 1)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("returns 409 for predictions unless the deployment is deployed and active", () =>
    Effect.gen(function*() {
      const { json } = yield* ask("POST modelDeployments/", { json: newDeployment })
      const id = String(at(json, "id"))
      const path = `POST /predApi/v1.0/deployments/${id}/predictions` as const
      const early = yield* ask(path, { json: [{}] })
      assert.deepStrictEqual([early.status, early.json], [409, { message: "The deployment is not deployed yet" }])
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual((yield* ask(path, { json: [{}] })).status, 200)
      yield* ask(`PATCH modelDeployments/${id}/`, { json: { status: "archived" } })
      const late = yield* ask(path, { json: [{}] })
      assert.deepStrictEqual([late.status, late.json], [409, { message: "The deployment is archived" }])
      const total = at((yield* ask(`GET modelDeployments/${id}/serviceStats/`)).json, "totalRequests")
      assert.strictEqual(total, 1)
    }).pipe(Effect.provide(running())))
})
