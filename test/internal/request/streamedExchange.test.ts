/** Exchanges whose bodies are streams, over clients of tests, in virtual time. The real clients: test/wire/streaming. */
import * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import {
  type Controls,
  type DirectOpen,
  type Outgoing,
  type Receiver,
  type RequestBody,
  withDirect
} from "../../../src/internal/request/directClient.js"
import { openStream } from "../../../src/internal/request/streamedExchange.js"
import { chunksOf, readRest, type StreamHead } from "../../../src/internal/request/streamedResponse.js"
import { makeRedactor } from "../../../src/wire/redaction.js"
import { collectStream } from "../../collectStream.js"
import { endpoint, token } from "../../support.js"
import { clientOf, defectOf } from "./things.js"

const redactor = makeRedactor(token)
const limits = { headersMillis: 1000, idleMillis: 100 }
const get: Outgoing<RequestBody> = {
  method: "GET",
  origin: new URL(endpoint).origin,
  path: `${new URL(endpoint).pathname}/x`,
  headers: {}
}
const post = (body: RequestBody): Outgoing<RequestBody> => ({ ...get, method: "POST", body })
const bytes = (text: string) => new TextEncoder().encode(text)

const open = (client: HttpClient.HttpClient, outgoing = get) =>
  Effect.clockWith((clock) => openStream(client, clock, redactor)(outgoing, limits))

/** A client with a fast path whose events the test decides. It records what is asked of it. */
const scripted = () => {
  const asked: Array<string> = []
  let receiver: Receiver | undefined
  let body: RequestBody | undefined
  const controls: Controls = {
    pause: () => asked.push("pause"),
    resume: () => asked.push("resume"),
    abort: () => asked.push("abort")
  }
  const start: DirectOpen = (outgoing, receive) => {
    receiver = receive(controls)
    body = outgoing.body
    asked.push(`open ${JSON.stringify(outgoing.layerLimits)}`)
    return controls
  }
  const client = withDirect(clientOf(() => Effect.die("not the fast path")), () => () => {}, start)
  return {
    client,
    asked,
    receiver: (): Receiver => receiver ?? assert.fail("not opened"),
    /** Takes the next piece of the request, as an HTTP client does. */
    take: () => {
      if (typeof body !== "object" || !(Symbol.asyncIterator in body)) return assert.fail("not a stream")
      return body[Symbol.asyncIterator]().next()
    }
  }
}

/** A source of a request body whose chunks the test provides. */
const manual = () => {
  let settle: ((result: IteratorResult<Uint8Array>) => void) | undefined
  let fail: ((error: unknown) => void) | undefined
  let returned = 0
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise((resolve, reject) => {
          settle = resolve
          fail = reject
        }),
      return: () => {
        returned++
        return new Promise(() => {})
      }
    })
  }
  return {
    body,
    returned: () => returned,
    give: (text: string) => settle?.({ done: false, value: bytes(text) }),
    end: () => settle?.({ done: true, value: undefined }),
    fail: (error: unknown) => fail?.(error)
  }
}

/** Lets fibers and promises proceed, without passing time. */
const settle = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
const pass = (millis: number) => Effect.andThen(TestClock.adjust(millis), settle)

const opened = (client: HttpClient.HttpClient, outgoing = get) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(open(client, outgoing))
    yield* settle
    return fiber
  })

const responseOf = (fiber: Fiber.Fiber<unknown>) =>
  Effect.map(
    Fiber.join(fiber),
    (result): StreamHead =>
      typeof result === "object" && result !== null && "pull" in result
        ? result as StreamHead
        : assert.fail("no response")
  )

const late = (fiber: Fiber.RuntimeFiber<unknown, unknown>, millis: number) =>
  Effect.gen(function*() {
    yield* pass(millis - 1)
    assert.isNull(fiber.unsafePoll(), "not yet")
    yield* pass(1)
    return fiber.unsafePoll()
  })

