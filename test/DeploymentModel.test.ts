import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, DeploymentModel } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  accepted,
  acceptedWith,
  deployment,
  envelope,
  finished,
  handle,
  notFound,
  type Operation,
  refused,
  refusedAt,
  sends,
  starts,
  state,
  unreadable,
  waits
} from "./deployments.js"
import { failsWith, id, sent, serving, timeLapse, untyped } from "./support.js"

const { empty, json } = MockHttpClient
const { isApiError, isJobError } = DataRobotError
const { replaceModel, validationOf } = DeploymentModel

const one = "GET deployments/:id/"
const route = "PATCH deployments/:id/model/"
const patches = `PATCH deployments/${id}/model/`
const reads = `GET deployments/${id}/`
const asks = "GET status/s1/"

const oldPackage = "60a0000000000000000000e1"
const newPackage = "60a0000000000000000000e2"
const byPackage = { modelPackageId: newPackage, reason: "ACCURACY" } as const
const byModel = { modelId: "m2", reason: "DATA_DRIFT" } as const

/** The deployment with this model package and model. */
const showing = (modelPackage: string | null, status = "active", model: string | null = "m1") =>
  json(deployment({
    status,
    model: { id: model },
    modelPackage: modelPackage === null ? null : { id: modelPackage }
  }))

const validation = {
  status: "failing",
  message: "Model is not compatible.",
  checks: {
    target: { status: "failing", message: "Target names differ" },
    features: { status: "failing", message: null },
    targetType: { status: "passing", message: "Same" },
    permission: { status: "warning", message: "Look" },
    newIn2030: { status: "odd" }
  }
}

const server: MockHttpClient.Routes = {
  "GET deployments/:id/features/": envelope([]),
  "GET deployments/:id/challengers/": json({ data: [] }),
  "GET deployments/:id/championModelPackage/": json({ id: "e1" }),
  "POST deployments/:id/model/validation/": json(validation),
  [route]: acceptedWith(validation),
  "GET status/s1/": finished,
  [one]: showing(newPackage, "active", "m2"),
  "GET deployments/:id/model/secondaryDatasetConfiguration/": json({ secondaryDatasetConfigId: "c1" }),
  "PATCH deployments/:id/model/secondaryDatasetConfiguration/": empty()
}

const secondary = `deployments/${id}/model/secondaryDatasetConfiguration/`
const runtimeParameterValues = [{ fieldName: "LIMIT", type: "numeric", value: 5 }]

describe("DeploymentModel requests", () => {
  sends(server, {
    getFeatures: {
      operation: DeploymentModel.getFeatures(id),
      line: `GET deployments/${id}/features/`,
      query: { limit: "100" }
    },
    "getFeatures with all options": {
      operation: DeploymentModel.getFeatures(id, {
        limit: 5,
        offset: 2,
        includeNonPredictionFeatures: true,
        forSegmentedAnalysis: false,
        search: "age",
        orderBy: "-importance"
      }),
      line: `GET deployments/${id}/features/`,
      query: {
        limit: "5",
        offset: "2",
        includeNonPredictionFeatures: "true",
        forSegmentedAnalysis: "false",
        search: "age",
        orderBy: "-importance"
      }
    },
    listChallengers: { operation: DeploymentModel.listChallengers(id), line: `GET deployments/${id}/challengers/` },
    getChampionModelPackage: {
      operation: DeploymentModel.getChampionModelPackage(id),
      line: `GET deployments/${id}/championModelPackage/`
    },
    "validateReplacementModel with a model package": {
      operation: DeploymentModel.validateReplacementModel(id, { modelPackageId: newPackage, modelId: undefined }),
      line: `POST deployments/${id}/model/validation/`,
      body: { modelPackageId: newPackage }
    },
    "validateReplacementModel with a model": {
      operation: DeploymentModel.validateReplacementModel(id, { modelId: "m2" }),
      line: `POST deployments/${id}/model/validation/`,
      body: { modelId: "m2" }
    },
    "replaceModel with a model package": {
      operation: replaceModel(id, { ...byPackage, runtimeParameterValues }),
      line: patches,
      body: { ...byPackage, runtimeParameterValues: JSON.stringify(runtimeParameterValues) },
      after: [asks, reads]
    },
    "replaceModel with a model": {
      operation: replaceModel(id, byModel),
      line: patches,
      body: byModel,
      after: [asks, reads]
    },
    startReplaceModel: {
      operation: DeploymentModel.startReplaceModel(id, { ...byPackage, modelId: undefined }),
      line: patches,
      body: byPackage
    },
    getSecondaryDatasetConfig: { operation: DeploymentModel.getSecondaryDatasetConfig(id), line: `GET ${secondary}` },
    updateSecondaryDatasetConfig: {
      operation: DeploymentModel.updateSecondaryDatasetConfig(id, {
        secondaryDatasetConfigId: "c1",
        credentialsIds: ["k1", "k2"]
      }),
      line: `PATCH ${secondary}`,
      body: { secondaryDatasetConfigId: "c1", credentialsIds: ["k1", "k2"] },
      after: [`GET ${secondary}`]
    }
  })
})

