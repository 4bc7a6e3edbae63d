/** An invalid response is a validation error with the path of the problem, and never a defect. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { issuesOf } from "../deployments.js"
import { endOf } from "../support.js"
import { type Operation, operations, routeOf } from "./operations.js"
import { run, sampleOf, success } from "./server.js"
import { changed, pathOf, placesOf, wrongFor } from "./values.js"

const malformed: Readonly<Record<string, string>> = {
  "no body": "",
  "a web page": "<!doctype html><title>Sign in</title>",
  "half of a JSON": "{\"id\": \"60a0",
  "null": "null",
  "a list": "[]",
  "a number": "7"
}

/** Runs an operation. The request at a position gets a success status with this body. */
const reading = ({ call, requests }: Operation, position: number, body: string) => {
  const line = requests[position] ?? ""
  const { headers = {}, status = 200 } = success(line, {}, requests[0])
  return Effect.map(
    run(
      call({ wait: { timeout: "1 second" } }),
      (sent) => sent === line ? { status, headers, body } : undefined
    ),
    ({ end }) => end
  )
}

/** Returns the paths of the issues of an invalid response, or how the call ended otherwise. */
const pathsOf = (end: Either.Either<unknown, DataRobotError.DataRobotError>): ReadonlyArray<string> | string =>
  Either.isLeft(end) && DataRobotError.isValidationError(end.left) && end.left.phase === "response"
    ? end.left.issues.map(({ path }) => path)
    : endOf(end)

/** Whether the schema of a response accepts a body. */
const isAccepted = <A, I>(schema: Schema.Schema<A, I>, body: unknown) =>
  Either.isRight(Schema.decodeUnknownEither(schema)(body))

/** Routes that return what they are called for, so that their body must be valid. */
const asked: ReadonlySet<string> = new Set(["safe", "unless-told"])

/** The requests of an operation whose responses it reads, and whether it may ignore the body. */
const reads = ({ requests, returns }: Operation) =>
  requests.flatMap((line, position) => {
    const { repeat, success } = routeOf(line)
    return success === undefined || returns !== undefined
      ? []
      : [{ line, position, success, isStrict: asked.has(repeat) }]
  })

describe("A response that is not the JSON of its route is a validation error", () => {
  for (const operation of operations) {
    for (const { isStrict, line, position, success: schema } of reads(operation)) {
      it.effect(`${operation.name} ${isStrict ? "rejects" : "never dies of"} a malformed response to ${line}`, () =>
        Effect.gen(function*() {
          for (const [what, body] of Object.entries(malformed)) {
            const result = yield* reading(operation, position, body)
            const end = endOf(result)
            // The response to a change is read only if the operation needs it.
            const isJson = what !== "a web page" && what !== "half of a JSON"
            const expected = ["DataRobotValidationError response", ...!isStrict && isJson ? ["ok"] : []]
            assert.include(expected, end, what)
            if (!isStrict || body !== "") continue
            const error = Either.isLeft(result) ? result.left : undefined
            assert.deepStrictEqual(DataRobotError.isValidationError(error) && issuesOf(error), ["the body is empty"])
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

/** The first operation that reads the response of each route. */
const readers = new Map(
  operations.flatMap((operation) =>
    reads(operation).filter(({ isStrict }) => isStrict).map((read) => [read.line, { ...read, operation }] as const)
  ).reverse()
)

describe("A value of a wrong type in a response is a validation error that names its place", () => {
  for (const { line, operation, position, success: schema } of readers.values()) {
    const sample = sampleOf(routeOf(line))
    const places = placesOf(Schema.encodedSchema(schema).ast)

    const reads = (body: unknown) => Effect.map(reading(operation, position, JSON.stringify(body)), pathsOf)

    /** Returns all places of the same depth, so that none of them is inside another. */
    const depths = [...new Set(places.map(({ keys }) => keys.length))].map((depth) =>
      places.filter(({ keys }) => keys.length === depth)
    )

    it.effect(`${line} is checked in each of its ${places.length} places by ${operation.name}`, () =>
      Effect.gen(function*() {
        let rejections = 0
        for (const [what, valueFor] of [["wrong", wrongFor], ["null", () => null]] as const) {
          for (const depth of depths) {
            const values = depth.map(({ ast, keys }) => ({ keys, value: valueFor(ast) })).filter(({ value }) =>
              value !== undefined
            )
            const [rejected, accepted] = Arr.partition(
              values,
              ({ keys, value }) => isAccepted(schema, changed(sample, keys, value))
            )
            const withAll = (some: typeof values) =>
              some.reduce<unknown>((whole, { keys, value }) => changed(whole, keys, value), sample)
            // Several places at a time, but not more than the maximum number of issues of an error.
            for (const some of Arr.chunksOf(rejected, 8)) {
              const found = yield* reads(withAll(some))
              assert.deepStrictEqual([...found].sort(), some.map(({ keys }) => pathOf(keys)).sort(), what)
              rejections += some.length
            }
            if (accepted.length > 0) assert.strictEqual(yield* reads(withAll(accepted)), "ok", what)
          }
        }
        if (places.length > 0) assert.isAbove(rejections, 0)
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
