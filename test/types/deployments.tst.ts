import type * as HttpClient from "@effect/platform/HttpClient"
import {
  type DataRobot,
  type DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  DeploymentStatus,
  Job
} from "effect-datarobot"
import type { Page } from "effect-datarobot"
import type * as DateTime from "effect/DateTime"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type * as Sink from "effect/Sink"
import type * as Stream from "effect/Stream"
import { describe, expect, test } from "tstyche"

type Requirements = DataRobot | HttpClient.HttpClient
type Answered<A> = Effect.Effect<A, DataRobotError.DataRobotError, Requirements>
type Streamed<A> = Stream.Stream<A, DataRobotError.DataRobotError, Requirements>
type Handle = DataRobotError.Handle

const id = "60a000000000000000000001"
const fromModel = { modelId: id, label: "x" }
const fromPackage = { modelPackageId: id, label: "x" }
const actual = { associationId: "a", actualValue: 1 }
const dataset = { datasetId: id, associationIdColumn: "a", actualValueColumn: "b" }
declare const deployment: Deployment.Deployment
declare const handle: Handle
declare const when: DateTime.Utc
declare const zoned: DateTime.Zoned
declare const text: string
declare const source: Stream.Stream<DeploymentActuals.Actual, "broken", "disk">

describe("The exact result, error and requirements of operations", () => {
  test("Deployment operations on one deployment", () => {
    expect(Deployment.createFromLearningModel(fromModel)).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.createFromLeaderboard(fromModel)).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.createFromModelPackage(fromPackage)).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.resume(handle)).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.get(id)).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.getOption(id)).type.toBe<Answered<Option.Option<Deployment.Deployment>>>()
    expect(Deployment.update(id, { label: "x" })).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.activate(id)).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.deactivate(id)).type.toBe<Answered<Deployment.Deployment>>()
    expect(Deployment.delete(id)).type.toBe<Answered<void>>()
  })
  test("Deployment operations on several deployments", () => {
    expect(Deployment.list()).type.toBe<Answered<ReadonlyArray<Deployment.Deployment>>>()
    expect(Deployment.stream()).type.toBe<Streamed<Deployment.Deployment>>()
    expect(Deployment.page()).type.toBe<Answered<Page<Deployment.Deployment, Deployment.ListInput>>>()
  })
  test("Deployment operations on parts of a deployment", () => {
    expect(Deployment.getServiceStats(id)).type.toBe<Answered<Deployment.ServiceStats>>()
    expect(Deployment.getServiceStatsOverTime(id)).type.toBe<Answered<Deployment.ServiceStatsOverTime>>()
    expect(Deployment.actionLog(id)).type.toBe<Answered<ReadonlyArray<Deployment.ActionLogEntry>>>()
    expect(Deployment.modelHistory(id)).type.toBe<Answered<ReadonlyArray<Deployment.ModelHistoryEntry>>>()
    expect(Deployment.getCapabilities(id)).type.toBe<Answered<ReadonlyArray<Deployment.Capability>>>()
    expect(Deployment.listSharedRoles(id)).type.toBe<Answered<ReadonlyArray<Deployment.SharedRole>>>()
    expect(Deployment.updateSharedRoles(id, [])).type.toBe<Answered<void>>()
  })
  test("start operations return a handle", () => {
    expect(Deployment.startCreateFromLearningModel(fromModel)).type.toBe<Answered<Handle>>()
    expect(Deployment.startCreateFromLeaderboard(fromModel)).type.toBe<Answered<Handle>>()
    expect(Deployment.startCreateFromModelPackage(fromPackage)).type.toBe<Answered<Handle>>()
    expect(Deployment.startActivate(id)).type.toBe<Answered<Handle>>()
    expect(Deployment.startDeactivate(id)).type.toBe<Answered<Handle>>()
    expect(DeploymentModel.startReplaceModel(id, { modelId: id, reason: "OTHER" })).type.toBe<Answered<Handle>>()
    expect(DeploymentActuals.startSubmitFromDataset(id, dataset)).type.toBe<Answered<Handle>>()
    expect(DeploymentMonitoring.startDeleteMonitoringData(id, { modelId: id })).type.toBe<Answered<Handle>>()
    expect(DeploymentSettings.startUpdate(id, {})).type.toBe<Answered<Handle>>()
  })
  test("DeploymentModel operations", () => {
    expect(DeploymentModel.getFeatures(id)).type.toBe<Answered<ReadonlyArray<DeploymentModel.Feature>>>()
    expect(DeploymentModel.listChallengers(id)).type.toBe<Answered<ReadonlyArray<DeploymentModel.Challenger>>>()
    expect(DeploymentModel.getChampionModelPackage(id)).type.toBe<Answered<DeploymentModel.ChampionModelPackage>>()
    expect(DeploymentModel.validateReplacementModel(id, { modelId: id })).type.toBe<
      Answered<DeploymentModel.ReplacementValidation>
    >()
    expect(DeploymentModel.replaceModel(id, { modelId: id, reason: "OTHER" })).type.toBe<
      Answered<Deployment.Deployment>
    >()
    expect(DeploymentModel.getSecondaryDatasetConfig(id)).type.toBe<
      Answered<DeploymentModel.SecondaryDatasetConfig>
    >()
    expect(DeploymentModel.updateSecondaryDatasetConfig(id, { secondaryDatasetConfigId: id })).type.toBe<
      Answered<DeploymentModel.SecondaryDatasetConfig>
    >()
    expect(DeploymentModel.validationOf(0)).type.toBe<DeploymentModel.ReplacementValidation | undefined>()
  })
  test("DeploymentActuals operations", () => {
    expect(DeploymentActuals.submit(id, [actual])).type.toBe<Answered<DeploymentActuals.Submitted>>()
    expect(DeploymentActuals.sink(id)).type.toBe<
      Sink.Sink<
        DeploymentActuals.Submitted,
        DeploymentActuals.Actual,
        never,
        DataRobotError.DataRobotError,
        Requirements
      >
    >()
    expect(DeploymentActuals.submitFromDataset(id, dataset)).type.toBe<Answered<void>>()
  })
  test("DeploymentActuals.submitStream adds the errors and requirements of its source", () => {
    expect(DeploymentActuals.submitStream(id, source)).type.toBe<
      Stream.Stream<DeploymentActuals.Submitted, "broken" | DataRobotError.DataRobotError, "disk" | Requirements>
    >()
  })
  test("DeploymentMonitoring operations", () => {
    expect(DeploymentMonitoring.getTargetDrift(id)).type.toBe<Answered<DeploymentMonitoring.TargetDrift>>()
    expect(DeploymentMonitoring.getFeatureDrift(id)).type.toBe<
      Answered<ReadonlyArray<DeploymentMonitoring.FeatureDrift>>
    >()
    expect(DeploymentMonitoring.getAccuracy(id)).type.toBe<Answered<DeploymentMonitoring.Accuracy>>()
    expect(DeploymentMonitoring.getAccuracyOverTime(id)).type.toBe<
      Answered<DeploymentMonitoring.AccuracyOverTime>
    >()
    expect(DeploymentMonitoring.getPredictionsOverTime(id)).type.toBe<
      Answered<DeploymentMonitoring.PredictionsOverTime>
    >()
    expect(DeploymentMonitoring.listPredictionResults(id)).type.toBe<
      Answered<ReadonlyArray<DeploymentMonitoring.PredictionResult>>
    >()
    expect(DeploymentMonitoring.streamPredictionResults(id)).type.toBe<
      Streamed<DeploymentMonitoring.PredictionResult>
    >()
    expect(DeploymentMonitoring.deleteMonitoringData(id, { modelId: id })).type.toBe<Answered<void>>()
  })
  test("DeploymentSettings operations", () => {
    expect(DeploymentSettings.get(id)).type.toBe<Answered<DeploymentSettings.Settings>>()
    expect(DeploymentSettings.update(id, {})).type.toBe<Answered<DeploymentSettings.Settings>>()
    expect(DeploymentSettings.getHealthSettings(id)).type.toBe<Answered<DeploymentSettings.HealthSettings>>()
    expect(DeploymentSettings.getDefaultHealthSettings(id)).type.toBe<Answered<DeploymentSettings.HealthSettings>>()
    expect(DeploymentSettings.updateHealthSettings(id, {})).type.toBe<Answered<DeploymentSettings.HealthSettings>>()
    expect(DeploymentSettings.getChallengerReplaySettings(id)).type.toBe<
      Answered<DeploymentSettings.ChallengerReplaySettings>
    >()
    expect(DeploymentSettings.updateChallengerReplaySettings(id, { enabled: true })).type.toBe<
      Answered<DeploymentSettings.ChallengerReplaySettings>
    >()
    expect(DeploymentSettings.getRetrainingSettings(id)).type.toBe<Answered<DeploymentSettings.RetrainingSettings>>()
    expect(DeploymentSettings.updateRetrainingSettings(id, {})).type.toBe<
      Answered<DeploymentSettings.RetrainingSettings>
    >()
    expect(DeploymentSettings.getAccuracyMetricsSettings(id)).type.toBe<Answered<ReadonlyArray<string>>>()
    expect(DeploymentSettings.updateAccuracyMetricsSettings(id, ["AUC"])).type.toBe<Answered<ReadonlyArray<string>>>()
  })
  test("Job operations", () => {
    expect(Job.await(id)).type.toBe<Answered<Job.Resource | undefined>>()
    expect(Job.resume(handle)).type.toBe<Answered<Job.Resource | undefined>>()
    expect(Job.progress(id)).type.toBe<Streamed<Job.JobState>>()
    expect(Job.list()).type.toBe<Answered<ReadonlyArray<Job.JobState>>>()
    expect(Job.cancel(id)).type.toBe<Answered<void>>()
  })
})

