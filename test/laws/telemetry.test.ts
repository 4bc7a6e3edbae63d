/** Each operation sends its requests in a span with its name, and writes nothing to the caller's span. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { endpoint, traced } from "../support.js"
import { id, operations } from "./operations.js"
import { run } from "./server.js"

describe("An operation has a span of kind client with its name and its first request", () => {
  for (const { call, name, requests: [first] } of operations) {
    it.effect(`${name} has a span for ${first}, and does not change the span around it`, () =>
      Effect.gen(function*() {
        const { layer, spans } = traced()
        yield* run(Effect.withSpan(call(), "around")).pipe(Effect.provide(layer))
        const [around, ...own] = spans
        assert.isDefined(around)
        assert.deepStrictEqual([...around?.attributes.keys() ?? []], [])
        assert.deepStrictEqual([...new Set(own.map((span) => `${span.kind} ${span.name}`))], [`client ${name}`])
        const [method = "", path = ""] = first.replaceAll(":id", id).split(" ")
        assert.deepInclude(Object.fromEntries(own[0]?.attributes ?? []), {
          "http.request.method": method,
          "url.path": `${new URL(endpoint).pathname}/${path}`,
          "server.address": new URL(endpoint).hostname,
          "server.port": 443,
          "url.full": `${endpoint}/${path}`
        })
        const template = String(own[0]?.attributes.get("url.template")).replaceAll(/\{\w+\}/g, ":id")
        assert.strictEqual(template, `${new URL(endpoint).pathname}/${first.split(" ")[1]}`)
        assert.isFalse(own.some(({ attributes }) => attributes.has("http.request.resend_count")))
      }))
  }
})
