/**
 * What `deployments/` answers of deployments, and what may be sent to it. Answers are read leniently: servers of
 * different ages leave keys out, send null, and add values to enums. Unknown keys are ignored.
 */
import * as Schema from "effect/Schema"
import {
  type Ahead,
  between,
  concurrency,
  DateInput,
  filled,
  oneOf,
  type Paging,
  paging,
  prefetch,
  share,
  some
} from "./fields.js"
import { maybe } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { RuntimeParameterValue } from "./runtimeParameterValue.js"
import { Timestamp } from "./timestamp.js"

/** The states of a deployment; a newer server may know more. */
export const DeploymentStatus = {
  ACTIVE: "active",
  INACTIVE: "inactive",
  STOPPING: "stopping",
  LAUNCHING: "launching",
  ARCHIVED: "archived",
  REPLACING_MODEL: "replacingModel",
  ERRORED: "errored"
} as const
export type DeploymentStatus = typeof DeploymentStatus[keyof typeof DeploymentStatus]

/** Every state. */
export const statuses = Object.values(DeploymentStatus)
/** Every importance, the highest first. */
export const importances = ["CRITICAL", "HIGH", "MODERATE", "LOW"] as const
/** Every health. */
export const healths = ["passing", "warning", "failing", "unknown", "unavailable"] as const

/** How important a deployment is. */
export type Importance = typeof importances[number]
/** How a deployment does, in one respect. */
export type Health = typeof healths[number]

const Health = OpenEnum(...healths)
const period = { startDate: maybe(Timestamp), endDate: maybe(Timestamp) }

/** A list that a server may leave out, or send as null. */
const listOf = <A, I>(item: Schema.Schema<A, I>) =>
  Schema.optionalWith(Schema.Array(item), { default: () => [], nullable: true })

/** The custom model that a deployment's model was built from. */
export const CustomModelImage = Schema.Struct({
  customModelId: maybe(Schema.String),
  customModelName: maybe(Schema.String),
  customModelVersionId: maybe(Schema.String),
  customModelVersionLabel: maybe(Schema.String),
  executionEnvironmentId: maybe(Schema.String),
  executionEnvironmentName: maybe(Schema.String),
  executionEnvironmentVersionId: maybe(Schema.String),
  executionEnvironmentVersionLabel: maybe(Schema.String)
}).annotations({ identifier: "CustomModelImage" })
export interface CustomModelImage extends Schema.Schema.Type<typeof CustomModelImage> {}

/** The model that a deployment predicts with: its champion. */
export const Model = Schema.Struct({
  id: maybe(Schema.String),
  type: maybe(Schema.String),
  targetName: maybe(Schema.String),
  targetType: maybe(OpenEnum("Binary", "Regression", "Multiclass")),
  projectId: maybe(Schema.String),
  projectName: maybe(Schema.String),
  unsupervisedMode: maybe(Schema.Boolean),
  unsupervisedType: maybe(Schema.String),
  unstructuredModelKind: maybe(Schema.Boolean),
  buildEnvironmentType: maybe(Schema.String),
  deployedAt: maybe(Timestamp),
  isDeprecated: maybe(Schema.Boolean),
  hasDecisionFlow: maybe(Schema.Boolean),
  decisionFlowId: maybe(Schema.String),
  decisionFlowVersionId: maybe(Schema.String),
  customModelImage: maybe(CustomModelImage)
}).annotations({ identifier: "DeploymentModel" })
export interface Model extends Schema.Schema.Type<typeof Model> {}

/** The model package (registered model version) that is deployed. */
export const ModelPackage = Schema.Struct({
  id: maybe(Schema.String),
  name: maybe(Schema.String),
  registeredModelId: maybe(Schema.String)
}).annotations({ identifier: "ModelPackage" })
export interface ModelPackage extends Schema.Schema.Type<typeof ModelPackage> {}

/** Where predictions are made. `datarobot-key` goes with prediction requests on the managed cloud. */
export const PredictionServer = Schema.Struct({
  id: maybe(Schema.String),
  url: maybe(Schema.String),
  "datarobot-key": maybe(Schema.String)
}).annotations({ identifier: "PredictionServer" })
export interface PredictionServer extends Schema.Schema.Type<typeof PredictionServer> {}

