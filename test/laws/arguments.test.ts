/** Invalid arguments are rejected before anything is sent, and the issues use the caller's names. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import type { JobUpdateOptions } from "effect-datarobot/Deployment"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { badId, issuesOf } from "../deployments.js"
import { untyped } from "../support.js"
import { allOperations, type AnyOperation, id, operations, routeOf } from "./operations.js"
import { run } from "./server.js"
import { all, changed, type Keys, pathOf, placesOf, valueOf, wrongFor } from "./values.js"

/** The error of a call that must be rejected before anything is sent. */
const rejected = (
  { call, name }: AnyOperation,
  given: { readonly id?: unknown; readonly input?: unknown },
  options?: JobUpdateOptions
) =>
  Effect.map(run(call(options, given)), ({ end, received }) => {
    assert.deepStrictEqual(received, [], "nothing is sent")
    const error = Either.isLeft(end) ? end.left : undefined
    if (!DataRobotError.isValidationError(error)) throw new Error(`ended with ${String(error ?? "a success")}`)
    assert.deepInclude(error, { operation: name, phase: "request", attempts: 0 })
    return error
  })

const badIds: ReadonlyArray<unknown> = [
  "",
  ".",
  "..",
  "a/b",
  "a b",
  "%2e%2e",
  "a%2Fb",
  "a?b",
  "a#b",
  "ä",
  "a\n",
  "x".repeat(129)
]
const noIds: ReadonlyArray<unknown> = [null, undefined, 1, {}, { id: 1 }, { id: ".." }, [id]]

describe("An invalid id is rejected before anything is sent (S-1)", () => {
  const withId = allOperations.filter((
    { hasIdInBody, mentions: [mentioned = ""] = [], requests: [first = mentioned] }
  ) => hasIdInBody || first.includes(":id"))
  for (const operation of withId) {
    it.effect(`${operation.name} rejects ids that are not one segment of a path`, () =>
      Effect.gen(function*() {
        for (const bad of [...badIds, ...noIds]) {
          assert.deepStrictEqual(issuesOf(yield* rejected(operation, { id: bad })), [badId], String(bad))
        }
      }))
  }
})

describe("An invalid option of a call is rejected before anything is sent", () => {
  const options: Readonly<Record<string, JobUpdateOptions>> = {
    timeout: { timeout: 0 },
    attemptTimeout: { attemptTimeout: Infinity },
    "retry.maxAttempts": { retry: { maxAttempts: 0 } },
    "retry.baseDelay": { retry: { baseDelay: -1 } },
    "headers.authorization": { headers: { Authorization: "Bearer x" } },
    "headers.proxy-authorization": { headers: { "Proxy-Authorization": "Basic x" } }
  }
  for (const operation of operations) {
    it.effect(`${operation.name} rejects invalid ${Object.keys(options).join(", ")}`, () =>
      Effect.gen(function*() {
        for (const [path, invalid] of Object.entries(options)) {
          const { issues } = yield* rejected(operation, {}, invalid)
          assert.deepStrictEqual(issues.map((issue) => issue.path), [path])
        }
      }))
  }
})

/** All keys that listings accept in addition to those of their routes. */
const additions = [...new Set(operations.flatMap(({ adds = [] }) => adds))]

describe("An invalid input is rejected before anything is sent, with an issue at the caller's name", () => {
  for (const operation of operations.filter(({ input }) => input !== undefined)) {
    const { adds = [], input, isPart, name, names = {}, requests: [first], sets = [] } = operation
    const { body, query } = routeOf(first)
    const codec = operation.codec ?? query ?? body
    if (codec === undefined) throw new Error(`${first} has neither a query nor a body`)
    const type = AST.typeAST(codec.ast)
    const places = placesOf(type).filter(({ keys: [key = "", ...inner] }) =>
      inner.length > 0 || !sets.includes(String(key))
    )
    const full: unknown = { ...Object(valueOf(type, all)), ...operation.fits }

    /** The path of a place with the caller's names. */
    const callersName = ([key = "", ...inner]: Keys) => pathOf([names[key] ?? key, ...inner])

    /** Whether the issues are at a place, or at a value around it that has one message as a whole. */
    const assertAt = (error: DataRobotError.DataRobotValidationError, keys: Keys) => {
      const around = keys.map((_, index) => callersName(keys.slice(0, index + 1)))
      assert.isNotEmpty(error.issues)
      for (const { path } of error.issues) assert.include(around, path)
    }

    it.effect(`${name} rejects a value of a wrong type in each of its ${places.length} places`, () =>
      Effect.gen(function*() {
        for (const { ast, keys } of places) {
          const wrong = wrongFor(ast)
          if (wrong === undefined) continue
          assertAt(yield* rejected(operation, { input: changed(full, keys, wrong) }), keys)
        }
      }))

    it.effect(`${name} rejects an unknown key in each record`, () =>
      Effect.gen(function*() {
        const records = [[], ...places.map(({ keys }) => keys)].filter((keys) => {
          const value = keys.reduce<unknown>((outer, key) => Object(outer)[key], full)
          return typeof value === "object" && value !== null && !Array.isArray(value) &&
            !(isPart && keys.length === 0) && !isOpen(places, keys)
        })
        for (const keys of records) {
          const odd = [...keys, "odd"]
          assertAt(yield* rejected(operation, { input: changed(full, odd, 1) }), odd)
        }
      }))

    if (isPart) continue
    const required = places.filter(({ isRequired, keys }) => isRequired && keys.length === 1)
    if (required.length > 0) {
      it.effect(`${name} rejects an input without ${required.map(({ keys }) => keys[0]).join(", ")}`, () =>
        Effect.gen(function*() {
          for (const { keys } of required) {
            assert.deepStrictEqual(issuesOf(yield* rejected(operation, { input: changed(full, keys, undefined) })), [
              `${pathOf(keys)} is missing`
            ])
          }
        }))
    }

    it.effect(`${name} rejects the API's own names, and the keys of other listings`, () =>
      Effect.gen(function*() {
        const own = new Set(places.flatMap(({ keys }) => keys.slice(0, 1)))
        const wire = placesOf(Schema.encodedSchema(codec).ast).flatMap(({ keys: [key = ""] }) =>
          own.has(key) ? [] : [key]
        )
        for (const key of [...wire, ...additions.filter((key) => !adds.includes(key))]) {
          const [issue, ...more] = issuesOf(yield* rejected(operation, { input: changed(input, [key], 1) }))
          assert.strictEqual(issue?.split(":")[0], `${key} is not known here`)
          assert.deepStrictEqual(more, [])
        }
      }))

    if (adds.length > 0) {
      it.effect(`${name} rejects values of a wrong type for ${adds.join(", ")}`, () =>
        Effect.gen(function*() {
          for (const key of adds) {
            for (const wrong of [-1, 1.5, "1", null]) {
              const { issues } = yield* rejected(operation, { input: changed(input, [key], untyped(wrong)) })
              assert.deepStrictEqual(issues.map(({ path }) => path), [key])
            }
          }
        }))
    }
  }
})

/** Whether a record takes any key. */
const isOpen = (places: ReturnType<typeof placesOf>, keys: Keys) => {
  const place = places.find((one) => pathOf(one.keys) === pathOf(keys))
  return place !== undefined && placesOf(place.ast).length === 0
}
