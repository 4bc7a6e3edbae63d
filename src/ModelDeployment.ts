/**
 * Model deployments: the operations of the model deployments API, `modelDeployments/`. Names are those of DataRobot's
 * Python client in camelCase. A model deployment is a model of a project, connected to a prediction instance, with its
 * monitoring data.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { changeAtOnce } from "./internal/protocols/change.js"
import { createAtOnce } from "./internal/protocols/createdResource.js"
import * as Listing from "./internal/protocols/listing.js"
import { done, ended, type Found, pending, poll } from "./internal/protocols/poll.js"
import { operation } from "./internal/request/operation.js"
import {
  notADuration,
  positiveMillis,
  type RequestOptions,
  type UpdateOptions,
  type WaitOptions
} from "./internal/request/options.js"
import { idOf, type Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import { decode, refuseArguments } from "./internal/request/send.js"
import { run } from "./internal/request/tracing.js"
import type { Page } from "./Page.js"
import { actionLogPage } from "./wire/actionLog.js"
import type { Paging } from "./wire/fields.js"
import {
  type ActionLogEntry,
  type CreateInput,
  type ListInput,
  type ModelDeployment,
  type ServiceStatistics,
  type StatisticsInput,
  StreamInput,
  type UpdateInput
} from "./wire/modelDeployment.js"
import { ModelDeploymentStatus } from "./wire/modelDeploymentStatus.js"
import * as Routes from "./wire/routes/modelDeployments.js"

export type { UpdateOptions, WaitOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { Ahead, DateInput, Paging } from "./wire/fields.js"
export {
  ActionLogEntry,
  type CreateInput,
  Instance,
  type ListInput,
  Model,
  ModelDeployment,
  Project,
  ServiceHealthMessage,
  ServiceStatistics,
  type StatisticsInput,
  type StreamInput,
  type UpdateInput,
  User
} from "./wire/modelDeployment.js"
export { ModelDeploymentStatus } from "./wire/modelDeploymentStatus.js"

/**
 * Options of `watch`.
 *
 * @since 0.1.0
 */
export interface WatchOptions {
  /** Time between two polls. Default: 10 seconds. */
  readonly interval?: Duration.DurationInput | undefined
}

/**
 * Creates a deployment of a model, and returns it. It may not be `deployed` yet; see `awaitDeployed`.
 *
 * The request is never sent twice if an earlier attempt may have taken effect. The error then has the outcome
 * `"unknown"`; `list({ query: label })` shows whether the deployment exists.
 *
 * Errors: `NotFound` or `Unprocessable` if the project, the model or the instance does not exist. `Forbidden` if the
 * account may not deploy models.
 *
 * `POST modelDeployments/`, then `GET modelDeployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const deployed = ModelDeployment.create({
 *   projectId: "5b00000000000000000000b1",
 *   modelId: "5b00000000000000000000a1",
 *   label: "Churn scorer"
 * }).pipe(Effect.flatMap((deployment) => ModelDeployment.awaitDeployed(deployment)))
 */
