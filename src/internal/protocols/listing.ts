/** Listings: one page, all items, or a stream that fetches pages when they are read or earlier (P-1). */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DataRobotError, DataRobotValidationError } from "../../DataRobotError.js"
import type { Page } from "../../Page.js"
import type { Envelope } from "../../wire/envelope.js"
import type { Route, Value } from "../../wire/route.js"
import { type Input, input } from "../request/input.js"
import { type Position, positionFromUrl } from "../request/location.js"
import type { ApiResponse, Ids, Operation, Requirements } from "../request/operation.js"
import { pathOf, type Ref } from "../request/path.js"
import { onOwnBase, receive, refuse } from "../request/send.js"
import { DataRobot } from "../request/service.js"
import { run } from "../request/tracing.js"
import { dropRepeatedItems, prefetchPages } from "./prefetch.js"

/** A route whose response is a page of items. */
export type Listable = Route & {
  readonly query: Schema.Schema.AnyNoContext
  readonly success: Schema.Schema.AnyNoContext
}

type Item<R extends Listable> = Value<R, "success"> extends Envelope<infer A> ? A : never

/** A listing: its route, the ids in its path, and its checked query. */
interface Listing<A> {
  readonly operation: Operation
  readonly route: Route
  readonly ids: Readonly<Record<string, Ref>>
  readonly query: Input
  readonly page: Schema.Schema<Envelope<A>, unknown>
}

const listing = <R extends Listable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  value: Value<R, "query">
): Listing<Item<R>> => ({ operation, route, ids, query: input(route.query, value), page: route.success })

const maxEmptyPages = 3

interface Fetched<A> {
  readonly response: ApiResponse
  readonly path: string
  readonly data: ReadonlyArray<A>
  readonly totalCount: number | undefined
  /** The server's own URLs. They are parsed only when needed, so a bad link does not fail the page that has it. */
  readonly links: { readonly next: string | undefined; readonly previous: string | undefined }
}

const fetchPage = <A>(
  { ids, operation, page, query, route }: Listing<A>,
  position: Partial<Position>
): Effect.Effect<Fetched<A>, DataRobotError, Requirements> => {
  const call = { route, ids, query: { ...query, value: { ...query.value, ...position } } }
  return Effect.map(receive(operation, call, page), ({ response, value }) => ({
    response,
    path: pathOf(route.path, ids).path,
    data: value.data,
    totalCount: value.totalCount ?? undefined,
    links: { next: value.next || undefined, previous: value.previous || undefined }
  }))
}

const positionOf = (
  { links, path, response }: Fetched<unknown>,
  key: "next" | "previous"
): Effect.Effect<Position | undefined, DataRobotValidationError> =>
  links[key] === undefined
    ? Effect.succeed(undefined)
    : onOwnBase(response, key, positionFromUrl(response.connection.endpoint, path, links[key]))

// Only the position comes from the server. The filters are always the caller's.
const nextPosition = (fetched: Fetched<unknown>, offset: number) =>
  Effect.flatMap(positionOf(fetched, "next"), (next) =>
    next !== undefined && next.offset <= offset
      // Every page must be at a higher offset than the one before it. So no page is read twice.
      ? refuse(fetched.response, "next", "leads back to a page that was already read")
      : Effect.succeed(next))

const numberOf = ({ value }: Input, key: string, fallback: number): number =>
  value[key] === undefined ? fallback : Number(value[key])

const limitOf = (query: Input): number => numberOf(query, "limit", Infinity)

const offsetOf = (query: Input): number => numberOf(query, "offset", 0)

/** Returns one page, and the queries for the next and the previous page. */
export const page = <R extends Listable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  value: Value<R, "query">
): Effect.Effect<Page<Item<R>, Value<R, "query"> & Partial<Position>>, DataRobotError, Requirements> =>
  run(
    operation,
    Effect.gen(function*() {
      const wanted = listing(operation, route, ids, value)
      const fetched = yield* fetchPage(wanted, {})
      const next = yield* nextPosition(fetched, offsetOf(wanted.query))
      const previous = yield* positionOf(fetched, "previous")
      return {
        data: fetched.data,
        totalCount: fetched.totalCount,
        next: next === undefined ? undefined : { ...value, ...next },
        previous: previous === undefined ? undefined : { ...value, ...previous }
      }
    })
  )

/** The progress in a listing. */
interface State {
  readonly position: Partial<Position>
  readonly pages: number
  readonly emptyPages: number
  readonly items: number
}

/** Returns the state after a page, given how many of its items were emitted. Returns `undefined` at the end. */
const following = (
  fetched: Fetched<unknown>,
  state: State,
  emitted: number,
  offset: number
): Effect.Effect<State | undefined, DataRobotValidationError> =>
  Effect.flatMap(nextPosition(fetched, state.position.offset ?? offset), (position) => {
    if (position === undefined) return Effect.succeed(undefined)
    const emptyPages = fetched.data.length === 0 ? state.emptyPages + 1 : 0
    if (emptyPages > maxEmptyPages) {
      return refuse(fetched.response, "next", "never ends: the server sends only empty pages")
    }
    const { maxPages } = fetched.response.connection
    return state.pages + 1 >= maxPages
      ? refuse(fetched.response, "next", `leads beyond the limit of ${maxPages} pages (maxPages)`)
      : Effect.succeed({ position, pages: state.pages + 1, emptyPages, items: state.items + emitted })
  })

