/** Streams of listings that request pages ahead: `prefetch` and `concurrency` (P-1). */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Deployment, DeploymentMonitoring, ModelDeployment } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { connection, endpoint, failsWith, id, serving, timeLapse, traced, untyped, wire } from "./support.js"

const { isApiError, isValidationError } = DataRobotError

/** A page: the ids of its items, and the position of the next page. A number instead is a failure with this status. */
type Answer = number | {
  readonly ids: ReadonlyArray<string>
  readonly next: number | string | undefined
  readonly totalCount?: number
}

interface Asked {
  readonly offset: number
  readonly at: number
  end: "answered" | "interrupted" | undefined
}

/** The ids of a listing's items: "0", "1", … */
const items = (count: number) => Array.from({ length: count }, (_, index) => String(index))

/** A page of a listing that does not change. */
const pageOf = (all: ReadonlyArray<string>, offset: number, size: number, counts: boolean): Answer => ({
  ids: all.slice(offset, offset + size),
  next: offset + size < all.length ? offset + size : undefined,
  ...(counts ? { totalCount: all.length } : {})
})

/** A server with delayed responses, in milliseconds. It records its requests and how many were in flight at once. */
const serverOf = (
  answer: (offset: number, index: number, query: string) => Answer,
  delay: (offset: number) => number = () => 10,
  options: Partial<ConnectionOptions> = {},
  /** How long an interrupted request takes to end. */
  linger: (offset: number) => number = () => 0
) => {
  const asked: Array<Asked> = []
  let now = 0
  let most = 0
  const client = HttpClient.make((request, url) =>
    Effect.flatMap(Clock.currentTimeMillis, (at) => {
      const offset = Number(url.searchParams.get("offset") ?? 0)
      const one: Asked = { offset, at, end: undefined }
      const found = answer(offset, asked.push(one) - 1, url.search)
      most = Math.max(most, ++now)
      const body = typeof found === "number" ? { message: "No" } : {
        ...found,
        next: typeof found.next === "number" ? `${url.origin}${url.pathname}?offset=${found.next}` : found.next,
        data: found.ids.map((one) => wire({ id: one }))
      }
      const status = typeof found === "number" ? found : 200
      const response = new Response(JSON.stringify(body), { status })
      return Effect.as(Effect.sleep(delay(offset)), HttpClientResponse.fromWeb(request, response)).pipe(
        Effect.onInterrupt(() => Effect.sleep(linger(offset))),
        Effect.onExit((exit) =>
          Effect.sync(() => {
            now--
            one.end = Exit.isSuccess(exit) ? "answered" : "interrupted"
          })
        )
      )
    })
  )
  return {
    asked,
    offsets: () => asked.map(({ offset }) => offset),
    ends: () => asked.map(({ end, offset }) => `${offset} ${end}`),
    mostAtOnce: () => most,
    layer: Layer.merge(Layer.succeed(HttpClient.HttpClient, client), connection({ retry: false, ...options }))
  }
}

/** A server with a listing of `count` items that does not change. */
const listing = (count: number, { counts = true, delay, size = 2 }: {
  readonly counts?: boolean
  readonly delay?: (offset: number) => number
  readonly size?: number
} = {}) => serverOf((offset) => pageOf(items(count), offset, size, counts), delay)

/** The ids that a stream emits, and how it ends. */
const told = <E, R>(stream: Stream.Stream<ModelDeployment.ModelDeployment, E, R>) =>
  Effect.gen(function*() {
    const ids: Array<string> = []
    const end = yield* Effect.either(Stream.runForEach(stream, ({ id }) => Effect.sync(() => ids.push(id))))
    return { ids, end }
  })

/** All ids of a stream that succeeds. */
const idsOf = <E, R>(stream: Stream.Stream<{ readonly id: string }, E, R>) =>
  timeLapse(Effect.map(Stream.runCollect(stream), (all) => Chunk.toReadonlyArray(all).map(({ id }) => id)))

