/**
 * What `modelDeployments/` answers, and what may be sent to it. Answers are read leniently: real servers leave keys
 * out, send null where the documentation has a string, and add values to enums. Unknown keys are ignored.
 */
import * as Schema from "effect/Schema"
import {
  type Ahead,
  concurrency,
  DateInput,
  filled,
  millisOf,
  type Paging,
  paging,
  positive,
  prefetch,
  some
} from "./fields.js"
import { maybe } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { NaiveTimestamp, OffsetTimestamp } from "./timestamp.js"

/** The statuses of a model deployment. Archiving is how a deployment is taken away; there is no delete. */
export const ModelDeploymentStatus = {
  ACTIVE: "active",
  INACTIVE: "inactive",
  ARCHIVED: "archived"
} as const

/** `"active" | "inactive" | "archived"` */
export type ModelDeploymentStatus = typeof ModelDeploymentStatus[keyof typeof ModelDeploymentStatus]

const Status = Schema.Literal(
  ModelDeploymentStatus.ACTIVE,
  ModelDeploymentStatus.INACTIVE,
  ModelDeploymentStatus.ARCHIVED
)

const Health = OpenEnum("passing", "warning", "failing")

/** Who created a deployment or performed an action. */
export const User = Schema.Struct({
  id: Schema.String,
  username: Schema.String,
  firstName: maybe(Schema.String),
  lastName: maybe(Schema.String)
}).annotations({ identifier: "User" })
export interface User extends Schema.Schema.Type<typeof User> {}

/** The deployed model. `uid` is the user who made it. */
export const Model = Schema.Struct({
  id: Schema.String,
  modelType: Schema.String,
  uid: Schema.String,
  icons: maybe(Schema.Array(Schema.Number))
}).annotations({ identifier: "Model" })
export interface Model extends Schema.Schema.Type<typeof Model> {}

/** The project of the deployed model: its `id`, and everything else (`projectName`, `target`, …) as the server has it. */
export const Project = Schema.Struct(
  { id: Schema.String },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
).annotations({ identifier: "Project" })
export interface Project extends Schema.Schema.Type<typeof Project> {}

/** The prediction instance that serves the model. `datarobotKey` goes with prediction requests on the managed cloud. */
export const Instance = Schema.Struct({
  id: Schema.String,
  hostName: Schema.String,
  datarobotKey: maybe(Schema.String),
  sslEnabled: maybe(Schema.Boolean),
  privateIp: maybe(Schema.String),
  ormVersion: maybe(Schema.String)
}).annotations({ identifier: "Instance" })
export interface Instance extends Schema.Schema.Type<typeof Instance> {}

/** Why a deployment's service health is what it is, such as `NO_GOOD_REQUESTS`, `USER_ERRORS`, `SERVER_ERRORS`. */
export const ServiceHealthMessage = Schema.Struct({
  level: Health,
  msgId: OpenEnum("NO_GOOD_REQUESTS", "USER_ERRORS", "SERVER_ERRORS"),
  message: Schema.String
}).annotations({ identifier: "ServiceHealthMessage" })
export interface ServiceHealthMessage extends Schema.Schema.Type<typeof ServiceHealthMessage> {}

/**
 * A model deployment: a model of a project, tied to a prediction instance, and what monitoring knows of it.
 *
 * - `deployed` is false, or missing in a list, until the deployment process has ended.
 * - `recentRequestCount`, `prevRequestCount`: prediction requests in `trendTimeWindow` and in the window before it;
 *   `relativeRequestsTrend` is their change in percent.
 * - `requestRates`: requests a day, oldest first, today last.
 */
export const ModelDeployment = Schema.Struct({
  id: Schema.String,
  label: Schema.NullOr(Schema.String),
  description: maybe(Schema.String),
  status: OpenEnum("active", "inactive", "archived"),
  type: OpenEnum("sse", "dedicated", "legacy_dedicated", "external"),
  deployed: maybe(Schema.Boolean),
  model: Model,
  project: Project,
  user: User,
  organizationId: maybe(Schema.String),
  instance: maybe(Instance),
  predictionEndpoint: Schema.NullOr(Schema.String),
  createdAt: NaiveTimestamp,
  updatedAt: NaiveTimestamp,
  serviceHealth: Health,
  modelHealth: maybe(Health),
  serviceHealthMessages: Schema.optionalWith(Schema.Array(ServiceHealthMessage), { default: () => [], nullable: true }),
  recentRequestCount: Schema.Number,
  prevRequestCount: Schema.Number,
  relativeRequestsTrend: Schema.NullOr(Schema.Number),
  trendTimeWindow: Schema.Union(Schema.String, Schema.Number),
  requestRates: Schema.Array(Schema.Number)
}).annotations({ identifier: "ModelDeployment" })
export interface ModelDeployment extends Schema.Schema.Type<typeof ModelDeployment> {}

const Rate = Schema.Struct({ current: Schema.Number, previous: Schema.NullOr(Schema.Number) })

