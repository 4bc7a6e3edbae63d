/**
 * Deployments: the operations of the deployments API, `deployments/`, which replaced `modelDeployments/`. Names are those
 * of DataRobot's Python client in camelCase. Related operations have their own namespaces: `DeploymentModel`,
 * `DeploymentActuals`, `DeploymentMonitoring`, `DeploymentSettings`.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import * as Change from "./internal/protocols/change.js"
import { deployments, whenUnknownCreate } from "./internal/protocols/createdDeployment.js"
import * as CreatedResource from "./internal/protocols/createdResource.js"
import { deployCustomModelVersion } from "./internal/protocols/customModelDeployment.js"
import { checkJob, type JobRef } from "./internal/protocols/handle.js"
import * as Listing from "./internal/protocols/listing.js"
import { input } from "./internal/request/input.js"
import { operation } from "./internal/request/operation.js"
import type {
  JobOptions,
  JobUpdateOptions,
  RequestOptions,
  UpdateOptions,
  WaitOptions
} from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import { run } from "./internal/request/tracing.js"
import type { Page } from "./Page.js"
import { actionLogPage } from "./wire/actionLog.js"
import {
  type Capability,
  type CreateFromCustomModelVersionInput,
  type CreateFromModelInput,
  type CreateFromModelPackageInput,
  type DeleteInput,
  type Deployment,
  type Grant,
  ListInput,
  type ModelHistoryEntry,
  type SharedRole,
  type SharedRolesInput,
  StreamInput,
  type UpdateInput
} from "./wire/deployment.js"
import { DeploymentStatus } from "./wire/deploymentStatus.js"
import type { Paging } from "./wire/fields.js"
import type { ActionLogEntry } from "./wire/modelDeployment.js"
import type {
  ServiceStats,
  ServiceStatsInput,
  ServiceStatsOverTime,
  ServiceStatsOverTimeInput
} from "./wire/monitoring.js"
import type { Value } from "./wire/route.js"
import * as Routes from "./wire/routes/deployments.js"
import * as ModelRoutes from "./wire/routes/modelDeployments.js"

export type { JobOptions, JobUpdateOptions, UpdateOptions, WaitOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export {
  Capability,
  type CreateFromCustomModelVersionInput,
  type CreateFromModelInput,
  type CreateFromModelPackageInput,
  CustomModelImage,
  type DeleteInput,
  Deployment,
  FairnessHealth,
  type Grant,
  type Health,
  HealthStatus,
  type Importance,
  type ListInput,
  Model,
  ModelHistoryEntry,
  ModelPackage,
  Owner,
  SharedRole,
  type SharedRolesInput,
  type StreamInput,
  type UpdateInput
} from "./wire/deployment.js"
export { DeploymentStatus } from "./wire/deploymentStatus.js"
export type { Ahead, Any, DateInput, Paging } from "./wire/fields.js"
export { ActionLogEntry } from "./wire/modelDeployment.js"
export {
  Period,
  type PeriodInput,
  type ServiceMetric,
  ServiceStats,
  type ServiceStatsInput,
  ServiceStatsOverTime,
  type ServiceStatsOverTimeInput
} from "./wire/monitoring.js"
export type { RuntimeParameterValue } from "./wire/runtimeParameterValue.js"
export { PredictionEnvironment, PredictionServer } from "./wire/serving.js"

type CreateRoute =
  | typeof Routes.createFromLearningModel
  | typeof Routes.createFromLeaderboard
  | typeof Routes.createFromModelPackage

const create = <R extends CreateRoute>(name: string, route: R, body: Value<R, "body">, options?: JobOptions) =>
  CreatedResource.create(operation(name, options), route, body, deployments, whenUnknownCreate)

const startCreate = <R extends CreateRoute>(name: string, route: R, body: Value<R, "body">, options?: RequestOptions) =>
  CreatedResource.startCreate(operation(name, options), route, body, deployments.name, whenUnknownCreate)

/**
 * Deploys a model of a project, waits for the job, and returns the deployment.
 *
 * The request is never sent twice if an earlier attempt may have taken effect. The error then has the outcome
 * `"unknown"`; `list({ search: label })` shows whether the deployment exists. If the job takes longer than
 * `wait.timeout`, pass the error's `handle` to `resume` to keep waiting.
 *
 * Errors: `Unprocessable` if the model or the prediction server does not exist, or if the managed cloud gets no
 * prediction server. `Conflict` if the account has as many deployments as it may have. `Failed` if the job failed,
 * `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
 *
 * `POST deployments/fromLearningModel/`, `GET status/{id}/`, `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const deployed = Deployment.createFromLearningModel({
 *   modelId: "60a0000000000000000000a1",
 *   label: "Churn scorer",
 *   defaultPredictionServerId: "60a0000000000000000000d1"
 * }, { wait: { timeout: "20 minutes" } })
 */
