import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Tracer from "effect/Tracer"
import * as Emulator from "../../src/emulator/index.js"
import { ask, at, eachWay, newDeployment, overSocket } from "./support.js"

eachWay((running) => {
  const deployments = [{ id: "a", label: "A" }]

  it.effect("returns its version, and responds to a ping", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* ask("GET version/")).json, { major: 2, minor: 25, versionString: "2.25.0" })
      assert.deepStrictEqual((yield* ask("GET ping/")).json, { response: "pong" })
    }).pipe(Effect.provide(running())))

  it.effect("accepts its token as Bearer and as Token only", () =>
    Effect.gen(function*() {
      const status = (authorization: string) =>
        Effect.map(ask("GET modelDeployments/", { headers: { authorization } }), (answer) => answer.status)
      assert.strictEqual(yield* status("Bearer secret-1"), 200)
      assert.strictEqual(yield* status("Token secret-1"), 200)
      assert.strictEqual(yield* status("bearer secret-1"), 200)
      for (const wrong of ["", "secret-1", "Basic secret-1", "Bearer secret", "Bearer secret-12", "Bearer"]) {
        assert.strictEqual(yield* status(wrong), 401, wrong)
      }
      const answer = yield* ask("POST modelDeployments/", { headers: { authorization: "Bearer x" }, text: "{" })
      assert.deepStrictEqual([answer.status, answer.json], [401, { message: "Invalid API token" }])
    }).pipe(Effect.provide(running({ token: "secret-1" }))))

  it.effect("returns 404 for unknown deployments", () =>
    Effect.gen(function*() {
      for (
        const answer of [
          yield* ask("GET modelDeployments/b/"),
          yield* ask("PATCH modelDeployments/b/", { json: { label: "B" } }),
          yield* ask("GET modelDeployments/b/serviceStats/"),
          yield* ask("GET modelDeployments/b/actionLog/"),
          yield* ask("GET modelDeployments/a%2Factionlog/"),
          yield* ask("POST /predApi/v1.0/deployments/b/predictions", { json: [{}] })
        ]
      ) {
        assert.deepStrictEqual([answer.status, answer.json], [404, { message: "Not Found" }])
      }
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("rejects an unreadable body with a 400", () =>
    Effect.gen(function*() {
      const refused = { message: "The body is not JSON" }
      for (const text of ["{", "", "\ufeff{}", "{\"label\": undefined}"]) {
        const answer = yield* ask("POST modelDeployments/", { text })
        assert.deepStrictEqual([answer.status, answer.json], [400, refused], text)
      }
      const text = JSON.stringify(newDeployment)
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
        const answer = yield* ask("POST modelDeployments/", { text, headers: { "content-type": type } })
        assert.deepStrictEqual([answer.status, answer.json], [400, refused], type)
      }
      const headers = { "content-type": "application/json; charset=utf-8" }
      assert.strictEqual((yield* ask("POST modelDeployments/", { text, headers })).status, 201)
    }).pipe(Effect.provide(running())))

  it.effect(
    "rejects a body of more than 50 MiB with a 413, for JSON and for predictions",
    () =>
      Effect.gen(function*() {
        const megabyte = "x".repeat(1024 * 1024)
        const fits = JSON.stringify({ ...newDeployment, description: megabyte.repeat(49) })
        assert.strictEqual((yield* ask("POST modelDeployments/", { text: fits })).status, 201)
        const text = JSON.stringify([{ x: megabyte.repeat(50) }])
        const refused = { message: "The body is longer than 52428800 bytes" }
        for (const path of ["POST modelDeployments/", "POST /predApi/v1.0/deployments/a/predictions"] as const) {
          const answer = yield* ask(path, { text })
          assert.deepStrictEqual([answer.status, answer.json], [413, refused], path)
        }
        // It is counted like every other failed request.
        const { json } = yield* ask("GET modelDeployments/a/serviceStats/")
        assert.deepStrictEqual([at(json, "totalRequests"), at(json, "userErrorRate", "current")], [1, 1])
      }).pipe(Effect.provide(running({ deployments }))),
    120_000
  )

  it.effect("rejects JSON that is not an object with a 422", () =>
    Effect.gen(function*() {
      for (const json of [null, [], "text", 1]) {
        const answer = yield* ask("POST modelDeployments/", { json })
        assert.strictEqual(answer.status, 422, JSON.stringify(json))
        assert.isString(at(answer.json, "message"))
      }
    }).pipe(Effect.provide(running())))

  it.effect("accepts paths without a trailing slash and with doubled slashes", () =>
    Effect.gen(function*() {
      const { text } = yield* ask("GET modelDeployments/a/")
      assert.strictEqual((yield* ask("GET modelDeployments/a")).text, text)
      assert.strictEqual((yield* ask("GET /api//v2///modelDeployments//a//")).text, text)
      const { endpoint } = yield* Emulator.Emulator
      const page = yield* ask("GET //api/v2/modelDeployments?offset=1")
      assert.strictEqual(new URL(String(at(page.json, "previous"))).origin, new URL(endpoint).origin)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("names the nearest route if none matches", () =>
    Effect.gen(function*() {
      const nearest = {
        "GET modelDeployment/": "GET /api/v2/modelDeployments/",
        "DELETE modelDeployments/a/": "DELETE /api/v2/deployments/{id}/",
        "GET modeldeployments/a/": "GET /api/v2/modelDeployments/{id}/",
        "GET modelDeployments/a/stats/": "GET /api/v2/modelDeployments/{id}/serviceStats/",
        "GET /modelDeployments/a/actionLog/?limit=1": "GET /api/v2/modelDeployments/{id}/actionLog/",
        "GET /deployments/": "GET /api/v2/deployments/",
        "POST /predApi/v1.0/deployments/a/predict": "POST /predApi/v1.0/deployments/{id}/predictions",
        "GET /": "GET /__emulator/health"
      } as const
      for (const [question, route] of Object.entries(nearest)) {
        // Boundary: Object.entries loses the type of the keys.
        const answer = yield* ask(question as keyof typeof nearest)
        assert.strictEqual(answer.status, 501, question)
        assert.isTrue(String(at(answer.json, "message")).endsWith(`the nearest is ${route}`), answer.text)
      }
    }).pipe(Effect.provide(running())))

  it.effect("returns exactly application/json and no CORS headers", () =>
    Effect.gen(function*() {
      const headers = { origin: "http://example.com" }
      for (
        const answer of [
          yield* ask("GET modelDeployments/", { headers }),
          yield* ask("POST modelDeployments/", { json: newDeployment, headers }),
          yield* ask("POST modelDeployments/", { json: {}, headers }),
          yield* ask("POST modelDeployments/", { text: "{", headers }),
          yield* ask("GET modelDeployments/x/", { headers }),
          yield* ask("OPTIONS modelDeployments/", { headers }),
          yield* ask("GET modelDeployments/", { headers: { authorization: "", ...headers } })
        ]
      ) {
        assert.strictEqual(answer.headers["content-type"], "application/json")
        assert.isFalse(Object.keys(answer.headers).some((name) => name.startsWith("access-control")))
      }
    }).pipe(Effect.provide(running())))

  it.effect("responds to HEAD like to GET, without a body", () =>
    Effect.gen(function*() {
      const { headers, status, text } = yield* ask("HEAD modelDeployments/a/")
      assert.deepStrictEqual([status, text], [200, ""])
      assert.strictEqual(headers["content-type"], "application/json")
    }).pipe(Effect.provide(running({ deployments }))))
})

describe("The emulator called in process", () => {
  it.effect("responds for any origin, and uses that origin in its links", () =>
    Effect.gen(function*() {
      const { token } = yield* Emulator.Emulator
      const page = yield* ask("GET modelDeployments/?limit=1").pipe(
        Effect.provideService(
          Emulator.Emulator,
          { ...(yield* Emulator.Emulator), endpoint: "https://app.datarobot.com/api/v2", token }
        )
      )
      const next = "https://app.datarobot.com/api/v2/modelDeployments/?limit=1&offset=1"
      assert.strictEqual(at(page.json, "next"), next)
    }).pipe(Effect.provide(Emulator.layer({ deployments: [{}, {}] }))))

  it.effect("adds nothing to the caller's span", () =>
    Effect.gen(function*() {
      const native = yield* Effect.tracer
      const spans: Array<Tracer.Span> = []
      const tracer = Tracer.make({
        context: native.context,
        span: (...about) => {
          const span = native.span(...about)
          spans.push(span)
          return span
        }
      })
      yield* Effect.withTracer(ask("GET ping/"), tracer)
      assert.deepStrictEqual(spans.map(({ name }) => name), ["http.client GET"])
      assert.isFalse(spans[0]?.attributes.has("http.route"))
    }).pipe(Effect.provide(Emulator.layer())))

  it.scopedLive("keeps its token, deployments, journal and faults apart from other emulators of the same process", () =>
    Effect.gen(function*() {
      const one = yield* Layer.build(Emulator.layer({ deployments: [{ id: "a", label: "One" }], token: "one" }))
      const two = yield* Layer.build(Emulator.layer({ deployments: [{ id: "a", label: "Two" }], token: "two" }))
      const socket = yield* Layer.build(overSocket({ deployments: [{ id: "a", label: "Three" }], token: "three" }))
      const all = [one, two, socket]
      yield* (yield* Effect.provide(Emulator.Emulator, two)).addFault({ fault: "status", status: 503, path: "ping/" })
      const answers = yield* Effect.forEach(all, (context) =>
        Effect.all([
          Effect.map(ask("GET modelDeployments/a/"), ({ json }) => at(json, "label")),
          Effect.map(ask("GET ping/"), ({ status }) => status),
          Effect.map(ask("GET version/", { headers: { authorization: "Bearer one" } }), ({ status }) => status)
        ], { concurrency: "unbounded" }).pipe(Effect.provide(context)), { concurrency: "unbounded" })
      assert.deepStrictEqual(answers, [["One", 200, 200], ["Two", 503, 401], ["Three", 200, 401]])
      for (const context of all) {
        const { requests } = yield* Effect.provide(Emulator.Emulator, context)
        assert.strictEqual((yield* requests).length, 3)
      }
    }))

  it.effect("shares no state with another emulator", () =>
    Effect.gen(function*() {
      const count = Effect.map(ask("GET modelDeployments/"), ({ json }) => at(json, "count"))
      const two = yield* Effect.all([
        Effect.provide(count, Emulator.layer({ deployments: [{}, {}], token: "one" })),
        Effect.provide(count, Emulator.layer({ deployments: [{}], token: "two" }))
      ])
      assert.deepStrictEqual(two, [2, 1])
    }))
})
