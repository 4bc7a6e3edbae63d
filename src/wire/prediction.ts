/** Predictions: what a prediction server returns. */
import * as Schema from "effect/Schema"

/** One prediction. For a binary target `prediction` is the more likely class, otherwise the predicted value. */
export const Prediction = Schema.Struct({
  rowId: Schema.Int,
  prediction: Schema.Number,
  predictionThreshold: Schema.optionalWith(Schema.Number, { exact: true }),
  predictionValues: Schema.Array(
    Schema.Struct({ label: Schema.Union(Schema.Number, Schema.String), value: Schema.Number })
  )
}).annotations({ identifier: "Prediction" })
export interface Prediction extends Schema.Schema.Type<typeof Prediction> {}

/** The predictions of a request, in the order of its rows. */
export const Predictions = Schema.Struct({ data: Schema.Array(Prediction) })

/** The rows of a request. */
export const Rows = Schema.Array(Schema.Record({ key: Schema.String, value: Schema.Unknown }))