/** The platform that a deployment runs on. */
export const PredictionEnvironment = Schema.Struct({
  id: maybe(Schema.String),
  name: maybe(Schema.String),
  platform: maybe(Schema.String),
  plugin: maybe(Schema.String),
  isManagedByManagementAgent: maybe(Schema.Boolean),
  supportedModelFormats: maybe(Schema.Array(Schema.String))
}).annotations({ identifier: "PredictionEnvironment" })
export interface PredictionEnvironment extends Schema.Schema.Type<typeof PredictionEnvironment> {}

/** How a deployment does in one respect, in a period. */
export const HealthStatus = Schema.Struct({ status: maybe(Health), message: maybe(Schema.String), ...period })
  .annotations({ identifier: "HealthStatus" })
export interface HealthStatus extends Schema.Schema.Type<typeof HealthStatus> {}

/** How fair a deployment's predictions are. */
export const FairnessHealth = Schema.Struct({
  status: maybe(Health),
  messages: listOf(Schema.Unknown),
  influentialFairnessMetric: maybe(Schema.String),
  protectedFeaturesCount: maybe(Schema.Number),
  ...period
}).annotations({ identifier: "FairnessHealth" })
export interface FairnessHealth extends Schema.Schema.Type<typeof FairnessHealth> {}

/** Somebody who owns a deployment. */
export const Owner = Schema.Struct({
  id: maybe(Schema.String),
  email: maybe(Schema.String),
  firstName: maybe(Schema.String),
  lastName: maybe(Schema.String)
}).annotations({ identifier: "Owner" })
export interface Owner extends Schema.Schema.Type<typeof Owner> {}

const Capabilities = Schema.Struct(
  {
    supportsTargetDriftTracking: maybe(Schema.Boolean),
    supportsFeatureDriftTracking: maybe(Schema.Boolean),
    supportsModelReplacement: maybe(Schema.Boolean),
    supportsPredictionWarning: maybe(Schema.Boolean)
  },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
)

/**
 * A deployment of today's platform. Only its `id` is always there: servers differ in what they tell, by age and by kind
 * of deployment.
 *
 * - `status` is missing on servers from before 2022, `createdAt` on older ones still.
 * - `predictionUsage.dailyRates`: predictions a day of the last seven days, oldest first; may be empty.
 * - `permissions`: what the token's user may do with it, such as `CAN_MAKE_PREDICTIONS`.
 * - `governance`: whether changes wait for an approval.
 * - `settings`: a few of them; see `DeploymentSettings.get`.
 */
export const Deployment = Schema.Struct({
  id: Schema.String,
  label: maybe(Schema.String),
  description: maybe(Schema.String),
  status: maybe(OpenEnum(...statuses)),
  createdAt: maybe(Timestamp),
  importance: maybe(OpenEnum(...importances)),
  approvalStatus: maybe(OpenEnum("APPROVED", "PENDING")),
  model: maybe(Model),
  modelPackage: maybe(ModelPackage),
  defaultPredictionServer: maybe(PredictionServer),
  predictionEnvironment: maybe(PredictionEnvironment),
  capabilities: maybe(Capabilities),
  predictionUsage: maybe(Schema.Struct({ dailyRates: listOf(Schema.Number), lastTimestamp: maybe(Timestamp) })),
  permissions: listOf(Schema.String),
  serviceHealth: maybe(HealthStatus),
  modelHealth: maybe(HealthStatus),
  accuracyHealth: maybe(HealthStatus),
  fairnessHealth: maybe(FairnessHealth),
  governance: maybe(Schema.Struct({
    approvalStatus: maybe(OpenEnum("APPROVED", "PENDING")),
    hasOpenedChangeRequests: maybe(Schema.Boolean)
  })),
  owners: maybe(Schema.Struct({ count: maybe(Schema.Number), preview: listOf(Owner) })),
  settings: maybe(Schema.Struct({
    humbleAiEnabled: maybe(Schema.Boolean),
    predictionIntervalsEnabled: maybe(Schema.Boolean),
    predictionWarningEnabled: maybe(Schema.Boolean)
  })),
  openedChangeRequests: listOf(Schema.String),
  modelPackageInitialDownload: maybe(Schema.Struct({ timestamp: maybe(Timestamp) })),
  scoringCodeInitialDownload: maybe(Schema.Struct({ timestamp: maybe(Timestamp) })),
  userProvidedId: maybe(Schema.String)
}).annotations({ identifier: "Deployment" })
export interface Deployment extends Schema.Schema.Type<typeof Deployment> {}

/** One thing that a deployment can or can't do, and why it can't. */
export const Capability = Schema.Struct({
  name: Schema.String,
  supported: Schema.Boolean,
  messages: listOf(Schema.Unknown)
}).annotations({ identifier: "Capability" })
export interface Capability extends Schema.Schema.Type<typeof Capability> {}

