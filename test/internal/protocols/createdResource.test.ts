/** The resource that a request created, as determined from its response. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import {
  jobOf,
  readCreated,
  readCreatedOrBody,
  type Reading,
  readMade
} from "../../../src/internal/protocols/createdResource.js"
import { path } from "../../../src/internal/request/path.js"
import { type Answer, type Requirements, send } from "../../../src/internal/request/send.js"
import { connection, endpoint, failsWith, script, type Step, timeLapse } from "../../support.js"

const { isApiError, isValidationError } = DataRobotError

const Thing = Schema.Struct({ id: Schema.String, label: Schema.String })
const reading: Reading<typeof Thing.Type, typeof Thing.Encoded> = {
  operation: "Thing.create",
  collection: { name: "things", item: Thing },
  made: "created",
  options: undefined
}
const create = {
  operation: "Thing.create",
  method: "POST",
  path: path`things/`,
  idempotent: false,
  accept: [202]
} as const

/** The result for the response of a create, given the following responses, and the requests that were sent. */
const after = <A>(
  read: (answer: Answer) => Effect.Effect<A, DataRobotError.DataRobotError, Requirements>,
  ...steps: ReadonlyArray<Step>
) =>
  Effect.gen(function*() {
    const { attempts, layer } = script(...steps)
    const outcome = yield* timeLapse(Effect.either(Effect.flatMap(send(create), read))).pipe(
      // A token that could be an id.
      Effect.provide(Layer.merge(layer, connection({ token: "an-id-like-token" })))
    )
    const lines = attempts.map(({ request, url }) => `${request.method} ${url.href.slice(endpoint.length + 1)}`)
    return { lines, outcome }
  })

const at = (to: string, status = 201, body: unknown = undefined): Step => ({
  status,
  headers: { location: `${endpoint}/${to}` },
  body: body === undefined ? "" : JSON.stringify(body)
})
const thing = { id: "t1", label: "x" }
const item: Step = { body: JSON.stringify(thing) }

describe("jobOf", () => {
  const job = (step: Step, id?: string) =>
    Effect.flatMap(after((answer) => jobOf(answer, "things", id), step), ({ outcome }) => outcome)
  const refused = (step: Step, id?: string) =>
    Effect.map(failsWith(job(step, id), isValidationError), ({ issues }) => issues)
  const resource = { collection: "things", id: "t1" }

  it.effect("returns the job in Location with the known resource", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* job(at("status/s1/", 202)), { kind: "status", id: "s1" })
      assert.deepStrictEqual(yield* job(at("status/s1/", 202, thing)), { kind: "status", id: "s1", resource })
      assert.deepStrictEqual(yield* job(at("status/s1/", 202), "t1"), { kind: "status", id: "s1", resource })
    }))

  it.effect("returns a handle of kind done if the response points to the resource, or contains its id", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* job(at("things/t1/")), { kind: "done", id: "t1", resource })
      assert.deepStrictEqual(yield* job(at("things/t1/"), "t1"), { kind: "done", id: "t1", resource })
      assert.deepStrictEqual(yield* job({ status: 202, body: JSON.stringify(thing) }), {
        kind: "done",
        id: "t1",
        resource
      })
      assert.deepStrictEqual(yield* job({ status: 204 }, "t1"), { kind: "done", id: "t1", resource })
    }))

  for (
    const [name, step, id, message] of [
      ["has neither Location nor id", { status: 201, body: "" }, undefined, "is missing, and no id is in the body"],
      ["is a 202 without Location for a change", { status: 202, body: "" }, "t1", "is missing"],
      ["points to another resource", at("things/t2/"), "t1", "must lead to a job, or to what was changed"],
      ["points to another collection", at("others/t1/"), "t1", "must lead to a job, or to what was changed"],
      ["points to the token (S-4)", at("status/an-id-like-token/", 202), undefined, "must hold no part of the token"],
      [
        "has the token as id (S-4)",
        at("status/s1/", 202, { id: "an-id-like-token" }),
        undefined,
        "must hold no part of the token"
      ],
      [
        "has the token as id and no Location (S-4)",
        { status: 201, body: "{\"id\":\"an-id-like-token\"}" },
        undefined,
        "is missing, and no id is in the body"
      ]
    ] as const
  ) {
    it.effect(`fails if the response ${name}`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* refused(step, id), [{ path: "Location", message }])
      }))
  }
})

