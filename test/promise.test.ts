/** The Promise API: the same operations for plain async code. */
import { assert, describe, expect, it } from "@effect/vitest"
import {
  BatchPrediction,
  BatchPredictionDefinition,
  Credential,
  Dataset,
  Deployment,
  DeploymentActuals,
  DeploymentExport,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  ModelDeployment,
  ModelPackage,
  Prediction,
  PredictionEnvironment,
  PredictionServer,
  RegisteredModel
} from "effect-datarobot"
import {
  createClient,
  DataRobotApiError,
  DataRobotJobError,
  DataRobotNetworkError,
  DataRobotValidationError,
  isRetryable
} from "effect-datarobot/promise"
import * as Effect from "effect/Effect"
import { queryObjects } from "node:v8"
import { vi } from "vitest"
import { rejection } from "./promises.js"
import { endpoint, id, token, untyped, wire } from "./support.js"

interface Asked {
  readonly method: string
  readonly url: string
  readonly init: RequestInit
}

type Answer = (asked: Asked, index: number) => Response | Promise<Response>

/** A client whose `fetch` responds with `answer`, and the recorded requests. */
const clientOf = (answer: Answer) => {
  const asked: Array<Asked> = []
  const fetch: typeof globalThis.fetch = (input, init = {}) => {
    // Boundary: the HTTP client passes a URL.
    const one = { method: init.method ?? "GET", url: String(input as URL), init }
    asked.push(one)
    return Promise.resolve().then(() => answer(one, asked.length - 1))
  }
  return { asked, client: createClient({ endpoint, token, fetch }) }
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
const page = (labels: ReadonlyArray<string>, next: string | null = null) =>
  json({
    data: labels.map((label) => wire({ label })),
    next: next === null ? null : `${endpoint}/modelDeployments/${next}`
  })

/** The error that a promise rejects with. */
/** Never responds, and fails when the request is aborted. */
const hang: Answer = ({ init }) =>
  new Promise((_, reject) => {
    init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")))
  })

const threePages: Answer = (_, index) =>
  page([`a${index}`, `b${index}`], index < 2 ? `?offset=${2 * (index + 1)}&limit=2` : null)

describe("The Promise client", () => {
  const functions = (namespace: object) =>
    Object.entries(namespace).filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name)).map((
      [name]
    ) => name).sort()

  it("has every operation under its name", () => {
    const { client } = clientOf(() => json({}))
    const { close: _, request: __, requestJob: ___, verify: ____, [Symbol.asyncDispose]: _____, ...namespaces } = client
    assert.deepStrictEqual(
      Object.fromEntries(Object.entries(namespaces).map(([name, face]) => [name, Object.keys(face).sort()])),
      {
        BatchPrediction: functions(BatchPrediction),
        BatchPredictionDefinition: functions(BatchPredictionDefinition),
        Credential: functions(Credential),
        Dataset: functions(Dataset),
        Deployment: functions(Deployment),
        // A sink has no counterpart: `submitStream` accepts any iterable.
        DeploymentActuals: functions(DeploymentActuals).filter((name) => name !== "sink"),
        DeploymentExport: functions(DeploymentExport),
        DeploymentModel: functions(DeploymentModel),
        DeploymentMonitoring: functions(DeploymentMonitoring),
        DeploymentSettings: functions(DeploymentSettings),
        Job: functions(Job),
        ModelDeployment: functions(ModelDeployment),
        ModelPackage: functions(ModelPackage),
        Prediction: functions(Prediction),
        PredictionEnvironment: functions(PredictionEnvironment),
        PredictionServer: functions(PredictionServer),
        RegisteredModel: functions(RegisteredModel)
      }
    )
  })

  it("creates a namespace once, when it is read, and lets a test replace it", () => {
    const { client } = clientOf(() => json({}))
    assert.strictEqual(client.Deployment, client.Deployment)
    const replaced = { ...client.Job }
    assert.strictEqual(Object.assign(client, { Job: replaced }).Job, replaced)
  })

  describe("leaves the key of a prediction server out of", () => {
    const key = "00000000-0000-0000-0000-000000000000"
    const server = { id: "d1", url: "https://pred.example.com" }
    const shown = { id, label: "Churn scorer", defaultPredictionServer: { ...server, "datarobot-key": key } }
    const listing = { data: [shown, { id: "2", defaultPredictionServer: null }], next: null }
    const keyless = {
      id,
      label: "Churn scorer",
      permissions: [],
      openedChangeRequests: [],
      defaultPredictionServer: server
    }
    const second = { id: "2", permissions: [], openedChangeRequests: [], defaultPredictionServer: null }
    const { client } = clientOf(({ method, url }) => {
      if (method === "PATCH") {
        return new Response(null, { status: 202, headers: { location: `${endpoint}/status/s1/` } })
      }
      if (url.includes("/status/")) {
        return new Response(null, { status: 303, headers: { location: `${endpoint}/deployments/${id}/` } })
      }
      if (url.includes("predictionServers")) return json({ data: [{ ...server, "datarobot-key": key }] })
      return json(url.endsWith(`${id}/`) ? shown : listing)
    })

    it("a deployment", async () => {
      assert.deepStrictEqual<unknown>(await client.Deployment.get(id), keyless)
      assert.deepStrictEqual<unknown>(await client.Deployment.getOption(id), keyless)
      assert.deepStrictEqual<unknown>(await client.Deployment.activate(id), keyless)
      assert.deepStrictEqual<unknown>(
        await client.DeploymentModel.replaceModel(id, { modelId: "m", reason: "OTHER" }),
        keyless
      )
    })

    it("a list, a page and a stream of deployments", async () => {
      assert.deepStrictEqual<unknown>(await client.Deployment.list(), [keyless, second])
      assert.deepStrictEqual<unknown>((await client.Deployment.page()).data, [keyless, second])
      const items: Array<unknown> = []
      for await (const deployment of client.Deployment.stream()) items.push(deployment)
      assert.deepStrictEqual(items, [keyless, second])
    })

    it("a list of prediction servers", async () => {
      assert.deepStrictEqual<unknown>(await client.PredictionServer.list(), [server])
    })
  })

  it("verify returns the version and the user, and rejects if the token is wrong", async () => {
    const { client } = clientOf(({ url }) =>
      json(url.endsWith("version/") ? { major: 2, minor: 30, versionString: "2.30.0" } : { uid: "u1", username: "ana" })
    )
    assert.deepStrictEqual(await client.verify(), {
      endpoint,
      version: { major: 2, minor: 30, versionString: "2.30.0" },
      user: { id: "u1", username: "ana" }
    })
    const { client: wrong } = clientOf(() => json({ message: "Invalid API token" }, 401))
    const error = await rejection(wrong.verify())
    assert.deepInclude(error, { reason: "Unauthorized", operation: "DataRobot.verify" })
    const controller = new AbortController()
    controller.abort(new Error("enough"))
    assert.strictEqual(String(await rejection(client.verify({ signal: controller.signal }))), "Error: enough")
  })

  it("sends the same request as the operation", async () => {
    const { asked, client } = clientOf(() => json(wire()))
    const deployment = await client.ModelDeployment.get(id)
    assert.strictEqual(deployment.label, "Churn scorer")
    assert.strictEqual(deployment.createdAt.toISOString(), "2018-05-02T10:11:12.131Z")
    assert.deepStrictEqual(asked.map(({ method, url }) => [method, url]), [[
      "GET",
      `${endpoint}/modelDeployments/${id}/`
    ]])
    assert.strictEqual(new Headers(asked[0]?.init.headers).get("authorization"), `Bearer ${token}`)
    assert.strictEqual(asked[0]?.init.redirect, "manual")
  })

  it("passes the arguments to each operation", async () => {
    const { asked, client } = clientOf(({ method, url }) => {
      if (method === "PATCH") return new Response(null, { status: 204 })
      if (url.includes("serviceStats")) {
        const period = { start: "2018-05-02 00:00:00", end: "2018-05-03 00:00:00" }
        const rate = { current: 0, previous: 0 }
        const load = { peak: 0, median: 0 }
        return json({
          totalRequests: 1,
          consumers: 1,
          period,
          userErrorRate: rate,
          serverErrorRate: rate,
          load,
          medianExecutionTime: null
        })
      }
      if (url.includes("status")) return json({ status: "COMPLETED" })
      if (url.includes("actionLog") || url.includes("?") || url.endsWith("modelDeployments/") && method === "GET") {
        return json({ data: [] })
      }
      return json(wire())
    })
    const { ModelDeployment: deployments } = client
    await deployments.create({ projectId: "p", modelId: "m", label: "l" })
    await deployments.list({ limit: 1 })
    await deployments.page({ limit: 2 })
    await deployments.update(id, { label: "l" }, { idempotent: true })
    await deployments.activate(id)
    await deployments.deactivate(id)
    await deployments.archive(id)
    await deployments.getServiceStatistics(id, { startDate: "2018-05-02" })
    await deployments.actionLog(id, { limit: 3 })
    await deployments.awaitDeployed(id, { timeout: "1 second" })
    await client.Job.await("s1")
    const one = `/modelDeployments/${id}/`
    assert.deepStrictEqual(asked.map(({ method, url }) => `${method} ${url.replace(endpoint, "")}`), [
      "POST /modelDeployments/",
      "GET /modelDeployments/?limit=1",
      "GET /modelDeployments/?limit=2",
      ...Array.from({ length: 4 }, () => [`PATCH ${one}`, `GET ${one}`]).flat(),
      `GET ${one}serviceStats/?start=2018-05-02`,
      `GET ${one}actionLog/?limit=3`,
      `GET ${one}`,
      "GET /status/s1/"
    ])
  })

  it("getOption resolves to undefined for a 404", async () => {
    assert.strictEqual(
      await clientOf(() => json({ message: "Not Found" }, 404)).client.ModelDeployment.getOption(id),
      undefined
    )
    assert.strictEqual((await clientOf(() => json(wire())).client.ModelDeployment.getOption(id))?.id, id)
  })

  it("rejects a signal in the wrong place, and says where it belongs", async () => {
    const { asked, client } = clientOf(() => json(wire()))
    const { signal } = new AbortController()
    const { ModelDeployment: deployments } = client
    const belongs = "it is an option, and belongs in the last argument, the options of the call"
    assert.include(String(await rejection(deployments.list(untyped({ signal })))), belongs)
    assert.include(String(await rejection(deployments.update(id, untyped({ signal })))), belongs)
    assert.include(
      String(await rejection(deployments.get(id, untyped(signal)))),
      "must be an object such as { signal }"
    )
    assert.strictEqual(asked.length, 0)
  })

  it("accepts options per call", async () => {
    const { asked, client } = clientOf(() => json({ message: "down" }, 500))
    await rejection(client.ModelDeployment.get(id, { retry: false, headers: { "x-a": "1" } }))
    assert.strictEqual(asked.length, 1)
    assert.strictEqual(new Headers(asked[0]?.init.headers).get("x-a"), "1")
  })

  it("uses the global fetch by default", async () => {
    const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(json(wire())))
    try {
      const deployment = await createClient({ endpoint, token }).ModelDeployment.get(id)
      assert.strictEqual(deployment.id, id)
      expect(fetch).toHaveBeenCalledOnce()
    } finally {
      fetch.mockRestore()
    }
  })
})

