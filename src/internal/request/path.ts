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
export type Ref = string | { readonly id: string }

/** A path below the endpoint, and the issues of its segments. */
export interface Path {
  readonly path: string
  readonly issues: ReadonlyArray<Issue>
}

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

/** Returns the path of a route with its ids. An invalid id is not shown in the path, because it could be a token. */
export const pathOf = (route: string, ids: Readonly<Record<string, Ref>> = {}): Path => {
  const issues: Array<Issue> = []
  const path = route.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids[name] === undefined ? undefined : idOf(ids[name])
    if (id === undefined) issues.push({ path: name, message: notAnId })
    return id ?? `{${name}}`
  })
  return { path, issues }
}