describe("The arguments of operations", () => {
  test("a deployment is given by its id, or by an object with an id", () => {
    expect(Deployment.get).type.toBeCallableWith(id)
    expect(Deployment.get).type.toBeCallableWith(deployment)
    expect(DeploymentModel.listChallengers).type.toBeCallableWith(deployment)
    expect(DeploymentSettings.get).type.toBeCallableWith({ id })
    expect(Deployment.get).type.not.toBeCallableWith()
    expect(Deployment.get).type.not.toBeCallableWith(1)
    expect(Deployment.get).type.not.toBeCallableWith({ id: 1 })
    expect(DeploymentSettings.get).type.not.toBeCallableWith(null)
  })

  test("a job is given by its id, a handle, or the JSON of a handle", () => {
    expect(Job.await).type.toBeCallableWith("s1")
    expect(Job.await).type.toBeCallableWith(handle)
    expect(Job.cancel).type.toBeCallableWith(handle)
    expect(Deployment.resume).type.toBeCallableWith(handle, { timeout: "1 hour" }, { retry: false })
    expect(Job.resume).type.toBeCallableWith(text)
    expect(Job.resume).type.toBeCallableWith(handle)
    expect(Job.resume).type.not.toBeCallableWith(1)
    expect(Job.resume).type.not.toBeCallableWith({ kind: "status" })
    expect(Job.await).type.not.toBeCallableWith(1)
    expect(Job.await).type.not.toBeCallableWith("s1", { timeuot: 1 })
  })

  test("a create requires a model or a model package, and a label", () => {
    expect(Deployment.createFromLearningModel).type.toBeCallableWith({
      ...fromModel,
      status: "inactive",
      importance: "LOW",
      predictionThreshold: 0.5
    })
    expect(Deployment.createFromLearningModel).type.toBeCallableWith({ ...fromModel, description: undefined })
    expect(Deployment.createFromModelPackage).type.toBeCallableWith({
      ...fromPackage,
      predictionEnvironmentId: id,
      runtimeParameterValues: [{ fieldName: "a", type: "numeric", value: 1 }],
      additionalMetadata: [{ key: "a", value: "b" }]
    })
    expect(Deployment.createFromLearningModel).type.not.toBeCallableWith({ modelId: id })
    expect(Deployment.createFromLearningModel).type.not.toBeCallableWith(fromPackage)
    expect(Deployment.createFromLearningModel).type.not.toBeCallableWith({ ...fromModel, lable: "x" })
    expect(Deployment.createFromLearningModel).type.not.toBeCallableWith({ ...fromModel, status: "archived" })
    expect(Deployment.createFromLearningModel).type.not.toBeCallableWith({ ...fromModel, importance: "low" })
    expect(Deployment.createFromLearningModel).type.not.toBeCallableWith({ ...fromModel, description: null })
    expect(Deployment.createFromModelPackage).type.not.toBeCallableWith(fromModel)
    expect(Deployment.createFromModelPackage).type.not.toBeCallableWith({ ...fromPackage, predictionThreshold: 0.5 })
  })

  test("only changes that are not safe to repeat accept idempotent, and creates do not", () => {
    expect(Deployment.update).type.toBeCallableWith(id, { label: "x" }, { idempotent: true })
    expect(Deployment.startActivate).type.toBeCallableWith(id, { idempotent: true })
    expect(DeploymentActuals.submit).type.toBeCallableWith(id, [actual], { idempotent: true })
    expect(Deployment.createFromLearningModel).type.not.toBeCallableWith(fromModel, { idempotent: true })
    expect(Deployment.startCreateFromLearningModel).type.not.toBeCallableWith(fromModel, { idempotent: true })
    expect(Deployment.get).type.not.toBeCallableWith(id, { idempotent: true })
    expect(Deployment.delete).type.not.toBeCallableWith(id, {}, { idempotent: true })
    expect(DeploymentModel.validateReplacementModel).type.not.toBeCallableWith(id, { modelId: id }, {
      idempotent: true
    })
    expect(DeploymentSettings.updateAccuracyMetricsSettings).type.not.toBeCallableWith(id, ["AUC"], {
      idempotent: true
    })
  })

  test("only operations that wait for a job accept wait options", () => {
    const options = { wait: { timeout: "1 hour", interval: 5 } } as const
    expect(Deployment.createFromModelPackage).type.toBeCallableWith(fromPackage, options)
    expect(Deployment.activate).type.toBeCallableWith(id, options)
    expect(DeploymentModel.replaceModel).type.toBeCallableWith(id, { modelId: id, reason: "OTHER" }, options)
    expect(DeploymentActuals.submit).type.toBeCallableWith(id, [actual], options)
    expect(DeploymentActuals.submitFromDataset).type.toBeCallableWith(id, dataset, options)
    expect(DeploymentMonitoring.deleteMonitoringData).type.toBeCallableWith(id, { modelId: id }, options)
    expect(DeploymentSettings.update).type.toBeCallableWith(id, {}, options)
    expect(Deployment.startActivate).type.not.toBeCallableWith(id, options)
    expect(Deployment.startCreateFromModelPackage).type.not.toBeCallableWith(fromPackage, options)
    expect(Deployment.update).type.not.toBeCallableWith(id, { label: "x" }, options)
    expect(Deployment.get).type.not.toBeCallableWith(id, options)
    expect(DeploymentSettings.startUpdate).type.not.toBeCallableWith(id, {}, options)
    expect(DeploymentSettings.updateHealthSettings).type.not.toBeCallableWith(id, {}, options)
  })

  test("a listing accepts its own orders only", () => {
    expect(Deployment.list).type.toBeCallableWith({ orderBy: "label" })
    expect(Deployment.list).type.toBeCallableWith({ orderBy: "-lastPredictionTimestamp" })
    expect(DeploymentModel.getFeatures).type.toBeCallableWith(id, { orderBy: "-importance" })
    expect(Deployment.list).type.not.toBeCallableWith({ orderBy: "+label" })
    expect(Deployment.list).type.not.toBeCallableWith({ orderBy: "createdAt" })
    expect(Deployment.list).type.not.toBeCallableWith({ orderBy: text })
    expect(DeploymentModel.getFeatures).type.not.toBeCallableWith(id, { orderBy: "featureType" })
  })

  test("a filter accepts one value or a list", () => {
    expect(Deployment.list).type.toBeCallableWith({ status: "active", importance: ["LOW", "HIGH"] })
    expect(Deployment.list).type.toBeCallableWith({
      status: [DeploymentStatus.ERRORED],
      tagKeys: ["a"],
      createdBy: "u"
    })
    expect(Deployment.list).type.toBeCallableWith({ serviceHealth: ["failing", "warning"], modelHealth: "unknown" })
    expect(Deployment.list).type.not.toBeCallableWith({ status: "Active" })
    expect(Deployment.list).type.not.toBeCallableWith({ status: ["active", "gone"] })
    expect(Deployment.list).type.not.toBeCallableWith({ serviceHealth: "failing,warning" })
    expect(Deployment.list).type.not.toBeCallableWith({ role: ["OWNER"] })
    expect(Deployment.list).type.not.toBeCallableWith({ projectId: id })
    expect(Deployment.list).type.not.toBeCallableWith({ createdByMe: "true" })
  })

  test("only a stream accepts prefetch and concurrency", () => {
    expect(Deployment.stream).type.toBeCallableWith({ prefetch: 1, concurrency: 2 })
    expect(DeploymentMonitoring.streamPredictionResults).type.toBeCallableWith(id, { prefetch: 1, concurrency: 2 })
    expect(Deployment.stream).type.not.toBeCallableWith({ prefetch: true })
    expect(Deployment.list).type.not.toBeCallableWith({ prefetch: 1 })
    expect(Deployment.page).type.not.toBeCallableWith({ concurrency: 1 })
    expect(DeploymentMonitoring.listPredictionResults).type.not.toBeCallableWith(id, { prefetch: 1 })
  })

  test("only a stream accepts pageSize", () => {
    expect(Deployment.stream).type.toBeCallableWith({ pageSize: 5, limit: 7 })
    expect(Deployment.list).type.not.toBeCallableWith({ pageSize: 5 })
    expect(Deployment.page).type.not.toBeCallableWith({ pageSize: 5 })
  })

  test("an update accepts label, description and importance", () => {
    expect(Deployment.update).type.toBeCallableWith(id, { label: "x", description: "", importance: "HIGH" })
    expect(Deployment.update).type.not.toBeCallableWith(id)
    expect(Deployment.update).type.not.toBeCallableWith(id, { status: "active" })
    expect(Deployment.update).type.not.toBeCallableWith(id, { description: null })
  })

  test("a time is a string, a Date or a DateTime, under the SDK's own names", () => {
    expect(Deployment.getServiceStats).type.toBeCallableWith(id, { startTime: "2022-03-01", endTime: new Date() })
    expect(DeploymentMonitoring.getAccuracy).type.toBeCallableWith(id, { startTime: when, endTime: zoned })
    expect(Deployment.list).type.toBeCallableWith({ lastPredictionTimestampStart: when })
    expect(Deployment.getServiceStats).type.not.toBeCallableWith(id, { start: "2022-03-01" })
    expect(DeploymentMonitoring.getAccuracy).type.not.toBeCallableWith(id, { startTime: 0 })
  })

  test("each operation accepts its own metrics only", () => {
    expect(Deployment.getServiceStatsOverTime).type.toBeCallableWith(id, { metric: "peakLoad", bucketSize: "P1D" })
    expect(DeploymentMonitoring.getTargetDrift).type.toBeCallableWith(id, { metric: "kl_divergence" })
    expect(DeploymentMonitoring.getAccuracyOverTime).type.toBeCallableWith(id, { metric: "Rate@Top5%" })
    expect(Deployment.getServiceStatsOverTime).type.not.toBeCallableWith(id, { metric: "psi" })
    expect(DeploymentMonitoring.getFeatureDrift).type.not.toBeCallableWith(id, { metric: "PSI" })
    expect(DeploymentMonitoring.getPredictionsOverTime).type.not.toBeCallableWith(id, { metric: "psi" })
  })

  test("deleteMonitoringData requires a model", () => {
    expect(DeploymentMonitoring.deleteMonitoringData).type.toBeCallableWith(id, { modelId: id, endTime: when })
    expect(DeploymentMonitoring.deleteMonitoringData).type.not.toBeCallableWith(id, {})
    expect(DeploymentMonitoring.deleteMonitoringData).type.not.toBeCallableWith(id)
  })

  test("a candidate is a model package or a model, and a replacement requires a reason", () => {
    expect(DeploymentModel.validateReplacementModel).type.toBeCallableWith(id, { modelId: id })
    expect(DeploymentModel.validateReplacementModel).type.toBeCallableWith(id, { modelPackageId: id })
    expect(DeploymentModel.replaceModel).type.toBeCallableWith(id, { modelPackageId: id, reason: "DATA_DRIFT" })
    expect(DeploymentModel.validateReplacementModel).type.not.toBeCallableWith(id, { modelPackage: id })
    expect(DeploymentModel.validateReplacementModel).type.not.toBeCallableWith(id, { modelId: id, reason: "OTHER" })
    expect(DeploymentModel.replaceModel).type.not.toBeCallableWith(id, { modelPackageId: id })
    expect(DeploymentModel.replaceModel).type.not.toBeCallableWith(id, { modelPackageId: id, reason: "Accuracy" })
    expect(DeploymentModel.replaceModel).type.not.toBeCallableWith(id, { modelPackageId: null, reason: "OTHER" })
  })

  test("a shared role requires an id or a username", () => {
    const role = { role: "USER", shareRecipientType: "user" } as const
    expect(Deployment.updateSharedRoles).type.toBeCallableWith(id, [{ ...role, id }, { ...role, username: "ana" }])
    expect(Deployment.updateSharedRoles).type.toBeCallableWith(id, [{ ...role, id, role: "NO_ROLE", canShare: true }])
    expect(Deployment.updateSharedRoles).type.not.toBeCallableWith(id, [role])
    expect(Deployment.updateSharedRoles).type.not.toBeCallableWith(id, [{ ...role, id: 1 }])
    expect(Deployment.updateSharedRoles).type.not.toBeCallableWith(id, [{ ...role, id, role: "BOSS" }])
    expect(Deployment.updateSharedRoles).type.not.toBeCallableWith(id, [{ ...role, id, shareRecipientType: "robot" }])
    expect(Deployment.updateSharedRoles).type.not.toBeCallableWith(id, { ...role, id })
  })

  test("an actual value is a number or a string, with an association id", () => {
    expect(DeploymentActuals.submit).type.toBeCallableWith(id, new Set([{ ...actual, timestamp: when }]))
    expect(DeploymentActuals.submit).type.toBeCallableWith(id, [{ ...actual, actualValue: "yes", wasActedOn: true }])
    expect(DeploymentActuals.submit).type.not.toBeCallableWith(id, [{ associationId: "a" }])
    expect(DeploymentActuals.submit).type.not.toBeCallableWith(id, [{ ...actual, actualValue: true }])
    expect(DeploymentActuals.submit).type.not.toBeCallableWith(id, [{ ...actual, associationId: 1 }])
    expect(DeploymentActuals.submit).type.not.toBeCallableWith(id, actual)
    expect(DeploymentActuals.submitFromDataset).type.not.toBeCallableWith(id, { datasetId: id })
  })

  test("settings may be partial, but unknown keys are rejected", () => {
    expect(DeploymentSettings.update).type.toBeCallableWith(id, { humility: { enabled: true } })
    expect(DeploymentSettings.update).type.toBeCallableWith(id, { associationId: { columnNames: null } })
    expect(DeploymentSettings.updateHealthSettings).type.toBeCallableWith(id, { service: { batchCount: 10_000 } })
    expect(DeploymentSettings.updateRetrainingSettings).type.toBeCallableWith(id, { datasetId: null })
    expect(DeploymentSettings.update).type.not.toBeCallableWith(id, { humility: {} })
    expect(DeploymentSettings.update).type.not.toBeCallableWith(id, { humility: { enabled: "true" } })
    expect(DeploymentSettings.update).type.not.toBeCallableWith(id, { humbleAi: { enabled: true } })
    expect(DeploymentSettings.update).type.not.toBeCallableWith(id, {
      predictionWarning: { customBoundaries: { lower: 1 } }
    })
    expect(DeploymentSettings.updateHealthSettings).type.not.toBeCallableWith(id, { service: { batchCount: 7 } })
    expect(DeploymentSettings.updateChallengerReplaySettings).type.not.toBeCallableWith(id, {})
    expect(DeploymentSettings.updateAccuracyMetricsSettings).type.not.toBeCallableWith(id, "AUC")
  })
})

