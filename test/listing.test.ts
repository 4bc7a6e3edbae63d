/** How listings are paged (P-1), and which `next` URLs of a server are accepted (S-2). */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Deployment, ModelDeployment } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Operation } from "./deployments.js"
import { endpoint, failsWith, id, pageOf, requests, sent, serving, wire } from "./support.js"

const { json } = MockHttpClient
const { isApiError, isValidationError } = DataRobotError
const listing = "GET modelDeployments/"

const labelsOf = Effect.map((found: ReadonlyArray<ModelDeployment.ModelDeployment>) => found.map(({ label }) => label))
const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

/** What a stream emits, and how it ends. */
const told = <E, R>(stream: Stream.Stream<ModelDeployment.ModelDeployment, E, R>) =>
  Effect.gen(function*() {
    const labels: Array<string | null> = []
    const end = yield* Effect.either(Stream.runForEach(stream, ({ label }) => Effect.sync(() => labels.push(label))))
    return { labels, end }
  })

describe("ModelDeployment.list", () => {
  it.effect("follows next to the last page", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a", "b", "c", "d", "e"])
      assert.deepStrictEqual(yield* sent, [
        "GET modelDeployments/?limit=100",
        "GET modelDeployments/?limit=2&offset=2",
        "GET modelDeployments/?limit=2&offset=4"
      ])
    }).pipe(Effect.provide(serving({
      [listing]: [pageOf(["a", "b"], "?offset=2&limit=2"), pageOf(["c", "d"], "?offset=4&limit=2"), pageOf(["e"])]
    }))))

  it.effect("stops at its limit in the middle of a page", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 3 })), ["a", "b", "c"])
    }).pipe(Effect.provide(serving({
      [listing]: [pageOf(["a", "b"], "?offset=2&limit=2"), pageOf(["c", "d"], "?offset=4&limit=2")]
    }))))

  it.effect("requests no page beyond its limit", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 2 })), ["a", "b"])
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=2"])
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a", "b"], "?offset=2&limit=2")] }))))

  it.effect("truncates a page that is longer than the limit", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 1 })), ["a"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a", "b", "c"]) }))))

  it.effect("repeats the caller's filters and takes only the position from next", () =>
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

  it.effect("keeps the page size if next has no limit", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.list({ limit: 4 })
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=4", "GET modelDeployments/?limit=4&offset=2"])
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a", "b"], "?offset=2"), pageOf(["c"])] }))))

  it.effect("accepts an envelope with only data", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* ModelDeployment.list(), [])
    }).pipe(Effect.provide(serving({ [listing]: json({ data: [] }) }))))

  it.effect("treats an empty next as the end", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "") }))))

  it.effect("fails with the error of a later page", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.list(), isApiError)
      assert.strictEqual(error.operation, "ModelDeployment.list")
      assert.strictEqual(error.reason, "Forbidden")
    }).pipe(Effect.provide(serving({
      [listing]: [pageOf(["a"], "?offset=1"), json({ message: "No" }, { status: 403 })]
    }))))

  it.effect("names the index of an unreadable item", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.list(), isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "data[1].status", message: "must be a string, but is null" }])
    }).pipe(Effect.provide(serving({ [listing]: json({ data: [wire(), wire({ status: null })] }) }))))
})

describe("ModelDeployment.actionLog", () => {
  const log = "GET modelDeployments/:id/actionLog/"
  const entry = (action: string) => ({
    action,
    performedAt: "2018-05-02 10:11:12.131415",
    performedBy: { id: "u", username: "ana" }
  })

  it.effect("follows next up to the limit", () =>
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

  it.effect("rejects a next that leads to another listing (S-2)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(ModelDeployment.actionLog(id), isValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["next"])
    }).pipe(Effect.provide(serving({
      [log]: json({ data: [entry("created")], next: `${endpoint}/modelDeployments/?offset=1` })
    }))))
})