describe("Invalid DeploymentModel arguments", () => {
  const either = "must have either modelPackageId or modelId"
  const blank = "must be a string that is not blank"
  const reasons = "reason must be ACCURACY or DATA_DRIFT or ERRORS or SCHEDULED_REFRESH or SCORING_SPEED or " +
    "DEPRECATION or OTHER"
  const both = { modelId: "m2", modelPackageId: newPackage }
  const neither = { modelId: undefined }
  const { getFeatures, startReplaceModel, updateSecondaryDatasetConfig, validateReplacementModel } = DeploymentModel

  refused("a validation without a candidate", validateReplacementModel(id, {}), either)
  refused("a validation with two candidates", validateReplacementModel(id, both), either)
  refused(
    "a validation with a blank candidate",
    validateReplacementModel(id, { modelPackageId: " " }),
    `modelPackageId ${blank}`
  )
  refused("a reason in a validation", validateReplacementModel(id, untyped(byPackage)), "reason is not known here")
  for (const operation of [replaceModel, startReplaceModel]) {
    refused("a replacement without a candidate", operation(id, { ...neither, reason: "OTHER" }), either)
    refused("a replacement with two candidates", operation(id, { ...both, reason: "OTHER" }), either)
    refused("a replacement without a reason", operation(id, untyped({ modelId: "m2" })), "reason is missing")
    refused("an unknown reason", operation(id, untyped({ modelId: "m2", reason: "Accuracy" })), reasons)
    refused("a replacement with a blank model id", operation(id, { ...byModel, modelId: "" }), `modelId ${blank}`)
    refused(
      "an unknown key in a replacement",
      operation(id, untyped({ ...byModel, why: "x" })),
      "why is not known here"
    )
  }
  refused("a limit of 0 for features", getFeatures(id, { limit: 0 }), "limit must be a whole number from 1")
  refused(
    "an unknown order of features",
    getFeatures(id, untyped({ orderBy: "featureType" })),
    "orderBy must be name or -name or importance or -importance"
  )
  refused(
    "a secondary dataset configuration without an id",
    updateSecondaryDatasetConfig(id, untyped({})),
    "secondaryDatasetConfigId is missing"
  )
  refused(
    "a blank credentials id",
    updateSecondaryDatasetConfig(id, { secondaryDatasetConfigId: "c1", credentialsIds: ["k1", ""] }),
    `credentialsIds[1] ${blank}`
  )
  refusedAt("null instead of a secondary dataset configuration", updateSecondaryDatasetConfig(id, untyped(null)), "")
})

