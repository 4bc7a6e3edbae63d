/**
 * The life of a deployment in the deployments API: deploy a model, make predictions, submit actual values, read the
 * accuracy, and replace the model. It runs on an emulator that this program starts.
 *
 * Run it with `npx tsx examples/deployments.ts`. To use your own DataRobot, remove the emulator and provide
 * `DataRobot.layerEnv`.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { Console, Effect, Stream } from "effect"
import {
  DataRobot,
  DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  Prediction
} from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"

const step = (title: string) => Console.log(`\n${title}`)
const say = (text: string) => Console.log(`  ${text}`)

const customers = Array.from({ length: 400 }, (_, index) => ({
  customerId: `customer-${index}`,
  age: 18 + (index * 7) % 60,
  plan: ["basic", "plus", "pro"][index % 3] ?? "basic"
}))

const program = Effect.gen(function*() {
  yield* step("Deploy a model and show the progress")
  const job = yield* Deployment.startCreateFromLearningModel({
    modelId: "60a0000000000000000000a1",
    label: "Churn scorer",
    importance: "HIGH"
  })
  yield* say(`the handle of the job, as JSON: ${JSON.stringify(job)}`)
  yield* Job.progress(job, { interval: "400 millis" }).pipe(Stream.runForEach(({ status }) => say(status)))
  const deployment = yield* Deployment.resume(job)
  yield* say(`${deployment.id}  ${deployment.label}  (${deployment.status}), model ${deployment.model?.id}`)

  yield* step("Set the association id and track drift")
  const settings = yield* DeploymentSettings.update(deployment, {
    associationId: { columnNames: ["customerId"], requiredInPredictionRequests: true },
    targetDrift: { enabled: true }
  })
  yield* say(`association id: ${settings.associationId?.columnNames?.join(", ")}`)

  yield* step("Make predictions")
  const { data } = yield* Prediction.predict(deployment, customers)
  yield* say(
    `${data.filter(({ prediction }) => prediction === 1).length} of ${data.length} customers are predicted to leave`
  )
  const stats = yield* Deployment.getServiceStats(deployment)
  const { executionTime, totalPredictions, totalRequests } = stats.metrics
  yield* say(`${totalRequests} request, ${totalPredictions} rows, ${executionTime} ms`)

  yield* step("Submit actual values: most predictions were right")
  const submitted = yield* DeploymentActuals.submit(
    deployment,
    data.map(({ prediction, rowId }) => ({
      associationId: `customer-${rowId}`,
      actualValue: rowId % 10 === 0 ? 1 - Number(prediction) : prediction
    }))
  )
  yield* say(`${submitted.actuals} actual values in ${submitted.requests} request`)

  yield* step("Read the accuracy")
  const { metrics } = yield* DeploymentMonitoring.getAccuracy(deployment)
  for (const metric of ["Accuracy", "AUC", "LogLoss"]) yield* say(`${metric}: ${metrics[metric]?.value?.toFixed(3)}`)

  yield* step("Replace the model")
  yield* DeploymentModel.replaceModel(deployment, { modelId: deployment.model?.id ?? "", reason: "ACCURACY" }).pipe(
    DataRobotError.catchReason("Conflict", (error) => say(`refused: ${error.message}`))
  )
  const candidate = { modelPackageId: "60a0000000000000000000e2" }
  const validation = yield* DeploymentModel.validateReplacementModel(deployment, candidate)
  yield* say(`checks of another package: ${validation.status} (${Object.keys(validation.checks).join(", ")})`)
  const replaced = yield* DeploymentModel.replaceModel(deployment, { ...candidate, reason: "ACCURACY" })
  yield* say(`${replaced.label} now uses package ${replaced.modelPackage?.id}`)
  const history = yield* Deployment.modelHistory(deployment)
  yield* say(`models so far: ${history.length}`)

  yield* step("Deactivate and delete it")
  yield* say(`status: ${(yield* Deployment.deactivate(deployment)).status}`)
  yield* Deployment.delete(deployment)
  yield* say(`${(yield* Deployment.list()).length} deployments left`)
})

const main = Effect.gen(function*() {
  const emulator = yield* serve({ port: 0, deployDelay: "1 second" })
  yield* Console.log(`The emulator runs at ${emulator.url}`)
  yield* program.pipe(
    Effect.provide([DataRobot.layer({ endpoint: emulator.url, token: emulator.token }), NodeHttpClient.layerUndici])
  )
})

await Effect.runPromise(Effect.scoped(main))
