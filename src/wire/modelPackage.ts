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
  /** Id of the tag. */
  id: nullish(Schema.String),
  /** Name of the tag. */
  name: nullish(Schema.String),
  /** Value of the tag. */
  value: nullish(Schema.String)
}).annotations({ identifier: "Tag" })
export interface Tag extends Schema.Schema.Type<typeof Tag> {}

/**
 * What a model predicts.
 *
 * @since 0.1.0
 */
export const Target = Schema.Struct({
  /** Name of the feature that the model predicts. Null if the model has no target. */
  name: nullish(Schema.String),
  /** What kind of target it is, such as `Binary`, `Regression` or `TextGeneration`. */
  type: nullish(
    OpenEnum("Binary", "Regression", "Multiclass", "Multilabel", "TextGeneration", "Anomaly", "Unstructured")
  ),
  /** The classes that the model predicts. Classification only. */
  classNames: nullish(Schema.Array(Schema.String)),
  /** Number of classes that the model predicts. Classification only. */
  classCount: nullish(Schema.Number),
  /** Score from which the positive class is predicted, 0 to 1. Binary targets only. */
  predictionThreshold: nullish(Schema.Number),
  /** Name of the column that holds the probabilities. */
  predictionProbabilitiesColumn: nullish(Schema.String)
}).annotations({ identifier: "Target" })
export interface Target extends Schema.Schema.Type<typeof Target> {}

/**
 * A model package: one version of a registered model. Its `id` is the `modelPackageId` of a new deployment. Only `id` is
 * always present. Which other keys a server sends depends on its age.
 *
 * @since 0.1.0
 */
export const ModelPackage = Schema.Struct({
  /** Id of the model package: the `modelPackageId` of a new deployment. */
  id: Schema.String,
  /** Name of the model package. */
  name: nullish(Schema.String),
  /** Id of the model of a project, or of the version of a custom model. */
  modelId: nullish(Schema.String),
  /** Id of the registered model that it is a version of. */
  registeredModelId: nullish(Schema.String),
  /** Number of the version, from 1. */
  registeredModelVersion: nullish(Schema.Number),
  /** Where the model runs: `dedicated` (a model of a project), `custom_inference_model` or `external`. */
  modelExecutionType: nullish(OpenEnum("dedicated", "custom_inference_model", "external")),
  /** State of its build. Null or missing if it needs no build. */
  buildStatus: nullish(OpenEnum(...buildStatuses)),
  /** Whether it is archived. */
  isArchived: nullish(Schema.Boolean),
  /** Number of active deployments that use it. */
  activeDeploymentCount: nullish(Schema.Number),
  /** Stage of the version, such as `Development` or `Production`. */
  stage: nullish(Schema.String),
  /** What the model predicts. */
  target: nullish(Target),
  /** What the token's user may do with it. Empty if the server sends none. */
  permissions: listOf(Schema.String),
  /** Its tags. Empty if it has none. */
  tags: listOf(Tag),
  /** Who created it, and when. */
  importMeta: nullish(Schema.Struct({
    /** When it was created. */
    dateCreated: nullish(Timestamp),
    /** Id of the user who created it. */
    creatorId: nullish(Schema.String),
    /** Name of the user who created it. */
    creatorUsername: nullish(Schema.String),
    /** Name of the file that it was imported from. Imported packages only. */
    originalFileName: nullish(Schema.String)
  })),
  /** What kind of model it is. */
  modelKind: nullish(Schema.Struct({
    /** Whether it is a time series model. */
    isTimeSeries: nullish(Schema.Boolean),
    /** Whether it predicts several series. */
    isMultiseries: nullish(Schema.Boolean),
    /** Whether it was built without a target. */
    isUnsupervisedLearning: nullish(Schema.Boolean),
    /** Whether it detects anomalies. */
    isAnomalyDetectionModel: nullish(Schema.Boolean),
    /** Whether it uses features that DataRobot derived from secondary datasets. */
    isFeatureDiscovery: nullish(Schema.Boolean),
    /** Whether it generates text. */
    isTextGeneration: nullish(Schema.Boolean)
  })),
  /** What the model is. */
  modelDescription: nullish(Schema.Struct({
    /** Name of the model. */
    modelName: nullish(Schema.String),
    /** Description of the model. */
    description: nullish(Schema.String),
    /** Where the model is, as it was registered. */
    location: nullish(Schema.String),
    /** Where the model was built, such as `DataRobot`, `Python` or `R`. */
    buildEnvironmentType: nullish(Schema.String)
  })),
  /** Where the model comes from. */
  sourceMeta: nullish(Schema.Struct({
    /** Id of the project in which the model was built. */
    projectId: nullish(Schema.String),
    /** Name of that project. */
    projectName: nullish(Schema.String),
    /** URL of the DataRobot installation in which the model was built. */
    environmentUrl: nullish(Schema.String)
  })),
  /** Settings of a text generation model. Null for other models. */
  textGeneration: nullish(Schema.Struct({
    /** Name of the column that holds the prompt. */
    prompt: nullish(Schema.String)
  }))
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
