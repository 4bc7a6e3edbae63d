/**
 * Predictions of a deployment, in real time: rows, streams of rows, CSV, and the requests of unstructured and chat
 * models. The deployment decides where a request goes: to its dedicated prediction server, or, if it is serverless, to
 * the endpoint.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type * as Stream from "effect/Stream"
import type { DataRobotError } from "./DataRobotError.js"
import {
  metadataOf,
  type Predictions,
  predictRows,
  requestUnstructured,
  unstructuredRoutes
} from "./internal/protocols/prediction.js"
import * as Csv from "./internal/protocols/predictionCsv.js"
import { type RowOption, rowWriter } from "./internal/protocols/predictionRows.js"
import { predictStream } from "./internal/protocols/predictionStream.js"
import type { DeploymentRef } from "./internal/protocols/predictionTarget.js"
import { bytesOf, payloadOf } from "./internal/protocols/unstructured.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions } from "./internal/request/options.js"
import { pathOf, type Ref } from "./internal/request/path.js"
import { refuseArguments } from "./internal/request/send.js"
import { DataRobot } from "./internal/request/service.js"
import { run } from "./internal/request/tracing.js"
import type {
  Columns,
  ExplanationOptions,
  OutputOptions,
  PassthroughOptions,
  PredictionRow,
  TimeSeriesOptions
} from "./wire/prediction.js"
import * as Routes from "./wire/routes/predictions.js"

export type { Predictions } from "./internal/protocols/prediction.js"
export type { RowOption } from "./internal/protocols/predictionRows.js"
export type { DeploymentRef } from "./internal/protocols/predictionTarget.js"
export type { Ref } from "./internal/request/path.js"
export type { DateInput } from "./wire/fields.js"
export {
  type Columns,
  type ExplanationOptions,
  type OutputOptions,
  type PassthroughOptions,
  PredictionExplanation,
  PredictionRow,
  type Scalar,
  type TimeSeriesOptions
} from "./wire/prediction.js"

/**
 * Options of every prediction request. The default time limits, `timeout` and `attemptTimeout`, are 10 minutes, like the
 * server's own.
 *
 * @since 0.1.0
 */
export interface SendOptions extends RequestOptions {
  /**
   * Whether the request may be sent twice. It is then retried if the server is busy (429, 502, 503, 504, 570) or the
   * connection breaks, but not after a timeout. Monitoring counts the rows of each request that the server answered.
   * Default: `true`.
   */
  readonly idempotent?: boolean | undefined
}

/**
 * Options of `stream`.
 *
 * @since 0.1.0
 */
export type StreamOptions = SendOptions & PassthroughOptions & ExplanationOptions & OutputOptions & {
  /** Maximum number of rows of one request, 1 to 100 000. A request also has at most 5 MiB. Default: 1000. */
  readonly batchSize?: number | undefined
  /** Maximum number of concurrent requests, 1 to 100. Default: 1. */
  readonly concurrency?: number | undefined
}

/**
 * Options of `predict`: the parameters of a prediction request.
 *
 * @since 0.1.0
 */
export type PredictOptions = SendOptions & PassthroughOptions & ExplanationOptions & OutputOptions & TimeSeriesOptions

/**
 * Requests the predictions for some rows, and returns them in the same order. A row has a string, a finite number, a
 * boolean or null for each column. With the option `row`, rows are values of that schema, which checks and encodes
 * them. The rows of a request have at most 50 MiB (52 428 800 bytes) as JSON, and the response at most 256 MiB. For
 * more rows, use `stream`.
 *
 * With an id, the deployment is read first, once per connection. With a `Deployment`, it is not.
 *
 * Errors: a `DataRobotValidationError` before anything is sent if a row or a parameter is invalid, if the deployment
 * runs on an external platform, or if its prediction server may not receive the token (see `predictionServers`).
 * `NotFound` if the deployment does not exist. `Unprocessable` if the model does not accept the rows.
 *
 * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
 *
 * @since 0.1.0
 * @example
 * import { Prediction } from "effect-datarobot"
 *
 * const predictions = Prediction.predict("60a000000000000000000001", [
 *   { tenure: 3, plan: "basic", customer: "c-1" },
 *   { tenure: 40, plan: "pro", customer: "c-2" }
 * ], { passthroughColumns: ["customer"], maxExplanations: 3 })
 */
