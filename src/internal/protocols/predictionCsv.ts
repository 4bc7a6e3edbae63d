/** Predictions from CSV: sends CSV, and returns the CSV of the predictions as it arrives. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobotError } from "../../DataRobotError.js"
import type { Operation, Payload, Requirements } from "../request/operation.js"
import { pathOf } from "../request/path.js"
import { refuseArguments } from "../request/send.js"
import { sendStream, type Streaming } from "../request/sendStream.js"
import { runStream } from "../request/tracing.js"
import { type Csv, csvBody, givenCsv, isStreamOf } from "./csvSource.js"
import { csvFile, fileOf, idleMillisOf, type TransferOptions } from "./download.js"
import { queryOf, rowRoutes, whenUnknown } from "./prediction.js"
import { maxPredictionBody } from "./predictionLimit.js"
import { type DeploymentRef, withTarget } from "./predictionTarget.js"

const defaultIdleMillis = 60_000

/** Sends CSV, and returns the CSV of the predictions. */
export const predictCsv = <E, R>(
  operation: Operation,
  deployment: DeploymentRef,
  given: Csv<E, R>,
  options: TransferOptions
): Stream.Stream<Uint8Array, E | DataRobotError, R | Requirements> => {
  const query = queryOf(options, ["idleTimeout"])
  const { idleMillis, issues: idleIssues } = idleMillisOf(options, { idleTimeout: defaultIdleMillis })
  const { csv, issues: csvIssues } = givenCsv(given, maxPredictionBody)
  const ids = { id: deployment }
  const issues = [
    ...pathOf(rowRoutes.serverless.path, ids).issues,
    ...csvIssues,
    ...query.issues,
    ...idleIssues
  ]
  if (issues.length > 0) {
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
      { canRepeat: !isStreamOf(csv) }
    )

  const response = Effect.gen(function*() {
    if (!isStreamOf(csv)) return yield* send({ content: csv, contentType: "text/csv", issues: [] }, { idleMillis })
    const sending = { route: rowRoutes.serverless, ids }
    const { payload, ...source } = yield* csvBody(operation, csv, sending, maxPredictionBody)
    return yield* send(payload, { idleMillis, source })
  })

  return runStream(operation, Stream.unwrapScoped(Effect.flatMap(response, (one) => fileOf(one, csvFile))))
}
