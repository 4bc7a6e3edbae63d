/** The emulator's prediction servers and environments, registered models, model packages, credentials and user. */
import { assert, describe, it } from "@effect/vitest"
import {
  Credential,
  DataRobot,
  DataRobotError,
  Deployment,
  ModelPackage,
  PredictionEnvironment,
  PredictionServer,
  RegisteredModel
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import * as Emulator from "../../src/emulator/index.js"
import { failsWith, timeLapse } from "../support.js"
import { ask, at, eachWay, withSdk } from "./support.js"

const { isApiError } = DataRobotError
const now = Date.UTC(2018, 4, 3, 13, 25)
const origin = Effect.map(Emulator.Emulator, ({ endpoint }) => new URL(endpoint).origin)

eachWay((running) => {
  const on = (options?: Emulator.EmulatorOptions) => withSdk(running(options))
  const atNow = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.zipRight(TestClock.setTime(now), effect)

  describe("every emulator", () => {
    it.effect("has one prediction server, whose URL is the emulator's own, and nothing else", () =>
      Effect.gen(function*() {
        const [server, ...more] = yield* PredictionServer.list()
        assert.deepStrictEqual(more, [])
        assert.strictEqual(server?.id, "5b00000000000000000000d1")
        assert.strictEqual(server?.url, yield* origin)
        assert.strictEqual(
          server?.datarobotKey && Redacted.value(server.datarobotKey),
          "00000000-0000-0000-0000-000000000000"
        )
        assert.deepStrictEqual(yield* PredictionEnvironment.list(), [])
        assert.deepStrictEqual(yield* RegisteredModel.list(), [])
        assert.deepStrictEqual(yield* ModelPackage.list(), [])
        assert.deepStrictEqual(yield* Credential.list(), [])
      }).pipe(Effect.provide(on())))

    it.effect("sends the key of a server as datarobot-key, in a listing and in a deployment", () =>
      Effect.gen(function*() {
        const servers = (yield* ask("GET predictionServers/")).json
        assert.strictEqual(at(servers, "data", 0, "datarobot-key"), "00000000-0000-0000-0000-000000000000")
        const deployment = (yield* ask("GET deployments/a/")).json
        assert.deepStrictEqual(at(deployment, "defaultPredictionServer"), {
          id: "5b00000000000000000000d1",
          url: yield* origin,
          "datarobot-key": "00000000-0000-0000-0000-000000000000"
        })
      }).pipe(Effect.provide(on({ deployments: [{ id: "a" }] }))))

    it.effect("tells its version and its user", () =>
      Effect.gen(function*() {
        const { endpoint, user, version } = yield* DataRobot.verify()
        assert.strictEqual(endpoint, (yield* Emulator.Emulator).endpoint)
        assert.strictEqual(version.versionString, "2.25.0")
        assert.deepInclude(user, { id: "5b00000000000000000000f1", username: "emulator@example.com" })
      }).pipe(Effect.provide(on())))

    it.effect("rejects a wrong token when it is verified", () =>
      Effect.gen(function*() {
        const error = yield* failsWith(DataRobot.verify(), isApiError)
        assert.strictEqual(error.reason, "Unauthorized")
      }).pipe(Effect.provide(withSdk(running(), { token: "another-token-1" }))))
  })

  describe("prediction environments", () => {
    it.effect("can be created, read, listed, changed and deleted", () =>
      Effect.gen(function*() {
        const created = yield* PredictionEnvironment.create({ name: "Cloud", platform: "aws", priority: 2 })
        assert.deepInclude(created, {
          name: "Cloud",
          platform: "aws",
          priority: 2,
          description: null,
          isDeleted: false,
          supportedModelFormats: ["datarobot", "customModel", "externalModel"]
        })
        assert.deepStrictEqual(yield* PredictionEnvironment.get(created), created)
        assert.deepStrictEqual(yield* PredictionEnvironment.list(), [created])
        const changed = yield* PredictionEnvironment.update(created, {
          description: "d",
          supportedModelFormats: ["customModel"]
        })
        assert.deepStrictEqual(changed, { ...created, description: "d", supportedModelFormats: ["customModel"] })
        const { data, totalCount } = yield* PredictionEnvironment.page({ supportedModelFormats: "customModel" })
        assert.deepStrictEqual([data.length, totalCount], [1, 1])
        assert.deepStrictEqual(yield* PredictionEnvironment.list({ supportedModelFormats: "datarobot" }), [])
        yield* PredictionEnvironment.delete(created)
        assert.isTrue(Option.isNone(yield* PredictionEnvironment.getOption(created)))
        assert.strictEqual((yield* failsWith(PredictionEnvironment.delete(created), isApiError)).reason, "NotFound")
      }).pipe(Effect.provide(on())))

    it.effect("cannot be deleted while a deployment runs in them, and not be deployed to once they are deleted", () =>
      Effect.gen(function*() {
        const { id: predictionEnvironmentId } = yield* PredictionEnvironment.create({
          name: "n",
          platform: "datarobot"
        })
        const given = { modelPackageId: "free", label: "l", predictionEnvironmentId }
        const deployed = yield* timeLapse(Deployment.createFromModelPackage(given), "3 seconds")
        const inUse = yield* failsWith(PredictionEnvironment.delete(predictionEnvironmentId), isApiError)
        assert.strictEqual(inUse.reason, "Unprocessable")
        assert.include(inUse.message, "in use by 1 deployments")
        yield* Deployment.delete(deployed)
        yield* PredictionEnvironment.delete(predictionEnvironmentId)
        const refused = yield* failsWith(Deployment.createFromModelPackage(given), isApiError)
        assert.deepStrictEqual(refused.errors, { predictionEnvironmentId: "There is no such prediction environment" })
      }).pipe(Effect.provide(on({ deployDelay: 0 }))))
  })

  describe("model packages", () => {
    it.effect("of a model can be deployed at once, and are versions of a registered model", () =>
      Effect.gen(function*() {
        const first = yield* ModelPackage.createFromLearningModel({
          modelId: "m1",
          registeredModelName: "Churn",
          predictionThreshold: 0.4,
          tags: [{ name: "team", value: "a" }]
        })
        assert.deepInclude(first, { modelId: "m1", registeredModelVersion: 1, buildStatus: null, isArchived: false })
        const [model] = yield* RegisteredModel.list()
        assert.deepInclude(model, { name: "Churn", lastVersionNum: 1, id: first.registeredModelId ?? "" })
        const registeredModelId = model?.id ?? ""
        const second = yield* ModelPackage.createFromLearningModel({ modelId: "m2", registeredModelId })
        assert.deepStrictEqual(yield* RegisteredModel.listVersions(registeredModelId), [first, second])
        assert.deepStrictEqual(yield* RegisteredModel.getVersion(registeredModelId, second), second)
        assert.strictEqual((yield* RegisteredModel.get(registeredModelId)).lastVersionNum, 2)

        const deployed = yield* timeLapse(
          Deployment.createFromModelPackage({ modelPackageId: second.id, label: "l" }),
          "3 seconds"
        )
        assert.deepInclude(deployed.modelPackage, { id: second.id, name: "Model m2", registeredModelId })
        assert.strictEqual(deployed.model?.id, "m2")
        assert.strictEqual((yield* ModelPackage.get(second)).activeDeploymentCount, 1)
        yield* ModelPackage.archive(second)
        assert.strictEqual((yield* ModelPackage.get(second)).isArchived, true)
        const refused = yield* failsWith(
          Deployment.createFromModelPackage({ modelPackageId: second.id, label: "l" }),
          isApiError
        )
        assert.deepStrictEqual(refused.errors, { modelPackageId: "The model package is archived" })
      }).pipe(Effect.provide(on({ deployDelay: 0 }))))

    it.effect("of a custom model are built for as long as a job takes, and cannot be deployed before", () =>
      atNow(Effect.gen(function*() {
        const emulator = yield* Emulator.Emulator
        const created = yield* ModelPackage.createFromCustomModelVersion({ customModelVersionId: "v1", prompt: "p" })
        assert.deepInclude(created, { modelId: "v1", modelExecutionType: "custom_inference_model" })
        assert.strictEqual(created.buildStatus, "inProgress")
        const tooEarly = yield* failsWith(
          Deployment.startCreateFromModelPackage({ modelPackageId: created.id, label: "l" }),
          isApiError
        )
        assert.deepStrictEqual(tooEarly.errors, { modelPackageId: "The model package is not built yet" })
        assert.deepStrictEqual(yield* ModelPackage.list({ buildStatus: "complete" }), [])
        yield* emulator.advance("5 seconds")
        assert.strictEqual((yield* ModelPackage.get(created)).buildStatus, "complete")
        assert.strictEqual((yield* ModelPackage.list({ buildStatus: "complete" })).length, 1)
        yield* Deployment.startCreateFromModelPackage({ modelPackageId: created.id, label: "l" })
      })).pipe(Effect.provide(on({ clock: "frozen", deployDelay: "5 seconds" }))))

    it.effect("are refused if their registered model does not exist, or its name is taken", () =>
      Effect.gen(function*() {
        yield* ModelPackage.createFromLearningModel({ modelId: "m", registeredModelName: "Churn" })
        const unknown = yield* failsWith(
          ModelPackage.createFromLearningModel({ modelId: "m", registeredModelId: "nowhere" }),
          isApiError
        )
        assert.deepStrictEqual(unknown.errors, { registeredModelId: "There is no such registered model" })
        const taken = yield* failsWith(
          ModelPackage.createFromCustomModelVersion({ customModelVersionId: "v", registeredModelName: "Churn" }),
          isApiError
        )
        assert.hasAllKeys(taken.errors, ["registeredModelName"])
        assert.strictEqual((yield* ModelPackage.list()).length, 1)
      }).pipe(Effect.provide(on())))

    it.effect("are selected by the filters of a listing", () =>
      Effect.gen(function*() {
        const create = ModelPackage.createFromLearningModel
        const a = yield* create({ modelId: "m1", name: "Alpha", predictionThreshold: 0.4 })
        const b = yield* create({ modelId: "m2", name: "Beta" })
        const custom = yield* ModelPackage.createFromCustomModelVersion({ customModelVersionId: "v1", name: "Gamma" })
        const environment = yield* PredictionEnvironment.create({
          name: "n",
          platform: "datarobot",
          supportedModelFormats: ["customModel"]
        })
        const ids = (filters: ModelPackage.ListInput) =>
          Effect.map(ModelPackage.list(filters), (all) => all.map(({ id }) => id))
        assert.deepStrictEqual(yield* ids({}), [a.id, b.id, custom.id])
        assert.deepStrictEqual(yield* ids({ search: "ALPH" }), [a.id])
        assert.deepStrictEqual(yield* ids({ modelId: "v1" }), [custom.id])
        assert.deepStrictEqual(yield* ids({ similarTo: a.id }), [b.id, custom.id])
        assert.deepStrictEqual(yield* ids({ predictionThreshold: 0.4 }), [a.id])
        assert.deepStrictEqual(yield* ids({ imported: true }), [])
        assert.deepStrictEqual(yield* ids({ imported: false, limit: 2 }), [a.id, b.id])
        assert.deepStrictEqual(yield* ids({ modelKind: "isTimeSeries" }), [])
        assert.deepStrictEqual(yield* ids({ predictionEnvironmentId: environment.id }), [custom.id])
        assert.deepStrictEqual(yield* ids({ buildStatus: "inProgress" }), [custom.id])
      }).pipe(Effect.provide(on())))
  })

  it.effect("registered models are selected and ordered by the filters of a listing", () =>
    Effect.gen(function*() {
      const create = (
        registeredModelName: string,
        modelId: string,
        tags: ReadonlyArray<{ name: string; value: string }>
      ) => ModelPackage.createFromLearningModel({ modelId, registeredModelName, tags })
      const first = yield* create("Beta", "m1", [{ name: "team", value: "a" }])
      yield* create("Alpha", "m2", [])
      const names = (filters: RegisteredModel.ListInput) =>
        Effect.map(RegisteredModel.list(filters), (all) => all.map(({ name }) => name))
      assert.deepStrictEqual(yield* names({}), ["Beta", "Alpha"])
      assert.deepStrictEqual(yield* names({ sortKey: "name" }), ["Alpha", "Beta"])
      assert.deepStrictEqual(yield* names({ sortKey: "name", sortDirection: "desc" }), ["Beta", "Alpha"])
      assert.deepStrictEqual(yield* names({ search: "alp" }), ["Alpha"])
      assert.deepStrictEqual(yield* names({ targetName: "target", targetType: "Binary" }), ["Beta", "Alpha"])
      assert.deepStrictEqual(yield* names({ targetType: "Regression" }), [])
      assert.deepStrictEqual(yield* names({ createdBy: "emulator@example.com", stage: "Registered" }), [
        "Beta",
        "Alpha"
      ])
      assert.deepStrictEqual(yield* names({ createdBy: "another-user" }), [])
      assert.deepStrictEqual(yield* names({ isGlobal: true }), [])
      assert.deepStrictEqual(yield* names({ tagKeys: ["team"], tagValues: "a" }), ["Beta"])
      assert.deepStrictEqual(yield* names({ compatibleWithModelPackageId: first.id }), ["Alpha"])
      assert.deepStrictEqual(yield* names({ compatibleWithLeaderboardModelId: "m2" }), ["Beta"])
      assert.isTrue(Option.isNone(yield* RegisteredModel.getOption("nowhere")))
      const [beta] = yield* RegisteredModel.list()
      const missing = yield* failsWith(RegisteredModel.getVersion(beta?.id ?? "", "nowhere"), isApiError)
      assert.strictEqual(missing.reason, "NotFound")
    }).pipe(Effect.provide(on())))

  it.effect("a version of a custom model is deployed in one call, and its package is found by the next call", () =>
    Effect.gen(function*() {
      const [server] = yield* PredictionServer.list()
      const given = { customModelVersionId: "v1", label: "Churn", defaultPredictionServerId: server?.id ?? "" }
      const deploy = Deployment.createFromCustomModelVersion(given, { wait: { interval: 10 } })
      const first = yield* timeLapse(deploy, "3 seconds")
      const second = yield* timeLapse(deploy, "3 seconds")
      assert.notStrictEqual(second.id, first.id)
      const packages = yield* ModelPackage.list({ modelId: "v1" })
      assert.strictEqual(packages.length, 1)
      assert.deepStrictEqual([first, second].map(({ modelPackage }) => modelPackage?.id), [
        packages[0]?.id,
        packages[0]?.id
      ])
      assert.strictEqual(packages[0]?.activeDeploymentCount, 2)
    }).pipe(Effect.provide(on({ deployDelay: 0 }))))

  describe("the presets", () => {
    const kinds = Effect.map(
      Deployment.list(),
      (all) =>
        all.map(({ defaultPredictionServer: server, predictionEnvironment: environment }) =>
          `${environment?.platform ?? "none"} ${server == null ? "without a server" : "with a server"}`
        )
    )

    for (const preset of ["demo", "fleet"] as const) {
      it.effect(`${preset} has servers, a dedicated and a serverless environment, and deployments in both`, () =>
        atNow(Effect.gen(function*() {
          const servers = yield* PredictionServer.list()
          assert.deepStrictEqual(servers.map(({ url }) => url), [yield* origin, yield* origin])
          const environments = yield* PredictionEnvironment.list()
          assert.deepStrictEqual(environments.map(({ platform }) => platform), ["datarobot", "datarobotServerless"])
          const found = yield* kinds
          assert.include(found, "datarobot with a server")
          assert.include(found, "datarobotServerless without a server")
          assert.notInclude(found, "datarobot without a server")
          assert.notInclude(found, "datarobotServerless with a server")
          assert.strictEqual((yield* Credential.list()).length, 1)
        })).pipe(Effect.provide(on({ preset }))))

      it.effect(`${preset} has registered models, whose versions are deployed`, () =>
        atNow(Effect.gen(function*() {
          const models = yield* RegisteredModel.list()
          assert.isAbove(models.length, 2)
          const deployments = yield* Deployment.list()
          const packages = new Map((yield* ModelPackage.list()).map((one) => [one.id, one]))
          const deployed = deployments.filter(({ modelPackage }) => packages.has(modelPackage?.id ?? ""))
          assert.isAbove(deployed.length, 3)
          for (const { model, modelPackage } of deployed) {
            const known = packages.get(modelPackage?.id ?? "")
            assert.strictEqual(model?.id, known?.modelId)
            assert.strictEqual(modelPackage?.registeredModelId, known?.registeredModelId)
            assert.include(models.map(({ id }) => id), known?.registeredModelId)
          }
        })).pipe(Effect.provide(on({ preset }))))
    }

    it.effect("deployments can be selected by the platform of their environment", () =>
      atNow(Effect.gen(function*() {
        const serverless = yield* Deployment.list({ predictionEnvironmentPlatform: "datarobotServerless" })
        assert.deepStrictEqual(
          serverless.map(({ label }) => label).sort(),
          ["Demand forecast", "House prices", "Support assistant"]
        )
      })).pipe(Effect.provide(on({ preset: "demo" }))))
  })

  it.effect("everything survives a snapshot, and a reset restores the start", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator.Emulator
      const everything = Effect.all({
        environments: PredictionEnvironment.list(),
        packages: ModelPackage.list(),
        models: RegisteredModel.list(),
        credentials: Credential.list(),
        deployments: Deployment.list()
      })
      const start = yield* everything
      const environment = yield* PredictionEnvironment.create({ name: "n", platform: "datarobotServerless" })
      const gone = yield* PredictionEnvironment.create({ name: "gone", platform: "aws" })
      yield* PredictionEnvironment.delete(gone)
      yield* ModelPackage.createFromCustomModelVersion({ customModelVersionId: "v1" })
      const before = yield* everything
      const snapshot = yield* emulator.snapshot
      yield* emulator.reset
      assert.deepStrictEqual(yield* everything, start)
      yield* emulator.restore(snapshot)
      assert.deepStrictEqual(yield* everything, before)
      assert.isTrue(Option.isSome(yield* PredictionEnvironment.getOption(environment)))
      const refused = yield* failsWith(
        Deployment.startCreateFromModelPackage({ modelPackageId: "p", label: "l", predictionEnvironmentId: gone.id }),
        isApiError
      )
      assert.strictEqual(refused.reason, "Unprocessable")
    }).pipe(Effect.provide(on({ preset: "demo", clock: "2018-05-03T13:25:00Z" }))))

  it.effect("a snapshot of an earlier build, without these, is still restored", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator.Emulator
      const { registry: _, ...earlier } = yield* emulator.snapshot
      yield* emulator.restore(earlier)
      assert.strictEqual((yield* PredictionServer.list()).length, 1)
      assert.deepStrictEqual(yield* ModelPackage.list(), [])
    }).pipe(Effect.provide(on({ preset: "demo", clock: "2018-05-03T13:25:00Z" }))))

  it.effect("runtime parameters are accepted as JSON text and as a list, and nothing else", () =>
    Effect.gen(function*() {
      const create = (runtimeParameterValues: unknown) =>
        ask("POST deployments/fromModelPackage/", { json: { modelPackageId: "p", label: "l", runtimeParameterValues } })
      const values = [{ fieldName: "LIMIT", type: "numeric", value: 1 }]
      assert.strictEqual((yield* create(JSON.stringify(values))).status, 202)
      assert.strictEqual((yield* create(values)).status, 202)
      for (const wrong of ["{", "[{}]", [{}], 7]) assert.strictEqual((yield* create(wrong)).status, 422, String(wrong))
    }).pipe(Effect.provide(on())))
})
