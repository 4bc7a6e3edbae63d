/** The layers that users provide in their own tests. */
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Deployment, ModelDeployment, ModelDeploymentStatus } from "effect-datarobot"
import { Emulator } from "effect-datarobot/emulator"
import { Fixture, MockHttpClient, TestDataRobot } from "effect-datarobot/testing"
import * as Cause from "effect/Cause"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"
import { failsWith, id, requests, sent, serving, timeLapse, token, wire } from "./support.js"

const { deployment, empty, json, modelDeployment, networkFailure, text } = MockHttpClient
const one = "GET modelDeployments/:id/"

/** The message of the defect that an effect dies with. */
const defectOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.exit(effect), (exit) => {
    const defect = Exit.isFailure(exit) ? Option.getOrUndefined(Cause.dieOption(exit.cause)) : undefined
    return defect instanceof Error ? defect.message : `no defect, but ${exit}`
  })

describe("MockHttpClient", () => {
  it.effect("records requests without the token", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.update("d1", { label: "New" }, { headers: { "X-A": "1" } })
      const [patch, get] = yield* requests
      assert.strictEqual(patch?.method, "PATCH")
      assert.strictEqual(patch?.path, "/api/v2/modelDeployments/d1/")
      assert.deepStrictEqual(patch?.body, { label: "New" })
      assert.deepStrictEqual(patch?.params, { id: "d1" })
      assert.strictEqual(patch?.headers["x-a"], "1")
      assert.strictEqual(get?.body, undefined)
      assert.notInclude(JSON.stringify([patch, get]), token)
    }).pipe(Effect.provide(serving({ "PATCH modelDeployments/:id/": empty(), [one]: json(wire()) }))))

  it.effect("records queries", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.list({ query: "ä b" })
      assert.deepStrictEqual((yield* requests)[0]?.query, { query: "ä b", limit: "100" })
    }).pipe(Effect.provide(serving({ "GET modelDeployments/": json({ data: [] }) }))))

  it.effect("records a body that is not JSON as text", () =>
    Effect.gen(function*() {
      const http = yield* HttpClient.HttpClient
      yield* http.execute(
        HttpClientRequest.post("https://x/a/").pipe(HttpClientRequest.setBody(HttpBody.text("a,b", "text/csv")))
      )
      assert.strictEqual((yield* requests)[0]?.body, "a,b")
    }).pipe(Effect.provide(serving({ "POST a/": empty() }))))

  it.effect("dies with the list of routes if no route matches", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* defectOf(ModelDeployment.actionLog(id)),
        `MockHttpClient: no route matches GET /api/v2/modelDeployments/${id}/actionLog/; ` +
          "the routes are: \"GET modelDeployments/:id/\", \"POST modelDeployments/\""
      )
      assert.deepStrictEqual(yield* sent, [])
    }).pipe(Effect.provide(serving({ [one]: json(wire()), "POST modelDeployments/": empty() }))))

  it.effect("does not match another method or a longer or shorter path", () =>
    Effect.gen(function*() {
      assert.include(yield* defectOf(ModelDeployment.activate(id)), "no route matches")
      assert.include(yield* defectOf(ModelDeployment.get(id)), "no route matches")
      assert.include(yield* defectOf(ModelDeployment.list()), "no route matches")
    }).pipe(Effect.provide(serving({ "GET modelDeployments/:id/serviceStats/": json({}) }))))

  it.effect("dies with a note that there are no routes", () =>
    Effect.gen(function*() {
      assert.match(yield* defectOf(ModelDeployment.list()), /the routes are: none$/)
    }).pipe(Effect.provide(serving({}))))

  it.effect("uses a list of responses in order, and dies if it is exhausted", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* ModelDeployment.get(id)).label, "first")
      assert.strictEqual((yield* ModelDeployment.get(id)).label, "second")
      assert.strictEqual(
        yield* defectOf(ModelDeployment.get(id)),
        "MockHttpClient: \"GET modelDeployments/:id/\" received more requests than its 2 responses"
      )
    }).pipe(Effect.provide(serving({ [one]: [json(wire({ label: "first" })), json(wire({ label: "second" }))] }))))

  it.effect("starts its lists again for each layer that is built", () =>
    Effect.gen(function*() {
      const layer = serving({ [one]: [json(wire())] })
      yield* Effect.provide(ModelDeployment.get(id), layer)
      yield* Effect.provide(ModelDeployment.get(id), layer)
    }))

  it.effect("responds with a function of the request, or with an Effect", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* ModelDeployment.get("a")).id, "a")
      const fiber = yield* Effect.fork(ModelDeployment.archive("a"))
      yield* TestClock.adjust("4 seconds")
      assert.strictEqual(fiber.unsafePoll(), null)
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.join(fiber)
    }).pipe(Effect.provide(serving({
      [one]: ({ params }) => json(wire({ id: params["id"] })),
      "PATCH modelDeployments/:id/": () => Effect.delay(Effect.succeed(empty()), "5 seconds")
    }))))

  it.effect("fails with network failures", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.get(id, { retry: false }), DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "Connect")
      assert.strictEqual(error.cause?.code, "ECONNREFUSED")
    }).pipe(Effect.provide(serving({ [one]: networkFailure("ECONNREFUSED") }))))

  it.effect("responds with text and headers", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.get(id), DataRobotError.isApiError)
      assert.deepStrictEqual([error.status, error.body, error.requestId], [418, "short and stout", "r1"])
    }).pipe(
      Effect.provide(serving({ [one]: text("short and stout", { status: 418, headers: { "x-request-id": "r1" } }) }))
    ))

  for (const route of ["modelDeployments/", "get modelDeployments/", "GET", "GET a b", ""]) {
    it.effect(`rejects the route ${JSON.stringify(route)}`, () =>
      Effect.gen(function*() {
        assert.include(
          yield* defectOf(Effect.provide(ModelDeployment.list(), serving({ [route]: empty() }))),
          `${JSON.stringify(route)} is not a route`
        )
      }))
  }

  it.effect("completes the sample model deployment from a few fields, in wire format", () =>
    Effect.gen(function*() {
      const found = yield* ModelDeployment.get(id)
      assert.strictEqual(found.label, "Churn")
      assert.strictEqual(found.status, "archived")
      const encoded = yield* Schema.encode(ModelDeployment.ModelDeployment)(found)
      assert.deepStrictEqual(encoded, modelDeployment({ label: "Churn", status: "archived" }))
      assert.match(encoded.createdAt, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/)
    }).pipe(Effect.provide(serving({ [one]: json(modelDeployment({ label: "Churn", status: "archived" })) }))))

  it.effect("completes the sample deployment from a few fields, in wire format", () =>
    Effect.gen(function*() {
      const found = yield* Deployment.get(id)
      assert.deepInclude(found, { label: "Churn", status: "inactive" })
      const encoded = yield* Schema.encode(Deployment.Deployment)(found)
      assert.deepStrictEqual(encoded, deployment({ label: "Churn", status: "inactive" }))
      assert.match(encoded.createdAt ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    }).pipe(Effect.provide(serving({
      "GET deployments/:id/": json(deployment({ label: "Churn", status: "inactive" }))
    }))))
})

