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
import type { Abortable } from "./CallOptions.js"
import type { CallPromise } from "./CallPromise.js"
import { csvOf } from "./csvBytes.js"
import type { CsvSource } from "./CsvSource.js"
import { streamOf } from "./iterables.js"
import type { IterableStream } from "./IterableStream.js"
import { checkRow, writeChecked } from "./rowCheck.js"
import type { Rows } from "./Rows.js"
import { callback, type Running } from "./running.js"
import type { PredictionTransfers, RowOption } from "./transfers.js"

/** A deployment of the Promise API has no key of its prediction server, so it is read again by its id. */
const withoutServer = (deployment: Prediction.DeploymentRef): Prediction.DeploymentRef => {
  if (!isRecord(deployment)) return deployment
  const server = "defaultPredictionServer" in deployment ? deployment.defaultPredictionServer : undefined
  return !isRecord(server) || "datarobotKey" in server ? deployment : { id: deployment.id }
}

type Options<O> = O & Abortable & Partial<RowOption<unknown, unknown>>

/** Creates the operations. */
export const predictionClient = ({ iterate, run }: Running): PredictionTransfers => {
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
