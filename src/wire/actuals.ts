/** Actual values, as the deployments API accepts them. */
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
  /** The outcome that was observed: a number, or a class. */
  actualValue: Schema.Union(Schema.Finite, Schema.String)
    .annotations({ message: () => ({ message: "must be a string or a finite number", override: true }) }),
  /** Whether the prediction was acted on, which may have changed the outcome. */
  wasActedOn: orNull(Schema.Boolean),
  /** When the outcome was observed. */
  timestamp: orNull(instant)
})
export interface Actual extends Schema.Schema.Type<typeof Actual> {}

/**
 * The actual values of one request, at most `maxActuals`. The limit is not a filter of the list, because a filter would
 * check each value twice.
 */
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
