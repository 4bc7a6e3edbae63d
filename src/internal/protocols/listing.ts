/** Listings: one page, a stream that fetches a page when it is asked for or ahead of that, and all items (P-1). */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { DataRobot } from "../../DataRobot.js"
import type { DataRobotError } from "../../DataRobotError.js"
import type { Page } from "../../Page.js"
import type { Envelope } from "../../wire/envelope.js"
import type { Input } from "../request/input.js"
import { type Position, positionFromUrl } from "../request/location.js"
import type { RequestOptions } from "../request/options.js"
import type { Path } from "../request/path.js"
import { type Answer, decode, onOwnBase, operation, refuse, type Requirements, send } from "../request/send.js"
import { dropRepeatedItems, prefetchPages } from "./prefetch.js"

/** A listing: where it is, what its pages are, and how it is filtered. */
export interface Listing<A, I> {
  readonly operation: string
  readonly path: Path
  readonly page: Schema.Schema<Envelope<A>, I>
  readonly query: Input
  readonly options: RequestOptions | undefined
}

const maxEmptyPages = 3

interface Fetched<A> {
  readonly answer: Answer
  readonly data: ReadonlyArray<A>
  readonly totalCount: number | undefined
  /** The server's own words, read only when they are needed: a page is not lost because of its last link. */
  readonly links: { readonly next: string | undefined; readonly previous: string | undefined }
}

const fetchPage = <A, I>(
  listing: Listing<A, I>,
  position: Partial<Position>
): Effect.Effect<Fetched<A>, DataRobotError, Requirements> =>
  Effect.gen(function*() {
    const answer = yield* send({
      operation: listing.operation,
      method: "GET",
      path: listing.path,
      query: { ...listing.query, value: { ...listing.query.value, ...position } },
      idempotent: true,
      options: listing.options
    })
    const envelope = yield* decode(answer, listing.page)
    return {
      answer,
      data: envelope.data,
      totalCount: envelope.totalCount ?? undefined,
      links: { next: envelope.next || undefined, previous: envelope.previous || undefined }
    }
  })

const positionOf = (
  { answer, links }: Fetched<unknown>,
  key: "next" | "previous"
): Effect.Effect<Position | undefined, DataRobotError> =>
  links[key] === undefined
    ? Effect.succeed(undefined)
    : onOwnBase(answer, key, positionFromUrl(answer.connection.endpoint, answer.call.path.path, links[key]))

// The filters stay the caller's own; only the position is taken from the server.
const nextPosition = (fetched: Fetched<unknown>, offset: number) =>
  Effect.flatMap(positionOf(fetched, "next"), (next) =>
    next !== undefined && next.offset <= offset
      // a listing that only ever moves on visits no page twice
      ? refuse(fetched.answer, "next", "must move on in the listing, but leads back to a page that was read before")
      : Effect.succeed(next))

const offsetOf = (query: Input): number => Number(query.value["offset"] ?? 0)

/** One page. */
export const page = <A, I, Query extends object>(
  listing: Listing<A, I>,
  query: Query
): Effect.Effect<Page<A, Query & Partial<Position>>, DataRobotError, Requirements> =>
  operation(
    listing.operation,
    Effect.gen(function*() {
      const fetched = yield* fetchPage(listing, {})
      const next = yield* nextPosition(fetched, offsetOf(listing.query))
      const previous = yield* positionOf(fetched, "previous")
      return {
        data: fetched.data,
        totalCount: fetched.totalCount,
        next: next === undefined ? undefined : { ...query, ...next },
        previous: previous === undefined ? undefined : { ...query, ...previous }
      }
    })
  )

interface State {
  readonly position: Partial<Position>
  readonly pages: number
  readonly emptyPages: number
  readonly items: number
}

