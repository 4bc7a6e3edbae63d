/**
 * `npm run soak`: 60 seconds of 200 calls a second, through four HTTP clients in turn, to an emulator in another
 * process whose responses fail, are late, incomplete or missing. At the end, every call must have ended as expected,
 * memory must not have grown with the calls, and no socket or timer may be left. `-- --seconds 600` runs longer.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { DataRobot, DataRobotError, Deployment, ModelDeployment } from "effect-datarobot"
import type { Fault } from "effect-datarobot/emulator"
import * as Undici from "effect-datarobot/undici"
import * as Arr from "effect/Array"
import * as Cause from "effect/Cause"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { getActiveResourcesInfo } from "node:process"
import { parseArgs } from "node:util"

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" } } })
const seconds = Number(values.seconds)
const { DATAROBOT_API_TOKEN: token = "", DATAROBOT_ENDPOINT: endpoint = "" } = process.env
if (globalThis.gc === undefined || endpoint === "" || !(seconds >= 50)) {
  console.error("Run it with `npm run soak`, for 50 seconds or longer.")
  process.exit(2)
}

const callsPerSecond = 200
/** All calls have ended after each round, so that memory can be compared. */
const secondsPerRound = 10
/** The first rounds are not measured, because code is compiled and pools are filled. */
const warmUp = 2
/** The maximum memory growth per call; bytes. */
const mostPerCall = 300

const faults: ReadonlyArray<Fault> = [
  { fault: "status", status: 503, headers: { "retry-after-ms": "20" }, chance: 0.01 },
  { fault: "status", status: 500, chance: 0.01 },
  { fault: "html", chance: 0.005 },
  { fault: "reset", chance: 0.01 },
  { fault: "delay", delay: 100, chance: 0.02 },
  { fault: "commitThenDrop", chance: 0.005 },
  { fault: "truncate", chance: 0.01 },
  { fault: "badJson", chance: 0.005 },
  { fault: "stall", at: "headers", chance: 0.002 },
  { fault: "stall", at: "body", chance: 0.002 }
]

const options = { attemptTimeout: 500, retry: { baseDelay: 10, maxDelay: 50 } } as const
const sdk = DataRobot.layer({ endpoint, token, ...options })
const layers = [
  FetchHttpClient.layer,
  NodeHttpClient.layerUndici,
  NodeHttpClient.layer,
  Layer.orDie(Undici.layer())
]

type Call = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

/** The kinds of calls repeat after this many, each time with the next client. */
const kinds = 20

const calls = (ids: ReadonlyArray<string>) => (index: number): Call => {
  const id = ids[index % ids.length] ?? ""
  const label = `call ${index}`
  switch (index % kinds) {
    case 0:
      return ModelDeployment.update(id, { label })
    case 1:
      return Deployment.createFromLearningModel({ modelId: "m", label, defaultPredictionServerId: "s" }, {
        wait: { interval: 10, timeout: "2 seconds" }
      }).pipe(Effect.flatMap((made) => Deployment.delete(made)))
    case 2:
    case 3:
      return Stream.runDrain(ModelDeployment.stream({ pageSize: 20, limit: 60 }))
    case 4:
      return ModelDeployment.getServiceStatistics(id, { startDate: "2030-01-01", endDate: "2030-01-02" })
    case 5:
      // Interrupted in the middle, as programs do.
      return Effect.timeoutOption(ModelDeployment.list({ limit: 100 }), 2)
    case 6:
      return ModelDeployment.get("../no-id")
    case 7:
      return Deployment.get("unknown")
    default:
      return index % 2 === 0 ? ModelDeployment.get(id) : Deployment.get(id)
  }
}

/** The memory in use after garbage collection; bytes. */
const used = () => {
  // The second collection frees what the first one has finalized.
  for (let time = 0; time < 2; time++) globalThis.gc?.()
  const { arrayBuffers, external, heapUsed } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}

interface Sample {
  readonly calls: number
  readonly bytes: number
}

/** The slope of the regression line through the samples: bytes per call. */
const slope = (samples: ReadonlyArray<Sample>) => {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, one) => sum + of(one), 0) / samples.length
  const [calls, bytes] = [mean((one) => one.calls), mean((one) => one.bytes)]
  const both = mean((one) => (one.calls - calls) * (one.bytes - bytes))
  return both / mean((one) => (one.calls - calls) ** 2)
}