export const predict: {
  /** Requests the predictions for rows of a schema's type, and returns them in the same order. */
  <A, I extends Columns<I>>(
    deployment: DeploymentRef,
    rows: ReadonlyArray<NoInfer<A>>,
    options: PredictOptions & RowOption<A, I>
  ): Effect.Effect<Predictions, DataRobotError, DataRobot | HttpClient.HttpClient>
  /** Requests the predictions for some rows, and returns them in the same order. */
  <A extends Columns<A>>(
    deployment: DeploymentRef,
    rows: ReadonlyArray<A>,
    options?: PredictOptions
  ): Effect.Effect<Predictions, DataRobotError, DataRobot | HttpClient.HttpClient>
} = <A, I>(
  deployment: DeploymentRef,
  rows: ReadonlyArray<A>,
  options?: PredictOptions & Partial<RowOption<A, I>>
) =>
  predictRows(
    operation("Prediction.predict", options, "checked"),
    deployment,
    rows,
    options ?? {},
    rowWriter(options?.row)
  )

/**
 * Requests the predictions for a stream of rows, and emits them in the same order. Splits the rows into requests of
 * `batchSize` rows and at most 5 MiB, and runs at most `concurrency` of them at once. `rowId` counts the rows of the
 * whole stream. Rows are only read as fast as predictions are taken, so memory does not grow with the number of rows.
 *
 * If a row is invalid, a request fails, or the source of the rows fails, the stream first emits the predictions for all
 * rows before the failure. The error has the `rows` that it is about: `{ start, end }`, without the end. Requests whose
 * rows come after it may have been sent. Not for time series models, whose rows belong together.
 *
 * Errors: those of `predict`, and those of the source.
 *
 * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
 *
 * @since 0.1.0
 * @example
 * import { Prediction } from "effect-datarobot"
 * import { Stream } from "effect"
 *
 * const rows = Stream.range(1, 100_000).pipe(Stream.map((tenure) => ({ tenure })))
 * const predictions = Prediction.stream("60a000000000000000000001", rows, { concurrency: 4 })
 */
export const stream: {
  /** Requests the predictions for a stream of rows of a schema's type, and emits them in the same order. */
  <A, I extends Columns<I>, E, R>(
    deployment: DeploymentRef,
    rows: Stream.Stream<NoInfer<A>, E, R>,
    options: StreamOptions & RowOption<A, I>
  ): Stream.Stream<PredictionRow, E | DataRobotError, R | DataRobot | HttpClient.HttpClient>
  /** Requests the predictions for a stream of rows, and emits them in the same order. */
  <A extends Columns<A>, E, R>(
    deployment: DeploymentRef,
    rows: Stream.Stream<A, E, R>,
    options?: StreamOptions
  ): Stream.Stream<PredictionRow, E | DataRobotError, R | DataRobot | HttpClient.HttpClient>
} = <A, I, E, R>(
  deployment: DeploymentRef,
  rows: Stream.Stream<A, E, R>,
  options?: StreamOptions & Partial<RowOption<A, I>>
): Stream.Stream<PredictionRow, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> =>
  predictStream(
    operation("Prediction.stream", options, "checked"),
    deployment,
    rows,
    options ?? {},
    rowWriter(options?.row)
  )

/**
 * Options of `predictCsv`: the parameters of a prediction request.
 *
 * @since 0.1.0
 */
export type CsvOptions = PredictOptions & {
  /**
   * Longest time in which no byte is sent or received. It does not count while the SDK waits for the stream of the CSV,
   * or for the reader of the predictions. Default: 60 seconds.
   */
  readonly idleTimeout?: Duration.DurationInput | undefined
}

/**
 * Sends CSV, and returns the predictions as CSV while they arrive. The CSV is a string, bytes, or a stream of bytes. It
 * has a header line, commas, and the encoding UTF-8, and at most 50 MiB (52 428 800 bytes). Neither the CSV nor the
 * predictions are held in memory, if the CSV is a stream. The columns of the predictions have DataRobot's names, such
 * as `churn_1.0_PREDICTION`.
 *
 * A stream is never sent twice, because it may be readable only once. A string and bytes are retried until the response
 * begins. The default limit, `attemptTimeout`, is 10 minutes from the last byte of the request to the response. There
 * is no limit for the whole response, only `idleTimeout`. If the connection breaks, the stream fails: the predictions
 * before that are complete lines except for the last one.
 *
 * Errors: those of `predict`, and those of the source.
 *
 * `POST predApi/v1.0/deployments/{id}/predictions`, or `POST deployments/{id}/predictions` of a serverless deployment
 *
 * @since 0.1.0
 * @example
 * import { FileSystem } from "@effect/platform"
 * import { Effect, Stream } from "effect"
 * import { Prediction } from "effect-datarobot"
 *
 * const program = Effect.gen(function*() {
 *   const fs = yield* FileSystem.FileSystem
 *   const predictions = Prediction.predictCsv("60a000000000000000000001", fs.stream("customers.csv"))
 *   yield* Stream.run(predictions, fs.sink("predictions.csv"))
 * })
 */
