/**
 * The schemas of the model deployments API, `modelDeployments/`. Responses are read leniently, because real servers
 * leave out keys, send null instead of a documented string, and add values to enums. Unknown keys are ignored.
 */
import * as Schema from "effect/Schema"
import {
  type Ahead,
  ahead,
  dateAsWritten,
  fields,
  filled,
  millisOf,
  type Paging,
  paging,
  positive,
  some
} from "./fields.js"
import { nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { NaiveTimestamp, OffsetTimestamp } from "./timestamp.js"

/**
 * The statuses of a model deployment. There is no delete: archive a deployment that is no longer needed.
 *
 * @since 0.1.0
 */
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

/**
 * Who created a deployment or performed an action.
 *
 * @since 0.1.0
 */
export const User = Schema.Struct({
  id: Schema.String,
  username: Schema.String,
  firstName: nullish(Schema.String),
  lastName: nullish(Schema.String)
}).annotations({ identifier: "User" })
export interface User extends Schema.Schema.Type<typeof User> {}

/**
 * The deployed model. `uid` is the id of the user who created it.
 *
 * @since 0.1.0
 */
export const Model = Schema.Struct({
  id: Schema.String,
  modelType: Schema.String,
  uid: Schema.String,
  icons: nullish(Schema.Array(Schema.Number))
}).annotations({ identifier: "Model" })
export interface Model extends Schema.Schema.Type<typeof Model> {}

/**
 * The project of the deployed model: its `id`, and every other key (`projectName`, `target`, …) as the server sends it.
 *
 * @since 0.1.0
 */
export const Project = Schema.Struct(
  { id: Schema.String },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
).annotations({ identifier: "Project" })
export interface Project extends Schema.Schema.Type<typeof Project> {}

/**
 * The prediction instance that serves the model. On the managed cloud, prediction requests carry its `datarobotKey`.
 *
 * @since 0.1.0
 */
export const Instance = Schema.Struct({
  id: Schema.String,
  hostName: Schema.String,
  datarobotKey: nullish(Schema.String),
  sslEnabled: nullish(Schema.Boolean),
  privateIp: nullish(Schema.String),
  ormVersion: nullish(Schema.String)
}).annotations({ identifier: "Instance" })
export interface Instance extends Schema.Schema.Type<typeof Instance> {}

/**
 * A reason for a deployment's service health, such as `NO_GOOD_REQUESTS`, `USER_ERRORS`, `SERVER_ERRORS`.
 *
 * @since 0.1.0
 */
export const ServiceHealthMessage = Schema.Struct({
  level: Health,
  msgId: OpenEnum("NO_GOOD_REQUESTS", "USER_ERRORS", "SERVER_ERRORS"),
  message: Schema.String
}).annotations({ identifier: "ServiceHealthMessage" })
export interface ServiceHealthMessage extends Schema.Schema.Type<typeof ServiceHealthMessage> {}

/**
 * A model deployment: a model of a project, connected to a prediction instance, with its monitoring data.
 *
 * - `deployed` is false, or missing in a list, until the deployment process has ended.
 * - `recentRequestCount`, `prevRequestCount`: prediction requests in `trendTimeWindow` and in the window before it;
 *   `relativeRequestsTrend` is the change in percent.
 * - `requestRates`: requests per day, oldest first; the current day is last.
 *
 * @since 0.1.0
 */
export const ModelDeployment = Schema.Struct({
  id: Schema.String,
  label: Schema.NullOr(Schema.String),
  description: nullish(Schema.String),
  status: OpenEnum("active", "inactive", "archived"),
  type: OpenEnum("sse", "dedicated", "legacy_dedicated", "external"),
  deployed: nullish(Schema.Boolean),
  model: Model,
  project: Project,
  user: User,
  organizationId: nullish(Schema.String),
  instance: nullish(Instance),
  predictionEndpoint: Schema.NullOr(Schema.String),
  createdAt: NaiveTimestamp,
  updatedAt: NaiveTimestamp,
  serviceHealth: Health,
  modelHealth: nullish(Health),
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
 * Service statistics of a period.
 *
 * - `period` is half-open, `[start, end)`.
 * - `userErrorRate`, `serverErrorRate`: share of all requests (0 to 1) in the period and in the one before it.
 * - `load`: requests per minute.
 * - `medianExecutionTime`: seconds; null when there were no requests.
 *
 * @since 0.1.0
 */
export const ServiceStatistics = Schema.Struct({
  totalRequests: Schema.Number,
  consumers: Schema.Number,
  totalPredictionRows: nullish(Schema.Number),
  period: Schema.Struct({ start: OffsetTimestamp, end: OffsetTimestamp }),
  userErrorRate: Rate,
  serverErrorRate: Rate,
  load: Schema.Struct({ peak: Schema.Number, median: Schema.Number }),
  medianExecutionTime: Schema.NullOr(Schema.Number)
}).annotations({ identifier: "ServiceStatistics" })
export interface ServiceStatistics extends Schema.Schema.Type<typeof ServiceStatistics> {}

/**
 * An entry of a deployment's action log: the action (`created`, `deployed`, …), its time, and the user.
 *
 * @since 0.1.0
 */
export const ActionLogEntry = Schema.Struct({
  action: OpenEnum("created", "deployed"),
  performedAt: NaiveTimestamp,
  performedBy: User
}).annotations({ identifier: "ActionLogEntry" })
export interface ActionLogEntry extends Schema.Schema.Type<typeof ActionLogEntry> {}

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

/**
 * A new model deployment.
 *
 * @since 0.1.0
 */
export const CreateInput = Schema.Struct({
  /** Id of the model's project. */
  projectId: filled,
  /** Id of the model to deploy. */
  modelId: filled,
  /** Name of the deployment; not blank. */
  label: filled,
  /** Id of the prediction instance to deploy to. Default: DataRobot chooses one. */
  instanceId: Schema.optional(filled),
  /** Description of the deployment. */
  description: Schema.optional(Schema.String),
  /** Initial status. Default: `active`. */
  status: Schema.optional(Status)
})
export interface CreateInput extends Schema.Schema.Type<typeof CreateInput> {}

/**
 * Changes to a model deployment, at least one. A key that is left out keeps its value.
 *
 * @since 0.1.0
 */
export const UpdateInput = Schema.Struct({
  /** New name; not blank. */
  label: Schema.optional(filled),
  /** New description; `""` clears it. */
  description: Schema.optional(Schema.String),
  /** New status. */
  status: Schema.optional(Status)
}).pipe(some("label, description and status"))
export interface UpdateInput extends Schema.Schema.Type<typeof UpdateInput> {}

const filters = fields(paging, {
  /** Only deployments with this text in their label or description, in any case. */
  query: Schema.optional(Schema.String),
  /** Sort order; a leading `-` reverses it. */
  orderBy: Schema.optional(Schema.Literal(
    "label",
    "exportTarget",
    "status",
    "type",
    "-label",
    "-exportTarget",
    "-status",
    "-type"
  )),
  /** Only deployments with this status. Default: all, including archived ones. */
  status: Schema.optional(Status)
})

/**
 * Filters and order of a listing of model deployments.
 *
 * @since 0.1.0
 */
export const ListInput = Schema.Struct(filters)
export interface ListInput extends Paging, Schema.Schema.Type<typeof ListInput> {}

/**
 * Filters and order of a stream of model deployments, and how it fetches pages.
 *
 * @since 0.1.0
 */
export const StreamInput = Schema.Struct(fields(filters, ahead, {
  /** Number of deployments per page. Default: 100. */
  pageSize: Schema.optional(positive)
}))
export interface StreamInput extends Paging, Ahead, Schema.Schema.Type<typeof StreamInput> {}

/**
 * The period of service statistics, `[startDate, endDate)`. Default: the last 24 hours.
 *
 * @since 0.1.0
 */
export const StatisticsInput = Schema.Struct({
  /** Start of the period, inclusive. */
  startDate: Schema.optional(dateAsWritten).pipe(Schema.fromKey("start")),
  /** End of the period, exclusive. */
  endDate: Schema.optional(dateAsWritten).pipe(Schema.fromKey("end"))
}).pipe(
  Schema.filter(
    ({ endDate, startDate }) =>
      startDate === undefined || endDate === undefined || millisOf(startDate) < millisOf(endDate),
    { message: () => "must have a startDate that is before its endDate" }
  )
)
export interface StatisticsInput extends Schema.Schema.Type<typeof StatisticsInput> {}
