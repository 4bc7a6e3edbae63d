/** Finds the known route that is nearest to an unknown one. */
import * as HttpApi from "@effect/platform/HttpApi"
import { editDistance } from "../../wire/nearestName.js"
import * as Errors from "../protocol/errors.js"
import type { Request } from "../protocol/request.js"
import { pathOf, type Route, segments } from "../protocol/routePath.js"
import { Api } from "./Api.js"

const routes = (() => {
  const found: Array<Route> = []
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint: { method, path } }) => found.push({ method, path: path.replace(/:(\w+)/g, "{$1}") })
  })
  return found
})()

/** Fails with 501 and the name of the nearest route. */
export const unknownRoute = ({ method, url }: Request) => {
  const path = pathOf(url)
  return Errors.unknownRoute(
    `There is no route ${method} ${path} in the emulator; the nearest is ${nearestRoute(method, path)}`
  )
}

/** Returns the route that differs least from a requested one, such as `GET /api/v2/version/`. */
const nearestRoute = (method: string, path: string): string => {
  const asked = segments(path)
  // An endpoint without /api/v2 is a common mistake.
  const meant = asked.length === 0 ? [asked] : [asked, ["api", "v2", ...asked]]
  const distanceTo = (route: Route) =>
    Math.min(...meant.map((parts) => editDistance(parts, segments(route.path), segmentDistance))) +
    (method === route.method ? 0 : 1)
  const nearest = routes.reduce((best, route) => distanceTo(route) < distanceTo(best) ? route : best)
  return `${nearest.method} ${nearest.path}`
}

/** From 0 for equal segments to 1 for segments with nothing in common. A parameter is close to any segment. */
const segmentDistance = (asked: string, known: string) =>
  known.startsWith("{") ? 0.4 : editDistance([...asked], [...known]) / Math.max(asked.length, known.length)
