/**
 * Paths below the endpoint. A segment that comes from the caller must be an id (S-1). Encoding is not enough, because
 * `encodeURIComponent("..")` is `..`.
 */
import type { Issue } from "../../DataRobotError.js"
import { isRecord } from "../../wire/text.js"

/**
 * A reference to a resource: its id, or any object with an `id`.
 *
 * @since 0.1.0
 */
export type Ref = string | {
  /** Id of the resource. */
  readonly id: string
}

/** A path below the endpoint, and the issues of its segments. */
export interface Path {
  readonly path: string
  readonly issues: ReadonlyArray<Issue>
}

const noIssues: ReadonlyArray<Issue> = []

const segment = /^[A-Za-z0-9_-]{1,128}$/

/** Whether a value can be sent as one segment of a path. */
export const isId = (value: unknown): value is string => typeof value === "string" && segment.test(value)

/** Returns the id of a reference, or `undefined` if it cannot be sent in a path. */
export const idOf = (ref: Ref): string | undefined => {
  const id: unknown = isRecord(ref) ? ref["id"] : ref
  return isId(id) ? id : undefined
}

/** The problem of a value that is not an id. */
export const notAnId = "must be 1 to 128 letters, digits, \"-\" and \"_\""

/** The paths of routes, split into text (at even indexes) and the names of ids. */
const split = new Map<string, ReadonlyArray<string>>()

const partsOf = (route: string): ReadonlyArray<string> => {
  const known = split.get(route)
  if (known !== undefined) return known
  const parts = route.split(/:(\w+)/)
  split.set(route, parts)
  return parts
}

const templates = new Map<string, string>()

/** Returns the path of a route with the names of its ids, such as `deployments/{id}/`. */
export const templateOf = (route: string): string => {
  const known = templates.get(route)
  if (known !== undefined) return known
  const template = route.replaceAll(/:(\w+)/g, "{$1}")
  templates.set(route, template)
  return template
}

/** Returns the path of a route with its ids. An invalid id is not shown in the path, because it could be a token. */
export const pathOf = (route: string, ids: Readonly<Record<string, Ref>> = {}): Path => {
  const parts = partsOf(route)
  let path = ""
  let issues = noIssues
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? ""
    if (index % 2 === 0) path += part
    else {
      const id = ids[part] === undefined ? undefined : idOf(ids[part])
      if (id === undefined) issues = [...issues, { path: part, message: notAnId }]
      path += id ?? `{${part}}`
    }
  }
  return { path, issues }
}
