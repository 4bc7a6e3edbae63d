/** Batch predictions of the Promise API, on an emulator over a socket: Node streams that fail, and wrong arguments. */
import { assert, it } from "@effect/vitest"
import { serve } from "effect-datarobot/emulator/node"
import { type Client, createClient, DataRobotJobError, DataRobotValidationError } from "effect-datarobot/promise"
import * as Effect from "effect/Effect"
import { createReadStream, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { rejection } from "./promises.js"
import { untyped } from "./support.js"

const id = "5b0000000000000000000010"
const csv = "customer,tenure\nc-1,3\n"

/** Runs a test with a client of a new emulator, and a folder for files. */
const withClient = (name: string, test: (client: Client, folder: string) => Promise<void>) =>
  it.live(name, () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* serve({ deployments: [{ id, label: "Churn scorer" }], batchDelay: 1 })
      const folder = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "batch-"))),
        (path) => Effect.sync(() => rmSync(path, { recursive: true }))
      )
      const client = createClient({ endpoint: emulator.url, token: emulator.token })
      yield* Effect.promise(() => test(client, folder).finally(() => client.close()))
    })))

const drain = async (iterable: AsyncIterable<unknown>) => {
  for await (const _ of iterable);
}

const active = (client: Client) => client.BatchPrediction.list({ status: ["INITIALIZING", "RUNNING"] })

withClient("score of a file that does not exist rejects with its error, and no job remains", async (client, folder) => {
  const missing = createReadStream(join(folder, "missing.csv"))
  // The stream fails while the job is created, before anyone reads from it.
  const error = await rejection(drain(client.BatchPrediction.score(id, missing)))
  assert.propertyVal(error, "code", "ENOENT")
  assert.deepStrictEqual(await active(client), [])
})

withClient("scoreRows rejects with the error of a Node stream that has failed already", async (client) => {
  const failed = new Readable({ objectMode: true, read: () => undefined })
  const scored = client.BatchPrediction.scoreRows(id, untyped(failed))
  const error = new Error("the parser failed")
  failed.destroy(error)
  await new Promise(setImmediate)
  assert.propertyVal(await rejection(drain(scored)), "message", error.message)
  assert.deepStrictEqual(await active(client), [])
})

withClient("the name of a file is not taken for CSV, and nothing is sent", async (client) => {
  for (const name of ["customers.csv", new TextEncoder().encode("customers.csv")]) {
    const error = await rejection(drain(client.BatchPrediction.score(id, name)))
    if (!(error instanceof DataRobotValidationError)) throw error
    assert.strictEqual(
      error.message,
      "BatchPrediction.score was not sent: csv must have a header line and rows, but is one line. To send a file, pass " +
        "its content, not its name."
    )
  }
  assert.deepStrictEqual(await client.BatchPrediction.list(), [])
})

withClient("CSV that consists of objects is rejected, and no job remains", async (client) => {
  const error = await rejection(drain(client.BatchPrediction.score(id, untyped([{ tenure: 3 }]))))
  if (!(error instanceof DataRobotValidationError)) throw error
  assert.include(error.message, "csv must be a stream of Uint8Arrays, but has a value of type object")
  assert.deepStrictEqual(await active(client), [])
})

withClient("rows that are not iterable are rejected, and nothing is sent", async (client) => {
  for (const rows of [null, 7, "abc", { tenure: 3 }]) {
    const error = await rejection(drain(client.BatchPrediction.scoreRows(id, untyped(rows))))
    if (!(error instanceof DataRobotValidationError)) throw error
    assert.include(error.message, "rows must be a Stream")
    assert.include(error.message, "in the Promise API an iterable")
  }
  assert.deepStrictEqual(await client.BatchPrediction.list(), [])
})

withClient("a list of columns that is a string is rejected in plain words", async (client) => {
  const error = await rejection(
    drain(client.BatchPrediction.score(id, csv, { passthroughColumns: untyped("customer") }))
  )
  if (!(error instanceof DataRobotValidationError)) throw error
  assert.deepStrictEqual(error.issues, [
    { path: "passthroughColumns", message: "must be a list of at least one column name" }
  ])
})

withClient(
  "the message of a wait that timed out says how to continue, and nothing about the server",
  async (client) => {
    const job = await client.BatchPrediction.create({ deploymentId: id })
    const error = await rejection(client.BatchPrediction.await(job, { timeout: "50 millis" }))
    if (!(error instanceof DataRobotJobError)) throw error
    assert.match(
      error.message,
      new RegExp(`To keep waiting, call BatchPrediction.await with id ${job.id}\\.$`)
    )
  }
)
