/** A job ends with a 303. No HTTP client may follow it, and the SDK must read it in the same way from all of them. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, Deployment, DeploymentActuals, DeploymentModel, DeploymentSettings, Job } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { clients } from "./support.js"

describe.each(clients)("A job over $name", ({ layer }) => {
  it.scopedLive("is polled until the 303, which is not followed", () =>
    Effect.gen(function*() {
      const emulator = yield* serve({ deployDelay: 0 })
      const connected = Layer.merge(DataRobot.layer({ endpoint: emulator.url, token: emulator.token }), layer)
      yield* Effect.gen(function*() {
        const deployment = yield* Deployment.createFromLearningModel({ modelId: "m1", label: "A" })
        yield* DeploymentSettings.update(deployment, { associationId: { columnNames: ["id"] } })
        yield* DeploymentActuals.submit(deployment, [{ associationId: "r1", actualValue: 1 }])
        yield* DeploymentModel.replaceModel(deployment, { modelPackageId: "p2", reason: "OTHER" })
        const job = yield* Deployment.startDeactivate(deployment)
        const states = yield* Stream.runCollect(Job.progress(job))
        assert.deepStrictEqual(Array.from(states, ({ status }) => status), ["COMPLETED"])
        assert.strictEqual((yield* Deployment.resume(job)).status, "inactive")
      }).pipe(Effect.provide(connected))

      const id = /deployments\/([0-9a-f]{24})\//.exec(JSON.stringify(yield* emulator.requests))?.[1] ?? ""
      const asked = (yield* emulator.requests).map(({ method, path, status }) =>
        `${method} ${
          path.replace("/api/v2/", "").replace(id, "ID").replace(/status\/[0-9a-f]{24}/, "status/JOB")
        } ${status}`
      )
      assert.deepStrictEqual(asked, [
        "POST deployments/fromLearningModel/ 202",
        "GET status/JOB/ 303",
        "GET deployments/ID/ 200",
        "PATCH deployments/ID/settings/ 202",
        "GET status/JOB/ 303",
        "GET deployments/ID/settings/ 200",
        "POST deployments/ID/actuals/fromJSON/ 202",
        "GET status/JOB/ 303",
        "PATCH deployments/ID/model/ 202",
        "GET status/JOB/ 303",
        "GET deployments/ID/ 200",
        "PATCH deployments/ID/status/ 202",
        "GET status/JOB/ 303",
        "GET status/JOB/ 303",
        "GET deployments/ID/ 200"
      ])
    }))
})
