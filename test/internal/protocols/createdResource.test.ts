/** Finding the resource that a request created or changed from its response. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  create,
  jobOf,
  readCreated,
  readCreatedOrBody,
  type Reading,
  readMade,
  startCreate
} from "../../../src/internal/protocols/createdResource.js"
import { type ApiResponse, operation, type Requirements } from "../../../src/internal/request/operation.js"
import type { JobUpdateOptions } from "../../../src/internal/request/options.js"
import { send } from "../../../src/internal/request/send.js"
import { route } from "../../../src/wire/route.js"
import { connection, endpoint, failsWith, perform, type Step, untyped } from "../../support.js"
import { getThing, type Thing } from "../request/things.js"

const { isApiError, isValidationError } = DataRobotError

const op = operation("Thing.create")
const createThing = route({
  id: "things.create",
  summary: "Create a thing",
  method: "POST",
  path: "things/",
  body: Schema.Struct({ theirs: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("label")) }),
  success: Schema.Struct({ id: Schema.String }),
  status: 202,
  job: true,
  repeat: "once"
})
const things = { name: "things", route: getThing }
const reading: Reading<typeof Thing.Type, typeof Thing.Encoded> = { collection: things, made: "created" }

/** Sends a create, and runs `read` on its response. Returns the result, and the requests that were sent. */
const after = <A>(
  read: (response: ApiResponse) => Effect.Effect<A, DataRobotError.DataRobotError, Requirements>,
  ...steps: ReadonlyArray<Step>
) =>
  perform(
    Effect.flatMap(send(op, { route: createThing }), read).pipe(
      // A token that could be an id.
      Effect.provide(connection({ token: "an-id-like-token" }))
    ),
    ...steps
  )

const at = (to: string, status = 201, body: unknown = undefined): Step => ({
  status,
  headers: { location: `${endpoint}/${to}` },
  body: body === undefined ? "" : JSON.stringify(body)
})
const thing = { id: "t1", label: "x" }
const item: Step = { body: JSON.stringify(thing) }

describe("jobOf", () => {
  const job = (step: Step, id?: string) =>
    Effect.flatMap(after((response) => jobOf(response, "things", id), step), ({ outcome }) => outcome)
  const refused = (step: Step, id?: string) =>
    Effect.map(failsWith(job(step, id), isValidationError), ({ issues }) => issues)
  const resource = { collection: "things", id: "t1" }

  it.effect("a Location below status/ returns the job, with the item that it works on if the id is known", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* job(at("status/s1/", 202)), { kind: "status", id: "s1" })
      assert.deepStrictEqual(yield* job(at("status/s1/", 202, thing)), { kind: "status", id: "s1", resource })
      assert.deepStrictEqual(yield* job(at("status/s1/", 202), "t1"), { kind: "status", id: "s1", resource })
    }))

  it.effect("a Location of the item, or its id in the body, returns a handle of kind done", () =>
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
      [
        "has neither a Location nor an id",
        { status: 201, body: "" },
        undefined,
        "is missing, and no id is in the body"
      ],
      ["only accepts a change and has no Location", { status: 202, body: "" }, "t1", "is missing"],
      ["has the Location of another item", at("things/t2/"), "t1", "must point to a job or to the changed item"],
      ["has the Location of another collection", at("others/t1/"), "t1", "must point to a job or to the changed item"],
      [
        "has the token in its Location (S-4)",
        at("status/an-id-like-token/", 202),
        undefined,
        "must not contain any part of the token"
      ],
      [
        "has the token as the id in its body (S-4)",
        at("status/s1/", 202, { id: "an-id-like-token" }),
        undefined,
        "must not contain any part of the token"
      ],
      [
        "has the token as the id in its body, and no Location (S-4)",
        { status: 201, body: "{\"id\":\"an-id-like-token\"}" },
        undefined,
        "is missing, and no id is in the body"
      ]
    ] as const
  ) {
    it.effect(`a response that ${name} is refused`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* refused(step, id), [{ path: "Location", message }])
      }))
  }
})

