/**
 * Deployments of today's DataRobot: the routes of `deployments/`, which took the place of `modelDeployments/`. Names are
 * those of DataRobot's Python client in camelCase. What else there is to a deployment has its own namespaces:
 * `DeploymentModel`, `DeploymentActuals`, `DeploymentMonitoring`, `DeploymentSettings`.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import { actionLogOf } from "./internal/protocols/actionLog.js"
import {
  changeCall,
  changeDeployment,
  deployments,
  type JobOptions,
  type JobUpdateOptions,
  readCall,
  startChange
} from "./internal/protocols/change.js"
import { jobOf, readCreated, readMade } from "./internal/protocols/createdResource.js"
import type { JobRef } from "./internal/protocols/job.js"
import * as Listing from "./internal/protocols/listing.js"
import { beforeWait, type WaitOptions } from "./internal/protocols/poll.js"
import { remove } from "./internal/protocols/remove.js"
import { dates, type Input, input, period } from "./internal/request/input.js"
import type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
import { path, type Ref } from "./internal/request/path.js"
import { requestOption } from "./internal/request/requestOption.js"
import { type Call, operation, request, type Requirements, send } from "./internal/request/send.js"
import type { Page } from "./Page.js"
import {
  Capability,
  CreateFromModelInput,
  CreateFromModelPackageInput,
  DeleteInput,
  Deployment,
  DeploymentStatus,
  type Grant,
  GrantsInput,
  ListInput,
  maxPageSize,
  ModelHistoryEntry,
  PageInput,
  SharedRole,
  SharedRolesInput,
  StreamInput,
  UpdateInput
} from "./wire/deployment.js"
import { Envelope } from "./wire/envelope.js"
import { type Paging, PagingInput } from "./wire/fields.js"
import type { ActionLogEntry } from "./wire/modelDeployment.js"
import { ServiceStats, ServiceStatsInput, ServiceStatsOverTime, ServiceStatsOverTimeInput } from "./wire/monitoring.js"

export type { JobOptions, JobUpdateOptions } from "./internal/protocols/change.js"
export type { WaitOptions } from "./internal/protocols/poll.js"
export type { UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export {
  type Any,
  Capability,
  type CreateFromModelInput,
  type CreateFromModelPackageInput,
  CustomModelImage,
  type DeleteInput,
  Deployment,
  DeploymentStatus,
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
  PredictionEnvironment,
  PredictionServer,
  SharedRole,
  type SharedRolesInput,
  type StreamInput,
  type UpdateInput
} from "./wire/deployment.js"
export type { Ahead, DateInput, Paging } from "./wire/fields.js"
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

/** What is created, and as which operation. */
type Creation = Pick<Call, "operation" | "path" | "body">

const ofModel = (
  operation: string,
  route: "fromLearningModel" | "fromLeaderboard",
  deployment: CreateFromModelInput
): Creation => ({ operation, path: path`deployments/${route}/`, body: input(CreateFromModelInput, deployment) })

const ofModelPackage = (operation: string, deployment: CreateFromModelPackageInput): Creation => ({
  operation,
  path: path`deployments/fromModelPackage/`,
  body: input(CreateFromModelPackageInput, deployment)
})

const sendCreation = (creation: Creation, options: RequestOptions | undefined) =>
  send({
    ...creation,
    method: "POST",
    idempotent: false,
    whenUnknown: "It may have been created: look with Deployment.list({ search: label }) before you create it again.",
    attemptTimeout: 60_000,
    options
  })

const create = (
  creation: Creation,
  { wait, ...options }: JobOptions = {}
): Effect.Effect<Deployment, DataRobotError, Requirements> =>
  operation(
    creation.operation,
    Effect.flatMap(
      sendCreation({ ...creation, path: beforeWait(creation.path, wait) }, options),
      (answer) =>
        readCreated(answer, {
          operation: creation.operation,
          collection: deployments,
          made: "created",
          wait,
          options
        })
    )
  )

const startCreate = (
  creation: Creation,
  options: RequestOptions | undefined
): Effect.Effect<Handle, DataRobotError, Requirements> =>
  operation(
    creation.operation,
    Effect.flatMap(sendCreation(creation, options), (answer) => jobOf(answer, deployments.name))
  )

