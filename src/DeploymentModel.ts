/**
 * The models of a deployment: the one that it predicts with (the champion), those that are compared to it (challengers),
 * and how another one takes its place.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { DataRobot } from "./DataRobot.js"
import { catchReason, DataRobotApiError, type DataRobotError, type Handle, isApiError } from "./DataRobotError.js"
import { begin, type Change, changeAndRead, type JobUpdateOptions, readCall } from "./internal/protocols/change.js"
import { awaitJob } from "./internal/protocols/job.js"
import * as Listing from "./internal/protocols/listing.js"
import { beforeWait, done, ended, pending, poll, waitMillis } from "./internal/protocols/poll.js"
import { input } from "./internal/request/input.js"
import type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
import { path, type Ref } from "./internal/request/path.js"
import { decode, operation, request, type Requirements } from "./internal/request/send.js"
import { Deployment } from "./wire/deployment.js"
import {
  CandidateInput,
  Challenger,
  ChampionModelPackage,
  Feature,
  FeaturesInput,
  ReplacementInput,
  ReplacementValidation,
  SecondaryDatasetConfig,
  SecondaryDatasetConfigInput
} from "./wire/deploymentModel.js"
import { Envelope } from "./wire/envelope.js"
import { isRecord, oneLine } from "./wire/text.js"

export type { JobUpdateOptions } from "./internal/protocols/change.js"
export type { WaitOptions } from "./internal/protocols/poll.js"
export type { UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export {
  type CandidateInput,
  Challenger,
  ChampionModelPackage,
  Feature,
  type FeaturesInput,
  type ReplacementInput,
  type ReplacementReason,
  ReplacementValidation,
  SecondaryDatasetConfig,
  type SecondaryDatasetConfigInput
} from "./wire/deploymentModel.js"
export type { Paging } from "./wire/fields.js"
export type { RuntimeParameterValue } from "./wire/runtimeParameterValue.js"

const FeaturesPage = Envelope(Feature)

/**
 * The features of the deployed model. All that fit, or the first `limit` of them.
 *
 * `GET deployments/{id}/features/`
 */
export const getFeatures = (
  deployment: Ref,
  features: FeaturesInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Feature>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list({
    operation: "DeploymentModel.getFeatures",
    path: path`deployments/${deployment}/features/`,
    page: FeaturesPage,
    query: input(FeaturesInput, features),
    options
  })

const Challengers = Schema.Struct({ data: Schema.Array(Challenger) })

/**
 * The models that are compared to the deployed one.
 *
 * `GET deployments/{id}/challengers/`
 */
export const listChallengers = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Challenger>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    request({
      ...readCall("DeploymentModel.listChallengers", deployment, "challengers/", options),
      response: Challengers
    }),
    ({ data }) => data
  )

/**
 * The model package that is deployed.
 *
 * `GET deployments/{id}/championModelPackage/`
 */
export const getChampionModelPackage = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ChampionModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentModel.getChampionModelPackage", deployment, "championModelPackage/", options),
    response: ChampionModelPackage
  })

/**
 * Whether a model could take the place of the deployed one; changes nothing.
 *
 * `POST deployments/{id}/model/validation/`
 */
export const validateReplacementModel = (
  deployment: Ref,
  candidate: CandidateInput,
  options?: RequestOptions
): Effect.Effect<ReplacementValidation, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    operation: "DeploymentModel.validateReplacementModel",
    method: "POST",
    path: path`deployments/${deployment}/model/validation/`,
    body: input(CandidateInput, candidate),
    idempotent: true,
    options,
    response: ReplacementValidation
  })

const decodeValidation = Schema.decodeUnknownOption(ReplacementValidation)

