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
import { route } from "../route.js"

export const createFromLearningModel = route({
  id: "deployments.createFromLearningModel",
  summary: "Deploy a model of a project",
  method: "POST",
  path: "deployments/fromLearningModel/",
  body: CreateFromModelInput,
  success: Created,
  status: 202,
  job: true,
  attemptTimeout: 60_000,
  repeat: "once"
})

export const createFromLeaderboard = route({
  id: "deployments.createFromLeaderboard",
  summary: "Deploy a model of a leaderboard",
  method: "POST",
  path: "deployments/fromLeaderboard/",
  body: CreateFromModelInput,
  success: Created,
  status: 202,
  job: true,
  attemptTimeout: 60_000,
  repeat: "once"
})

export const createFromModelPackage = route({
  id: "deployments.createFromModelPackage",
  summary: "Deploy a model package",
  method: "POST",
  path: "deployments/fromModelPackage/",
  body: CreateFromModelPackageInput,
  success: Created,
  status: 202,
  job: true,
  attemptTimeout: 60_000,
  repeat: "once"
})

export const list = route({
  id: "deployments.list",
  summary: "List deployments",
  method: "GET",
  path: "deployments/",
  query: PageInput,
  success: Envelope(Deployment),
  failures: [400],
  repeat: "safe"
})

export const get = route({
  id: "deployments.get",
  summary: "A deployment",
  method: "GET",
  path: "deployments/:id/",
  success: Deployment,
  repeat: "safe"
})

export const update = route({
  id: "deployments.update",
  summary: "Change the label, description or importance of a deployment",
  method: "PATCH",
  path: "deployments/:id/",
  body: UpdateInput,
  repeat: "caller-says"
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

export const updateStatus = route({
  id: "deployments.updateStatus",
  summary: "Activate or deactivate a deployment",
  method: "PATCH",
  path: "deployments/:id/status/",
  body: StatusInput,
  job: true,
  failures: [409],
  repeat: "caller-says"
})

export const serviceStats = route({
  id: "deployments.serviceStats",
  summary: "Service statistics of a period; by default, of the last seven days",
  method: "GET",
  path: "deployments/:id/serviceStats/",
  query: ServiceStatsInput,
  success: ServiceStats,
  failures: [422],
  repeat: "safe"
})

export const serviceStatsOverTime = route({
  id: "deployments.serviceStatsOverTime",
  summary: "One service statistic over time",
  method: "GET",
  path: "deployments/:id/serviceStatsOverTime/",
  query: ServiceStatsOverTimeInput,
  success: ServiceStatsOverTime,
  failures: [422],
  repeat: "safe"
})

export const modelHistory = route({
  id: "deployments.modelHistory",
  summary: "The models that a deployment had, the current one first",
  method: "GET",
  path: "deployments/:id/modelHistory/",
  query: Paging,
  success: Envelope(ModelHistoryEntry),
  repeat: "safe"
})

export const capabilities = route({
  id: "deployments.capabilities",
  summary: "What a deployment supports",
  method: "GET",
  path: "deployments/:id/capabilities/",
  success: CapabilityList,
  repeat: "safe"
})

export const sharedRoles = route({
  id: "deployments.sharedRoles",
  summary: "The users, groups and organizations that a deployment is shared with",
  method: "GET",
  path: "deployments/:id/sharedRoles/",
  query: SharedRolesInput,
  success: Envelope(SharedRole),
  repeat: "safe"
})

export const updateSharedRoles = route({
  id: "deployments.updateSharedRoles",
  summary: "Give and remove roles",
  method: "PATCH",
  path: "deployments/:id/sharedRoles/",
  body: GrantsInput,
  failures: [409],
  repeat: "caller-says"
})