const recipients = ["user", "group", "organization"] as const

/** Who a deployment is shared with, and in which role. */
export const SharedRole = Schema.Struct({
  id: Schema.String,
  name: maybe(Schema.String),
  role: OpenEnum("OWNER", "USER", "OBSERVER", "CONSUMER"),
  shareRecipientType: OpenEnum(...recipients)
}).annotations({ identifier: "SharedRole" })
export interface SharedRole extends Schema.Schema.Type<typeof SharedRole> {}

/** A model that a deployment had, as the server tells it: the keys are not documented. */
export const ModelHistoryEntry = Schema.Record({ key: Schema.String, value: Schema.Unknown })
  .annotations({ identifier: "ModelHistoryEntry" })
export type ModelHistoryEntry = typeof ModelHistoryEntry.Type

// ---------------------------------------------------------------------------------------------------------------
// What is sent. Checked strictly, before anything leaves.

const Importance = oneOf(...importances)
const startStatus = oneOf("active", "inactive")

const newDeployment = {
  label: filled,
  description: Schema.optional(Schema.String),
  defaultPredictionServerId: Schema.optional(filled),
  importance: Schema.optional(Importance)
}

/** What `Deployment.createFromLearningModel` and `createFromLeaderboard` send. */
export const CreateFromModelInput = Schema.Struct({
  ...newDeployment,
  modelId: filled,
  predictionThreshold: Schema.optional(share),
  status: Schema.optional(startStatus)
})

interface NewDeployment {
  /** The deployment's name; not blank. */
  readonly label: string
  /** A longer text about the deployment. */
  readonly description?: string | undefined
  /** The prediction server to use. DataRobot's managed cloud needs it, other installations refuse it. */
  readonly defaultPredictionServerId?: string | undefined
  /** How important the deployment is. Needs approval workflows. */
  readonly importance?: Importance | undefined
}

/** What a new deployment of a model is made of. */
export interface CreateFromModelInput extends NewDeployment {
  /** The model to deploy. */
  readonly modelId: string
  /** From which score on the positive class is predicted, 0 to 1. Binary models only. */
  readonly predictionThreshold?: number | undefined
  /** The status to begin with; `active` without it. */
  readonly status?: "active" | "inactive" | undefined
}

/** What `Deployment.createFromModelPackage` sends. */
export const CreateFromModelPackageInput = Schema.Struct({
  ...newDeployment,
  modelPackageId: filled,
  predictionEnvironmentId: Schema.optional(filled),
  userProvidedId: Schema.optional(filled),
  additionalMetadata: Schema.optional(Schema.Array(Schema.Struct({ key: filled, value: Schema.String }))),
  runtimeParameterValues: Schema.optional(Schema.Array(RuntimeParameterValue))
}).pipe(
  Schema.filter(
    ({ defaultPredictionServerId: server, predictionEnvironmentId: environment }) =>
      server === undefined || environment === undefined,
    {
      message: () => "must have either defaultPredictionServerId or predictionEnvironmentId, not both"
    }
  )
)

/** What a new deployment of a model package (registered model version) is made of. */
export interface CreateFromModelPackageInput extends NewDeployment {
  /** The model package to deploy. */
  readonly modelPackageId: string
  /** The prediction environment to run in, instead of a `defaultPredictionServerId`. */
  readonly predictionEnvironmentId?: string | undefined
  /** An id of your own, to find the deployment by. */
  readonly userProvidedId?: string | undefined
  /** Keys and values to keep with the deployment. */
  readonly additionalMetadata?: ReadonlyArray<{ readonly key: string; readonly value: string }> | undefined
  /** What a custom model is given when it runs. */
  readonly runtimeParameterValues?: ReadonlyArray<RuntimeParameterValue> | undefined
}

/** What `Deployment.update` sends: at least one of the keys. */
export const UpdateInput = Schema.Struct({
  label: Schema.optional(filled),
  description: Schema.optional(Schema.String),
  importance: Schema.optional(Importance)
}).pipe(some("label, description and importance"))

/** Changes to a deployment. What is left out stays as it is. */
export interface UpdateInput {
  /** The new name; not blank. */
  readonly label?: string | undefined
  /** The new description; `""` empties it. */
  readonly description?: string | undefined
  /** The new importance. Where changes need an approval, it changes only after that. */
  readonly importance?: Importance | undefined
}

/** What `Deployment.delete` sends. */
export const DeleteInput = Schema.Struct({ ignoreManagementAgent: Schema.optional(Schema.Boolean) })