/**
 * Deploys a model of a project, waits until that is done, and answers the deployment.
 *
 * It is never sent twice when an earlier attempt may have been carried out. The error then has the outcome `"unknown"`;
 * `list({ search: label })` shows whether the deployment is there. When the job takes longer than `wait.timeout`, the
 * error's `handle` can be waited for again with `resume`.
 *
 * `POST deployments/fromLearningModel/`, `GET status/{id}/`, `GET deployments/{id}/`
 *
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
  create(ofModel("Deployment.createFromLearningModel", "fromLearningModel", deployment), options)

/** Starts what `createFromLearningModel` waits for, and answers its job. */
export const startCreateFromLearningModel = (
  deployment: CreateFromModelInput,
  options?: RequestOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startCreate(ofModel("Deployment.startCreateFromLearningModel", "fromLearningModel", deployment), options)

/**
 * Deploys a model of a project's leaderboard, which makes a model package of it first; otherwise as
 * `createFromLearningModel`.
 *
 * `POST deployments/fromLeaderboard/`, `GET status/{id}/`, `GET deployments/{id}/`
 */
export const createFromLeaderboard = (
  deployment: CreateFromModelInput,
  options?: JobOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  create(ofModel("Deployment.createFromLeaderboard", "fromLeaderboard", deployment), options)

/** Starts what `createFromLeaderboard` waits for, and answers its job. */
export const startCreateFromLeaderboard = (
  deployment: CreateFromModelInput,
  options?: RequestOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startCreate(ofModel("Deployment.startCreateFromLeaderboard", "fromLeaderboard", deployment), options)

/**
 * Deploys a model package (a registered model version); otherwise as `createFromLearningModel`.
 *
 * `POST deployments/fromModelPackage/`, `GET status/{id}/`, `GET deployments/{id}/`
 */
export const createFromModelPackage = (
  deployment: CreateFromModelPackageInput,
  options?: JobOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  create(ofModelPackage("Deployment.createFromModelPackage", deployment), options)

/** Starts what `createFromModelPackage` waits for, and answers its job. */
export const startCreateFromModelPackage = (
  deployment: CreateFromModelPackageInput,
  options?: RequestOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startCreate(ofModelPackage("Deployment.startCreateFromModelPackage", deployment), options)

/**
 * Waits for a job that creates or changes a deployment, and answers the deployment. Takes what a `start…` answered, or the
 * `handle` of a `DataRobotJobError`, also as JSON from another process. After a model replacement the deployment may show
 * the former model for a moment; `DeploymentModel.replaceModel` waits that out too.
 *
 * `GET status/{id}/`, then `GET deployments/{id}/`
 */
export const resume = (
  job: JobRef,
  wait?: WaitOptions,
  options?: RequestOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  operation(
    "Deployment.resume",
    readMade(job, { operation: "Deployment.resume", collection: deployments, made: "resumed", wait, options })
  )

// Built once: a schema is compiled when it is first used.
const DeploymentsPage = Envelope(Deployment)
const ModelHistoryPage = Envelope(ModelHistoryEntry)
const SharedRolesPage = Envelope(SharedRole)

const timestamps = ["lastPredictionTimestampStart", "lastPredictionTimestampEnd"]

const listing = (operation: string, query: Input, options: RequestOptions | undefined) => ({
  operation,
  path: path`deployments/`,
  page: DeploymentsPage,
  query: dates(query, ...timestamps),
  options
})

// The server's own page has 20 items; the largest one asks five times less often.
const byLargePages = ({ issues, value }: Input): Input => ({
  issues,
  value: { ...value, pageSize: value["pageSize"] ?? maxPageSize }
})

/**
 * All deployments that fit, or the first `limit` of them, fetched page by page.
 *
 * `GET deployments/`
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Deployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(listing("Deployment.list", byLargePages(input(ListInput, filters)), options))

/**
 * The deployments that fit, as a stream. A page (of `pageSize`) is fetched when its first item is asked for, or ahead of
 * that with `prefetch` and `concurrency`.
 *
 * `GET deployments/`
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(listing("Deployment.stream", byLargePages(input(StreamInput, filters)), options))

/**
 * One page of the deployments that fit, of `limit` items (100 at most; 20 without it). Its `next` asks for the page
 * after it, and its `totalCount` tells how many fit.
 *
 * `GET deployments/`
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<Deployment, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(listing("Deployment.page", input(PageInput, filters), options), filters)

/**
 * One deployment. Fails with a `DataRobotApiError` of reason `NotFound` where there is none; see `getOption`.
 *
 * `GET deployments/{id}/`
 */
export const get = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({ ...readCall("Deployment.get", deployment, "", options), response: Deployment })

/**
 * One deployment, or none where there is none.
 *
 * `GET deployments/{id}/`
 */
export const getOption = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<Deployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  requestOption({ ...readCall("Deployment.getOption", deployment, "", options), response: Deployment })

/**
 * Changes label, description (`""` empties it) or importance, and answers the deployment as the server then has it.
 *
 * `PATCH deployments/{id}/`, then `GET deployments/{id}/`
 */
export const update = (
  deployment: Ref,
  changes: UpdateInput,
  options: UpdateOptions = {}
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeDeployment(
    deployment,
    {
      operation: "Deployment.update",
      method: "PATCH",
      path: path`deployments/${deployment}/`,
      body: input(UpdateInput, changes)
    },
    options
  )

const statusCall = (operation: string, deployment: Ref, status: "active" | "inactive") => ({
  operation,
  method: "PATCH" as const,
  path: path`deployments/${deployment}/status/`,
  body: { value: { status }, issues: [] }
})

/**
 * Has a deployment predict again, waits until it does, and answers it. A `Conflict` when it is active already, or is
 * becoming so.
 *
 * `PATCH deployments/{id}/status/`, `GET status/{id}/`, `GET deployments/{id}/`
 */
export const activate = (
  deployment: Ref,
  options?: JobUpdateOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeDeployment(deployment, statusCall("Deployment.activate", deployment, DeploymentStatus.ACTIVE), options)

/** Starts what `activate` waits for, and answers its job. */
export const startActivate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(deployment, statusCall("Deployment.startActivate", deployment, DeploymentStatus.ACTIVE), options)

/**
 * Has a deployment predict no more, waits until it does not, and answers it. A `Conflict` when it is inactive already, or
 * is becoming so.
 *
 * `PATCH deployments/{id}/status/`, `GET status/{id}/`, `GET deployments/{id}/`
 */
export const deactivate = (
  deployment: Ref,
  options?: JobUpdateOptions
): Effect.Effect<Deployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeDeployment(deployment, statusCall("Deployment.deactivate", deployment, DeploymentStatus.INACTIVE), options)

/** Starts what `deactivate` waits for, and answers its job. */
export const startDeactivate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(deployment, statusCall("Deployment.startDeactivate", deployment, DeploymentStatus.INACTIVE), options)

const delete_ = (
  deployment: Ref,
  how: DeleteInput = {},
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  remove({
    operation: "Deployment.delete",
    path: path`deployments/${deployment}/`,
    query: input(DeleteInput, how),
    options
  })

export {
  /**
   * Deletes a deployment. DataRobot answers before it is done: what depends on the deployment may be a `Conflict` for a
   * while.
   *
   * `DELETE deployments/{id}/`
   */
  delete_ as delete
}

/**
 * What the prediction service did in the period `[startTime, endTime)`: in the seven days until the next full hour
 * without one. Times are at the top of an hour. `executionTime` and `responseTime` are in milliseconds, rates are shares
 * of all requests, loads are in requests per minute.
 *
 * `GET deployments/{id}/serviceStats/`
 */
export const getServiceStats = (
  deployment: Ref,
  stats: ServiceStatsInput = {},
  options?: RequestOptions
): Effect.Effect<ServiceStats, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("Deployment.getServiceStats", deployment, "serviceStats/", options),
    query: period(input(ServiceStatsInput, stats)),
    response: ServiceStats
  })

/**
 * One metric of the prediction service over time, in buckets of `bucketSize`. Units are those of `getServiceStats`.
 *
 * `GET deployments/{id}/serviceStatsOverTime/`
 */
export const getServiceStatsOverTime = (
  deployment: Ref,
  stats: ServiceStatsOverTimeInput = {},
  options?: RequestOptions
): Effect.Effect<ServiceStatsOverTime, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("Deployment.getServiceStatsOverTime", deployment, "serviceStatsOverTime/", options),
    query: period(input(ServiceStatsOverTimeInput, stats)),
    response: ServiceStatsOverTime
  })

/**
 * Who did what with a deployment, and when; oldest first. All entries, or the first `limit` of them. The log is still
 * kept where model deployments are, and only there.
 *
 * `GET modelDeployments/{id}/actionLog/`
 */
export const actionLog = (
  deployment: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ActionLogEntry>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  actionLogOf("Deployment.actionLog", deployment, paging, options)

/**
 * The models that a deployment had. What an entry holds is not documented, and is passed on as the server has it.
 *
 * `GET deployments/{id}/modelHistory/`
 */
export const modelHistory = (
  deployment: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ModelHistoryEntry>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list({
    operation: "Deployment.modelHistory",
    path: path`deployments/${deployment}/modelHistory/`,
    page: ModelHistoryPage,
    query: input(PagingInput, paging),
    options
  })

const Capabilities = Schema.Struct({ data: Schema.Array(Capability) })

/**
 * What a deployment can do, and why it can't do the rest.
 *
 * `GET deployments/{id}/capabilities/`
 */
export const getCapabilities = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Capability>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    request({
      ...readCall("Deployment.getCapabilities", deployment, "capabilities/", options),
      response: Capabilities
    }),
    ({ data }) => data
  )

/**
 * Who a deployment is shared with. All that fit, or the first `limit` of them.
 *
 * `GET deployments/{id}/sharedRoles/`
 */
export const listSharedRoles = (
  deployment: Ref,
  roles: SharedRolesInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<SharedRole>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list({
    operation: "Deployment.listSharedRoles",
    path: path`deployments/${deployment}/sharedRoles/`,
    page: SharedRolesPage,
    query: input(SharedRolesInput, roles),
    options
  })

/**
 * Gives and takes roles, up to 100 at a time; those of others stay. A `Conflict` when no owner would be left.
 *
 * `PATCH deployments/{id}/sharedRoles/`
 */
export const updateSharedRoles = (
  deployment: Ref,
  roles: ReadonlyArray<Grant>,
  options: UpdateOptions = {}
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const grants = input(GrantsInput, { roles })
  return operation(
    "Deployment.updateSharedRoles",
    Effect.asVoid(send(changeCall({
      operation: "Deployment.updateSharedRoles",
      method: "PATCH",
      path: path`deployments/${deployment}/sharedRoles/`,
      body: { ...grants, value: { operation: "updateRoles", ...grants.value } }
    }, options)))
  )
}
