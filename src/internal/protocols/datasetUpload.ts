/** Uploads: sends CSV as the file of a new dataset, waits until DataRobot has read it, and returns the dataset. */
import * as Effect from "effect/Effect"
import type { DataRobotError } from "../../DataRobotError.js"
import { type Dataset, UploadInput } from "../../wire/dataset.js"
import * as Routes from "../../wire/routes/datasets.js"
import { isRecord } from "../../wire/text.js"
import { afterChange } from "../request/errorChanges.js"
import { input } from "../request/input.js"
import type { ApiResponse, Operation, Requirements } from "../request/operation.js"
import type { FileJobOptions } from "../request/options.js"
import { isId } from "../request/path.js"
import { refuseArguments, send } from "../request/send.js"
import { run } from "../request/tracing.js"
import { readCreated } from "./createdResource.js"
import { type Csv, givenCsv } from "./csvSource.js"
import { sendCsv } from "./csvUpload.js"
import { idleMillisOf } from "./download.js"
import { fileFrame } from "./multipart.js"
import { waitIssues } from "./poll.js"

const collection = { name: "datasets", route: Routes.get }

const whenUnknown = "The dataset may have been created: look for it in DataRobot before you upload it again."

/** DataRobot reads the type of a file from its name. */
const fileNameOf = (name: string): string => /\.csv$/i.test(name) ? name : `${name}.csv`

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
    const frame = yield* fileFrame(fileNameOf(dataset.name))
    const response = yield* sendCsv(operation, { route: Routes.upload, whenUnknown }, csv, { idleMillis }, frame)
    const id = datasetIdOf(response)
    const rest = afterChange(readCreated({ ...response, body: { id } }, { collection, made: "created", wait }))
    return yield* id === undefined ? rest : Effect.onInterrupt(rest, () => discard(operation, id))
  })
  return run(operation, upload)
}