/** How a deployment is deleted. */
export interface DeleteInput {
  /** Deletes it without waiting for the management agent that runs it. */
  readonly ignoreManagementAgent?: boolean | undefined
}

/** What a listing can be ordered by. */
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

const OrderBy = Schema.String.pipe(
  Schema.filter(isOrder, { message: () => "must be one of ListInput's orders, such as label or -createdAtTimestamp" })
)

/** One value or several, of which any may fit. They are sent in one text, between commas. */
const oneOrMore = <A extends string>(one: Schema.Schema<A>, message: string) =>
  Schema.optional(
    Schema.Union(one, Schema.Array(one).pipe(Schema.filter(({ length }) => length > 0))).annotations({
      message: () => ({ message, override: true })
    })
  )

const anyOf = <const Values extends ReadonlyArray<string>>(values: Values) =>
  oneOrMore(Schema.Literal(...values), `must be one of ${values.join(", ")}, or a list of them`)

const texts = oneOrMore(
  Schema.String.pipe(Schema.filter((text) => text.trim() !== "" && !text.includes(","))),
  "must be a text that is not blank and has no comma, or a list of such"
)

const atLeastZero = Schema.optional(
  Schema.Number.pipe(
    Schema.filter((value) => Number.isFinite(value) && value >= 0, { message: () => "must be a number from 0" })
  )
)

const filters = {
  search: Schema.optional(Schema.String),
  orderBy: Schema.optional(OrderBy),
  status: anyOf(statuses),
  importance: anyOf(importances),
  role: Schema.optional(oneOf("OWNER", "USER")),
  serviceHealth: anyOf(healths),
  modelHealth: anyOf(healths),
  accuracyHealth: anyOf(healths),
  executionEnvironmentType: anyOf(["datarobot", "external"]),
  buildEnvironmentType: anyOf(["DataRobot", "Python", "R", "Java", "Julia", "Legacy", "Other"]),
  predictionEnvironmentPlatform: texts,
  defaultPredictionServerId: texts,
  lastPredictionTimestampStart: Schema.optional(DateInput),
  lastPredictionTimestampEnd: Schema.optional(DateInput),
  predictionUsageDailyAvgGreaterThan: atLeastZero,
  predictionUsageDailyAvgLessThan: atLeastZero,
  createdByMe: Schema.optional(Schema.Boolean),
  createdBy: texts,
  hasDecisionFlow: Schema.optional(Schema.Boolean),
  championModelExecutionType: texts,
  championModelTargetType: texts,
  tagKeys: texts,
  tagValues: texts,
  predictionEnvironmentTagKeys: texts,
  predictionEnvironmentTagValues: texts,
  isA2AAgent: Schema.optional(Schema.Boolean)
}

/** The most that a page of deployments can have. */
export const maxPageSize = 100

const pageSize = between(1, maxPageSize)

/** What `Deployment.list` sends. */
export const ListInput = Schema.Struct({ ...filters, ...paging })
/** What `Deployment.stream` sends, and when. */
export const StreamInput = Schema.extend(
  ListInput,
  Schema.Struct({ pageSize: Schema.optional(pageSize), prefetch, concurrency })
)
/** What `Deployment.page` sends. */
export const PageInput = Schema.Struct({ ...filters, ...paging, limit: Schema.optional(pageSize) })

/** One value, or several of which any may fit. */
export type Any<A> = A | ReadonlyArray<A>

/**
 * Which deployments, in which order. Filters are joined: a deployment fits when it fits all of them, and a filter when
 * it has any of its values.
 */