describe("ModelDeployment.stream", () => {
  const threePages = {
    [listing]: [pageOf(["a", "b"], "?offset=2&limit=2"), pageOf(["c", "d"], "?offset=4&limit=2"), pageOf(["e"])]
  }

  for (const [count, pages] of [[1, 1], [2, 1], [3, 2], [4, 2], [5, 3], [6, 3]] as const) {
    it.effect(`requests ${pages} pages of two for ${count} items`, () =>
      Effect.gen(function*() {
        const found = yield* collect(Stream.take(ModelDeployment.stream({ pageSize: 2 }), count))
        assert.strictEqual(found.length, Math.min(count, 5))
        assert.strictEqual((yield* sent).length, pages)
      }).pipe(Effect.provide(serving(threePages))))
  }

  it.effect("requests pages of pageSize, and none beyond the limit", () =>
    Effect.gen(function*() {
      const found = yield* collect(ModelDeployment.stream({ pageSize: 2, limit: 3 }))
      assert.strictEqual(found.length, 3)
      assert.deepStrictEqual(yield* sent, [
        "GET modelDeployments/?limit=2",
        "GET modelDeployments/?limit=2&offset=2"
      ])
    }).pipe(Effect.provide(serving(threePages))))

  it.effect("never requests a page larger than the limit", () =>
    Effect.gen(function*() {
      yield* collect(ModelDeployment.stream({ pageSize: 50, limit: 3 }))
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=3"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a", "b", "c"], "?offset=3") }))))

  it.effect("requests its pages again if it is run twice", () =>
    Effect.gen(function*() {
      const all = ModelDeployment.stream()
      yield* collect(all)
      yield* collect(all)
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"]) }))))
})

describe("The size of a page (P-1)", () => {
  const deployments = "GET deployments/"
  const both = { [listing]: pageOf(["a"]), [deployments]: json({ data: [] }) }
  /** The page sizes that a listing requests, for each of its forms. */
  const forms: Readonly<Record<string, (filters: { readonly limit?: number }) => Operation>> = {
    "ModelDeployment.list": ModelDeployment.list,
    "ModelDeployment.stream": (filters) => collect(ModelDeployment.stream(filters)),
    "ModelDeployment.stream with prefetch": (filters) =>
      collect(ModelDeployment.stream({ ...filters, prefetch: 2, concurrency: 3 })),
    "Deployment.list": Deployment.list,
    "Deployment.stream": (filters) => collect(Deployment.stream(filters)),
    "Deployment.stream with prefetch": (filters) =>
      collect(Deployment.stream({ ...filters, prefetch: 2, concurrency: 3 }))
  }
  const sizes = Effect.map(requests, (all) => all.map(({ query }) => query["limit"]))

  for (const [name, operation] of Object.entries(forms)) {
    it.effect(`${name} requests pages of 100, and smaller ones only for a smaller limit`, () =>
      Effect.gen(function*() {
        for (const limit of [undefined, 100_000, 101, 100, 99, 1]) {
          yield* operation(limit === undefined ? {} : { limit })
        }
        assert.deepStrictEqual(yield* sizes, ["100", "100", "100", "100", "99", "1"])
      }).pipe(Effect.provide(serving(both))))
  }

  for (const ahead of [{}, { prefetch: 2, concurrency: 3 }]) {
    const how = "prefetch" in ahead ? "with prefetch" : "without prefetch"

    it.effect(`a next with a larger limit does not enlarge the pages, ${how}`, () =>
      Effect.gen(function*() {
        yield* collect(ModelDeployment.stream(ahead))
        const seen = yield* sizes
        assert.isAtLeast(seen.length, 2)
        assert.deepStrictEqual(new Set(seen), new Set(["100"]))
      }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a"], "?offset=1&limit=5000"), pageOf(["b"])] }))))

    it.effect(`pageSize may be larger than 100, ${how}`, () =>
      Effect.gen(function*() {
        yield* collect(ModelDeployment.stream({ ...ahead, pageSize: 500 }))
        const seen = yield* sizes
        assert.isAtLeast(seen.length, 2)
        assert.deepStrictEqual(new Set(seen), new Set(["500"]))
      }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a"], "?offset=1&limit=500"), pageOf(["b"])] }))))
  }

  it.effect("page sends the caller's limit, or none", () =>
    Effect.gen(function*() {
      yield* ModelDeployment.page({ limit: 100_000 })
      yield* ModelDeployment.page()
      yield* Deployment.page()
      assert.deepStrictEqual(yield* sizes, ["100000", undefined, undefined])
    }).pipe(Effect.provide(serving(both))))
})

describe("Endless listings (P-1)", () => {
  it.effect("a next that leads back fails after the items read so far", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream())
      assert.deepStrictEqual(labels, ["a", "b"])
      assert.propertyVal(end, "_tag", "Left")
      const error = yield* failsWith(end, isValidationError)
      assert.deepStrictEqual(error.issues, [{
        path: "next",
        message: "leads back to a page that was already read"
      }])
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a"], "?offset=1"), pageOf(["b"], "?offset=0")] }))))

  it.effect("a next that leads to the same page fails", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream({ offset: 5 }))
      assert.deepStrictEqual(labels, ["a"])
      yield* failsWith(end, isValidationError)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "?offset=5") }))))

  it.effect("a next without an offset leads to the first page and fails", () =>
    Effect.gen(function*() {
      yield* failsWith(ModelDeployment.list(), isValidationError)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "?limit=5") }))))

  it.effect("the fourth empty page in a row fails", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream())
      assert.deepStrictEqual(labels, ["a"])
      const error = yield* failsWith(end, isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "next", message: "never ends: the server sends only empty pages" }])
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(Effect.provide(serving({
      [listing]: [["a"], [], [], [], []].map((labels, page) => pageOf(labels, `?offset=${page + 1}`))
    }))))

  it.effect("three empty pages in a row are accepted, again after an item", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a", "b"])
    }).pipe(Effect.provide(serving({
      [listing]: [[], [], [], ["a"], [], [], [], ["b"]].map((labels, page) =>
        pageOf(labels, page === 7 ? null : `?offset=${page + 1}`)
      )
    }))))

  it.effect("more pages than maxPages fail after their items", () =>
    Effect.gen(function*() {
      const { end, labels } = yield* told(ModelDeployment.stream())
      assert.deepStrictEqual(labels, ["0", "1", "2"])
      const error = yield* failsWith(end, isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "next", message: "leads beyond the limit of 3 pages (maxPages)" }])
    }).pipe(Effect.provide(serving({
      [listing]: [0, 1, 2].map((page) => pageOf([String(page)], `?offset=${page + 1}`))
    }, { maxPages: 3 }))))

  it.effect("exactly maxPages pages are accepted", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* ModelDeployment.list()).length, 2)
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a"], "?offset=1"), pageOf(["b"])] }, { maxPages: 2 }))))

  it.effect("an invalid next is ignored once the limit is reached", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list({ limit: 1 })), ["a"])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "https://evil.example.net/") }))))
})

