/**
 * Part of `npm run soak`: a stream of 1 000 000 rows, whose predictions a server in another process makes. Memory must
 * not grow with the rows: after garbage collection it may differ by at most 5 MB between 10 % and 100 % of them. Prints
 * the peak RSS beside it.
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { DataRobot, Prediction } from "effect-datarobot"
import * as Undici from "effect-datarobot/undici"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { spawn } from "node:child_process"
import { once } from "node:events"

if (globalThis.gc === undefined) {
  console.error("Run it with `npm run soak`.")
  process.exit(2)
}

const rows = 1_000_000
/** A sample is taken whenever this many rows have been predicted. The first one is taken at 10 %. */
const rowsPerSample = rows / 10
/** The maximum difference between two samples; bytes. */
const mostDifference = 5_000_000

/** The memory in use after garbage collection; bytes. `external` includes the array buffers. */
const used = () => {
  // The second collection frees what the first one has finalized.
  for (let time = 0; time < 2; time++) globalThis.gc?.()
  const { external, heapUsed } = process.memoryUsage()
  return heapUsed + external
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`

const deployment = { id: "60a000000000000000000001", predictionEnvironment: { platform: "datarobotServerless" } }
const plans = ["basic", "plus", "pro"]

/** Predicts all rows. Returns the memory in use at 10 %, 20 %, … of them. */
const samplesOf = Effect.gen(function*() {
  const samples: Array<number> = []
  const source = Stream.range(0, rows - 1).pipe(
    Stream.map((index) => ({ customer: `c-${index}`, tenure: index % 72, plan: plans[index % 3], fee: index / 7 }))
  )
  let next = 0
  yield* Prediction.stream(deployment, source, { concurrency: 4 }).pipe(
    Stream.runForEach(({ rowId }) => {
      if (rowId !== next) return Effect.dieMessage(`row ${rowId} came instead of row ${next}`)
      next++
      if (next % rowsPerSample === 0) samples.push(used())
      return Effect.void
    })
  )
  return next === rows ? samples : yield* Effect.dieMessage(`only ${next} rows were predicted`)
})

const clients = {
  "effect-datarobot/undici": Layer.orDie(Undici.layer()),
  fetch: FetchHttpClient.layer
}

/** Runs the stream through a client. Returns the problems. */
const check = (name: string, layer: Layer.Layer<DataRobot | Layer.Layer.Success<typeof FetchHttpClient.layer>>) =>
  Effect.gen(function*() {
    const began = performance.now()
    const samples = yield* Effect.provide(samplesOf, layer)
    const difference = Math.max(...samples) - Math.min(...samples)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    const peak = process.resourceUsage().maxRSS * 1024
    console.log(`${rows} rows through ${name}: ${seconds} s, peak RSS so far ${megabytes(peak)}`)
    console.log(`  after garbage collection, at 10 % to 100 %: ${samples.map(megabytes).join(", ")}`)
    console.log(`  difference: ${megabytes(difference)}`)
    return difference > mostDifference ? [`${name}: memory differs by ${megabytes(difference)} during the stream`] : []
  })

const server = spawn(process.execPath, ["test/soak/predictionServer.mjs"], { stdio: ["ignore", "pipe", "inherit"] })
const [line] = await once(server.stdout, "data")
const { url } = JSON.parse(String(line)) as { readonly url: string }
const connection = Layer.orDie(DataRobot.layer({ endpoint: `${url}/api/v2`, token: "a-token-for-tests" }))
try {
  const problems = await Effect.runPromise(
    Effect.forEach(Object.entries(clients), ([name, client]) => check(name, Layer.merge(connection, client)))
  )
  for (const problem of problems.flat()) console.error(problem)
  process.exitCode = problems.flat().length === 0 ? 0 : 1
} finally {
  server.kill()
}
