/**
 * The errors of all operations. They are safe to log and to serialize: they hold neither the token nor the request, and
 * the token is replaced in every text that came from a server or from the HTTP client.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import * as Schema from "effect/Schema"
import { TaggedError } from "./internal/request/taggedError.js"

const exact = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

const context = {
  /** One line: what was requested, what happened, and what to do. */
  message: Schema.String,
  /** The operation that failed, such as `ModelDeployment.create`. */
  operation: Schema.String
}

/**
 * Something that an operation of several steps created: `{ collection: "modelPackages", id }`.
 *
 * @since 0.1.0
 */
export const Made = Schema.Struct({
  /** The collection of the API that has it, such as `modelPackages`. */
  collection: Schema.String,
  /** Its id. */
  id: Schema.String
})
/**
 * @since 0.1.0
 */
export interface Made extends Schema.Schema.Type<typeof Made> {}

const requestContext = {
  ...context,
  /** The HTTP method of the failed request. */
  method: Schema.String,
  /** The path of the failed request, below the endpoint. */
  path: Schema.String,
  /** The number of attempts, including those that could not connect. 0 if the request was refused before sending. */
  attempts: Schema.Number,
  /** What the earlier steps of the operation created. It still exists. Missing if they created nothing. */
  made: exact(Schema.Array(Made))
}

/**
 * Rows of a stream, by index from 0.
 *
 * @since 0.1.0
 */
export const RowRange = Schema.Struct({
  /** The index of the first row. */
  start: Schema.Number,
  /** The index after the last row. */
  end: Schema.Number
})
/**
 * @since 0.1.0
 */
export interface RowRange extends Schema.Schema.Type<typeof RowRange> {}

const rows = {
  /** The rows of `Prediction.stream` that the error is about. */
  rows: exact(RowRange)
}

const report = {
  /** What DataRobot says about the state of the batch prediction job that the error is about. */
  statusDetails: exact(Schema.String),
  /** The last lines of the log of that job, at most 50. */
  logs: exact(Schema.Array(Schema.String))
}

/**
 * The reason of a `DataRobotApiError`, from the HTTP status: 401, 403, 404, 409, 422, 429, 5xx (and 408), any other.
 *
 * @since 0.1.0
 */
export const ApiReason = Schema.Literal(
  "Unauthorized",
  "Forbidden",
  "NotFound",
  "Conflict",
  "Unprocessable",
  "RateLimited",
  "ServerError",
  "Unexpected"
)
/**
 * @since 0.1.0
 */
export type ApiReason = typeof ApiReason.Type

/**
 * The server responded with an error.
 *
 * @since 0.1.0
 */
