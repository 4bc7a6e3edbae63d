/** Uploads: sends CSV as the file of a new dataset, waits until DataRobot has read it, and returns the dataset. */
import * as Effect from "effect/Effect"
import type { DataRobotError } from "../../DataRobotError.js"
import { type Dataset, UploadInput } from "../../wire/dataset.js"
import { joinBytes } from "../../wire/joinBytes.js"
import * as Routes from "../../wire/routes/datasets.js"
import { isRecord } from "../../wire/text.js"
import { afterChange } from "../request/errorChanges.js"
import { input } from "../request/input.js"
import type { ApiResponse, Call, Operation, Requirements } from "../request/operation.js"
import type { FileJobOptions } from "../request/options.js"
import { isId } from "../request/path.js"
import { refuseArguments, send } from "../request/send.js"
import { sendUpload } from "../request/sendStream.js"
import { run } from "../request/tracing.js"
import { readCreated } from "./createdResource.js"
import { asSent, type Csv, csvBody, type CsvBytes, givenCsv, isStreamOf } from "./csvSource.js"
import { idleMillisOf } from "./download.js"
import { fileFrame } from "./multipart.js"
import { waitIssues } from "./poll.js"

const collection = { name: "datasets", route: Routes.get }

const whenUnknown = "The dataset may have been created: look for it in DataRobot before you upload it again."

/** DataRobot reads the type of a file from its name. */
const fileNameOf = (name: string): string => /\.csv$/i.test(name) ? name : `${name}.csv`

const sendFile = <E, R>(
  operation: Operation,
  csv: CsvBytes<E, R>,
  name: string,
  idleMillis: number
): Effect.Effect<ApiResponse, E | DataRobotError, R | Requirements> =>
  Effect.flatMap(fileFrame(fileNameOf(name)), (frame) => {
    const { after, before, contentType } = frame
    const call = { route: Routes.upload, whenUnknown } satisfies Call
    const file = asSent(csv)
    if (!isStreamOf(file)) {
      const content = joinBytes([before, file, after], before.length + file.length + after.length)
      return sendUpload(operation, { ...call, body: { content, contentType, issues: [] } }, { idleMillis })
    }
    return Effect.scoped(Effect.flatMap(
      csvBody(operation, file, { route: Routes.upload, ids: {} }, undefined, frame),
      ({ failure, isSent, payload }) =>
        sendUpload(operation, { ...call, body: payload }, { idleMillis, sourceFailure: failure, isSent })
    ))
  })

/** Returns the id of the dataset in a response, which DataRobot calls `catalogId`. */
const datasetIdOf = ({ body }: ApiResponse): string | undefined =>
  isRecord(body) ? [body["datasetId"], body["catalogId"], body["id"]].find(isId) : undefined

/** Deletes the dataset of an interrupted call, which cannot return its id. Ignores a failure. */
const discard = (operation: Operation, id: string) =>
  Effect.ignore(send(operation, { route: Routes.delete, ids: { id }, options: { timeout: 10_000, retry: false } }))

/** Uploads CSV as a new dataset. */
export const uploadDataset = <E, R>(
  operation: Operation,
  given: Csv<E, R>,
  dataset: UploadInput,
  options: FileJobOptions
): Effect.Effect<Dataset, E | DataRobotError, R | Requirements> => {
  const { wait } = options
  const { idleMillis, issues } = idleMillisOf(options, Routes.upload)
  const { csv, issues: csvIssues } = givenCsv(given)
  const all = [...csvIssues, ...input(UploadInput, dataset).issues, ...issues, ...waitIssues(wait, "wait.")]
  const upload = Effect.gen(function*() {
    if (all.length > 0) return yield* refuseArguments(operation, { route: Routes.upload, ids: {} }, all)
    const response = yield* sendFile(operation, csv, dataset.name, idleMillis)
    const id = datasetIdOf(response)
    const rest = afterChange(readCreated({ ...response, body: { id } }, { collection, made: "created", wait }))
    return yield* id === undefined ? rest : Effect.onInterrupt(rest, () => discard(operation, id))
  })
  return run(operation, upload)
}