describe("A failed call of the Promise client", () => {
  it("rejects with the SDK's error, unwrapped", async () => {
    const error = await rejection(clientOf(() => json({ message: "Not Found" }, 404)).client.ModelDeployment.get(id))
    assert.instanceOf(error, DataRobotApiError)
    assert.instanceOf(error, Error)
    assert.propertyVal(error, "_tag", "DataRobotApiError")
    assert.propertyVal(error, "reason", "NotFound")
  })

  it("rejects with the error class of its kind", async () => {
    const network = clientOf(() =>
      Promise.reject(Object.assign(new TypeError("fetch failed"), { code: "ECONNREFUSED" }))
    )
    const refused = await rejection(network.client.ModelDeployment.get(id, { retry: false }))
    assert.instanceOf(refused, DataRobotNetworkError)
    assert.isTrue(isRetryable(refused))
    const { asked, client } = clientOf(() => json({ status: "ERROR" }))
    assert.instanceOf(await rejection(client.Job.await("s1")), DataRobotJobError)
    assert.instanceOf(await rejection(client.ModelDeployment.get("..")), DataRobotValidationError)
    assert.strictEqual(asked.length, 1, "a bad id is not sent")
  })

  it("rejects instead of throwing for an invalid argument", async () => {
    const { client } = clientOf(() => json({}))
    const error = await rejection(client.ModelDeployment.create(untyped({})))
    assert.instanceOf(error, DataRobotValidationError)
  })
})

