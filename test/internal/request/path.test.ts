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
import { runs } from "../../effort.js"
import { connection, script } from "../../support.js"

describe("path", () => {
  it("puts ids into a template", () => {
    assert.deepStrictEqual(path`a/${"x"}/b/${{ id: "y_-9" }}/`, { path: "a/x/b/y_-9/", issues: [] })
  })

  it("without an id is the template", () => {
    assert.deepStrictEqual(path`modelDeployments/`, { path: "modelDeployments/", issues: [] })
  })

  it("does not repeat an id that it refuses", () => {
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
  "a deployment that is changed": ["deployments/{id}/status/", (ref) => Deployment.activate(ref)],
  "actual values": [
    "deployments/{id}/actuals/fromJSON/",
    (ref) => DeploymentActuals.submit(ref, [{ associationId: "r1", actualValue: 1 }])
  ],
  "a model": ["deployments/{id}/features/", (ref) => DeploymentModel.getFeatures(ref)],
  "figures": ["deployments/{id}/accuracy/", (ref) => DeploymentMonitoring.getAccuracy(ref)],
  "settings": ["deployments/{id}/settings/", (ref) => DeploymentSettings.get(ref)],
  "a job": ["status/{id}/", (ref) => Job.await(ref)],
  "a job that is called off": ["status/{id}/", (ref) => Job.cancel(ref)]
}

describe("any text as id", () => {
  for (const [name, [route, operation]] of Object.entries(operations)) {
    it.effect.prop(
      `of ${name} is refused and nothing is sent, or the server sees exactly that id`,
      [id],
      ([ref]) =>
        Effect.gen(function*() {
          const { attempts, layer } = script({ status: 418 })
          const error = yield* Effect.flip(operation(ref)).pipe(Effect.provide(Layer.merge(layer, connection())))
          // the URL of an attempt is what is left after the client has resolved it
          const sent = attempts.map(({ url }) => url.origin + url.pathname)
          assert.deepStrictEqual(sent, isId(ref) ? [`https://dr.example.com/api/v2/${route.replace("{id}", ref)}`] : [])
          assert.strictEqual(error._tag, isId(ref) ? "DataRobotApiError" : "DataRobotValidationError")
        }),
      { fastCheck: { numRuns: runs(20, 60) } }
    )
  }

  it.prop("is an id when it is 1 to 128 letters, digits, - and _", [id], ([text]) => {
    const fits = text.length >= 1 && text.length <= 128 &&
      [...text].every((char) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".includes(char))
    assert.strictEqual(isId(text), fits)
  })
})
