/** Ids in paths (S-1). */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobot, type DataRobotError, Job, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import { isId, path } from "../../src/internal/path.js"
import { connection, script, wire } from "../support.js"

describe("path", () => {
  it("puts ids into a template", () => {
    assert.deepStrictEqual(path`a/${"x"}/b/${{ id: "y_-9" }}/`, { path: "a/x/b/y_-9/", issues: [] })
  })

  it("without an id is the template", () => {
    assert.deepStrictEqual(path`modelDeployments/`, { path: "modelDeployments/", issues: [] })
  })

  it("does not repeat an id that it refuses", () => {
    assert.deepStrictEqual(path`a/${"../s3cret"}/`, {
      path: "a/{id}/",
      issues: [{ path: "id", message: "must be 1 to 128 letters, digits, \"-\" and \"_\"" }]
    })
  })
})

const id = FastCheck.oneof(
  FastCheck.string({ unit: "binary", maxLength: 140 }),
  FastCheck.string({ unit: "grapheme", maxLength: 20 }),
  FastCheck.stringMatching(/^[A-Za-z0-9_-]{1,128}$/),
  FastCheck.stringMatching(/^[A-Za-z0-9_./%?#-]{1,20}$/),
  FastCheck.webPath(),
  FastCheck.constantFrom("..", ".", "%2e%2e", "%2F", "//", "\\", "a/../b", "", "constructor", "__proto__")
)

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const operations: ReadonlyArray<readonly [collection: string, operation: (ref: string) => Operation]> = [
  ["modelDeployments", (ref) => ModelDeployment.get(ref)],
  ["status", (ref) => Job.await(ref)]
]

describe("any text as id", () => {
  for (const [collection, operation] of operations) {
    it.live.prop(
      `below ${collection}/ is refused and nothing is sent, or the server sees exactly that id`,
      [id],
      ([ref]) =>
        Effect.gen(function*() {
          const { attempts, layer } = script({ body: JSON.stringify(wire({ status: "completed" })) })
          const outcome = yield* Effect.either(operation(ref)).pipe(Effect.provide(Layer.merge(layer, connection())))
          // the URL of an attempt is what is left after the client has resolved it
          const sent = attempts.map(({ url }) => url.href)
          assert.deepStrictEqual(sent, isId(ref) ? [`https://dr.example.com/api/v2/${collection}/${ref}/`] : [])
          assert.strictEqual(Either.isRight(outcome), isId(ref))
        }),
      { fastCheck: { numRuns: 200 } }
    )
  }

  it.prop("is an id when it is 1 to 128 letters, digits, - and _", [id], ([text]) => {
    const fits = text.length >= 1 && text.length <= 128 &&
      [...text].every((char) => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".includes(char))
    assert.strictEqual(isId(text), fits)
  })
})
