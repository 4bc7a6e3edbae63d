/** The routes of the model deployments API: `modelDeployments/`. */
import { Envelope } from "../envelope.js"
import { Paging } from "../fields.js"
import {
  ActionLogEntry,
  CreateInput,
  ListInput,
  ModelDeployment,
  ServiceStatistics,
  StatisticsInput,
  UpdateInput
} from "../modelDeployment.js"
import { change, createOnce, read } from "../route.js"

export const create = createOnce({
  id: "modelDeployments.create",
  summary: "Create a model deployment",
  path: "modelDeployments/",
  body: CreateInput,
  success: ModelDeployment,
  status: 201
})

export const list = read({
  id: "modelDeployments.list",
  summary: "List model deployments",
  path: "modelDeployments/",
  query: ListInput,
  success: Envelope(ModelDeployment)
})

export const get = read({
  id: "modelDeployments.get",
  summary: "A model deployment",
  path: "modelDeployments/:id/",
  success: ModelDeployment
})

export const update = change({
  id: "modelDeployments.update",
  summary: "Change the label, description or status of a model deployment",
  path: "modelDeployments/:id/",
  body: UpdateInput
})

export const serviceStats = read({
  id: "modelDeployments.serviceStats",
  summary: "Service statistics of a period; by default, of the last 24 hours",
  path: "modelDeployments/:id/serviceStats/",
  query: StatisticsInput,
  success: ServiceStatistics,
  failures: [422]
})

export const actionLog = read({
  id: "modelDeployments.actionLog",
  summary: "The actions that users performed on a deployment",
  path: "modelDeployments/:id/actionLog/",
  query: Paging,
  success: Envelope(ActionLogEntry)
})
