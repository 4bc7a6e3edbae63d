/**
 * The models of a deployment: the champion, which makes the predictions, and the challengers, which are compared with
 * it. Also replaces the champion.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import { catchReason, DataRobotApiError, type DataRobotError, type Handle, isApiError } from "./DataRobotError.js"
import { downloadBuilt } from "./internal/protocols/build.js"
import { begin, changeAndRead } from "./internal/protocols/change.js"
import { download, jarFile, modelPackageFile } from "./internal/protocols/download.js"
import { awaitJob } from "./internal/protocols/job.js"
import * as Listing from "./internal/protocols/listing.js"
import { done, ended, pending, poll, waitIssues, waitMillis } from "./internal/protocols/poll.js"
import { decodeJson } from "./internal/reading/decoder.js"
import { afterChange } from "./internal/request/errorChanges.js"
import { input } from "./internal/request/input.js"
import { monotonicMillis } from "./internal/request/monotonic.js"
import { type Operation, operation, type Requirements } from "./internal/request/operation.js"
import type { FileJobOptions, JobUpdateOptions, RequestOptions, UpdateOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { ask, read } from "./internal/request/read.js"
import { decode } from "./internal/request/send.js"
import { run } from "./internal/request/tracing.js"
import type { Deployment } from "./wire/deployment.js"
import {
  type CandidateInput,
  type Challenger,
  type ChampionModelPackage,
  type Feature,
  type FeaturesInput,
  type ModelPackageFileInput,
  type ReplacementInput,
  ReplacementValidation,
  type ScoringCodeInput,
  type SecondaryDatasetConfig,
  type SecondaryDatasetConfigInput
} from "./wire/deploymentModel.js"
import * as Routes from "./wire/routes/deploymentModels.js"
import { get as getDeployment } from "./wire/routes/deployments.js"
import { isRecord, oneLine } from "./wire/text.js"

export type {
  FileJobOptions,
  FileOptions,
  JobUpdateOptions,
  UpdateOptions,
  WaitOptions
} from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export {
  type CandidateInput,
  Challenger,
  ChampionModelPackage,
  Feature,
  type FeaturesInput,
  type ModelPackageFileInput,
  type ReplacementInput,
  type ReplacementReason,
  ReplacementValidation,
  type ScoringCodeInput,
  SecondaryDatasetConfig,
  type SecondaryDatasetConfigInput
} from "./wire/deploymentModel.js"
export type { Paging } from "./wire/fields.js"
export type { RuntimeParameterValue } from "./wire/runtimeParameterValue.js"

/**
 * Returns the features of the deployed model: all that match, or the first `limit` of them. `importance` is a share, 0
 * to 1.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/features/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const important = DeploymentModel.getFeatures("60a000000000000000000001", { orderBy: "-importance", limit: 5 })
 *   .pipe(
 *     Effect.map((features) => features.map(({ importance, name }) => `${name}: ${importance}`))
 *   )
 */
export const getFeatures = (
  deployment: Ref,
  features: FeaturesInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Feature>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("DeploymentModel.getFeatures", options), Routes.features, { id: deployment }, features)

/**
 * Returns the challengers: the models that are compared with the deployed one.
 *
 * Errors: `NotFound` if the deployment does not exist. `Forbidden` if the account has no challengers.
 *
 * `GET deployments/{id}/challengers/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const ids = Effect.map(
 *   DeploymentModel.listChallengers("60a000000000000000000001"),
 *   (challengers) => challengers.map(({ id }) => id)
 * )
 */
export const listChallengers = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Challenger>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    read(operation("DeploymentModel.listChallengers", options), Routes.challengers, { id: deployment }),
    ({ data }) => data
  )

/**
 * Returns the model package that is deployed.
 *
 * Errors: `NotFound` if the deployment does not exist, or has no model package.
 *
 * `GET deployments/{id}/championModelPackage/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const id = Effect.map(DeploymentModel.getChampionModelPackage("60a000000000000000000001"), ({ id }) => id)
 */
export const getChampionModelPackage = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ChampionModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentModel.getChampionModelPackage", options), Routes.championModelPackage, { id: deployment })

/**
 * Checks whether a model could replace the deployed one, and returns the result of each check. Changes nothing.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if the model or the package does not exist. A
 * model that fails the checks is no error.
 *
 * `POST deployments/{id}/model/validation/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const canReplace = DeploymentModel.validateReplacementModel("60a000000000000000000001", {
 *   modelPackageId: "60a0000000000000000000e2"
 * }).pipe(
 *   Effect.map(({ status }) => status !== "failing")
 * )
 */
export const validateReplacementModel = (
  deployment: Ref,
  candidate: CandidateInput,
  options?: RequestOptions
): Effect.Effect<ReplacementValidation, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  ask(
    operation("DeploymentModel.validateReplacementModel", options),
    Routes.validateReplacementModel,
    { id: deployment },
    candidate
  )

