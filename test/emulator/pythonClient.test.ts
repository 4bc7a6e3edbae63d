/**
 * What DataRobot's Python client 2.25 expects from a server with its `ModelDeployment` class. The client can't be run
 * here, so this file reproduces how its transport and validators read responses.
 */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import * as Emulator from "../../src/emulator/index.js"
import { type Answer, ask, at, eachWay, newDeployment } from "./support.js"

/** The client treats null keys as missing. */
const withoutNulls = (json: unknown): unknown =>
  Array.isArray(json)
    ? json.map(withoutNulls)
    : typeof json === "object" && json !== null
    ? Object.fromEntries(
      Object.entries(json).filter(([, value]) => value !== null).map(([k, v]) => [k, withoutNulls(v)])
    )
    : json

const isText = (value: unknown) => typeof value === "string" && value !== ""
const isInt = (value: unknown) => Number.isInteger(value)
const isNumber = (value: unknown) => typeof value === "number"
const isBool = (value: unknown) => typeof value === "boolean"
const isAnObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value)
const isAnyText = (value: unknown) => typeof value === "string"
const isDate = (value: unknown) => isText(value) && !Number.isNaN(Date.parse(String(value).replace(" ", "T")))
const isOneOf = (...known: ReadonlyArray<string>) => (value: unknown) => known.some((one) => one === value)
const isList = (is: Check) => (value: unknown) => Array.isArray(value) && value.every(is)
type Check = (value: unknown) => boolean

/** A dictionary with these keys; `?` marks an optional one. Other keys are allowed unless it is closed. */
const dict = (keys: Readonly<Record<string, Check>>, closed = false): Check => (value) => {
  if (!isAnObject(value)) return false
  const known = Object.entries(keys).every(([key, is]) => {
    const found = at(value, key.replace("?", ""))
    return found === undefined ? key.endsWith("?") : is(found)
  })
  return known && (!closed || Object.keys(Object(value)).every((key) => key in keys))
}

const isUser = dict({ id: isText, username: isText, "firstName?": isText, "lastName?": isText })

const isDeployment = dict({
  id: isText,
  model: dict({ id: isText, modelType: isText, uid: isText }),
  project: isAnObject,
  type: isText,
  label: isText,
  status: isOneOf("active", "inactive", "archived"),
  user: isUser,
  "organizationId?": isText,
  "instance?": dict({
    id: isText,
    hostName: isText,
    privateIp: isText,
    ormVersion: isText,
    "datarobotKey?": isText,
    "sslEnabled?": isBool
  }),
  "description?": isAnyText,
  predictionEndpoint: isText,
  "deployed?": isBool,
  createdAt: isDate,
  updatedAt: isDate,
  serviceHealth: isOneOf("passing", "warning", "failing"),
  serviceHealthMessages: isList(dict({ level: isText, msgId: isText, message: isText }, true)),
  recentRequestCount: isInt,
  prevRequestCount: isInt,
  relativeRequestsTrend: isNumber,
  trendTimeWindow: isText,
  requestRates: isList(isNumber)
})

const isRate = dict({ current: isNumber, previous: isNumber }, true)
const areStatistics = dict({
  totalRequests: isInt,
  consumers: isInt,
  period: dict({ start: isDate, end: isDate }, true),
  userErrorRate: isRate,
  serverErrorRate: isRate,
  load: dict({ peak: isNumber, median: isNumber }, true),
  "medianExecutionTime?": isNumber
})

const isEntry = dict({ action: isOneOf("created", "deployed"), performedAt: isDate, performedBy: isUser })

/** The client recognizes JSON by this exact content type only, for successes and errors. */
const isJson = ({ headers }: Answer) => headers["content-type"] === "application/json"

