/** Changes: which request is sent, whether the operation waits for a job, and what it reads afterwards. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  begin,
  beginAndWait,
  change,
  changeAndRead,
  changeAtOnce,
  remove,
  runJob,
  startChange
} from "../../../src/internal/protocols/change.js"
import * as Listing from "../../../src/internal/protocols/listing.js"
import { input } from "../../../src/internal/request/input.js"
import { operation } from "../../../src/internal/request/operation.js"
import type { JobUpdateOptions } from "../../../src/internal/request/options.js"
import { actionLogPage } from "../../../src/wire/actionLog.js"
import { route } from "../../../src/wire/route.js"
import { get } from "../../../src/wire/routes/deployments.js"
import { actionLog } from "../../../src/wire/routes/modelDeployments.js"
import { deployment } from "../../deployments.js"
import { endpoint, failsWith, id, perform, type Step, untyped } from "../../support.js"

const changeThing = route({
  id: "deployments.change",
  summary: "Change a deployment",
  method: "PATCH",
  path: "deployments/:id/",
  body: Schema.Struct({ label: Schema.String }),
  job: true,
  repeat: "caller-says"
})
const deleteThing = route({
  id: "deployments.delete",
  summary: "Delete a deployment",
  method: "DELETE",
  path: "deployments/:id/",
  repeat: "gone-is-done"
})

const op = (options?: JobUpdateOptions) => operation("Deployment.change", options)
const ids = { id }
const body = { label: "New" }
const checked = input(changeThing.body, body)

const patch = `PATCH deployments/${id}/`
const read = `GET deployments/${id}/`
const status = "GET status/s1/"
const item: Step = { body: JSON.stringify(deployment()) }
const accepted: Step = { status: 202, headers: { location: `${endpoint}/status/s1/` }, body: "" }
const finished: Step = { status: 303, headers: { location: `${endpoint}/deployments/${id}/` }, body: "" }

for (
  const [name, changeThen] of [
    ["changeAndRead", changeAndRead],
    ["changeAtOnce", changeAtOnce]
  ] as const
) {
  describe(name, () => {
    const changed = (options?: JobUpdateOptions) => changeThen(op(options), changeThing, ids, body, get)

    it.effect("the change is sent once, and the read after it is retried", () =>
      Effect.gen(function*() {
        const { lines, outcome } = yield* perform(changed(), 204, 500, item)
        assert.strictEqual((yield* outcome).id, id)
        assert.deepStrictEqual(lines, [patch, read, read])
      }))

    it.effect("the error of a read that fails says that the change was made", () =>
      Effect.gen(function*() {
        const { outcome } = yield* perform(changed(), 204, 404)
        const error = yield* failsWith(outcome, DataRobotError.isApiError)
        assert.include(error.message, `(GET deployments/${id}/, 1 attempt)`)
        assert.match(error.message, /The change itself was made\.$/)
      }))

    it.effect("a change that may have been made is repeated only if the caller declares it idempotent", () =>
      Effect.gen(function*() {
        const once = yield* perform(changed(), 500)
        const error = yield* failsWith(once.outcome, DataRobotError.isApiError)
        assert.match(
          error.message,
          /The change may have been made: read the deployment before you try again\.$/
        )
        assert.strictEqual(once.lines.length, 1)
        const often = yield* perform(changed({ idempotent: true }), 500)
        assert.strictEqual(often.lines.length, 3)
      }))

    it.effect("an invalid change is not sent", () =>
      Effect.gen(function*() {
        const { lines, outcome } = yield* perform(
          changeThen(op(), changeThing, { id: ".." }, untyped({ label: 1 }), get),
          200
        )
        const error = yield* failsWith(outcome, DataRobotError.isValidationError)
        assert.deepStrictEqual(error.issues.map(({ path }) => path), ["id", "label"])
        assert.deepStrictEqual(lines, [])
      }))
  })
}

describe("a change in a job", () => {
  it.effect("changeAndRead waits for the job before it reads", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* perform(
        changeAndRead(op(), changeThing, ids, body, get),
        accepted,
        { body: "{\"status\":\"RUNNING\"}" },
        finished,
        item
      )
      assert.strictEqual((yield* outcome).id, id)
      assert.deepStrictEqual(lines, [patch, status, status, read])
    }))

  it.effect("runJob and beginAndWait wait for the job, and read nothing", () =>
    Effect.gen(function*() {
      for (
        const waiting of [runJob(op(), changeThing, ids, body), beginAndWait(op(), changeThing, ids, checked)]
      ) {
        const { lines, outcome } = yield* perform(waiting, accepted, finished)
        assert.isUndefined(yield* outcome)
        assert.deepStrictEqual(lines, [patch, status])
      }
    }))

  it.effect("startChange returns the job and does not wait for it", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* perform(startChange(op(), changeThing, ids, body), accepted)
      assert.deepStrictEqual(yield* outcome, { kind: "status", id: "s1", resource: { collection: "deployments", id } })
      assert.deepStrictEqual(lines, [patch])
    }))

  it.effect("a change that needs no job returns a handle of kind done", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(begin(op(), changeThing, ids, checked), 204)
      assert.deepStrictEqual(yield* outcome, { kind: "done", id, resource: { collection: "deployments", id } })
    }))

  it.effect("the caller of begin can give other advice for an unknown outcome", () =>
    Effect.gen(function*() {
      const own = yield* perform(begin(op(), changeThing, ids, checked, { whenUnknown: "Look at the list." }), 500)
      assert.match((yield* failsWith(own.outcome, DataRobotError.isApiError)).message, /Look at the list\.$/)
    }))

  it.effect("a change is not sent if the options of the wait are invalid", () =>
    Effect.gen(function*() {
      const wait = { timeout: 0, interval: -1 }
      const { lines, outcome } = yield* perform(runJob(op({ wait }), changeThing, { id: ".." }, body), accepted)
      const error = yield* failsWith(outcome, DataRobotError.isValidationError)
      const message = "must be a positive, finite duration"
      assert.deepStrictEqual(error.issues, [
        { path: "id", message: "must be 1 to 128 letters, digits, \"-\" and \"_\"" },
        { path: "wait.timeout", message },
        { path: "wait.interval", message }
      ])
      assert.deepStrictEqual(lines, [])
    }))
})

describe("change", () => {
  it.effect("change sends a change and reads nothing", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* perform(change(op(), changeThing, ids, body), 204)
      assert.isUndefined(yield* outcome)
      assert.deepStrictEqual(lines, [patch])
    }))
})

describe("remove", () => {
  it.effect("a 404 after a lost attempt is a success, and a 404 at once is a failure", () =>
    Effect.gen(function*() {
      const line = `DELETE deployments/${id}/`
      const lost = yield* perform(remove(op(), deleteThing, ids), 500, 404)
      assert.isUndefined(yield* lost.outcome)
      assert.deepStrictEqual(lost.lines, [line, line])
      const { outcome } = yield* perform(remove(op(), deleteThing, ids), 404)
      assert.strictEqual((yield* failsWith(outcome, DataRobotError.isApiError)).reason, "NotFound")
    }))

  it.effect("remove sends the query, and sends nothing if an argument is invalid", () =>
    Effect.gen(function*() {
      const query = { value: { force: true }, issues: [] }
      const { lines } = yield* perform(remove(op(), deleteThing, ids, { query }), 204)
      assert.deepStrictEqual(lines, [`DELETE deployments/${id}/?force=true`])
      const issues = [{ path: "other", message: "is odd" }]
      const refused = yield* perform(remove(op(), deleteThing, ids, { query, issues }), 204)
      assert.deepStrictEqual((yield* failsWith(refused.outcome, DataRobotError.isValidationError)).issues, issues)
      assert.deepStrictEqual(refused.lines, [])
    }))
})

describe("the action log", () => {
  it.effect("the request for the action log is retried, and both spellings of its keys are read", () =>
    Effect.gen(function*() {
      const line = `GET modelDeployments/${id}/actionLog/?limit=5`
      for (const [at, by] of [["performedAt", "performedBy"], ["performed_at", "performed_by"]] as const) {
        const user = { id: "u1", username: "ana@example.com", firstName: "Ana", lastName: "Lee" }
        const entry = { action: "created", [at]: "2018-04-23 05:09:41.405000", [by]: user }
        const page: Step = { body: JSON.stringify({ data: [entry], next: null, previous: null }) }
        const list = Listing.list(operation("Deployment.actionLog"), { ...actionLog, success: actionLogPage }, { id }, {
          limit: 5
        })
        const { lines, outcome } = yield* perform(list, 500, page)
        const [logged] = yield* outcome
        assert.deepInclude(logged, { action: "created", performedBy: user })
        assert.strictEqual(logged?.performedAt.epochMillis, Date.parse("2018-04-23T05:09:41.405Z"))
        assert.deepStrictEqual(lines, [line, line])
      }
    }))
})
