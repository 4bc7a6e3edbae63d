/** Whole model deployments for tests and demonstrations. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import {
  type ActionLogEntry,
  type Instance,
  ModelDeployment,
  type ServiceStatistics,
  type User
} from "../../wire/modelDeployment.js"
import { withoutUndefined } from "../../wire/withoutUndefined.js"
import * as History from "../monitoring/history.js"
import { type Activity, lastDay, statistics } from "../monitoring/statistics.js"

/** The user of the emulator's token, who creates every deployment. */
export const user: User = {
  id: "5b00000000000000000000f1",
  username: "emulator@example.com",
  firstName: "Emma",
  lastName: "Later"
}

/** The default prediction instance of a deployment. */
export const instance: Instance = {
  id: "5b00000000000000000000d1",
  hostName: "localhost",
  datarobotKey: "00000000-0000-0000-0000-000000000000",
  sslEnabled: false,
  privateIp: "127.0.0.1",
  ormVersion: "v2"
}

/**
 * Some fields of a model deployment. `projectId` and `modelId` can replace a whole `project` and `model`. Only the
 * deployments API shows `modelPackageId` and `predictionEnvironmentId`. The deployment is deployed, unless `deployed` is false: then the emulator deploys it after its `deployDelay`. Monitoring
 * data cannot be given, because the emulator computes it from the prediction requests.
 *
 * @since 0.1.0
 */
export interface DeploymentFixture extends Partial<Omit<ModelDeployment, keyof Activity>> {
  /** The project's id, if no `project` is given. */
  readonly projectId?: string
  /** The model's id, if no `model` is given. */
  readonly modelId?: string
  /** The id of its model package. Default: the deployment's own id. */
  readonly modelPackageId?: string
  /** The id of the prediction environment that it runs in. Default: none, so it is dedicated. */
  readonly predictionEnvironmentId?: string
}

const { fields } = ModelDeployment
const date = fields.createdAt.annotations({ message: () => ({ message: "must be an ISO 8601 date", override: true }) })
const given = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

/** A fixture in a request to `POST /__emulator/seed`. */
export const DeploymentFixture = Schema.Struct({
  id: given(Schema.String.pipe(
    Schema.pattern(/^[\w-]{1,128}$/, { message: () => "must be 1 to 128 letters, digits, \"-\" and \"_\"" })
  )),
  label: given(fields.label),
  description: fields.description,
  status: given(fields.status),
  type: given(fields.type),
  deployed: fields.deployed,
  model: given(fields.model),
  modelId: given(Schema.String),
  project: given(fields.project),
  projectId: given(Schema.String),
  modelPackageId: given(Schema.String),
  predictionEnvironmentId: given(Schema.String),
  user: given(fields.user),
  organizationId: fields.organizationId,
  instance: fields.instance,
  predictionEndpoint: given(fields.predictionEndpoint),
  createdAt: given(date),
  updatedAt: given(date),
  modelHealth: fields.modelHealth
}).annotations({ identifier: "DeploymentFixture" })

const beginning = DateTime.unsafeMake("2018-01-01T00:00:00Z")

/**
 * A valid model deployment. Fields that are not given have default values: it is active, deployed, without requests,
 * and was created at the beginning of 2018.
 *
 * @example
 * import { modelDeployment } from "effect-datarobot/emulator"
 *
 * const churn = modelDeployment({ label: "Churn", serviceHealth: "failing" })
 *
 * @since 0.1.0
 */
export const modelDeployment = (fixture: DeploymentFixture & Partial<Activity> = {}): ModelDeployment => {
  const {
    modelId = "5b00000000000000000000a1",
    modelPackageId: _,
    predictionEnvironmentId: __,
    projectId = "5b00000000000000000000b1",
    ...rest
  } = withoutUndefined(fixture)
  const createdAt = rest.createdAt ?? beginning
  const served = rest.instance === undefined ? instance : rest.instance
  return {
    id: "5b0000000000000000000001",
    label: "Model deployment",
    description: null,
    status: "active",
    type: "dedicated",
    deployed: true,
    model: { id: modelId, modelType: "eXtreme Gradient Boosted Trees Classifier", uid: user.id },
    project: {
      id: projectId,
      projectName: "Project",
      fileName: "training.csv",
      stage: "modeling",
      created: "2018-01-01T00:00:00.000000Z",
      target: "target",
      targetType: "Binary",
      metric: "LogLoss"
    },
    user,
    organizationId: "5b00000000000000000000c1",
    instance: served,
    predictionEndpoint: served?.hostName ?? instance.hostName,
    createdAt,
    updatedAt: createdAt,
    serviceHealth: "passing",
    serviceHealthMessages: [],
    recentRequestCount: 0,
    prevRequestCount: 0,
    relativeRequestsTrend: 0,
    trendTimeWindow: "1d",
    requestRates: [0, 0, 0, 0, 0, 0, 0, 0],
    ...rest
  }
}

/**
 * Valid service statistics. Fields that are not given have default values: no requests, and the last day before 2018.
 *
 * @example
 * import { serviceStatistics } from "effect-datarobot/emulator"
 *
 * const busy = serviceStatistics({ totalRequests: 5000, load: { peak: 40, median: 7 } })
 *
 * @since 0.1.0
 */
export const serviceStatistics = (fixture: Partial<ServiceStatistics> = {}): ServiceStatistics => {
  const { end, start } = lastDay(beginning.epochMillis - 1)
  return { ...statistics(History.make(), start, end), ...withoutUndefined(fixture) }
}

/**
 * A valid entry of an action log. Fields that are not given have default values: a deployment was created at the
 * beginning of 2018.
 *
 * @since 0.1.0
 */
export const actionLogEntry = (fixture: Partial<ActionLogEntry> = {}): ActionLogEntry => ({
  action: "created",
  performedAt: beginning,
  performedBy: user,
  ...withoutUndefined(fixture)
})
