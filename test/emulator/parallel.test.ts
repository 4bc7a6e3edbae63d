/** Many clients at once, over sockets: no write is lost, and none is made up. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { assert, it } from "@effect/vitest"
import { DataRobot, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { serve } from "../../src/emulator/node.js"

const clients = 200

it.scopedLive(`${clients} clients lose no write`, () =>
  Effect.gen(function*() {
    const { token, url } = yield* serve({ deployDelay: 0, deployments: [{ id: "shared" }] })
    // fetch opens as many connections as there are requests at once
    const connection = Layer.merge(DataRobot.layer({ endpoint: url, token, retry: false }), FetchHttpClient.layer)
    const predict = (id: string) =>
      Effect.promise(async () => {
        const response = await fetch(`${new URL(url).origin}/predApi/v1.0/deployments/${id}/predictions`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: "[{\"x\":1}]"
        })
        await response.text()
        assert.strictEqual(response.status, 200)
      })
    /** What one client does: creates one of its own and changes it three times, and writes to one that all share. */
    const client = (index: number) =>
      Effect.gen(function*() {
        const label = `Client ${index}`
        const { id } = yield* ModelDeployment.create({ projectId: "p", modelId: "m", label })
        yield* Effect.all([
          ModelDeployment.update(id, { description: `of ${index}` }),
          ModelDeployment.update(id, { label: `${label}, renamed` }),
          predict(id),
          predict("shared"),
          predict("shared")
        ], { concurrency: "unbounded" })
        yield* ModelDeployment.deactivate(id)
        return id
      }).pipe(Effect.provide(connection))
    const ids = yield* Effect.forEach(Array.from({ length: clients }, (_, index) => index), client, {
      concurrency: "unbounded"
    })
    assert.strictEqual(new Set(ids).size, clients)

    const all = yield* Effect.provide(ModelDeployment.list({ query: "Client" }), connection)
    const byId = new Map(all.map((deployment) => [deployment.id, deployment]))
    assert.strictEqual(byId.size, clients)
    ids.forEach((id, index) => {
      const { description, label, recentRequestCount, status } = byId.get(id) ?? assert.fail(`${id} is lost`)
      assert.deepStrictEqual(
        [label, description, status, recentRequestCount],
        [`Client ${index}, renamed`, `of ${index}`, "inactive", 1]
      )
    })
    const shared = yield* Effect.provide(ModelDeployment.getServiceStatistics("shared"), connection)
    assert.deepStrictEqual([shared.totalRequests, shared.totalPredictionRows], [2 * clients, 2 * clients])
  }), 30_000)
