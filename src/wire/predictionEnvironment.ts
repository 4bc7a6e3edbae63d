/** The schemas of prediction environments: the platforms that deployments run on. */
import * as Schema from "effect/Schema"
import {
  type Ahead,
  ahead,
  anyOf,
  fields,
  filled,
  natural,
  oneOf,
  onePage,
  pageSize,
  type Paging,
  paging,
  positive,
  some
} from "./fields.js"
import { listOf, nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/** Every platform that a prediction environment can have. */
export const platforms = [
  "datarobot",
  "datarobotServerless",
  "aws",
  "gcp",
  "azure",
  "onPremise",
  "openShift",
  "snowflake",
  "sapAiCore",
  "other"
] as const
/** Every format of the models that a prediction environment can run. */
export const modelFormats = ["datarobot", "datarobotScoringCode", "customModel", "externalModel"] as const

/**
 * The platform of a prediction environment. Deployments on `datarobotServerless` need no prediction server; those on
 * platforms other than `datarobot` and `datarobotServerless` run outside of DataRobot.
 *
 * @since 0.1.0
 */
export type Platform = typeof platforms[number]
/**
 * The format of a model.
 *
 * @since 0.1.0
 */
export type ModelFormat = typeof modelFormats[number]

/**
 * A platform that deployments run on. Its `id` is the `predictionEnvironmentId` of a new deployment.
 *
 * @since 0.1.0
 */
export const PredictionEnvironment = Schema.Struct({
  /** Id of the environment: the `predictionEnvironmentId` of a new deployment. */
  id: Schema.String,
  /** Name of the environment. */
  name: nullish(Schema.String),
  /** What the environment is for. */
  description: nullish(Schema.String),
  /** The platform. */
  platform: nullish(OpenEnum(...platforms)),
  /** What the token's user may do with the environment. Empty if the server sends none. */
  permissions: listOf(Schema.String),
  /** Whether it was deleted. */
  isDeleted: nullish(Schema.Boolean),
  /** Formats of the models that it can run. */
  supportedModelFormats: nullish(Schema.Array(OpenEnum(...modelFormats))),
  /** Who created it, and when. */
  importMeta: nullish(Schema.Struct({
    /** When it was created. */
    dateCreated: nullish(Timestamp),
    /** Id of the user who created it. */
    creatorId: nullish(Schema.String),
    /** Name of the user who created it. */
    creatorUsername: nullish(Schema.String)
  })),
  /** Who manages it with a management agent, as the server sends it. */
  managementMeta: nullish(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
  /** Its health, as the management agent reports it. */
  health: nullish(Schema.Struct({
    /** The health. */
    status: nullish(OpenEnum("passing", "warning", "failing", "unknown", "unavailable", "notApplicable")),
    /** The reason for the health, in words. */
    message: nullish(Schema.String),
    /** When the health was reported. */
    timestamp: nullish(Timestamp)
  })),
  /** Whether a management agent deploys its models. */
  isManagedByManagementAgent: nullish(Schema.Boolean),
  /** Who deploys its models. */
  managedBy: nullish(OpenEnum("datarobot", "managementAgent", "selfManaged")),
  /** Name of the plugin that the management agent uses. */
  plugin: nullish(Schema.String),
  /** Id of the connection to the data store. External environments that DataRobot manages only. */
  datastoreId: nullish(Schema.String),
  /** Id of the credential for that connection. External environments that DataRobot manages only. */
  credentialId: nullish(Schema.String),
  /** Priority of its batch prediction jobs. */
  priority: nullish(Schema.Number),
  /** Maximum number of its batch prediction jobs that run at a time. */
  maxConcurrentBatchPredictionsJob: nullish(Schema.Number)
}).annotations({ identifier: "PredictionEnvironment" })
export interface PredictionEnvironment extends Schema.Schema.Type<typeof PredictionEnvironment> {}

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

const filters = {
  /** Only environments that can run models of these formats. */
  supportedModelFormats: Schema.optional(anyOf(modelFormats))
}

/**
 * Filters of a listing of prediction environments.
 *
 * @since 0.1.0
 */
export const ListInput = Schema.Struct(fields(filters, paging))
export interface ListInput extends Paging, Schema.Schema.Type<typeof ListInput> {}

/** Filters of one page: `limit` is at most 100. */
export const PageInput = Schema.Struct(fields(filters, onePage))

/**
 * Filters of a stream of prediction environments, and how it fetches pages.
 *
 * @since 0.1.0
 */
export const StreamInput = Schema.Struct(fields(filters, paging, ahead, {
  /** Number of environments per page, 1 to 100. Default: 100. */
  pageSize: Schema.optional(pageSize)
}))
export interface StreamInput extends Paging, Ahead, Schema.Schema.Type<typeof StreamInput> {}

const settings = {
  /** Formats of the models that it can run, at least one. Default: depends on the platform. */
  supportedModelFormats: Schema.optional(
    Schema.Array(oneOf(modelFormats)).pipe(
      Schema.filter(({ length }) => length > 0, { message: () => "must hold at least one format" })
    )
  ),
  /** Whether a management agent deploys its models. Default: false. */
  isManagedByManagementAgent: Schema.optional(Schema.Boolean),
  /** Name of the plugin that the management agent uses. */
  plugin: Schema.optional(filled),
  /** Id of the connection to the data store. External environments that DataRobot manages only. */
  datastoreId: Schema.optional(filled),
  /** Id of the credential for that connection. External environments that DataRobot manages only. */
  credentialId: Schema.optional(filled),
  /** Priority of its batch prediction jobs. */
  priority: Schema.optional(natural),
  /** Maximum number of batch prediction jobs at a time. */
  maxConcurrentBatchPredictionsJob: Schema.optional(positive)
}

/**
 * A new prediction environment.
 *
 * @since 0.1.0
 */
export const CreateInput = Schema.Struct(fields(settings, {
  /** Name of the environment; not blank. */
  name: filled,
  /** What the environment is for. */
  description: Schema.optional(Schema.String),
  /** The platform. It cannot be changed later. */
  platform: oneOf(platforms)
}))
export interface CreateInput extends Schema.Schema.Type<typeof CreateInput> {}

/**
 * Changes to a prediction environment, at least one. A key that is left out keeps its value.
 *
 * @since 0.1.0
 */
export const UpdateInput = Schema.Struct(fields(settings, {
  /** New name; not blank. */
  name: Schema.optional(filled),
  /** New description; `""` clears it. */
  description: Schema.optional(Schema.String)
})).pipe(some("the settings of a prediction environment"))
export interface UpdateInput extends Schema.Schema.Type<typeof UpdateInput> {}
