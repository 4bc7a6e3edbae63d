/** What the checks of memory have in common: samples, their limit, the clients, and the server in another process. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import { DataRobot } from "effect-datarobot"
import * as Undici from "effect-datarobot/undici"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { spawn } from "node:child_process"
import { once } from "node:events"

if (globalThis.gc === undefined) {
  console.error("Run it with `npm run soak`.")
  process.exit(2)
}

/** The maximum difference between two samples; bytes. */
const mostDifference = 5_000_000

/** Returns the memory in use after garbage collection; bytes. It includes the array buffers. */
export const used = (): number => {
  // The second collection frees what the first one has finalized.
  for (let time = 0; time < 2; time++) globalThis.gc?.()
  const { external, heapUsed } = process.memoryUsage()
  return heapUsed + external
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`

const clients = {
  "effect-datarobot/undici": Layer.orDie(Undici.layer()),
  fetch: FetchHttpClient.layer
}

/** Runs a task through a client, and prints its memory. Returns the problems. */
const check = (
  what: string,
  name: string,
  task: Effect.Effect<ReadonlyArray<number>, unknown, DataRobot | HttpClient.HttpClient>,
  layer: Layer.Layer<DataRobot | HttpClient.HttpClient>
) =>
  Effect.gen(function*() {
    const began = performance.now()
    const samples = yield* Effect.provide(task, layer)
    const difference = Math.max(...samples) - Math.min(...samples)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    const peak = process.resourceUsage().maxRSS * 1024
    console.log(`${what} through ${name}: ${seconds} s, peak RSS so far ${megabytes(peak)}`)
    console.log(`  after garbage collection, at 10 % to 100 %: ${samples.map(megabytes).join(", ")}`)
    console.log(`  difference: ${megabytes(difference)}`)
    return difference > mostDifference ? [`${name}: memory differs by ${megabytes(difference)} in ${what}`] : []
  })

/**
 * Starts a server, runs a task through two clients, and sets the exit status of the process. The task returns the memory
 * in use at 10 %, 20 %, … of its work.
 */
export const runChecks = async (
  script: string,
  what: string,
  task: Effect.Effect<ReadonlyArray<number>, unknown, DataRobot | HttpClient.HttpClient>
): Promise<void> => {
  const server = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] })
  const [line] = await once(server.stdout, "data")
  const { url } = JSON.parse(String(line)) as { readonly url: string }
  const connection = Layer.orDie(DataRobot.layer({ endpoint: `${url}/api/v2`, token: "a-token-for-tests" }))
  try {
    const problems = await Effect.runPromise(
      Effect.forEach(
        Object.entries(clients),
        ([name, client]) => check(what, name, task, Layer.merge(connection, client))
      )
    )
    for (const problem of problems.flat()) console.error(problem)
    process.exitCode = problems.flat().length === 0 ? 0 : 1
  } finally {
    server.kill()
  }
}