/** Reads the first item of a stream and never finishes with it. */
const busyWithFirst = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.fork(Stream.runForEach(stream, () => Effect.never))

describe("A stream with prefetch: 0 and concurrency: 1", () => {
  it.effect("requests no page ahead", () => {
    const server = listing(10)
    return Effect.gen(function*() {
      yield* busyWithFirst(ModelDeployment.stream({ prefetch: 0, concurrency: 1 }))
      yield* TestClock.adjust("1 minutes")
      assert.deepStrictEqual(server.offsets(), [0])
    }).pipe(Effect.provide(server.layer))
  })
})

describe("prefetch", () => {
  for (const prefetch of [1, 2, 3]) {
    it.effect(`with the value ${prefetch} requests that many pages ahead of the current one, one at a time`, () => {
      const server = listing(20)
      return Effect.gen(function*() {
        yield* busyWithFirst(ModelDeployment.stream({ prefetch }))
        yield* TestClock.adjust("1 minutes")
        assert.deepStrictEqual(server.offsets(), [0, 2, 4, 6].slice(0, prefetch + 1))
        assert.deepStrictEqual(server.asked.map(({ at }) => at), [0, 10, 20, 30].slice(0, prefetch + 1))
        assert.strictEqual(server.mostAtOnce(), 1)
      }).pipe(Effect.provide(server.layer))
    })
  }

  it.effect("requests the next page while the current one is read", () => {
    const server = listing(8)
    return Effect.gen(function*() {
      yield* timeLapse(
        Stream.runForEachChunk(ModelDeployment.stream({ prefetch: 1 }), () => Effect.sleep(100))
      )
      assert.deepStrictEqual(server.asked.map(({ at, offset }) => [offset, at]), [[0, 0], [2, 10], [4, 110], [6, 210]])
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("requests the same pages as a stream without prefetch, and emits the same items", () => {
    const plain = listing(7)
    const server = listing(7)
    return Effect.gen(function*() {
      const expected = yield* idsOf(ModelDeployment.stream()).pipe(Effect.provide(plain.layer))
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ prefetch: 5 })), expected)
      assert.deepStrictEqual(server.offsets(), plain.offsets())
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("emits an id twice if the server sends it twice", () => {
    const server = serverOf((offset) => ({ ids: ["a"], next: offset === 0 ? 1 : undefined }))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ prefetch: 5 })), ["a", "a"])
    }).pipe(Effect.provide(server.layer))
  })
})

