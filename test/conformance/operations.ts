/** Maps the operations of the table to those of the SDK. */
import type * as HttpClient from "@effect/platform/HttpClient"
import {
  BatchPrediction,
  BatchPredictionDefinition,
  Credential,
  DataRobot,
  type DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  ModelDeployment,
  ModelPackage,
  Prediction,
  PredictionEnvironment,
  PredictionServer,
  RegisteredModel
} from "effect-datarobot"
import type { ConnectionOptions, RetryOptions } from "effect-datarobot/DataRobot"
import type { JobUpdateOptions } from "effect-datarobot/Deployment"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Struct from "effect/Struct"
import { untyped } from "../support.js"
import type { Outcome } from "./outcome.js"
import type { Options } from "./table.js"

type Requirements = DataRobot | HttpClient.HttpClient
type Run = Effect.Effect<Outcome, never, Requirements>

/** JSON of the table. It is passed unchecked, because some rows pass invalid values that the SDK must reject. */
type Arguments = Readonly<Record<string, unknown>>

/** Options of the call. Options of the connection are set on the layer. */
type CallOptions = JobUpdateOptions

const call = <A>(operation: Effect.Effect<A, DataRobotError.DataRobotError, Requirements>): Run =>
  Effect.map(Effect.either(operation), (end) => ({ end }))

const collect = <A>(stream: Stream.Stream<A, DataRobotError.DataRobotError, Requirements>): Run =>
  Effect.suspend(() => {
    const items: Array<A> = []
    return Stream.runForEach(stream, (item) => Effect.sync(() => items.push(item))).pipe(
      Effect.as(items),
      Effect.either,
      Effect.map((end) => ({ end, items }))
    )
  })

/** Reads a file as a text. */
const text = (file: Stream.Stream<Uint8Array, DataRobotError.DataRobotError, Requirements>): Run =>
  call(Effect.map(Stream.mkString(Stream.decodeText(file)), (whole) => whole))

