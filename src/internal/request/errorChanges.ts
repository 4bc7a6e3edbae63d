/** Adds to an error what the operation knows and the failed request does not. */
import * as Effect from "effect/Effect"
import {
  DataRobotApiError,
  type DataRobotError,
  DataRobotJobError,
  DataRobotNetworkError,
  DataRobotValidationError,
  type Made,
  type RowRange
} from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { maxLine, oneLine } from "../../wire/text.js"
import { defined } from "./defined.js"

/** What DataRobot says about a job. */
export interface JobReport {
  readonly statusDetails?: string
  readonly logs?: ReadonlyArray<string>
}

const maxLogs = 50
const maxLogLine = 500

/** Returns a report whose texts can be kept: each is one line, without secrets, and the log has its last lines. */
export const cleanReport = ({ logs = [], statusDetails }: JobReport, redactor: Redactor): JobReport =>
  defined({
    statusDetails: statusDetails === undefined ? undefined : oneLine(redactor.text(statusDetails)),
    logs: logs.length === 0 ? undefined : logs.slice(-maxLogs).map((line) => oneLine(redactor.text(line), maxLogLine))
  })

interface Changes extends JobReport {
  readonly retryable?: false
  readonly made?: ReadonlyArray<Made>
  readonly rows?: RowRange
}

// The classes would validate all values again.
const unchecked = { disableValidation: true }

/**
 * Returns a copy of an error with other properties, and another sentence at the end of its message. If the message is too
 * long, its middle is cut, and not the sentence.
 */
const withChanges = (error: DataRobotError, { retryable, ...changes }: Changes, sentence?: string): DataRobotError => {
  // `message` is not enumerable.
  const message = sentence === undefined
    ? error.message
    : `${oneLine(error.message, Math.max(0, maxLine - sentence.length - 1))} ${sentence}`
  const repeat = retryable === undefined ? {} : { retryable }
  switch (error._tag) {
    case "DataRobotApiError":
      return new DataRobotApiError({ ...error, message, ...changes, ...repeat }, unchecked)
    case "DataRobotNetworkError":
      return new DataRobotNetworkError({ ...error, message, ...changes, ...repeat }, unchecked)
    case "DataRobotValidationError":
      return new DataRobotValidationError({ ...error, message, ...changes }, unchecked)
    case "DataRobotJobError":
      return new DataRobotJobError({ ...error, message, ...changes }, unchecked)
  }
}

/** Returns a copy of an error. */
export const copyOf = (error: DataRobotError): DataRobotError => withChanges(error, {})

/**
 * Returns the error of a step that follows a change of the same operation. It is not retryable, because the flag is about
 * the whole operation, and repeating that would repeat the change.
 */
export const notRetryable = (error: DataRobotError): DataRobotError => withChanges(error, { retryable: false })

/** Runs a step that follows a change of the same operation. None of its errors is retryable. */
export const afterChange = <A, R>(step: Effect.Effect<A, DataRobotError, R>): Effect.Effect<A, DataRobotError, R> =>
  Effect.mapError(step, notRetryable)

/** What the collections of created things are called in a message. */
const nouns: Readonly<Record<string, string>> = { deployments: "deployment", modelPackages: "model package" }

/**
 * Runs a step of an operation whose earlier steps created something. Its errors say what, and are not retryable. Ids
 * that come from a server must already be free of secrets.
 */
export const afterMaking = <A, R>(
  made: ReadonlyArray<Made>,
  step: Effect.Effect<A, DataRobotError, R>
): Effect.Effect<A, DataRobotError, R> => {
  if (made.length === 0) return step
  const names = made.map(({ collection, id }) => `${nouns[collection] ?? collection} ${id}`).join(" and ")
  return Effect.mapError(
    step,
    (error) => withChanges(error, { retryable: false, made }, `Already created: ${names}.`)
  )
}

/** Returns the error with what DataRobot says about the job that it is about. The report must be clean. */
export const withReport = (error: DataRobotError, report: JobReport): DataRobotError => {
  const details = report.statusDetails ?? report.logs?.at(-1)
  return withChanges(error, report, details === undefined ? undefined : `DataRobot says about the job: ${details}`)
}

/** Returns the error with the rows of a stream that it is about. */
export const withRows = (error: DataRobotError, rows: RowRange): DataRobotError => {
  const { end, start } = rows
  return withChanges(error, { rows }, start + 1 === end ? `Row ${start}.` : `Rows ${start} to ${end - 1}.`)
}
