/** The operations of DataRobot that the emulator knows, by the names that its OpenAPI document has. */
import * as HttpApi from "@effect/platform/HttpApi"
import { fits, type Route } from "../protocol/routePath.js"
import { DataRobotApi } from "./DataRobotApi.js"

/** All of them. A test holds this list to the routes. */
export const operations = [
  "service.version",
  "service.ping",
  "modelDeployments.create",
  "modelDeployments.list",
  "modelDeployments.get",
  "modelDeployments.update",
  "modelDeployments.serviceStats",
  "modelDeployments.actionLog",
  "deployments.createFromLearningModel",
  "deployments.createFromLeaderboard",
  "deployments.createFromModelPackage",
  "deployments.list",
  "deployments.get",
  "deployments.update",
  "deployments.delete",
  "deployments.updateStatus",
  "deployments.serviceStats",
  "deployments.serviceStatsOverTime",
  "deployments.modelHistory",
  "deployments.features",
  "deployments.capabilities",
  "deployments.challengers",
  "deployments.championModelPackage",
  "deployments.validateReplacementModel",
  "deployments.replaceModel",
  "deployments.secondaryDatasetConfiguration",
  "deployments.updateSecondaryDatasetConfiguration",
  "deployments.submitActuals",
  "deployments.submitActualsFromDataset",
  "deployments.settings",
  "deployments.updateSettings",
  "deployments.healthSettings",
  "deployments.defaultHealthSettings",
  "deployments.updateHealthSettings",
  "deployments.challengerReplaySettings",
  "deployments.updateChallengerReplaySettings",
  "deployments.retrainingSettings",
  "deployments.updateRetrainingSettings",
  "deployments.accuracyMetrics",
  "deployments.updateAccuracyMetrics",
  "deployments.targetDrift",
  "deployments.featureDrift",
  "deployments.accuracy",
  "deployments.accuracyOverTime",
  "deployments.predictionsOverTime",
  "deployments.predictionResults",
  "deployments.deleteMonitoringData",
  "deployments.sharedRoles",
  "deployments.updateSharedRoles",
  "status.list",
  "status.get",
  "status.cancel",
  "predictions.predict",
  "predictions.predictWithModel"
] as const

const routes = (() => {
  const found: Array<Route & { readonly operation: string }> = []
  HttpApi.reflect(DataRobotApi, {
    onGroup: () => {},
    onEndpoint: ({ endpoint: { method, name, path }, group }) =>
      found.push({ method, path, operation: `${group.identifier}.${name}` })
  })
  return found
})()

/** The operation that a request is for; `undefined` when it is for none. */
export const operationOf = (method: string, path: string): string | undefined =>
  routes.find((route) => route.method === (method === "HEAD" ? "GET" : method) && fits(route.path, path))?.operation
