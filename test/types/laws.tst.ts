/** The types of all operations at once: what each requires, and how it fails. */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Sdk from "effect-datarobot"
import type { DataRobot, DataRobotError } from "effect-datarobot"
import type * as Effect from "effect/Effect"
import type * as Sink from "effect/Sink"
import type * as Stream from "effect/Stream"
import { describe, expect, test } from "tstyche"
import type { OperationName } from "../laws/operations.js"

type Requirements = DataRobot | HttpClient.HttpClient
type Failure = DataRobotError.DataRobotError

/** The function of an operation's name. */
type OperationOf<Name extends OperationName> = Name extends `${infer Namespace}.${infer Member}`
  ? Namespace extends keyof typeof Sdk
    ? Member extends keyof typeof Sdk[Namespace] ? typeof Sdk[Namespace][Member] : never
  : never
  : never

/** What a function requires, and how it fails. */
type FacesOf<Operation> = Operation extends (...args: never) => infer Result
  ? Result extends Effect.Effect<infer _A, infer E, infer R> ? { readonly E: E; readonly R: R }
  : Result extends Stream.Stream<infer _A, infer E, infer R> ? { readonly E: E; readonly R: R }
  : Result extends Sink.Sink<infer _A, infer _In, infer _L, infer E, infer R> ? { readonly E: E; readonly R: R }
  : never
  : never

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false

/** The operations whose types differ from those of all others. */
type Odd<Face extends "E" | "R", Common> = {
  [Name in OperationName]: Same<FacesOf<OperationOf<Name>>[Face], Common> extends true ? never : Name
}[OperationName]

/** The last argument of a function. */
type LastOf<Operation> = Operation extends (...args: infer Args) => unknown
  ? Required<Args> extends readonly [...ReadonlyArray<unknown>, infer Last] ? Last : never
  : never

/** The operations whose last argument has a key. */
type Taking<Key extends string> = {
  [Name in OperationName]: Key extends keyof NonNullable<LastOf<OperationOf<Name>>> ? Name : never
}[OperationName]

// Its source is a stream of the caller's.
type FromStream =
  | "BatchPrediction.score"
  | "BatchPrediction.scoreRows"
  | "BatchPrediction.upload"
  | "Dataset.upload"
  | "DeploymentActuals.submitStream"
  | "Prediction.stream"
  | "Prediction.predictCsv"

// It sends nothing.
type Offline = "Prediction.chat"

describe("Every operation of every namespace", () => {
  test("requires exactly DataRobot and HttpClient, apart from the sources of streams, and what sends nothing", () => {
    expect<Odd<"R", Requirements>>().type.toBe<FromStream | Offline>()
    expect<FacesOf<OperationOf<Offline>>["R"]>().type.toBe<DataRobot>()
    expect<FacesOf<OperationOf<FromStream>>["R"]>().type.toBe<unknown>()
  })

  test("fails with exactly DataRobotError, apart from the sources of streams", () => {
    expect<Odd<"E", Failure>>().type.toBe<FromStream>()
  })

  test("has options for one call as its last argument", () => {
    expect<Exclude<OperationName, Taking<"timeout">>>().type.toBe<Offline>()
    expect<Exclude<OperationName, Taking<"attemptTimeout">>>().type.toBe<Offline>()
    expect<Exclude<OperationName, Taking<"retry">>>().type.toBe<Offline>()
    expect<Exclude<OperationName, Taking<"headers">>>().type.toBe<Offline>()
  })

  test("takes idempotent if and only if it is a prediction, or a change that is not a create, a delete or a replacement of a list", () => {
    expect<Taking<"idempotent">>().type.toBe<
      | "BatchPredictionDefinition.update"
      | "Deployment.update"
      | "Deployment.activate"
      | "Deployment.startActivate"
      | "Deployment.deactivate"
      | "Deployment.startDeactivate"
      | "Deployment.updateSharedRoles"
      | "DeploymentActuals.submit"
      | "DeploymentActuals.submitStream"
      | "DeploymentActuals.sink"
      | "DeploymentActuals.submitFromDataset"
      | "DeploymentActuals.startSubmitFromDataset"
      | "DeploymentModel.replaceModel"
      | "DeploymentModel.startReplaceModel"
      | "DeploymentModel.updateSecondaryDatasetConfig"
      | "DeploymentMonitoring.deleteMonitoringData"
      | "DeploymentMonitoring.startDeleteMonitoringData"
      | "DeploymentSettings.update"
      | "DeploymentSettings.startUpdate"
      | "DeploymentSettings.updateHealthSettings"
      | "DeploymentSettings.updateChallengerReplaySettings"
      | "DeploymentSettings.updateRetrainingSettings"
      | "ModelDeployment.update"
      | "ModelDeployment.activate"
      | "ModelDeployment.deactivate"
      | "ModelDeployment.archive"
      | "ModelPackage.archive"
      | "Prediction.predict"
      | "Prediction.stream"
      | "Prediction.predictCsv"
      | "Prediction.predictUnstructured"
      | "PredictionEnvironment.update"
    >()
  })
})
