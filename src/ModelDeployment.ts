/**
 * Model deployments: a model of a project, tied to a prediction instance, with its monitoring data. The routes of
 * `modelDeployments/`, operation by operation, with the names of DataRobot's Python client in camelCase.
 */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { catchReason, type DataRobotError, DataRobotJobError } from "./DataRobotError.js"
import { camelCaseKeys } from "./internal/camelCaseKeys.js"
import { readCreated } from "./internal/created.js"
import { requestInvalid } from "./internal/failure.js"
import { input, rename } from "./internal/input.js"
import * as Listing from "./internal/listing.js"
import * as schema from "./internal/modelDeploymentSchema.js"
import { notADuration, positiveMillis, type RequestOptions } from "./internal/options.js"
import { path, type Ref } from "./internal/path.js"
import { done, pending, poll, waitIssues, type WaitOptions } from "./internal/poll.js"
import { type Call, decode, operation, request, type Requirements, send } from "./internal/request.js"
import type { Page } from "./Page.js"

export {
  ActionLogEntry,
  type CreateInput,
  type DateInput,
  Instance,
  type ListInput,
  Model,
  ModelDeployment,
  ModelDeploymentStatus,
  type Paging,
  Project,
  ServiceHealthMessage,
  ServiceStatistics,
  type StatisticsInput,
  type StreamInput,
  type UpdateInput,
  User
} from "./internal/modelDeploymentSchema.js"
export type { Ref } from "./internal/path.js"
export type { WaitOptions } from "./internal/poll.js"

/** An operation's result: what it answers, how it fails, what it needs. */
type Answered<A> = Effect.Effect<A, DataRobotError, Requirements>

/** Options of an update. */
export interface UpdateOptions extends RequestOptions {
  /**
   * Declares that this change may be sent twice, so that it is repeated after failures that leave open whether it took
   * place. Off without it.
   */
  readonly idempotent?: boolean | undefined
}

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
  deployment: schema.CreateInput,
  options?: RequestOptions
): Answered<schema.ModelDeployment> =>
  operation(
    "ModelDeployment.create",
    send({
      operation: "ModelDeployment.create",
      method: "POST",
      path: path`modelDeployments/`,
      body: input(schema.CreateInput, deployment),
      idempotent: false,
      whenUnknown:
        "It may have been created: look with ModelDeployment.list({ query: label }) before you create it again.",
      attemptTimeout: 60_000,
      options
    }).pipe(
      Effect.flatMap((answer) => readCreated(answer, { name: "modelDeployments", item: schema.ModelDeployment }))
    )
  )

const listing = (operation: string, filters: schema.StreamInput, options: RequestOptions | undefined) => ({
  operation,
  path: path`modelDeployments/`,
  item: schema.ModelDeployment,
  query: input(schema.StreamInput, filters),
  options
})

/**
 * All model deployments that fit, or the first `limit` of them, fetched page by page. Archived ones are among them
 * unless `status` says otherwise.
 *
 * `GET modelDeployments/`
 */
export const list = (
  filters: schema.ListInput = {},
  options?: RequestOptions
): Answered<ReadonlyArray<schema.ModelDeployment>> =>
  Listing.list(listing("ModelDeployment.list", filters, options), filters.limit)

/**
 * The model deployments that fit, as a stream. A page (of `pageSize`) is fetched when its first item is asked for.
 *
 * `GET modelDeployments/`
 */
export const stream = (
  filters: schema.StreamInput = {},
  options?: RequestOptions
): Stream.Stream<schema.ModelDeployment, DataRobotError, Requirements> =>
  Listing.stream(listing("ModelDeployment.stream", filters, options), filters.limit)

/**
 * One page of the model deployments that fit, of `limit` items. Its `next` asks for the page after it.
 *
 * `GET modelDeployments/`
 */
export const page = (
  filters: schema.ListInput = {},
  options?: RequestOptions
): Answered<Page<schema.ModelDeployment, schema.ListInput>> =>
  Listing.page({ ...listing("ModelDeployment.page", {}, options), query: input(schema.ListInput, filters) }, filters)

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
export const get = (deployment: Ref, options?: RequestOptions): Answered<schema.ModelDeployment> =>
  request({ ...getCall("ModelDeployment.get", deployment, options), response: schema.ModelDeployment })

/**
 * One model deployment, or none where there is none.
 *
 * `GET modelDeployments/{id}/`
 */
export const getOption = (
  deployment: Ref,
  options?: RequestOptions
): Answered<Option.Option<schema.ModelDeployment>> =>
  operation(
    "ModelDeployment.getOption",
    send(getCall("ModelDeployment.getOption", deployment, options)).pipe(
      Effect.flatMap((answer) => decode(answer, schema.ModelDeployment)),
      Effect.asSome,
      catchReason("NotFound", () => Effect.succeedNone)
    )
  )

