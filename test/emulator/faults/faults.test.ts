import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import * as Net from "node:net"
import * as Emulator from "../../../src/emulator/index.js"
import { serve } from "../../../src/emulator/node.js"
import { endOf, timeLapse, untyped } from "../../support.js"
import { inTurns } from "../../turnClock.js"
import { clients } from "../../wire/support.js"
import { ask, at, eachWay, newDeployment, overSocket, type Running, withSdk } from "../support.js"

const deployments = [{ id: "a", label: "A" }, { id: "b", label: "B" }]
const get = Effect.map(ask("GET modelDeployments/a/"), ({ status }) => status)

eachWay((running) => {
  const fault = (fault: Emulator.Fault) => Effect.flatMap(Emulator.Emulator, ({ addFault }) => addFault(fault))
  const unavailable = { fault: "status", status: 503 } as const

  describe("a fault", () => {
    const statuses = (faults: ReadonlyArray<Emulator.Fault>, requests = 6) =>
      Effect.gen(function*() {
        const answers = yield* Effect.replicateEffect(get, requests)
        const reports = yield* (yield* Emulator.Emulator).faults
        return { answers, counts: reports.map(({ fired, matched }) => [matched, fired]) }
      }).pipe(Effect.provide(running({ deployments, faults })))

    it.effect("hits every request by default", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* statuses([unavailable], 3), { answers: [503, 503, 503], counts: [[3, 3]] })
      }))

    it.effect("hits at most `times` requests", () =>
      Effect.gen(function*() {
        const { answers, counts } = yield* statuses([{ ...unavailable, times: 2 }], 4)
        assert.deepStrictEqual([answers, counts], [[503, 503, 200, 200], [[4, 2]]])
      }))

    it.effect("hits at most `times` of many concurrent requests", () =>
      Effect.gen(function*() {
        const answers = yield* Effect.all(Array.from({ length: 20 }, () => get), { concurrency: "unbounded" }).pipe(
          Effect.withMaxOpsBeforeYield(16)
        )
        assert.strictEqual(answers.filter((status) => status === 503).length, 1)
      }).pipe(Effect.provide(running({ deployments, faults: [{ ...unavailable, times: 1 }] }))))

    it.effect("hits every nth request, at most `times`", () =>
      Effect.gen(function*() {
        const every = yield* statuses([{ ...unavailable, every: 2 }])
        assert.deepStrictEqual(every, { answers: [200, 503, 200, 503, 200, 503], counts: [[6, 3]] })
        const some = yield* statuses([{ ...unavailable, every: 3, times: 1 }])
        assert.deepStrictEqual(some, { answers: [200, 200, 503, 200, 200, 200], counts: [[6, 1]] })
      }))

    it.effect("hits requests by chance, as decided by the seed", () =>
      Effect.gen(function*() {
        const drawn = (seed: string) =>
          Effect.replicateEffect(get, 40).pipe(
            Effect.provide(running({ deployments, seed, faults: [{ ...unavailable, chance: 0.5 }] }))
          )
        const one = yield* drawn("one")
        assert.deepStrictEqual(yield* drawn("one"), one)
        assert.notDeepEqual(yield* drawn("two"), one)
        const hit = one.filter((status) => status === 503).length
        assert.isTrue(hit > 8 && hit < 32, `${hit} of 40`)
        const again = Effect.gen(function*() {
          const before = yield* Effect.replicateEffect(get, 40)
          yield* (yield* Emulator.Emulator).reset
          return [before, yield* Effect.replicateEffect(get, 40)]
        })
        const [before, after] = yield* Effect.provide(
          again,
          running({ deployments, seed: "one", faults: [{ ...unavailable, chance: 0.5 }] })
        )
        assert.deepStrictEqual([before, after], [one, one])
        assert.deepStrictEqual((yield* statuses([{ ...unavailable, chance: 0 }])).counts, [[6, 0]])
        assert.deepStrictEqual((yield* statuses([{ ...unavailable, chance: 1 }])).counts, [[6, 6]])
      }))

    it.effect("is the only one to hit a request, even if others match too", () =>
      Effect.gen(function*() {
        const { answers, counts } = yield* statuses([
          { ...unavailable, every: 2 },
          { fault: "status", status: 500, times: 2 },
          { fault: "status", status: 502 }
        ])
        assert.deepStrictEqual(answers, [500, 503, 500, 503, 502, 503])
        assert.deepStrictEqual(counts, [[6, 3], [3, 2], [1, 1]])
      }))

    it.effect("hits requests that match its method, path and operation", () =>
      Effect.gen(function*() {
        const hits = (when: Partial<Emulator.Fault>) =>
          Effect.gen(function*() {
            // Boundary: a partial fault does not have the type of a fault.
            yield* fault({ ...unavailable, ...when } as Emulator.Fault)
            const asked = yield* Effect.all([
              ask("GET modelDeployments/"),
              ask("GET //api/v2//modelDeployments/a?x=modelDeployments/b/"),
              ask("GET modelDeployments/b/actionLog/"),
              ask("PATCH modelDeployments/a/", { json: { label: "C" } }),
              ask("POST /predApi/v1.0/deployments/a/predictions", { json: [{}] }),
              ask("GET nowhere/"),
              ask("HEAD modelDeployments/a/")
            ])
            yield* (yield* Emulator.Emulator).clearFaults
            return asked.map(({ status }) => status === 503 ? 1 : 0).join("")
          })
        assert.strictEqual(yield* hits({}), "1111111")
        assert.strictEqual(yield* hits({ method: "GET" }), "1110010")
        assert.strictEqual(yield* hits({ path: "modelDeployments" }), "1000000")
        assert.strictEqual(yield* hits({ path: "modelDeployments/*/" }), "0101001")
        assert.strictEqual(yield* hits({ path: "/api/v2/modelDeployments/b/actionLog/" }), "0010000")
        assert.strictEqual(yield* hits({ path: "/predApi/v1.0/*/*/*" }), "0000100")
        assert.strictEqual(yield* hits({ path: "nowhere" }), "0000010")
        assert.strictEqual(yield* hits({ operation: "modelDeployments.get" }), "0100001")
        assert.strictEqual(yield* hits({ operation: "predictions.predict" }), "0000100")
        assert.strictEqual(yield* hits({ operation: "modelDeployments.update", method: "GET" }), "0000000")
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("never hits the control routes", () =>
      Effect.gen(function*() {
        assert.strictEqual((yield* ask("GET /__emulator/health")).status, 200)
        assert.strictEqual((yield* ask("DELETE //__emulator/faults")).status, 204)
        assert.strictEqual(yield* get, 200)
      }).pipe(Effect.provide(running({ deployments, faults: [unavailable] }))))
  })

  describe("the control routes of faults", () => {
    it.effect("add, count and clear faults", () =>
      Effect.gen(function*() {
        const rule = { fault: "status", status: 429, headers: { "retry-after": "1" }, times: 1 }
        assert.strictEqual((yield* ask("POST /__emulator/faults", { json: rule })).status, 204)
        assert.deepStrictEqual([yield* get, yield* get], [429, 200])
        const reports = [{ fault: rule, matched: 2, fired: 1 }]
        assert.deepStrictEqual((yield* ask("GET /__emulator/faults")).json, reports)
        assert.deepStrictEqual<unknown>(yield* (yield* Emulator.Emulator).faults, reports)
        assert.strictEqual((yield* ask("DELETE /__emulator/faults")).status, 204)
        assert.deepStrictEqual((yield* ask("GET /__emulator/faults")).json, [])
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("restore the initial faults with zero counts on reset", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "reset" })
        assert.deepStrictEqual([yield* get, (yield* ask("POST /__emulator/reset")).status], [503, 204])
        const { faults } = yield* Emulator.Emulator
        const fresh = [{ fault: { ...unavailable, times: 1 }, matched: 0, fired: 0 }]
        assert.deepStrictEqual<unknown>(yield* faults, fresh)
        assert.deepStrictEqual([yield* get, yield* get], [503, 200])
      }).pipe(Effect.provide(running({ deployments, faults: [{ ...unavailable, times: 1 }] }))))

    it.effect("reject an invalid fault and name the invalid fields", () =>
      Effect.gen(function*() {
        const errors = (json: unknown) =>
          Effect.map(ask("POST /__emulator/faults", { json }), (answer) => [answer.status, at(answer.json, "errors")])
        const refusals = {
          [JSON.stringify({ fault: "status", status: 99 })]: { status: "must be a status from 200 to 599" },
          [JSON.stringify({ fault: "reset", time: 1 })]: {
            time:
              "is unexpected, expected: \"fault\" | \"method\" | \"path\" | \"operation\" | \"times\" | \"every\" | \"chance\""
          },
          [JSON.stringify({ fault: "reset", times: 0, every: 1.5, chance: 2 })]: {
            times: "must be a whole number from 1",
            every: "must be an integer",
            chance: "must be a number from 0 to 1"
          },
          [JSON.stringify({ fault: "delay", delay: "soon" })]: {
            delay: "must be milliseconds or a string such as \"2 seconds\""
          },
          [JSON.stringify({ fault: "status", status: 200, headers: { "a b": "c" } })]: {
            headers: "must be valid header names and values, and none of the headers that frame the body"
          },
          [JSON.stringify({ fault: "status", status: 200, headers: { "Transfer-Encoding": "chunked" } })]: {
            headers: "must be valid header names and values, and none of the headers that frame the body"
          }
        }
        for (const [json, expected] of Object.entries(refusals)) {
          assert.deepStrictEqual(yield* errors(JSON.parse(json)), [422, expected], json)
        }
        const [status, unknown] = yield* errors({ fault: "explode" })
        assert.strictEqual(status, 422)
        assert.include(String(at(unknown, "fault")), "commitThenDrop")
        const [, operation] = yield* errors({ fault: "reset", operation: "modelDeployment.get" })
        assert.include(String(at(operation, "operation")), "modelDeployments.get")
        assert.deepStrictEqual(yield* (yield* Emulator.Emulator).faults, [])
        const died = yield* Effect.exit(fault(untyped({ fault: "explode" })))
        assert.isTrue(died._tag === "Failure" && died.cause._tag === "Die")
      }).pipe(Effect.provide(running())))
  })

  describe("the fault", () => {
    const create = ask("POST modelDeployments/", { json: newDeployment })
    const count = Effect.map(ask("GET modelDeployments/"), ({ json }) => at(json, "count"))

    it.effect("status returns an error in DataRobot's format or a given body, and stores nothing", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "status", status: 500, times: 1 })
        const plain = yield* create
        assert.deepStrictEqual([plain.status, plain.json], [500, { message: "A fault of the emulator returned 500" }])
        yield* fault({ fault: "status", status: 422, body: { message: "No", errors: { label: "x" } }, times: 1 })
        const json = yield* create
        assert.deepStrictEqual([json.status, json.json], [422, { message: "No", errors: { label: "x" } }])
        yield* fault({ fault: "status", status: 502, body: "\"Bad gateway\"", headers: { "x-a": "b" }, times: 1 })
        const text = yield* create
        assert.deepStrictEqual([text.status, text.text, text.headers["x-a"]], [502, "\"Bad gateway\"", "b"])
        assert.strictEqual(text.headers["content-type"], "text/plain")
        yield* fault({ fault: "status", status: 204, body: {}, times: 1 })
        assert.deepStrictEqual(yield* Effect.map(create, ({ status, text }) => [status, text]), [204, ""])
        assert.strictEqual(yield* count, deployments.length)
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("html returns a web page, or no body for a status without one", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "html", times: 1 })
        const page = yield* create
        assert.deepStrictEqual([page.status, page.headers["content-type"]], [200, "text/html"])
        yield* fault({ fault: "html", status: 204, times: 1 })
        assert.deepStrictEqual(yield* Effect.map(create, ({ status, text }) => [status, text]), [204, ""])
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("job returns a 202 with a job that fails or never ends, and stores nothing", () =>
      Effect.gen(function*() {
        const { endpoint } = yield* Emulator.Emulator
        const job = (ends: "failed" | "never") =>
          Effect.gen(function*() {
            yield* fault({ fault: "job", ends, times: 1 })
            assert.strictEqual(yield* get, 200)
            const answer = yield* create
            assert.deepStrictEqual([answer.status, answer.text], [202, ""])
            const location = String(answer.headers["location"])
            assert.isTrue(location.startsWith(`${endpoint}/status/`), location)
            return ask(`GET ${location.replace(`${endpoint}/`, "")}`)
          })
        const failed = yield* job("failed")
        const never = yield* job("never")
        const states = Effect.all([failed, never]).pipe(
          Effect.map((answers) => answers.map(({ json }) => at(json, "status")))
        )
        assert.deepStrictEqual(yield* states, ["INITIALIZED", "INITIALIZED"])
        yield* TestClock.adjust("1 seconds")
        assert.deepStrictEqual(yield* states, ["RUNNING", "INITIALIZED"])
        yield* TestClock.adjust("1 seconds")
        assert.deepStrictEqual(yield* states, ["ERROR", "INITIALIZED"])
        const { json } = yield* failed
        assert.deepStrictEqual(json, {
          statusId: at(json, "statusId"),
          status: "ERROR",
          message: "The deployment process failed",
          code: 1,
          created: "1970-01-01T00:00:00.000000Z",
          description: "Deployment creation",
          statusType: "",
          type: ""
        })
        yield* TestClock.adjust("1 days")
        assert.deepStrictEqual(yield* states, ["ERROR", "INITIALIZED"])
        assert.strictEqual((yield* ask("GET status/nobody/")).status, 404)
        assert.strictEqual(yield* count, deployments.length)
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("location replaces the Location of a create", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "location", location: "https://elsewhere.example.com/" })
        const created = yield* create
        assert.deepStrictEqual([created.status, created.headers["location"]], [201, "https://elsewhere.example.com/"])
        assert.strictEqual(yield* count, deployments.length + 1)
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("nextLoop returns a page that leads to itself, and leaves other responses unchanged", () =>
      Effect.gen(function*() {
        const { endpoint } = yield* Emulator.Emulator
        const single = yield* ask("GET modelDeployments/a/")
        yield* fault({ fault: "nextLoop", method: "GET" })
        const page = yield* ask("GET modelDeployments/?limit=1")
        assert.strictEqual(at(page.json, "next"), `${endpoint}/modelDeployments/?limit=1`)
        assert.strictEqual(at(page.json, "data", 0, "id"), "a")
        assert.strictEqual((yield* ask("GET modelDeployments/a/")).text, single.text)
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("location hits only creates and nextLoop only listings by default", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "location", location: "/x" })
        yield* fault({ fault: "nextLoop" })
        yield* get
        yield* ask("GET modelDeployments/?limit=1")
        yield* create
        const { faults } = yield* Emulator.Emulator
        assert.deepStrictEqual((yield* faults).map(({ fired, matched }) => [matched, fired]), [[1, 1], [1, 1]])
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("delay delays the response by the Effect clock", () =>
      Effect.gen(function*() {
        yield* fault({ fault: "delay", delay: "3 seconds" })
        const fiber = yield* Effect.fork(create)
        yield* waitFor(Effect.map((yield* Emulator.Emulator).faults, ([report]) => report?.fired === 1))
        yield* TestClock.adjust("2999 millis")
        assert.isNull(yield* Fiber.poll(fiber).pipe(Effect.map((exit) => exit._tag === "None" ? null : exit)))
        yield* TestClock.adjust("1 millis")
        assert.strictEqual((yield* Fiber.join(fiber)).status, 201)
      }).pipe(Effect.provide(running({ deployments }))))

    it.live("trickle sends the same response in pieces", () =>
      Effect.gen(function*() {
        const whole = yield* ask("GET modelDeployments/a/")
        yield* fault({ fault: "trickle", interval: "5 millis", bytes: 100 })
        const [duration, slow] = yield* Effect.timed(ask("GET modelDeployments/a/"))
        assert.strictEqual(slow.text, whole.text)
        assert.isAtLeast(Duration.toMillis(duration), 5 * Math.floor(whole.text.length / 100) - 5)
        assert.strictEqual((yield* ask("PATCH modelDeployments/a/", { json: { label: "C" } })).status, 204)
      }).pipe(Effect.provide(running({ deployments }))))

    it.effect("truncate, badJson, stall and trickle leave a response without a body unchanged", () =>
      Effect.gen(function*() {
        const faults: ReadonlyArray<Emulator.Fault> = [
          { fault: "truncate" },
          { fault: "badJson" },
          { fault: "stall", at: "body" },
          { fault: "trickle", interval: "1 days" }
        ]
        for (const one of faults) {
          yield* fault(one)
          const answer = yield* ask("PATCH modelDeployments/a/", { json: { label: one.fault } })
          assert.deepStrictEqual([answer.status, answer.text], [204, ""], one.fault)
          yield* (yield* Emulator.Emulator).clearFaults
          assert.strictEqual(at((yield* ask("GET modelDeployments/a/")).json, "label"), one.fault)
        }
      }).pipe(Effect.provide(running({ deployments }))))

    it.live("is recorded with its response status, or with null if the response was lost", () =>
      Effect.gen(function*() {
        const { requests } = yield* Emulator.Emulator
        const faults: ReadonlyArray<Emulator.Fault> = [
          { fault: "commitThenDrop", times: 1 },
          { fault: "reset", times: 1 },
          { fault: "stall", times: 1 },
          { fault: "truncate", times: 1 },
          { fault: "status", status: 503, times: 1 }
        ]
        for (const one of faults) yield* fault(one)
        yield* Effect.replicateEffect(Effect.ignore(Effect.timeout(create, "200 millis")), faults.length)
        const statuses = Effect.map(requests, (entries) => entries.map(({ status }) => status))
        assert.deepStrictEqual(yield* statuses, [null, null, null, 201, 503])
      }).pipe(Effect.provide(running({ deployments })), inTurns))
  })
})

/** Waits for a condition that I/O brings about, without advancing the test clock. */
const waitFor = (condition: Effect.Effect<boolean>): Effect.Effect<void> =>
  Effect.flatMap(
    condition,
    (holds) =>
      holds ? Effect.void : Effect.zipRight(Effect.promise(() => new Promise(setImmediate)), waitFor(condition))
  )

/** The results of SDK operations that meet a fault, for each way to reach an emulator. */
const ways: ReadonlyArray<{
  readonly name: string
  readonly running: (options: Emulator.EmulatorOptions) => Running
}> = [
  { name: "in process", running: Emulator.layer },
  ...clients.map(({ layer, name }) => ({
    name: `over ${name}`,
    running: (options: Emulator.EmulatorOptions) => Layer.provideMerge(layer, overSocket(options))
  }))
]

const connected = (running: Running) =>
  withSdk(running, { attemptTimeout: "250 millis", retry: { maxAttempts: 3, baseDelay: 1, maxDelay: 2 } })

describe.concurrent.each(ways)("The SDK $name with a fault", ({ running }) => {
  const label = "Made"
  const create = ModelDeployment.create({ projectId: "p", modelId: "m", label })
  const stored = Effect.map(ModelDeployment.list({ query: label }), (found) => found.length)

  const broken = "DataRobotNetworkError Transport unknown"
  const late = "DataRobotNetworkError Timeout unknown"
  const unreadable = "DataRobotValidationError response"

  // The result of get and the number of its attempts; the result of create, the number of its attempts and of stored
  // deployments.
  const table: ReadonlyArray<readonly [Emulator.Fault, string, number, string, number, number]> = [
    [
      { fault: "status", status: 503 },
      "DataRobotApiError ServerError",
      3,
      "DataRobotApiError ServerError unknown",
      1,
      0
    ],
    [{ fault: "status", status: 404 }, "DataRobotApiError NotFound", 1, "DataRobotApiError NotFound", 1, 0],
    [{ fault: "html" }, unreadable, 1, unreadable, 1, 0],
    [{ fault: "html", status: 502 }, "DataRobotApiError ServerError", 3, "DataRobotApiError ServerError unknown", 1, 0],
    [{ fault: "reset" }, broken, 3, broken, 1, 0],
    [{ fault: "stall" }, late, 3, late, 1, 0],
    [{ fault: "stall", at: "body" }, late, 3, late, 1, 1],
    [{ fault: "delay", delay: "50 millis" }, "ok", 1, "ok", 1, 1],
    [{ fault: "delay", delay: "600 millis" }, late, 3, late, 1, 0],
    [{ fault: "commitThenDrop" }, broken, 3, broken, 1, 1],
    [{ fault: "truncate" }, broken, 3, broken, 1, 1],
    [{ fault: "trickle", interval: "2 millis", bytes: 200 }, "ok", 1, "ok", 1, 1],
    [{ fault: "trickle", interval: "100 millis" }, late, 3, late, 1, 1],
    [{ fault: "badJson" }, unreadable, 1, unreadable, 1, 1]
  ]

  it.live.each(table)("%j", ([fault, ofGet, asked, ofCreate, sent, kept]) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator.Emulator
      const counted = Effect.map(emulator.faults, ([report]) => report?.fired ?? 0)
      yield* emulator.addFault({ ...fault, operation: "modelDeployments.get" })
      assert.strictEqual(endOf(yield* Effect.either(ModelDeployment.get("a"))), ofGet)
      assert.strictEqual(yield* counted, asked)
      yield* emulator.clearFaults
      yield* emulator.addFault({ ...fault, operation: "modelDeployments.create" })
      assert.strictEqual(endOf(yield* Effect.either(create)), ofCreate)
      assert.strictEqual(yield* counted, sent)
      assert.strictEqual(yield* stored, kept)
    }).pipe(Effect.provide(connected(running({ deployments }))), inTurns))

  it.live("rejects a foreign Location and a next that leads to itself", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator.Emulator
      yield* emulator.addFault({ fault: "location", location: "https://elsewhere.example.com/api/v2/secrets/1/" })
      assert.strictEqual(endOf(yield* Effect.either(create)), unreadable)
      yield* emulator.addFault({ fault: "nextLoop" })
      assert.strictEqual(endOf(yield* Effect.either(ModelDeployment.list())), unreadable)
    }).pipe(Effect.provide(connected(running({ deployments }))), inTurns))
})

