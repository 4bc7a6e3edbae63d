/** `client.request` and `client.requestJob`: requests that the caller describes. */
import { assert, describe, it } from "@effect/vitest"
import {
  createClient,
  DataRobotApiError,
  DataRobotValidationError,
  type StandardSchema
} from "effect-datarobot/promise"
import { z } from "zod"
import { rejection } from "./promises.js"
import { endpoint, token, untyped } from "./support.js"

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: unknown
}

/** A client whose server gives these responses, the last one again and again. And the requests. */
const clientOf = (...responses: ReadonlyArray<() => Response>) => {
  const sent: Array<Sent> = []
  const fetch: typeof globalThis.fetch = (url, { body, headers, method = "" } = {}) => {
    sent.push({ method, url: String(url), headers: new Headers(headers), body })
    return Promise.resolve((responses[Math.min(sent.length, responses.length) - 1] ?? assert.fail())())
  }
  return { sent, client: createClient({ endpoint, token, fetch, retry: { baseDelay: 1, maxDelay: 1 } }) }
}

const json = (value: unknown, status = 200) => () => Response.json(value, { status })
const list = { method: "GET", path: "projects/" } as const

const Projects = z.object({ data: z.array(z.object({ id: z.string(), created: z.coerce.date() })) })
const projects = { data: [{ id: "p1", created: "2026-01-02T03:04:05Z" }] }

describe("client.request", () => {
  it("sends the method, the path, the query and the body, and returns the JSON", async () => {
    const { client, sent } = clientOf(json({ anything: [1] }))
    const query = { limit: 2, tags: ["a b", "c"], none: undefined }
    const found = await client.request({ method: "POST", path: "projects/p1/models/", query, body: { name: "x" } })
    assert.deepStrictEqual(found, { anything: [1] })
    const [request] = sent
    assert.strictEqual(
      `${request?.method} ${request?.url}`,
      `POST ${endpoint}/projects/p1/models/?limit=2&tags=a+b&tags=c`
    )
    assert.strictEqual(request?.body, "{\"name\":\"x\"}")
    assert.strictEqual(request?.headers.get("authorization"), `Bearer ${token}`)
    assert.strictEqual(request?.headers.get("content-type"), "application/json")
  })

  it("returns undefined for a response without a body", async () => {
    const { client } = clientOf(() => new Response(null, { status: 204 }))
    assert.isUndefined(await client.request({ method: "DELETE", path: "projects/p1/" }))
  })

  it("returns what the schema makes of the JSON", async () => {
    const { client } = clientOf(json(projects))
    const found = await client.request({ ...list, response: Projects })
    const created: Date | undefined = found.data[0]?.created
    assert.deepStrictEqual(created, new Date("2026-01-02T03:04:05Z"))
  })

  it("accepts a schema that checks asynchronously", async () => {
    const { client } = clientOf(json(projects))
    const count = Projects.transform(({ data }) => Promise.resolve(data.length))
    assert.strictEqual(await client.request({ ...list, response: count }), 1)
  })

  it("rejects if the schema refuses the response, with its paths and without its values", async () => {
    const { client, sent } = clientOf(json({ data: [{ id: 12345, created: "s3cret" }] }))
    const error = await rejection(client.request({ ...list, response: Projects }))
    assert.instanceOf(error, DataRobotValidationError)
    assert.include(error, { operation: "DataRobot.request", method: "GET", path: "projects/", attempts: 1 })
    const message = "was refused by the schema of the option response"
    assert.deepStrictEqual([error.phase, error.issues], ["response", [
      { path: "data.0.id", message },
      { path: "data.0.created", message }
    ]])
    assert.notInclude(JSON.stringify(error) + error.message, "s3cret")
    assert.strictEqual(sent.length, 1)
  })

  it("rejects with the error that the schema throws", async () => {
    const failure = new Error("the schema has a bug")
    const response: StandardSchema<unknown, string> = {
      "~standard": {
        version: 1,
        vendor: "tests",
        validate: () => {
          throw failure
        }
      }
    }
    assert.strictEqual(await rejection(clientOf(json(1)).client.request({ ...list, response })), failure)
  })

  for (const response of [null, {}, "zod", { "~standard": {} }]) {
    it(`sends nothing if the schema is ${JSON.stringify(response)}`, async () => {
      const { client, sent } = clientOf(json(1))
      const error = await rejection(client.request({ ...list, response: untyped(response) }))
      assert.match(
        String(error),
        /DataRobot\.request was not sent: response must be a Standard Schema, such as a schema of zod/
      )
      assert.strictEqual(sent.length, 0)
    })
  }

  it("repeats a GET, and another method only with repeat: true", async () => {
    const failing = clientOf(json({}, 500), json({}, 500), json({ ok: true }))
    assert.deepStrictEqual(await failing.client.request(list), { ok: true })
    const post = { method: "POST", path: "projects/" } as const
    const once = clientOf(json({}, 500), json({ ok: true }))
    assert.instanceOf(await rejection(once.client.request(post)), DataRobotApiError)
    const repeated = clientOf(json({}, 500), json({ ok: true }))
    assert.deepStrictEqual(await repeated.client.request({ ...post, repeat: true }), { ok: true })
  })

  it("takes the options of a call", async () => {
    const { client, sent } = clientOf(json({}, 500))
    await rejection(client.request(list, { retry: false, headers: { "x-a": "1" } }))
    assert.deepStrictEqual(sent.map(({ headers }) => headers.get("x-a")), ["1"])
    const reason = new Error("no longer needed")
    assert.strictEqual(await rejection(client.request(list, { signal: AbortSignal.abort(reason) })), reason)
  })

  for (const path of ["../secrets/", "https://evil.example.com/", "//evil.example.com/"]) {
    it(`never leaves the endpoint: ${path} is refused`, async () => {
      const { client, sent } = clientOf(json(1))
      assert.instanceOf(await rejection(client.request({ method: "GET", path })), DataRobotValidationError)
      assert.strictEqual(sent.length, 0)
    })
  }

  for (const request of [undefined, null, "projects/", []]) {
    it(`rejects ${JSON.stringify(request)} as a request`, async () => {
      const error = await rejection(clientOf(json(1)).client.request(untyped(request)))
      assert.match(String(error), /the request must be an object with a method and a path/)
    })
  }

  it("names the nearest key of a misspelt one", async () => {
    const error = await rejection(clientOf(json(1)).client.request(untyped({ ...list, qurey: {} })))
    assert.match(String(error), /qurey is not known here: did you mean "query"\?/)
  })
})

describe("client.requestJob", () => {
  const accepted = () => new Response(null, { status: 202, headers: { location: `${endpoint}/status/s1/` } })

  it("returns the handle of the job, which Job.await takes", async () => {
    const { client, sent } = clientOf(accepted, json({ status: "COMPLETED" }))
    const handle = await client.requestJob({ method: "POST", path: "projects/p1/autopilot/", body: {} })
    assert.include(handle, { kind: "status", id: "s1" })
    await client.Job.await(handle)
    assert.deepStrictEqual(sent.map(({ method, url }) => `${method} ${url}`), [
      `POST ${endpoint}/projects/p1/autopilot/`,
      `GET ${endpoint}/status/s1/`
    ])
  })

  it("rejects a schema, because there is no response to check", async () => {
    const { client, sent } = clientOf(accepted)
    const error = await rejection(client.requestJob(untyped({ ...list, method: "POST", response: Projects })))
    assert.match(String(error), /response is not known here/)
    assert.strictEqual(sent.length, 0)
  })
})
