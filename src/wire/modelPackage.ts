/** The schemas of model packages, which are the versions of registered models. */
import * as Schema from "effect/Schema"
import {
  type Ahead,
  ahead,
  fields,
  filled,
  flagText,
  numberText,
  oneOf,
  onePage,
  pageSize,
  type Paging,
  paging,
  share
} from "./fields.js"
import { listOf, nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/** Every status of the build of a package. */
export const buildStatuses = ["complete", "inProgress", "failed"] as const

/**
 * A tag of a model package.
 *
 * @since 0.1.0
 */
export const Tag = Schema.Struct({
  id: nullish(Schema.String),
  name: nullish(Schema.String),
  value: nullish(Schema.String)
}).annotations({ identifier: "Tag" })
export interface Tag extends Schema.Schema.Type<typeof Tag> {}

/**
 * What a model predicts.
 *
 * @since 0.1.0
 */
export const Target = Schema.Struct({
  name: nullish(Schema.String),
  type: nullish(
    OpenEnum("Binary", "Regression", "Multiclass", "Multilabel", "TextGeneration", "Anomaly", "Unstructured")
  ),
  classNames: nullish(Schema.Array(Schema.String)),
  classCount: nullish(Schema.Number),
  predictionThreshold: nullish(Schema.Number),
  predictionProbabilitiesColumn: nullish(Schema.String)
}).annotations({ identifier: "Target" })
export interface Target extends Schema.Schema.Type<typeof Target> {}

/**
 * A model package: one version of a registered model. Its `id` is the `modelPackageId` of a new deployment. Only `id` is
 * always present. Which other keys a server sends depends on its age.
 *
 * - `registeredModelVersion`: the number of the version.
 * - `modelId`: the model of a project, or the version of a custom model.
 * - `buildStatus`: null or missing if the package needs no build.
 * - `permissions`: what the token's user may do with the package.
 *
 * @since 0.1.0
 */
export const ModelPackage = Schema.Struct({
  id: Schema.String,
  name: nullish(Schema.String),
  modelId: nullish(Schema.String),
  registeredModelId: nullish(Schema.String),
  registeredModelVersion: nullish(Schema.Number),
  modelExecutionType: nullish(OpenEnum("dedicated", "custom_inference_model", "external")),
  buildStatus: nullish(OpenEnum(...buildStatuses)),
  isArchived: nullish(Schema.Boolean),
  activeDeploymentCount: nullish(Schema.Number),
  stage: nullish(Schema.String),
  target: nullish(Target),
  permissions: listOf(Schema.String),
  tags: listOf(Tag),
  importMeta: nullish(Schema.Struct({
    dateCreated: nullish(Timestamp),
    creatorId: nullish(Schema.String),
    creatorUsername: nullish(Schema.String),
    originalFileName: nullish(Schema.String)
  })),
  modelKind: nullish(Schema.Struct({
    isTimeSeries: nullish(Schema.Boolean),
    isMultiseries: nullish(Schema.Boolean),
    isUnsupervisedLearning: nullish(Schema.Boolean),
    isAnomalyDetectionModel: nullish(Schema.Boolean),
    isFeatureDiscovery: nullish(Schema.Boolean),
    isTextGeneration: nullish(Schema.Boolean)
  })),
  modelDescription: nullish(Schema.Struct({
    modelName: nullish(Schema.String),
    description: nullish(Schema.String),
    location: nullish(Schema.String),
    buildEnvironmentType: nullish(Schema.String)
  })),
  sourceMeta: nullish(Schema.Struct({
    projectId: nullish(Schema.String),
    projectName: nullish(Schema.String),
    environmentUrl: nullish(Schema.String)
  })),
  textGeneration: nullish(Schema.Struct({ prompt: nullish(Schema.String) }))
}).annotations({ identifier: "ModelPackage" })
export interface ModelPackage extends Schema.Schema.Type<typeof ModelPackage> {}

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

const filters = {
  /** Only packages with this text in their name, in any case. */
  search: Schema.optional(Schema.String),
  /** Only packages of this model of a project, or of this version of a custom model, by id. */
  modelId: Schema.optional(filled),
  /** Only packages that could replace this package in a deployment, by id. */
  similarTo: Schema.optional(filled),
  /** Only packages that could be challengers of the package in `similarTo`. */
  forChallenger: Schema.optional(flagText),
  /** Only packages with this prediction threshold, 0 to 1. */
  predictionThreshold: Schema.optional(numberText(share)),
  /** Only packages that were imported (or, if false, were not). */
  imported: Schema.optional(flagText),
  /** Only packages that can run in this prediction environment, by id. */
  predictionEnvironmentId: Schema.optional(filled),
  /** Only packages of this kind of model, such as `isTimeSeries`. */
  modelKind: Schema.optional(filled),
  /** Only packages whose build has this status. */
  buildStatus: Schema.optional(oneOf(buildStatuses))
}

/**
 * Filters of a listing of model packages. A package must match every filter.
 *
 * @since 0.1.0
 */
export const ListInput = Schema.Struct(fields(filters, paging))
export interface ListInput extends Paging, Schema.Schema.Type<typeof ListInput> {}

/** Filters of one page: `limit` is at most 100. */
export const PageInput = Schema.Struct(fields(filters, onePage))

/**
 * Filters of a stream of model packages, and how it fetches pages.
 *
 * @since 0.1.0
 */
export const StreamInput = Schema.Struct(fields(filters, paging, ahead, {
  /** Number of packages per page, 1 to 100. Default: 100. */
  pageSize: Schema.optional(pageSize)
}))
export interface StreamInput extends Paging, Ahead, Schema.Schema.Type<typeof StreamInput> {}

/** What every new package has. `CreateFromCustomModelVersionInput` of a deployment has the same keys. */
export const registration = {
  /** Id of the registered model that gets a new version. */
  registeredModelId: Schema.optional(filled),
  /** Name of a new registered model. Default: the name of the package. */
  registeredModelName: Schema.optional(filled),
  /** Tags of the package. */
  tags: Schema.optional(Schema.Array(Schema.Struct({
    /** Name of the tag. */
    name: filled,
    /** Its value. */
    value: filled
  })))
}

/** Whether a package goes to at most one registered model. */
export const hasOneRegisteredModel = (
  { registeredModelId: id, registeredModelName: name }: {
    readonly registeredModelId?: string | undefined
    readonly registeredModelName?: string | undefined
  }
): boolean => id === undefined || name === undefined

/** The message about a package that goes to two registered models. */
export const twoRegisteredModels = "must have either registeredModelId or registeredModelName, not both"

const newPackage = fields(registration, {
  /** Name of the package. Default: DataRobot names it after the model. */
  name: Schema.optional(filled),
  /** Description of the package. */
  description: Schema.optional(Schema.String)
})

/**
 * A new package of a model of a project.
 *
 * @since 0.1.0
 */
export const CreateFromLearningModelInput = Schema.Struct(fields(newPackage, {
  /** Id of the model. */
  modelId: filled,
  /** Score from which the positive class is predicted, 0 to 1. Binary models only. */
  predictionThreshold: Schema.optional(share)
})).pipe(Schema.filter(hasOneRegisteredModel, { message: () => twoRegisteredModels }))
export interface CreateFromLearningModelInput extends Schema.Schema.Type<typeof CreateFromLearningModelInput> {}

/**
 * A new package of a version of a custom model.
 *
 * @since 0.1.0
 */
export const CreateFromCustomModelVersionInput = Schema.Struct(fields(newPackage, {
  /** Id of the version of the custom model. */
  customModelVersionId: filled,
  /** Name of the column that holds the prompt. Text generation models only. */
  prompt: Schema.optional(filled)
})).pipe(Schema.filter(hasOneRegisteredModel, { message: () => twoRegisteredModels }))
export interface CreateFromCustomModelVersionInput
  extends Schema.Schema.Type<typeof CreateFromCustomModelVersionInput>
{}