describe("DeploymentModel responses", () => {
  it.effect("a feature needs only a name", () =>
    Effect.gen(function*() {
      const features = [
        { name: "age", featureType: "Numeric", importance: 1, dateFormat: null, knownInAdvance: false },
        { name: "odd name @ 5%", featureType: null, importance: null },
        { name: "x" }
      ]
      assert.deepStrictEqual(
        yield* DeploymentModel.getFeatures(id).pipe(
          Effect.provide(serving({ "GET deployments/:id/features/": envelope(features) }))
        ),
        features
      )
      yield* unreadable(
        DeploymentModel.getFeatures(id),
        { "GET deployments/:id/features/": envelope([{ name: "x" }, {}]) },
        "data[1].name is missing"
      )
    }))

  it.effect("getFeatures follows next up to the limit", () =>
    Effect.gen(function*() {
      const found = yield* DeploymentModel.getFeatures(id, { limit: 2, search: "a" })
      assert.deepStrictEqual(found.map(({ name }) => name), ["a", "b"])
      assert.deepStrictEqual(yield* sent, [
        `GET deployments/${id}/features/?search=a&limit=2`,
        `GET deployments/${id}/features/?search=a&limit=1&offset=1`
      ])
    }).pipe(Effect.provide(serving({
      "GET deployments/:id/features/": [
        envelope([{ name: "a" }], `deployments/${id}/features/?offset=1&limit=1`),
        envelope([{ name: "b" }, { name: "c" }])
      ]
    }))))

  it.effect("a challenger and a champion are returned as the server sends them", () =>
    Effect.gen(function*() {
      const item = { id: "c1", name: null, model: { id: "m1", deep: [{ er: 1 }] } }
      assert.deepStrictEqual(yield* DeploymentModel.listChallengers(id), [item, { id: "c2" }])
      assert.deepStrictEqual(yield* DeploymentModel.getChampionModelPackage(id), { id: "e1", more: null })
    }).pipe(Effect.provide(serving({
      "GET deployments/:id/challengers/": json({
        data: [{ id: "c1", name: null, model: { id: "m1", deep: [{ er: 1 }] } }, { id: "c2" }]
      }),
      "GET deployments/:id/championModelPackage/": json({ id: "e1", more: null })
    }))))

  it.effect("a challenger and a champion without an id are rejected", () =>
    Effect.all([
      unreadable(
        DeploymentModel.listChallengers(id),
        { "GET deployments/:id/challengers/": json({ data: [{ name: "x" }] }) },
        "data[0].id is missing"
      ),
      unreadable(
        DeploymentModel.getChampionModelPackage(id),
        { "GET deployments/:id/championModelPackage/": json({ name: "x" }) },
        "id is missing"
      )
    ]))

  it.effect("the configuration of secondary datasets may be missing or null", () =>
    Effect.gen(function*() {
      for (const body of [{}, { secondaryDatasetConfigId: null }, { secondaryDatasetConfigId: "c1" }]) {
        const found = yield* DeploymentModel.getSecondaryDatasetConfig(id).pipe(
          Effect.provide(serving({ [`GET ${secondary}`]: json({ ...body, more: 1 }) }))
        )
        assert.deepStrictEqual(found, body)
      }
    }))

  it.effect("a validation may come with a 200 or a 202 and keeps the server's checks", () =>
    Effect.gen(function*() {
      for (const status of [200, 202]) {
        const found = yield* DeploymentModel.validateReplacementModel(id, { modelId: "m2" }).pipe(
          Effect.provide(serving({ "POST deployments/:id/model/validation/": json(validation, { status }) }))
        )
        assert.deepStrictEqual(found, validation)
      }
      const bare = { status: "odd", checks: {} }
      assert.deepStrictEqual(
        yield* DeploymentModel.validateReplacementModel(id, { modelId: "m2" }).pipe(
          Effect.provide(serving({ "POST deployments/:id/model/validation/": json(bare) }))
        ),
        bare
      )
    }))

  it.effect("a validation may lack its status and parts of its checks", () =>
    Effect.gen(function*() {
      const validate = DeploymentModel.validateReplacementModel(id, { modelId: "m2" })
      assert.deepStrictEqual(yield* validate, { message: "x", checks: {} })
      assert.deepStrictEqual(yield* validate, { status: null, checks: { target: { message: "x" } } })
    }).pipe(Effect.provide(serving({
      "POST deployments/:id/model/validation/": [
        json({ message: "x" }),
        json({ status: null, checks: { target: { message: "x" } } })
      ]
    }))))
})

waits({
  name: "DeploymentModel.replaceModel",
  operation: (options) => replaceModel(id, byPackage, options),
  route,
  more: { [one]: showing(newPackage) },
  after: [reads],
  knowsResource: true
})

starts("DeploymentModel.startReplaceModel", DeploymentModel.startReplaceModel(id, byPackage), route)

