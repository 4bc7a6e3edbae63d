/**
 * Model deployments: a model of a project, tied to a prediction instance, with its monitoring data. The routes of
 * `modelDeployments/`, operation by operation, with the names of DataRobot's Python client in camelCase.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { actionLogOf } from "./internal/protocols/actionLog.js"
import { readCreatedOrBody } from "./internal/protocols/createdResource.js"
import * as Listing from "./internal/protocols/listing.js"
import { done, ended, type Found, pending, poll, type WaitOptions } from "./internal/protocols/poll.js"
import { requestInvalid } from "./internal/request/errors.js"
import { type Input, input, rename } from "./internal/request/input.js"
import { notADuration, positiveMillis, type RequestOptions, type UpdateOptions } from "./internal/request/options.js"
import { idOf, path, type Ref } from "./internal/request/path.js"
import { requestOption } from "./internal/request/requestOption.js"
import { type Call, decode, operation, request, send } from "./internal/request/send.js"
import type { Page } from "./Page.js"
import { Envelope } from "./wire/envelope.js"
import type { Paging } from "./wire/fields.js"
import {
  type ActionLogEntry,
  CreateInput,
  ListInput,
  ModelDeployment,
  ModelDeploymentStatus,
  ServiceStatistics,
  StatisticsInput,
  StreamInput,
  UpdateInput
} from "./wire/modelDeployment.js"

export type { WaitOptions } from "./internal/protocols/poll.js"
export type { UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { Ahead, DateInput, Paging } from "./wire/fields.js"
export {
  ActionLogEntry,
  type CreateInput,
  Instance,
  type ListInput,
  Model,
  ModelDeployment,
  ModelDeploymentStatus,
  Project,
  ServiceHealthMessage,
  ServiceStatistics,
  type StatisticsInput,
  type StreamInput,
  type UpdateInput,
  User
} from "./wire/modelDeployment.js"

/** How often to look. */
export interface WatchOptions {
  /** The time between two looks; 10 seconds without it. */
  readonly interval?: Duration.DurationInput | undefined
}

/**
 * Deploys a model and answers the deployment. It may not be `deployed` yet: see `awaitDeployed`.
 *
 * It is never sent twice when an earlier attempt may have been carried out. The error then has the outcome `"unknown"`;
 * `list({ query: label })` shows whether the deployment is there.
 *
 * `POST modelDeployments/`, then `GET modelDeployments/{id}/`
 *
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
  operation(
    "ModelDeployment.create",
    send({
      operation: "ModelDeployment.create",
      method: "POST",
      path: path`modelDeployments/`,
      body: input(CreateInput, deployment),
      idempotent: false,
      whenUnknown:
        "It may have been created: look with ModelDeployment.list({ query: label }) before you create it again.",
      attemptTimeout: 60_000,
      options
    }).pipe(
      Effect.flatMap((answer) =>
        readCreatedOrBody(answer, {
          operation: "ModelDeployment.create",
          collection: { name: "modelDeployments", item: ModelDeployment },
          made: "created",
          options
        })
      )
    )
  )

// Built once: a schema is compiled when it is first used.
const DeploymentsPage = Envelope(ModelDeployment)

const listing = (operation: string, query: Input, options: RequestOptions | undefined) => ({
  operation,
  path: path`modelDeployments/`,
  page: DeploymentsPage,
  query,
  options
})

/**
 * All model deployments that fit, or the first `limit` of them, fetched page by page. Archived ones are among them
 * unless `status` says otherwise.
 *
 * `GET modelDeployments/`
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ModelDeployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(listing("ModelDeployment.list", input(ListInput, filters), options))

/**
 * The model deployments that fit, as a stream. A page (of `pageSize`) is fetched when its first item is asked for, or
 * ahead of that with `prefetch` and `concurrency`.
 *
 * `GET modelDeployments/`
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(listing("ModelDeployment.stream", input(StreamInput, filters), options))

/**
 * One page of the model deployments that fit, of `limit` items. Its `next` asks for the page after it.
 *
 * `GET modelDeployments/`
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<ModelDeployment, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(listing("ModelDeployment.page", input(ListInput, filters), options), filters)

const getCall = (operation: string, deployment: Ref, options: RequestOptions | undefined): Call => ({
  operation,
  method: "GET",
  path: path`modelDeployments/${deployment}/`,
  idempotent: true,
  options
})

/**
 * One model deployment. Fails with a `DataRobotApiError` of reason `NotFound` where there is none; see `getOption`.
 *
 * `GET modelDeployments/{id}/`
 */
export const get = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({ ...getCall("ModelDeployment.get", deployment, options), response: ModelDeployment })

/**
 * One model deployment, or none where there is none.
 *
 * `GET modelDeployments/{id}/`
 */
