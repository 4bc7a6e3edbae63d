import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Deployment } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Effect from "effect/Effect"
import { acceptedWith, deployment, envelope, finished, finishedAt, issuesOf, notFound, state } from "./deployments.js"
import { failsWith, id, piecesOf, requests, sent, serving, timeLapse } from "./support.js"

const { empty, json } = MockHttpClient
const { isApiError, isJobError, isNetworkError, isValidationError } = DataRobotError
const { createFromCustomModelVersion } = Deployment

const version = "60a0000000000000000000c1"
const server = "60a0000000000000000000d1"
const environment = "60a0000000000000000000f1"
/** A token that could be an id. */
const plainToken = "zq_secret-token-of-tests"
const modelPackage = "60a0000000000000000000e1"
const made = { collection: "modelPackages", id: modelPackage }
const onServer = { customModelVersionId: version, label: "Churn scorer", defaultPredictionServerId: server }
const inEnvironment = { customModelVersionId: version, label: "Churn scorer", predictionEnvironmentId: environment }

const gets = {
  servers: "GET predictionServers/?limit=100",
  environment: `GET predictionEnvironments/${environment}/`,
  packages: `GET modelPackages/?modelId=${version}&limit=100`,
  package: `GET modelPackages/${modelPackage}/`,
  deployment: `GET deployments/${id}/`
}
const createsPackage = "POST modelPackages/fromCustomModelVersion/"
const deploys = "POST deployments/fromModelPackage/"

const packageWith = (changes: object) => ({ id: modelPackage, modelId: version, ...changes })

/** A server that has the prediction server and the environment, and no package of the version yet. */
const routes = {
  "GET predictionServers/": envelope([{ id: server, url: "https://pred.example.com" }]),
  "GET predictionEnvironments/:id/": json({ id: environment, name: "Serverless", platform: "datarobotServerless" }),
  "GET modelPackages/": envelope([]),
  [createsPackage]: json(packageWith({ buildStatus: "inProgress" }), { status: 201 }),
  "GET modelPackages/:id/": [
    json(packageWith({ buildStatus: "inProgress" })),
    json(packageWith({ buildStatus: "complete" }))
  ],
  [deploys]: acceptedWith({ id }),
  "GET status/:id/": finished,
  "GET deployments/:id/": json(deployment())
} as const

const on = (changes: MockHttpClient.Routes = {}) => serving({ ...routes, ...changes })

/** Runs the operation, and returns the error that it must fail with. */
const failing = <Kind>(
  is: (error: unknown) => error is Kind,
  given: Parameters<typeof createFromCustomModelVersion>[0]
) => timeLapse(failsWith(createFromCustomModelVersion(given), is))

describe("Deployment.createFromCustomModelVersion", () => {
  it.effect("checks the server, creates a package, waits until it is built, and deploys it", () =>
    Effect.gen(function*() {
      const deployed = yield* timeLapse(createFromCustomModelVersion({
        ...onServer,
        description: "d",
        importance: "LOW",
        modelPackageName: "Churn package",
        registeredModelName: "Churn",
        tags: [{ name: "team", value: "a" }],
        userProvidedId: "u1",
        runtimeParameterValues: [{ fieldName: "LIMIT", type: "numeric", value: 1 }]
      }))
      assert.strictEqual(deployed.id, id)
      assert.deepStrictEqual(yield* sent, [
        gets.servers,
        gets.packages,
        createsPackage,
        gets.package,
        gets.package,
        deploys,
        "GET status/s1/",
        gets.deployment
      ])
      const bodies = (yield* requests).flatMap(({ body }) => body === undefined ? [] : [body])
      assert.deepStrictEqual<unknown>(bodies, [
        {
          customModelVersionId: version,
          name: "Churn package",
          registeredModelName: "Churn",
          tags: [{ name: "team", value: "a" }]
        },
        {
          modelPackageId: modelPackage,
          label: "Churn scorer",
          description: "d",
          importance: "LOW",
          defaultPredictionServerId: server,
          userProvidedId: "u1",
          runtimeParameterValues: "[{\"fieldName\":\"LIMIT\",\"type\":\"numeric\",\"value\":1}]"
        }
      ])
    }).pipe(Effect.provide(on())))

  for (const buildStatus of ["complete", null, undefined]) {
    it.effect(`deploys a package that exists, with the build status ${buildStatus}, at once`, () =>
      Effect.gen(function*() {
        yield* timeLapse(createFromCustomModelVersion(inEnvironment))
        assert.deepStrictEqual((yield* sent).slice(0, 3), [gets.environment, gets.packages, deploys])
      }).pipe(Effect.provide(on({
        "GET modelPackages/": envelope([
          packageWith({ id: "archived", isArchived: true }),
          packageWith({ id: "failed", buildStatus: "failed" }),
          packageWith({ buildStatus })
        ])
      }))))
  }

  it.effect("waits for the build of a package that exists", () =>
    Effect.gen(function*() {
      yield* timeLapse(createFromCustomModelVersion(inEnvironment))
      assert.deepStrictEqual((yield* sent).slice(0, 5), [
        gets.environment,
        gets.packages,
        gets.package,
        gets.package,
        deploys
      ])
    }).pipe(Effect.provide(on({ "GET modelPackages/": envelope([packageWith({ buildStatus: "inProgress" })]) }))))

  it.effect("creates a version of the given registered model if the existing package belongs to another one", () =>
    Effect.gen(function*() {
      yield* timeLapse(createFromCustomModelVersion({ ...inEnvironment, registeredModelId: "r2" }))
      assert.include(yield* sent, createsPackage)
    }).pipe(Effect.provide(on({ "GET modelPackages/": envelope([packageWith({ registeredModelId: "r1" })]) }))))

  it.effect("needs neither a server nor an environment if the installation has no servers", () =>
    Effect.gen(function*() {
      yield* timeLapse(createFromCustomModelVersion({ customModelVersionId: version, label: "l" }))
      assert.include(yield* sent, deploys)
    }).pipe(Effect.provide(on({ "GET predictionServers/": envelope([]) }))))
})

