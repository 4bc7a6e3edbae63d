/** Changing a deployment and reading it afterwards. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { actionLogOf } from "../../../src/internal/protocols/actionLog.js"
import { begin, changeDeployment, readCall } from "../../../src/internal/protocols/change.js"
import { path } from "../../../src/internal/request/path.js"
import { deployment } from "../../deployments.js"
import { connection, endpoint, failsWith, id, script, type Step, timeLapse } from "../../support.js"

const change = {
  operation: "Deployment.change",
  method: "PATCH",
  path: path`deployments/${id}/`
} as const

const run = <A, R>(
  operation: Effect.Effect<A, DataRobotError.DataRobotError, R>,
  ...steps: ReadonlyArray<Step>
) =>
  Effect.gen(function*() {
    const { attempts, layer } = script(...steps)
    const outcome = yield* timeLapse(Effect.either(operation)).pipe(Effect.provide(Layer.merge(layer, connection())))
    return {
      outcome,
      lines: attempts.map(({ request, url }) => `${request.method} ${url.href.slice(endpoint.length)}`)
    }
  })

const item: Step = { body: JSON.stringify(deployment()) }

describe("A change of a deployment", () => {
  it.effect("is sent once, and the read after it is retried", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* run(changeDeployment(id, change), 204, 500, item)
      assert.strictEqual((yield* outcome).id, id)
      assert.deepStrictEqual(lines, [`PATCH /deployments/${id}/`, `GET /deployments/${id}/`, `GET /deployments/${id}/`])
    }))

  it.effect("reports that the change was made if the read after it fails", () =>
    Effect.gen(function*() {
      const { outcome } = yield* run(changeDeployment(id, change), 204, 404)
      const error = yield* failsWith(outcome, DataRobotError.isApiError)
      assert.include(error.message, `(GET deployments/${id}/, 1 attempt)`)
      assert.match(error.message, /The change itself was made\.$/)
    }))

  it.effect("is not retried after an unknown outcome unless it is idempotent", () =>
    Effect.gen(function*() {
      const once = yield* run(changeDeployment(id, change), 500)
      const error = yield* failsWith(once.outcome, DataRobotError.isApiError)
      assert.match(error.message, /It may have been changed all the same: read the deployment before you repeat it\.$/)
      assert.strictEqual(once.lines.length, 1)
      const own = yield* run(changeDeployment(id, { ...change, whenUnknown: "Look at the list." }), 500)
      assert.match((yield* failsWith(own.outcome, DataRobotError.isApiError)).message, /Look at the list\.$/)
      const often = yield* run(changeDeployment(id, change, { idempotent: true }), 500)
      assert.strictEqual(often.lines.length, 3)
    }))

  it.effect("returns a handle of kind done if no job was needed", () =>
    Effect.gen(function*() {
      const { outcome } = yield* run(begin(id, change, {}), 204)
      assert.deepStrictEqual(yield* outcome, { kind: "done", id, resource: { collection: "deployments", id } })
    }))
})

describe("readCall", () => {
  it("builds a read of the deployment, or of a path below it", () => {
    const options = { timeout: 1 }
    const rest = { operation: "Deployment.look", method: "GET", idempotent: true, options } as const
    assert.deepStrictEqual(readCall("Deployment.look", id, "settings/", options), {
      ...rest,
      path: { path: `deployments/${id}/settings/`, issues: [] }
    })
    assert.deepStrictEqual(readCall("Deployment.look", "..", "", options), {
      ...rest,
      path: path`deployments/${".."}/`
    })
  })
})

describe("actionLogOf", () => {
  it.effect("retries the read and sends the limit", () =>
    Effect.gen(function*() {
      const entry = { action: "created", performedAt: "2018-04-23 05:09:41.405000" }
      const page: Step = { body: JSON.stringify({ data: [entry], next: null, previous: null }) }
      const { lines } = yield* run(actionLogOf("Deployment.actionLog", id, { limit: 5 }, undefined), 500, page)
      const line = `GET /modelDeployments/${id}/actionLog/?limit=5`
      assert.deepStrictEqual(lines, [line, line])
    }))
})
