/** Actual values: what the deployments API takes. */
import * as Schema from "effect/Schema"
import { filled, instant, orNull } from "./fields.js"

/** Maximum number of actual values in one request. */
export const maxActuals = 10_000

/**
 * The actual value that belongs to a prediction.
 *
 * @since 0.1.0
 */
export const Actual = Schema.Struct({
  /** The prediction's value in the association id column; 1 to 128 characters. */
  associationId: Schema.String.pipe(
    Schema.filter((id) => id.trim() !== "" && id.length <= 128, {
      message: () => "must be a string of 1 to 128 characters that is not blank"
    })
  ),
  /** What really happened: a number, or the class. */
  actualValue: Schema.Union(Schema.Finite, Schema.String)
    .annotations({ message: () => ({ message: "must be a string or a finite number", override: true }) }),
  /** Whether the prediction was acted on, which may have changed what happened. */
  wasActedOn: orNull(Schema.Boolean),
  /** When it happened. */
  timestamp: orNull(instant)
})
export interface Actual extends Schema.Schema.Type<typeof Actual> {}

/** Actual values of one request, at most `maxActuals`. A filter of the list would have each of them checked twice. */
export const ActualsInput = Schema.Struct({
  data: Schema.Array(Actual),
  keepActualsWithoutPredictions: Schema.optional(Schema.Boolean)
})

/**
 * A dataset of DataRobot's catalog that holds actual values, and its columns.
 *
 * @since 0.1.0
 */
export const DatasetInput = Schema.Struct({
  /** Id of the dataset. */
  datasetId: filled,
  /** Id of a version of the dataset. Default: the latest. */
  datasetVersionId: Schema.optional(filled),
  /** Name of the column with the association ids. */
  associationIdColumn: filled,
  /** Name of the column with the actual values. */
  actualValueColumn: filled,
  /** Name of the column that says whether a prediction was acted on. */
  wasActedOnColumn: Schema.optional(filled),
  /** Name of the column with the times. */
  timestampColumn: Schema.optional(filled)
})
export interface DatasetInput extends Schema.Schema.Type<typeof DatasetInput> {}
