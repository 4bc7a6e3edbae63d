// Runs one client or decoder in a separate process, so that the heap and the compiled code of others do not affect it.
// It runs the tasks that its parent sends, and reports their cost.
//
//   fork("contender.mjs", [NAME, ENDPOINT])
import { actual } from "./actuals.mjs"
import { csvOf, sizeOf } from "./batch.mjs"
import { clients } from "./clients.mjs"
import { decoders } from "./decoders.mjs"
import { row } from "./predictions.mjs"
import { idOf } from "./records.mjs"

const [name, endpoint] = process.argv.slice(2)
const connect = await { ...clients, ...decoders }[name]()
const contender = connect(endpoint)
// The same client, for the path at which the server responds more slowly.
const slow = connect(endpoint.replace("/api/", "/slow/api/"))

const deployment = { projectId: "5b00000000000000000000b1", modelId: "5b00000000000000000000a1", label: "Churn scorer" }

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis))

/** The tasks by name. Each returns the function that is called repeatedly. */
const tasks = {
  get: () => () => contender.get(idOf(0)),
  create: () => () => contender.create(deployment),
  page: ({ size }) => () => contender.page(size),
  list: ({ total }) => async () => {
    const { length } = await contender.list({ total })
    if (length !== total) throw new Error(`${name} listed ${length} records of ${total}`)
  },
  submit: ({ total }) => {
    const actuals = Array.from({ length: total }, (_, index) => actual(index))
    return async () => {
      const count = await contender.submit(actuals)
      if (count !== total) throw new Error(`${name} submitted ${count} actual values of ${total}`)
    }
  },
  predict: ({ size }) => {
    const rows = Array.from({ length: size }, (_, index) => row(index))
    return async () => {
      const { length } = await contender.predict(rows)
      if (length !== size) throw new Error(`${name} returned ${length} predictions for ${size} rows`)
    }
  },
  predictStream: ({ batchSize, total }) => async () => {
    const count = await contender.predictStream({ batchSize, row, total })
    if (count !== total) throw new Error(`${name} returned ${count} predictions for ${total} rows`)
  },
  score: ({ bytes }) => async () => {
    const size = await contender.score(csvOf(bytes))
    if (size !== sizeOf(bytes)) throw new Error(`${name} received ${size} bytes of ${sizeOf(bytes)}`)
  },
  decode: ({ size }) => () => contender.decode(size),
  stream: ({ consumer = 0, delayed = false, total, ...options }) => async () => {
    const working = consumer === 0 ? {} : { onPage: () => sleep(consumer) }
    const count = await (delayed ? slow : contender).stream({ ...options, ...working, total })
    if (count !== total) throw new Error(`${name} streamed ${count} records of ${total}`)
  }
}

const run = async ({ calls, inFlight = 1, task, ...options }) => {
  const call = tasks[task](options)
  let left = calls
  const worker = async () => {
    while (left-- > 0) await call()
  }
  globalThis.gc()
  const idle = process.memoryUsage.rss()
  let peak = idle
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const cpu = process.cpuUsage()
  const began = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  const wall = (performance.now() - began) / 1000
  const { system, user } = process.cpuUsage(cpu)
  clearInterval(watch)
  peak = Math.max(peak, process.memoryUsage.rss())
  return {
    cpu: (user + system) / 1e6 / calls,
    wall: wall / calls,
    memory: (peak - idle) / 2 ** 20,
    rss: peak / 2 ** 20
  }
}

process.on("message", async (asked) => {
  try {
    process.send({ took: await run(asked) })
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) })
  }
})
process.send({ ready: true })
