/** A stream as a request body. */
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { requestSource } from "../../../src/internal/request/requestSource.js"

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (chunk: Uint8Array | undefined) => new TextDecoder().decode(chunk)

/** Reads a body to its end. */
const readAll = (body: AsyncIterable<Uint8Array>) =>
  Effect.tryPromise(async () => {
    const all: Array<string> = []
    for await (const chunk of body) all.push(text(chunk))
    return all
  })

const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

describe("a stream as a request body", () => {
  it.scoped("has the chunks of the stream, and no failure", () =>
    Effect.gen(function*() {
      const { body, failure } = yield* requestSource(
        Stream.fromChunks(Chunk.make(bytes("a"), bytes("b")), Chunk.empty(), Chunk.make(bytes("c")))
      )
      assert.deepStrictEqual(yield* readAll(body), ["a", "b", "c"])
      assert.isUndefined(failure())
      assert.deepStrictEqual(yield* readAll(body), [], "it can be read once")
    }))

  it.scoped("runs only as far as it was asked", () =>
    Effect.gen(function*() {
      let made = 0
      const { body } = yield* requestSource(Stream.repeatEffect(Effect.sync(() => bytes(String(++made)))))
      yield* turn
      assert.strictEqual(made, 0)
      const iterator = body[Symbol.asyncIterator]()
      for (const expected of [1, 2, 3]) {
        assert.strictEqual(text((yield* Effect.promise(() => iterator.next())).value), String(expected))
        yield* turn
        assert.strictEqual(made, expected)
      }
    }))

  it.scoped("keeps the fibers of a stream that works ahead", () =>
    Effect.gen(function*() {
      const stream = Stream.range(1, 50).pipe(
        Stream.mapEffect((n) => Effect.as(turn, bytes(String(n))), { concurrency: 4 }),
        Stream.merge(Stream.empty)
      )
      const { body } = yield* requestSource(stream)
      assert.deepStrictEqual(yield* readAll(body), Array.from({ length: 50 }, (_, n) => String(n + 1)))
    }))

  it.scoped("remembers a failure and a defect, and shows neither to the HTTP client", () =>
    Effect.gen(function*() {
      for (const cause of [Cause.fail("secret"), Cause.die("secret")]) {
        const { body, failure } = yield* requestSource(Stream.concat(Stream.make(bytes("a")), Stream.failCause(cause)))
        const error = yield* Effect.flip(readAll(body))
        assert.include(String(error.cause), "the source of the request body failed")
        assert.notInclude(String(error.cause), "secret")
        assert.deepStrictEqual(failure(), cause)
      }
    }))

  it.scoped("fails above its maximum, before the chunk that exceeds it", () =>
    Effect.gen(function*() {
      const read = (max: number) =>
        Effect.gen(function*() {
          const { body, failure } = yield* requestSource(Stream.make(bytes("ab"), bytes("cd")), {
            max,
            error: () => "too large"
          })
          const iterator = body[Symbol.asyncIterator]()
          const first = yield* Effect.promise(() => iterator.next())
          yield* Effect.promise(() => iterator.next().catch(() => {}))
          return [text(first.value), failure()]
        })
      assert.deepStrictEqual(yield* read(4), ["ab", undefined])
      assert.deepStrictEqual(yield* read(3), ["ab", Cause.fail("too large")])
    }))

  it.effect("stops when the client abandons it, without waiting for the stream", () =>
    Effect.gen(function*() {
      const events: Array<string> = []
      const scope = yield* Scope.make()
      const { body } = yield* requestSource(
        Stream.ensuring(Stream.never, Effect.andThen(turn, Effect.sync(() => events.push("released"))))
      ).pipe(Scope.extend(scope))
      const iterator = body[Symbol.asyncIterator]()
      const pending = iterator.next()
      yield* turn
      yield* Effect.promise(() => iterator.return?.() ?? assert.fail("no return"))
      events.push("returned")
      assert.isTrue((yield* Effect.promise(() => pending)).done)
      yield* Scope.close(scope, Exit.void)
      assert.deepStrictEqual(events, ["returned", "released"])
    }))

  it.effect("stops with its scope, also in an uninterruptible region (R-9)", () =>
    Effect.gen(function*() {
      let released = false
      const scope = yield* Scope.make()
      const { body, failure } = yield* requestSource(Stream.ensuring(Stream.never, Effect.sync(() => released = true)))
        .pipe(Scope.extend(scope), Effect.uninterruptible)
      const pending = body[Symbol.asyncIterator]().next()
      yield* turn
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(released)
      assert.isTrue((yield* Effect.promise(() => pending)).done)
      assert.isUndefined(failure())
    }))
})
