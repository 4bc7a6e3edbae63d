/** The deployments API of the emulator, used through every operation of the SDK. */
import { assert, describe, it } from "@effect/vitest"
import {
  DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  ModelDeployment
} from "effect-datarobot"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Emulator from "../../src/emulator/index.js"
import { failsWith } from "../support.js"
import { ask, at, eachWay, withSdk } from "./support.js"

const { isApiError } = DataRobotError
const clock = "2022-03-08T10:30:00Z"
const modelId = "60a0000000000000000000a1"
const modelPackageId = "60a0000000000000000000e1"

const create = (label: string, more: Partial<Deployment.CreateFromModelInput> = {}) =>
  Deployment.createFromLearningModel({ modelId, label, ...more })

/** Predicts rows with a deployment. */
const predict = (deployment: Deployment.Ref, rows: ReadonlyArray<object>) =>
  Effect.map(
    ask(`POST /predApi/v1.0/deployments/${typeof deployment === "string" ? deployment : deployment.id}/predictions`, {
      json: rows
    }),
    ({ json, status }) => {
      assert.strictEqual(status, 200)
      const data = at(json, "data")
      return Array.isArray(data) ? data.map((_, index) => Number(at(json, "data", index, "prediction"))) : []
    }
  )

const reasonOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(failsWith(effect, isApiError), ({ reason }) => reason)

