/** The operations of DataRobot that the emulator knows, by the names that its OpenAPI document has. */
import * as HttpApi from "@effect/platform/HttpApi"
import { DataRobotApi } from "./DataRobotApi.js"
import { fits, type Route } from "./routes.js"

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
  "status.get",
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
