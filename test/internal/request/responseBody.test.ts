/** How much of an answer is read (S-5). */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobot, DataRobotError, Job, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readBody } from "../../../src/internal/request/responseBody.js"
import { connection, failsWith, id, script } from "../../support.js"

/** An answer whose body comes in these pieces, and how many of them were asked for. */
const answer = (pieces: ReadonlyArray<string>, headers: Readonly<Record<string, string>> = {}) => {
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
  const response = HttpClientResponse.fromWeb(
    HttpClientRequest.get("https://dr.example.com/"),
    new Response(stream, { headers })
  )
  return { response, told }
}

const textOf = Effect.map((bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes)
)

describe("readBody", () => {
  for (const pieces of [["abc"], ["a", "bc"], ["a", "", "b", "c"], ["ä", "ö".repeat(1000)], []]) {
    it.effect(`reads ${pieces.length} pieces`, () =>
      Effect.gen(function*() {
        assert.strictEqual(yield* textOf(readBody(answer(pieces).response, 10_000)), pieces.join(""))
      }))
  }

  it.effect("reads a body that is declared just as long as it may be", () =>
    Effect.gen(function*() {
      const { response } = answer(["abc"], { "content-length": "3" })
      assert.strictEqual(yield* textOf(readBody(response, 3)), "abc")
    }))

  it.effect("reads nothing of an answer that has no body at all, and fails with any other failure", () =>
    Effect.gen(function*() {
      const none = HttpClientResponse.fromWeb(HttpClientRequest.get("https://dr.example.com/"), new Response(null))
      assert.strictEqual(yield* textOf(readBody(none, 3)), "")
      const broken = HttpClientResponse.fromWeb(
        HttpClientRequest.get("https://dr.example.com/"),
        new Response(new ReadableStream({ start: (controller) => controller.error(new Error("broken")) }))
      )
      assert.strictEqual((yield* Effect.flip(readBody(broken, 3))).reason, "Decode")
    }))

  it.effect("does not copy a body that comes in one piece", () =>
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

  it.effect("reads as much as the cap, and not one byte more", () =>
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

  it.effect("stops reading at the cap, and cancels the rest", () =>
    Effect.gen(function*() {
      const { response, told } = answer(Array.from({ length: 100 }, () => "x".repeat(10)))
      assert.strictEqual(yield* readBody(response, 25), undefined)
      assert.isAtMost(told.pieces, 4)
      assert.isTrue(told.cancelled)
    }))

  it.effect("believes a declared length that is too long: waits for none of it, and has the request aborted", () =>
    Effect.gen(function*() {
      let aborted = false
      const client = HttpClient.make((request, _, signal) => {
        signal.addEventListener("abort", () => {
          aborted = true
        })
        // it never comes
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
    it.effect(`does not believe the declared length ${length} of a body that is too long`, () =>
      Effect.gen(function*() {
        const { response } = answer(["x".repeat(20), "x".repeat(20)], { "content-length": length })
        assert.strictEqual(yield* readBody(response, 25), undefined)
      }))
  }
})

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

describe("the caps", () => {
  const read = (operation: "get" | "job", body: string | Uint8Array) => {
    const { layer } = script({ body })
    const run: Operation = operation === "get" ? ModelDeployment.get(id) : Job.await("s1")
    return Effect.provide(run, Layer.merge(layer, connection()))
  }
  const padded = (length: number) => "{\"status\":\"COMPLETED\"}".padEnd(length)

  it.effect("a status has at most 64 KiB", () =>
    Effect.gen(function*() {
      yield* read("job", padded(64 * 1024))
      const error = yield* failsWith(read("job", padded(64 * 1024 + 1)), DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "BodyTooLarge")
    }))

  it.effect("an answer has at most 10 MiB, and is not asked for again", () =>
    Effect.gen(function*() {
      // no UTF-8, so that nobody parses them
      const bytes = (length: number) => new Uint8Array(length).fill(0xff)
      const fits = yield* failsWith(read("get", bytes(10 * 1024 * 1024)), DataRobotError.isValidationError)
      assert.deepStrictEqual(fits.issues, [{ path: "", message: "the body is not valid UTF-8" }])
      const error = yield* failsWith(read("get", bytes(10 * 1024 * 1024 + 1)), DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "BodyTooLarge")
      assert.strictEqual(error.attempts, 1)
      assert.isFalse(DataRobotError.isRetryable(error))
    }))
})
