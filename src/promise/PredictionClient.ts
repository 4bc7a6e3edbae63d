/** The operations of `Prediction` for plain async code. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import type { DataRobotError } from "../DataRobotError.js"
import { predictRows } from "../internal/protocols/prediction.js"
import { rowWriter } from "../internal/protocols/predictionRows.js"
import { predictStream } from "../internal/protocols/predictionStream.js"
import { operation } from "../internal/request/operation.js"
import * as Prediction from "../Prediction.js"
import { isRecord } from "../wire/text.js"
import type { CallPromise } from "./CallPromise.js"
import { csvOf, type CsvSource } from "./csvSource.js"
import { type Abortable, type IterableStream, streamOf } from "./iterables.js"
import { callback, type Running } from "./running.js"
import { checkRow, type StandardSchema, writeChecked } from "./standardSchema.js"

type Rows<A> = Iterable<A> | AsyncIterable<A>

/**
 * The schema of the caller's rows, from any library that follows Standard Schema. Each row is checked and converted to
 * columns before it is sent.
 *
 * @since 0.1.0
 */
export interface RowOption<A, I> {
  readonly row: StandardSchema<A, I>
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
 * The operations on predictions. Their documentation is in `Prediction`.
 *
 * @since 0.1.0
 */
export interface PredictionClient {
  /** Requests the predictions for some rows, and returns them in the same order. */
  readonly predict: {
    /** Requests the predictions for rows of a schema's type, and returns them in the same order. */
    <A, I extends Prediction.Columns<I>>(
      deployment: Prediction.DeploymentRef,
      rows: ReadonlyArray<NoInfer<A>>,
      options: Prediction.PredictOptions & Abortable & RowOption<A, I>
    ): Promise<Prediction.Predictions>
    /** Requests the predictions for some rows, and returns them in the same order. */
    <A extends Prediction.Columns<A>>(
      deployment: Prediction.DeploymentRef,
      rows: ReadonlyArray<A>,
      options?: Prediction.PredictOptions & Abortable
    ): Promise<Prediction.Predictions>
  }
  /** Requests the predictions for rows as they arrive, and yields them in the same order. */
  readonly stream: {
    /** Requests the predictions for rows of a schema's type as they arrive, and yields them in the same order. */
    <A, I extends Prediction.Columns<I>>(
      deployment: Prediction.DeploymentRef,
      rows: Iterable<NoInfer<A>> | AsyncIterable<NoInfer<A>>,
      options: Prediction.StreamOptions & Abortable & RowOption<A, I>
    ): IterableStream<Prediction.PredictionRow>
    /** Requests the predictions for rows as they arrive, and yields them in the same order. */
    <A extends Prediction.Columns<A>>(
      deployment: Prediction.DeploymentRef,
      rows: Iterable<A> | AsyncIterable<A>,
      options?: Prediction.StreamOptions & Abortable
    ): IterableStream<Prediction.PredictionRow>
  }
  /** Sends CSV, and yields the predictions as CSV while they arrive. Text is sent as UTF-8. */
  readonly predictCsv: (
    deployment: Prediction.DeploymentRef,
    csv: CsvSource,
    options?: Prediction.CsvOptions & Abortable
  ) => IterableStream<Uint8Array>
  /** Sends a body of any type to an unstructured custom model, and returns its response as it is. */
  readonly predictUnstructured: (
    deployment: Prediction.DeploymentRef,
    input: Prediction.UnstructuredInput,
    options?: Prediction.SendOptions & Abortable
  ) => Promise<Prediction.UnstructuredOutput>
  /** Returns the base URL and the API key with which a client for OpenAI's API chats with a deployment. */
  readonly chat: (deployment: Prediction.Ref) => Promise<ChatEndpoint>
}

/** A deployment of the Promise API has no key of its prediction server, so it is read again by its id. */
const withoutServer = (deployment: Prediction.DeploymentRef): Prediction.DeploymentRef => {
  if (!isRecord(deployment)) return deployment
  const server = "defaultPredictionServer" in deployment ? deployment.defaultPredictionServer : undefined
  return !isRecord(server) || "datarobotKey" in server ? deployment : { id: deployment.id }
}

type Options<O> = O & Abortable & Partial<RowOption<unknown, unknown>>

/** Creates the operations. */
export const predictionClient = ({ iterate, run }: Running): PredictionClient => {
  const predict = (
    deployment: Prediction.DeploymentRef,
    rows: ReadonlyArray<unknown>,
    given?: Options<Prediction.PredictOptions>
  ): CallPromise<Prediction.Predictions> => {
    const { row, signal, ...options } = given ?? {}
    const columns = rowWriter(undefined)
    const isChecked = row !== undefined && Array.isArray(rows)
    const checked = isChecked
      ? callback(() => Promise.all(rows.map((one) => checkRow(row, one))))
      : Effect.succeed(rows)
    const write = isChecked ? writeChecked(columns) : columns
    return run(
      Effect.flatMap(
        checked,
        (list) =>
          predictRows(
            operation("Prediction.predict", options, "checked"),
            withoutServer(deployment),
            list,
            options,
            write
          )
      ),
      { signal }
    )
  }

  const stream = (
    deployment: Prediction.DeploymentRef,
    rows: Rows<unknown>,
    given?: Options<Prediction.StreamOptions>
  ): IterableStream<Prediction.PredictionRow> => {
    const { row, signal, ...options } = given ?? {}
    const columns = rowWriter(undefined)
    const source = streamOf(rows)
    const checked = row === undefined
      ? source
      : Stream.mapEffect(source, (one) => callback(() => checkRow(row, one)))
    const write = row === undefined ? columns : writeChecked(columns)
    return iterate<Prediction.PredictionRow>(
      predictStream(
        operation("Prediction.stream", options, "checked"),
        withoutServer(deployment),
        checked,
        options,
        write
      ),
      { signal }
    )
  }

  const predictCsv = (
    deployment: Prediction.DeploymentRef,
    csv: CsvSource,
    given?: Prediction.CsvOptions & Abortable
  ): IterableStream<Uint8Array> => {
    const { signal, ...options } = given ?? {}
    return iterate<Uint8Array>(Prediction.predictCsv(withoutServer(deployment), csvOf(csv), options), { signal })
  }

  return {
    predict,
    stream,
    predictCsv,
    predictUnstructured: (deployment, input, given) => {
      const { signal, ...options } = given ?? {}
      return run<Prediction.UnstructuredOutput, DataRobotError>(
        Prediction.predictUnstructured(withoutServer(deployment), input, options),
        { signal }
      )
    },
    chat: (deployment) =>
      run(Effect.map(Prediction.chat(deployment), ({ apiKey, baseUrl }) => ({
        baseUrl,
        apiKey: Redacted.value(apiKey)
      })))
  }
}
