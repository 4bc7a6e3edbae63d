/** The schemas of datasets: the tables of DataRobot's AI catalog. */
import * as Schema from "effect/Schema"
import { filled } from "./fields.js"
import { listOf, nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/**
 * A dataset: a table in DataRobot's AI catalog.
 *
 * @since 0.1.0
 */
export const Dataset = Schema.Struct({
  /** Id of the dataset. */
  id: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("datasetId")),
  /** Id of this version of the dataset. */
  versionId: nullish(Schema.String),
  /** Name of the dataset. */
  name: nullish(Schema.String),
  /** State of the dataset: it can be used when it is `COMPLETED`. */
  processingState: nullish(OpenEnum("COMPLETED", "RUNNING", "ERROR")),
  /** Why the dataset could not be processed. Null or empty if it could. */
  error: nullish(Schema.String),
  /** When this version was created. */
  creationDate: nullish(Timestamp),
  /** Name of the user who created it. */
  createdBy: nullish(Schema.String),
  /** Number of rows. */
  rowCount: nullish(Schema.Number),
  /** Size in bytes. */
  datasetSize: nullish(Schema.Number),
  /** What the dataset can be used for, such as `PREDICTION` or `TRAINING`. Empty if the server sends none. */
  categories: listOf(Schema.String),
  /** Whether this is the latest version of the dataset. */
  isLatestVersion: nullish(Schema.Boolean),
  /** Whether DataRobot has a copy of the data. If not, it reads the data from its source. */
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
