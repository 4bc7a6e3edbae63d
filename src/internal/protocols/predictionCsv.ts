/** Predictions from CSV: sends CSV, and returns the CSV of the predictions as it arrives. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobotError } from "../../DataRobotError.js"
import { maxPredictionBody } from "../../wire/prediction.js"
import type { Operation, Payload, Requirements } from "../request/operation.js"
import { notADuration, positiveMillis } from "../request/options.js"
import { pathOf } from "../request/path.js"
import { refuseArguments } from "../request/send.js"
import { sendStream, type Streaming } from "../request/sendStream.js"
import { runStream } from "../request/tracing.js"
import { type Csv, csvBody, fixedCsv, isStreamOf } from "./csvSource.js"
import { csvFile, fileOf } from "./download.js"
import { queryOf, rowRoutes, whenUnknown } from "./prediction.js"
import { type DeploymentRef, withTarget } from "./predictionTarget.js"

const defaultIdleMillis = 60_000

/** The options of CSV that are not parameters of the request. */
interface CsvOptions {
  readonly idleTimeout?: unknown
}

/** Sends CSV, and returns the CSV of the predictions. */
export const predictCsv = <E, R>(
  operation: Operation,
  deployment: DeploymentRef,
  csv: Csv<E, R>,
  options: CsvOptions
): Stream.Stream<Uint8Array, E | DataRobotError, R | Requirements> => {
  const query = queryOf(options, ["idleTimeout"])
  const { idleTimeout = defaultIdleMillis } = options
  const idleMillis = positiveMillis(idleTimeout)
  const isStream = isStreamOf(csv)
  const fixed = isStream ? { content: new Uint8Array(), issues: [] } : fixedCsv(csv, maxPredictionBody)
  const ids = { id: deployment }
  const issues = [
    ...pathOf(rowRoutes.serverless.path, ids).issues,
    ...fixed.issues,
    ...query.issues,
    ...(idleMillis === undefined ? [{ path: "idleTimeout", message: notADuration }] : [])
  ]
  if (issues.length > 0 || idleMillis === undefined) {
    return Stream.fromEffect(refuseArguments(operation, { route: rowRoutes.serverless, ids }, issues))
  }

  const send = (
    body: Payload<Uint8Array | AsyncIterable<Uint8Array>>,
    streaming: Streaming<E | DataRobotError>
  ) =>
    withTarget(
      operation,
      deployment,
      rowRoutes,
      (targeted) =>
        sendStream(
          operation,
          { ...targeted, body, query, accept: csvFile.accept, uncompressed: true, whenUnknown },
          streaming
        ),
      { canRepeat: !isStream }
    )

  const response = Effect.gen(function*() {
    if (!isStream) return yield* send({ ...fixed, contentType: "text/csv" }, { idleMillis })
    const sending = { route: rowRoutes.serverless, ids }
    const { failure, payload } = yield* csvBody(operation, csv, sending, maxPredictionBody)
    return yield* send(payload, { idleMillis, sourceFailure: failure })
  })

  return runStream(operation, Stream.unwrapScoped(Effect.flatMap(response, (one) => fileOf(one, csvFile))))
}