const counts = new Map<string, number>()
const ended = (exit: Exit.Exit<unknown, unknown>) => {
  const failure = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined
  const word = failure === undefined
    ? "ok"
    : DataRobotError.isDataRobotError(failure)
    ? `${failure._tag}${"reason" in failure ? ` ${failure.reason}` : ""}`
    : `not typed: ${failure}`
  counts.set(word, (counts.get(word) ?? 0) + 1)
}

const control = (method: "POST" | "DELETE", path: string, body?: unknown) =>
  Effect.flatMap(
    HttpClient.HttpClient,
    (http) =>
      HttpClientRequest.make(method)(`${new URL(endpoint).origin}/__emulator/${path}`).pipe(
        body === undefined ? (request) => request : HttpClientRequest.bodyUnsafeJson(body),
        (request) => http.execute(request)
      )
  ).pipe(Effect.scoped, Effect.provide(NodeHttpClient.layer))

const samples: Array<Sample> = []
let made = 0

/** Makes calls at a fixed rate for one round, without waiting for earlier ones, and then waits until all have ended. */
const round = (
  clients: ReadonlyArray<Context.Context<DataRobot | HttpClient.HttpClient>>,
  call: (index: number) => Call
) =>
  Effect.gen(function*() {
    const running = yield* FiberSet.make()
    const began = performance.now()
    const first = made
    for (;;) {
      const at = began + ((made - first) * 1000) / callsPerSecond
      yield* Effect.sleep(Math.max(0, at - performance.now()))
      if (performance.now() >= began + secondsPerRound * 1000) break
      const index = made++
      yield* FiberSet.run(
        running,
        call(index).pipe(
          Effect.provide(Arr.unsafeGet(clients, (index + Math.floor(index / kinds)) % clients.length)),
          Effect.onExit((exit) => Effect.sync(() => ended(exit)))
        )
      )
    }
    yield* FiberSet.awaitEmpty(running).pipe(
      Effect.timeoutFail({ duration: "30 seconds", onTimeout: () => new Error("calls do not end") })
    )
  }).pipe(Effect.scoped)

const soak = Effect.gen(function*() {
  const clients = yield* Effect.forEach(layers, (layer) => Layer.build(Layer.merge(sdk, layer)))
  const all = yield* Effect.provide(ModelDeployment.list({ limit: 100 }), Arr.unsafeGet(clients, 0))
  yield* Effect.forEach(faults, (fault) => control("POST", "faults", fault), { discard: true })
  const call = calls(all.map(({ id }) => id))
  for (let time = secondsPerRound; time <= seconds; time += secondsPerRound) {
    yield* round(clients, call)
    const bytes = used()
    samples.push({ calls: made, bytes })
    console.log(`${time} s: ${made} calls, ${(bytes / 2 ** 20).toFixed(2)} MiB`)
  }
})

const main = Effect.gen(function*() {
  const before = getActiveResourcesInfo().length
  yield* Effect.scoped(soak)
  // Resources that the scope has closed are gone by then.
  yield* Effect.sleep("1 second")
  const left = getActiveResourcesInfo().length - before
  const perCall = slope(samples.slice(warmUp))
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0)
  const rate = made / seconds
  console.log(`${made} calls, ${rate.toFixed(0)} a second, ended so:`)
  for (const [word, count] of [...counts].sort(([, one], [, other]) => other - one)) console.log(`  ${count} ${word}`)
  console.log(`memory: ${perCall.toFixed(1)} bytes a call; handles left: ${left}`)
  const problems = [
    // A busy machine makes fewer calls, which proves less; half of them is the minimum.
    ...(rate < 0.5 * callsPerSecond
      ? [`only ${rate.toFixed(0)} calls a second were made: the machine is too slow`]
      : []),
    ...(total === made ? [] : [`${made - total} calls never ended`]),
    ...([...counts.keys()].filter((word) => word.startsWith("not typed"))),
    ...(perCall > mostPerCall ? [`memory grows by ${perCall.toFixed(0)} bytes a call`] : []),
    ...(left > 0 ? [`handles are left: ${getActiveResourcesInfo().join(", ")}`] : [])
  ]
  for (const problem of problems) console.error(problem)
  return problems.length === 0 ? 0 : 1
})

process.exitCode = await Effect.runPromise(Effect.catchAll(main, (error) => {
  console.error(`the soak could not be ended: ${error.message}`)
  return Effect.succeed(1)
}))