/** The SDK's operation for each name in the table. */
export const operations: Readonly<Record<string, (args: Arguments, options: CallOptions) => Run>> = {
  "modelDeployments.create": (args, options) => call(ModelDeployment.create(untyped(args), options)),
  "modelDeployments.list": (args, options) => call(ModelDeployment.list(untyped(args), options)),
  "modelDeployments.stream": (args, options) => collect(ModelDeployment.stream(untyped(args), options)),
  "modelDeployments.page": (args, options) => call(ModelDeployment.page(untyped(args), options)),
  "modelDeployments.get": ({ id }, options) => call(ModelDeployment.get(untyped(id), options)),
  "modelDeployments.find": ({ id }, options) => call(ModelDeployment.getOption(untyped(id), options)),
  "modelDeployments.update": ({ id, ...rest }, options) =>
    call(ModelDeployment.update(untyped(id), untyped(rest), options)),
  "modelDeployments.activate": ({ id }, options) => call(ModelDeployment.activate(untyped(id), options)),
  "modelDeployments.deactivate": ({ id }, options) => call(ModelDeployment.deactivate(untyped(id), options)),
  "modelDeployments.archive": ({ id }, options) => call(ModelDeployment.archive(untyped(id), options)),
  "modelDeployments.serviceStats": ({ end, id, start }, options) =>
    call(
      ModelDeployment.getServiceStatistics(untyped(id), { startDate: untyped(start), endDate: untyped(end) }, options)
    ),
  "modelDeployments.actionLog": ({ id, ...rest }, options) =>
    call(ModelDeployment.actionLog(untyped(id), untyped(rest), options)),
  "modelDeployments.awaitDeployed": ({ id }, { wait, ...options }) =>
    call(ModelDeployment.awaitDeployed(untyped(id), wait, options)),

  "deployments.createFromLearningModel": (args, options) =>
    call(Deployment.createFromLearningModel(untyped(args), options)),
  "deployments.createFromModelPackage": (args, options) =>
    call(Deployment.createFromModelPackage(untyped(args), options)),
  "deployments.createFromCustomModelVersion": (args, options) =>
    call(Deployment.createFromCustomModelVersion(untyped(args), options)),
  "deployments.startCreateFromModelPackage": (args, options) =>
    call(Deployment.startCreateFromModelPackage(untyped(args), options)),
  "deployments.list": (args, options) => call(Deployment.list(untyped(args), options)),
  "deployments.stream": (args, options) => collect(Deployment.stream(untyped(args), options)),
  "deployments.page": (args, options) => call(Deployment.page(untyped(args), options)),
  "deployments.get": ({ id }, options) => call(Deployment.get(untyped(id), options)),
  "deployments.update": ({ id, ...rest }, options) => call(Deployment.update(untyped(id), untyped(rest), options)),
  "deployments.activate": ({ id }, options) => call(Deployment.activate(untyped(id), options)),
  "deployments.deactivate": ({ id }, options) => call(Deployment.deactivate(untyped(id), options)),
  "deployments.startActivate": ({ id }, options) => call(Deployment.startActivate(untyped(id), options)),
  "deployments.delete": ({ id, ...rest }, options) => call(Deployment.delete(untyped(id), untyped(rest), options)),
  "deployments.capabilities": ({ id }, options) => call(Deployment.getCapabilities(untyped(id), options)),
  "deployments.serviceStats": ({ end, id, start, ...others }, options) =>
    call(Deployment.getServiceStats(untyped(id), untyped({ ...others, startTime: start, endTime: end }), options)),
  "deployments.sharedRoles": ({ id, ...rest }, options) =>
    call(Deployment.listSharedRoles(untyped(id), untyped(rest), options)),
  "deployments.share": ({ id, roles }, options) =>
    call(Deployment.updateSharedRoles(untyped(id), untyped(roles), options)),
  "deployments.resume": ({ job }, { wait, ...options }) => call(Deployment.resume(untyped(job), wait, options)),
  "deployments.replaceModel": ({ id, ...rest }, options) =>
    call(DeploymentModel.replaceModel(untyped(id), untyped(rest), options)),
  "deployments.startReplaceModel": ({ id, ...rest }, options) =>
    call(DeploymentModel.startReplaceModel(untyped(id), untyped(rest), options)),
  "deployments.validateReplacement": ({ id, ...rest }, options) =>
    call(DeploymentModel.validateReplacementModel(untyped(id), untyped(rest), options)),
  "deployments.submitActuals": ({ actuals, id, keepActualsWithoutPredictions }, options) =>
    call(
      DeploymentActuals.submit(untyped(id), untyped(actuals), {
        ...options,
        keepActualsWithoutPredictions: untyped(keepActualsWithoutPredictions)
      })
    ),
  "deployments.settings": ({ id }, options) => call(DeploymentSettings.get(untyped(id), options)),
  "deployments.updateSettings": ({ id, settings }, options) =>
    call(DeploymentSettings.update(untyped(id), untyped(settings), options)),
  "deployments.retrainingSettings": ({ id }, options) =>
    call(DeploymentSettings.getRetrainingSettings(untyped(id), options)),
  "deployments.setAccuracyMetrics": ({ id, metrics }, options) =>
    call(DeploymentSettings.updateAccuracyMetricsSettings(untyped(id), untyped(metrics), options)),
  "deployments.targetDrift": ({ end, id, start, ...others }, options) =>
    call(
      DeploymentMonitoring.getTargetDrift(untyped(id), untyped({ ...others, startTime: start, endTime: end }), options)
    ),
  "deployments.deleteMonitoringData": ({ end, id, start, ...others }, options) =>
    call(
      DeploymentMonitoring.deleteMonitoringData(
        untyped(id),
        untyped({ ...others, startTime: start, endTime: end }),
        options
      )
    ),

  "service.verify": (_, options) => call(DataRobot.verify(options)),
  "credentials.list": (args, options) => call(Credential.list(untyped(args), options)),
  "predictionServers.list": (args, options) => call(PredictionServer.list(untyped(args), options)),
  "predictionEnvironments.list": (args, options) => call(PredictionEnvironment.list(untyped(args), options)),
  "predictionEnvironments.get": ({ id }, options) => call(PredictionEnvironment.get(untyped(id), options)),
  "predictionEnvironments.create": (args, options) => call(PredictionEnvironment.create(untyped(args), options)),
  "predictionEnvironments.update": ({ id, ...rest }, options) =>
    call(PredictionEnvironment.update(untyped(id), untyped(rest), options)),
  "predictionEnvironments.delete": ({ id }, options) => call(PredictionEnvironment.delete(untyped(id), options)),
  "registeredModels.list": (args, options) => call(RegisteredModel.list(untyped(args), options)),
  "registeredModels.get": ({ id }, options) => call(RegisteredModel.get(untyped(id), options)),
  "registeredModels.versions": ({ id, ...rest }, options) =>
    call(RegisteredModel.listVersions(untyped(id), untyped(rest), options)),
  "registeredModels.version": ({ id, version }, options) =>
    call(RegisteredModel.getVersion(untyped(id), untyped(version), options)),
  "modelPackages.list": (args, options) => call(ModelPackage.list(untyped(args), options)),
  "modelPackages.get": ({ id }, options) => call(ModelPackage.get(untyped(id), options)),
  "modelPackages.createFromLearningModel": (args, options) =>
    call(ModelPackage.createFromLearningModel(untyped(args), options)),
  "modelPackages.createFromCustomModelVersion": (args, options) =>
    call(ModelPackage.createFromCustomModelVersion(untyped(args), options)),
  "modelPackages.archive": ({ id }, options) => call(ModelPackage.archive(untyped(id), options)),

  "predictions.predict": ({ id, rows, ...rest }, options) =>
    call(Prediction.predict(untyped(id), untyped(rows), { ...Struct.omit(options, "wait"), ...rest })),

  "batchPredictions.create": (args, options) => call(BatchPrediction.create(untyped(args), options)),
  "batchPredictions.get": ({ job }, options) => call(BatchPrediction.get(untyped(job), options)),
  "batchPredictions.list": (args, options) => call(BatchPrediction.list(untyped(args), options)),
  "batchPredictions.await": ({ job }, { wait, ...options }) => call(BatchPrediction.await(untyped(job), wait, options)),
  "batchPredictions.progress": ({ job }, { wait, ...options }) =>
    collect(BatchPrediction.progress(untyped(job), wait, options)),
  "batchPredictions.cancel": ({ job }, options) => call(BatchPrediction.cancel(untyped(job), options)),
  "batchPredictions.upload": ({ csv, job }, options) =>
    call(BatchPrediction.upload(untyped(job), untyped(csv), Struct.omit(options, "wait"))),
  "batchPredictions.download": ({ job }, options) => text(BatchPrediction.download(untyped(job), options)),
  "batchDefinitions.create": (args, options) => call(BatchPredictionDefinition.create(untyped(args), options)),
  "batchDefinitions.get": ({ id }, options) => call(BatchPredictionDefinition.get(untyped(id), options)),
  "batchDefinitions.list": (args, options) => call(BatchPredictionDefinition.list(untyped(args), options)),
  "batchDefinitions.update": ({ id, ...rest }, options) =>
    call(BatchPredictionDefinition.update(untyped(id), untyped(rest), options)),
  "batchDefinitions.delete": ({ id }, options) => call(BatchPredictionDefinition.delete(untyped(id), options)),
  "batchDefinitions.run": ({ id }, options) => call(BatchPredictionDefinition.run(untyped(id), options)),

  "jobs.list": (args, options) => call(Job.list(untyped(args), options)),
  "jobs.await": ({ job }, { wait, ...options }) => call(Job.await(untyped(job), wait, options)),
  "jobs.progress": ({ job }, { wait, ...options }) => collect(Job.progress(untyped(job), wait, options)),
  "jobs.cancel": ({ job }, options) => call(Job.cancel(untyped(job), options))
}

