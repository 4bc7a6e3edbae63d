/** The schemas of datasets: the tables of DataRobot's AI catalog. */
import * as Schema from "effect/Schema"
import { filled } from "./fields.js"
import { listOf, nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/**
 * A dataset: a table in DataRobot's AI catalog.
 *
 * - `processingState`: `COMPLETED` when the dataset can be used.
 * - `datasetSize`: bytes.
 * - `createdBy`: the name of the user.
 *
 * @since 0.1.0
 */
export const Dataset = Schema.Struct({
  id: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("datasetId")),
  versionId: nullish(Schema.String),
  name: nullish(Schema.String),
  processingState: nullish(OpenEnum("COMPLETED", "RUNNING", "ERROR")),
  error: nullish(Schema.String),
  creationDate: nullish(Timestamp),
  createdBy: nullish(Schema.String),
  rowCount: nullish(Schema.Number),
  datasetSize: nullish(Schema.Number),
  categories: listOf(Schema.String),
  isLatestVersion: nullish(Schema.Boolean),
  isSnapshot: nullish(Schema.Boolean)
}).annotations({ identifier: "Dataset" })
export interface Dataset extends Schema.Schema.Type<typeof Dataset> {}

/** The response to an upload. DataRobot's clients read the id under the first name. */
export const Uploaded = Schema.Struct({
  catalogId: nullish(Schema.String),
  datasetId: nullish(Schema.String),
  catalogVersionId: nullish(Schema.String),
  statusId: nullish(Schema.String)
}).annotations({ identifier: "UploadedDataset" })

/**
 * A new dataset.
 *
 * @since 0.1.0
 */
export const UploadInput = Schema.Struct({
  /**
   * Name of the dataset, at most 200 characters, without slashes and control characters. It is sent as the name of the
   * file, with `.csv` at its end, because DataRobot reads the type of a file from its name.
   */
  name: filled.pipe(
    Schema.filter((name) => name.length <= 200 && !/[\u0000-\u001f\u007f/\\]/.test(name), {
      message: () => "must have at most 200 characters, and no slash or control character"
    })
  )
})
export interface UploadInput extends Schema.Schema.Type<typeof UploadInput> {}
