/** What serves the predictions of a deployment: the part of a deployment that says where a prediction request goes. */
import * as Schema from "effect/Schema"
import { datarobotKey } from "./datarobotKey.js"
import { nullish } from "./nullish.js"

/**
 * The server that makes predictions. On the managed cloud, prediction requests carry its key, which DataRobot calls
 * `datarobot-key`. It is a secret, so it is `Redacted`.
 *
 * @since 0.1.0
 */
export const PredictionServer = Schema.Struct({
  /** Id of the prediction server. */
  id: nullish(Schema.String),
  /** URL of the prediction server, without a path. */
  url: nullish(Schema.String),
  /** Secret that prediction requests to the server carry besides the token. Missing if the server has none. */
  datarobotKey
}).annotations({ identifier: "DeploymentPredictionServer" })
export interface PredictionServer extends Schema.Schema.Type<typeof PredictionServer> {}

/**
 * The platform that a deployment runs on.
 *
 * @since 0.1.0
 */
export const PredictionEnvironment = Schema.Struct({
  /** Id of the prediction environment. */
  id: nullish(Schema.String),
  /** Name of the prediction environment. */
  name: nullish(Schema.String),
  /** The platform, such as `datarobotServerless` or `aws`. */
  platform: nullish(Schema.String),
  /** Name of the plugin that a management agent uses. */
  plugin: nullish(Schema.String),
  /** Whether a management agent deploys its models. */
  isManagedByManagementAgent: nullish(Schema.Boolean),
  /** Formats of the models that it can run. */
  supportedModelFormats: nullish(Schema.Array(Schema.String))
}).annotations({ identifier: "DeploymentPredictionEnvironment" })
export interface PredictionEnvironment extends Schema.Schema.Type<typeof PredictionEnvironment> {}

export const Serving = Schema.Struct({
  /** The prediction server that makes the predictions. Null on a serverless or an external platform. */
  defaultPredictionServer: nullish(PredictionServer),
  /** The platform that the deployment runs on. */
  predictionEnvironment: nullish(PredictionEnvironment)
})
export interface Serving extends Schema.Schema.Type<typeof Serving> {}

/** The route of one deployment, without the schema of its response: a prediction reads only a part of it. */
export const oneDeployment = { id: "deployments.get", summary: "A deployment", path: "deployments/:id/" } as const