describe("readCreated and readMade", () => {
  const done = { kind: "done", id: "t1", resource: { collection: "things", id: "t1" } } as const

  it.effect("the created item is read at its Location, and the read is retried", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* after((response) => readCreated(response, reading), at("things/t1/"), 500, item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/", "GET things/t1/", "GET things/t1/"])
    }))

  it.effect("the error of a read that fails has the id of the created item", () =>
    Effect.gen(function*() {
      const { outcome } = yield* after((response) => readCreated(response, reading), at("things/t1/"), 404)
      const error = yield* failsWith(outcome, isApiError)
      assert.include(error.message, "(GET things/t1/, 1 attempt)")
      assert.match(error.message, /It was created with id t1: do not create it again\.$/)
    }))

  it.effect("the error of a read after a resumed job says that the job has finished", () =>
    Effect.gen(function*() {
      const resumed = { ...reading, made: "resumed" } as const
      const { outcome } = yield* after(() => readMade(op, done, resumed), 200, 404)
      const error = yield* failsWith(outcome, isApiError)
      assert.match(error.message, /The job itself has finished\.$/)
    }))

  for (
    const [made, end] of [
      [
        "created",
        "must point to an item of things/. " +
        "The server accepted the request: check whether it exists before you create it again."
      ],
      ["resumed", "must point to an item of things/."]
    ] as const
  ) {
    it.effect(`an item of another collection is refused (${made})`, () =>
      Effect.gen(function*() {
        const other = { kind: "done", id: "o1", resource: { collection: "others", id: "o1" } } as const
        const { lines, outcome } = yield* after(() => readMade(op, other, { ...reading, made }), 200)
        const error = yield* failsWith(outcome, isValidationError)
        assert.deepInclude(error, { method: "GET", path: "status/o1/", attempts: 0, phase: "response" })
        assert.isTrue(error.message.endsWith(`: Location ${end}`), error.message)
        assert.deepStrictEqual(lines, ["POST things/"])

        const waited = yield* after(
          () => readMade(op, { kind: "status", id: "s1" }, { ...reading, made }),
          200,
          at("others/o1/", 303)
        )
        assert.strictEqual((yield* failsWith(waited.outcome, isValidationError)).attempts, 1)
      }))
  }

  it.effect("the error of a response without a Location says that the server accepted the request", () =>
    Effect.gen(function*() {
      const { outcome } = yield* after((response) => readCreated(response, reading), { status: 201, body: "" })
      const error = yield* failsWith(outcome, isValidationError)
      assert.match(
        error.message,
        /The server accepted the request: check whether it exists before you create it again\.$/
      )
    }))
})

describe("readCreatedOrBody", () => {
  const read = (...steps: ReadonlyArray<Step>) => after((response) => readCreatedOrBody(response, reading), ...steps)

  it.effect("a body that is the item is returned, and nothing is read", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read(item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/"])
    }))

  it.effect("a Location is read even if the body is an item", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read(at("things/t2/", 201, thing), { body: "{\"id\":\"t2\",\"label\":\"y\"}" })
      assert.deepStrictEqual(yield* outcome, { id: "t2", label: "y" })
      assert.deepStrictEqual(lines, ["POST things/", "GET things/t2/"])
    }))

  it.effect("the item is read if the body has only its id", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read({ body: "{\"id\":\"t1\"}" }, item)
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/", "GET things/t1/"])
    }))

  it.effect("a body that is not the item and has no id is refused", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* read({ body: "{\"label\":\"x\"}" })
      const error = yield* failsWith(outcome, isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "id", message: "is missing" }])
      assert.match(
        error.message,
        /The server accepted the request: check whether it exists before you create it again\.$/
      )
      assert.deepStrictEqual(lines, ["POST things/"])
    }))
})

describe("create and startCreate", () => {
  const body = { theirs: "x" }
  const advice = "Look at the list."
  const created = (options?: JobUpdateOptions) =>
    create(operation("Thing.create", options), createThing, body, things, advice)
  const started = (options?: JobUpdateOptions) =>
    startCreate(operation("Thing.create", options), createThing, body, "things", advice)

  it.effect("create encodes the body, waits for the job and reads the item", () =>
    Effect.gen(function*() {
      const { attempts, lines, outcome } = yield* perform(
        created(),
        at("status/s1/", 202, { id: "t1" }),
        at("things/t1/", 303),
        item
      )
      assert.deepStrictEqual(yield* outcome, thing)
      assert.deepStrictEqual(lines, ["POST things/", "GET status/s1/", "GET things/t1/"])
      const sent = attempts[0]?.request.body
      assert.strictEqual(
        sent?._tag === "Uint8Array" ? new TextDecoder().decode(sent.body) : "",
        "{\"label\":\"x\"}"
      )
    }))

  it.effect("startCreate returns the job and does not wait for it", () =>
    Effect.gen(function*() {
      const { lines, outcome } = yield* perform(started(), at("status/s1/", 202, { id: "t1" }))
      assert.deepStrictEqual(yield* outcome, {
        kind: "status",
        id: "s1",
        resource: { collection: "things", id: "t1" }
      })
      assert.deepStrictEqual(lines, ["POST things/"])
    }))

  it.effect("a create is never sent again after a 500, and its error contains the advice", () =>
    Effect.gen(function*() {
      for (const creating of [created(), created({ idempotent: true }), started()]) {
        const { lines, outcome } = yield* perform<unknown>(creating, 500)
        assert.match((yield* failsWith(outcome, isApiError)).message, /Look at the list\.$/)
        assert.deepStrictEqual(lines, ["POST things/"])
      }
    }))

  it.effect("a create is not sent if its body or its wait options are invalid", () =>
    Effect.gen(function*() {
      const invalid = create(
        operation("Thing.create", { wait: { timeout: 0 } }),
        createThing,
        untyped({ theirs: 1, label: "x" }),
        things,
        advice
      )
      const { lines, outcome } = yield* perform(invalid, 200)
      const error = yield* failsWith(outcome, isValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["wait.timeout", "label", "theirs"])
      assert.deepStrictEqual(lines, [])
    }))
})