/**
 * The checks that a refused replacement has failed: what a `Conflict` of `replaceModel` carries. Undefined of any other
 * error.
 *
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
    ? Option.getOrUndefined(decodeValidation(error.body))
    : undefined

/** A refusal that says which checks have failed. */
const withChecks = (error: DataRobotApiError): DataRobotApiError => {
  const checks = Object.entries(validationOf(error)?.checks ?? {}).flatMap(([name, check]) => {
    if (check?.status !== "failing") return []
    return [oneLine(check.message ? `${name} (${check.message})` : name, 200)]
  })
  if (checks.length === 0) return error
  return new DataRobotApiError({ ...error, message: oneLine(`${error.message} Failed checks: ${checks.join("; ")}.`) })
}

const replacement = (operation: string, deployment: Ref, model: ReplacementInput): Change => ({
  operation,
  method: "PATCH",
  path: path`deployments/${deployment}/model/`,
  body: input(ReplacementInput, model)
})

const beginReplacement = (
  deployment: Ref,
  call: Change,
  options: UpdateOptions
): Effect.Effect<Handle, DataRobotError, Requirements> =>
  catchReason(begin(deployment, call, options), "Conflict", (error) => Effect.fail(withChecks(error)))

/**
 * Replaces the deployed model, waits until the deployment predicts with the new one, and answers the deployment. It
 * predicts all the time.
 *
 * A model that fails the checks is a `Conflict`, whose message names them; `validationOf` reads them from the error.
 *
 * `PATCH deployments/{id}/model/`, `GET status/{id}/`, `GET deployments/{id}/`
 */
export const replaceModel = (
  deployment: Ref,
  model: ReplacementInput,
  options: JobUpdateOptions = {}
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const { wait = {} } = options
  const name = "DeploymentModel.replaceModel"
  return operation(
    name,
    Effect.gen(function*() {
      const begun = yield* Clock.currentTimeMillis
      const call = replacement(name, deployment, model)
      const job = yield* beginReplacement(deployment, { ...call, path: beforeWait(call.path, wait) }, options)
      yield* awaitJob(name, job, wait, options)
      const elapsed = (yield* Clock.currentTimeMillis) - begun
      return yield* poll({
        call: { ...readCall(name, deployment, "", options), note: "The replacement itself was accepted." },
        handle: { kind: "done", id: job.id, ...(job.resource === undefined ? {} : { resource: job.resource }) },
        // both waits together take no longer than one may
        options: { ...wait, timeout: Math.max(1, waitMillis(wait) - elapsed) },
        read: (answer) => Effect.map(decode(answer, Deployment), (found) => judge(found, model, answer.retryAfter)),
        onDeadline: (status, asked) =>
          `the new model was accepted, but is not in its place after ${asked} questions (${status ?? "no status"}).`
      })
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

/** Starts what `replaceModel` waits for, and answers its job; see `Deployment.resume`. */
export const startReplaceModel = (
  deployment: Ref,
  model: ReplacementInput,
  options: UpdateOptions = {}
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const name = "DeploymentModel.startReplaceModel"
  return operation(name, beginReplacement(deployment, replacement(name, deployment, model), options))
}

/**
 * Which secondary datasets the deployed model predicts with.
 *
 * `GET deployments/{id}/model/secondaryDatasetConfiguration/`
 */
export const getSecondaryDatasetConfig = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<SecondaryDatasetConfig, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall(
      "DeploymentModel.getSecondaryDatasetConfig",
      deployment,
      "model/secondaryDatasetConfiguration/",
      options
    ),
    response: SecondaryDatasetConfig
  })

/**
 * Changes which secondary datasets the deployed model predicts with, and answers them as the server then has them.
 *
 * `PATCH` and `GET deployments/{id}/model/secondaryDatasetConfiguration/`
 */
export const updateSecondaryDatasetConfig = (
  deployment: Ref,
  config: SecondaryDatasetConfigInput,
  options?: UpdateOptions
): Effect.Effect<SecondaryDatasetConfig, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    deployment,
    {
      operation: "DeploymentModel.updateSecondaryDatasetConfig",
      method: "PATCH",
      path: path`deployments/${deployment}/model/secondaryDatasetConfiguration/`,
      body: input(SecondaryDatasetConfigInput, config)
    },
    { response: SecondaryDatasetConfig },
    options
  )
