/** Batch predictions of the Promise API, against an emulator: streams of any kind, schemas, signals, progress. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import {
  type Client,
  createClient,
  type CsvSource,
  DataRobotJobError,
  DataRobotValidationError,
  type StandardSchema
} from "effect-datarobot/promise"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { once } from "node:events"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { serve } from "../src/emulator/node.js"
import { collect, rejection } from "./promises.js"
import { untyped } from "./support.js"

const wait = { interval: 20 }
const csv = "customer,tenure\nc-1,3\nc-2,40\nc-3,7\n"
const options = { passthroughColumns: ["customer"], wait }

const textOf = async (bytes: AsyncIterable<Uint8Array>) => Buffer.concat(await collect(bytes)).toString()

const customersOf = (text: string) => {
  const [header = "", ...lines] = text.trimEnd().split("\n")
  const column = header.split(",").indexOf("customer")
  return lines.map((line) => line.split(",")[column])
}

async function* slowly() {
  for (let index = 0;; index++) {
    yield index === 0 ? "customer,tenure\n" : `c-${index},3\n`
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe("Batch predictions of the Promise API", () => {
  const scope = Effect.runSync(Scope.make())
  let connection: { readonly endpoint: string; readonly token: string }
  let client: Client
  let deployment: string

  beforeAll(async () => {
    const { endpoint, token } = await Effect.runPromise(
      Scope.extend(serve({ port: 0, preset: "demo", batchDelay: 1 }), scope)
    )
    connection = { endpoint, token }
    client = createClient(connection)
    const found = (await client.Deployment.list({ status: "active" })).find(({ model }) =>
      model?.targetType === "Binary"
    )
    deployment = found?.id ?? assert.fail("there is no binary deployment")
  })

  afterAll(async () => {
    await client.close()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })

  /** The jobs that are not over. */
  const running = () => client.BatchPrediction.list({ status: ["INITIALIZING", "RUNNING"] })

  const sources: Readonly<Record<string, () => CsvSource>> = {
    "a text": () => csv,
    bytes: () => Buffer.from(csv),
    "a web stream": () => new Blob([csv]).stream(),
    "a Node readable": () => Readable.from([csv.slice(0, 20), csv.slice(20)]),
    "an iterable of texts": () => [csv.slice(0, 5), csv.slice(5)],
    "an async generator of bytes": async function*() {
      for (const one of csv) yield Buffer.from(one)
    }
  }
  for (const [name, source] of Object.entries(sources)) {
    it(`score accepts ${name}`, async () => {
      const scored = await textOf(client.BatchPrediction.score(deployment, source(), options))
      assert.deepStrictEqual(customersOf(scored), ["c-1", "c-2", "c-3"])
    })
  }

  it("score works in a pipeline of Node streams", async () => {
    const written: Array<Uint8Array> = []
    await pipeline(
      client.BatchPrediction.score(deployment, Readable.from([csv]), options),
      async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) written.push(chunk)
      }
    )
    assert.deepStrictEqual(customersOf(Buffer.concat(written).toString()), ["c-1", "c-2", "c-3"])
  })

  it("score can be read as a web stream", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const scored = client.BatchPrediction.score(deployment, readable, options).toReadableStream()
    const writer = writable.getWriter()
    void writer.write(Buffer.from(csv)).then(() => writer.close())
    assert.deepStrictEqual(customersOf(await new Response(scored).text()), ["c-1", "c-2", "c-3"])
  })

  it("a web stream that is cancelled while it waits cancels the job", async () => {
    const states: Array<string> = []
    const begun = new Promise<void>((resolve) => {
      const reader = client.BatchPrediction.score(deployment, slowly(), {
        ...options,
        onProgress: ({ status }) => {
          states.push(status)
          if (status === "RUNNING") void reader.cancel(new Error("enough")).then(resolve)
        }
      }).toReadableStream().getReader()
      void reader.read()
    })
    await begun
    assert.include(states, "RUNNING")
    assert.deepStrictEqual(await running(), [])
  })

  it("a Node stream that is destroyed while it waits cancels the job, and rejects nothing", async () => {
    const scored = await new Promise<Readable>((resolve) => {
      const stream: Readable = Readable.from(client.BatchPrediction.score(deployment, slowly(), {
        ...options,
        onProgress: ({ status }) => status === "RUNNING" ? resolve(stream) : undefined
      }))
      stream.resume()
    })
    scored.destroy()
    await once(scored, "close")
    assert.deepStrictEqual(await running(), [])
  })

  it("an iteration that is ended while it waits is done", async () => {
    const items = client.BatchPrediction.score(deployment, slowly(), options)[Symbol.asyncIterator]()
    const next = items.next()
    assert.deepStrictEqual(await items.return?.(), { done: true, value: undefined })
    assert.deepStrictEqual(await next, { done: true, value: undefined })
    assert.deepStrictEqual(await running(), [])
  })

  it("a web stream fails with the signal's reason", async () => {
    const controller = new AbortController()
    const { signal } = controller
    const scored = client.BatchPrediction.score(deployment, slowly(), { ...options, signal }).toReadableStream()
    const reader = scored.getReader()
    assert.isFalse((await reader.read()).done)
    const reason = new Error("enough")
    controller.abort(reason)
    // Bytes that had arrived may still come.
    const error = await rejection((async () => {
      while (!(await reader.read()).done);
    })())
    assert.strictEqual(error, reason)
    assert.deepStrictEqual(await running(), [])
  })

  it("score calls onProgress with the job, and waits for its promise", async () => {
    const seen: Array<string> = []
    let busy = 0
    const scored = client.BatchPrediction.score(deployment, csv, {
      ...options,
      onProgress: async ({ id, status }) => {
        assert.strictEqual(++busy, 1)
        await new Promise((resolve) => setTimeout(resolve, 5))
        busy--
        seen.push(`${id} ${status}`)
      }
    })
    await textOf(scored)
    assert.match(seen[0] ?? "", /^[0-9a-f]{24} INITIALIZING$/)
    assert.match(seen.at(-1) ?? "", /COMPLETED$/)
  })

  it("an error of onProgress ends score, and cancels the job", async () => {
    const wrong = new Error("the bar broke")
    const scored = client.BatchPrediction.score(deployment, csv, {
      ...options,
      onProgress: () => {
        throw wrong
      }
    })
    assert.strictEqual(await rejection(textOf(scored)), wrong)
    assert.deepStrictEqual(await running(), [])
  })

  it("a signal ends score, and cancels the job", async () => {
    const controller = new AbortController()
    const reason = new Error("enough")
    const scored = client.BatchPrediction.score(deployment, slowly(), {
      ...options,
      signal: controller.signal,
      onProgress: ({ status }) => status === "RUNNING" ? controller.abort(reason) : undefined
    })
    assert.strictEqual(await rejection(textOf(scored)), reason)
    assert.deepStrictEqual(await running(), [])
  })

  it("the end of the loop cancels the job", async () => {
    for await (const chunk of client.BatchPrediction.score(deployment, slowly(), options)) {
      assert.isAbove(chunk.length, 0)
      break
    }
    assert.deepStrictEqual(await running(), [])
  })

  it("an error of the source is the error of score", async () => {
    const wrong = new Error("the file is gone")
    const source = async function*() {
      yield "customer,tenure\n"
      throw wrong
    }
    assert.strictEqual(await rejection(textOf(client.BatchPrediction.score(deployment, source(), options))), wrong)
    assert.deepStrictEqual(await running(), [])
  })

  it("a value that is no CSV is rejected", async () => {
    for (const wrong of [17, null, {}, ""]) {
      const error = await rejection(textOf(client.BatchPrediction.score(deployment, untyped(wrong), options)))
      assert.instanceOf(error, DataRobotValidationError)
      assert.strictEqual(error.attempts, 0)
    }
  })

  it("closing the client cancels its jobs, and waits for that", async () => {
    for (const isReading of [true, false]) {
      const other = createClient(connection)
      const scored = other.BatchPrediction.score(deployment, slowly(), options)[Symbol.asyncIterator]()
      await scored.next()
      const reading = isReading
        ? rejection((async () => {
          while ((await scored.next()).done !== true);
        })())
        : undefined
      await other.close()
      assert.deepStrictEqual(await running(), [])
      await reading
    }
  })

  /** A schema of another library: a customer, whose name is sent in capitals. */
  const customer: StandardSchema<{ name: string }, { customer: string }> = {
    "~standard": {
      version: 1,
      vendor: "a test",
      validate: async (value) => {
        const name = typeof value === "object" && value !== null && "name" in value ? value.name : undefined
        return typeof name === "string"
          ? { value: { customer: name.toUpperCase() } }
          : { issues: [{ message: `received ${String(name)}`, path: ["name"] }] }
      }
    }
  }
  /** A schema of another library: the result of a customer. */
  const result: StandardSchema<unknown, number> = {
    "~standard": {
      version: 1,
      vendor: "a test",
      validate: (value) => {
        const name = typeof value === "object" && value !== null && "customer" in value ? String(value.customer) : ""
        return name.length < 5 ? { value: name.length } : { issues: [{ message: name, path: ["customer"] }] }
      }
    }
  }

  it("scoreRows converts rows and results with schemas of any library", async () => {
    const rows = [{ name: "a" }, { name: "bbb" }]
    const named = await collect(client.BatchPrediction.scoreRows(deployment, rows, { ...options, row: customer }))
    assert.deepStrictEqual(named.map((row) => row["customer"]), ["A", "BBB"])
    const lengths = await collect(
      client.BatchPrediction.scoreRows(deployment, rows, { ...options, row: customer, result })
    )
    assert.deepStrictEqual(lengths, [1, 3])
  })

  it("scoreRows names the row that a schema rejects, without its value", async () => {
    const rows: ReadonlyArray<{ name: string }> = [{ name: "a" }, untyped({ name: 17 })]
    const sent = await rejection(
      collect(client.BatchPrediction.scoreRows(deployment, rows, { ...options, row: customer }))
    )
    assert.instanceOf(sent, DataRobotValidationError)
    assert.deepStrictEqual(sent.issues.map(({ path }) => path), ["rows[1].name"])
    assert.notInclude(sent.message, "17")
    assert.deepStrictEqual(sent.rows, { start: 1, end: 2 })

    const results: Array<number> = []
    const read = await rejection((async () => {
      const long = [{ customer: "a" }, { customer: "abcdef" }]
      for await (const one of client.BatchPrediction.scoreRows(deployment, long, { ...options, result })) {
        results.push(one)
      }
    })())
    assert.deepStrictEqual(results, [1])
    assert.instanceOf(read, DataRobotValidationError)
    assert.deepStrictEqual(read.rows, { start: 1, end: 2 })
    assert.notInclude(read.message, "abcdef")
  })

  it("a job continues from its JSON: upload, progress, await, download", async () => {
    const job = await client.BatchPrediction.create({ deploymentId: deployment, passthroughColumns: ["customer"] })
    const stored = JSON.stringify(job)
    await client.BatchPrediction.upload(stored, Readable.from([csv]))
    const states = await collect(client.BatchPrediction.progress(stored, wait))
    assert.strictEqual(states.at(-1)?.status, "COMPLETED")
    const done = await client.BatchPrediction.await(JSON.stringify({ kind: "batchPrediction", id: job.id }), wait)
    assert.strictEqual(done.scoredRows, 3)
    const scored = await textOf(client.BatchPrediction.download(JSON.parse(stored), { wait }))
    assert.deepStrictEqual(customersOf(scored), ["c-1", "c-2", "c-3"])
  })

  it("a job that was cancelled is an error with a handle", async () => {
    const job = await client.BatchPrediction.create({ deploymentId: deployment })
    await client.BatchPrediction.cancel(job)
    const error = await rejection(client.BatchPrediction.await(job, wait))
    assert.instanceOf(error, DataRobotJobError)
    assert.deepStrictEqual(error.handle, { kind: "batchPrediction", id: job.id })
  })

  it("Job refuses the handle of a batch prediction, and names the operation for it", async () => {
    const error = await rejection(client.Job.await({ kind: "batchPrediction", id: "60a000000000000000000001" }))
    assert.instanceOf(error, DataRobotValidationError)
    assert.include(error.message, "BatchPrediction.await")
  })
})
