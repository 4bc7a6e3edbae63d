/** Scores rows with a batch prediction: writes them as CSV, and reads the results from CSV. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DataRobotError, DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { CsvSettings } from "../../wire/batchPrediction.js"
import { readRecords, writeRecords } from "../../wire/csv.js"
import { CsvProblem } from "../../wire/csvDialect.js"
import { duplicate } from "../../wire/csvReader.js"
import type { CsvValue } from "../../wire/csvWriter.js"
import * as Routes from "../../wire/routes/batchPredictions.js"
import { issuesOf } from "../reading/issues.js"
import { withRows } from "../request/errorChanges.js"
import { requestInvalid, responseInvalid } from "../request/errors.js"
import { redactorOf } from "../request/headerSecrets.js"
import type { Operation, Requirements } from "../request/operation.js"
import { pathOf, type Ref } from "../request/path.js"
import { refuseArguments } from "../request/send.js"
import { scoreCsv, type ScoreOptions } from "./batchScore.js"
import { dialectIssues } from "./csvSource.js"
import type { EncodedRow } from "./predictionRows.js"

/** The columns of a row. */
export type Cells = Readonly<Record<string, CsvValue>>

/** A row of the results: the texts of its columns. */
export type ResultRow = Readonly<Record<string, string>>

/** The errors of rows and of results. `index` counts from 0. */
interface Errors {
  readonly ofRow: (issues: ReadonlyArray<Issue>, index?: number) => DataRobotError
  readonly ofResult: (issues: ReadonlyArray<Issue>, index?: number) => DataRobotError
}

const errorsOf = (operation: Operation): Effect.Effect<Errors, never, Requirements> =>
  Effect.map(redactorOf(operation), (redactor) => {
    const requestOf = ({ method, path }: typeof Routes.upload | typeof Routes.download) => ({
      operation: operation.name,
      method,
      path: pathOf(path).path
    })
    const located = (error: DataRobotValidationError, index: number | undefined) =>
      index === undefined ? error : withRows(error, { start: index, end: index + 1 })
    return {
      ofRow: (issues, index) => located(requestInvalid(requestOf(Routes.upload), issues, redactor, 1), index),
      ofResult: (issues, index) =>
        located(
          responseInvalid(
            { ...requestOf(Routes.download), attempts: 1 },
            { idempotent: false },
            issues.map(({ message, path }) => ({ message, path: redactor.text(path) }))
          ),
          index
        )
    }
  })

/** The row that a problem is about. */
const rowOf = ({ path }: CsvProblem): number | undefined => {
  const [, index] = /^rows\[(\d+)\]/.exec(path) ?? []
  return index === undefined ? undefined : Number(index)
}

/** Converts the elements of a stream. An element that cannot be converted ends the stream after the others before it. */
const convert = <A, B, E, R>(
  stream: Stream.Stream<A, E, R>,
  one: (value: A, index: number) => Either.Either<B, DataRobotError>
): Stream.Stream<B, E | DataRobotError, R> =>
  Stream.suspend(() => {
    let index = 0
    return Stream.flatMap(Stream.chunks(stream), (chunk) => {
      const converted: Array<B> = []
      for (const value of chunk) {
        const result = one(value, index++)
        if (Either.isLeft(result)) {
          return Stream.concat(Stream.fromIterable(converted), Stream.fail(result.left))
        }
        converted.push(result.right)
      }
      return Stream.fromChunk(Chunk.unsafeFromArray(converted))
    })
  })

/** Returns the columns of a row, or what is wrong with it. */
export type EncodeRow = (row: unknown, index: number) => EncodedRow

/** The option of rows that is not one of `score`. */
export interface RowsOptions extends ScoreOptions {
  readonly columns?: ReadonlyArray<string> | undefined
}

/** Returns the issue of columns that are not the header line of a CSV. */
const columnIssues = (columns: unknown): ReadonlyArray<Issue> => {
  if (columns === undefined) return []
  if (!isColumns(columns)) return [{ path: "columns", message: "must be a list of the names of columns" }]
  const twice = duplicate(columns)
  return twice === undefined ? [] : [{ path: "columns", message: twice }]
}

const isColumns = Schema.is(Schema.NonEmptyArray(Schema.String))
const isCsvSettings = Schema.is(CsvSettings)

/** Scores rows, and emits the rows of the results. */
export const scoreRecords = <A, E, R>(
  operation: Operation,
  deployment: Ref,
  rows: Stream.Stream<A, E, R>,
  { columns, ...options }: RowsOptions,
  encode: EncodeRow | undefined
): Stream.Stream<ResultRow, E | DataRobotError, R | Requirements> => {
  // Settings of a wrong type are an issue of the settings of the job.
  const csvSettings = isCsvSettings(options.csvSettings) ? options.csvSettings : {}
  const issues: ReadonlyArray<Issue> = [
    ...(Predicate.hasProperty(rows, Stream.StreamTypeId)
      ? []
      : [{
        path: "rows",
        message: "must be a Stream, such as Stream.fromIterable(rows), or in the Promise API an iterable"
      }]),
    ...dialectIssues(csvSettings, "write"),
    ...columnIssues(columns)
  ]
  if (issues.length > 0) return Stream.fromEffect(refuseArguments(operation, { route: Routes.create }, issues))
  return Stream.unwrap(Effect.map(errorsOf(operation), ({ ofResult, ofRow }) => {
    const orProblem = <E2>(of: Errors["ofRow"]) => (error: E2 | CsvProblem): E2 | DataRobotError =>
      error instanceof CsvProblem ? of([{ path: error.path, message: error.message }], rowOf(error)) : error
    const encoded = encode === undefined ? rows : convert(rows, (row, index) => {
      const result = encode(row, index)
      return "issues" in result ? Either.left(ofRow(result.issues, index)) : Either.right(result.columns)
    })
    // Boundary: the writer checks every row.
    const csv = writeRecords(encoded as Stream.Stream<Cells, E | DataRobotError, R>, { ...csvSettings, columns }).pipe(
      Stream.mapError(orProblem<E | DataRobotError>(ofRow))
    )
    const scored = scoreCsv(operation, deployment, csv, options)
    return Stream.mapError(readRecords(scored, csvSettings), orProblem<E | DataRobotError>(ofResult))
  }))
}

/** Converts the rows of the results. Fails with the row that cannot be converted, after the others before it. */
export const convertResults = <A, B, E, R>(
  operation: Operation,
  results: Stream.Stream<A, E, R>,
  decode: (row: A) => Either.Either<B, ReadonlyArray<Issue>>
): Stream.Stream<B, E | DataRobotError, R | Requirements> =>
  Stream.unwrap(Effect.map(
    errorsOf(operation),
    ({ ofResult }) => convert(results, (row, index) => Either.mapLeft(decode(row), (issues) => ofResult(issues, index)))
  ))

/** Converts the rows of the results with a schema. Without one, they stay as they are. */
export const decodeResults = <B, J, E, R>(
  operation: Operation,
  results: Stream.Stream<ResultRow, E, R>,
  schema: Schema.Schema<B, J> | undefined
): Stream.Stream<B, E | DataRobotError, R | Requirements> => {
  // Boundary: the type of a result without a schema is that of the rows.
  if (schema === undefined) return results as Stream.Stream<never, E | DataRobotError, R | Requirements>
  if (!Schema.isSchema(schema)) throw new TypeError("the option result must be a Schema of effect")
  const decode = ParseResult.decodeUnknownEither(schema)
  return convertResults(
    operation,
    results,
    (row) => Either.mapLeft(decode(row), (issue) => issuesOf(ParseResult.parseError(issue)))
  )
}
