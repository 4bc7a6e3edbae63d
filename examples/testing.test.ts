/**
 * How to test your own code: on an emulator in memory, or with planned responses. Nothing is patched, no port is
 * opened, and the test controls the time. This file runs with the tests of this package.
 */
import { assert, describe, it } from "@effect/vitest"
import { Array, DateTime, Effect, Fiber, Layer, Option, TestClock } from "effect"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import { Emulator } from "effect-datarobot/emulator"
import { Fixture, MockHttpClient, TestDataRobot } from "effect-datarobot/testing"

/** The code under test: archives every deployment whose label begins with "tmp". */
const cleanUp = Effect.gen(function*() {
  const found = yield* ModelDeployment.list({ query: "tmp", status: "active" })
  const temporary = Array.filter(found, (deployment) => deployment.label?.startsWith("tmp") === true)
  return yield* Effect.forEach(temporary, (deployment) => ModelDeployment.archive(deployment), { concurrency: 2 })
})

describe("cleanUp", () => {
  it.effect("archives only the deployments whose label begins with tmp", () =>
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

  it.effect("stops when the server refuses to archive a deployment", () =>
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
  it.effect("becomes deployed after its delay, without real waiting", () =>
    Effect.gen(function*() {
      const created = yield* ModelDeployment.create({ projectId: "p", modelId: "m", label: "Churn scorer" })
      assert.isFalse(created.deployed)
      const waiting = yield* Effect.fork(ModelDeployment.awaitDeployed(created))
      yield* TestClock.adjust("5 minutes")
      const deployed = yield* Fiber.join(waiting)
      assert.isTrue(deployed.deployed)
    }).pipe(Effect.provide(TestDataRobot.layer({ deployDelay: "4 minutes" }))))
})

/** The code under test: creates a deployment and waits for it. If the response is lost, it looks before it repeats. */
const deployOnce = (label: string) =>
  Effect.gen(function*() {
    const existing = ModelDeployment.list({ query: label }).pipe(
      Effect.map(Array.findFirst((deployment) => deployment.label === label)),
      Effect.flatMap(Option.match({ onNone: () => create, onSome: Effect.succeed }))
    )
    const create = ModelDeployment.create({ projectId: "p", modelId: "m", label })
    const created = yield* create.pipe(
      Effect.catchIf((error) => DataRobotError.isNetworkError(error) && error.outcome === "unknown", () => existing)
    )
    return yield* ModelDeployment.awaitDeployed(created)
  })

describe("deployOnce", () => {
  it.effect("creates one deployment even if the response to the create is lost", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      // The next create is stored, and the connection breaks before the response.
      yield* emulator.addFault({ fault: "commitThenDrop", operation: "modelDeployments.create", times: 1 })
      const waiting = yield* Effect.fork(deployOnce("Churn scorer"))
      // The deployment takes four minutes of the test's clock, and no real time.
      yield* TestClock.adjust("5 minutes")
      const deployed = yield* Fiber.join(waiting)
      assert.isTrue(deployed.deployed)
      assert.strictEqual((yield* ModelDeployment.list()).length, 1)
      // Check that the fault was hit.
      const [report] = yield* emulator.faults
      assert.strictEqual(report?.fired, 1)
    }).pipe(Effect.provide(TestDataRobot.layer({ deployDelay: "4 minutes" }))))

  it.effect("succeeds after two 503 responses with Retry-After", () =>
    Effect.gen(function*() {
      const waiting = yield* Effect.fork(deployOnce("Churn scorer"))
      yield* TestClock.adjust("5 minutes")
      assert.isTrue((yield* Fiber.join(waiting)).deployed)
    }).pipe(Effect.provide(TestDataRobot.layer({
      faults: [{ fault: "status", status: 503, headers: { "retry-after": "2" }, times: 2 }]
    }))))
})

/** The code under test: the labels of all active deployments whose service health is not passing. */
const inTrouble = Effect.map(
  ModelDeployment.list({ status: "active" }),
  Array.filterMap(({ label, serviceHealth }) => serviceHealth === "passing" ? Option.none() : Option.some(label))
)

describe("inTrouble", () => {
  it.effect("lists a deployment while its errors are less than a day old", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const now = yield* emulator.now
      yield* emulator.recordTraffic({
        deploymentId: "fraud",
        start: DateTime.formatIso(DateTime.subtract(now, { hours: 1 })),
        end: DateTime.formatIso(now),
        requests: 100,
        serverErrors: 10
      })
      assert.deepStrictEqual(yield* inTrouble, ["Fraud detector"])
      yield* emulator.advance("1 day")
      assert.deepStrictEqual(yield* inTrouble, [])
    }).pipe(Effect.provide(TestDataRobot.layer({
      deployments: [{ id: "fraud", label: "Fraud detector" }, { id: "churn", label: "Churn scorer" }]
    }))))
})

/** The code under test sends no requests. */
const describeLoad = ({ load, totalRequests }: ModelDeployment.ServiceStatistics) =>
  totalRequests === 0 ? "idle" : `${load.peak} requests per minute at the peak`

describe("describeLoad", () => {
  it("distinguishes an idle deployment from a busy one", () => {
    assert.strictEqual(describeLoad(Fixture.serviceStatistics()), "idle")
    const busy = Fixture.serviceStatistics({ totalRequests: 500, load: { peak: 40, median: 7 } })
    assert.strictEqual(describeLoad(busy), "40 requests per minute at the peak")
  })
})
