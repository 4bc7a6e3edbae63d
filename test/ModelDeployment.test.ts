import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobot, DataRobotError, Job, ModelDeployment, ModelDeploymentStatus } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import {
  endpoint,
  failsWith,
  id,
  logged,
  requests,
  sent,
  serving,
  timeLapse,
  token,
  untyped,
  wire,
  without
} from "./support.js"

const { empty, json, networkFailure, text } = MockHttpClient

const one = "GET modelDeployments/:id/"
const newDeployment = { projectId: "p1", modelId: "m1", label: "Churn scorer" }
const created = empty({ status: 201, headers: { location: `${endpoint}/modelDeployments/${id}/` } })

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const { isApiError, isJobError, isNetworkError, isValidationError } = DataRobotError

describe("ModelDeployment requests", () => {
  it.effect("get requests JSON with the token and the SDK's user-agent", () =>
    Effect.gen(function*() {
      const deployment = yield* ModelDeployment.get(id)
      assert.strictEqual(deployment.label, "Churn scorer")
      const [request] = yield* requests
      assert.strictEqual(request?.method, "GET")
      assert.strictEqual(request?.path, `/api/v2/modelDeployments/${id}/`)
      assert.deepStrictEqual(request?.query, {})
      assert.strictEqual(request?.body, undefined)
      assert.strictEqual(request?.headers["accept"], "application/json")
      assert.match(request?.headers["user-agent"] ?? "", /^effect-datarobot\/\d+\.\d+\.\d+$/)
    }).pipe(Effect.provide(serving({ [one]: json(wire()) }))))

  it.effect("get accepts an id, a deployment or a handle", () =>
    Effect.gen(function*() {
      const deployment = yield* ModelDeployment.get(id)
      yield* ModelDeployment.get(deployment)
      yield* ModelDeployment.get({ id })
      assert.deepStrictEqual(new Set(yield* sent), new Set([`GET modelDeployments/${id}/`]))
    }).pipe(Effect.provide(serving({ [one]: json(wire()) }))))

  it.effect("create posts its input and reads the deployment", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.create({
        ...newDeployment,
        instanceId: "i1",
        description: "Scores",
        status: ModelDeploymentStatus.INACTIVE
      })
      const [post] = yield* requests
      assert.deepStrictEqual(post?.body, {
        projectId: "p1",
        modelId: "m1",
        label: "Churn scorer",
        instanceId: "i1",
        description: "Scores",
        status: "inactive"
      })
      assert.strictEqual(post?.headers["content-type"], "application/json")
      assert.deepStrictEqual(yield* sent, ["POST modelDeployments/", `GET modelDeployments/${id}/`])
    }).pipe(Effect.provide(serving({ "POST modelDeployments/": created, [one]: json(wire()) }))))

  it.effect("create does not send undefined fields", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.create({ ...newDeployment, instanceId: undefined, status: undefined })
      yield* ModelDeployment.list({ query: undefined, limit: undefined, orderBy: "label" })
      const [post, , list] = yield* requests
      assert.deepStrictEqual(post?.body, newDeployment)
      assert.deepStrictEqual(list?.query, { orderBy: "label", limit: "100" })
    }).pipe(Effect.provide(serving({
      "POST modelDeployments/": created,
      [one]: json(wire()),
      "GET modelDeployments/": json({ data: [], next: null })
    }))))

  it.effect("list sends its filters under the API's names", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.list({ limit: 3, offset: 2, query: "a b&c", orderBy: "-exportTarget", status: "archived" })
      const [request] = yield* requests
      assert.strictEqual(request?.path, "/api/v2/modelDeployments/")
      assert.deepStrictEqual(request?.query, {
        limit: "3",
        offset: "2",
        query: "a b&c",
        orderBy: "-exportTarget",
        status: "archived"
      })
    }).pipe(Effect.provide(serving({ "GET modelDeployments/": json({ data: [], next: null }) }))))

  it.effect("update patches the changes and returns the deployment as read afterwards", () =>
    Effect.gen(function*() {
      const updated = yield* ModelDeployment.update(id, { label: "New", status: "inactive" })
      assert.strictEqual(updated.label, "as the server has it")
      const [patch] = yield* requests
      assert.deepStrictEqual(patch?.body, { label: "New", status: "inactive" })
      assert.deepStrictEqual(yield* sent, [`PATCH modelDeployments/${id}/`, `GET modelDeployments/${id}/`])
    }).pipe(Effect.provide(serving({
      "PATCH modelDeployments/:id/": empty(),
      [one]: json(wire({ label: "as the server has it" }))
    }))))

  it.effect("update sends an empty description, which clears it", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.update(id, { description: "" })
      const [patch] = yield* requests
      assert.deepStrictEqual(patch?.body, { description: "" })
    }).pipe(Effect.provide(serving({ "PATCH modelDeployments/:id/": empty(), [one]: json(wire()) }))))

  it.effect("activate, deactivate and archive each set their status", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.activate(id)
      yield* ModelDeployment.deactivate(id)
      yield* ModelDeployment.archive(id)
      const bodies = (yield* requests).filter(({ method }) => method === "PATCH").map(({ body }) => body)
      assert.deepStrictEqual(bodies, [{ status: "active" }, { status: "inactive" }, { status: "archived" }])
    }).pipe(Effect.provide(serving({ "PATCH modelDeployments/:id/": empty(), [one]: json(wire()) }))))

  it.effect("actionLog is requested below the deployment", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* ModelDeployment.actionLog(id, { limit: 5, offset: 10 }), [])
      assert.deepStrictEqual(yield* sent, [`GET modelDeployments/${id}/actionLog/?offset=10&limit=5`])
    }).pipe(Effect.provide(serving({ "GET modelDeployments/:id/actionLog/": json({ data: [], next: null }) }))))

  it.effect("headers of the call are sent together with headers of the layer", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.get(id, { headers: { "X-Call": "2" } })
      const [request] = yield* requests
      assert.strictEqual(request?.headers["x-layer"], "1")
      assert.strictEqual(request?.headers["x-call"], "2")
    }).pipe(Effect.provide(serving({ [one]: json(wire()) }, { headers: { "x-layer": "1" } }))))
})