describe("concurrency", () => {
  it.effect("requests the first page alone, and then at most that many pages at once", () => {
    const server = listing(18)
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 3 })), items(18))
      assert.deepStrictEqual(
        server.asked.map(({ at, offset }) => [offset, at]),
        [[0, 0], [2, 10], [4, 10], [6, 10], [8, 20], [10, 20], [12, 20], [14, 30], [16, 30]]
      )
      assert.strictEqual(server.mostAtOnce(), 3)
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("requests one page fewer ahead of the current one than its value", () => {
    const server = listing(20)
    return Effect.gen(function*() {
      yield* busyWithFirst(ModelDeployment.stream({ concurrency: 4 }))
      yield* TestClock.adjust("1 minutes")
      assert.deepStrictEqual(server.offsets(), [0, 2, 4, 6])
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("combined with prefetch, requests more pages ahead but no more at once", () => {
    const server = listing(40)
    return Effect.gen(function*() {
      yield* busyWithFirst(ModelDeployment.stream({ concurrency: 2, prefetch: 5 }))
      yield* TestClock.adjust("1 minutes")
      assert.deepStrictEqual(server.offsets(), [0, 2, 4, 6, 8, 10])
      assert.strictEqual(server.mostAtOnce(), 2)
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("keeps the order if responses arrive in reverse", () => {
    const server = listing(10, { delay: (offset) => 100 - offset })
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 5 })), items(10))
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("starts at the caller's offset and continues with the page size of the first next", () => {
    const queries: Array<string> = []
    const server = serverOf((offset, _, search) => {
      queries.push(search)
      return {
        ids: [],
        next: offset < 12 ? `${endpoint}/modelDeployments/?offset=${offset + 3}&limit=3` : undefined
      }
    })
    return Effect.gen(function*() {
      yield* idsOf(ModelDeployment.stream({ offset: 3, concurrency: 3, limit: 11 }))
      assert.deepStrictEqual(
        queries.map((query, at) => [query, server.asked[at]?.at]),
        [
          ["?offset=3&limit=11", 0],
          ["?offset=6&limit=3", 10],
          ["?offset=9&limit=3", 10],
          ["?offset=12&limit=3", 10]
        ]
      )
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("repeats the caller's filters and pageSize", () => {
    const queries: Array<unknown> = []
    const routes: MockHttpClient.Routes = {
      "GET deployments/": ({ query }) => {
        queries.push(query)
        const offset = Number(query["offset"])
        const next = offset < 7 ? `${endpoint}/deployments/?offset=${offset + 2}&limit=2&search=x` : null
        return MockHttpClient.json({ data: [MockHttpClient.deployment({ id: `d${offset}` })], next, totalCount: 9 })
      }
    }
    return Effect.gen(function*() {
      const stream = Deployment.stream({ search: "churn", offset: 3, pageSize: 2, concurrency: 4 })
      assert.deepStrictEqual(yield* idsOf(stream), ["d3", "d5", "d7"])
      assert.deepStrictEqual(queries, ["3", "5", "7"].map((offset) => ({ search: "churn", offset, limit: "2" })))
    }).pipe(Effect.provide(serving(routes)))
  })

  it.effect("applies to prediction rows, which have no id", () => {
    const routes: MockHttpClient.Routes = {
      "GET deployments/:id/predictionResults/": ({ query }) => {
        const offset = Number(query["offset"] ?? 0)
        const next = offset < 4 ? `${endpoint}/deployments/${id}/predictionResults/?offset=${offset + 1}` : null
        return MockHttpClient.json({ data: [{ value: 1 }], next })
      }
    }
    return Effect.gen(function*() {
      const rows = DeploymentMonitoring.streamPredictionResults(id, { concurrency: 3, prefetch: 3 })
      assert.strictEqual(yield* Stream.runCount(rows), 5)
    }).pipe(Effect.provide(serving(routes)))
  })

  it.effect("requests its pages again if the stream is run twice", () => {
    const server = listing(6)
    const stream = ModelDeployment.stream({ concurrency: 2 })
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(stream), items(6))
      assert.deepStrictEqual(yield* idsOf(stream), items(6))
      assert.deepStrictEqual(server.offsets(), [0, 2, 4, 0, 2, 4])
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("creates a span per page below the caller's span", () => {
    const server = listing(6)
    const { layer, spans } = traced()
    return Effect.gen(function*() {
      yield* Effect.withSpan(idsOf(ModelDeployment.stream({ concurrency: 2 })), "mine")
      assert.deepStrictEqual(spans.map(({ name }) => name), ["mine", ...items(3).map(() => "ModelDeployment.stream")])
      for (const span of spans.slice(1)) assert.propertyVal(span.parent, "value", spans[0])
    }).pipe(Effect.provide(server.layer), Effect.provide(layer))
  })
})

describe("A listing that changes while it is read with concurrency", () => {
  it.effect("emits an item once if it moved to a later page", () => {
    // An item is inserted before all others after the first page was read.
    const server = serverOf((offset, index) => pageOf(index === 0 ? items(8) : ["new", ...items(8)], offset, 2, true))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 3 })), items(8))
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("counts only emitted items for the limit", () => {
    const server = serverOf((offset, index) => pageOf(index === 0 ? items(8) : ["new", ...items(8)], offset, 2, true))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 3, limit: 4 })), items(4))
      assert.deepStrictEqual(server.offsets(), [0, 2, 4])
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("follows next if it differs from the expected offset", () => {
    const next: Readonly<Record<number, number>> = { 0: 2, 2: 5, 5: 8, 8: 11 }
    // Only the second page responds before the test ends.
    const server = serverOf(
      (offset) => ({ ids: [`at ${offset}`], next: next[offset], totalCount: 20 }),
      (offset) => offset === 4 || offset === 6 ? 60_000 : 10,
      // Pages that are not read do not count.
      { maxPages: 5 }
    )
    return Effect.gen(function*() {
      const ids = yield* idsOf(ModelDeployment.stream({ concurrency: 3 }))
      assert.deepStrictEqual(ids, ["at 0", "at 2", "at 5", "at 8", "at 11"])
      assert.deepStrictEqual(server.ends().slice(0, 6), [
        "0 answered",
        "2 answered",
        "4 interrupted",
        "6 interrupted",
        // Requested alone again, because the new step between pages is not known yet.
        "5 answered",
        "8 answered"
      ])
      assert.deepStrictEqual(server.asked.slice(4, 7).map(({ at }) => at), [20, 30, 30])
      assert.strictEqual(server.mostAtOnce(), 3)
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("counts interrupted requests as in flight until they have ended", () => {
    // The second page is slow, the third one leads elsewhere, and the request for the fourth takes long to end.
    const server = serverOf(
      (offset) => ({ ids: [`at ${offset}`], next: offset === 4 ? 7 : offset < 9 ? offset + 2 : undefined }),
      (offset) => offset === 2 ? 30 : offset === 6 ? 60_000 : 10,
      {},
      (offset) => offset === 6 ? 50 : 0
    )
    return Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* idsOf(ModelDeployment.stream({ concurrency: 3, prefetch: 5 })),
        ["at 0", "at 2", "at 4", "at 7", "at 9"]
      )
      assert.strictEqual(server.ends()[3], "6 interrupted")
      assert.strictEqual(server.mostAtOnce(), 3)
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("discards a page if the slower page before it leads elsewhere", () => {
    const server = serverOf(
      (offset) => ({ ids: [`at ${offset}`], next: offset === 0 ? 2 : offset === 2 ? 3 : undefined, totalCount: 6 }),
      (offset) => offset === 2 ? 100 : 10
    )
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 2 })), ["at 0", "at 2", "at 3"])
      assert.deepStrictEqual(server.ends(), ["0 answered", "2 answered", "4 answered", "3 answered"])
    }).pipe(Effect.provide(server.layer))
  })
})

describe("Requests near the end of a listing", () => {
  it.effect("none goes beyond the server's total count", () => {
    const server = listing(5)
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 50, prefetch: 50 })), items(5))
      assert.deepStrictEqual(server.offsets(), [0, 2, 4])
    }).pipe(Effect.provide(server.layer))
  })

  for (const ahead of [{ concurrency: 50 }, { prefetch: 50 }]) {
    it.effect(`none goes beyond the caller's limit with ${JSON.stringify(ahead)}`, () => {
      const server = listing(100, { counts: false })
      return Effect.gen(function*() {
        const stream = ModelDeployment.stream({ ...ahead, offset: 10, limit: 5, pageSize: 2 })
        assert.deepStrictEqual(yield* idsOf(stream), ["10", "11", "12", "13", "14"])
        assert.deepStrictEqual(server.offsets(), [10, 12, 14])
      }).pipe(Effect.provide(server.layer))
    })
  }

  it.effect("at most concurrency - 1 go beyond the end if the server sends no total count", () => {
    // The pages beyond the end respond first.
    const server = listing(8, { counts: false, delay: (offset) => offset < 8 ? 100 : 1 })
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 3, prefetch: 20 })), items(8))
      assert.isAtMost(server.offsets().filter((offset) => offset >= 8).length, 2)
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("those beyond the end are interrupted when the last page arrives", () => {
    const server = listing(4, { counts: false, delay: (offset) => offset < 4 ? 10 : 60_000 })
    return Effect.gen(function*() {
      const stream = ModelDeployment.stream({ concurrency: 4 })
      const fiber = yield* Effect.fork(Stream.runCount(stream))
      yield* TestClock.adjust(20)
      assert.strictEqual(yield* Fiber.join(fiber), 4)
      assert.deepStrictEqual(server.ends(), [
        "0 answered",
        "2 answered",
        "4 interrupted",
        "6 interrupted",
        "8 interrupted"
      ])
    }).pipe(Effect.provide(server.layer))
  })

  it.effect("a failure beyond the end is ignored", () => {
    const server = serverOf((offset) => offset < 4 ? pageOf(items(4), offset, 2, false) : 403, (offset) => 10 - offset)
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* idsOf(ModelDeployment.stream({ concurrency: 4 })), items(4))
      assert.deepStrictEqual(server.offsets(), [0, 2, 4, 6, 8])
    }).pipe(Effect.provide(server.layer))
  })
})