describe("Deployment.createFromCustomModelVersion changes nothing if the target does not exist", () => {
  it.effect("a server that the installation does not have is refused, and the message names those that it has", () =>
    Effect.gen(function*() {
      const error = yield* failing(isValidationError, { ...onServer, defaultPredictionServerId: "other" })
      assert.deepStrictEqual(issuesOf(error), [
        `defaultPredictionServerId must be the id of a prediction server: ${server}`
      ])
      assert.strictEqual(error.phase, "request")
      assert.deepStrictEqual(yield* sent, [gets.servers])
    }).pipe(Effect.provide(on())))

  it.effect("neither a server nor an environment is refused if the installation has servers", () =>
    Effect.gen(function*() {
      const error = yield* failing(isValidationError, { customModelVersionId: version, label: "l" })
      assert.deepStrictEqual(error.issues.map(({ path }) => path), [""])
      assert.include(error.message, `must have a defaultPredictionServerId, such as ${server}, or a predictionEnv`)
      assert.deepStrictEqual(yield* sent, [gets.servers])
    }).pipe(Effect.provide(on())))

  it.effect("an unknown environment is a NotFound", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, inEnvironment)
      assert.strictEqual(error.reason, "NotFound")
      assert.include(error.message, "Nothing was created.")
      assert.isUndefined(error.made)
      assert.deepStrictEqual(yield* sent, [gets.environment])
    }).pipe(Effect.provide(on({ "GET predictionEnvironments/:id/": notFound }))))

  it.effect("a deleted environment is refused", () =>
    Effect.gen(function*() {
      const error = yield* failing(isValidationError, inEnvironment)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["predictionEnvironmentId"])
      assert.deepStrictEqual(yield* sent, [gets.environment])
    }).pipe(Effect.provide(on({ "GET predictionEnvironments/:id/": json({ id: environment, isDeleted: true }) }))))

  it.effect("invalid arguments and wait options are refused before anything is sent", () =>
    Effect.gen(function*() {
      const both = createFromCustomModelVersion({ ...onServer, predictionEnvironmentId: environment })
      assert.include((yield* failsWith(both, isValidationError)).message, "not both")
      const wait = createFromCustomModelVersion(onServer, { wait: { timeout: 0 } })
      assert.deepStrictEqual((yield* failsWith(wait, isValidationError)).issues.map(({ path }) => path), [
        "wait.timeout"
      ])
      assert.deepStrictEqual(yield* sent, [])
    }).pipe(Effect.provide(on())))
})