describe("the time limits of a streamed exchange (R-12)", () => {
  it.scoped("without a streamed body, the limit for the headers starts at the beginning", () =>
    Effect.gen(function*() {
      for (const outgoing of [get, post("a"), post(bytes("a"))]) {
        const server = scripted()
        const fiber = yield* opened(server.client, outgoing)
        assert.deepStrictEqual(yield* late(fiber, 1000), Exit.succeed({ late: 1000 }))
        assert.deepStrictEqual(server.asked, ["open {\"headersTimeout\":0,\"bodyTimeout\":0}", "abort"])
      }
    }))

  it.scoped("the client may wait for at most the idle time before it takes the next piece", () =>
    Effect.gen(function*() {
      const server = scripted()
      const source = manual()
      const fiber = yield* opened(server.client, post(source.body))
      yield* pass(99)
      const taken = server.take()
      yield* settle
      // The source may take any time.
      yield* pass(5000)
      source.give("a")
      assert.deepStrictEqual(yield* Effect.promise(() => taken), { done: false, value: bytes("a") })
      assert.deepStrictEqual(yield* late(fiber, 100), Exit.succeed({ late: 100 }))
      assert.strictEqual(source.returned(), 1)
    }))

  it.scoped("each piece of a large chunk starts the idle time anew", () =>
    Effect.gen(function*() {
      const server = scripted()
      const source = manual()
      const fiber = yield* opened(server.client, post(source.body))
      const first = server.take()
      source.give("x".repeat(150_000))
      const sizes = [(yield* Effect.promise(() => first)).value?.length]
      for (let pieces = 0; pieces < 2; pieces++) {
        yield* pass(99)
        sizes.push((yield* Effect.promise(() => server.take())).value?.length)
      }
      assert.deepStrictEqual(sizes, [65_536, 65_536, 18_928])
      assert.deepStrictEqual(yield* late(fiber, 100), Exit.succeed({ late: 100 }))
    }))

  it.scoped("the limit for the headers starts with the end of a streamed body", () =>
    Effect.gen(function*() {
      const server = scripted()
      const source = manual()
      const fiber = yield* opened(server.client, post(source.body))
      const taken = server.take()
      yield* pass(2000)
      source.end()
      assert.deepStrictEqual(yield* Effect.promise(() => taken), { done: true, value: undefined })
      assert.deepStrictEqual(yield* late(fiber, 1000), Exit.succeed({ late: 1000 }))
    }))

  it.scoped("between two chunks, only the time counts in which the consumer waits", () =>
    Effect.gen(function*() {
      const server = scripted()
      const fiber = yield* opened(server.client)
      server.receiver().head(200, {})
      const { pull } = yield* responseOf(fiber)
      yield* pass(5000)
      const first = yield* Effect.fork(pull)
      yield* pass(99)
      server.receiver().data(bytes("a"))
      assert.deepStrictEqual(yield* Fiber.join(first), bytes("a"))
      yield* pass(5000)
      const second = yield* Effect.fork(Effect.flip(pull))
      yield* settle
      assert.deepStrictEqual(yield* late(second, 100), Exit.succeed({ late: 100 }))
      assert.include(server.asked, "abort")
      assert.deepStrictEqual(yield* Effect.flip(pull), { late: 100 }, "the body stays broken")
    }))

  it.scoped("the server may wait for a source that is slow", () =>
    Effect.gen(function*() {
      const server = scripted()
      const source = manual()
      const fiber = yield* opened(server.client, post(source.body))
      void server.take()
      server.receiver().head(200, {})
      const { pull } = yield* responseOf(fiber)
      const pulled = yield* Effect.fork(pull)
      yield* pass(5000)
      assert.isNull(pulled.unsafePoll())
      source.give("a")
      yield* settle
      yield* pass(100)
      assert.isNotNull(pulled.unsafePoll())
    }))

  it.scoped("any client: both limits hold in an uninterruptible region (R-9)", () =>
    Effect.gen(function*() {
      const silent = clientOf(() => Effect.never)
      const headers = yield* Effect.fork(Effect.uninterruptible(open(silent)))
      yield* settle
      assert.deepStrictEqual(yield* late(headers, 1000), Exit.succeed({ late: 1000 }))
      const stalled = clientOf(() => Effect.succeed(new Response(new ReadableStream())))
      const body = yield* Effect.fork(
        Effect.uninterruptible(
          Effect.flatMap(open(stalled), (head) => "pull" in head ? Effect.flip(head.pull) : Effect.never)
        )
      )
      yield* settle
      assert.deepStrictEqual(yield* late(body, 100), Exit.succeed({ late: 100 }))
    }))
})

