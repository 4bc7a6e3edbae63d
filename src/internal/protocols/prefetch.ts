/**
 * Page prefetch: the `prefetch` and `concurrency` options of listing streams. The reader still takes one page after the
 * other, and each page says where the next one is. Prefetching only makes a page available sooner.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Runtime from "effect/Runtime"
import type * as Scope from "effect/Scope"
import { isRecord } from "../../wire/text.js"
import type { Position } from "../request/location.js"
import { interruptibleRuntime } from "../request/timeLimit.js"

/** How many pages to prefetch, and from which listing. */
export interface PrefetchOptions<P, E, R> {
  /** Maximum number of pages that wait for the reader while it works on an earlier page. */
  readonly prefetch: number
  /** Maximum number of concurrent requests. With 1, a page is requested only after the page before it has arrived. */
  readonly concurrency: number
  /** The offset of the first page. */
  readonly start: number
  /** Maximum number of items to read. */
  readonly limit: number
  readonly maxPages: number
  readonly fetch: (position: Partial<Position>) => Effect.Effect<P, E, R>
  /** Returns the position of the page after `page`, which is at `offset`. `undefined` if it is missing or invalid. */
  readonly next: (page: P, offset: number) => Effect.Effect<Position | undefined>
}

/** A page that was requested and not yet taken by the reader. */
interface PendingPage<P, E> {
  readonly offset: number
  readonly fiber: Fiber.Fiber<Exit.Exit<P, E>>
  isSettled: boolean
  /** The position of the page after it, once it is settled. */
  next: Position | undefined
}

/**
 * Returns a function that fetches the pages of a listing in order. Pages are prefetched until the scope closes, which
 * cancels the requests in flight.
 */
export const prefetchPages = <P extends { readonly totalCount: number | undefined }, E, R>(
  { concurrency, fetch, limit, maxPages, next, prefetch, start }: PrefetchOptions<P, E, R>
): Effect.Effect<(position: Partial<Position>) => Effect.Effect<P, E>, never, R | Scope.Scope> =>
  Effect.gen(function*() {
    const fork = Runtime.runFork(yield* interruptibleRuntime<R>())
    const ahead = Math.max(prefetch, concurrency - 1)
    const pending: Array<PendingPage<P, E>> = []
    let last: PendingPage<P, E> | undefined
    /** The distance to the next page and its size, from which the position of an unknown page is guessed. */
    let step: Position | undefined
    let end = start + limit
    let pages = 0
    /** The number of canceled requests that have not ended yet. */
    let canceling = 0
    let isReaderWaiting = false

    const request = (position: Partial<Position>): PendingPage<P, E> => {
      const page: PendingPage<P, E> = {
        offset: position.offset ?? start,
        // Not immediate: the page must be in `pending` before it settles.
        fiber: fork(Effect.flatMap(Effect.exit(fetch(position)), (exit) => settle(page, exit)), { immediate: false }),
        isSettled: false,
        next: undefined
      }
      pending.push(page)
      last = page
      pages++
      return page
    }

    /** The known or guessed position of the next page to request. `undefined` while none may be requested. */
    const nextPosition = (): Position | undefined => {
      const room = isReaderWaiting ? ahead + 1 : ahead
      const requests = canceling + pending.filter(({ isSettled }) => !isSettled).length
      if (last === undefined || pages >= maxPages || pending.length >= room || requests >= concurrency) return undefined
      // With a concurrency of 1, the last page is always settled here, so nothing is guessed.
      const guess = step && { ...step, offset: last.offset + step.offset }
      const position = last.isSettled ? last.next : guess
      return position !== undefined && position.offset < end ? position : undefined
    }

    const requestAhead = () => {
      for (let position = nextPosition(); position !== undefined; position = nextPosition()) request(position)
    }

    /** Records a page that arrived. If the page after it was requested at a wrong position, cancels all later pages. */
    const settle = (page: PendingPage<P, E>, exit: Exit.Exit<P, E>): Effect.Effect<Exit.Exit<P, E>> =>
      Effect.flatMap(Exit.isSuccess(exit) ? next(exit.value, page.offset) : Effect.succeed(undefined), (position) => {
        page.isSettled = true
        page.next = position
        if (Exit.isSuccess(exit)) end = Math.min(start + limit, exit.value.totalCount ?? Number.POSITIVE_INFINITY)
        const follower = pending[pending.indexOf(page) + 1]
        const isWrong = follower !== undefined && follower.offset !== position?.offset
        // After a wrong guess, the next page is requested alone, like the first one. It shows where the listing
        // continues.
        step = position === undefined || isWrong ? undefined : { ...position, offset: position.offset - page.offset }
        if (!isWrong) {
          requestAhead()
          return Effect.succeed(exit)
        }
        last = page
        return Effect.map(cancelFrom(pending.indexOf(follower)), () => {
          requestAhead()
          return exit
        })
      })

    /** Cancels the pending pages from an index on, and waits until their requests have ended. */
    const cancelFrom = (index: number) =>
      Effect.suspend(() => {
        const canceled = pending.splice(index)
        pages -= canceled.length
        canceling += canceled.length
        return Effect.ensuring(
          Fiber.interruptAll(canceled.map(({ fiber }) => fiber)),
          Effect.sync(() => {
            canceling -= canceled.length
          })
        )
      })
    yield* Effect.addFinalizer(() => cancelFrom(0))

    return (position: Partial<Position>) =>
      Effect.suspend(() => {
        isReaderWaiting = true
        const { fiber } = pending[0] ?? request(position)
        requestAhead()
        return Effect.flatMap(Effect.flatten(Fiber.await(fiber)), (exit) => {
          pending.shift()
          isReaderWaiting = false
          return exit
        })
      })
  })

/** Drops the items whose `id` already occurred on the same page or on one of the last `pages` pages. */
export const dropRepeatedItems = (pages: number): <A>(page: ReadonlyArray<A>) => ReadonlyArray<A> => {
  // The page on which each id was last seen, in the order in which the ids were last seen.
  const seen = new Map<string, number>()
  let page = 0
  return (items) => {
    page++
    for (const [id, at] of seen) {
      if (at >= page - pages) break
      seen.delete(id)
    }
    return items.filter((item) => {
      const id = isRecord(item) ? item["id"] : undefined
      if (typeof id !== "string") return true
      const isNew = !seen.delete(id)
      seen.set(id, page)
      return isNew
    })
  }
}