describe("TestDataRobot", () => {
  const input = { projectId: "5b00000000000000000000b9", modelId: "5b00000000000000000000a9", label: "New" }

  it.effect("remembers the changes a program makes", () =>
    Effect.gen(function*() {
      const created = yield* ModelDeployment.create(input)
      assert.strictEqual(created.deployed, false)
      assert.strictEqual(created.project.id, input.projectId)
      yield* ModelDeployment.update(created, { description: "for a while", status: ModelDeploymentStatus.ARCHIVED })
      const found = yield* ModelDeployment.get(created)
      assert.deepStrictEqual([found.label, found.description, found.status], ["New", "for a while", "archived"])
      assert.deepStrictEqual((yield* ModelDeployment.list()).map(({ label }) => label), ["Fraud", "New"])
      assert.deepStrictEqual((yield* ModelDeployment.list({ status: "active" })).map(({ label }) => label), ["Fraud"])
    }).pipe(Effect.provide(TestDataRobot.layer({ deployments: [{ label: "Fraud" }] }))))

  it.effect("deploys as the TestClock advances", () =>
    Effect.gen(function*() {
      const created = yield* ModelDeployment.create(input)
      yield* TestClock.adjust("1999 millis")
      assert.strictEqual((yield* ModelDeployment.get(created)).deployed, false)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual((yield* ModelDeployment.get(created)).deployed, true)
      const log = yield* ModelDeployment.actionLog(created)
      assert.deepStrictEqual(log.map(({ action, performedAt }) => [action, DateTime.toEpochMillis(performedAt)]), [
        ["created", 0],
        ["deployed", 2000]
      ])
    }).pipe(Effect.provide(TestDataRobot.layer())))

  it.effect("deploys without real time passing", () =>
    Effect.gen(function*() {
      const created = yield* ModelDeployment.create(input)
      const deployed = yield* timeLapse(ModelDeployment.awaitDeployed(created))
      assert.strictEqual(deployed.deployed, true)
    }).pipe(Effect.provide(TestDataRobot.layer({ deployDelay: "9 minutes" }))))

  it.effect("lets a wait reach its deadline and be resumed", () =>
    Effect.gen(function*() {
      const created = yield* ModelDeployment.create(input)
      const error = yield* failsWith(
        timeLapse(ModelDeployment.awaitDeployed(created, { timeout: "1 minute" }), "1 minutes"),
        DataRobotError.isJobError
      )
      const deployed = yield* timeLapse(ModelDeployment.awaitDeployed(error.handle))
      assert.strictEqual(deployed.id, created.id)
    }).pipe(Effect.provide(TestDataRobot.layer({ deployDelay: "5 minutes" }))))

  it.effect("returns none for an unknown deployment", () =>
    Effect.gen(function*() {
      assert.isTrue(Option.isNone(yield* ModelDeployment.getOption(id)))
    }).pipe(Effect.provide(TestDataRobot.layer())))

  it.effect("pages through a listing", () =>
    Effect.gen(function*() {
      const first = yield* ModelDeployment.page({ limit: 2, orderBy: "label" })
      const second = yield* ModelDeployment.page(first.next)
      assert.deepStrictEqual([...first.data, ...second.data].map(({ label }) => label), ["a", "b", "c"])
      assert.strictEqual(second.next, undefined)
      assert.deepStrictEqual(second.previous, { limit: 2, offset: 0, orderBy: "label" })
    }).pipe(
      Effect.provide(TestDataRobot.layer({ deployments: ["c", "a", "b"].map((label) => ({ id: label, label })) }))
    ))

  it.effect("lets a test record traffic, read statistics and inspect requests", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.parse("2018-06-02T00:00:00Z"))
      const emulator = yield* Emulator
      yield* emulator.recordTraffic({
        deploymentId: "d1",
        start: "2018-06-01T12:00:00Z",
        end: "2018-06-02T00:00:00Z",
        requests: 10,
        serverErrors: 5
      })
      const statistics = yield* ModelDeployment.getServiceStatistics("d1")
      assert.strictEqual(statistics.totalRequests, 10)
      assert.strictEqual(statistics.serverErrorRate.current, 0.5)
      const [last] = (yield* emulator.requests).slice(-1)
      assert.deepInclude(last, { method: "GET", status: 200 })
    }).pipe(Effect.provide(TestDataRobot.layer({ deployments: [{ id: "d1", label: "Fraud" }] }))))

  it.effect("accepts a token and an origin", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.list()
      assert.strictEqual((yield* Emulator).endpoint, "http://dr.test/api/v2")
    }).pipe(Effect.provide(TestDataRobot.layer({ token: "another-token", origin: "http://dr.test" }))))

  it.effect("shares no state with another layer", () =>
    Effect.gen(function*() {
      const labels = Effect.map(ModelDeployment.list(), (all) => all.length)
      yield* Effect.provide(ModelDeployment.create(input), TestDataRobot.layer())
      assert.strictEqual(yield* Effect.provide(labels, TestDataRobot.layer()), 0)
    }))
})

