/** The tables of operations and their routes, from the route declarations. */
import type { Repeat } from "../../src/wire/route.js"
import { operations, routeOf } from "../laws/operations.js"

/** Whether a request is sent again after a failure with an unknown outcome. */
const retried: Readonly<Record<Repeat, string>> = {
  safe: "yes",
  idempotent: "yes",
  "gone-is-done": "yes",
  once: "no",
  "caller-says": "with `idempotent: true`",
  "unless-told": "unless `idempotent: false`"
}

/** Returns a row for each route, with the operations of a namespace that begin with it or, if they begin with reads, make
 * their change with it. */
export const routesTable = (namespace: string): string => {
  const byRoute = new Map<string, Array<string>>()
  for (const { change, name, requests: [first] } of operations) {
    const line = change ?? first
    if (!name.startsWith(`${namespace}.`)) continue
    byRoute.set(line, [...byRoute.get(line) ?? [], `\`${name.slice(namespace.length + 1)}\``])
  }
  const rows = Array.from(byRoute, ([line, names]) => {
    const { method, path, repeat } = routeOf(line)
    return `| ${names.join(", ")} | \`${method} ${path.replace(/:(\w+)/g, "{$1}")}\` | ${retried[repeat]} |`
  })
  return ["| operation | method and path | retried |", "| --- | --- | --- |", ...rows].join("\n")
}
