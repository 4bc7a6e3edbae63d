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
import { ModelDeploymentStatus } from "./modelDeploymentStatus.js"
import { nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { NaiveTimestamp, OffsetTimestamp } from "./timestamp.js"

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
  /** Id of the user. */
  id: Schema.String,
  /** Name that the user logs in with: usually the email address. */
  username: Schema.String,
  /** First name of the user. */
  firstName: nullish(Schema.String),
  /** Last name of the user. */
  lastName: nullish(Schema.String)
}).annotations({ identifier: "User" })
export interface User extends Schema.Schema.Type<typeof User> {}

/**
 * The deployed model. `uid` is the id of the user who created it.
 *
 * @since 0.1.0
 */
export const Model = Schema.Struct({
  /** Id of the model. */
  id: Schema.String,
  /** What kind of model it is, such as `eXtreme Gradient Boosted Trees Classifier`. */
  modelType: Schema.String,
  /** Id of the user who created the model. */
  uid: Schema.String,
  /** Numbers of the icons that the web application shows for the model. */
  icons: nullish(Schema.Array(Schema.Number))
}).annotations({ identifier: "Model" })
export interface Model extends Schema.Schema.Type<typeof Model> {}

/**
 * The project of the deployed model: its `id`, and every other key (`projectName`, `target`, …) as the server sends it.
 *
 * @since 0.1.0
 */
export const Project = Schema.Struct(
  {
    /** Id of the project. */
    id: Schema.String
  },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
).annotations({ identifier: "Project" })
export interface Project extends Schema.Schema.Type<typeof Project> {}

/**
 * The prediction instance that serves the model. On the managed cloud, prediction requests carry its `datarobotKey`.
 *
 * @since 0.1.0
 */
export const Instance = Schema.Struct({
  /** Id of the prediction instance. */
  id: Schema.String,
  /** Host name of the prediction instance. */
  hostName: Schema.String,
  /** The key that prediction requests to it carry besides the token. On the managed cloud only. */
  datarobotKey: nullish(Schema.String),
  /** Whether it uses TLS. */
  sslEnabled: nullish(Schema.Boolean),
  /** Its address in a private network. Only some installations send it. */
  privateIp: nullish(Schema.String),
  /** The `ormVersion` that the server sends. DataRobot does not document its meaning. */
  ormVersion: nullish(Schema.String)
}).annotations({ identifier: "Instance" })
export interface Instance extends Schema.Schema.Type<typeof Instance> {}

/**
 * A reason for a deployment's service health, such as `NO_GOOD_REQUESTS`, `USER_ERRORS`, `SERVER_ERRORS`.
 *
 * @since 0.1.0
 */
export const ServiceHealthMessage = Schema.Struct({
  /** The health that the reason leads to. */
  level: Health,
  /** The kind of reason. */
  msgId: OpenEnum("NO_GOOD_REQUESTS", "USER_ERRORS", "SERVER_ERRORS"),
  /** The reason, in words. */
  message: Schema.String
}).annotations({ identifier: "ServiceHealthMessage" })
export interface ServiceHealthMessage extends Schema.Schema.Type<typeof ServiceHealthMessage> {}

/**
 * A model deployment: a model of a project, connected to a prediction instance, with its monitoring data.
 *
 * @since 0.1.0
 */
