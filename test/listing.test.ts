/** How listings are paged (P-1), and what of a server's `next` is believed (S-2). */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, ModelDeployment } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { endpoint, failsWith, id, pageOf, requests, sent, serving, wire } from "./support.js"

const { json } = MockHttpClient
const { isApiError, isValidationError } = DataRobotError
const listing = "GET modelDeployments/"

const labelsOf = Effect.map((found: ReadonlyArray<ModelDeployment.ModelDeployment>) => found.map(({ label }) => label))
const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

/** What a stream gives, and how it then ends. */
const told = <E, R>(stream: Stream.Stream<ModelDeployment.ModelDeployment, E, R>) =>
  Effect.gen(function*() {
    const labels: Array<string | null> = []
    const end = yield* Effect.either(Stream.runForEach(stream, ({ label }) => Effect.sync(() => labels.push(label))))
    return { labels, end }
  })

describe("list", () => {
  it.effect("follows next to the last page", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a", "b", "c", "d", "e"])
      assert.deepStrictEqual(yield* sent, [
        "GET modelDeployments/",
        "GET modelDeployments/?offset=2&limit=2",
        "GET modelDeployments/?offset=4&limit=2"
      ])
    }).pipe(Effect.provide(serving({
      [listing]: [pageOf(["a", "b"], "?offset=2&limit=2"), pageOf(["c", "d"], "?offset=4&limit=2"), pageOf(["e"])]
    }))))

  it.effect("stops at its limit, in the middle of a page", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 3 })), ["a", "b", "c"])
    }).pipe(Effect.provide(serving({
      [listing]: [pageOf(["a", "b"], "?offset=2&limit=2"), pageOf(["c", "d"], "?offset=4&limit=2")]
    }))))

  it.effect("asks for no page beyond its limit", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 2 })), ["a", "b"])
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=2"])
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a", "b"], "?offset=2&limit=2")] }))))

  it.effect("takes no more than its limit from a server that sends more", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 1 })), ["a"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a", "b", "c"]) }))))

  it.effect("keeps the caller's filters and takes nothing but the position from next", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.list({ query: "churn", status: "active", orderBy: "label", offset: 1 })
      const [, second] = yield* requests
      assert.deepStrictEqual(second?.query, {
        query: "churn",
        status: "active",
        orderBy: "label",
        offset: "3",
        limit: "2"
      })
    }).pipe(Effect.provide(serving({
      [listing]: [pageOf(["a", "b"], "?offset=3&limit=2&query=other&status=archived&token=x"), pageOf(["c"])]
    }))))

  it.effect("keeps the size of its pages where next names none", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.list({ limit: 4 })
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=4", "GET modelDeployments/?limit=4&offset=2"])
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a", "b"], "?offset=2"), pageOf(["c"])] }))))

  it.effect("reads an envelope of nothing but data", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* ModelDeployment.list(), [])
    }).pipe(Effect.provide(serving({ [listing]: json({ data: [] }) }))))

  it.effect("takes an empty next for the end", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "") }))))

  it.effect("fails with the failure of a later page", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.list(), isApiError)
      assert.strictEqual(error.operation, "ModelDeployment.list")
      assert.strictEqual(error.reason, "Forbidden")
    }).pipe(Effect.provide(serving({
      [listing]: [pageOf(["a"], "?offset=1"), json({ message: "No" }, { status: 403 })]
    }))))

  it.effect("names the item that can't be read", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.list(), isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "data[1].status", message: "must be a string, but is null" }])
    }).pipe(Effect.provide(serving({ [listing]: json({ data: [wire(), wire({ status: null })] }) }))))
})

describe("actionLog", () => {
  const log = "GET modelDeployments/:id/actionLog/"
  const entry = (action: string) => ({
    action,
    performedAt: "2018-05-02 10:11:12.131415",
    performedBy: { id: "u", username: "ana" }
  })

  it.effect("follows next too, to the limit", () =>
    Effect.gen(function*() {
      const entries = yield* ModelDeployment.actionLog(id, { limit: 2 })
      assert.deepStrictEqual(entries.map(({ action }) => action), ["created", "deployed"])
      assert.deepStrictEqual(yield* sent, [
        `GET modelDeployments/${id}/actionLog/?limit=2`,
        `GET modelDeployments/${id}/actionLog/?limit=1&offset=1`
      ])
    }).pipe(Effect.provide(serving({
      [log]: [
        json({ data: [entry("created")], next: `${endpoint}/modelDeployments/${id}/actionLog/?offset=1&limit=1` }),
        json({ data: [entry("deployed"), entry("changed")], next: null })
      ]
    }))))

  it.effect("refuses a next that leads to another listing (S-2)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.actionLog(id), isValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["next"])
    }).pipe(Effect.provide(serving({
      [log]: json({ data: [entry("created")], next: `${endpoint}/modelDeployments/?offset=1` })
    }))))
})