const statistics = {
  totalRequests: 100,
  consumers: 5,
  totalPredictionRows: 1200,
  period: { start: "2018-05-02 13:25:00.000000+00:00", end: "2018-05-03 13:25:00.000000+00:00" },
  userErrorRate: { current: 0.01, previous: 0.02 },
  serverErrorRate: { current: 0.0, previous: 0.01 },
  load: { peak: 20.0, median: 4.0 },
  medianExecutionTime: null
}

describe("ModelDeployment.getServiceStatistics", () => {
  const stats = "GET modelDeployments/:id/serviceStats/"
  const queryOf = (period: ModelDeployment.StatisticsInput) =>
    Effect.gen(function*() {
      yield* ModelDeployment.getServiceStatistics(id, period)
      const [request] = yield* requests
      assert.strictEqual(request?.path, `/api/v2/modelDeployments/${id}/serviceStats/`)
      return request?.query
    }).pipe(Effect.provide(serving({ [stats]: json(statistics) })))

  it.effect("sends no period by default, which means the last 24 hours", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* queryOf({}), {})
    }))

  it.effect("sends a string unchanged, including a date without a time", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* queryOf({ startDate: "2017-01-01" }), { start: "2017-01-01" })
      assert.deepStrictEqual(yield* queryOf({ endDate: "2017-01-01T10:00:00+02:00" }), {
        end: "2017-01-01T10:00:00+02:00"
      })
    }))

  it.effect("sends Date and DateTime as UTC", () =>
    Effect.gen(function*() {
      const zoned = DateTime.unsafeMakeZoned("2017-06-01T00:00:00Z", { timeZone: "Europe/Berlin" })
      assert.deepStrictEqual(yield* queryOf({ startDate: new Date(0), endDate: zoned }), {
        start: "1970-01-01T00:00:00.000Z",
        end: "2017-06-01T00:00:00.000Z"
      })
      assert.deepStrictEqual(yield* queryOf({ startDate: DateTime.unsafeMake("2017-01-01") }), {
        start: "2017-01-01T00:00:00.000Z"
      })
    }))

  it.effect("returns the statistics", () =>
    Effect.gen(function*() {
      const { period, ...numbers } = yield* ModelDeployment.getServiceStatistics(id)
      assert.strictEqual(DateTime.formatIso(period.start), "2018-05-02T13:25:00.000Z")
      assert.strictEqual(DateTime.formatIso(period.end), "2018-05-03T13:25:00.000Z")
      const { period: _, ...expected } = statistics
      assert.deepStrictEqual(numbers, expected)
    }).pipe(Effect.provide(serving({ [stats]: json(statistics) }))))

  it.effect("accepts a null previous rate and a missing totalPredictionRows", () =>
    Effect.gen(function*() {
      const { totalPredictionRows: _, ...rest } = statistics
      const found = yield* ModelDeployment.getServiceStatistics(id).pipe(
        Effect.provide(serving({ [stats]: json({ ...rest, userErrorRate: { current: 0.5, previous: null } }) }))
      )
      assert.strictEqual(found.userErrorRate.previous, null)
      assert.notProperty(found, "totalPredictionRows")
    }))
})

