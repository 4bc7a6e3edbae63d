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
  id: Schema.String,
  url: nullish(Schema.String),
  datarobotKey,
  batchPredictions: nullish(Schema.Struct({ processing: nullish(Schema.Number), queued: nullish(Schema.Number) }))
}).annotations({ identifier: "PredictionServer" })
export interface PredictionServer extends Schema.Schema.Type<typeof PredictionServer> {}
