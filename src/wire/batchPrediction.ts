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
  {
    /** The type, such as `localFile`, `s3` or `jdbc`. The other keys depend on it. */
    type: nullish(Schema.String)
  },
  Schema.Record({ key: Schema.String, value: Schema.Unknown })
)

/** What a job scores, with which settings. Other settings are not read, because they may have secrets. */
export const JobSpec = Schema.Struct({
  /** Id of the deployment that scores the rows. */
  deploymentId: nullish(Schema.String),
  /** Id of the model that scores the rows, if it is not a deployment. */
  modelId: nullish(Schema.String),
  /** Id of the model package that scores the rows, if it is not a deployment. */
  modelPackageId: nullish(Schema.String),
  /** Where the rows come from. */
  intakeSettings: nullish(Settings),
  /** Where the results go. */
  outputSettings: nullish(Settings),
  /** Number of concurrent requests to the prediction server. */
  numConcurrent: nullish(Schema.Number),
  /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or a number of bytes. */
  chunkSize: nullish(Schema.Union(Schema.String, Schema.Number)),
  /** Columns of the input that the results repeat. */
  passthroughColumns: nullish(Schema.Array(Schema.String)),
  /** `all` if the results repeat all columns of the input. */
  passthroughColumnsSet: nullish(Schema.String),
  /** How the CSV is written. */
  csvSettings: nullish(Schema.Struct({
    /** The delimiter: one character, or `tab`. */
    delimiter: nullish(Schema.String),
    /** The quotation mark. */
    quotechar: nullish(Schema.String),
    /** The encoding, such as `utf-8`. */
    encoding: nullish(Schema.String)
  })),
  /** Maximum number of explanations per row. 0 means none. */
  maxExplanations: nullish(Schema.Number),
  /** Whether the job is aborted if there are too many invalid rows. */
  abortOnError: nullish(Schema.Boolean),
  /** Whether the results have the column `prediction_status`. */
  includePredictionStatus: nullish(Schema.Boolean),
  /** Whether the rows are left out of drift tracking. */
  skipDriftTracking: nullish(Schema.Boolean)
})

/**
 * A batch prediction: a job that scores a table or a file.
 *
 * @since 0.1.0
 */