export const getOption = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<ModelDeployment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  requestOption({ ...getCall("ModelDeployment.getOption", deployment, options), response: ModelDeployment })

const change = (
  name: string,
  deployment: Ref,
  changes: UpdateInput,
  { idempotent = false, ...options }: UpdateOptions = {}
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  operation(
    name,
    send({
      operation: name,
      method: "PATCH",
      path: path`modelDeployments/${deployment}/`,
      body: input(UpdateInput, changes),
      idempotent,
      whenUnknown: "It may have been changed all the same: read the deployment before you repeat it.",
      options
    }).pipe(
      Effect.zipRight(send({ ...getCall(name, deployment, options), note: "The change itself was made." })),
      Effect.flatMap((answer) => decode(answer, ModelDeployment))
    )
  )

/**
 * Changes label, description (`""` empties it) or status, and answers the deployment as the server then has it.
 *
 * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
 */
export const update = (
  deployment: Ref,
  changes: UpdateInput,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.update", deployment, changes, options)

/** Sets the status `active`. See `update`. */
export const activate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.activate", deployment, { status: ModelDeploymentStatus.ACTIVE }, options)

/** Sets the status `inactive`. See `update`. */
export const deactivate = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.deactivate", deployment, { status: ModelDeploymentStatus.INACTIVE }, options)

/** Sets the status `archived`, which is how a deployment is taken away. See `update`. */
export const archive = (
  deployment: Ref,
  options?: UpdateOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  change("ModelDeployment.archive", deployment, { status: ModelDeploymentStatus.ARCHIVED }, options)

/**
 * What the prediction service did in the period `[startDate, endDate)`; in the last 24 hours without one. Rates are
 * shares of all requests, `load` is in requests per minute, `medianExecutionTime` in seconds.
 *
 * `GET modelDeployments/{id}/serviceStats/`
 */
export const getServiceStatistics = (
  deployment: Ref,
  period: StatisticsInput = {},
  options?: RequestOptions
): Effect.Effect<ServiceStatistics, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    operation: "ModelDeployment.getServiceStatistics",
    method: "GET",
    path: path`modelDeployments/${deployment}/serviceStats/`,
    query: rename(input(StatisticsInput, period), { startDate: "start", endDate: "end" }),
    idempotent: true,
    response: ServiceStatistics,
    options
  })

/**
 * Who did what with a deployment, and when; oldest first. All entries, or the first `limit` of them.
 *
 * `GET modelDeployments/{id}/actionLog/`
 */
export const actionLog = (
  deployment: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ActionLogEntry>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  actionLogOf("ModelDeployment.actionLog", deployment, paging, options)

/**
 * Waits until a deployment is `deployed`, and answers it then.
 *
 * Fails with a `DataRobotJobError` when it takes longer than `timeout` (reason `Deadline`; its `handle` can be waited
 * for again), or when it was archived meanwhile (`Failed`).
 *
 * `GET modelDeployments/{id}/`, at growing intervals
 */
export const awaitDeployed = (
  deployment: Ref,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const call = getCall("ModelDeployment.awaitDeployed", deployment, options)
  const judge = (found: ModelDeployment, retryAfter: number | undefined): Found<ModelDeployment> => {
    if (found.deployed === true) return done(found)
    return found.status === ModelDeploymentStatus.ARCHIVED
      ? ended("Failed", found.status, "the deployment was archived before it was deployed.")
      : pending(found.status, retryAfter)
  }
  return operation(
    call.operation,
    poll({
      call,
      handle: { kind: "modelDeployment", id: idOf(deployment) ?? "" },
      options: wait,
      read: (answer) => Effect.map(decode(answer, ModelDeployment), (found) => judge(found, answer.retryAfter)),
      onDeadline: (_, asked) =>
        `it is still not deployed after ${asked} questions. It may yet be: wait again with the error's handle.`
    })
  )
}

/**
 * A deployment as it changes: as it is now, and then each time that anything about it is different. Ends only when a
 * look fails or the stream is interrupted.
 *
 * `GET modelDeployments/{id}/`, at fixed intervals
 */
export const watch = (
  deployment: Ref,
  { interval = "10 seconds" }: WatchOptions = {},
  options?: RequestOptions
): Stream.Stream<ModelDeployment, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const call = getCall("ModelDeployment.watch", deployment, options)
  const millis = positiveMillis(interval)
  if (millis === undefined) {
    const context = { operation: call.operation, method: call.method, path: call.path.path }
    return Stream.fail(requestInvalid(context, [{ path: "interval", message: notADuration }]))
  }
  return Stream.repeatEffectWithSchedule(
    request({ ...call, response: ModelDeployment }),
    Schedule.spaced(millis)
  ).pipe(Stream.changesWith((a, b) => JSON.stringify(a) === JSON.stringify(b)))
}
