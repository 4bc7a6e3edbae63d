/** Generated JSON, including keys that name prototypes, is read without changing any prototype (S-6). */
import { assert, describe, it } from "@effect/vitest"
import { DeploymentModel, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import { parseJson } from "../../../src/internal/reading/json.js"
import { runs } from "../../effort.js"
import { connection, id, script } from "../../support.js"
import { tree, wrapped } from "./jsonTexts.js"

/** A value without its `__proto__` keys, which JSON.parse treats like any other key. */
const withoutProto = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutProto)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== "__proto__").map(([name, inner]) => [name, withoutProto(inner)])
  )
}

const assertUnchanged = (value: unknown): void => {
  if (typeof value !== "object" || value === null) return
  assert.strictEqual(Object.getPrototypeOf(value), Array.isArray(value) ? Array.prototype : Object.prototype)
  assert.isFalse(Object.hasOwn(value, "__proto__"))
  for (const inner of Object.values(value)) assertUnchanged(inner)
}

const nothingPolluted = () => {
  assert.isUndefined(Reflect.get({}, "polluted"))
  assert.deepStrictEqual(Object.keys(Object.prototype), [])
}

const options = { fastCheck: { numRuns: runs(50, 200) } }

describe("Any JSON", () => {
  it.prop("is parsed as by JSON.parse, but without __proto__ keys and only up to 64 levels", [
    FastCheck.oneof(tree, wrapped)
  ], ([{ depth, text }]) => {
    const parsed = parseJson(new TextEncoder().encode(text))
    if (depth > 64) assert.deepStrictEqual(parsed, { ok: false, problem: "is nested deeper than 64 levels" })
    else {
      assert.deepStrictEqual(parsed, { ok: true, value: withoutProto(JSON.parse(text)) })
      assertUnchanged(parsed.ok ? parsed.value : undefined)
    }
    nothingPolluted()
  }, options)

  it.effect.prop(
    "in an error response changes no prototype in the error, its body or its errors",
    [tree, tree],
    ([one, other]) =>
      Effect.gen(function*() {
        const body = `{"message":"no","__proto__":${one.text},"errors":{"__proto__":${other.text},"a":${one.text}}}`
        const { layer } = script({ status: 422, body })
        const error = yield* Effect.flip(ModelDeployment.get(id)).pipe(
          Effect.provide(Layer.merge(layer, connection()))
        )
        assert.isTrue(error._tag === "DataRobotApiError")
        assert.deepStrictEqual("body" in error && error.body, withoutProto(JSON.parse(body)))
        assertUnchanged("body" in error && error.body)
        assertUnchanged("errors" in error && error.errors)
        nothingPolluted()
      }),
    options
  )

  it.effect.prop(
    "in a response changes no prototype in a record with server-defined keys",
    [FastCheck.dictionary(FastCheck.constantFrom("__proto__", "constructor", "permission"), FastCheck.boolean()), tree],
    ([names, { text }]) =>
      Effect.gen(function*() {
        const check = `{"status":"failing","message":"no","polluted":1,"__proto__":${text}}`
        const checks = Object.keys(names).map((name) => `"${name}":${check}`)
        const { layer } = script({
          body: `{"status":"failing","checks":{"__proto__":${check},${[...checks, `"a":${check}`].join()}}}`
        })
        const found = yield* DeploymentModel.validateReplacementModel(id, { modelPackageId: "p2" }).pipe(
          Effect.provide(Layer.merge(layer, connection()))
        )
        assertUnchanged(found)
        assert.includeMembers(Object.keys(found.checks ?? {}), ["a"])
        nothingPolluted()
      }),
    options
  )
})