export const predictCsv = <E = never, R = never>(
  deployment: DeploymentRef,
  csv: string | Uint8Array | Stream.Stream<Uint8Array, E, R>,
  options?: CsvOptions
): Stream.Stream<Uint8Array, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> =>
  Csv.predictCsv(operation("Prediction.predictCsv", options, "checked"), deployment, csv, options ?? {})

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
 * The response of an unstructured model.
 *
 * @since 0.1.0
 */
export interface UnstructuredOutput extends Omit<Predictions, "data"> {
  /** The body of the response, as the model returned it. */
  readonly body: Uint8Array
  /** The media type of the body. `application/octet-stream` if the model names none. */
  readonly contentType: string
}

/**
 * Sends a body of any type to an unstructured custom model, and returns its response as it is. The body has at most 50
 * MiB (52 428 800 bytes), the response at most 256 MiB.
 *
 * Errors: those of `predict`.
 *
 * `POST predApi/v1.0/deployments/{id}/predictionsUnstructured`, or `POST deployments/{id}/predictionsUnstructured` of a
 * serverless deployment
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Prediction } from "effect-datarobot"
 *
 * const text = Prediction.predictUnstructured("60a000000000000000000001", {
 *   body: "{\"text\":\"hello\"}",
 *   contentType: "application/json"
 * }).pipe(
 *   Effect.map(({ body }) => new TextDecoder().decode(body))
 * )
 */
export const predictUnstructured = (
  deployment: DeploymentRef,
  input: UnstructuredInput,
  options?: SendOptions
): Effect.Effect<UnstructuredOutput, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const op = operation("Prediction.predictUnstructured", options)
  return run(
    op,
    Effect.suspend(() => {
      const body = payloadOf(input)
      const route = unstructuredRoutes.serverless
      const ids = { id: deployment }
      const issues = [...pathOf(route.path, ids).issues, ...body.issues]
      if (issues.length > 0) return refuseArguments(op, { route, ids }, issues)
      return Effect.map(requestUnstructured(op, deployment, body), (response) => ({
        ...bytesOf(response),
        ...metadataOf(response)
      }))
    })
  )
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
  readonly apiKey: Redacted.Redacted
}

/**
 * Returns the base URL and the API key with which a client for OpenAI's API, such as the `openai` package or
 * `@effect/ai-openai`, chats with a text generation model or an agent. Sends nothing. The name of the model in a
 * request does not matter. Deployments have OpenAI's chat completions, and not its responses API.
 *
 * Errors: a `DataRobotValidationError` if the id is invalid. It sends nothing, so it has no other errors.
 *
 * `POST deployments/{id}/chat/completions`, sent by that client
 *
 * @since 0.1.0
 * @example
 * import { Effect, Redacted } from "effect"
 * import { Prediction } from "effect-datarobot"
 *
 * const answer = Effect.gen(function*() {
 *   const { apiKey, baseUrl } = yield* Prediction.chat("60a000000000000000000001")
 *   const { default: OpenAI } = yield* Effect.promise(() => import("openai"))
 *   const openai = new OpenAI({ apiKey: Redacted.value(apiKey), baseURL: baseUrl })
 *   const messages = [{ role: "user" as const, content: "Hello" }]
 *   return yield* Effect.promise(() => openai.chat.completions.create({ model: "any", messages }))
 * })
 */
export const chat = (deployment: Ref): Effect.Effect<ChatEndpoint, DataRobotError, DataRobot> =>
  Effect.flatMap(DataRobot, ({ endpoint, token }) => {
    const { issues, path } = pathOf("deployments/:id", { id: deployment })
    return issues.length > 0
      ? refuseArguments(operation("Prediction.chat"), { route: Routes.chat, ids: { id: deployment } }, issues)
      : Effect.succeed({ baseUrl: `${endpoint}/${path}`, apiKey: token })
  })
