/**
 * Plain async code, in two ways: the Promise API, which needs no Effect, and `runPromise` for an Effect of your own.
 * Run it with `npx tsx examples/promise.ts`.
 */
import { Effect, Layer, ManagedRuntime } from "effect"
import { DataRobot, ModelDeployment } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"
import * as Fetch from "effect-datarobot/fetch"
import { createClient, DataRobotApiError, ModelDeploymentStatus } from "effect-datarobot/promise"

/** The Promise API: a client, its operations, and the errors they reject with. */
const withPromises = async (endpoint: string, token: string) => {
  const client = createClient({ endpoint, token })
  try {
    const deployment = await client.ModelDeployment.create({
      projectId: "5b00000000000000000000b1",
      modelId: "5b00000000000000000000a1",
      label: "Churn scorer"
    })
    console.log(`created ${deployment.label} at ${deployment.createdAt.toISOString()}`)

    const deployed = await client.ModelDeployment.awaitDeployed(deployment, { timeout: "1 minute" })
    console.log(`deployed: ${deployed.deployed}`)

    for await (const found of client.ModelDeployment.stream({ orderBy: "label", pageSize: 2 })) {
      console.log(`listed ${found.label}`)
    }

    await client.ModelDeployment.update(deployment, { status: ModelDeploymentStatus.ARCHIVED })

    // cancel a call with a signal, as with fetch
    const signal = AbortSignal.timeout(5_000)
    await client.ModelDeployment.getServiceStatistics(deployment, { startDate: "2017-01-01" }, { signal })

    await client.ModelDeployment.get("5bffffffffffffffffffffff")
  } catch (error) {
    if (!(error instanceof DataRobotApiError) || error.reason !== "NotFound") throw error
    console.log(`as expected: ${error.message}`)
  } finally {
    await client.close()
  }
}

/** `runPromise` for an Effect of your own: build the runtime once, not for each call. */
const withRunPromise = async (endpoint: string, token: string) => {
  const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layer({ endpoint, token }), Fetch.layer()))
  const labels = await runtime.runPromise(
    ModelDeployment.list({ status: "active" }).pipe(
      Effect.map((deployments) => deployments.map((deployment) => deployment.label))
    )
  )
  console.log(`active: ${labels.join(", ")}`)
  await runtime.dispose()
}

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const deployments = ["Fraud detector", "Price model", "Demand forecast"].map((label, i) => ({
    id: `5b000000000000000000000${i + 1}`,
    label
  }))
  const { token, url } = yield* serve({ deployDelay: "500 millis", deployments })
  yield* Effect.promise(() => withPromises(url, token))
  yield* Effect.promise(() => withRunPromise(url, token))
})))
