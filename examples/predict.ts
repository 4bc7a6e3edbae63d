/**
 * Predictions in real time: a few rows, rows of your own type, a stream of 100 000 rows, and CSV. They run on an
 * emulator that this program starts.
 *
 * Run it with `npx tsx examples/predict.ts`. To use your own DataRobot, remove the emulator and provide
 * `DataRobot.layerEnv`.
 */
import { Console, Effect, Schema, Stream } from "effect"
import { DataRobot, Deployment, Prediction } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"
import * as Undici from "effect-datarobot/undici"

const step = (title: string) => Console.log(`\n${title}`)
const say = (text: string) => Console.log(`  ${text}`)

const show = ({ prediction, predictionValues, rowId }: Prediction.PredictionRow) =>
  say(`row ${rowId}: ${prediction}  (${predictionValues.map(({ label, value }) => `${label}: ${value}`).join(", ")})`)

/** A row of your own type. The schema checks it, and encodes it to the columns of the model. */
const Customer = Schema.Struct({
  tenure: Schema.Int.pipe(Schema.nonNegative()),
  plan: Schema.Literal("basic", "plus", "pro"),
  signedUp: Schema.propertySignature(Schema.DateFromString).pipe(Schema.fromKey("signed_up"))
})

const plans = ["basic", "plus", "pro"] as const
const customer = (index: number) => ({ tenure: index % 72, plan: plans[index % plans.length] ?? "basic" })

const program = Effect.gen(function*() {
  const [deployment] = yield* Deployment.list({ search: "Churn scorer", status: "active", limit: 1 })
  if (deployment === undefined) return yield* Effect.dieMessage("the deployment is not listed")

  yield* step("Predict a few rows")
  const { data, executionTime } = yield* Prediction.predict(deployment, [
    { tenure: 3, plan: "basic", customer: "c-1" },
    { tenure: 40, plan: "pro", customer: "c-2" }
  ], { passthroughColumns: ["customer"], maxExplanations: 2 })
  yield* Effect.forEach(data, show)
  const [first] = data
  yield* say(
    `the first one is customer ${String(first?.passthroughValues?.["customer"])}, explained by ${
      first?.predictionExplanations?.map(({ feature, qualitativeStrength }) => `${feature} ${qualitativeStrength}`)
        .join(", ")
    }`
  )
  yield* say(`the model took ${executionTime} ms`)

  yield* step("Predict rows of your own type")
  const typed = yield* Prediction.predict(deployment, [
    { tenure: 12, plan: "plus", signedUp: new Date("2029-05-01") }
  ], { row: Customer })
  yield* Effect.forEach(typed.data, show)

  yield* step("Predict a stream of 100 000 rows")
  const rows = Stream.range(0, 99_999).pipe(Stream.map(customer))
  const churning = yield* Prediction.stream(deployment, rows, { concurrency: 2, batchSize: 2_000 }).pipe(
    // rowId counts through the whole stream
    Stream.tap(({ rowId }) => (rowId + 1) % 20_000 === 0 ? say(`${rowId + 1} rows`) : Effect.void),
    Stream.runFold(0, (count, { prediction }) => prediction === 1 ? count + 1 : count)
  )
  yield* say(`${churning} customers are predicted to leave`)

  yield* step("Predict CSV, which is read and written as a stream")
  const csv = Stream.concat(
    Stream.make("tenure,plan\n"),
    Stream.map(Stream.range(1, 1_000), (tenure) => `${tenure},basic\n`)
  ).pipe(Stream.encodeText)
  const lines = Prediction.predictCsv(deployment, csv).pipe(Stream.decodeText(), Stream.splitLines)
  yield* Stream.runForEach(Stream.take(lines, 3), say)

  yield* step("Read what the monitoring counted")
  const { metrics } = yield* Deployment.getServiceStats(deployment)
  yield* say(`${metrics.totalRequests} requests with ${metrics.totalPredictions} rows`)
})

const main = Effect.gen(function*() {
  const emulator = yield* serve({ deployments: [{ label: "Churn scorer" }] })
  yield* Console.log(`The emulator runs at ${emulator.url}`)
  yield* program.pipe(
    Effect.provide([DataRobot.layer({ endpoint: emulator.url, token: emulator.token }), Undici.layer()])
  )
})

await Effect.runPromise(Effect.scoped(main))