/**
 * Default number of items on a page. A server's own default (often 20) needs too many requests for a long listing, and
 * a page with all items may exceed the limit of a response body.
 */
const defaultPageSize = 100

/**
 * Returns the query of one page. The caller's `limit` counts all items. The `limit` that is sent is `pageSize`, or the
 * caller's `limit` if that is smaller.
 */
const byPage = ({ issues, value }: Input): Input => {
  const { pageSize = defaultPageSize, limit = pageSize, ...filters } = value
  return { issues, value: { ...filters, limit: Math.min(Number(pageSize), Number(limit)) } }
}

type Fetch<A> = (position: Partial<Position>) => Effect.Effect<Fetched<A>, DataRobotError, Requirements>

/** Takes the items of the next page. Fails with none at the end. */
type Pull<A> = Effect.Effect<ReadonlyArray<A>, Option.Option<DataRobotError>, Requirements>

/** Starts to read a listing, page by page. */
const pages = <A>(
  { query }: Listing<A>,
  fetch: Fetch<A>,
  fresh: (data: ReadonlyArray<A>) => ReadonlyArray<A> = (data) => data
): Pull<A> => {
  const max = limitOf(query)
  const start = offsetOf(query)
  /** Where to continue, or why the listing can't continue. The items before the problem are emitted first. */
  let next: Either.Either<State | undefined, DataRobotValidationError> = Either.right({
    position: {},
    pages: 0,
    emptyPages: 0,
    items: 0
  })
  const take = (state: State) => (fetched: Fetched<A>) => {
    const data = fresh(fetched.data).slice(0, max - state.items)
    const isLast = state.items + data.length >= max
    const after = isLast ? Effect.succeed(undefined) : following(fetched, state, data.length, start)
    return Effect.map(Effect.either(after), (either) => {
      next = either
      return data
    })
  }
  return Effect.suspend(() => {
    if (Either.isLeft(next)) return Effect.fail(Option.some(next.left))
    const state = next.right
    return state === undefined
      ? Effect.fail(Option.none())
      : Effect.flatMap(Effect.mapError(fetch(state.position), Option.some), take(state))
  })
}

const streamPages = <A>(pull: Pull<A>): Stream.Stream<A, DataRobotError, Requirements> =>
  Stream.repeatEffectChunkOption(Effect.map(pull, Chunk.unsafeFromArray))

const fetchPages = <A>(listing: Listing<A>): Fetch<A> => {
  const query = byPage(listing.query)
  const limit = limitOf(query)
  // A server's `next` may lower the page size, but not raise it.
  return (position) =>
    fetchPage({ ...listing, query }, { ...position, limit: Math.min(position.limit ?? limit, limit) })
}

/**
 * Emits the items up to a limit, with a span for each page. A page is fetched when its first item is read, or earlier
 * with the query's `prefetch` and `concurrency`.
 */
export const stream = <R extends Listable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  value: Value<R, "query">
): Stream.Stream<Item<R>, DataRobotError, Requirements> => {
  const wanted = listing(operation, route, ids, value)
  // `prefetch` and `concurrency` are not sent to the server.
  const { concurrency = 1, prefetch = 0, ...sent } = wanted.query.value
  const plain = { ...wanted, query: { ...wanted.query, value: sent } }
  const fetchOne = fetchPages(plain)
  const fetch: Fetch<Item<R>> = (position) => run(operation, fetchOne(position))
  if (prefetch === 0 && concurrency === 1) return Stream.suspend(() => streamPages(pages(plain, fetch)))
  return Stream.unwrapScoped(
    Effect.flatMap(DataRobot, ({ maxPages }) =>
      prefetchPages({
        prefetch: Number(prefetch),
        concurrency: Number(concurrency),
        start: offsetOf(plain.query),
        limit: limitOf(plain.query),
        maxPages,
        fetch,
        next: (page, offset) => Effect.orElseSucceed(nextPosition(page, offset), () => undefined)
      })).pipe(
        // If the listing changes, concurrent requests may return the same item on two pages.
        Effect.map((take) =>
          streamPages(pages(plain, take, concurrency === 1 ? undefined : dropRepeatedItems(Number(concurrency) + 1)))
        )
      )
  )
}

/** A step of an operation: returns all items up to a limit, in pages of 100. */
export const collect = <R extends Listable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  value: Value<R, "query">
): Effect.Effect<ReadonlyArray<Item<R>>, DataRobotError, Requirements> =>
  Effect.suspend(() => {
    const wanted = listing(operation, route, ids, value)
    const pull = pages(wanted, fetchPages(wanted))
    const items: Array<Item<R>> = []
    const collectPages: Effect.Effect<ReadonlyArray<Item<R>>, DataRobotError, Requirements> = Effect.matchEffect(pull, {
      onSuccess: (page) => {
        for (const item of page) items.push(item)
        return collectPages
      },
      onFailure: Option.match({ onNone: () => Effect.succeed(items), onSome: Effect.fail })
    })
    return collectPages
  })

/** Returns all items up to a limit, in pages of 100. */
export const list = <R extends Listable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  value: Value<R, "query">
): Effect.Effect<ReadonlyArray<Item<R>>, DataRobotError, Requirements> =>
  run(operation, collect(operation, route, ids, value))
