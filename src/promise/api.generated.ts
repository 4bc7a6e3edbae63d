/**
 * The types of the Promise API. `npm run docs:promise` writes this file from the operations of the namespaces; a test fails
 * if it is outdated.
 */

import * as DataRobotErrorModule from "../DataRobotError.js"
import * as deploymentStatusModule from "../wire/deploymentStatus.js"
import * as modelDeploymentStatusModule from "../wire/modelDeploymentStatus.js"
import type { ApiPromise } from "./ApiPromise.js"
import type { Abortable, CallOptions } from "./CallOptions.js"
import type { CsvSource } from "./CsvSource.js"
import type { DurationInput } from "./DurationInput.js"
import type { IterableStream } from "./IterableStream.js"
import type { Rows } from "./Rows.js"
import type { StandardSchema } from "./StandardSchema.js"

// Boundary: the values are those of the other entries. Only their types differ.

/**
 * The server responded with an error.
 *
 * @since 0.1.0
 */
export const DataRobotApiError = DataRobotErrorModule.DataRobotApiError as unknown as new(fields: Omit<DataRobotApiError, "_tag" | "name" | "stack">) => DataRobotApiError

/**
 * An asynchronous job failed, was lost, or took longer than the caller waits.
 *
 * @since 0.1.0
 */
export const DataRobotJobError = DataRobotErrorModule.DataRobotJobError as unknown as new(fields: Omit<DataRobotJobError, "_tag" | "name" | "stack">) => DataRobotJobError

/**
 * No usable response was received.
 *
 * @since 0.1.0
 */
export const DataRobotNetworkError = DataRobotErrorModule.DataRobotNetworkError as unknown as new(fields: Omit<DataRobotNetworkError, "_tag" | "name" | "stack">) => DataRobotNetworkError

/**
 * The arguments of the call are invalid (`phase: "request"`; nothing was sent, or not all of a stream that is too long), or the response can't be decoded
 * (`phase: "response"`).
 *
 * @since 0.1.0
 */
export const DataRobotValidationError = DataRobotErrorModule.DataRobotValidationError as unknown as new(fields: Omit<DataRobotValidationError, "_tag" | "name" | "stack">) => DataRobotValidationError

/**
 * Whether a value is a `DataRobotApiError`: the server responded with an error.
 *
 * @since 0.1.0
 */
export const isApiError = DataRobotErrorModule.isApiError as unknown as (error: unknown) => error is DataRobotApiError

/**
 * Whether a value is one of the SDK's errors. This guard, those below and `instanceof` also recognize the errors of
 * another copy of this package, such as the CommonJS module in a program of ES modules.
 *
 * @since 0.1.0
 */
export const isDataRobotError = DataRobotErrorModule.isDataRobotError as unknown as (error: unknown) => error is DataRobotError

/**
 * Whether a value is a `DataRobotJobError`: a job failed, was lost, or took too long.
 *
 * @since 0.1.0
 */
export const isJobError = DataRobotErrorModule.isJobError as unknown as (error: unknown) => error is DataRobotJobError

/**
 * Whether a value is a `DataRobotNetworkError`: no usable response was received.
 *
 * @since 0.1.0
 */
export const isNetworkError = DataRobotErrorModule.isNetworkError as unknown as (error: unknown) => error is DataRobotNetworkError

/**
 * Whether the whole operation is safe to repeat, because it has changed nothing, and may then succeed. Once an
 * operation has made its change, its errors are not retryable. The SDK's own retries are already used up.
 *
 * @since 0.1.0
 */
export const isRetryable = DataRobotErrorModule.isRetryable as unknown as (error: unknown) => error is DataRobotApiError | DataRobotNetworkError

/**
 * Whether a value is a `DataRobotValidationError`: invalid arguments, or a response that can't be decoded.
 *
 * @since 0.1.0
 */
export const isValidationError = DataRobotErrorModule.isValidationError as unknown as (error: unknown) => error is DataRobotValidationError

/**
 * The statuses of a deployment. A newer server may send others.
 *
 * @since 0.1.0
 */
export const DeploymentStatus = deploymentStatusModule.DeploymentStatus as unknown as {
  /** It accepts prediction requests. */
  readonly ACTIVE: "active"
  /** It accepts no prediction requests. */
  readonly INACTIVE: "inactive"
  /** It is being deactivated. */
  readonly STOPPING: "stopping"
  /** It is being activated. */
  readonly LAUNCHING: "launching"
  /** It is archived. No operation sets this status. */
  readonly ARCHIVED: "archived"
  /** Its model is being replaced. */
  readonly REPLACING_MODEL: "replacingModel"
  /** It could not be started, or it stopped because of an error. */
  readonly ERRORED: "errored"
}

/**
 * The statuses of a model deployment. There is no delete: archive a deployment that is no longer needed.
 * `"active" | "inactive" | "archived"`
 *
 * @since 0.1.0
 */
export const ModelDeploymentStatus = modelDeploymentStatusModule.ModelDeploymentStatus as unknown as {
  /** It is in use. */
  readonly ACTIVE: "active"
  /** It is not in use, and can be activated again. */
  readonly INACTIVE: "inactive"
  /** It is no longer needed. It is kept, with its monitoring data. */
  readonly ARCHIVED: "archived"
}

/**
 * Options of one call. A duration is a number of milliseconds, or a text such as `"5 seconds"`.
 *
 * @since 0.1.0
 */
export interface RequestOptions {
  /**
   * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
   * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
   */
  readonly timeout?: DurationInput | undefined
  /**
   * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
   * 10 minutes for predictions.
   */
  readonly attemptTimeout?: DurationInput | undefined
  /** How failed requests are retried. `false` disables retries. */
  readonly retry?: false | RetryOptions | undefined
  /**
   * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
   * of headers with names like `x-api-key` are redacted in errors, logs and spans.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * A batch prediction: a job that scores a table or a file.
 *
 * @since 0.1.0
 */
export interface BatchPrediction {
  /** Id of the job. */
  readonly id: string
  /** State of the job. */
  readonly status: "INITIALIZING" | "RUNNING" | "COMPLETED" | "ABORTED" | "FAILED" | (string & {})
  /** What DataRobot says about the state. */
  readonly statusDetails?: string | null
  /** Progress in percent, 0 to 100. */
  readonly percentageCompleted?: number | null
  /** Seconds since the job started. */
  readonly elapsedTimeSec?: number | null
  /** Whether it waits for other jobs of the same prediction server. */
  readonly queued?: boolean | null
  /** Its place in the queue. Null if it is not queued. */
  readonly queuePosition?: number | null
  /** Number of rows that were scored so far. */
  readonly scoredRows?: number | null
  /** Number of rows that could not be scored so far. */
  readonly failedRows?: number | null
  /** Number of rows that were left out so far. */
  readonly skippedRows?: number | null
  /** Number of bytes that the job has read so far. */
  readonly jobIntakeSize?: number | null
  /** Number of bytes that the job has written so far. */
  readonly jobOutputSize?: number | null
  /** The lines of its log, oldest first. */
  readonly logs: ReadonlyArray<string>
  /** When it was created. */
  readonly created?: Date | null
  /** The user who created it. */
  readonly createdBy?: {
    /** Name that the user logs in with: usually the email address. */
    readonly username?: string | null
    /** Id of the user. */
    readonly userId?: string | null
    /** First and last name of the user. Null if it is unknown. */
    readonly fullName?: string | null
  } | null
  /** What it scores, and with which settings. */
  readonly jobSpec?: {
    /** Number of concurrent requests to the prediction server. */
    readonly numConcurrent?: number | null
    /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or a number of bytes. */
    readonly chunkSize?: string | number | null
    /** Columns of the input that the results repeat. */
    readonly passthroughColumns?: ReadonlyArray<string> | null
    /** `all` if the results repeat all columns of the input. */
    readonly passthroughColumnsSet?: string | null
    /** Maximum number of explanations per row. 0 means none. */
    readonly maxExplanations?: number | null
    /** Whether the results have the column `prediction_status`. */
    readonly includePredictionStatus?: boolean | null
    /** Whether the rows are left out of drift tracking. */
    readonly skipDriftTracking?: boolean | null
    /** Whether the job is aborted if there are too many invalid rows. */
    readonly abortOnError?: boolean | null
    /** How the CSV is written. */
    readonly csvSettings?: {
      /** The delimiter: one character, or `tab`. */
      readonly delimiter?: string | null
      /** The quotation mark. */
      readonly quotechar?: string | null
      /** The encoding, such as `utf-8`. */
      readonly encoding?: string | null
    } | null
    /** Id of the deployment that scores the rows. */
    readonly deploymentId?: string | null
    /** Id of the model that scores the rows, if it is not a deployment. */
    readonly modelId?: string | null
    /** Id of the model package that scores the rows, if it is not a deployment. */
    readonly modelPackageId?: string | null
    /** Where the rows come from. */
    readonly intakeSettings?: {
      /** The type, such as `localFile`, `s3` or `jdbc`. The other keys depend on it. */
      readonly type?: string | null
      readonly [key: string]: unknown
    } | null
    /** Where the results go. */
    readonly outputSettings?: {
      /** The type, such as `localFile`, `s3` or `jdbc`. The other keys depend on it. */
      readonly type?: string | null
      readonly [key: string]: unknown
    } | null
  } | null
  /** The server's own URLs of the job. `BatchPrediction.upload` and `BatchPrediction.download` do not need them. */
  readonly links: {
    /** URL of the job. */
    readonly self?: string | null
    /** Where the CSV is sent. Present while the job waits for its CSV. */
    readonly csvUpload?: string | null
    /** Where the results are. Present when results can be downloaded, also those of a job that was aborted. */
    readonly download?: string | null
  }
  /** The part of DataRobot that started it. */
  readonly source?: string | null
  /** When or whether the job was hidden in the web application, as the server sends it. */
  readonly hidden?: unknown
  /** Whether the results were deleted, as they are after 48 hours. */
  readonly resultsDeleted?: boolean | null
  /** Name of the dataset that it scores. */
  readonly intakeDatasetDisplayName?: string | null
  /** Id of the monitoring batch that its predictions belong to. */
  readonly monitoringBatchId?: string | null
  /** The definition that started it. Missing if it was started otherwise. */
  readonly batchPredictionJobDefinition?: {
    /** Id of the definition. */
    readonly id?: string | null
    /** The user who created the definition. */
    readonly createdBy?: string | null
    /** Name of the definition. */
    readonly name?: string | null
  } | null
}

/**
 * A reference to a resource: its id, or any object with an `id`.
 *
 * @since 0.1.0
 */
export type Ref = string | {
  /** Id of the resource. */
  readonly id: string
}

/**
 * One page of a listing. Pass `next` to the same operation to get the next page.
 *
 * @since 0.1.0
 */
export interface Page<Item, Query> {
  /** The items of this page. */
  readonly data: ReadonlyArray<Item>
  /** The query for the next page. `undefined` on the last page. */
  readonly next: Query | undefined
  /** The query for the previous page. `undefined` on the first page. */
  readonly previous: Query | undefined
  /** The number of items on all pages. `undefined` if the server does not send it. */
  readonly totalCount: number | undefined
}

/**
 * How long to wait, and how often to poll.
 *
 * @since 0.1.0
 */
export interface WaitOptions {
  /** Maximum time to wait. Default: 10 minutes; none for batch predictions, because they may be queued for long. */
  readonly timeout?: DurationInput | undefined
  /** Time between two polls. Default: 1 second, growing to 10. */
  readonly interval?: DurationInput | undefined
}

/**
 * Options of `score` in the Promise API.
 *
 * @since 0.1.0
 */
export type ScoreOptions = Omit<BatchPrediction.ScoreOptions, "onProgress"> & ProgressOption & Abortable

/**
 * Options of `scoreRows` in the Promise API.
 *
 * @since 0.1.0
 */
export type ScoreRowsOptions = Omit<BatchPrediction.ScoreRowsOptions, "onProgress"> & ProgressOption & Abortable

/**
 * The schema of the caller's rows, from any library that follows Standard Schema. Each row is checked and converted to
 * columns before it is sent.
 *
 * @since 0.1.0
 */
export interface RowOption<A, I> {
  /** The schema of a row. */
  readonly row: StandardSchema<A, I>
}

/**
 * The schema of the results, from any library that follows Standard Schema. Each row is a record of texts, which the
 * schema converts.
 *
 * @since 0.1.0
 */
export interface ResultOption<B, J> {
  /** Decodes each row of the results. Default: rows of texts. */
  readonly result?: StandardSchema<J, B> | undefined
}

/**
 * A row of features by column. Each value is a `Scalar`; a column that is `undefined` is not sent.
 *
 * @since 0.1.0
 */
export type Columns<A> = { readonly [Key in keyof A]: Scalar | undefined }

/**
 * A definition of batch predictions: saved settings of jobs, with which `BatchPredictionDefinition.run` or a schedule
 * starts them.
 *
 * @since 0.1.0
 */
export interface BatchPredictionDefinition {
  /** Id of the definition. */
  readonly id: string
  /** When it was created. */
  readonly created?: Date | null
  /** The user who created it. */
  readonly createdBy?: {
    /** Name that the user logs in with: usually the email address. */
    readonly username?: string | null
    /** Id of the user. */
    readonly userId?: string | null
    /** First and last name of the user. */
    readonly fullName?: string | null
  } | null
  /** Name of the definition. */
  readonly name?: string | null
  /** Whether the schedule starts jobs. */
  readonly enabled?: boolean | null
  /**
   * When the schedule starts jobs, in UTC. Each part has the values that match; `["*"]` matches any. Null if there is
   * no schedule.
   */
  readonly schedule?: {
    /** Minutes, 0 to 59. */
    readonly minute?: (ReadonlyArray<string | number>) | null
    /** Hours, 0 to 23, in UTC. */
    readonly hour?: (ReadonlyArray<string | number>) | null
    /** Days of the month, 1 to 31. */
    readonly dayOfMonth?: (ReadonlyArray<string | number>) | null
    /** Months, 1 to 12 or English names. */
    readonly month?: (ReadonlyArray<string | number>) | null
    /** Days of the week, 0 (Sunday) to 6 or English names. */
    readonly dayOfWeek?: (ReadonlyArray<string | number>) | null
  } | null
  /** What its jobs score, and with which settings. */
  readonly batchPredictionJob?: {
    /** Number of concurrent requests to the prediction server. */
    readonly numConcurrent?: number | null
    /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or a number of bytes. */
    readonly chunkSize?: string | number | null
    /** Columns of the input that the results repeat. */
    readonly passthroughColumns?: ReadonlyArray<string> | null
    /** `all` if the results repeat all columns of the input. */
    readonly passthroughColumnsSet?: string | null
    /** Maximum number of explanations per row. 0 means none. */
    readonly maxExplanations?: number | null
    /** Whether the results have the column `prediction_status`. */
    readonly includePredictionStatus?: boolean | null
    /** Whether the rows are left out of drift tracking. */
    readonly skipDriftTracking?: boolean | null
    /** Whether the job is aborted if there are too many invalid rows. */
    readonly abortOnError?: boolean | null
    /** How the CSV is written. */
    readonly csvSettings?: {
      /** The delimiter: one character, or `tab`. */
      readonly delimiter?: string | null
      /** The quotation mark. */
      readonly quotechar?: string | null
      /** The encoding, such as `utf-8`. */
      readonly encoding?: string | null
    } | null
    /** Id of the deployment that scores the rows. */
    readonly deploymentId?: string | null
    /** Id of the model that scores the rows, if it is not a deployment. */
    readonly modelId?: string | null
    /** Id of the model package that scores the rows, if it is not a deployment. */
    readonly modelPackageId?: string | null
    /** Where the rows come from. */
    readonly intakeSettings?: {
      /** The type, such as `localFile`, `s3` or `jdbc`. The other keys depend on it. */
      readonly type?: string | null
      readonly [key: string]: unknown
    } | null
    /** Where the results go. */
    readonly outputSettings?: {
      /** The type, such as `localFile`, `s3` or `jdbc`. The other keys depend on it. */
      readonly type?: string | null
      readonly [key: string]: unknown
    } | null
  } | null
  /** When it was last changed. */
  readonly updated?: Date | null
  /** The user who last changed it. */
  readonly updatedBy?: {
    /** Name that the user logs in with: usually the email address. */
    readonly username?: string | null
    /** Id of the user. */
    readonly userId?: string | null
    /** First and last name of the user. */
    readonly fullName?: string | null
  } | null
  /** When the schedule starts the next job. Null if it does not. */
  readonly nextScheduledRunTime?: Date | null
  /** When the schedule started the last job. Null if it never has. */
  readonly lastScheduledRunTime?: Date | null
  /** Status of the last job, however it was started. Null if there was none. */
  readonly lastStartedJobStatus?: ("INITIALIZING" | "RUNNING" | "COMPLETED" | "ABORTED" | "FAILED" | (string & {})) | null
  /** When the last job was started. Null if there was none. */
  readonly lastStartedJobTime?: Date | null
  /** When a job last completed. Null if none has; DataRobot then sends a time in the year 1900. */
  readonly lastSuccessfulRunTime?: Date | null
  /** When a job last failed. Null if none has; DataRobot then sends a time in the year 1900. */
  readonly lastFailedRunTime?: Date | null
}

/**
 * Options of an update.
 *
 * @since 0.1.0
 */
export interface UpdateOptions {
  /**
   * Declares that this change may be sent twice. It is then retried even if the failed attempt may have made the
   * change. Default: `false`.
   */
  readonly idempotent?: boolean | undefined
  /**
   * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
   * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
   */
  readonly timeout?: DurationInput | undefined
  /**
   * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
   * 10 minutes for predictions.
   */
  readonly attemptTimeout?: DurationInput | undefined
  /** How failed requests are retried. `false` disables retries. */
  readonly retry?: false | RetryOptions | undefined
  /**
   * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
   * of headers with names like `x-api-key` are redacted in errors, logs and spans.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * The range of items of a listing.
 *
 * @since 0.1.0
 */
export interface Paging {
  /** Maximum number of items in all. Default: all of them. */
  readonly limit?: number | undefined
  /** Number of items to skip at the start. Default: 0. */
  readonly offset?: number | undefined
}

/**
 * A credential that is stored in DataRobot. The secrets in it are never decoded, even if a server sends them. Its
 * `credentialId` is what other resources refer to.
 *
 * @since 0.1.0
 */
export interface Credential {
  /** Description of the credential. */
  readonly description?: string | null
  /** Name of the credential. */
  readonly name?: string | null
  /** Id of the credential. Other resources refer to it. */
  readonly credentialId: string
  /** What kind of credential it is, such as `basic`, `s3` or `gcp`. */
  readonly credentialType?: ("basic" | "s3" | "azure" | "gcp" | "oauth" | "api_token" | "bearer" | "databricks_access_token_account" | (string & {})) | null
  /** When it was created. */
  readonly creationDate?: Date | null
}

/**
 * Options of a call that waits for a job, and downloads or uploads a file.
 *
 * @since 0.1.0
 */
export interface FileJobOptions {
  /** Longest time without progress: until the server sends, or takes, more of the file. Default: 1 minute. */
  readonly idleTimeout?: DurationInput | undefined
  /**
   * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
   * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
   */
  readonly timeout?: DurationInput | undefined
  /**
   * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
   * 10 minutes for predictions.
   */
  readonly attemptTimeout?: DurationInput | undefined
  /** How failed requests are retried. `false` disables retries. */
  readonly retry?: false | RetryOptions | undefined
  /**
   * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
   * of headers with names like `x-api-key` are redacted in errors, logs and spans.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How long to wait for the job, and how often to poll. */
  readonly wait?: WaitOptions | undefined
}

/**
 * A dataset: a table in DataRobot's AI catalog.
 *
 * @since 0.1.0
 */
export interface Dataset {
  /** Id of the dataset. */
  readonly id: string
  /** Name of the user who created it. */
  readonly createdBy?: string | null
  /** Name of the dataset. */
  readonly name?: string | null
  /** When this version was created. */
  readonly creationDate?: Date | null
  /** Id of this version of the dataset. */
  readonly versionId?: string | null
  /** State of the dataset: it can be used when it is `COMPLETED`. */
  readonly processingState?: ("RUNNING" | "COMPLETED" | "ERROR" | (string & {})) | null
  /** Why the dataset could not be processed. Null or empty if it could. */
  readonly error?: string | null
  /** Number of rows. */
  readonly rowCount?: number | null
  /** Size in bytes. */
  readonly datasetSize?: number | null
  /** What the dataset can be used for, such as `PREDICTION` or `TRAINING`. Empty if the server sends none. */
  readonly categories: ReadonlyArray<string>
  /** Whether this is the latest version of the dataset. */
  readonly isLatestVersion?: boolean | null
  /** Whether DataRobot has a copy of the data. If not, it reads the data from its source. */
  readonly isSnapshot?: boolean | null
}

/**
 * Options of a call that downloads or uploads a file. The size of the file and the time that its transfer takes have no
 * limit.
 *
 * @since 0.1.0
 */
export interface FileOptions {
  /** Longest time without progress: until the server sends, or takes, more of the file. Default: 1 minute. */
  readonly idleTimeout?: DurationInput | undefined
  /**
   * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
   * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
   */
  readonly timeout?: DurationInput | undefined
  /**
   * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
   * 10 minutes for predictions.
   */
  readonly attemptTimeout?: DurationInput | undefined
  /** How failed requests are retried. `false` disables retries. */
  readonly retry?: false | RetryOptions | undefined
  /**
   * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
   * of headers with names like `x-api-key` are redacted in errors, logs and spans.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * A deployment. Only `id` is always present. Which other keys a server sends depends on its age and on the kind of
 * deployment.
 *
 * @since 0.1.0
 */
export interface Deployment {
  /** Id of the deployment. */
  readonly id: string
  /** Whether it accepts prediction requests; see `DeploymentStatus`. Missing on servers older than 2022. */
  readonly status?: ("active" | "inactive" | "stopping" | "launching" | "archived" | "replacingModel" | "errored" | (string & {})) | null
  /** Description of the deployment. Empty or null if there is none. */
  readonly description?: string | null
  /** Name of the deployment. */
  readonly label?: string | null
  /** When it was created. Missing on very old servers. */
  readonly createdAt?: Date | null
  /** How important it is. Null if none is set. */
  readonly importance?: ("CRITICAL" | "HIGH" | "MODERATE" | "LOW" | (string & {})) | null
  /** Whether its creation was approved, with approval workflows. */
  readonly approvalStatus?: ("APPROVED" | "PENDING" | (string & {})) | null
  /** The model that makes its predictions: the champion. */
  readonly model?: Deployment.Model | null
  /** The model package (registered model version) that is deployed. */
  readonly modelPackage?: Deployment.ModelPackage | null
  /** The prediction server that makes its predictions. Null on a serverless or an external platform. */
  readonly defaultPredictionServer?: Deployment.PredictionServer | null
  /** The platform that it runs on. */
  readonly predictionEnvironment?: Deployment.PredictionEnvironment | null
  /** What it supports. DataRobot has deprecated this; see `Deployment.getCapabilities`. */
  readonly capabilities?: {
    /** Whether drift of the predictions can be tracked. */
    readonly supportsTargetDriftTracking?: boolean | null
    /** Whether drift of the features can be tracked. */
    readonly supportsFeatureDriftTracking?: boolean | null
    /** Whether its model can be replaced. */
    readonly supportsModelReplacement?: boolean | null
    /** Whether it can mark predictions that are outliers. */
    readonly supportsPredictionWarning?: boolean | null
    readonly [key: string]: unknown
  } | null
  /** How much it was used in the last seven days. */
  readonly predictionUsage?: {
    /** Number of predicted rows per day of the last seven days, oldest first. May be empty. */
    readonly dailyRates: ReadonlyArray<number>
    /** When it last predicted. Null if it never has. */
    readonly lastTimestamp?: Date | null
  } | null
  /** What the token's user may do with it, such as `CAN_MAKE_PREDICTIONS`. Empty if the server sends none. */
  readonly permissions: ReadonlyArray<string>
  /** Health of the prediction service. */
  readonly serviceHealth?: Deployment.HealthStatus | null
  /** Health of the model: data drift. */
  readonly modelHealth?: Deployment.HealthStatus | null
  /** Health of the accuracy. May be `unavailable`. */
  readonly accuracyHealth?: Deployment.HealthStatus | null
  /** Health of the fairness. */
  readonly fairnessHealth?: Deployment.FairnessHealth | null
  /** Whether its changes wait for approval. */
  readonly governance?: {
    /** Whether its creation was approved. */
    readonly approvalStatus?: ("APPROVED" | "PENDING" | (string & {})) | null
    /** Whether changes wait for approval. */
    readonly hasOpenedChangeRequests?: boolean | null
  } | null
  /** The users who own it. */
  readonly owners?: {
    /** Number of owners. */
    readonly count?: number | null
    /** Some of the owners. */
    readonly preview: ReadonlyArray<Deployment.Owner>
  } | null
  /** Some of the settings. `DeploymentSettings.get` returns all of them. */
  readonly settings?: {
    /** Whether predictions that are outliers are marked. */
    readonly predictionWarningEnabled?: boolean | null
    /** Whether humility rules are applied. */
    readonly humbleAiEnabled?: boolean | null
    /** Whether time series predictions have intervals. */
    readonly predictionIntervalsEnabled?: boolean | null
  } | null
  /** Ids of the change requests that wait for approval. Empty if there are none. */
  readonly openedChangeRequests: ReadonlyArray<string>
  /** The first download of the model package file. Missing if there was none. */
  readonly modelPackageInitialDownload?: {
    /** When it was downloaded. */
    readonly timestamp?: Date | null
  } | null
  /** The first download of the scoring code. Missing if there was none. */
  readonly scoringCodeInitialDownload?: {
    /** When it was downloaded. */
    readonly timestamp?: Date | null
  } | null
  /** The id of your own that the deployment was created with. */
  readonly userProvidedId?: string | null
}

/**
 * What to wait for: a job (`status`), a model deployment, a batch prediction, a data export, or nothing (`done`: no job
 * was needed). Plain data that survives `JSON.stringify`, so that another process can resume the wait.
 *
 * @since 0.1.0
 */
export interface Handle {
  /** Id of the job's status, of the model deployment, of the batch prediction, or of the data export. */
  readonly id: string
  /** What to wait for. */
  readonly kind: "status" | "modelDeployment" | "batchPrediction" | "dataExport" | "done"
  /** The resource that the job works on, if it is known: `{ collection: "deployments", id }`. */
  readonly resource?: {
    /** Its id. */
    readonly id: string
    /** The collection of the API that has it, such as `deployments`. */
    readonly collection: string
  }
}

/**
 * Options of an update that waits for a job.
 *
 * @since 0.1.0
 */
export interface JobUpdateOptions {
  /**
   * Declares that this change may be sent twice. It is then retried even if the failed attempt may have made the
   * change. Default: `false`.
   */
  readonly idempotent?: boolean | undefined
  /**
   * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
   * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
   */
  readonly timeout?: DurationInput | undefined
  /**
   * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
   * 10 minutes for predictions.
   */
  readonly attemptTimeout?: DurationInput | undefined
  /** How failed requests are retried. `false` disables retries. */
  readonly retry?: false | RetryOptions | undefined
  /**
   * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
   * of headers with names like `x-api-key` are redacted in errors, logs and spans.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How long to wait for the job, and how often to poll. */
  readonly wait?: WaitOptions | undefined
}

/**
 * An entry of a deployment's action log: the action (`created`, `deployed`, …), its time, and the user.
 *
 * @since 0.1.0
 */
export interface ActionLogEntry {
  /** What was done, such as `created` or `deployed`. */
  readonly action: "created" | "deployed" | (string & {})
  /** When it was done. */
  readonly performedAt: Date
  /** The user who did it. */
  readonly performedBy: ModelDeployment.User
}

/**
 * A model deployment: a model of a project, connected to a prediction instance, with its monitoring data.
 *
 * @since 0.1.0
 */
export interface ModelDeployment {
  /** Id of the model deployment. */
  readonly id: string
  /** What kind of deployment it is. A deployment of type `external` runs outside of DataRobot. */
  readonly type: "sse" | "dedicated" | "legacy_dedicated" | "external" | (string & {})
  /** Whether it is in use; see `ModelDeploymentStatus`. */
  readonly status: "active" | "inactive" | "archived" | (string & {})
  /** Description of the model deployment. Empty or null if there is none. */
  readonly description?: string | null
  /** Name of the model deployment. Null if it has none. */
  readonly label: string | null
  /** When it was created. */
  readonly createdAt: Date
  /** The deployed model. */
  readonly model: ModelDeployment.Model
  /** Health of the prediction service. */
  readonly serviceHealth: "passing" | "warning" | "failing" | (string & {})
  /** Health of the model. Old servers do not send it. */
  readonly modelHealth?: ("passing" | "warning" | "failing" | (string & {})) | null
  /** Whether the deployment process has ended. False until then, or missing in a list. See `awaitDeployed`. */
  readonly deployed?: boolean | null
  /** The project of the deployed model. */
  readonly project: ModelDeployment.Project
  /** The user who created the deployment. */
  readonly user: ModelDeployment.User
  /** Id of the organization that the deployment belongs to. */
  readonly organizationId?: string | null
  /** The prediction instance that serves the model. Null or missing if there is none. */
  readonly instance?: ModelDeployment.Instance | null
  /** Host that prediction requests go to. Null if there is none. */
  readonly predictionEndpoint: string | null
  /** When it was last changed. */
  readonly updatedAt: Date
  /** The reasons for `serviceHealth`. A list of deployments may leave them out; then it is empty. */
  readonly serviceHealthMessages: ReadonlyArray<ModelDeployment.ServiceHealthMessage>
  /** Number of prediction requests in `trendTimeWindow`. */
  readonly recentRequestCount: number
  /** Number of prediction requests in the window before it. */
  readonly prevRequestCount: number
  /** Change from `prevRequestCount` to `recentRequestCount`, in percent. Null if it can't be computed. */
  readonly relativeRequestsTrend: number | null
  /** Length of the window, such as `1d` (one day). The number 0 if there were no requests. */
  readonly trendTimeWindow: string | number
  /** Number of prediction requests per day, oldest first; the current day is last. May be empty. */
  readonly requestRates: ReadonlyArray<number>
}

/**
 * A model package: one version of a registered model. Its `id` is the `modelPackageId` of a new deployment. Only `id` is
 * always present. Which other keys a server sends depends on its age.
 *
 * @since 0.1.0
 */
export interface ModelPackage {
  /** Id of the model package: the `modelPackageId` of a new deployment. */
  readonly id: string
  /** Id of the model of a project, or of the version of a custom model. */
  readonly modelId?: string | null
  /** Name of the model package. */
  readonly name?: string | null
  /** Id of the registered model that it is a version of. */
  readonly registeredModelId?: string | null
  /** What the token's user may do with it. Empty if the server sends none. */
  readonly permissions: ReadonlyArray<string>
  /** Number of the version, from 1. */
  readonly registeredModelVersion?: number | null
  /** Where the model runs: `dedicated` (a model of a project), `custom_inference_model` or `external`. */
  readonly modelExecutionType?: ("dedicated" | "external" | "custom_inference_model" | (string & {})) | null
  /** State of its build. Null or missing if it needs no build. */
  readonly buildStatus?: ("complete" | "inProgress" | "failed" | (string & {})) | null
  /** Whether it is archived. */
  readonly isArchived?: boolean | null
  /** Number of active deployments that use it. */
  readonly activeDeploymentCount?: number | null
  /** Stage of the version, such as `Development` or `Production`. */
  readonly stage?: string | null
  /** What the model predicts. */
  readonly target?: Target | null
  /** Its tags. Empty if it has none. */
  readonly tags: ReadonlyArray<Tag>
  /** Who created it, and when. */
  readonly importMeta?: {
    /** When it was created. */
    readonly dateCreated?: Date | null
    /** Id of the user who created it. */
    readonly creatorId?: string | null
    /** Name of the user who created it. */
    readonly creatorUsername?: string | null
    /** Name of the file that it was imported from. Imported packages only. */
    readonly originalFileName?: string | null
  } | null
  /** What kind of model it is. */
  readonly modelKind?: {
    /** Whether it is a time series model. */
    readonly isTimeSeries?: boolean | null
    /** Whether it predicts several series. */
    readonly isMultiseries?: boolean | null
    /** Whether it was built without a target. */
    readonly isUnsupervisedLearning?: boolean | null
    /** Whether it detects anomalies. */
    readonly isAnomalyDetectionModel?: boolean | null
    /** Whether it uses features that DataRobot derived from secondary datasets. */
    readonly isFeatureDiscovery?: boolean | null
    /** Whether it generates text. */
    readonly isTextGeneration?: boolean | null
  } | null
  /** What the model is. */
  readonly modelDescription?: {
    /** Description of the model. */
    readonly description?: string | null
    /** Where the model was built, such as `DataRobot`, `Python` or `R`. */
    readonly buildEnvironmentType?: string | null
    /** Name of the model. */
    readonly modelName?: string | null
    /** Where the model is, as it was registered. */
    readonly location?: string | null
  } | null
  /** Where the model comes from. */
  readonly sourceMeta?: {
    /** Id of the project in which the model was built. */
    readonly projectId?: string | null
    /** Name of that project. */
    readonly projectName?: string | null
    /** URL of the DataRobot installation in which the model was built. */
    readonly environmentUrl?: string | null
  } | null
  /** Settings of a text generation model. Null for other models. */
  readonly textGeneration?: {
    /** Name of the column that holds the prompt. */
    readonly prompt?: string | null
  } | null
}

/**
 * How a client for OpenAI's API reaches a deployment.
 *
 * @since 0.1.0
 */
export interface ChatEndpoint {
  /** The URL that `/chat/completions` is appended to. */
  readonly baseUrl: string
  /** The connection's token, which such a client calls its API key. */
  readonly apiKey: string
}

/**
 * A platform that deployments run on. Its `id` is the `predictionEnvironmentId` of a new deployment.
 *
 * @since 0.1.0
 */
export interface PredictionEnvironment {
  /** Id of the environment: the `predictionEnvironmentId` of a new deployment. */
  readonly id: string
  /** What the environment is for. */
  readonly description?: string | null
  /** Name of the environment. */
  readonly name?: string | null
  /** Id of the credential for that connection. External environments that DataRobot manages only. */
  readonly credentialId?: string | null
  /** The platform. */
  readonly platform?: ("azure" | "gcp" | "datarobot" | "datarobotServerless" | "aws" | "onPremise" | "openShift" | "snowflake" | "sapAiCore" | "other" | (string & {})) | null
  /** Name of the plugin that the management agent uses. */
  readonly plugin?: string | null
  /** Whether a management agent deploys its models. */
  readonly isManagedByManagementAgent?: boolean | null
  /** Formats of the models that it can run. */
  readonly supportedModelFormats?: (ReadonlyArray<"datarobot" | "datarobotScoringCode" | "customModel" | "externalModel" | (string & {})>) | null
  /** What the token's user may do with the environment. Empty if the server sends none. */
  readonly permissions: ReadonlyArray<string>
  /** Who created it, and when. */
  readonly importMeta?: {
    /** When it was created. */
    readonly dateCreated?: Date | null
    /** Id of the user who created it. */
    readonly creatorId?: string | null
    /** Name of the user who created it. */
    readonly creatorUsername?: string | null
  } | null
  /** Whether it was deleted. */
  readonly isDeleted?: boolean | null
  /** Who manages it with a management agent, as the server sends it. */
  readonly managementMeta?: {
    readonly [key: string]: unknown
  } | null
  /** Its health, as the management agent reports it. */
  readonly health?: {
    /** The reason for the health, in words. */
    readonly message?: string | null
    /** The health. */
    readonly status?: ("passing" | "warning" | "failing" | "unknown" | "unavailable" | "notApplicable" | (string & {})) | null
    /** When the health was reported. */
    readonly timestamp?: Date | null
  } | null
  /** Who deploys its models. */
  readonly managedBy?: ("datarobot" | "managementAgent" | "selfManaged" | (string & {})) | null
  /** Id of the connection to the data store. External environments that DataRobot manages only. */
  readonly datastoreId?: string | null
  /** Priority of its batch prediction jobs. */
  readonly priority?: number | null
  /** Maximum number of its batch prediction jobs that run at a time. */
  readonly maxConcurrentBatchPredictionsJob?: number | null
}

/**
 * A server that makes predictions for dedicated deployments. Its `id` is the `defaultPredictionServerId` of a new
 * deployment. `datarobotKey` is the secret that prediction requests carry besides the token; self-managed installations
 * may have none.
 *
 * @since 0.1.0
 */
export interface PredictionServer {
  /** Id of the server: the `defaultPredictionServerId` of a new deployment. */
  readonly id: string
  /** URL of the server, without a path. */
  readonly url?: string | null
  /** Its batch prediction jobs. */
  readonly batchPredictions?: {
    /** Number of jobs that wait. */
    readonly queued?: number | null
    /** Number of jobs that run. */
    readonly processing?: number | null
  } | null
}

/**
 * A registered model: the versions of a model that are ready to be deployed. Only `id` is always present.
 * `lastVersionNum` is the number of its latest version.
 *
 * @since 0.1.0
 */
export interface RegisteredModel {
  /** Id of the registered model. */
  readonly id: string
  /** Description of the registered model. Null if there is none. */
  readonly description?: string | null
  /** The user who created it. */
  readonly createdBy?: RegisteredModel.RegisteredModelUser | null
  /** Name of the registered model. */
  readonly name?: string | null
  /** When it was created. */
  readonly createdAt?: Date | null
  /** Whether it is archived. */
  readonly isArchived?: boolean | null
  /** What its versions predict. */
  readonly target?: Target | null
  /** When it was last changed. */
  readonly modifiedAt?: Date | null
  /** The user who last changed it. */
  readonly modifiedBy?: RegisteredModel.RegisteredModelUser | null
  /** Number of its latest version, from 1. */
  readonly lastVersionNum?: number | null
  /** Whether it is a global model, which all organizations can use. */
  readonly isGlobal?: boolean | null
}

/**
 * The user that a token belongs to.
 *
 * @since 0.1.0
 */
export interface Account {
  /** Id of the user. */
  readonly id: string
  /** Name that the user logs in with: usually the email address. */
  readonly username?: string | null
  /** Email address of the user. */
  readonly email?: string | null
  /** First name of the user. */
  readonly firstName?: string | null
  /** Last name of the user. */
  readonly lastName?: string | null
  /** Id of the organization that the user belongs to. */
  readonly orgId?: string | null
}

/**
 * An HTTP response, without its body.
 *
 * @since 0.1.0
 */
export interface ResponseInfo {
  /** The HTTP status. */
  readonly status: number
  /** The headers. Names are in lower case. Values that contain the token or another secret are redacted. */
  readonly headers: Readonly<Record<string, string>>
  /** The server's id of the request. DataRobot's support asks for it. */
  readonly requestId?: string
}

/**
 * When and how often failed requests are retried. Whether a request is safe to retry depends on the operation and the
 * failure; these options do not change that.
 *
 * @since 0.1.0
 */
export interface RetryOptions {
  /** Maximum number of attempts, including the first, 1 to 100. Default: 3. */
  readonly maxAttempts?: number | undefined
  /**
   * Upper bound of the random delay before the second attempt. It doubles for each further attempt. Default: 250
   * milliseconds.
   */
  readonly baseDelay?: DurationInput | undefined
  /** Maximum delay between two attempts. Default: 8 seconds. */
  readonly maxDelay?: DurationInput | undefined
  /** `baseDelay` after a 429, or a 503 with Retry-After. Default: 1 second. */
  readonly throttledBaseDelay?: DurationInput | undefined
  /** `maxDelay` after a 429, or a 503 with Retry-After. Default: 20 seconds. */
  readonly throttledMaxDelay?: DurationInput | undefined
  /** If the server asks to wait longer than this (Retry-After), the request fails at once. Default: 60 seconds. */
  readonly maxRetryAfter?: DurationInput | undefined
}

/**
 * The result of `DataRobot.verify`.
 *
 * @since 0.1.0
 */
export interface Verified {
  /** The base URL of the API. */
  readonly endpoint: string
  /** The version of the API that the server has. */
  readonly version: Version
  /** The user that the token belongs to. */
  readonly user: Account
}

/**
 * The version of the API that a server has.
 *
 * @since 0.1.0
 */
export interface Version {
  /** First number of the version, such as 2. */
  readonly major?: number | null
  /** Second number of the version, such as 40. */
  readonly minor?: number | null
  /** The version as text, such as `2.40.0`. */
  readonly versionString?: string | null
}

/**
 * The result of an effect, and its last HTTP response.
 *
 * @since 0.1.0
 */
export interface WithResponse<A> {
  /** The result. */
  readonly data: A
  /** The response of the last attempt of the last request. */
  readonly response: ResponseInfo
}

/**
 * The option that follows the progress of `score` and `scoreRows`.
 *
 * @since 0.1.0
 */
export interface ProgressOption {
  /**
   * Called with the job when it was created and each time that its state has changed. The next call waits until a
   * promise that it returns is settled. An error ends the operation.
   */
  readonly onProgress?: ((job: BatchPrediction) => unknown) | undefined
}

/**
 * Settings of a connection whose token may come from the environment.
 *
 * @since 0.1.0
 */
export interface ConnectionSettings {
  /** The API token. Default: the environment variable `DATAROBOT_API_TOKEN`. */
  readonly token?: string | undefined
  /**
   * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
   * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
   */
  readonly timeout?: DurationInput | undefined
  /**
   * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
   * 10 minutes for predictions.
   */
  readonly attemptTimeout?: DurationInput | undefined
  /** How failed requests are retried. `false` disables retries. */
  readonly retry?: false | RetryOptions | undefined
  /**
   * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
   * of headers with names like `x-api-key` are redacted in errors, logs and spans.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /**
   * The base URL of the API. It must use https, except for a loopback address or with `allowInsecure`. Default:
   * `https://app.datarobot.com/api/v2`.
   */
  readonly endpoint?: string | undefined
  /** The scheme of the Authorization header: `Bearer`, or `Token` for old installations. Default: `Bearer`. */
  readonly tokenType?: "Bearer" | "Token" | undefined
  /** Allows plain http to any host. The token is then sent unencrypted. Default: `false`. */
  readonly allowInsecure?: boolean | undefined
  /**
   * Origins of prediction servers that may receive the token, such as `https://predictions.example.com`. Not needed for
   * servers on the endpoint's host or a subdomain of it, and for the servers of DataRobot's managed cloud. Plain http
   * requires `allowInsecure`.
   */
  readonly predictionServers?: ReadonlyArray<string> | undefined
  /** Text to append to the `user-agent` header, such as the name of your application. */
  readonly userAgentSuffix?: string | undefined
  /** Sends the current span's `traceparent` and `b3` headers to the server. Default: `false`. */
  readonly propagateTrace?: boolean | undefined
  /** Maximum number of pages of a listing. A listing that exceeds it fails. Default: 10 000. */
  readonly maxPages?: number | undefined
  /**
   * Maximum number of requests that are being sent at a time, from 1. Further ones wait for their turn, which counts into
   * `timeout`, but not into `attemptTimeout`. A request that waits for its next attempt does not count. Transfers of files
   * (uploads, downloads and `Prediction.predictCsv`) neither wait nor count, because they may last for long and depend on
   * other requests. Default: no limit.
   */
  readonly maxConcurrentRequests?: number | undefined
}

/**
 * The statuses of a deployment. A newer server may send others.
 *
 * @since 0.1.0
 */
export type DeploymentStatus = "active" | "inactive" | "stopping" | "launching" | "archived" | "replacingModel" | "errored"

/**
 * The statuses of a model deployment. There is no delete: archive a deployment that is no longer needed.
 * `"active" | "inactive" | "archived"`
 *
 * @since 0.1.0
 */
export type ModelDeploymentStatus = "active" | "inactive" | "archived"

/**
 * All errors of all operations.
 *
 * The docstring of an operation names what is specific to it: values of `reason` such as `NotFound`, and classes. Every
 * operation can also fail with a `DataRobotApiError` of the reasons `Unauthorized`, `Forbidden`, `RateLimited`,
 * `ServerError` and `Unexpected`, with a `DataRobotNetworkError`, and with a `DataRobotValidationError` because of
 * invalid arguments or a response that can't be read.
 * The schema of all errors. Use it to encode errors as JSON and to decode them again.
 *
 * @since 0.1.0
 */
export type DataRobotError = DataRobotApiError | DataRobotValidationError | DataRobotNetworkError | DataRobotJobError

/**
 * How early a stream fetches its pages.
 *
 * @since 0.1.0
 */
export interface Ahead {
  /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
  readonly prefetch?: number | undefined
  /**
   * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
   * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
   * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
   * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
   * page.
   */
  readonly concurrency?: number | undefined
}

/**
 * One value, or a list of alternative values.
 *
 * @since 0.1.0
 */
export type Any<A> = A | ReadonlyArray<A>

/**
 * A point in time: an ISO 8601 string (a bare `2017-01-01` too; no zone means UTC), or a `Date`.
 *
 * @since 0.1.0
 */
export type DateInput = string | Date

/**
 * The value of a feature.
 *
 * @since 0.1.0
 */
export type Scalar = string | number | boolean | null

/**
 * Something that an operation of several steps created: `{ collection: "modelPackages", id }`.
 *
 * @since 0.1.0
 */
export interface Made {
  /** Its id. */
  readonly id: string
  /** The collection of the API that has it, such as `modelPackages`. */
  readonly collection: string
}

/**
 * Rows of a stream, by index from 0.
 *
 * @since 0.1.0
 */
export interface RowRange {
  /** The index of the first row. */
  readonly start: number
  /** The index after the last row. */
  readonly end: number
}

/**
 * The reason of a `DataRobotApiError`, from the HTTP status: 401, 403, 404, 409, 422, 429, 5xx (and 408), any other.
 *
 * @since 0.1.0
 */
export type ApiReason = "Unexpected" | "Forbidden" | "Unauthorized" | "NotFound" | "Conflict" | "Unprocessable" | "RateLimited" | "ServerError"

/**
 * The server responded with an error.
 *
 * @since 0.1.0
 */
export interface DataRobotApiError extends Error {
  /** One line: what was requested, what happened, and what to do. */
  readonly message: string
  /** The HTTP status. */
  readonly status: number
  /** What DataRobot says about the state of the batch prediction job that the error is about. */
  readonly statusDetails?: string
  /** The last lines of the log of that job, at most 50. */
  readonly logs?: ReadonlyArray<string>
  /** The HTTP method of the failed request. */
  readonly method: string
  /** The kind of error, from the HTTP status. */
  readonly reason: "Unexpected" | "Forbidden" | "Unauthorized" | "NotFound" | "Conflict" | "Unprocessable" | "RateLimited" | "ServerError"
  /** The server's messages for each field, usually with a 422. Values may be nested. */
  readonly errors?: {
    readonly [key: string]: unknown
  }
  /** The response body: parsed if it is JSON, otherwise the first 2048 characters of the text. */
  readonly body?: unknown
  /** The server's id of this request. Pass it to DataRobot support. */
  readonly requestId?: string
  /** How long the server asks to wait before a retry (`Retry-After`). */
  readonly retryAfter?: number
  /** `"unknown"` if the server may have made the change despite the error. Otherwise missing. */
  readonly outcome?: "unknown"
  /** Whether the whole operation is safe to repeat, because it has changed nothing, and may then succeed. */
  readonly retryable: boolean
  /** The rows of `Prediction.stream` that the error is about. */
  readonly rows?: RowRange
  /** The path of the failed request, below the endpoint. */
  readonly path: string
  /** The number of attempts, including those that could not connect. 0 if the request was refused before sending. */
  readonly attempts: number
  /** What the earlier steps of the operation created. It still exists. Missing if they created nothing. */
  readonly made?: ReadonlyArray<Made>
  /** The operation that failed, such as `ModelDeployment.create`. */
  readonly operation: string
  /** The name of the class. */
  readonly _tag: "DataRobotApiError"
}

/**
 * One problem and its path, such as `data[3].createdAt`.
 *
 * @since 0.1.0
 */
export interface Issue {
  /** What is wrong. */
  readonly message: string
  /** Where the problem is. Empty if it concerns the whole value. */
  readonly path: string
}

/**
 * The arguments of the call are invalid (`phase: "request"`; nothing was sent, or not all of a stream that is too long), or the response can't be decoded
 * (`phase: "response"`).
 *
 * @since 0.1.0
 */
export interface DataRobotValidationError extends Error {
  /** One line: what was requested, what happened, and what to do. */
  readonly message: string
  /** What DataRobot says about the state of the batch prediction job that the error is about. */
  readonly statusDetails?: string
  /** The last lines of the log of that job, at most 50. */
  readonly logs?: ReadonlyArray<string>
  /** The HTTP method of the failed request. */
  readonly method: string
  /** The rows of `Prediction.stream` that the error is about. */
  readonly rows?: RowRange
  /** The path of the failed request, below the endpoint. */
  readonly path: string
  /** The number of attempts, including those that could not connect. 0 if the request was refused before sending. */
  readonly attempts: number
  /** What the earlier steps of the operation created. It still exists. Missing if they created nothing. */
  readonly made?: ReadonlyArray<Made>
  /** The operation that failed, such as `ModelDeployment.create`. */
  readonly operation: string
  /** The name of the class. */
  readonly _tag: "DataRobotValidationError"
  /** `"request"`: the arguments are invalid. `"response"`: the server's response could not be read. */
  readonly phase: "request" | "response"
  /** At most ten problems. They never contain a value of the data. */
  readonly issues: ReadonlyArray<Issue>
}

/**
 * The reason of a `DataRobotNetworkError`.
 *
 * @since 0.1.0
 */
export type NetworkReason = "Connect" | "Transport" | "Timeout" | "BodyTooLarge"

/**
 * No usable response was received.
 *
 * @since 0.1.0
 */
export interface DataRobotNetworkError extends Error {
  /** One line: what was requested, what happened, and what to do. */
  readonly message: string
  /** What DataRobot says about the state of the batch prediction job that the error is about. */
  readonly statusDetails?: string
  /** The last lines of the log of that job, at most 50. */
  readonly logs?: ReadonlyArray<string>
  /** The HTTP method of the failed request. */
  readonly method: string
  /**
   * `Connect`: no connection was established. `Transport`: the connection broke. `Timeout`: the time limit was
   * exceeded. `BodyTooLarge`: the response body was longer than the limit.
   */
  readonly reason: "Connect" | "Transport" | "Timeout" | "BodyTooLarge"
  /** `"not-sent"`: the request did not reach the server. `"unknown"`: the server may have processed it. */
  readonly outcome: "unknown" | "not-sent"
  /** Whether the whole operation is safe to repeat, because it has changed nothing, and may then succeed. */
  readonly retryable: boolean
  /** The rows of `Prediction.stream` that the error is about. */
  readonly rows?: RowRange
  /** The path of the failed request, below the endpoint. */
  readonly path: string
  /** The number of attempts, including those that could not connect. 0 if the request was refused before sending. */
  readonly attempts: number
  /** What the earlier steps of the operation created. It still exists. Missing if they created nothing. */
  readonly made?: ReadonlyArray<Made>
  /** The operation that failed, such as `ModelDeployment.create`. */
  readonly operation: string
  /** The name of the class. */
  readonly _tag: "DataRobotNetworkError"
  /** The HTTP client's error, reduced to its name, code and message. */
  readonly cause?: {
    /** The message of the error. */
    readonly message: string
    /** The name of the error, such as `TypeError`. */
    readonly name: string
    /** The code of the error, such as `ECONNREFUSED`. */
    readonly code?: string
  }
}

/**
 * The reason of a `DataRobotJobError`.
 *
 * @since 0.1.0
 */
export type JobReason = "Failed" | "Lost" | "Deadline"

/**
 * An asynchronous job failed, was lost, or took longer than the caller waits.
 *
 * @since 0.1.0
 */
export interface DataRobotJobError extends Error {
  /** One line: what was requested, what happened, and what to do. */
  readonly message: string
  /** The last status that the server reported. */
  readonly status?: string
  /** What DataRobot says about the state of the batch prediction job that the error is about. */
  readonly statusDetails?: string
  /** The last lines of the log of that job, at most 50. */
  readonly logs?: ReadonlyArray<string>
  /** The HTTP method of the failed request. */
  readonly method: string
  /**
   * `Failed`: the server reports a failure. `Lost`: the server no longer knows the job. `Deadline`: the wait timed
   * out, and the job may still succeed.
   */
  readonly reason: "Failed" | "Lost" | "Deadline"
  /** The path of the failed request, below the endpoint. */
  readonly path: string
  /** The number of attempts, including those that could not connect. 0 if the request was refused before sending. */
  readonly attempts: number
  /** What the earlier steps of the operation created. It still exists. Missing if they created nothing. */
  readonly made?: ReadonlyArray<Made>
  /** The operation that failed, such as `ModelDeployment.create`. */
  readonly operation: string
  /** The name of the class. */
  readonly _tag: "DataRobotJobError"
  /**
   * Pass it to `awaitDeployed` (a model deployment), `BatchPrediction.await` (a batch prediction) or `Job.await` (any
   * other job) to keep waiting. For a data export, pass the export to `DeploymentExport.download` again.
   */
  readonly handle: Handle
}

/**
 * All values of `reason`.
 *
 * @since 0.1.0
 */
export type Reason = ApiReason | NetworkReason | JobReason

/**
 * A period, `[start, end)`.
 *
 * @since 0.1.0
 */
export interface Period {
  /** Start of the period, inclusive. Null if the server reports none. */
  readonly start?: Date | null
  /** End of the period, exclusive. Null if the server reports none. */
  readonly end?: Date | null
}

/**
 * A period `[startTime, endTime)` of a model.
 *
 * @since 0.1.0
 */
export interface PeriodInput {
  /** Id of the current model or an earlier one. Default: the current model. */
  readonly modelId?: string | undefined
  /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
  readonly startTime?: DateInput | undefined
  /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
  readonly endTime?: DateInput | undefined
}

/**
 * A parameter value for a custom model at run time.
 *
 * @since 0.1.0
 */
export interface RuntimeParameterValue {
  /** Its value. */
  readonly value: unknown
  /** Its type, such as `string`, `numeric`, `boolean` or `credential`. */
  readonly type: string
  /** The name of the parameter, as the model defines it. */
  readonly fieldName: string
}

/**
 * A tag of a model package.
 *
 * @since 0.1.0
 */
export interface Tag {
  /** Id of the tag. */
  readonly id?: string | null
  /** Value of the tag. */
  readonly value?: string | null
  /** Name of the tag. */
  readonly name?: string | null
}

/**
 * What a model predicts.
 *
 * @since 0.1.0
 */
export interface Target {
  /** What kind of target it is, such as `Binary`, `Regression` or `TextGeneration`. */
  readonly type?: ("Binary" | "Regression" | "Multiclass" | "Multilabel" | "TextGeneration" | "Anomaly" | "Unstructured" | (string & {})) | null
  /** Score from which the positive class is predicted, 0 to 1. Binary targets only. */
  readonly predictionThreshold?: number | null
  /** Name of the feature that the model predicts. Null if the model has no target. */
  readonly name?: string | null
  /** The classes that the model predicts. Classification only. */
  readonly classNames?: ReadonlyArray<string> | null
  /** Number of classes that the model predicts. Classification only. */
  readonly classCount?: number | null
  /** Name of the column that holds the probabilities. */
  readonly predictionProbabilitiesColumn?: string | null
}

/**
 * The types of `BatchPrediction`.
 *
 * @since 0.1.0
 */
export namespace BatchPrediction {
  /**
   * A new batch prediction.
   *
   * @since 0.1.0
   */
  export interface CreateInput {
    /** Number of concurrent requests to the prediction server. Default: the server's. */
    readonly numConcurrent?: number | undefined
    /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or bytes. Default: `auto`. */
    readonly chunkSize?: number | "auto" | "fixed" | "dynamic" | undefined
    /** Columns of the input to repeat in the results. */
    readonly passthroughColumns?: ReadonlyArray<string> | undefined
    /** `all` repeats all columns of the input in the results. */
    readonly passthroughColumnsSet?: "all" | undefined
    /** Maximum number of explanations per row. Default: 0, none. */
    readonly maxExplanations?: number | undefined
    /** How to compute explanations. Default: the deployment's setting. */
    readonly explanationAlgorithm?: "xemp" | "shap" | undefined
    /** Maximum number of n-gram explanations per text feature, or `all`. */
    readonly maxNgramExplanations?: number | "all" | undefined
    /** The classes to explain. */
    readonly explanationClassNames?: ReadonlyArray<string> | undefined
    /** Number of the likeliest classes to explain. */
    readonly explanationNumTopClasses?: number | undefined
    /** Computes explanations only for predictions above this value. */
    readonly thresholdHigh?: number | undefined
    /** Computes explanations only for predictions below this value. */
    readonly thresholdLow?: number | undefined
    /** The probability from which the positive class is predicted, 0 to 1. Default: the deployment's. */
    readonly predictionThreshold?: number | undefined
    /** Adds a column that tells outliers. The deployment needs prediction warnings. Default: false. */
    readonly predictionWarningEnabled?: boolean | undefined
    /** Adds the column `prediction_status`. Default: false. */
    readonly includePredictionStatus?: boolean | undefined
    /** Adds the probability of each class. Default: true. */
    readonly includeProbabilities?: boolean | undefined
    /** Adds the probabilities of these classes only. */
    readonly includeProbabilitiesClasses?: ReadonlyArray<string> | undefined
    /** Leaves the rows out of drift tracking. Default: false. */
    readonly skipDriftTracking?: boolean | undefined
    /** Aborts the job if there are too many invalid rows. Default: true. */
    readonly abortOnError?: boolean | undefined
    /** Fails a whole piece, and not only one row, if a row is invalid. Default: false. */
    readonly disableRowLevelErrorHandling?: boolean | undefined
    /** New names of result columns: `{ old: "new" }`, or `null` to leave a column out. */
    readonly columnNamesRemapping?: {
      readonly [key: string]: string | null
    } | (ReadonlyArray<{
      /** Name of a column of the results. */
      readonly inputName: string
      /** Its new name. Null leaves the column out. */
      readonly outputName: string | null
    }>) | undefined
    /** How the CSV is written. */
    readonly csvSettings?: BatchPrediction.CsvSettings | undefined
    /** What a time series model predicts. */
    readonly timeseriesSettings?: {
      /** Predicts the future, from a forecast point on. */
      readonly type: "forecast"
      /** The time that the forecast starts from. Default: the latest possible. */
      readonly forecastPoint?: DateInput | undefined
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | {
      /** Predicts a period of the data in the past. */
      readonly type: "historical"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
      /** Start of the period to predict. Default: that of the data. */
      readonly predictionsStartDate?: DateInput | undefined
      /** End of the period to predict. Default: that of the data. */
      readonly predictionsEndDate?: DateInput | undefined
    } | {
      /** Predicts the training data. */
      readonly type: "training"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | undefined
    /** The prediction server to use. Default: the deployment's. */
    readonly predictionInstance?: {
      /** Its host name. */
      readonly hostName: string
      /** Whether it uses TLS. Default: true. */
      readonly sslEnabled?: boolean | undefined
      /** An API key for it. */
      readonly apiKey?: string | undefined
      /** Its `datarobot-key`. */
      readonly datarobotKey?: string | undefined
    } | undefined
    /** Id of the model to use, also after the deployment's model was replaced. */
    readonly pinnedModelId?: string | undefined
    /** Id of the configuration of secondary datasets. */
    readonly secondaryDatasetsConfigId?: string | undefined
    /** Beginning of the name of the monitoring batch. Deployments with batch monitoring only. */
    readonly monitoringBatchPrefix?: string | undefined
    /** Id of the deployment that scores the rows. */
    readonly deploymentId?: string | undefined
    /** Id of a model of a project, instead of a deployment. */
    readonly modelId?: string | undefined
    /** Id of a model package, instead of a deployment. */
    readonly modelPackageId?: string | undefined
    /** Where the rows come from. Default: `{ type: "localFile" }`. */
    readonly intakeSettings?: {
      /** A CSV that `BatchPrediction.upload` sends. */
      readonly type: "localFile"
      /** Whether the CSV is sent in parts, of which each can be retried. Default: false. */
      readonly multipart?: boolean | undefined
      /** Whether scoring begins before the upload is complete. If false, parts can be sent again. Default: true. */
      readonly async?: boolean | undefined
    } | {
      /** A dataset of the AI catalog. */
      readonly type: "dataset"
      /** Id of the dataset. See `Dataset.upload`. */
      readonly datasetId: string
      /** Id of the version. Default: the latest. */
      readonly datasetVersionId?: string | undefined
    } | {
      /** Files in Amazon S3, or a service like it. */
      readonly type: "s3"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** The URL of an S3 service other than Amazon's. */
      readonly endpointUrl?: string | undefined
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** Files in Azure Blob Storage. */
      readonly type: "azure"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** Files in Google Cloud Storage. */
      readonly type: "gcp"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** A CSV on a web server. */
      readonly type: "http"
      /** The URL of the CSV. */
      readonly url: string
    } | {
      /** A table or a query of a database. */
      readonly type: "jdbc"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** Number of rows to fetch at a time. */
      readonly fetchSize?: number | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** A table of BigQuery. */
      readonly type: "bigquery"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The BigQuery dataset. */
      readonly dataset: string
      /** The table in the dataset. */
      readonly table: string
      /** The Google bucket that holds the data in between. */
      readonly bucket: string
    } | {
      /** A table or a query of Snowflake. */
      readonly type: "snowflake"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external stage or data source that connects the database with the cloud storage. */
      readonly externalStage?: string | undefined
    } | {
      /** A table of Azure Synapse. */
      readonly type: "synapse"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external data source of the database. */
      readonly externalDataSource?: string | undefined
    } | {
      /** A table or a query of Databricks. */
      readonly type: "databricks"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** A table of SAP Datasphere. */
      readonly type: "datasphere"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** Data of the project in which the model was built. */
      readonly type: "dss"
      /** Id of an external dataset of the project. */
      readonly datasetId?: string | undefined
      /** Id of the project whose data is scored. */
      readonly projectId: string
      /** The partition of the training data. */
      readonly partition?: "holdout" | "validation" | "allBacktests" | undefined
    } | undefined
    /** Where the results go. Default: `{ type: "localFile" }`. */
    readonly outputSettings?: {
      /** A CSV that `BatchPrediction.download` reads. */
      readonly type: "localFile"
    } | {
      /** Files in Amazon S3, or a service like it. */
      readonly type: "s3"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** The URL of an S3 service other than Amazon's. */
      readonly endpointUrl?: string | undefined
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** How S3 encrypts the file: `algorithm`, `kmsKeyId`, … as the API of DataRobot names them. */
      readonly serverSideEncryption?: {
        readonly [key: string]: unknown
      } | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** Files in Azure Blob Storage. */
      readonly type: "azure"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** Files in Google Cloud Storage. */
      readonly type: "gcp"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** A web server that takes the results. */
      readonly type: "http"
      /** Headers of the request. */
      readonly headers?: {
        readonly [key: string]: string
      } | undefined
      /** Where to send the results. */
      readonly url: string
      /** The HTTP method. */
      readonly method: "POST" | "PUT"
    } | {
      /** A table of a database. */
      readonly type: "jdbc"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of BigQuery. */
      readonly type: "bigquery"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The BigQuery dataset. */
      readonly dataset: string
      /** The table in the dataset. */
      readonly table: string
      /** The Google bucket that holds the data in between. */
      readonly bucket: string
    } | {
      /** A table of Snowflake. */
      readonly type: "snowflake"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external stage or data source that connects the database with the cloud storage. */
      readonly externalStage?: string | undefined
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of Azure Synapse. */
      readonly type: "synapse"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external data source of the database. */
      readonly externalDataSource?: string | undefined
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of Databricks. */
      readonly type: "databricks"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A data source of Tableau. */
      readonly type: "tableau"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the Tableau server. */
      readonly url: string
      /** The id of the data source. */
      readonly dataSourceId?: string | undefined
      /** The name of the site. */
      readonly siteName?: string | undefined
    } | undefined
  }

  /**
   * Filters and order of a listing of batch predictions. A job must match every filter.
   *
   * @since 0.1.0
   */
  export interface ListInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only jobs with one of these statuses. */
    readonly status?: (Any<"INITIALIZING" | "RUNNING" | "COMPLETED" | "ABORTED" | "FAILED">) | undefined
    /** Only jobs of this deployment, by id. */
    readonly deploymentId?: string | undefined
    /** Only jobs of this model, by id. */
    readonly modelId?: string | undefined
    /** Only jobs that these parts of DataRobot started. A `-` before a name excludes it. */
    readonly source?: Any<string> | undefined
    /** Only the job with this id. */
    readonly jobId?: string | undefined
    /** What to sort by. A `-` sorts descending. Default: `-created`. */
    readonly orderBy?: "status" | "created" | "-created" | "-status" | undefined
    /** Only jobs that were created within this number of hours before now. */
    readonly cutoffHours?: number | undefined
    /** Only jobs created at this time or later. */
    readonly startDateTime?: DateInput | undefined
    /** Only jobs created before this time. */
    readonly endDateTime?: DateInput | undefined
    /** Only jobs that this definition started, by id. */
    readonly batchPredictionJobDefinitionId?: string | undefined
    /** Only jobs of this prediction server, by host name. */
    readonly hostname?: string | undefined
    /** Only jobs with this type of intake. */
    readonly intakeType?: Any<string> | undefined
    /** Only jobs with this type of output. */
    readonly outputType?: Any<string> | undefined
  }