describe("Invalid ModelDeployment arguments", () => {
  const refused = (name: string, operation: Operation, ...paths: ReadonlyArray<string>) =>
    it.effect(`rejects ${name}`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(operation, isValidationError)
        assert.strictEqual(error.phase, "request")
        assert.strictEqual(error.attempts, 0)
        assert.deepStrictEqual(error.issues.map((issue) => issue.path), paths)
        assert.deepStrictEqual(yield* requests, [])
      }).pipe(Effect.provide(serving({}))))

  const { actionLog, create, get, getServiceStatistics, list, update } = ModelDeployment

  refused("a create without its required fields", create(untyped({})), "projectId", "modelId", "label")
  refused("a blank label", create({ ...newDeployment, label: " \t" }), "label")
  refused("an empty projectId", create({ ...newDeployment, projectId: "" }), "projectId")
  refused("an unknown key in create", create(untyped({ ...newDeployment, lable: "x" })), "lable")
  refused("an unknown status in create", create(untyped({ ...newDeployment, status: "Active" })), "status")
  refused("null as the input of create", create(untyped(null)), "")

  refused("an update without fields", update(id, {}), "")
  refused("an update with only undefined values", update(id, { label: undefined }), "")
  refused("an update to a blank label", update(id, { label: " " }), "label")
  refused("an update of a key that can't be changed", update(id, untyped({ type: "sse" })), "type")
  refused("an update with a null", update(id, untyped({ description: null })), "description")
  refused("an invalid id and a blank label at once", update("..", { label: "" }), "id", "label")

  refused("a limit of 0", list({ limit: 0 }), "limit")
  refused("a limit that is not a whole number", list({ limit: 1.5 }), "limit")
  refused("a limit that is a string", list(untyped({ limit: "5" })), "limit")
  refused("a negative offset", list({ offset: -1 }), "offset")
  refused("an unknown order", list(untyped({ orderBy: "createdAt" })), "orderBy")
  refused("an unknown status filter", list(untyped({ status: "Active" })), "status")
  refused("an unknown filter", list(untyped({ projectId: "p1" })), "projectId")
  refused("a pageSize in page", ModelDeployment.page(untyped({ pageSize: 5 })), "pageSize")
  refused("a pageSize of 0", Stream.runDrain(ModelDeployment.stream({ pageSize: 0 })), "pageSize")
  refused("a limit of 0 for the action log", actionLog(id, { limit: 0 }), "limit")
  refused("an unknown filter of the action log", actionLog(id, untyped({ action: "created" })), "action")

  refused(
    "invalid dates",
    getServiceStatistics(id, { startDate: "yesterday", endDate: "2017-02-30" }),
    "startDate",
    "endDate"
  )
  refused("an invalid Date", getServiceStatistics(id, { startDate: new Date(NaN) }), "startDate")
  refused("a number as a date", getServiceStatistics(id, untyped({ startDate: 1483228800000 })), "startDate")
  refused(
    "a period that ends before it starts",
    getServiceStatistics(id, { startDate: "2017-01-02", endDate: "2017-01-01" }),
    ""
  )
  refused(
    "a period of zero length",
    getServiceStatistics(id, { startDate: "2017-01-01", endDate: "2017-01-01T00:00Z" }),
    ""
  )
  refused("the wire name start for a period", getServiceStatistics(id, untyped({ start: "2017-01-01" })), "start")

  refused("a wait timeout of 0", ModelDeployment.awaitDeployed(id, { timeout: 0 }), "timeout")
  refused("an infinite wait interval", ModelDeployment.awaitDeployed(id, { interval: Infinity }), "interval")
  refused("a watch interval of 0", Stream.runDrain(ModelDeployment.watch(id, { interval: 0 })), "interval")
  refused(
    "invalid timeouts of a request",
    get(id, { timeout: 0, attemptTimeout: Infinity }),
    "timeout",
    "attemptTimeout"
  )
  refused("a header that the SDK sets (S-4)", get(id, { headers: { Authorization: "x" } }), "headers.authorization")

  it.effect("an id of 128 characters is accepted", () =>
    Effect.gen(function*() {
      const longest = "aZ0_-".repeat(26).slice(0, 128)
      yield* get(longest)
      assert.deepStrictEqual(yield* sent, [`GET modelDeployments/${longest}/`])
    }).pipe(Effect.provide(serving({ [one]: json(wire()) }))))

  it.effect("the message names the field but not the value", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        create(untyped({ ...newDeployment, label: 4711, status: "s3cret" })),
        isValidationError
      )
      assert.strictEqual(
        error.message,
        "ModelDeployment.create was not sent: label must be a string that is not blank; " +
          "status must be \"active\", \"inactive\" or \"archived\", but is another string."
      )
    }).pipe(Effect.provide(serving({}))))
})

