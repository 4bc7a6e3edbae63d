/** The client of `effect-datarobot/fetch`, over `fetch` functions of tests. Real sockets: test/wire. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, ModelDeployment } from "effect-datarobot"
import * as Fetch from "effect-datarobot/fetch"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { vi } from "vitest"
import {
  type Controls,
  directOf,
  directOpenOf,
  type Incoming,
  type Outgoing,
  type Receiver,
  type RequestBody
} from "../src/internal/request/directClient.js"
import { connection, failsWith, id, traced, untyped, wire } from "./support.js"

type FetchFunction = typeof globalThis.fetch

interface Sent extends RequestInit {
  readonly url: string
  readonly duplex?: string
}

/** A `fetch` with these responses, and the requests that it was given. */
const recording = (...answers: ReadonlyArray<() => Response | Promise<Response>>) => {
  const sent: Array<Sent> = []
  const fetch: FetchFunction = async (url, init) => {
    sent.push({ ...init, url: String(url) })
    return (answers[sent.length - 1] ?? answers.at(-1) ?? assert.fail("no response"))()
  }
  return { fetch, sent }
}

const json = (value: unknown, headers: Readonly<Record<string, string>> = {}) => () =>
  new Response(JSON.stringify(value), { headers })

const clientOf = (options?: Fetch.FetchOptions): HttpClient.HttpClient =>
  Effect.runSync(Effect.provide(HttpClient.HttpClient, Fetch.layer(options)))

const outgoing: Outgoing = {
  method: "GET",
  origin: "https://dr.example.com",
  path: "/api/v2/a?b=1",
  headers: { accept: "text/csv" }
}

/** Sends a request through the fast path. Returns the results that it reports, and how to abort it. */
const send = (fetch: FetchFunction, request: Outgoing = outgoing, max = 100) => {
  const results: Array<Incoming> = []
  const direct = directOf(clientOf({ fetch })) ?? assert.fail("no fast path")
  const abort = direct(request, () => max, (incoming) => results.push(incoming))
  return { abort, results }
}

/** Opens an exchange. Returns its events, and how to control it. */
const open = (fetch: FetchFunction, request: Outgoing<RequestBody> = outgoing, react: Partial<Receiver> = {}) => {
  const events: Array<string> = []
  const direct = directOpenOf(clientOf({ fetch })) ?? assert.fail("no fast path")
  const controls: Controls = direct(request, () => ({
    head: (status, headers) => {
      events.push(`head ${status}`)
      react.head?.(status, headers)
    },
    data: (chunk) => {
      events.push(`data ${new TextDecoder().decode(chunk)}`)
      react.data?.(chunk)
    },
    ended: () => events.push("ended"),
    failed: ({ failed }) => events.push(`failed ${String(failed)}`)
  }))
  return { controls, events }
}

/** Lets promises and streams proceed. */
const settle = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

/** A response whose chunks the test decides, and what is asked of it. */
const manual = (headers: Readonly<Record<string, string>> = {}) => {
  const asked = { pulls: 0, cancelled: false }
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given
    },
    pull: () => {
      asked.pulls++
    },
    cancel: () => {
      asked.cancelled = true
    }
  }, { highWaterMark: 0 })
  return {
    asked,
    fetch: () => Promise.resolve(new Response(body, { headers })),
    give: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
    fail: (error: unknown) => controller?.error(error)
  }
}

const headersOf = (incoming: Incoming | undefined) =>
  incoming !== undefined && "headers" in incoming ? incoming.headers : assert.fail("no response")
const bodyOf = (incoming: Incoming | undefined) =>
  incoming !== undefined && "body" in incoming ? incoming.body : assert.fail("no response")
const textOf = (incoming: Incoming | undefined) => {
  const body = bodyOf(incoming)
  return typeof body === "object" && "bytes" in body ? new TextDecoder().decode(body.bytes) : body
}
const failureOf = (incoming: Incoming | undefined) =>
  incoming !== undefined && "failed" in incoming ? incoming.failed : assert.fail("no failure")

const get = ModelDeployment.get(id)