  /**
   * Filters and order of a stream of batch predictions, and how it fetches pages.
   *
   * @since 0.1.0
   */
  export interface StreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Only jobs with one of these statuses. */
    readonly status?: (Any<"INITIALIZING" | "RUNNING" | "COMPLETED" | "ABORTED" | "FAILED">) | undefined
    /** Only jobs of this deployment, by id. */
    readonly deploymentId?: string | undefined
    /** Only jobs of this model, by id. */
    readonly modelId?: string | undefined
    /** Only jobs that these parts of DataRobot started. A `-` before a name excludes it. */
    readonly source?: Any<string> | undefined
    /** Only the job with this id. */
    readonly jobId?: string | undefined
    /** What to sort by. A `-` sorts descending. Default: `-created`. */
    readonly orderBy?: "status" | "created" | "-created" | "-status" | undefined
    /** Only jobs that were created within this number of hours before now. */
    readonly cutoffHours?: number | undefined
    /** Only jobs created at this time or later. */
    readonly startDateTime?: DateInput | undefined
    /** Only jobs created before this time. */
    readonly endDateTime?: DateInput | undefined
    /** Only jobs that this definition started, by id. */
    readonly batchPredictionJobDefinitionId?: string | undefined
    /** Only jobs of this prediction server, by host name. */
    readonly hostname?: string | undefined
    /** Only jobs with this type of intake. */
    readonly intakeType?: Any<string> | undefined
    /** Only jobs with this type of output. */
    readonly outputType?: Any<string> | undefined
    /** Number of batch predictions per page, 1 to 100. Default: 100. */
    readonly pageSize?: number | undefined
  }

  /**
   * A batch prediction: its id, the job as an operation returned it, a handle of the kind `batchPrediction` (the `handle`
   * of a `DataRobotJobError`), or the JSON text of a job or a handle.
   *
   * @since 0.1.0
   */
  export type BatchRef = Job.JobRef

  /**
   * Options of `upload`.
   *
   * @since 0.1.0
   */
  export interface UploadOptions {
    /** Size of a part in bytes, of a job with `multipart`: 64 KiB to 1 GiB. One part is in memory. Default: 16 MiB. */
    readonly partSize?: number | undefined
    /**
     * Longest time in which no byte is sent or received. It does not count while the SDK waits for the stream of the CSV,
     * or for the reader of the results. Default: 11 minutes.
     */
    readonly idleTimeout?: DurationInput | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
  }

  /**
   * Options of `download`.
   *
   * @since 0.1.0
   */
  export interface DownloadOptions {
    /** How long to wait for the results to begin, and how often to poll. Default: no time limit. */
    readonly wait?: WaitOptions | undefined
    /**
     * Longest time in which no byte is sent or received. It does not count while the SDK waits for the stream of the CSV,
     * or for the reader of the results. Default: 11 minutes.
     */
    readonly idleTimeout?: DurationInput | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
  }

  /**
   * How the CSV of a job is written: that of the upload, and that of the results.
   *
   * @since 0.1.0
   */
  export interface CsvSettings {
    /** The delimiter: one character, or `tab`. Default: a comma. */
    readonly delimiter?: string | undefined
    /** The quotation mark: one character. Default: `"`. */
    readonly quotechar?: string | undefined
    /** The encoding. Default: `utf-8`. */
    readonly encoding?: string | undefined
  }

