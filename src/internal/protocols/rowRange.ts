/** The rows of a stream that an error is about. */
import {
  DataRobotApiError,
  type DataRobotError,
  DataRobotNetworkError,
  DataRobotValidationError
} from "../../DataRobotError.js"
import { oneLine } from "../../wire/text.js"

/** Rows of a stream, by index: from `start` up to, but not including, `end`. */
export interface RowRange {
  readonly start: number
  readonly end: number
}

/** Returns the error with the rows that it is about. */
export const withRows = (error: DataRobotError, rows: RowRange): DataRobotError => {
  const { end, start } = rows
  // `message` is not enumerable.
  const message = oneLine(`${error.message} ${start + 1 === end ? `Row ${start}` : `Rows ${start} to ${end - 1}`}.`)
  switch (error._tag) {
    case "DataRobotApiError":
      return new DataRobotApiError({ ...error, message, rows }, { disableValidation: true })
    case "DataRobotNetworkError":
      return new DataRobotNetworkError({ ...error, message, rows })
    case "DataRobotValidationError":
      return new DataRobotValidationError({ ...error, message, rows })
    case "DataRobotJobError":
      return error
  }
}
