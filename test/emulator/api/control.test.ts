import * as HttpApi from "@effect/platform/HttpApi"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { Api } from "../../../src/emulator/api/Api.js"
import * as Emulator from "../../../src/emulator/index.js"
import * as Journal from "../../../src/emulator/server/journal.js"
import { ask, at, eachWay, newDeployment } from "../support.js"

eachWay((running) => {
  const anonymous = { authorization: "" }
  const traffic = { deploymentId: "a", start: "2018-05-01", end: "2018-05-02", requests: 10 }
  const total = Effect.map(
    ask("GET modelDeployments/a/serviceStats/?start=2018-05-01&end=2018-05-02"),
    ({ json }) => at(json, "totalRequests")
  )

  it.effect("reports its health without a token", () =>
    Effect.gen(function*() {
      const { json, status } = yield* ask("GET /__emulator/health", { headers: anonymous })
      assert.deepStrictEqual([status, json], [200, { status: "ok" }])
    }).pipe(Effect.provide(running())))

  it.effect("records requests and response statuses without the token", () =>
    Effect.gen(function*() {
      yield* ask("GET /__emulator/health")
      yield* ask("GET modelDeployments/?limit=1")
      yield* ask("POST modelDeployments/", { text: "{" })
      yield* ask("GET nothing/")
      yield* ask("GET version/", { headers: anonymous })
      const expected = [
        { time: "1970-01-01T00:00:00.000Z", method: "GET", path: "/api/v2/modelDeployments/?limit=1", status: 200 },
        { time: "1970-01-01T00:00:00.000Z", method: "POST", path: "/api/v2/modelDeployments/", status: 400 },
        { time: "1970-01-01T00:00:00.000Z", method: "GET", path: "/api/v2/nothing/", status: 501 },
        { time: "1970-01-01T00:00:00.000Z", method: "GET", path: "/api/v2/version/", status: 401 }
      ]
      const answer = yield* ask("GET /__emulator/requests")
      assert.deepStrictEqual(answer.json, expected)
      assert.notInclude(answer.text, "secret")
      assert.deepStrictEqual(yield* (yield* Emulator.Emulator).requests, expected)
    }).pipe(Effect.provide(running({ token: "secret" }))))

  it.effect("records traffic", () =>
    Effect.gen(function*() {
      const answer = yield* ask("POST /__emulator/traffic", { json: traffic, headers: anonymous })
      assert.strictEqual(answer.status, 204)
      assert.strictEqual(yield* total, 10)
      yield* (yield* Emulator.Emulator).recordTraffic(traffic)
      assert.strictEqual(yield* total, 20)
    }).pipe(Effect.provide(running({ deployments: [{ id: "a" }] }))))

  it.effect("rejects invalid traffic", () =>
    Effect.gen(function*() {
      const errors = (changes: object) =>
        Effect.map(
          ask("POST /__emulator/traffic", { json: { ...traffic, ...changes } }),
          ({ json, status }) => [status, at(json, "errors")]
        )
      assert.deepStrictEqual(yield* errors({ end: "2018-05-01" }), [422, { end: "must be later than start" }])
      assert.deepStrictEqual(yield* errors({ userErrors: 6, serverErrors: 5 }), [
        422,
        { requests: "must not be less than userErrors and serverErrors together" }
      ])
      assert.deepStrictEqual(yield* errors({ requests: 1_000_001, start: "x" }), [
        422,
        { requests: "must be a whole number from 0 to 1000000", start: "must be an ISO 8601 date" }
      ])
      assert.strictEqual(
        (yield* ask("POST /__emulator/traffic", { json: { ...traffic, deploymentId: "b" } })).status,
        404
      )
      assert.strictEqual((yield* ask("POST /__emulator/traffic", { text: "" })).status, 400)
      const { recordTraffic } = yield* Emulator.Emulator
      const died = yield* Effect.exit(recordTraffic({ ...traffic, requests: -1 }))
      assert.isTrue(Exit.isFailure(died) && died.cause._tag === "Die")
      assert.strictEqual(yield* total, 0)
    }).pipe(Effect.provide(running({ deployments: [{ id: "a" }] }))))

  it.effect("resets its data, ids and recorded requests", () =>
    Effect.gen(function*() {
      const begin = (yield* ask("GET modelDeployments/")).text
      const create = Effect.map(ask("POST modelDeployments/", { json: newDeployment }), ({ json }) => at(json, "id"))
      const first = yield* create
      yield* ask("POST /__emulator/traffic", { json: traffic })
      yield* ask("PATCH modelDeployments/a/", { json: { label: "changed" } })
      const answer = yield* ask("POST /__emulator/reset")
      assert.strictEqual(answer.status, 204)
      assert.deepStrictEqual((yield* ask("GET /__emulator/requests")).json, [])
      assert.strictEqual((yield* ask("GET modelDeployments/")).text, begin)
      assert.strictEqual(yield* total, 0)
      assert.strictEqual(yield* create, first)
      yield* (yield* Emulator.Emulator).reset
      assert.strictEqual((yield* ask("GET modelDeployments/")).text, begin)
    }).pipe(Effect.provide(running({ deployments: [{ id: "a" }, {}] }))))

  it.effect("derives ids from its seed", () =>
    Effect.gen(function*() {
      const create = Effect.map(ask("POST modelDeployments/", { json: newDeployment }), ({ json }) => at(json, "id"))
      const ids = (seed?: string) => Effect.provide(Effect.all([create, create]), running({ seed }))
      assert.deepStrictEqual(yield* ids("one"), yield* ids("one"))
      assert.notDeepEqual(yield* ids("one"), yield* ids("two"))
      assert.deepStrictEqual(yield* ids(), yield* ids())
    }))

  it.effect("rejects control requests from web pages", () =>
    Effect.gen(function*() {
      const refused = { message: "Web pages may not control the emulator" }
      for (const origin of ["http://example.com", "http://localhost", "null"]) {
        for (const [method, path] of controlRoutes) {
          const answer = yield* ask(`${method} ${path}`, {
            headers: { origin },
            ...(method === "POST" || method === "PUT" ? { text: "{" } : {})
          })
          assert.deepStrictEqual([answer.status, answer.json], [403, refused], `${method} ${path}`)
        }
      }
      const reading = yield* ask("GET //__emulator//requests/", { headers: { origin: "x" } })
      assert.strictEqual(reading.status, 403)
    }).pipe(Effect.provide(running())))
})