describe("Failures of pages requested ahead", () => {
  for (const ahead of [{ concurrency: 4 }, { prefetch: 4 }]) {
    it.effect(`a failed page fails the stream after the items before it, with ${JSON.stringify(ahead)}`, () => {
      const server = serverOf(
        (offset) => offset === 6 ? 403 : pageOf(items(20), offset, 2, true),
        (offset) => offset === 6 ? 1 : 100
      )
      return Effect.gen(function*() {
        const { end, ids } = yield* timeLapse(told(ModelDeployment.stream(ahead)))
        assert.deepStrictEqual(ids, items(6))
        assert.strictEqual((yield* failsWith(end, isApiError)).reason, "Forbidden")
        assert.isFalse(server.offsets().includes(10))
      }).pipe(Effect.provide(server.layer))
    })

    for (const next of [0, "https://dr.example.com/api/v2/projects/?offset=6"]) {
      it.effect(`an invalid next (${next}) fails the stream after the items before it, with ${JSON.stringify(ahead)}`, () => {
        const server = serverOf((offset) =>
          offset === 4 ? { ids: ["4", "5"], next, totalCount: 20 } : pageOf(items(20), offset, 2, true)
        )
        return Effect.gen(function*() {
          const { end, ids } = yield* timeLapse(told(ModelDeployment.stream(ahead)))
          assert.deepStrictEqual(ids, items(6))
          const { issues } = yield* failsWith(end, isValidationError)
          assert.deepStrictEqual(issues.map(({ path }) => path), ["next"])
          // The invalid next is not followed ahead either.
          assert.deepStrictEqual(server.offsets().filter((offset) => offset <= 4), [0, 2, 4])
        }).pipe(Effect.provide(server.layer))
      })
    }

    it.effect(`the fourth empty page in a row fails the stream, with ${JSON.stringify(ahead)}`, () => {
      const server = serverOf((offset) => ({ ids: offset === 0 ? ["0"] : [], next: offset + 1 }))
      return Effect.gen(function*() {
        const { end, ids } = yield* timeLapse(told(ModelDeployment.stream(ahead)))
        assert.deepStrictEqual(ids, ["0"])
        const { issues } = yield* failsWith(end, isValidationError)
        assert.deepStrictEqual(issues, [{ path: "next", message: "never ends: the server sends only empty pages" }])
      }).pipe(Effect.provide(server.layer))
    })

    it.effect(`no more than maxPages pages are requested, with ${JSON.stringify(ahead)}`, () => {
      const server = serverOf((offset) => pageOf(items(20), offset, 2, true), undefined, { maxPages: 3 })
      return Effect.gen(function*() {
        const { end, ids } = yield* timeLapse(told(ModelDeployment.stream(ahead)))
        assert.deepStrictEqual(ids, items(6))
        const { issues } = yield* failsWith(end, isValidationError)
        assert.deepStrictEqual(issues, [{ path: "next", message: "leads beyond the limit of 3 pages (maxPages)" }])
        assert.deepStrictEqual(server.offsets(), [0, 2, 4])
      }).pipe(Effect.provide(server.layer))
    })
  }
})

