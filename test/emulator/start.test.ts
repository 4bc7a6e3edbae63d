/** The initial data of an emulator: presets, deployments in its options, and deployments seeded later. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import * as Emulator from "../../src/emulator/index.js"
import { ask, at, eachWay } from "./support.js"

const now = Date.UTC(2018, 4, 3, 13, 25)
const deployments = (query = "") =>
  Effect.map(ask(`GET modelDeployments/${query}`), ({ json }) => {
    const data = at(json, "data")
    return Array.isArray(data) ? data.map((item: unknown) => item) : []
  })
const labels = (query = "") => Effect.map(deployments(query), (all) => all.map((item) => at(item, "label")))

eachWay((running) => {
  const atNow = <A, E, R>(effect: Effect.Effect<A, E, R>, options: Emulator.EmulatorOptions) =>
    Effect.zipRight(TestClock.setTime(now), Effect.provide(effect, running(options)))

  describe("the demo preset", () => {
    it.effect("has a deployment with each health and status, and traffic up to now", () =>
      atNow(
        Effect.gen(function*() {
          const all = yield* deployments()
          const each = (key: string) => [...new Set(all.map((item) => at(item, key)))]
          assert.deepStrictEqual(each("serviceHealth"), ["passing", "warning", "failing"])
          assert.deepStrictEqual(each("status"), ["active", "inactive", "archived"])
          const [churn] = all
          const rates = at(churn, "requestRates")
          assert.isTrue(Array.isArray(rates) && rates.every((rate) => rate > 0))
          assert.strictEqual(at(churn, "recentRequestCount"), 640)
          const path = `modelDeployments/${at(churn, "id")}/serviceStats/` as const
          const { json } = yield* ask(`GET ${path}?start=2018-05-02T13:25&end=2018-05-03T13:25`)
          assert.strictEqual(at(json, "totalRequests"), 640)
          assert.strictEqual(at(json, "consumers"), 3)
          const failing = all.find((item) => at(item, "serviceHealth") === "failing")
          const messages = at((yield* ask(`GET modelDeployments/${at(failing, "id")}/`)).json, "serviceHealthMessages")
          assert.deepStrictEqual(
            Array.isArray(messages) && messages.map((one: unknown) => at(one, "msgId")),
            ["USER_ERRORS", "SERVER_ERRORS"]
          )
        }),
        { preset: "demo" }
      ))

    it.effect("has a deployment that chats, and one of an unstructured model", () =>
      atNow(
        Effect.gen(function*() {
          const idOf = (label: string) =>
            Effect.map(deployments(), (all) => String(at(all.find((item) => at(item, "label") === label), "id")))
          const chat = yield* ask(`POST deployments/${yield* idOf("Support assistant")}/chat/completions`, {
            json: { messages: [{ role: "user", content: "Hello" }] }
          })
          assert.strictEqual(chat.status, 200)
          const path = `POST /predApi/v1.0/deployments/${yield* idOf(
            "Document reader"
          )}/predictionsUnstructured` as const
          assert.strictEqual((yield* ask(path, { text: "x" })).status, 200)
        }),
        { preset: "demo" }
      ))

    it.effect("is the same each time, and after a reset", () =>
      Effect.gen(function*() {
        const text = Effect.map(ask("GET modelDeployments/"), (answer) => answer.text)
        const twice = Effect.zip(text, Effect.zipRight(ask("POST /__emulator/reset"), text))
        const [once, again] = yield* atNow(twice, { preset: "demo" })
        assert.strictEqual(again, once)
      }))

    it.effect("comes before the deployments in the options", () =>
      atNow(
        Effect.gen(function*() {
          const all = yield* labels()
          assert.deepStrictEqual([all[0], all.at(-1)], ["Churn scorer", "Mine"])
        }),
        { preset: "demo", deployments: [{ label: "Mine" }] }
      ))
  })

  describe("options that are undefined", () => {
    it.effect("count as not given", () =>
      atNow(
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* labels(), ["Model deployment"])
        }),
        {
          token: undefined,
          seed: undefined,
          clock: undefined,
          deployDelay: undefined,
          preset: undefined,
          faults: undefined,
          // Not every compiler setting forbids `undefined` here.
          deployments: [{ label: undefined, model: undefined, instance: undefined, createdAt: undefined } as object]
        }
      ))
  })

  describe("the fleet preset", () => {
    it.effect("has 250 deployments with distinct labels and ids and different statuses", () =>
      atNow(
        Effect.gen(function*() {
          const all = yield* deployments()
          assert.strictEqual(all.length, 250)
          assert.strictEqual(new Set(all.map((item) => at(item, "label"))).size, 250)
          assert.strictEqual(new Set(all.map((item) => at(item, "id"))).size, 250)
          assert.isTrue(all.every((item) => /^[0-9a-f]{24}$/.test(String(at(item, "id")))))
          assert.strictEqual((yield* labels("?status=archived")).length, 50)
          assert.strictEqual((yield* labels("?query=fraud+north")).length, 5)
          assert.isTrue(all.some((item) => Number(at(item, "recentRequestCount")) > 0))
        }),
        { preset: "fleet" }
      ))
  })

  describe("seeding", () => {
    it.effect("adds deployments from some of their fields, and returns them", () =>
      Effect.gen(function*() {
        const answer = yield* ask("POST /__emulator/seed", {
          json: [
            { label: "One", createdAt: "2018-01-02 03:04:05.000000", projectId: "p", modelId: "m" },
            { id: "two", label: null, deployed: false, status: "archived", instance: null }
          ],
          headers: { authorization: "" }
        })
        assert.strictEqual(answer.status, 200)
        assert.strictEqual(at(answer.json, 0, "project", "id"), "p")
        assert.strictEqual(at(answer.json, 0, "model", "id"), "m")
        assert.strictEqual(at(answer.json, 0, "createdAt"), "2018-01-02 03:04:05.000000")
        assert.isTrue(at(answer.json, 0, "deployed"))
        assert.isFalse(at(answer.json, 1, "deployed"))
        const { endpoint } = yield* Emulator.Emulator
        // The Python client's `ModelDeployment` class requires one, and a deployment without an instance has the
        // service's own.
        assert.strictEqual(at(answer.json, 1, "predictionEndpoint"), new URL(endpoint).host)
        const first = at(answer.json, 0, "id")
        assert.deepStrictEqual((yield* ask(`GET modelDeployments/${first}/`)).json, at(answer.json, 0))
        assert.deepStrictEqual(yield* labels(), ["One", null])
        yield* ask("POST /__emulator/seed", { json: [{ id: "two", label: "Two" }] })
        assert.deepStrictEqual(yield* labels(), ["One", "Two"])
      }).pipe(Effect.provide(running())))

    it.effect("rejects an invalid deployment and adds none", () =>
      Effect.gen(function*() {
        const errors = (json: unknown) =>
          Effect.map(ask("POST /__emulator/seed", { json }), (answer) => [answer.status, at(answer.json, "errors")])
        assert.deepStrictEqual(yield* errors([{ label: "fine" }, { label: 5, createdAt: "x" }]), [422, {
          "1.label": "must be string or null",
          "1.createdAt": "must be an ISO 8601 date"
        }])
        const [status, typo] = yield* errors([{ lable: "x" }])
        assert.strictEqual(status, 422)
        assert.include(String(at(typo, "0.lable")), "is unexpected")
        const [, computed] = yield* errors([{ serviceHealth: "failing" }])
        assert.include(String(at(computed, "0.serviceHealth")), "is unexpected")
        assert.deepStrictEqual(yield* errors([{ id: "../x" }]), [422, {
          "0.id": "must be 1 to 128 letters, digits, \"-\" and \"_\""
        }])
        assert.deepStrictEqual(yield* labels(), [])
      }).pipe(Effect.provide(running())))

    it.effect("does not generate the id of an existing deployment", () =>
      Effect.gen(function*() {
        const { reset, seed } = yield* Emulator.Emulator
        const [one, two] = yield* seed([{}, {}])
        yield* reset
        yield* seed([{ id: two?.id ?? "" }])
        const [again, other] = yield* seed([{}, {}])
        assert.strictEqual(again?.id, one?.id)
        assert.notStrictEqual(other?.id, two?.id)
      }).pipe(Effect.provide(running())))
  })
})

it.effect("the emulator rejects a token that can't be sent in a header", () =>
  Effect.gen(function*() {
    for (const token of ["", "two words", "\u{1F600}"]) {
      const exit = yield* Effect.exit(Effect.provide(ask("GET ping/"), Emulator.layer({ token })))
      assert.isTrue(exit._tag === "Failure" && String(exit.cause).includes("token"), token)
    }
  }))