describe("Fixture", () => {
  it("completes values of each schema from some fields or none", () => {
    assert.isTrue(
      Schema.is(ModelDeployment.ModelDeployment)(Fixture.modelDeployment({ label: "A", recentRequestCount: 5 }))
    )
    const statistics = Fixture.serviceStatistics({ totalRequests: 5, load: { peak: 2, median: 1 } })
    assert.isTrue(Schema.is(ModelDeployment.ServiceStatistics)(statistics))
    assert.deepStrictEqual([statistics.totalRequests, statistics.load.peak, statistics.consumers], [5, 2, 0])
    const { end, start } = Fixture.serviceStatistics().period
    assert.deepStrictEqual([start, end].map(DateTime.formatIso), [
      "2017-12-31T00:00:00.000Z",
      "2018-01-01T00:00:00.000Z"
    ])
    const today = Fixture.deployment({ label: "A", importance: "HIGH" })
    assert.isTrue(Schema.is(Deployment.Deployment)(today))
    assert.deepInclude(today, { label: "A", importance: "HIGH", status: "active" })
    const entry = Fixture.actionLogEntry({ action: "deployed" })
    assert.isTrue(Schema.is(ModelDeployment.ActionLogEntry)(entry))
    assert.strictEqual(entry.action, "deployed")
  })

  it("treats a field that is undefined as not given", () => {
    // Not every compiler setting forbids `undefined` here.
    const nothing: object = { label: undefined, model: undefined, period: undefined, action: undefined, id: undefined }
    assert.deepStrictEqual(Fixture.modelDeployment(nothing), Fixture.modelDeployment())
    assert.deepStrictEqual(Fixture.deployment(nothing), Fixture.deployment())
    assert.deepStrictEqual(Fixture.serviceStatistics(nothing), Fixture.serviceStatistics())
    assert.deepStrictEqual(Fixture.actionLogEntry(nothing), Fixture.actionLogEntry())
  })

  it.effect("can be used in mock responses", () =>
    Effect.gen(function*() {
      const { createdAt, label } = yield* ModelDeployment.get("a")
      assert.deepStrictEqual([label, createdAt], ["A", Fixture.modelDeployment().createdAt])
    }).pipe(Effect.provide(serving({ [one]: json(Fixture.modelDeployment({ label: "A" })) }))))
})
