/**
 * Every way in which an operation can fail, as values. All errors are safe to log and to send on: they hold neither
 * the token nor a request, and of what a server or the network said only text in which the token was replaced.
 */
import * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import * as Schema from "effect/Schema"

const exact = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

const context = {
  /** One line: what was asked, what came back, what to do. */
  message: Schema.String,
  /** The operation that failed, such as `ModelDeployment.create`. */
  operation: Schema.String
}

const requestContext = {
  ...context,
  /** The HTTP method of the failed request. */
  method: Schema.String,
  /** The path of the failed request, below the endpoint. */
  path: Schema.String,
  /** How often the request was sent, or was tried to be sent. */
  attempts: Schema.Number
}

/** What kind of answer a `DataRobotApiError` is: 401, 403, 404, 409, 422, 429, 5xx (and 408), any other. */
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
export type ApiReason = typeof ApiReason.Type

/** The server answered, and the answer is a failure. */
export class DataRobotApiError extends Schema.TaggedError<DataRobotApiError>("effect-datarobot/DataRobotApiError")(
  "DataRobotApiError",
  {
    ...requestContext,
    reason: ApiReason,
    /** The HTTP status. */
    status: Schema.Number,
    /** What is wrong with each field, as the server tells it with a 422; values may be nested. */
    errors: exact(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
    /** The answer's body: JSON where it is JSON, otherwise the beginning of its text. */
    body: exact(Schema.Unknown),
    /** The server's id of this request, for DataRobot's support. */
    requestId: exact(Schema.String),
    /** How long the server asks to wait. */
    retryAfter: exact(Schema.DurationFromMillis),
    /** `"unknown"` when a change may have happened on the server in spite of the error. */
    outcome: exact(Schema.Literal("unknown")),
    /** Whether the same call is safe to repeat and may then succeed. */
    retryable: Schema.Boolean
  }
) {}

/** One thing that is wrong, and where: `data[3].createdAt`. */
export const Issue = Schema.Struct({ path: Schema.String, message: Schema.String })
export interface Issue extends Schema.Schema.Type<typeof Issue> {}

/** What the caller passed is wrong (`phase: "request"`, nothing was sent), or the answer breaks the contract. */
export class DataRobotValidationError
  extends Schema.TaggedError<DataRobotValidationError>("effect-datarobot/DataRobotValidationError")(
    "DataRobotValidationError",
    {
      ...requestContext,
      /** `"request"`: refused before anything was sent. `"response"`: the server's answer can't be understood. */
      phase: Schema.Literal("request", "response"),
      /** What is wrong, the first ten at most. Never holds a value of the data. */
      issues: Schema.Array(Issue)
    }
  )
{}

/** What kind of network failure a `DataRobotNetworkError` is. */
export const NetworkReason = Schema.Literal("Connect", "Transport", "Timeout", "BodyTooLarge")
export type NetworkReason = typeof NetworkReason.Type

/** No usable answer came back. */
export class DataRobotNetworkError
  extends Schema.TaggedError<DataRobotNetworkError>("effect-datarobot/DataRobotNetworkError")("DataRobotNetworkError", {
    ...requestContext,
    /**
     * `Connect`: no connection came about. `Transport`: it broke. `Timeout`: the time was over.
     * `BodyTooLarge`: the answer was longer than the SDK reads.
     */
    reason: NetworkReason,
    /** `"not-sent"`: the server has not seen the request. `"unknown"`: it may have, and may have carried it out. */
    outcome: Schema.Literal("not-sent", "unknown"),
    /** What the HTTP client said. */
    cause: exact(Schema.Struct({ name: Schema.String, code: exact(Schema.String), message: Schema.String })),
    /** Whether the same call is safe to repeat and may then succeed. */
    retryable: Schema.Boolean
  })
{}

/**
 * What to wait on again: a job (`status`), a model deployment, or nothing (`done`: no job was needed). Plain data that
 * survives `JSON.stringify`.
 */
export const Handle = Schema.Struct({
  kind: Schema.Literal("status", "modelDeployment", "done"),
  id: Schema.String,
  /** What the job works on, where that is known: `{ collection: "deployments", id }`. */
  resource: exact(Schema.Struct({ collection: Schema.String, id: Schema.String }))
})
export interface Handle extends Schema.Schema.Type<typeof Handle> {}

/** What kind of end a `DataRobotJobError` reports. */
export const JobReason = Schema.Literal("Failed", "Lost", "Deadline")
export type JobReason = typeof JobReason.Type

/** Something that DataRobot does in its own time ended badly, was lost, or took longer than the caller waits. */
export class DataRobotJobError extends Schema.TaggedError<DataRobotJobError>("effect-datarobot/DataRobotJobError")(
  "DataRobotJobError",
  {
    ...requestContext,
    /** `Failed`: the server says so. `Lost`: the server no longer knows it. `Deadline`: it may still succeed. */
    reason: JobReason,
    /** The last status that was seen, in the server's words. */
    status: exact(Schema.String),
    /** What to wait on again. */
    handle: Handle
  }
) {}

/** Every failure of every operation. */
export type DataRobotError =
  | DataRobotApiError
  | DataRobotValidationError
  | DataRobotNetworkError
  | DataRobotJobError

/** The schema of every failure, to send errors on as JSON and to read them again. */
export const DataRobotError = Schema.Union(
  DataRobotApiError,
  DataRobotValidationError,
  DataRobotNetworkError,
  DataRobotJobError
)

/** Whether a value is one of the SDK's errors. */
export const isDataRobotError = (error: unknown): error is DataRobotError =>
  isApiError(error) || isValidationError(error) || isNetworkError(error) || isJobError(error)

/** Whether the server answered with a failure. */
export const isApiError = (error: unknown): error is DataRobotApiError => error instanceof DataRobotApiError

/** Whether what was sent or what came back breaks the contract. */
export const isValidationError = (error: unknown): error is DataRobotValidationError =>
  error instanceof DataRobotValidationError

/** Whether no usable answer came back. */
export const isNetworkError = (error: unknown): error is DataRobotNetworkError => error instanceof DataRobotNetworkError

/** Whether something that DataRobot does in its own time went wrong. */
export const isJobError = (error: unknown): error is DataRobotJobError => error instanceof DataRobotJobError

/** Whether the same call is safe to repeat and may then succeed. The SDK's own retries are already spent by then. */
export const isRetryable = (error: unknown): error is DataRobotApiError | DataRobotNetworkError =>
  (isApiError(error) || isNetworkError(error)) && error.retryable

/** Every `reason` there is. */
export type Reason = ApiReason | NetworkReason | JobReason

/** The error that has a reason. */
export type WithReason<R extends Reason> =
  & (R extends ApiReason ? DataRobotApiError : R extends NetworkReason ? DataRobotNetworkError : DataRobotJobError)
  & { readonly reason: R }

const hasReason = <R extends Reason>(error: unknown, reason: R): error is WithReason<R> =>
  (isApiError(error) || isNetworkError(error) || isJobError(error)) && error.reason === reason

/**
 * Recovers from the failures of one reason, all others pass.
 *
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
