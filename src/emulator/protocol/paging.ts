/** Selection, order and pages of a listing. */
import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import type { ListInput } from "../../wire/modelDeployment.js"
import type { Stored } from "../state/stored.js"
import type { Request } from "./request.js"

/** Returns the deployments of a listing, in order. Default: the order of creation. */
export const select = (
  deployments: ReadonlyArray<Stored>,
  { orderBy, query = "", status }: Pick<ListInput, "orderBy" | "query" | "status">
): ReadonlyArray<Stored> => {
  const text = query.toLowerCase()
  const selected = deployments.filter(({ deployment }) =>
    (status === undefined || deployment.status === status) &&
    (text === "" ||
      [deployment.label, deployment.description].some((field) => (field ?? "").toLowerCase().includes(text)))
  )
  return orderBy === undefined ? selected : Arr.sort(selected, orders[orderBy])
}

/** Sorts by code points, like the database of the service. Null comes first. */
export const byCodePoints = Order.mapInput(
  Order.array(Order.number),
  (text: string | null) => text === null ? [] : [0, ...Array.from(text, (character) => character.codePointAt(0) ?? 0)]
)

const by = (field: (deployment: Stored["deployment"]) => string | null) =>
  Order.mapInput(byCodePoints, ({ deployment }: Stored) => field(deployment))

const byLabel = by((deployment) => deployment.label)
const byStatus = by((deployment) => deployment.status)
const byType = by((deployment) => deployment.type)
/** No response contains an export target. The nearest to it is the host that makes the predictions. */
const byExportTarget = by((deployment) => deployment.instance?.hostName ?? null)

const orders: Record<NonNullable<ListInput["orderBy"]>, Order.Order<Stored>> = {
  label: byLabel,
  status: byStatus,
  type: byType,
  exportTarget: byExportTarget,
  "-label": Order.reverse(byLabel),
  "-status": Order.reverse(byStatus),
  "-type": Order.reverse(byType),
  "-exportTarget": Order.reverse(byExportTarget)
}

/** Returns the absolute URL of a request. */
export const requestUrl = ({ origin, url }: Request): URL => new URL(origin + url)

/** Default number of items on a page. */
export const defaultPageSize = 20

/** The range of a listing. Without a limit, it has all items from the offset on. */
interface Paging {
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

/** Returns a page in DataRobot's envelope, with the absolute URLs of the next and the previous page. */
export const paginate = <A>(items: ReadonlyArray<A>, { limit, offset = 0 }: Paging, url: URL) => {
  const data = items.slice(offset, limit === undefined ? undefined : offset + limit)
  const end = offset + data.length
  const size = limit ?? offset
  return {
    count: data.length,
    next: limit !== undefined && end < items.length ? pageUrl(url, end, size) : null,
    previous: offset > 0 ? pageUrl(url, Math.max(0, offset - size), size) : null,
    data
  }
}

const pageUrl = (url: URL, offset: number, limit: number) => {
  const page = new URL(url)
  page.searchParams.set("offset", String(offset))
  page.searchParams.set("limit", String(limit))
  return page.href
}
