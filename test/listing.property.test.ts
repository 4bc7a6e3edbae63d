/** Any sequence of pages: a listing only ever moves on, and what was read is not lost (P-1). */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { connection, endpoint, script, wire } from "./support.js"

type Next =
  | { readonly kind: "end"; readonly url: string | null }
  | { readonly kind: "offset"; readonly offset: number; readonly url: string }
  | { readonly kind: "unreadable"; readonly url: string }

interface PageOf {
  readonly items: number
  readonly next: Next
}

/** A second writing of P-1, to compare with: the offsets that are asked for, how many items come, how it ends. */
const model = (pages: ReadonlyArray<PageOf>, limit: number, maxPages: number) => {
  const offsets: Array<number> = []
  let items = 0
  let empty = 0
  let offset = 0
  for (;;) {
    const page = pages[Math.min(offsets.length, pages.length - 1)]
    offsets.push(offset)
    if (page === undefined) throw new Error("no pages")
    const { items: here, next } = page
    items = Math.min(limit, items + here)
    empty = here === 0 ? empty + 1 : 0
    if (items >= limit || next.kind === "end") return { offsets, items, ends: true }
    const stuck = next.kind === "unreadable" || next.offset <= offset
    if (stuck || empty > 3 || offsets.length >= maxPages) return { offsets, items, ends: false }
    offset = next.offset
  }
}

const hosts = [
  endpoint,
  "/api/v2",
  "https://datarobot.internal.example/api/v2",
  "http://dr.example.com:8080/api/v2"
]

const next: FastCheck.Arbitrary<Next> = FastCheck.oneof(
  FastCheck.constantFrom<Next>({ kind: "end", url: null }, { kind: "end", url: "" }),
  {
    weight: 40,
    arbitrary: FastCheck.tuple(FastCheck.constantFrom(...hosts), FastCheck.integer({ min: 0, max: 999 })).map(
      ([host, offset]): Next => ({ kind: "offset", offset, url: `${host}/modelDeployments/?offset=${offset}` })
    )
  },
  FastCheck.constantFrom<Next>(
    { kind: "unreadable", url: "https://ana:secret@dr.example.com/api/v2/modelDeployments/?offset=99" },
    { kind: "unreadable", url: `${endpoint}/projects/?offset=99` },
    { kind: "unreadable", url: `${endpoint}/modelDeployments/?offset=-1` },
    { kind: "unreadable", url: "ftp://dr.example.com/api/v2/modelDeployments/?offset=99" }
  )
)

// Offsets in order, mostly: of those by chance, hardly one list would get far.
const pages = FastCheck.tuple(
  FastCheck.array(FastCheck.record({ items: FastCheck.constantFrom(0, 0, 0, 1, 2), next }), {
    minLength: 1,
    maxLength: 16
  }),
  FastCheck.constantFrom(true, true, true, false)
).map(([list, inOrder]) => {
  if (!inOrder) return list
  const offsets = list.flatMap((page) => page.next.kind === "offset" ? [page.next.offset] : []).sort((a, b) => a - b)
  return list.map(({ items, next }): PageOf =>
    next.kind === "offset"
      ? { items, next: { ...next, offset: offsets[0] ?? 0, url: next.url.replace(/\d+$/, String(offsets.shift())) } }
      : { items, next }
  )
})

describe("any sequence of pages", () => {
  it.effect.prop(
    "is read as far as the model says, and what was read is given (P-1)",
    [
      pages,
      FastCheck.option(FastCheck.integer({ min: 1, max: 20 }), { nil: undefined }),
      FastCheck.integer({ min: 1, max: 20 })
    ],
    ([list, limit, maxPages]) =>
      Effect.gen(function*() {
        const { attempts, layer } = script(...list.map(({ items, next }) => ({
          body: JSON.stringify({ next: next.url, previous: null, data: Array.from({ length: items }, () => wire()) })
        })))
        let read = 0
        const each = Stream.runForEach(ModelDeployment.stream({ limit }), () => Effect.sync(() => read++))
        const outcome = yield* Effect.either(each).pipe(
          Effect.provide(Layer.merge(layer, connection({ maxPages, retry: false })))
        )
        const expected = model(list, limit ?? Number.POSITIVE_INFINITY, maxPages)
        const offsets = attempts.map(({ url }) => Number(url.searchParams.get("offset") ?? 0))
        assert.deepStrictEqual({ offsets, items: read, ends: Either.isRight(outcome) }, expected)
        assert.isTrue(attempts.every(({ url }) => url.href.startsWith(`${endpoint}/modelDeployments/`)))
        if (Either.isLeft(outcome)) assert.isTrue(DataRobotError.isValidationError(outcome.left))
      }),
    { timeout: 60_000, fastCheck: { numRuns: 150 } }
  )
})
