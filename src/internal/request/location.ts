/**
 * URLs that a server sends, in `Location` and in a page's `next`, are never followed (S-2): what they point to is read
 * out of them and the URL is built anew on the configured base, so that the token can't be lured to another place.
 */
import { isRecord } from "../../wire/text.js"
import { isId } from "./path.js"

/** A server's URL, read: the path below the API's base, the query, and whether it names another host than ours. */
interface ServerUrl {
  readonly segments: ReadonlyArray<string>
  readonly query: URLSearchParams
  readonly foreign: boolean
}

const maxLength = 4096
const forbidden = /[\u0000-\u0020\u007f-\uffff\\]/
// How DataRobot itself mounts the API; a proxy in front of it may mount it elsewhere, and then that base is ours.
const serverBase = "/api/v2/"

const readUrl = (endpoint: string, value: string): ServerUrl | undefined => {
  if (value.length > maxLength || forbidden.test(value) || !URL.canParse(value, `${endpoint}/`)) return undefined
  // The parser resolves dot segments, also encoded ones, before anybody can look at them.
  if (/\.\.|(?:^|\/)\.(?:\/|$)|%/.test(value.replace(/[?#].*/, ""))) return undefined
  const base = new URL(`${endpoint}/`)
  const url = new URL(value, base)
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined
  if (url.username !== "" || url.password !== "") return undefined
  const path = url.pathname.replace(/\/{2,}/g, "/")
  // the longer one: an endpoint at the root of its host is the beginning of every path
  const mounts = base.pathname.length > serverBase.length ? [base.pathname, serverBase] : [serverBase, base.pathname]
  const mount = mounts.find((prefix) => path.startsWith(prefix))
  if (mount === undefined) return undefined
  return {
    segments: path.slice(mount.length).split("/").filter((segment) => segment !== ""),
    query: url.searchParams,
    foreign: url.host !== base.host
  }
}

/** What a server's URL points to, and whether it names another host than the configured one. */
export interface Target<A> {
  readonly target: A
  readonly foreign: boolean
}

/** The one resource that a URL points to: `…/status/{id}/` is `id` of the collection `status`. */
export interface Resource {
  readonly collection: string
  readonly id: string
}

/** Reads which resource a server's URL points to. */
export const resourceFromUrl = (endpoint: string, value: string): Target<Resource> | undefined => {
  const url = readUrl(endpoint, value)
  if (url === undefined) return undefined
  const [collection, id, ...more] = url.segments
  return isId(collection) && isId(id) && more.length === 0
    ? { target: { collection, id }, foreign: url.foreign }
    : undefined
}

const wholeNumber = /^\d{1,15}$/

/** Where in a listing a page is. */
export interface Position {
  readonly offset: number
  readonly limit?: number
}

/** Reads the position that a page's `next` or `previous` points to; the filters stay the caller's own. */
export const positionFromUrl = (endpoint: string, path: string, value: string): Target<Position> | undefined => {
  const url = readUrl(endpoint, value)
  if (url === undefined || `${url.segments.join("/")}/` !== path) return undefined
  const offset = url.query.get("offset") ?? "0"
  const limit = url.query.get("limit")
  if (!wholeNumber.test(offset) || (limit !== null && !/^[1-9]\d{0,14}$/.test(limit))) return undefined
  return {
    target: { offset: Number(offset), ...(limit === null ? {} : { limit: Number(limit) }) },
    foreign: url.foreign
  }
}

/** The `id` of an answer's body, when it has one that can stand in a path. */
export const idFromBody = (body: unknown): string | undefined => {
  const id = isRecord(body) ? body["id"] : undefined
  return isId(id) ? id : undefined
}
