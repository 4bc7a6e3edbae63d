/** The routes of prediction environments: `predictionEnvironments/`. */
import { Envelope } from "../envelope.js"
import { CreateInput, PageInput, PredictionEnvironment, UpdateInput } from "../predictionEnvironment.js"
import { change, createOnce, read, route } from "../route.js"

export const list = read({
  id: "predictionEnvironments.list",
  summary: "List the prediction environments",
  path: "predictionEnvironments/",
  query: PageInput,
  success: Envelope(PredictionEnvironment)
})

export const create = createOnce({
  id: "predictionEnvironments.create",
  summary: "Create a prediction environment",
  path: "predictionEnvironments/",
  body: CreateInput,
  success: PredictionEnvironment,
  status: 201
})

export const get = read({
  id: "predictionEnvironments.get",
  summary: "A prediction environment",
  path: "predictionEnvironments/:id/",
  success: PredictionEnvironment
})

export const update = change({
  id: "predictionEnvironments.update",
  summary: "Change a prediction environment",
  path: "predictionEnvironments/:id/",
  body: UpdateInput
})

const delete_ = route({
  id: "predictionEnvironments.delete",
  summary: "Delete a prediction environment",
  method: "DELETE",
  path: "predictionEnvironments/:id/",
  repeat: "gone-is-done",
  failures: [422]
})
export { delete_ as delete }
