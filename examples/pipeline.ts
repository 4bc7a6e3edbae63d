/**
 * Composition: read many deployments with bounded concurrency, collect the failures, and retry on a schedule of your
 * own after the SDK's retries. Run it with `npx tsx examples/pipeline.ts`.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { Array, Console, Effect, Schedule, Stream } from "effect"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"

/** The line of a deployment in a weekly report. */
const report = (deployment: ModelDeployment.ModelDeployment) =>
  Effect.all({
    statistics: ModelDeployment.getServiceStatistics(deployment, { startDate: "2017-01-01" }),
    log: ModelDeployment.actionLog(deployment)
  }, { concurrency: 2 }).pipe(
    Effect.map(({ log, statistics }) =>
      `${deployment.label}: ${statistics.totalRequests} requests, last action "${log.at(-1)?.action ?? "none"}"`
    )
  )

const program = Effect.gen(function*() {
  // A stream fetches pages as needed, here five deployments at a time, however many there are.
  const lines = yield* ModelDeployment.stream({ status: "active", orderBy: "label", pageSize: 5 }).pipe(
    Stream.mapEffect(report, { concurrency: 4 }),
    Stream.runCollect
  )
  yield* Effect.forEach(lines, (line) => Console.log(line))

  // Some of these ids are wrong. `partition` returns the failures and the successes separately.
  const ids = ["5b0000000000000000000002", "5bffffffffffffffffffffff", "../status", "5b0000000000000000000003"]
  const [failures, labels] = yield* Effect.partition(
    ids,
    (id) => Effect.map(ModelDeployment.get(id), (deployment) => deployment.label),
    { concurrency: 4 }
  )
  yield* Console.log(`\nfound: ${labels.join(", ")}`)
  yield* Effect.forEach(failures, (failure) => Console.log(`failed: ${failure.message}`))

  // A nightly job can keep trying after the SDK's own attempts, if the call is safe to repeat.
  const patient = ModelDeployment.list().pipe(
    Effect.retry({ while: DataRobotError.isRetryable, schedule: Schedule.spaced("1 minute"), times: 30 }),
    // these options apply to every operation in the effect
    DataRobot.withOptions({ attemptTimeout: "5 seconds" })
  )
  yield* Console.log(`\n${(yield* patient).length} deployments in all`)
})

const deployments = Array.makeBy(12, (i) => ({
  id: `5b00000000000000000000${(i + 1).toString(16).padStart(2, "0")}`,
  label: `Model ${String.fromCharCode(65 + i)}`
}))

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const { token, url } = yield* serve({ deployments })
  yield* Effect.provide(program, [DataRobot.layer({ endpoint: url, token }), NodeHttpClient.layerUndici])
})))
