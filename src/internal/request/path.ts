/**
 * Paths below the endpoint. A segment that comes from the caller must be an id and nothing else (S-1): encoding is not
 * enough, `encodeURIComponent("..")` is `..`.
 */
import type { Issue } from "../../DataRobotError.js"
import { isRecord } from "../../wire/text.js"

/** Names a resource: its id, or anything that has an `id`. */
export type Ref = string | { readonly id: string }

/** A path below the endpoint, or why it can't be built. */
export interface Path {
  readonly path: string
  readonly issues: ReadonlyArray<Issue>
}

const segment = /^[A-Za-z0-9_-]{1,128}$/

/** Whether a text can stand as one segment of a path. */
export const isId = (value: unknown): value is string => typeof value === "string" && segment.test(value)

/** The id that a ref names; `undefined` when it names none that can be sent. */
export const idOf = (ref: Ref): string | undefined => {
  const id: unknown = isRecord(ref) ? ref["id"] : ref
  return isId(id) ? id : undefined
}

/** The path of a route with its ids. A rejected id is not repeated, since it may be anything, a token included. */
export const pathOf = (route: string, ids: Readonly<Record<string, Ref>> = {}): Path => {
  const issues: Array<Issue> = []
  const path = route.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids[name] === undefined ? undefined : idOf(ids[name])
    if (id === undefined) issues.push({ path: name, message: "must be 1 to 128 letters, digits, \"-\" and \"_\"" })
    return id ?? `{${name}}`
  })
  return { path, issues }
}
