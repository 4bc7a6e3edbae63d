/**
 * URLs from the server, in `Location` and in a page's `next`, are never followed (S-2, S-12). The SDK extracts the id or the
 * position from them and builds a new URL on the configured base. So the token cannot be redirected to another host.
 */
import { isRecord } from "../../wire/text.js"
import { isId } from "./path.js"

/** A parsed URL from the server. */
interface ServerUrl {
  /** The path below the base of the API. */
  readonly segments: ReadonlyArray<string>
  readonly query: URLSearchParams
  /** Whether the host differs from the configured one. */
  readonly foreign: boolean
}

const maxLength = 4096
const forbidden = /[\u0000-\u0020\u007f-\uffff\\]/
// The base path that DataRobot uses in its URLs. A proxy may serve the API under another path, the configured one.
const serverBase = "/api/v2/"

const readUrl = (endpoint: string, value: string): ServerUrl | undefined => {
  if (value.length > maxLength || forbidden.test(value) || !URL.canParse(value, `${endpoint}/`)) return undefined
  // Checked on the raw text, because the URL parser resolves dot segments, encoded ones too.
  if (/\.\.|(?:^|\/)\.(?:\/|$)|%/.test(value.replace(/[?#].*/, ""))) return undefined
  const base = new URL(`${endpoint}/`)
  const url = new URL(value, base)
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined
  if (url.username !== "" || url.password !== "") return undefined
  const path = url.pathname.replace(/\/{2,}/g, "/")
  // The longer prefix first: the path of an endpoint at the root of its host is a prefix of every path.
  const mounts = base.pathname.length > serverBase.length ? [base.pathname, serverBase] : [serverBase, base.pathname]
  const mount = mounts.find((prefix) => path.startsWith(prefix))
  if (mount === undefined) return undefined
  return {
    segments: path.slice(mount.length).split("/").filter((segment) => segment !== ""),
    query: url.searchParams,
    foreign: url.host !== base.host
  }
}

/** The target of a URL from the server, and whether its host differs from the configured one. */
export interface Target<A> {
  readonly target: A
  readonly foreign: boolean
}

/**
 * A resource that a URL points to: `…/status/{id}/` is the resource `id` of the collection `status`.
 *
 * @since 0.1.0
 */
export interface Resource {
  /** The collection of the API that has it, such as `deployments`. */
  readonly collection: string
  /** Its id. */
  readonly id: string
}

/** Reads the resource that a URL from the server points to. Returns `undefined` for any other URL. */
export const resourceFromUrl = (endpoint: string, value: string): Target<Resource> | undefined => {
  const url = readUrl(endpoint, value)
  if (url === undefined) return undefined
  const [collection, id, ...more] = url.segments
  return isId(collection) && isId(id) && more.length === 0
    ? { target: { collection, id }, foreign: url.foreign }
    : undefined
}

const maxSegments = 8

/**
 * Reads the path below the base of a URL from the server (S-12). The path begins with one of the `collections` and an id;
 * each further segment is one of the `words` or another id. Returns `undefined` for any other URL, and for one with a
 * query.
 */
export const pathFromUrl = (
  endpoint: string,
  value: string,
  collections: ReadonlyArray<string>,
  words: ReadonlyArray<string>
): Target<ReadonlyArray<string>> | undefined => {
  const url = value.includes("?") ? undefined : readUrl(endpoint, value)
  if (url === undefined || url.segments.length > maxSegments) return undefined
  const [collection = "", id, ...more] = url.segments
  // Every id of DataRobot has a digit. Without that rule, any word would count as an id.
  const isItem = (segment: string) => isId(segment) && /\d/.test(segment)
  return collections.includes(collection) && isId(id) && more.every((one) => words.includes(one) || isItem(one))
    ? { target: url.segments, foreign: url.foreign }
    : undefined
}

/** Returns the host of a URL from the server, for an error. */
export const hostOf = (endpoint: string, value: string): string =>
  URL.canParse(value, `${endpoint}/`) ? new URL(value, `${endpoint}/`).host || "none" : "none"

const wholeNumber = /^\d{1,15}$/

/** The position of a page in a listing. */
export interface Position {
  readonly offset: number
  readonly limit?: number
}

/** Reads the position from a page's `next` or `previous` URL. Filters in the URL are ignored: the caller's apply. */
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

/** Returns the `id` in a response body, or `undefined` if it has none that can be sent in a path. */
export const idFromBody = (body: unknown): string | undefined => {
  const id = isRecord(body) ? body["id"] : undefined
  return isId(id) ? id : undefined
}