  /**
   * Options of `score` and `scoreRows`: the settings of the job, and how to transfer and to wait. `timeout` and
   * `attemptTimeout` apply to each request that is not a transfer.
   *
   * @since 0.1.0
   */
  export interface ScoreOptions {
    /**
     * How long to wait for the results to begin, and how often to poll. Default: no time limit, because a queued job is
     * healthy. At the limit, the job is cancelled.
     */
    readonly wait?: WaitOptions | undefined
    /**
     * Sends the CSV in parts, of which each that fails is sent again. The job begins when all of them have arrived.
     * Default: false.
     */
    readonly multipart?: boolean | undefined
    /** Size of a part in bytes, 64 KiB to 1 GiB. One part is in memory. Default: 16 MiB. */
    readonly partSize?: number | undefined
    /**
     * Called with the job when it was created and each time that its state has changed: its id, its place in the queue, the
     * number of scored rows, the percentage. The next call waits until this one has ended.
     */
    readonly onProgress?: ((job: BatchPrediction) => unknown) | undefined
    /**
     * Longest time in which no byte is sent or received. It does not count while the SDK waits for the stream of the CSV,
     * or for the reader of the results. Default: 11 minutes.
     */
    readonly idleTimeout?: DurationInput | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
    /** Number of concurrent requests to the prediction server. Default: the server's. */
    readonly numConcurrent?: number | undefined
    /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or bytes. Default: `auto`. */
    readonly chunkSize?: number | "auto" | "fixed" | "dynamic" | undefined
    /** Columns of the input to repeat in the results. */
    readonly passthroughColumns?: ReadonlyArray<string> | undefined
    /** `all` repeats all columns of the input in the results. */
    readonly passthroughColumnsSet?: "all" | undefined
    /** Maximum number of explanations per row. Default: 0, none. */
    readonly maxExplanations?: number | undefined
    /** How to compute explanations. Default: the deployment's setting. */
    readonly explanationAlgorithm?: "xemp" | "shap" | undefined
    /** Maximum number of n-gram explanations per text feature, or `all`. */
    readonly maxNgramExplanations?: number | "all" | undefined
    /** The classes to explain. */
    readonly explanationClassNames?: ReadonlyArray<string> | undefined
    /** Number of the likeliest classes to explain. */
    readonly explanationNumTopClasses?: number | undefined
    /** Computes explanations only for predictions above this value. */
    readonly thresholdHigh?: number | undefined
    /** Computes explanations only for predictions below this value. */
    readonly thresholdLow?: number | undefined
    /** The probability from which the positive class is predicted, 0 to 1. Default: the deployment's. */
    readonly predictionThreshold?: number | undefined
    /** Adds a column that tells outliers. The deployment needs prediction warnings. Default: false. */
    readonly predictionWarningEnabled?: boolean | undefined
    /** Adds the column `prediction_status`. Default: false. */
    readonly includePredictionStatus?: boolean | undefined
    /** Adds the probability of each class. Default: true. */
    readonly includeProbabilities?: boolean | undefined
    /** Adds the probabilities of these classes only. */
    readonly includeProbabilitiesClasses?: ReadonlyArray<string> | undefined
    /** Leaves the rows out of drift tracking. Default: false. */
    readonly skipDriftTracking?: boolean | undefined
    /** Aborts the job if there are too many invalid rows. Default: true. */
    readonly abortOnError?: boolean | undefined
    /** Fails a whole piece, and not only one row, if a row is invalid. Default: false. */
    readonly disableRowLevelErrorHandling?: boolean | undefined
    /** New names of result columns: `{ old: "new" }`, or `null` to leave a column out. */
    readonly columnNamesRemapping?: {
      readonly [key: string]: string | null
    } | (ReadonlyArray<{
      /** Name of a column of the results. */
      readonly inputName: string
      /** Its new name. Null leaves the column out. */
      readonly outputName: string | null
    }>) | undefined
    /** How the CSV is written. */
    readonly csvSettings?: BatchPrediction.CsvSettings | undefined
    /** What a time series model predicts. */
    readonly timeseriesSettings?: {
      /** Predicts the future, from a forecast point on. */
      readonly type: "forecast"
      /** The time that the forecast starts from. Default: the latest possible. */
      readonly forecastPoint?: DateInput | undefined
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | {
      /** Predicts a period of the data in the past. */
      readonly type: "historical"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
      /** Start of the period to predict. Default: that of the data. */
      readonly predictionsStartDate?: DateInput | undefined
      /** End of the period to predict. Default: that of the data. */
      readonly predictionsEndDate?: DateInput | undefined
    } | {
      /** Predicts the training data. */
      readonly type: "training"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | undefined
    /** The prediction server to use. Default: the deployment's. */
    readonly predictionInstance?: {
      /** Its host name. */
      readonly hostName: string
      /** Whether it uses TLS. Default: true. */
      readonly sslEnabled?: boolean | undefined
      /** An API key for it. */
      readonly apiKey?: string | undefined
      /** Its `datarobot-key`. */
      readonly datarobotKey?: string | undefined
    } | undefined
    /** Id of the model to use, also after the deployment's model was replaced. */
    readonly pinnedModelId?: string | undefined
    /** Id of the configuration of secondary datasets. */
    readonly secondaryDatasetsConfigId?: string | undefined
    /** Beginning of the name of the monitoring batch. Deployments with batch monitoring only. */
    readonly monitoringBatchPrefix?: string | undefined
  }

  /**
   * Options of `scoreRows`.
   *
   * @since 0.1.0
   */
  export interface ScoreRowsOptions {
    /** The columns to send, in order. Default: those of the first row. A row with any other column is an error. */
    readonly columns?: ReadonlyArray<string> | undefined
    /**
     * How long to wait for the results to begin, and how often to poll. Default: no time limit, because a queued job is
     * healthy. At the limit, the job is cancelled.
     */
    readonly wait?: WaitOptions | undefined
    /**
     * Sends the CSV in parts, of which each that fails is sent again. The job begins when all of them have arrived.
     * Default: false.
     */
    readonly multipart?: boolean | undefined
    /** Size of a part in bytes, 64 KiB to 1 GiB. One part is in memory. Default: 16 MiB. */
    readonly partSize?: number | undefined
    /**
     * Called with the job when it was created and each time that its state has changed: its id, its place in the queue, the
     * number of scored rows, the percentage. The next call waits until this one has ended.
     */
    readonly onProgress?: ((job: BatchPrediction) => unknown) | undefined
    /**
     * Longest time in which no byte is sent or received. It does not count while the SDK waits for the stream of the CSV,
     * or for the reader of the results. Default: 11 minutes.
     */
    readonly idleTimeout?: DurationInput | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
    /** Number of concurrent requests to the prediction server. Default: the server's. */
    readonly numConcurrent?: number | undefined
    /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or bytes. Default: `auto`. */
    readonly chunkSize?: number | "auto" | "fixed" | "dynamic" | undefined
    /** Columns of the input to repeat in the results. */
    readonly passthroughColumns?: ReadonlyArray<string> | undefined
    /** `all` repeats all columns of the input in the results. */
    readonly passthroughColumnsSet?: "all" | undefined
    /** Maximum number of explanations per row. Default: 0, none. */
    readonly maxExplanations?: number | undefined
    /** How to compute explanations. Default: the deployment's setting. */
    readonly explanationAlgorithm?: "xemp" | "shap" | undefined
    /** Maximum number of n-gram explanations per text feature, or `all`. */
    readonly maxNgramExplanations?: number | "all" | undefined
    /** The classes to explain. */
    readonly explanationClassNames?: ReadonlyArray<string> | undefined
    /** Number of the likeliest classes to explain. */
    readonly explanationNumTopClasses?: number | undefined
    /** Computes explanations only for predictions above this value. */
    readonly thresholdHigh?: number | undefined
    /** Computes explanations only for predictions below this value. */
    readonly thresholdLow?: number | undefined
    /** The probability from which the positive class is predicted, 0 to 1. Default: the deployment's. */
    readonly predictionThreshold?: number | undefined
    /** Adds a column that tells outliers. The deployment needs prediction warnings. Default: false. */
    readonly predictionWarningEnabled?: boolean | undefined
    /** Adds the column `prediction_status`. Default: false. */
    readonly includePredictionStatus?: boolean | undefined
    /** Adds the probability of each class. Default: true. */
    readonly includeProbabilities?: boolean | undefined
    /** Adds the probabilities of these classes only. */
    readonly includeProbabilitiesClasses?: ReadonlyArray<string> | undefined
    /** Leaves the rows out of drift tracking. Default: false. */
    readonly skipDriftTracking?: boolean | undefined
    /** Aborts the job if there are too many invalid rows. Default: true. */
    readonly abortOnError?: boolean | undefined
    /** Fails a whole piece, and not only one row, if a row is invalid. Default: false. */
    readonly disableRowLevelErrorHandling?: boolean | undefined
    /** New names of result columns: `{ old: "new" }`, or `null` to leave a column out. */
    readonly columnNamesRemapping?: {
      readonly [key: string]: string | null
    } | (ReadonlyArray<{
      /** Name of a column of the results. */
      readonly inputName: string
      /** Its new name. Null leaves the column out. */
      readonly outputName: string | null
    }>) | undefined
    /** How the CSV is written. */
    readonly csvSettings?: BatchPrediction.CsvSettings | undefined
    /** What a time series model predicts. */
    readonly timeseriesSettings?: {
      /** Predicts the future, from a forecast point on. */
      readonly type: "forecast"
      /** The time that the forecast starts from. Default: the latest possible. */
      readonly forecastPoint?: DateInput | undefined
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | {
      /** Predicts a period of the data in the past. */
      readonly type: "historical"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
      /** Start of the period to predict. Default: that of the data. */
      readonly predictionsStartDate?: DateInput | undefined
      /** End of the period to predict. Default: that of the data. */
      readonly predictionsEndDate?: DateInput | undefined
    } | {
      /** Predicts the training data. */
      readonly type: "training"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | undefined
    /** The prediction server to use. Default: the deployment's. */
    readonly predictionInstance?: {
      /** Its host name. */
      readonly hostName: string
      /** Whether it uses TLS. Default: true. */
      readonly sslEnabled?: boolean | undefined
      /** An API key for it. */
      readonly apiKey?: string | undefined
      /** Its `datarobot-key`. */
      readonly datarobotKey?: string | undefined
    } | undefined
    /** Id of the model to use, also after the deployment's model was replaced. */
    readonly pinnedModelId?: string | undefined
    /** Id of the configuration of secondary datasets. */
    readonly secondaryDatasetsConfigId?: string | undefined
    /** Beginning of the name of the monitoring batch. Deployments with batch monitoring only. */
    readonly monitoringBatchPrefix?: string | undefined
  }
}

/**
 * The types of `BatchPredictionDefinition`.
 *
 * @since 0.1.0
 */
export namespace BatchPredictionDefinition {
  /**
   * Filters of a listing of definitions. A definition must match every filter.
   *
   * @since 0.1.0
   */
  export interface ListInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only definitions of this deployment, by id. */
    readonly deploymentId?: string | undefined
    /** Only definitions whose name contains this text. */
    readonly searchName?: string | undefined
  }

  /**
   * Filters of a stream of definitions, and how it fetches pages.
   *
   * @since 0.1.0
   */
  export interface StreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Only definitions of this deployment, by id. */
    readonly deploymentId?: string | undefined
    /** Number of definitions per page, 1 to 100. Default: 100. */
    readonly pageSize?: number | undefined
    /** Only definitions whose name contains this text. */
    readonly searchName?: string | undefined
  }

  /**
   * A new definition: the settings of its jobs, and when they start.
   *
   * @since 0.1.0
   */
  export interface CreateInput {
    /** Number of concurrent requests to the prediction server. Default: the server's. */
    readonly numConcurrent?: number | undefined
    /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or bytes. Default: `auto`. */
    readonly chunkSize?: number | "auto" | "fixed" | "dynamic" | undefined
    /** Columns of the input to repeat in the results. */
    readonly passthroughColumns?: ReadonlyArray<string> | undefined
    /** `all` repeats all columns of the input in the results. */
    readonly passthroughColumnsSet?: "all" | undefined
    /** Maximum number of explanations per row. Default: 0, none. */
    readonly maxExplanations?: number | undefined
    /** How to compute explanations. Default: the deployment's setting. */
    readonly explanationAlgorithm?: "xemp" | "shap" | undefined
    /** Maximum number of n-gram explanations per text feature, or `all`. */
    readonly maxNgramExplanations?: number | "all" | undefined
    /** The classes to explain. */
    readonly explanationClassNames?: ReadonlyArray<string> | undefined
    /** Number of the likeliest classes to explain. */
    readonly explanationNumTopClasses?: number | undefined
    /** Computes explanations only for predictions above this value. */
    readonly thresholdHigh?: number | undefined
    /** Computes explanations only for predictions below this value. */
    readonly thresholdLow?: number | undefined
    /** The probability from which the positive class is predicted, 0 to 1. Default: the deployment's. */
    readonly predictionThreshold?: number | undefined
    /** Adds a column that tells outliers. The deployment needs prediction warnings. Default: false. */
    readonly predictionWarningEnabled?: boolean | undefined
    /** Adds the column `prediction_status`. Default: false. */
    readonly includePredictionStatus?: boolean | undefined
    /** Adds the probability of each class. Default: true. */
    readonly includeProbabilities?: boolean | undefined
    /** Adds the probabilities of these classes only. */
    readonly includeProbabilitiesClasses?: ReadonlyArray<string> | undefined
    /** Leaves the rows out of drift tracking. Default: false. */
    readonly skipDriftTracking?: boolean | undefined
    /** Aborts the job if there are too many invalid rows. Default: true. */
    readonly abortOnError?: boolean | undefined
    /** Fails a whole piece, and not only one row, if a row is invalid. Default: false. */
    readonly disableRowLevelErrorHandling?: boolean | undefined
    /** New names of result columns: `{ old: "new" }`, or `null` to leave a column out. */
    readonly columnNamesRemapping?: {
      readonly [key: string]: string | null
    } | (ReadonlyArray<{
      /** Name of a column of the results. */
      readonly inputName: string
      /** Its new name. Null leaves the column out. */
      readonly outputName: string | null
    }>) | undefined
    /** How the CSV is written. */
    readonly csvSettings?: BatchPrediction.CsvSettings | undefined
    /** What a time series model predicts. */
    readonly timeseriesSettings?: {
      /** Predicts the future, from a forecast point on. */
      readonly type: "forecast"
      /** The time that the forecast starts from. Default: the latest possible. */
      readonly forecastPoint?: DateInput | undefined
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | {
      /** Predicts a period of the data in the past. */
      readonly type: "historical"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
      /** Start of the period to predict. Default: that of the data. */
      readonly predictionsStartDate?: DateInput | undefined
      /** End of the period to predict. Default: that of the data. */
      readonly predictionsEndDate?: DateInput | undefined
    } | {
      /** Predicts the training data. */
      readonly type: "training"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | undefined
    /** The prediction server to use. Default: the deployment's. */
    readonly predictionInstance?: {
      /** Its host name. */
      readonly hostName: string
      /** Whether it uses TLS. Default: true. */
      readonly sslEnabled?: boolean | undefined
      /** An API key for it. */
      readonly apiKey?: string | undefined
      /** Its `datarobot-key`. */
      readonly datarobotKey?: string | undefined
    } | undefined
    /** Id of the model to use, also after the deployment's model was replaced. */
    readonly pinnedModelId?: string | undefined
    /** Id of the configuration of secondary datasets. */
    readonly secondaryDatasetsConfigId?: string | undefined
    /** Beginning of the name of the monitoring batch. Deployments with batch monitoring only. */
    readonly monitoringBatchPrefix?: string | undefined
    /** Id of the deployment that scores the rows. */
    readonly deploymentId?: string | undefined
    /** Id of a model of a project, instead of a deployment. */
    readonly modelId?: string | undefined
    /** Id of a model package, instead of a deployment. */
    readonly modelPackageId?: string | undefined
    /** Where the rows come from. It cannot be `localFile`. */
    readonly intakeSettings: {
      /** A dataset of the AI catalog. */
      readonly type: "dataset"
      /** Id of the dataset. See `Dataset.upload`. */
      readonly datasetId: string
      /** Id of the version. Default: the latest. */
      readonly datasetVersionId?: string | undefined
    } | {
      /** Files in Amazon S3, or a service like it. */
      readonly type: "s3"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** The URL of an S3 service other than Amazon's. */
      readonly endpointUrl?: string | undefined
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** Files in Azure Blob Storage. */
      readonly type: "azure"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** Files in Google Cloud Storage. */
      readonly type: "gcp"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** A CSV on a web server. */
      readonly type: "http"
      /** The URL of the CSV. */
      readonly url: string
    } | {
      /** A table or a query of a database. */
      readonly type: "jdbc"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** Number of rows to fetch at a time. */
      readonly fetchSize?: number | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** A table of BigQuery. */
      readonly type: "bigquery"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The BigQuery dataset. */
      readonly dataset: string
      /** The table in the dataset. */
      readonly table: string
      /** The Google bucket that holds the data in between. */
      readonly bucket: string
    } | {
      /** A table or a query of Snowflake. */
      readonly type: "snowflake"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external stage or data source that connects the database with the cloud storage. */
      readonly externalStage?: string | undefined
    } | {
      /** A table of Azure Synapse. */
      readonly type: "synapse"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external data source of the database. */
      readonly externalDataSource?: string | undefined
    } | {
      /** A table or a query of Databricks. */
      readonly type: "databricks"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** A table of SAP Datasphere. */
      readonly type: "datasphere"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** Data of the project in which the model was built. */
      readonly type: "dss"
      /** Id of an external dataset of the project. */
      readonly datasetId?: string | undefined
      /** Id of the project whose data is scored. */
      readonly projectId: string
      /** The partition of the training data. */
      readonly partition?: "holdout" | "validation" | "allBacktests" | undefined
    }
    /** Where the results go. Default: `{ type: "localFile" }`. */
    readonly outputSettings?: {
      /** A CSV that `BatchPrediction.download` reads. */
      readonly type: "localFile"
    } | {
      /** Files in Amazon S3, or a service like it. */
      readonly type: "s3"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** The URL of an S3 service other than Amazon's. */
      readonly endpointUrl?: string | undefined
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** How S3 encrypts the file: `algorithm`, `kmsKeyId`, … as the API of DataRobot names them. */
      readonly serverSideEncryption?: {
        readonly [key: string]: unknown
      } | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** Files in Azure Blob Storage. */
      readonly type: "azure"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** Files in Google Cloud Storage. */
      readonly type: "gcp"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** A web server that takes the results. */
      readonly type: "http"
      /** Headers of the request. */
      readonly headers?: {
        readonly [key: string]: string
      } | undefined
      /** Where to send the results. */
      readonly url: string
      /** The HTTP method. */
      readonly method: "POST" | "PUT"
    } | {
      /** A table of a database. */
      readonly type: "jdbc"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of BigQuery. */
      readonly type: "bigquery"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The BigQuery dataset. */
      readonly dataset: string
      /** The table in the dataset. */
      readonly table: string
      /** The Google bucket that holds the data in between. */
      readonly bucket: string
    } | {
      /** A table of Snowflake. */
      readonly type: "snowflake"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external stage or data source that connects the database with the cloud storage. */
      readonly externalStage?: string | undefined
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of Azure Synapse. */
      readonly type: "synapse"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external data source of the database. */
      readonly externalDataSource?: string | undefined
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of Databricks. */
      readonly type: "databricks"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A data source of Tableau. */
      readonly type: "tableau"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the Tableau server. */
      readonly url: string
      /** The id of the data source. */
      readonly dataSourceId?: string | undefined
      /** The name of the site. */
      readonly siteName?: string | undefined
    } | undefined
    /** The name. Default: one that DataRobot makes up. */
    readonly name?: string | undefined
    /** Whether the schedule starts jobs. */
    readonly enabled: boolean
    /** When to start jobs, in UTC. */
    readonly schedule?: BatchPredictionDefinition.Schedule | undefined
  }

  /**
   * Changes of a definition: its settings stay the same unless they are here.
   *
   * @since 0.1.0
   */
  export interface UpdateInput {
    /** Number of concurrent requests to the prediction server. Default: the server's. */
    readonly numConcurrent?: number | undefined
    /** Size of the pieces that are scored at once: `auto`, `fixed`, `dynamic`, or bytes. Default: `auto`. */
    readonly chunkSize?: number | "auto" | "fixed" | "dynamic" | undefined
    /** Columns of the input to repeat in the results. */
    readonly passthroughColumns?: ReadonlyArray<string> | undefined
    /** `all` repeats all columns of the input in the results. */
    readonly passthroughColumnsSet?: "all" | undefined
    /** Maximum number of explanations per row. Default: 0, none. */
    readonly maxExplanations?: number | undefined
    /** How to compute explanations. Default: the deployment's setting. */
    readonly explanationAlgorithm?: "xemp" | "shap" | undefined
    /** Maximum number of n-gram explanations per text feature, or `all`. */
    readonly maxNgramExplanations?: number | "all" | undefined
    /** The classes to explain. */
    readonly explanationClassNames?: ReadonlyArray<string> | undefined
    /** Number of the likeliest classes to explain. */
    readonly explanationNumTopClasses?: number | undefined
    /** Computes explanations only for predictions above this value. */
    readonly thresholdHigh?: number | undefined
    /** Computes explanations only for predictions below this value. */
    readonly thresholdLow?: number | undefined
    /** The probability from which the positive class is predicted, 0 to 1. Default: the deployment's. */
    readonly predictionThreshold?: number | undefined
    /** Adds a column that tells outliers. The deployment needs prediction warnings. Default: false. */
    readonly predictionWarningEnabled?: boolean | undefined
    /** Adds the column `prediction_status`. Default: false. */
    readonly includePredictionStatus?: boolean | undefined
    /** Adds the probability of each class. Default: true. */
    readonly includeProbabilities?: boolean | undefined
    /** Adds the probabilities of these classes only. */
    readonly includeProbabilitiesClasses?: ReadonlyArray<string> | undefined
    /** Leaves the rows out of drift tracking. Default: false. */
    readonly skipDriftTracking?: boolean | undefined
    /** Aborts the job if there are too many invalid rows. Default: true. */
    readonly abortOnError?: boolean | undefined
    /** Fails a whole piece, and not only one row, if a row is invalid. Default: false. */
    readonly disableRowLevelErrorHandling?: boolean | undefined
    /** New names of result columns: `{ old: "new" }`, or `null` to leave a column out. */
    readonly columnNamesRemapping?: {
      readonly [key: string]: string | null
    } | (ReadonlyArray<{
      /** Name of a column of the results. */
      readonly inputName: string
      /** Its new name. Null leaves the column out. */
      readonly outputName: string | null
    }>) | undefined
    /** How the CSV is written. */
    readonly csvSettings?: BatchPrediction.CsvSettings | undefined
    /** What a time series model predicts. */
    readonly timeseriesSettings?: {
      /** Predicts the future, from a forecast point on. */
      readonly type: "forecast"
      /** The time that the forecast starts from. Default: the latest possible. */
      readonly forecastPoint?: DateInput | undefined
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | {
      /** Predicts a period of the data in the past. */
      readonly type: "historical"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
      /** Start of the period to predict. Default: that of the data. */
      readonly predictionsStartDate?: DateInput | undefined
      /** End of the period to predict. Default: that of the data. */
      readonly predictionsEndDate?: DateInput | undefined
    } | {
      /** Predicts the training data. */
      readonly type: "training"
      /** Allows missing values of features that are known in advance. Default: false. */
      readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
    } | undefined
    /** The prediction server to use. Default: the deployment's. */
    readonly predictionInstance?: {
      /** Its host name. */
      readonly hostName: string
      /** Whether it uses TLS. Default: true. */
      readonly sslEnabled?: boolean | undefined
      /** An API key for it. */
      readonly apiKey?: string | undefined
      /** Its `datarobot-key`. */
      readonly datarobotKey?: string | undefined
    } | undefined
    /** Id of the model to use, also after the deployment's model was replaced. */
    readonly pinnedModelId?: string | undefined
    /** Id of the configuration of secondary datasets. */
    readonly secondaryDatasetsConfigId?: string | undefined
    /** Beginning of the name of the monitoring batch. Deployments with batch monitoring only. */
    readonly monitoringBatchPrefix?: string | undefined
    /** Id of the deployment that scores the rows. */
    readonly deploymentId?: string | undefined
    /** Id of a model of a project, instead of a deployment. */
    readonly modelId?: string | undefined
    /** Id of a model package, instead of a deployment. */
    readonly modelPackageId?: string | undefined
    /** Where the rows come from. It cannot be `localFile`. */
    readonly intakeSettings?: {
      /** A dataset of the AI catalog. */
      readonly type: "dataset"
      /** Id of the dataset. See `Dataset.upload`. */
      readonly datasetId: string
      /** Id of the version. Default: the latest. */
      readonly datasetVersionId?: string | undefined
    } | {
      /** Files in Amazon S3, or a service like it. */
      readonly type: "s3"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** The URL of an S3 service other than Amazon's. */
      readonly endpointUrl?: string | undefined
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** Files in Azure Blob Storage. */
      readonly type: "azure"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** Files in Google Cloud Storage. */
      readonly type: "gcp"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file, or of a folder of files (it ends with a slash). */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
    } | {
      /** A CSV on a web server. */
      readonly type: "http"
      /** The URL of the CSV. */
      readonly url: string
    } | {
      /** A table or a query of a database. */
      readonly type: "jdbc"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** Number of rows to fetch at a time. */
      readonly fetchSize?: number | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** A table of BigQuery. */
      readonly type: "bigquery"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The BigQuery dataset. */
      readonly dataset: string
      /** The table in the dataset. */
      readonly table: string
      /** The Google bucket that holds the data in between. */
      readonly bucket: string
    } | {
      /** A table or a query of Snowflake. */
      readonly type: "snowflake"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external stage or data source that connects the database with the cloud storage. */
      readonly externalStage?: string | undefined
    } | {
      /** A table of Azure Synapse. */
      readonly type: "synapse"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external data source of the database. */
      readonly externalDataSource?: string | undefined
    } | {
      /** A table or a query of Databricks. */
      readonly type: "databricks"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The SQL query whose result is scored, instead of a table. */
      readonly query?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** A table of SAP Datasphere. */
      readonly type: "datasphere"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table. */
      readonly table?: string | undefined
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
    } | {
      /** Data of the project in which the model was built. */
      readonly type: "dss"
      /** Id of an external dataset of the project. */
      readonly datasetId?: string | undefined
      /** Id of the project whose data is scored. */
      readonly projectId: string
      /** The partition of the training data. */
      readonly partition?: "holdout" | "validation" | "allBacktests" | undefined
    } | undefined
    /** Where the results go. Default: `{ type: "localFile" }`. */
    readonly outputSettings?: {
      /** A CSV that `BatchPrediction.download` reads. */
      readonly type: "localFile"
    } | {
      /** Files in Amazon S3, or a service like it. */
      readonly type: "s3"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** The URL of an S3 service other than Amazon's. */
      readonly endpointUrl?: string | undefined
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** How S3 encrypts the file: `algorithm`, `kmsKeyId`, … as the API of DataRobot names them. */
      readonly serverSideEncryption?: {
        readonly [key: string]: unknown
      } | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** Files in Azure Blob Storage. */
      readonly type: "azure"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** Files in Google Cloud Storage. */
      readonly type: "gcp"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the file to write. */
      readonly url: string
      /** Format of the file. Default: `csv`. */
      readonly format?: "csv" | "parquet" | undefined
      /** Columns by which the output is split into files. */
      readonly partitionColumns?: ReadonlyArray<string> | undefined
    } | {
      /** A web server that takes the results. */
      readonly type: "http"
      /** Headers of the request. */
      readonly headers?: {
        readonly [key: string]: string
      } | undefined
      /** Where to send the results. */
      readonly url: string
      /** The HTTP method. */
      readonly method: "POST" | "PUT"
    } | {
      /** A table of a database. */
      readonly type: "jdbc"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of BigQuery. */
      readonly type: "bigquery"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The BigQuery dataset. */
      readonly dataset: string
      /** The table in the dataset. */
      readonly table: string
      /** The Google bucket that holds the data in between. */
      readonly bucket: string
    } | {
      /** A table of Snowflake. */
      readonly type: "snowflake"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external stage or data source that connects the database with the cloud storage. */
      readonly externalStage?: string | undefined
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of Azure Synapse. */
      readonly type: "synapse"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** The cloud storage that holds the data in between: `s3`, `azure` or `gcp`. */
      readonly cloudStorageType?: "s3" | "azure" | "gcp" | undefined
      /** Id of the credential for the cloud storage. */
      readonly cloudStorageCredentialId?: string | undefined
      /** The external data source of the database. */
      readonly externalDataSource?: string | undefined
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A table of Databricks. */
      readonly type: "databricks"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The table to write to. */
      readonly table: string
      /** The schema of the table. */
      readonly schema?: string | undefined
      /** The catalog of the table. */
      readonly catalog?: string | undefined
      /** Id of the data store: the connection to the database. */
      readonly dataStoreId: string
      /** How rows are written. */
      readonly statementType: "insert" | "update" | "insert_update" | "create_table"
      /** Whether to create the table if it does not exist. Default: false. */
      readonly createTableIfNotExists?: boolean | undefined
      /** The columns that an update sets. */
      readonly updateColumns?: ReadonlyArray<string> | undefined
      /** The columns that an update finds rows by. */
      readonly whereColumns?: ReadonlyArray<string> | undefined
      /** Seconds between two commits. 0 commits once, at the end. Default: 600. */
      readonly commitInterval?: number | undefined
    } | {
      /** A data source of Tableau. */
      readonly type: "tableau"
      /** Id of the credential. See `Credential.list`. */
      readonly credentialId?: string | undefined
      /** The URL of the Tableau server. */
      readonly url: string
      /** The id of the data source. */
      readonly dataSourceId?: string | undefined
      /** The name of the site. */
      readonly siteName?: string | undefined
    } | undefined
    /** The name. Default: one that DataRobot makes up. */
    readonly name?: string | undefined
    /** Whether the schedule starts jobs. */
    readonly enabled?: boolean | undefined
    /** When to start jobs, in UTC. */
    readonly schedule?: BatchPredictionDefinition.Schedule | undefined
  }

  /**
   * When a definition starts jobs, in UTC. Each part is a list of values, or `["*"]` for all of them. A job starts in every
   * minute that is in all parts. As in cron, if both `dayOfMonth` and `dayOfWeek` list values, a day in either of them is
   * enough. DataRobot starts a job as soon as it can after that time.
   *
   * @since 0.1.0
   */
  export interface Schedule {
    /** Minutes, 0 to 59. */
    readonly minute: ReadonlyArray<number> | ReadonlyArray<"*">
    /** Hours, 0 to 23, in UTC. */
    readonly hour: ReadonlyArray<number> | ReadonlyArray<"*">
    /** Days of the month, 1 to 31. Days that a month does not have are ignored. */
    readonly dayOfMonth: ReadonlyArray<number> | ReadonlyArray<"*">
    /** Months, 1 to 12, or English names such as `jan` or `January`. */
    readonly month: (ReadonlyArray<string | number>) | ReadonlyArray<"*">
    /** Days of the week, 0 (Sunday) to 6, or English names such as `sun` or `Sunday`. */
    readonly dayOfWeek: (ReadonlyArray<string | number>) | ReadonlyArray<"*">
  }
}

/**
 * The types of `Dataset`.
 *
 * @since 0.1.0
 */
export namespace Dataset {
  /**
   * A new dataset.
   *
   * @since 0.1.0
   */
  export interface UploadInput {
    /**
     * Name of the dataset, at most 200 characters, without slashes and control characters. It is sent as the name of the
     * file, with `.csv` at its end, because DataRobot reads the type of a file from its name.
     */
    readonly name: string
  }
}

/**
 * The types of `Deployment`.
 *
 * @since 0.1.0
 */
export namespace Deployment {
  /**
   * A new deployment of a model.
   *
   * @since 0.1.0
   */
  export interface CreateFromModelInput {
    /** Score from which the positive class is predicted, 0 to 1. Binary models only. */
    readonly predictionThreshold?: number | undefined
    /** Initial status. Default: `active`. */
    readonly status?: "active" | "inactive" | undefined
    /** Description of the deployment. */
    readonly description?: string | undefined
    /** Id of the model to deploy. */
    readonly modelId: string
    /** Name of the deployment; not blank. */
    readonly label: string
    /** Importance of the deployment. Requires approval workflows. */
    readonly importance?: "CRITICAL" | "HIGH" | "MODERATE" | "LOW" | undefined
    /** Id of the prediction server to use. DataRobot's managed cloud requires it; other installations reject it. */
    readonly defaultPredictionServerId?: string | undefined
  }

  /**
   * Options of a call that waits for a job.
   *
   * @since 0.1.0
   */
  export interface JobOptions {
    /** How long to wait for the job, and how often to poll. */
    readonly wait?: WaitOptions | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
  }

  /**
   * A new deployment of a model package (registered model version).
   *
   * @since 0.1.0
   */
  export interface CreateFromModelPackageInput {
    /** Description of the deployment. */
    readonly description?: string | undefined
    /** Id of the model package to deploy. */
    readonly modelPackageId: string
    /** Name of the deployment; not blank. */
    readonly label: string
    /** Importance of the deployment. Requires approval workflows. */
    readonly importance?: "CRITICAL" | "HIGH" | "MODERATE" | "LOW" | undefined
    /** An id of your own for the deployment. */
    readonly userProvidedId?: string | undefined
    /** Id of the prediction server to use. DataRobot's managed cloud requires it; other installations reject it. */
    readonly defaultPredictionServerId?: string | undefined
    /** Id of the prediction environment to run in, instead of a `defaultPredictionServerId`. */
    readonly predictionEnvironmentId?: string | undefined
    /** Keys and values to keep with the deployment. */
    readonly additionalMetadata?: ReadonlyArray<{
      /** The key. */
      readonly key: string
      /** Its value. */
      readonly value: string
    }> | undefined
    /** Parameter values for a custom model at run time. */
    readonly runtimeParameterValues?: ReadonlyArray<RuntimeParameterValue> | undefined
  }

  /**
   * A new deployment of a version of a custom model, for which a model package is found or created.
   *
   * @since 0.1.0
   */
  export interface CreateFromCustomModelVersionInput {
    /** Description of the deployment. */
    readonly description?: string | undefined
    /** Name of the deployment; not blank. */
    readonly label: string
    /** Importance of the deployment. Requires approval workflows. */
    readonly importance?: "CRITICAL" | "HIGH" | "MODERATE" | "LOW" | undefined
    /** Id of the version of the custom model to deploy. */
    readonly customModelVersionId: string
    /** Id of the registered model that gets a new version. */
    readonly registeredModelId?: string | undefined
    /** An id of your own for the deployment. */
    readonly userProvidedId?: string | undefined
    /** Tags of the package. */
    readonly tags?: ReadonlyArray<{
      /** Its value. */
      readonly value: string
      /** Name of the tag. */
      readonly name: string
    }> | undefined
    /** Name of the model package, if one is created. */
    readonly modelPackageName?: string | undefined
    /** Id of the prediction server to use. DataRobot's managed cloud requires it; other installations reject it. */
    readonly defaultPredictionServerId?: string | undefined
    /** Id of the prediction environment to run in, instead of a `defaultPredictionServerId`. */
    readonly predictionEnvironmentId?: string | undefined
    /** Keys and values to keep with the deployment. */
    readonly additionalMetadata?: ReadonlyArray<{
      /** The key. */
      readonly key: string
      /** Its value. */
      readonly value: string
    }> | undefined
    /** Parameter values for a custom model at run time. */
    readonly runtimeParameterValues?: ReadonlyArray<RuntimeParameterValue> | undefined
    /** Name of a new registered model. Default: the name of the package. */
    readonly registeredModelName?: string | undefined
  }

  /**
   * Filters and order of a listing of deployments. A deployment must match every filter; it matches a filter if it has any
   * of the filter's values.
   *
   * @since 0.1.0
   */
  export interface ListInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only deployments with this text in their label or description, in any case. */
    readonly search?: string | undefined
    /** Only deployments with these statuses. */
    readonly status?: (Any<"active" | "inactive" | "stopping" | "launching" | "archived" | "replacingModel" | "errored">) | undefined
    /** Only deployments created by these users, by id. */
    readonly createdBy?: Any<string> | undefined
    /** Only deployments of this importance. Requires approval workflows; otherwise the request is `Forbidden`. */
    readonly importance?: (Any<"CRITICAL" | "HIGH" | "MODERATE" | "LOW">) | undefined
    /** Only deployments whose model was built in one of these environments. */
    readonly buildEnvironmentType?: (Any<"DataRobot" | "Python" | "R" | "Java" | "Julia" | "Legacy" | "Other">) | undefined
    /** Only deployments with (or, if false, without) a decision flow. */
    readonly hasDecisionFlow?: boolean | undefined
    /** Only deployments whose prediction service has this health. */
    readonly serviceHealth?: (Any<"passing" | "warning" | "failing" | "unknown" | "unavailable">) | undefined
    /** Only deployments whose model (data drift) has this health. */
    readonly modelHealth?: (Any<"passing" | "warning" | "failing" | "unknown" | "unavailable">) | undefined
    /** Only deployments whose accuracy has this health. */
    readonly accuracyHealth?: (Any<"passing" | "warning" | "failing" | "unknown" | "unavailable">) | undefined
    /**
     * Sort order; a leading `-` reverses it. An order by health lists failing deployments first. Default: deployments
     * with the most recent predictions first.
     */
    readonly orderBy?: "label" | "importance" | "serviceHealth" | "modelHealth" | "accuracyHealth" | "fairnessHealth" | "customMetricsHealth" | "actualsTimelinessHealth" | "predictionsTimelinessHealth" | "recentPredictions" | "lastPredictionTimestamp" | "currentModelDeployedTimestamp" | "createdAtTimestamp" | "-label" | "-importance" | "-serviceHealth" | "-modelHealth" | "-accuracyHealth" | "-fairnessHealth" | "-customMetricsHealth" | "-actualsTimelinessHealth" | "-predictionsTimelinessHealth" | "-recentPredictions" | "-lastPredictionTimestamp" | "-currentModelDeployedTimestamp" | "-createdAtTimestamp" | undefined
    /** Only deployments of these prediction servers, by id. */
    readonly defaultPredictionServerId?: Any<string> | undefined
    /** Only deployments on which the token's user has this role. */
    readonly role?: "OWNER" | "USER" | undefined
    /** Only deployments that run inside DataRobot, or outside of it. */
    readonly executionEnvironmentType?: (Any<"external" | "datarobot">) | undefined
    /** Only deployments on these platforms, such as `aws`, `azure`, `gcp`, `onPremise` or `datarobot`. */
    readonly predictionEnvironmentPlatform?: Any<string> | undefined
    /** Only deployments whose last prediction was at this time or later. */
    readonly lastPredictionTimestampStart?: DateInput | undefined
    /** Only deployments whose last prediction was before this time. */
    readonly lastPredictionTimestampEnd?: DateInput | undefined
    /** Only deployments with more predictions per day, on average over the last week. */
    readonly predictionUsageDailyAvgGreaterThan?: number | undefined
    /** Only deployments with fewer predictions per day, on average over the last week. */
    readonly predictionUsageDailyAvgLessThan?: number | undefined
    /** Only deployments that the token's user created (or, if false, did not create). */
    readonly createdByMe?: boolean | undefined
    /** Only deployments whose champion has one of these execution types. */
    readonly championModelExecutionType?: Any<string> | undefined
    /** Only deployments whose champion has one of these target types, such as `Binary`. */
    readonly championModelTargetType?: Any<string> | undefined
    /** Only deployments with tags of these names. */
    readonly tagKeys?: Any<string> | undefined
    /** Only deployments with tags of these values. */
    readonly tagValues?: Any<string> | undefined
    /** Only deployments whose prediction environment has tags of these names. */
    readonly predictionEnvironmentTagKeys?: Any<string> | undefined
    /** Only deployments whose prediction environment has tags of these values. */
    readonly predictionEnvironmentTagValues?: Any<string> | undefined
    /** Only deployments that are (or, if false, are not) agent-to-agent agents. */
    readonly isA2AAgent?: boolean | undefined
  }

  /**
   * Filters and order of a stream of deployments, and how it fetches pages.
   *
   * @since 0.1.0
   */
  export interface StreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Only deployments with this text in their label or description, in any case. */
    readonly search?: string | undefined
    /** Only deployments with these statuses. */
    readonly status?: (Any<"active" | "inactive" | "stopping" | "launching" | "archived" | "replacingModel" | "errored">) | undefined
    /** Only deployments created by these users, by id. */
    readonly createdBy?: Any<string> | undefined
    /** Only deployments of this importance. Requires approval workflows; otherwise the request is `Forbidden`. */
    readonly importance?: (Any<"CRITICAL" | "HIGH" | "MODERATE" | "LOW">) | undefined
    /** Only deployments whose model was built in one of these environments. */
    readonly buildEnvironmentType?: (Any<"DataRobot" | "Python" | "R" | "Java" | "Julia" | "Legacy" | "Other">) | undefined
    /** Only deployments with (or, if false, without) a decision flow. */
    readonly hasDecisionFlow?: boolean | undefined
    /** Only deployments whose prediction service has this health. */
    readonly serviceHealth?: (Any<"passing" | "warning" | "failing" | "unknown" | "unavailable">) | undefined
    /** Only deployments whose model (data drift) has this health. */
    readonly modelHealth?: (Any<"passing" | "warning" | "failing" | "unknown" | "unavailable">) | undefined
    /** Only deployments whose accuracy has this health. */
    readonly accuracyHealth?: (Any<"passing" | "warning" | "failing" | "unknown" | "unavailable">) | undefined
    /**
     * Sort order; a leading `-` reverses it. An order by health lists failing deployments first. Default: deployments
     * with the most recent predictions first.
     */
    readonly orderBy?: "label" | "importance" | "serviceHealth" | "modelHealth" | "accuracyHealth" | "fairnessHealth" | "customMetricsHealth" | "actualsTimelinessHealth" | "predictionsTimelinessHealth" | "recentPredictions" | "lastPredictionTimestamp" | "currentModelDeployedTimestamp" | "createdAtTimestamp" | "-label" | "-importance" | "-serviceHealth" | "-modelHealth" | "-accuracyHealth" | "-fairnessHealth" | "-customMetricsHealth" | "-actualsTimelinessHealth" | "-predictionsTimelinessHealth" | "-recentPredictions" | "-lastPredictionTimestamp" | "-currentModelDeployedTimestamp" | "-createdAtTimestamp" | undefined
    /** Number of deployments per page, 1 to 100. Default: 100. */
    readonly pageSize?: number | undefined
    /** Only deployments of these prediction servers, by id. */
    readonly defaultPredictionServerId?: Any<string> | undefined
    /** Only deployments on which the token's user has this role. */
    readonly role?: "OWNER" | "USER" | undefined
    /** Only deployments that run inside DataRobot, or outside of it. */
    readonly executionEnvironmentType?: (Any<"external" | "datarobot">) | undefined
    /** Only deployments on these platforms, such as `aws`, `azure`, `gcp`, `onPremise` or `datarobot`. */
    readonly predictionEnvironmentPlatform?: Any<string> | undefined
    /** Only deployments whose last prediction was at this time or later. */
    readonly lastPredictionTimestampStart?: DateInput | undefined
    /** Only deployments whose last prediction was before this time. */
    readonly lastPredictionTimestampEnd?: DateInput | undefined
    /** Only deployments with more predictions per day, on average over the last week. */
    readonly predictionUsageDailyAvgGreaterThan?: number | undefined
    /** Only deployments with fewer predictions per day, on average over the last week. */
    readonly predictionUsageDailyAvgLessThan?: number | undefined
    /** Only deployments that the token's user created (or, if false, did not create). */
    readonly createdByMe?: boolean | undefined
    /** Only deployments whose champion has one of these execution types. */
    readonly championModelExecutionType?: Any<string> | undefined
    /** Only deployments whose champion has one of these target types, such as `Binary`. */
    readonly championModelTargetType?: Any<string> | undefined
    /** Only deployments with tags of these names. */
    readonly tagKeys?: Any<string> | undefined
    /** Only deployments with tags of these values. */
    readonly tagValues?: Any<string> | undefined
    /** Only deployments whose prediction environment has tags of these names. */
    readonly predictionEnvironmentTagKeys?: Any<string> | undefined
    /** Only deployments whose prediction environment has tags of these values. */
    readonly predictionEnvironmentTagValues?: Any<string> | undefined
    /** Only deployments that are (or, if false, are not) agent-to-agent agents. */
    readonly isA2AAgent?: boolean | undefined
  }

  /**
   * Changes to a deployment, at least one. A key that is left out keeps its value.
   *
   * @since 0.1.0
   */
  export interface UpdateInput {
    /** New description; `""` clears it. */
    readonly description?: string | undefined
    /** New name; not blank. */
    readonly label?: string | undefined
    /** New importance. If changes need approval, it takes effect after the approval. */
    readonly importance?: "CRITICAL" | "HIGH" | "MODERATE" | "LOW" | undefined
  }

  /**
   * Options of a delete.
   *
   * @since 0.1.0
   */
  export interface DeleteInput {
    /** Deletes the deployment without waiting for the management agent that runs it. Default: false. */
    readonly ignoreManagementAgent?: boolean | undefined
  }

  /**
   * A period, and how its service statistics are computed.
   *
   * @since 0.1.0
   */
  export interface ServiceStatsInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
    readonly endTime?: DateInput | undefined
    /** Attribute that divides the requests: `DataRobot-Consumer`, `DataRobot-Remote-IP`, `DataRobot-Host-IP`, … */
    readonly segmentAttribute?: string | undefined
    /** Only requests with this value of the attribute. */
    readonly segmentValue?: string | undefined
    /** Quantile of `executionTime`, 0 to 1. Default: 0.5, the median. */
    readonly executionTimeQuantile?: number | undefined
    /** Quantile of `responseTime`, 0 to 1. Default: 0.5, the median. */
    readonly responseTimeQuantile?: number | undefined
    /** Response time in milliseconds from which a request counts as slow. Default: 1000. */
    readonly slowRequestsThreshold?: number | undefined
  }

  /**
   * Service statistics of a period. An unknown metric is null or missing.
   *
   * @since 0.1.0
   */
  export interface ServiceStats {
    /** Id of the model that the statistics are about. */
    readonly modelId?: string | null
    /** The period of the statistics. */
    readonly period?: Period | null
    /** The statistics. A value is null or missing if it is unknown, or if there were no requests. */
    readonly metrics: {
      /** Number of predicted rows. */
      readonly totalPredictions?: number | null
      /** Number of prediction requests. */
      readonly totalRequests?: number | null
      /** Number of prediction requests that took longer than `slowRequestsThreshold`. */
      readonly slowRequests?: number | null
      /** Time to compute the predictions of a request, in milliseconds, at the quantile `executionTimeQuantile`. */
      readonly executionTime?: number | null
      /** Time that the server took to respond, in milliseconds, at the quantile `responseTimeQuantile`. */
      readonly responseTime?: number | null
      /** Requests that failed because of the client (status 4xx), as a share of all requests, 0 to 1. */
      readonly userErrorRate?: number | null
      /** Requests that failed because of the server (status 5xx), as a share of all requests, 0 to 1. */
      readonly serverErrorRate?: number | null
      /** Number of different users who sent prediction requests. */
      readonly numConsumers?: number | null
      /** Share of the requests for which the model was in the cache, 0 to 1. */
      readonly cacheHitRatio?: number | null
      /** Median load, in requests per minute. */
      readonly medianLoad?: number | null
      /** Highest load, in requests per minute. */
      readonly peakLoad?: number | null
    }
    /** The attribute of the requested segment. Missing if none was requested. */
    readonly segmentAttribute?: string | null
    /** The value of the requested segment. Missing if none was requested. */
    readonly segmentValue?: string | null
  }

  /**
   * A period, its buckets, and the metric of the prediction service.
   *
   * @since 0.1.0
   */
  export interface ServiceStatsOverTimeInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
    readonly endTime?: DateInput | undefined
    /** Attribute that divides the requests: `DataRobot-Consumer`, `DataRobot-Remote-IP`, `DataRobot-Host-IP`, … */
    readonly segmentAttribute?: string | undefined
    /** Only requests with this value of the attribute. */
    readonly segmentValue?: string | undefined
    /** The metric. Default: `totalPredictions`. */
    readonly metric?: "totalPredictions" | "totalRequests" | "slowRequests" | "executionTime" | "responseTime" | "userErrorRate" | "serverErrorRate" | "numConsumers" | "cacheHitRatio" | "medianLoad" | "peakLoad" | undefined
    /** Length of a bucket: an ISO 8601 duration of whole hours, such as `PT1H` or `P7D`. */
    readonly bucketSize?: string | undefined
    /** Quantile of `executionTime` and `responseTime`, 0 to 1. Default: 0.5, the median. */
    readonly quantile?: number | undefined
    /** Response time in milliseconds from which a request counts as one of `slowRequests`. Default: 1000. */
    readonly threshold?: number | undefined
  }

