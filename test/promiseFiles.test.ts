/** Files in the Promise API: uploads from any source, and downloads as async iterables. */
import { assert, describe, it } from "@effect/vitest"
import { createClient } from "effect-datarobot/promise"
import { Readable } from "node:stream"

const endpoint = "https://dr.example.com/api/v2"
const id = "60a000000000000000000001"

/** A client of a server that stores the bodies of uploads. `onStatus` is called when the job is polled. */
const clientOf = (onStatus: () => void = () => {}) => {
  const requests: Array<string> = []
  const bodies: Array<string> = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const path = request.url.replace(`${endpoint}/`, "")
    requests.push(`${request.method} ${path}`)
    if (request.method === "DELETE") return new Response(null, { status: 204 })
    if (request.method === "POST") {
      bodies.push(await request.text())
      const headers = { location: `${endpoint}/status/s1/` }
      return Response.json({ catalogId: id, catalogVersionId: "v1", statusId: "s1" }, { status: 202, headers })
    }
    if (path === "status/s1/") {
      onStatus()
      return new Response(null, { status: 303, headers: { location: `${endpoint}/datasets/${id}/` } })
    }
    if (path.endsWith("/file/")) return new Response("a\n1\n", { headers: { "content-type": "text/csv" } })
    return Response.json({ datasetId: id, name: "rows.csv", processingState: "COMPLETED" })
  }
  return { client: createClient({ endpoint, token: "a-token-of-tests", fetch }), requests, bodies }
}

describe("client.Dataset", () => {
  const csv = "name\nÄ😀\n"
  const bytes = new TextEncoder().encode(csv)
  const sources = {
    "a string": () => csv,
    "bytes": () => bytes,
    "a web stream": () => new Blob([csv]).stream(),
    "a Node stream": () => Readable.from([bytes.subarray(0, 6), bytes.subarray(6)]),
    "an iterable of strings": () => ["name\nÄ\ud83d", "\ude00\n"]
  }
  for (const [what, source] of Object.entries(sources)) {
    it(`uploads ${what} as the file of a form`, async () => {
      const { bodies: [body = ""], client, requests } = await (async () => {
        const all = clientOf()
        const dataset = await all.client.Dataset.upload(source(), { name: "rows" })
        assert.deepInclude(dataset, { id, name: "rows.csv" })
        return all
      })()
      assert.deepStrictEqual(requests, ["POST datasets/fromFile/", "GET status/s1/", `GET datasets/${id}/`])
      const [boundary = ""] = body.split("\r\n")
      assert.strictEqual(
        body,
        `${boundary}\r\ncontent-disposition: form-data; name="file"; filename="rows.csv"\r\n` +
          `content-type: text/csv\r\n\r\n${csv}\r\n${boundary}--\r\n`
      )
      await client.close()
    })
  }

  it("rejects a source that is no CSV, and sends nothing", async () => {
    const { client, requests } = clientOf()
    for (const wrong of ["", new Uint8Array(), 7, null, {}]) {
      // Boundary: a caller without types.
      const upload = client.Dataset.upload(wrong as string, { name: "rows" })
      const error: unknown = await upload.then(() => undefined, (reason) => reason)
      assert.include(String(error), "csv must be a string, a Uint8Array or a stream of bytes")
    }
    assert.deepStrictEqual(requests, [])
  })

  it("deletes the dataset if the signal aborts while DataRobot reads the file", async () => {
    const abort = new AbortController()
    const reason = new Error("enough")
    const { client, requests } = clientOf(() => abort.abort(reason))
    const upload = client.Dataset.upload(csv, { name: "rows" }, { signal: abort.signal })
    assert.strictEqual(await upload.then(() => undefined, (error: unknown) => error), reason)
    await client.close()
    assert.deepStrictEqual(requests, ["POST datasets/fromFile/", "GET status/s1/", `DELETE datasets/${id}/`])
  })

  it("downloads a file as an async iterable", async () => {
    const { client } = clientOf()
    let text = ""
    for await (const chunk of client.Dataset.download(id)) text += new TextDecoder().decode(chunk)
    assert.strictEqual(text, "a\n1\n")
    await client.close()
  })
})