describe("An AbortSignal", () => {
  it("that is already aborted rejects with its reason before anything is sent", async () => {
    const { asked, client } = clientOf(() => json(wire()))
    const reason = new Error("changed my mind")
    assert.strictEqual(await rejection(client.ModelDeployment.get(id, { signal: AbortSignal.abort(reason) })), reason)
    assert.strictEqual(asked.length, 0)
    await client.ModelDeployment.get(id)
    assert.strictEqual(await rejection(client.ModelDeployment.get(id, { signal: AbortSignal.abort(reason) })), reason)
    assert.strictEqual(asked.length, 1, "also by a client that is warm")
  })

  it("that aborts during the call rejects with its reason and aborts the request", async () => {
    const { asked, client } = clientOf(hang)
    const controller = new AbortController()
    const promise = rejection(client.ModelDeployment.get(id, { signal: controller.signal }))
    await vi.waitFor(() => assert.strictEqual(asked.length, 1))
    controller.abort("enough")
    assert.strictEqual(await promise, "enough")
    await vi.waitFor(() => assert.isTrue(asked[0]?.init.signal?.aborted))
    assert.strictEqual(asked.length, 1, "it is not repeated")
  })

  it("that aborts while `fetch` is called rejects with its reason", async () => {
    const controller = new AbortController()
    const fetch: typeof globalThis.fetch = (input, init) => {
      controller.abort("enough")
      // Boundary: the HTTP client passes a URL.
      return Promise.resolve(hang({ method: "GET", url: String(input as URL), init: init ?? {} }, 0))
    }
    const aborting = createClient({ endpoint, token, fetch })
    // The first call of a client starts later.
    const warm = rejection(aborting.ModelDeployment.get("..", {}))
    assert.instanceOf(await warm, DataRobotValidationError)
    const { signal } = controller
    assert.strictEqual(await rejection(aborting.ModelDeployment.get(id, { signal })), "enough")
  })

  it("that times out rejects with a TimeoutError", async () => {
    const { client } = clientOf(hang)
    const error = await rejection(client.ModelDeployment.list({}, { signal: AbortSignal.timeout(5) }))
    assert.propertyVal(error, "name", "TimeoutError")
  })

  it("that does not abort leaves the error unchanged", async () => {
    const { client } = clientOf(() => json({ message: "No" }, 403))
    const error = await rejection(client.ModelDeployment.get(id, { signal: new AbortController().signal }))
    assert.instanceOf(error, DataRobotApiError)
  })

  it("that aborts after a failure leaves the error unchanged", async () => {
    const controller = new AbortController()
    const { client } = clientOf(() => json({ message: "No" }, 403))
    const promise = rejection(client.ModelDeployment.get(id, { signal: controller.signal }))
    const error = await promise
    controller.abort()
    assert.instanceOf(error, DataRobotApiError)
  })
})