describe("stream", () => {
  const threePages = {
    [listing]: [pageOf(["a", "b"], "?offset=2&limit=2"), pageOf(["c", "d"], "?offset=4&limit=2"), pageOf(["e"])]
  }

  for (const [count, pages] of [[1, 1], [2, 1], [3, 2], [4, 2], [5, 3], [6, 3]] as const) {
    it.effect(`fetches ${pages} pages of two for ${count} items`, () =>
      Effect.gen(function*() {
        const found = yield* collect(Stream.take(ModelDeployment.stream({ pageSize: 2 }), count))
        assert.strictEqual(found.length, Math.min(count, 5))
        assert.strictEqual((yield* sent).length, pages)
      }).pipe(Effect.provide(serving(threePages))))
  }

  it.effect("asks for pages of pageSize, and for no more than limit", () =>
    Effect.gen(function*() {
      const found = yield* collect(ModelDeployment.stream({ pageSize: 2, limit: 3 }))
      assert.strictEqual(found.length, 3)
      assert.deepStrictEqual(yield* sent, [
        "GET modelDeployments/?limit=2",
        "GET modelDeployments/?limit=2&offset=2"
      ])
    }).pipe(Effect.provide(serving(threePages))))

  it.effect("never asks for a page that is larger than limit", () =>
    Effect.gen(function*() {
      yield* collect(ModelDeployment.stream({ pageSize: 50, limit: 3 }))
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=3"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a", "b", "c"], "?offset=3") }))))

  it.effect("can be run twice", () =>
    Effect.gen(function*() {
      const all = ModelDeployment.stream()
      yield* collect(all)
      yield* collect(all)
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"]) }))))
})

describe("what ends a listing that would never end (P-1)", () => {
  it.effect("a next that leads back, after the items read so far", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream())
      assert.deepStrictEqual(labels, ["a", "b"])
      assert.propertyVal(end, "_tag", "Left")
      const error = yield* failsWith(end, isValidationError)
      assert.deepStrictEqual(error.issues, [{
        path: "next",
        message: "must move on in the listing, but leads back to a page that was read before"
      }])
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a"], "?offset=1"), pageOf(["b"], "?offset=0")] }))))

  it.effect("a next that stays where it is", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream({ offset: 5 }))
      assert.deepStrictEqual(labels, ["a"])
      yield* failsWith(end, isValidationError)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "?offset=5") }))))

  it.effect("a next without an offset leads to the beginning", () =>
    Effect.gen(function*() {
      yield* failsWith(ModelDeployment.list(), isValidationError)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "?limit=5") }))))

  it.effect("more than three empty pages in a row", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream())
      assert.deepStrictEqual(labels, ["a"])
      const error = yield* failsWith(end, isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "next", message: "must end: only empty pages come" }])
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(Effect.provide(serving({
      [listing]: [["a"], [], [], [], []].map((labels, page) => pageOf(labels, `?offset=${page + 1}`))
    }))))

  it.effect("three empty pages are borne, and again after an item", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a", "b"])
    }).pipe(Effect.provide(serving({
      [listing]: [[], [], [], ["a"], [], [], [], ["b"]].map((labels, page) =>
        pageOf(labels, page === 7 ? null : `?offset=${page + 1}`)
      )
    }))))

  it.effect("more pages than maxPages, after their items", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream())
      assert.deepStrictEqual(labels, ["0", "1", "2"])
      const error = yield* failsWith(end, isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "next", message: "must end: 3 pages were read (maxPages)" }])
    }).pipe(Effect.provide(serving({
      [listing]: [0, 1, 2].map((page) => pageOf([String(page)], `?offset=${page + 1}`))
    }, { maxPages: 3 }))))

  it.effect("as many pages as maxPages are fine", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* ModelDeployment.list()).length, 2)
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a"], "?offset=1"), pageOf(["b"])] }, { maxPages: 2 }))))

  it.effect("a limit is served although what follows is wrong", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 1 })), ["a"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "https://evil.example.net/") }))))
})

