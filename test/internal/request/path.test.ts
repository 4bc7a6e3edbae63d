/** Ids in paths (S-1). */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import {
  type DataRobot,
  type DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  ModelDeployment
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import { isId, path } from "../../../src/internal/request/path.js"
import { connection, script } from "../../support.js"

describe("path", () => {
  it("inserts ids into a template", () => {
    assert.deepStrictEqual(path`a/${"x"}/b/${{ id: "y_-9" }}/`, { path: "a/x/b/y_-9/", issues: [] })
  })

  it("returns a template without ids unchanged", () => {
    assert.deepStrictEqual(path`modelDeployments/`, { path: "modelDeployments/", issues: [] })
  })

  it("does not repeat an invalid id", () => {
    assert.deepStrictEqual(path`a/${"../s3cret"}/`, {
      path: "a/{id}/",
      issues: [{ path: "id", message: "must be 1 to 128 letters, digits, \"-\" and \"_\"" }]
    })
  })
})

const id = FastCheck.oneof(
  FastCheck.string({ unit: "binary", maxLength: 140 }),
  FastCheck.string({ unit: "grapheme", maxLength: 20 }),
  FastCheck.stringMatching(/^[A-Za-z0-9_-]{1,128}$/),
  FastCheck.stringMatching(/^[A-Za-z0-9_./%?#-]{1,20}$/),
  FastCheck.webPath(),
  FastCheck.constantFrom("..", ".", "%2e%2e", "%2F", "//", "\\", "a/../b", "", "constructor", "__proto__")
)

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const operations: Readonly<Record<string, readonly [route: string, operation: (ref: string) => Operation]>> = {
  "a model deployment": ["modelDeployments/{id}/", (ref) => ModelDeployment.get(ref)],
  "a deployment": ["deployments/{id}/", (ref) => Deployment.get(ref)],
  "a change of a deployment": ["deployments/{id}/status/", (ref) => Deployment.activate(ref)],
  "actual values": [
    "deployments/{id}/actuals/fromJSON/",
    (ref) => DeploymentActuals.submit(ref, [{ associationId: "r1", actualValue: 1 }])
  ],
  "a model's features": ["deployments/{id}/features/", (ref) => DeploymentModel.getFeatures(ref)],
  "figures": ["deployments/{id}/accuracy/", (ref) => DeploymentMonitoring.getAccuracy(ref)],
  "settings": ["deployments/{id}/settings/", (ref) => DeploymentSettings.get(ref)],
  "a job": ["status/{id}/", (ref) => Job.await(ref)],
  "the cancellation of a job": ["status/{id}/", (ref) => Job.cancel(ref)]
}

describe("Any text as an id", () => {
  for (const [name, [route, operation]] of Object.entries(operations)) {
    it.effect.prop(
      `of ${name} is either rejected, or sent exactly as given`,
      [id],
      ([ref]) =>
        Effect.gen(function*() {
          const { attempts, layer } = script({ status: 418 })
          const error = yield* Effect.flip(operation(ref)).pipe(Effect.provide(Layer.merge(layer, connection())))
          // The URL of an attempt is the one that the client has resolved.
          const sent = attempts.map(({ url }) => url.origin + url.pathname)
          assert.deepStrictEqual(sent, isId(ref) ? [`https://dr.example.com/api/v2/${route.replace("{id}", ref)}`] : [])
          assert.strictEqual(error._tag, isId(ref) ? "DataRobotApiError" : "DataRobotValidationError")
        }),
      { fastCheck: { numRuns: 60 } }
    )
  }

  it.prop("is valid if it is 1 to 128 letters, digits, - and _", [id], ([text]) => {
    const fits = text.length >= 1 && text.length <= 128 &&
      [...text].every((char) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".includes(char))
    assert.strictEqual(isId(text), fits)
  })
})