export const create = (
  deployment: CreateInput,
  options?: RequestOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  createAtOnce(
    operation("ModelDeployment.create", options),
    Routes.create,
    deployment,
    { name: "modelDeployments", route: Routes.get },
    "It may have been created: check with ModelDeployment.list({ query: label }) before you create it again."
  )

/**
 * Returns all deployments that match, or the first `limit` of them. Fetches them page by page. Includes archived
 * deployments unless `status` excludes them.
 *
 * Errors: `Unexpected` (status 400) or `Unprocessable` if the server does not know a status or an order.
 *
 * `GET modelDeployments/`
 *
 * @since 0.1.0
 * @example
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const active = ModelDeployment.list({ status: "active", orderBy: "label", limit: 10 })
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ModelDeployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("ModelDeployment.list", options), Routes.list, {}, filters)

/**
 * Returns the deployments that match, as a stream. Fetches a page of `pageSize` items when its first item is read, or
 * earlier with `prefetch` and `concurrency`.
 *
 * Errors: those of `list`.
 *
 * `GET modelDeployments/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const labels = ModelDeployment.stream({ query: "churn", pageSize: 50 }).pipe(
 *   Stream.map(({ label }) => label),
 *   Stream.runCollect
 * )
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(operation("ModelDeployment.stream", options), { ...Routes.list, query: StreamInput }, {}, filters)

/**
 * Returns one page of the deployments that match, with at most `limit` items. Pass the page's `next` to this operation
 * to get the next page.
 *
 * Errors: those of `list`.
 *
 * `GET modelDeployments/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const first = ModelDeployment.page({ limit: 20 })
 * const second = Effect.flatMap(first, ({ next }) => ModelDeployment.page(next))
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<ModelDeployment, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("ModelDeployment.page", options), Routes.list, {}, filters)

/**
 * Returns one deployment.
 *
 * Errors: `NotFound` if the deployment does not exist; see `getOption`.
 *
 * `GET modelDeployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const label = Effect.map(ModelDeployment.get("5b0000000000000000000001"), (deployment) => deployment.label)
 */
export const get = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("ModelDeployment.get", options), Routes.get, { id: deployment })

/**
 * Returns one deployment, or none if it does not exist.
 *
 * Errors: those of every operation. A deployment that does not exist is no error.
 *
 * `GET modelDeployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const label = ModelDeployment.getOption("5b0000000000000000000001").pipe(
 *   Effect.map(Option.match({ onNone: () => "(gone)", onSome: (deployment) => deployment.label }))
 * )
 */
export const getOption = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<ModelDeployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("ModelDeployment.getOption", options), Routes.get, { id: deployment })

