/** The routes of the deployments API, `deployments/`, for deployments themselves. */
import {
  CapabilityList,
  Created,
  CreateFromModelInput,
  CreateFromModelPackageInput,
  DeleteInput,
  Deployment,
  GrantsInput,
  ModelHistoryEntry,
  PageInput,
  SharedRole,
  SharedRolesInput,
  StatusInput,
  UpdateInput
} from "../deployment.js"
import { Envelope } from "../envelope.js"
import { Paging } from "../fields.js"
import { ServiceStats, ServiceStatsInput, ServiceStatsOverTime, ServiceStatsOverTimeInput } from "../monitoring.js"
import { change, createOnce, read, type Route, route } from "../route.js"
import { oneDeployment } from "../serving.js"

/** Declares a route that creates a deployment in a job. (Bundlers keep an unused route that spreads shared fields.) */
const createInJob = <const R extends Omit<Route, "method" | "repeat" | "attemptTimeout">>(route: R) =>
  createOnce({ ...route, success: Created, status: 202, job: true })

export const createFromLearningModel = createInJob({
  id: "deployments.createFromLearningModel",
  summary: "Deploy a model of a project",
  path: "deployments/fromLearningModel/",
  body: CreateFromModelInput
})

export const createFromLeaderboard = createInJob({
  id: "deployments.createFromLeaderboard",
  summary: "Deploy a model of a leaderboard",
  path: "deployments/fromLeaderboard/",
  body: CreateFromModelInput
})

export const createFromModelPackage = createInJob({
  id: "deployments.createFromModelPackage",
  summary: "Deploy a model package",
  path: "deployments/fromModelPackage/",
  body: CreateFromModelPackageInput
})

export const list = read({
  id: "deployments.list",
  summary: "List deployments",
  path: "deployments/",
  query: PageInput,
  success: Envelope(Deployment),
  failures: [400]
})

export const get = read({ ...oneDeployment, success: Deployment })

export const update = change({
  id: "deployments.update",
  summary: "Change the label, description or importance of a deployment",
  path: "deployments/:id/",
  body: UpdateInput
})

const delete_ = route({
  id: "deployments.delete",
  summary: "Delete a deployment",
  method: "DELETE",
  path: "deployments/:id/",
  query: DeleteInput,
  repeat: "gone-is-done"
})
export { delete_ as delete }

export const updateStatus = change({
  id: "deployments.updateStatus",
  summary: "Activate or deactivate a deployment",
  path: "deployments/:id/status/",
  body: StatusInput,
  job: true,
  failures: [409]
})

export const serviceStats = read({
  id: "deployments.serviceStats",
  summary: "Service statistics of a period; by default, of the last seven days",
  path: "deployments/:id/serviceStats/",
  query: ServiceStatsInput,
  success: ServiceStats,
  failures: [422]
})

export const serviceStatsOverTime = read({
  id: "deployments.serviceStatsOverTime",
  summary: "One service statistic over time",
  path: "deployments/:id/serviceStatsOverTime/",
  query: ServiceStatsOverTimeInput,
  success: ServiceStatsOverTime,
  failures: [422]
})

export const modelHistory = read({
  id: "deployments.modelHistory",
  summary: "The models that a deployment had, the current one first",
  path: "deployments/:id/modelHistory/",
  query: Paging,
  success: Envelope(ModelHistoryEntry)
})

export const capabilities = read({
  id: "deployments.capabilities",
  summary: "What a deployment supports",
  path: "deployments/:id/capabilities/",
  success: CapabilityList
})

export const sharedRoles = read({
  id: "deployments.sharedRoles",
  summary: "The users, groups and organizations that a deployment is shared with",
  path: "deployments/:id/sharedRoles/",
  query: SharedRolesInput,
  success: Envelope(SharedRole)
})

export const updateSharedRoles = change({
  id: "deployments.updateSharedRoles",
  summary: "Give and remove roles",
  path: "deployments/:id/sharedRoles/",
  body: GrantsInput,
  failures: [409]
})