export const BatchPrediction = Schema.Struct({
  /** Id of the job. */
  id: Schema.String,
  /** State of the job. */
  status: Status,
  /** What DataRobot says about the state. */
  statusDetails: nullish(Schema.String),
  /** Progress in percent, 0 to 100. */
  percentageCompleted: nullish(Schema.Number),
  /** Seconds since the job started. */
  elapsedTimeSec: nullish(Schema.Number),
  /** Whether it waits for other jobs of the same prediction server. */
  queued: nullish(Schema.Boolean),
  /** Its place in the queue. Null if it is not queued. */
  queuePosition: nullish(Schema.Number),
  /** Number of rows that were scored so far. */
  scoredRows: nullish(Schema.Number),
  /** Number of rows that could not be scored so far. */
  failedRows: nullish(Schema.Number),
  /** Number of rows that were left out so far. */
  skippedRows: nullish(Schema.Number),
  /** Number of bytes that the job has read so far. */
  jobIntakeSize: nullish(Schema.Number),
  /** Number of bytes that the job has written so far. */
  jobOutputSize: nullish(Schema.Number),
  /** The lines of its log, oldest first. */
  logs: listOf(Schema.String),
  /** When it was created. */
  created: nullish(Timestamp),
  /** The user who created it. */
  createdBy: nullish(Schema.Struct({
    /** Id of the user. */
    userId: nullish(Schema.String),
    /** Name that the user logs in with: usually the email address. */
    username: nullish(Schema.String),
    /** First and last name of the user. Null if it is unknown. */
    fullName: nullish(Schema.String)
  })),
  /** What it scores, and with which settings. */
  jobSpec: nullish(JobSpec),
  /** The server's own URLs of the job. `BatchPrediction.upload` and `BatchPrediction.download` do not need them. */
  links: Schema.Struct({
    /** URL of the job. */
    self: nullish(Schema.String),
    /** Where the CSV is sent. Present while the job waits for its CSV. */
    csvUpload: nullish(Schema.String),
    /** Where the results are. Present when results can be downloaded, also those of a job that was aborted. */
    download: nullish(Schema.String)
  }),
  /** The part of DataRobot that started it. */
  source: nullish(Schema.String),
  /** When or whether the job was hidden in the web application, as the server sends it. */
  hidden: nullish(Schema.Unknown),
  /** Whether the results were deleted, as they are after 48 hours. */
  resultsDeleted: nullish(Schema.Boolean),
  /** Name of the dataset that it scores. */
  intakeDatasetDisplayName: nullish(Schema.String),
  /** Id of the monitoring batch that its predictions belong to. */
  monitoringBatchId: nullish(Schema.String),
  /** The definition that started it. Missing if it was started otherwise. */
  batchPredictionJobDefinition: nullish(Schema.Struct({
    /** Id of the definition. */
    id: nullish(Schema.String),
    /** Name of the definition. */
    name: nullish(Schema.String),
    /** The user who created the definition. */
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
  /** The SQL query whose result is scored, instead of a table. */
  query: optional(filled)
}

/** `synapse` names the stage differently. */
const { externalStage: _, ...synapseBulk } = bulk
const externalDataSource = {
  /** The external data source of the database. */
  /** The external data source of the database. */
  externalDataSource: optional(filled)
}

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
    /** A CSV that `BatchPrediction.upload` sends. */
    type: Schema.Literal("localFile"),
    /** Whether the CSV is sent in parts, of which each can be retried. Default: false. */
    multipart: optional(Schema.Boolean),
    /** Whether scoring begins before the upload is complete. If false, parts can be sent again. Default: true. */
    async: optional(Schema.Boolean)
  }),
  Schema.Struct({
    /** A dataset of the AI catalog. */
    type: Schema.Literal("dataset"),
    /** Id of the dataset. See `Dataset.upload`. */
    datasetId: filled,
    /** Id of the version. Default: the latest. */
    datasetVersionId: optional(filled)
  }),
  Schema.Struct({
    /** Files in Amazon S3, or a service like it. */
    type: Schema.Literal("s3"),
    ...cloudIntake,
    /** The URL of an S3 service other than Amazon's. */
    endpointUrl: optional(url)
  }),
  Schema.Struct({
    /** Files in Azure Blob Storage. */
    type: Schema.Literal("azure"),
    ...cloudIntake
  }),
  Schema.Struct({
    /** Files in Google Cloud Storage. */
    type: Schema.Literal("gcp"),
    ...cloudIntake
  }),
  Schema.Struct({
    /** A CSV on a web server. */
    type: Schema.Literal("http"),
    /** The URL of the CSV. */
    url
  }),
  Schema.Struct({
    /** A table or a query of a database. */
    type: Schema.Literal("jdbc"),
    ...databaseIntake
  }),
  Schema.Struct({
    /** A table of BigQuery. */
    type: Schema.Literal("bigquery"),
    ...bigquery
  }),
  Schema.Struct({
    /** A table or a query of Snowflake. */
    type: Schema.Literal("snowflake"),
    ...warehouse
  }),
  Schema.Struct({
    /** A table of Azure Synapse. */
    type: Schema.Literal("synapse"),
    ...store,
    ...table,
    ...synapseBulk,
    ...externalDataSource
  }),
  Schema.Struct({
    /** A table or a query of Databricks. */
    type: Schema.Literal("databricks"),
    ...store,
    ...table,
    /** The SQL query whose result is scored, instead of a table. */
    query: optional(filled)
  }),
  Schema.Struct({
    /** A table of SAP Datasphere. */
    type: Schema.Literal("datasphere"),
    ...store,
    ...table
  }),
  Schema.Struct({
    /** Data of the project in which the model was built. */
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
  Schema.Struct({
    /** A CSV that `BatchPrediction.download` reads. */
    type: Schema.Literal("localFile")
  }),
  Schema.Struct({
    /** Files in Amazon S3, or a service like it. */
    type: Schema.Literal("s3"),
    ...cloudOutput,
    /** The URL of an S3 service other than Amazon's. */
    endpointUrl: optional(url),
    /** How S3 encrypts the file: `algorithm`, `kmsKeyId`, … as the API of DataRobot names them. */
    serverSideEncryption: optional(Schema.Record({ key: Schema.String, value: Schema.Unknown }))
  }),
  Schema.Struct({
    /** Files in Azure Blob Storage. */
    type: Schema.Literal("azure"),
    ...cloudOutput
  }),
  Schema.Struct({
    /** Files in Google Cloud Storage. */
    type: Schema.Literal("gcp"),
    ...cloudOutput
  }),
  Schema.Struct({
    /** A web server that takes the results. */
    type: Schema.Literal("http"),
    /** Where to send the results. */
    url,
    /** The HTTP method. */
    method: oneOf(["POST", "PUT"]),
    /** Headers of the request. */
    headers: optional(Schema.Record({ key: Schema.String, value: Schema.String }))
  }),
  Schema.Struct({
    /** A table of a database. */
    type: Schema.Literal("jdbc"),
    ...store,
    ...writing
  }),
  Schema.Struct({
    /** A table of BigQuery. */
    type: Schema.Literal("bigquery"),
    ...bigquery
  }),
  Schema.Struct({
    /** A table of Snowflake. */
    type: Schema.Literal("snowflake"),
    ...store,
    ...bulk,
    ...writing
  }),
  Schema.Struct({
    /** A table of Azure Synapse. */
    type: Schema.Literal("synapse"),
    ...store,
    ...synapseBulk,
    ...externalDataSource,
    ...writing
  }),
  Schema.Struct({
    /** A table of Databricks. */
    type: Schema.Literal("databricks"),
    ...store,
    ...writing
  }),
  Schema.Struct({
    /** A data source of Tableau. */
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
    /** Predicts the future, from a forecast point on. */
    type: Schema.Literal("forecast"),
    /** The time that the forecast starts from. Default: the latest possible. */
    forecastPoint: optional(instant),
    ...relaxed
  }),
  Schema.Struct({
    /** Predicts a period of the data in the past. */
    type: Schema.Literal("historical"),
    /** Start of the period to predict. Default: that of the data. */
    predictionsStartDate: optional(instant),
    /** End of the period to predict. Default: that of the data. */
    predictionsEndDate: optional(instant),
    ...relaxed
  }),
  Schema.Struct({
    /** Predicts the training data. */
    type: Schema.Literal("training"),
    ...relaxed
  })
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
  Schema.Array(Schema.Struct({
    /** Name of a column of the results. */
    inputName: filled,
    /** Its new name. Null leaves the column out. */
    outputName: Schema.NullOr(Schema.String)
  }))
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
  /** Only jobs that were created within this number of hours before now. */
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