const given = <Value>(key: string, value: Value | undefined) => value === undefined ? {} : { [key]: value }

/** The connection options for a row's options. */
export const connectionOptions = (options: Options): Partial<ConnectionOptions> => {
  const retry: RetryOptions = {
    ...given("maxAttempts", options.maxAttempts),
    ...given("baseDelay", options.baseDelayMillis),
    ...given("maxDelay", options.maxDelayMillis),
    ...given("throttledBaseDelay", options.throttledBaseDelayMillis),
    ...given("throttledMaxDelay", options.throttledMaxDelayMillis),
    ...given("maxRetryAfter", options.maxRetryAfterMillis)
  }
  return {
    retry: options.retry ?? retry,
    ...given("timeout", options.timeoutMillis),
    ...given("attemptTimeout", options.attemptTimeoutMillis),
    ...given("headers", options.headers),
    ...given("maxPages", options.maxPages),
    ...given("tokenType", options.tokenType)
  }
}

/** The call options for a row's options. */
export const callOptions = ({ idempotent, waitIntervalMillis, waitTimeoutMillis }: Options): CallOptions => ({
  ...given("idempotent", idempotent),
  wait: { ...given("timeout", waitTimeoutMillis), ...given("interval", waitIntervalMillis ?? undefined) }
})
