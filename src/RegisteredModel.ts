/**
 * Registered models, and their versions: the models that are ready to be deployed. A version is a model package, and its
 * id is the `modelPackageId` of a new deployment. `ModelPackage` creates them.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import * as Listing from "./internal/protocols/listing.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import type { Page } from "./Page.js"
import type { Paging } from "./wire/fields.js"
import type { ModelPackage } from "./wire/modelPackage.js"
import { ListInput, type RegisteredModel, StreamInput } from "./wire/registeredModel.js"
import * as Routes from "./wire/routes/registeredModels.js"

export type { Ref } from "./internal/request/path.js"
export type { Ahead, Any, Paging } from "./wire/fields.js"
export { ModelPackage, Tag, Target } from "./wire/modelPackage.js"
export { type ListInput, RegisteredModel, RegisteredModelUser, type StreamInput } from "./wire/registeredModel.js"

/**
 * Returns all registered models that match, or the first `limit` of them. Fetches them page by page.
 *
 * `GET registeredModels/`
 *
 * @since 0.1.0
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<RegisteredModel>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("RegisteredModel.list", options), { ...Routes.list, query: ListInput }, {}, filters)

/**
 * Returns the registered models that match, as a stream. Fetches a page of `pageSize` items when its first item is read,
 * or earlier with `prefetch` and `concurrency`.
 *
 * `GET registeredModels/`
 *
 * @since 0.1.0
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<RegisteredModel, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(operation("RegisteredModel.stream", options), { ...Routes.list, query: StreamInput }, {}, filters)

/**
 * Returns one page of the registered models that match. `limit` is the number of items: at most 100, default 20. Pass the
 * page's `next` to this operation to get the next page.
 *
 * `GET registeredModels/`
 *
 * @since 0.1.0
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<RegisteredModel, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("RegisteredModel.page", options), Routes.list, {}, filters)

/**
 * Returns one registered model. Fails with a `DataRobotApiError` of reason `NotFound` if it does not exist; see `getOption`.
 *
 * `GET registeredModels/{id}/`
 *
 * @since 0.1.0
 */
export const get = (
  model: Ref,
  options?: RequestOptions
): Effect.Effect<RegisteredModel, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("RegisteredModel.get", options), Routes.get, { id: model })

/**
 * Returns one registered model, or `Option.none()` if it does not exist.
 *
 * `GET registeredModels/{id}/`
 *
 * @since 0.1.0
 */
export const getOption = (
  model: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<RegisteredModel>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("RegisteredModel.getOption", options), Routes.get, { id: model })

/**
 * Returns the versions of a registered model: all of them, or the first `limit` of them. The `id` of a version is the
 * `modelPackageId` of a new deployment.
 *
 * `GET registeredModels/{id}/versions/`
 *
 * @since 0.1.0
 */
export const listVersions = (
  model: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ModelPackage>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("RegisteredModel.listVersions", options), Routes.versions, { id: model }, paging)

/**
 * Returns one version of a registered model. Fails with a `DataRobotApiError` of reason `NotFound` if the model or the
 * version does not exist.
 *
 * `GET registeredModels/{id}/versions/{versionId}/`
 *
 * @since 0.1.0
 */
export const getVersion = (
  model: Ref,
  version: Ref,
  options?: RequestOptions
): Effect.Effect<ModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("RegisteredModel.getVersion", options), Routes.version, { id: model, versionId: version })