describe("ModelDeployment responses", () => {
  const read = (body: unknown) => Effect.provide(ModelDeployment.get(id), serving({ [one]: json(body) }))

  it.effect("the sample deployment is decoded completely", () =>
    Effect.gen(function*() {
      const { createdAt, updatedAt, ...rest } = yield* read(wire())
      assert.strictEqual(DateTime.formatIso(createdAt), "2018-05-02T10:11:12.131Z")
      assert.strictEqual(DateTime.formatIso(updatedAt), "2018-05-03T08:00:00.000Z")
      const { createdAt: _, updatedAt: __, ...expected } = wire()
      assert.deepStrictEqual(rest, expected as typeof rest)
    }))

  it.effect("a label may be null", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* read(wire({ label: null }))).label, null)
    }))

  for (
    const key of [
      "deployed",
      "description",
      "organizationId",
      "instance",
      "modelHealth"
    ] as const
  ) {
    it.effect(`${key} may be missing or null, and the decoded value keeps the difference`, () =>
      Effect.gen(function*() {
        assert.notProperty(yield* read(without(key)), key)
        assert.strictEqual((yield* read(wire({ [key]: null })))[key], null)
      }))
  }

  it.effect("an instance may lack privateIp and ormVersion", () =>
    Effect.gen(function*() {
      const bare = { id: "i", hostName: "h" }
      assert.deepStrictEqual((yield* read(wire({ instance: bare }))).instance, bare)
      const full = { ...bare, privateIp: "10.0.0.1", ormVersion: "v2", datarobotKey: null, sslEnabled: false }
      assert.deepStrictEqual((yield* read(wire({ instance: full }))).instance, full)
    }))

  it.effect("serviceHealthMessages are an empty list if they are missing or null", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* read(without("serviceHealthMessages"))).serviceHealthMessages, [])
      assert.deepStrictEqual((yield* read(wire({ serviceHealthMessages: null }))).serviceHealthMessages, [])
    }))

  it.effect("a deployment without requests has a window of 0 and no rates", () =>
    Effect.gen(function*() {
      const found = yield* read(wire({ trendTimeWindow: 0, requestRates: [], relativeRequestsTrend: null }))
      assert.strictEqual(found.trendTimeWindow, 0)
      assert.deepStrictEqual(found.requestRates, [])
      assert.strictEqual(found.relativeRequestsTrend, null)
    }))

  it.effect("unknown enum values are kept", () =>
    Effect.gen(function*() {
      const found = yield* read(wire({ status: "errored", type: "k8s", serviceHealth: "unknown", modelHealth: "odd" }))
      assert.deepStrictEqual(
        [found.status, found.type, found.serviceHealth, found.modelHealth],
        ["errored", "k8s", "unknown", "odd"]
      )
    }))

  it.effect("unknown keys are dropped, except in the project", () =>
    Effect.gen(function*() {
      const found = yield* read(wire({ importance: "LOW", project: { id: "p", anything: { at: "all" } } }))
      assert.notProperty(found, "importance")
      assert.deepStrictEqual(found.project, { id: "p", anything: { at: "all" } })
    }))

  for (
    const [form, iso] of [
      ["2018-04-23 05:09:41.405999", "2018-04-23T05:09:41.405Z"],
      ["2018-04-23 05:09:41.405000+02:00", "2018-04-23T03:09:41.405Z"],
      ["2020-01-14T15:06:08.000000Z", "2020-01-14T15:06:08.000Z"]
    ] as const
  ) {
    it.effect(`a timestamp may have the form ${form}`, () =>
      Effect.gen(function*() {
        assert.strictEqual(DateTime.formatIso((yield* read(wire({ createdAt: form }))).createdAt), iso)
      }))
  }

  it.effect("a missing required key is named in an issue", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(read(without("status", "model")), isValidationError)
      assert.strictEqual(error.phase, "response")
      assert.deepStrictEqual(error.issues, [
        { path: "status", message: "is missing" },
        { path: "model", message: "is missing" }
      ])
    }))

  it.effect("an issue names the path of a nested field, but not its value", () =>
    Effect.gen(function*() {
      const broken = wire({ instance: { id: 4711 }, createdAt: "yesterday", requestRates: [0, "x"] })
      const error = yield* failsWith(read(broken), isValidationError)
      assert.deepStrictEqual(error.issues, [
        { path: "instance.id", message: "must be a string, but is a number" },
        { path: "instance.hostName", message: "is missing" },
        { path: "createdAt", message: "must be a timestamp such as 2018-04-23 05:09:41.405000, but is a string" },
        { path: "requestRates[1]", message: "must be a number, but is a string" }
      ])
    }))

  it.effect("a login page with status 200 is rejected", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        Effect.provide(ModelDeployment.get(id), serving({ [one]: text("<!doctype html><title>Sign in</title>") })),
        isValidationError
      )
      assert.include(error.message, "web page")
      assert.notInclude(error.message, "Sign in")
    }))

  it.effect("the action log is read in camelCase and in snake_case, with unknown actions", () =>
    Effect.gen(function*() {
      const log = yield* ModelDeployment.actionLog(id)
      assert.deepStrictEqual(
        log.map(({ action, performedAt, performedBy }) => [action, DateTime.formatIso(performedAt), performedBy]),
        [
          ["created", "2018-05-02T10:11:12.131Z", { id: "u", username: "ana", firstName: "Ana", lastName: null }],
          ["model_replaced", "2018-05-03T10:11:12.131Z", { id: "u", username: "ana", firstName: "Ana" }]
        ]
      )
    }).pipe(Effect.provide(serving({
      "GET modelDeployments/:id/actionLog/": json({
        count: 2,
        next: null,
        previous: null,
        data: [
          {
            action: "created",
            performedAt: "2018-05-02 10:11:12.131415",
            performedBy: { id: "u", username: "ana", firstName: "Ana", lastName: null }
          },
          {
            action: "model_replaced",
            performed_at: "2018-05-03 10:11:12.131415",
            performed_by: { id: "u", username: "ana", first_name: "Ana" }
          }
        ]
      })
    }))))

  it.effect("a deployment survives a round trip through JSON", () =>
    Effect.gen(function*() {
      const found = yield* read(wire())
      const encoded = yield* Schema.encode(ModelDeployment.ModelDeployment)(found)
      const again = yield* Schema.decode(ModelDeployment.ModelDeployment)(encoded)
      assert.deepStrictEqual(again, found)
    }))
})