/**
 * What the prediction service did in a period.
 *
 * - `period` is half-open, `[start, end)`.
 * - `userErrorRate`, `serverErrorRate`: share of all requests (0 to 1) in the period and in the one before it.
 * - `load`: requests per minute.
 * - `medianExecutionTime`: seconds; null when there were no requests.
 */
export const ServiceStatistics = Schema.Struct({
  totalRequests: Schema.Number,
  consumers: Schema.Number,
  totalPredictionRows: maybe(Schema.Number),
  period: Schema.Struct({ start: OffsetTimestamp, end: OffsetTimestamp }),
  userErrorRate: Rate,
  serverErrorRate: Rate,
  load: Schema.Struct({ peak: Schema.Number, median: Schema.Number }),
  medianExecutionTime: Schema.NullOr(Schema.Number)
}).annotations({ identifier: "ServiceStatistics" })
export interface ServiceStatistics extends Schema.Schema.Type<typeof ServiceStatistics> {}

/** One entry of a deployment's action log: what was done (`created`, `deployed`, …), when, and by whom. */
export const ActionLogEntry = Schema.Struct({
  action: OpenEnum("created", "deployed"),
  performedAt: NaiveTimestamp,
  performedBy: User
}).annotations({ identifier: "ActionLogEntry" })
export interface ActionLogEntry extends Schema.Schema.Type<typeof ActionLogEntry> {}

// ---------------------------------------------------------------------------------------------------------------
// What is sent. Checked strictly, before anything leaves.

/** What `ModelDeployment.create` sends. */
export const CreateInput = Schema.Struct({
  projectId: filled,
  modelId: filled,
  label: filled,
  instanceId: Schema.optional(filled),
  description: Schema.optional(Schema.String),
  status: Schema.optional(Status)
})

/** What a new model deployment is made of. */
export interface CreateInput {
  /** The project of the model. */
  readonly projectId: string
  /** The model to deploy. */
  readonly modelId: string
  /** The deployment's name; not blank. */
  readonly label: string
  /** The prediction instance to deploy to. Without it, DataRobot chooses one. */
  readonly instanceId?: string | undefined
  /** A longer text about the deployment. */
  readonly description?: string | undefined
  /** The status to begin with; `active` without it. */
  readonly status?: ModelDeploymentStatus | undefined
}

/** What `ModelDeployment.update` sends: at least one of the keys. */
export const UpdateInput = Schema.Struct({
  label: Schema.optional(filled),
  description: Schema.optional(Schema.String),
  status: Schema.optional(Status)
}).pipe(some("label, description and status"))

/** Changes to a model deployment. What is left out stays as it is. */
export interface UpdateInput {
  /** The new name; not blank. */
  readonly label?: string | undefined
  /** The new description; `""` empties it. */
  readonly description?: string | undefined
  /** The new status. */
  readonly status?: ModelDeploymentStatus | undefined
}

const order = ["label", "exportTarget", "status", "type"] as const
type Order = typeof order[number]

const filters = {
  ...paging,
  query: Schema.optional(Schema.String),
  orderBy: Schema.optional(Schema.Literal(
    ...order,
    "-label",
    "-exportTarget",
    "-status",
    "-type"
  )),
  status: Schema.optional(Status)
}

/** What `ModelDeployment.list` sends. */
export const ListInput = Schema.Struct(filters)

/** What `ModelDeployment.stream` sends, and when. */
export const StreamInput = Schema.extend(
  ListInput,
  Schema.Struct({ pageSize: Schema.optional(positive), prefetch, concurrency })
)

/** Which model deployments, in which order. */
export interface ListInput extends Paging {
  /** Only deployments with this text in their label or description, in any case. */
  readonly query?: string | undefined
  /** The order; a leading `-` turns it round. */
  readonly orderBy?: Order | `-${Order}` | undefined
  /** Only deployments of this status. Without it, archived ones are listed too. */
  readonly status?: ModelDeploymentStatus | undefined
}

/** Which model deployments, in which order, in pages of which size, fetched when. */
export interface StreamInput extends ListInput, Ahead {
  /** How many items are asked for at a time; without it, `limit` or the server's own page size. */
  readonly pageSize?: number | undefined
}

/** What `ModelDeployment.getServiceStatistics` sends. */
export const StatisticsInput = Schema.Struct({
  startDate: Schema.optional(DateInput),
  endDate: Schema.optional(DateInput)
}).pipe(
  Schema.filter(
    ({ endDate, startDate }) =>
      startDate === undefined || endDate === undefined || millisOf(startDate) < millisOf(endDate),
    { message: () => "must have a startDate that is before its endDate" }
  )
)

/** The period of service statistics, `[startDate, endDate)`; the last 24 hours without it. */
export interface StatisticsInput {
  /** The first moment of the period. */
  readonly startDate?: DateInput | undefined
  /** The first moment after the period. */
  readonly endDate?: DateInput | undefined
}