describe("An error of Deployment.createFromCustomModelVersion says what was already created", () => {
  it.effect("if the package could not be created, nothing", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, onServer)
      assert.strictEqual(error.path, "modelPackages/fromCustomModelVersion/")
      assert.isUndefined(error.made)
    }).pipe(Effect.provide(on({ [createsPackage]: json({ message: "No such version" }, { status: 422 }) }))))

  it.effect("if it is unknown whether the package was created, the message says that a second call finds it", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, onServer)
      assert.deepInclude(error, { outcome: "unknown", retryable: false })
      assert.include(error.message, "finds it if you call it again")
    }).pipe(Effect.provide(on({ [createsPackage]: empty({ status: 502 }) }))))

  it.effect("if the build fails, the package", () =>
    Effect.gen(function*() {
      const error = yield* failing(isJobError, onServer)
      assert.deepInclude(error, { reason: "Failed", status: "failed", made: [made] })
      assert.include(error.message, `the build of model package ${modelPackage} failed`)
      assert.match(error.message, new RegExp(`Already created: model package ${modelPackage}\\.$`))
      assert.notInclude(yield* sent, deploys)
    }).pipe(Effect.provide(on({ "GET modelPackages/:id/": json(packageWith({ buildStatus: "failed" })) }))))

  it.effect("if the build outlasts the wait, the package and how to keep waiting", () =>
    Effect.gen(function*() {
      const error = yield* failing(isJobError, onServer)
      assert.deepInclude(error, { reason: "Deadline", status: "inProgress", made: [made] })
      assert.include(error.message, "call Deployment.createFromCustomModelVersion again: it finds the package")
    }).pipe(Effect.provide(on({ "GET modelPackages/:id/": json(packageWith({ buildStatus: "inProgress" })) }))))

  it.effect("if the package cannot be deployed, the package", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, onServer)
      assert.deepInclude(error, { reason: "Unprocessable", retryable: false })
      assert.deepStrictEqual(error.made, [made])
    }).pipe(Effect.provide(on({ [deploys]: json({ message: "No" }, { status: 422 }) }))))

  it.effect("an overloaded server after the package was created is not retryable as a whole", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, onServer)
      assert.deepInclude(error, { reason: "RateLimited", retryable: false })
      assert.deepStrictEqual(error.made, [made])
    }).pipe(Effect.provide(on({ [deploys]: json({ message: "Slow down" }, { status: 429 }) }))))

  it.effect("the same error is retryable if the package existed before", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, inEnvironment)
      assert.deepInclude(error, { reason: "RateLimited", retryable: true })
      assert.isUndefined(error.made)
    }).pipe(Effect.provide(on({
      "GET modelPackages/": envelope([packageWith({})]),
      [deploys]: json({ message: "Slow down" }, { status: 429 })
    }))))

  it.effect("if the job of the deployment fails, the package and the deployment", () =>
    Effect.gen(function*() {
      const error = yield* failing(isJobError, onServer)
      assert.deepStrictEqual(error.made, [made, { collection: "deployments", id }])
      assert.match(
        error.message,
        new RegExp(`Already created: model package ${modelPackage} and deployment ${id}\\.$`)
      )
    }).pipe(Effect.provide(on({ "GET status/:id/": state("ERROR", { message: "No capacity" }) }))))

  it.effect("if the deployment cannot be read, the package and the deployment", () =>
    Effect.gen(function*() {
      const error = yield* failing(isValidationError, onServer)
      assert.deepInclude(error, { phase: "response" })
      assert.deepStrictEqual(error.made, [made, { collection: "deployments", id }])
    }).pipe(Effect.provide(on({ "GET deployments/:id/": json({ label: "no id" }) }))))

  // The response may lack the id of the deployment, and the package may have existed before.
  const exists = {
    "GET modelPackages/": envelope([packageWith({ buildStatus: "complete" })]),
    [deploys]: acceptedWith({})
  }
  const busy = json({}, { status: 503, headers: { "retry-after": "1" } })

  it.effect("if the job of a deployment without a known id cannot be read, the error is not retryable (R-7)", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, inEnvironment)
      assert.isFalse(error.retryable)
      assert.isUndefined(error.made)
    }).pipe(Effect.provide(on({ ...exists, "GET status/:id/": busy }))))

  it.effect("if a deployment whose id the job returned cannot be read, the deployment", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, inEnvironment)
      assert.isFalse(error.retryable)
      assert.deepStrictEqual(error.made, [{ collection: "deployments", id }])
    }).pipe(Effect.provide(on({ ...exists, "GET deployments/:id/": busy }))))

  it.effect("a deployment whose id the job returned is left out if the id is the token", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, onServer)
      assert.deepStrictEqual(error.made, [made])
      for (const piece of piecesOf(plainToken)) assert.notInclude(JSON.stringify(error), piece)
    }).pipe(Effect.provide(serving({
      ...routes,
      [deploys]: acceptedWith({}),
      "GET status/:id/": finishedAt(`deployments/${plainToken}/`),
      "GET deployments/:id/": busy
    }, { token: plainToken }))))

  it.effect("if the connection breaks, the package", () =>
    Effect.gen(function*() {
      const error = yield* failing(isNetworkError, onServer)
      assert.deepInclude(error, { outcome: "unknown", retryable: false })
      assert.deepStrictEqual(error.made, [made])
    }).pipe(Effect.provide(on({ [deploys]: MockHttpClient.networkFailure("ECONNRESET") }))))

  const tokenLikeAnId = "7f3k2m9q4x8w1z6r5t0y"
  it.effect("a package whose id is the token is refused, and the error does not show it", () =>
    Effect.gen(function*() {
      const error = yield* failing(isValidationError, onServer)
      assert.strictEqual(error.phase, "response")
      assert.notInclude(JSON.stringify(error), tokenLikeAnId)
    }).pipe(Effect.provide(
      serving({ ...routes, [createsPackage]: json({ id: tokenLikeAnId }, { status: 201 }) }, { token: tokenLikeAnId })
    )))

  it.effect("what was created is part of the error's JSON", () =>
    Effect.gen(function*() {
      const error = yield* failing(isApiError, onServer)
      const json: unknown = JSON.parse(JSON.stringify(error))
      assert.deepInclude(json, { made: [made] })
    }).pipe(Effect.provide(on({ [deploys]: json({ message: "No" }, { status: 422 }) }))))
})
