/** Operations that read something with one request. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { operation } from "../../../src/internal/request/operation.js"
import { ask, read, readOption } from "../../../src/internal/request/read.js"
import { hourly } from "../../../src/wire/fields.js"
import { route } from "../../../src/wire/route.js"
import { failsWith, perform, type Step, untyped } from "../../support.js"
import { getThing, Thing } from "./things.js"

const getSettings = route({
  id: "things.settings",
  summary: "The settings of a thing",
  method: "GET",
  path: "things/:id/settings/",
  query: Schema.Struct({ startTime: Schema.optional(hourly).pipe(Schema.fromKey("start")) }),
  success: Thing,
  repeat: "safe"
})
const validate = route({
  id: "things.validate",
  summary: "Whether a thing is valid",
  method: "POST",
  path: "things/:id/validation/",
  body: Schema.Struct({ theirs: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("wire")) }),
  success: Thing,
  repeat: "safe"
})

const op = operation("Thing.look", { timeout: "1 minutes" })
const ids = { id: "t1" }
const thing = { id: "t1", label: "x" }
const item: Step = { body: JSON.stringify(thing) }

describe("read", () => {
  it.effect("read returns the result of the route, and is retried", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* perform(read(op, getThing, ids), 500, item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["GET things/t1/", "GET things/t1/"])
    }))

  it.effect("read encodes the query with the route's codec", () =>
    Effect.gen(function*() {
      for (
        const [query, search] of [
          [undefined, ""],
          [{}, ""],
          [{ startTime: undefined }, ""],
          [{ startTime: new Date(0) }, "?start=1970-01-01T00%3A00%3A00.000Z"]
        ] as const
      ) {
        const { lines } = yield* perform(read(op, getSettings, ids, query), item)
        assert.deepStrictEqual(lines, [`GET things/t1/settings/${search}`])
      }
    }))

  it.effect("read sends nothing if the id or the query is invalid", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* perform(
        read(op, getSettings, { id: ".." }, { startTime: "soon" }),
        item
      )
      const error = yield* failsWith(outcome, DataRobotError.isValidationError)
      assert.deepInclude(error, { operation: "Thing.look", method: "GET", path: "things/{id}/settings/" })
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["id", "startTime"])
      assert.deepStrictEqual(lines, [])
    }))

  it.effect("read applies the options of the operation", () =>
    Effect.gen(function*() {
      const { attempts } = yield* perform(read(operation("Thing.look", { retry: false }), getThing, ids), 500)
      assert.strictEqual(attempts.length, 1)
    }))

  it.effect("read fails if the response does not match the route's success schema", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(read(op, getThing, ids), { body: "{\"id\":1}" })
      const error = yield* failsWith(outcome, DataRobotError.isValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path).sort(), ["id", "label"])
      assert.strictEqual(error.phase, "response")
    }))
})

describe("readOption", () => {
  it.effect("readOption returns the result of the route, or none on a 404", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* (yield* perform(readOption(op, getThing, ids), item)).outcome, Option.some(thing))
      assert.deepStrictEqual(yield* (yield* perform(readOption(op, getThing, ids), 404)).outcome, Option.none())
    }))

  it.effect("readOption fails with every other error", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(readOption(op, getThing, ids), 403)
      assert.strictEqual((yield* failsWith(outcome, DataRobotError.isApiError)).reason, "Forbidden")
    }))
})

describe("ask", () => {
  it.effect("ask encodes the body with the route's codec, is retried, and returns the result of the route", () =>
    Effect.gen(function*() {
      const { attempts, lines, outcome } = yield* perform(ask(op, validate, ids, { theirs: "x" }), 500, item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/t1/validation/", "POST things/t1/validation/"])
      const body = attempts[0]?.request.body
      assert.strictEqual(
        body?._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : body?._tag,
        "{\"wire\":\"x\"}"
      )
    }))

  it.effect("ask sends nothing if the body is invalid", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* perform(ask(op, validate, ids, untyped({ theirs: 1 })), item)
      const error = yield* failsWith(outcome, DataRobotError.isValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["theirs"])
      assert.deepStrictEqual(lines, [])
    }))
})