describe("ModelDeployment.create", () => {
  const post = (answer: MockHttpClient.Handler, more: MockHttpClient.Routes = {}) => ({
    "POST modelDeployments/": answer,
    [one]: json(wire()),
    ...more
  })
  const location = (url: string, status = 201) => empty({ status, headers: { location: url } })
  const status = `${endpoint}/status/s1/`
  const toDeployment = empty({ status: 303, headers: { location: `${endpoint}/modelDeployments/${id}/` } })
  const answers = (effect: Operation, routes: MockHttpClient.Routes, ...expected: ReadonlyArray<string>) =>
    Effect.gen(function*() {
      const deployment = yield* timeLapse(effect)
      assert.propertyVal(deployment, "label", "Churn scorer")
      assert.deepStrictEqual(yield* sent, expected)
    }).pipe(Effect.provide(serving(routes)))

  const creation = ModelDeployment.create(newDeployment)
  const reads = `GET modelDeployments/${id}/`

  it.effect("reads the deployment that a 201 points to", () =>
    answers(creation, post(created), "POST modelDeployments/", reads))

  it.effect("reads the deployment even if the 201 has a body", () =>
    answers(
      creation,
      post(json(wire({ label: "stale" }), { status: 201, headers: { location: `/api/v2/modelDeployments/${id}/` } })),
      "POST modelDeployments/",
      reads
    ))

  it.effect("waits for the job of a 202 and reads the deployment it created (J-1)", () =>
    answers(
      creation,
      post(location(status, 202), {
        "GET status/s1/": [json({ status: "INITIALIZED" }), json({ status: "RUNNING", message: "" }), toDeployment]
      }),
      "POST modelDeployments/",
      "GET status/s1/",
      "GET status/s1/",
      "GET status/s1/",
      reads
    ))

  it.effect("takes the id from the 202 if the COMPLETED job has no Location", () =>
    answers(
      creation,
      post(json({ id }, { status: 202, headers: { location: status } }), {
        "GET status/s1/": json({ status: "COMPLETED" })
      }),
      "POST modelDeployments/",
      "GET status/s1/",
      reads
    ))

  it.effect("reads the deployment after a 202 with only an id", () =>
    answers(creation, post(json({ id }, { status: 202 })), "POST modelDeployments/", reads))

  for (const code of [200, 201]) {
    it.effect(`returns the deployment in a ${code} without Location, without reading it`, () =>
      answers(creation, post(json(wire(), { status: code })), "POST modelDeployments/"))
  }

  it.effect("reads a Location on another host from the endpoint, and warns once (S-2)", () => {
    const { layer, lines } = logged()
    return Effect.gen(function*() {
      yield* creation
      yield* creation
      assert.deepStrictEqual(yield* sent, ["POST modelDeployments/", reads, "POST modelDeployments/", reads])
      const warnings = lines.filter(({ level }) => level === "WARN")
      assert.deepStrictEqual(warnings.map(({ message }) => message), [
        "DataRobot's responses name another host than the configured endpoint; the endpoint is used"
      ])
    }).pipe(
      Effect.provide(layer),
      Effect.provide(serving(post(location(`https://internal.example.org:8443/api/v2/modelDeployments/${id}/`))))
    )
  })

  it.effect("rebases a Location below /api/v2 on an endpoint without a path (S-2)", () =>
    Effect.gen(function*() {
      yield* creation
      const [, read] = yield* requests
      assert.strictEqual(read?.path, `/modelDeployments/${id}/`)
    }).pipe(
      Effect.provide(
        serving(post(location(`https://app.datarobot.com/api/v2/modelDeployments/${id}/`)), {
          endpoint: "https://dr.example.com"
        })
      )
    ))

  for (
    const url of [
      `${endpoint}/projects/p1/`,
      `${endpoint}/modelDeployments/`,
      `${endpoint}/modelDeployments/${id}/actionLog/`,
      "https://dr.example.com/login",
      `https://ana:pw@dr.example.com/api/v2/modelDeployments/${id}/`,
      "javascript:alert(1)"
    ]
  ) {
    it.effect(`rejects the Location ${url} (S-2)`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(creation, isValidationError)
        assert.strictEqual(error.phase, "response")
        assert.deepStrictEqual(error.issues.map(({ path }) => path), ["Location"])
        assert.include(
          error.message,
          "The server accepted the request: check whether it exists before you create it again."
        )
        assert.deepStrictEqual(yield* sent, ["POST modelDeployments/"])
      }).pipe(Effect.provide(serving(post(location(url))))))
  }

  it.effect("reports that the deployment was created if only the read afterwards fails", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(creation, isApiError)
      assert.strictEqual(error.reason, "Forbidden")
      assert.include(error.message, `It was created with id ${id}: do not create it again.`)
    }).pipe(Effect.provide(serving(post(created, { [one]: json({ message: "No" }, { status: 403 }) })))))

  it.effect("reports that the deployment was created if the read afterwards is unreadable", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(creation, isValidationError)
      assert.include(error.message, `with id ${id}: do not create it again.`)
    }).pipe(Effect.provide(serving(post(created, { [one]: json({}) })))))

  it.effect("reports that the deployment may have been created if the POST returns a web page (R-5)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(creation, isValidationError)
      assert.include(error.message, "check with ModelDeployment.list({ query: label })")
      assert.deepStrictEqual(yield* sent, ["POST modelDeployments/"])
    }).pipe(Effect.provide(serving(post(text("<html>", { status: 201 }))))))

  it.effect("fails with the message and the handle of a failed job (J-1)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(creation), isJobError)
      assert.strictEqual(error.reason, "Failed")
      assert.strictEqual(error.status, "ERROR")
      assert.deepStrictEqual(error.handle, { kind: "status", id: "s1" })
      assert.strictEqual(
        error.message,
        "ModelDeployment.create failed (GET status/s1/, 1 attempt): DataRobot's job s1 ended with ERROR: no capacity"
      )
    }).pipe(
      Effect.provide(
        serving(post(location(status, 202), { "GET status/s1/": json({ status: "ERROR", message: "no capacity" }) }))
      )
    ))

  it.effect("fails if the COMPLETED job has no Location and the 202 no id", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(creation, isValidationError)
      assert.deepStrictEqual(error.issues, [{
        path: "Location",
        message: "must point to an item of modelDeployments/"
      }])
      assert.include(error.message, "check whether it exists before you create it again")
    }).pipe(Effect.provide(serving(post(location(status, 202), { "GET status/s1/": json({ status: "COMPLETED" }) })))))

  it.effect("fails if the job created another kind of resource", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(creation, isValidationError)
      assert.deepStrictEqual(error.issues, [{
        path: "Location",
        message: "must point to an item of modelDeployments/"
      }])
    }).pipe(
      Effect.provide(
        serving(post(location(status, 202), {
          "GET status/s1/": empty({ status: 303, headers: { location: `${endpoint}/projects/p1/` } })
        }))
      )
    ))
})

