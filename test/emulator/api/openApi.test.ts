import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { operations } from "../../../src/emulator/api/operations.js"
import { serve } from "../../../src/emulator/node.js"
import { ask, at, eachWay } from "../support.js"

interface Operation {
  readonly id: unknown
  readonly route: string
  readonly json: unknown
}

/** The operations of an OpenAPI document. */
const operationsOf = (document: unknown): ReadonlyArray<Operation> =>
  Object.entries(Object(at(document, "paths"))).flatMap(([path, methods]) =>
    Object.entries(Object(methods)).map(([method, json]) => ({
      id: at(json, "operationId"),
      route: `${method.toUpperCase()} ${path}`,
      json
    }))
  )

const document = Effect.map(ask("GET /__emulator/openapi.json", { headers: { authorization: "" } }), ({ json }) => json)

eachWay((running) => {
  describe("the OpenAPI document", () => {
    it.effect("has every operation that a fault can name, and the control routes", () =>
      Effect.gen(function*() {
        const all = operationsOf(yield* document)
        const ids = all.map(({ id }) => id)
        // The document groups operations by path.
        assert.deepStrictEqual(ids.filter((id) => !String(id).startsWith("control.")).sort(), [...operations].sort())
        assert.include(all.map(({ route }) => route), "POST /__emulator/clock/advance")
        assert.strictEqual(new Set(ids).size, ids.length)
      }).pipe(Effect.provide(running())))

    it.effect("requires the token for DataRobot's routes only", () =>
      Effect.gen(function*() {
        const json = yield* document
        assert.deepStrictEqual(at(json, "components", "securitySchemes"), { token: { type: "http", scheme: "bearer" } })
        for (const { json: operation, route } of operationsOf(json)) {
          const expected = route.includes("/__emulator/") ? [] : [{ token: [] }]
          assert.deepStrictEqual(at(operation, "security"), expected, route)
        }
      }).pipe(Effect.provide(running())))

    it.effect("has a 422 for invalid fields, and a 400 only for unreadable bodies", () =>
      Effect.gen(function*() {
        const json = yield* document
        assert.notInclude(JSON.stringify(at(json, "paths")), "HttpApiDecodeError")
        const statuses = (id: string) =>
          Object.keys(Object(at(operationsOf(json).find((one) => one.id === id)?.json, "responses")))
        assert.deepStrictEqual(statuses("modelDeployments.list"), ["200", "401", "422", "501"])
        assert.deepStrictEqual(statuses("modelDeployments.create"), ["201", "400", "401", "413", "422", "501"])
        assert.deepStrictEqual(statuses("service.ping"), ["200", "401", "422", "501"])
        assert.deepStrictEqual(
          statuses("predictions.predict"),
          ["200", "400", "401", "404", "409", "413", "422", "501"]
        )
      }).pipe(Effect.provide(running())))

    it.effect("has CSV as the request body of uploads to batch predictions, and their statuses", () =>
      Effect.gen(function*() {
        const json = yield* document
        for (const id of ["batchPredictions.upload", "batchPredictions.uploadPart"]) {
          const operation = operationsOf(json).find((one) => one.id === id)?.json
          assert.deepStrictEqual(Object.keys(Object(at(operation, "requestBody", "content"))), ["text/csv"])
          assert.deepStrictEqual(
            Object.keys(Object(at(operation, "responses"))),
            ["202", "401", "404", "406", "409", "422", "501"]
          )
        }
      }).pipe(Effect.provide(running())))

    it.effect("has JSON and CSV as request bodies of predictions", () =>
      Effect.gen(function*() {
        const predict = operationsOf(yield* document).find(({ id }) => id === "predictions.predict")
        assert.deepStrictEqual(
          Object.keys(Object(at(predict?.json, "requestBody", "content"))),
          ["application/json", "text/csv"]
        )
      }).pipe(Effect.provide(running())))

    it.effect("refers only to schemas that it contains", () =>
      Effect.gen(function*() {
        const json = yield* document
        const schemas = Object.keys(Object(at(json, "components", "schemas")))
        const references = [...JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
        assert.isAbove(references.length, 20)
        for (const [, name = ""] of references) assert.include(schemas, decodeURIComponent(name))
      }).pipe(Effect.provide(running())))
  })
})

describe("The emulator's documentation page", () => {
  it.scopedLive("is complete without other resources, and is not served to other web pages", () =>
    Effect.gen(function*() {
      const { url } = yield* serve()
      const docs = new URL("/__emulator/docs", url)
      const [answer, text] = yield* Effect.promise(async () => {
        const response = await fetch(docs)
        return [response, await response.text()] as const
      })
      assert.deepStrictEqual([answer.status, answer.headers.get("content-type")], [200, "text/html"])
      assert.include(text, "modelDeployments.create")
      assert.include(text, "SwaggerUIBundle")
      // It loads nothing from other addresses.
      assert.notMatch(text, /<(?:script|link|img)[^>]+(?:src|href)=/)
      const slashes = yield* Effect.promise(() => fetch(`${docs.origin}//__emulator//docs/?x`))
      assert.deepStrictEqual([slashes.status, slashes.headers.get("content-type")], [200, "text/html"])
      const foreign = yield* Effect.promise(() => fetch(docs, { headers: { origin: "http://example.com" } }))
      assert.strictEqual(foreign.status, 403)
    }))
})
