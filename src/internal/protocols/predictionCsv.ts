/** Predictions from CSV: sends CSV, and returns the CSV of the predictions as it arrives. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobotError, DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { maxPredictionBody } from "../../wire/prediction.js"
import { oneLine } from "../../wire/text.js"
import { requestInvalid } from "../request/errors.js"
import { redactorOf } from "../request/headerSecrets.js"
import type { Operation, Payload, Requirements } from "../request/operation.js"
import { notADuration, positiveMillis } from "../request/options.js"
import { idOf, pathOf } from "../request/path.js"
import { requestSource } from "../request/requestSource.js"
import { join } from "../request/responseBody.js"
import { refuse, refuseArguments } from "../request/send.js"
import { sendStream, type StreamedResponse } from "../request/sendStream.js"
import { queryOf, rowRoutes, whenUnknown } from "./prediction.js"
import { tooLarge } from "./predictionRows.js"
import { type DeploymentRef, withTarget } from "./predictionTarget.js"

/** CSV with a header line, in UTF-8. */
export type Csv<E, R> = string | Uint8Array | Stream.Stream<Uint8Array, E, R>

const defaultIdleMillis = 60_000
const encoder = new TextEncoder()
const csvType = /^(?:text\/(?:csv|plain)|application\/(?:csv|octet-stream))\b/i

const isStreamOf = <E, R>(csv: Csv<E, R>): csv is Stream.Stream<Uint8Array, E, R> =>
  typeof csv === "object" && csv !== null && Stream.StreamTypeId in csv

const checkFixed = (csv: unknown): { readonly content: Uint8Array; readonly issues: ReadonlyArray<Issue> } => {
  const content = typeof csv === "string" ? encoder.encode(csv) : csv
  if (!(content instanceof Uint8Array) || content.length === 0) {
    const message = "must be a string, a Uint8Array or a stream of bytes, with a header line and rows"
    return { content: new Uint8Array(), issues: [{ path: "csv", message }] }
  }
  const issues = content.length > maxPredictionBody ? [tooLarge("csv", content.length, "send fewer rows")] : []
  return { content, issues }
}

/** The error of a CSV stream that is too long. Its beginning was sent. */
const tooLong = (operation: Operation, id: string): Effect.Effect<DataRobotValidationError, never, Requirements> =>
  Effect.map(redactorOf(operation.options), (redactor) => {
    const path = rowRoutes.serverless.path.replace(":id", id)
    const issue = tooLarge("csv", undefined, "send fewer rows")
    return requestInvalid({ operation: operation.name, method: "POST", path }, [issue], redactor, 1)
  })

// A stream of lines has many small chunks. Sending each of them on its own would be slow.
const joined = (chunk: Chunk.Chunk<Uint8Array>): Chunk.Chunk<Uint8Array> => {
  const pieces = Chunk.toReadonlyArray(chunk)
  return Chunk.size(chunk) < 2 ? chunk : Chunk.of(join(pieces, pieces.reduce((size, { length }) => size + length, 0)))
}

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
  const fixed = isStream ? { content: new Uint8Array(), issues: [] } : checkFixed(csv)
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
    streaming: Parameters<typeof sendStream<E | DataRobotError>>[2]
  ) =>
    withTarget(
      operation,
      deployment,
      rowRoutes,
      (targeted) => sendStream(operation, { ...targeted, body, query, accept: "text/csv", whenUnknown }, streaming),
      { canRepeat: !isStream }
    )

  const response = Effect.gen(function*() {
    if (!isStream) return yield* send({ ...fixed, contentType: "text/csv" }, { idleMillis })
    const error = yield* tooLong(operation, idOf(deployment) ?? "{id}")
    const { body, failure } = yield* requestSource(Stream.mapChunks(csv, joined), {
      max: maxPredictionBody,
      error: () => error
    })
    return yield* send({ content: body, contentType: "text/csv", issues: [] }, { idleMillis, sourceFailure: failure })
  })

  return Stream.unwrapScoped(Effect.flatMap(response, checkType)).pipe(
    Stream.tapError((error) => Effect.annotateCurrentSpan("error.type", tagOf(error))),
    Stream.withSpan(operation.name, { kind: "client", captureStackTrace: false })
  )
}

const tagOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "_tag" in error ? String(error._tag) : "Error"

/** Rejects a response that is not CSV, such as the page of a proxy. Otherwise returns its bytes. */
const checkType = <E>(
  response: StreamedResponse<E>
): Effect.Effect<Stream.Stream<Uint8Array, E | DataRobotError>, DataRobotValidationError> => {
  const type = response.headers["content-type"]
  if (type === undefined || csvType.test(type)) return Effect.succeed(response.bytes)
  return refuse(
    response,
    "content-type",
    `must be text/csv, but is ${oneLine(response.connection.redactor.text(type), 100)}`
  )
}