describe("ModelDeployment.update", () => {
  it.effect("reports that the change was made if only the read afterwards fails", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.update(id, { label: "New" }, { retry: false }), isNetworkError)
      assert.include(error.message, "The change itself was made.")
      assert.strictEqual(error.method, "GET")
    }).pipe(Effect.provide(serving({ "PATCH modelDeployments/:id/": empty(), [one]: networkFailure("ECONNREFUSED") }))))

  it.effect("fails with the server's conflict", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.activate(id), isApiError)
      assert.strictEqual(error.reason, "Conflict")
      assert.strictEqual(error.operation, "ModelDeployment.activate")
      assert.deepStrictEqual(yield* sent, [`PATCH modelDeployments/${id}/`])
    }).pipe(
      Effect.provide(serving({ "PATCH modelDeployments/:id/": json({ message: "Already active" }, { status: 409 }) }))
    ))
})

describe("ModelDeployment.getOption", () => {
  it.effect("returns some deployment if it exists", () =>
    Effect.gen(function*() {
      const found = yield* ModelDeployment.getOption(id)
      assert.strictEqual(Option.getOrUndefined(found)?.id, id)
    }).pipe(Effect.provide(serving({ [one]: json(wire()) }))))

  it.effect("returns none for a 404", () =>
    Effect.gen(function*() {
      assert.isTrue(Option.isNone(yield* ModelDeployment.getOption(id)))
    }).pipe(Effect.provide(serving({ [one]: json({ message: "Not Found" }, { status: 404 }) }))))
})

