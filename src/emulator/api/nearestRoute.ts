/** Finds the known route that is nearest to an unknown one. */
import * as HttpApi from "@effect/platform/HttpApi"
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
    Math.min(...meant.map((parts) => distance(parts, segments(route.path), segmentDistance))) +
    (method === route.method ? 0 : 1)
  const nearest = routes.reduce((best, route) => distanceTo(route) < distanceTo(best) ? route : best)
  return `${nearest.method} ${nearest.path}`
}

/** From 0 for equal segments to 1 for segments with nothing in common. A parameter is close to any segment. */
const segmentDistance = (asked: string, known: string) =>
  known.startsWith("{") ? 0.4 : distance([...asked], [...known], differs) / Math.max(asked.length, known.length)

const differs = (a: string, b: string) => a === b ? 0 : 1

/** The edit distance of two sequences (Levenshtein). `replace` is the cost of replacing one element by another. */
const distance = (
  from: ReadonlyArray<string>,
  to: ReadonlyArray<string>,
  replace: (a: string, b: string) => number
) => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const element of from) {
    const next = [(row[0] ?? 0) + 1]
    to.forEach((other, column) => {
      const above = row[column + 1] ?? 0
      const left = next[column] ?? 0
      const diagonal = row[column] ?? 0
      next.push(Math.min(above + 1, left + 1, diagonal + replace(element, other)))
    })
    row = next
  }
  return row[to.length] ?? 0
}
