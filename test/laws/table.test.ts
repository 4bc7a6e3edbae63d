/** The table of operations is complete, and its requests are those that the operations send. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { allRoutes, lineOf, operations } from "./operations.js"
import { linesOf, run } from "./server.js"

describe("An operation of the table sends its requests, in order, to a server that responds as the routes declare", () => {
  for (const { call, name, requests } of operations) {
    it.effect(`${name} sends ${requests.join(", ")}`, () =>
      Effect.gen(function*() {
        const { end, received } = yield* run(call())
        assert.isTrue(Either.isRight(end), String(end))
        assert.deepStrictEqual(linesOf(received), requests)
      }))
  }
})

describe("The table of operations", () => {
  it("uses every route of the SDK's groups", () => {
    const used = new Set(operations.flatMap(({ requests }) => requests))
    const unused = allRoutes.filter((route) => !/^(?:service|predictions)\./.test(route.id) && !used.has(lineOf(route)))
    assert.deepStrictEqual(unused.map(({ id }) => id), [])
  })
})