/**
 * Returns the checks of a rejected replacement, from the `Conflict` with which `replaceModel` failed. Returns
 * `undefined` for any other error.
 *
 * @since 0.1.0
 * @example
 * import { Console, Effect } from "effect"
 * import { DataRobotError, DeploymentModel } from "effect-datarobot"
 *
 * const replaced = DeploymentModel.replaceModel("60a000000000000000000001", {
 *   modelPackageId: "60a0000000000000000000e2",
 *   reason: "ACCURACY"
 * }).pipe(
 *   DataRobotError.catchReason("Conflict", (error) => Console.log(DeploymentModel.validationOf(error)?.checks))
 * )
 */
export const validationOf = (error: unknown): ReplacementValidation | undefined =>
  isApiError(error) && error.reason === "Conflict" && isRecord(error.body) && "checks" in error.body
    ? Option.getOrUndefined(Option.getRight(decodeJson(ReplacementValidation, error.body, "effect")))
    : undefined

/** Adds the names of the failed checks to the message of a rejection. */
const withChecks = (error: DataRobotApiError): DataRobotApiError => {
  const checks = Object.entries(validationOf(error)?.checks ?? {}).flatMap(([name, check]) => {
    if (check?.status !== "failing") return []
    return [oneLine(check.message ? `${name} (${check.message})` : name, 200)]
  })
  if (checks.length === 0) return error
  const message = oneLine(`${error.message} Failed checks: ${checks.join("; ")}.`)
  return new DataRobotApiError({ ...error, message }, { disableValidation: true })
}

const beginReplacement = (
  op: Operation,
  deployment: Ref,
  model: ReplacementInput
): Effect.Effect<Handle, DataRobotError, Requirements> =>
  begin(op, Routes.replaceModel, { id: deployment }, input(Routes.replaceModel.body, model), {
    issues: waitIssues(op.options.wait, "wait.")
  }).pipe(
    catchReason("Conflict", (error) => Effect.fail(withChecks(error)))
  )

/**
 * Replaces the deployed model, waits until the deployment shows the new one, and returns the deployment. The deployment
 * continues to serve predictions meanwhile.
 *
 * Errors: `Conflict` if the model fails the checks. Its message names the failed checks, and `validationOf(error)`
 * returns all of them. `NotFound` if the deployment does not exist. `Failed` if the job failed, `Lost` if DataRobot no
 * longer knows it, `Deadline` if it takes longer than `wait.timeout`.
 *
 * `PATCH deployments/{id}/model/`, `GET status/{id}/`, `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Console, Effect } from "effect"
 * import { DataRobotError, DeploymentModel } from "effect-datarobot"
 *
 * const replaced = DeploymentModel.replaceModel("60a000000000000000000001", {
 *   modelPackageId: "60a0000000000000000000e2",
 *   reason: "DATA_DRIFT"
 * }).pipe(
 *   DataRobotError.catchReason(
 *     "Conflict",
 *     (error) => Effect.as(Console.log(DeploymentModel.validationOf(error)?.checks), undefined)
 *   )
 * )
 */
export const replaceModel = (
  deployment: Ref,
  model: ReplacementInput,
  options: JobUpdateOptions = {}
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const { wait = {} } = options
  const op = operation("DeploymentModel.replaceModel", options)
  return run(
    op,
    Effect.gen(function*() {
      const clock = yield* Effect.clock
      const begun = monotonicMillis(clock)
      const job = yield* beginReplacement(op, deployment, model)
      yield* afterChange(awaitJob(op, job, wait))
      const elapsed = monotonicMillis(clock) - begun
      return yield* afterChange(poll({
        operation: op,
        call: { route: getDeployment, ids: { id: deployment }, note: "The replacement itself was accepted." },
        handle: { ...job, kind: "done" },
        // The timeout applies to both waits together.
        options: { ...wait, timeout: Math.max(1, waitMillis(wait) - elapsed) },
        read: (response) =>
          Effect.map(decode(response, getDeployment.success), (found) => judge(found, model, response.retryAfter)),
        onDeadline: (status, polls) =>
          `the new model was accepted, but the deployment does not show it after ${polls} polls (${
            status ?? "no status"
          }).`
      }))
    })
  )
}

// The job may be done before the deployment shows the new model.
const judge = (found: Deployment, { modelId, modelPackageId }: ReplacementInput, retryAfter: number | undefined) => {
  const status = found.status ?? undefined
  if (status === "errored") return ended("Failed", status, "the deployment is errored after its model was replaced.")
  const [shown, wanted] = modelPackageId === undefined
    ? [found.model?.id, modelId]
    : [found.modelPackage?.id, modelPackageId]
  return status === "replacingModel" || (shown != null && shown !== wanted)
    ? pending(status, retryAfter, found)
    : done(found)
}