describe("Fetch.layer", () => {
  it.effect("sends the requests of the SDK with the given `fetch` and options", () =>
    Effect.gen(function*() {
      const { fetch, sent } = recording(json(wire()))
      const layer = Layer.merge(connection(), Fetch.layer({ fetch, requestInit: { credentials: "include" } }))
      assert.strictEqual((yield* Effect.provide(get, layer)).id, id)
      assert.lengthOf(sent, 1)
      assert.include(sent[0], {
        url: `https://dr.example.com/api/v2/modelDeployments/${id}/`,
        method: "GET",
        credentials: "include",
        redirect: "manual"
      })
      assert.instanceOf(sent[0]?.signal, AbortSignal)
    }))

  it.effect("does not let a `fetch` that changes the headers of a request change those of others", () =>
    Effect.gen(function*() {
      const { fetch, sent } = recording(json(wire()))
      const signing: FetchFunction = (url, init) => {
        assert.notProperty(init?.headers, "x-signature")
        Reflect.set(init?.headers ?? {}, "x-signature", "1")
        return fetch(url, init)
      }
      const layer = Layer.merge(connection(), Fetch.layer({ fetch: signing }))
      yield* Effect.provide(Effect.zipRight(get, get), layer)
      assert.lengthOf(sent, 2)
    }))

  it.effect("does not let its options replace what a request decides (S-2)", () =>
    Effect.gen(function*() {
      const { fetch, sent } = recording(json(wire()))
      const requestInit = untyped({
        method: "DELETE",
        redirect: "follow",
        headers: { accept: "x" },
        signal: AbortSignal.abort()
      })
      yield* Effect.provide(get, Layer.merge(connection(), Fetch.layer({ fetch, requestInit })))
      assert.include(sent[0], { method: "GET", redirect: "manual" })
      assert.include(sent[0]?.headers, { accept: "application/json" })
      assert.isFalse(sent[0]?.signal?.aborted)
    }))

  it.effect("calls `fetch` as a function, not as a method, which browsers reject", () =>
    Effect.gen(function*() {
      const callers: Array<unknown> = []
      const fetch = function(this: unknown) {
        callers.push(this)
        return Promise.resolve(new Response("{}"))
      }
      const client = clientOf({ fetch })
      yield* client.get("https://dr.example.com/")
      send(fetch)
      assert.deepStrictEqual(callers, [undefined, undefined])
    }))

  it.effect("uses the global `fetch` of the time at which a request is sent", () =>
    Effect.gen(function*() {
      const client = clientOf({ fetch: undefined })
      const global = vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response("{}")))
      yield* Effect.ensuring(
        Effect.gen(function*() {
          yield* client.get("https://dr.example.com/")
          const direct = directOf(client) ?? assert.fail("no fast path")
          yield* Effect.async<void>((resume) => void direct(outgoing, () => 9, () => resume(Effect.void)))
          assert.strictEqual(global.mock.calls.length, 2)
        }),
        Effect.sync(() => global.mockRestore())
      )
    }))

  it.effect("sends the requests of an HttpClient like `FetchHttpClient.layer`, with its own settings", () =>
    Effect.gen(function*() {
      const own = recording(json({ a: 1 }))
      const platform = recording(json({ a: 1 }))
      const request = HttpClientRequest.post("https://dr.example.com/x", { headers: { "x-a": "1" } }).pipe(
        HttpClientRequest.bodyUnsafeJson({ b: 2 })
      )
      // The ids of spans are random.
      const call = HttpClient.HttpClient.pipe(
        Effect.flatMap((client) => HttpClient.withTracerPropagation(client, false).execute(request)),
        Effect.flatMap(({ json }) => json)
      )
      const requestInit: RequestInit = { credentials: "include" }
      const results = [
        yield* Effect.provide(call, Fetch.layer({ fetch: own.fetch, requestInit })).pipe(
          // The services of `FetchHttpClient` do not replace the options.
          Effect.provideService(FetchHttpClient.Fetch, () => assert.fail("the wrong fetch"))
        ),
        yield* Effect.provide(call, FetchHttpClient.layer).pipe(
          Effect.provideService(FetchHttpClient.Fetch, platform.fetch),
          Effect.provideService(FetchHttpClient.RequestInit, requestInit)
        )
      ]
      assert.deepStrictEqual(results, [{ a: 1 }, { a: 1 }])
      const plain = ({ body, signal: _, ...init }: Sent) => ({ ...init, body: new TextDecoder().decode(untyped(body)) })
      assert.deepStrictEqual(own.sent.map(plain), platform.sent.map(plain))
    }))

  it.effect("a modified client has no fast path, keeps the options, and follows no redirect of the SDK (S-2)", () =>
    Effect.gen(function*() {
      const { fetch, sent } = recording(json(wire()))
      const modified = Layer.map(
        Fetch.layer({ fetch, requestInit: { credentials: "include" } }),
        (context) =>
          Context.add(
            context,
            HttpClient.HttpClient,
            HttpClient.mapRequest(
              Context.get(context, HttpClient.HttpClient),
              HttpClientRequest.setHeader("x-a", "1")
            )
          )
      )
      yield* Effect.provide(get, Layer.merge(connection(), modified))
      assert.include(sent[0], { credentials: "include", redirect: "manual" })
      assert.include(sent[0]?.headers, { "x-a": "1" })
    }))

  it.effect("an SDK operation has exactly one span", () =>
    Effect.gen(function*() {
      const { fetch, sent } = recording(json(wire()))
      const { layer, spans } = traced()
      yield* Effect.provide(get, Layer.mergeAll(connection(), Fetch.layer({ fetch }), layer))
      assert.deepStrictEqual(spans.map(({ name }) => name), ["ModelDeployment.get"])
      assert.notProperty(sent[0]?.headers, "traceparent")
    }))
})