eachWay((running) => {
  // By default jobs are done immediately.
  const sdk = (options: Emulator.EmulatorOptions = {}) => withSdk(running({ clock, deployDelay: 0, ...options }))

  describe("a deployment", () => {
    it.effect("is created from a project's model, a leaderboard model or a model package", () =>
      Effect.gen(function*() {
        const ofModel = yield* create("Model", {
          description: "d",
          importance: "HIGH",
          status: "inactive",
          defaultPredictionServerId: "s1",
          predictionThreshold: 0.4
        })
        assert.deepInclude(ofModel, { label: "Model", description: "d", status: "inactive", importance: "HIGH" })
        assert.strictEqual(ofModel.model?.id, modelId)
        assert.strictEqual(ofModel.defaultPredictionServer?.id, "s1")
        const ofLeaderboard = yield* Deployment.createFromLeaderboard({ modelId, label: "Leaderboard" })
        assert.strictEqual(ofLeaderboard.status, "active")
        const ofPackage = yield* Deployment.createFromModelPackage({
          modelPackageId,
          label: "Package",
          predictionEnvironmentId: "e1",
          userProvidedId: "mine"
        })
        assert.strictEqual(ofPackage.modelPackage?.id, modelPackageId)
        assert.strictEqual(ofPackage.predictionEnvironment?.id, "e1")
        assert.strictEqual(ofPackage.userProvidedId, "mine")
        assert.strictEqual((yield* Deployment.list()).length, 3)
      }).pipe(Effect.provide(sdk())))

    it.effect("is created by a job that can be resumed from its stored handle", () =>
      Effect.gen(function*() {
        for (
          const start of [
            Deployment.startCreateFromLearningModel({ modelId, label: "Started" }),
            Deployment.startCreateFromLeaderboard({ modelId, label: "Started" }),
            Deployment.startCreateFromModelPackage({ modelPackageId, label: "Started" })
          ]
        ) {
          const stored = JSON.stringify(yield* start)
          assert.deepStrictEqual(
            (yield* Job.resume(stored))?.id,
            (yield* Deployment.resume(stored)).id
          )
        }
        assert.deepStrictEqual(
          (yield* Deployment.list()).map(({ label }) => label),
          ["Started", "Started", "Started"]
        )
      }).pipe(Effect.provide(sdk())))

    it.effect("can be read, updated and deleted", () =>
      Effect.gen(function*() {
        const deployment = yield* create("Old", { description: "old" })
        assert.deepStrictEqual(yield* Deployment.get(deployment), deployment)
        const renamed = yield* Deployment.update(deployment, { label: "New", description: "", importance: "LOW" })
        assert.deepInclude(renamed, { label: "New", description: "", importance: "LOW" })
        assert.deepInclude(yield* Deployment.update(deployment, { label: "Newer" }), { importance: "LOW" })
        yield* Deployment.delete(deployment, { ignoreManagementAgent: true })
        assert.isTrue(Option.isNone(yield* Deployment.getOption(deployment)))
        assert.strictEqual(yield* reasonOf(Deployment.delete(deployment)), "NotFound")
      }).pipe(Effect.provide(sdk())))

    it.effect("can be deactivated and activated, and returns 409 if it already has the status", () =>
      Effect.gen(function*() {
        const deployment = yield* create("A")
        assert.strictEqual(yield* reasonOf(Deployment.activate(deployment)), "Conflict")
        assert.strictEqual((yield* Deployment.deactivate(deployment)).status, "inactive")
        assert.strictEqual(yield* reasonOf(Deployment.deactivate(deployment)), "Conflict")
        const { status } = yield* ask(`POST /predApi/v1.0/deployments/${deployment.id}/predictions`, {
          json: [{ x: 1 }]
        })
        assert.strictEqual(status, 409)
        assert.strictEqual((yield* Deployment.resume(yield* Deployment.startActivate(deployment))).status, "active")
        yield* Job.await(yield* Deployment.startDeactivate(deployment))
        assert.strictEqual((yield* Deployment.get(deployment)).status, "inactive")
      }).pipe(Effect.provide(sdk())))

    it.effect("is also available on the modelDeployments routes, with the same action log", () =>
      Effect.gen(function*() {
        const deployment = yield* create("Both")
        assert.strictEqual((yield* ModelDeployment.get(deployment)).label, "Both")
        const log = yield* Deployment.actionLog(deployment)
        assert.deepStrictEqual(log, yield* ModelDeployment.actionLog(deployment))
        assert.deepStrictEqual(log.map(({ action }) => action), ["created", "deployed"])
        const old = yield* ModelDeployment.create({ projectId: "p", modelId: "m", label: "Old" })
        assert.deepInclude(yield* Deployment.get(old), { id: old.id, label: "Old", status: "active" })
        yield* ModelDeployment.archive(old)
        assert.strictEqual((yield* Deployment.get(old)).status, "archived")
      }).pipe(Effect.provide(sdk())))
  })

  describe("jobs", () => {
    const minute = { deployDelay: "1 minute" } as const

    it.effect("go from INITIALIZED to RUNNING to done, and the deployment's status follows", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator.Emulator
        const job = yield* Deployment.startCreateFromLearningModel({ modelId, label: "A" })
        const id = job.resource?.id ?? ""
        const states: Array<unknown> = []
        for (const advance of ["0 seconds", "29 seconds", "1 seconds", "29 seconds", "1 seconds"] as const) {
          yield* emulator.advance(advance)
          const { headers, json, status } = yield* ask(`GET status/${job.id}/`)
          const shown = (yield* Deployment.get(id)).status
          states.push([status, at(json, "status"), shown])
          if (status === 303) assert.strictEqual(headers["location"], `${emulator.endpoint}/deployments/${id}/`)
        }
        assert.deepStrictEqual(states, [
          [200, "INITIALIZED", "launching"],
          [200, "INITIALIZED", "launching"],
          [200, "RUNNING", "launching"],
          [200, "RUNNING", "launching"],
          [303, undefined, "active"]
        ])
      }).pipe(Effect.provide(withSdk(running({ clock, ...minute })))))

    it.effect("set a transitional status of the deployment and change it when they end", () =>
      Effect.gen(function*() {
        const { advance } = yield* Emulator.Emulator
        const status = Effect.map(Deployment.get("a"), ({ status }) => status)
        yield* Deployment.startDeactivate("a")
        assert.strictEqual(yield* status, "stopping")
        assert.strictEqual(yield* reasonOf(Deployment.startActivate("a")), "Conflict")
        yield* advance("1 minute")
        assert.strictEqual(yield* status, "inactive")
        yield* Deployment.startActivate("a")
        assert.strictEqual(yield* status, "launching")
        yield* advance("1 minute")
        yield* DeploymentModel.startReplaceModel("a", { modelPackageId: "p2", reason: "ERRORS" })
        assert.strictEqual(yield* status, "replacingModel")
        assert.notStrictEqual((yield* Deployment.get("a")).modelPackage?.id, "p2")
        yield* advance("1 minute")
        assert.strictEqual((yield* Deployment.get("a")).modelPackage?.id, "p2")
        assert.strictEqual(yield* status, "active")
      }).pipe(Effect.provide(withSdk(running({ clock, ...minute, deployments: [{ id: "a" }] })))))

    it.effect("are listed while they run, and can be cancelled", () =>
      Effect.gen(function*() {
        const { advance } = yield* Emulator.Emulator
        const first = yield* Deployment.startDeactivate("a")
        yield* advance("30 seconds")
        const second = yield* Deployment.startDeactivate("b")
        assert.deepStrictEqual((yield* Job.list()).map(({ id, status }) => [id, status]), [
          [first.id, "RUNNING"],
          [second.id, "INITIALIZED"]
        ])
        assert.deepStrictEqual((yield* Job.list({ limit: 1, offset: 1 })).map(({ id }) => id), [second.id])
        yield* Job.cancel(second)
        assert.strictEqual(yield* reasonOf(Job.cancel(second)), "NotFound")
        yield* advance("1 minute")
        assert.deepStrictEqual(yield* Job.list(), [])
        assert.deepStrictEqual(
          [(yield* Deployment.get("a")).status, (yield* Deployment.get("b")).status],
          ["inactive", "active"]
        )
      }).pipe(Effect.provide(withSdk(running({ clock, ...minute, deployments: [{ id: "a" }, { id: "b" }] })))))

    it.effect("of actual values can be cancelled without effect on a deployment being created", () =>
      Effect.gen(function*() {
        const { advance } = yield* Emulator.Emulator
        const job = yield* Deployment.startCreateFromLearningModel({ modelId, label: "A" })
        const id = job.resource?.id ?? ""
        yield* ask(`POST deployments/${id}/actuals/fromJSON/`, {
          json: { data: [{ associationId: "1", actualValue: 1 }] }
        })
        const [, upload] = yield* Job.list()
        yield* Job.cancel(upload ?? "")
        yield* advance("1 minute")
        assert.strictEqual((yield* Deployment.resume(job)).status, "active")
      }).pipe(Effect.provide(withSdk(running({ clock, ...minute })))))

    it.effect("have no effect on a deployment that was replaced or deleted", () =>
      Effect.gen(function*() {
        const { advance, seed } = yield* Emulator.Emulator
        yield* Deployment.startDeactivate("a")
        yield* DeploymentModel.startReplaceModel("a", { modelId: "m2", reason: "OTHER" })
        const job = yield* Deployment.startDeactivate("b")
        yield* seed([{ id: "a", label: "fresh" }])
        yield* Deployment.delete("b")
        assert.deepStrictEqual(yield* Job.list(), [])
        yield* advance("1 minute")
        assert.deepInclude(yield* Deployment.get("a"), { label: "fresh", status: "active" })
        assert.notStrictEqual((yield* Deployment.get("a")).model?.id, "m2")
        assert.strictEqual((yield* ask(`GET status/${job.id}/`)).status, 200)
      }).pipe(Effect.provide(withSdk(running({ clock, ...minute, deployments: [{ id: "a" }, { id: "b" }] })))))

    it.effect("are kept after their end, at most a thousand", () =>
      Effect.gen(function*() {
        const { snapshot } = yield* Emulator.Emulator
        yield* Effect.replicateEffect(
          ask("POST deployments/a/actuals/fromJSON/", { json: { data: [{ associationId: "1", actualValue: 1 }] } }),
          1010
        )
        assert.strictEqual((yield* snapshot).jobs.length, 1001)
      }).pipe(Effect.provide(Emulator.layer({ clock, deployDelay: 0, deployments: [{ id: "a" }] }))))

    it.effect("of a cancelled create leave the deployment undeployed", () =>
      Effect.gen(function*() {
        const { advance } = yield* Emulator.Emulator
        const job = yield* Deployment.startCreateFromLearningModel({ modelId, label: "A" })
        yield* Job.cancel(job)
        yield* advance("1 day")
        assert.strictEqual((yield* Deployment.get(job.resource?.id ?? "")).status, "launching")
      }).pipe(Effect.provide(withSdk(running({ clock, ...minute })))))
  })

  describe("a listing of deployments", () => {
    const deployments = [
      { id: "a", label: "Alpha", description: "first", createdAt: undefined },
      { id: "b", label: "beta", description: "Second", status: "inactive" },
      { id: "c", label: "Gamma", description: null }
    ].map(({ createdAt: _, ...fixture }) => fixture)
    const ids = (filters: Deployment.ListInput) =>
      Effect.map(Deployment.list(filters), (found) => found.map(({ id }) => id).join(""))

    it.effect("can be searched, filtered and ordered", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator.Emulator
        yield* Deployment.update("c", { importance: "CRITICAL" })
        yield* Deployment.update("a", { importance: "LOW" })
        const traffic = { start: "2022-03-07T10:00:00Z", end: "2022-03-07T11:00:00Z" }
        yield* emulator.recordTraffic({ ...traffic, deploymentId: "b", requests: 70, rows: 2 })
        yield* emulator.recordTraffic({ ...traffic, end: "2022-03-08T00:00:00Z", deploymentId: "a", requests: 7 })

        assert.strictEqual(yield* ids({ search: "SECOND" }), "b")
        assert.strictEqual(yield* ids({ status: "inactive" }), "b")
        assert.strictEqual(yield* ids({ status: ["active", "inactive"], orderBy: "label" }), "acb")
        assert.strictEqual(yield* ids({ orderBy: "-label" }), "bca")
        // By default, deployments with the latest prediction come first.
        assert.strictEqual(yield* ids({}), "abc")
        assert.strictEqual(yield* ids({ orderBy: "lastPredictionTimestamp" }), "cba")
        assert.strictEqual(yield* ids({ orderBy: "-recentPredictions" }), "bac")
        assert.strictEqual(yield* ids({ orderBy: "importance" }), "cab")
        assert.strictEqual(yield* ids({ importance: ["LOW", "CRITICAL"], orderBy: "label" }), "ac")
        assert.strictEqual(yield* ids({ serviceHealth: "passing", orderBy: "label" }), "ab")
        assert.strictEqual(yield* ids({ serviceHealth: ["unknown", "failing"] }), "c")
        assert.strictEqual(yield* ids({ predictionUsageDailyAvgGreaterThan: 10 }), "b")
        assert.strictEqual(yield* ids({ predictionUsageDailyAvgLessThan: 10, orderBy: "label" }), "ac")
        assert.strictEqual(yield* ids({ lastPredictionTimestampStart: "2022-03-07T12:00:00Z" }), "a")
        assert.strictEqual(yield* ids({ lastPredictionTimestampEnd: "2022-03-07T12:00:00Z" }), "b")
        assert.strictEqual(yield* ids({ role: "USER" }), "")
        assert.strictEqual(yield* ids({ createdByMe: true, hasDecisionFlow: false, isA2AAgent: false }), "abc")
        assert.strictEqual(yield* ids({ createdByMe: false }), "")
        assert.strictEqual(yield* ids({ tagKeys: "any" }), "")
        assert.strictEqual(yield* ids({ championModelTargetType: ["Binary", "Regression"] }), "abc")
        assert.strictEqual(yield* ids({ executionEnvironmentType: "external" }), "")
        assert.strictEqual(yield* ids({ predictionEnvironmentPlatform: "datarobot" }), "abc")
      }).pipe(Effect.provide(sdk({ deployments }))))

    it.effect("has 20 items per page by default, at most 100, and a total count", () =>
      Effect.gen(function*() {
        const first = yield* Deployment.page({ orderBy: "label" })
        assert.deepStrictEqual([first.data.length, first.totalCount], [20, 250])
        const labels = Array.from(
          yield* Stream.runCollect(Deployment.stream({ orderBy: "label", pageSize: 33 })),
          ({ label }) => label
        )
        assert.strictEqual(new Set(labels).size, 250)
        assert.deepStrictEqual((yield* Deployment.list({ orderBy: "label" })).map(({ label }) => label), labels)
        assert.strictEqual((yield* Deployment.list({ limit: 130 })).length, 130)
        const next = first.next === undefined ? undefined : yield* Deployment.page(first.next)
        assert.deepStrictEqual(next?.data.map(({ label }) => label), labels.slice(20, 40))
        const asked = yield* (yield* Emulator.Emulator).requests
        assert.includeMembers(asked.map(({ path }) => new URL(path, "http://x").searchParams.get("limit")), [
          "100",
          "33"
        ])
      }).pipe(Effect.provide(sdk({ preset: "fleet" }))))

    it.effect("returns 400 for an unknown order or filter", () =>
      Effect.gen(function*() {
        for (const query of ["orderBy=created", "status=gone", "limit=101", "limit=0", "serviceHealth=passing,ill"]) {
          const { json, status } = yield* ask(`GET deployments/?${query}`)
          assert.strictEqual(status, 400, query)
          const message = String(at(json, "message"))
          assert.match(message, new RegExp(`^${query.split("=")[0]} must be [^;]*$`))
          assert.notInclude(message, "Expected")
        }
      }).pipe(Effect.provide(running())))
  })

  describe("service statistics of a deployment", () => {
    const traffic = (more: Partial<Emulator.TrafficInput>): Emulator.TrafficInput => ({
      deploymentId: "a",
      start: "2022-03-08T00:00:00Z",
      end: "2022-03-08T10:00:00Z",
      requests: 600,
      userErrors: 30,
      serverErrors: 12,
      consumers: 3,
      rows: 4,
      executionTime: 0.25,
      ...more
    })

    it.effect("are computed from the recorded requests in DataRobot's units", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator.Emulator
        yield* emulator.recordTraffic(traffic({}))
        yield* emulator.recordTraffic(traffic({ requests: 10, executionTime: 2, userErrors: 0, serverErrors: 0 }))
        const { metrics, modelId, period } = yield* Deployment.getServiceStats("a")
        assert.deepInclude(metrics, {
          totalRequests: 610,
          totalPredictions: 2440,
          slowRequests: 10,
          executionTime: 250,
          responseTime: 250,
          userErrorRate: 30 / 610,
          serverErrorRate: 12 / 610,
          numConsumers: 3,
          cacheHitRatio: null,
          medianLoad: 1,
          peakLoad: 2
        })
        assert.strictEqual(modelId, (yield* Deployment.get("a")).model?.id)
        assert.deepStrictEqual(
          [period?.start?.epochMillis, period?.end?.epochMillis],
          [Date.UTC(2022, 2, 1, 11), Date.UTC(2022, 2, 8, 11)]
        )
        const slow = yield* Deployment.getServiceStats("a", {
          executionTimeQuantile: 1,
          responseTimeQuantile: 0,
          slowRequestsThreshold: 200
        })
        assert.deepInclude(slow.metrics, { executionTime: 2000, responseTime: 250, slowRequests: 610 })
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))

    it.effect("cover the requested period, model and consumer", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator.Emulator
        yield* emulator.recordTraffic(traffic({}))
        const total = (stats: Deployment.ServiceStatsInput) =>
          Effect.map(Deployment.getServiceStats("a", stats), ({ metrics }) => metrics.totalRequests)
        assert.strictEqual(yield* total({ startTime: "2022-03-08T01:00:00Z", endTime: "2022-03-08T02:00:00Z" }), 60)
        const consumer = { segmentAttribute: "DataRobot-Consumer", segmentValue: "consumer-1" }
        assert.strictEqual(yield* total(consumer), 200)
        assert.strictEqual(yield* total({ ...consumer, segmentValue: "nobody" }), 0)

        const before = (yield* Deployment.get("a")).model?.id
        yield* DeploymentModel.replaceModel("a", { modelId: "m2", reason: "OTHER" })
        yield* predict("a", [{ x: 1 }])
        assert.deepStrictEqual(
          [yield* total({}), yield* total({ modelId: before ?? "" }), yield* total({ modelId: "never" })],
          [1, 600, 0]
        )
        // The previous model is used again, so its earlier requests count too.
        yield* (yield* Emulator.Emulator).advance("1 hour")
        yield* DeploymentModel.replaceModel("a", { modelId: before ?? "", reason: "OTHER" })
        yield* predict("a", [{ x: 1 }, { x: 2 }])
        assert.deepStrictEqual([yield* total({}), yield* total({ modelId: "m2" })], [601, 1])
        const wrong = yield* failsWith(
          Deployment.getServiceStats("a", { segmentAttribute: "DataRobot-Remote-IP" }),
          isApiError
        )
        assert.deepInclude(wrong, { reason: "Unprocessable" })
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))

    it.effect("over time add up to those of the period", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator.Emulator
        yield* emulator.recordTraffic(traffic({}))
        const hours = yield* Deployment.getServiceStatsOverTime("a", {
          metric: "totalRequests",
          startTime: "2022-03-08T00:00:00Z",
          endTime: "2022-03-08T11:00:00Z",
          bucketSize: "PT1H"
        })
        assert.deepStrictEqual(hours.buckets.map(({ value }) => value), [60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 0])
        assert.strictEqual(hours.summary.value, 600)
        const days = yield* Deployment.getServiceStatsOverTime("a")
        assert.strictEqual(days.metric, "totalPredictions")
        assert.deepStrictEqual(days.buckets.map(({ value }) => value), [0, 0, 0, 0, 0, 0, 2400])
        // A day as the Python client writes it.
        const day = yield* Deployment.getServiceStatsOverTime("a", { bucketSize: "P0Y0M1DT0H0M0S" })
        assert.deepStrictEqual(day.buckets, days.buckets)
        const sizes = { P1M: 1, P2D: 4, PT36H: 5, P1DT12H: 5, P1W: 1, PT1H: 168 }
        for (const [bucketSize, count] of Object.entries(sizes)) {
          const { buckets, summary } = yield* Deployment.getServiceStatsOverTime("a", { bucketSize })
          assert.strictEqual(buckets.length, count, bucketSize)
          assert.deepStrictEqual(buckets.at(-1)?.period?.end, summary.period?.end)
        }
        const { errors } = yield* failsWith(
          Deployment.getServiceStatsOverTime("a", { bucketSize: "PT1H", startTime: "2000-01-01" }),
          isApiError
        )
        assert.deepStrictEqual(errors, { bucketSize: "must not make more than 10000 buckets" })
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))
  })

  describe("models of a deployment", () => {
    it.effect("are validated and replaced, also on the modelDeployments routes", () =>
      Effect.gen(function*() {
        const deployment = yield* create("A")
        const same = yield* DeploymentModel.validateReplacementModel(deployment, { modelId })
        assert.deepStrictEqual([same.status, same.checks["notCurrentModel"]?.status], ["failing", "failing"])
        const other = yield* DeploymentModel.validateReplacementModel(deployment, { modelPackageId })
        assert.strictEqual(other.status, "passing")

        const refused = yield* failsWith(
          DeploymentModel.replaceModel(deployment, { modelId, reason: "ACCURACY" }),
          isApiError
        )
        assert.deepStrictEqual(DeploymentModel.validationOf(refused), same)
        assert.include(refused.message, "Failed checks: notCurrentModel (Replacement model is the current model.).")

        const replaced = yield* DeploymentModel.replaceModel(deployment, { modelPackageId, reason: "ACCURACY" })
        assert.strictEqual(replaced.modelPackage?.id, modelPackageId)
        assert.strictEqual((yield* ModelDeployment.get(deployment)).model.id, replaced.model?.id)
        assert.strictEqual((yield* DeploymentModel.getChampionModelPackage(deployment)).id, modelPackageId)
        const history = yield* Deployment.modelHistory(deployment)
        assert.deepStrictEqual(history.map((entry) => at(entry, "reason")), ["ACCURACY", null])
        assert.strictEqual((yield* Deployment.modelHistory(deployment, { limit: 1 })).length, 1)

        const job = yield* DeploymentModel.startReplaceModel(deployment, { modelId: "m3", reason: "DATA_DRIFT" })
        assert.strictEqual((yield* Deployment.resume(job)).model?.id, "m3")
      }).pipe(Effect.provide(sdk())))

    it.effect("have the features of the predicted rows", () =>
      Effect.gen(function*() {
        const deployment = yield* create("A")
        yield* DeploymentSettings.update(deployment, { featureDrift: { enabled: true } })
        yield* predict(deployment, [{ plan: "pro", age: 41 }, { plan: "basic", age: "42", zip: null }])
        const features = yield* DeploymentModel.getFeatures(deployment)
        assert.deepStrictEqual(features.map(({ featureType, name }) => [name, featureType]), [
          ["plan", "Categorical"],
          ["age", "Numeric"],
          ["zip", "Categorical"]
        ])
        const names = (input: DeploymentModel.FeaturesInput) =>
          Effect.map(DeploymentModel.getFeatures(deployment, input), (all) => all.map(({ name }) => name))
        assert.deepStrictEqual(yield* names({ orderBy: "-name" }), ["zip", "plan", "age"])
        assert.deepStrictEqual(yield* names({ search: "P" }), ["plan", "zip"])
        assert.deepStrictEqual(yield* names({ limit: 1, offset: 1 }), ["age"])
      }).pipe(Effect.provide(sdk())))

    it.effect("have no challengers, and keep their secondary datasets", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* DeploymentModel.listChallengers("a"), [])
        assert.deepStrictEqual(yield* DeploymentModel.getSecondaryDatasetConfig("a"), {
          secondaryDatasetConfigId: null
        })
        const config = { secondaryDatasetConfigId: "c1" }
        assert.deepStrictEqual(yield* DeploymentModel.updateSecondaryDatasetConfig("a", config), config)
        assert.deepStrictEqual(yield* DeploymentModel.getSecondaryDatasetConfig("a"), config)
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))
  })

  describe("actual values", () => {
    const association = { associationId: { columnNames: ["id"], requiredInPredictionRequests: true } }
    const rows = Array.from({ length: 50 }, (_, index) => ({ id: `r${index}`, x: index * 3 }))

    it.effect("are matched with predictions to compute accuracy", () =>
      Effect.gen(function*() {
        const deployment = yield* create("A")
        yield* DeploymentSettings.update(deployment, association)
        const predictions = yield* predict(deployment, rows)
        const wrong = 5
        const submitted = yield* DeploymentActuals.submit(
          deployment,
          predictions.map((prediction, index) => ({
            associationId: `r${index}`,
            actualValue: index < wrong ? 1 - prediction : prediction,
            timestamp: "2022-03-08"
          }))
        )
        assert.deepStrictEqual(submitted, { actuals: 50, requests: 1 })
        const { metrics } = yield* DeploymentMonitoring.getAccuracy(deployment)
        assert.strictEqual(metrics["Accuracy"]?.value, 45 / 50)
        const overTime = yield* DeploymentMonitoring.getAccuracyOverTime(deployment, {
          metric: "Accuracy",
          bucketSize: "P1D"
        })
        assert.deepStrictEqual(overTime.buckets.map(({ sampleSize, value }) => [sampleSize, value]), [
          ...Array.from({ length: 6 }, () => [0, null]),
          [50, 45 / 50]
        ])
        assert.strictEqual((yield* DeploymentMonitoring.getAccuracyOverTime(deployment)).metric, "LogLoss")
        assert.strictEqual((yield* Deployment.get(deployment)).accuracyHealth?.status, "unknown")
      }).pipe(Effect.provide(sdk())))

    it.effect("can be submitted as a stream and into a sink, and may be dropped if they have no prediction", () =>
      Effect.gen(function*() {
        const deployment = yield* create("A")
        yield* DeploymentSettings.update(deployment, association)
        yield* predict(deployment, rows.slice(0, 10))
        const actuals = rows.map(({ id }) => ({ associationId: id, actualValue: 1 }))
        const keep = { keepActualsWithoutPredictions: false }
        const progress = yield* Stream.runCollect(
          DeploymentActuals.submitStream(deployment, Stream.fromIterable(actuals), keep)
        )
        assert.deepStrictEqual(Chunk.toReadonlyArray(progress), [{ actuals: 50, requests: 1 }])
        // The other values were dropped, so they are missing when their predictions come.
        yield* predict(deployment, rows.slice(10, 20))
        const present = { actualsPresent: true }
        const found = DeploymentMonitoring.listPredictionResults(deployment, present)
        assert.strictEqual((yield* found).length, 10)
        yield* Stream.run(Stream.fromIterable(actuals), DeploymentActuals.sink(deployment))
        assert.strictEqual((yield* found).length, 20)
        const streamed = yield* Stream.runCollect(
          DeploymentMonitoring.streamPredictionResults(deployment, { actualsPresent: false })
        )
        assert.strictEqual(streamed.length, 0)
      }).pipe(Effect.provide(sdk())))

    it.effect("of a regression must be numbers, and can't come from a dataset", () =>
      Effect.gen(function*() {
        const { errors } = yield* failsWith(
          DeploymentActuals.submit("n", [
            { associationId: "1", actualValue: "2.5" },
            { associationId: "2", actualValue: "x" }
          ]),
          isApiError
        )
        assert.deepStrictEqual(errors, { "data.1.actualValue": "must be a number" })
        const infinite = yield* ask("POST deployments/n/actuals/fromJSON/", {
          text: "{\"data\":[{\"associationId\":\"1\",\"actualValue\":1e999}]}"
        })
        assert.strictEqual(infinite.status, 422)
        const dataset = { datasetId: "d", associationIdColumn: "id", actualValueColumn: "y" }
        for (
          const effect of [
            DeploymentActuals.submitFromDataset("n", dataset),
            DeploymentActuals.startSubmitFromDataset("n", dataset)
          ]
        ) assert.strictEqual(yield* reasonOf(effect), "Unprocessable")
      }).pipe(Effect.provide(sdk({
        deployments: [{ id: "n", project: { id: "p", target: "price", targetType: "Regression" } }]
      }))))

    it.effect("require an association id in every row if the settings say so", () =>
      Effect.gen(function*() {
        const deployment = yield* create("A")
        yield* DeploymentSettings.update(deployment, association)
        const { json, status } = yield* ask(`POST /predApi/v1.0/deployments/${deployment.id}/predictions`, {
          json: [{ id: "r1" }, { x: 1 }]
        })
        assert.deepStrictEqual([status, json], [422, { message: "The association id column id is required" }])
        const { metrics } = yield* Deployment.getServiceStats(deployment)
        assert.deepInclude(metrics, { totalRequests: 1, userErrorRate: 1 })
      }).pipe(Effect.provide(sdk())))
  })

  describe("drift and prediction data", () => {
    const early = Array.from({ length: 200 }, (_, index) => ({ age: index, plan: ["basic", "pro"][index % 2] ?? "" }))
    const late = early.map(({ age }) => ({ age: age + 100, plan: "pro" }))
    const tracked = { targetDrift: { enabled: true }, featureDrift: { enabled: true } }

    it.effect("compare a period with the time before it", () =>
      Effect.gen(function*() {
        const { advance } = yield* Emulator.Emulator
        const deployment = yield* create("A")
        yield* DeploymentSettings.update(deployment, tracked)
        yield* predict(deployment, early)
        yield* advance("8 days")
        yield* predict(deployment, late)
        const target = yield* DeploymentMonitoring.getTargetDrift(deployment)
        assert.deepInclude(target, { sampleSize: 200, baselineSampleSize: 200, metric: "psi", targetName: "target" })
        assert.isTrue((target.driftScore ?? 0) > 0)
        const features = yield* DeploymentMonitoring.getFeatureDrift(deployment)
        assert.deepStrictEqual(features.map(({ name }) => name), ["age", "plan"])
        for (const { driftScore, metric, modelId, period } of features) {
          assert.isAbove(driftScore ?? 0, 0.2)
          assert.deepStrictEqual([metric, modelId, period], ["psi", target.modelId, target.period])
        }
        assert.strictEqual((yield* DeploymentMonitoring.getFeatureDrift(deployment, { limit: 1 })).length, 1)
        // The same rows again have no drift.
        yield* advance("8 days")
        yield* predict(deployment, [...early, ...late])
        const again = yield* DeploymentMonitoring.getTargetDrift(deployment, { metric: "psi" })
        assert.strictEqual(again.driftScore, 0)
        const over = yield* DeploymentMonitoring.getPredictionsOverTime(deployment, { bucketSize: "P7D" })
        assert.deepStrictEqual(over.buckets.map((bucket) => bucket["rowCount"]), [400])
      }).pipe(Effect.provide(sdk())))

    it.effect("return 403 if drift is not tracked, and 422 for any metric but psi", () =>
      Effect.gen(function*() {
        assert.strictEqual(yield* reasonOf(DeploymentMonitoring.getTargetDrift("a")), "Forbidden")
        assert.strictEqual(yield* reasonOf(DeploymentMonitoring.getFeatureDrift("a")), "Forbidden")
        const other = DeploymentMonitoring.getTargetDrift("a", { metric: "hellinger" })
        assert.strictEqual(yield* reasonOf(other), "Unprocessable")
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))

    it.effect("are removed when monitoring data is deleted", () =>
      Effect.gen(function*() {
        const { advance } = yield* Emulator.Emulator
        const deployment = yield* create("A")
        yield* DeploymentSettings.update(deployment, { associationId: { columnNames: ["age"] } })
        yield* predict(deployment, early)
        yield* DeploymentActuals.submit(deployment, [
          { associationId: "0", actualValue: 1 },
          { associationId: "never predicted", actualValue: 1 }
        ])
        yield* advance("1 hour")
        yield* predict(deployment, late)
        const counts = Effect.all([
          Effect.map(DeploymentMonitoring.listPredictionResults(deployment), ({ length }) => length),
          Effect.map(Deployment.getServiceStats(deployment), ({ metrics }) => metrics.totalRequests)
        ])
        assert.deepStrictEqual(yield* counts, [400, 2])
        yield* DeploymentMonitoring.deleteMonitoringData(deployment, { modelId, endTime: "2022-03-08T11:00:00Z" })
        assert.deepStrictEqual(yield* counts, [200, 1])
        const other = DeploymentMonitoring.startDeleteMonitoringData(deployment, { modelId: "other" })
        yield* Job.await(yield* other)
        assert.deepStrictEqual(yield* counts, [200, 1])
        yield* DeploymentMonitoring.deleteMonitoringData(deployment, { modelId })
        assert.deepStrictEqual(yield* counts, [0, 0])
        // The actual value of a deleted row is deleted too.
        yield* predict(deployment, early.slice(0, 1))
        const present = DeploymentMonitoring.listPredictionResults(deployment, { actualsPresent: true })
        assert.deepStrictEqual(yield* present, [])
      }).pipe(Effect.provide(sdk())))
  })

  describe("settings of a deployment", () => {
    it.effect("are updated key by key in a job", () =>
      Effect.gen(function*() {
        const before = yield* DeploymentSettings.get("a")
        const changed = yield* DeploymentSettings.update("a", {
          associationId: { columnNames: ["id"] },
          predictionWarning: { enabled: true, customBoundaries: { lower: 0.1, upper: 0.9 } },
          segmentAnalysis: { enabled: true, attributes: ["country"] }
        })
        assert.deepStrictEqual(changed, {
          ...before,
          associationId: { columnNames: ["id"], requiredInPredictionRequests: false, autoGenerateId: false },
          predictionWarning: { enabled: true, customBoundaries: { lower: 0.1, upper: 0.9 } },
          segmentAnalysis: { enabled: true, attributes: ["country"] }
        })
        assert.strictEqual((yield* Deployment.get("a")).settings?.predictionWarningEnabled, true)
        yield* Job.await(yield* DeploymentSettings.startUpdate("a", { humility: { enabled: true } }))
        assert.deepStrictEqual(yield* DeploymentSettings.get("a"), { ...changed, humility: { enabled: true } })
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))

    it.effect("start with the default health settings", () =>
      Effect.gen(function*() {
        const defaults = yield* DeploymentSettings.getDefaultHealthSettings("a")
        assert.deepStrictEqual(yield* DeploymentSettings.getHealthSettings("a"), defaults)
        const changed = yield* DeploymentSettings.updateHealthSettings("a", {
          dataDrift: { driftThreshold: 0.3 },
          accuracy: { metric: "AUC", warningThreshold: null, failingThreshold: -5 }
        })
        assert.deepStrictEqual(changed.dataDrift, { ...defaults.dataDrift, driftThreshold: 0.3 })
        assert.deepInclude(changed.accuracy, { metric: "AUC", failingThreshold: -5, batchCount: 1 })
        assert.deepStrictEqual(yield* DeploymentSettings.getHealthSettings("a"), changed)
        assert.deepStrictEqual(yield* DeploymentSettings.getDefaultHealthSettings("a"), defaults)
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))

    it.effect("include challenger replay, retraining and accuracy metrics", () =>
      Effect.gen(function*() {
        assert.strictEqual((yield* DeploymentSettings.getChallengerReplaySettings("a")).enabled, false)
        const replay = { enabled: true, schedule: { hour: [3], minute: [0], dayOfWeek: ["*"] } }
        assert.deepStrictEqual(yield* DeploymentSettings.updateChallengerReplaySettings("a", replay), replay)
        const unset = { dataset: null, predictionEnvironment: null, retrainingUser: null }
        assert.deepStrictEqual(yield* DeploymentSettings.getRetrainingSettings("a"), unset)
        const retraining = { datasetId: "d1", retrainingUserId: "5b00000000000000000000f1", credentialId: null }
        assert.deepStrictEqual(yield* DeploymentSettings.updateRetrainingSettings("a", retraining), {
          ...unset,
          dataset: { id: "d1", name: null },
          retrainingUser: { id: "5b00000000000000000000f1", username: "emulator@example.com" }
        })
        assert.deepStrictEqual(
          (yield* DeploymentSettings.updateRetrainingSettings("a", { datasetId: null })).dataset,
          null
        )
        assert.include(yield* DeploymentSettings.getAccuracyMetricsSettings("a"), "LogLoss")
        const metrics = ["AUC", "Rate@Top5%"]
        assert.deepStrictEqual(yield* DeploymentSettings.updateAccuracyMetricsSettings("a", metrics), metrics)
        // One of the metrics has no formula in the emulator.
        assert.deepStrictEqual(Object.keys((yield* DeploymentMonitoring.getAccuracy("a")).metrics), metrics)
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))
  })

  describe("sharing of a deployment", () => {
    it.effect("adds and removes roles, but keeps one owner", () =>
      Effect.gen(function*() {
        const [owner] = yield* Deployment.listSharedRoles("a")
        assert.strictEqual(owner?.role, "OWNER")
        yield* Deployment.updateSharedRoles("a", [
          { username: "ben@example.com", role: "USER", shareRecipientType: "user" },
          { id: "g1", role: "OBSERVER", shareRecipientType: "group", canShare: false }
        ])
        const roles = Effect.map(
          Deployment.listSharedRoles("a"),
          (all) => all.map(({ name, role }) => [name, role])
        )
        assert.deepStrictEqual((yield* roles).slice(1), [["ben@example.com", "USER"], ["g1", "OBSERVER"]])
        assert.strictEqual((yield* Deployment.listSharedRoles("a", { shareRecipientType: "group" })).length, 1)
        yield* Deployment.updateSharedRoles("a", [{ id: "g1", role: "NO_ROLE", shareRecipientType: "group" }])
        yield* Deployment.updateSharedRoles("a", [{ id: "u2", role: "OWNER", shareRecipientType: "user" }])
        const { owners } = yield* Deployment.get("a")
        assert.deepStrictEqual([owners?.count, owners?.preview.map(({ id }) => id)], [2, [owner?.id, "u2"]])
        yield* Deployment.updateSharedRoles("a", [{ id: "u2", role: "NO_ROLE", shareRecipientType: "user" }])
        const last = { id: owner?.id ?? "", role: "NO_ROLE", shareRecipientType: "user" } as const
        assert.strictEqual(yield* reasonOf(Deployment.updateSharedRoles("a", [last])), "Conflict")
        assert.strictEqual((yield* roles).length, 2)
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))

    it.effect("has capabilities that match the deployment, and says whether it chats", () =>
      Effect.gen(function*() {
        const capabilities = yield* Deployment.getCapabilities("a")
        const supported = Object.fromEntries(capabilities.map(({ name, supported }) => [name, supported]))
        const { capabilities: shown } = yield* Deployment.get("a")
        assert.deepStrictEqual<unknown>(supported, { ...shown, supports_chat_api: false })
      }).pipe(Effect.provide(sdk({ deployments: [{ id: "a" }] }))))
  })

  describe("invalid requests to deployments", () => {
    it.effect("return 404 for an unknown deployment and 422 for invalid data", () =>
      Effect.gen(function*() {
        const nothing = [
          "",
          "serviceStats/",
          "serviceStatsOverTime/",
          "modelHistory/",
          "features/",
          "capabilities/",
          "challengers/",
          "championModelPackage/",
          "settings/",
          "healthSettings/",
          "healthSettings/defaults/",
          "challengerReplaySettings/",
          "retrainingSettings/",
          "accuracyMetrics/",
          "targetDrift/",
          "featureDrift/",
          "accuracy/",
          "accuracyOverTime/",
          "predictionsOverTime/",
          "predictionResults/",
          "sharedRoles/",
          "model/secondaryDatasetConfiguration/"
        ]
        for (const route of nothing) assert.strictEqual((yield* ask(`GET deployments/x/${route}`)).status, 404, route)
        // For a nested field, only the inner one is reported.
        const settings = { predictionWarning: { customBoundaries: { lower: 2, upper: 1 } } }
        const refused = yield* ask("PATCH deployments/a/settings/", { json: settings })
        assert.deepStrictEqual(at(refused.json, "errors"), {
          "predictionWarning.customBoundaries": "must have a lower boundary below the upper one"
        })
        for (
          const route of [
            "PATCH deployments/a/status/",
            "PATCH deployments/a/",
            "PATCH deployments/a/model/",
            "PATCH deployments/a/settings/",
            "POST deployments/fromLearningModel/",
            "POST deployments/a/actuals/fromJSON/",
            "GET deployments/a/serviceStats/?start=2022-03-08T00:30:00Z",
            "GET deployments/a/serviceStats/?start=2022-03-08T02:00:00Z&end=2022-03-08T02:00:00Z",
            "GET deployments/a/serviceStats/?start=2032-03-08",
            "GET deployments/a/serviceStatsOverTime/?metric=happiness",
            "GET deployments/a/serviceStats/?executionTimeQuantile=2"
          ] as const
        ) {
          const { status, text } = yield* ask(route, route.startsWith("GET") ? {} : { json: {} })
          assert.strictEqual(status, 422, `${route}: ${text}`)
        }
      }).pipe(Effect.provide(running({ clock, deployments: [{ id: "a" }] }))))
  })

  it.effect("a deployment that is not deployed yet rejects changes that need jobs", () =>
    Effect.gen(function*() {
      const attempts = [
        Deployment.startActivate("new"),
        DeploymentSettings.startUpdate("new", { humility: { enabled: true } }),
        DeploymentModel.startReplaceModel("new", { modelPackageId, reason: "OTHER" })
      ]
      for (const attempt of attempts) {
        assert.isTrue(Either.isLeft(yield* Effect.either(attempt)))
        assert.strictEqual(yield* reasonOf(attempt), "Conflict")
      }
    }).pipe(
      Effect.provide(withSdk(running({ clock, deployDelay: "1 day", deployments: [{ id: "new", deployed: false }] })))
    ))
})
