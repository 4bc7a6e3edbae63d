/** Predictions for a stream of rows: splits the rows into requests, and returns the predictions in the same order. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import type { DataRobotError, Issue, RowRange } from "../../DataRobotError.js"
import { type PredictionRow, timeSeriesNames } from "../../wire/prediction.js"
import { withRows } from "../request/errorChanges.js"
import type { Operation, Requirements } from "../request/operation.js"
import { pathOf } from "../request/path.js"
import { refuseArguments } from "../request/send.js"
import { run } from "../request/tracing.js"
import { queryOf, requestPredictions, rowRoutes } from "./prediction.js"
import { maxPredictionBody, tooLarge } from "./predictionLimit.js"
import { bodyOfRows, byteLength, type WriteRow } from "./predictionRows.js"
import type { DeploymentRef } from "./predictionTarget.js"

/** Maximum size of the body of one request, in bytes. A row that is larger is sent alone. */
const maxBytes = 5 * 1024 * 1024

/** The rows of one request. */
interface Batch {
  readonly range: RowRange
  readonly content: Uint8Array
}

/** A row that cannot be sent. */
interface InvalidRow {
  readonly range: RowRange
  readonly issues: ReadonlyArray<Issue>
}

/** The failure of the source of the rows. It is an item, so that it comes after the rows before it. */
interface SourceFailure<E> {
  readonly failure: E
}

/** Splits rows into batches. Ends after an invalid row, and after a failure of the source. */
const batches = <A, E, R>(
  rows: Stream.Stream<A, E, R>,
  batchSize: number,
  write: WriteRow
): Stream.Stream<Batch | InvalidRow | SourceFailure<E>, never, R> =>
  Stream.unwrapScoped(Effect.map(Stream.toPull(rows), (pull) => {
    /** The texts of the rows of the next batch, the index of its first row, and its size in bytes. */
    let texts: Array<string> = []
    let start = 0
    let bytes = 2
    /** The rows that were pulled and not written yet. */
    let waiting: ReadonlyArray<A> = []
    let position = 0
    /** What to emit after the current batch, before the end. */
    let last: Option.Option<InvalidRow | SourceFailure<E>> | undefined

    const takeBatch = (): Batch => {
      const batch = { range: { start, end: start + texts.length }, content: bodyOfRows(texts) }
      start += texts.length
      texts = []
      bytes = 2
      return batch
    }

    /** Writes a row. Its size includes the comma or the bracket after it. */
    const measured = (row: unknown, index: number) => {
      const written = write(row, index)
      if ("issues" in written) return written
      const size = byteLength(written.json) + 1
      return size + 1 > maxPredictionBody
        ? { issues: [tooLarge(`rows[${index}]`, size + 1, "make the row smaller")] }
        : { json: written.json, size }
    }

    /** Writes the rows that wait. Returns a batch as soon as it is full. */
    const fill = (): Batch | undefined => {
      while (position < waiting.length && last === undefined) {
        const index = start + texts.length
        const written = measured(waiting[position], index)
        if ("issues" in written) {
          last = Option.some({ range: { start: index, end: index + 1 }, issues: written.issues })
          break
        }
        const { json, size } = written
        // Otherwise the row begins the next batch.
        const fits = texts.length === 0 || bytes + size <= maxBytes
        const full = fits ? undefined : takeBatch()
        position++
        texts.push(json)
        bytes += size
        if (full !== undefined) return full
        if (texts.length === batchSize) return takeBatch()
      }
      return undefined
    }

    const next: Effect.Effect<Batch | InvalidRow | SourceFailure<E>, Option.Option<never>, R> = Effect.suspend(() => {
      const full = fill()
      if (full !== undefined) return Effect.succeed(full)
      if (last !== undefined) {
        if (texts.length > 0) return Effect.succeed(takeBatch())
        const item = last
        last = Option.none()
        return Option.isSome(item) ? Effect.succeed(item.value) : Effect.fail(Option.none())
      }
      return Effect.matchEffect(pull, {
        onSuccess: (chunk) => {
          waiting = Chunk.toReadonlyArray(chunk)
          position = 0
          return next
        },
        onFailure: (end) => {
          waiting = []
          last = Option.map(end, (failure) => ({ failure }))
          return next
        }
      })
    })
    return Stream.repeatEffectOption(next)
  }))

