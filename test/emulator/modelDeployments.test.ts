import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"
import * as Emulator from "../../src/emulator/index.js"
import { ModelDeployment } from "../../src/wire/modelDeployment.js"
import { ask, at, eachWay, newDeployment } from "./support.js"

const byLabel = (json: unknown) => {
  const data = at(json, "data")
  return Array.isArray(data) ? data.map((item: unknown) => at(item, "label")) : []
}

eachWay((running) => {
  describe("creating a model deployment", () => {
    it.effect("returns 201 with the object and its absolute Location", () =>
      Effect.gen(function*() {
        const { endpoint } = yield* Emulator.Emulator
        const created = yield* ask("POST modelDeployments/", { json: newDeployment })
        const id = String(at(created.json, "id"))
        assert.strictEqual(created.status, 201)
        assert.match(id, /^[0-9a-f]{24}$/)
        assert.strictEqual(created.headers["location"], `${endpoint}/modelDeployments/${id}/`)
        const got = yield* ask(`GET modelDeployments/${id}/`)
        assert.strictEqual(got.status, 200)
        assert.strictEqual(got.text, created.text)
      }).pipe(Effect.provide(running())))

    it.effect("stores the input, with an active status and an instance by default", () =>
      Effect.gen(function*() {
        const { json } = yield* ask("POST modelDeployments/", { json: { ...newDeployment, description: "d" } })
        assert.strictEqual(at(json, "project", "id"), newDeployment.projectId)
        assert.strictEqual(at(json, "model", "id"), newDeployment.modelId)
        assert.strictEqual(at(json, "label"), "New")
        assert.strictEqual(at(json, "description"), "d")
        assert.strictEqual(at(json, "status"), "active")
        assert.isString(at(json, "instance", "id"))
        const other = yield* ask("POST modelDeployments/", {
          json: { ...newDeployment, instanceId: "5b00000000000000000000d9", status: "inactive" }
        })
        assert.strictEqual(at(other.json, "instance", "id"), "5b00000000000000000000d9")
        assert.strictEqual(at(other.json, "status"), "inactive")
        assert.notStrictEqual(at(other.json, "id"), at(json, "id"))
      }).pipe(Effect.provide(running())))

    it.effect("formats timestamps like the service", () =>
      Effect.gen(function*() {
        yield* TestClock.setTime(Date.UTC(2018, 3, 23, 5, 9, 41, 405))
        const { json } = yield* ask("POST modelDeployments/", { json: newDeployment })
        assert.strictEqual(at(json, "createdAt"), "2018-04-23 05:09:41.405000")
        assert.strictEqual(at(json, "updatedAt"), "2018-04-23 05:09:41.405000")
      }).pipe(Effect.provide(running())))

    it.effect("reports every invalid field", () =>
      Effect.gen(function*() {
        const answer = yield* ask("POST modelDeployments/", { json: { label: " ", modelId: 1, status: "on" } })
        assert.strictEqual(answer.status, 422)
        assert.deepStrictEqual(answer.json, {
          message: "Invalid field data",
          errors: {
            projectId: "is missing",
            modelId: "must be string",
            label: "must be a string that is not blank",
            status: "must be \"active\" or \"inactive\" or \"archived\""
          }
        })
        assert.deepStrictEqual(at((yield* ask("GET modelDeployments/")).json, "data"), [])
      }).pipe(Effect.provide(running())))
  })

  describe("a model deployment", () => {
    it.effect("is deployed after the delay by the Effect clock, with an entry in the action log", () =>
      Effect.gen(function*() {
        const { json } = yield* ask("POST modelDeployments/", { json: newDeployment })
        const path = `modelDeployments/${at(json, "id")}/` as const
        const performedBy = at(json, "user")
        yield* TestClock.adjust("2999 millis")
        assert.isFalse(at((yield* ask(`GET ${path}`)).json, "deployed"))
        assert.deepStrictEqual(at((yield* ask(`GET ${path}actionLog/`)).json, "data"), [
          { action: "created", performedAt: "1970-01-01 00:00:00.000000", performedBy }
        ])
        yield* TestClock.adjust("1 millis")
        assert.isTrue(at((yield* ask(`GET ${path}`)).json, "deployed"))
        yield* TestClock.adjust("1 hour")
        assert.deepStrictEqual(at((yield* ask(`GET ${path}actionLog/`)).json, "data"), [
          { action: "created", performedAt: "1970-01-01 00:00:00.000000", performedBy },
          { action: "deployed", performedAt: "1970-01-01 00:00:03.000000", performedBy }
        ])
      }).pipe(Effect.provide(running({ deployDelay: "3 seconds" }))))

    it.effect("is never deployed with an infinite delay", () =>
      Effect.gen(function*() {
        const { json } = yield* ask("POST modelDeployments/", { json: newDeployment })
        yield* TestClock.adjust("1000 days")
        assert.isFalse(at((yield* ask(`GET modelDeployments/${at(json, "id")}/`)).json, "deployed"))
      }).pipe(Effect.provide(running({ deployDelay: Infinity }))))

    it.effect("is changed by a PATCH, which returns 204 without a body", () =>
      Effect.gen(function*() {
        const { json } = yield* ask("POST modelDeployments/", { json: newDeployment })
        const path = `modelDeployments/${at(json, "id")}/` as const
        yield* TestClock.adjust("1 minute")
        const patched = yield* ask(`PATCH ${path}`, { json: { description: "x", status: "archived" } })
        assert.strictEqual(patched.status, 204)
        assert.strictEqual(patched.text, "")
        const got = yield* ask(`GET ${path}`)
        assert.strictEqual(at(got.json, "description"), "x")
        assert.strictEqual(at(got.json, "status"), "archived")
        assert.strictEqual(at(got.json, "label"), "New")
        assert.strictEqual(at(got.json, "updatedAt"), "1970-01-01 00:01:00.000000")
        assert.strictEqual(at(got.json, "createdAt"), "1970-01-01 00:00:00.000000")
        yield* ask(`PATCH ${path}`, { json: { description: "", label: "Other" } })
        const again = yield* ask(`GET ${path}`)
        assert.strictEqual(at(again.json, "description"), "")
        assert.strictEqual(at(again.json, "label"), "Other")
        assert.strictEqual(at(again.json, "status"), "archived")
      }).pipe(Effect.provide(running())))

    it.effect("is not changed by an invalid PATCH", () =>
      Effect.gen(function*() {
        const [deployment] = yield* (yield* Emulator.Emulator).seed([{ label: "Kept" }])
        const path = `modelDeployments/${deployment?.id}/` as const
        const before = yield* ask(`GET ${path}`)
        const blank = yield* ask(`PATCH ${path}`, { json: { description: "x", label: "" } })
        assert.deepStrictEqual(blank.json, {
          message: "Invalid field data",
          errors: { label: "must be a string that is not blank" }
        })
        const nothing = yield* ask(`PATCH ${path}`, { json: {} })
        assert.strictEqual(nothing.status, 422)
        assert.deepStrictEqual(nothing.json, {
          message: "The data must hold at least one of label, description and status"
        })
        assert.strictEqual((yield* ask(`GET ${path}`)).text, before.text)
      }).pipe(Effect.provide(running())))
  })

  describe("the listing of model deployments", () => {
    const fleet = [
      { label: "fun2", description: "a churn model", status: "archived" },
      { label: "Gradient", type: "sse" },
      { label: null, instance: null },
      { label: "CHURN", status: "inactive", type: "external" },
      { label: "\u{1F600}" },
      { label: "\uFF5E" }
    ]

    it.effect("contains all deployments in the order of creation, including archived ones", () =>
      Effect.gen(function*() {
        const { json } = yield* ask("GET modelDeployments/")
        assert.deepStrictEqual(byLabel(json), fleet.map(({ label }) => label))
        assert.deepStrictEqual([at(json, "count"), at(json, "next"), at(json, "previous")], [6, null, null])
      }).pipe(Effect.provide(running({ deployments: fleet }))))

    it.effect("can be filtered by a text in label and description, in any letter case, and by status", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(byLabel((yield* ask("GET modelDeployments/?query=Churn")).json), ["fun2", "CHURN"])
        assert.deepStrictEqual(byLabel((yield* ask("GET modelDeployments/?status=inactive")).json), ["CHURN"])
        assert.deepStrictEqual(byLabel((yield* ask("GET modelDeployments/?query=churn&status=archived")).json), [
          "fun2"
        ])
        assert.deepStrictEqual(byLabel((yield* ask("GET modelDeployments/?query=none")).json), [])
      }).pipe(Effect.provide(running({ deployments: fleet }))))

    it.effect("is ordered by code points, with null first, or last in descending order", () =>
      Effect.gen(function*() {
        const ascending = [null, "CHURN", "Gradient", "fun2", "\uFF5E", "\u{1F600}"]
        assert.deepStrictEqual(byLabel((yield* ask("GET modelDeployments/?orderBy=label")).json), ascending)
        const descending = byLabel((yield* ask("GET modelDeployments/?orderBy=-label")).json)
        assert.deepStrictEqual(descending, [...ascending].reverse())
        const byStatus = byLabel((yield* ask("GET modelDeployments/?orderBy=-status&limit=2")).json)
        assert.deepStrictEqual(byStatus, ["CHURN", "fun2"])
        const byType = byLabel((yield* ask("GET modelDeployments/?orderBy=-type&limit=2")).json)
        assert.deepStrictEqual(byType, ["Gradient", "CHURN"])
        const byTarget = byLabel((yield* ask("GET modelDeployments/?orderBy=exportTarget&limit=1")).json)
        assert.deepStrictEqual(byTarget, [null])
      }).pipe(Effect.provide(running({ deployments: fleet }))))

    it.effect("can be read along next and previous, which keep the query", () =>
      Effect.gen(function*() {
        const walk = (start: string, link: "next" | "previous") =>
          Effect.gen(function*() {
            const pages: Array<ReadonlyArray<unknown>> = []
            let url: unknown = start
            while (typeof url === "string") {
              const { pathname, search } = new URL(url)
              const { json } = yield* ask(`GET ${pathname}${search}`)
              assert.strictEqual(at(json, "count"), byLabel(json).length)
              pages.push(byLabel(json))
              url = at(json, link)
            }
            return pages
          })
        const { endpoint } = yield* Emulator.Emulator
        const path = `${endpoint}/modelDeployments/?orderBy=-label&query=`
        const all = ["\u{1F600}", "\uFF5E", "fun2", "Gradient", "CHURN", null]
        const forward = yield* walk(`${path}&limit=4`, "next")
        assert.deepStrictEqual(forward, [all.slice(0, 4), all.slice(4)])
        const back = yield* walk(`${path}&limit=2&offset=4`, "previous")
        assert.deepStrictEqual(back, [all.slice(4), all.slice(2, 4), all.slice(0, 2)])
        const second = yield* ask("GET modelDeployments/?limit=3&offset=1")
        assert.strictEqual(at(second.json, "previous"), `${endpoint}/modelDeployments/?limit=3&offset=0`)
        const rest = yield* ask("GET modelDeployments/?orderBy=-label&offset=5")
        assert.deepStrictEqual(byLabel(rest.json), [null])
        assert.isNull(at(rest.json, "next"))
        assert.strictEqual(at(rest.json, "previous"), `${endpoint}/modelDeployments/?orderBy=-label&offset=0&limit=5`)
      }).pipe(Effect.provide(running({ deployments: fleet }))))

    it.effect("omits health messages, and deployed while it is false", () =>
      Effect.gen(function*() {
        const listed = yield* ask("GET modelDeployments/")
        assert.isFalse("deployed" in Object(at(listed.json, "data", 0)))
        assert.isTrue(at(listed.json, "data", 1, "deployed"))
        assert.deepStrictEqual(at(listed.json, "data", 1, "serviceHealthMessages"), [])
        const got = yield* ask(`GET modelDeployments/${at(listed.json, "data", 0, "id")}/`)
        assert.isFalse(at(got.json, "deployed"))
        assert.strictEqual(at(got.json, "serviceHealthMessages", 0, "msgId"), "NO_GOOD_REQUESTS")
      }).pipe(Effect.provide(running({ deployments: [{ deployed: false }, {}] }))))

    it.effect("rejects an invalid query and names every invalid field", () =>
      Effect.gen(function*() {
        const { json, status } = yield* ask("GET modelDeployments/?status=x&orderBy=y&limit=0&offset=-1")
        assert.strictEqual(status, 422)
        assert.strictEqual(at(json, "message"), "Invalid field data")
        assert.sameMembers(Object.keys(Object(at(json, "errors"))), ["status", "orderBy", "limit", "offset"])
        assert.strictEqual(at(json, "errors", "limit"), "must be a whole number from 1")
        for (const query of ["limit=1.5", "limit=", "limit=1e2", "limit=1&limit=2", "limit=9007199254740993"]) {
          assert.strictEqual((yield* ask(`GET modelDeployments/?${query}`)).status, 422, query)
        }
      }).pipe(Effect.provide(running())))
  })

  describe("the action log of a model deployment", () => {
    it.effect("is paged like a listing", () =>
      Effect.gen(function*() {
        const { endpoint } = yield* Emulator.Emulator
        const id = "5b0000000000000000000077"
        const { json } = yield* ask(`GET modelDeployments/${id}/actionLog/?limit=1`)
        assert.strictEqual(at(json, "data", 0, "action"), "created")
        assert.strictEqual(at(json, "next"), `${endpoint}/modelDeployments/${id}/actionLog/?limit=1&offset=1`)
        assert.strictEqual((yield* ask(`GET modelDeployments/${id}/actionLog/?limit=x`)).status, 422)
      }).pipe(Effect.provide(running({ deployments: [{ id: "5b0000000000000000000077" }] }))))
  })

  describe("a seeded model deployment", () => {
    it.effect("has the fields of its fixture", () =>
      Effect.gen(function*() {
        const createdAt = DateTime.unsafeMake("2020-02-03T04:05:06Z")
        const [deployment] = yield* (yield* Emulator.Emulator).seed([
          { label: null, projectId: "p", modelId: "m", instance: null, createdAt, modelHealth: "warning" }
        ])
        const { json } = yield* ask(`GET modelDeployments/${deployment?.id}/`)
        assert.strictEqual(at(json, "createdAt"), "2020-02-03 04:05:06.000000")
        assert.deepStrictEqual(
          [at(json, "label"), at(json, "project", "id"), at(json, "model", "id"), at(json, "instance")],
          [null, "p", "m", null]
        )
        assert.strictEqual(at(json, "modelHealth"), "warning")
        assert.isTrue(at(json, "deployed"))
        assert.isTrue(Schema.is(ModelDeployment)(deployment))
      }).pipe(Effect.provide(running())))

    it.effect("replaces one with the same id", () =>
      Effect.gen(function*() {
        const { seed } = yield* Emulator.Emulator
        yield* seed([{ id: "a", label: "one" }, { id: "a", label: "two" }])
        assert.deepStrictEqual(byLabel((yield* ask("GET modelDeployments/")).json), ["two"])
      }).pipe(Effect.provide(running())))
  })
})
