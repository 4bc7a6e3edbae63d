/** Prefetched pages that arrive without a delay, and the items that are dropped because they are repeated. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { dropRepeatedItems, prefetchPages } from "../../../src/internal/protocols/prefetch.js"

const pagesOf = (window: number, ...pages: ReadonlyArray<string>) => {
  const fresh = dropRepeatedItems(window)
  return pages.map((page) => fresh([...page].map((id) => ({ id }))).map(({ id }) => id).join(""))
}

describe("An item is emitted once", () => {
  it("within a page and the pages after it, in page order", () => {
    assert.deepStrictEqual(pagesOf(2, "abca", "cbd", "dea"), ["abc", "d", "e"])
  })

  it("as long as it occurs again on one of the last pages, however often", () => {
    assert.deepStrictEqual(pagesOf(2, "a", "b", "a", "c", "a", "a", "d", "a"), ["a", "b", "", "c", "", "", "d", ""])
  })

  it("but is emitted again if it did not occur on the last pages, because only these are remembered", () => {
    assert.deepStrictEqual(pagesOf(2, "ab", "c", "d", "ab"), ["ab", "c", "d", "ab"])
    assert.deepStrictEqual(pagesOf(2, "a", "", "", "a"), ["a", "", "", "a"])
    assert.deepStrictEqual(pagesOf(2, "ab", "b", "c", "ba"), ["ab", "", "c", "a"])
  })

  it("but is emitted every time if it has no id", () => {
    const fresh = dropRepeatedItems(3)
    const items = [{ id: null }, { id: null }, {}, {}, { id: 1 }, { id: 1 }, "a", "a", null, ["id"]]
    assert.deepStrictEqual(fresh(items), items)
    assert.deepStrictEqual(fresh(items), items)
  })
})

describe("Pages requested ahead", () => {
  it.effect("may arrive without any delay", () => {
    const asked: Array<number> = []
    return Effect.scoped(Effect.gen(function*() {
      const take = yield* prefetchPages({
        prefetch: 3,
        concurrency: 2,
        start: 0,
        limit: 10,
        maxPages: 10,
        fetch: ({ offset = 0 }) => Effect.sync(() => ({ at: asked.push(offset), offset, totalCount: 4 })),
        next: (_, offset) => Effect.succeed({ offset: offset + 1 })
      })
      for (const offset of [0, 1, 2, 3]) assert.strictEqual((yield* take({ offset })).offset, offset)
      assert.deepStrictEqual(asked, [0, 1, 2, 3])
    }))
  })
})