  /**
   * One metric of the prediction service: its value for the whole period, and for each bucket, oldest first.
   *
   * @since 0.1.0
   */
  export interface ServiceStatsOverTime {
    /** Id of the model that the statistics are about. */
    readonly modelId?: string | null
    /** The attribute of the requested segment. Missing if none was requested. */
    readonly segmentAttribute?: string | null
    /** The value of the requested segment. Missing if none was requested. */
    readonly segmentValue?: string | null
    /** The metric. Its unit is that of the same metric in `ServiceStats`. */
    readonly metric: "totalPredictions" | "totalRequests" | "slowRequests" | "executionTime" | "responseTime" | "userErrorRate" | "serverErrorRate" | "numConsumers" | "cacheHitRatio" | "medianLoad" | "peakLoad" | (string & {})
    /** The value for the whole period. */
    readonly summary: {
      /** The value of the metric, in the unit of the metric. Null if it is unknown. */
      readonly value?: number | null
      /** The period of the value. */
      readonly period?: Period | null
    }
    /** The value for each part of the period, oldest first. */
    readonly buckets: ReadonlyArray<{
      /** The value of the metric, in the unit of the metric. Null if it is unknown. */
      readonly value?: number | null
      /** The period of the value. */
      readonly period?: Period | null
    }>
  }

  /**
   * A model that a deployment has or had. DataRobot does not document its keys; they are passed on as the server sends
   * them.
   *
   * @since 0.1.0
   */
  export type ModelHistoryEntry = {
    readonly [key: string]: unknown
  }

  /**
   * A feature of DataRobot, whether the deployment supports it, and the reasons if it does not.
   *
   * @since 0.1.0
   */
  export interface Capability {
    /** Name of the feature of DataRobot, such as `supports_chat_api`. */
    readonly name: string
    /** The reasons if it does not, as the server sends them. */
    readonly messages: ReadonlyArray<unknown>
    /** Whether the deployment supports it. */
    readonly supported: boolean
  }

  /**
   * Filters of the roles that a deployment is shared with.
   *
   * @since 0.1.0
   */
  export interface SharedRolesInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only this user, group or organization, by id. */
    readonly id?: string | undefined
    /** Only recipients with this name. */
    readonly name?: string | undefined
    /** Only users, only groups, or only organizations. */
    readonly shareRecipientType?: "user" | "group" | "organization" | undefined
  }

  /**
   * A user, group or organization that a deployment is shared with, and its role.
   *
   * @since 0.1.0
   */
  export interface SharedRole {
    /** Id of the user, group or organization. */
    readonly id: string
    /** Name of the user, group or organization. */
    readonly name?: string | null
    /** Its role on the deployment. */
    readonly role: "OWNER" | "USER" | "OBSERVER" | "CONSUMER" | (string & {})
    /** Whether it is a user, a group or an organization. */
    readonly shareRecipientType: "user" | "group" | "organization" | (string & {})
  }

  /**
   * A role to grant to a user, group or organization by `id`, or to a user by `username`.
   *
   * @since 0.1.0
   */
  export type Grant = {
    /** Id of the user, group or organization. */
    readonly id: string
    /** The role to grant. `NO_ROLE` removes the recipient's role. */
    readonly role: "OWNER" | "USER" | "OBSERVER" | "CONSUMER" | "NO_ROLE"
    /** The kind of recipient. */
    readonly shareRecipientType: "user" | "group" | "organization"
    /** Whether the recipient may share the deployment with others. */
    readonly canShare?: boolean | undefined
  } | {
    /** Name of the user. */
    readonly username: string
    /** The role to grant. `NO_ROLE` removes the recipient's role. */
    readonly role: "OWNER" | "USER" | "OBSERVER" | "CONSUMER" | "NO_ROLE"
    /** The kind of recipient. */
    readonly shareRecipientType: "user" | "group" | "organization"
    /** Whether the recipient may share the deployment with others. */
    readonly canShare?: boolean | undefined
  }

  /**
   * The model that makes a deployment's predictions: its champion.
   *
   * @since 0.1.0
   */
  export interface Model {
    /** Id of the model: a model of a project, or the version of a custom model. */
    readonly id?: string | null
    /** What kind of model it is, such as `Elastic-Net Classifier`. */
    readonly type?: string | null
    /** Name of the feature that it predicts. Null if the model has no target. */
    readonly targetName?: string | null
    /** What kind of target it predicts, such as `Binary`, `Regression` or `Multiclass`. Newer servers send others. */
    readonly targetType?: ("Binary" | "Regression" | "Multiclass" | (string & {})) | null
    /** Id of the project in which the model was built. Missing for custom and external models. */
    readonly projectId?: string | null
    /** Name of that project. Null for custom and external models. */
    readonly projectName?: string | null
    /** Whether the model was built without a target. */
    readonly unsupervisedMode?: boolean | null
    /** What kind of model without a target it is, such as `anomaly` or `clustering`. */
    readonly unsupervisedType?: string | null
    /** Whether it is an unstructured model, for which `Prediction.predictUnstructured` is. It takes and returns any data. */
    readonly unstructuredModelKind?: boolean | null
    /** Where the model was built, such as `DataRobot`, `Python` or `R`. */
    readonly buildEnvironmentType?: string | null
    /** When the model was deployed here. */
    readonly deployedAt?: Date | null
    /** Whether DataRobot has deprecated this kind of model. */
    readonly isDeprecated?: boolean | null
    /** Whether the model has a decision flow. */
    readonly hasDecisionFlow?: boolean | null
    /** Id of the decision flow. */
    readonly decisionFlowId?: string | null
    /** Id of the version of the decision flow. */
    readonly decisionFlowVersionId?: string | null
    /** The custom model that it was built from. Missing for other models. */
    readonly customModelImage?: Deployment.CustomModelImage | null
  }

  /**
   * The model package (registered model version) that is deployed.
   *
   * @since 0.1.0
   */
  export interface ModelPackage {
    /** Id of the model package. */
    readonly id?: string | null
    /** Name of the model package. */
    readonly name?: string | null
    /** Id of the registered model that it is a version of. */
    readonly registeredModelId?: string | null
  }

  /**
   * The server that makes predictions. On the managed cloud, prediction requests carry its key, which DataRobot calls
   * `datarobot-key`. It is a secret, so it is `Redacted`.
   *
   * @since 0.1.0
   */
  export interface PredictionServer {
    /** Id of the prediction server. */
    readonly id?: string | null
    /** URL of the prediction server, without a path. */
    readonly url?: string | null
  }

  /**
   * The platform that a deployment runs on.
   *
   * @since 0.1.0
   */
  export interface PredictionEnvironment {
    /** Id of the prediction environment. */
    readonly id?: string | null
    /** Name of the prediction environment. */
    readonly name?: string | null
    /** The platform, such as `datarobotServerless` or `aws`. */
    readonly platform?: string | null
    /** Name of the plugin that a management agent uses. */
    readonly plugin?: string | null
    /** Whether a management agent deploys its models. */
    readonly isManagedByManagementAgent?: boolean | null
    /** Formats of the models that it can run. */
    readonly supportedModelFormats?: ReadonlyArray<string> | null
  }

  /**
   * The health of one aspect of a deployment, in a period.
   *
   * @since 0.1.0
   */
  export interface HealthStatus {
    /** The reason for the health, in words. Service health has none. */
    readonly message?: string | null
    /** The health. */
    readonly status?: ("passing" | "warning" | "failing" | "unknown" | "unavailable" | (string & {})) | null
    /** Start of the period, inclusive. Null if the server reports none. */
    readonly startDate?: Date | null
    /** End of the period, exclusive. Null if the server reports none. */
    readonly endDate?: Date | null
  }

  /**
   * The fairness of a deployment's predictions.
   *
   * @since 0.1.0
   */
  export interface FairnessHealth {
    /** The health. */
    readonly status?: ("passing" | "warning" | "failing" | "unknown" | "unavailable" | (string & {})) | null
    /** Start of the period, inclusive. Null if the server reports none. */
    readonly startDate?: Date | null
    /** End of the period, exclusive. Null if the server reports none. */
    readonly endDate?: Date | null
    /** The reasons for the health, as the server sends them. Empty if there are none. */
    readonly messages: ReadonlyArray<unknown>
    /** The fairness metric that determines the health. */
    readonly influentialFairnessMetric?: string | null
    /** Number of protected features. */
    readonly protectedFeaturesCount?: number | null
  }

  /**
   * A user who owns a deployment.
   *
   * @since 0.1.0
   */
  export interface Owner {
    /** Id of the user. */
    readonly id?: string | null
    /** Email address of the user. */
    readonly email?: string | null
    /** First name of the user. */
    readonly firstName?: string | null
    /** Last name of the user. */
    readonly lastName?: string | null
  }

  /**
   * The custom model that a deployment's model was built from.
   *
   * @since 0.1.0
   */
  export interface CustomModelImage {
    /** Id of the custom model. */
    readonly customModelId?: string | null
    /** Name of the custom model. */
    readonly customModelName?: string | null
    /** Id of the version of the custom model. */
    readonly customModelVersionId?: string | null
    /** Label of that version, such as `1.0`. */
    readonly customModelVersionLabel?: string | null
    /** Id of the execution environment: the container image that runs the model. */
    readonly executionEnvironmentId?: string | null
    /** Name of the execution environment. */
    readonly executionEnvironmentName?: string | null
    /** Id of the version of the execution environment. */
    readonly executionEnvironmentVersionId?: string | null
    /** Label of that version. */
    readonly executionEnvironmentVersionLabel?: string | null
  }
}

/**
 * The types of `Job`.
 *
 * @since 0.1.0
 */
export namespace Job {
  /**
   * A job: its id, a handle, or the JSON text of a handle.
   *
   * @since 0.1.0
   */
  export type JobRef = Ref | Handle

  /**
   * A resource that a URL points to: `…/status/{id}/` is the resource `id` of the collection `status`.
   *
   * @since 0.1.0
   */
  export interface Resource {
    /** The collection of the API that has it, such as `deployments`. */
    readonly collection: string
    /** Its id. */
    readonly id: string
  }

  /**
   * The state of a job.
   *
   * @since 0.1.0
   */
  export interface JobState {
    /** The id of the job, as in `status/{id}/`. */
    readonly id: string
    /** The resource that the job created or changed. Known once the job has finished, if the server points to it. */
    readonly resource: Job.Resource | undefined
    /** What DataRobot says about the state. May be empty. */
    readonly message?: string | null
    /** The `type` that the server sends. DataRobot does not document its values. May be empty. */
    readonly type?: string | null
    /** The state, such as `INITIALIZED`, `RUNNING`, `COMPLETED`, `ERROR`, `ABORTED` or `EXPIRED`. */
    readonly status: string
    /** When the job was started. */
    readonly created?: Date | null
    /** What the job does, in words. */
    readonly description?: string | null
    /** The error code of DataRobot; 0 if there is no error. */
    readonly code?: number | null
    /** The `statusType` that the server sends. DataRobot does not document its values. May be empty. */
    readonly statusType?: string | null
  }
}

/**
 * The types of `DeploymentActuals`.
 *
 * @since 0.1.0
 */
export namespace DeploymentActuals {
  /**
   * The actual value that belongs to a prediction.
   *
   * @since 0.1.0
   */
  export interface Actual {
    /** When the outcome was observed. */
    readonly timestamp?: DateInput | undefined
    /** The prediction's value in the association id column; 1 to 128 characters. */
    readonly associationId: string
    /** The outcome that was observed: a number, or a class. */
    readonly actualValue: string | number
    /** Whether the prediction was acted on, which may have changed the outcome. */
    readonly wasActedOn?: boolean | undefined
  }

  /**
   * Options of a submission of actual values.
   *
   * @since 0.1.0
   */
  export interface SubmitOptions {
    /** Whether to keep actual values that have no prediction yet. Default: DataRobot decides. */
    readonly keepActualsWithoutPredictions?: boolean | undefined
    /** Called after each request with the progress. If it throws, the submission ends with that defect. */
    readonly onProgress?: ((submitted: DeploymentActuals.Submitted) => void) | undefined
    /**
     * Declares that this change may be sent twice. It is then retried even if the failed attempt may have made the
     * change. Default: `false`.
     */
    readonly idempotent?: boolean | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
    /** How long to wait for the job, and how often to poll. */
    readonly wait?: WaitOptions | undefined
  }

  /**
   * The progress of a submission: what DataRobot has processed so far.
   *
   * @since 0.1.0
   */
  export interface Submitted {
    /** Number of actual values. */
    readonly actuals: number
    /** Number of requests. */
    readonly requests: number
  }

  /**
   * A dataset of DataRobot's catalog that holds actual values, and its columns.
   *
   * @since 0.1.0
   */
  export interface DatasetInput {
    /** Id of the dataset. */
    readonly datasetId: string
    /** Id of a version of the dataset. Default: the latest. */
    readonly datasetVersionId?: string | undefined
    /** Name of the column with the association ids. */
    readonly associationIdColumn: string
    /** Name of the column with the actual values. */
    readonly actualValueColumn: string
    /** Name of the column that says whether a prediction was acted on. */
    readonly wasActedOnColumn?: string | undefined
    /** Name of the column with the times. */
    readonly timestampColumn?: string | undefined
  }
}

/**
 * The types of `DeploymentExport`.
 *
 * @since 0.1.0
 */
export namespace DeploymentExport {
  /**
   * The prediction data to export.
   *
   * @since 0.1.0
   */
  export interface PredictionsInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive. */
    readonly startTime: DateInput
    /** End of the period, exclusive. */
    readonly endTime: DateInput
    /** Only the predictions of these monitoring batches. Default: predictions outside of batches. */
    readonly batchIds?: ReadonlyArray<string> | undefined
    /** What to add to each row, as the API spells it. Default: nothing. */
    readonly augmentationType?: string | undefined
  }

  /**
   * An export that was started: pass it to `download`. Plain data that survives `JSON.stringify`.
   *
   * @since 0.1.0
   */
  export interface StartedExport<Kind extends DeploymentExport.ExportKind> {
    /** What it exports. */
    readonly kind: Kind
    /** Id of the export. */
    readonly id: string
    /** Id of the deployment. */
    readonly deploymentId: string
    /** Id of the job that makes the export, as in `status/{id}/`. */
    readonly jobId?: string | undefined
  }

  /**
   * The actual values to export.
   *
   * @since 0.1.0
   */
  export interface ActualsInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive. */
    readonly startTime: DateInput
    /** End of the period, exclusive. */
    readonly endTime: DateInput
    /** Only the actual values that belong to a prediction. */
    readonly onlyMatchedPredictions?: boolean | undefined
  }

  /**
   * The training data to export.
   *
   * @since 0.1.0
   */
  export interface TrainingInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
  }

  /**
   * An export of training data that was started: pass it to `download`. Plain data that survives `JSON.stringify`. It may
   * have no `id` yet.
   *
   * @since 0.1.0
   */
  export interface StartedTrainingExport {
    /** What it exports. */
    readonly kind: "training"
    /** Id of the deployment. */
    readonly deploymentId: string
    /** Id of the export. An export of training data has none until it has finished. */
    readonly id?: string | undefined
    /** Id of the job that makes the export, as in `status/{id}/`. */
    readonly jobId?: string | undefined
  }

  /**
   * Filters of a listing of exports of prediction data.
   *
   * @since 0.1.0
   */
  export interface ListPredictionsInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only exports in this state. */
    readonly status?: "FAILED" | "CREATED" | "SCHEDULED" | "CANCELLED" | "SUCCEEDED" | undefined
    /** Only exports of this model. */
    readonly modelId?: string | undefined
    /** Only exports of monitoring batches, or, if false, only others. */
    readonly batch?: boolean | undefined
  }

  /**
   * An export of prediction data. `data` names the datasets that it made, usually one.
   *
   * @since 0.1.0
   */
  export type PredictionsExport = {
    /** Id of the export. */
    readonly id: string
    /** The state of the export. `SUCCEEDED`: its data can be downloaded. */
    readonly status?: ("FAILED" | "CREATED" | "SCHEDULED" | "CANCELLED" | "SUCCEEDED" | (string & {})) | null
    /** Id of the model whose data is exported. */
    readonly modelId?: string | null
    /** Why the export failed. Null if it did not. */
    readonly error?: {
      /** The reason, in words. */
      readonly message?: string | null
    } | null
    /** When the export was started. */
    readonly createdAt?: Date | null
    /** The period whose data is exported, `[start, end)`. */
    readonly period?: Period | null
    /** The monitoring batches whose predictions are exported, as the server sends them. Null if it has none. */
    readonly batches?: unknown
    /** The datasets that the export made. Null until it has succeeded. */
    readonly data?: (ReadonlyArray<{
      /** Id of the dataset. */
      readonly id: string
      /** Name of the dataset. */
      readonly name?: string | null
    }>) | null
  } & {
    /** What it exports. */
    readonly kind: "predictions"
    /** Id of the deployment. */
    readonly deploymentId: string
  }

  /**
   * Filters of a listing of exports of actual values.
   *
   * @since 0.1.0
   */
  export interface ListActualsInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only exports in this state. */
    readonly status?: "FAILED" | "CREATED" | "SCHEDULED" | "CANCELLED" | "SUCCEEDED" | undefined
    /** Only exports of this model. */
    readonly modelId?: string | undefined
  }

  /**
   * An export of actual values. `data` names the datasets that it made, usually one.
   *
   * @since 0.1.0
   */
  export type ActualsExport = {
    /** Id of the export. */
    readonly id: string
    /** The state of the export. `SUCCEEDED`: its data can be downloaded. */
    readonly status?: ("FAILED" | "CREATED" | "SCHEDULED" | "CANCELLED" | "SUCCEEDED" | (string & {})) | null
    /** Id of the model whose data is exported. */
    readonly modelId?: string | null
    /** Why the export failed. Null if it did not. */
    readonly error?: {
      /** The reason, in words. */
      readonly message?: string | null
    } | null
    /** When the export was started. */
    readonly createdAt?: Date | null
    /** The period whose data is exported, `[start, end)`. */
    readonly period?: Period | null
    /** Whether only the actual values that belong to a prediction are exported. */
    readonly onlyMatchedPredictions?: boolean | null
    /** The datasets that the export made. Null until it has succeeded. */
    readonly data?: (ReadonlyArray<{
      /** Id of the dataset. */
      readonly id: string
      /** Name of the dataset. */
      readonly name?: string | null
    }>) | null
  } & {
    /** What it exports. */
    readonly kind: "actuals"
    /** Id of the deployment. */
    readonly deploymentId: string
  }

  /**
   * The range of a listing of exports of training data.
   *
   * @since 0.1.0
   */
  export interface ListTrainingInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
  }

  /**
   * An export of training data. `data` names the dataset that it made.
   *
   * @since 0.1.0
   */
  export type TrainingExport = {
    /** Id of the export. */
    readonly id: string
    /** Id of the model whose training data is exported. */
    readonly modelId?: string | null
    /** Id of the model package whose training data is exported. */
    readonly modelPackageId?: string | null
    /** When the export was started. */
    readonly createdAt?: Date | null
    /** The dataset that the export made. */
    readonly data?: {
      /** Id of the dataset. */
      readonly id: string
      /** Name of the dataset. */
      readonly name?: string | null
    } | null
  } & {
    /** What it exports. */
    readonly kind: "training"
    /** Id of the deployment. */
    readonly deploymentId: string
  }

  /**
   * An export: what `DeploymentExport.download` downloads. Plain data that survives `JSON.stringify`, so that another
   * process can download it.
   *
   * @since 0.1.0
   */
  export interface ExportRef {
    /** What it exports. */
    readonly kind: DeploymentExport.ExportKind
    /** Id of the deployment. */
    readonly deploymentId: string
    /** Id of the export. An export of training data has none until it has finished. */
    readonly id?: string | undefined
    /** Id of the job that makes the export, as in `status/{id}/`. */
    readonly jobId?: string | undefined
  }

  /**
   * Options of the download of an export.
   *
   * @since 0.1.0
   */
  export interface DownloadOptions {
    /** Whether the dataset of the export remains after the download. Default: false, it is deleted. */
    readonly keep?: boolean | undefined
    /** Longest time without progress: until the server sends, or takes, more of the file. Default: 1 minute. */
    readonly idleTimeout?: DurationInput | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
    /** How long to wait for the job, and how often to poll. */
    readonly wait?: WaitOptions | undefined
  }

  /**
   * What an export exports.
   *
   * @since 0.1.0
   */
  export type ExportKind = "predictions" | "actuals" | "training"
}

/**
 * The types of `DeploymentModel`.
 *
 * @since 0.1.0
 */
export namespace DeploymentModel {
  /**
   * Filters and order of a listing of features.
   *
   * @since 0.1.0
   */
  export interface FeaturesInput {
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only features with this text in their name, in any case. */
    readonly search?: string | undefined
    /** Maximum number of features in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Sort order; a leading `-` reverses it. */
    readonly orderBy?: "name" | "importance" | "-importance" | "-name" | undefined
    /** Whether to include features that the model does not use. Default: false. */
    readonly includeNonPredictionFeatures?: boolean | undefined
    /** Only features that can divide the data into segments. Default: false. */
    readonly forSegmentedAnalysis?: boolean | undefined
  }

  /**
   * A feature of the deployed model. `importance` is its share of influence on the target, 0 to 1.
   *
   * @since 0.1.0
   */
  export interface Feature {
    /** Name of the feature. */
    readonly name: string
    /** Its share of influence on the target, 0 to 1. Null if it is unknown. */
    readonly importance?: number | null
    /** What kind of feature it is, such as `Numeric`, `Categorical`, `Text` or `Date`. */
    readonly featureType?: string | null
    /** Format of its values, as in Python's `strftime`. Dates only. */
    readonly dateFormat?: string | null
    /** Whether its future values are known when a forecast is made. Time series models only. */
    readonly knownInAdvance?: boolean | null
  }

  /**
   * A challenger model: its `id`, and every other key (`model`, `modelPackage`, …) as the server sends it.
   *
   * @since 0.1.0
   */
  export interface Challenger {
    /** Its id. */
    readonly id: string
    readonly [key: string]: unknown
  }

  /**
   * The model package of the champion: its `id`, and every other key as the server sends it.
   *
   * @since 0.1.0
   */
  export interface ChampionModelPackage {
    /** Its id. */
    readonly id: string
    readonly [key: string]: unknown
  }

  /**
   * The model to deploy instead: either a model package or a model.
   *
   * @since 0.1.0
   */
  export interface CandidateInput {
    /** Id of a model of a project; DataRobot creates a package from it. DataRobot has deprecated this: use a package. */
    readonly modelId?: string | undefined
    /** Id of a model package (registered model version). */
    readonly modelPackageId?: string | undefined
  }

  /**
   * Whether a model can replace the deployed one. `checks` has the results by name, such as `target`, `features`,
   * `featureDataTypes`, `notCurrentModel` or `permission`. A server sends only the checks that apply.
   *
   * @since 0.1.0
   */
  export interface ReplacementValidation {
    /** The result, in words. */
    readonly message?: string | null
    /** `passing`: the model can be replaced. `warning`: it can be replaced, but see `message`. `failing`: it cannot. */
    readonly status?: ("passing" | "warning" | "failing" | (string & {})) | null
    /** The result of each check, by the name of the check. Empty if the server sends none. */
    readonly checks: {
      readonly [key: string]: {
        /** The result, in words. Null if there is nothing to say. */
        readonly message?: string | null
        /** The result of the check. */
        readonly status?: ("passing" | "warning" | "failing" | (string & {})) | null
      } | null
    }
  }

  /**
   * The model to deploy instead, and the reason.
   *
   * @since 0.1.0
   */
  export interface ReplacementInput {
    /** Id of a model of a project; DataRobot creates a package from it. DataRobot has deprecated this: use a package. */
    readonly modelId?: string | undefined
    /** Id of a model package (registered model version). */
    readonly modelPackageId?: string | undefined
    /** Why the model is replaced. */
    readonly reason: "ACCURACY" | "DATA_DRIFT" | "ERRORS" | "SCHEDULED_REFRESH" | "SCORING_SPEED" | "DEPRECATION" | "OTHER"
    /** Parameter values for a custom model at run time. */
    readonly runtimeParameterValues?: ReadonlyArray<RuntimeParameterValue> | undefined
  }

  /**
   * The secondary datasets of the deployed model.
   *
   * @since 0.1.0
   */
  export interface SecondaryDatasetConfig {
    /** Id of the configuration of secondary datasets. Null or missing if the model has none. */
    readonly secondaryDatasetConfigId?: string | null
  }

  /**
   * The secondary datasets to use with the deployed model.
   *
   * @since 0.1.0
   */
  export interface SecondaryDatasetConfigInput {
    /** Id of the configuration of secondary datasets. */
    readonly secondaryDatasetConfigId: string
    /** Ids of the credentials to read them with. */
    readonly credentialsIds?: ReadonlyArray<string> | undefined
  }

  /**
   * What a file of scoring code includes.
   *
   * @since 0.1.0
   */
  export interface ScoringCodeInput {
    /** Whether the file has the source code instead of the compiled classes. Default: false. */
    readonly sourceCode?: boolean | undefined
    /** Whether the file includes the monitoring agent. DataRobot then has to build the file. Default: false. */
    readonly includeAgent?: boolean | undefined
    /** Whether the code can explain its predictions. DataRobot then has to build the file. Default: false. */
    readonly includePredictionExplanations?: boolean | undefined
    /** Whether the code can compute prediction intervals. DataRobot then has to build the file. Default: false. */
    readonly includePredictionIntervals?: boolean | undefined
  }

  /**
   * How a file of a model package is built.
   *
   * @since 0.1.0
   */
  export interface ModelPackageFileInput {
    /** Whether the intervals of all forecasts are computed. Time series models only. Default: false. */
    readonly computeAllTsIntervals?: boolean | undefined
  }
}

/**
 * The types of `DeploymentMonitoring`.
 *
 * @since 0.1.0
 */