describe("The results of operations", () => {
  test("dates are DateTime.Utc", () => {
    expect<Deployment.Deployment["createdAt"]>().type.toBe<DateTime.Utc | null | undefined>()
    expect<Job.JobState["created"]>().type.toBe<DateTime.Utc | null | undefined>()
    expect<DeploymentMonitoring.Period["start"]>().type.toBe<DateTime.Utc | null | undefined>()
  })

  test("nullable and optional fields are typed as such", () => {
    expect<Deployment.Deployment["label"]>().type.toBe<string | null | undefined>()
    expect<Deployment.Deployment["model"]>().type.toBe<Deployment.Model | null | undefined>()
    expect<Deployment.Deployment["modelPackage"]>().type.toBe<Deployment.ModelPackage | null | undefined>()
    expect<Deployment.Deployment["permissions"]>().type.toBe<ReadonlyArray<string>>()
    expect<Deployment.PredictionServer["datarobotKey"]>().type.toBe<Redacted.Redacted | undefined>()
    expect<Deployment.ServiceStats["metrics"]["peakLoad"]>().type.toBe<number | null | undefined>()
    expect<DeploymentMonitoring.TargetDrift["driftScore"]>().type.toBe<number | null | undefined>()
    expect<Job.JobState["resource"]>().type.toBe<Job.Resource | undefined>()
    expect<DeploymentActuals.Submitted>().type.toBe<{ readonly actuals: number; readonly requests: number }>()
  })

  test("an enum field suggests the known values and accepts others", () => {
    expect<"active">().type.toBeAssignableTo<Deployment.Deployment["status"]>()
    expect<string>().type.toBeAssignableTo<Deployment.Deployment["status"]>()
    expect<number>().type.not.toBeAssignableTo<Deployment.Deployment["status"]>()
    expect<string>().type.toBeAssignableTo<DeploymentModel.ReplacementValidation["status"]>()
    expect<string>().type.not.toBeAssignableTo<Deployment.DeploymentStatus>()
  })

  test("DeploymentStatus has all known values", () => {
    expect<DeploymentStatus>().type.toBe<
      "active" | "inactive" | "stopping" | "launching" | "archived" | "replacingModel" | "errored"
    >()
    expect(DeploymentStatus.REPLACING_MODEL).type.toBe<"replacingModel">()
  })

  test("undocumented fields are unknown", () => {
    expect<Deployment.ModelHistoryEntry>().type.toBe<{ readonly [x: string]: unknown }>()
    expect<DeploymentModel.Challenger["anything"]>().type.toBe<unknown>()
    expect<DeploymentModel.Challenger["id"]>().type.toBe<string>()
  })

  test("fields are read-only", () => {
    expect(() => {
      // @ts-expect-error Cannot assign to 'label' because it is a read-only property.
      deployment.label = "x"
    }).type.toBe<() => void>()
  })
})
