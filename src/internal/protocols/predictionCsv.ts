/** Predictions from CSV: sends CSV, and returns the CSV of the predictions as it arrives. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Predicate from "effect/Predicate"
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
import { sendStream, type StreamedResponse, type Streaming } from "../request/sendStream.js"
import { queryOf, rowRoutes, whenUnknown } from "./prediction.js"
import { tooLarge } from "./predictionRows.js"
import { type DeploymentRef, withTarget } from "./predictionTarget.js"

/** CSV with a header line, in UTF-8. */
export type Csv<E, R> = string | Uint8Array | Stream.Stream<Uint8Array, E, R>

const defaultIdleMillis = 60_000
const encoder = new TextEncoder()
const csvType = /^(?:text\/(?:csv|plain)|application\/(?:csv|octet-stream))\b/i

const isStreamOf = <E, R>(csv: Csv<E, R>): csv is Stream.Stream<Uint8Array, E, R> =>
  Predicate.hasProperty(csv, Stream.StreamTypeId)

const checkFixed = (csv: unknown): { readonly content: Uint8Array; readonly issues: ReadonlyArray<Issue> } => {
  const content = typeof csv === "string" ? encoder.encode(csv) : csv
  if (!(content instanceof Uint8Array) || content.length === 0) {
    const message = "must be a string, a Uint8Array or a stream of bytes, with a header line and rows"
    return { content: new Uint8Array(), issues: [{ path: "csv", message }] }
  }
  const issues = content.length > maxPredictionBody ? [tooLarge("csv", content.length, "send fewer rows")] : []
  return { content, issues }
}

type Refusal = (message: string) => DataRobotValidationError

/** Returns the error of a CSV stream that cannot be sent. Its beginning may have been sent. */
const refusalOf = (operation: Operation, id: string): Effect.Effect<Refusal, never, Requirements> =>
  Effect.map(redactorOf(operation.options), (redactor) => {
    const path = rowRoutes.serverless.path.replace(":id", id)
    return (message) =>
      requestInvalid({ operation: operation.name, method: "POST", path }, [{ path: "csv", message }], redactor, 1)
  })

// A stream of lines has many small chunks. Sending each of them on its own would be slow.
const joined =
  (refusal: Refusal) =>
  (chunk: Chunk.Chunk<unknown>): Either.Either<Chunk.Chunk<Uint8Array>, DataRobotValidationError> => {
    const pieces: Array<Uint8Array> = []
    let size = 0
    for (const piece of chunk) {
      if (!(piece instanceof Uint8Array)) {
        return Either.left(
          refusal(`must be a stream of Uint8Arrays, but has a ${typeof piece}: use Stream.encodeText for text`)
        )
      }
      pieces.push(piece)
      size += piece.length
    }
    return Either.right(Chunk.of(join(pieces, size)))
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
    streaming: Streaming<E | DataRobotError>
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
    const refusal = yield* refusalOf(operation, idOf(deployment) ?? "{id}")
    const { body, failure } = yield* requestSource(Stream.mapChunksEffect(csv, joined(refusal)), {
      max: maxPredictionBody,
      error: () => refusal(tooLarge("csv", undefined, "send fewer rows").message)
    })
    return yield* send({ content: body, contentType: "text/csv", issues: [] }, { idleMillis, sourceFailure: failure })
  })

  return Stream.unwrapScoped(Effect.flatMap(response, checkResponse)).pipe(
    Stream.tapError((error) => Effect.annotateCurrentSpan("error.type", tagOf(error))),
    Stream.withSpan(operation.name, { kind: "client", captureStackTrace: false })
  )
}

const tagOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "_tag" in error ? String(error._tag) : "Error"

/** Rejects a response that is not CSV, such as the page of a proxy. Otherwise returns its bytes. */
const checkResponse = <E>(
  response: StreamedResponse<E>
): Effect.Effect<Stream.Stream<Uint8Array, E | DataRobotError>, DataRobotValidationError> => {
  const type = response.headers["content-type"]
  if (type === undefined || csvType.test(type)) return Effect.succeed(checkBytes(response))
  return refuse(
    response,
    "content-type",
    `must be text/csv, but is ${oneLine(response.connection.redactor.text(type), 100)}`
  )
}

/** The two bytes that gzip begins with. Only some clients decompress. */
const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b

/** Rejects a body that is empty, compressed or, if its type does not say that it is CSV, a web page. */
const checkBytes = <E>(response: StreamedResponse<E>): Stream.Stream<Uint8Array, E | DataRobotError> =>
  Stream.suspend(() => {
    const isCsv = /\/csv\b/i.test(response.headers["content-type"] ?? "")
    let isFirst = true
    const problemOf = (chunk: Uint8Array): string | undefined => {
      if (!isFirst || chunk.length === 0) return undefined
      isFirst = false
      if (isGzip(chunk)) return "the body is compressed, which was not asked for"
      if (isCsv || !isMarkup(chunk)) return undefined
      return "the body is a web page, not CSV (a login page or a proxy?)"
    }
    const checked = Stream.mapEffect(response.bytes, (chunk) => {
      const problem = problemOf(chunk)
      return problem === undefined ? Effect.succeed(chunk) : refuse(response, "", problem)
    })
    const end = Stream.suspend(() =>
      isFirst ? Stream.fromEffect(refuse(response, "", "the body is empty")) : Stream.empty
    )
    return Stream.concat(checked, end)
  })

const isMarkup = (chunk: Uint8Array): boolean =>
  new TextDecoder().decode(chunk.subarray(0, 100)).trimStart().startsWith("<")
