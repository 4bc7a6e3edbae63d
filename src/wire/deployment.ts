/**
 * The schemas of the deployments API for deployments themselves. Responses are read leniently, because servers of
 * different ages leave out keys, send null, and add values to enums. Unknown keys are ignored.
 */
import * as Schema from "effect/Schema"
import { DeploymentStatus } from "./deploymentStatus.js"
import {
  type Ahead,
  ahead,
  anyOf,
  anyText,
  atLeastZero,
  fields,
  filled,
  flagText,
  instant,
  numberText,
  oneOf,
  onePage,
  pageSize,
  type Paging,
  paging,
  share,
  some
} from "./fields.js"
import { hasOneRegisteredModel, registration, twoRegisteredModels } from "./modelPackage.js"
import { listOf, nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { RuntimeParameterValues } from "./runtimeParameterValue.js"
import { PredictionEnvironment, PredictionServer } from "./serving.js"
import { Timestamp } from "./timestamp.js"

/** Every status. */
export const statuses = Object.values(DeploymentStatus)
/** All levels of importance, the highest first. */
export const importances = ["CRITICAL", "HIGH", "MODERATE", "LOW"] as const
/** All values of health. */
export const healths = ["passing", "warning", "failing", "unknown", "unavailable"] as const

/**
 * How important a deployment is.
 *
 * @since 0.1.0
 */
export type Importance = typeof importances[number]
/**
 * The health of one aspect of a deployment.
 *
 * @since 0.1.0
 */
export type Health = typeof healths[number]

const Health = OpenEnum(...healths)
const period = {
  /** Start of the period, inclusive. Null if the server reports none. */
  startDate: nullish(Timestamp),
  /** End of the period, exclusive. Null if the server reports none. */
  endDate: nullish(Timestamp)
}

/**
 * The custom model that a deployment's model was built from.
 *
 * @since 0.1.0
 */
export const CustomModelImage = Schema.Struct({
  /** Id of the custom model. */
  customModelId: nullish(Schema.String),
  /** Name of the custom model. */
  customModelName: nullish(Schema.String),
  /** Id of the version of the custom model. */
  customModelVersionId: nullish(Schema.String),
  /** Label of that version, such as `1.0`. */
  customModelVersionLabel: nullish(Schema.String),
  /** Id of the execution environment: the container image that runs the model. */
  executionEnvironmentId: nullish(Schema.String),
  /** Name of the execution environment. */
  executionEnvironmentName: nullish(Schema.String),
  /** Id of the version of the execution environment. */
  executionEnvironmentVersionId: nullish(Schema.String),
  /** Label of that version. */
  executionEnvironmentVersionLabel: nullish(Schema.String)
}).annotations({ identifier: "CustomModelImage" })
export interface CustomModelImage extends Schema.Schema.Type<typeof CustomModelImage> {}

/**
 * The model that makes a deployment's predictions: its champion.
 *
 * @since 0.1.0
 */
export const Model = Schema.Struct({
  /** Id of the model: a model of a project, or the version of a custom model. */
  id: nullish(Schema.String),
  /** What kind of model it is, such as `Elastic-Net Classifier`. */
  type: nullish(Schema.String),
  /** Name of the feature that it predicts. Null if the model has no target. */
  targetName: nullish(Schema.String),
  /** What kind of target it predicts, such as `Binary`, `Regression` or `Multiclass`. Newer servers send others. */
  targetType: nullish(OpenEnum("Binary", "Regression", "Multiclass")),
  /** Id of the project in which the model was built. Missing for custom and external models. */
  projectId: nullish(Schema.String),
  /** Name of that project. Null for custom and external models. */
  projectName: nullish(Schema.String),
  /** Whether the model was built without a target. */
  unsupervisedMode: nullish(Schema.Boolean),
  /** What kind of model without a target it is, such as `anomaly` or `clustering`. */
  unsupervisedType: nullish(Schema.String),
  /**
   * Whether it is an unstructured model, for which `Prediction.predictUnstructured` is. It takes and returns any data.
   */
  unstructuredModelKind: nullish(Schema.Boolean),
  /** Where the model was built, such as `DataRobot`, `Python` or `R`. */
  buildEnvironmentType: nullish(Schema.String),
  /** When the model was deployed here. */
  deployedAt: nullish(Timestamp),
  /** Whether DataRobot has deprecated this kind of model. */
  isDeprecated: nullish(Schema.Boolean),
  /** Whether the model has a decision flow. */
  hasDecisionFlow: nullish(Schema.Boolean),
  /** Id of the decision flow. */
  decisionFlowId: nullish(Schema.String),
  /** Id of the version of the decision flow. */
  decisionFlowVersionId: nullish(Schema.String),
  /** The custom model that it was built from. Missing for other models. */
  customModelImage: nullish(CustomModelImage)
}).annotations({ identifier: "DeploymentModel" })
export interface Model extends Schema.Schema.Type<typeof Model> {}

/**
 * The model package (registered model version) that is deployed.
 *
 * @since 0.1.0
 */
export const ModelPackage = Schema.Struct({
  /** Id of the model package. */
  id: nullish(Schema.String),
  /** Name of the model package. */
  name: nullish(Schema.String),
  /** Id of the registered model that it is a version of. */
  registeredModelId: nullish(Schema.String)
}).annotations({ identifier: "DeploymentModelPackage" })
export interface ModelPackage extends Schema.Schema.Type<typeof ModelPackage> {}

/**
 * The health of one aspect of a deployment, in a period.
 *
 * @since 0.1.0
 */
export const HealthStatus = Schema.Struct({
  /** The health. */
  status: nullish(Health),
  /** The reason for the health, in words. Service health has none. */
  message: nullish(Schema.String),
  ...period
})
  .annotations({ identifier: "HealthStatus" })
export interface HealthStatus extends Schema.Schema.Type<typeof HealthStatus> {}

/**
 * The fairness of a deployment's predictions.
 *
 * @since 0.1.0
 */
export const FairnessHealth = Schema.Struct({
  /** The health. */
  status: nullish(Health),
  /** The reasons for the health, as the server sends them. Empty if there are none. */
  messages: listOf(Schema.Unknown),
  /** The fairness metric that determines the health. */
  influentialFairnessMetric: nullish(Schema.String),
  /** Number of protected features. */
  protectedFeaturesCount: nullish(Schema.Number),
  ...period
}).annotations({ identifier: "FairnessHealth" })
export interface FairnessHealth extends Schema.Schema.Type<typeof FairnessHealth> {}

/**
 * A user who owns a deployment.
 *
 * @since 0.1.0
 */
export const Owner = Schema.Struct({
  /** Id of the user. */
  id: nullish(Schema.String),
  /** Email address of the user. */
  email: nullish(Schema.String),
  /** First name of the user. */
  firstName: nullish(Schema.String),
  /** Last name of the user. */
  lastName: nullish(Schema.String)
}).annotations({ identifier: "Owner" })
export interface Owner extends Schema.Schema.Type<typeof Owner> {}

const Capabilities = Schema.Struct(
  {
    /** Whether drift of the predictions can be tracked. */
    supportsTargetDriftTracking: nullish(Schema.Boolean),
    /** Whether drift of the features can be tracked. */
    supportsFeatureDriftTracking: nullish(Schema.Boolean),
    /** Whether its model can be replaced. */
    supportsModelReplacement: nullish(Schema.Boolean),
    /** Whether it can mark predictions that are outliers. */
    supportsPredictionWarning: nullish(Schema.Boolean)
  },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
)

/**
 * A deployment. Only `id` is always present. Which other keys a server sends depends on its age and on the kind of
 * deployment.
 *
 * @since 0.1.0
 */
export const Deployment = Schema.Struct({
  /** Id of the deployment. */
  id: Schema.String,
  /** Name of the deployment. */
  label: nullish(Schema.String),
  /** Description of the deployment. Empty or null if there is none. */
  description: nullish(Schema.String),
  /** Whether it accepts prediction requests; see `DeploymentStatus`. Missing on servers older than 2022. */
  status: nullish(OpenEnum(...statuses)),
  /** When it was created. Missing on very old servers. */
  createdAt: nullish(Timestamp),
  /** How important it is. Null if none is set. */
  importance: nullish(OpenEnum(...importances)),
  /** Whether its creation was approved, with approval workflows. */
  approvalStatus: nullish(OpenEnum("APPROVED", "PENDING")),
  /** The model that makes its predictions: the champion. */
  model: nullish(Model),
  /** The model package (registered model version) that is deployed. */
  modelPackage: nullish(ModelPackage),
  /** The prediction server that makes its predictions. Null on a serverless or an external platform. */
  defaultPredictionServer: nullish(PredictionServer),
  /** The platform that it runs on. */
  predictionEnvironment: nullish(PredictionEnvironment),
  /** What it supports. DataRobot has deprecated this; see `Deployment.getCapabilities`. */
  capabilities: nullish(Capabilities),
  /** How much it was used in the last seven days. */
  predictionUsage: nullish(Schema.Struct({
    /** Number of predicted rows per day of the last seven days, oldest first. May be empty. */
    dailyRates: listOf(Schema.Number),
    /** When it last predicted. Null if it never has. */
    lastTimestamp: nullish(Timestamp)
  })),
  /** What the token's user may do with it, such as `CAN_MAKE_PREDICTIONS`. Empty if the server sends none. */
  permissions: listOf(Schema.String),
  /** Health of the prediction service. */
  serviceHealth: nullish(HealthStatus),
  /** Health of the model: data drift. */
  modelHealth: nullish(HealthStatus),
  /** Health of the accuracy. May be `unavailable`. */
  accuracyHealth: nullish(HealthStatus),
  /** Health of the fairness. */
  fairnessHealth: nullish(FairnessHealth),
  /** Whether its changes wait for approval. */
  governance: nullish(Schema.Struct({
    /** Whether its creation was approved. */
    approvalStatus: nullish(OpenEnum("APPROVED", "PENDING")),
    /** Whether changes wait for approval. */
    hasOpenedChangeRequests: nullish(Schema.Boolean)
  })),
  /** The users who own it. */
  owners: nullish(Schema.Struct({
    /** Number of owners. */
    count: nullish(Schema.Number),
    /** Some of the owners. */
    preview: listOf(Owner)
  })),
  /** Some of the settings. `DeploymentSettings.get` returns all of them. */
  settings: nullish(Schema.Struct({
    /** Whether humility rules are applied. */
    humbleAiEnabled: nullish(Schema.Boolean),
    /** Whether time series predictions have intervals. */
    predictionIntervalsEnabled: nullish(Schema.Boolean),
    /** Whether predictions that are outliers are marked. */
    predictionWarningEnabled: nullish(Schema.Boolean)
  })),
  /** Ids of the change requests that wait for approval. Empty if there are none. */
  openedChangeRequests: listOf(Schema.String),
  /** The first download of the model package file. Missing if there was none. */
  modelPackageInitialDownload: nullish(Schema.Struct({
    /** When it was downloaded. */
    timestamp: nullish(Timestamp)
  })),
  /** The first download of the scoring code. Missing if there was none. */
  scoringCodeInitialDownload: nullish(Schema.Struct({
    /** When it was downloaded. */
    timestamp: nullish(Timestamp)
  })),
  /** The id of your own that the deployment was created with. */
  userProvidedId: nullish(Schema.String)
}).annotations({ identifier: "Deployment" })
export interface Deployment extends Schema.Schema.Type<typeof Deployment> {}

/**
 * A feature of DataRobot, whether the deployment supports it, and the reasons if it does not.
 *
 * @since 0.1.0
 */
export const Capability = Schema.Struct({
  /** Name of the feature of DataRobot, such as `supports_chat_api`. */
  name: Schema.String,
  /** Whether the deployment supports it. */
  supported: Schema.Boolean,
  /** The reasons if it does not, as the server sends them. */
  messages: listOf(Schema.Unknown)
}).annotations({ identifier: "Capability" })
export interface Capability extends Schema.Schema.Type<typeof Capability> {}

/** The capabilities of a deployment. */
export const CapabilityList = Schema.Struct({ data: Schema.Array(Capability) })

const recipients = ["user", "group", "organization"] as const

/**
 * A user, group or organization that a deployment is shared with, and its role.
 *
 * @since 0.1.0
 */
export const SharedRole = Schema.Struct({
  /** Id of the user, group or organization. */
  id: Schema.String,
  /** Name of the user, group or organization. */
  name: nullish(Schema.String),
  /** Its role on the deployment. */
  role: OpenEnum("OWNER", "USER", "OBSERVER", "CONSUMER"),
  /** Whether it is a user, a group or an organization. */
  shareRecipientType: OpenEnum(...recipients)
}).annotations({ identifier: "SharedRole" })
export interface SharedRole extends Schema.Schema.Type<typeof SharedRole> {}

/**
 * A model that a deployment has or had. DataRobot does not document its keys; they are passed on as the server sends
 * them.
 *
 * @since 0.1.0
 */
export const ModelHistoryEntry = Schema.Record({ key: Schema.String, value: Schema.Unknown })
  .annotations({ identifier: "ModelHistoryEntry" })
export type ModelHistoryEntry = typeof ModelHistoryEntry.Type

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

const importance = Schema.optional(oneOf(importances))

const newDeployment = {
  /** Name of the deployment; not blank. */
  label: filled,
  /** Description of the deployment. */
  description: Schema.optional(Schema.String),
  /** Id of the prediction server to use. DataRobot's managed cloud requires it; other installations reject it. */
  defaultPredictionServerId: Schema.optional(filled),
  /** Importance of the deployment. Requires approval workflows. */
  importance
}

/**
 * A new deployment of a model.
 *
 * @since 0.1.0
 */
export const CreateFromModelInput = Schema.Struct(fields(newDeployment, {
  /** Id of the model to deploy. */
  modelId: filled,
  /** Score from which the positive class is predicted, 0 to 1. Binary models only. */
  predictionThreshold: Schema.optional(share),
  /** Initial status. Default: `active`. */
  status: Schema.optional(oneOf(["active", "inactive"]))
}))
export interface CreateFromModelInput extends Schema.Schema.Type<typeof CreateFromModelInput> {}

const ofPackage = {
  /** Id of the prediction environment to run in, instead of a `defaultPredictionServerId`. */
  predictionEnvironmentId: Schema.optional(filled),
  /** An id of your own for the deployment. */
  userProvidedId: Schema.optional(filled),
  /** Keys and values to keep with the deployment. */
  additionalMetadata: Schema.optional(Schema.Array(Schema.Struct({
    /** The key. */
    key: filled,
    /** Its value. */
    value: Schema.String
  }))),
  /** Parameter values for a custom model at run time. */
  runtimeParameterValues: Schema.optional(RuntimeParameterValues)
}

interface Targets {
  readonly defaultPredictionServerId?: string | undefined
  readonly predictionEnvironmentId?: string | undefined
}

const hasOneTarget = ({ defaultPredictionServerId: server, predictionEnvironmentId: environment }: Targets) =>
  server === undefined || environment === undefined
const twoTargets = "must have either defaultPredictionServerId or predictionEnvironmentId, not both"

/**
 * A new deployment of a model package (registered model version).
 *
 * @since 0.1.0
 */
export const CreateFromModelPackageInput = Schema.Struct(fields(newDeployment, ofPackage, {
  /** Id of the model package to deploy. */
  modelPackageId: filled
})).pipe(Schema.filter(hasOneTarget, { message: () => twoTargets }))
export interface CreateFromModelPackageInput extends Schema.Schema.Type<typeof CreateFromModelPackageInput> {}

/**
 * A new deployment of a version of a custom model, for which a model package is found or created.
 *
 * @since 0.1.0
 */
export const CreateFromCustomModelVersionInput = Schema.Struct(fields(newDeployment, ofPackage, registration, {
  /** Id of the version of the custom model to deploy. */
  customModelVersionId: filled,
  /** Name of the model package, if one is created. */
  modelPackageName: Schema.optional(filled)
})).pipe(Schema.filter((given) => hasOneTarget(given) && hasOneRegisteredModel(given), {
  message: ({ actual }) => hasOneTarget(Object(actual)) ? twoRegisteredModels : twoTargets
}))
export interface CreateFromCustomModelVersionInput
  extends Schema.Schema.Type<typeof CreateFromCustomModelVersionInput>
{}

/** The response to a create: the new deployment's id. The `Location` header names its job. */
export const Created = Schema.Struct({ id: Schema.String })

/**
 * Changes to a deployment, at least one. A key that is left out keeps its value.
 *
 * @since 0.1.0
 */
export const UpdateInput = Schema.Struct({
  /** New name; not blank. */
  label: Schema.optional(filled),
  /** New description; `""` clears it. */
  description: Schema.optional(Schema.String),
  /** New importance. If changes need approval, it takes effect after the approval. */
  importance
}).pipe(some("label, description and importance"))
export interface UpdateInput extends Schema.Schema.Type<typeof UpdateInput> {}

/** The status to set. */
export const StatusInput = Schema.Struct({ status: Schema.Literal("active", "inactive") })

/**
 * Options of a delete.
 *
 * @since 0.1.0
 */
export const DeleteInput = Schema.Struct({
  /** Deletes the deployment without waiting for the management agent that runs it. Default: false. */
  ignoreManagementAgent: Schema.optional(flagText)
})
export interface DeleteInput extends Schema.Schema.Type<typeof DeleteInput> {}

/** The fields that a listing can be ordered by. */
export const orders = [
  "label",
  "serviceHealth",
  "modelHealth",
  "accuracyHealth",
  "fairnessHealth",
  "customMetricsHealth",
  "actualsTimelinessHealth",
  "predictionsTimelinessHealth",
  "recentPredictions",
  "lastPredictionTimestamp",
  "currentModelDeployedTimestamp",
  "createdAtTimestamp",
  "importance"
] as const
type Order = typeof orders[number]

const isOrder = (text: string): text is Order | `-${Order}` => orders.some((one) => text === one || text === `-${one}`)

const filters = {
  /** Only deployments with this text in their label or description, in any case. */
  search: Schema.optional(Schema.String),
  /**
   * Sort order; a leading `-` reverses it. An order by health lists failing deployments first. Default: deployments
   * with the most recent predictions first.
   */
  orderBy: Schema.optional(Schema.String.pipe(
    Schema.filter(isOrder, { message: () => "must be one of ListInput's orders, such as label or -createdAtTimestamp" })
  )),
  /** Only deployments with these statuses. */
  status: Schema.optional(anyOf(statuses)),
  /** Only deployments of this importance. Requires approval workflows; otherwise the request is `Forbidden`. */
  importance: Schema.optional(anyOf(importances)),
  /** Only deployments on which the token's user has this role. */
  role: Schema.optional(oneOf(["OWNER", "USER"])),
  /** Only deployments whose prediction service has this health. */
  serviceHealth: Schema.optional(anyOf(healths)),
  /** Only deployments whose model (data drift) has this health. */
  modelHealth: Schema.optional(anyOf(healths)),
  /** Only deployments whose accuracy has this health. */
  accuracyHealth: Schema.optional(anyOf(healths)),
  /** Only deployments that run inside DataRobot, or outside of it. */
  executionEnvironmentType: Schema.optional(anyOf(["datarobot", "external"])),
  /** Only deployments whose model was built in one of these environments. */
  buildEnvironmentType: Schema.optional(anyOf(["DataRobot", "Python", "R", "Java", "Julia", "Legacy", "Other"])),
  /** Only deployments on these platforms, such as `aws`, `azure`, `gcp`, `onPremise` or `datarobot`. */
  predictionEnvironmentPlatform: Schema.optional(anyText),
  /** Only deployments of these prediction servers, by id. */
  defaultPredictionServerId: Schema.optional(anyText),
  /** Only deployments whose last prediction was at this time or later. */
  lastPredictionTimestampStart: Schema.optional(instant),
  /** Only deployments whose last prediction was before this time. */
  lastPredictionTimestampEnd: Schema.optional(instant),
  /** Only deployments with more predictions per day, on average over the last week. */
  predictionUsageDailyAvgGreaterThan: Schema.optional(numberText(atLeastZero)),
  /** Only deployments with fewer predictions per day, on average over the last week. */
  predictionUsageDailyAvgLessThan: Schema.optional(numberText(atLeastZero)),
  /** Only deployments that the token's user created (or, if false, did not create). */
  createdByMe: Schema.optional(flagText),
  /** Only deployments created by these users, by id. */
  createdBy: Schema.optional(anyText),
  /** Only deployments with (or, if false, without) a decision flow. */
  hasDecisionFlow: Schema.optional(flagText),
  /** Only deployments whose champion has one of these execution types. */
  championModelExecutionType: Schema.optional(anyText),
  /** Only deployments whose champion has one of these target types, such as `Binary`. */
  championModelTargetType: Schema.optional(anyText),
  /** Only deployments with tags of these names. */
  tagKeys: Schema.optional(anyText),
  /** Only deployments with tags of these values. */
  tagValues: Schema.optional(anyText),
  /** Only deployments whose prediction environment has tags of these names. */
  predictionEnvironmentTagKeys: Schema.optional(anyText),
  /** Only deployments whose prediction environment has tags of these values. */
  predictionEnvironmentTagValues: Schema.optional(anyText),
  /** Only deployments that are (or, if false, are not) agent-to-agent agents. */
  isA2AAgent: Schema.optional(flagText)
}

/**
 * Filters and order of a listing of deployments. A deployment must match every filter; it matches a filter if it has any
 * of the filter's values.
 *
 * @since 0.1.0
 */
export const ListInput = Schema.Struct(fields(filters, paging))
export interface ListInput extends Paging, Schema.Schema.Type<typeof ListInput> {}

/** Filters and order of one page: `limit` is at most 100. */
export const PageInput = Schema.Struct(fields(filters, onePage))

/**
 * Filters and order of a stream of deployments, and how it fetches pages.
 *
 * @since 0.1.0
 */
export const StreamInput = Schema.Struct(fields(filters, paging, ahead, {
  /** Number of deployments per page, 1 to 100. Default: 100. */
  pageSize: Schema.optional(pageSize)
}))
export interface StreamInput extends Paging, Ahead, Schema.Schema.Type<typeof StreamInput> {}

/**
 * Filters of the roles that a deployment is shared with.
 *
 * @since 0.1.0
 */
export const SharedRolesInput = Schema.Struct(fields(paging, {
  /** Only this user, group or organization, by id. */
  id: Schema.optional(filled),
  /** Only recipients with this name. */
  name: Schema.optional(filled),
  /** Only users, only groups, or only organizations. */
  shareRecipientType: Schema.optional(oneOf(recipients))
}))
export interface SharedRolesInput extends Paging, Schema.Schema.Type<typeof SharedRolesInput> {}

const grant = {
  /** The role to grant. `NO_ROLE` removes the recipient's role. */
  role: oneOf(["OWNER", "USER", "OBSERVER", "CONSUMER", "NO_ROLE"]),
  /** The kind of recipient. */
  shareRecipientType: oneOf(recipients),
  /** Whether the recipient may share the deployment with others. */
  canShare: Schema.optional(Schema.Boolean)
}

/**
 * A role to grant to a user, group or organization by `id`, or to a user by `username`.
 *
 * @since 0.1.0
 */
export const Grant = Schema.Union(
  Schema.Struct(fields(grant, {
    /** Id of the user, group or organization. */
    id: filled
  })),
  Schema.Struct(fields(grant, {
    /** Name of the user. */
    username: filled
  }))
).annotations({
  message: () => ({
    message: "must have an id or a username, a known role and a known shareRecipientType",
    override: true
  })
})
export type Grant = typeof Grant.Type

/** Roles to grant and to remove. */
export const GrantsInput = Schema.Struct({
  operation: Schema.Literal("updateRoles"),
  roles: Schema.Array(Grant).pipe(
    Schema.filter(({ length }) => length >= 1 && length <= 100, { message: () => "must hold 1 to 100 roles" })
  )
})
