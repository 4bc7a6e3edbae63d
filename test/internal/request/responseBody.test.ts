/** The size limits of response bodies (S-5, S-9). */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobot, DataRobotError, Job, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { readBody } from "../../../src/internal/request/responseBody.js"
import { connection, failsWith, id, script, untyped, wire } from "../../support.js"

/** A response of `fetch` whose body arrives in these chunks, and a counter of the chunks that were pulled. */
const stored = (pieces: ReadonlyArray<string>, headers: Readonly<Record<string, string>>) => {
  const told = { pieces: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces[told.pieces++]
      if (piece === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(piece))
    },
    cancel: () => {
      told.cancelled = true
    }
  }, { highWaterMark: 0 })
  return { response: new Response(stream, { headers }), told }
}

const answer = (pieces: ReadonlyArray<string>, headers: Readonly<Record<string, string>> = {}) => {
  const { response, told } = stored(pieces, headers)
  return { response: HttpClientResponse.fromWeb(HttpClientRequest.get("https://dr.example.com/"), response), told }
}

const textOf = Effect.map((bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes)
)

describe("readBody", () => {
  for (const pieces of [["abc"], ["a", "bc"], ["a", "", "b", "c"], ["ä", "ö".repeat(1000)], []]) {
    it.effect(`reads a body of ${pieces.length} chunks`, () =>
      Effect.gen(function*() {
        assert.strictEqual(yield* textOf(readBody(answer(pieces).response, 10_000)), pieces.join(""))
      }))
  }

  it.effect("reads a body with a declared length of exactly the limit", () =>
    Effect.gen(function*() {
      const { response } = answer(["abc"], { "content-length": "3" })
      assert.strictEqual(yield* textOf(readBody(response, 3)), "abc")
    }))

  it.effect("returns nothing for a response without a body, and fails with other errors", () =>
    Effect.gen(function*() {
      const none = HttpClientResponse.fromWeb(HttpClientRequest.get("https://dr.example.com/"), new Response(null))
      assert.strictEqual(yield* textOf(readBody(none, 3)), "")
      const broken = HttpClientResponse.fromWeb(
        HttpClientRequest.get("https://dr.example.com/"),
        new Response(new ReadableStream({ start: (controller) => controller.error(new Error("broken")) }))
      )
      assert.strictEqual((yield* Effect.flip(readBody(broken, 3))).reason, "Decode")
    }))

  it.effect("does not copy a body of one chunk", () =>
    Effect.gen(function*() {
      const piece = new TextEncoder().encode("abc")
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(piece)
          controller.close()
        }
      })
      const response = HttpClientResponse.fromWeb(
        HttpClientRequest.get("https://dr.example.com/"),
        new Response(stream)
      )
      assert.strictEqual(yield* readBody(response, 10), piece)
    }))

  // The platform's `arrayBuffer` of node:http takes a minute for 60 MB.
  for (const [size, read] of [[2 ** 20, "arrayBuffer"], [2 ** 20 + 1, "stream"]] as const) {
    it.effect(`reads ${size} bytes of node:http with ${read}`, () =>
      Effect.gen(function*() {
        const asked: Array<string> = []
        const whole = new Uint8Array(size)
        const response = {
          headers: { "content-length": String(size) },
          source: { complete: true },
          get arrayBuffer() {
            asked.push("arrayBuffer")
            return Effect.succeed(whole.buffer)
          },
          get stream() {
            asked.push("stream")
            return Stream.make(whole)
          }
        }
        assert.strictEqual((yield* readBody(untyped(response), 2 ** 21))?.length, size)
        assert.deepStrictEqual(asked, [read])
      }))
  }

  it.live("can be interrupted, even if the stream never ends its cancellation", () =>
    Effect.gen(function*() {
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(Uint8Array.of(97)),
        cancel: () => new Promise(() => {})
      })
      const response = HttpClientResponse.fromWeb(
        HttpClientRequest.get("https://dr.example.com/"),
        new Response(stream)
      )
      const fiber = yield* Effect.fork(readBody(response, 10))
      yield* Effect.sleep(1)
      yield* Fiber.interrupt(fiber)
    }))

  it.effect("reads at most the limit", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* textOf(readBody(answer(["abc", "de"]).response, 5)), "abcde")
      assert.strictEqual(yield* textOf(readBody(answer(["abc", "def"]).response, 5)), undefined)
      assert.strictEqual(yield* textOf(readBody(answer(["abcde", "f"]).response, 5)), undefined)
    }))

  it.effect("counts bytes, not characters", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* textOf(readBody(answer(["äöü"]).response, 5)), undefined)
      assert.strictEqual(yield* textOf(readBody(answer(["äöü"]).response, 6)), "äöü")
    }))

  it.effect("stops at the limit and cancels the rest", () =>
    Effect.gen(function*() {
      const { response, told } = answer(Array.from({ length: 100 }, () => "x".repeat(10)))
      assert.strictEqual(yield* readBody(response, 25), undefined)
      assert.isAtMost(told.pieces, 4)
      assert.isTrue(told.cancelled)
    }))

  it.effect("aborts the request at once if the declared length exceeds the limit", () =>
    Effect.gen(function*() {
      let aborted = false
      const client = HttpClient.make((request, _, signal) => {
        signal.addEventListener("abort", () => {
          aborted = true
        })
        // The body never arrives.
        const body = new ReadableStream({ pull: () => new Promise<void>(() => {}) })
        const headers = { "content-length": "26" }
        return Effect.succeed(HttpClientResponse.fromWeb(request, new Response(body, { headers })))
      })
      const response = yield* client.get("https://dr.example.com/")
      assert.isFalse(aborted)
      assert.strictEqual(yield* readBody(response, 25), undefined)
      assert.isTrue(aborted)
    }))

  for (const length of ["1", "-5", "many", "0"]) {
    it.effect(`ignores the wrong declared length ${length} of a body above the limit`, () =>
      Effect.gen(function*() {
        const { response } = answer(["x".repeat(20), "x".repeat(20)], { "content-length": length })
        assert.strictEqual(yield* readBody(response, 25), undefined)
      }))
  }
})

