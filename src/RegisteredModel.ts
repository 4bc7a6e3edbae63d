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
 * Errors: those of every operation.
 *
 * `GET registeredModels/`
 *
 * @since 0.1.0
 * @example
 * import { RegisteredModel } from "effect-datarobot"
 *
 * const models = RegisteredModel.list({ search: "churn", sortKey: "modifiedAt", sortDirection: "desc", limit: 10 })
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<RegisteredModel>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("RegisteredModel.list", options), { ...Routes.list, query: ListInput }, {}, filters)

/**
 * Returns the registered models that match, as a stream. Fetches a page of `pageSize` items when its first item is
 * read, or earlier with `prefetch` and `concurrency`.
 *
 * Errors: those of every operation.
 *
 * `GET registeredModels/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { RegisteredModel } from "effect-datarobot"
 *
 * const names = RegisteredModel.stream({ targetType: "Binary" }).pipe(
 *   Stream.map(({ name }) => name),
 *   Stream.runCollect
 * )
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<RegisteredModel, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(operation("RegisteredModel.stream", options), { ...Routes.list, query: StreamInput }, {}, filters)

/**
 * Returns one page of the registered models that match. `limit` is the number of items: at most 100, default 20. Pass
 * the page's `next` to this operation to get the next page.
 *
 * Errors: those of every operation.
 *
 * `GET registeredModels/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { RegisteredModel } from "effect-datarobot"
 *
 * const first = RegisteredModel.page({ limit: 20 })
 * const second = Effect.flatMap(first, ({ next }) => RegisteredModel.page(next))
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<RegisteredModel, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("RegisteredModel.page", options), Routes.list, {}, filters)

/**
 * Returns one registered model.
 *
 * Errors: `NotFound` if the registered model does not exist; see `getOption`.
 *
 * `GET registeredModels/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { RegisteredModel } from "effect-datarobot"
 *
 * const latest = Effect.map(RegisteredModel.get("60a000000000000000000ad1"), ({ lastVersionNum }) => lastVersionNum)
 */
export const get = (
  model: Ref,
  options?: RequestOptions
): Effect.Effect<RegisteredModel, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("RegisteredModel.get", options), Routes.get, { id: model })

/**
 * Returns one registered model, or none if it does not exist.
 *
 * Errors: those of every operation. A registered model that does not exist is no error.
 *
 * `GET registeredModels/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { RegisteredModel } from "effect-datarobot"
 *
 * const exists = Effect.map(RegisteredModel.getOption("60a000000000000000000ad1"), Option.isSome)
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
 * Errors: `NotFound` if the registered model does not exist.
 *
 * `GET registeredModels/{id}/versions/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { RegisteredModel } from "effect-datarobot"
 *
 * const packageIds = Effect.map(
 *   RegisteredModel.listVersions("60a000000000000000000ad1"),
 *   (versions) => versions.map(({ id }) => id)
 * )
 */
export const listVersions = (
  model: Ref,
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ModelPackage>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("RegisteredModel.listVersions", options), Routes.versions, { id: model }, paging)

/**
 * Returns one version of a registered model.
 *
 * Errors: `NotFound` if the registered model or the version does not exist.
 *
 * `GET registeredModels/{id}/versions/{versionId}/`
 *
 * @since 0.1.0
 * @example
 * import { RegisteredModel } from "effect-datarobot"
 *
 * const version = RegisteredModel.getVersion("60a000000000000000000ad1", "60a0000000000000000000e1")
 */
export const getVersion = (
  model: Ref,
  version: Ref,
  options?: RequestOptions
): Effect.Effect<ModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("RegisteredModel.getVersion", options), Routes.version, { id: model, versionId: version })
