/**
 * The schemas of batch predictions: jobs that score a table or a file. Responses are read leniently: only the id, the
 * status and the links are required.
 */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import {
  type Ahead,
  ahead,
  fields,
  filled,
  instant,
  natural,
  oneOf,
  onePage,
  pageSize,
  type Paging,
  paging,
  positive,
  repeated,
  says,
  wholeText
} from "./fields.js"
import { listOf, nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { exclusiveParameters } from "./prediction.js"
import { Timestamp } from "./timestamp.js"

/** The statuses of a job that is not over. */
export const activeStatuses = ["INITIALIZING", "RUNNING"] as const
/** The statuses of a job that is over. */
export const finalStatuses = ["COMPLETED", "ABORTED", "FAILED"] as const

/**
 * The status of a batch prediction. `INITIALIZING`: it is queued, or waits for its CSV. `ABORTED`: it was cancelled, or it
 * had too many invalid rows.
 *
 * @since 0.1.0
 */
export type Status = OpenEnum<typeof activeStatuses[number] | typeof finalStatuses[number]>
export const Status = OpenEnum(...activeStatuses, ...finalStatuses)

const Settings = Schema.Struct(
  { type: nullish(Schema.String) },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
)

/** What a job scores, with which settings. Other settings are not read, because they may have secrets. */
export const JobSpec = Schema.Struct({
  deploymentId: nullish(Schema.String),
  modelId: nullish(Schema.String),
  modelPackageId: nullish(Schema.String),
  intakeSettings: nullish(Settings),
  outputSettings: nullish(Settings),
  numConcurrent: nullish(Schema.Number),
  chunkSize: nullish(Schema.Union(Schema.String, Schema.Number)),
  passthroughColumns: nullish(Schema.Array(Schema.String)),
  passthroughColumnsSet: nullish(Schema.String),
  csvSettings: nullish(Schema.Struct({
    delimiter: nullish(Schema.String),
    quotechar: nullish(Schema.String),
    encoding: nullish(Schema.String)
  })),
  maxExplanations: nullish(Schema.Number),
  abortOnError: nullish(Schema.Boolean),
  includePredictionStatus: nullish(Schema.Boolean),
  skipDriftTracking: nullish(Schema.Boolean)
})

/**
 * A batch prediction: a job that scores a table or a file.
 *
 * - `statusDetails`, `logs`: what DataRobot says about the state, and the job's log.
 * - `percentageCompleted`: 0 to 100.
 * - `elapsedTimeSec`: seconds since the start.
 * - `queued`, `queuePosition`: whether it waits for other jobs of the same prediction server, and its place in the queue.
 * - `scoredRows`, `failedRows`, `skippedRows`: numbers of rows so far.
 * - `jobIntakeSize`, `jobOutputSize`: sizes so far, in bytes.
 * - `jobSpec`: what it scores, and its settings.
 * - `links`: `download` appears when results can be downloaded, `csvUpload` if the job waits for its CSV. They are the
 *   server's own URLs. `download` and `upload` do not need them.
 * - `resultsDeleted`: whether the results were deleted, as they are after 48 hours.
 *
 * @since 0.1.0
 */
export const BatchPrediction = Schema.Struct({
  id: Schema.String,
  status: Status,
  statusDetails: nullish(Schema.String),
  percentageCompleted: nullish(Schema.Number),
  elapsedTimeSec: nullish(Schema.Number),
  queued: nullish(Schema.Boolean),
  queuePosition: nullish(Schema.Number),
  scoredRows: nullish(Schema.Number),
  failedRows: nullish(Schema.Number),
  skippedRows: nullish(Schema.Number),
  jobIntakeSize: nullish(Schema.Number),
  jobOutputSize: nullish(Schema.Number),
  logs: listOf(Schema.String),
  created: nullish(Timestamp),
  createdBy: nullish(Schema.Struct({
    userId: nullish(Schema.String),
    username: nullish(Schema.String),
    fullName: nullish(Schema.String)
  })),
  jobSpec: nullish(JobSpec),
  links: Schema.Struct({
    self: nullish(Schema.String),
    csvUpload: nullish(Schema.String),
    download: nullish(Schema.String)
  }),
  source: nullish(Schema.String),
  hidden: nullish(Schema.Unknown),
  resultsDeleted: nullish(Schema.Boolean),
  intakeDatasetDisplayName: nullish(Schema.String),
  monitoringBatchId: nullish(Schema.String),
  batchPredictionJobDefinition: nullish(Schema.Struct({
    id: nullish(Schema.String),
    name: nullish(Schema.String),
    createdBy: nullish(Schema.String)
  }))
}).annotations({ identifier: "BatchPrediction" })
export interface BatchPrediction extends Schema.Schema.Type<typeof BatchPrediction> {}

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

const optional = Schema.optional
const classNames = Schema.Array(filled).annotations(says("must be a list of class names"))
const columnNames = Schema.Array(filled).annotations(says("must be a list of column names"))
const atLeastOne = (what: string) =>
  Schema.Array(filled).pipe(
    Schema.minItems(1),
    Schema.annotations(says(`must be a list of at least one ${what}`))
  )
const credentialId = optional(filled)
const url = filled

const cloudIntake = {
  /** The URL of the file, or of a folder of files (it ends with a slash). */
  url,
  /** Id of the credential. See `Credential.list`. */
  credentialId,
  /** Format of the file. Default: `csv`. */
  format: optional(oneOf(["csv", "parquet"]))
}

const table = {
  /** The table. */
  table: optional(filled),
  /** The schema of the table. */
  schema: optional(filled),
  /** The catalog of the table. */
  catalog: optional(filled)
}

const store = {
  /** Id of the data store: the connection to the database. */
  dataStoreId: filled,
  /** Id of the credential. See `Credential.list`. */
  credentialId
}

const databaseIntake = {
  ...store,
  ...table,
  /** The SQL query whose result is scored, instead of a table. */
  query: optional(filled),
  /** Number of rows to fetch at a time. */
  fetchSize: optional(positive)
}

/** Storage that a database reads from, or writes to, in bulk. */
const bulk = {
  /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
  cloudStorageType: optional(oneOf(["s3", "azure", "gcp"])),
  /** Id of the credential for the cloud storage. */
  cloudStorageCredentialId: optional(filled),
  /** The external stage or data source that connects the database with the cloud storage. */
  externalStage: optional(filled)
}

const warehouse = {
  ...store,
  ...table,
  ...bulk,
  query: optional(filled)
}

/** `synapse` names the stage differently. */
const { externalStage: _, ...synapseBulk } = bulk
const externalDataSource = { /** The external data source of the database. */ externalDataSource: optional(filled) }

/** A table of BigQuery, and the Google bucket that holds the data in between. */
const bigquery = {
  /** The BigQuery dataset. */
  dataset: filled,
  /** The table in the dataset. */
  table: filled,
  /** The Google bucket that holds the data in between. */
  bucket: filled,
  /** Id of the credential. See `Credential.list`. */
  credentialId
}

/**
 * Where a job reads its rows. `localFile`: `BatchPrediction.upload` sends them.
 *
 * @since 0.1.0
 */
export const IntakeSettings = Schema.Union(
  Schema.Struct({
    type: Schema.Literal("localFile"),
    /** Whether the CSV is sent in parts, of which each can be retried. Default: false. */
    multipart: optional(Schema.Boolean),
    /** Whether scoring begins before the upload is complete. If false, parts can be sent again. Default: true. */
    async: optional(Schema.Boolean)
  }),
  Schema.Struct({
    type: Schema.Literal("dataset"),
    /** Id of the dataset. See `Dataset.upload`. */
    datasetId: filled,
    /** Id of the version. Default: the latest. */
    datasetVersionId: optional(filled)
  }),
  Schema.Struct({
    type: Schema.Literal("s3"),
    ...cloudIntake,
    /** The URL of an S3 service other than Amazon's. */
    endpointUrl: optional(url)
  }),
  Schema.Struct({ type: Schema.Literal("azure"), ...cloudIntake }),
  Schema.Struct({ type: Schema.Literal("gcp"), ...cloudIntake }),
  Schema.Struct({
    type: Schema.Literal("http"),
    /** The URL of the CSV. */
    url
  }),
  Schema.Struct({ type: Schema.Literal("jdbc"), ...databaseIntake }),
  Schema.Struct({ type: Schema.Literal("bigquery"), ...bigquery }),
  Schema.Struct({ type: Schema.Literal("snowflake"), ...warehouse }),
  Schema.Struct({ type: Schema.Literal("synapse"), ...store, ...table, ...synapseBulk, ...externalDataSource }),
  Schema.Struct({ type: Schema.Literal("databricks"), ...store, ...table, query: optional(filled) }),
  Schema.Struct({ type: Schema.Literal("datasphere"), ...store, ...table }),
  Schema.Struct({
    type: Schema.Literal("dss"),
    /** Id of the project whose data is scored. */
    projectId: filled,
    /** Id of an external dataset of the project. */
    datasetId: optional(filled),
    /** The partition of the training data. */
    partition: optional(oneOf(["holdout", "validation", "allBacktests"]))
  })
)
export type IntakeSettings = typeof IntakeSettings.Type

const cloudOutput = {
  /** The URL of the file to write. */
  url,
  /** Id of the credential. See `Credential.list`. */
  credentialId,
  /** Format of the file. Default: `csv`. */
  format: optional(oneOf(["csv", "parquet"])),
  /** Columns by which the output is split into files. */
  partitionColumns: optional(columnNames)
}

const writing = {
  /** The table to write to. */
  table: filled,
  /** How rows are written. */
  statementType: oneOf(["insert", "update", "insert_update", "create_table"]),
  /** The schema of the table. */
  schema: optional(filled),
  /** The catalog of the table. */
  catalog: optional(filled),
  /** Whether to create the table if it does not exist. Default: false. */
  createTableIfNotExists: optional(Schema.Boolean),
  /** The columns that an update sets. */
  updateColumns: optional(columnNames),
  /** The columns that an update finds rows by. */
  whereColumns: optional(columnNames),
  /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
  commitInterval: optional(natural)
}

/**
 * Where a job writes its results. `localFile`: `BatchPrediction.download` reads them.
 *
 * @since 0.1.0
 */
export const OutputSettings = Schema.Union(
  Schema.Struct({ type: Schema.Literal("localFile") }),
  Schema.Struct({
    type: Schema.Literal("s3"),
    ...cloudOutput,
    /** The URL of an S3 service other than Amazon's. */
    endpointUrl: optional(url),
    /** How S3 encrypts the file: `algorithm`, `kmsKeyId`, … as the API of DataRobot names them. */
    serverSideEncryption: optional(Schema.Record({ key: Schema.String, value: Schema.Unknown }))
  }),
  Schema.Struct({ type: Schema.Literal("azure"), ...cloudOutput }),
  Schema.Struct({ type: Schema.Literal("gcp"), ...cloudOutput }),
  Schema.Struct({
    type: Schema.Literal("http"),
    /** Where to send the results. */
    url,
    /** The HTTP method. */
    method: oneOf(["POST", "PUT"]),
    /** Headers of the request. */
    headers: optional(Schema.Record({ key: Schema.String, value: Schema.String }))
  }),
  Schema.Struct({ type: Schema.Literal("jdbc"), ...store, ...writing }),
  Schema.Struct({ type: Schema.Literal("bigquery"), ...bigquery }),
  Schema.Struct({ type: Schema.Literal("snowflake"), ...store, ...bulk, ...writing }),
  Schema.Struct({ type: Schema.Literal("synapse"), ...store, ...synapseBulk, ...externalDataSource, ...writing }),
  Schema.Struct({ type: Schema.Literal("databricks"), ...store, ...writing }),
  Schema.Struct({
    type: Schema.Literal("tableau"),
    /** The URL of the Tableau server. */
    url,
    /** The id of the data source. */
    dataSourceId: optional(filled),
    /** The name of the site. */
    siteName: optional(filled),
    /** Id of the credential. See `Credential.list`. */
    credentialId
  })
)
export type OutputSettings = typeof OutputSettings.Type

/**
 * How the CSV of a job is written: that of the upload, and that of the results.
 *
 * @since 0.1.0
 */
export const CsvSettings = Schema.Struct({
  /** The delimiter: one character, or `tab`. Default: a comma. */
  delimiter: optional(
    Schema.String.pipe(Schema.filter((text) => text === "tab" || text.length === 1, {
      message: () => "must be one character, or \"tab\""
    }))
  ),
  /** The quotation mark: one character. Default: `"`. */
  quotechar: optional(
    Schema.String.pipe(Schema.filter(({ length }) => length === 1, { message: () => "must be one character" }))
  ),
  /** The encoding. Default: `utf-8`. */
  encoding: optional(filled)
})
export interface CsvSettings extends Schema.Schema.Type<typeof CsvSettings> {}

const relaxed = {
  /** Allows missing values of features that are known in advance. Default: false. */
  relaxKnownInAdvanceFeaturesCheck: optional(Schema.Boolean)
}

/**
 * What a time series model predicts.
 *
 * @since 0.1.0
 */
export const TimeSeriesSettings = Schema.Union(
  Schema.Struct({
    type: Schema.Literal("forecast"),
    /** The time that the forecast starts from. Default: the latest possible. */
    forecastPoint: optional(instant),
    ...relaxed
  }),
  Schema.Struct({
    type: Schema.Literal("historical"),
    /** Start of the period to predict. Default: that of the data. */
    predictionsStartDate: optional(instant),
    /** End of the period to predict. Default: that of the data. */
    predictionsEndDate: optional(instant),
    ...relaxed
  }),
  Schema.Struct({ type: Schema.Literal("training"), ...relaxed })
)
export type TimeSeriesSettings = typeof TimeSeriesSettings.Type

const secret = Schema.transform(
  Schema.String,
  Schema.Union(Schema.String, Schema.RedactedFromSelf(Schema.String)),
  {
    strict: true,
    decode: (text) => Redacted.make(text),
    encode: (value) => Redacted.isRedacted(value) ? Redacted.value(value) : value
  }
)

/** The prediction server of a job, if it is not that of the deployment. */
const PredictionInstance = Schema.Struct({
  /** Its host name. */
  hostName: filled,
  /** Whether it uses TLS. Default: true. */
  sslEnabled: optional(Schema.Boolean),
  /** An API key for it. */
  apiKey: optional(secret),
  /** Its `datarobot-key`. */
  datarobotKey: optional(secret)
})

const remapping = Schema.Union(
  Schema.Record({ key: Schema.String, value: Schema.NullOr(Schema.String) }),
  Schema.Array(Schema.Struct({ inputName: filled, outputName: Schema.NullOr(Schema.String) }))
)

/** What every job has in addition to its intake and output. */
export const jobOptions = {
  /** Number of concurrent requests to the prediction server. Default: the server's. */
  numConcurrent: optional(positive),
  /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or bytes. Default: `auto`. */
  chunkSize: optional(
    Schema.Union(Schema.Literal("auto", "fixed", "dynamic"), positive).annotations({
      message: () => ({ message: "must be auto, fixed, dynamic, or a number of bytes", override: true })
    })
  ),
  /** Columns of the input to repeat in the results. */
  passthroughColumns: optional(atLeastOne("column name")),
  /** `all` repeats all columns of the input in the results. */
  passthroughColumnsSet: optional(oneOf(["all"])),
  /** Maximum number of explanations per row. Default: 0, none. */
  maxExplanations: optional(natural),
  /** How to compute explanations. Default: the deployment's setting. */
  explanationAlgorithm: optional(oneOf(["xemp", "shap"])),
  /** Maximum number of n-gram explanations per text feature, or `all`. */
  maxNgramExplanations: optional(
    Schema.Union(natural, Schema.Literal("all")).annotations({
      message: () => ({ message: "must be a whole number from 0, or \"all\"", override: true })
    })
  ),
  /** The classes to explain. */
  explanationClassNames: optional(atLeastOne("class name")),
  /** Number of the likeliest classes to explain. */
  explanationNumTopClasses: optional(positive),
  /** Computes explanations only for predictions above this value. */
  thresholdHigh: optional(Schema.Finite),
  /** Computes explanations only for predictions below this value. */
  thresholdLow: optional(Schema.Finite),
  /** The probability from which the positive class is predicted, 0 to 1. Default: the deployment's. */
  predictionThreshold: optional(Schema.Number.pipe(Schema.between(0, 1))),
  /** Adds a column that tells outliers. The deployment needs prediction warnings. Default: false. */
  predictionWarningEnabled: optional(Schema.Boolean),
  /** Adds the column `prediction_status`. Default: false. */
  includePredictionStatus: optional(Schema.Boolean),
  /** Adds the probability of each class. Default: true. */
  includeProbabilities: optional(Schema.Boolean),
  /** Adds the probabilities of these classes only. */
  includeProbabilitiesClasses: optional(classNames),
  /** Leaves the rows out of drift tracking. Default: false. */
  skipDriftTracking: optional(Schema.Boolean),
  /** Aborts the job if there are too many invalid rows. Default: true. */
  abortOnError: optional(Schema.Boolean),
  /** Fails a whole piece, and not only one row, if a row is invalid. Default: false. */
  disableRowLevelErrorHandling: optional(Schema.Boolean),
  /** New names of result columns: `{ old: "new" }`, or `null` to leave a column out. */
  columnNamesRemapping: optional(remapping),
  /** How the CSV is written. */
  csvSettings: optional(CsvSettings),
  /** What a time series model predicts. */
  timeseriesSettings: optional(TimeSeriesSettings),
  /** The prediction server to use. Default: the deployment's. */
  predictionInstance: optional(PredictionInstance),
  /** Id of the model to use, also after the deployment's model was replaced. */
  pinnedModelId: optional(filled),
  /** Id of the configuration of secondary datasets. */
  secondaryDatasetsConfigId: optional(filled),
  /** Beginning of the name of the monitoring batch. Deployments with batch monitoring only. */
  monitoringBatchPrefix: optional(filled)
}

/**
 * The settings of a job besides what it scores, its intake and its output.
 *
 * @since 0.1.0
 */
export const JobOptions = Schema.Struct(jobOptions)
export interface JobOptions extends Schema.Schema.Type<typeof JobOptions> {}

/** What a job scores, from where to where, and its settings. */
export const jobFields = fields(jobOptions, {
  /** Id of the deployment that scores the rows. */
  deploymentId: optional(filled),
  /** Id of a model of a project, instead of a deployment. */
  modelId: optional(filled),
  /** Id of a model package, instead of a deployment. */
  modelPackageId: optional(filled),
  /** Where the rows come from. Default: `{ type: "localFile" }`. */
  intakeSettings: optional(IntakeSettings),
  /** Where the results go. Default: `{ type: "localFile" }`. */
  outputSettings: optional(OutputSettings)
})

export const targets = ["deploymentId", "modelId", "modelPackageId"] as const

/** Pairs of settings that exclude each other. */
const exclusive = exclusiveParameters.filter(([one]) => one in jobOptions)

/** Returns the issue of settings that exclude each other. */
export const exclusiveIssue = (given: Readonly<Record<string, unknown>>) => {
  const pair = exclusive.find(([one, other]) => given[one] !== undefined && given[other] !== undefined)
  return pair && { path: [pair[1]], message: `must not be combined with ${pair[0]}` }
}

/** Returns the issue of a job that scores nothing, or several things. */
export const targetIssue = (given: Readonly<Record<string, unknown>>) =>
  targets.filter((name) => given[name] !== undefined).length === 1
    ? undefined
    : { path: ["deploymentId"], message: "must be given, or else modelId or modelPackageId: exactly one of them" }

/**
 * A new batch prediction.
 *
 * @since 0.1.0
 */
export const CreateInput = Schema.Struct(jobFields).pipe(
  Schema.filter((given) => targetIssue(given) ?? exclusiveIssue(given))
)
export interface CreateInput extends Schema.Schema.Type<typeof CreateInput> {}

const filters = {
  /** Only jobs with one of these statuses. */
  status: optional(
    repeated(
      Schema.Literal(...activeStatuses, ...finalStatuses),
      "must be INITIALIZING, RUNNING, COMPLETED, ABORTED or FAILED, or a list of them"
    )
  ),
  /** Only jobs that these parts of DataRobot started. A `-` before a name excludes it. */
  source: optional(repeated(filled, "must be a string that is not blank, or a list of such strings")),
  /** Only jobs of this deployment, by id. */
  deploymentId: optional(filled),
  /** Only jobs of this model, by id. */
  modelId: optional(filled),
  /** Only the job with this id. */
  jobId: optional(filled),
  /** What to sort by. A `-` sorts descending. Default: `-created`. */
  orderBy: optional(oneOf(["created", "-created", "status", "-status"])),
  /** Only jobs of the last so many hours. */
  cutoffHours: optional(wholeText(positive)),
  /** Only jobs created at this time or later. */
  startDateTime: optional(instant),
  /** Only jobs created before this time. */
  endDateTime: optional(instant),
  /** Only jobs that this definition started, by id. */
  batchPredictionJobDefinitionId: optional(filled),
  /** Only jobs of this prediction server, by host name. */
  hostname: optional(filled),
  /** Only jobs with this type of intake. */
  intakeType: optional(repeated(filled, "must be a type of intake, or a list of them")),
  /** Only jobs with this type of output. */
  outputType: optional(repeated(filled, "must be a type of output, or a list of them"))
}

/**
 * Filters and order of a listing of batch predictions. A job must match every filter.
 *
 * @since 0.1.0
 */
export const ListInput = Schema.Struct(fields(filters, paging))
export interface ListInput extends Paging, Schema.Schema.Type<typeof ListInput> {}

/** Filters and order of one page: `limit` is at most 100. */
export const PageInput = Schema.Struct(fields(filters, onePage))

/**
 * Filters and order of a stream of batch predictions, and how it fetches pages.
 *
 * @since 0.1.0
 */
export const StreamInput = Schema.Struct(fields(filters, paging, ahead, {
  /** Number of batch predictions per page, 1 to 100. Default: 100. */
  pageSize: optional(pageSize)
}))
export interface StreamInput extends Paging, Ahead, Schema.Schema.Type<typeof StreamInput> {}
