/** Uploads the CSV of a batch prediction: with one request, or in parts, of which each can be sent again. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobotError, Issue } from "../../DataRobotError.js"
import type { BatchPrediction, CsvSettings } from "../../wire/batchPrediction.js"
import { CsvProblem } from "../../wire/csvDialect.js"
import * as Routes from "../../wire/routes/batchPredictions.js"
import { splitCsv } from "../../wire/splitCsv.js"
import { isRecord } from "../../wire/text.js"
import { afterChange } from "../request/errorChanges.js"
import type { Operation, Requirements } from "../request/operation.js"
import { send } from "../request/send.js"
import { run } from "../request/tracing.js"
import { failExplained, readJob, transferOptions } from "./batchJob.js"
import { checkedCsv, type Csv, type CsvBytes, givenCsv, isStreamOf, markErrors, refusalOf } from "./csvSource.js"
import { sendCsv } from "./csvUpload.js"
import { type Idle, idleMillisOf, type TransferOptions } from "./download.js"
import { checkBatch, type JobRef } from "./handle.js"
import { SourceError } from "./sourceError.js"

/** How a job takes its CSV. */
export interface Intake {
  /** Whether it takes the CSV in parts. */
  readonly isMultipart: boolean
  /** Whether a part can be sent again: the job does not begin before the upload is finished. */
  readonly canResend: boolean
  /** How the CSV is written. */
  readonly csvSettings?: CsvSettings | undefined
}

/** Returns how a job takes its CSV. */
export const intakeOf = ({ jobSpec }: Pick<BatchPrediction, "jobSpec">): Intake => {
  const settings = jobSpec?.intakeSettings ?? {}
  const { delimiter, encoding, quotechar } = jobSpec?.csvSettings ?? {}
  return {
    isMultipart: settings["multipart"] === true,
    canResend: settings["async"] === false,
    csvSettings: {
      delimiter: delimiter ?? undefined,
      encoding: encoding ?? undefined,
      quotechar: quotechar ?? undefined
    }
  }
}

/** Default size of a part, in bytes. One part at a time is in memory. */
const defaultPartSize = 16 * 1024 * 1024
const minPartSize = 64 * 1024
const maxPartSize = 1024 * 1024 * 1024

/** Returns the issues of the size of a part. */
export const partSizeIssues = (partSize: unknown): ReadonlyArray<Issue> =>
  partSize === undefined ||
    (Number.isInteger(partSize) && Number(partSize) >= minPartSize && Number(partSize) <= maxPartSize)
    ? []
    : [{ path: "partSize", message: `must be a whole number of bytes from ${minPartSize} to ${maxPartSize}` }]

/** The settings of an upload. */
interface Uploading {
  readonly intake: Intake
  readonly idle: Idle
  readonly partSize?: number | undefined
}

const whenUnknown = "The job may have received it: read it with BatchPrediction.get before you upload again."

const uploadParts = <E, R>(
  operation: Operation,
  id: string,
  csv: CsvBytes<E, R>,
  { intake: { canResend, csvSettings }, partSize = defaultPartSize }: Uploading
): Effect.Effect<void, E | DataRobotError, R | Requirements> =>
  Effect.gen(function*() {
    const stream = isStreamOf(csv) ? csv : Stream.make(csv)
    const sending = { route: Routes.uploadPart, ids: { id, part: "0" } }
    const checked = yield* checkedCsv(operation, stream, sending)
    const refusal = yield* refusalOf(operation, sending)
    const sendPart = (content: Uint8Array, part: number) =>
      send(operation, {
        route: Routes.uploadPart,
        ids: { id, part: String(part) },
        body: { content, contentType: "text/csv", issues: [] },
        options: { ...transferOptions(operation, Routes.uploadPart.timeout), idempotent: canResend },
        whenUnknown
      }).pipe(part === 0 ? (first) => first : afterChange)
    yield* splitCsv(checked, partSize, csvSettings).pipe(
      Stream.mapError((error) => error instanceof CsvProblem ? refusal(error.message, error.path) : error),
      Stream.zipWithIndex,
      Stream.runForEach(([content, part]) => sendPart(content, part))
    )
    yield* afterChange(send(operation, { route: Routes.finishUpload, ids: { id }, whenUnknown }))
  })

/** A step of an operation: uploads the CSV of a job. A stream is read once, and only as fast as the server takes it. */
export const uploadCsv = <E, R>(
  operation: Operation,
  id: string,
  csv: CsvBytes<E, R>,
  uploading: Uploading
): Effect.Effect<void, E | DataRobotError, R | Requirements> =>
  uploading.intake.isMultipart
    ? uploadParts(operation, id, csv, uploading)
    : Effect.asVoid(sendCsv(
      operation,
      {
        route: Routes.upload,
        ids: { id },
        options: transferOptions(operation, uploading.idle.idleMillis),
        whenUnknown
      },
      csv,
      uploading.idle
    ))

/** The options of an upload to a job that another operation created. */
interface UploadOptions extends TransferOptions {
  readonly partSize?: number | undefined
}

const hasSpec = (ref: unknown): ref is Pick<BatchPrediction, "jobSpec"> => isRecord(ref) && isRecord(ref["jobSpec"])

/** Checks the arguments of a call, and uploads the CSV of a job. Reads the job first, to know how it takes its CSV. */
export const uploadToJob = <E, R>(
  operation: Operation,
  ref: JobRef,
  given: Csv<E, R>,
  options: UploadOptions
): Effect.Effect<void, E | DataRobotError, R | Requirements> => {
  const { idleMillis, issues } = idleMillisOf(options, Routes.upload)
  const { partSize } = options
  const { csv, issues: csvIssues } = givenCsv(given)
  const all = [...csvIssues, ...issues, ...partSizeIssues(partSize)]
  const upload = Effect.gen(function*() {
    const id = yield* checkBatch(operation, ref, Routes.upload, undefined, all)
    const work = { operation, id }
    const intake = intakeOf(hasSpec(ref) ? ref : yield* readJob(work))
    yield* uploadCsv(operation, id, markErrors(csv), { intake, idle: { idleMillis }, partSize }).pipe(
      Effect.catchAll((error) => failExplained(work, error)),
      Effect.mapError((error) => error instanceof SourceError ? error.error : error)
    )
  })
  return run(operation, upload)
}