describe("a streamed response", () => {
  it.scoped("is paused when enough bytes wait for the consumer, and resumed when it has taken them", () =>
    Effect.gen(function*() {
      const server = scripted()
      const fiber = yield* opened(server.client)
      server.receiver().head(200, { "x-a": "1" })
      const { headers, pull, status } = yield* responseOf(fiber)
      assert.deepStrictEqual([status, headers], [200, { "x-a": "1" }])
      server.asked.length = 0
      server.receiver().data(new Uint8Array(65_535))
      assert.deepStrictEqual(server.asked, [])
      server.receiver().data(new Uint8Array(1))
      assert.deepStrictEqual(server.asked, ["pause"])
      assert.strictEqual((yield* pull)?.length, 65_536)
      assert.deepStrictEqual(server.asked, ["pause"])
      yield* Effect.fork(pull)
      yield* settle
      assert.deepStrictEqual(server.asked, ["pause", "resume"])
    }))

  it.scoped("loses nothing if a pull is interrupted", () =>
    Effect.gen(function*() {
      const server = scripted()
      const fiber = yield* opened(server.client)
      server.receiver().head(200, {})
      const { pull } = yield* responseOf(fiber)
      const pulled = yield* Effect.fork(pull)
      yield* settle
      yield* Fiber.interrupt(pulled)
      server.receiver().data(bytes("a"))
      server.receiver().ended()
      assert.deepStrictEqual(yield* pull, bytes("a"))
      assert.isUndefined(yield* pull)
      assert.isUndefined(yield* pull)
    }))

  it.scoped("hands out the bytes before a failure", () =>
    Effect.gen(function*() {
      const server = scripted()
      const fiber = yield* opened(server.client)
      server.receiver().head(200, {})
      server.receiver().data(bytes("a"))
      const failed = new Error("reset")
      server.receiver().failed({ failed })
      const { pull } = yield* responseOf(fiber)
      assert.deepStrictEqual(yield* pull, bytes("a"))
      assert.deepStrictEqual(yield* Effect.flip(pull), { broken: failed })
    }))

  it.scoped("ends the source of the request if the server rejects it, but not if it accepts it", () =>
    Effect.gen(function*() {
      for (const [status, returned] of [[200, 0], [300, 1], [413, 1]] as const) {
        const server = scripted()
        const source = manual()
        const fiber = yield* opened(server.client, post(source.body))
        void server.take().catch(() => {})
        server.receiver().head(status, {})
        yield* responseOf(fiber)
        assert.strictEqual(source.returned(), returned)
        server.receiver().ended()
        assert.strictEqual(source.returned(), 1)
      }
    }))

  it.scoped("breaks with the error of the source, and the request is aborted", () =>
    Effect.gen(function*() {
      const server = scripted()
      const source = manual()
      const fiber = yield* opened(server.client, post(source.body))
      const taken = server.take()
      const failed = new Error("source")
      source.fail(failed)
      assert.deepStrictEqual(yield* Fiber.join(fiber), { failed })
      assert.include(server.asked, "abort")
      assert.match(String(yield* Effect.promise(() => taken.catch(String))), /the request has ended/)
    }))

  it.effect("is aborted when the scope closes", () =>
    Effect.gen(function*() {
      const server = scripted()
      const scope = yield* Scope.make()
      const fiber = yield* Effect.fork(Scope.extend(open(server.client), scope))
      yield* settle
      server.receiver().head(200, {})
      const { pull } = yield* responseOf(fiber)
      yield* Scope.close(scope, Exit.void)
      assert.include(server.asked, "abort")
      assert.property(yield* Effect.flip(pull), "broken")
    }))

  it.effect("of any client is aborted when the scope closes, and the fiber of the client has then ended", () =>
    Effect.gen(function*() {
      const events: Array<string> = []
      const client = clientOf(() =>
        Effect.onInterrupt(Effect.never, () => Effect.andThen(settle, Effect.sync(() => events.push("interrupted"))))
      )
      const fiber = yield* Effect.fork(Effect.scoped(open(client)))
      yield* settle
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(events, ["interrupted"])
    }))
})

