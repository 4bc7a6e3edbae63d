/** Many concurrent clients over sockets: no write is lost or duplicated. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { assert, it } from "@effect/vitest"
import {
  DataRobot,
  Deployment,
  DeploymentActuals,
  DeploymentMonitoring,
  DeploymentSettings,
  ModelDeployment
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { serve } from "../../src/emulator/node.js"
import { runs } from "../effort.js"
import { datarobotKey } from "./support.js"

// Many concurrent requests take long.
const patient = { retry: false, attemptTimeout: "4 minutes", timeout: "4 minutes" } as const

const clients = runs(50, 200)

it.scopedLive(`${clients} concurrent clients of the model deployments API lose no write`, () =>
  Effect.gen(function*() {
    const { token, url } = yield* serve({ deployDelay: 0, deployments: [{ id: "shared" }] })
    // fetch opens as many connections as there are concurrent requests.
    const connection = Layer.merge(DataRobot.layer({ endpoint: url, token, ...patient }), FetchHttpClient.layer)
    const predict = (id: string) =>
      Effect.promise(async () => {
        const response = await fetch(`${new URL(url).origin}/predApi/v1.0/deployments/${id}/predictions`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${token}`,
            "datarobot-key": datarobotKey,
            "content-type": "application/json"
          },
          body: "[{\"x\":1}]"
        })
        await response.text()
        assert.strictEqual(response.status, 200)
      })
    /** One client: creates its own deployment, changes it three times, and writes to a shared one. */
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
  }), 300_000)

it.scopedLive("concurrent clients of the deployments API lose no write", () =>
  Effect.gen(function*() {
    const many = runs(20, 60)
    const { token, url } = yield* serve({ deployDelay: 0, deployments: [{ id: "shared" }] })
    const connection = Layer.merge(DataRobot.layer({ endpoint: url, token, ...patient }), FetchHttpClient.layer)
    yield* Effect.gen(function*() {
      yield* DeploymentSettings.update("shared", { associationId: { columnNames: ["id"] } })
      const client = (index: number) =>
        Effect.all([
          Deployment.createFromLearningModel({ modelId: "m", label: `Client ${index}` }),
          Deployment.updateSharedRoles("shared", [{ id: `u${index}`, role: "USER", shareRecipientType: "user" }]),
          Effect.promise(() =>
            fetch(`${new URL(url).origin}/predApi/v1.0/deployments/shared/predictions`, {
              method: "POST",
              headers: {
                authorization: `Bearer ${token}`,
                "datarobot-key": datarobotKey,
                "content-type": "application/json"
              },
              body: JSON.stringify([{ id: `r${index}`, x: index }])
            }).then((response) => response.text())
          ),
          DeploymentActuals.submit("shared", [{ associationId: `r${index}`, actualValue: 1 }]),
          DeploymentSettings.update("shared", { segmentAnalysis: { attributes: [`a${index}`] } })
        ], { concurrency: "unbounded" })
      yield* Effect.forEach(Array.from({ length: many }, (_, index) => index), client, { concurrency: "unbounded" })

      assert.strictEqual((yield* Deployment.list({ search: "Client" })).length, many)
      assert.strictEqual((yield* Deployment.listSharedRoles("shared")).length, many + 1)
      const matched = yield* DeploymentMonitoring.listPredictionResults("shared", { actualsPresent: true })
      assert.strictEqual(matched.length, many)
      const { associationId, segmentAnalysis } = yield* DeploymentSettings.get("shared")
      assert.deepStrictEqual(associationId?.columnNames, ["id"])
      assert.strictEqual(segmentAnalysis?.attributes?.length, 1)
    }).pipe(Effect.provide(connection))
  }), 300_000)