/**
 * Starts the job of `replaceModel` and returns its handle, without waiting for it; see `Deployment.resume`.
 *
 * Errors: those of `replaceModel`, except those of its job.
 *
 * `PATCH deployments/{id}/model/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment, DeploymentModel } from "effect-datarobot"
 *
 * const job = DeploymentModel.startReplaceModel("60a000000000000000000001", {
 *   modelPackageId: "60a0000000000000000000e2",
 *   reason: "SCHEDULED_REFRESH"
 * })
 * const replaced = Effect.flatMap(job, (handle) => Deployment.resume(handle))
 */
export const startReplaceModel = (
  deployment: Ref,
  model: ReplacementInput,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("DeploymentModel.startReplaceModel", options)
  return run(op, beginReplacement(op, deployment, model))
}

/**
 * Returns the secondary datasets of the deployed model.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/model/secondaryDatasetConfiguration/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const config = DeploymentModel.getSecondaryDatasetConfig("60a000000000000000000001")
 */
export const getSecondaryDatasetConfig = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<SecondaryDatasetConfig, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentModel.getSecondaryDatasetConfig", options), Routes.secondaryDatasetConfiguration, {
    id: deployment
  })

/**
 * Changes the secondary datasets of the deployed model. Returns them as read after the change.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if the configuration does not exist, or does not
 * suit the model.
 *
 * `PATCH` and `GET deployments/{id}/model/secondaryDatasetConfiguration/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const config = DeploymentModel.updateSecondaryDatasetConfig("60a000000000000000000001", {
 *   secondaryDatasetConfigId: "60a0000000000000000000ab"
 * })
 */
export const updateSecondaryDatasetConfig = (
  deployment: Ref,
  config: SecondaryDatasetConfigInput,
  options?: UpdateOptions
): Effect.Effect<SecondaryDatasetConfig, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    operation("DeploymentModel.updateSecondaryDatasetConfig", options),
    Routes.updateSecondaryDatasetConfiguration,
    { id: deployment },
    config,
    Routes.secondaryDatasetConfiguration
  )

/**
 * Downloads the scoring code of the deployed model, and emits the bytes of the JAR file as they arrive. With the
 * monitoring agent, explanations or intervals, DataRobot has to build the file first: starts the build, and waits for
 * it as `wait` says, by default up to 10 minutes. The file has any size. A file that is cut short is an error.
 *
 * Errors: `NotFound` if the deployment does not exist, or if its model has no scoring code. `Failed` if the job failed,
 * `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
 *
 * To build the file, first `POST deployments/{id}/scoringCodeBuilds/` and `GET status/{id}/`. Then
 * `GET deployments/{id}/scoringCode/`, or the path that the job names.
 *
 * @since 0.1.0
 * @example
 * import { FileSystem } from "@effect/platform"
 * import { Effect, Stream } from "effect"
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const program = Effect.gen(function*() {
 *   const fs = yield* FileSystem.FileSystem
 *   const jar = DeploymentModel.downloadScoringCode("60a000000000000000000001", { includeAgent: true })
 *   yield* Stream.run(jar, fs.sink("model.jar"))
 * })
 */
export const downloadScoringCode = (
  deployment: Ref,
  code: ScoringCodeInput = {},
  options: FileJobOptions = {}
): Stream.Stream<Uint8Array, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("DeploymentModel.downloadScoringCode", options)
  const ids = { id: deployment }
  const query = input(Routes.scoringCode.query, code)
  const { sourceCode: _, ...included } = code
  if (query.issues.length > 0 || !Object.values(included).includes(true)) {
    const issues = waitIssues(options.wait, "wait.")
    return download(op, { route: Routes.scoringCode, ids, query, issues }, jarFile, options)
  }
  const routes = { build: Routes.buildScoringCode, file: Routes.scoringCode }
  return downloadBuilt(op, routes, ids, input(Routes.buildScoringCode.body, included), jarFile, options)
}

/**
 * Has DataRobot build the file of the deployed model package (`.mlpkg`), waits for the build as `wait` says, by default
 * up to 10 minutes, and emits the bytes of the file as they arrive. The file has any size. A file that is cut short is
 * an error.
 *
 * Errors: `NotFound` if the deployment does not exist, or if its model has no such file. `Failed` if the job failed,
 * `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
 *
 * `POST deployments/{id}/modelPackageFileBuilds/`, `GET status/{id}/`, `GET deployments/{id}/modelPackageFile/` or the
 * path that the job names
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { DeploymentModel } from "effect-datarobot"
 *
 * const size = DeploymentModel.downloadModelPackage("60a000000000000000000001", {}, { wait: { timeout: "1 hour" } })
 *   .pipe(
 *     Stream.runFold(0, (bytes, piece) => bytes + piece.length)
 *   )
 */
export const downloadModelPackage = (
  deployment: Ref,
  modelPackage: ModelPackageFileInput = {},
  options: FileJobOptions = {}
): Stream.Stream<Uint8Array, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  downloadBuilt(
    operation("DeploymentModel.downloadModelPackage", options),
    { build: Routes.buildModelPackageFile, file: Routes.modelPackageFile },
    { id: deployment },
    input(Routes.buildModelPackageFile.body, modelPackage),
    modelPackageFile,
    options
  )
