// Runs one client or decoder for one scenario in a process of its own, so that the heap and the compiled code of others
// do not affect it. It runs the rounds that its parent sends, and reports their cost.
//
//   fork("contender.mjs", [NAME, ENDPOINT])
import { clients } from "./clients.mjs"
import { decoders } from "./decoders.mjs"
import { clientTasks, decoderTasks } from "./tasks.mjs"

const [name, endpoint] = process.argv.slice(2)
const contender = name in clients ? (await clients[name]())(endpoint) : await decoders[name]()
const tasks = { ...clientTasks, ...decoderTasks }

/** Makes a number of calls. Returns what one of them took: seconds and kB, and for the memory MB in all. */
const run = async ({ calls, inFlight = 1, task, ...options }) => {
  const call = tasks[task](contender, options)
  let left = calls
  const worker = async () => {
    while (left-- > 0) await call()
  }
  globalThis.gc()
  const before = process.memoryUsage()
  let peak = before.rss
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const cpu = process.cpuUsage()
  const began = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  const wall = (performance.now() - began) / 1000
  const { system, user } = process.cpuUsage(cpu)
  const { heapUsed, rss } = process.memoryUsage()
  clearInterval(watch)
  return {
    cpu: (user + system) / 1e6 / calls,
    wall: wall / calls,
    memory: (Math.max(peak, rss) - before.rss) / 2 ** 20,
    rss: Math.max(peak, rss) / 2 ** 20,
    // Only true if no garbage was collected during the calls.
    allocated: (heapUsed - before.heapUsed) / 1000 / calls
  }
}

process.on("message", async (round) => {
  try {
    process.send({ took: await run(round) })
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) })
  }
})
process.on("disconnect", () => process.exit())
process.send({})
