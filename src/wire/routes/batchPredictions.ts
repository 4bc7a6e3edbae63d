/** The routes of batch predictions: `batchPredictions/`. */
import { BatchPrediction, CreateInput, PageInput } from "../batchPrediction.js"
import { Envelope } from "../envelope.js"
import { createOnce, read, route } from "../route.js"

/** The time limits of a transfer: for the response to begin, and without progress. */
const transfer = { attemptTimeout: 660_000, timeout: 660_000, idleTimeout: 660_000 } as const

export const list = read({
  id: "batchPredictions.list",
  summary: "List batch predictions",
  path: "batchPredictions/",
  query: PageInput,
  success: Envelope(BatchPrediction)
})

export const create = createOnce({
  id: "batchPredictions.create",
  summary: "Start a batch prediction",
  path: "batchPredictions/",
  body: CreateInput,
  success: BatchPrediction,
  status: 202,
  failures: [403, 422]
})

export const get = read({
  id: "batchPredictions.get",
  summary: "The state of a batch prediction",
  path: "batchPredictions/:id/",
  success: BatchPrediction
})

export const cancel = route({
  id: "batchPredictions.cancel",
  summary: "Abort a batch prediction, and remove it",
  method: "DELETE",
  path: "batchPredictions/:id/",
  status: 202,
  repeat: "gone-is-done",
  // A job that is over cannot be aborted.
  alreadyDone: [409],
  failures: [409]
})

export const upload = route({
  ...transfer,
  id: "batchPredictions.upload",
  summary: "Upload the CSV of a batch prediction",
  method: "PUT",
  path: "batchPredictions/:id/csvUpload/",
  csv: true,
  status: 202,
  repeat: "once",
  failures: [406, 409, 422]
})

export const uploadPart = route({
  ...transfer,
  id: "batchPredictions.uploadPart",
  summary: "Upload a part of the CSV of a batch prediction; each part begins with the header line",
  method: "PUT",
  path: "batchPredictions/:id/csvUpload/part/:part/",
  csv: true,
  status: 202,
  repeat: "caller-says",
  failures: [406, 409, 422]
})

export const finishUpload = route({
  id: "batchPredictions.finishUpload",
  summary: "Tell that all parts of the CSV were uploaded",
  method: "POST",
  path: "batchPredictions/:id/csvUpload/finalizeMultipart/",
  status: 202,
  repeat: "idempotent",
  // The upload can be finished only once.
  alreadyDone: [409],
  failures: [409, 422]
})

export const download = read({
  ...transfer,
  id: "batchPredictions.download",
  summary: "Download the results of a batch prediction as CSV, also while it is running",
  path: "batchPredictions/:id/download/",
  bytes: true,
  failures: [406, 422]
})
