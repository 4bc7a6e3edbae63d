/** The promise of a call: a native promise that also gives the response. */
import { assert, describe, it } from "@effect/vitest"
import { createClient, DataRobotApiError } from "effect-datarobot/promise"
import { rejection } from "./promises.js"
import { endpoint, id, token, wire } from "./support.js"

const clientOf = (respond: (index: number) => Response) => {
  let count = 0
  return createClient({ endpoint, token, fetch: async () => respond(count++), retry: { baseDelay: 1 } })
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "x-request-id": "r-1", "X-Echo": `got ${token}`, ...headers }
  })

describe("withResponse", () => {
  it("returns the result with the status, the headers and the request id", async () => {
    const client = clientOf(() => json(wire()))
    const { data, response } = await client.ModelDeployment.get(id).withResponse()
    assert.deepStrictEqual(data, await client.ModelDeployment.get(id))
    assert.strictEqual(response.status, 200)
    assert.strictEqual(response.requestId, "r-1")
    assert.strictEqual(response.headers["x-request-id"], "r-1")
    assert.notInclude(JSON.stringify(response), token)
  })

  it("describes the last response of a call that makes several requests", async () => {
    const client = clientOf((index) => index === 0 ? json({}, 500) : json(wire(), 200, { "x-request-id": "r-2" }))
    const { response } = await client.ModelDeployment.get(id).withResponse()
    assert.strictEqual(response.requestId, "r-2")
  })

  it("has a result for an item that is missing", async () => {
    const { data, response } = await clientOf(() => json({}, 404)).ModelDeployment.getOption(id).withResponse()
    assert.strictEqual(data, undefined)
    assert.strictEqual(response.status, 404)
  })

  it("rejects with the error of the call, which is reported once", async () => {
    const unhandled: Array<unknown> = []
    const note = (error: unknown) => unhandled.push(error)
    process.on("unhandledRejection", note)
    try {
      const call = clientOf(() => json({ message: "no" }, 403)).ModelDeployment.get(id)
      const [own, response] = await Promise.all([rejection(call), rejection(call.withResponse())])
      assert.instanceOf(own, DataRobotApiError)
      assert.strictEqual(response, own)
      const alone = await rejection(clientOf(() => json({ message: "no" }, 403)).ModelDeployment.get(id).withResponse())
      assert.instanceOf(alone, DataRobotApiError)
      await new Promise((resolve) => setImmediate(resolve))
      assert.deepStrictEqual(unhandled, [])
    } finally {
      process.off("unhandledRejection", note)
    }
  })

  it("rejects if the call made no request", async () => {
    const call = clientOf(() => json({})).Job.await({
      kind: "done",
      id: "s1",
      resource: { collection: "deployments", id }
    })
    assert.deepStrictEqual<unknown>(await call, { collection: "deployments", id })
    assert.match(String(await rejection(call.withResponse())), /there is no response/)
  })
})

describe("The promise of a call", () => {
  const call = () => clientOf(() => json(wire())).ModelDeployment.get(id)

  it("is a promise, and so are the results of its methods", async () => {
    const promise = call()
    assert.instanceOf(promise, Promise)
    assert.strictEqual(promise.constructor, Promise)
    for (const derived of [promise.then(), promise.catch(() => undefined), promise.finally(() => undefined)]) {
      assert.strictEqual(Object.getPrototypeOf(derived), Promise.prototype)
      await derived
    }
    assert.strictEqual(Promise.resolve(promise), promise)
    assert.strictEqual(Object.prototype.toString.call(promise), "[object Promise]")
    assert.deepStrictEqual(Object.keys(promise), [])
  })

  it("is each call's own: the method is not made for each of them", () => {
    const [one, other] = [call(), call()]
    assert.isTrue("withResponse" in one && !Object.hasOwn(one, "withResponse"))
    assert.strictEqual(one.withResponse, other.withResponse)
  })
})