export const ModelDeployment = Schema.Struct({
  /** Id of the model deployment. */
  id: Schema.String,
  /** Name of the model deployment. Null if it has none. */
  label: Schema.NullOr(Schema.String),
  /** Description of the model deployment. Empty or null if there is none. */
  description: nullish(Schema.String),
  /** Whether it is in use; see `ModelDeploymentStatus`. */
  status: OpenEnum("active", "inactive", "archived"),
  /** What kind of deployment it is. A deployment of type `external` runs outside of DataRobot. */
  type: OpenEnum("sse", "dedicated", "legacy_dedicated", "external"),
  /** Whether the deployment process has ended. False until then, or missing in a list. See `awaitDeployed`. */
  deployed: nullish(Schema.Boolean),
  /** The deployed model. */
  model: Model,
  /** The project of the deployed model. */
  project: Project,
  /** The user who created the deployment. */
  user: User,
  /** Id of the organization that the deployment belongs to. */
  organizationId: nullish(Schema.String),
  /** The prediction instance that serves the model. Null or missing if there is none. */
  instance: nullish(Instance),
  /** Host that prediction requests go to. Null if there is none. */
  predictionEndpoint: Schema.NullOr(Schema.String),
  /** When it was created. */
  createdAt: NaiveTimestamp,
  /** When it was last changed. */
  updatedAt: NaiveTimestamp,
  /** Health of the prediction service. */
  serviceHealth: Health,
  /** Health of the model. Old servers do not send it. */
  modelHealth: nullish(Health),
  /** The reasons for `serviceHealth`. A list of deployments may leave them out; then it is empty. */
  serviceHealthMessages: Schema.optionalWith(Schema.Array(ServiceHealthMessage), { default: () => [], nullable: true }),
  /** Number of prediction requests in `trendTimeWindow`. */
  recentRequestCount: Schema.Number,
  /** Number of prediction requests in the window before it. */
  prevRequestCount: Schema.Number,
  /** Change from `prevRequestCount` to `recentRequestCount`, in percent. Null if it can't be computed. */
  relativeRequestsTrend: Schema.NullOr(Schema.Number),
  /** Length of the window, such as `1d` (one day). The number 0 if there were no requests. */
  trendTimeWindow: Schema.Union(Schema.String, Schema.Number),
  /** Number of prediction requests per day, oldest first; the current day is last. May be empty. */
  requestRates: Schema.Array(Schema.Number)
}).annotations({ identifier: "ModelDeployment" })
export interface ModelDeployment extends Schema.Schema.Type<typeof ModelDeployment> {}

const Rate = Schema.Struct({
  /** Share of all requests in the period, 0 to 1. */
  current: Schema.Number,
  /** Share of all requests in the period before it, 0 to 1. Null if it is unknown. */
  previous: Schema.NullOr(Schema.Number)
})

/**
 * Service statistics of a period.
 *
 * @since 0.1.0
 */
export const ServiceStatistics = Schema.Struct({
  /** Number of prediction requests. */
  totalRequests: Schema.Number,
  /** Number of different users who sent prediction requests. */
  consumers: Schema.Number,
  /** Number of predicted rows. Not all servers send it. */
  totalPredictionRows: nullish(Schema.Number),
  /** The period of the statistics, `[start, end)`. */
  period: Schema.Struct({
    /** Start of the period, inclusive. */
    start: OffsetTimestamp,
    /** End of the period, exclusive. */
    end: OffsetTimestamp
  }),
  /** Requests that failed because of the client (status 4xx), as a share of all requests. */
  userErrorRate: Rate,
  /** Requests that failed because of the server (status 5xx), as a share of all requests. */
  serverErrorRate: Rate,
  /** Load of the prediction service, in requests per minute. */
  load: Schema.Struct({
    /** Highest load, in requests per minute. */
    peak: Schema.Number,
    /** Median load, in requests per minute. */
    median: Schema.Number
  }),
  /** Median time that a request took to execute, in seconds. Null if there were no requests. */
  medianExecutionTime: Schema.NullOr(Schema.Number)
}).annotations({ identifier: "ServiceStatistics" })
export interface ServiceStatistics extends Schema.Schema.Type<typeof ServiceStatistics> {}

/**
 * An entry of a deployment's action log: the action (`created`, `deployed`, …), its time, and the user.
 *
 * @since 0.1.0
 */
export const ActionLogEntry = Schema.Struct({
  /** What was done, such as `created` or `deployed`. */
  action: OpenEnum("created", "deployed"),
  /** When it was done. */
  performedAt: NaiveTimestamp,
  /** The user who did it. */
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