describe("The host and path of next (S-2)", () => {
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
    it.effect(`${next} is requested at the endpoint`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* labelsOf(ModelDeployment.list()), ["a", "b"])
        assert.deepStrictEqual((yield* sent)[1], "GET modelDeployments/?limit=100&offset=1")
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
    it.effect(`${JSON.stringify(url.slice(0, 80))} is rejected after the items of the page`, () =>
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

describe("ModelDeployment.page", () => {
  it.effect("returns one page with the inputs of the next and the previous one", () =>
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

  it.effect("accepts its own next as input", () =>
    Effect.gen(function*() {
      const first = yield* ModelDeployment.page({ limit: 2 })
      const second = yield* ModelDeployment.page(first.next)
      assert.deepStrictEqual(second.data.map(({ label }) => label), ["c"])
      assert.deepStrictEqual(yield* sent, ["GET modelDeployments/?limit=2", "GET modelDeployments/?limit=2&offset=2"])
    }).pipe(Effect.provide(serving({ [listing]: [pageOf(["a", "b"], "?offset=2"), pageOf(["c"])] }))))

  it.effect("has no next, previous and totalCount if the server sends none", () =>
    Effect.gen(function*() {
      const page = yield* ModelDeployment.page()
      assert.deepStrictEqual([page.next, page.previous, page.totalCount], [undefined, undefined, undefined])
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"]) }))))

  it.effect("fails if next leads back", () =>
    Effect.gen(function*() {
      yield* failsWith(ModelDeployment.page({ offset: 4 }), isValidationError)
    }).pipe(Effect.provide(serving({ [listing]: pageOf(["a"], "?offset=2") }))))
})
