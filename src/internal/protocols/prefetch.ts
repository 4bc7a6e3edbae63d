/**
 * Pages that are fetched before they are asked for: `prefetch` and `concurrency` of listings as streams. The reader asks
 * for one page after the other and believes what each says of the next one; what is fetched ahead is only there sooner.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Runtime from "effect/Runtime"
import type * as Scope from "effect/Scope"
import { isRecord } from "../../wire/text.js"
import type { Position } from "../request/location.js"

/** How far to look ahead, and the listing to look into. */
export interface Ahead<P, E, R> {
  /** At most so many pages wait for the reader while it is busy with the one before them. */
  readonly prefetch: number
  /** At most so many requests at once. With one, a page is asked for only where the page before it says that it is. */
  readonly concurrency: number
  /** The offset of the first page. */
  readonly start: number
  /** At most so many items are wanted. */
  readonly limit: number
  readonly maxPages: number
  readonly fetch: (position: Partial<Position>) => Effect.Effect<P, E, R>
  /** Where the page after this one is, which is at an offset; nowhere, if its word can't be believed. */
  readonly next: (page: P, offset: number) => Effect.Effect<Position | undefined>
}

/** A page that was asked for, and that the reader has not got yet. */
interface Asked<P, E> {
  readonly offset: number
  readonly fiber: Fiber.Fiber<Exit.Exit<P, E>>
  answered: boolean
  /** Where the page after it is, once it has answered. */
  next: Position | undefined
}

/** Fetches the pages of a listing in their order, and looks ahead as long as its scope is open. */
export const lookAhead = <P extends { readonly totalCount: number | undefined }, E, R>(
  { concurrency, fetch, limit, maxPages, next, prefetch, start }: Ahead<P, E, R>
): Effect.Effect<(position: Partial<Position>) => Effect.Effect<P, E>, never, R | Scope.Scope> =>
  Effect.gen(function*() {
    const fork = Runtime.runFork(yield* Effect.runtime<R>())
    const ahead = Math.max(prefetch, concurrency - 1)
    const waiting: Array<Asked<P, E>> = []
    let last: Asked<P, E> | undefined
    /** How far the next page is, and of which size: what a guess is made of. */
    let step: Position | undefined
    let end = start + limit
    let pages = 0
    /** Requests that were given up and have not ended yet. */
    let ending = 0
    let isAskedFor = false

    const ask = (position: Partial<Position>): Asked<P, E> => {
      const asked: Asked<P, E> = {
        offset: position.offset ?? start,
        // not at once: it has to be among those that wait before it answers
        fiber: fork(Effect.flatMap(Effect.exit(fetch(position)), (exit) => answer(asked, exit)), { immediate: false }),
        answered: false,
        next: undefined
      }
      waiting.push(asked)
      last = asked
      pages++
      return asked
    }

    /** Where a page is, or may be, that nobody has asked for yet; `undefined` as long as none may be asked for. */
    const onward = (): Position | undefined => {
      const room = isAskedFor ? ahead + 1 : ahead
      const requests = ending + waiting.filter(({ answered }) => !answered).length
      if (last === undefined || pages >= maxPages || waiting.length >= room || requests >= concurrency) return undefined
      // with one request at a time, none is left for a guess: the last page has answered
      const guess = step && { ...step, offset: last.offset + step.offset }
      const position = last.answered ? last.next : guess
      return position !== undefined && position.offset < end ? position : undefined
    }

    const goOn = () => {
      for (let position = onward(); position !== undefined; position = onward()) ask(position)
    }

    /** Does what an answer says: drops the pages after it if that is not where they are, and looks on from there. */
    const answer = (asked: Asked<P, E>, exit: Exit.Exit<P, E>): Effect.Effect<Exit.Exit<P, E>> =>
      Effect.flatMap(Exit.isSuccess(exit) ? next(exit.value, asked.offset) : Effect.succeed(undefined), (position) => {
        asked.answered = true
        asked.next = position
        if (Exit.isSuccess(exit)) end = Math.min(start + limit, exit.value.totalCount ?? Number.POSITIVE_INFINITY)
        const follower = waiting[waiting.indexOf(asked) + 1]
        const isWrong = follower !== undefined && follower.offset !== position?.offset
        // After a wrong guess, a page is fetched alone again, as the first one: it tells how the listing goes on.
        step = position === undefined || isWrong ? undefined : { ...position, offset: position.offset - asked.offset }
        if (!isWrong) {
          goOn()
          return Effect.succeed(exit)
        }
        last = asked
        return Effect.map(drop(waiting.indexOf(follower)), () => {
          goOn()
          return exit
        })
      })

    /** Gives pages up, from one on; their requests have ended when it is done. */
    const drop = (from: number) =>
      Effect.suspend(() => {
        const dropped = waiting.splice(from)
        pages -= dropped.length
        ending += dropped.length
        return Effect.ensuring(
          Fiber.interruptAll(dropped.map(({ fiber }) => fiber)),
          Effect.sync(() => {
            ending -= dropped.length
          })
        )
      })
    yield* Effect.addFinalizer(() => drop(0))

    return (position: Partial<Position>) =>
      Effect.suspend(() => {
        isAskedFor = true
        const { fiber } = waiting[0] ?? ask(position)
        goOn()
        return Effect.flatMap(Effect.flatten(Fiber.await(fiber)), (exit) => {
          waiting.shift()
          isAskedFor = false
          return exit
        })
      })
  })

/** Leaves out the items whose `id` is among those of this page or of the last ones. */
export const once = (pages: number): <A>(page: ReadonlyArray<A>) => ReadonlyArray<A> => {
  // a page for each id, and ids in the order in which they were last seen
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
