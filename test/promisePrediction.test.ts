/** Predictions of the Promise API: rows of any schema library, iterables, signals. */
import { assert, describe, it } from "@effect/vitest"
import {
  createClient,
  type CsvSource,
  DataRobotApiError,
  DataRobotValidationError,
  type StandardSchema
} from "effect-datarobot/promise"
import * as Schema from "effect/Schema"
import { Readable } from "node:stream"
import { collect, rejection } from "./promises.js"
import { endpoint, id, token, untyped } from "./support.js"

const key = "secret-key-of-the-server-0001"

type Rows = ReadonlyArray<Record<string, unknown>>

const textOf = (body: unknown): Promise<string> => new Response(body as BodyInit).text()

/** A client whose server predicts the column `n` of each row. */
const clientOf = (more: (rows: Rows) => Response | undefined = () => undefined) => {
  const sent: Array<{ readonly url: string; readonly headers: Headers; readonly rows: Rows; readonly text: string }> =
    []
  const fetch = (async (url: unknown, init: RequestInit = {}) => {
    if (init.method !== "POST") {
      sent.push({ url: String(url), headers: new Headers(init.headers), rows: [], text: "" })
      return Response.json({ id, defaultPredictionServer: { url: "https://dr.example.com", "datarobot-key": key } })
    }
    const text = await textOf(init.body)
    const headers = new Headers(init.headers)
    const rows: Rows = headers.get("content-type") === "application/json" ? JSON.parse(text) : []
    sent.push({ url: String(url), headers, rows, text })
    if (headers.get("accept") === "text/csv") {
      return new Response(text.toUpperCase(), { headers: { "content-type": "text/csv" } })
    }
    return more(rows) ?? Response.json({ data: rows.map(({ n }, rowId) => ({ rowId, prediction: Number(n) })) })
  }) as typeof globalThis.fetch
  return { sent, client: createClient({ endpoint, token, fetch, retry: false }) }
}

/** A schema of another library: a whole number, which is sent as text. */
const wholeNumber: StandardSchema<{ n: number }, { n: string }> = {
  "~standard": {
    version: 1,
    vendor: "a test",
    validate: async (value) => {
      const n = typeof value === "object" && value !== null && "n" in value ? value.n : undefined
      return Number.isInteger(n)
        ? { value: { n: String(n) } }
        : { issues: [{ message: `received ${String(n)}`, path: [{ key: "n" }] }] }
    }
  }
}

async function* numbers(count: number) {
  for (let n = 0; n < count; n++) yield { n }
}

describe("client.Prediction.predict", () => {
  it("returns the predictions", async () => {
    const { client, sent } = clientOf()
    const { data } = await client.Prediction.predict(id, [{ n: 1 }, { n: 2 }])
    assert.deepStrictEqual(data.map(({ prediction }) => prediction), [1, 2])
    assert.strictEqual(sent[1]?.headers.get("datarobot-key"), key)
  })

  it("reads a deployment again, because it has no key, and only once", async () => {
    const { client, sent } = clientOf()
    const deployment = await client.Deployment.get(id)
    assert.notProperty(deployment.defaultPredictionServer, "datarobotKey")
    await client.Prediction.predict(deployment, [{ n: 1 }])
    await client.Prediction.predict(deployment, [{ n: 1 }])
    assert.strictEqual(sent.length, 4)
    assert.strictEqual(sent[3]?.headers.get("datarobot-key"), key)
  })

  it("checks and converts rows with a Standard Schema", async () => {
    const { client, sent } = clientOf()
    await client.Prediction.predict(id, [{ n: 1 }], { row: wholeNumber })
    assert.deepStrictEqual(sent[1]?.rows, [{ n: "1" }])
    const error = await rejection(client.Prediction.predict(id, [{ n: 1 }, { n: 1234.5 }], { row: wholeNumber }))
    assert.instanceOf(error, DataRobotValidationError)
    assert.strictEqual(
      error.message,
      "Prediction.predict was not sent: rows[1].n was refused by the schema of the option row."
    )
    assert.notInclude(JSON.stringify(error), "1234")
  })

  it("accepts a schema of effect", async () => {
    const { client, sent } = clientOf()
    const row = Schema.standardSchemaV1(Schema.Struct({ n: Schema.NumberFromString }))
    await client.Prediction.predict(id, [{ n: "7" }], { row })
    assert.deepStrictEqual(sent[1]?.rows, [{ n: 7 }])
  })

  it("rejects with the reason of a signal that was aborted", async () => {
    const { client, sent } = clientOf()
    const reason = new Error("no longer needed")
    assert.strictEqual(
      await rejection(client.Prediction.predict(id, [{ n: 1 }], { signal: AbortSignal.abort(reason) })),
      reason
    )
    assert.deepStrictEqual(sent, [])
  })
})

