/** What a client or decoder is asked to do. Each task returns the function that is called repeatedly. */
import { actual } from "./actuals.mjs"
import { csvOf, sizeOf } from "./batch.mjs"
import { row } from "./predictions.mjs"
import { idOf, page } from "./records.mjs"

const deployment = { projectId: "5b00000000000000000000b1", modelId: "5b00000000000000000000a1", label: "Churn scorer" }

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis))

/** Calls a function that returns how much it did, and fails if that is not all. */
const all = (expected, call) => async () => {
  const done = await call()
  if (done !== expected) throw new Error(`the result has ${done} items instead of ${expected}`)
}

export const clientTasks = {
  get: (client) => () => client.get(idOf(0)),
  create: (client) => () => client.create(deployment),
  page: (client, { size }) => all(size, async () => (await client.page(size)).data.length),
  list: (client, { total }) => all(total, async () => (await client.list({ total })).length),
  stream: (client, { consumer = 0, total, ...options }) => {
    const working = consumer === 0 ? {} : { onPage: () => sleep(consumer) }
    return all(total, () => client.stream({ ...options, ...working, total }))
  },
  submit: (client, { total }) => {
    const actuals = Array.from({ length: total }, (_, index) => actual(index))
    return all(total, () => client.submit(actuals))
  },
  predict: (client, { size }) => {
    const rows = Array.from({ length: size }, (_, index) => row(index))
    return all(size, async () => (await client.predict(rows)).length)
  },
  predictStream: (client, { batchSize, total }) => all(total, () => client.predictStream({ batchSize, row, total })),
  score: (client, { bytes }) => all(sizeOf(bytes), () => client.score(csvOf(bytes)))
}

export const decoderTasks = {
  decode: (decoder, { size, unknownKeys = false }) => {
    const bytes = Buffer.from(page(size, unknownKeys))
    return () => decoder(bytes)
  }
}