describe("ModelDeployment.awaitDeployed", () => {
  const notYet = json(wire({ deployed: false }))
  const ready = json(wire({ deployed: true }))

  it.effect("polls at growing intervals until the deployment is deployed", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(ModelDeployment.awaitDeployed(id))
      const askedAfter = (duration: "0 seconds" | "799 millis" | "401 millis" | "3 seconds") =>
        Effect.zipRight(TestClock.adjust(duration), Effect.map(sent, (all) => all.length))
      assert.strictEqual(yield* askedAfter("0 seconds"), 1)
      assert.strictEqual(yield* askedAfter("799 millis"), 1, "the first interval is 1 s, give or take 20 %")
      assert.strictEqual(yield* askedAfter("401 millis"), 2)
      assert.strictEqual(yield* askedAfter("3 seconds"), 3)
      const deployment = yield* Fiber.join(fiber)
      assert.strictEqual(deployment.deployed, true)
    }).pipe(Effect.provide(serving({ [one]: [notYet, notYet, ready] }))))

  it.effect("polls at the given interval, and once more at the deadline", () =>
    Effect.gen(function*() {
      yield* timeLapse(
        Effect.flip(ModelDeployment.awaitDeployed(id, { interval: "10 seconds", timeout: "25 seconds" }))
      )
      assert.strictEqual((yield* sent).length, 4)
    }).pipe(Effect.provide(serving({ [one]: notYet }))))

  it.effect("keeps polling if the response lacks `deployed`", () =>
    Effect.gen(function*() {
      yield* timeLapse(ModelDeployment.awaitDeployed(id))
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [one]: [json(without("deployed")), ready] }))))

  it.effect("fails at its deadline with a handle that resumes the wait (J-2)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(ModelDeployment.awaitDeployed(id, { timeout: "1 minute" })),
        isJobError
      )
      assert.strictEqual(error.reason, "Deadline")
      assert.strictEqual(error.status, "active")
      assert.deepStrictEqual(JSON.parse(JSON.stringify(error.handle)), { kind: "modelDeployment", id })
      const deployment = yield* ModelDeployment.awaitDeployed(error.handle).pipe(
        Effect.provide(serving({ [one]: ready }))
      )
      assert.strictEqual(deployment.id, id)
    }).pipe(Effect.provide(serving({ [one]: notYet }))))

  it.effect("has a handle in its deadline error even if no poll succeeded", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(
          ModelDeployment.awaitDeployed({ id }, { timeout: "1 second", interval: "1 second" }, { retry: false })
        ),
        isJobError
      )
      assert.deepStrictEqual(error.handle, { kind: "modelDeployment", id })
      assert.notProperty(error, "status")
    }).pipe(Effect.provide(serving({ [one]: networkFailure("ECONNREFUSED") }))))

  it.effect("delays the next poll by the Retry-After of a failed one", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(ModelDeployment.awaitDeployed(id, {}, { retry: false }))
      yield* TestClock.adjust("89 seconds")
      assert.strictEqual((yield* sent).length, 1)
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.join(fiber)
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(
      Effect.provide(
        serving({ [one]: [json({ message: "busy" }, { status: 429, headers: { "retry-after": "90" } }), ready] })
      )
    ))

  it.effect("waits ten minutes by default", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(ModelDeployment.awaitDeployed(id, { interval: "5 minutes" })))
      yield* TestClock.adjust("599 seconds")
      assert.strictEqual((yield* sent).length, 2)
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "DataRobotJobError")
    }).pipe(Effect.provide(serving({ [one]: notYet }))))

  it.effect("fails if the deployment is archived meanwhile", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(ModelDeployment.awaitDeployed(id)), isJobError)
      assert.strictEqual(error.reason, "Failed")
      assert.strictEqual(error.status, "archived")
      assert.strictEqual(
        error.message,
        `ModelDeployment.awaitDeployed failed (GET modelDeployments/${id}/, 2 attempts): ` +
          "the deployment was archived before it was deployed."
      )
    }).pipe(
      Effect.provide(serving({ [one]: [notYet, json(wire({ deployed: false, status: "archived" }))] }))
    ))

  it.effect("tolerates up to four transient failures in a row (J-1)", () =>
    Effect.gen(function*() {
      const down = json({ message: "down" }, { status: 500 })
      const fourFailures = [down, down, down, down]
      const deployment = yield* timeLapse(ModelDeployment.awaitDeployed(id, {}, { retry: false })).pipe(
        Effect.provide(serving({ [one]: [...fourFailures, notYet, ...fourFailures, ready] }))
      )
      assert.strictEqual(deployment.deployed, true)
    }))

  it.effect("fails with the fifth transient failure in a row (J-1)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(ModelDeployment.awaitDeployed(id, {}, { retry: false })),
        isNetworkError
      )
      assert.strictEqual(error.reason, "Connect")
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(Effect.provide(serving({ [one]: networkFailure("ECONNREFUSED") }))))

  it.effect("fails at once with a permanent failure", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(ModelDeployment.awaitDeployed(id)), isApiError)
      assert.strictEqual(error.reason, "NotFound")
      assert.strictEqual((yield* sent).length, 1)
    }).pipe(Effect.provide(serving({ [one]: json({ message: "Not Found" }, { status: 404 }) }))))
})

describe("ModelDeployment.watch", () => {
  it.effect("emits the current deployment, and then each change", () =>
    Effect.gen(function*() {
      const seen = yield* timeLapse(
        Stream.runCollect(Stream.take(ModelDeployment.watch(id), 3)).pipe(Effect.map((all) => [...all]))
      )
      assert.deepStrictEqual(seen.map(({ label }) => label), ["a", "b", "a"])
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(
      Effect.provide(serving({ [one]: ["a", "a", "b", "b", "a"].map((label) => json(wire({ label }))) }))
    ))

  it.effect("polls every ten seconds by default, or at the given interval", () =>
    Effect.gen(function*() {
      for (
        const [options, looks] of [[{}, 7], [{ interval: "30 seconds" }, 3]] as const
      ) {
        const count = yield* Effect.gen(function*() {
          const fiber = yield* Effect.fork(Stream.runDrain(ModelDeployment.watch(id, options)))
          yield* TestClock.adjust("1 minutes")
          yield* Fiber.interrupt(fiber)
          return (yield* sent).length
        }).pipe(Effect.provide(serving({ [one]: json(wire()) })))
        assert.strictEqual(count, looks)
      }
    }))

  it.effect("fails when a poll fails", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Stream.runDrain(ModelDeployment.watch(id))), isApiError)
      assert.strictEqual(error.reason, "NotFound")
    }).pipe(Effect.provide(serving({ [one]: [json(wire()), json({ message: "Not Found" }, { status: 404 })] }))))
})

