/** The schema of the servers that make predictions for dedicated deployments. */
import * as Schema from "effect/Schema"
import { datarobotKey } from "./datarobotKey.js"
import { nullish } from "./nullish.js"

/**
 * A server that makes predictions for dedicated deployments. Its `id` is the `defaultPredictionServerId` of a new
 * deployment. `datarobotKey` is the secret that prediction requests carry besides the token; self-managed installations
 * may have none.
 *
 * @since 0.1.0
 */
export const PredictionServer = Schema.Struct({
  /** Id of the server: the `defaultPredictionServerId` of a new deployment. */
  id: Schema.String,
  /** URL of the server, without a path. */
  url: nullish(Schema.String),
  /** Secret that prediction requests to the server carry besides the token. Missing if the server has none. */
  datarobotKey,
  /** Its batch prediction jobs. */
  batchPredictions: nullish(Schema.Struct({
    /** Number of jobs that run. */
    processing: nullish(Schema.Number),
    /** Number of jobs that wait. */
    queued: nullish(Schema.Number)
  }))
}).annotations({ identifier: "PredictionServer" })
export interface PredictionServer extends Schema.Schema.Type<typeof PredictionServer> {}