describe("The early end of a stream", () => {
  for (const ahead of [{ concurrency: 4 }, { prefetch: 2 }]) {
    const slowAhead = () => listing(20, { delay: (offset) => offset === 0 ? 10 : 60_000 })
    const under = "concurrency" in ahead ? ["2", "4", "6"] : ["2"]
    const ends = ["0 answered", ...under.map((offset) => `${offset} interrupted`)]

    it.effect(`take interrupts the requests in flight, with ${JSON.stringify(ahead)}`, () => {
      const server = slowAhead()
      return Effect.gen(function*() {
        const fiber = yield* Effect.fork(Stream.runCount(
          Stream.take(ModelDeployment.stream(ahead), 2).pipe(
            // Leaves time to send the requests ahead.
            Stream.tap(() => Effect.sleep(10))
          )
        ))
        yield* TestClock.adjust(30)
        assert.strictEqual(yield* Fiber.join(fiber), 2)
        assert.deepStrictEqual(server.ends(), ends)
      }).pipe(Effect.provide(server.layer))
    })

    for (const [when, delay] of [["busy", 1000], ["waiting", 0]] as const) {
      it.effect(`interrupting a ${when} reader interrupts the requests in flight, with ${JSON.stringify(ahead)}`, () => {
        const server = slowAhead()
        return Effect.gen(function*() {
          const fiber = yield* Effect.fork(Stream.runForEach(ModelDeployment.stream(ahead), () => Effect.sleep(delay)))
          yield* TestClock.adjust(20)
          yield* Fiber.interrupt(fiber)
          // A reader that waits for a page has one more page ahead.
          const beyond = "concurrency" in ahead && when === "waiting" ? ["8 interrupted"] : []
          assert.deepStrictEqual(server.ends(), [...ends, ...beyond])
        }).pipe(Effect.provide(server.layer))
      })
    }
  }
})

