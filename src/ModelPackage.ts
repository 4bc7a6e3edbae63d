/**
 * Model packages: models with all that is needed to deploy them. A package is one version of a registered model. Its id
 * is the `modelPackageId` of a new deployment.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { remove } from "./internal/protocols/change.js"
import { createAtOnce } from "./internal/protocols/createdResource.js"
import * as Listing from "./internal/protocols/listing.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import type { Page } from "./Page.js"
import {
  type CreateFromCustomModelVersionInput,
  type CreateFromLearningModelInput,
  ListInput,
  type ModelPackage,
  StreamInput
} from "./wire/modelPackage.js"
import * as Routes from "./wire/routes/modelPackages.js"

export type { UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { Ahead, Paging } from "./wire/fields.js"
export {
  type CreateFromCustomModelVersionInput,
  type CreateFromLearningModelInput,
  type ListInput,
  ModelPackage,
  type StreamInput,
  Tag,
  Target
} from "./wire/modelPackage.js"

/**
 * Returns all model packages that match, or the first `limit` of them. Fetches them page by page.
 *
 * Errors: those of every operation.
 *
 * `GET modelPackages/`
 *
 * @since 0.1.0
 * @example
 * import { ModelPackage } from "effect-datarobot"
 *
 * const packages = ModelPackage.list({ search: "churn", buildStatus: "complete", limit: 10 })
 */
export const list = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<ModelPackage>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("ModelPackage.list", options), { ...Routes.list, query: ListInput }, {}, filters)

/**
 * Returns the model packages that match, as a stream. Fetches a page of `pageSize` items when its first item is read,
 * or earlier with `prefetch` and `concurrency`.
 *
 * Errors: those of every operation.
 *
 * `GET modelPackages/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { ModelPackage } from "effect-datarobot"
 *
 * const names = ModelPackage.stream({ search: "churn" }).pipe(Stream.map(({ name }) => name), Stream.runCollect)
 */
export const stream = (
  filters: StreamInput = {},
  options?: RequestOptions
): Stream.Stream<ModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.stream(operation("ModelPackage.stream", options), { ...Routes.list, query: StreamInput }, {}, filters)

/**
 * Returns one page of the model packages that match. `limit` is the number of items: at most 100, default 20. Pass the
 * page's `next` to this operation to get the next page.
 *
 * Errors: those of every operation.
 *
 * `GET modelPackages/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelPackage } from "effect-datarobot"
 *
 * const first = ModelPackage.page({ limit: 20 })
 * const second = Effect.flatMap(first, ({ next }) => ModelPackage.page(next))
 */
export const page = (
  filters: ListInput = {},
  options?: RequestOptions
): Effect.Effect<Page<ModelPackage, ListInput>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.page(operation("ModelPackage.page", options), Routes.list, {}, filters)

/**
 * Returns one model package.
 *
 * Errors: `NotFound` if the model package does not exist; see `getOption`.
 *
 * `GET modelPackages/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelPackage } from "effect-datarobot"
 *
 * const status = Effect.map(ModelPackage.get("60a0000000000000000000e1"), ({ buildStatus }) => buildStatus)
 */
export const get = (
  modelPackage: Ref,
  options?: RequestOptions
): Effect.Effect<ModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("ModelPackage.get", options), Routes.get, { id: modelPackage })

/**
 * Returns one model package, or none if it does not exist.
 *
 * Errors: those of every operation. A model package that does not exist is no error.
 *
 * `GET modelPackages/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { ModelPackage } from "effect-datarobot"
 *
 * const exists = Effect.map(ModelPackage.getOption("60a0000000000000000000e1"), Option.isSome)
 */
export const getOption = (
  modelPackage: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<ModelPackage>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("ModelPackage.getOption", options), Routes.get, { id: modelPackage })

const collection = { name: "modelPackages", route: Routes.get }
const whenUnknown = "It may have been created: check with ModelPackage.list({ modelId }) before you create it again."

/**
 * Creates a package of a model of a project, and returns it. Sends the request only once if an earlier attempt may have
 * taken effect. The error then has the outcome `"unknown"`; `list({ modelId })` shows whether the package exists.
 *
 * Errors: `NotFound` or `Unprocessable` if the model does not exist.
 *
 * `POST modelPackages/fromLearningModel/`, then `GET modelPackages/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { ModelPackage } from "effect-datarobot"
 *
 * const created = ModelPackage.createFromLearningModel({
 *   modelId: "60a0000000000000000000a1",
 *   registeredModelName: "Churn"
 * })
 */
export const createFromLearningModel = (
  modelPackage: CreateFromLearningModelInput,
  options?: RequestOptions
): Effect.Effect<ModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  createAtOnce(
    operation("ModelPackage.createFromLearningModel", options),
    Routes.createFromLearningModel,
    modelPackage,
    collection,
    whenUnknown
  )

/**
 * Creates a package of a version of a custom model, and returns it. DataRobot then builds it, which takes minutes: it
 * can be deployed when its `buildStatus` is `complete`. `Deployment.createFromCustomModelVersion` does both. Otherwise
 * the same as `createFromLearningModel`; the `modelId` of the package is the id of the version.
 *
 * Errors: `NotFound` or `Unprocessable` if the version does not exist.
 *
 * `POST modelPackages/fromCustomModelVersion/`, then `GET modelPackages/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { ModelPackage } from "effect-datarobot"
 *
 * const created = ModelPackage.createFromCustomModelVersion({
 *   customModelVersionId: "60a0000000000000000000c1",
 *   registeredModelName: "Churn"
 * })
 */
export const createFromCustomModelVersion = (
  modelPackage: CreateFromCustomModelVersionInput,
  options?: RequestOptions
): Effect.Effect<ModelPackage, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  createAtOnce(
    operation("ModelPackage.createFromCustomModelVersion", options),
    Routes.createFromCustomModelVersion,
    modelPackage,
    collection,
    whenUnknown
  )

/**
 * Archives a model package: it can no longer be deployed. Deployments that use it do not change.
 *
 * Errors: `NotFound` if the model package does not exist.
 *
 * `POST modelPackages/{id}/archive/`
 *
 * @since 0.1.0
 * @example
 * import { ModelPackage } from "effect-datarobot"
 *
 * const archived = ModelPackage.archive("60a0000000000000000000e1")
 */
export const archive = (
  modelPackage: Ref,
  options?: UpdateOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  remove(operation("ModelPackage.archive", options), Routes.archive, { id: modelPackage }, {
    whenUnknown: "The package may have been archived: read it before you try again."
  })
