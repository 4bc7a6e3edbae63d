/**
 * The life of a model deployment, step by step, on an emulator that this program starts.
 *
 * Run it with `npm run quickstart`. To use your own DataRobot, remove the emulator and provide `DataRobot.layerEnv`.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { Console, DateTime, Effect } from "effect"
import { DataRobot, ModelDeployment, ModelDeploymentStatus } from "effect-datarobot"
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

const summary = (deployment: ModelDeployment.ModelDeployment) =>
  `${deployment.id}  ${deployment.label}  (${deployment.status}, ${
    deployment.deployed ? "deployed" : "not yet deployed"
  })`

/** The steps of a user. They need `DataRobot` and an `HttpClient`, and run with any of them. */
const walk = (predictionsArrive: (deployment: ModelDeployment.ModelDeployment) => Effect.Effect<void>) =>
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

    yield* step("List and search deployments")
    const all = yield* ModelDeployment.list({ orderBy: "-label" })
    yield* Effect.forEach(all, (found) => say(summary(found)))
    const found = yield* ModelDeployment.list({ query: "churn", status: "active", limit: 10 })
    yield* say(`"churn" in label or description: ${found.map((one) => one.label).join(", ")}`)

    yield* step("Read its service health")
    yield* predictionsArrive(deployment)
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

    yield* step("Read the service statistics of the last three days")
    const now = yield* DateTime.now
    const statistics = yield* ModelDeployment.getServiceStatistics(deployment, {
      startDate: DateTime.subtract(now, { days: 3 }),
      endDate: now
    })
    const { consumers, load, medianExecutionTime, serverErrorRate, totalRequests, userErrorRate } = statistics
    const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`
    yield* say(`${totalRequests} requests from ${consumers} consumers, median execution time ${medianExecutionTime} s`)
    yield* say(`requests per minute: median ${load.median}, peak ${load.peak}`)
    yield* say(`error rates: user ${percent(userErrorRate.current)}, server ${percent(serverErrorRate.current)}`)

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

  // Simulates the applications that request predictions: more each day, with some user errors today.
  const predictionsArrive = (deployment: ModelDeployment.ModelDeployment) =>
    Effect.gen(function*() {
      const now = yield* DateTime.now
      const perDay = [120, 90, 150, 240, 310, 420, 515, 640]
      yield* Effect.forEach(perDay, (requests, day) => {
        const end = DateTime.subtract(now, { days: perDay.length - 1 - day })
        return emulator.recordTraffic({
          deploymentId: deployment.id,
          start: DateTime.formatIso(DateTime.subtract(end, { days: 1 })),
          end: DateTime.formatIso(end),
          requests,
          userErrors: day === perDay.length - 1 ? 48 : 2,
          consumers: 3,
          executionTime: 0.031
        })
      })
      // a busy quarter of an hour
      const busy = DateTime.subtract(now, { hours: 2 })
      yield* emulator.recordTraffic({
        deploymentId: deployment.id,
        start: DateTime.formatIso(busy),
        end: DateTime.formatIso(DateTime.add(busy, { minutes: 15 })),
        requests: 300,
        consumers: 2,
        executionTime: 0.048
      })
    })

  yield* walk(predictionsArrive).pipe(
    Effect.provide([DataRobot.layer({ endpoint: emulator.url, token: emulator.token }), NodeHttpClient.layerUndici])
  )
})

await Effect.runPromise(Effect.scoped(program))