eachWay((running) => {
  const options: Emulator.EmulatorOptions = {
    preset: "demo",
    deployments: [{
      instance: null,
      description: null,
      user: { id: "u", username: "u", firstName: null, lastName: null }
    }]
  }
  /** The client's requests use the old scheme, and version 2.12 sends a doubled slash. */
  const python = (question: `${"GET" | "POST" | "PATCH"} ${string}`, json?: unknown) =>
    Effect.gen(function*() {
      const { token } = yield* Emulator.Emulator
      const [method, path] = question.split(" ")
      // Boundary: a question is a method and a path.
      const asked = `${method} /api/v2//${path}` as `GET ${string}`
      return yield* ask(asked, {
        ...(json === undefined ? {} : { json }),
        headers: { authorization: `Token ${token}`, "accept-encoding": "gzip, deflate", connection: "keep-alive" }
      })
    })
  const test = (name: string, effect: Effect.Effect<void, unknown, Effect.Effect.Context<ReturnType<typeof python>>>) =>
    it.effect(
      name,
      () => Effect.zipRight(TestClock.setTime(Date.UTC(2018, 4, 3)), effect).pipe(Effect.provide(running(options)))
    )

  test(
    "returns a version that the Python clients 2.12 and 2.25 accept",
    Effect.gen(function*() {
      const answer = yield* python("GET version/")
      const [major, minor] = String(at(answer.json, "versionString")).split(".").map(Number)
      assert.strictEqual(major, 2)
      assert.isAtLeast(minor ?? 0, 25)
      assert.deepStrictEqual([at(answer.json, "major"), at(answer.json, "minor")], [major, minor])
      assert.isTrue(isJson(answer))
    })
  )

  test(
    "returns listings that the Python client can read, with the key next on every page",
    Effect.gen(function*() {
      const { endpoint } = yield* Emulator.Emulator
      const all = yield* python("GET modelDeployments/?orderBy=-label&query=&offset=0")
      const data = at(withoutNulls(all.json), "data")
      assert.isTrue(Array.isArray(data) && data.length > 5 && data.every(isDeployment), JSON.stringify(data))
      assert.isNull(at(all.json, "next"))
      const page = yield* python("GET modelDeployments/?limit=2")
      // The client cuts off the endpoint and requests the rest unchanged.
      const next = String(at(page.json, "next"))
      assert.isTrue(next.startsWith(`${endpoint}/`) || next.startsWith(endpoint.replace("/v2", "/v2/")), next)
      const second = yield* python(`GET ${next.replace(/^.*\/api\/v2\/+/, "")}`)
      assert.notDeepEqual(at(second.json, "data", 0, "id"), at(page.json, "data", 0, "id"))
    })
  )

  test(
    "returns a 201 with an absolute Location for a create of the Python client",
    Effect.gen(function*() {
      const { endpoint } = yield* Emulator.Emulator
      const created = yield* python("POST modelDeployments/", newDeployment)
      assert.strictEqual(created.status, 201)
      const location = String(created.headers["location"])
      assert.isTrue(location.startsWith(`${endpoint}/modelDeployments/`))
      const got = yield* python(`GET ${location.replace(`${endpoint}/`, "")}`)
      assert.isTrue(isDeployment(withoutNulls(got.json)), got.text)
    })
  )

  test(
    "returns a 204 for an update of the Python client, and clears an empty description",
    Effect.gen(function*() {
      const id = at((yield* python("GET modelDeployments/?limit=1")).json, "data", 0, "id")
      const updated = yield* python(`PATCH modelDeployments/${id}/`, { description: "", status: "archived" })
      assert.deepStrictEqual([updated.status, updated.text], [204, ""])
      const { json } = yield* python(`GET modelDeployments/${id}/`)
      assert.deepStrictEqual([at(json, "description"), at(json, "status")], ["", "archived"])
    })
  )

  test(
    "returns service statistics and action logs that the Python client can read",
    Effect.gen(function*() {
      const all = at((yield* python("GET modelDeployments/")).json, "data")
      for (const item of Array.isArray(all) ? all : []) {
        const path = `modelDeployments/${at(item, "id")}/` as const
        for (const query of ["", "?start=2017-01-01", "?start=2018-05-01T00%3A00%3A00&end=2018-05-02"]) {
          const { json, text } = yield* python(`GET ${path}serviceStats/${query}`)
          assert.isTrue(areStatistics(withoutNulls(json)), text)
        }
        const log = yield* python(`GET ${path}actionLog/?limit=10&offset=0`)
        const entries = at(withoutNulls(log.json), "data")
        assert.isTrue(Array.isArray(entries) && entries.length > 0 && entries.every(isEntry), log.text)
      }
    })
  )

  test(
    "returns errors to the Python client as JSON with a message",
    Effect.gen(function*() {
      const { token } = yield* Emulator.Emulator
      const errors = [
        yield* python("GET modelDeployments/nobody/"),
        yield* python("POST modelDeployments/", { label: "" }),
        yield* python("PATCH modelDeployments/nobody/", { label: "x" }),
        yield* python("GET modelDeployments/?status=on"),
        yield* python("GET projects/"),
        yield* ask("GET version/", { headers: { authorization: `Token ${token}x` } })
      ]
      assert.deepStrictEqual(errors.map(({ status }) => status), [404, 422, 404, 422, 501, 401])
      for (const error of errors) {
        assert.isTrue(isJson(error) && isText(at(error.json, "message")), error.text)
      }
    })
  )
})