describe("A request through fetch", () => {
  it.effect("is sent as it is, and its response has a status, headers and bytes", () =>
    Effect.gen(function*() {
      const { fetch, sent } = recording(() => new Response("ab", { status: 201, headers: { "X-A": "1" } }))
      const { results } = send(fetch, { ...outgoing, method: "POST", body: "c" })
      yield* settle
      assert.deepInclude(sent[0], {
        url: "https://dr.example.com/api/v2/a?b=1",
        method: "POST",
        headers: outgoing.headers,
        body: "c"
      })
      assert.notProperty(sent[0], "duplex")
      assert.lengthOf(results, 1)
      assert.deepInclude(results[0], { status: 201, body: { bytes: new TextEncoder().encode("ab") } })
      assert.deepInclude(headersOf(results[0]), { "x-a": "1" })
    }))

  for (const status of [204, 304]) {
    it.effect(`with the status ${status} has an empty body`, () =>
      Effect.gen(function*() {
        const { results } = send(async () => new Response(null, { status, headers: { "content-length": "5" } }))
        yield* settle
        assert.deepInclude(results[0], { status, body: { bytes: new Uint8Array() } })
      }))
  }

  it.effect("fails if `fetch` rejects, throws, or returns no response", () =>
    Effect.gen(function*() {
      const no = new TypeError("no")
      const throws = () => {
        throw no
      }
      for (const fetch of [() => Promise.reject(no), throws]) {
        const { results } = send(fetch)
        yield* settle
        assert.deepStrictEqual(results, [{ failed: no }])
      }
      const { results } = send(untyped(() => undefined))
      yield* settle
      assert.instanceOf(failureOf(results[0]), TypeError)
    }))

  it.effect("has a broken body if the response breaks off", () =>
    Effect.gen(function*() {
      const { fail, fetch, give } = manual()
      const { results } = send(fetch)
      give("a")
      yield* settle
      const cut = new Error("cut")
      fail(cut)
      yield* settle
      assert.deepInclude(results[0], { status: 200, body: { broken: cut } })
    }))

  for (
    const [title, headers, chunks] of [
      ["that is declared", { "content-length": "101" }, 1],
      ["that is not declared", {}, 3],
      // As in a browser, for a server with another origin: the declared length is the compressed one.
      ["that is compressed, if fetch hides the encoding (S-9)", { "content-length": "10" }, 3],
      ["that is compressed, if fetch shows the encoding (S-9)", {
        "content-length": "10",
        "content-encoding": "gzip"
      }, 3]
    ] as const
  ) {
    it.effect(`stops at a body above the limit ${title}, and aborts the request`, () =>
      Effect.gen(function*() {
        const { asked, fetch, give } = manual(headers)
        let signal: AbortSignal | undefined
        const { results } = send((_, init) => {
          signal = init?.signal ?? undefined
          return fetch()
        })
        yield* settle
        for (let chunk = 1; chunk < chunks; chunk++) {
          assert.isEmpty(results)
          give("x".repeat(60))
          yield* settle
        }
        assert.lengthOf(results, 1)
        assert.strictEqual(bodyOf(results[0]), "too large")
        assert.isTrue(signal?.aborted)
        assert.isTrue(asked.cancelled)
      }))
  }

  it.effect("is read to its end if a body within the limit is longer than declared (S-9)", () =>
    Effect.gen(function*() {
      const { results } = send(async () => new Response("x".repeat(100), { headers: { "content-length": "10" } }))
      yield* settle
      assert.strictEqual(textOf(results[0]), "x".repeat(100))
    }))

  it.effect("is whole if its body is shorter than declared, because it may have been decompressed", () =>
    Effect.gen(function*() {
      const { results } = send(async () => new Response("{}", { headers: { "content-length": "22" } }))
      yield* settle
      assert.strictEqual(textOf(results[0]), "{}")
    }))

  it.effect("has the bytes of a body of another kind, such as that of node-fetch", () =>
    Effect.gen(function*() {
      const foreign = untyped({
        status: 200,
        headers: [["Content-Type", "text/csv"]],
        body: {},
        arrayBuffer: async () => new TextEncoder().encode("ab").buffer
      })
      const { results } = send(async () => foreign)
      yield* settle
      assert.strictEqual(textOf(results[0]), "ab")
      assert.deepInclude(headersOf(results[0]), { "content-type": "text/csv" })
    }))

  it.effect("that is aborted reports nothing, and closes the response", () =>
    Effect.gen(function*() {
      const { asked, fetch, give } = manual()
      let signal: AbortSignal | undefined
      const { abort, results } = send((_, init) => {
        signal = init?.signal ?? undefined
        return fetch()
      })
      yield* settle
      give("a")
      abort()
      yield* settle
      assert.isTrue(signal?.aborted)
      assert.isTrue(asked.cancelled)
      assert.isEmpty(results)
    }))

  it.effect("that is aborted before the headers closes a response that comes later", () =>
    Effect.gen(function*() {
      const { asked, fetch } = manual()
      let respond = () => {}
      // This `fetch` ignores the signal.
      const { abort, results } = send(() =>
        new Promise((resolve) => {
          respond = () => resolve(fetch())
        })
      )
      abort()
      respond()
      yield* settle
      assert.isTrue(asked.cancelled)
      assert.isEmpty(results)
    }))

  it.live("is aborted by an interruption and by a time limit (R-4)", () =>
    Effect.gen(function*() {
      const signals: Array<AbortSignal | null | undefined> = []
      const fetch: FetchFunction = (_, init) => {
        signals.push(init?.signal)
        return new Promise(() => {})
      }
      const layer = Layer.merge(connection(), Fetch.layer({ fetch }))
      const fiber = yield* Effect.fork(Effect.provide(get, layer))
      yield* settle
      yield* Fiber.interrupt(fiber)
      const late = yield* failsWith(
        Effect.provide(ModelDeployment.get(id, { attemptTimeout: 1, retry: false }), layer),
        DataRobotError.isNetworkError
      )
      assert.strictEqual(late.reason, "Timeout")
      assert.deepStrictEqual(signals.map((signal) => signal?.aborted), [true, true])
    }))
})

