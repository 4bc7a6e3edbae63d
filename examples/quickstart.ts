/**
 * The life of a model deployment, with its predictions, step by step, on an emulator that this program starts.
 *
 * Run it with `npm run quickstart`. To use your own DataRobot, remove the emulator and provide `DataRobot.layerEnv`.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { Console, DateTime, Effect, Stream } from "effect"
import { DataRobot, DataRobotError, ModelDeployment, ModelDeploymentStatus, Prediction } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"

const projectId = "5b00000000000000000000b1"
const modelId = "5b00000000000000000000a1"
const instanceId = "5b00000000000000000000d1"

const step = (title: string) => Console.log(`\n${title}`)
const say = (text: string) => Console.log(`  ${text}`)

/** Draws numbers as a row of small bars. */
const bars = (values: ReadonlyArray<number>) => {
  const highest = Math.max(1, ...values)
  return values.map((value) => value === 0 ? "·" : "▁▂▃▄▅▆▇█".charAt(Math.ceil((value / highest) * 8) - 1)).join("")
}

/** A customer to predict. */
const customer = (index: number) => ({ tenure: index % 72, plan: index % 2 === 0 ? "basic" : "pro" })

const summary = (deployment: ModelDeployment.ModelDeployment) =>
  `${deployment.id}  ${deployment.label}  (${deployment.status}, ${
    deployment.deployed ? "deployed" : "not yet deployed"
  })`

/** The steps of a user. They need `DataRobot` and an `HttpClient`, and run with any of them. */
const walk = (earlierDays: (deployment: ModelDeployment.ModelDeployment) => Effect.Effect<void>) =>
  Effect.gen(function*() {
    yield* step("Create a deployment")
    const created = yield* ModelDeployment.create({
      projectId,
      modelId,
      instanceId,
      label: "New Model Deployment",
      description: "Scores customers for churn"
    })
    yield* say(summary(created))
    const deployment = yield* ModelDeployment.awaitDeployed(created)
    yield* say(summary(deployment))

    yield* step("Predict")
    const { data } = yield* Prediction.predict(deployment, [customer(3), customer(40)])
    yield* Effect.forEach(
      data,
      ({ prediction, predictionValues, rowId }) =>
        say(`customer ${rowId}: ${prediction}, with the probability ${predictionValues[0]?.value} of churn`)
    )
    const customers = Stream.map(Stream.range(1, 2_000), customer)
    const churning = yield* Prediction.stream(deployment, customers, { batchSize: 100 }).pipe(
      Stream.filter(({ prediction }) => prediction === 1),
      Stream.runCount
    )
    yield* say(`a stream of 2000 customers, 100 in each request: ${churning} are predicted to leave`)
    // A mistake: the rows have no such column.
    yield* Prediction.predict(deployment, [customer(3)], { passthroughColumns: ["name"] }).pipe(
      DataRobotError.catchReason("Unexpected", (error) => say(`refused: ${error.message}`))
    )

    yield* step("List and search deployments")
    const all = yield* ModelDeployment.list({ orderBy: "-label" })
    yield* Effect.forEach(all, (found) => say(summary(found)))
    const found = yield* ModelDeployment.list({ query: "churn", status: "active", limit: 10 })
    yield* say(`"churn" in label or description: ${found.map((one) => one.label).join(", ")}`)

    yield* step("Read its service health")
    yield* earlierDays(deployment)
    const monitored = yield* ModelDeployment.get(deployment)
    yield* say(`service health: ${monitored.serviceHealth}`)
    yield* Effect.forEach(
      monitored.serviceHealthMessages,
      ({ level, message, msgId }) => say(`${level}: ${msgId}, ${message}`)
    )
    yield* say(`requests per day, today last: ${bars(monitored.requestRates)}  ${monitored.requestRates.join(" ")}`)
    const { prevRequestCount, recentRequestCount, trendTimeWindow } = monitored
    yield* say(`requests in the last ${trendTimeWindow}: ${recentRequestCount}, before that: ${prevRequestCount}`)

    yield* step("Rename it and remove its description")
    const renamed = yield* ModelDeployment.update(deployment, { label: "Churn scorer", description: "" })
    yield* say(`${summary(renamed)}, description ${JSON.stringify(renamed.description)}`)

    yield* step("Read the service statistics: of today, with the predictions above, and of the three days before")
    const now = yield* DateTime.now
    const today = DateTime.startOf(now, "day")
    const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`
    const periods = [
      { name: "today", startDate: today, endDate: DateTime.add(now, { minutes: 1 }) },
      { name: "before", startDate: DateTime.subtract(today, { days: 3 }), endDate: today }
    ]
    for (const { name, ...period } of periods) {
      const statistics = yield* ModelDeployment.getServiceStatistics(deployment, period)
      const { consumers, load, medianExecutionTime, totalPredictionRows, totalRequests, userErrorRate } = statistics
      yield* say(`${name}: ${totalRequests} requests with ${totalPredictionRows} rows`)
      yield* say(`  from ${consumers} consumers, median execution time ${medianExecutionTime} s`)
      yield* say(`  at most ${load.peak} requests per minute, ${percent(userErrorRate.current)} user errors`)
    }

    yield* step("Deactivate and archive it")
    yield* say(summary(yield* ModelDeployment.deactivate(deployment)))
    yield* say(summary(yield* ModelDeployment.update(deployment, { status: ModelDeploymentStatus.ARCHIVED })))

    yield* step("Read the action log")
    const log = yield* ModelDeployment.actionLog(deployment)
    yield* Effect.forEach(
      log,
      ({ action, performedAt, performedBy }) =>
        say(`${DateTime.formatIso(performedAt)}  ${action} by ${performedBy.username}`)
    )
  })

const program = Effect.gen(function*() {
  const emulator = yield* serve({ port: 0, deployDelay: "1 second", deployments: [{ label: "Fraud detector" }] })
  yield* Console.log(`The emulator runs at ${emulator.url}`)

  // Simulates the applications that requested predictions on the days before: more each day.
  const earlierDays = (deployment: ModelDeployment.ModelDeployment) =>
    Effect.gen(function*() {
      const today = DateTime.startOf(yield* DateTime.now, "day")
      const perDay = [4, 3, 5, 8, 10, 14, 17]
      yield* Effect.forEach(perDay, (requests, day) => {
        const end = DateTime.subtract(today, { days: perDay.length - 1 - day })
        return emulator.recordTraffic({
          deploymentId: deployment.id,
          start: DateTime.formatIso(DateTime.subtract(end, { days: 1 })),
          end: DateTime.formatIso(end),
          requests,
          rows: 100,
          consumers: 3,
          executionTime: 0.031
        })
      })
    })

  yield* walk(earlierDays).pipe(
    Effect.provide([DataRobot.layer({ endpoint: emulator.url, token: emulator.token }), NodeHttpClient.layerUndici])
  )
})

await Effect.runPromise(Effect.scoped(program))