describe("for await over a stream", () => {
  it("reads all pages", async () => {
    const { asked, client } = clientOf(threePages)
    const labels: Array<string | null> = []
    for await (const { label } of client.ModelDeployment.stream({ pageSize: 2 })) labels.push(label)
    assert.deepStrictEqual(labels, ["a0", "b0", "a1", "b1", "a2", "b2"])
    assert.strictEqual(asked.length, 3)
  })

  for (const [items, pages] of [[1, 1], [2, 1], [3, 2]] as const) {
    it(`requests ${pages} pages of two for ${items} items before a break`, async () => {
      const { asked, client } = clientOf(threePages)
      let count = 0
      for await (const _ of client.ModelDeployment.stream({ pageSize: 2 })) {
        if (++count === items) break
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
      assert.strictEqual(asked.length, pages)
    })
  }

  it("sends nothing before the iteration starts", async () => {
    const { asked, client } = clientOf(threePages)
    client.ModelDeployment.stream()
    await new Promise((resolve) => setTimeout(resolve, 5))
    assert.strictEqual(asked.length, 0)
  })

  it("throws the SDK's error after the items before it", async () => {
    const { client } = clientOf((_, index) => index === 0 ? page(["a"], "?offset=1") : json({ message: "No" }, 403))
    const labels: Array<string | null> = []
    const error = await rejection((async () => {
      for await (const { label } of client.ModelDeployment.stream()) labels.push(label)
    })())
    assert.deepStrictEqual(labels, ["a"])
    assert.instanceOf(error, DataRobotApiError)
  })

  it("throws an AbortSignal's reason without another request", async () => {
    const controller = new AbortController()
    const { asked, client } = clientOf(threePages)
    const labels: Array<string | null> = []
    const error = await rejection((async () => {
      for await (const { label } of client.ModelDeployment.stream({ pageSize: 2 }, { signal: controller.signal })) {
        labels.push(label)
        if (labels.length === 2) controller.abort("enough")
      }
    })())
    assert.strictEqual(error, "enough")
    assert.deepStrictEqual(labels, ["a0", "b0"])
    assert.strictEqual(asked.length, 1)
  })

  it("aborts the request in flight", async () => {
    const controller = new AbortController()
    const { asked, client } = clientOf(hang)
    const iterator = client.ModelDeployment.stream({}, { signal: controller.signal })[Symbol.asyncIterator]()
    const promise = rejection(iterator.next())
    await vi.waitFor(() => assert.strictEqual(asked.length, 1))
    controller.abort("enough")
    assert.strictEqual(await promise, "enough")
    await vi.waitFor(() => assert.isTrue(asked[0]?.init.signal?.aborted))
  })

  /** Five pages of one item. All requests but the first stay open until they are aborted. */
  const onePage: Answer = (asked, index) => index === 0 ? page(["a"], "?offset=1") : hang(asked, index)
  const aborted = (asked: ReadonlyArray<Asked>) => asked.map(({ init }) => init.signal?.aborted)

  it("respects prefetch and concurrency and keeps the order", async () => {
    const { asked, client } = clientOf(async ({ url }) => {
      const offset = Number(new URL(url).searchParams.get("offset"))
      await new Promise((resolve) => setTimeout(resolve, 10 - offset))
      return json({
        data: [wire({ id: `d${offset}` })],
        next: offset < 9 ? url.replace(/\?.*|$/, `?offset=${offset + 1}`) : null
      })
    })
    const ids: Array<string> = []
    for await (const { id } of client.ModelDeployment.stream({ prefetch: 2, concurrency: 3, limit: 8 })) ids.push(id)
    assert.deepStrictEqual(ids, ["d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"])
    assert.strictEqual(asked.length, 8)
    const refused = client.ModelDeployment.stream({ prefetch: -1 })[Symbol.asyncIterator]()
    assert.instanceOf(await rejection(refused.next()), DataRobotValidationError)
  })

  for (const [options, requests] of [[{ prefetch: 3 }, 2], [{ concurrency: 3 }, 3]] as const) {
    const named = JSON.stringify(options)

    it(`aborts the requests ahead at a break, with ${named}`, async () => {
      const { asked, client } = clientOf(onePage)
      for await (const _ of client.ModelDeployment.stream(options)) {
        await vi.waitFor(() => assert.strictEqual(asked.length, requests))
        break
      }
      assert.deepStrictEqual(aborted(asked).slice(1), asked.slice(1).map(() => true))
    })

    it(`aborts the requests ahead when an AbortSignal aborts during the loop body, with ${named}`, async () => {
      const { asked, client } = clientOf(onePage)
      const controller = new AbortController()
      const error = await rejection((async () => {
        for await (const _ of client.ModelDeployment.stream(options, { signal: controller.signal })) {
          await vi.waitFor(() => assert.strictEqual(asked.length, requests))
          controller.abort("enough")
          await vi.waitFor(() => assert.deepStrictEqual(aborted(asked).slice(1), asked.slice(1).map(() => true)))
        }
      })())
      assert.strictEqual(error, "enough")
      assert.strictEqual(asked.length, requests)
    })

    it(`aborts the requests ahead when the client is closed during the loop body, with ${named}`, async () => {
      const { asked, client } = clientOf(onePage)
      const error = await rejection((async () => {
        for await (const _ of client.ModelDeployment.stream(options)) {
          await vi.waitFor(() => assert.strictEqual(asked.length, requests))
          await client.close()
          await vi.waitFor(() => assert.deepStrictEqual(aborted(asked).slice(1), asked.slice(1).map(() => true)))
        }
      })())
      assert.propertyVal(error, "message", "the client is closed")
    })
  }

  it("aborts the requests ahead when an AbortSignal aborts while an item is delivered", async () => {
    const { asked, client } = clientOf(onePage)
    const controller = new AbortController()
    const { signal } = controller
    // The call has ended and no longer listens to the signal.
    vi.spyOn(signal, "removeEventListener").mockImplementation(() => {
      if (asked.length === 2) controller.abort("enough")
    })
    const iterator = client.ModelDeployment.stream({ prefetch: 1 }, { signal })[Symbol.asyncIterator]()
    assert.propertyVal((await iterator.next()).value, "label", "a")
    await vi.waitFor(() => assert.isTrue(asked[1]?.init.signal?.aborted), { timeout: 30_000 })
    assert.strictEqual(await rejection(iterator.next()), "enough")
  })

  it("listens once to a signal of many calls, because Node warns of a leak above ten", async () => {
    const controller = new AbortController()
    const { signal } = controller
    const listeners = vi.spyOn(signal, "addEventListener")
    const { client } = clientOf(hang)
    const ends = Promise.all(Array.from({ length: 20 }, () => rejection(client.ModelDeployment.get(id, { signal }))))
    assert.strictEqual(listeners.mock.calls.length, 1)
    controller.abort("enough")
    assert.deepStrictEqual(await ends, Array.from({ length: 20 }, () => "enough"))
  })

  it("removes all its listeners from the signal", async () => {
    const { client } = clientOf(threePages)
    const { signal } = new AbortController()
    const listeners = vi.spyOn(signal, "addEventListener")
    const removed = vi.spyOn(signal, "removeEventListener")
    for await (const _ of client.ModelDeployment.stream({ pageSize: 2, prefetch: 1 }, { signal })) continue
    for await (const _ of client.ModelDeployment.stream({ pageSize: 2, prefetch: 1 }, { signal })) break
    const handlers = (calls: ReadonlyArray<ReadonlyArray<unknown>>) => new Set(calls.map(([, handler]) => handler))
    assert.isAbove(listeners.mock.calls.length, 0)
    assert.deepStrictEqual(handlers(removed.mock.calls), handlers(listeners.mock.calls))
  })

  it("emits changes of a watched deployment", async () => {
    const { asked, client } = clientOf((_, index) => json(wire({ label: index < 2 ? "a" : "b" })))
    const labels: Array<string | null> = []
    for await (const { label } of client.ModelDeployment.watch(id, { interval: 1 })) {
      if (labels.push(label) === 2) break
    }
    assert.deepStrictEqual(labels, ["a", "b"])
    assert.strictEqual(asked.length, 3)
  })
})

describe("Fake timers of a test runner", () => {
  it("control pauses, timeouts and deadlines", async () => {
    vi.useFakeTimers()
    try {
      const { asked, client } = clientOf(() => json({ status: "RUNNING" }))
      const error = rejection(client.Job.await("s1", { timeout: "10 minutes", interval: "1 minute" }))
      await vi.advanceTimersByTimeAsync(600_000)
      assert.instanceOf(await error, DataRobotJobError)
      assert.strictEqual(asked.length, 11)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe("Settings of createClient", () => {
  const withEnv = async (values: Readonly<Record<string, string>>, body: () => Promise<void> | void) => {
    for (const key of ["DATAROBOT_ENDPOINT", "DATAROBOT_API_TOKEN"]) vi.stubEnv(key, values[key])
    try {
      await body()
    } finally {
      vi.unstubAllEnvs()
    }
  }

  it("throw immediately if they are invalid, without the token in the message", () => {
    try {
      createClient({ endpoint: "http://dr.example.com/", token: "s3cret token" })
    } catch (error) {
      assert.instanceOf(error, DataRobotValidationError)
      assert.match(String(error), /createClient: invalid settings: endpoint must use https/)
      assert.notInclude(String(error), "s3cret")
      return
    }
    assert.fail("was taken")
  })

  it("default to the environment", () =>
    withEnv({ DATAROBOT_ENDPOINT: endpoint, DATAROBOT_API_TOKEN: token }, async () => {
      const urls: Array<string> = []
      const client = createClient({
        fetch: (input, init) => {
          urls.push(`${String(input as URL)} ${new Headers(init?.headers).get("authorization")}`)
          return Promise.resolve(json(wire()))
        }
      })
      await client.ModelDeployment.get(id)
      assert.deepStrictEqual(urls, [`${endpoint}/modelDeployments/${id}/ Bearer ${token}`])
    }))

  it("that are undefined count as not given", () =>
    withEnv({ DATAROBOT_ENDPOINT: endpoint, DATAROBOT_API_TOKEN: token }, async () => {
      const nothing = {
        endpoint: undefined,
        token: undefined,
        tokenType: undefined,
        retry: undefined,
        fetch: undefined
      }
      const client = createClient({ ...nothing, timeout: undefined, headers: undefined, maxPages: undefined })
      const error = await rejection(client.ModelDeployment.get("no id", { signal: undefined, timeout: undefined }))
      assert.match(String(error), /ModelDeployment\.get/)
      await client.close()
    }))

  for (
    const [options, message] of [
      [{ tokne: "s3cret-token" }, "tokne is not known here: did you mean \"token\"?"],
      [{ token, dispatchr: {} }, "dispatchr is not known here: did you mean \"dispatcher\"?"],
      [{ token, propagateTrace: true }, "propagateTrace is not known here"],
      [null, "the options must be an object"],
      ["https://dr.example.com", "the options must be an object"]
    ] as const
  ) {
    it(`throw if they are ${JSON.stringify(options)}`, () => {
      try {
        createClient(untyped(options))
      } catch (error) {
        assert.instanceOf(error, DataRobotValidationError)
        assert.include(error.message, `createClient: invalid settings: ${message}`)
        assert.notInclude(error.message + error.stack, "s3cret")
        return
      }
      assert.fail("was accepted")
    })
  }

  it("can all be given at once", async () => {
    const client = createClient({
      endpoint,
      token,
      tokenType: "Token",
      allowInsecure: false,
      predictionServers: [],
      userAgentSuffix: "tests",
      maxPages: 3,
      maxConcurrentRequests: 2,
      timeout: "1 minute",
      attemptTimeout: 1_000,
      retry: { maxAttempts: 2 },
      headers: { "x-a": "1" },
      fetch,
      configFile: false,
      logger: console,
      debug: false
    })
    await client.close()
  })

  it("limit the number of requests at a time", async () => {
    let open = 0
    let most = 0
    const fetch = async () => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setTimeout(resolve, 2))
      open--
      return json(wire())
    }
    const client = createClient({ endpoint, token, fetch, maxConcurrentRequests: 2 })
    await Promise.all(Array.from({ length: 6 }, () => client.ModelDeployment.get(id)))
    assert.strictEqual(most, 2)
  })

  it("throw if neither the options nor the environment have a token", () =>
    withEnv({}, () => {
      assert.throws(
        () => createClient(),
        /createClient: invalid settings: DATAROBOT_API_TOKEN is not set/
      )
    }))
})

describe("client.close", () => {
  it("rejects later calls without sending them", async () => {
    const { asked, client } = clientOf(() => json(wire()))
    await client.ModelDeployment.get(id)
    await client.close()
    const error = await rejection(client.ModelDeployment.get(id))
    assert.instanceOf(error, Error)
    assert.propertyVal(error, "message", "the client is closed")
    assert.strictEqual(asked.length, 1)
  })

  it("can be called twice, and before any request", async () => {
    const { client } = clientOf(() => json({}))
    await client.close()
    await client.close()
  })

  it("is called by `await using`", async () => {
    const { client } = clientOf(() => json(wire()))
    await client[Symbol.asyncDispose]()
    assert.instanceOf(await rejection(client.ModelDeployment.get(id)), Error)
  })
})

describe("Finished calls of the Promise client", () => {
  /** Number of objects of a class on the heap, after a garbage collection. */
  const alive = (type: Function) => queryObjects(type, { format: "count" })
  // Effect does not export the class.
  const fiberType = Effect.runFork(Effect.void).constructor

  it("leave nothing in memory, whether they succeed, fail or are aborted", async () => {
    // Does not record the requests, because that would keep their signals.
    const client = createClient({
      endpoint,
      token,
      fetch: async (input, init = {}) => {
        // Boundary: the HTTP client passes a URL.
        const url = String(input as URL)
        if (url.includes("stalled")) return hang({ method: "GET", url, init }, 0)
        if (url.includes("missing")) return json({ message: "Not Found" }, 404)
        return url.includes(id) ? json(wire()) : page(["a"])
      }
    })
    const { ModelDeployment: deployments } = client
    // Its signal lives longer than the calls.
    const { signal } = new AbortController()
    const kinds: ReadonlyArray<() => Promise<unknown>> = [
      () => deployments.get(id),
      () => deployments.get(id, { signal }),
      () => rejection(deployments.get("missing")),
      () => rejection(deployments.get("..")),
      () => {
        const controller = new AbortController()
        setImmediate(() => controller.abort())
        return rejection(deployments.get("stalled", { signal: controller.signal }))
      },
      async () => {
        for await (const _ of deployments.stream({ prefetch: 1 })) continue
      }
    ]
    const calls = 50
    const counted = async () => {
      for (const call of kinds) for (let count = 0; count < calls; count++) await call()
      // Lets the last call end.
      await new Promise((resolve) => setTimeout(resolve, 0))
      return [alive(fiberType), alive(AbortController)] as const
    }
    const [fibers, controllers] = await counted()
    const [moreFibers, moreControllers] = await counted()
    // A kind that leaks would keep an object for each of its calls.
    assert.isBelow(moreFibers - fibers, calls / 2, "fibers")
    assert.isBelow(moreControllers - controllers, calls / 2, "abort controllers")
    await client.close()
  })
})

describe("The deployments API in the Promise client", () => {
  const deployment = { id, label: "Churn scorer", model: null }
  const accepted = () => new Response(null, { status: 202, headers: { location: `${endpoint}/status/s1/` } })
  const done = () => new Response(null, { status: 303, headers: { location: `${endpoint}/deployments/${id}/` } })

  it("creates a deployment through a job, which can be resumed from JSON", async () => {
    const { asked, client } = clientOf(({ method, url }) =>
      method === "POST" ? accepted() : url.includes("/status/") ? done() : json(deployment)
    )
    const created = await client.Deployment.createFromLearningModel({ modelId: "m", label: "l" })
    assert.strictEqual(created.label, "Churn scorer")
    const job = await client.Deployment.startCreateFromLearningModel({ modelId: "m", label: "l" })
    assert.strictEqual((await client.Deployment.resume(JSON.stringify(job))).id, id)
    const states = []
    for await (const { status } of client.Job.progress(job)) states.push(status)
    assert.deepStrictEqual(states, ["COMPLETED"])
    assert.strictEqual(asked.filter(({ method }) => method === "POST").length, 2)
  })

  it("has operations with reserved names, and plain functions", async () => {
    const validation = { status: "failing", message: "No", checks: { target: { status: "failing", message: "x" } } }
    const { client } = clientOf(({ method }) =>
      method === "DELETE" ? new Response(null, { status: 204 }) : json(validation, 409)
    )
    assert.strictEqual(await client.Deployment.delete(id), undefined)
    const refused = await rejection(
      client.DeploymentModel.replaceModel(id, { modelPackageId: "p", reason: "OTHER" }, { idempotent: true })
    )
    assert.instanceOf(refused, DataRobotApiError)
    assert.deepStrictEqual(client.DeploymentModel.validationOf(refused), validation)
  })

  const actuals = async function*(count: number, failure?: Error) {
    for (let index = 0; index < count; index++) yield { associationId: `r${index}`, actualValue: index }
    if (failure !== undefined) throw failure
  }

  it("submits actual values from an async iterable and reports progress", async () => {
    const { asked, client } = clientOf(({ url }) => url.includes("/status/") ? done() : accepted())
    const progress = []
    for await (const submitted of client.DeploymentActuals.submitStream(id, actuals(10_001))) progress.push(submitted)
    assert.deepStrictEqual(progress, [{ actuals: 10_000, requests: 1 }, { actuals: 10_001, requests: 2 }])
    for await (const { actuals } of client.DeploymentActuals.submitStream(id, [])) assert.fail(`${actuals}`)
    assert.strictEqual(asked.filter(({ method }) => method === "POST").length, 2)
  })

  it("can be aborted while the source of actual values never continues", async () => {
    const { client } = clientOf(({ url }) => url.includes("/status/") ? done() : accepted())
    const controller = new AbortController()
    const reason = new Error("enough")
    const silent = async function*() {
      yield { associationId: "r1", actualValue: 1 }
      await new Promise(() => undefined)
    }
    const consume = async () => {
      for await (const _ of client.DeploymentActuals.submitStream(id, silent(), controller)) continue
    }
    const ended = rejection(consume())
    setTimeout(() => controller.abort(reason), 20)
    assert.strictEqual(await ended, reason)
  })

  it("rejects a waiting call when the client is closed", async () => {
    const { asked, client } = clientOf(() => json({ status: "RUNNING" }))
    const waiting = rejection(client.Job.await("s1"))
    await vi.waitFor(() => assert.strictEqual(asked.length, 1))
    await client.close()
    assert.match(String(await waiting), /the client is closed/)
  })

  it("rejects with the error of the source, or with the reason of an abort", async () => {
    const { client } = clientOf(({ url }) => url.includes("/status/") ? done() : accepted())
    const consume = async (stream: AsyncIterable<unknown>) => {
      for await (const _ of stream) continue
    }
    const failure = new Error("the file ends early")
    assert.strictEqual(
      await rejection(consume(client.DeploymentActuals.submitStream(id, actuals(3, failure)))),
      failure
    )
    const reason = new Error("enough")
    const hanging = clientOf(hang).client
    const controller = new AbortController()
    const call = rejection(hanging.DeploymentSettings.update(id, { humility: { enabled: true } }, controller))
    controller.abort(reason)
    assert.strictEqual(await call, reason)
  })
})
