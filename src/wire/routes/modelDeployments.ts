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
import { route } from "../route.js"

export const create = route({
  id: "modelDeployments.create",
  summary: "Create a model deployment",
  method: "POST",
  path: "modelDeployments/",
  body: CreateInput,
  success: ModelDeployment,
  status: 201,
  attemptTimeout: 60_000,
  repeat: "once"
})

export const list = route({
  id: "modelDeployments.list",
  summary: "List model deployments",
  method: "GET",
  path: "modelDeployments/",
  query: ListInput,
  success: Envelope(ModelDeployment),
  repeat: "safe"
})

export const get = route({
  id: "modelDeployments.get",
  summary: "A model deployment",
  method: "GET",
  path: "modelDeployments/:id/",
  success: ModelDeployment,
  repeat: "safe"
})

export const update = route({
  id: "modelDeployments.update",
  summary: "Change the label, description or status of a model deployment",
  method: "PATCH",
  path: "modelDeployments/:id/",
  body: UpdateInput,
  repeat: "caller-says"
})

export const serviceStats = route({
  id: "modelDeployments.serviceStats",
  summary: "Service statistics of a period; by default, of the last 24 hours",
  method: "GET",
  path: "modelDeployments/:id/serviceStats/",
  query: StatisticsInput,
  success: ServiceStatistics,
  failures: [422],
  repeat: "safe"
})

export const actionLog = route({
  id: "modelDeployments.actionLog",
  summary: "The actions that users performed on a deployment",
  method: "GET",
  path: "modelDeployments/:id/actionLog/",
  query: Paging,
  success: Envelope(ActionLogEntry),
  repeat: "safe"
})
