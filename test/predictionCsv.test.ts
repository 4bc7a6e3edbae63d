/** `Prediction.predictCsv`: which CSV is sent, and which response is CSV. */
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Prediction } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { gzipSync } from "node:zlib"
import { connection, endOf, id, untyped } from "./support.js"

const deployment = { id, predictionEnvironment: { platform: "datarobotServerless" } }

/** Predicts CSV. Returns the bodies that the server received, and the predictions or the error. */
const predict = (csv: string | Stream.Stream<Uint8Array>, response: () => Response) =>
  Effect.gen(function*() {
    const received: Array<string> = []
    const fetch = (async (_: unknown, init: RequestInit = {}) => {
      received.push(await new Response(init.body as BodyInit).text())
      return response()
    }) as typeof globalThis.fetch
    const layer = Layer.merge(
      connection({ retry: false }),
      Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
    )
    const end = yield* Prediction.predictCsv(deployment, csv).pipe(
      Stream.decodeText(),
      Stream.mkString,
      Effect.either,
      Effect.provide(layer)
    )
    return { received, end }
  })

const csvOf = (body: string | Uint8Array | null, type?: string, status = 200) => () => {
  const response = new Response(body as BodyInit | null, { status })
  response.headers.delete("content-type")
  if (type !== undefined) response.headers.set("content-type", type)
  return response
}

const validationError = (end: Either.Either<unknown, DataRobotError.DataRobotError>) => {
  const error = Either.isLeft(end) ? end.left : undefined
  if (!DataRobotError.isValidationError(error)) throw new Error(endOf(end))
  return error
}

const predictions = "p\n1\n"

describe("A response to Prediction.predictCsv is CSV", () => {
  const accepted: ReadonlyArray<readonly [what: string, response: () => Response, text?: string]> = [
    ["of the type text/csv", csvOf(predictions, "text/csv; charset=utf-8")],
    ["without a type", csvOf(predictions)],
    [
      "whose first column begins with <, if its type is text/csv",
      csvOf("<50_PREDICTION\n1\n", "text/csv"),
      "<50_PREDICTION\n1\n"
    ]
  ]
  for (const [what, response, text = predictions] of accepted) {
    it.effect(what, () =>
      Effect.gen(function*() {
        const { end } = yield* predict("a\n1\n", response)
        assert.deepStrictEqual(end, Either.right(text))
      }))
  }

  const rejected: ReadonlyArray<readonly [what: string, response: () => Response, message: RegExp]> = [
    ["of the type text/html", csvOf("<html>", "text/html"), /content-type must be text\/csv, but is text\/html/],
    ["that is a web page without a type", csvOf("\n <!doctype html>"), /the body is a web page, not CSV/],
    ["that is a web page of the type text/plain", csvOf("<html>", "text/plain"), /the body is a web page, not CSV/],
    ["with status 204", csvOf(null, undefined, 204), /the body is empty/],
    ["that is empty", csvOf("", "text/csv"), /the body is empty/],
    ["that is compressed", csvOf(gzipSync(predictions), "text/csv"), /the body is compressed/]
  ]
  for (const [what, response, message] of rejected) {
    it.effect(`and not one ${what}`, () =>
      Effect.gen(function*() {
        for (const csv of ["a\n1\n", Stream.make(new TextEncoder().encode("a\n1\n"))]) {
          const error = validationError((yield* predict(csv, response)).end)
          assert.strictEqual(error.phase, "response")
          assert.match(error.message, message)
        }
      }))
  }
})

describe("Prediction.predictCsv sends bytes", () => {
  const chunks: ReadonlyArray<readonly [what: string, chunks: ReadonlyArray<unknown>]> = [
    ["a string", ["a\n1\n"]],
    ["a number", [new Uint8Array([97, 10]), 5]],
    ["an object", [{}]],
    ["undefined", [new Uint8Array([97, 10]), undefined]]
  ]
  for (const [what, given] of chunks) {
    it.effect(`and rejects a stream with ${what}`, () =>
      Effect.gen(function*() {
        for (const stream of [Stream.fromIterable(given), Stream.rechunk(Stream.fromIterable(given), 1)]) {
          const { end, received } = yield* predict(untyped(stream), csvOf(predictions, "text/csv"))
          const error = validationError(end)
          assert.deepStrictEqual(error.issues.map(({ path }) => path), ["csv"])
          assert.match(error.message, /must be a stream of Uint8Arrays/)
          assert.deepStrictEqual(received, [])
        }
      }))
  }
})
