/** Error messages name the cause that is most likely, and what to change. */
import { FetchHttpClient } from "@effect/platform"
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, Deployment, Job, ModelDeployment } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { connection, failsWith, id, script, type Step, timeLapse, token } from "./support.js"

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const create = ModelDeployment.create({ projectId: "p1", modelId: "m1", label: "Churn" })

/** The message of the error that an operation fails with. */
const messageOf = (operation: Operation, step: Step, options: Partial<ConnectionOptions> = {}) =>
  Effect.map(
    failsWith(
      timeLapse(operation).pipe(Effect.provide(Layer.merge(script(step).layer, connection(options)))),
      DataRobotError.isDataRobotError
    ),
    ({ message }) => message
  )

const page: Step = { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><title>Sign in" }
const noPath = "https://dr.example.com"
const check = `Check the endpoint: ${noPath} does not end in /api/v2.`

interface Row {
  readonly operation: Operation
  readonly step: Step
  readonly options?: Partial<ConnectionOptions>
  readonly says: string
}

const onlyDeployments = "This server may have only the deployments API: use Deployment, such as Deployment.list."

const rows: Readonly<Record<string, Row>> = {
  "a 404 of the list of model deployments": { operation: ModelDeployment.list(), step: 404, says: onlyDeployments },
  "a 404 of the creation of a model deployment": { operation: create, step: 404, says: onlyDeployments },
  "a 404 of one model deployment": { operation: ModelDeployment.get(id), step: 404, says: "Check the id." },
  "a 404 of the list of deployments": {
    operation: Deployment.list(),
    step: 404,
    says: "This server may not have this route."
  },
  "a 404 of a job list": { operation: Job.list(), step: 404, says: "This server may not have this route." },
  "a 404 below a wrong endpoint": {
    operation: ModelDeployment.get(id),
    step: 404,
    options: { endpoint: noPath },
    says: check
  },
  "a 404 of a whole route below a wrong endpoint": {
    operation: ModelDeployment.list(),
    step: 404,
    options: { endpoint: `${noPath}/` },
    says: check
  },
  "a 405 below a wrong endpoint": { operation: create, step: 405, options: { endpoint: noPath }, says: check },
  "a redirect from a wrong endpoint": {
    operation: ModelDeployment.list(),
    step: 302,
    options: { endpoint: noPath },
    says: check
  },
  "a redirect from a right endpoint": {
    operation: ModelDeployment.list(),
    step: 302,
    says: "Check that the endpoint is DataRobot's API."
  },
  "a 422 below a wrong endpoint": {
    operation: ModelDeployment.list(),
    step: 422,
    options: { endpoint: noPath },
    says: "Correct the fields and try again."
  },
  "a web page from a wrong endpoint": {
    operation: ModelDeployment.list(),
    step: page,
    options: { endpoint: noPath },
    says: `the body is a web page, not JSON (a login page or a proxy?). ${check}`
  },
  "a web page from a right endpoint": {
    operation: ModelDeployment.list(),
    step: page,
    says: "the body is a web page, not JSON (a login page or a proxy?)."
  },
  "a 501": {
    operation: ModelDeployment.get(id),
    step: 501,
    says: "The server does not support this request, so repeating it does not help."
  },
  "a 505 of a create": {
    operation: create,
    step: 505,
    says: "The server does not support this request, so repeating it does not help."
  },
  "a Retry-After beyond maxRetryAfter": {
    operation: ModelDeployment.get(id),
    step: { status: 503, headers: { "retry-after": "90" } },
    says: "No. The server asks to wait 90 s, which is longer than retry.maxRetryAfter allows: raise it to let " +
      "the SDK wait. DataRobot or a gateway in front of it failed: try again later."
  },
  "a Retry-After beyond the timeout": {
    operation: ModelDeployment.get(id, { timeout: "20 seconds" }),
    step: { status: 429, headers: { "retry-after": "30" } },
    says: "No. The server asks to wait 30 s, which is longer than timeout allows: raise it to let the SDK " +
      "wait. Send fewer requests, or try again later."
  },
  "a Retry-After beyond both": {
    operation: ModelDeployment.get(id, { timeout: "20 seconds" }),
    step: { status: 429, headers: { "retry-after": "90" } },
    says: "No. The server asks to wait 90 s, which is longer than retry.maxRetryAfter allows: raise it " +
      "to let the SDK wait. Send fewer requests, or try again later."
  },
  "a Retry-After that was obeyed until the last attempt": {
    operation: ModelDeployment.get(id),
    step: { status: 429, headers: { "retry-after": "5" } },
    says: "No. The server asks to wait 5 s. Send fewer requests, or try again later."
  },
  "a Retry-After without retries": {
    operation: ModelDeployment.get(id, { retry: false }),
    step: { status: 429, headers: { "retry-after": "90" } },
    says: "No. The server asks to wait 90 s. Send fewer requests, or try again later."
  }
}

describe("The message of an error", () => {
  for (const [name, { operation, options, says, step }] of Object.entries(rows)) {
    it.effect(`for ${name} says what to change`, () =>
      Effect.gen(function*() {
        const message = yield* messageOf(operation, step, options)
        assert.isTrue(message.endsWith(` ${says}`), message)
      }))
  }

  it.effect("does not show a token in the endpoint (S-4)", () =>
    Effect.gen(function*() {
      const secret = "secret-token-1234"
      const message = yield* messageOf(ModelDeployment.list(), 404, {
        endpoint: `https://dr.example.com/${secret}`,
        token: secret
      })
      assert.include(message, "does not end in /api/v2")
      assert.notInclude(message, secret)
    }))
})

describe("A port that fetch blocks", () => {
  for (const [name, operation] of Object.entries({ get: ModelDeployment.get(id), create })) {
    it.live(`fails the ${name} at once: nothing was sent`, () =>
      Effect.gen(function*() {
        const blocked = DataRobot.layer({ endpoint: "http://127.0.0.1:6000/api/v2", token })
        const error = yield* failsWith(
          Effect.provide(operation, Layer.merge(FetchHttpClient.layer, blocked)),
          DataRobotError.isNetworkError
        )
        assert.deepInclude(error, { reason: "Connect", outcome: "not-sent", retryable: false, attempts: 1 })
        assert.match(
          error.message,
          /could not connect .*: bad port\. fetch blocks this port: use another port, or another HTTP client\.$/
        )
      }))
  }
})