export namespace DeploymentMonitoring {
  /**
   * A period, and the metric of drift.
   *
   * @since 0.1.0
   */
  export interface TargetDriftInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
    readonly endTime?: DateInput | undefined
    /** The metric of drift. Default: `psi`. */
    readonly metric?: "psi" | "kl_divergence" | "dissimilarity" | "hellinger" | "js_divergence" | undefined
  }

  /**
   * How far the predictions of a period have drifted from those of the training data. `driftScore` is null if there are
   * too few predictions.
   *
   * @since 0.1.0
   */
  export interface TargetDrift {
    /** Id of the model. */
    readonly modelId?: string | null
    /** Name of the target. */
    readonly targetName?: string | null
    /** The period whose data is compared with the training data. */
    readonly period?: Period | null
    /** The metric of `driftScore`. */
    readonly metric?: ("psi" | "kl_divergence" | "dissimilarity" | "hellinger" | "js_divergence" | (string & {})) | null
    /** Number of rows in the period. */
    readonly sampleSize?: number | null
    /** How far the data has drifted, on the scale of `metric`: 0 means no drift. Null if there are too few predictions. */
    readonly driftScore?: number | null
    /** Number of rows in the training data. */
    readonly baselineSampleSize?: number | null
  }

  /**
   * A period, the metric of drift, and the range of features.
   *
   * @since 0.1.0
   */
  export interface FeatureDriftInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
    readonly endTime?: DateInput | undefined
    /** The metric of drift. Default: `psi`. */
    readonly metric?: "psi" | "kl_divergence" | "dissimilarity" | "hellinger" | "js_divergence" | undefined
  }

  /**
   * How far a feature's values in a period have drifted from those of the training data. `featureImpact` is the feature's
   * share of influence on the predictions, 0 to 1.
   *
   * @since 0.1.0
   */
  export interface FeatureDrift {
    /** Id of the model. */
    readonly modelId?: string | null
    /** Name of the feature. */
    readonly name: string | null
    /** The period whose data is compared with the training data. */
    readonly period?: Period | null
    /** The metric of `driftScore`. */
    readonly metric?: ("psi" | "kl_divergence" | "dissimilarity" | "hellinger" | "js_divergence" | (string & {})) | null
    /** Number of rows in the period. */
    readonly sampleSize?: number | null
    /** The feature's share of influence on the predictions, 0 to 1. Null if it is unknown. */
    readonly featureImpact?: number | null
    /** How far the data has drifted, on the scale of `metric`: 0 means no drift. Null if there are too few predictions. */
    readonly driftScore?: number | null
    /** Number of rows in the training data. */
    readonly baselineSampleSize?: number | null
  }

  /**
   * A period, and a segment of its requests.
   *
   * @since 0.1.0
   */
  export interface AccuracyInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
    readonly endTime?: DateInput | undefined
    /** Attribute that divides the requests: `DataRobot-Consumer`, `DataRobot-Remote-IP`, `DataRobot-Host-IP`, … */
    readonly segmentAttribute?: string | undefined
    /** Only requests with this value of the attribute. */
    readonly segmentValue?: string | undefined
  }

  /**
   * The accuracy of the predictions of a period, by metric (`LogLoss`, `Rate@Top5%`, …). `baselineValue` is the value for
   * the training data, and `percentChange` is the change from it in percent. A value is null if there are too few actual
   * values.
   *
   * @since 0.1.0
   */
  export interface Accuracy {
    /** Id of the model. */
    readonly modelId?: string | null
    /** The period whose predictions are compared with actual values. */
    readonly period?: Period | null
    /** The accuracy by the name of the metric, as the API spells it: `LogLoss`, `Rate@Top5%`, … */
    readonly metrics: {
      readonly [key: string]: {
        /** The value of the metric, in the unit of the metric. Null if there are too few actual values. */
        readonly value?: number | null
        /** The value for the training data, in the unit of the metric. */
        readonly baselineValue?: number | null
        /** Change from `baselineValue` to `value`, in percent. */
        readonly percentChange?: number | null
      }
    }
  }

  /**
   * A period, its buckets, and the accuracy metric.
   *
   * @since 0.1.0
   */
  export interface AccuracyOverTimeInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
    readonly endTime?: DateInput | undefined
    /** Attribute that divides the requests: `DataRobot-Consumer`, `DataRobot-Remote-IP`, `DataRobot-Host-IP`, … */
    readonly segmentAttribute?: string | undefined
    /** Only requests with this value of the attribute. */
    readonly segmentValue?: string | undefined
    /**
     * The metric, as the API spells it (`LogLoss`, `AUC`, `RMSE`, `Rate@Top5%`, …). Default: the usual metric of the
     * target.
     */
    readonly metric?: string | undefined
    /** Length of a bucket: an ISO 8601 duration of whole hours, such as `PT1H` or `P7D`. */
    readonly bucketSize?: string | undefined
  }

  /**
   * One accuracy metric: its value for the training data, for the whole period, and for each bucket, oldest first.
   *
   * @since 0.1.0
   */
  export interface AccuracyOverTime {
    /** Id of the model. */
    readonly modelId?: string | null
    /** The accuracy metric, as the API spells it: `LogLoss`, `Rate@Top5%`, … */
    readonly metric: string
    /** The value for the whole period. */
    readonly summary?: {
      /** The value of the metric, in the unit of the metric. Null if it is unknown. */
      readonly value?: number | null
      /** The period of the value. */
      readonly period?: Period | null
      /** Number of predictions with an actual value. */
      readonly sampleSize?: number | null
      /** The value for each class, as the server sends it. Multiclass targets only. */
      readonly valuePerClass?: unknown
    } | null
    /** The value for each part of the period, oldest first. */
    readonly buckets: ReadonlyArray<{
      /** The value of the metric, in the unit of the metric. Null if it is unknown. */
      readonly value?: number | null
      /** The period of the value. */
      readonly period?: Period | null
      /** Number of predictions with an actual value. */
      readonly sampleSize?: number | null
      /** The value for each class, as the server sends it. Multiclass targets only. */
      readonly valuePerClass?: unknown
    }>
    /** The value for the training data. */
    readonly baseline?: {
      /** The value of the metric, in the unit of the metric. Null if it is unknown. */
      readonly value?: number | null
      /** The period of the value. */
      readonly period?: Period | null
      /** Number of predictions with an actual value. */
      readonly sampleSize?: number | null
      /** The value for each class, as the server sends it. Multiclass targets only. */
      readonly valuePerClass?: unknown
    } | null
  }

  /**
   * A period, its buckets, and the predictions to include.
   *
   * @since 0.1.0
   */
  export interface PredictionsOverTimeInput {
    /** Id of the current model or an earlier one. Default: the current model. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive, at the top of an hour. Default: seven days before its end. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: the next full hour. */
    readonly endTime?: DateInput | undefined
    /** Length of a bucket: an ISO 8601 duration of whole hours, such as `PT1H` or `P7D`. */
    readonly bucketSize?: string | undefined
    /** Only this class of the target. */
    readonly targetClass?: string | undefined
    /** Whether to include percentiles of each bucket. Default: false. */
    readonly includePercentiles?: boolean | undefined
  }

  /**
   * Predictions for the training data (`baselines`), and for each bucket of the period, oldest first. The other keys of a
   * bucket depend on the target; they are passed on as the server sends them.
   *
   * @since 0.1.0
   */
  export interface PredictionsOverTime {
    /** The predictions for each part of the period, oldest first. */
    readonly buckets: ReadonlyArray<{
      /** The period of the predictions. */
      readonly period?: Period | null
      readonly [key: string]: unknown
    }>
    /** The predictions for the training data. */
    readonly baselines: ReadonlyArray<{
      /** The period of the predictions. */
      readonly period?: Period | null
      readonly [key: string]: unknown
    }>
  }

  /**
   * Filters of a listing of predicted rows.
   *
   * @since 0.1.0
   */
  export interface PredictionResultsInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Id of the current model or an earlier one. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive. */
    readonly endTime?: DateInput | undefined
    /** Only rows with (or, if false, without) an actual value. */
    readonly actualsPresent?: boolean | undefined
  }

  /**
   * A predicted row as the server sends it. Its keys depend on the deployment.
   *
   * @since 0.1.0
   */
  export type PredictionResult = {
    readonly [key: string]: unknown
  }

  /**
   * Filters of a stream of predicted rows, and how early it fetches pages.
   *
   * @since 0.1.0
   */
  export interface PredictionResultsStreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Id of the current model or an earlier one. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive. */
    readonly endTime?: DateInput | undefined
    /** Only rows with (or, if false, without) an actual value. */
    readonly actualsPresent?: boolean | undefined
  }

  /**
   * Filters of the predicted rows in a file.
   *
   * @since 0.1.0
   */
  export interface PredictionResultsFileInput {
    /** Id of the current model or an earlier one. */
    readonly modelId?: string | undefined
    /** Start of the period, inclusive. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive. */
    readonly endTime?: DateInput | undefined
    /** Only rows with (or, if false, without) an actual value. */
    readonly actualsPresent?: boolean | undefined
  }

  /**
   * The monitoring data to delete: all data of a model, or those of a period.
   *
   * @since 0.1.0
   */
  export interface DeleteMonitoringDataInput {
    /** Id of the model. */
    readonly modelId: string
    /** Start of the period, inclusive, at the top of an hour. Default: the beginning. */
    readonly startTime?: DateInput | undefined
    /** End of the period, exclusive, at the top of an hour. Default: no end. */
    readonly endTime?: DateInput | undefined
  }
}

/**
 * The types of `DeploymentSettings`.
 *
 * @since 0.1.0
 */
export namespace DeploymentSettings {
  /**
   * The settings of a deployment. A setting that it does not have is missing or null.
   *
   * @since 0.1.0
   */
  export interface Settings {
    /** The columns that identify a prediction, so that actual values can be matched with it. */
    readonly associationId?: {
      /** The columns. Null if there are none. */
      readonly columnNames?: ReadonlyArray<string> | null
      /** Whether a prediction request without these columns is rejected. */
      readonly requiredInPredictionRequests?: boolean | null
      /** Whether DataRobot generates ids for rows without one. */
      readonly autoGenerateId?: boolean | null
    } | null
    /** Whether drift of the predictions is tracked. */
    readonly targetDrift?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
    } | null
    /** Whether drift of the features is tracked, and for which features. */
    readonly featureDrift?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
      /** How the features are selected, such as `auto` or `manual`. */
      readonly featureSelection?: string | null
      /** The features, if they are selected by hand. */
      readonly trackedFeatures?: ReadonlyArray<string> | null
    } | null
    /** Whether predicted rows are stored. */
    readonly predictionsDataCollection?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
    } | null
    /** The boundaries beyond which a prediction is an outlier. */
    readonly predictionWarning?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
      /**
       * Your own boundaries. Null if those of the model are used. A server sends either `lower` and `upper`, or
       * `lowerBoundary` and `upperBoundary`.
       */
      readonly customBoundaries?: {
        /** The lowest value that is no outlier. */
        readonly lower?: number | null
        /** The highest value that is no outlier. */
        readonly upper?: number | null
        /** The same as `lower`, as some servers spell it. */
        readonly lowerBoundary?: number | null
        /** The same as `upper`, as some servers spell it. */
        readonly upperBoundary?: number | null
      } | null
    } | null
    /** Intervals of time series predictions. */
    readonly predictionIntervals?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
      /** The width of the intervals, in percent. */
      readonly percentiles?: ReadonlyArray<number> | null
    } | null
    /** Whether time series predictions are monitored by the date that they forecast. */
    readonly predictionsByForecastDate?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
      /** The column that holds the date. */
      readonly columnName?: string | null
      /** The format of the column, as in Python's `strftime`. */
      readonly datetimeFormat?: string | null
    } | null
    /** Whether challengers also make predictions. */
    readonly challengerModels?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
    } | null
    /** Whether requests are divided into segments by attributes. */
    readonly segmentAnalysis?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
      /** Your own attributes, in addition to those of DataRobot. */
      readonly attributes?: ReadonlyArray<string> | null
    } | null
    /** Whether humility rules are applied. */
    readonly humility?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
    } | null
    /** Whether actual values are taken from later prediction requests. */
    readonly automaticActuals?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
    } | null
    /** Monitoring for bias and fairness. */
    readonly biasAndFairness?: {
      /** The features to protect. */
      readonly protectedFeatures?: ReadonlyArray<string> | null
      /** The favorable value of the target. */
      readonly preferableTargetValue?: unknown
      /** The fairness metrics, such as `equalParity`. */
      readonly fairnessMetricsSet?: string | null
      /** The share from which predictions count as fair, 0 to 1. */
      readonly fairnessThreshold?: number | null
    } | null
    /** Whether predictions are monitored in batches. */
    readonly batchMonitoring?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
    } | null
    /** The number and the kind of machines that make predictions. */
    readonly predictionsSettings?: {
      /** Minimum number of machines. */
      readonly minComputes?: number | null
      /** Maximum number of machines. */
      readonly maxComputes?: number | null
      /** Id of the kind of machine. */
      readonly resourceBundleId?: string | null
    } | null
  }

  /**
   * Changes to the settings of a deployment, at least one. A setting that is left out keeps its value.
   *
   * @since 0.1.0
   */
  export interface SettingsInput {
    /** The columns that identify a prediction, so that actual values can be matched with it. */
    readonly associationId?: {
      /** The columns; null for none. */
      readonly columnNames?: ReadonlyArray<string> | null | undefined
      /** Whether a prediction request without these columns is rejected. */
      readonly requiredInPredictionRequests?: boolean | undefined
      /** Whether DataRobot generates ids for rows without one. */
      readonly autoGenerateId?: boolean | undefined
    } | undefined
    /** Whether drift of the predictions is tracked. */
    readonly targetDrift?: {
      /** Whether it is on. */
      readonly enabled: boolean
    } | undefined
    /** Whether drift of the features is tracked, and for which features. */
    readonly featureDrift?: {
      /** Whether it is on. */
      readonly enabled?: boolean | undefined
      /** How the features are selected, such as `auto` or `manual`. */
      readonly featureSelection?: string | undefined
      /** The features, if they are selected by hand. */
      readonly trackedFeatures?: ReadonlyArray<string> | undefined
    } | undefined
    /** Whether predicted rows are stored. */
    readonly predictionsDataCollection?: {
      /** Whether it is on. */
      readonly enabled: boolean
    } | undefined
    /** The boundaries beyond which a prediction is an outlier. */
    readonly predictionWarning?: {
      /** Whether it is on. */
      readonly enabled?: boolean | undefined
      /** Your own boundaries; null for those of the model. */
      readonly customBoundaries?: {
        /** The lowest value that is no outlier. */
        readonly lower: number
        /** The highest value that is no outlier. */
        readonly upper: number
      } | null | undefined
    } | undefined
    /** Intervals of time series predictions. */
    readonly predictionIntervals?: {
      /** Whether it is on. */
      readonly enabled?: boolean | undefined
      /** The width in percent: one whole number from 1 to 99. */
      readonly percentiles?: ReadonlyArray<number> | undefined
    } | undefined
    /** Whether time series predictions are monitored by the date that they forecast. */
    readonly predictionsByForecastDate?: {
      /** Whether it is on. */
      readonly enabled?: boolean | undefined
      /** The column that holds the date. */
      readonly columnName?: string | undefined
      /** The format of the column, as in Python's `strftime`. */
      readonly datetimeFormat?: string | undefined
    } | undefined
    /** Whether challengers also make predictions. */
    readonly challengerModels?: {
      /** Whether it is on. */
      readonly enabled: boolean
    } | undefined
    /** Whether requests are divided into segments by attributes, and your own attributes for it. */
    readonly segmentAnalysis?: {
      /** Whether it is on. */
      readonly enabled?: boolean | undefined
      /** Your own attributes. */
      readonly attributes?: ReadonlyArray<string> | undefined
    } | undefined
    /** Whether humility rules are applied. */
    readonly humility?: {
      /** Whether it is on. */
      readonly enabled: boolean
    } | undefined
    /** Whether actual values are taken from later prediction requests. */
    readonly automaticActuals?: {
      /** Whether it is on. */
      readonly enabled: boolean
    } | undefined
    /** Monitoring for bias and fairness. */
    readonly biasAndFairness?: {
      /** The features to protect. */
      readonly protectedFeatures?: ReadonlyArray<string> | undefined
      /** The favorable value of the target. */
      readonly preferableTargetValue?: string | number | boolean | undefined
      /** The metrics, such as `equalParity`. */
      readonly fairnessMetricsSet?: string | undefined
      /** The share from which predictions count as fair, 0 to 1. */
      readonly fairnessThreshold?: number | undefined
    } | undefined
    /** Whether predictions are monitored in batches. */
    readonly batchMonitoring?: {
      /** Whether it is on. */
      readonly enabled: boolean
    } | undefined
    /** The number and the kind of machines that make predictions. */
    readonly predictionsSettings?: {
      /** Minimum number of machines. */
      readonly minComputes?: number | undefined
      /** Maximum number of machines. */
      readonly maxComputes?: number | undefined
      /** Id of the kind of machine. */
      readonly resourceBundleId?: string | undefined
    } | undefined
  }

  /**
   * The limits at which the health of a deployment becomes `warning` or `failing`.
   *
   * @since 0.1.0
   */
  export interface HealthSettings {
    /** Service health. */
    readonly service?: {
      /** Number of batches to evaluate. */
      readonly batchCount?: number | null
    } | null
    /** Data drift. */
    readonly dataDrift?: {
      /** Number of batches to evaluate. */
      readonly batchCount?: number | null
      /** The period that is evaluated, such as `T2H` (two hours) or `P7D` (seven days). */
      readonly timeInterval?: string | null
      /** The drift from which a feature counts as drifted, 0 to 1. */
      readonly driftThreshold?: number | null
      /** The importance from which a feature counts as important, 0 to 1. */
      readonly importanceThreshold?: number | null
      /** Number of drifted features of low importance that make the health `warning`. */
      readonly lowImportanceWarningCount?: number | null
      /** Number of drifted features of low importance that make the health `failing`. */
      readonly lowImportanceFailingCount?: number | null
      /** Number of drifted features of high importance that make the health `warning`. */
      readonly highImportanceWarningCount?: number | null
      /** Number of drifted features of high importance that make the health `failing`. */
      readonly highImportanceFailingCount?: number | null
      /** Features that are ignored. */
      readonly excludedFeatures?: ReadonlyArray<string> | null
      /** Features that always count as important. */
      readonly starredFeatures?: ReadonlyArray<string> | null
    } | null
    /** Accuracy. */
    readonly accuracy?: {
      /** The metric, as the API spells it. */
      readonly metric?: string | null
      /** Number of batches to evaluate. */
      readonly batchCount?: number | null
      /** Whether the thresholds apply to the `value` of the metric, or to its change in `percent`. */
      readonly measurement?: ("value" | "percent" | (string & {})) | null
      /** The value at which the health becomes `warning`. Null for never. */
      readonly warningThreshold?: number | null
      /** The value at which the health becomes `failing`. Null for never. */
      readonly failingThreshold?: number | null
    } | null
    /** Fairness: the number of protected classes below the fairness threshold. */
    readonly fairness?: {
      /** Number of classes that make the health `warning`. */
      readonly protectedClassWarningCount?: number | null
      /** Number of classes that make the health `failing`. */
      readonly protectedClassFailingCount?: number | null
    } | null
    /** Custom metrics. */
    readonly customMetrics?: {
      /** Conditions that make the health `warning`. */
      readonly warningConditions?: (ReadonlyArray<{
        /** The value to compare with, in the unit of the metric. */
        readonly threshold?: number | null
        /** Id of the custom metric. */
        readonly metricId: string
        /** How the metric is compared with `threshold`. */
        readonly compareOperator: "lt" | "lte" | "gt" | "gte" | (string & {})
        /** The category, for a metric of categories. */
        readonly categoryName?: string | null
      }>) | null
      /** Conditions that make the health `failing`. */
      readonly failingConditions?: (ReadonlyArray<{
        /** The value to compare with, in the unit of the metric. */
        readonly threshold?: number | null
        /** Id of the custom metric. */
        readonly metricId: string
        /** How the metric is compared with `threshold`. */
        readonly compareOperator: "lt" | "lte" | "gt" | "gte" | (string & {})
        /** The category, for a metric of categories. */
        readonly categoryName?: string | null
      }>) | null
    } | null
    /** How often predictions are expected. */
    readonly predictionsTimeliness?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
      /** How often data is expected: an ISO 8601 duration. */
      readonly expectedFrequency?: string | null
    } | null
    /** How often actual values are expected. */
    readonly actualsTimeliness?: {
      /** Whether it is on. */
      readonly enabled?: boolean | null
      /** How often data is expected: an ISO 8601 duration. */
      readonly expectedFrequency?: string | null
    } | null
  }

  /**
   * Changes to the health settings of a deployment, at least one. A setting that is left out keeps its value.
   *
   * @since 0.1.0
   */
  export interface HealthSettingsInput {
    /** Service health: the number of batches to evaluate. */
    readonly service?: {
      /** Number of batches that count. */
      readonly batchCount?: 1 | 5 | 10 | 100 | 50 | 1000 | 10000 | undefined
    } | undefined
    /** Data drift. */
    readonly dataDrift?: {
      /** Number of batches to evaluate. */
      readonly batchCount?: 1 | 5 | 10 | 100 | 50 | 1000 | 10000 | undefined
      /** The period that is evaluated, such as `T2H` or `P7D`. */
      readonly timeInterval?: string | undefined
      /** The drift from which a feature counts as drifted, 0 to 1. */
      readonly driftThreshold?: number | undefined
      /** The importance from which a feature counts as important, 0 to 1. */
      readonly importanceThreshold?: number | undefined
      /** Number of drifted features of low importance that make the health `warning`. */
      readonly lowImportanceWarningCount?: number | undefined
      /** Number of drifted features of low importance that make the health `failing`. */
      readonly lowImportanceFailingCount?: number | undefined
      /** Number of drifted features of high importance that make the health `warning`. */
      readonly highImportanceWarningCount?: number | undefined
      /** Number of drifted features of high importance that make the health `failing`. */
      readonly highImportanceFailingCount?: number | undefined
      /** Features to ignore. */
      readonly excludedFeatures?: ReadonlyArray<string> | undefined
      /** Features that always count as important. */
      readonly starredFeatures?: ReadonlyArray<string> | undefined
    } | undefined
    /** Accuracy. */
    readonly accuracy?: {
      /** The metric, as the API spells it. */
      readonly metric?: string | undefined
      /** Number of batches to evaluate. */
      readonly batchCount?: 1 | 5 | 10 | 100 | 50 | 1000 | 10000 | undefined
      /** Whether the thresholds apply to the `value`, or to its change in `percent`. */
      readonly measurement?: string | undefined
      /** The value at which the health becomes `warning`; null for never. */
      readonly warningThreshold?: number | null | undefined
      /** The value at which the health becomes `failing`; null for never. */
      readonly failingThreshold?: number | null | undefined
    } | undefined
    /** Fairness: the number of protected classes below the fairness threshold. */
    readonly fairness?: {
      /** Number of classes that make the health `warning`. */
      readonly protectedClassWarningCount?: number | undefined
      /** Number of classes that make the health `failing`. */
      readonly protectedClassFailingCount?: number | undefined
    } | undefined
    /** Custom metrics. */
    readonly customMetrics?: {
      /** Conditions that make the health `warning`. */
      readonly warningConditions?: ReadonlyArray<DeploymentSettings.CustomMetricCondition> | undefined
      /** Conditions that make the health `failing`. */
      readonly failingConditions?: ReadonlyArray<DeploymentSettings.CustomMetricCondition> | undefined
    } | undefined
    /** How often predictions are expected. */
    readonly predictionsTimeliness?: {
      /** Whether it is on. */
      readonly enabled?: boolean | undefined
      /** How often data is expected: an ISO 8601 duration. */
      readonly expectedFrequency?: string | undefined
    } | undefined
    /** How often actual values are expected. */
    readonly actualsTimeliness?: {
      /** Whether it is on. */
      readonly enabled?: boolean | undefined
      /** How often data is expected: an ISO 8601 duration. */
      readonly expectedFrequency?: string | undefined
    } | undefined
  }

  /**
   * Whether challengers replay predictions, and when.
   *
   * @since 0.1.0
   */
  export interface ChallengerReplaySettings {
    /** Whether challengers replay predictions. */
    readonly enabled?: boolean | null
    /** When they do. */
    readonly schedule?: {
      readonly [key: string]: unknown
    } | null
  }

  /**
   * Changes to whether challengers replay predictions, and when.
   *
   * @since 0.1.0
   */
  export interface ChallengerReplaySettingsInput {
    /** Whether challengers replay predictions. */
    readonly enabled: boolean
    /** For each part of a date (`minute`, `hour`, `dayOfWeek`, `dayOfMonth`, `month`), the values that match. */
    readonly schedule?: {
      readonly [key: string]: unknown
    } | undefined
  }

  /**
   * How a deployment's model is retrained: the dataset to train on, the prediction environment for the new model, and the
   * user who retrains it. Null or missing if none is set. Other keys are passed on as the server sends them.
   *
   * @since 0.1.0
   */
  export interface RetrainingSettings {
    /** The prediction environment for the new model. */
    readonly predictionEnvironment?: {
      /** Id of the prediction environment. */
      readonly id?: string | null
      /** Name of the prediction environment. */
      readonly name?: string | null
    } | null
    /** The dataset to train on. */
    readonly dataset?: {
      /** Id of the dataset. */
      readonly id?: string | null
      /** Name of the dataset. */
      readonly name?: string | null
    } | null
    /** The user who retrains the model. */
    readonly retrainingUser?: {
      /** Id of the user. */
      readonly id?: string | null
      /** Name of the user. */
      readonly username?: string | null
    } | null
    readonly [key: string]: unknown
  }

  /**
   * Changes to how the model is retrained, at least one. A key that is left out keeps its value; null removes it.
   *
   * @since 0.1.0
   */
  export interface RetrainingSettingsInput {
    /** Id of the credential to read the dataset with. */
    readonly credentialId?: string | null | undefined
    /** Id of the dataset to train on. */
    readonly datasetId?: string | null | undefined
    /** Id of the prediction environment for the new model. */
    readonly predictionEnvironmentId?: string | null | undefined
    /** Id of the user who retrains the model. */
    readonly retrainingUserId?: string | null | undefined
  }

  /**
   * A condition on a custom metric.
   *
   * @since 0.1.0
   */
  export interface CustomMetricCondition {
    /** The value to compare with. */
    readonly threshold: number
    /** Id of the custom metric. */
    readonly metricId: string
    /** `lt`, `lte`, `gt`, `gte`, … */
    readonly compareOperator: string
    /** The category, for a metric of categories. */
    readonly categoryName?: string | undefined
  }
}

/**
 * The types of `ModelDeployment`.
 *
 * @since 0.1.0
 */
export namespace ModelDeployment {
  /**
   * A new model deployment.
   *
   * @since 0.1.0
   */
  export interface CreateInput {
    /** Initial status. Default: `active`. */
    readonly status?: "active" | "inactive" | "archived" | undefined
    /** Description of the deployment. */
    readonly description?: string | undefined
    /** Id of the model to deploy. */
    readonly modelId: string
    /** Name of the deployment; not blank. */
    readonly label: string
    /** Id of the model's project. */
    readonly projectId: string
    /** Id of the prediction instance to deploy to. Default: DataRobot chooses one. */
    readonly instanceId?: string | undefined
  }

  /**
   * Filters and order of a listing of model deployments.
   *
   * @since 0.1.0
   */
  export interface ListInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only deployments with this status. Default: all, including archived ones. */
    readonly status?: "active" | "inactive" | "archived" | undefined
    /** Only deployments with this text in their label or description, in any case. */
    readonly query?: string | undefined
    /** Sort order; a leading `-` reverses it. */
    readonly orderBy?: "type" | "status" | "label" | "-status" | "-label" | "exportTarget" | "-exportTarget" | "-type" | undefined
  }

  /**
   * Filters and order of a stream of model deployments, and how it fetches pages.
   *
   * @since 0.1.0
   */
  export interface StreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Only deployments with this status. Default: all, including archived ones. */
    readonly status?: "active" | "inactive" | "archived" | undefined
    /** Only deployments with this text in their label or description, in any case. */
    readonly query?: string | undefined
    /** Sort order; a leading `-` reverses it. */
    readonly orderBy?: "type" | "status" | "label" | "-status" | "-label" | "exportTarget" | "-exportTarget" | "-type" | undefined
    /** Number of deployments per page. Default: 100. */
    readonly pageSize?: number | undefined
  }

  /**
   * Changes to a model deployment, at least one. A key that is left out keeps its value.
   *
   * @since 0.1.0
   */
  export interface UpdateInput {
    /** New status. */
    readonly status?: "active" | "inactive" | "archived" | undefined
    /** New description; `""` clears it. */
    readonly description?: string | undefined
    /** New name; not blank. */
    readonly label?: string | undefined
  }

  /**
   * The period of service statistics, `[startDate, endDate)`. Default: the last 24 hours.
   *
   * @since 0.1.0
   */
  export interface StatisticsInput {
    /** Start of the period, inclusive. */
    readonly startDate?: DateInput | undefined
    /** End of the period, exclusive. */
    readonly endDate?: DateInput | undefined
  }

  /**
   * Service statistics of a period.
   *
   * @since 0.1.0
   */
  export interface ServiceStatistics {
    /** Number of prediction requests. */
    readonly totalRequests: number
    /** Requests that failed because of the client (status 4xx), as a share of all requests. */
    readonly userErrorRate: {
      /** Share of all requests in the period, 0 to 1. */
      readonly current: number
      /** Share of all requests in the period before it, 0 to 1. Null if it is unknown. */
      readonly previous: number | null
    }
    /** Requests that failed because of the server (status 5xx), as a share of all requests. */
    readonly serverErrorRate: {
      /** Share of all requests in the period, 0 to 1. */
      readonly current: number
      /** Share of all requests in the period before it, 0 to 1. Null if it is unknown. */
      readonly previous: number | null
    }
    /** The period of the statistics, `[start, end)`. */
    readonly period: {
      /** Start of the period, inclusive. */
      readonly start: Date
      /** End of the period, exclusive. */
      readonly end: Date
    }
    /** Number of different users who sent prediction requests. */
    readonly consumers: number
    /** Number of predicted rows. Not all servers send it. */
    readonly totalPredictionRows?: number | null
    /** Load of the prediction service, in requests per minute. */
    readonly load: {
      /** Highest load, in requests per minute. */
      readonly peak: number
      /** Median load, in requests per minute. */
      readonly median: number
    }
    /** Median time that a request took to execute, in seconds. Null if there were no requests. */
    readonly medianExecutionTime: number | null
  }

  /**
   * Options of `watch`.
   *
   * @since 0.1.0
   */
  export interface WatchOptions {
    /** Time between two polls. Default: 10 seconds. */
    readonly interval?: DurationInput | undefined
  }

  /**
   * Who created a deployment or performed an action.
   *
   * @since 0.1.0
   */
  export interface User {
    /** Id of the user. */
    readonly id: string
    /** Name that the user logs in with: usually the email address. */
    readonly username: string
    /** First name of the user. */
    readonly firstName?: string | null
    /** Last name of the user. */
    readonly lastName?: string | null
  }

  /**
   * The deployed model. `uid` is the id of the user who created it.
   *
   * @since 0.1.0
   */
  export interface Model {
    /** Id of the model. */
    readonly id: string
    /** Id of the user who created the model. */
    readonly uid: string
    /** What kind of model it is, such as `eXtreme Gradient Boosted Trees Classifier`. */
    readonly modelType: string
    /** Numbers of the icons that the web application shows for the model. */
    readonly icons?: ReadonlyArray<number> | null
  }

  /**
   * The project of the deployed model: its `id`, and every other key (`projectName`, `target`, …) as the server sends it.
   *
   * @since 0.1.0
   */
  export interface Project {
    /** Id of the project. */
    readonly id: string
    readonly [key: string]: unknown
  }

  /**
   * The prediction instance that serves the model. On the managed cloud, prediction requests carry its `datarobotKey`.
   *
   * @since 0.1.0
   */
  export interface Instance {
    /** Id of the prediction instance. */
    readonly id: string
    /** Host name of the prediction instance. */
    readonly hostName: string
    /** Whether it uses TLS. */
    readonly sslEnabled?: boolean | null
    /** The key that prediction requests to it carry besides the token. On the managed cloud only. */
    readonly datarobotKey?: string | null
    /** Its address in a private network. Only some installations send it. */
    readonly privateIp?: string | null
    /** The `ormVersion` that the server sends. DataRobot does not document its meaning. */
    readonly ormVersion?: string | null
  }

  /**
   * A reason for a deployment's service health, such as `NO_GOOD_REQUESTS`, `USER_ERRORS`, `SERVER_ERRORS`.
   *
   * @since 0.1.0
   */
  export interface ServiceHealthMessage {
    /** The reason, in words. */
    readonly message: string
    /** The health that the reason leads to. */
    readonly level: "passing" | "warning" | "failing" | (string & {})
    /** The kind of reason. */
    readonly msgId: "NO_GOOD_REQUESTS" | "USER_ERRORS" | "SERVER_ERRORS" | (string & {})
  }
}

/**
 * The types of `ModelPackage`.
 *
 * @since 0.1.0
 */
export namespace ModelPackage {
  /**
   * Filters of a listing of model packages. A package must match every filter.
   *
   * @since 0.1.0
   */
  export interface ListInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only packages with this text in their name, in any case. */
    readonly search?: string | undefined
    /** Only packages with this prediction threshold, 0 to 1. */
    readonly predictionThreshold?: number | undefined
    /** Only packages of this model of a project, or of this version of a custom model, by id. */
    readonly modelId?: string | undefined
    /** Only packages whose build has this status. */
    readonly buildStatus?: "complete" | "inProgress" | "failed" | undefined
    /** Only packages of this kind of model, such as `isTimeSeries`. */
    readonly modelKind?: string | undefined
    /** Only packages that can run in this prediction environment, by id. */
    readonly predictionEnvironmentId?: string | undefined
    /** Only packages that could replace this package in a deployment, by id. */
    readonly similarTo?: string | undefined
    /** Only packages that could be challengers of the package in `similarTo`. */
    readonly forChallenger?: boolean | undefined
    /** Only packages that were imported (or, if false, were not). */
    readonly imported?: boolean | undefined
  }

  /**
   * Filters of a stream of model packages, and how it fetches pages.
   *
   * @since 0.1.0
   */
  export interface StreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Only packages with this text in their name, in any case. */
    readonly search?: string | undefined
    /** Only packages with this prediction threshold, 0 to 1. */
    readonly predictionThreshold?: number | undefined
    /** Only packages of this model of a project, or of this version of a custom model, by id. */
    readonly modelId?: string | undefined
    /** Only packages whose build has this status. */
    readonly buildStatus?: "complete" | "inProgress" | "failed" | undefined
    /** Only packages of this kind of model, such as `isTimeSeries`. */
    readonly modelKind?: string | undefined
    /** Number of packages per page, 1 to 100. Default: 100. */
    readonly pageSize?: number | undefined
    /** Only packages that can run in this prediction environment, by id. */
    readonly predictionEnvironmentId?: string | undefined
    /** Only packages that could replace this package in a deployment, by id. */
    readonly similarTo?: string | undefined
    /** Only packages that could be challengers of the package in `similarTo`. */
    readonly forChallenger?: boolean | undefined
    /** Only packages that were imported (or, if false, were not). */
    readonly imported?: boolean | undefined
  }

  /**
   * A new package of a model of a project.
   *
   * @since 0.1.0
   */
  export interface CreateFromLearningModelInput {
    /** Score from which the positive class is predicted, 0 to 1. Binary models only. */
    readonly predictionThreshold?: number | undefined
    /** Description of the package. */
    readonly description?: string | undefined
    /** Id of the model. */
    readonly modelId: string
    /** Name of the package. Default: DataRobot names it after the model. */
    readonly name?: string | undefined
    /** Id of the registered model that gets a new version. */
    readonly registeredModelId?: string | undefined
    /** Tags of the package. */
    readonly tags?: ReadonlyArray<{
      /** Its value. */
      readonly value: string
      /** Name of the tag. */
      readonly name: string
    }> | undefined
    /** Name of a new registered model. Default: the name of the package. */
    readonly registeredModelName?: string | undefined
  }

  /**
   * A new package of a version of a custom model.
   *
   * @since 0.1.0
   */
  export interface CreateFromCustomModelVersionInput {
    /** Description of the package. */
    readonly description?: string | undefined
    /** Name of the package. Default: DataRobot names it after the model. */
    readonly name?: string | undefined
    /** Id of the version of the custom model. */
    readonly customModelVersionId: string
    /** Id of the registered model that gets a new version. */
    readonly registeredModelId?: string | undefined
    /** Tags of the package. */
    readonly tags?: ReadonlyArray<{
      /** Its value. */
      readonly value: string
      /** Name of the tag. */
      readonly name: string
    }> | undefined
    /** Name of the column that holds the prompt. Text generation models only. */
    readonly prompt?: string | undefined
    /** Name of a new registered model. Default: the name of the package. */
    readonly registeredModelName?: string | undefined
  }
}

/**
 * The types of `Prediction`.
 *
 * @since 0.1.0
 */
export namespace Prediction {
  /**
   * A deployment: its id, or a deployment that was read. A deployment that was read needs no request to find out where
   * its predictions are requested.
   *
   * @since 0.1.0
   */
  export type DeploymentRef = Ref | ({
    /** Id of the deployment. */
    readonly id: string
  } & {
    /** The prediction server that makes the predictions. Null on a serverless or an external platform. */
    readonly defaultPredictionServer?: Deployment.PredictionServer | null
    /** The platform that the deployment runs on. */
    readonly predictionEnvironment?: Deployment.PredictionEnvironment | null
  })

  /**
   * Options of `predict`: the parameters of a prediction request.
   *
   * @since 0.1.0
   */
  export type PredictOptions = Prediction.SendOptions & Prediction.PassthroughOptions & Prediction.ExplanationOptions & Prediction.OutputOptions & Prediction.TimeSeriesOptions

