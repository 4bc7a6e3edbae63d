/**
 * Batch predictions: generates a CSV file of 1 000 000 rows and scores it into another file, with a progress bar. Then
 * starts a job, stores it as JSON, and continues from the JSON, as another process would. They run on an emulator that
 * this program starts.
 *
 * Run it with `npx tsx examples/batch.ts`, or with a number of rows: `npx tsx examples/batch.ts 20000`. To use your own
 * DataRobot, remove the emulator and provide `DataRobot.layerEnv`.
 */
import { FileSystem } from "@effect/platform"
import { NodeContext, NodeRuntime } from "@effect/platform-node"
import { Chunk, Console, Duration, Effect, Stream } from "effect"
import { BatchPrediction, DataRobot, Deployment } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"
import * as Undici from "effect-datarobot/undici"

/** The number of rows. `npm run examples` sets the variable, to be fast. */
const total = Number(process.argv[2] ?? process.env["ROWS"] ?? 1_000_000)

const step = (title: string) => Console.log(`\n${title}`)
const say = (text: string) => Console.log(`  ${text}`)
const count = (rows: number) => rows.toLocaleString("en").replaceAll(",", " ")

/** Draws the progress on one line of a terminal. Draws nothing in a log, which would keep every state of the line. */
const draw = ({ queuePosition, scoredRows, status }: BatchPrediction.BatchPrediction) =>
  Effect.sync(() => {
    if (!process.stdout.isTTY) return
    const share = Math.min(1, (scoredRows ?? 0) / total)
    const bar = "█".repeat(Math.round(share * 40)).padEnd(40, "░")
    const state = typeof queuePosition === "number" ? `queued, ${queuePosition} before it` : status.toLowerCase()
    process.stdout.write(`\r\x1b[K  ${bar} ${Math.round(share * 100)} %  ${count(scoredRows ?? 0)} rows, ${state}`)
    if (status === "COMPLETED") process.stdout.write("\n")
  })

const plans = ["basic", "plus", "pro"]

/** The lines of a CSV file, made as they are read. */
function* lines(rows: number) {
  yield "customer,tenure,plan\n"
  for (let id = 0; id < rows; id++) yield `c-${id},${id % 72},${plans[id % plans.length]}\n`
}
const csvOf = (rows: number) =>
  Stream.fromIterable(lines(rows)).pipe(
    Stream.grouped(1_000), // a file is written much faster in large pieces
    Stream.map((some) => Chunk.join(some, "")),
    Stream.encodeText
  )

/** Scores a file into another file. Uploads while it downloads, so neither file is ever in memory. */
const scoreFile = (deployment: Deployment.Deployment, source: string, target: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    // Ctrl-C, or any other interruption, cancels the job. An error means that the file is not complete.
    const scored = BatchPrediction.score(deployment, fs.stream(source), {
      passthroughColumns: ["customer"],
      wait: { interval: "500 millis" },
      onProgress: draw
    })
    yield* Stream.run(scored, fs.sink(target))
  })

/** Starts a job that does not depend on this process, and stores it. */
const start = (deployment: Deployment.Deployment, stored: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const job = yield* BatchPrediction.create({ deploymentId: deployment.id, passthroughColumns: ["customer"] })
    yield* fs.writeFileString(stored, JSON.stringify(job))
    yield* BatchPrediction.upload(job, csvOf(20_000))
    yield* say(`started job ${job.id}`)
  })

/** Continues with a stored job. It needs nothing else of the process that started it. */
const resume = (stored: string, target: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const job = yield* fs.readFileString(stored)
    yield* BatchPrediction.progress(job).pipe(
      Stream.runForEach(({ scoredRows, status }) => say(`${status}, ${count(scoredRows ?? 0)} rows`))
    )
    yield* Stream.run(BatchPrediction.download(job), fs.sink(target))
  })

const program = Effect.gen(function*() {
  const fs = yield* FileSystem.FileSystem
  const folder = yield* fs.makeTempDirectoryScoped()
  const [source, target, stored] = [`${folder}/customers.csv`, `${folder}/scored.csv`, `${folder}/job.json`]
  const sizeOf = (file: string) => Effect.map(fs.stat(file), ({ size }) => `${count(Number(size))} bytes`)

  const [deployment] = yield* Deployment.list({ search: "Churn scorer", status: "active", limit: 1 })
  if (deployment === undefined) return yield* Effect.dieMessage("the deployment is not listed")

  yield* step(`Generate a CSV file of ${count(total)} rows`)
  yield* Stream.run(csvOf(total), fs.sink(source))
  yield* say(yield* sizeOf(source))

  yield* step("Score it into another file")
  const [duration] = yield* Effect.timed(scoreFile(deployment, source, target))
  yield* say(`${yield* sizeOf(target)} in ${Duration.toSeconds(duration).toFixed(1)} seconds`)
  const first = fs.stream(target).pipe(Stream.decodeText(), Stream.splitLines, Stream.take(3))
  yield* Stream.runForEach(first, say)

  yield* step("Start a job, and store it as JSON")
  yield* start(deployment, stored)

  yield* step("Continue from the JSON, as another process would")
  yield* resume(stored, target)
  yield* say(yield* sizeOf(target))
}).pipe(Effect.scoped)

const main = Effect.gen(function*() {
  const emulator = yield* serve({ batchDelay: "2 seconds", deployments: [{ label: "Churn scorer" }] })
  yield* Console.log(`The emulator runs at ${emulator.url}`)
  yield* program.pipe(
    Effect.provide([DataRobot.layer({ endpoint: emulator.url, token: emulator.token }), Undici.layer()]),
    Effect.provide(NodeContext.layer)
  )
})

NodeRuntime.runMain(Effect.scoped(main))