describe("Invalid prefetch and concurrency options", () => {
  const most = "must be a whole number from"
  const cases: ReadonlyArray<readonly [object, string]> = [
    ...[-1, 1.5, 101, "1", null].map((prefetch) => [{ prefetch }, `prefetch ${most} 0 to 100`] as const),
    ...[0, 1.5, 101, Number.POSITIVE_INFINITY, "1"].map((concurrency) =>
      [{ concurrency }, `concurrency ${most} 1 to 100`] as const
    )
  ]
  const streams = {
    "ModelDeployment.stream": (input: object) => ModelDeployment.stream(untyped(input)),
    "Deployment.stream": (input: object) => Deployment.stream(untyped(input)),
    "DeploymentMonitoring.streamPredictionResults": (input: object) =>
      DeploymentMonitoring.streamPredictionResults(id, untyped(input))
  }
  for (const [name, stream] of Object.entries(streams)) {
    it.effect(`of ${name} are rejected before any request is sent`, () => {
      const server = listing(10)
      return Effect.gen(function*() {
        for (const [input, issue] of cases) {
          const error = yield* failsWith(Stream.runDrain(stream(input)), isValidationError)
          assert.strictEqual(error.phase, "request")
          assert.deepStrictEqual(error.issues.map(({ message, path }) => `${path} ${message}`), [issue])
        }
        assert.deepStrictEqual(server.asked, [])
      }).pipe(Effect.provide(server.layer))
    })
  }

  it.effect("of list operations are rejected as unknown", () => {
    const server = listing(10)
    return Effect.gen(function*() {
      for (
        const list of [
          ModelDeployment.list(untyped({ prefetch: 1 })),
          Deployment.list(untyped({ prefetch: 1 })),
          DeploymentMonitoring.listPredictionResults(id, untyped({ prefetch: 1 }))
        ]
      ) {
        const { issues } = yield* failsWith(list, isValidationError)
        assert.deepStrictEqual(issues, [{ path: "prefetch", message: "is not known here" }])
      }
      assert.deepStrictEqual(server.asked, [])
    }).pipe(Effect.provide(server.layer))
  })
})
