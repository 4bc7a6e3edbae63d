/**
 * Properties of listings: for any sequence of pages, a listing only moves forward and keeps the items it has read
 * (P-1).
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { runs } from "./effort.js"
import { connection, endpoint, script, timeLapse, wire } from "./support.js"

type Next =
  | { readonly kind: "end"; readonly url: string | null }
  | { readonly kind: "offset"; readonly offset: number; readonly url: string }
  | { readonly kind: "unreadable"; readonly url: string }

interface PageOf {
  readonly items: number
  readonly next: Next
}

/**
 * Reference model of P-1: the requested offsets, the number of items, and whether the listing ends without an error.
 */
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

// Mostly ascending offsets: with random ones, few listings would get far.
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

describe("Any sequence of pages", () => {
  it.effect.prop(
    "is read as far as the reference model says, and its items are emitted (P-1)",
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
    { timeout: 60_000, fastCheck: { numRuns: runs(40, 150) } }
  )
})

/** A listing that does not change: the number of items on each page, and how it is served. */
const still = FastCheck.record({
  // Mostly pages of one size, as real servers send them.
  sizes: FastCheck.oneof(
    FastCheck.tuple(FastCheck.integer({ min: 1, max: 4 }), FastCheck.integer({ min: 1, max: 12 })).map(
      ([size, count]) => Array.from({ length: count }, () => size)
    ),
    FastCheck.array(FastCheck.constantFrom(0, 1, 2, 3), { minLength: 1, maxLength: 12 })
  ),
  counts: FastCheck.boolean(),
  /** Milliseconds, for one request after the other. */
  delays: FastCheck.array(FastCheck.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 }),
  /** A page that fails. */
  broken: FastCheck.option(FastCheck.nat(12), { nil: undefined, freq: 4 })
})

const options = FastCheck.record({
  prefetch: FastCheck.integer({ min: 0, max: 5 }),
  concurrency: FastCheck.integer({ min: 1, max: 5 }),
  limit: FastCheck.option(FastCheck.integer({ min: 1, max: 30 }), { nil: undefined }),
  /** How long the reader works on an item. */
  busy: FastCheck.constantFrom(0, 0, 7, 40)
})

describe("Any listing that does not change", () => {
  it.effect.prop(
    "emits the same items with and without prefetch and concurrency, and respects their limits (P-1)",
    [still, options],
    ([{ broken, counts, delays, sizes }, { busy, concurrency, limit, prefetch }]) =>
      Effect.gen(function*() {
        // An empty page takes up an offset too. Item ids are numbered separately.
        const starts = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + Math.max(1, size), 0))
        const brokenAt = broken === undefined ? undefined : starts[broken]
        const total = (starts.at(-1) ?? 0) + Math.max(1, sizes.at(-1) ?? 0)

        const read = (ahead: { readonly prefetch?: number; readonly concurrency?: number }) =>
          Effect.gen(function*() {
            const offsets: Array<number> = []
            let now = 0
            let most = 0
            /** The page that the reader is reading or waiting for. */
            let reading = 0
            let mostAhead = 0
            const client = HttpClient.make((request, url) =>
              Effect.suspend(() => {
                const offset = Number(url.searchParams.get("offset") ?? 0)
                const delay = delays[offsets.length % delays.length] ?? 0
                offsets.push(offset)
                most = Math.max(most, ++now)
                mostAhead = Math.max(mostAhead, starts.filter((start) => start <= offset).length - 1 - reading)
                const at = starts.indexOf(offset)
                const body = {
                  data: Array.from({ length: at < 0 ? 0 : sizes[at] ?? 0 }, (_, item) =>
                    wire({ id: `i${offset + item}` })),
                  next: at >= 0 && at < starts.length - 1
                    ? `${url.origin}${url.pathname}?offset=${starts[at + 1]}`
                    : null,
                  ...(counts ? { totalCount: total } : {})
                }
                const status = offset === brokenAt ? 403 : 200
                return Effect.sleep(delay).pipe(
                  Effect.as(HttpClientResponse.fromWeb(request, new Response(JSON.stringify(body), { status }))),
                  Effect.ensuring(Effect.sync(() =>
                    now--
                  ))
                )
              })
            )
            const ids: Array<string> = []
            const each = Stream.runForEachChunk(ModelDeployment.stream({ limit, ...ahead }), (chunk) =>
              Effect.suspend(() => {
                for (const { id } of chunk) {
                  ids.push(id)
                }
                return Effect.map(Effect.sleep(busy), () => reading++)
              }))
            const services = Layer.merge(Layer.succeed(HttpClient.HttpClient, client), connection({ retry: false }))
            const outcome = yield* timeLapse(Effect.either(each)).pipe(Effect.provide(services))
            const end = Either.isRight(outcome) ? "ends" : outcome.left._tag
            return { ids, end, most, mostAhead, offsets, left: now }
          })

        const plain = yield* read({})
        const ahead = yield* read({ prefetch, concurrency })
        assert.deepStrictEqual({ ids: ahead.ids, end: ahead.end }, { ids: plain.ids, end: plain.end })
        assert.strictEqual(ahead.left, 0)
        assert.isAtMost(ahead.most, concurrency)
        // A wrong guess may be at any offset.
        const isRegular = new Set(sizes).size === 1
        if (isRegular || concurrency === 1) assert.isAtMost(ahead.mostAhead, Math.max(prefetch, concurrency - 1))
        const beyond = ahead.offsets.filter((offset) => offset >= total)
        if (isRegular) assert.isAtMost(beyond.length, counts ? 0 : concurrency - 1)
        if (concurrency === 1 && plain.end === "ends") assert.deepStrictEqual(ahead.offsets, plain.offsets)
      }),
    { timeout: 60_000, fastCheck: { numRuns: runs(10, 50) } }
  )
})