/** All routes below `/__emulator/`. */
const controlRoutes = (() => {
  const found: Array<readonly ["GET" | "POST" | "PUT" | "DELETE", string]> = []
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint: { method, path } }) => {
      // Boundary: the control routes have only these methods.
      if (path.startsWith("/__emulator/")) found.push([method as "GET", path])
    }
  })
  return found
})()

it("the emulator has at least 13 control routes", () => {
  assert.isAtLeast(controlRoutes.length, 13)
})

describe("The emulator's request journal", () => {
  const begin = (journal: ReturnType<typeof Journal.make>, number: number) => journal.begin(0, "GET", `/${number}`)

  it.effect("keeps the last 1 000 requests", () =>
    Effect.gen(function*() {
      const journal = Journal.make("token")
      for (let index = 0; index < 1005; index++) begin(journal, index)(200)
      const entries = yield* journal.entries
      assert.deepStrictEqual([entries.length, entries[0]?.path, entries[999]?.path], [1000, "/5", "/1004"])
    }))

  it.effect("keeps the requests in the order of arrival, whenever they are completed", () =>
    Effect.gen(function*() {
      const journal = Journal.make("token")
      const first = begin(journal, 1)
      begin(journal, 2)(200)
      begin(journal, 3)
      first(404)
      const entries = yield* journal.entries
      assert.deepStrictEqual(entries.map(({ path, status }) => [path, status]), [["/1", 404], ["/2", 200], [
        "/3",
        null
      ]])
    }))

  it.effect("ignores a late response of a request that it has dropped", () =>
    Effect.gen(function*() {
      const journal = Journal.make("token")
      const late = begin(journal, 0)
      for (let index = 1; index <= 1000; index++) begin(journal, index)
      late(500)
      const beforeClearing = begin(journal, 1001)
      yield* journal.clear
      begin(journal, 1002)
      beforeClearing(500)
      assert.deepStrictEqual((yield* journal.entries).map(({ path, status }) => [path, status]), [["/1002", null]])
    }))

  it.effect("redacts the token, also in URL encoding", () =>
    Effect.gen(function*() {
      const journal = Journal.make("se/cret")
      journal.begin(0, "GET", "/api/v2/ping/?token=se/cret&again=se%2Fcret")(200)
      assert.strictEqual((yield* journal.entries)[0]?.path, "/api/v2/ping/?token=<redacted>&again=<redacted>")
    }))
})