  /**
   * The predictions of a request, in the order of its rows, and what the server says about the request.
   *
   * @since 0.1.0
   */
  export interface Predictions {
    /** The prediction for each row. */
    readonly data: ReadonlyArray<Prediction.PredictionRow>
    /** Milliseconds that the model took. */
    readonly executionTime?: number
    /** Whether the model was already in memory. */
    readonly modelCacheHit?: boolean
    /** The server's id of this request. Pass it to DataRobot support. */
    readonly requestId?: string
  }

  /**
   * Options of `stream`.
   *
   * @since 0.1.0
   */
  export type StreamOptions = Prediction.SendOptions & Prediction.PassthroughOptions & Prediction.ExplanationOptions & Prediction.OutputOptions & {
    /** Maximum number of rows of one request, 1 to 100 000. A request also has at most 5 MiB. Default: 1000. */
    readonly batchSize?: number | undefined
    /** Maximum number of concurrent requests, 1 to 100. Default: 1. */
    readonly concurrency?: number | undefined
  }

  /**
   * The prediction for one row.
   *
   * @since 0.1.0
   */
  export interface PredictionRow {
    /** Time that the forecast starts from, in the format of the data. Time series only. */
    readonly forecastPoint?: string | null
    /** Probability from which the positive class is predicted, 0 to 1. Binary targets only. */
    readonly predictionThreshold?: number | null
    /** The predicted time. Time series only. */
    readonly timestamp?: string | null
    /** Intervals around the prediction by percentile, as the server sends them. Time series only. */
    readonly predictionIntervals?: {
      readonly [key: string]: unknown
    } | null
    /** Index of the row, from 0. */
    readonly rowId: number
    /** The predicted class, or the predicted value of a regression. A class may be a number, such as `1`. */
    readonly prediction: string | number
    /** The probability of each class, 0 to 1. For a regression one item: the name of the target and the predicted value. */
    readonly predictionValues: ReadonlyArray<{
      /** Probability of the class, 0 to 1. For a regression, the predicted value. */
      readonly value: number
      /** The class. For a regression, the name of the target. */
      readonly label: string | number
    }>
    /** Whether the deployment was approved, with approval workflows. */
    readonly deploymentApprovalStatus?: ("APPROVED" | "PENDING" | (string & {})) | null
    /** The columns that `passthroughColumns` or `passthroughColumnsSet` asked for, by name. */
    readonly passthroughValues?: {
      readonly [key: string]: unknown
    } | null
    /** Why the row got its prediction, if explanations were asked for. See `maxExplanations`. */
    readonly predictionExplanations?: ReadonlyArray<Prediction.PredictionExplanation> | null
    /** What SHAP explanations need to be read, such as the base value, as the server sends it. */
    readonly shapExplanationsMetadata?: unknown
    /** The prediction after adjustment. Models with prediction adjustment only; see `excludeAdjustedPredictions`. */
    readonly adjustedPrediction?: string | number | null
    /** Whether the prediction is an outlier. See `predictionWarningEnabled`. */
    readonly isOutlierPrediction?: boolean | null
    /** Number of time steps from the forecast point to the predicted time. Time series only. */
    readonly forecastDistance?: number | null
    /** The predicted time, in the format of the data. Time series only. */
    readonly originalFormatTimestamp?: string | null
    /** The series that the row belongs to. Null for a model of one series. Time series only. */
    readonly seriesId?: string | number | null
    /** Further columns of a custom model, such as citations of a text generation model, as the server sends them. */
    readonly extraModelOutput?: unknown
  }

  /**
   * Options of `predictCsv`: the parameters of a prediction request.
   *
   * @since 0.1.0
   */
  export type CsvOptions = Prediction.PredictOptions & {
    /**
     * Longest time in which no byte is sent or received. It does not count while the SDK waits for the stream of the CSV,
     * or for the reader of the predictions. Default: 60 seconds.
     */
    readonly idleTimeout?: DurationInput | undefined
  }

  /**
   * The body of a request to an unstructured model: text, which is sent as UTF-8, or bytes.
   *
   * @since 0.1.0
   */
  export interface UnstructuredInput {
    /** The body: text, which is sent as UTF-8, or bytes. */
    readonly body: string | Uint8Array
    /** The media type of the body, such as `application/json`. */
    readonly contentType: string
  }

  /**
   * Options of every prediction request. The default time limits, `timeout` and `attemptTimeout`, are 10 minutes, like the
   * server's own.
   *
   * @since 0.1.0
   */
  export interface SendOptions {
    /**
     * Whether the request may be sent twice. It is then retried if the server is busy (429, 502, 503, 504, 570) or the
     * connection breaks, but not after a timeout. Monitoring counts the rows of each request that the server answered.
     * Default: `true`.
     */
    readonly idempotent?: boolean | undefined
    /**
     * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
     * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
     */
    readonly timeout?: DurationInput | undefined
    /**
     * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
     * 10 minutes for predictions.
     */
    readonly attemptTimeout?: DurationInput | undefined
    /** How failed requests are retried. `false` disables retries. */
    readonly retry?: false | RetryOptions | undefined
    /**
     * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
     * of headers with names like `x-api-key` are redacted in errors, logs and spans.
     */
    readonly headers?: Readonly<Record<string, string>> | undefined
  }

  /**
   * The response of an unstructured model.
   *
   * @since 0.1.0
   */
  export interface UnstructuredOutput {
    /** The body of the response, as the model returned it. */
    readonly body: Uint8Array
    /** The media type of the body. `application/octet-stream` if the model names none. */
    readonly contentType: string
    /** The server's id of this request. Pass it to DataRobot support. */
    readonly requestId?: string
    /** Milliseconds that the model took. */
    readonly executionTime?: number
    /** Whether the model was already in memory. */
    readonly modelCacheHit?: boolean
  }

  /**
   * Which columns of the request each prediction repeats in `passthroughValues`: some, all, or none (default).
   *
   * @since 0.1.0
   */
  export type PassthroughOptions = {
    /** Columns to repeat. */
    readonly passthroughColumns?: ReadonlyArray<string> | undefined
    /** Not together with `passthroughColumns`. */
    readonly passthroughColumnsSet?: undefined
  } | {
    /** Repeats all columns. */
    readonly passthroughColumnsSet?: "all" | undefined
    /** Not together with `passthroughColumnsSet`. */
    readonly passthroughColumns?: undefined
  }

  /**
   * Which prediction explanations to compute. They are for the likeliest class, for a number of classes, or for the named
   * ones.
   *
   * @since 0.1.0
   */
  export type ExplanationOptions = {
    /** Maximum number of explanations per row, or `"all"`. 0 means none. Default: the deployment's setting. */
    readonly maxExplanations?: number | "all" | undefined
    /** How to compute explanations. Default: the deployment's setting. */
    readonly explanationAlgorithm?: "xemp" | "shap" | undefined
    /** Maximum number of n-gram explanations per text feature, or `"all"`. */
    readonly maxNgramExplanations?: number | "all" | undefined
    /** Computes explanations only for predictions above this value. Ignored for shap. */
    readonly thresholdHigh?: number | undefined
    /** Computes explanations only for predictions below this value. Ignored for shap. */
    readonly thresholdLow?: number | undefined
  } & (({
    /** Number of the likeliest classes to explain. */
    readonly explanationNumTopClasses?: number | undefined
    /** Not together with `explanationNumTopClasses`. */
    readonly explanationClassNames?: undefined
  } | {
    /** The classes to explain. */
    readonly explanationClassNames?: ReadonlyArray<string> | undefined
    /** Not together with `explanationClassNames`. */
    readonly explanationNumTopClasses?: undefined
  }))

  /**
   * Parameters of every kind of prediction.
   *
   * @since 0.1.0
   */
  export interface OutputOptions {
    /** Leaves out `adjustedPrediction` of models with prediction adjustment. Default: `true`. */
    readonly excludeAdjustedPredictions?: boolean | undefined
    /** Adds `isOutlierPrediction` to each prediction. The deployment needs prediction warnings. Default: `false`. */
    readonly predictionWarningEnabled?: boolean | undefined
  }

  /**
   * What to predict with a time series model: from a forecast point on (default: the latest possible), or a whole period
   * in the past.
   *
   * @since 0.1.0
   */
  export type TimeSeriesOptions = {
    /** Allows missing values of features that are known in advance. Default: `false`. */
    readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
  } & (({
    /** The time that the forecast starts from. A string is sent as it is. */
    readonly forecastPoint?: DateInput | undefined
    /** Not together with `forecastPoint`. */
    readonly predictionsStartDate?: undefined
    /** Not together with `forecastPoint`. */
    readonly predictionsEndDate?: undefined
  } | {
    /** Not together with `predictionsStartDate` and `predictionsEndDate`. */
    readonly forecastPoint?: undefined
    /** Start of the period to predict. A string is sent as it is. */
    readonly predictionsStartDate: DateInput
    /** End of the period to predict. A string is sent as it is. */
    readonly predictionsEndDate: DateInput
  }))

  /**
   * Why a row got its prediction: the influence of one feature.
   *
   * @since 0.1.0
   */
  export interface PredictionExplanation {
    /** The class, or the name of the target, that the explanation is about. */
    readonly label?: string | number | null
    /** Name of the feature. */
    readonly feature: string
    /** Value of the feature in the row. */
    readonly featureValue?: string | number | boolean | null
    /** Size of the influence on the prediction. Negative if the feature lowers the prediction. */
    readonly strength?: number | null
    /** Size of the influence in signs, from `---` to `+++`. */
    readonly qualitativeStrength?: string | null
    /** The influence of the parts of a text, as the server sends it. Text features only. */
    readonly perNgramTextExplanations?: unknown
    /** URL of an image that shows the influence. Image features only. */
    readonly imageExplanationUrl?: string | null
  }
}

/**
 * The types of `PredictionEnvironment`.
 *
 * @since 0.1.0
 */
export namespace PredictionEnvironment {
  /**
   * Filters of a listing of prediction environments.
   *
   * @since 0.1.0
   */
  export interface ListInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only environments that can run models of these formats. */
    readonly supportedModelFormats?: (Any<"datarobot" | "datarobotScoringCode" | "customModel" | "externalModel">) | undefined
  }

  /**
   * Filters of a stream of prediction environments, and how it fetches pages.
   *
   * @since 0.1.0
   */
  export interface StreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Only environments that can run models of these formats. */
    readonly supportedModelFormats?: (Any<"datarobot" | "datarobotScoringCode" | "customModel" | "externalModel">) | undefined
    /** Number of environments per page, 1 to 100. Default: 100. */
    readonly pageSize?: number | undefined
  }

  /**
   * A new prediction environment.
   *
   * @since 0.1.0
   */
  export interface CreateInput {
    /** What the environment is for. */
    readonly description?: string | undefined
    /** Name of the environment; not blank. */
    readonly name: string
    /** Id of the credential for that connection. External environments that DataRobot manages only. */
    readonly credentialId?: string | undefined
    /** The platform. It cannot be changed later. */
    readonly platform: "azure" | "gcp" | "datarobot" | "datarobotServerless" | "aws" | "onPremise" | "openShift" | "snowflake" | "sapAiCore" | "other"
    /** Name of the plugin that the management agent uses. */
    readonly plugin?: string | undefined
    /** Whether a management agent deploys its models. Default: false. */
    readonly isManagedByManagementAgent?: boolean | undefined
    /** Formats of the models that it can run, at least one. Default: depends on the platform. */
    readonly supportedModelFormats?: (ReadonlyArray<"datarobot" | "datarobotScoringCode" | "customModel" | "externalModel">) | undefined
    /** Id of the connection to the data store. External environments that DataRobot manages only. */
    readonly datastoreId?: string | undefined
    /** Priority of its batch prediction jobs. */
    readonly priority?: number | undefined
    /** Maximum number of batch prediction jobs at a time. */
    readonly maxConcurrentBatchPredictionsJob?: number | undefined
  }

  /**
   * Changes to a prediction environment, at least one. A key that is left out keeps its value.
   *
   * @since 0.1.0
   */
  export interface UpdateInput {
    /** New description; `""` clears it. */
    readonly description?: string | undefined
    /** New name; not blank. */
    readonly name?: string | undefined
    /** Id of the credential for that connection. External environments that DataRobot manages only. */
    readonly credentialId?: string | undefined
    /** Name of the plugin that the management agent uses. */
    readonly plugin?: string | undefined
    /** Whether a management agent deploys its models. Default: false. */
    readonly isManagedByManagementAgent?: boolean | undefined
    /** Formats of the models that it can run, at least one. Default: depends on the platform. */
    readonly supportedModelFormats?: (ReadonlyArray<"datarobot" | "datarobotScoringCode" | "customModel" | "externalModel">) | undefined
    /** Id of the connection to the data store. External environments that DataRobot manages only. */
    readonly datastoreId?: string | undefined
    /** Priority of its batch prediction jobs. */
    readonly priority?: number | undefined
    /** Maximum number of batch prediction jobs at a time. */
    readonly maxConcurrentBatchPredictionsJob?: number | undefined
  }
}

/**
 * The types of `RegisteredModel`.
 *
 * @since 0.1.0
 */
export namespace RegisteredModel {
  /**
   * Filters and order of a listing of registered models. A registered model must match every filter.
   *
   * @since 0.1.0
   */
  export interface ListInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Only registered models with this text in their name, in any case. */
    readonly search?: string | undefined
    /** Only registered models that this user created, by email or id. */
    readonly createdBy?: string | undefined
    /** Only registered models of a target with this name. */
    readonly targetName?: string | undefined
    /** Only registered models of a target of this type, such as `Binary`. */
    readonly targetType?: string | undefined
    /** Only registered models with a version in this stage. */
    readonly stage?: string | undefined
    /** Only global (or, if false, not global) registered models. */
    readonly isGlobal?: boolean | undefined
    /** Only registered models with tags of these names. */
    readonly tagKeys?: Any<string> | undefined
    /** Only registered models with tags of these values. */
    readonly tagValues?: Any<string> | undefined
    /** What to sort by. */
    readonly sortKey?: "name" | "createdAt" | "modifiedAt" | undefined
    /** Whether to sort ascending or descending. */
    readonly sortDirection?: "asc" | "desc" | undefined
    /** Only registered models with versions that could replace this model of a project, by id. */
    readonly compatibleWithLeaderboardModelId?: string | undefined
    /** Only registered models with versions that could replace this model package, by id. */
    readonly compatibleWithModelPackageId?: string | undefined
  }

  /**
   * Filters and order of a stream of registered models, and how it fetches pages.
   *
   * @since 0.1.0
   */
  export interface StreamInput {
    /** Maximum number of items in all. Default: all of them. */
    readonly limit?: number | undefined
    /** Number of items to skip at the start. Default: 0. */
    readonly offset?: number | undefined
    /** Maximum number of pages to fetch ahead of the page being read, 0 to 100. Default: 0. */
    readonly prefetch?: number | undefined
    /**
     * Maximum number of concurrent page requests, 1 to 100. Default: 1. Takes effect once the first page shows that there
     * are more. At least `concurrency - 1` pages are then fetched ahead, even with a smaller `prefetch`. The order of the
     * items stays the same. If items are added or deleted while the stream runs, items move between pages. The stream
     * then drops an item whose `id` it has already emitted. It may miss an item, like any listing that is read page by
     * page.
     */
    readonly concurrency?: number | undefined
    /** Only registered models with this text in their name, in any case. */
    readonly search?: string | undefined
    /** Only registered models that this user created, by email or id. */
    readonly createdBy?: string | undefined
    /** Only registered models of a target with this name. */
    readonly targetName?: string | undefined
    /** Only registered models of a target of this type, such as `Binary`. */
    readonly targetType?: string | undefined
    /** Only registered models with a version in this stage. */
    readonly stage?: string | undefined
    /** Only global (or, if false, not global) registered models. */
    readonly isGlobal?: boolean | undefined
    /** Number of registered models per page, 1 to 100. Default: 100. */
    readonly pageSize?: number | undefined
    /** Only registered models with tags of these names. */
    readonly tagKeys?: Any<string> | undefined
    /** Only registered models with tags of these values. */
    readonly tagValues?: Any<string> | undefined
    /** What to sort by. */
    readonly sortKey?: "name" | "createdAt" | "modifiedAt" | undefined
    /** Whether to sort ascending or descending. */
    readonly sortDirection?: "asc" | "desc" | undefined
    /** Only registered models with versions that could replace this model of a project, by id. */
    readonly compatibleWithLeaderboardModelId?: string | undefined
    /** Only registered models with versions that could replace this model package, by id. */
    readonly compatibleWithModelPackageId?: string | undefined
  }

  /**
   * A user who created or changed a registered model. A server may send only the id.
   *
   * @since 0.1.0
   */
  export interface RegisteredModelUser {
    /** Id of the user. */
    readonly id?: string | null
    /** Email address of the user. */
    readonly email?: string | null
    /** Name of the user. */
    readonly name?: string | null
  }
}

/**
 * The operations of `BatchPrediction`.
 *
 * @since 0.1.0
 */
export interface BatchPredictionClient {
  /**
   * Creates a batch prediction, and returns it without waiting for it. Unless `intakeSettings` name another source, the
   * job waits for its CSV: see `upload`. Unless `outputSettings` name another destination, `download` returns the
   * results. The operation does not own the job: an interruption leaves the job alone. Sends the request only once if an
   * earlier attempt may have taken effect. The error then has the outcome `"unknown"`, and `list` shows whether the job
   * exists.
   *
   * Errors: `Unprocessable` if the deployment does not exist, or if DataRobot does not accept a setting.
   *
   * `POST batchPredictions/`
   *
   * @example
   * const job = await client.BatchPrediction.create({
   *   deploymentId: "60a000000000000000000001",
   *   intakeSettings: { type: "s3", url: "s3://bucket/customers.csv", credentialId: "60a0000000000000000000ac" },
   *   outputSettings: { type: "s3", url: "s3://bucket/predictions.csv", credentialId: "60a0000000000000000000ac" }
   * })
   * await client.BatchPrediction.await(job)
   */
  create(job: BatchPrediction.CreateInput, options?: CallOptions): ApiPromise<BatchPrediction>

  /**
   * Returns one batch prediction.
   *
   * Errors: `NotFound` if the job does not exist; see `getOption`.
   *
   * `GET batchPredictions/{id}/`
   *
   * @example
   * const { percentageCompleted, status } = await client.BatchPrediction.get("5ce1204b962d741661907ea0")
   * console.log(status, `${percentageCompleted} %`)
   */
  get(job: Ref, options?: CallOptions): ApiPromise<BatchPrediction>

  /**
   * Returns one batch prediction, or none if it does not exist.
   *
   * Errors: those of every operation. A job that does not exist is no error.
   *
   * `GET batchPredictions/{id}/`
   *
   * @example
   * const job = await client.BatchPrediction.getOption("5ce1204b962d741661907ea0")
   * console.log(job?.status ?? "(gone)")
   */
  getOption(job: Ref, options?: CallOptions): ApiPromise<BatchPrediction | undefined>

  /**
   * Returns all batch predictions that match, or the first `limit` of them. Fetches them page by page.
   *
   * Errors: those of every operation.
   *
   * `GET batchPredictions/`
   *
   * @example
   * const running = await client.BatchPrediction.list({
   *   status: ["INITIALIZING", "RUNNING"],
   *   deploymentId: "60a000000000000000000001"
   * })
   */
  list(filters?: BatchPrediction.ListInput, options?: CallOptions): ApiPromise<ReadonlyArray<BatchPrediction>>

  /**
   * Returns the batch predictions that match, as a stream. Fetches a page of `pageSize` items when its first item is
   * read, or earlier with `prefetch` and `concurrency`.
   *
   * Errors: those of every operation.
   *
   * `GET batchPredictions/`
   *
   * @example
   * for await (const { id, statusDetails } of client.BatchPrediction.stream({ status: "FAILED", cutoffHours: 24 })) {
   *   console.log(id, statusDetails)
   * }
   */
  stream(filters?: BatchPrediction.StreamInput, options?: CallOptions): IterableStream<BatchPrediction>

  /**
   * Returns one page of the batch predictions that match. `limit` is the number of items: at most 100, default 20. Pass
   * the page's `next` to this operation to get the next page.
   *
   * Errors: those of every operation.
   *
   * `GET batchPredictions/`
   *
   * @example
   * const first = await client.BatchPrediction.page({ limit: 20 })
   * if (first.next !== undefined) console.log(await client.BatchPrediction.page(first.next))
   */
  page(filters?: BatchPrediction.ListInput, options?: CallOptions): ApiPromise<Page<BatchPrediction, BatchPrediction.ListInput>>

  /**
   * Waits until a batch prediction is complete, and returns it. Has no time limit unless `timeout` sets one, because a
   * job may be queued for long. A timeout or an interruption does not cancel the job.
   *
   * Errors: `Failed` if the job was aborted or failed, with its `statusDetails` and `logs`. `Lost` if DataRobot no
   * longer knows it. `Deadline` if it takes longer than `timeout`.
   *
   * `GET batchPredictions/{id}/`, at growing intervals
   *
   * @example
   * const { failedRows, scoredRows } = await client.BatchPrediction.await("5ce1204b962d741661907ea0", {
   *   timeout: "2 hours"
   * })
   * console.log(`${scoredRows} scored, ${failedRows} failed`)
   */
  await(job: BatchPrediction.BatchRef, wait?: WaitOptions, options?: CallOptions): ApiPromise<BatchPrediction>

  /**
   * Emits the states of a batch prediction, one element per change, until it is complete: its place in the queue, the
   * number of scored rows, the percentage.
   *
   * Errors: those of `await`.
   *
   * `GET batchPredictions/{id}/`, at growing intervals
   *
   * @example
   * for await (
   *   const { percentageCompleted, scoredRows } of client.BatchPrediction.progress("5ce1204b962d741661907ea0")
   * ) {
   *   console.log(`${percentageCompleted} %`, scoredRows)
   * }
   */
  progress(job: BatchPrediction.BatchRef, wait?: WaitOptions, options?: CallOptions): IterableStream<BatchPrediction>

  /**
   * Aborts a batch prediction, and removes it.
   *
   * Errors: `Conflict` if the job is over. `NotFound` if it does not exist.
   *
   * `DELETE batchPredictions/{id}/`
   *
   * @example
   * await client.BatchPrediction.cancel("5ce1204b962d741661907ea0")
   */
  cancel(job: BatchPrediction.BatchRef, options?: CallOptions): ApiPromise<void>

  /**
   * Uploads the CSV of a batch prediction. Text is sent as UTF-8.
   *
   * `GET batchPredictions/{id}/` unless `job` is the job itself, and `PUT batchPredictions/{id}/csvUpload/`, or
   * `PUT batchPredictions/{id}/csvUpload/part/{part}/` and `POST batchPredictions/{id}/csvUpload/finalizeMultipart/`
   *
   * @example
   * const job = await client.BatchPrediction.create({ deploymentId: "60a000000000000000000001" })
   * await client.BatchPrediction.upload(job, "tenure,plan\n3,basic\n")
   */
  upload(job: BatchPrediction.BatchRef, csv: CsvSource, options?: BatchPrediction.UploadOptions & Abortable): ApiPromise<void>

  /**
   * Waits until the results of a batch prediction can be downloaded, and emits them as CSV while the job is running. The
   * job's output must be `localFile`. DataRobot keeps results for 48 hours.
   *
   * A stream that ends without an error is complete. Ending the stream early does not cancel the job.
   *
   * Errors: `Failed` if the job is aborted or fails, also after results have arrived. `Lost` if DataRobot no longer knows
   * the job. `NotFound` if its results were deleted.
   *
   * `GET batchPredictions/{id}/`, at growing intervals, and `GET batchPredictions/{id}/download/`
   *
   * @example
   * import { createWriteStream } from "node:fs"
   * import { pipeline } from "node:stream/promises"
   *
   * await pipeline(client.BatchPrediction.download("5ce1204b962d741661907ea0"), createWriteStream("predictions.csv"))
   */
  download(job: BatchPrediction.BatchRef, options?: BatchPrediction.DownloadOptions & Abortable): IterableStream<Uint8Array>

  /**
   * Scores CSV of any size with a job of its own, and yields the results as CSV while they arrive. A loop that ends without
   * an error has read all results. The job is cancelled if the call fails, its `signal` is aborted, or the loop ends early.
   *
   * `POST batchPredictions/`, then at the same time `PUT batchPredictions/{id}/csvUpload/`, `GET batchPredictions/{id}/`
   * at growing intervals, and `GET batchPredictions/{id}/download/`. Cancels with `DELETE batchPredictions/{id}/`
   *
   * @example
   * import { createReadStream, createWriteStream } from "node:fs"
   * import { pipeline } from "node:stream/promises"
   *
   * const results = client.BatchPrediction.score("60a000000000000000000001", createReadStream("customers.csv"))
   * await pipeline(results, createWriteStream("predictions.csv"))
   */
  score(deployment: Ref, csv: CsvSource, options?: ScoreOptions): IterableStream<Uint8Array>

  /**
   * Scores rows of a schema's type as they arrive with a job of its own, and yields the rows of the results. The job is
   * cancelled if the call fails, its `signal` is aborted, or the loop ends early.
   *
   * `POST batchPredictions/`, then at the same time `PUT batchPredictions/{id}/csvUpload/`, `GET batchPredictions/{id}/`
   * at growing intervals, and `GET batchPredictions/{id}/download/`. Cancels with `DELETE batchPredictions/{id}/`
   *
   * @example
   * async function* rows() {
   *   yield { customer: "c-1", tenure: 3, plan: "basic" }
   * }
   * for await (
   *   const row of client.BatchPrediction.scoreRows("60a000000000000000000001", rows(), {
   *     passthroughColumns: ["customer"]
   *   })
   * ) {
   *   console.log(row)
   * }
   */
  scoreRows<A, I extends Columns<I>, B = Readonly<Record<string, string>>, J = unknown>(deployment: Ref, rows: Rows<NoInfer<A>>, options: ScoreRowsOptions & RowOption<A, I> & ResultOption<B, J>): IterableStream<B>
  /**
   * Scores rows as they arrive with a job of its own, and yields the rows of the results. The job is cancelled if the
   * call fails, its `signal` is aborted, or the loop ends early.
   *
   * `POST batchPredictions/`, then at the same time `PUT batchPredictions/{id}/csvUpload/`, `GET batchPredictions/{id}/`
   * at growing intervals, and `GET batchPredictions/{id}/download/`. Cancels with `DELETE batchPredictions/{id}/`
   *
   * @example
   * async function* rows() {
   *   yield { customer: "c-1", tenure: 3, plan: "basic" }
   * }
   * for await (
   *   const row of client.BatchPrediction.scoreRows("60a000000000000000000001", rows(), {
   *     passthroughColumns: ["customer"]
   *   })
   * ) {
   *   console.log(row)
   * }
   */
  scoreRows<A extends Columns<A>, B = Readonly<Record<string, string>>, J = unknown>(deployment: Ref, rows: Rows<A>, options?: ScoreRowsOptions & ResultOption<B, J>): IterableStream<B>
}

/**
 * The operations of `BatchPredictionDefinition`.
 *
 * @since 0.1.0
 */
export interface BatchPredictionDefinitionClient {
  /**
   * Returns all definitions that match, or the first `limit` of them. Fetches them page by page.
   *
   * Errors: those of every operation.
   *
   * `GET batchPredictionJobDefinitions/`
   *
   * @example
   * const definitions = await client.BatchPredictionDefinition.list({ deploymentId: "60a000000000000000000001" })
   */
  list(filters?: BatchPredictionDefinition.ListInput, options?: CallOptions): ApiPromise<ReadonlyArray<BatchPredictionDefinition>>

  /**
   * Returns the definitions that match, as a stream. Fetches a page of `pageSize` items when its first item is read, or
   * earlier with `prefetch` and `concurrency`.
   *
   * Errors: those of every operation.
   *
   * `GET batchPredictionJobDefinitions/`
   *
   * @example
   * for await (const { name, nextScheduledRunTime } of client.BatchPredictionDefinition.stream()) {
   *   console.log(name, nextScheduledRunTime)
   * }
   */
  stream(filters?: BatchPredictionDefinition.StreamInput, options?: CallOptions): IterableStream<BatchPredictionDefinition>

  /**
   * Returns one page of the definitions that match. `limit` is the number of items: at most 100, default 20. Pass the
   * page's `next` to this operation to get the next page.
   *
   * Errors: those of every operation.
   *
   * `GET batchPredictionJobDefinitions/`
   *
   * @example
   * const first = await client.BatchPredictionDefinition.page({ limit: 20 })
   * if (first.next !== undefined) console.log(await client.BatchPredictionDefinition.page(first.next))
   */
  page(filters?: BatchPredictionDefinition.ListInput, options?: CallOptions): ApiPromise<Page<BatchPredictionDefinition, BatchPredictionDefinition.ListInput>>

  /**
   * Returns one definition.
   *
   * Errors: `NotFound` if the definition does not exist; see `getOption`.
   *
   * `GET batchPredictionJobDefinitions/{id}/`
   *
   * @example
   * const { nextScheduledRunTime } = await client.BatchPredictionDefinition.get("60a000000000000000000bd1")
   */
  get(definition: Ref, options?: CallOptions): ApiPromise<BatchPredictionDefinition>

  /**
   * Returns one definition, or none if it does not exist.
   *
   * Errors: those of every operation. A definition that does not exist is no error.
   *
   * `GET batchPredictionJobDefinitions/{id}/`
   *
   * @example
   * const definition = await client.BatchPredictionDefinition.getOption("60a000000000000000000bd1")
   * console.log(definition?.name ?? "(gone)")
   */
  getOption(definition: Ref, options?: CallOptions): ApiPromise<BatchPredictionDefinition | undefined>

  /**
   * Creates a definition, and returns it. Its settings are those of `BatchPrediction.create`, but the intake cannot be
   * `localFile`, because a job that a schedule starts has no upload. Unless `outputSettings` name a destination,
   * `BatchPrediction.download` returns the results of each job. With `enabled: true`, the schedule starts jobs, in UTC.
   *
   * Sends the request only once if an earlier attempt may have taken effect. The error then has the outcome `"unknown"`,
   * and `list` shows whether the definition exists.
   *
   * Errors: `Unprocessable` if the deployment does not exist, or if DataRobot does not accept a setting.
   *
   * `POST batchPredictionJobDefinitions/`, then `GET batchPredictionJobDefinitions/{id}/`
   *
   * @example
   * const definition = await client.BatchPredictionDefinition.create({
   *   deploymentId: "60a000000000000000000001",
   *   intakeSettings: { type: "dataset", datasetId: "60a0000000000000000000aa" },
   *   enabled: true,
   *   schedule: { minute: [0], hour: [3], dayOfMonth: ["*"], month: ["*"], dayOfWeek: ["*"] }
   * })
   */
  create(definition: BatchPredictionDefinition.CreateInput, options?: CallOptions): ApiPromise<BatchPredictionDefinition>

  /**
   * Changes a definition: its name, its schedule, whether that is enabled, or settings of its jobs. Returns the
   * definition as read after the change. Jobs that it has started do not change.
   *
   * Errors: `NotFound` if the definition does not exist. `Unprocessable` if DataRobot does not accept a setting.
   *
   * `PATCH batchPredictionJobDefinitions/{id}/`, then `GET batchPredictionJobDefinitions/{id}/`
   *
   * @example
   * await client.BatchPredictionDefinition.update("60a000000000000000000bd1", { enabled: false })
   */
  update(definition: Ref, changes: BatchPredictionDefinition.UpdateInput, options?: UpdateOptions & Abortable): ApiPromise<BatchPredictionDefinition>

  /**
   * Deletes a definition, so that its schedule starts no more jobs.
   *
   * Errors: `Conflict` if DataRobot does not allow it, for example while one of its jobs is running. `NotFound` if the
   * definition does not exist.
   *
   * `DELETE batchPredictionJobDefinitions/{id}/`
   *
   * @example
   * await client.BatchPredictionDefinition.delete("60a000000000000000000bd1")
   */
  delete(definition: Ref, options?: CallOptions): ApiPromise<void>

  /**
   * Starts a job with the settings of a definition now, and returns the job without waiting for it: see
   * `BatchPrediction.await` and `BatchPrediction.download`. The schedule does not matter, nor whether it is enabled. The
   * operation does not own the job: an interruption leaves the job alone. Sends the request only once if an earlier
   * attempt may have taken effect. The error then has the outcome `"unknown"`, and `BatchPrediction.list` shows whether
   * the job exists.
   *
   * Errors: `NotFound` or `Unprocessable` if the definition does not exist.
   *
   * `POST batchPredictions/fromJobDefinition/`
   *
   * @example
   * const job = await client.BatchPredictionDefinition.run("60a000000000000000000bd1")
   * await client.BatchPrediction.await(job)
   */
  run(definition: Ref, options?: CallOptions): ApiPromise<BatchPrediction>
}

/**
 * The operations of `Credential`.
 *
 * @since 0.1.0
 */
export interface CredentialClient {
  /**
   * Returns the stored credentials that the token's user may use: all of them, or the first `limit` of them. Other
   * operations take the `credentialId` of one.
   *
   * Errors: those of every operation.
   *
   * `GET credentials/`
   *
   * @example
   * const credentials = await client.Credential.list()
   * console.log(credentials.find(({ name }) => name === "warehouse")?.credentialId)
   */
  list(paging?: Paging, options?: CallOptions): ApiPromise<ReadonlyArray<Credential>>
}

/**
 * The operations of `Dataset`.
 *
 * @since 0.1.0
 */
export interface DatasetClient {
  /**
   * Uploads CSV as a new dataset, and returns the dataset when DataRobot has read it. Text is sent as UTF-8.
   *
   * `POST datasets/fromFile/`, `GET status/{id}/`, `GET datasets/{id}/`
   *
   * @example
   * import { createReadStream } from "node:fs"
   *
   * const dataset = await client.Dataset.upload(createReadStream("customers.csv"), { name: "customers" })
   * console.log(dataset.id, dataset.rowCount)
   */
  upload(csv: CsvSource, dataset: Dataset.UploadInput, options?: FileJobOptions & Abortable): ApiPromise<Dataset>

  /**
   * Returns one dataset.
   *
   * Errors: `NotFound` if the dataset does not exist; see `getOption`.
   *
   * `GET datasets/{id}/`
   *
   * @example
   * const { rowCount } = await client.Dataset.get("60a0000000000000000000aa")
   */
  get(dataset: Ref, options?: CallOptions): ApiPromise<Dataset>

  /**
   * Returns one dataset, or none if it does not exist.
   *
   * Errors: those of every operation. A dataset that does not exist is no error.
   *
   * `GET datasets/{id}/`
   *
   * @example
   * const dataset = await client.Dataset.getOption("60a0000000000000000000aa")
   * console.log(dataset?.name ?? "(gone)")
   */
  getOption(dataset: Ref, options?: CallOptions): ApiPromise<Dataset | undefined>

  /**
   * Downloads the rows of a dataset as CSV, and emits the bytes as they arrive. The file has any size. A file that is cut
   * short is an error.
   *
   * Errors: `NotFound` if the dataset does not exist.
   *
   * `GET datasets/{id}/file/`
   *
   * @example
   * import { createWriteStream } from "node:fs"
   * import { pipeline } from "node:stream/promises"
   *
   * await pipeline(client.Dataset.download("60a0000000000000000000aa"), createWriteStream("customers.csv"))
   */
  download(dataset: Ref, options?: FileOptions & Abortable): IterableStream<Uint8Array>

  /**
   * Deletes a dataset.
   *
   * Errors: `NotFound` if the dataset does not exist. `Conflict` if something uses it.
   *
   * `DELETE datasets/{id}/`
   *
   * @example
   * await client.Dataset.delete("60a0000000000000000000aa")
   */
  delete(dataset: Ref, options?: CallOptions): ApiPromise<void>
}

/**
 * The operations of `Deployment`.
 *
 * @since 0.1.0
 */
export interface DeploymentClient {
  /**
   * Deploys a model of a project, waits for the job, and returns the deployment.
   *
   * The request is never sent twice if an earlier attempt may have taken effect. The error then has the outcome
   * `"unknown"`; `list({ search: label })` shows whether the deployment exists. If the job takes longer than
   * `wait.timeout`, pass the error's `handle` to `resume` to keep waiting.
   *
   * Errors: `Unprocessable` if the model or the prediction server does not exist, or if the managed cloud gets no
   * prediction server. `Conflict` if the account has as many deployments as it may have. `Failed` if the job failed,
   * `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
   *
   * `POST deployments/fromLearningModel/`, `GET status/{id}/`, `GET deployments/{id}/`
   *
   * @example
   * const deployment = await client.Deployment.createFromLearningModel({
   *   modelId: "60a0000000000000000000a1",
   *   label: "Churn scorer",
   *   defaultPredictionServerId: "60a0000000000000000000d1"
   * }, { wait: { timeout: "20 minutes" } })
   */
  createFromLearningModel(deployment: Deployment.CreateFromModelInput, options?: Deployment.JobOptions & Abortable): ApiPromise<Deployment>