describe("DeploymentModel.replaceModel after its job is done", () => {
  const replaced = (
    name: string,
    deployments: ReadonlyArray<MockHttpClient.MockAnswer>,
    model: typeof byPackage | typeof byModel = byPackage
  ) =>
    it.effect(name, () =>
      Effect.gen(function*() {
        const found = yield* timeLapse(replaceModel(id, model))
        assert.strictEqual(found.status, "active")
        assert.deepStrictEqual(yield* sent, [patches, asks, ...deployments.map(() => reads)])
      }).pipe(Effect.provide(serving({ [route]: accepted, "GET status/s1/": finished, [one]: deployments }))))

  replaced("polls until the deployment shows the new model package", [
    showing(oldPackage),
    showing(oldPackage),
    showing(newPackage)
  ])
  replaced("keeps polling while the deployment has the status replacingModel", [
    showing(newPackage, "replacingModel"),
    showing(null, "replacingModel"),
    showing(newPackage)
  ])
  replaced("polls until the deployment shows the new model if it was given a model id", [
    showing(oldPackage, "active", "m1"),
    showing(newPackage, "active", "m2")
  ], byModel)
  replaced("trusts the job if the deployment shows no model package", [showing(null)])
  replaced("trusts the job if the deployment shows no model", [showing(null, "active", null)], byModel)
  replaced("retries failed polls of the deployment (J-1)", [
    showing(oldPackage),
    json({ message: "down" }, { status: 500 }),
    showing(newPackage)
  ])

  it.effect("does not need a status to see the new model package", () =>
    Effect.gen(function*() {
      const found = yield* timeLapse(replaceModel(id, byPackage))
      assert.notProperty(found, "status")
    }).pipe(Effect.provide(serving({
      [route]: accepted,
      "GET status/s1/": finished,
      [one]: json({ id, label: "x", model: null, modelPackage: { id: newPackage } })
    }))))

  it.effect("fails if the deployment has the status errored", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(replaceModel(id, byPackage)), isJobError)
      assert.strictEqual(error.reason, "Failed")
      assert.strictEqual(error.status, "errored")
      assert.strictEqual(
        error.message,
        `DeploymentModel.replaceModel failed (GET deployments/${id}/, 2 attempts): ` +
          "the deployment is errored after its model was replaced."
      )
    }).pipe(Effect.provide(serving({
      [route]: accepted,
      "GET status/s1/": finished,
      [one]: [showing(oldPackage, "replacingModel"), showing(oldPackage, "errored")]
    }))))

  it.effect("fails if the deployment returns 404, and reports that the replacement was accepted", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(replaceModel(id, byPackage)), isApiError)
      assert.strictEqual(error.reason, "NotFound")
      assert.include(error.message, "The replacement itself was accepted.")
    }).pipe(Effect.provide(serving({ [route]: accepted, "GET status/s1/": finished, [one]: notFound }))))

  it.effect("fails at its deadline, which counts from the start of the call", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(replaceModel(id, byPackage, { wait: { timeout: "60 seconds", interval: "10 seconds" } })),
        isJobError
      )
      assert.strictEqual(error.reason, "Deadline")
      assert.strictEqual(error.status, "active")
      assert.deepStrictEqual(error.handle, { ...handle, kind: "done" })
      assert.strictEqual(
        error.message,
        `DeploymentModel.replaceModel failed (GET deployments/${id}/, 4 attempts): ` +
          "the new model was accepted, but the deployment does not show it after 4 polls (active)."
      )
      // The job took 30 of the 60 seconds.
      assert.strictEqual((yield* sent).filter((line) => line === asks).length, 4)
      assert.strictEqual((yield* sent).filter((line) => line === reads).length, 4)
    }).pipe(Effect.provide(serving({
      [route]: accepted,
      "GET status/s1/": [state("RUNNING"), state("RUNNING"), state("RUNNING"), finished],
      [one]: showing(oldPackage)
    }))))
})

describe("DeploymentModel.replaceModel without a wait option", () => {
  it.effect("waits ten minutes in total, for the job and for the deployment", () =>
    Effect.gen(function*() {
      const begun = yield* Clock.currentTimeMillis
      const [error, at] = yield* timeLapse(
        Effect.zip(failsWith(replaceModel(id, byPackage), isJobError), Clock.currentTimeMillis)
      )
      assert.strictEqual(error.reason, "Deadline")
      assert.strictEqual(at - begun, 600_000)
    }).pipe(Effect.provide(serving({
      [route]: accepted,
      "GET status/s1/": [...Array.from({ length: 30 }, () => state("RUNNING")), finished],
      [one]: showing(oldPackage)
    }))))
})

