/** The schemas of data exports: the prediction data, actual values or training data of a deployment as a dataset. */
import * as Schema from "effect/Schema"
import { fields, filled, flagText, instant, oneOf, type Paging, paging } from "./fields.js"
import { inOrder, Period } from "./monitoring.js"
import { nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/** Every state of an export. */
export const exportStatuses = ["CREATED", "SCHEDULED", "CANCELLED", "FAILED", "SUCCEEDED"] as const

/** The dataset that an export made. */
const ExportedDataset = Schema.Struct({
  /** Id of the dataset. */
  id: Schema.String,
  /** Name of the dataset. */
  name: nullish(Schema.String)
})

const exported = {
  /** Id of the export. */
  id: Schema.String,
  /** Id of the model whose data is exported. */
  modelId: nullish(Schema.String),
  /** When the export was started. */
  createdAt: nullish(Timestamp),
  /** The period whose data is exported, `[start, end)`. */
  period: nullish(Period),
  /** The state of the export. `SUCCEEDED`: its data can be downloaded. */
  status: nullish(OpenEnum(...exportStatuses)),
  /** Why the export failed. Null if it did not. */
  error: nullish(Schema.Struct({
    /** The reason, in words. */
    message: nullish(Schema.String)
  })),
  /** The datasets that the export made. Null until it has succeeded. */
  data: nullish(Schema.Array(ExportedDataset))
}

/** What exports of prediction data and of actual values have in common. */
export const ExportData = Schema.Struct(exported)

/** An export of prediction data, as the server returns it. */
export const PredictionsExportData = Schema.Struct(fields(exported, {
  /** The monitoring batches whose predictions are exported, as the server sends them. Null if it has none. */
  batches: nullish(Schema.Unknown)
}))
  .annotations({ identifier: "PredictionDataExport" })

/** An export of actual values, as the server returns it. */
export const ActualsExportData = Schema.Struct(fields(exported, {
  /** Whether only the actual values that belong to a prediction are exported. */
  onlyMatchedPredictions: nullish(Schema.Boolean)
}))
  .annotations({ identifier: "ActualsDataExport" })

/** An export of training data, as the server returns it. It has no status: it is listed once it has succeeded. */
export const TrainingExportData = Schema.Struct({
  /** Id of the export. */
  id: Schema.String,
  /** Id of the model whose training data is exported. */
  modelId: nullish(Schema.String),
  /** Id of the model package whose training data is exported. */
  modelPackageId: nullish(Schema.String),
  /** When the export was started. */
  createdAt: nullish(Timestamp),
  /** The dataset that the export made. */
  data: nullish(ExportedDataset)
}).annotations({ identifier: "TrainingDataExport" })

/** The response to the start of an export. */
export const StartedExport = Schema.Struct({ id: nullish(Schema.String) }).annotations({ identifier: "StartedExport" })

const range = {
  /** Start of the period, inclusive. */
  startTime: Schema.propertySignature(instant).pipe(Schema.fromKey("start")),
  /** End of the period, exclusive. */
  endTime: Schema.propertySignature(instant).pipe(Schema.fromKey("end")),
  /** Id of the current model or an earlier one. Default: the current model. */
  modelId: Schema.optional(filled)
}

/**
 * The prediction data to export.
 *
 * @since 0.1.0
 */
export const PredictionsInput = Schema.Struct(fields(range, {
  /** Only the predictions of these monitoring batches. Default: predictions outside of batches. */
  batchIds: Schema.optional(Schema.Array(filled)),
  /** What to add to each row, as the API spells it. Default: nothing. */
  augmentationType: Schema.optional(filled)
})).pipe(inOrder)
export interface PredictionsInput extends Schema.Schema.Type<typeof PredictionsInput> {}

/**
 * The actual values to export.
 *
 * @since 0.1.0
 */
export const ActualsInput = Schema.Struct(fields(range, {
  /** Only the actual values that belong to a prediction. */
  onlyMatchedPredictions: Schema.optional(Schema.Boolean)
})).pipe(inOrder)
export interface ActualsInput extends Schema.Schema.Type<typeof ActualsInput> {}

/**
 * The training data to export.
 *
 * @since 0.1.0
 */
export const TrainingInput = Schema.Struct({
  /** Id of the current model or an earlier one. Default: the current model. */
  modelId: Schema.optional(filled)
})
export interface TrainingInput extends Schema.Schema.Type<typeof TrainingInput> {}

const listed = fields(paging, {
  /** Only exports in this state. */
  status: Schema.optional(oneOf(exportStatuses)),
  /** Only exports of this model. */
  modelId: Schema.optional(filled)
})

/**
 * Filters of a listing of exports of prediction data.
 *
 * @since 0.1.0
 */
export const ListPredictionsInput = Schema.Struct(fields(listed, {
  /** Only exports of monitoring batches, or, if false, only others. */
  batch: Schema.optional(flagText)
}))
export interface ListPredictionsInput extends Paging, Schema.Schema.Type<typeof ListPredictionsInput> {}

/**
 * Filters of a listing of exports of actual values.
 *
 * @since 0.1.0
 */
export const ListActualsInput = Schema.Struct(listed)
export interface ListActualsInput extends Paging, Schema.Schema.Type<typeof ListActualsInput> {}

/**
 * The range of a listing of exports of training data.
 *
 * @since 0.1.0
 */
export const ListTrainingInput = Schema.Struct(paging)
export interface ListTrainingInput extends Paging, Schema.Schema.Type<typeof ListTrainingInput> {}