  /**
   * Starts the job of `createFromLearningModel` and returns its handle, without waiting for it.
   *
   * Errors: those of `createFromLearningModel`, except those of its job.
   *
   * `POST deployments/fromLearningModel/`
   *
   * @example
   * const handle = await client.Deployment.startCreateFromLearningModel({
   *   modelId: "60a0000000000000000000a1",
   *   label: "Churn scorer",
   *   defaultPredictionServerId: "60a0000000000000000000d1"
   * })
   * console.log(JSON.stringify(handle))
   */
  startCreateFromLearningModel(deployment: Deployment.CreateFromModelInput, options?: CallOptions): ApiPromise<Handle>

  /**
   * Deploys a model of a project's leaderboard: DataRobot first creates a model package from it. Otherwise the same as
   * `createFromLearningModel`.
   *
   * Errors: those of `createFromLearningModel`.
   *
   * `POST deployments/fromLeaderboard/`, `GET status/{id}/`, `GET deployments/{id}/`
   *
   * @example
   * const deployment = await client.Deployment.createFromLeaderboard({
   *   modelId: "60a0000000000000000000a1",
   *   label: "Churn scorer",
   *   defaultPredictionServerId: "60a0000000000000000000d1"
   * })
   */
  createFromLeaderboard(deployment: Deployment.CreateFromModelInput, options?: Deployment.JobOptions & Abortable): ApiPromise<Deployment>

  /**
   * Starts the job of `createFromLeaderboard` and returns its handle, without waiting for it.
   *
   * Errors: those of `createFromLearningModel`, except those of its job.
   *
   * `POST deployments/fromLeaderboard/`
   *
   * @example
   * const handle = await client.Deployment.startCreateFromLeaderboard({
   *   modelId: "60a0000000000000000000a1",
   *   label: "Churn scorer"
   * })
   * const deployment = await client.Deployment.resume(handle)
   */
  startCreateFromLeaderboard(deployment: Deployment.CreateFromModelInput, options?: CallOptions): ApiPromise<Handle>

  /**
   * Deploys a model package (a registered model version). Otherwise the same as `createFromLearningModel`.
   *
   * Errors: those of `createFromLearningModel`; `Unprocessable` also if the model package or the prediction environment
   * does not exist.
   *
   * `POST deployments/fromModelPackage/`, `GET status/{id}/`, `GET deployments/{id}/`
   *
   * @example
   * const deployment = await client.Deployment.createFromModelPackage({
   *   modelPackageId: "60a0000000000000000000e1",
   *   label: "Churn scorer",
   *   predictionEnvironmentId: "60a0000000000000000000f1"
   * })
   */
  createFromModelPackage(deployment: Deployment.CreateFromModelPackageInput, options?: Deployment.JobOptions & Abortable): ApiPromise<Deployment>

  /**
   * Starts the job of `createFromModelPackage` and returns its handle, without waiting for it.
   *
   * Errors: those of `createFromModelPackage`, except those of its job.
   *
   * `POST deployments/fromModelPackage/`
   *
   * @example
   * const handle = await client.Deployment.startCreateFromModelPackage({
   *   modelPackageId: "60a0000000000000000000e1",
   *   label: "Churn scorer",
   *   predictionEnvironmentId: "60a0000000000000000000f1"
   * })
   * for await (const { status } of client.Job.progress(handle)) console.log(status)
   */
  startCreateFromModelPackage(deployment: Deployment.CreateFromModelPackageInput, options?: CallOptions): ApiPromise<Handle>

  /**
   * Deploys a version of a custom model, and returns the deployment. First checks that the prediction server or the
   * prediction environment exists. Then finds a model package of the version, or creates one, waits until it is built,
   * deploys it, and waits for that job. `wait.timeout` limits both waits together.
   *
   * On DataRobot's managed cloud, pass a `defaultPredictionServerId` or a `predictionEnvironmentId`. Only an installation
   * without prediction servers needs neither.
   *
   * If a step fails, `made` of the error has the collections and ids of what the earlier steps created. A package is
   * never created twice: if you call the operation again, it finds the package of the first call.
   *
   * Errors: `NotFound` or a `DataRobotValidationError` if the prediction server or environment does not exist. `Failed`
   * if the build of the package fails. Otherwise those of `createFromModelPackage`.
   *
   * `GET predictionServers/` (with a `predictionEnvironmentId`, the environment instead), `GET modelPackages/`,
   * `POST modelPackages/fromCustomModelVersion/`, `GET modelPackages/{id}/`, `POST deployments/fromModelPackage/`,
   * `GET status/{id}/`, `GET deployments/{id}/`
   *
   * @example
   * const deployment = await client.Deployment.createFromCustomModelVersion({
   *   customModelVersionId: "60a0000000000000000000c1",
   *   label: "Churn scorer",
   *   predictionEnvironmentId: "60a0000000000000000000f1"
   * }, { wait: { timeout: "1 hour" } })
   */
  createFromCustomModelVersion(deployment: Deployment.CreateFromCustomModelVersionInput, options?: Deployment.JobOptions & Abortable): ApiPromise<Deployment>

  /**
   * Waits for a job that creates or changes a deployment, and returns the deployment. Takes the handle that a `start…`
   * operation returned, the `handle` of a `DataRobotJobError`, or the JSON text of either. After a model replacement, the
   * deployment may show the previous model for a moment. `DeploymentModel.replaceModel` waits until it shows the new one.
   *
   * Errors: `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
   * `timeout`.
   *
   * `GET status/{id}/`, then `GET deployments/{id}/`
   *
   * @example
   * const stored = "{\"kind\":\"status\",\"id\":\"0b1c7a1e-0000-4000-8000-000000000000\"}"
   * const deployment = await client.Deployment.resume(stored, { timeout: "20 minutes" })
   */
  resume(job: Job.JobRef, wait?: WaitOptions, options?: CallOptions): ApiPromise<Deployment>

  /**
   * Returns all deployments that match, or the first `limit` of them. Fetches them page by page.
   *
   * Errors: `Forbidden` if you filter by `importance`, and the account has no approval workflows. `Unexpected` (status
   * 400) if the server does not know a filter or an order.
   *
   * `GET deployments/`
   *
   * @example
   * const failing = await client.Deployment.list({ serviceHealth: ["failing", "warning"], limit: 10 })
   * console.log(failing.map(({ label }) => label))
   */
  list(filters?: Deployment.ListInput, options?: CallOptions): ApiPromise<ReadonlyArray<Deployment>>

  /**
   * Returns the deployments that match, as a stream. Fetches a page of `pageSize` items when its first item is read, or
   * earlier with `prefetch` and `concurrency`.
   *
   * Errors: those of `list`.
   *
   * `GET deployments/`
   *
   * @example
   * for await (const { label } of client.Deployment.stream({ status: "active", prefetch: 1 })) {
   *   console.log(label)
   * }
   */
  stream(filters?: Deployment.StreamInput, options?: CallOptions): IterableStream<Deployment>

  /**
   * Returns one page of the deployments that match. `limit` is the number of items: at most 100, default 20. Pass the
   * page's `next` to this operation to get the next page. `totalCount` is the number of deployments that match.
   *
   * Errors: those of `list`.
   *
   * `GET deployments/`
   *
   * @example
   * const first = await client.Deployment.page({ limit: 20 })
   * if (first.next !== undefined) console.log(await client.Deployment.page(first.next))
   */
  page(filters?: Deployment.ListInput, options?: CallOptions): ApiPromise<Page<Deployment, Deployment.ListInput>>

  /**
   * Returns one deployment.
   *
   * Errors: `NotFound` if the deployment does not exist; see `getOption`.
   *
   * `GET deployments/{id}/`
   *
   * @example
   * const { serviceHealth } = await client.Deployment.get("60a000000000000000000001")
   * console.log(serviceHealth?.status)
   */
  get(deployment: Ref, options?: CallOptions): ApiPromise<Deployment>

  /**
   * Returns one deployment, or none if it does not exist.
   *
   * Errors: those of every operation. A deployment that does not exist is no error.
   *
   * `GET deployments/{id}/`
   *
   * @example
   * const deployment = await client.Deployment.getOption("60a000000000000000000001")
   * console.log(deployment === undefined ? "(gone)" : deployment.label)
   */
  getOption(deployment: Ref, options?: CallOptions): ApiPromise<Deployment | undefined>

  /**
   * Changes the label, the description (`""` clears it) or the importance. Returns the deployment as read after the
   * change.
   *
   * Errors: `NotFound` if the deployment does not exist. `Forbidden` if the token's user may not change it.
   *
   * `PATCH deployments/{id}/`, then `GET deployments/{id}/`
   *
   * @example
   * const updated = await client.Deployment.update("60a000000000000000000001", {
   *   label: "Churn scorer 2",
   *   description: ""
   * })
   */
  update(deployment: Ref, changes: Deployment.UpdateInput, options?: UpdateOptions & Abortable): ApiPromise<Deployment>

  /**
   * Activates a deployment, waits for the job, and returns the deployment.
   *
   * Errors: `Conflict` if the deployment is already active or is being activated. `NotFound` if it does not exist.
   * `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
   * `wait.timeout`.
   *
   * `PATCH deployments/{id}/status/`, `GET status/{id}/`, `GET deployments/{id}/`
   *
   * @example
   * const active = await client.Deployment.activate("60a000000000000000000001", { wait: { timeout: "5 minutes" } })
   */
  activate(deployment: Ref, options?: JobUpdateOptions & Abortable): ApiPromise<Deployment>

  /**
   * Starts the job of `activate` and returns its handle, without waiting for it.
   *
   * Errors: those of `activate`, except those of its job.
   *
   * `PATCH deployments/{id}/status/`
   *
   * @example
   * const handle = await client.Deployment.startActivate("60a000000000000000000001")
   * const active = await client.Deployment.resume(handle)
   */
  startActivate(deployment: Ref, options?: UpdateOptions & Abortable): ApiPromise<Handle>

  /**
   * Deactivates a deployment, waits for the job, and returns the deployment.
   *
   * Errors: `Conflict` if the deployment is already inactive or is being deactivated. `NotFound` if it does not exist.
   * `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
   * `wait.timeout`.
   *
   * `PATCH deployments/{id}/status/`, `GET status/{id}/`, `GET deployments/{id}/`
   *
   * @example
   * const inactive = await client.Deployment.deactivate("60a000000000000000000001")
   */
  deactivate(deployment: Ref, options?: JobUpdateOptions & Abortable): ApiPromise<Deployment>

  /**
   * Starts the job of `deactivate` and returns its handle, without waiting for it.
   *
   * Errors: those of `deactivate`, except those of its job.
   *
   * `PATCH deployments/{id}/status/`
   *
   * @example
   * const handle = await client.Deployment.startDeactivate("60a000000000000000000001")
   * const inactive = await client.Deployment.resume(handle)
   */
  startDeactivate(deployment: Ref, options?: UpdateOptions & Abortable): ApiPromise<Handle>

  /**
   * Deletes a deployment. DataRobot responds before it has finished. Until then, operations on things that depend on
   * the deployment may fail with a `Conflict`.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot does not allow it.
   *
   * `DELETE deployments/{id}/`
   *
   * @example
   * await client.Deployment.delete("60a000000000000000000001")
   */
  delete(deployment: Ref, how?: Deployment.DeleteInput, options?: CallOptions): ApiPromise<void>

  /**
   * Returns the service statistics of the period `[startTime, endTime)`. Default: the seven days until the next full
   * hour. Times must be at the top of an hour. `executionTime` and `responseTime` are in milliseconds, rates are shares
   * of all requests (0 to 1), and loads are in requests per minute.
   *
   * Errors: `NotFound` if the deployment does not exist. A `DataRobotValidationError` if a time is not at the top of an
   * hour.
   *
   * `GET deployments/{id}/serviceStats/`
   *
   * @example
   * const { metrics } = await client.Deployment.getServiceStats("60a000000000000000000001", {
   *   startTime: "2022-03-01T00:00:00Z",
   *   endTime: "2022-03-08T00:00:00Z",
   *   responseTimeQuantile: 0.95
   * })
   * console.log(`${metrics.responseTime} ms, ${(metrics.userErrorRate ?? 0) * 100} % user errors`)
   */
  getServiceStats(deployment: Ref, stats?: Deployment.ServiceStatsInput, options?: CallOptions): ApiPromise<Deployment.ServiceStats>

  /**
   * Returns one metric of the prediction service over time, in buckets of `bucketSize`. Units are those of
   * `getServiceStats`.
   *
   * Errors: those of `getServiceStats`.
   *
   * `GET deployments/{id}/serviceStatsOverTime/`
   *
   * @example
   * const { buckets } = await client.Deployment.getServiceStatsOverTime("60a000000000000000000001", {
   *   metric: "totalPredictions",
   *   bucketSize: "P1D"
   * })
   * console.log(buckets.map(({ value }) => value))
   */
  getServiceStatsOverTime(deployment: Ref, stats?: Deployment.ServiceStatsOverTimeInput, options?: CallOptions): ApiPromise<Deployment.ServiceStatsOverTime>

  /**
   * Returns the actions that users performed on a deployment, oldest first: all entries, or the first `limit` of them.
   * The deployments API has no known route for the log. It is read from the model deployments API, which uses the same
   * ids.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET modelDeployments/{id}/actionLog/`
   *
   * @example
   * for (
   *   const { action, performedAt } of await client.Deployment.actionLog("60a000000000000000000001", { limit: 20 })
   * ) {
   *   console.log(action, performedAt)
   * }
   */
  actionLog(deployment: Ref, paging?: Paging, options?: CallOptions): ApiPromise<ReadonlyArray<ActionLogEntry>>

  /**
   * Returns the models that a deployment has or had. DataRobot does not document the keys of an entry; they are passed on
   * as the server sends them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/modelHistory/`
   *
   * @example
   * const models = await client.Deployment.modelHistory("60a000000000000000000001", { limit: 10 })
   */
  modelHistory(deployment: Ref, paging?: Paging, options?: CallOptions): ApiPromise<ReadonlyArray<Deployment.ModelHistoryEntry>>

  /**
   * Returns which features a deployment supports, with the reasons for those that it does not support.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/capabilities/`
   *
   * @example
   * const capabilities = await client.Deployment.getCapabilities("60a000000000000000000001")
   * console.log(capabilities.filter(({ supported }) => supported).map(({ name }) => name))
   */
  getCapabilities(deployment: Ref, options?: CallOptions): ApiPromise<ReadonlyArray<Deployment.Capability>>

  /**
   * Returns the users, groups and organizations that a deployment is shared with: all that match, or the first `limit` of
   * them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/sharedRoles/`
   *
   * @example
   * const roles = await client.Deployment.listSharedRoles("60a000000000000000000001", { shareRecipientType: "user" })
   * console.log(roles.filter(({ role }) => role === "OWNER"))
   */
  listSharedRoles(deployment: Ref, roles?: Deployment.SharedRolesInput, options?: CallOptions): ApiPromise<ReadonlyArray<Deployment.SharedRole>>

  /**
   * Grants and removes up to 100 roles. Roles that are not named do not change.
   *
   * Errors: `Conflict` if no owner would be left. `NotFound` if the deployment does not exist.
   *
   * `PATCH deployments/{id}/sharedRoles/`
   *
   * @example
   * await client.Deployment.updateSharedRoles("60a000000000000000000001", [
   *   { username: "ana@example.com", role: "USER", shareRecipientType: "user" },
   *   { id: "60a000000000000000000077", role: "NO_ROLE", shareRecipientType: "group" }
   * ])
   */
  updateSharedRoles(deployment: Ref, roles: ReadonlyArray<Deployment.Grant>, options?: UpdateOptions & Abortable): ApiPromise<void>
}

/**
 * The operations of `DeploymentActuals`.
 *
 * @since 0.1.0
 */
export interface DeploymentActualsClient {
  /**
   * Submits actual values in requests of 10 000, one after the other. Waits until DataRobot has processed each of them.
   * Returns the number of values and requests. Checks all values before it sends the first request, and writes each
   * request just before it sends it. So do not change the values while it runs.
   *
   * Errors: a `DataRobotValidationError` if a value is invalid; its `issues` have the index of the value. `RateLimited`
   * if too many values were submitted within an hour. `NotFound` if the deployment does not exist. `Failed` if the job
   * failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
   *
   * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
   *
   * @example
   * const { actuals } = await client.DeploymentActuals.submit("60a000000000000000000001", [
   *   { associationId: "c-1", actualValue: "yes", timestamp: new Date("2022-03-02T09:00:00Z") },
   *   { associationId: "c-2", actualValue: "no" }
   * ])
   * console.log(`${actuals} values`)
   */
  submit(deployment: Ref, actuals: Iterable<DeploymentActuals.Actual>, options?: DeploymentActuals.SubmitOptions & Abortable): ApiPromise<DeploymentActuals.Submitted>

  /**
   * Submits actual values from an iterable as they arrive. Yields the progress after each request.
   *
   * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
   *
   * @example
   * async function* outcomes() {
   *   yield { associationId: "c-1", actualValue: "yes" }
   * }
   * for await (const { actuals } of client.DeploymentActuals.submitStream("60a000000000000000000001", outcomes())) {
   *   console.log(`${actuals} values`)
   * }
   */
  submitStream(deployment: Ref, actuals: Rows<DeploymentActuals.Actual>, options?: DeploymentActuals.SubmitOptions & Abortable): IterableStream<DeploymentActuals.Submitted>

  /**
   * Submits the actual values of a dataset, and waits until DataRobot has processed them.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if the dataset or a column does not exist.
   * `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
   * `wait.timeout`.
   *
   * `POST deployments/{id}/actuals/fromDataset/`, `GET status/{id}/`
   *
   * @example
   * await client.DeploymentActuals.submitFromDataset("60a000000000000000000001", {
   *   datasetId: "60a0000000000000000000aa",
   *   associationIdColumn: "customer",
   *   actualValueColumn: "churned"
   * })
   */
  submitFromDataset(deployment: Ref, dataset: DeploymentActuals.DatasetInput, options?: JobUpdateOptions & Abortable): ApiPromise<void>

  /**
   * Starts the job of `submitFromDataset` and returns its handle, without waiting for it.
   *
   * Errors: those of `submitFromDataset`, except those of its job.
   *
   * `POST deployments/{id}/actuals/fromDataset/`
   *
   * @example
   * const handle = await client.DeploymentActuals.startSubmitFromDataset("60a000000000000000000001", {
   *   datasetId: "60a0000000000000000000aa",
   *   associationIdColumn: "customer",
   *   actualValueColumn: "churned"
   * })
   * await client.Job.await(handle)
   */
  startSubmitFromDataset(deployment: Ref, dataset: DeploymentActuals.DatasetInput, options?: UpdateOptions & Abortable): ApiPromise<Handle>
}

/**
 * The operations of `DeploymentExport`.
 *
 * @since 0.1.0
 */
export interface DeploymentExportClient {
  /**
   * Starts an export of the rows that a deployment predicted in a period, and returns it without waiting for it; see
   * `download`. The order of the rows is not specified.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot cannot export the period.
   *
   * `POST deployments/{id}/predictionDataExports/`
   *
   * @example
   * const started = await client.DeploymentExport.startPredictions("60a000000000000000000001", {
   *   startTime: "2022-03-01T00:00:00Z",
   *   endTime: "2022-03-08T00:00:00Z"
   * })
   * for await (const bytes of client.DeploymentExport.download(started)) process.stdout.write(bytes)
   */
  startPredictions(deployment: Ref, predictions: DeploymentExport.PredictionsInput, options?: CallOptions): ApiPromise<DeploymentExport.StartedExport<"predictions">>

  /**
   * Starts an export of the actual values of a period, and returns it without waiting for it; see `download`. The order
   * of the rows is not specified.
   *
   * Errors: those of `startPredictions`.
   *
   * `POST deployments/{id}/actualsDataExports/`
   *
   * @example
   * const started = await client.DeploymentExport.startActuals("60a000000000000000000001", {
   *   startTime: "2022-03-01T00:00:00Z",
   *   endTime: "2022-03-08T00:00:00Z",
   *   onlyMatchedPredictions: true
   * })
   */
  startActuals(deployment: Ref, actuals: DeploymentExport.ActualsInput, options?: CallOptions): ApiPromise<DeploymentExport.StartedExport<"actuals">>

  /**
   * Starts an export of the training data of a model, and returns it without waiting for it; see `download`. Default: the
   * deployed model.
   *
   * Errors: those of `startPredictions`.
   *
   * `POST deployments/{id}/trainingDataExports/`
   *
   * @example
   * const started = await client.DeploymentExport.startTraining("60a000000000000000000001")
   */
  startTraining(deployment: Ref, training?: DeploymentExport.TrainingInput, options?: CallOptions): ApiPromise<DeploymentExport.StartedTrainingExport>

  /**
   * Returns the exports of prediction data that match, or the first `limit` of them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/predictionDataExports/`
   *
   * @example
   * const finished = await client.DeploymentExport.listPredictions("60a000000000000000000001", {
   *   status: "SUCCEEDED",
   *   limit: 10
   * })
   */
  listPredictions(deployment: Ref, filters?: DeploymentExport.ListPredictionsInput, options?: CallOptions): ApiPromise<ReadonlyArray<DeploymentExport.PredictionsExport>>

  /**
   * Returns the exports of actual values that match, or the first `limit` of them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/actualsDataExports/`
   *
   * @example
   * const finished = await client.DeploymentExport.listActuals("60a000000000000000000001", {
   *   status: "SUCCEEDED",
   *   limit: 10
   * })
   */
  listActuals(deployment: Ref, filters?: DeploymentExport.ListActualsInput, options?: CallOptions): ApiPromise<ReadonlyArray<DeploymentExport.ActualsExport>>

  /**
   * Returns the exports of training data that have succeeded, or the first `limit` of them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/trainingDataExports/`
   *
   * @example
   * const finished = await client.DeploymentExport.listTraining("60a000000000000000000001", { limit: 10 })
   */
  listTraining(deployment: Ref, filters?: DeploymentExport.ListTrainingInput, options?: CallOptions): ApiPromise<ReadonlyArray<DeploymentExport.TrainingExport>>

  /**
   * Returns an export of prediction data, with its state.
   *
   * Errors: `NotFound` if the deployment or the export does not exist.
   *
   * `GET deployments/{id}/predictionDataExports/{exportId}/`
   *
   * @example
   * const { status } = await client.DeploymentExport.getPredictions(
   *   "60a000000000000000000001",
   *   "60a000000000000000000e01"
   * )
   */
  getPredictions(deployment: Ref, dataExport: Ref, options?: CallOptions): ApiPromise<DeploymentExport.PredictionsExport>

  /**
   * Returns an export of actual values, with its state.
   *
   * Errors: `NotFound` if the deployment or the export does not exist.
   *
   * `GET deployments/{id}/actualsDataExports/{exportId}/`
   *
   * @example
   * const { status } = await client.DeploymentExport.getActuals("60a000000000000000000001", "60a000000000000000000e01")
   */
  getActuals(deployment: Ref, dataExport: Ref, options?: CallOptions): ApiPromise<DeploymentExport.ActualsExport>

  /**
   * Returns an export of training data.
   *
   * Errors: `NotFound` if the deployment or the export does not exist.
   *
   * `GET deployments/{id}/trainingDataExports/{exportId}/`
   *
   * @example
   * const training = await client.DeploymentExport.getTraining("60a000000000000000000001", "60a000000000000000000e01")
   */
  getTraining(deployment: Ref, dataExport: Ref, options?: CallOptions): ApiPromise<DeploymentExport.TrainingExport>

  /**
   * Waits for an export, and emits its rows as CSV while they arrive. The export is the result of `start…`, `list…` or
   * `get…`, or one that was stored as JSON. The file has any size. A file that is cut short is an error.
   *
   * After the last byte, deletes the dataset that DataRobot made for the export, unless `keep` is true. It remains if the
   * download fails or is interrupted, so that the same export can be downloaded again.
   *
   * An interruption does not stop the export.
   *
   * Errors: `Failed` if the export fails, if its period has no rows, or if its dataset was deleted. `Lost` if DataRobot
   * no longer knows the export. `Deadline` if the wait takes longer than `wait.timeout` (default: 10 minutes).
   *
   * `GET deployments/{id}/predictionDataExports/{exportId}/` (or the same of `actualsDataExports` and
   * `trainingDataExports`), `GET datasets/{id}/`, `GET datasets/{id}/file/`, `DELETE datasets/{id}/`
   *
   * @example
   * const [finished] = await client.DeploymentExport.listPredictions("60a000000000000000000001", {
   *   status: "SUCCEEDED",
   *   limit: 1
   * })
   * if (finished !== undefined) {
   *   for await (const bytes of client.DeploymentExport.download(finished, { keep: true })) process.stdout.write(bytes)
   * }
   */
  download(dataExport: DeploymentExport.ExportRef, options?: DeploymentExport.DownloadOptions & Abortable): IterableStream<Uint8Array>
}

/**
 * The operations of `DeploymentModel`.
 *
 * @since 0.1.0
 */
export interface DeploymentModelClient {
  /**
   * Returns the features of the deployed model: all that match, or the first `limit` of them. `importance` is a share, 0
   * to 1.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/features/`
   *
   * @example
   * for (
   *   const { importance, name } of await client.DeploymentModel.getFeatures("60a000000000000000000001", {
   *     orderBy: "-importance",
   *     limit: 5
   *   })
   * ) {
   *   console.log(name, importance)
   * }
   */
  getFeatures(deployment: Ref, features?: DeploymentModel.FeaturesInput, options?: CallOptions): ApiPromise<ReadonlyArray<DeploymentModel.Feature>>

  /**
   * Returns the challengers: the models that are compared with the deployed one.
   *
   * Errors: `NotFound` if the deployment does not exist. `Forbidden` if the account has no challengers.
   *
   * `GET deployments/{id}/challengers/`
   *
   * @example
   * const challengers = await client.DeploymentModel.listChallengers("60a000000000000000000001")
   */
  listChallengers(deployment: Ref, options?: CallOptions): ApiPromise<ReadonlyArray<DeploymentModel.Challenger>>

  /**
   * Returns the model package that is deployed.
   *
   * Errors: `NotFound` if the deployment does not exist, or has no model package.
   *
   * `GET deployments/{id}/championModelPackage/`
   *
   * @example
   * const { id } = await client.DeploymentModel.getChampionModelPackage("60a000000000000000000001")
   */
  getChampionModelPackage(deployment: Ref, options?: CallOptions): ApiPromise<DeploymentModel.ChampionModelPackage>

  /**
   * Checks whether a model could replace the deployed one, and returns the result of each check. Changes nothing.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if the model or the package does not exist. A
   * model that fails the checks is no error.
   *
   * `POST deployments/{id}/model/validation/`
   *
   * @example
   * const { checks, status } = await client.DeploymentModel.validateReplacementModel("60a000000000000000000001", {
   *   modelPackageId: "60a0000000000000000000e2"
   * })
   * console.log(status, checks)
   */
  validateReplacementModel(deployment: Ref, candidate: DeploymentModel.CandidateInput, options?: CallOptions): ApiPromise<DeploymentModel.ReplacementValidation>

  /**
   * Returns the checks of a rejected replacement, from the `Conflict` with which `replaceModel` failed. Returns
   * `undefined` for any other error.
   */
  validationOf(error: unknown): DeploymentModel.ReplacementValidation | undefined

  /**
   * Replaces the deployed model, waits until the deployment shows the new one, and returns the deployment. The deployment
   * continues to serve predictions meanwhile.
   *
   * Errors: `Conflict` if the model fails the checks. Its message names the failed checks, and `validationOf(error)`
   * returns all of them. `NotFound` if the deployment does not exist. `Failed` if the job failed, `Lost` if DataRobot no
   * longer knows it, `Deadline` if it takes longer than `wait.timeout`.
   *
   * `PATCH deployments/{id}/model/`, `GET status/{id}/`, `GET deployments/{id}/`
   *
   * @example
   * const deployment = await client.DeploymentModel.replaceModel("60a000000000000000000001", {
   *   modelPackageId: "60a0000000000000000000e2",
   *   reason: "DATA_DRIFT"
   * })
   */
  replaceModel(deployment: Ref, model: DeploymentModel.ReplacementInput, options?: JobUpdateOptions & Abortable): ApiPromise<Deployment>

  /**
   * Starts the job of `replaceModel` and returns its handle, without waiting for it; see `Deployment.resume`.
   *
   * Errors: those of `replaceModel`, except those of its job.
   *
   * `PATCH deployments/{id}/model/`
   *
   * @example
   * const handle = await client.DeploymentModel.startReplaceModel("60a000000000000000000001", {
   *   modelPackageId: "60a0000000000000000000e2",
   *   reason: "SCHEDULED_REFRESH"
   * })
   * await client.Deployment.resume(handle)
   */
  startReplaceModel(deployment: Ref, model: DeploymentModel.ReplacementInput, options?: UpdateOptions & Abortable): ApiPromise<Handle>

  /**
   * Returns the secondary datasets of the deployed model.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/model/secondaryDatasetConfiguration/`
   *
   * @example
   * const { secondaryDatasetConfigId } = await client.DeploymentModel.getSecondaryDatasetConfig(
   *   "60a000000000000000000001"
   * )
   */
  getSecondaryDatasetConfig(deployment: Ref, options?: CallOptions): ApiPromise<DeploymentModel.SecondaryDatasetConfig>

  /**
   * Changes the secondary datasets of the deployed model. Returns them as read after the change.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if the configuration does not exist, or does not
   * suit the model.
   *
   * `PATCH` and `GET deployments/{id}/model/secondaryDatasetConfiguration/`
   *
   * @example
   * await client.DeploymentModel.updateSecondaryDatasetConfig("60a000000000000000000001", {
   *   secondaryDatasetConfigId: "60a0000000000000000000ab"
   * })
   */
  updateSecondaryDatasetConfig(deployment: Ref, config: DeploymentModel.SecondaryDatasetConfigInput, options?: UpdateOptions & Abortable): ApiPromise<DeploymentModel.SecondaryDatasetConfig>

  /**
   * Downloads the scoring code of the deployed model, and emits the bytes of the JAR file as they arrive. With the
   * monitoring agent, explanations or intervals, DataRobot has to build the file first: starts the build, and waits for
   * it as `wait` says, by default up to 10 minutes. The file has any size. A file that is cut short is an error.
   *
   * Errors: `NotFound` if the deployment does not exist, or if its model has no scoring code. `Failed` if the job failed,
   * `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
   *
   * To build the file, first `POST deployments/{id}/scoringCodeBuilds/` and `GET status/{id}/`. Then
   * `GET deployments/{id}/scoringCode/`, or the path that the job names.
   *
   * @example
   * import { createWriteStream } from "node:fs"
   * import { pipeline } from "node:stream/promises"
   *
   * await pipeline(
   *   client.DeploymentModel.downloadScoringCode("60a000000000000000000001"),
   *   createWriteStream("model.jar")
   * )
   */
  downloadScoringCode(deployment: Ref, code?: DeploymentModel.ScoringCodeInput, options?: FileJobOptions & Abortable): IterableStream<Uint8Array>

  /**
   * Has DataRobot build the file of the deployed model package (`.mlpkg`), waits for the build as `wait` says, by default
   * up to 10 minutes, and emits the bytes of the file as they arrive. The file has any size. A file that is cut short is
   * an error.
   *
   * Errors: `NotFound` if the deployment does not exist, or if its model has no such file. `Failed` if the job failed,
   * `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than `wait.timeout`.
   *
   * `POST deployments/{id}/modelPackageFileBuilds/`, `GET status/{id}/`, `GET deployments/{id}/modelPackageFile/` or the
   * path that the job names
   *
   * @example
   * import { createWriteStream } from "node:fs"
   * import { pipeline } from "node:stream/promises"
   *
   * await pipeline(
   *   client.DeploymentModel.downloadModelPackage("60a000000000000000000001"),
   *   createWriteStream("model.mlpkg")
   * )
   */
  downloadModelPackage(deployment: Ref, modelPackage?: DeploymentModel.ModelPackageFileInput, options?: FileJobOptions & Abortable): IterableStream<Uint8Array>
}

/**
 * The operations of `DeploymentMonitoring`.
 *
 * @since 0.1.0
 */
export interface DeploymentMonitoringClient {
  /**
   * Returns how far the predictions of a period have drifted from those of the training data. Times must be at the top of
   * an hour.
   *
   * Errors: `NotFound` if the deployment does not exist. A `DataRobotValidationError` if a time is not at the top of an
   * hour.
   *
   * `GET deployments/{id}/targetDrift/`
   *
   * @example
   * const { driftScore, sampleSize } = await client.DeploymentMonitoring.getTargetDrift("60a000000000000000000001", {
   *   startTime: "2022-03-01T00:00:00Z",
   *   endTime: "2022-03-08T00:00:00Z",
   *   metric: "psi"
   * })
   * console.log(driftScore, sampleSize)
   */
  getTargetDrift(deployment: Ref, drift?: DeploymentMonitoring.TargetDriftInput, options?: CallOptions): ApiPromise<DeploymentMonitoring.TargetDrift>

  /**
   * Returns how far the values of each feature have drifted from those of the training data: all features, or the first
   * `limit` of them, the most influential first. Times must be at the top of an hour.
   *
   * Errors: those of `getTargetDrift`.
   *
   * `GET deployments/{id}/featureDrift/`
   *
   * @example
   * const features = await client.DeploymentMonitoring.getFeatureDrift("60a000000000000000000001", { limit: 10 })
   * console.log(features.filter(({ driftScore }) => (driftScore ?? 0) > 0.15).map(({ name }) => name))
   */
  getFeatureDrift(deployment: Ref, drift?: DeploymentMonitoring.FeatureDriftInput, options?: CallOptions): ApiPromise<ReadonlyArray<DeploymentMonitoring.FeatureDrift>>

  /**
   * Returns the accuracy of the predictions of a period, by the metrics that suit the target. Times must be at the top of
   * an hour.
   *
   * Errors: those of `getTargetDrift`.
   *
   * `GET deployments/{id}/accuracy/`
   *
   * @example
   * const { metrics } = await client.DeploymentMonitoring.getAccuracy("60a000000000000000000001", {
   *   startTime: "2022-03-01T00:00:00Z",
   *   endTime: "2022-03-08T00:00:00Z"
   * })
   * console.log(metrics["LogLoss"]?.value)
   */
  getAccuracy(deployment: Ref, accuracy?: DeploymentMonitoring.AccuracyInput, options?: CallOptions): ApiPromise<DeploymentMonitoring.Accuracy>

  /**
   * Returns one accuracy metric over time, in buckets of `bucketSize`. Times must be at the top of an hour.
   *
   * Errors: those of `getTargetDrift`.
   *
   * `GET deployments/{id}/accuracyOverTime/`
   *
   * @example
   * const { buckets } = await client.DeploymentMonitoring.getAccuracyOverTime("60a000000000000000000001", {
   *   metric: "LogLoss",
   *   bucketSize: "P1D"
   * })
   * console.log(buckets.map(({ value }) => value))
   */
  getAccuracyOverTime(deployment: Ref, accuracy?: DeploymentMonitoring.AccuracyOverTimeInput, options?: CallOptions): ApiPromise<DeploymentMonitoring.AccuracyOverTime>

  /**
   * Returns the predictions over time, in buckets of `bucketSize`. Times must be at the top of an hour.
   *
   * Errors: those of `getTargetDrift`.
   *
   * `GET deployments/{id}/predictionsOverTime/`
   *
   * @example
   * const { buckets } = await client.DeploymentMonitoring.getPredictionsOverTime("60a000000000000000000001", {
   *   bucketSize: "P1D"
   * })
   */
  getPredictionsOverTime(deployment: Ref, predictions?: DeploymentMonitoring.PredictionsOverTimeInput, options?: CallOptions): ApiPromise<DeploymentMonitoring.PredictionsOverTime>

  /**
   * Returns the predicted rows that match, or the first `limit` of them, with their actual values if there are any.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/predictionResults/`
   *
   * @example
   * const rows = await client.DeploymentMonitoring.listPredictionResults("60a000000000000000000001", {
   *   actualsPresent: true,
   *   limit: 100
   * })
   */
  listPredictionResults(deployment: Ref, filters?: DeploymentMonitoring.PredictionResultsInput, options?: CallOptions): ApiPromise<ReadonlyArray<DeploymentMonitoring.PredictionResult>>