describe("The option row of client.Prediction.predict", () => {
  const schemaOf = (validate: (value: unknown) => unknown) => untyped({ "~standard": { version: 1, validate } })
  const refused = "Prediction.predict was not sent: rows[0] was refused by the schema of the option row."
  const odd: ReadonlyArray<readonly [what: string, row: unknown, message: RegExp | string]> = [
    ["null", null, /must be a Standard Schema/],
    ["a schema of effect", Schema.Struct({ n: Schema.Number }), /must be a Standard Schema/],
    ["a schema without a function", { "~standard": {} }, /must be a Standard Schema/],
    ["a schema that returns nothing", schemaOf(() => undefined), /returned no result/],
    ["a schema with an empty list of issues", schemaOf((value) => ({ value, issues: [] })), refused],
    ["a schema with issues that are no list", schemaOf(() => ({ issues: 5 })), refused],
    ["a schema with an issue that is null", schemaOf(() => ({ issues: [null] })), refused],
    ["a schema whose path is no list", schemaOf(() => ({ issues: [{ message: "x", path: 5 }] })), refused]
  ]
  for (const [what, row, message] of odd) {
    it(`rejects ${what}, and nothing is sent`, async () => {
      const { client, sent } = clientOf()
      const error = await rejection(client.Prediction.predict(id, [{ n: 1 }], { row: untyped(row) }))
      if (!(error instanceof Error)) throw new Error("no error")
      if (typeof message === "string") assert.strictEqual(error.message, message)
      else assert.match(error.message, message)
      assert.deepStrictEqual(sent, [])
    })
  }

  it("does not lose a row that a schema refuses without an issue", async () => {
    const { client, sent } = clientOf()
    const row = schemaOf((value) => (value as { n: number }).n === 2 ? { issues: [] } : { value })
    const error = await rejection(client.Prediction.predict(id, [{ n: 1 }, { n: 2 }, { n: 3 }], { row }))
    assert.instanceOf(error, DataRobotValidationError)
    assert.deepStrictEqual(sent, [])
  })

  it("can be a schema that never settles: a signal ends the wait", async () => {
    const { client } = clientOf()
    const controller = new AbortController()
    const call = client.Prediction.predict(id, [{ n: 1 }], {
      row: schemaOf(() => new Promise(() => {})),
      signal: controller.signal
    })
    const reason = new Error("no longer needed")
    controller.abort(reason)
    assert.strictEqual(await rejection(call), reason)
  })

  it("is not called if the signal was aborted", async () => {
    const { client } = clientOf()
    const reason = new Error("no longer needed")
    let calls = 0
    const row = schemaOf((value) => {
      calls++
      return { value }
    })
    const call = client.Prediction.predict(id, [{ n: 1 }], { row, signal: AbortSignal.abort(reason) })
    assert.strictEqual(await rejection(call), reason)
    assert.strictEqual(calls, 0)
  })
})

describe("A caller without types", () => {
  const input = { body: "x", contentType: "text/plain" }
  const calls = (client: ReturnType<typeof clientOf>["client"]["Prediction"]) => ({
    predict: (ref: never, options?: never) => client.predict(ref, [{ n: 1 }], options),
    stream: (ref: never, options?: never) => collect(client.stream(ref, [{ n: 1 }], options)),
    predictCsv: (ref: never, options?: never) => collect(client.predictCsv(ref, "n\n1\n", options)),
    predictUnstructured: (ref: never, options?: never) => client.predictUnstructured(ref, input, options)
  })
  const names = ["predict", "stream", "predictCsv", "predictUnstructured"] as const

  for (const name of names) {
    it(`receives a validation error from ${name} for anything but a deployment`, async () => {
      const { client, sent } = clientOf()
      const server = { id, defaultPredictionServer: "x" }
      for (const wrong of [null, undefined, 7, "", "../x", [], {}, { id: null }, server]) {
        const error = await rejection(calls(client.Prediction)[name](untyped(wrong)))
        assert.instanceOf(error, DataRobotValidationError, JSON.stringify(wrong))
      }
      assert.deepStrictEqual(sent, [])
    })

    it(`can pass null for the options of ${name}`, async () => {
      const { client, sent } = clientOf()
      await calls(client.Prediction)[name](untyped(id), untyped(null))
      assert.strictEqual(sent.length, 2)
    })
  }

  for (const wrong of [null, undefined, 7, "abc", {}]) {
    it(`learns that the rows of a stream are not iterable if they are ${JSON.stringify(wrong)}`, async () => {
      const { client, sent } = clientOf()
      const error = await rejection(collect(client.Prediction.stream(id, untyped(wrong))))
      if (!(error instanceof TypeError)) throw new Error(`rejected with ${String(error)}`)
      assert.include(error.message, "must be an iterable or an async iterable")
      assert.deepStrictEqual(sent, [])
    })
  }
})

