/** Ids in the paths of routes (S-1). */
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
import { idOf, isId, pathOf } from "../../../src/internal/request/path.js"
import type { Route } from "../../../src/wire/route.js"
import { routes } from "../../../src/wire/routes/index.js"
import { runs } from "../../effort.js"
import { connection, script, untyped } from "../../support.js"

describe("pathOf", () => {
  const issue = (path: string) => ({ path, message: "must be 1 to 128 letters, digits, \"-\" and \"_\"" })

  it("replaces each :name of a route with the id of that name", () => {
    assert.deepStrictEqual(pathOf("a/:first/b/:second/", { second: { id: "y_-9" }, first: "x" }), {
      path: "a/x/b/y_-9/",
      issues: []
    })
    assert.deepStrictEqual(pathOf("a/:id/:id", { id: "x" }), { path: "a/x/x", issues: [] })
  })

  it("returns the path of a route without ids unchanged", () => {
    assert.deepStrictEqual(pathOf("modelDeployments/"), { path: "modelDeployments/", issues: [] })
    assert.deepStrictEqual(pathOf("modelDeployments/", { id: "x" }), { path: "modelDeployments/", issues: [] })
  })

  it("does not repeat an id that it rejects", () => {
    assert.deepStrictEqual(pathOf("a/:id/", { id: "../s3cret" }), { path: "a/{id}/", issues: [issue("id")] })
    assert.deepStrictEqual(pathOf("a/:id/", { id: { id: "" } }), { path: "a/{id}/", issues: [issue("id")] })
  })

  it("names each id that is missing or rejected", () => {
    assert.deepStrictEqual(pathOf(":projectId/:modelId/:id/", { projectId: "%2e", id: "x" }), {
      path: "{projectId}/{modelId}/x/",
      issues: [issue("projectId"), issue("modelId")]
    })
    assert.deepStrictEqual(pathOf("a/:id/"), { path: "a/{id}/", issues: [issue("id")] })
  })
})

describe("idOf", () => {
  it("returns the id of a string or of an object with an id, and undefined for an invalid id", () => {
    for (const ref of ["x_-9", { id: "x_-9" }, { id: "x_-9", label: "a" }]) assert.strictEqual(idOf(ref), "x_-9")
    for (const ref of ["", "..", "a/b", { id: "" }, { id: 1 }, {}, null, undefined, 1, ["x"]]) {
      assert.isUndefined(idOf(untyped(ref)))
    }
  })
})

const allRoutes: ReadonlyArray<Route> = Object.values(routes).flatMap((group) => Object.values<Route>(group))

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
  "the features of a model": ["deployments/{id}/features/", (ref) => DeploymentModel.getFeatures(ref)],
  "monitoring data": ["deployments/{id}/accuracy/", (ref) => DeploymentMonitoring.getAccuracy(ref)],
  "settings": ["deployments/{id}/settings/", (ref) => DeploymentSettings.get(ref)],
  "a job": ["status/{id}/", (ref) => Job.await(ref)],
  "the cancellation of a job": ["status/{id}/", (ref) => Job.cancel(ref)]
}

describe("any text as id", () => {
  for (const [name, [route, operation]] of Object.entries(operations)) {
    it.effect.prop(
      `any text as the id of ${name} is either rejected and not sent, or reaches the server unchanged`,
      [id],
      ([ref]) =>
        Effect.gen(function*() {
          const { attempts, layer } = script({ status: 418 })
          const error = yield* Effect.flip(operation(ref)).pipe(Effect.provide(Layer.merge(layer, connection())))
          // The URL after the HTTP client has resolved it.
          const sent = attempts.map(({ url }) => url.origin + url.pathname)
          assert.deepStrictEqual(sent, isId(ref) ? [`https://dr.example.com/api/v2/${route.replace("{id}", ref)}`] : [])
          assert.strictEqual(error._tag, isId(ref) ? "DataRobotApiError" : "DataRobotValidationError")
        }),
      { fastCheck: { numRuns: runs(20, 60) } }
    )
  }

  it.prop(
    "any text as an id of any route is either rejected, or becomes exactly one segment of the path",
    [id],
    ([text]) => {
      for (const { path } of allRoutes) {
        const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name)
        const built = pathOf(path, Object.fromEntries(names.map((name) => [name, text])))
        const segments = path.split("/").map((segment) =>
          segment.startsWith(":") ? isId(text) ? text : `{${segment.slice(1)}}` : segment
        )
        assert.strictEqual(built.path, segments.join("/"))
        assert.deepStrictEqual(built.issues.map((issue) => issue.path), isId(text) ? [] : names)
      }
    }
  )

  it.prop("a text is an id if and only if it is 1 to 128 letters, digits, - and _", [id], ([text]) => {
    const fits = text.length >= 1 && text.length <= 128 &&
      [...text].every((char) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".includes(char))
    assert.strictEqual(isId(text), fits)
  })
})
