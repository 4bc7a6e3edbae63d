/** Uploads: sends CSV with one request. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobotError } from "../../DataRobotError.js"
import { joinBytes } from "../../wire/joinBytes.js"
import type { ApiResponse, Call, Operation, Requirements } from "../request/operation.js"
import { sendUpload } from "../request/sendStream.js"
import { csvBody, type CsvBytes, type Frame, isStreamOf, noFrame } from "./csvSource.js"
import type { Idle } from "./download.js"

/** Size above which CSV is sent like a stream, in bytes. */
const largeCsv = 1024 * 1024

/**
 * Returns CSV as it is sent. The time that sending a large one takes is only limited as that of a stream: by the time
 * without progress.
 */
const asSent = <E, R>(csv: CsvBytes<E, R>): CsvBytes<E, R> =>
  !isStreamOf(csv) && csv.length > largeCsv ? Stream.make(csv) : csv

/** A step of an operation: sends CSV, and returns the response. A stream is read once, as fast as the server takes it. */
export const sendCsv = <E, R>(
  operation: Operation,
  call: Omit<Call, "body">,
  csv: CsvBytes<E, R>,
  idle: Idle,
  frame: Frame = noFrame
): Effect.Effect<ApiResponse, E | DataRobotError, R | Requirements> => {
  const sent = asSent(csv)
  if (!isStreamOf(sent)) {
    const { after, before, contentType } = frame
    const content = joinBytes([before, sent, after], before.length + sent.length + after.length)
    return sendUpload(operation, { ...call, body: { content, contentType, issues: [] } }, idle)
  }
  return Effect.scoped(
    Effect.flatMap(
      csvBody(operation, sent, call, undefined, frame),
      ({ payload, ...source }) => sendUpload(operation, { ...call, body: payload }, { ...idle, source })
    )
  )
}
