/** The table of operations is complete, and the operations send the requests in it. */
import { assert, describe, it } from "@effect/vitest"
import * as Sdk from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { allOperations, allRoutes, lineOf } from "./operations.js"
import { run, sentBy } from "./server.js"
import { effectful, functions } from "./sources.js"

describe("An operation of the table sends its requests, in order, to a server that responds as the routes declare", () => {
  for (const operation of allOperations) {
    const { call, name, requests } = operation
    it.effect(`${name} sends ${requests.join(", ") || "nothing"}`, () =>
      Effect.gen(function*() {
        const { end, received } = yield* run(call())
        assert.isTrue(Either.isRight(end), String(end))
        assert.deepStrictEqual(sentBy(operation, received), requests)
      }))
  }
})

describe("The table of operations", () => {
  it("has every exported function that returns an Effect, a Stream or a Sink, and nothing else", () => {
    assert.deepStrictEqual(effectful.map(({ name }) => name).sort(), allOperations.map(({ name }) => name).sort())
  })

  it("is complete, because every exported function declares its return type", () => {
    const declared = new Map(functions.map(({ name, returns }) => [name, returns]))
    const exported = Object.entries(Sdk).flatMap(([namespace, members]) =>
      Object.prototype.toString.call(members) === "[object Module]"
        ? Object.entries(members).flatMap(([name, member]) =>
          typeof member === "function" && /^[a-z]/.test(name) ? [`${namespace}.${name}`] : []
        )
        : []
    )
    assert.isAbove(exported.length, allOperations.length)
    assert.deepStrictEqual(
      exported.filter((name) => declared.get(name) === undefined),
      // A combinator, which has the type of a value.
      ["DataRobotError.catchReason"]
    )
  })

  it("uses every route of the SDK's groups, except for predictions without a deployment", () => {
    const used = new Set(allOperations.flatMap(({ alsoMentions = [], mentions = [], requests }) => [
      ...mentions,
      ...requests,
      ...alsoMentions
    ]))
    const unused = allRoutes.filter((route) => !route.id.startsWith("service.") && !used.has(lineOf(route)))
    assert.deepStrictEqual(unused.map(({ id }) => id), ["predictions.predictWithModel"])
  })
})