  /**
   * Returns the predicted rows that match, as a stream. Fetches a page when its first row is read, or earlier with
   * `prefetch` and `concurrency`.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/predictionResults/`
   *
   * @example
   * for await (
   *   const row of client.DeploymentMonitoring.streamPredictionResults("60a000000000000000000001", { prefetch: 1 })
   * ) {
   *   console.log(row)
   * }
   */
  streamPredictionResults(deployment: Ref, filters?: DeploymentMonitoring.PredictionResultsStreamInput, options?: CallOptions): IterableStream<DeploymentMonitoring.PredictionResult>

  /**
   * Downloads the predicted rows that match as CSV, with their actual values if there are any, and emits the bytes as
   * they arrive. The file has any size. A file that is cut short is an error.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/predictionResults/`
   *
   * @example
   * import { createWriteStream } from "node:fs"
   * import { pipeline } from "node:stream/promises"
   *
   * const csv = client.DeploymentMonitoring.downloadPredictionResults("60a000000000000000000001", {
   *   actualsPresent: true
   * })
   * await pipeline(csv, createWriteStream("results.csv"))
   */
  downloadPredictionResults(deployment: Ref, filters?: DeploymentMonitoring.PredictionResultsFileInput, options?: FileOptions & Abortable): IterableStream<Uint8Array>

  /**
   * Deletes the monitoring data of a model, all of it or that of a period, and waits for the job. This can't be undone.
   * Times must be at the top of an hour.
   *
   * Errors: `NotFound` if the deployment or the model does not exist. `Failed` if the job failed, `Lost` if DataRobot no
   * longer knows it, `Deadline` if it takes longer than `wait.timeout`.
   *
   * `POST deployments/{id}/monitoringDataDeletions/`, `GET status/{id}/`
   *
   * @example
   * await client.DeploymentMonitoring.deleteMonitoringData("60a000000000000000000001", {
   *   modelId: "60a0000000000000000000a1",
   *   startTime: "2022-03-01T00:00:00Z",
   *   endTime: "2022-03-02T00:00:00Z"
   * })
   */
  deleteMonitoringData(deployment: Ref, which: DeploymentMonitoring.DeleteMonitoringDataInput, options?: JobUpdateOptions & Abortable): ApiPromise<void>

  /**
   * Starts the job of `deleteMonitoringData` and returns its handle, without waiting for it.
   *
   * Errors: those of `deleteMonitoringData`, except those of its job.
   *
   * `POST deployments/{id}/monitoringDataDeletions/`
   *
   * @example
   * const handle = await client.DeploymentMonitoring.startDeleteMonitoringData("60a000000000000000000001", {
   *   modelId: "60a0000000000000000000a1"
   * })
   * await client.Job.await(handle)
   */
  startDeleteMonitoringData(deployment: Ref, which: DeploymentMonitoring.DeleteMonitoringDataInput, options?: UpdateOptions & Abortable): ApiPromise<Handle>
}

/**
 * The operations of `DeploymentSettings`.
 *
 * @since 0.1.0
 */
export interface DeploymentSettingsClient {
  /**
   * Returns the settings of a deployment.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/settings/`
   *
   * @example
   * const { associationId } = await client.DeploymentSettings.get("60a000000000000000000001")
   * console.log(associationId?.columnNames)
   */
  get(deployment: Ref, options?: CallOptions): ApiPromise<DeploymentSettings.Settings>

  /**
   * Changes settings and waits for the job. Returns all settings as read after the change.
   *
   * Errors: `NotFound` if the deployment does not exist. `Conflict` if settings contradict each other, or another change
   * is going on. `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
   * `wait.timeout`.
   *
   * `PATCH deployments/{id}/settings/`, `GET status/{id}/`, `GET deployments/{id}/settings/`
   *
   * @example
   * const settings = await client.DeploymentSettings.update("60a000000000000000000001", {
   *   associationId: { columnNames: ["customer"], requiredInPredictionRequests: true },
   *   targetDrift: { enabled: true }
   * })
   */
  update(deployment: Ref, changes: DeploymentSettings.SettingsInput, options?: JobUpdateOptions & Abortable): ApiPromise<DeploymentSettings.Settings>

  /**
   * Starts the job of `update` and returns its handle, without waiting for it.
   *
   * Errors: those of `update`, except those of its job.
   *
   * `PATCH deployments/{id}/settings/`
   *
   * @example
   * const handle = await client.DeploymentSettings.startUpdate("60a000000000000000000001", {
   *   predictionsDataCollection: { enabled: true }
   * })
   * await client.Job.await(handle)
   */
  startUpdate(deployment: Ref, changes: DeploymentSettings.SettingsInput, options?: UpdateOptions & Abortable): ApiPromise<Handle>

  /**
   * Returns the limits at which the health of a deployment becomes `warning` or `failing`.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/healthSettings/`
   *
   * @example
   * const { dataDrift } = await client.DeploymentSettings.getHealthSettings("60a000000000000000000001")
   * console.log(dataDrift?.driftThreshold)
   */
  getHealthSettings(deployment: Ref, options?: CallOptions): ApiPromise<DeploymentSettings.HealthSettings>

  /**
   * Returns the default health settings of a deployment.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/healthSettings/defaults/`
   *
   * @example
   * const defaults = await client.DeploymentSettings.getDefaultHealthSettings("60a000000000000000000001")
   */
  getDefaultHealthSettings(deployment: Ref, options?: CallOptions): ApiPromise<DeploymentSettings.HealthSettings>

  /**
   * Changes health settings. Returns all of them as read after the change.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot does not accept a value.
   *
   * `PATCH` and `GET deployments/{id}/healthSettings/`
   *
   * @example
   * await client.DeploymentSettings.updateHealthSettings("60a000000000000000000001", {
   *   dataDrift: { timeInterval: "P7D", driftThreshold: 0.2 }
   * })
   */
  updateHealthSettings(deployment: Ref, changes: DeploymentSettings.HealthSettingsInput, options?: UpdateOptions & Abortable): ApiPromise<DeploymentSettings.HealthSettings>

  /**
   * Returns whether challengers replay predictions, and when.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/challengerReplaySettings/`
   *
   * @example
   * const { enabled } = await client.DeploymentSettings.getChallengerReplaySettings("60a000000000000000000001")
   */
  getChallengerReplaySettings(deployment: Ref, options?: CallOptions): ApiPromise<DeploymentSettings.ChallengerReplaySettings>

  /**
   * Changes whether challengers replay predictions, and when. Returns the settings as read after the change.
   *
   * Errors: `NotFound` if the deployment does not exist. `Conflict` if challengers are off.
   *
   * `PATCH` and `GET deployments/{id}/challengerReplaySettings/`
   *
   * @example
   * await client.DeploymentSettings.updateChallengerReplaySettings("60a000000000000000000001", {
   *   enabled: true,
   *   schedule: { minute: [0], hour: [3], dayOfWeek: ["*"], dayOfMonth: ["*"], month: ["*"] }
   * })
   */
  updateChallengerReplaySettings(deployment: Ref, changes: DeploymentSettings.ChallengerReplaySettingsInput, options?: UpdateOptions & Abortable): ApiPromise<DeploymentSettings.ChallengerReplaySettings>

  /**
   * Returns how the deployment's model is retrained. Keys are passed on as the server sends them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/retrainingSettings/`
   *
   * @example
   * const { dataset } = await client.DeploymentSettings.getRetrainingSettings("60a000000000000000000001")
   */
  getRetrainingSettings(deployment: Ref, options?: CallOptions): ApiPromise<DeploymentSettings.RetrainingSettings>

  /**
   * Changes how the deployment's model is retrained. Returns the settings as read after the change.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot does not accept a value.
   *
   * `PATCH` and `GET deployments/{id}/retrainingSettings/`
   *
   * @example
   * await client.DeploymentSettings.updateRetrainingSettings("60a000000000000000000001", {
   *   datasetId: "60a0000000000000000000aa",
   *   credentialId: null
   * })
   */
  updateRetrainingSettings(deployment: Ref, changes: DeploymentSettings.RetrainingSettingsInput, options?: UpdateOptions & Abortable): ApiPromise<DeploymentSettings.RetrainingSettings>

  /**
   * Returns the accuracy metrics that are shown, as the API spells them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET deployments/{id}/accuracyMetrics/`
   *
   * @example
   * const metrics = await client.DeploymentSettings.getAccuracyMetricsSettings("60a000000000000000000001")
   */
  getAccuracyMetricsSettings(deployment: Ref, options?: CallOptions): ApiPromise<ReadonlyArray<string>>

  /**
   * Sets the accuracy metrics that are shown. Returns them as read after the change. The request replaces the whole list,
   * so it is safe to retry.
   *
   * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if a metric does not suit the target.
   *
   * `PUT` and `GET deployments/{id}/accuracyMetrics/`
   *
   * @example
   * await client.DeploymentSettings.updateAccuracyMetricsSettings("60a000000000000000000001", ["LogLoss", "AUC"])
   */
  updateAccuracyMetricsSettings(deployment: Ref, metrics: ReadonlyArray<string>, options?: CallOptions): ApiPromise<ReadonlyArray<string>>
}

/**
 * The operations of `Job`.
 *
 * @since 0.1.0
 */
export interface JobClient {
  /**
   * Waits for a job, and returns the resource that it created or changed, if it is known. Takes a handle, its JSON
   * text, or the id of a job. The `handle` of a `DataRobotJobError` works too. A timeout or an interruption does not
   * end the job.
   *
   * Errors: `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
   * `timeout`.
   *
   * `GET status/{id}/`, at growing intervals
   *
   * @example
   * const resource = await client.Job.await("0b1c7a1e-0000-4000-8000-000000000000", { timeout: "20 minutes" })
   * console.log(resource?.collection, resource?.id)
   */
  await(job: Job.JobRef, wait?: WaitOptions, options?: CallOptions): ApiPromise<Job.Resource | undefined>

  /**
   * Emits the states of a job, one element per change, until the job has finished. The last element has the status
   * `COMPLETED` and, if it is known, the `resource` that the job created or changed.
   *
   * Errors: those of `await`.
   *
   * `GET status/{id}/`, at growing intervals
   *
   * @example
   * for await (const { message, status } of client.Job.progress("0b1c7a1e-0000-4000-8000-000000000000")) {
   *   console.log(status, message)
   * }
   */
  progress(job: Job.JobRef, wait?: WaitOptions, options?: CallOptions): IterableStream<Job.JobState>

  /**
   * Waits for a job that this or another process started, from its stored handle (the JSON text or the parsed value).
   * Returns the same as `await`. `Deployment.resume` does the same and then returns the deployment.
   *
   * Errors: those of `await`.
   *
   * `GET status/{id}/`, at growing intervals
   *
   * @example
   * const stored = "{\"kind\":\"status\",\"id\":\"0b1c7a1e-0000-4000-8000-000000000000\"}"
   * const resource = await client.Job.resume(stored, { timeout: "1 hour" })
   */
  resume(stored: Job.JobRef, wait?: WaitOptions, options?: CallOptions): ApiPromise<Job.Resource | undefined>

  /**
   * Returns the jobs of the token's user that have not finished, or the first `limit` of them.
   *
   * Errors: those of every operation.
   *
   * `GET status/`
   *
   * @example
   * for (const { description, status } of await client.Job.list({ limit: 20 })) console.log(description, status)
   */
  list(paging?: Paging, options?: CallOptions): ApiPromise<ReadonlyArray<Job.JobState>>

  /**
   * Cancels a job. Changes that it has already made are kept.
   *
   * Errors: `NotFound` if DataRobot no longer knows the job.
   *
   * `DELETE status/{id}/`
   *
   * @example
   * await client.Job.cancel("0b1c7a1e-0000-4000-8000-000000000000")
   */
  cancel(job: Job.JobRef, options?: CallOptions): ApiPromise<void>
}

/**
 * The operations of `ModelDeployment`.
 *
 * @since 0.1.0
 */
export interface ModelDeploymentClient {
  /**
   * Creates a deployment of a model, and returns it. It may not be `deployed` yet; see `awaitDeployed`.
   *
   * The request is never sent twice if an earlier attempt may have taken effect. The error then has the outcome
   * `"unknown"`; `list({ query: label })` shows whether the deployment exists.
   *
   * Errors: `NotFound` or `Unprocessable` if the project, the model or the instance does not exist. `Forbidden` if the
   * account may not deploy models.
   *
   * `POST modelDeployments/`, then `GET modelDeployments/{id}/`
   *
   * @example
   * const deployment = await client.ModelDeployment.create({
   *   projectId: "5b00000000000000000000b1",
   *   modelId: "5b00000000000000000000a1",
   *   label: "Churn scorer"
   * })
   * await client.ModelDeployment.awaitDeployed(deployment)
   */
  create(deployment: ModelDeployment.CreateInput, options?: CallOptions): ApiPromise<ModelDeployment>

  /**
   * Returns all deployments that match, or the first `limit` of them. Fetches them page by page. Includes archived
   * deployments unless `status` excludes them.
   *
   * Errors: `Unexpected` (status 400) or `Unprocessable` if the server does not know a status or an order.
   *
   * `GET modelDeployments/`
   *
   * @example
   * const active = await client.ModelDeployment.list({ status: "active", orderBy: "label", limit: 10 })
   */
  list(filters?: ModelDeployment.ListInput, options?: CallOptions): ApiPromise<ReadonlyArray<ModelDeployment>>

  /**
   * Returns the deployments that match, as a stream. Fetches a page of `pageSize` items when its first item is read, or
   * earlier with `prefetch` and `concurrency`.
   *
   * Errors: those of `list`.
   *
   * `GET modelDeployments/`
   *
   * @example
   * for await (const { label } of client.ModelDeployment.stream({ query: "churn", pageSize: 50 })) {
   *   console.log(label)
   * }
   */
  stream(filters?: ModelDeployment.StreamInput, options?: CallOptions): IterableStream<ModelDeployment>

  /**
   * Returns one page of the deployments that match, with at most `limit` items. Pass the page's `next` to this operation
   * to get the next page.
   *
   * Errors: those of `list`.
   *
   * `GET modelDeployments/`
   *
   * @example
   * const first = await client.ModelDeployment.page({ limit: 20 })
   * if (first.next !== undefined) console.log(await client.ModelDeployment.page(first.next))
   */
  page(filters?: ModelDeployment.ListInput, options?: CallOptions): ApiPromise<Page<ModelDeployment, ModelDeployment.ListInput>>

  /**
   * Returns one deployment.
   *
   * Errors: `NotFound` if the deployment does not exist; see `getOption`.
   *
   * `GET modelDeployments/{id}/`
   *
   * @example
   * const { label, status } = await client.ModelDeployment.get("5b0000000000000000000001")
   * console.log(label, status)
   */
  get(deployment: Ref, options?: CallOptions): ApiPromise<ModelDeployment>

  /**
   * Returns one deployment, or none if it does not exist.
   *
   * Errors: those of every operation. A deployment that does not exist is no error.
   *
   * `GET modelDeployments/{id}/`
   *
   * @example
   * const deployment = await client.ModelDeployment.getOption("5b0000000000000000000001")
   * console.log(deployment === undefined ? "(gone)" : deployment.label)
   */
  getOption(deployment: Ref, options?: CallOptions): ApiPromise<ModelDeployment | undefined>

  /**
   * Changes the label, the description (`""` clears it) or the status. Returns the deployment as read after the change.
   *
   * Errors: `NotFound` if the deployment does not exist. `Forbidden` if the token's user may not change it.
   *
   * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
   *
   * @example
   * const updated = await client.ModelDeployment.update("5b0000000000000000000001", {
   *   label: "Churn scorer 2",
   *   description: ""
   * })
   */
  update(deployment: Ref, changes: ModelDeployment.UpdateInput, options?: UpdateOptions & Abortable): ApiPromise<ModelDeployment>

  /**
   * Sets the status `active`. See `update`.
   *
   * Errors: those of `update`.
   *
   * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
   *
   * @example
   * const active = await client.ModelDeployment.activate("5b0000000000000000000001")
   */
  activate(deployment: Ref, options?: UpdateOptions & Abortable): ApiPromise<ModelDeployment>

  /**
   * Sets the status `inactive`. See `update`.
   *
   * Errors: those of `update`.
   *
   * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
   *
   * @example
   * const inactive = await client.ModelDeployment.deactivate("5b0000000000000000000001")
   */
  deactivate(deployment: Ref, options?: UpdateOptions & Abortable): ApiPromise<ModelDeployment>

  /**
   * Sets the status `archived`. The model deployments API has no delete, so archive a deployment to remove it. See
   * `update`.
   *
   * Errors: those of `update`.
   *
   * `PATCH modelDeployments/{id}/`, then `GET modelDeployments/{id}/`
   *
   * @example
   * const archived = await client.ModelDeployment.archive("5b0000000000000000000001")
   */
  archive(deployment: Ref, options?: UpdateOptions & Abortable): ApiPromise<ModelDeployment>

  /**
   * Returns the service statistics of the period `[startDate, endDate)`. Default: the last 24 hours. Rates are shares of
   * all requests (0 to 1), `load` is in requests per minute, and `medianExecutionTime` is in seconds.
   *
   * Errors: `NotFound` if the deployment does not exist. A `DataRobotValidationError` if `startDate` is not before
   * `endDate`.
   *
   * `GET modelDeployments/{id}/serviceStats/`
   *
   * @example
   * const { serverErrorRate, totalRequests } = await client.ModelDeployment.getServiceStatistics(
   *   "5b0000000000000000000001",
   *   {
   *     startDate: "2018-05-01",
   *     endDate: "2018-05-08"
   *   }
   * )
   * console.log(`${totalRequests} requests, ${serverErrorRate.current * 100} % server errors`)
   */
  getServiceStatistics(deployment: Ref, period?: ModelDeployment.StatisticsInput, options?: CallOptions): ApiPromise<ModelDeployment.ServiceStatistics>

  /**
   * Returns the actions that users performed on a deployment, oldest first: all entries, or the first `limit` of them.
   *
   * Errors: `NotFound` if the deployment does not exist.
   *
   * `GET modelDeployments/{id}/actionLog/`
   *
   * @example
   * for (
   *   const { action, performedAt } of await client.ModelDeployment.actionLog("5b0000000000000000000001", {
   *     limit: 20
   *   })
   * ) {
   *   console.log(action, performedAt)
   * }
   */
  actionLog(deployment: Ref, paging?: Paging, options?: CallOptions): ApiPromise<ReadonlyArray<ActionLogEntry>>

  /**
   * Waits until a deployment is `deployed`, and returns it.
   *
   * Errors: `Deadline` if the wait takes longer than `timeout`; pass the error's `handle` to this operation to keep
   * waiting. `Failed` if the deployment is archived meanwhile. `NotFound` if it does not exist.
   *
   * `GET modelDeployments/{id}/`, at growing intervals
   *
   * @example
   * const deployed = await client.ModelDeployment.awaitDeployed("5b0000000000000000000001", { timeout: "20 minutes" })
   */
  awaitDeployed(deployment: Ref, wait?: WaitOptions, options?: CallOptions): ApiPromise<ModelDeployment>

  /**
   * Emits a deployment, and emits it again each time that it has changed. The stream ends only if a poll fails or if it
   * is interrupted.
   *
   * Errors: `NotFound` if the deployment does not exist, or is deleted meanwhile.
   *
   * `GET modelDeployments/{id}/`, at fixed intervals
   *
   * @example
   * for await (
   *   const { deployed, status } of client.ModelDeployment.watch("5b0000000000000000000001", {
   *     interval: "30 seconds"
   *   })
   * ) {
   *   console.log(status, deployed)
   *   if (deployed === true) break
   * }
   */
  watch(deployment: Ref, watching?: ModelDeployment.WatchOptions, options?: CallOptions): IterableStream<ModelDeployment>
}

/**
 * The operations of `ModelPackage`.
 *
 * @since 0.1.0
 */
export interface ModelPackageClient {
  /**
   * Returns all model packages that match, or the first `limit` of them. Fetches them page by page.
   *
   * Errors: those of every operation.
   *
   * `GET modelPackages/`
   *
   * @example
   * const packages = await client.ModelPackage.list({ search: "churn", buildStatus: "complete", limit: 10 })
   */
  list(filters?: ModelPackage.ListInput, options?: CallOptions): ApiPromise<ReadonlyArray<ModelPackage>>

  /**
   * Returns the model packages that match, as a stream. Fetches a page of `pageSize` items when its first item is read,
   * or earlier with `prefetch` and `concurrency`.
   *
   * Errors: those of every operation.
   *
   * `GET modelPackages/`
   *
   * @example
   * for await (const { id, name } of client.ModelPackage.stream({ search: "churn" })) console.log(id, name)
   */
  stream(filters?: ModelPackage.StreamInput, options?: CallOptions): IterableStream<ModelPackage>

  /**
   * Returns one page of the model packages that match. `limit` is the number of items: at most 100, default 20. Pass the
   * page's `next` to this operation to get the next page.
   *
   * Errors: those of every operation.
   *
   * `GET modelPackages/`
   *
   * @example
   * const first = await client.ModelPackage.page({ limit: 20 })
   * if (first.next !== undefined) console.log(await client.ModelPackage.page(first.next))
   */
  page(filters?: ModelPackage.ListInput, options?: CallOptions): ApiPromise<Page<ModelPackage, ModelPackage.ListInput>>

  /**
   * Returns one model package.
   *
   * Errors: `NotFound` if the model package does not exist; see `getOption`.
   *
   * `GET modelPackages/{id}/`
   *
   * @example
   * const { buildStatus } = await client.ModelPackage.get("60a0000000000000000000e1")
   */
  get(modelPackage: Ref, options?: CallOptions): ApiPromise<ModelPackage>

  /**
   * Returns one model package, or none if it does not exist.
   *
   * Errors: those of every operation. A model package that does not exist is no error.
   *
   * `GET modelPackages/{id}/`
   *
   * @example
   * const modelPackage = await client.ModelPackage.getOption("60a0000000000000000000e1")
   * console.log(modelPackage?.name ?? "(gone)")
   */
  getOption(modelPackage: Ref, options?: CallOptions): ApiPromise<ModelPackage | undefined>

  /**
   * Creates a package of a model of a project, and returns it. Sends the request only once if an earlier attempt may have
   * taken effect. The error then has the outcome `"unknown"`; `list({ modelId })` shows whether the package exists.
   *
   * Errors: `NotFound` or `Unprocessable` if the model does not exist.
   *
   * `POST modelPackages/fromLearningModel/`, then `GET modelPackages/{id}/`
   *
   * @example
   * const created = await client.ModelPackage.createFromLearningModel({
   *   modelId: "60a0000000000000000000a1",
   *   registeredModelName: "Churn"
   * })
   */
  createFromLearningModel(modelPackage: ModelPackage.CreateFromLearningModelInput, options?: CallOptions): ApiPromise<ModelPackage>

  /**
   * Creates a package of a version of a custom model, and returns it. DataRobot then builds it, which takes minutes: it
   * can be deployed when its `buildStatus` is `complete`. `Deployment.createFromCustomModelVersion` does both. Otherwise
   * the same as `createFromLearningModel`; the `modelId` of the package is the id of the version.
   *
   * Errors: `NotFound` or `Unprocessable` if the version does not exist.
   *
   * `POST modelPackages/fromCustomModelVersion/`, then `GET modelPackages/{id}/`
   *
   * @example
   * const created = await client.ModelPackage.createFromCustomModelVersion({
   *   customModelVersionId: "60a0000000000000000000c1",
   *   registeredModelName: "Churn"
   * })
   */
  createFromCustomModelVersion(modelPackage: ModelPackage.CreateFromCustomModelVersionInput, options?: CallOptions): ApiPromise<ModelPackage>

  /**
   * Archives a model package: it can no longer be deployed. Deployments that use it do not change.
   *
   * Errors: `NotFound` if the model package does not exist.
   *
   * `POST modelPackages/{id}/archive/`
   *
   * @example
   * await client.ModelPackage.archive("60a0000000000000000000e1")
   */
  archive(modelPackage: Ref, options?: UpdateOptions & Abortable): ApiPromise<void>
}

/**
 * The operations of `Prediction`.
 *
 * @since 0.1.0
 */
export interface PredictionClient {
  /**
   * Requests the predictions for rows of a schema's type, and returns them in the same order.
   *
   * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
   *
   * @example
   * const { data } = await client.Prediction.predict("60a000000000000000000001", [{ tenure: 3, plan: "basic" }])
   * console.log(data[0]?.prediction, data[0]?.predictionValues)
   */
  predict<A, I extends Columns<I>>(deployment: Prediction.DeploymentRef, rows: ReadonlyArray<NoInfer<A>>, options: Prediction.PredictOptions & Abortable & RowOption<A, I>): ApiPromise<Prediction.Predictions>
  /**
   * Requests the predictions for some rows, and returns them in the same order.
   *
   * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
   *
   * @example
   * const { data } = await client.Prediction.predict("60a000000000000000000001", [{ tenure: 3, plan: "basic" }])
   * console.log(data[0]?.prediction, data[0]?.predictionValues)
   */
  predict<A extends Columns<A>>(deployment: Prediction.DeploymentRef, rows: ReadonlyArray<A>, options?: Prediction.PredictOptions & Abortable): ApiPromise<Prediction.Predictions>

  /**
   * Requests the predictions for rows of a schema's type as they arrive, and yields them in the same order.
   *
   * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
   *
   * @example
   * async function* rows() {
   *   yield { tenure: 3, plan: "basic" }
   * }
   * for await (
   *   const { prediction, rowId } of client.Prediction.stream("60a000000000000000000001", rows(), { concurrency: 2 })
   * ) {
   *   console.log(rowId, prediction)
   * }
   */
  stream<A, I extends Columns<I>>(deployment: Prediction.DeploymentRef, rows: Rows<NoInfer<A>>, options: Prediction.StreamOptions & Abortable & RowOption<A, I>): IterableStream<Prediction.PredictionRow>
  /**
   * Requests the predictions for rows as they arrive, and yields them in the same order.
   *
   * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
   *
   * @example
   * async function* rows() {
   *   yield { tenure: 3, plan: "basic" }
   * }
   * for await (
   *   const { prediction, rowId } of client.Prediction.stream("60a000000000000000000001", rows(), { concurrency: 2 })
   * ) {
   *   console.log(rowId, prediction)
   * }
   */
  stream<A extends Columns<A>>(deployment: Prediction.DeploymentRef, rows: Rows<A>, options?: Prediction.StreamOptions & Abortable): IterableStream<Prediction.PredictionRow>

  /**
   * Sends CSV, and yields the predictions as CSV while they arrive. Text is sent as UTF-8.
   *
   * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
   *
   * @example
   * import { createReadStream, createWriteStream } from "node:fs"
   * import { pipeline } from "node:stream/promises"
   *
   * const predictions = client.Prediction.predictCsv("60a000000000000000000001", createReadStream("customers.csv"))
   * await pipeline(predictions, createWriteStream("predictions.csv"))
   */
  predictCsv(deployment: Prediction.DeploymentRef, csv: CsvSource, options?: Prediction.CsvOptions & Abortable): IterableStream<Uint8Array>

  /**
   * Sends a body of any type to an unstructured custom model, and returns its response as it is.
   *
   * `POST predApi/v1.0/deployments/{id}/predictionsUnstructured`, or `POST deployments/{id}/predictionsUnstructured` of a
   * serverless deployment
   *
   * @example
   * const { body, contentType } = await client.Prediction.predictUnstructured("60a000000000000000000001", {
   *   body: "{\"text\":\"hello\"}",
   *   contentType: "application/json"
   * })
   * console.log(contentType, new TextDecoder().decode(body))
   */
  predictUnstructured(deployment: Prediction.DeploymentRef, input: Prediction.UnstructuredInput, options?: Prediction.SendOptions & Abortable): ApiPromise<Prediction.UnstructuredOutput>

  /**
   * Returns the base URL and the API key with which a client for OpenAI's API chats with a deployment.
   *
   * `POST deployments/{id}/chat/completions`, sent by that client
   *
   * @example
   * import OpenAI from "openai"
   *
   * const { apiKey, baseUrl } = await client.Prediction.chat("60a000000000000000000001")
   * const openai = new OpenAI({ baseURL: baseUrl, apiKey })
   */
  chat(deployment: Ref): ApiPromise<ChatEndpoint>
}

/**
 * The operations of `PredictionEnvironment`.
 *
 * @since 0.1.0
 */
export interface PredictionEnvironmentClient {
  /**
   * Returns all prediction environments that match, or the first `limit` of them. Fetches them page by page.
   *
   * Errors: those of every operation.
   *
   * `GET predictionEnvironments/`
   *
   * @example
   * const environments = await client.PredictionEnvironment.list({ supportedModelFormats: ["customModel"] })
   */
  list(filters?: PredictionEnvironment.ListInput, options?: CallOptions): ApiPromise<ReadonlyArray<PredictionEnvironment>>

  /**
   * Returns the prediction environments that match, as a stream. Fetches a page of `pageSize` items when its first item
   * is read, or earlier with `prefetch` and `concurrency`.
   *
   * Errors: those of every operation.
   *
   * `GET predictionEnvironments/`
   *
   * @example
   * for await (const { id, name } of client.PredictionEnvironment.stream()) console.log(id, name)
   */
  stream(filters?: PredictionEnvironment.StreamInput, options?: CallOptions): IterableStream<PredictionEnvironment>

  /**
   * Returns one page of the prediction environments that match. `limit` is the number of items: at most 100, default 20.
   * Pass the page's `next` to this operation to get the next page.
   *
   * Errors: those of every operation.
   *
   * `GET predictionEnvironments/`
   *
   * @example
   * const first = await client.PredictionEnvironment.page({ limit: 20 })
   * if (first.next !== undefined) console.log(await client.PredictionEnvironment.page(first.next))
   */
  page(filters?: PredictionEnvironment.ListInput, options?: CallOptions): ApiPromise<Page<PredictionEnvironment, PredictionEnvironment.ListInput>>

  /**
   * Returns one prediction environment.
   *
   * Errors: `NotFound` if the environment does not exist; see `getOption`.
   *
   * `GET predictionEnvironments/{id}/`
   *
   * @example
   * const { platform } = await client.PredictionEnvironment.get("60a0000000000000000000f1")
   */
  get(environment: Ref, options?: CallOptions): ApiPromise<PredictionEnvironment>

  /**
   * Returns one prediction environment, or none if it does not exist.
   *
   * Errors: those of every operation. An environment that does not exist is no error.
   *
   * `GET predictionEnvironments/{id}/`
   *
   * @example
   * const environment = await client.PredictionEnvironment.getOption("60a0000000000000000000f1")
   * console.log(environment?.name ?? "(gone)")
   */
  getOption(environment: Ref, options?: CallOptions): ApiPromise<PredictionEnvironment | undefined>

  /**
   * Creates a prediction environment, and returns it. Sends the request only once if an earlier attempt may have taken
   * effect. The error then has the outcome `"unknown"`, and `list` shows whether the environment exists.
   *
   * Errors: `Unprocessable` if DataRobot does not accept the platform or a format.
   *
   * `POST predictionEnvironments/`, then `GET predictionEnvironments/{id}/`
   *
   * @example
   * const environment = await client.PredictionEnvironment.create({
   *   name: "Serverless",
   *   platform: "datarobotServerless"
   * })
   */
  create(environment: PredictionEnvironment.CreateInput, options?: CallOptions): ApiPromise<PredictionEnvironment>

  /**
   * Changes a prediction environment. Returns it as read after the change.
   *
   * Errors: `NotFound` if the environment does not exist.
   *
   * `PATCH predictionEnvironments/{id}/`, then `GET predictionEnvironments/{id}/`
   *
   * @example
   * const updated = await client.PredictionEnvironment.update("60a0000000000000000000f1", {
   *   description: "For nightly scoring"
   * })
   */
  update(environment: Ref, changes: PredictionEnvironment.UpdateInput, options?: UpdateOptions & Abortable): ApiPromise<PredictionEnvironment>

  /**
   * Deletes a prediction environment.
   *
   * Errors: `Unprocessable` while deployments run in the environment. `NotFound` if it does not exist.
   *
   * `DELETE predictionEnvironments/{id}/`
   *
   * @example
   * await client.PredictionEnvironment.delete("60a0000000000000000000f1")
   */
  delete(environment: Ref, options?: CallOptions): ApiPromise<void>
}

/**
 * The operations of `PredictionServer`.
 *
 * @since 0.1.0
 */
export interface PredictionServerClient {
  /**
   * Returns all prediction servers, or the first `limit` of them. Two servers may have the same URL. A self-managed
   * installation may have none; leave out `defaultPredictionServerId` there.
   *
   * Errors: those of every operation.
   *
   * `GET predictionServers/`
   *
   * @example
   * const [server] = await client.PredictionServer.list()
   * console.log(server?.id, server?.url)
   */
  list(paging?: Paging, options?: CallOptions): ApiPromise<ReadonlyArray<PredictionServer>>
}

/**
 * The operations of `RegisteredModel`.
 *
 * @since 0.1.0
 */
export interface RegisteredModelClient {
  /**
   * Returns all registered models that match, or the first `limit` of them. Fetches them page by page.
   *
   * Errors: those of every operation.
   *
   * `GET registeredModels/`
   *
   * @example
   * const models = await client.RegisteredModel.list({ search: "churn", sortKey: "modifiedAt", limit: 10 })
   */
  list(filters?: RegisteredModel.ListInput, options?: CallOptions): ApiPromise<ReadonlyArray<RegisteredModel>>

  /**
   * Returns the registered models that match, as a stream. Fetches a page of `pageSize` items when its first item is
   * read, or earlier with `prefetch` and `concurrency`.
   *
   * Errors: those of every operation.
   *
   * `GET registeredModels/`
   *
   * @example
   * for await (const { id, name } of client.RegisteredModel.stream({ targetType: "Binary" })) console.log(id, name)
   */
  stream(filters?: RegisteredModel.StreamInput, options?: CallOptions): IterableStream<RegisteredModel>

  /**
   * Returns one page of the registered models that match. `limit` is the number of items: at most 100, default 20. Pass
   * the page's `next` to this operation to get the next page.
   *
   * Errors: those of every operation.
   *
   * `GET registeredModels/`
   *
   * @example
   * const first = await client.RegisteredModel.page({ limit: 20 })
   * if (first.next !== undefined) console.log(await client.RegisteredModel.page(first.next))
   */
  page(filters?: RegisteredModel.ListInput, options?: CallOptions): ApiPromise<Page<RegisteredModel, RegisteredModel.ListInput>>

  /**
   * Returns one registered model.
   *
   * Errors: `NotFound` if the registered model does not exist; see `getOption`.
   *
   * `GET registeredModels/{id}/`
   *
   * @example
   * const { lastVersionNum } = await client.RegisteredModel.get("60a000000000000000000ad1")
   */
  get(model: Ref, options?: CallOptions): ApiPromise<RegisteredModel>

  /**
   * Returns one registered model, or none if it does not exist.
   *
   * Errors: those of every operation. A registered model that does not exist is no error.
   *
   * `GET registeredModels/{id}/`
   *
   * @example
   * const model = await client.RegisteredModel.getOption("60a000000000000000000ad1")
   * console.log(model?.name ?? "(gone)")
   */
  getOption(model: Ref, options?: CallOptions): ApiPromise<RegisteredModel | undefined>

  /**
   * Returns the versions of a registered model: all of them, or the first `limit` of them. The `id` of a version is the
   * `modelPackageId` of a new deployment.
   *
   * Errors: `NotFound` if the registered model does not exist.
   *
   * `GET registeredModels/{id}/versions/`
   *
   * @example
   * const versions = await client.RegisteredModel.listVersions("60a000000000000000000ad1", { limit: 10 })
   * console.log(versions.map(({ id }) => id))
   */
  listVersions(model: Ref, paging?: Paging, options?: CallOptions): ApiPromise<ReadonlyArray<ModelPackage>>

  /**
   * Returns one version of a registered model.
   *
   * Errors: `NotFound` if the registered model or the version does not exist.
   *
   * `GET registeredModels/{id}/versions/{versionId}/`
   *
   * @example
   * const version = await client.RegisteredModel.getVersion("60a000000000000000000ad1", "60a0000000000000000000e1")
   */
  getVersion(model: Ref, version: Ref, options?: CallOptions): ApiPromise<ModelPackage>
}
