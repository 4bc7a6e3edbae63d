/** What serves the predictions of a deployment: the part of a deployment that says where a prediction request goes. */
import * as Schema from "effect/Schema"
import { PredictionEnvironment, PredictionServer } from "./deployment.js"
import { nullish } from "./nullish.js"

export const Serving = Schema.Struct({
  defaultPredictionServer: nullish(PredictionServer),
  predictionEnvironment: nullish(PredictionEnvironment)
})
export interface Serving extends Schema.Schema.Type<typeof Serving> {}