describe("Job.await", () => {
  const status = "GET status/:id/"

  it.effect("ends when the status redirects, and returns the created resource", () =>
    Effect.gen(function*() {
      const made = yield* timeLapse(Job.await("s1"))
      assert.deepStrictEqual(made, { collection: "deployments", id: "d1" })
    }).pipe(
      Effect.provide(serving({
        [status]: [
          json({ status: "RUNNING" }),
          empty({ status: 303, headers: { location: `${endpoint}/deployments/d1/` } })
        ]
      }))
    ))

  it.effect("ends with the status COMPLETED in any letter case", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* Job.await("s1"), undefined)
    }).pipe(Effect.provide(serving({ [status]: json({ status: "completed" }) }))))

  it.effect("ends with a redirect without Location", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* Job.await("s1"), undefined)
    }).pipe(Effect.provide(serving({ [status]: empty({ status: 303 }) }))))

  for (const word of ["ERROR", "error: out of memory", "ABORTED", "aborting", "EXPIRED", "Cancelled"]) {
    it.effect(`fails with the status ${word}`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(Job.await("s1"), isJobError)
        assert.strictEqual(error.reason, "Failed")
        assert.strictEqual(error.status, word)
        assert.include(error.message, "no message")
      }).pipe(Effect.provide(serving({ [status]: json({ status: word, message: null }) }))))
  }

  it.effect("keeps polling while the status is unknown to the SDK", () =>
    Effect.gen(function*() {
      yield* timeLapse(Job.await("s1"))
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [status]: [json({ status: "REPLICATING" }), json({ status: "COMPLETED" })] }))))

  it.effect("tolerates three 404s at the start", () =>
    Effect.gen(function*() {
      const notFound = json({ message: "Not Found" }, { status: 404 })
      const done = json({ status: "COMPLETED" })
      yield* timeLapse(Job.await("s1")).pipe(
        Effect.provide(serving({ [status]: [notFound, notFound, notFound, done] }))
      )
      const error = yield* failsWith(timeLapse(Job.await("s1")), isJobError).pipe(
        Effect.provide(serving({ [status]: [notFound, notFound, notFound, notFound] }))
      )
      assert.strictEqual(error.reason, "Lost")
      assert.strictEqual(error.attempts, 4)
    }))

  it.effect("fails with reason Lost on a 404 after more than ten seconds", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await("s1", { interval: "11 seconds" })), isJobError)
      assert.strictEqual(error.reason, "Lost")
      assert.strictEqual(error.attempts, 2)
    }).pipe(
      Effect.provide(
        serving({ [status]: [json({ status: "RUNNING" }), json({ message: "Not Found" }, { status: 404 })] })
      )
    ))

  for (const code of [401, 403]) {
    it.effect(`fails at once with a ${code}`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(Job.await("s1"), isApiError)
        assert.strictEqual(error.status, code)
        assert.include(
          error.message,
          "The job continues in DataRobot. To keep waiting, call Job.await with status id s1."
        )
      }).pipe(Effect.provide(serving({ [status]: json({ message: "No" }, { status: code }) }))))
  }

  it.effect("delays the next poll by the Retry-After", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Job.await("s1"))
      yield* TestClock.adjust("29 seconds")
      assert.strictEqual((yield* sent).length, 1)
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual((yield* sent).length, 2)
      yield* Fiber.join(fiber)
    }).pipe(
      Effect.provide(serving({
        [status]: [json({ status: "RUNNING" }, { headers: { "retry-after": "30" } }), json({ status: "COMPLETED" })]
      }))
    ))

  it.effect("fails at once if the Retry-After exceeds the remaining time (R-3)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1", { timeout: "10 seconds" }), isJobError)
      assert.strictEqual(error.reason, "Deadline")
      assert.strictEqual((yield* sent).length, 1)
    }).pipe(Effect.provide(serving({ [status]: json({ status: "RUNNING" }, { headers: { "retry-after": "11" } }) }))))

  it.effect("does not cancel the job at its deadline, and the handle resumes the wait (J-2)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await("s1", { timeout: "10 seconds" })), isJobError)
      assert.strictEqual(error.reason, "Deadline")
      assert.strictEqual(error.status, "INITIALIZED")
      const stored = JSON.stringify(error.handle)
      assert.strictEqual(stored, "{\"kind\":\"status\",\"id\":\"s1\"}")
      yield* Job.await(untyped(JSON.parse(stored))).pipe(
        Effect.provide(serving({ [status]: json({ status: "COMPLETED" }) }))
      )
      assert.isTrue((yield* sent).every((line) => line === "GET status/s1/"), "nothing is cancelled on the server")
    }).pipe(Effect.provide(serving({ [status]: json({ status: "INITIALIZED" }) }))))

  it.effect("reports no status at its deadline if no poll succeeded", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await("s1", { timeout: "2 seconds" })), isJobError)
      assert.strictEqual(error.reason, "Deadline")
      assert.include(error.message, "the job is still in an unknown state after 3 polls")
    }).pipe(Effect.provide(serving({ [status]: json({ message: "down" }, { status: 500 }) }))))

  it.effect("reports the job's message on one line without the token (S-4)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1"), isJobError)
      assert.include(error.message, "bad token <redacted> here")
    }).pipe(Effect.provide(serving({ [status]: json({ status: "ERROR", message: `bad\ntoken ${token}\nhere` }) }))))
})