describe("A streamed exchange through fetch", () => {
  it.effect("passes on the headers, the chunks and the end as they arrive", () =>
    Effect.gen(function*() {
      const { end, fetch, give } = manual()
      const { events } = open(fetch)
      yield* settle
      assert.deepStrictEqual(events, ["head 200"])
      give("a")
      yield* settle
      assert.deepStrictEqual(events, ["head 200", "data a"])
      give("b")
      end()
      yield* settle
      assert.deepStrictEqual(events, ["head 200", "data a", "data b", "ended"])
    }))

  it.effect("asks for no more data while it is paused", () =>
    Effect.gen(function*() {
      const { asked, fetch, give } = manual()
      const { controls, events } = open(fetch)
      yield* settle
      controls.pause()
      controls.pause()
      give("a")
      yield* settle
      // The read was pending when it was paused.
      assert.deepStrictEqual(events, ["head 200", "data a"])
      const { pulls } = asked
      give("b")
      yield* settle
      assert.deepStrictEqual([events.length, asked.pulls], [2, pulls])
      controls.resume()
      controls.resume()
      yield* settle
      assert.deepStrictEqual(events.slice(2), ["data b"])
    }))

  it.effect("can be paused by its receiver, from the headers on", () =>
    Effect.gen(function*() {
      const { asked, end, fetch, give } = manual()
      let controls: Controls | undefined
      const exchange = open(fetch, outgoing, { head: () => controls?.pause(), data: () => controls?.pause() })
      controls = exchange.controls
      yield* settle
      assert.strictEqual(asked.pulls, 0)
      give("a")
      give("b")
      end()
      yield* settle
      assert.deepStrictEqual(exchange.events, ["head 200"])
      controls.resume()
      yield* settle
      assert.deepStrictEqual(exchange.events, ["head 200", "data a"])
      controls.resume()
      yield* settle
      assert.deepStrictEqual(exchange.events, ["head 200", "data a", "data b"])
    }))

  it.effect("is not paused if the connection ends with the response, which ends the process of Node", () =>
    Effect.gen(function*() {
      const { fetch, give } = manual({ connection: "Close" })
      const { controls, events } = open(fetch)
      yield* settle
      controls.pause()
      give("a")
      yield* settle
      give("b")
      yield* settle
      assert.deepStrictEqual(events, ["head 200", "data a", "data b"])
    }))

  it.effect("that is aborted while it is paused ends", () =>
    Effect.gen(function*() {
      const { asked, fetch, give } = manual()
      const { controls, events } = open(fetch)
      yield* settle
      controls.pause()
      give("a")
      yield* settle
      controls.abort()
      yield* settle
      assert.isTrue(asked.cancelled)
      assert.deepStrictEqual(events, ["head 200", "data a"])
    }))

  for (
    const [title, request, init, end] of [
      ["is shorter than declared fails", outgoing, {}, "failed Error: the response ended early"],
      ["is compressed ends", outgoing, { headers: { "content-length": "9", "content-encoding": "gzip" } }, "ended"],
      ["is of HEAD ends", { ...outgoing, method: "HEAD" }, {}, "ended"],
      ["is of 304 ends", outgoing, { status: 304 }, "ended"]
    ] as const
  ) {
    it.effect(`whose response ${title}`, () =>
      Effect.gen(function*() {
        const body = "status" in init || request.method === "HEAD" ? null : "abc"
        const { events } = open(
          async () => new Response(body, { headers: { "content-length": "9" }, ...init }),
          request
        )
        yield* settle
        assert.strictEqual(events.at(-1), end)
      }))
  }

  /** A source of a request body that the test provides, and what is asked of it. */
  const source = () => {
    const asked = { pulls: 0, returned: false }
    let settled = (_: IteratorResult<Uint8Array>) => {}
    const body: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise((resolve) => {
            asked.pulls++
            settled = resolve
          }),
        return: () => {
          asked.returned = true
          return new Promise(() => {})
        }
      })
    }
    return {
      asked,
      body,
      give: (text: string) => settled({ done: false, value: new TextEncoder().encode(text) }),
      end: () => settled({ done: true, value: undefined })
    }
  }

  /** A `fetch` that never responds, and the reader of the request's body. */
  const uploading = () => {
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
    let respond: (response: Response) => void = () => {}
    let given: Sent | undefined
    const fetch: FetchFunction = (url, init = {}) => {
      given = { ...init, url: String(url) }
      reader = (init.body as ReadableStream<Uint8Array>).getReader()
      init.signal?.addEventListener("abort", () => void reader?.cancel())
      return new Promise((resolve) => {
        respond = resolve
      })
    }
    return {
      fetch,
      read: () => Effect.promise(async () => reader?.read()),
      respond: (response: Response) => respond(response),
      sent: () => given
    }
  }

  it.effect("takes a chunk of the request only when fetch needs one", () =>
    Effect.gen(function*() {
      const { asked, body, end, give } = source()
      const server = uploading()
      open(server.fetch, { ...outgoing, method: "PUT", body })
      yield* settle
      assert.deepInclude(server.sent(), { method: "PUT", duplex: "half" })
      assert.strictEqual(asked.pulls, 0)
      const first = yield* Effect.fork(server.read())
      yield* settle
      assert.strictEqual(asked.pulls, 1)
      give("a")
      assert.deepStrictEqual((yield* Fiber.join(first))?.value, new TextEncoder().encode("a"))
      yield* settle
      assert.strictEqual(asked.pulls, 1)
      const last = yield* Effect.fork(server.read())
      yield* settle
      end()
      assert.deepInclude(yield* Fiber.join(last), { done: true })
    }))

  it.effect("that is aborted stops the source of the request", () =>
    Effect.gen(function*() {
      const { asked, body } = source()
      const server = uploading()
      const { controls, events } = open(server.fetch, { ...outgoing, method: "PUT", body })
      controls.abort()
      yield* settle
      assert.isTrue(asked.returned)
      assert.isEmpty(events)
    }))

  it.effect("sends nothing more when the response has ended before the request", () =>
    Effect.gen(function*() {
      const { asked, body } = source()
      const server = uploading()
      const { events } = open(server.fetch, { ...outgoing, method: "PUT", body })
      server.respond(new Response("a"))
      yield* settle
      assert.deepStrictEqual(events, ["head 200", "data a", "ended"])
      assert.isTrue(server.sent()?.signal?.aborted)
      assert.isTrue(asked.returned)
    }))
})
