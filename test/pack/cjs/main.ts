import { FetchHttpClient } from "@effect/platform"
import { Effect, Layer } from "effect"
import { DataRobot, ModelDeployment } from "effect-datarobot"
import * as Deployment from "effect-datarobot/Deployment"
import { serve } from "effect-datarobot/emulator/node"
import * as Fetch from "effect-datarobot/fetch"
import { createClient } from "effect-datarobot/promise"
import * as Undici from "effect-datarobot/undici"
import assert from "node:assert/strict"

const main = Effect.gen(function*() {
  const { token, url } = yield* serve({ port: 0, deployments: [{ label: "Churn" }] })

  const connection = Layer.merge(DataRobot.layer({ endpoint: url, token }), FetchHttpClient.layer)
  const [deployment] = yield* Effect.provide(ModelDeployment.list(), connection)
  assert(deployment !== undefined)
  assert.equal(deployment.label, "Churn")

  for (const http of [Undici.layer(), Fetch.layer()]) {
    const direct = Layer.merge(DataRobot.layer({ endpoint: url, token }), http)
    assert.equal((yield* Effect.provide(ModelDeployment.get(deployment), direct)).id, deployment.id)
  }

  const client = createClient({ endpoint: url, token })
  const same = yield* Effect.promise(() => client.ModelDeployment.get(deployment))
  assert.equal(same.id, deployment.id)
  const today = yield* Effect.promise(() => client.Deployment.get(deployment))
  assert.equal((yield* Effect.provide(Deployment.get(deployment), connection)).label, today.label)
  yield* Effect.promise(() => client.close())
})

Effect.runPromise(Effect.scoped(main)).catch((error) => {
  console.error(error)
  process.exitCode = 1
})
