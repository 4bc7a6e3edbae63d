/** The values of the Promise API are those of plain JavaScript. */
import { assert, describe, it } from "@effect/vitest"
import { createClient, DataRobotApiError, DataRobotValidationError } from "effect-datarobot/promise"
import { inspect } from "node:util"
import { plainIssues } from "./plainValues.js"
import { collect, rejection } from "./promises.js"
import { endpoint, id, token, wire } from "./support.js"

type Answer = (url: string, init: RequestInit) => Response

/** A client whose `fetch` responds with `answer`, and the bodies that it sent. */
const clientOf = (answer: Answer) => {
  const sent: Array<{ readonly url: string; readonly body: unknown }> = []
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    // Boundary: the HTTP client passes a URL.
    const url = String(input as URL)
    sent.push({ url, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined })
    return answer(url, init)
  }
  return { sent, client: createClient({ endpoint, token, fetch, retry: false }) }
}

const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init)
const iso = "2018-05-02T10:11:12.131Z"
/** Checks at run time what the types say. */
const dateOf = (value: unknown): Date => value instanceof Date ? value : assert.fail("is not a Date")

describe("A date of the Promise API", () => {
  const { client } = clientOf((url) =>
    url.endsWith(`${id}/`)
      ? json(wire())
      : json({
        data: ["2026-03-01 00:00:00", "2018-01-01T00:00:00.5+02:00", "2020-02-29 12:00:00.999999"].map((createdAt) =>
          wire({ createdAt })
        ),
        next: null
      })
  )

  it("is a Date, which prints, compares and copies like any other", async () => {
    const deployment = await client.ModelDeployment.get(id)
    const createdAt = dateOf(deployment.createdAt)
    assert.strictEqual(`${createdAt}`, String(new Date(iso)))
    assert.strictEqual(new Date(createdAt).toISOString(), iso)
    assert.strictEqual(JSON.parse(JSON.stringify(deployment)).createdAt, iso)
    assert.deepStrictEqual(structuredClone(deployment), deployment)
    assert.include(inspect(deployment), `createdAt: ${iso}`)
    assert.strictEqual(new Intl.DateTimeFormat("en", { timeZone: "UTC" }).format(createdAt), "5/2/2018")
  })

  it("can be compared and sorted", async () => {
    const dates = (await client.ModelDeployment.list()).map((deployment) => dateOf(deployment.createdAt))
    const [newest, oldest, middle] = dates
    assert.deepStrictEqual(dates.map((date) => date.toISOString()), [
      "2026-03-01T00:00:00.000Z",
      "2017-12-31T22:00:00.500Z",
      "2020-02-29T12:00:00.999Z"
    ])
    assert.isTrue(oldest !== undefined && newest !== undefined && oldest < newest)
    assert.deepStrictEqual([...dates].sort((one, other) => Number(one) - Number(other)), [oldest, middle, newest])
  })

  it("is a Date in each item of a list, a page and a stream", async () => {
    const items = [
      await client.ModelDeployment.list(),
      (await client.ModelDeployment.page()).data,
      await collect(client.ModelDeployment.stream())
    ]
    for (const list of items) {
      assert.isTrue(Array.isArray(list))
      assert.strictEqual(list.length, 3)
      assert.deepStrictEqual(plainIssues(list), [])
      for (const deployment of list) dateOf(deployment.createdAt)
    }
  })

  it("is never invalid: a response with a text that is no date is rejected", async () => {
    for (const createdAt of ["", "yesterday", "2026-02-30 00:00:00", "0000-00-00", "2026-01-01T25:00:00Z", "NaN"]) {
      const { client } = clientOf(() => json(wire({ createdAt })))
      const error = await rejection(client.ModelDeployment.get(id))
      assert.instanceOf(error, DataRobotValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["createdAt"], createdAt)
    }
  })

  it("can be passed to an operation again", async () => {
    const { client, sent } = clientOf((url) => url.includes("serviceStats") ? json({}, { status: 404 }) : json(wire()))
    const deployment = await client.ModelDeployment.get(id)
    await rejection(
      client.ModelDeployment.getServiceStatistics(deployment, { startDate: dateOf(deployment.createdAt) })
    )
    assert.strictEqual(
      sent.at(-1)?.url,
      `${endpoint}/modelDeployments/${id}/serviceStats/?start=${encodeURIComponent(iso)}`
    )
  })

  it("is null in a definition whose schedule has never run", async () => {
    const { client } = clientOf(() =>
      json({
        id,
        lastFailedRunTime: "1900-01-01T00:00:00.000000Z",
        lastSuccessfulRunTime: "2026-01-02T00:00:00.000000Z",
        nextScheduledRunTime: null
      })
    )
    const definition = await client.BatchPredictionDefinition.get(id)
    assert.strictEqual(definition.lastFailedRunTime, null)
    assert.strictEqual(definition.nextScheduledRunTime, null)
    assert.deepStrictEqual<unknown>(definition.lastSuccessfulRunTime, new Date("2026-01-02"))
  })
})

describe("A value of the Promise API", () => {
  it("goes to the progress of an operation as a plain value", async () => {
    const seen: Array<unknown> = []
    const job = {
      id,
      status: "ABORTED",
      created: "2026-01-02T00:00:00.000000Z",
      links: { csvUpload: `${endpoint}/batchPredictions/${id}/csvUpload/` }
    }
    const { client } = clientOf((_, { method }) => json(job, { status: method === "POST" ? 202 : 200 }))
    await rejection(collect(client.BatchPrediction.score(id, "a\n1\n", { onProgress: (job) => seen.push(job) })))
    assert.isAbove(seen.length, 0)
    assert.deepStrictEqual(plainIssues(seen), [])
    assert.deepInclude(seen[0], { created: new Date("2026-01-02") })
  })

  it("can be the deployment of a prediction, for which the key of its server is read again", async () => {
    const server = { id: "d1", url: `${endpoint.replace("/api/v2", "")}`, "datarobot-key": "the-key-of-the-server" }
    const keys: Array<string | null> = []
    const { client, sent } = clientOf((url, { headers }) => {
      if (url.includes("/predictions")) {
        keys.push(new Headers(headers).get("datarobot-key"))
        return json({ data: [{ rowId: 0, prediction: 1, predictionValues: [] }] })
      }
      return json({ id, label: "Churn scorer", defaultPredictionServer: server })
    })
    const deployment = await client.Deployment.get(id)
    assert.notInclude(inspect(deployment, { depth: 9, showHidden: true }), "datarobotKey")
    await client.Prediction.predict(deployment, [{ a: 1 }])
    assert.deepStrictEqual(keys, ["the-key-of-the-server"])
    assert.strictEqual(sent.length, 3)
  })

  it("is a number of milliseconds in the error of a server that asks to wait", async () => {
    const { client } = clientOf(() => json({ message: "slow down" }, { status: 429, headers: { "retry-after": "3" } }))
    const error = await rejection(client.ModelDeployment.get(id))
    assert.instanceOf(error, DataRobotApiError)
    assert.strictEqual<unknown>(error.retryAfter, 3000)
    assert.deepStrictEqual(plainIssues({ ...error }), [])
    assert.strictEqual(JSON.parse(JSON.stringify(error)).retryAfter, 3000)
  })
})