export class DataRobotApiError extends TaggedError<DataRobotApiError>("effect-datarobot/DataRobotApiError")(
  "DataRobotApiError",
  {
    ...requestContext,
    /** The kind of error, from the HTTP status. */
    reason: ApiReason,
    /** The HTTP status. */
    status: Schema.Number,
    /** The server's messages for each field, usually with a 422. Values may be nested. */
    errors: exact(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
    /** The response body: parsed if it is JSON, otherwise the first 2048 characters of the text. */
    body: exact(Schema.Unknown),
    /** The server's id of this request. Pass it to DataRobot support. */
    requestId: exact(Schema.String),
    /** How long the server asks to wait before a retry (`Retry-After`). */
    retryAfter: exact(Schema.DurationFromMillis),
    /** `"unknown"` if the server may have made the change despite the error. Otherwise missing. */
    outcome: exact(Schema.Literal("unknown")),
    /** Whether the whole operation is safe to repeat, because it has changed nothing, and may then succeed. */
    retryable: Schema.Boolean,
    ...rows,
    ...report
  }
) {}

/**
 * One problem and its path, such as `data[3].createdAt`.
 *
 * @since 0.1.0
 */
export const Issue = Schema.Struct({
  /** Where the problem is. Empty if it concerns the whole value. */
  path: Schema.String,
  /** What is wrong. */
  message: Schema.String
})
/**
 * @since 0.1.0
 */
export interface Issue extends Schema.Schema.Type<typeof Issue> {}

/**
 * The arguments of the call are invalid (`phase: "request"`; nothing was sent, or not all of a stream that is too long), or the response can't be decoded
 * (`phase: "response"`).
 *
 * @since 0.1.0
 */
export class DataRobotValidationError
  extends TaggedError<DataRobotValidationError>("effect-datarobot/DataRobotValidationError")(
    "DataRobotValidationError",
    {
      ...requestContext,
      /** `"request"`: the arguments are invalid. `"response"`: the server's response could not be read. */
      phase: Schema.Literal("request", "response"),
      /** At most ten problems. They never contain a value of the data. */
      issues: Schema.Array(Issue),
      ...rows,
      ...report
    }
  )
{}

/**
 * The reason of a `DataRobotNetworkError`.
 *
 * @since 0.1.0
 */
export const NetworkReason = Schema.Literal("Connect", "Transport", "Timeout", "BodyTooLarge")
/**
 * @since 0.1.0
 */
export type NetworkReason = typeof NetworkReason.Type

/**
 * No usable response was received.
 *
 * @since 0.1.0
 */
export class DataRobotNetworkError
  extends TaggedError<DataRobotNetworkError>("effect-datarobot/DataRobotNetworkError")("DataRobotNetworkError", {
    ...requestContext,
    /**
     * `Connect`: no connection was established. `Transport`: the connection broke. `Timeout`: the time limit was
     * exceeded. `BodyTooLarge`: the response body was longer than the limit.
     */
    reason: NetworkReason,
    /** `"not-sent"`: the request did not reach the server. `"unknown"`: the server may have processed it. */
    outcome: Schema.Literal("not-sent", "unknown"),
    /** The HTTP client's error, reduced to its name, code and message. */
    cause: exact(Schema.Struct({
      /** The name of the error, such as `TypeError`. */
      name: Schema.String,
      /** The code of the error, such as `ECONNREFUSED`. */
      code: exact(Schema.String),
      /** The message of the error. */
      message: Schema.String
    })),
    /** Whether the whole operation is safe to repeat, because it has changed nothing, and may then succeed. */
    retryable: Schema.Boolean,
    ...rows,
    ...report
  })
{}

/**
 * What to wait for: a job (`status`), a model deployment, a batch prediction, a data export, or nothing (`done`: no job
 * was needed). Plain data that survives `JSON.stringify`, so that another process can resume the wait.
 *
 * @since 0.1.0
 */
export const Handle = Schema.Struct({
  /** What to wait for. */
  kind: Schema.Literal("status", "modelDeployment", "batchPrediction", "dataExport", "done"),
  /** Id of the job's status, of the model deployment, of the batch prediction, or of the data export. */
  id: Schema.String,
  /** The resource that the job works on, if it is known: `{ collection: "deployments", id }`. */
  resource: exact(Schema.Struct({
    /** The collection of the API that has it, such as `deployments`. */
    collection: Schema.String,
    /** Its id. */
    id: Schema.String
  }))
})
/**
 * @since 0.1.0
 */
export interface Handle extends Schema.Schema.Type<typeof Handle> {}

/**
 * The reason of a `DataRobotJobError`.
 *
 * @since 0.1.0
 */
export const JobReason = Schema.Literal("Failed", "Lost", "Deadline")
/**
 * @since 0.1.0
 */
export type JobReason = typeof JobReason.Type

/**
 * An asynchronous job failed, was lost, or took longer than the caller waits.
 *
 * @since 0.1.0
 */
export class DataRobotJobError extends TaggedError<DataRobotJobError>("effect-datarobot/DataRobotJobError")(
  "DataRobotJobError",
  {
    ...requestContext,
    /**
     * `Failed`: the server reports a failure. `Lost`: the server no longer knows the job. `Deadline`: the wait timed
     * out, and the job may still succeed.
     */
    reason: JobReason,
    /** The last status that the server reported. */
    status: exact(Schema.String),
    /**
     * Pass it to `awaitDeployed` (a model deployment), `BatchPrediction.await` (a batch prediction) or `Job.await` (any
     * other job) to keep waiting. For a data export, pass the export to `DeploymentExport.download` again.
     */
    handle: Handle,
    ...report
  }
) {}

/**
 * All errors of all operations.
 *
 * The docstring of an operation names what is specific to it: values of `reason` such as `NotFound`, and classes. Every
 * operation can also fail with a `DataRobotApiError` of the reasons `Unauthorized`, `Forbidden`, `RateLimited`,
 * `ServerError` and `Unexpected`, with a `DataRobotNetworkError`, and with a `DataRobotValidationError` because of
 * invalid arguments or a response that can't be read.
 *
 * @since 0.1.0
 */
export type DataRobotError =
  | DataRobotApiError
  | DataRobotValidationError
  | DataRobotNetworkError
  | DataRobotJobError

/**
 * The schema of all errors. Use it to encode errors as JSON and to decode them again.
 *
 * @since 0.1.0
 */
export const DataRobotError = Schema.Union(
  DataRobotApiError,
  DataRobotValidationError,
  DataRobotNetworkError,
  DataRobotJobError
)

/**
 * Whether a value is one of the SDK's errors. This guard, those below and `instanceof` also recognize the errors of
 * another copy of this package, such as the CommonJS module in a program of ES modules.
 *
 * @since 0.1.0
 */
export const isDataRobotError = (error: unknown): error is DataRobotError =>
  isApiError(error) || isValidationError(error) || isNetworkError(error) || isJobError(error)

/**
 * Whether a value is a `DataRobotApiError`: the server responded with an error.
 *
 * @since 0.1.0
 */
export const isApiError = (error: unknown): error is DataRobotApiError => error instanceof DataRobotApiError

/**
 * Whether a value is a `DataRobotValidationError`: invalid arguments, or a response that can't be decoded.
 *
 * @since 0.1.0
 */
export const isValidationError = (error: unknown): error is DataRobotValidationError =>
  error instanceof DataRobotValidationError

/**
 * Whether a value is a `DataRobotNetworkError`: no usable response was received.
 *
 * @since 0.1.0
 */
export const isNetworkError = (error: unknown): error is DataRobotNetworkError => error instanceof DataRobotNetworkError

/**
 * Whether a value is a `DataRobotJobError`: a job failed, was lost, or took too long.
 *
 * @since 0.1.0
 */
export const isJobError = (error: unknown): error is DataRobotJobError => error instanceof DataRobotJobError

/**
 * Whether the whole operation is safe to repeat, because it has changed nothing, and may then succeed. Once an
 * operation has made its change, its errors are not retryable. The SDK's own retries are already used up.
 *
 * @since 0.1.0
 */
export const isRetryable = (error: unknown): error is DataRobotApiError | DataRobotNetworkError =>
  (isApiError(error) || isNetworkError(error)) && error.retryable

/**
 * All values of `reason`.
 *
 * @since 0.1.0
 */
export type Reason = ApiReason | NetworkReason | JobReason

/**
 * The error class that has this reason.
 *
 * @since 0.1.0
 */
export type WithReason<R extends Reason> =
  & (R extends ApiReason ? DataRobotApiError : R extends NetworkReason ? DataRobotNetworkError : DataRobotJobError)
  & {
    /** The reason that the error has. */
    readonly reason: R
  }

const hasReason = <R extends Reason>(error: unknown, reason: R): error is WithReason<R> =>
  (isApiError(error) || isNetworkError(error) || isJobError(error)) && error.reason === reason

/**
 * Recovers from the errors of one reason. All other errors pass through.
 *
 * @since 0.1.0
 * @example
 * import { DataRobotError, ModelDeployment } from "effect-datarobot"
 * import { Effect } from "effect"
 *
 * const label = ModelDeployment.get("5b0000000000000000000001").pipe(
 *   Effect.map((deployment) => deployment.label),
 *   DataRobotError.catchReason("NotFound", () => Effect.succeed("(gone)"))
 * )
 */
export const catchReason: {
  <R extends Reason, A2, E2, R2>(
    reason: R,
    f: (error: WithReason<R>) => Effect.Effect<A2, E2, R2>
  ): <A, E, R1>(self: Effect.Effect<A, E, R1>) => Effect.Effect<A | A2, E | E2, R1 | R2>
  <A, E, R1, R extends Reason, A2, E2, R2>(
    self: Effect.Effect<A, E, R1>,
    reason: R,
    f: (error: WithReason<R>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E | E2, R1 | R2>
} = dual(
  3,
  <A, E, R1, R extends Reason, A2, E2, R2>(
    self: Effect.Effect<A, E, R1>,
    reason: R,
    f: (error: WithReason<R>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E | E2, R1 | R2> =>
    Effect.catchAll(
      self,
      (error): Effect.Effect<A2, E | E2, R2> => hasReason(error, reason) ? f(error) : Effect.fail(error)
    )
)