/** The options that only a stream has. */
interface StreamOptions {
  readonly batchSize?: number | undefined
  readonly concurrency?: number | undefined
}

const wholeNumber = (value: unknown, most: number) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most

const streamIssues = (rows: unknown): ReadonlyArray<Issue> =>
  Predicate.hasProperty(rows, Stream.StreamTypeId)
    ? []
    : [{ path: "rows", message: "must be a Stream, such as Stream.fromIterable(rows)" }]

/** Returns the issues of the options that only a stream has, and of those that it cannot have. */
const issuesOf = (options: object, batchSize: unknown, concurrency: unknown): ReadonlyArray<Issue> => {
  const given = new Map<string, unknown>(Object.entries(options))
  return [
    ...(wholeNumber(batchSize, 100_000)
      ? []
      : [{ path: "batchSize", message: "must be a whole number from 1 to 100000" }]),
    ...(wholeNumber(concurrency, 100)
      ? []
      : [{ path: "concurrency", message: "must be a whole number from 1 to 100" }]),
    ...timeSeriesNames.filter((name) => given.get(name) !== undefined).map((path) => ({
      path,
      message: "is not for a stream, because the rows of a time series belong together: use Prediction.predict"
    }))
  ]
}

/**
 * Checks the options of a call, and requests the predictions for a stream of rows. Their `rowId` counts the rows of the
 * whole stream.
 */
export const predictStream = <A, E, R>(
  operation: Operation,
  deployment: DeploymentRef,
  rows: Stream.Stream<A, E, R>,
  options: StreamOptions,
  write: WriteRow
): Stream.Stream<PredictionRow, E | DataRobotError, R | Requirements> => {
  const { batchSize = 1000, concurrency = 1 } = options
  const query = queryOf(options, ["row", "batchSize", "concurrency"])
  const route = rowRoutes.serverless
  const ids = { id: deployment }
  const issues = [
    ...pathOf(route.path, ids).issues,
    ...streamIssues(rows),
    ...issuesOf(options, batchSize, concurrency),
    ...query.issues
  ]
  if (issues.length > 0) return Stream.fromEffect(refuseArguments(operation, { route, ids }, issues))
  const predict = ({ content, range }: Batch) => {
    const body = { content, contentType: "application/json", issues: [] }
    const expected = { rows: range.end - range.start, isStrict: true }
    return run(operation, requestPredictions(operation, deployment, body, query, expected)).pipe(
      Effect.map(({ data }) => data.map((row, index) => ({ ...row, rowId: range.start + index }))),
      Effect.mapError((error) => withRows(error, range))
    )
  }
  const settle = (
    item: Batch | InvalidRow | SourceFailure<E>
  ): Effect.Effect<ReadonlyArray<PredictionRow>, E | DataRobotError, Requirements> => {
    if ("failure" in item) return Effect.fail(item.failure)
    if ("content" in item) return predict(item)
    const refused = refuseArguments(operation, { route, ids }, item.issues)
    return Effect.mapError(refused, (error) => withRows(error, item.range))
  }
  return batches(rows, batchSize, write).pipe(
    // The exits, because a failure must not overtake the predictions for earlier rows.
    Stream.mapEffect((item) => Effect.exit(settle(item)), { concurrency }),
    Stream.mapEffect((exit): Exit.Exit<ReadonlyArray<PredictionRow>, E | DataRobotError> => exit),
    Stream.mapConcatChunk(Chunk.unsafeFromArray)
  )
}
