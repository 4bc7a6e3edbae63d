/** A response that breaks the contract is a validation error that names the place, and never a defect. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { endOf } from "../support.js"
import { type Operation, operations, routeOf } from "./operations.js"
import { run, sampleOf, success } from "./server.js"
import { changed, type Keys, pathOf, placesOf, wrongFor } from "./values.js"

const malformed: Readonly<Record<string, string>> = {
  "no body": "",
  "a web page": "<!doctype html><title>Sign in</title>",
  "half of a JSON": "{\"id\": \"60a0",
  "null": "null",
  "a list": "[]",
  "a text": "\"id\"",
  "a number": "7"
}

/** Runs an operation whose request at a position has this body as its response, with the status of a success. */
const reading = ({ call, requests }: Operation, position: number, body: string) => {
  const line = requests[position] ?? ""
  const { headers = {}, status = 200 } = success(line, {})
  return Effect.map(
    run(
      call({ wait: { timeout: "1 second" } }),
      (_, index) => index === position ? { status, headers, body } : undefined
    ),
    ({ end }) => end
  )
}

/** The paths of the issues of a response that breaks the contract; how the call ended, if it ended in another way. */
const pathsOf = (end: Either.Either<unknown, DataRobotError.DataRobotError>): ReadonlyArray<string> | string =>
  Either.isLeft(end) && DataRobotError.isValidationError(end.left) && end.left.phase === "response"
    ? end.left.issues.map(({ path }) => path)
    : endOf(end)

/** The paths of the issues that the schema of a response has with a body; `"ok"` if it has none. */
const isAccepted = <A, I>(schema: Schema.Schema<A, I>, body: unknown) =>
  Either.isRight(Schema.decodeUnknownEither(schema)(body))

/** Each request of an operation whose response the operation reads, and whether it may ignore the body. */
const reads = (operation: Operation) =>
  operation.requests.flatMap((line, position) => {
    const { repeat, success } = routeOf(line)
    return success === undefined ? [] : [{ line, position, success, isStrict: repeat === "safe" }]
  })

describe("A response that is not the JSON of its route is a validation error", () => {
  for (const operation of operations) {
    for (const { isStrict, line, position, success: schema } of reads(operation)) {
      it.effect(`${operation.name} ${isStrict ? "rejects" : "never dies of"} a malformed response to ${line}`, () =>
        Effect.gen(function*() {
          for (const [what, body] of Object.entries(malformed)) {
            const end = endOf(yield* reading(operation, position, body))
            // What a change returns is read only if the operation needs it.
            const isJson = what !== "a web page" && what !== "half of a JSON"
            const expected = ["DataRobotValidationError response", ...!isStrict && isJson ? ["ok"] : []]
            assert.include(expected, end, what)
          }
        }))

      if (!isStrict) continue
      it.effect(`${operation.name} names each required key that is missing in the response to ${line}`, () =>
        Effect.gen(function*() {
          const required = placesOf(Schema.encodedSchema(schema).ast).filter(({ isRequired }) => isRequired)
          for (const { keys } of required) {
            const body = changed(sampleOf(routeOf(line)), keys, undefined)
            const found = pathsOf(yield* reading(operation, position, JSON.stringify(body)))
            assert.deepStrictEqual(found, [pathOf(keys)])
          }
        }))
    }
  }
})

/** For each route whose response is read: the first operation that reads it. */
const readers = new Map(
  operations.flatMap((operation) =>
    reads(operation).filter(({ isStrict }) => isStrict).map((read) => [read.line, { ...read, operation }] as const)
  ).reverse()
)

describe("A value of a wrong type in a response is a validation error that names its place", () => {
  for (const { line, operation, position, success: schema } of readers.values()) {
    const sample = sampleOf(routeOf(line))
    const places = placesOf(Schema.encodedSchema(schema).ast)

    /** The call fails with the place if the schema rejects the body, and succeeds otherwise. */
    const check = (keys: Keys, value: unknown) =>
      Effect.gen(function*() {
        const body = changed(sample, keys, value)
        const found = pathsOf(yield* reading(operation, position, JSON.stringify(body)))
        assert.deepStrictEqual(found, isAccepted(schema, body) ? "ok" : [pathOf(keys)], JSON.stringify([keys, value]))
        return found
      })

    it.effect(`${line} is checked in each of its ${places.length} places by ${operation.name}`, () =>
      Effect.gen(function*() {
        let rejected = 0
        for (const { ast, keys } of places) {
          const wrong = wrongFor(ast)
          if (wrong !== undefined && (yield* check(keys, wrong)) !== "ok") rejected++
          yield* check(keys, null)
        }
        if (places.length > 0) assert.isAbove(rejected, 0)
      }))

    it.effect(`${line} may have unknown keys everywhere, which ${operation.name} ignores`, () =>
      Effect.gen(function*() {
        const records = [[], ...places.map(({ keys }) => keys)].filter((keys) => {
          const value = keys.reduce<unknown>((outer, key) => Object(outer)[key], sample)
          return typeof value === "object" && value !== null && !Array.isArray(value)
        })
        const body = records.reduce((whole, keys) => changed(whole, [...keys, "newIn2030"], { odd: [1] }), sample)
        assert.strictEqual(endOf(yield* reading(operation, position, JSON.stringify(body))), "ok")
      }))
  }
})