describe("A fetch that decompresses a body and hides its content-encoding (S-9)", () => {
  // As in a browser, for a server with another origin: the declared length is the compressed one.
  const deploymentOf = (
    total: number,
    { body = "x".repeat(64 * 1024), ...headers }: Readonly<Record<string, string>>
  ) => {
    const { response, told } = stored(Array.from({ length: total }, () => body), headers)
    const fetch = () => Promise.resolve(response)
    const run = ModelDeployment.get(id).pipe(
      Effect.provide(Layer.merge(FetchHttpClient.layer, connection())),
      Effect.provideService(FetchHttpClient.Fetch, fetch)
    )
    return { run, told }
  }

  it.effect("a long body is read up to the limit, and the rest is cancelled", () =>
    Effect.gen(function*() {
      const { run, told } = deploymentOf(1000, { "content-length": "10000" })
      const error = yield* failsWith(run, DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "BodyTooLarge")
      assert.strictEqual(error.attempts, 1)
      // 10 MiB, and the chunk that exceeds it.
      assert.isAtMost(told.pieces, 162)
      assert.isTrue(told.cancelled)
    }))

  it.effect("a body within the limit is read to its end", () =>
    Effect.gen(function*() {
      const { run, told } = deploymentOf(1, { "content-length": "100", body: JSON.stringify(wire()) })
      assert.strictEqual((yield* run).id, id)
      assert.isFalse(told.cancelled)
    }))

  it.effect("a body of another kind is read by its own method", () =>
    Effect.gen(function*() {
      const bytes = new TextEncoder().encode(JSON.stringify(wire()))
      const foreign = untyped({
        status: 200,
        headers: { "content-length": "100" },
        body: {},
        arrayBuffer: () => Promise.resolve(bytes.buffer)
      })
      const read = ModelDeployment.get(id).pipe(
        Effect.provide(Layer.merge(FetchHttpClient.layer, connection())),
        Effect.provideService(FetchHttpClient.Fetch, () => Promise.resolve(foreign))
      )
      assert.strictEqual((yield* read).id, id)
    }))
})

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

describe("The limits of response bodies", () => {
  const read = (operation: "get" | "job", body: string | Uint8Array) => {
    const { layer } = script({ body })
    const run: Operation = operation === "get" ? ModelDeployment.get(id) : Job.await("s1")
    return Effect.provide(run, Layer.merge(layer, connection()))
  }
  const padded = (length: number) => "{\"status\":\"COMPLETED\"}".padEnd(length)

  it.effect("allow 64 KiB for a job status", () =>
    Effect.gen(function*() {
      yield* read("job", padded(64 * 1024))
      const error = yield* failsWith(read("job", padded(64 * 1024 + 1)), DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "BodyTooLarge")
    }))

  it.effect("allow 10 MiB for a response, and a larger one is not retried", () =>
    Effect.gen(function*() {
      // Invalid UTF-8, so that it is not parsed.
      const bytes = (length: number) => new Uint8Array(length).fill(0xff)
      const fits = yield* failsWith(read("get", bytes(10 * 1024 * 1024)), DataRobotError.isValidationError)
      assert.deepStrictEqual(fits.issues, [{ path: "", message: "the body is not valid UTF-8" }])
      const error = yield* failsWith(read("get", bytes(10 * 1024 * 1024 + 1)), DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "BodyTooLarge")
      assert.strictEqual(error.attempts, 1)
      assert.isFalse(DataRobotError.isRetryable(error))
    }))
})