describe("A rejected model replacement", () => {
  const conflict = json(validation, { status: 409 })
  const refusals: Readonly<Record<string, Operation>> = {
    replaceModel: replaceModel(id, byPackage),
    startReplaceModel: DeploymentModel.startReplaceModel(id, byPackage)
  }
  for (const [name, operation] of Object.entries(refusals)) {
    it.effect(`${name} fails with the failed checks in its message`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(operation, isApiError)
        assert.strictEqual(error.reason, "Conflict")
        assert.strictEqual(
          error.message,
          `DeploymentModel.${name} failed: 409 Conflict (PATCH deployments/${id}/model/, 1 attempt): ` +
            "Model is not compatible. Read the current state before trying again. " +
            "Failed checks: target (Target names differ); features."
        )
        assert.deepStrictEqual(validationOf(error), validation)
        assert.strictEqual(error.attempts, 1)
        assert.strictEqual(error.operation, `DeploymentModel.${name}`)
      }).pipe(Effect.provide(serving({ [route]: conflict }))))
  }

  it.effect("keeps its validation in a round trip through JSON", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(replaceModel(id, byPackage), isApiError)
      const written = yield* Schema.encode(DataRobotError.DataRobotError)(error)
      const again = yield* Schema.decodeUnknown(DataRobotError.DataRobotError)(JSON.parse(JSON.stringify(written)))
      assert.deepStrictEqual(validationOf(again), validation)
      assert.strictEqual(again.message, error.message)
    }).pipe(Effect.provide(serving({ [route]: conflict }))))

  for (
    const [name, body] of [
      ["without checks", { message: "A replacement is under way." }],
      ["with unreadable checks", { ...validation, checks: { target: "no" } }],
      ["with a list of checks", { ...validation, checks: ["target"] }]
    ] as const
  ) {
    it.effect(`is reported as a conflict ${name}`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(replaceModel(id, byPackage), isApiError)
        assert.strictEqual(error.reason, "Conflict")
        assert.notInclude(error.message, "Failed checks")
        assert.strictEqual(validationOf(error), undefined)
      }).pipe(Effect.provide(serving({ [route]: json(body, { status: 409 }) }))))
  }

  it.effect("names the failed checks even if another check is null", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(replaceModel(id, byPackage), isApiError)
      assert.include(error.message, "Failed checks: features (gone).")
      assert.strictEqual(validationOf(error)?.checks["target"], null)
    }).pipe(Effect.provide(serving({
      [route]: json({ checks: { target: null, features: { status: "failing", message: "gone" } } }, { status: 409 })
    }))))

  it.effect("names no checks if none has failed", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(replaceModel(id, byPackage), isApiError)
      assert.notInclude(error.message, "Failed checks")
      assert.deepStrictEqual(validationOf(error)?.checks, { target: { status: "warning", message: "x" } })
    }).pipe(Effect.provide(serving({
      [route]: json({ status: "failing", checks: { target: { status: "warning", message: "x" } } }, { status: 409 })
    }))))

  it.effect("reports its checks on one line", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(replaceModel(id, byPackage), isApiError)
      assert.include(error.message, "Failed checks: a b (c d).")
    }).pipe(Effect.provide(serving({
      [route]: json({ status: "failing", checks: { "a\nb": { status: "failing", message: "c\nd" } } }, { status: 409 })
    }))))

  it.effect("truncates a long check message, so that other checks fit", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(replaceModel(id, byPackage), isApiError)
      assert.match(error.message, /Failed checks: long \(x{193}…; short\.$/)
    }).pipe(Effect.provide(serving({
      [route]: json({
        status: "failing",
        checks: { long: { status: "failing", message: "x".repeat(1000) }, short: { status: "failing" } }
      }, { status: 409 })
    }))))

  it.effect("has a validation only for a 409", () =>
    Effect.gen(function*() {
      for (const status of [400, 403, 422]) {
        const error = yield* failsWith(replaceModel(id, byPackage), isApiError).pipe(
          Effect.provide(serving({ [route]: json(validation, { status }) }))
        )
        assert.strictEqual(validationOf(error), undefined)
      }
      for (const other of [undefined, null, new Error("x"), { reason: "Conflict", body: validation }]) {
        assert.strictEqual(validationOf(other), undefined)
      }
    }))
})
