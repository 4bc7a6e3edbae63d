/**
 * How to test code of your own that uses the SDK: on a whole DataRobot in memory, or against answers that you plan.
 * Nothing is patched, no port is opened, and time is the test's. It runs with the tests of this package.
 */
import { assert, describe, it } from "@effect/vitest"
import { Array, Effect, Fiber, Layer, TestClock } from "effect"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import { MockHttpClient, TestDataRobot } from "effect-datarobot/testing"

/** The code under test: archives every deployment whose label begins with "tmp". */
const cleanUp = Effect.gen(function*() {
  const found = yield* ModelDeployment.list({ query: "tmp", status: "active" })
  const temporary = Array.filter(found, (deployment) => deployment.label?.startsWith("tmp") === true)
  return yield* Effect.forEach(temporary, (deployment) => ModelDeployment.archive(deployment), { concurrency: 2 })
})

describe("cleanUp", () => {
  it.effect("archives what is temporary and nothing else", () =>
    Effect.gen(function*() {
      const archived = yield* cleanUp
      assert.deepStrictEqual(archived.map(({ label }) => label), ["tmp one", "tmp two"])
      const left = yield* ModelDeployment.list({ status: "active" })
      assert.deepStrictEqual(left.map(({ label }) => label), ["not tmp", "Churn scorer"])
    }).pipe(Effect.provide(TestDataRobot.layer({
      deployments: ["tmp one", "not tmp", "tmp two", "Churn scorer"].map((label, i) => ({
        id: `5b000000000000000000000${i + 1}`,
        label
      }))
    }))))

  it.effect("stops at the first change that is refused", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(cleanUp)
      assert.isTrue(DataRobotError.isApiError(error))
      const { requests } = yield* MockHttpClient.MockHttpClient
      assert.deepStrictEqual(
        (yield* requests).map(({ body, method, path }) => ({ body, method, path })),
        [
          { body: undefined, method: "GET", path: "/api/v2/modelDeployments/" },
          { body: { status: "archived" }, method: "PATCH", path: "/api/v2/modelDeployments/1/" }
        ]
      )
    }).pipe(Effect.provide(Layer.merge(
      DataRobot.layer({ token: "a-token-for-tests" }),
      MockHttpClient.layer({
        "GET modelDeployments/": MockHttpClient.json({
          next: null,
          previous: null,
          data: [MockHttpClient.modelDeployment({ id: "1", label: "tmp one" })]
        }),
        "PATCH modelDeployments/:id/": MockHttpClient.json({ message: "Already archived" }, { status: 409 })
      })
    ))))
})

describe("a deployment", () => {
  it.effect("is deployed after a while, which costs the test no time", () =>
    Effect.gen(function*() {
      const created = yield* ModelDeployment.create({ projectId: "p", modelId: "m", label: "Churn scorer" })
      assert.isFalse(created.deployed)
      const waiting = yield* Effect.fork(ModelDeployment.awaitDeployed(created))
      yield* TestClock.adjust("5 minutes")
      const deployed = yield* Fiber.join(waiting)
      assert.isTrue(deployed.deployed)
    }).pipe(Effect.provide(TestDataRobot.layer({ deployDelay: "4 minutes" }))))
})