describe("A connection with a fault", () => {
  /** Requests a deployment on its own connection, and returns the received body and the socket's error code. */
  const raw = (fault: Emulator.Fault) =>
    Effect.scoped(Effect.gen(function*() {
      const { token, url } = yield* serve({ deployments, faults: [fault] })
      const [whole, received, code] = yield* Effect.promise(async () => {
        const other = await fetch(`${url}/modelDeployments/b/`, { headers: { authorization: `Bearer ${token}` } })
        const whole = (await other.text()).length
        return await new Promise<readonly [number, string, string | undefined]>((resolve) => {
          let received = ""
          let code: string | undefined
          const socket = Net.connect(Number(new URL(url).port), "127.0.0.1", () => {
            socket.write(
              `GET /api/v2/modelDeployments/a/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`
            )
          })
          socket.on("data", (chunk) => received += String(chunk))
          socket.on("error", (error) => code = "code" in error ? String(error.code) : error.message)
          socket.on("close", () => resolve([whole, received, code]))
        })
      })
      const [head = "", body = ""] = received.split("\r\n\r\n")
      return { whole, announced: Number(/content-length: (\d+)/i.exec(head)?.[1]), body, code }
    }))
  const path = "modelDeployments/a/"

  it.live.each(["reset", "commitThenDrop"] as const)(
    "%s is reset before any byte is sent",
    (fault) =>
      Effect.gen(function*() {
        const { body, code } = yield* raw({ fault, path })
        assert.deepStrictEqual([body, code], ["", "ECONNRESET"])
      })
  )

  it.live("truncate ends after half of the declared bytes", () =>
    Effect.gen(function*() {
      const { announced, body, code, whole } = yield* raw({ fault: "truncate", path })
      assert.deepStrictEqual([announced, body.length, code], [whole, whole >> 1, undefined])
    }))

  it.effect("trickle follows the test clock in process", () =>
    Effect.gen(function*() {
      yield* (yield* Emulator.Emulator).addFault({ fault: "trickle", interval: "1 hour", bytes: 300 })
      const slow = yield* Effect.fork(ask("GET modelDeployments/a/"))
      yield* TestClock.adjust("1 hour")
      assert.isTrue((yield* Fiber.poll(slow))._tag === "None")
      yield* TestClock.adjust("1 day")
      assert.strictEqual((yield* Fiber.join(slow)).status, 200)
    }).pipe(Effect.provide(Emulator.layer({ deployments }))))
})

describe("A create in process with a job fault", () => {
  const create = ModelDeployment.create({ projectId: "p", modelId: "m", label: "Made" })
  const endsWith = (ends: "failed" | "never") =>
    Effect.map(timeLapse(Effect.either(create)), endOf).pipe(
      Effect.provide(connected(Emulator.layer({ faults: [{ fault: "job", ends }], deployDelay: "1 minute" })))
    )

  it.effect("fails with the failed job", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endsWith("failed"), "DataRobotJobError Failed")
    }))

  it.effect("fails at its deadline if the job never ends", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* endsWith("never"), "DataRobotJobError Deadline")
    }))
})
