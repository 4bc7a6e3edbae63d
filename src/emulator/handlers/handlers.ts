/** The implementation of the API: what responds to each request. */
import * as HttpApi from "@effect/platform/HttpApi"
import { Api } from "../api/Api.js"
import type { Route } from "../protocol/routePath.js"
import { routeTree } from "../protocol/routeTree.js"
import { accuracy } from "./accuracy.js"
import { actuals } from "./actuals.js"
import { batchPredictionDefinitions } from "./batchPredictionDefinitions.js"
import { batchPredictions } from "./batchPredictions.js"
import { control } from "./control.js"
import { credentials } from "./credentials.js"
import { datasets } from "./datasets.js"
import { deployments } from "./deployments.js"
import { drift } from "./drift.js"
import { exports } from "./exports.js"
import type { GroupName, Handlers } from "./handler.js"
import { jobs } from "./jobs.js"
import { modelDeployments } from "./modelDeployments.js"
import { modelFiles } from "./modelFiles.js"
import { modelPackages } from "./modelPackages.js"
import { models } from "./models.js"
import { predictedRows } from "./predictedRows.js"
import { predictionEnvironments } from "./predictionEnvironments.js"
import { predictions } from "./predictions.js"
import { predictionServers } from "./predictionServers.js"
import { registeredModels } from "./registeredModels.js"
import { type AnyHandler, type Respond, responder } from "./responder.js"
import { service } from "./service.js"
import { serviceStats } from "./serviceStats.js"
import { settings } from "./settings.js"
import { sharing } from "./sharing.js"

/** The handlers of all endpoints, by group. */
const handlers: { readonly [Name in GroupName]: Handlers<Name> } = {
  service,
  modelDeployments,
  deployments: {
    ...deployments,
    ...serviceStats,
    ...models,
    ...actuals,
    ...settings,
    ...drift,
    ...accuracy,
    ...predictedRows,
    ...modelFiles,
    ...exports,
    ...sharing
  },
  status: jobs,
  predictions,
  batchPredictions,
  batchPredictionDefinitions,
  predictionServers,
  predictionEnvironments,
  registeredModels,
  modelPackages,
  credentials,
  datasets,
  control
}

const routes = (() => {
  const found: Array<Route & { readonly value: Respond }> = []
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, group: { identifier } }) => {
      // Boundary: the type of `handlers` has a handler for each endpoint of the API. A loop loses this type.
      const handler = Reflect.get(Reflect.get(handlers, identifier), endpoint.name) as AnyHandler
      found.push({ method: endpoint.method, path: endpoint.path, value: responder(identifier, endpoint, handler) })
    }
  })
  return found
})()

/** Finds what responds to a request, by its method and path. */
export const respondTo = routeTree(routes)