export const createFromLearningModel = (
  deployment: CreateFromModelInput,
  options?: JobOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  create("Deployment.createFromLearningModel", Routes.createFromLearningModel, deployment, options)

/**
 * Starts the job of `createFromLearningModel` and returns its handle, without waiting for it.
 *
 * Errors: those of `createFromLearningModel`, except those of its job.
 *
 * `POST deployments/fromLearningModel/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const job = Deployment.startCreateFromLearningModel({
 *   modelId: "60a0000000000000000000a1",
 *   label: "Churn scorer",
 *   defaultPredictionServerId: "60a0000000000000000000d1"
 * })
 * const stored = Effect.map(job, (handle) => JSON.stringify(handle))
 */
export const startCreateFromLearningModel = (
  deployment: CreateFromModelInput,
  options?: RequestOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startCreate("Deployment.startCreateFromLearningModel", Routes.createFromLearningModel, deployment, options)

/**
 * Deploys a model of a project's leaderboard: DataRobot first creates a model package from it. Otherwise the same as
 * `createFromLearningModel`.
 *
 * Errors: those of `createFromLearningModel`.
 *
 * `POST deployments/fromLeaderboard/`, `GET status/{id}/`, `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const deployed = Deployment.createFromLeaderboard({
 *   modelId: "60a0000000000000000000a1",
 *   label: "Churn scorer",
 *   defaultPredictionServerId: "60a0000000000000000000d1"
 * })
 */
export const createFromLeaderboard = (
  deployment: CreateFromModelInput,
  options?: JobOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  create("Deployment.createFromLeaderboard", Routes.createFromLeaderboard, deployment, options)

/**
 * Starts the job of `createFromLeaderboard` and returns its handle, without waiting for it.
 *
 * Errors: those of `createFromLearningModel`, except those of its job.
 *
 * `POST deployments/fromLeaderboard/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const job = Deployment.startCreateFromLeaderboard({ modelId: "60a0000000000000000000a1", label: "Churn scorer" })
 * const deployed = Effect.flatMap(job, (handle) => Deployment.resume(handle))
 */
export const startCreateFromLeaderboard = (
  deployment: CreateFromModelInput,
  options?: RequestOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startCreate("Deployment.startCreateFromLeaderboard", Routes.createFromLeaderboard, deployment, options)

/**
 * Deploys a model package (a registered model version). Otherwise the same as `createFromLearningModel`.
 *
 * Errors: those of `createFromLearningModel`; `Unprocessable` also if the model package or the prediction environment
 * does not exist.
 *
 * `POST deployments/fromModelPackage/`, `GET status/{id}/`, `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const deployed = Deployment.createFromModelPackage({
 *   modelPackageId: "60a0000000000000000000e1",
 *   label: "Churn scorer",
 *   predictionEnvironmentId: "60a0000000000000000000f1"
 * })
 */
export const createFromModelPackage = (
  deployment: CreateFromModelPackageInput,
  options?: JobOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  create("Deployment.createFromModelPackage", Routes.createFromModelPackage, deployment, options)

/**
 * Starts the job of `createFromModelPackage` and returns its handle, without waiting for it.
 *
 * Errors: those of `createFromModelPackage`, except those of its job.
 *
 * `POST deployments/fromModelPackage/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment, Job } from "effect-datarobot"
 *
 * const job = Deployment.startCreateFromModelPackage({
 *   modelPackageId: "60a0000000000000000000e1",
 *   label: "Churn scorer",
 *   predictionEnvironmentId: "60a0000000000000000000f1"
 * })
 * const states = Effect.map(job, (handle) => Job.progress(handle))
 */
export const startCreateFromModelPackage = (
  deployment: CreateFromModelPackageInput,
  options?: RequestOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startCreate("Deployment.startCreateFromModelPackage", Routes.createFromModelPackage, deployment, options)

/**
 * Deploys a version of a custom model, and returns the deployment. First checks that the prediction server or the
 * prediction environment exists. Then finds a model package of the version, or creates one, waits until it is built,
 * deploys it, and waits for that job. `wait.timeout` limits both waits together.
 *
 * On DataRobot's managed cloud, pass a `defaultPredictionServerId` or a `predictionEnvironmentId`. Only an installation
 * without prediction servers needs neither.
 *
 * If a step fails, `made` of the error has the collections and ids of what the earlier steps created. A package is
 * never created twice: if you call the operation again, it finds the package of the first call.
 *
 * Errors: `NotFound` or a `DataRobotValidationError` if the prediction server or environment does not exist. `Failed`
 * if the build of the package fails. Otherwise those of `createFromModelPackage`.
 *
 * `GET predictionServers/` (with a `predictionEnvironmentId`, the environment instead), `GET modelPackages/`,
 * `POST modelPackages/fromCustomModelVersion/`, `GET modelPackages/{id}/`, `POST deployments/fromModelPackage/`,
 * `GET status/{id}/`, `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const deployed = Deployment.createFromCustomModelVersion({
 *   customModelVersionId: "60a0000000000000000000c1",
 *   label: "Churn scorer",
 *   predictionEnvironmentId: "60a0000000000000000000f1"
 * }, { wait: { timeout: "1 hour" } })
 */
export const createFromCustomModelVersion = (
  deployment: CreateFromCustomModelVersionInput,
  options?: JobOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  deployCustomModelVersion(operation("Deployment.createFromCustomModelVersion", options), deployment)

/**
 * Waits for a job that creates or changes a deployment, and returns the deployment. Takes the handle that a `start…`
 * operation returned, the `handle` of a `DataRobotJobError`, or the JSON text of either. After a model replacement, the
 * deployment may show the previous model for a moment. `DeploymentModel.replaceModel` waits until it shows the new one.
 *
 * Errors: `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
 * `timeout`.
 *
 * `GET status/{id}/`, then `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const stored = "{\"kind\":\"status\",\"id\":\"0b1c7a1e-0000-4000-8000-000000000000\"}"
 * const deployed = Deployment.resume(stored, { timeout: "20 minutes" })
 */
export const resume = (
  job: JobRef,
  wait?: WaitOptions,
  options?: RequestOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("Deployment.resume", options)
  const collection = deployments
  return run(
    op,
    Effect.flatMap(
      checkJob(op, job, { done: true, collection: collection.name }, wait),
      (handle) => CreatedResource.readMade(op, handle, { collection, made: "resumed", wait })
    )
  )
}

/**
 * Returns all deployments that match, or the first `limit` of them. Fetches them page by page.
 *
 * Errors: `Forbidden` if you filter by `importance`, and the account has no approval workflows. `Unexpected` (status
 * 400) if the server does not know a filter or an order.
 *
 * `GET deployments/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const failing = Deployment.list({
 *   serviceHealth: ["failing", "warning"],
 *   orderBy: "-createdAtTimestamp",
 *   limit: 10
 * })
 * const labels = Effect.map(failing, (deployments) => deployments.map(({ label }) => label))
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Deployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("Deployment.list", options), { ...Routes.list, query: ListInput }, {}, filters)

/**
 * Returns the deployments that match, as a stream. Fetches a page of `pageSize` items when its first item is read, or
 * earlier with `prefetch` and `concurrency`.
 *
 * Errors: those of `list`.
 *
 * `GET deployments/`
 *
 * @since 0.1.0
 * @example
 * import { Console, Stream } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const labels = Deployment.stream({ status: "active", prefetch: 1 }).pipe(
 *   Stream.runForEach(({ label }) => Console.log(label))
 * )
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(operation("Deployment.stream", options), { ...Routes.list, query: StreamInput }, {}, filters)

/**
 * Returns one page of the deployments that match. `limit` is the number of items: at most 100, default 20. Pass the
 * page's `next` to this operation to get the next page. `totalCount` is the number of deployments that match.
 *
 * Errors: those of `list`.
 *
 * `GET deployments/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const first = Deployment.page({ limit: 20 })
 * const second = Effect.flatMap(first, ({ next }) => Deployment.page(next))
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<Deployment, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("Deployment.page", options), Routes.list, {}, filters)

/**
 * Returns one deployment.
 *
 * Errors: `NotFound` if the deployment does not exist; see `getOption`.
 *
 * `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const health = Effect.map(Deployment.get("60a000000000000000000001"), ({ serviceHealth }) => serviceHealth?.status)
 */
export const get = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("Deployment.get", options), Routes.get, { id: deployment })

/**
 * Returns one deployment, or none if it does not exist.
 *
 * Errors: those of every operation. A deployment that does not exist is no error.
 *
 * `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const label = Deployment.getOption("60a000000000000000000001").pipe(
 *   Effect.map(Option.match({ onNone: () => "(gone)", onSome: (deployment) => deployment.label }))
 * )
 */
export const getOption = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<Deployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("Deployment.getOption", options), Routes.get, { id: deployment })

/**
 * Changes the label, the description (`""` clears it) or the importance. Returns the deployment as read after the
 * change.
 *
 * Errors: `NotFound` if the deployment does not exist. `Forbidden` if the token's user may not change it.
 *
 * `PATCH deployments/{id}/`, then `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const updated = Deployment.update("60a000000000000000000001", { label: "Churn scorer 2", description: "" })
 */
export const update = (
  deployment: Ref,
  changes: UpdateInput,
  options?: UpdateOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Change.changeAndRead(
    operation("Deployment.update", options),
    Routes.update,
    { id: deployment },
    changes,
    Routes.get
  )

type ServingStatus = typeof DeploymentStatus.ACTIVE | typeof DeploymentStatus.INACTIVE

const changeStatus = (name: string, id: Ref, status: ServingStatus, options?: JobUpdateOptions) =>
  Change.changeAndRead(operation(name, options), Routes.updateStatus, { id }, { status }, Routes.get)

const startStatus = (name: string, id: Ref, status: ServingStatus, options?: UpdateOptions) =>
  Change.startChange(operation(name, options), Routes.updateStatus, { id }, { status })

/**
 * Activates a deployment, waits for the job, and returns the deployment.
 *
 * Errors: `Conflict` if the deployment is already active or is being activated. `NotFound` if it does not exist.
 * `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
 * `wait.timeout`.
 *
 * `PATCH deployments/{id}/status/`, `GET status/{id}/`, `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const active = Deployment.activate("60a000000000000000000001", { wait: { timeout: "5 minutes" } })
 */
export const activate = (
  deployment: Ref,
  options?: JobUpdateOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeStatus("Deployment.activate", deployment, DeploymentStatus.ACTIVE, options)

/**
 * Starts the job of `activate` and returns its handle, without waiting for it.
 *
 * Errors: those of `activate`, except those of its job.
 *
 * `PATCH deployments/{id}/status/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const active = Deployment.startActivate("60a000000000000000000001").pipe(
 *   Effect.flatMap((handle) => Deployment.resume(handle))
 * )
 */
export const startActivate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startStatus("Deployment.startActivate", deployment, DeploymentStatus.ACTIVE, options)

/**
 * Deactivates a deployment, waits for the job, and returns the deployment.
 *
 * Errors: `Conflict` if the deployment is already inactive or is being deactivated. `NotFound` if it does not exist.
 * `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
 * `wait.timeout`.
 *
 * `PATCH deployments/{id}/status/`, `GET status/{id}/`, `GET deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const inactive = Deployment.deactivate("60a000000000000000000001")
 */
export const deactivate = (
  deployment: Ref,
  options?: JobUpdateOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeStatus("Deployment.deactivate", deployment, DeploymentStatus.INACTIVE, options)

/**
 * Starts the job of `deactivate` and returns its handle, without waiting for it.
 *
 * Errors: those of `deactivate`, except those of its job.
 *
 * `PATCH deployments/{id}/status/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const inactive = Deployment.startDeactivate("60a000000000000000000001").pipe(
 *   Effect.flatMap((handle) => Deployment.resume(handle))
 * )
 */
export const startDeactivate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startStatus("Deployment.startDeactivate", deployment, DeploymentStatus.INACTIVE, options)

/**
 * Deletes a deployment. DataRobot responds before it has finished. Until then, operations on things that depend on
 * the deployment may fail with a `Conflict`.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot does not allow it.
 *
 * `DELETE deployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const deleted = Deployment.delete("60a000000000000000000001", { ignoreManagementAgent: true })
 */
const delete_ = (
  deployment: Ref,
  how: DeleteInput = {},
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Change.remove(operation("Deployment.delete", options), Routes.delete, { id: deployment }, {
    query: input(Routes.delete.query, how)
  })

export { delete_ as delete }

/**
 * Returns the service statistics of the period `[startTime, endTime)`. Default: the seven days until the next full
 * hour. Times must be at the top of an hour. `executionTime` and `responseTime` are in milliseconds, rates are shares
 * of all requests (0 to 1), and loads are in requests per minute.
 *
 * Errors: `NotFound` if the deployment does not exist. A `DataRobotValidationError` if a time is not at the top of an
 * hour.
 *
 * `GET deployments/{id}/serviceStats/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const stats = Deployment.getServiceStats("60a000000000000000000001", {
 *   startTime: "2022-03-01T00:00:00Z",
 *   endTime: "2022-03-08T00:00:00Z",
 *   responseTimeQuantile: 0.95
 * })
 * const responseTime = Effect.map(stats, ({ metrics }) => `${metrics.responseTime} ms`)
 */
export const getServiceStats = (
  deployment: Ref,
  stats: ServiceStatsInput = {},
  options?: RequestOptions
): Effect.Effect<ServiceStats, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("Deployment.getServiceStats", options), Routes.serviceStats, { id: deployment }, stats)

/**
 * Returns one metric of the prediction service over time, in buckets of `bucketSize`. Units are those of
 * `getServiceStats`.
 *
 * Errors: those of `getServiceStats`.
 *
 * `GET deployments/{id}/serviceStatsOverTime/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const daily = Deployment.getServiceStatsOverTime("60a000000000000000000001", {
 *   metric: "totalPredictions",
 *   bucketSize: "P1D"
 * })
 * const counts = Effect.map(daily, ({ buckets }) => buckets.map(({ value }) => value))
 */
export const getServiceStatsOverTime = (
  deployment: Ref,
  stats: ServiceStatsOverTimeInput = {},
  options?: RequestOptions
): Effect.Effect<ServiceStatsOverTime, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("Deployment.getServiceStatsOverTime", options), Routes.serviceStatsOverTime, { id: deployment }, stats)

/**
 * Returns the actions that users performed on a deployment, oldest first: all entries, or the first `limit` of them.
 * The deployments API has no known route for the log. It is read from the model deployments API, which uses the same
 * ids.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET modelDeployments/{id}/actionLog/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const actions = Deployment.actionLog("60a000000000000000000001", { limit: 20 }).pipe(
 *   Effect.map((entries) => entries.map(({ action, performedBy }) => `${action} by ${performedBy.username}`))
 * )
 */
export const actionLog = (
  deployment: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ActionLogEntry>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("Deployment.actionLog", options), { ...ModelRoutes.actionLog, success: actionLogPage }, {
    id: deployment
  }, paging)

/**
 * Returns the models that a deployment has or had. DataRobot does not document the keys of an entry; they are passed on
 * as the server sends them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/modelHistory/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const models = Deployment.modelHistory("60a000000000000000000001", { limit: 10 })
 */
export const modelHistory = (
  deployment: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ModelHistoryEntry>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("Deployment.modelHistory", options), Routes.modelHistory, { id: deployment }, paging)

/**
 * Returns which features a deployment supports, with the reasons for those that it does not support.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/capabilities/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const chats = Deployment.getCapabilities("60a000000000000000000001").pipe(
 *   Effect.map((capabilities) =>
 *     capabilities.some(({ name, supported }) => name === "supports_chat_api" && supported)
 *   )
 * )
 */
export const getCapabilities = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Capability>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    read(operation("Deployment.getCapabilities", options), Routes.capabilities, { id: deployment }),
    ({ data }) => data
  )

/**
 * Returns the users, groups and organizations that a deployment is shared with: all that match, or the first `limit` of
 * them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/sharedRoles/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment } from "effect-datarobot"
 *
 * const owners = Deployment.listSharedRoles("60a000000000000000000001", { shareRecipientType: "user" }).pipe(
 *   Effect.map((roles) => roles.filter(({ role }) => role === "OWNER"))
 * )
 */
export const listSharedRoles = (
  deployment: Ref,
  roles: SharedRolesInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<SharedRole>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("Deployment.listSharedRoles", options), Routes.sharedRoles, { id: deployment }, roles)

/**
 * Grants and removes up to 100 roles. Roles that are not named do not change.
 *
 * Errors: `Conflict` if no owner would be left. `NotFound` if the deployment does not exist.
 *
 * `PATCH deployments/{id}/sharedRoles/`
 *
 * @since 0.1.0
 * @example
 * import { Deployment } from "effect-datarobot"
 *
 * const shared = Deployment.updateSharedRoles("60a000000000000000000001", [
 *   { username: "ana@example.com", role: "USER", shareRecipientType: "user" },
 *   { id: "60a000000000000000000077", role: "NO_ROLE", shareRecipientType: "group" }
 * ])
 */
export const updateSharedRoles = (
  deployment: Ref,
  roles: ReadonlyArray<Grant>,
  options?: UpdateOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Change.change(operation("Deployment.updateSharedRoles", options), Routes.updateSharedRoles, { id: deployment }, {
    operation: "updateRoles",
    roles
  })
