/**
 * Two copies of the package in one process: the ES module, and the CommonJS module with its own copy of Effect. A program
 * gets both if one of its dependencies is CommonJS.
 */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { require as load } from "tsx/cjs/api"

// Boundary: the module has the type of the file that it is loaded from.
const Other = load("../src/DataRobotError.ts", import.meta.url) as typeof DataRobotError

type Copy = typeof DataRobotError

const errorsOf = ({ DataRobotApiError, DataRobotJobError, DataRobotNetworkError, DataRobotValidationError }: Copy) => {
  const request = { operation: "Job.await", method: "GET", path: "status/s1/", attempts: 1, message: "m" }
  return {
    isApiError: new DataRobotApiError({ ...request, reason: "NotFound", status: 404, retryable: false }),
    isValidationError: new DataRobotValidationError({ ...request, phase: "request", issues: [] }),
    isNetworkError: new DataRobotNetworkError({ ...request, reason: "Connect", outcome: "not-sent", retryable: true }),
    isJobError: new DataRobotJobError({ ...request, reason: "Lost", handle: { kind: "status", id: "s1" } })
  }
}

const guards = ["isApiError", "isValidationError", "isNetworkError", "isJobError"] as const

const classOf = (guard: typeof guards[number], copy: Copy) =>
  ({
    isApiError: copy.DataRobotApiError,
    isValidationError: copy.DataRobotValidationError,
    isNetworkError: copy.DataRobotNetworkError,
    isJobError: copy.DataRobotJobError
  })[guard]

it("The two copies have classes of their own", () => {
  for (const guard of guards) assert.notStrictEqual(classOf(guard, Other), classOf(guard, DataRobotError))
})

const directions = {
  "An error of the CommonJS copy": { from: Other, to: DataRobotError },
  "An error of the ES module": { from: DataRobotError, to: Other }
}

for (const [name, { from, to }] of Object.entries(directions)) {
  const errors = errorsOf(from)

  describe(`${name} is recognized by the other copy`, () => {
    for (const guard of guards) {
      const error = errors[guard]

      it(`by ${guard} and by no other guard`, () => {
        assert.deepStrictEqual(guards.filter((other) => to[other](error)), [guard])
        assert.isTrue(to.isDataRobotError(error))
        assert.deepStrictEqual(guards.filter((other) => error instanceof classOf(other, to)), [guard])
      })

      it.effect(`by ${guard} after JSON`, () =>
        Effect.gen(function*() {
          const stored: unknown = JSON.parse(
            JSON.stringify(yield* Schema.encodeUnknown(from.DataRobotError)(error))
          )
          const decoded = yield* Schema.decodeUnknown(from.DataRobotError)(stored)
          assert.isTrue(to[guard](decoded))
        }))

      it.effect(`by the schema of ${guard}`, () =>
        Effect.gen(function*() {
          assert.isTrue(Schema.is(to.DataRobotError)(error))
          assert.deepStrictEqual<unknown>(
            yield* Schema.encodeUnknown(to.DataRobotError)(error),
            yield* Schema.encodeUnknown(from.DataRobotError)(error)
          )
        }))
    }

    it("by isRetryable", () => {
      assert.deepStrictEqual(guards.filter((guard) => to.isRetryable(errors[guard])), ["isNetworkError"])
    })

    it.effect("by catchReason", () =>
      Effect.gen(function*() {
        const failing: Effect.Effect<number, DataRobotError.DataRobotError> = Effect.fail(errors.isApiError)
        assert.strictEqual(yield* to.catchReason(failing, "NotFound", ({ status }) => Effect.succeed(status)), 404)
      }))
  })

  it(`${name} shows no brand when its properties are listed`, () => {
    for (const guard of guards) {
      const visible: Array<string> = []
      for (let part: object | null = errors[guard]; part !== null; part = Object.getPrototypeOf(part)) {
        const properties = Object.getOwnPropertyDescriptors(part)
        const symbols = Object.getOwnPropertySymbols(properties).filter((key) =>
          Reflect.get(properties, key).enumerable
        )
        visible.push(...symbols.map(String))
      }
      assert.deepStrictEqual(visible.filter((symbol) => symbol.includes("datarobot")), [])
    }
  })
}

describe("A subclass of an error", () => {
  class Own extends DataRobotError.DataRobotApiError {}
  const fields = { ...errorsOf(DataRobotError).isApiError, message: "m" }

  it("passes the guards of both copies", () => {
    const own = new Own(fields)
    for (const copy of [DataRobotError, Other]) {
      assert.deepStrictEqual(guards.filter((guard) => copy[guard](own)), ["isApiError"])
    }
  })

  it("has only its own instances", () => {
    assert.isTrue(new Own(fields) instanceof Own)
    assert.isFalse(errorsOf(DataRobotError).isApiError instanceof Own)
    assert.isFalse(errorsOf(Other).isApiError instanceof Own)
  })
})

describe("A value that is not an error of this package", () => {
  const tag = { _tag: "DataRobotApiError" }
  const throws = () => {
    throw new Error("hostile")
  }
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const values: Readonly<Record<string, unknown>> = {
    "an object with the tag": tag,
    "an Error with the tag": Object.assign(new Error("x"), tag),
    "an object with the tag and no prototype": Object.assign(Object.create(null), tag),
    "a JSON copy of an error": JSON.parse(JSON.stringify(errorsOf(DataRobotError).isApiError)),
    "a proxy whose every trap throws": new Proxy({}, { get: throws, has: throws, getPrototypeOf: throws }),
    "a revoked proxy": revoked.proxy,
    "a proxy that has every key": new Proxy({}, { get: () => "DataRobotApiError", has: () => true }),
    "an object whose tag throws": Object.defineProperty({}, "_tag", { get: throws }),
    "the class itself": DataRobotError.DataRobotApiError,
    "a function": throws,
    "a string": "DataRobotApiError",
    null: null,
    undefined
  }

  for (const [name, value] of Object.entries(values)) {
    it(`is rejected by all guards: ${name}`, () => {
      for (const copy of [DataRobotError, Other]) {
        assert.deepStrictEqual(guards.filter((guard) => copy[guard](value)), [])
        assert.isFalse(copy.isDataRobotError(value))
        assert.isFalse(copy.isRetryable(value))
      }
    })
  }
})