describe("where next may point to (S-2)", () => {
  const following = (next: string) =>
    serving({ [listing]: [json({ data: [wire({ label: "a" })], next }), pageOf(["b"])] })

  for (
    const next of [
      "http://dr.example.com/api/v2/modelDeployments/?offset=1",
      "https://10.0.0.7:8443/api/v2/modelDeployments/?offset=1",
      "/api/v2/modelDeployments/?offset=1",
      "https://dr.example.com//api/v2//modelDeployments?offset=1"
    ]
  ) {
    it.effect(`${next} is asked for at the endpoint`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a", "b"])
        assert.deepStrictEqual((yield* sent)[1], "GET modelDeployments/?offset=1")
      }).pipe(Effect.provide(following(next))))
  }

  for (
    const url of [
      "https://dr.example.com/api/v2/deployments/?offset=1",
      "https://dr.example.com/api/v2/modelDeployments/x/?offset=1",
      "https://dr.example.com/modelDeployments/?offset=1",
      "https://ana@dr.example.com/api/v2/modelDeployments/?offset=1",
      "https://:pw@dr.example.com/api/v2/modelDeployments/?offset=1",
      "ftp://dr.example.com/api/v2/modelDeployments/?offset=1",
      "https://dr.example.com/api/v2/x/../modelDeployments/?offset=1",
      "https://dr.example.com/api/v2/%6dodelDeployments/?offset=1",
      "https://dr.example.com\\api\\v2\\modelDeployments\\?offset=1",
      "https://dr.example.com/api/v2/modelDeployments/?offset=1\r\nx: y",
      "https://dr.example.com/api/v2/modelDeployments/?offset=-1",
      "https://dr.example.com/api/v2/modelDeployments/?offset=1e3",
      "https://dr.example.com/api/v2/modelDeployments/?offset=1&limit=0",
      `https://dr.example.com/api/v2/modelDeployments/?offset=1&x=${"y".repeat(4096)}`
    ]
  ) {
    it.effect(`${JSON.stringify(url.slice(0, 80))} is refused, after the items`, () =>
      Effect.gen(function*() {
        const { end, labels } = yield* told(ModelDeployment.stream())
        assert.deepStrictEqual(labels, ["a"])
        const error = yield* failsWith(end, isValidationError)
        assert.strictEqual(error.phase, "response")
        assert.deepStrictEqual(error.issues, [{
          path: "next",
          message: "must be a URL of this API that the SDK knows how to read"
        }])
        assert.strictEqual((yield* sent).length, 1)
      }).pipe(Effect.provide(following(url))))
  }
})

describe("page", () => {
  it.effect("is one page, with the queries of its neighbours", () =>
    Effect.gen(function*() {
      const page = yield* ModelDeployment.page({ limit: 2, offset: 2, status: "active" })
      assert.deepStrictEqual(page.data.map(({ label }) => label), ["c", "d"])
      assert.deepStrictEqual(page.next, { limit: 2, offset: 4, status: "active" })
      assert.deepStrictEqual(page.previous, { limit: 2, offset: 0, status: "active" })
      assert.strictEqual(page.totalCount, 7)
      assert.strictEqual((yield* sent).length, 1)
    }).pipe(Effect.provide(serving({
      [listing]: pageOf(["c", "d"], "?offset=4&limit=2", {
        previous: `${endpoint}/modelDeployments/?limit=2`,
        totalCount: 7
      })
    }))))

  it.effect("gives its next to the same operation", () =>
    Effect.gen(function*() {
      const first = yield* ModelDeployment.page({ limit: 2 })
      const second = yield* ModelDeployment.page(first.next)
      assert.deepStrictEqual(second.data.map(({ label }) => label), ["c"])
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=2", "GET modelDeployments/?limit=2&offset=2"])
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a", "b"], "?offset=2"), pageOf(["c"])] }))))

  it.effect("has no neighbours when it is the only one, and no count where the server tells none", () =>
    Effect.gen(function*() {
      const page = yield* ModelDeployment.page()
      assert.deepStrictEqual([page.next, page.previous, page.totalCount], [undefined, undefined, undefined])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"]) }))))

  it.effect("fails on a next that leads back", () =>
    Effect.gen(function*() {
      yield* failsWith(ModelDeployment.page({ offset: 4 }), isValidationError)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "?offset=2") }))))
})
