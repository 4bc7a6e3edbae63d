/** The routes of the definitions of batch predictions: `batchPredictionJobDefinitions/`. */
import { BatchPrediction } from "../batchPrediction.js"
import {
  BatchPredictionDefinition,
  CreateInput,
  PageInput,
  RunInput,
  UpdateInput
} from "../batchPredictionDefinition.js"
import { Envelope } from "../envelope.js"
import { change, createOnce, read, route } from "../route.js"

export const list = read({
  id: "batchPredictionDefinitions.list",
  summary: "List the definitions of batch predictions",
  path: "batchPredictionJobDefinitions/",
  query: PageInput,
  success: Envelope(BatchPredictionDefinition)
})

export const create = createOnce({
  id: "batchPredictionDefinitions.create",
  summary: "Create a definition of batch predictions",
  path: "batchPredictionJobDefinitions/",
  body: CreateInput,
  success: BatchPredictionDefinition,
  status: 202,
  failures: [403, 422]
})

export const get = read({
  id: "batchPredictionDefinitions.get",
  summary: "A definition of batch predictions",
  path: "batchPredictionJobDefinitions/:id/",
  success: BatchPredictionDefinition
})

export const update = change({
  id: "batchPredictionDefinitions.update",
  summary: "Change a definition of batch predictions",
  path: "batchPredictionJobDefinitions/:id/",
  body: UpdateInput,
  success: BatchPredictionDefinition,
  failures: [403, 409, 422]
})

const delete_ = route({
  id: "batchPredictionDefinitions.delete",
  summary: "Delete a definition of batch predictions",
  method: "DELETE",
  path: "batchPredictionJobDefinitions/:id/",
  repeat: "gone-is-done",
  failures: [403, 409]
})
export { delete_ as delete }

export const run = createOnce({
  id: "batchPredictionDefinitions.run",
  summary: "Start a batch prediction with the settings of a definition",
  path: "batchPredictions/fromJobDefinition/",
  body: RunInput,
  success: BatchPrediction,
  status: 202,
  failures: [403, 422]
})