/** The position after a page of which so many items were given; `undefined` at the end. */
const following = (
  fetched: Fetched<unknown>,
  state: State,
  given: number,
  offset: number
): Effect.Effect<State | undefined, DataRobotError> =>
  Effect.gen(function*() {
    const position = yield* nextPosition(fetched, state.position.offset ?? offset)
    if (position === undefined) return undefined
    const emptyPages = fetched.data.length === 0 ? state.emptyPages + 1 : 0
    if (emptyPages > maxEmptyPages) return yield* refuse(fetched.answer, "next", "must end: only empty pages come")
    const { maxPages } = fetched.answer.connection
    if (state.pages + 1 >= maxPages) {
      return yield* refuse(fetched.answer, "next", `must end: ${maxPages} pages were read (maxPages)`)
    }
    return { position, pages: state.pages + 1, emptyPages, items: state.items + given }
  })

/** What a listing asks of the server, when the caller's `limit` counts all items and `pageSize` those of one page. */
export const byPage = ({ issues, value: { limit, pageSize, ...filters } }: Input): Input => {
  const sizes = [limit, pageSize].filter((size) => typeof size === "number")
  return { issues, value: sizes.length === 0 ? filters : { ...filters, limit: Math.min(...sizes) } }
}

const limitOf = ({ value: { limit } }: Input): number => typeof limit === "number" ? limit : Number.POSITIVE_INFINITY

type Fetch<A> = (position: Partial<Position>) => Effect.Effect<Fetched<A>, DataRobotError, Requirements>

const paginate = <A, I>(
  listing: Listing<A, I>,
  fetch: Fetch<A>,
  fresh: (data: ReadonlyArray<A>) => ReadonlyArray<A> = (data) => data
): Stream.Stream<A, DataRobotError, Requirements> => {
  const max = limitOf(listing.query)
  const begin: State = { position: {}, pages: 0, emptyPages: 0, items: 0 }
  // What is wrong with the way on is told after the items read so far: the state may be a failure.
  return Stream.paginateChunkEffect(
    Effect.succeed(begin),
    (state: Effect.Effect<State, DataRobotError>) =>
      Effect.gen(function*() {
        const here = yield* state
        const fetched = yield* fetch(here.position)
        const data = fresh(fetched.data).slice(0, max - here.items)
        const next = here.items + data.length >= max
          ? Option.none()
          : yield* Effect.match(following(fetched, here, data.length, offsetOf(listing.query)), {
            onFailure: (error) => Option.some(Effect.fail(error)),
            onSuccess: (after) => Option.map(Option.fromNullable(after), Effect.succeed)
          })
        return [Chunk.unsafeFromArray(data), next]
      })
  )
}

const fetchPages = <A, I>(listing: Listing<A, I>): Fetch<A> => {
  const query = byPage(listing.query)
  return (position) => fetchPage({ ...listing, query }, position)
}

/**
 * Items up to a limit, with a span for each page. A page is fetched when its first item is asked for, or ahead of that as
 * the query's `prefetch` and `concurrency` say.
 */
export const stream = <A, I>(
  listing: Listing<A, I>
): Stream.Stream<A, DataRobotError, Requirements> => {
  // when a page is fetched is not the server's business
  const { concurrency = 1, prefetch = 0, ...value } = listing.query.value
  const plain = { ...listing, query: { ...listing.query, value } }
  const fetchOne = fetchPages(plain)
  const fetch: Fetch<A> = (position) => operation(listing.operation, fetchOne(position))
  if (prefetch === 0 && concurrency === 1) return paginate(plain, fetch)
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
        // requests that are under way at once may see the listing before a change and after it
        Effect.map((take) =>
          paginate(plain, take, concurrency === 1 ? undefined : dropRepeatedItems(Number(concurrency) + 1))
        )
      )
  )
}

/** All items up to a limit. */
export const list = <A, I>(
  listing: Listing<A, I>
): Effect.Effect<ReadonlyArray<A>, DataRobotError, Requirements> =>
  operation(
    listing.operation,
    Effect.map(Stream.runCollect(paginate(listing, fetchPages(listing))), Chunk.toReadonlyArray)
  )