describe("readCreated and readMade", () => {
  const done = { kind: "done", id: "t1", resource: { collection: "things", id: "t1" } } as const

  it.effect("read the resource in Location and retry the read", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* after((answer) => readCreated(answer, reading), at("things/t1/"), 500, item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/", "GET things/t1/", "GET things/t1/"])
    }))

  it.effect("report the id of the created resource if it can't be read", () =>
    Effect.gen(function*() {
      const { outcome } = yield* after((answer) => readCreated(answer, reading), at("things/t1/"), 404)
      const error = yield* failsWith(outcome, isApiError)
      assert.include(error.message, "(GET things/t1/, 1 attempt)")
      assert.match(error.message, /It was created, as t1: do not create it again\.$/)
    }))

  it.effect("report that the job is done if its resource can't be read", () =>
    Effect.gen(function*() {
      const resumed = { ...reading, made: "resumed" } as const
      const { outcome } = yield* after(() => readMade(done, resumed), 200, 404)
      const error = yield* failsWith(outcome, isApiError)
      assert.match(error.message, /The job itself is done\.$/)
    }))

  for (
    const [made, end] of [
      ["created", "must lead to one of things/. The server has accepted it: look before you create it again."],
      ["resumed", "must lead to one of things/."]
    ] as const
  ) {
    it.effect(`reject a resource of another collection (${made})`, () =>
      Effect.gen(function*() {
        const other = { kind: "done", id: "o1", resource: { collection: "others", id: "o1" } } as const
        const { lines, outcome } = yield* after(() => readMade(other, { ...reading, made }), 200)
        const error = yield* failsWith(outcome, isValidationError)
        assert.deepInclude(error, { method: "GET", path: "status/o1/", attempts: 0, phase: "response" })
        assert.isTrue(error.message.endsWith(`: Location ${end}`), error.message)
        assert.deepStrictEqual(lines, ["POST things/"])

        const waited = yield* after(
          () => readMade("s1", { ...reading, made }),
          200,
          at("others/o1/", 303)
        )
        assert.strictEqual((yield* failsWith(waited.outcome, isValidationError)).attempts, 1)
      }))
  }

  it.effect("report that the server accepted the create if the response has no Location", () =>
    Effect.gen(function*() {
      const { outcome } = yield* after((answer) => readCreated(answer, reading), { status: 201, body: "" })
      const error = yield* failsWith(outcome, isValidationError)
      assert.match(error.message, /The server has accepted it: look before you create it again\.$/)
    }))
})

describe("readCreatedOrBody", () => {
  const read = (...steps: ReadonlyArray<Step>) => after((answer) => readCreatedOrBody(answer, reading), ...steps)

  it.effect("returns the body if it is the resource", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read(item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/"])
    }))

  it.effect("prefers the resource in Location to the body", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read(at("things/t2/", 201, thing), { body: "{\"id\":\"t2\",\"label\":\"y\"}" })
      assert.deepStrictEqual(yield* outcome, { id: "t2", label: "y" })
      assert.deepStrictEqual(lines, ["POST things/", "GET things/t2/"])
    }))

  it.effect("reads the resource if the body has only its id", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read({ body: "{\"id\":\"t1\"}" }, item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/", "GET things/t1/"])
    }))

  it.effect("rejects a body without an id", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read({ body: "{\"label\":\"x\"}" })
      const error = yield* failsWith(outcome, isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "id", message: "is missing" }])
      assert.match(error.message, /The server has accepted it: look before you create it again\.$/)
      assert.deepStrictEqual(lines, ["POST things/"])
    }))
})