describe("a streamed exchange over any client", () => {
  const respond = (body: BodyInit | null, init?: ResponseInit) =>
    clientOf(() => Effect.succeed(new Response(body, init)))

  it.scoped("reads the response", () =>
    Effect.gen(function*() {
      const head = yield* open(respond("abc", { status: 201, headers: { "x-a": "1" } }))
      if (!("pull" in head)) return assert.fail("no response")
      assert.strictEqual(head.status, 201)
      assert.strictEqual(head.headers["x-a"], "1")
      const chunks = yield* Stream.runCollect(chunksOf(head))
      assert.strictEqual(Buffer.concat(Chunk.toReadonlyArray(chunks)).toString(), "abc")
    }))

  it.effect("ends at once, even if a fetch of the caller has cloned the response", () =>
    Effect.gen(function*() {
      // The cancellation of one of two clones ends only if the request was aborted.
      const client = HttpClient.make((request, _, signal) => {
        const body = new ReadableStream({
          start: (chunks) => chunks.enqueue(bytes("abc")),
          cancel: () => signal.aborted ? undefined : new Promise(() => {})
        })
        return Effect.succeed(HttpClientResponse.fromWeb(request, new Response(body)))
      })
      yield* Effect.scoped(Effect.gen(function*() {
        const head = yield* open(client)
        if (!("pull" in head)) return assert.fail("no response")
        assert.deepStrictEqual(yield* head.pull, bytes("abc"))
      }))
    }))

  it.scoped("does not take a short body for a whole one", () =>
    Effect.gen(function*() {
      const head = yield* open(respond("abc", { headers: { "content-length": "9" } }))
      if (!("pull" in head)) return assert.fail("no response")
      assert.property(yield* Effect.flip(Stream.runDrain(chunksOf(head))), "broken")
    }))

  it.scoped("returns the cause of the client's error, without the request (S-4)", () =>
    Effect.gen(function*() {
      const cause = new Error("refused")
      const client = HttpClient.make((request) => new RequestError({ request, reason: "Transport", cause }))
      assert.deepStrictEqual(yield* open(client), { failed: cause })
    }))

  it.effect("a defect of the client stays a defect, without the token (S-4)", () =>
    Effect.gen(function*() {
      const defect = yield* defectOf(Effect.scoped(open(clientOf(() => Effect.die(new Error(`bad ${token}`))))))
      assert.strictEqual((defect as Error).message, "bad <redacted>")
      const inBody = HttpClient.make((request) =>
        Effect.succeed(
          Object.defineProperty(HttpClientResponse.fromWeb(request, new Response("a")), "stream", {
            get: () => Stream.die(new Error(`bad ${token}`))
          })
        )
      )
      const later = yield* defectOf(
        Effect.scoped(Effect.flatMap(open(inBody), (head) => "pull" in head ? Effect.asVoid(head.pull) : Effect.void))
      )
      assert.strictEqual((later as Error).message, "bad <redacted>")
    }))

  it.live(
    "the end of the scope waits for the client while another fiber still waits for the headers",
    () =>
      Effect.gen(function*() {
        const events: Array<string> = []
        const client = clientOf(() =>
          Effect.onInterrupt(
            Effect.never,
            () => Effect.andThen(Effect.sleep(20), Effect.sync(() => events.push("released")))
          )
        )
        // The fibers of a race are interrupted at the same time as the scope around it is closed.
        const racing = Effect.flatMap(
          Effect.scope,
          (scope) => Effect.raceFirst(Scope.extend(open(client), scope), Effect.never)
        )
        const fiber = yield* Effect.fork(Effect.scoped(racing))
        yield* Effect.sleep(20)
        yield* Fiber.interrupt(fiber)
        assert.deepStrictEqual(events, ["released"])
      }),
    5_000
  )

  it.scoped("a client that interrupts itself is a failure", () =>
    Effect.gen(function*() {
      const result = yield* open(clientOf(() => Effect.interrupt))
      assert.isTrue("failed" in result && String(result.failed).includes("interrupted"))
    }))
})

describe("the rest of a streamed response", () => {
  const rest = (chunks: ReadonlyArray<string>, headers = {}, max = 4) =>
    Effect.gen(function*() {
      const server = scripted()
      const fiber = yield* opened(server.client)
      server.receiver().head(500, headers)
      for (const chunk of chunks) server.receiver().data(bytes(chunk))
      const reading = yield* Effect.fork(readRest(yield* responseOf(fiber), max, 50))
      yield* settle
      return { ...server, reading }
    })

  it.scoped("is read up to its maximum", () =>
    Effect.gen(function*() {
      const { asked, reading, receiver } = yield* rest(["ab", "cd"])
      receiver().ended()
      assert.deepStrictEqual(yield* Fiber.join(reading), { status: 500, headers: {}, body: { bytes: bytes("abcd") } })
      assert.notInclude(asked, "abort")
    }))

  it.scoped("is not read above its maximum, nor if it declares more", () =>
    Effect.gen(function*() {
      for (const [chunks, headers] of [[["ab", "cde"], {}], [[], { "content-length": "5" }]] as const) {
        const { asked, reading } = yield* rest(chunks, headers)
        assert.deepStrictEqual(yield* Fiber.join(reading), { status: 500, headers, body: "too large" })
        assert.include(asked, "abort")
      }
    }))

  it.scoped("breaks if it takes too long", () =>
    Effect.gen(function*() {
      const { asked, reading, receiver } = yield* rest(["a"])
      yield* pass(49)
      receiver().data(bytes("b"))
      assert.isNull(reading.unsafePoll())
      yield* pass(1)
      const { body } = yield* Fiber.join(reading)
      assert.isTrue(typeof body === "object" && "broken" in body && String(body.broken).includes("50 ms"))
      assert.include(asked, "abort")
    }))

  it.effect("collectStream returns the whole response, or why there is none", () =>
    Effect.gen(function*() {
      const collect = (client: HttpClient.HttpClient) =>
        Effect.clockWith((clock) => collectStream(client, clock, redactor)(get, () => 4, { ...limits, bodyMillis: 50 }))
      const whole = yield* collect(clientOf(() => Effect.succeed(new Response("abc", { status: 404 }))))
      assert.deepInclude(whole, { status: 404, body: { bytes: bytes("abc") } })
      const silent = yield* Effect.fork(collect(clientOf(() => Effect.never)))
      yield* pass(1000)
      assert.deepStrictEqual(yield* Fiber.join(silent), { late: 1000 })
    }))
})
