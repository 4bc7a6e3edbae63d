/** The operations of DataRobot's API: one for each route, by the route's id. */
import type { Route } from "../../wire/route.js"
import { routes } from "../../wire/routes/index.js"
import { fits } from "../protocol/routePath.js"

type Routes = typeof routes

/** The id of a route, such as `deployments.list`. */
export type Operation = {
  [Group in keyof Routes]: {
    [Name in keyof Routes[Group]]: Routes[Group][Name] extends { readonly id: infer Id } ? Id : never
  }[keyof Routes[Group]]
}[keyof Routes]

/** All routes of DataRobot's API, with the general type of a route. */
const all = Object.values(routes).flatMap((group) => Object.values<Route & { readonly id: Operation }>(group))

/** Every operation. */
export const operations: ReadonlyArray<Operation> = all.map(({ id }) => id)

/**
 * Whether the handler of a route reads the query and the body itself. The handlers of predictions do: monitoring counts
 * each request that is wrong. A body that is only CSV is read as a stream, and a form is read by the handler of the upload.
 */
export const readsItself = ({ body, csv, id, multipart }: Pick<Route, "id" | "csv" | "body" | "multipart">): boolean =>
  id.startsWith("predictions.") || (csv === true && body === undefined) || multipart === true

/** Returns the route of an operation. */
export const routeOf = (id: string): Route | undefined => all.find((route) => route.id === id)

/** Returns the full path of a route, with its base. */
export const fullPath = ({ base, path }: Route): `/${string}` =>
  base === "prediction" ? `/predApi/v1.0/${path}` : `/api/v2/${path}`

/** Returns the operation of a request, or `undefined` if no route matches. */
export const operationOf = (method: string, path: string): Operation | undefined =>
  all.find((route) => route.method === (method === "HEAD" ? "GET" : method) && fits(fullPath(route), path))?.id