describe("client.Prediction.stream", () => {
  it("takes an async iterable and yields the predictions in order", async () => {
    const { client, sent } = clientOf()
    const rows = await collect(client.Prediction.stream(id, numbers(2500), { concurrency: 2 }))
    assert.deepStrictEqual(rows.map(({ prediction }) => prediction), Array.from({ length: 2500 }, (_, n) => n))
    assert.deepStrictEqual(sent.slice(1).map((one) => one.rows.length).sort(), [1000, 1000, 500].sort())
  })

  it("takes an array, and yields the predictions before a row that a schema refuses", async () => {
    const { client } = clientOf()
    const given = [{ n: 0 }, { n: 1 }, { n: 2.5 }, { n: 3 }]
    const seen: Array<unknown> = []
    const error = await rejection((async () => {
      for await (const { prediction } of client.Prediction.stream(id, given, { row: wholeNumber })) {
        seen.push(prediction)
      }
    })())
    assert.deepStrictEqual(seen, [0, 1])
    assert.instanceOf(error, DataRobotValidationError)
    assert.deepStrictEqual(error.rows, { start: 2, end: 3 })
  })

  it("rejects with the error of the source", async () => {
    const { client } = clientOf()
    const broken = new Error("the source broke")
    const source = async function*() {
      yield { n: 1 }
      throw broken
    }
    assert.strictEqual(await rejection(collect(client.Prediction.stream(id, source()))), broken)
  })

  it("ends the source when the loop ends", async () => {
    const { client } = clientOf()
    let ended = 0
    const source = async function*() {
      try {
        for (let n = 0;; n++) yield { n }
      } finally {
        ended++
      }
    }
    for await (const _ of client.Prediction.stream(id, source(), { batchSize: 5 })) break
    assert.strictEqual(ended, 1)
  })

  it("names the rows of a request that failed", async () => {
    const { client } = clientOf((rows) =>
      rows.some(({ n }) => n === 12) ? Response.json({ message: "No" }, { status: 422 }) : undefined
    )
    const error = await rejection(collect(client.Prediction.stream(id, numbers(30), { batchSize: 10 })))
    assert.instanceOf(error, DataRobotApiError)
    assert.deepStrictEqual(error.rows, { start: 10, end: 20 })
  })
})

describe("client.Prediction.predictCsv", () => {
  const csv = "a,b\n1,x\n"
  const bytes = new TextEncoder().encode(csv)
  const sources: Readonly<Record<string, () => CsvSource>> = {
    "a text": () => csv,
    "bytes": () => bytes,
    "an array of bytes": () => [bytes.subarray(0, 3), bytes.subarray(3)],
    "an async generator of texts": async function*() {
      yield csv.slice(0, 3)
      yield csv.slice(3)
    },
    "a Node stream": () => Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]),
    "a web stream": () => new Blob([csv]).stream()
  }
  for (const [what, source] of Object.entries(sources)) {
    it(`takes ${what}`, async () => {
      const { client, sent } = clientOf()
      const chunks = await collect(client.Prediction.predictCsv(id, source()))
      assert.strictEqual(await textOf(new Blob(chunks as Array<Uint8Array<ArrayBuffer>>)), csv.toUpperCase())
      assert.strictEqual(sent[1]?.text, csv)
    })
  }

  it("sends a character that is split between two texts", async () => {
    const { client, sent } = clientOf()
    await collect(client.Prediction.predictCsv(id, ["a\n\ud83d", "", "\ude00\nb\ud83d"]))
    assert.strictEqual(sent[1]?.text, "a\n\u{1F600}\nb\ufffd")
  })

  it("does not wait for a web stream that never ends its cancellation", async () => {
    const { client } = clientOf()
    const controller = new AbortController()
    const reason = new Error("no longer needed")
    const source = new ReadableStream<Uint8Array>({
      start: (chunks) => chunks.enqueue(bytes),
      pull: () => {
        setTimeout(() => controller.abort(reason))
        return new Promise(() => {})
      },
      cancel: () => new Promise(() => {})
    })
    const { signal } = controller
    assert.strictEqual(await rejection(collect(client.Prediction.predictCsv(id, source, { signal }))), reason)
  })

  for (const wrong of [null, undefined, 7, {}, ""]) {
    it(`rejects ${JSON.stringify(wrong) ?? "undefined"}`, async () => {
      const { client, sent } = clientOf()
      const error = await rejection(collect(client.Prediction.predictCsv(id, untyped(wrong))))
      assert.instanceOf(error, DataRobotValidationError)
      assert.deepStrictEqual(sent, [])
    })
  }
})

describe("client.Prediction.chat", () => {
  it("returns what a client for OpenAI's API needs", async () => {
    const { client, sent } = clientOf()
    assert.deepStrictEqual(await client.Prediction.chat(id), {
      baseUrl: `${endpoint}/deployments/${id}`,
      apiKey: token
    })
    assert.deepStrictEqual(sent, [])
    assert.instanceOf(await rejection(client.Prediction.chat("../x")), DataRobotValidationError)
  })
})

describe("client.Prediction.predictUnstructured", () => {
  it("returns the response as it is", async () => {
    const { client } = clientOf(() => undefined)
    const { body, contentType } = await client.Prediction.predictUnstructured(id, {
      body: "[]",
      contentType: "application/json"
    })
    assert.strictEqual(new TextDecoder().decode(body), "{\"data\":[]}")
    assert.strictEqual(contentType, "application/json")
  })
})
