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
  id: nullish(Schema.String),
  url: nullish(Schema.String),
  datarobotKey
}).annotations({ identifier: "DeploymentPredictionServer" })
export interface PredictionServer extends Schema.Schema.Type<typeof PredictionServer> {}

/**
 * The platform that a deployment runs on.
 *
 * @since 0.1.0
 */
export const PredictionEnvironment = Schema.Struct({
  id: nullish(Schema.String),
  name: nullish(Schema.String),
  platform: nullish(Schema.String),
  plugin: nullish(Schema.String),
  isManagedByManagementAgent: nullish(Schema.Boolean),
  supportedModelFormats: nullish(Schema.Array(Schema.String))
}).annotations({ identifier: "DeploymentPredictionEnvironment" })
export interface PredictionEnvironment extends Schema.Schema.Type<typeof PredictionEnvironment> {}

export const Serving = Schema.Struct({
  defaultPredictionServer: nullish(PredictionServer),
  predictionEnvironment: nullish(PredictionEnvironment)
})
export interface Serving extends Schema.Schema.Type<typeof Serving> {}

/** The route of one deployment, without the schema of its response: a prediction reads only a part of it. */
export const oneDeployment = { id: "deployments.get", summary: "A deployment", path: "deployments/:id/" } as const