export interface ListInput extends Paging {
  /** Only deployments with this text in their label or description, in any case. */
  readonly search?: string | undefined
  /**
   * The order; a leading `-` turns it round. Of a health, the failing ones come first. Without it, those that predicted
   * last.
   */
  readonly orderBy?: Order | `-${Order}` | undefined
  /** Only deployments of these states. */
  readonly status?: Any<DeploymentStatus> | undefined
  /** Only deployments of this importance. Needs approval workflows; otherwise it is `Forbidden`. */
  readonly importance?: Any<Importance> | undefined
  /** Only deployments that the token's user owns, or may use. */
  readonly role?: "OWNER" | "USER" | undefined
  /** Only deployments with this health of the prediction service. */
  readonly serviceHealth?: Any<Health> | undefined
  /** Only deployments with this health of the model: its data drift. */
  readonly modelHealth?: Any<Health> | undefined
  /** Only deployments with this health of the accuracy. */
  readonly accuracyHealth?: Any<Health> | undefined
  /** Only deployments that run within DataRobot, or outside of it. */
  readonly executionEnvironmentType?: Any<"datarobot" | "external"> | undefined
  /** Only deployments whose model was built with this. */
  readonly buildEnvironmentType?:
    | Any<"DataRobot" | "Python" | "R" | "Java" | "Julia" | "Legacy" | "Other">
    | undefined
  /** Only deployments on these platforms, such as `aws`, `azure`, `gcp`, `onPremise` or `datarobot`. */
  readonly predictionEnvironmentPlatform?: Any<string> | undefined
  /** Only deployments of these prediction servers. */
  readonly defaultPredictionServerId?: Any<string> | undefined
  /** Only deployments that predicted last at this time or later. */
  readonly lastPredictionTimestampStart?: DateInput | undefined
  /** Only deployments that predicted last before this time. */
  readonly lastPredictionTimestampEnd?: DateInput | undefined
  /** Only deployments with more predictions a day, in the mean of the last week. */
  readonly predictionUsageDailyAvgGreaterThan?: number | undefined
  /** Only deployments with fewer predictions a day, in the mean of the last week. */
  readonly predictionUsageDailyAvgLessThan?: number | undefined
  /** Only deployments that the token's user created. */
  readonly createdByMe?: boolean | undefined
  /** Only deployments that these users created. */
  readonly createdBy?: Any<string> | undefined
  /** Only deployments with, or without, a decision flow. */
  readonly hasDecisionFlow?: boolean | undefined
  /** Only deployments whose champion runs in this way. */
  readonly championModelExecutionType?: Any<string> | undefined
  /** Only deployments whose champion has this type of target, such as `Binary`. */
  readonly championModelTargetType?: Any<string> | undefined
  /** Only deployments that have tags of these names. */
  readonly tagKeys?: Any<string> | undefined
  /** Only deployments that have tags of these values. */
  readonly tagValues?: Any<string> | undefined
  /** Only deployments whose prediction environment has tags of these names. */
  readonly predictionEnvironmentTagKeys?: Any<string> | undefined
  /** Only deployments whose prediction environment has tags of these values. */
  readonly predictionEnvironmentTagValues?: Any<string> | undefined
  /** Only deployments that are, or are not, agents for other agents. */
  readonly isA2AAgent?: boolean | undefined
}

/** Which deployments, in which order, in pages of which size, fetched when. */
export interface StreamInput extends ListInput, Ahead {
  /** How many deployments are asked for at a time, 100 at most and without it. */
  readonly pageSize?: number | undefined
}

/** What `Deployment.listSharedRoles` sends. */
export const SharedRolesInput = Schema.Struct({
  ...paging,
  id: Schema.optional(filled),
  name: Schema.optional(filled),
  shareRecipientType: Schema.optional(oneOf(...recipients))
})

/** Which of those that a deployment is shared with. */
export interface SharedRolesInput extends Paging {
  /** Only this user, group or organization. */
  readonly id?: string | undefined
  /** Only those of this name. */
  readonly name?: string | undefined
  /** Only users, groups or organizations. */
  readonly shareRecipientType?: typeof recipients[number] | undefined
}

const grant = {
  role: oneOf("OWNER", "USER", "OBSERVER", "CONSUMER", "NO_ROLE"),
  shareRecipientType: oneOf(...recipients),
  canShare: Schema.optional(Schema.Boolean)
}

/** What `Deployment.updateSharedRoles` sends. */
export const GrantsInput = Schema.Struct({
  roles: Schema.Array(
    Schema.Union(Schema.Struct({ ...grant, id: filled }), Schema.Struct({ ...grant, username: filled })).annotations({
      message: () => ({
        message: "must have an id or a username, a known role and a known shareRecipientType",
        override: true
      })
    })
  ).pipe(Schema.filter(({ length }) => length >= 1 && length <= 100, { message: () => "must hold 1 to 100 roles" }))
})

/** A role that somebody is to have: a user, group or organization by `id`, or a user by `username`. */
export type Grant =
  & {
    /** `NO_ROLE` takes the role away. */
    readonly role: "OWNER" | "USER" | "OBSERVER" | "CONSUMER" | "NO_ROLE"
    /** Whose role it is. */
    readonly shareRecipientType: typeof recipients[number]
    /** Whether they may share it on. */
    readonly canShare?: boolean | undefined
  }
  & ({ readonly id: string } | { readonly username: string })