const change = (
  name: string,
  deployment: Ref,
  changes: UpdateInput,
  options: UpdateOptions | undefined
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAtOnce(operation(name, options), Routes.update, { id: deployment }, changes, Routes.get)

/**
 * Changes the label, the description (`""` clears it) or the status. Returns the deployment as read after the change.
 *
 * Errors: `NotFound` if the deployment does not exist. `Forbidden` if the token's user may not change it.
 *
 * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const updated = ModelDeployment.update("5b0000000000000000000001", { label: "Churn scorer 2", description: "" })
 */
export const update = (
  deployment: Ref,
  changes: UpdateInput,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.update", deployment, changes, options)

/**
 * Sets the status `active`. See `update`.
 *
 * Errors: those of `update`.
 *
 * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const active = ModelDeployment.activate("5b0000000000000000000001")
 */
export const activate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.activate", deployment, { status: ModelDeploymentStatus.ACTIVE }, options)

/**
 * Sets the status `inactive`. See `update`.
 *
 * Errors: those of `update`.
 *
 * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const inactive = ModelDeployment.deactivate("5b0000000000000000000001")
 */
export const deactivate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.deactivate", deployment, { status: ModelDeploymentStatus.INACTIVE }, options)

/**
 * Sets the status `archived`. The model deployments API has no delete, so archive a deployment to remove it. See
 * `update`.
 *
 * Errors: those of `update`.
 *
 * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const archived = ModelDeployment.archive("5b0000000000000000000001")
 */
export const archive = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.archive", deployment, { status: ModelDeploymentStatus.ARCHIVED }, options)

/**
 * Returns the service statistics of the period `[startDate, endDate)`. Default: the last 24 hours. Rates are shares of
 * all requests (0 to 1), `load` is in requests per minute, and `medianExecutionTime` is in seconds.
 *
 * Errors: `NotFound` if the deployment does not exist. A `DataRobotValidationError` if `startDate` is not before
 * `endDate`.
 *
 * `GET modelDeployments/{id}/serviceStats/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const errors = ModelDeployment.getServiceStatistics("5b0000000000000000000001", {
 *   startDate: "2018-05-01",
 *   endDate: "2018-05-08"
 * }).pipe(
 *   Effect.map(({ serverErrorRate }) => `${serverErrorRate.current * 100} %`)
 * )
 */
export const getServiceStatistics = (
  deployment: Ref,
  period: StatisticsInput = {},
  options?: RequestOptions
): Effect.Effect<ServiceStatistics, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("ModelDeployment.getServiceStatistics", options), Routes.serviceStats, { id: deployment }, period)

/**
 * Returns the actions that users performed on a deployment, oldest first: all entries, or the first `limit` of them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET modelDeployments/{id}/actionLog/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const actions = ModelDeployment.actionLog("5b0000000000000000000001", { limit: 20 }).pipe(
 *   Effect.map((entries) => entries.map(({ action, performedBy }) => `${action} by ${performedBy.username}`))
 * )
 */
export const actionLog = (
  deployment: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ActionLogEntry>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("ModelDeployment.actionLog", options), { ...Routes.actionLog, success: actionLogPage }, {
    id: deployment
  }, paging)

/**
 * Waits until a deployment is `deployed`, and returns it.
 *
 * Errors: `Deadline` if the wait takes longer than `timeout`; pass the error's `handle` to this operation to keep
 * waiting. `Failed` if the deployment is archived meanwhile. `NotFound` if it does not exist.
 *
 * `GET modelDeployments/{id}/`, at growing intervals
 *
 * @since 0.1.0
 * @example
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const deployed = ModelDeployment.awaitDeployed("5b0000000000000000000001", {
 *   timeout: "20 minutes",
 *   interval: "5 seconds"
 * })
 */
export const awaitDeployed = (
  deployment: Ref,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("ModelDeployment.awaitDeployed", options)
  const judge = (found: ModelDeployment, retryAfter: number | undefined): Found<ModelDeployment> => {
    if (found.deployed === true) return done(found)
    return found.status === ModelDeploymentStatus.ARCHIVED
      ? ended("Failed", found.status, "the deployment was archived before it was deployed.")
      : pending(found.status, retryAfter)
  }
  return run(
    op,
    poll({
      operation: op,
      call: { route: Routes.get, ids: { id: deployment } },
      handle: { kind: "modelDeployment", id: idOf(deployment) ?? "" },
      options: wait,
      read: (response) =>
        Effect.map(decode(response, Routes.get.success), (found) => judge(found, response.retryAfter)),
      onDeadline: (_, polls) =>
        `not deployed after ${polls} polls. Pass this error's \`handle\` to \`awaitDeployed\` to keep waiting.`
    })
  )
}

/**
 * Emits a deployment, and emits it again each time that it has changed. The stream ends only if a poll fails or if it
 * is interrupted.
 *
 * Errors: `NotFound` if the deployment does not exist, or is deleted meanwhile.
 *
 * `GET modelDeployments/{id}/`, at fixed intervals
 *
 * @since 0.1.0
 * @example
 * import { Console, Stream } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 *
 * const statuses = ModelDeployment.watch("5b0000000000000000000001", { interval: "30 seconds" }).pipe(
 *   Stream.runForEach(({ deployed, status }) => Console.log(status, deployed))
 * )
 */
export const watch = (
  deployment: Ref,
  watching: WatchOptions = {},
  options?: RequestOptions
): Stream.Stream<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("ModelDeployment.watch", options)
  const millis = positiveMillis(watching.interval ?? "10 seconds")
  if (millis === undefined) {
    const issues = [{ path: "interval", message: notADuration }]
    return Stream.unwrap(refuseArguments(op, { route: Routes.get, ids: { id: deployment } }, issues))
  }
  return Stream.repeatEffectWithSchedule(
    read(op, Routes.get, { id: deployment }),
    Schedule.spaced(millis)
  ).pipe(Stream.changesWith((a, b) => JSON.stringify(a) === JSON.stringify(b)))
}
