/**
 * Prediction environments: the platforms that deployments run on, inside or outside of DataRobot. The id of one is the
 * `predictionEnvironmentId` of a new deployment.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { changeAtOnce, remove } from "./internal/protocols/change.js"
import { createAtOnce } from "./internal/protocols/createdResource.js"
import * as Listing from "./internal/protocols/listing.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import type { Page } from "./Page.js"
import {
  type CreateInput,
  ListInput,
  type PredictionEnvironment,
  StreamInput,
  type UpdateInput
} from "./wire/predictionEnvironment.js"
import * as Routes from "./wire/routes/predictionEnvironments.js"

export type { UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { Ahead, Any, Paging } from "./wire/fields.js"
export {
  type CreateInput,
  type ListInput,
  type ModelFormat,
  type Platform,
  PredictionEnvironment,
  type StreamInput,
  type UpdateInput
} from "./wire/predictionEnvironment.js"

/**
 * Returns all prediction environments that match, or the first `limit` of them. Fetches them page by page.
 *
 * Errors: those of every operation.
 *
 * `GET predictionEnvironments/`
 *
 * @since 0.1.0
 * @example
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const environments = PredictionEnvironment.list({ supportedModelFormats: ["customModel"] })
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<PredictionEnvironment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("PredictionEnvironment.list", options), { ...Routes.list, query: ListInput }, {}, filters)

/**
 * Returns the prediction environments that match, as a stream. Fetches a page of `pageSize` items when its first item
 * is read, or earlier with `prefetch` and `concurrency`.
 *
 * Errors: those of every operation.
 *
 * `GET predictionEnvironments/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const names = PredictionEnvironment.stream().pipe(Stream.map(({ name }) => name), Stream.runCollect)
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<PredictionEnvironment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(
    operation("PredictionEnvironment.stream", options),
    { ...Routes.list, query: StreamInput },
    {},
    filters
  )

/**
 * Returns one page of the prediction environments that match. `limit` is the number of items: at most 100, default 20.
 * Pass the page's `next` to this operation to get the next page.
 *
 * Errors: those of every operation.
 *
 * `GET predictionEnvironments/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const first = PredictionEnvironment.page({ limit: 20 })
 * const second = Effect.flatMap(first, ({ next }) => PredictionEnvironment.page(next))
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<PredictionEnvironment, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("PredictionEnvironment.page", options), Routes.list, {}, filters)

/**
 * Returns one prediction environment.
 *
 * Errors: `NotFound` if the environment does not exist; see `getOption`.
 *
 * `GET predictionEnvironments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const platform = Effect.map(PredictionEnvironment.get("60a0000000000000000000f1"), ({ platform }) => platform)
 */
export const get = (
  environment: Ref,
  options?: RequestOptions
): Effect.Effect<PredictionEnvironment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("PredictionEnvironment.get", options), Routes.get, { id: environment })

/**
 * Returns one prediction environment, or none if it does not exist.
 *
 * Errors: those of every operation. An environment that does not exist is no error.
 *
 * `GET predictionEnvironments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const exists = Effect.map(PredictionEnvironment.getOption("60a0000000000000000000f1"), Option.isSome)
 */
export const getOption = (
  environment: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<PredictionEnvironment>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("PredictionEnvironment.getOption", options), Routes.get, { id: environment })

/**
 * Creates a prediction environment, and returns it. Sends the request only once if an earlier attempt may have taken
 * effect. The error then has the outcome `"unknown"`, and `list` shows whether the environment exists.
 *
 * Errors: `Unprocessable` if DataRobot does not accept the platform or a format.
 *
 * `POST predictionEnvironments/`, then `GET predictionEnvironments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const created = PredictionEnvironment.create({ name: "Serverless", platform: "datarobotServerless" })
 */
export const create = (
  environment: CreateInput,
  options?: RequestOptions
): Effect.Effect<PredictionEnvironment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  createAtOnce(
    operation("PredictionEnvironment.create", options),
    Routes.create,
    environment,
    { name: "predictionEnvironments", route: Routes.get },
    "It may have been created: check with PredictionEnvironment.list() before you create it again."
  )

/**
 * Changes a prediction environment. Returns it as read after the change.
 *
 * Errors: `NotFound` if the environment does not exist.
 *
 * `PATCH predictionEnvironments/{id}/`, then `GET predictionEnvironments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const updated = PredictionEnvironment.update("60a0000000000000000000f1", { description: "For nightly scoring" })
 */
export const update = (
  environment: Ref,
  changes: UpdateInput,
  options?: UpdateOptions
): Effect.Effect<PredictionEnvironment, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAtOnce(
    operation("PredictionEnvironment.update", options),
    Routes.update,
    { id: environment },
    changes,
    Routes.get,
    { whenUnknown: "The change may have been made: read the prediction environment before you try again." }
  )

/**
 * Deletes a prediction environment.
 *
 * Errors: `Unprocessable` while deployments run in the environment. `NotFound` if it does not exist.
 *
 * `DELETE predictionEnvironments/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { PredictionEnvironment } from "effect-datarobot"
 *
 * const deleted = PredictionEnvironment.delete("60a0000000000000000000f1")
 */
const delete_ = (
  environment: Ref,
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  remove(operation("PredictionEnvironment.delete", options), Routes.delete, { id: environment })

export { delete_ as delete }
