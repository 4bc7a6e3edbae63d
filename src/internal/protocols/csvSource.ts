/** CSV that a caller passes in: a string, bytes, or a stream of bytes. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { DataRobotValidationError, Issue } from "../../DataRobotError.js"
import type { CsvSettings } from "../../wire/batchPrediction.js"
import { type CsvUse, dialectOf } from "../../wire/csvDialect.js"
import { joinBytes } from "../../wire/joinBytes.js"
import type { Route } from "../../wire/route.js"
import { requestInvalid } from "../request/errors.js"
import { redactorOf } from "../request/headerSecrets.js"
import type { Operation, Payload, Requirements } from "../request/operation.js"
import { pathOf, type Ref } from "../request/path.js"
import { type RequestSource, requestSource } from "../request/requestSource.js"
import { tooLarge } from "./predictionLimit.js"
import { SourceError } from "./sourceError.js"

/**
 * CSV with a header line: a string, which is sent as UTF-8, bytes, or a stream of bytes.
 *
 * @since 0.1.0
 */
export type Csv<E, R> = string | Uint8Array | Stream.Stream<Uint8Array, E, R>

/** CSV as bytes. */
export type CsvBytes<E, R> = Exclude<Csv<E, R>, string>

const encoder = new TextEncoder()
// The two end a line in every encoding of CSV.
const lineFeed = 10
const carriageReturn = 13
const message = "must be a string, a Uint8Array or a stream of bytes, with a header line and rows"
const oneLine = "must have a header line and rows, but is one line. To send a file, pass its content, not its name"

/** Whether the CSV is a stream, which can be read only once. */
export const isStreamOf = <E, R>(csv: Csv<E, R>): csv is Stream.Stream<Uint8Array, E, R> =>
  Predicate.hasProperty(csv, Stream.StreamTypeId)

/** Marks the errors of the caller's stream, so that they are not mistaken for those of the operation. */
export const markErrors = <E, R>(csv: CsvBytes<E, R>): CsvBytes<SourceError<E>, R> =>
  isStreamOf(csv) ? Stream.mapError(csv, (error) => new SourceError(error)) : csv

/** CSV of a caller whose text was encoded, and its issues. */
interface GivenCsv<E, R> {
  readonly csv: CsvBytes<E, R>
  readonly issues: ReadonlyArray<Issue>
}

/** Encodes and checks CSV that is no stream. A stream is checked when it is read. `max` is the most bytes. */
export const givenCsv = <E, R>(given: Csv<E, R>, max = Infinity): GivenCsv<E, R> => {
  if (isStreamOf(given)) return { csv: given, issues: [] }
  const csv: unknown = typeof given === "string" ? encoder.encode(given) : given
  if (!(csv instanceof Uint8Array) || csv.length === 0) {
    return { csv: new Uint8Array(), issues: [{ path: "csv", message }] }
  }
  if (!csv.includes(lineFeed) && !csv.includes(carriageReturn)) {
    return { csv, issues: [{ path: "csv", message: oneLine }] }
  }
  return { csv, issues: csv.length > max ? [tooLarge("csv", csv.length, "send fewer rows")] : [] }
}

/** Returns the issue of settings with which a CSV cannot be written, or cannot be split into parts. */
export const dialectIssues = (settings: CsvSettings, use: CsvUse): ReadonlyArray<Issue> => {
  const dialect = dialectOf(settings, use)
  return Either.isLeft(dialect) ? [{ path: dialect.left.path, message: dialect.left.message }] : []
}

/** The request that sends the CSV, for its errors. */
interface Sending {
  readonly route: Route
  readonly ids?: Readonly<Record<string, Ref>>
}

type Refusal = (message: string, path?: string) => DataRobotValidationError

/** Returns the error of a CSV stream that cannot be sent. Its beginning may have been sent. */
export const refusalOf = (operation: Operation, { ids, route }: Sending): Effect.Effect<Refusal, never, Requirements> =>
  Effect.map(redactorOf(operation), (redactor) => {
    const { path } = pathOf(route.path, ids)
    return (message, where = "csv") =>
      requestInvalid(
        { operation: operation.name, method: route.method, path },
        [{ path: where, message }],
        redactor,
        1
      )
  })

const kindOf = (piece: unknown): string =>
  typeof piece === "string"
    ? "a string: use Stream.encodeText"
    : `a value of type ${piece === null ? "null" : typeof piece}`

// A stream of lines has many small chunks. Sending each of them on its own would be slow.
const joined =
  (refusal: Refusal) =>
  (chunk: Chunk.Chunk<unknown>): Either.Either<Chunk.Chunk<Uint8Array>, DataRobotValidationError> => {
    const pieces: Array<Uint8Array> = []
    let size = 0
    for (const piece of chunk) {
      if (!(piece instanceof Uint8Array)) {
        return Either.left(
          refusal(`must be a stream of Uint8Arrays, but has ${kindOf(piece)}`)
        )
      }
      pieces.push(piece)
      size += piece.length
    }
    return Either.right(size === 0 ? Chunk.empty() : Chunk.of(joinBytes(pieces, size)))
  }

/** Checks a stream of CSV while it is read. An empty stream is an error. */
export const checkedCsv = <E, R>(
  operation: Operation,
  csv: Stream.Stream<Uint8Array, E, R>,
  sending: Sending
): Effect.Effect<Stream.Stream<Uint8Array, E | DataRobotValidationError, R>, never, Requirements> =>
  Effect.map(refusalOf(operation, sending), (refusal) =>
    Stream.suspend(() => {
      let isEmpty = true
      const check = joined(refusal)
      const pieces = Stream.mapChunksEffect(csv, (chunk) => {
        const checked = check(chunk)
        if (isEmpty && Either.isRight(checked)) isEmpty = Chunk.isEmpty(checked.right)
        return checked
      })
      return Stream.concat(pieces, Stream.suspend(() => isEmpty ? Stream.fail(refusal(message)) : Stream.empty))
    }))

/** What a request body has around the CSV. */
export interface Frame {
  readonly contentType: string
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/** CSV alone. */
export const noFrame: Frame = { contentType: "text/csv", before: new Uint8Array(), after: new Uint8Array() }

/** Turns a stream of CSV into the body of a request. */
export const csvBody = <E, R>(
  operation: Operation,
  csv: Stream.Stream<Uint8Array, E, R>,
  sending: Sending,
  max?: number,
  { after, before, contentType }: Frame = noFrame
): Effect.Effect<
  RequestSource<E | DataRobotValidationError> & { readonly payload: Payload<AsyncIterable<Uint8Array>> },
  never,
  R | Requirements | Scope.Scope
> =>
  Effect.gen(function*() {
    const refusal = yield* refusalOf(operation, sending)
    const limit = max === undefined
      ? undefined
      : { max, error: () => refusal(tooLarge("csv", undefined, "send fewer rows").message) }
    const rows = yield* checkedCsv(operation, csv, sending)
    const whole = before.length === 0
      ? rows
      : Stream.make(before).pipe(Stream.concat(rows), Stream.concat(Stream.make(after)))
    const source = yield* requestSource(whole, limit)
    return { ...source, payload: { content: source.body, contentType, issues: [] } }
  })