const change = (
  name: string,
  deployment: Ref,
  changes: schema.UpdateInput,
  { idempotent = false, ...options }: UpdateOptions = {}
): Answered<schema.ModelDeployment> =>
  operation(
    name,
    send({
      operation: name,
      method: "PATCH",
      path: path`modelDeployments/${deployment}/`,
      body: input(schema.UpdateInput, changes),
      idempotent,
      whenUnknown: "It may have been changed all the same: read the deployment before you repeat it.",
      options
    }).pipe(
      Effect.zipRight(send({ ...getCall(name, deployment, options), note: "The change itself was made." })),
      Effect.flatMap((answer) => decode(answer, schema.ModelDeployment))
    )
  )

/**
 * Changes label, description (`""` empties it) or status, and answers the deployment as the server then has it.
 *
 * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
 */
export const update = (
  deployment: Ref,
  changes: schema.UpdateInput,
  options?: UpdateOptions
): Answered<schema.ModelDeployment> => change("ModelDeployment.update", deployment, changes, options)

/** Sets the status `active`. See `update`. */
export const activate = (deployment: Ref, options?: UpdateOptions): Answered<schema.ModelDeployment> =>
  change("ModelDeployment.activate", deployment, { status: schema.ModelDeploymentStatus.ACTIVE }, options)

/** Sets the status `inactive`. See `update`. */
export const deactivate = (deployment: Ref, options?: UpdateOptions): Answered<schema.ModelDeployment> =>
  change("ModelDeployment.deactivate", deployment, { status: schema.ModelDeploymentStatus.INACTIVE }, options)

/** Sets the status `archived`, which is how a deployment is taken away. See `update`. */
export const archive = (deployment: Ref, options?: UpdateOptions): Answered<schema.ModelDeployment> =>
  change("ModelDeployment.archive", deployment, { status: schema.ModelDeploymentStatus.ARCHIVED }, options)

/**
 * What the prediction service did in the period `[startDate, endDate)`; in the last 24 hours without one. Rates are
 * shares of all requests, `load` is in requests per minute, `medianExecutionTime` in seconds.
 *
 * `GET modelDeployments/{id}/serviceStats/`
 */
export const getServiceStatistics = (
  deployment: Ref,
  period: schema.StatisticsInput = {},
  options?: RequestOptions
): Answered<schema.ServiceStatistics> =>
  request({
    operation: "ModelDeployment.getServiceStatistics",
    method: "GET",
    path: path`modelDeployments/${deployment}/serviceStats/`,
    query: rename(input(schema.StatisticsInput, period), { startDate: "start", endDate: "end" }),
    idempotent: true,
    response: schema.ServiceStatistics,
    options
  })

/**
 * Who did what with a deployment, and when; oldest first. All entries, or the first `limit` of them.
 *
 * `GET modelDeployments/{id}/actionLog/`
 */
export const actionLog = (
  deployment: Ref,
  paging: schema.Paging = {},
  options?: RequestOptions
): Answered<ReadonlyArray<schema.ActionLogEntry>> =>
  Listing.list({
    operation: "ModelDeployment.actionLog",
    path: path`modelDeployments/${deployment}/actionLog/`,
    item: camelCaseKeys(schema.ActionLogEntry),
    query: input(schema.PagingInput, paging),
    options
  }, paging.limit)

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
): Answered<schema.ModelDeployment> => {
  const name = "ModelDeployment.awaitDeployed"
  const call = getCall(name, deployment, options)
  const checked = { ...call, path: { ...call.path, issues: [...call.path.issues, ...waitIssues(wait)] } }
  const jobError = (reason: "Failed" | "Deadline", attempts: number, status: string | undefined, message: string) =>
    new DataRobotJobError({
      operation: name,
      method: call.method,
      path: call.path.path,
      attempts,
      reason,
      handle: { kind: "modelDeployment", id: typeof deployment === "string" ? deployment : deployment.id },
      ...(status === undefined ? {} : { status }),
      message: `${name}: ${message}`
    })
  const ask = Effect.flatMap(send(checked), (answer) => decode(answer, schema.ModelDeployment)).pipe(
    Effect.flatMap((found) => {
      if (found.deployed === true) return Effect.succeed(done(found))
      return found.status === schema.ModelDeploymentStatus.ARCHIVED
        ? Effect.fail(jobError("Failed", 1, found.status, "the deployment was archived before it was deployed."))
        : Effect.succeed(pending(found.status))
    })
  )
  return operation(
    name,
    poll(ask, wait, (status, asked) =>
      jobError(
        "Deadline",
        asked,
        status,
        `it is still not deployed after ${asked} questions. It may yet be: wait again with the error's handle.`
      ))
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
): Stream.Stream<schema.ModelDeployment, DataRobotError, Requirements> => {
  const call = getCall("ModelDeployment.watch", deployment, options)
  const millis = positiveMillis(interval)
  if (millis === undefined) {
    const context = { operation: call.operation, method: call.method, path: call.path.path }
    return Stream.fail(requestInvalid(context, [{ path: "interval", message: notADuration }]))
  }
  return Stream.repeatEffectWithSchedule(
    request({ ...call, response: schema.ModelDeployment }),
    Schedule.spaced(millis)
  ).pipe(Stream.changesWith((a, b) => JSON.stringify(a) === JSON.stringify(b)))
}
