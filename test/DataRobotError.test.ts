/** The errors: their messages and guards, and that they survive serialization. */
import * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import { assert, describe, it } from "@effect/vitest"
import {
  type DataRobot,
  DataRobotApiError,
  DataRobotError,
  DataRobotJobError,
  DataRobotNetworkError,
  DataRobotValidationError,
  ModelDeployment
} from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { connection, failsWith, id, script, type Step, timeLapse, token, wire } from "./support.js"

const { catchReason, isApiError, isDataRobotError, isJobError, isNetworkError, isRetryable, isValidationError } =
  DataRobotError

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const get: Operation = ModelDeployment.get(id)
const create: Operation = ModelDeployment.create({ projectId: "p1", modelId: "m1", label: "Churn" })

const errorOf = (operation: Operation, ...steps: ReadonlyArray<Step>) =>
  failsWith(
    timeLapse(operation).pipe(Effect.provide(Layer.merge(script(...steps).layer, connection()))),
    isDataRobotError
  )

/** A response with this status and JSON body. */
const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Step => ({
  status,
  headers,
  body: JSON.stringify(body)
})

const errors = {
  api: new DataRobotApiError({
    operation: "ModelDeployment.get",
    method: "GET",
    path: "modelDeployments/1/",
    attempts: 2,
    reason: "NotFound",
    status: 404,
    errors: { label: { "1": "bad" } },
    body: { message: "Not Found" },
    requestId: "r1",
    retryAfter: Duration.seconds(5),
    outcome: "unknown",
    retryable: false,
    message: "one"
  }),
  validation: new DataRobotValidationError({
    operation: "ModelDeployment.create",
    method: "POST",
    path: "modelDeployments/",
    attempts: 0,
    phase: "request",
    issues: [{ path: "label", message: "is missing" }],
    message: "two"
  }),
  network: new DataRobotNetworkError({
    operation: "ModelDeployment.create",
    method: "POST",
    path: "modelDeployments/",
    attempts: 1,
    reason: "Transport",
    outcome: "unknown",
    cause: { name: "Error", code: "ECONNRESET", message: "reset" },
    retryable: true,
    message: "three"
  }),
  job: new DataRobotJobError({
    operation: "Job.await",
    method: "GET",
    path: "status/s1/",
    attempts: 9,
    reason: "Deadline",
    status: "RUNNING",
    handle: { kind: "status", id: "s1" },
    message: "four"
  })
}

describe("Each DataRobot error", () => {
  for (const error of Object.values(errors)) {
    it.effect(`${error._tag} survives a round trip through JSON`, () =>
      Effect.gen(function*() {
        const encoded = yield* Schema.encode(DataRobotError.DataRobotError)(error)
        const stored: unknown = JSON.parse(JSON.stringify(encoded))
        const read = yield* Schema.decodeUnknown(DataRobotError.DataRobotError)(stored)
        assert.deepStrictEqual(read, error)
        assert.strictEqual(read.message, error.message)
        assert.strictEqual(read.constructor, error.constructor)
      }))

    it(`${error._tag} is an Error whose name is its tag`, () => {
      assert.instanceOf(error, Error)
      assert.strictEqual(error.name, error._tag)
    })
  }

  it.effect("is rejected by the decoder if its reason is unknown", () =>
    Effect.gen(function*() {
      const encoded = yield* Schema.encode(DataRobotApiError)(errors.api)
      const wrong = yield* Effect.either(Schema.decodeUnknown(DataRobotApiError)({ ...encoded, reason: "Other" }))
      assert.propertyVal(wrong, "_tag", "Left")
    }))

  it("is recognized by its own guard only", () => {
    const { api, job, network, validation } = errors
    const all: ReadonlyArray<unknown> = [api, validation, network, job, new Error("x"), undefined, { _tag: api._tag }]
    assert.deepStrictEqual(all.filter(isApiError), [api])
    assert.deepStrictEqual(all.filter(isValidationError), [validation])
    assert.deepStrictEqual(all.filter(isNetworkError), [network])
    assert.deepStrictEqual(all.filter(isJobError), [job])
    assert.deepStrictEqual(all.filter(isDataRobotError), [api, validation, network, job])
    assert.deepStrictEqual(all.filter(isRetryable), [network])
  })

  it.effect("is caught by its tag", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* Effect.catchTag(Effect.fail(errors.api), "DataRobotApiError", (error) => Effect.succeed(error.status)),
        404
      )
    }))
})

describe("catchReason", () => {
  const failing: Effect.Effect<string, DataRobotError.DataRobotError> = Effect.fail(errors.api)

  it.effect("recovers from errors with the given reason, in a pipe", () =>
    Effect.gen(function*() {
      const caught = yield* failing.pipe(catchReason("NotFound", (error) => Effect.succeed(error.status)))
      assert.strictEqual(caught, 404)
    }))

  it.effect("recovers from errors with the given reason when the effect is the first argument", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* catchReason(failing, "NotFound", () => Effect.succeed("gone")), "gone")
    }))

  it.effect("passes all other failures through", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* Effect.flip(failing.pipe(catchReason("Conflict", () => Effect.succeed("")))),
        errors.api
      )
      const other = Effect.fail(new Error("NotFound"))
      assert.instanceOf(yield* Effect.flip(catchReason(other, "NotFound", () => Effect.succeed(""))), Error)
    }))

  it.effect("accepts the reasons of network and job errors", () =>
    Effect.gen(function*() {
      const { job, network } = errors
      assert.strictEqual(
        yield* catchReason(Effect.fail(network), "Transport", (e) => Effect.succeed(e.cause?.code)),
        "ECONNRESET"
      )
      assert.strictEqual(yield* catchReason(Effect.fail(job), "Deadline", (e) => Effect.succeed(e.handle.id)), "s1")
    }))

  it.effect("fails with the error that its handler fails with", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* Effect.flip(catchReason(failing, "NotFound", () => Effect.fail("worse"))), "worse")
    }))
})

describe("An error's message", () => {
  const path = `modelDeployments/${id}/`
  const maybe =
    "It may have been created: check with ModelDeployment.list({ query: label }) before you create it again."

  const texts: ReadonlyArray<readonly [name: string, operation: Operation, step: Step, message: string]> = [
    [
      "for a 401",
      get,
      answer(401, { message: "Invalid API token" }),
      `ModelDeployment.get failed: 401 Unauthorized (GET ${path}, 1 attempt): Invalid API token. ` +
      "Check the API token, and that it belongs to this endpoint."
    ],
    [
      "for a 403",
      get,
      answer(403, { message: "Feature not enabled." }),
      `ModelDeployment.get failed: 403 Forbidden (GET ${path}, 1 attempt): Feature not enabled. ` +
      "The token's user lacks the permission, or the feature is not enabled for the account."
    ],
    [
      "for a 404",
      get,
      answer(404, { message: "Not Found" }),
      `ModelDeployment.get failed: 404 NotFound (GET ${path}, 1 attempt): Not Found. ` +
      "Check the id."
    ],
    [
      "for a 409",
      ModelDeployment.archive(id),
      answer(409, { message: "Already archived" }),
      `ModelDeployment.archive failed: 409 Conflict (PATCH ${path}, 1 attempt): Already archived. ` +
      "Read the current state before trying again."
    ],
    [
      "for a 422 with field errors",
      create,
      answer(422, {
        message: "Invalid field data",
        errors: { label: "may not be blank", settings: { "1": { limit: "too high" } }, list: ["a", { b: "c" }] }
      }),
      "ModelDeployment.create failed: 422 Unprocessable (POST modelDeployments/, 1 attempt): Invalid field data. " +
      "label: may not be blank; settings.1.limit: too high; list.0: a; list.1.b: c. Correct the fields and try again."
    ],
    [
      "for a 429",
      get,
      429,
      `ModelDeployment.get failed: 429 RateLimited (GET ${path}, 3 attempts): No. ` +
      "Send fewer requests, or try again later."
    ],
    [
      "for a 500 without a body",
      get,
      { status: 500, body: "" },
      `ModelDeployment.get failed: 500 ServerError (GET ${path}, 3 attempts): no message. ` +
      "DataRobot or a gateway in front of it failed: try again later."
    ],
    [
      "for a gateway's error page after a create (R-5)",
      create,
      { status: 502, body: "<html>bad gateway</html>" },
      "ModelDeployment.create failed: 502 ServerError (POST modelDeployments/, 1 attempt): no message. " + maybe
    ],
    [
      "for a redirect",
      get,
      { status: 302, headers: { location: "https://login.example.com/?secret" } },
      `ModelDeployment.get failed: 302 Unexpected (GET ${path}, 1 attempt): redirects are not followed. ` +
      "Check that the endpoint is DataRobot's API."
    ],
    [
      "for a plain-text response",
      get,
      { status: 418, body: "short and stout" },
      `ModelDeployment.get failed: 418 Unexpected (GET ${path}, 1 attempt): short and stout. ` +
      "Check that the endpoint is DataRobot's API."
    ],
    [
      "for an unreachable server",
      get,
      "ECONNREFUSED",
      `ModelDeployment.get failed: could not connect (GET ${path}, 3 attempts): ECONNREFUSED, scripted ECONNREFUSED. ` +
      "Check the endpoint URL and the network."
    ],
    [
      "for a connection that broke after a create (R-5)",
      create,
      "ECONNRESET",
      "ModelDeployment.create failed: the connection broke (POST modelDeployments/, 1 attempt): " +
      `ECONNRESET, scripted ECONNRESET. ${maybe}`
    ],
    [
      "for a rejected certificate",
      get,
      "CERT_HAS_EXPIRED",
      `ModelDeployment.get failed: could not establish a trusted TLS connection (GET ${path}, 1 attempt): ` +
      "CERT_HAS_EXPIRED, scripted CERT_HAS_EXPIRED. " +
      "Check the endpoint URL, or make the HTTP client trust the server's certificate authority."
    ],
    [
      "for a timeout",
      get,
      "stall",
      `ModelDeployment.get failed: the request timed out (GET ${path}, 3 attempts): ` +
      "no complete response within 30000 ms. Try again later, or allow more time (timeout, attemptTimeout)."
    ],
    [
      "for a response body that is too large (S-5)",
      get,
      { headers: { "content-length": "10485761" } },
      `ModelDeployment.get failed: the response is too large (GET ${path}, 1 attempt): ` +
      "the body has more than 10485760 bytes. Request fewer items at a time (limit, pageSize)."
    ],
    [
      "for a response that breaks the schema",
      get,
      answer(200, wire({ model: 1 })),
      `ModelDeployment.get could not read the server's response (GET ${path}, 1 attempt): ` +
      "model must be Model, but is a number."
    ],
    [
      "for a response that is not JSON",
      get,
      { body: "{" },
      `ModelDeployment.get could not read the server's response (GET ${path}, 1 attempt): ` +
      "the body is not complete, valid JSON."
    ],
    [
      "for a wait that reached its deadline",
      ModelDeployment.awaitDeployed(id, { timeout: "1 second", interval: "1 second" }),
      answer(200, wire({ deployed: false })),
      `ModelDeployment.awaitDeployed failed (GET ${path}, 2 attempts): not deployed after 2 polls. ` +
      "Pass this error's `handle` to `awaitDeployed` to keep waiting."
    ]
  ]

  for (const [name, operation, step, message] of texts) {
    it.effect(`${name} states the request, the response and what to do`, () =>
      Effect.gen(function*() {
        assert.strictEqual((yield* errorOf(operation, step)).message, message)
      }))
  }

  for (
    const [name, step] of [
      ["the server's message", answer(400, { message: "a\r\nERROR forged\u001b[31m\u0000\u0085\u2028\u2029b" })],
      ["field errors", answer(422, { message: "x", errors: { "a\nb": "c\nd" } })],
      ["a plain-text body", { status: 400, body: "first\nsecond" }]
    ] as const
  ) {
    it.effect(`stays on one line with control characters in ${name} (S-5)`, () =>
      Effect.gen(function*() {
        const { message } = yield* errorOf(get, step)
        assert.notMatch(message, /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
      }))
  }

  for (
    const [name, step] of [
      ["a long message", answer(400, { message: "x".repeat(100_000) })],
      [
        "many long fields",
        answer(422, {
          message: "x".repeat(5_000),
          errors: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}${"k".repeat(500)}`, "v".repeat(500)]))
        })
      ],
      ["a long plain-text body", { status: 400, body: "y".repeat(100_000) }]
    ] as const
  ) {
    it.effect(`has at most 2048 characters with ${name} (S-5)`, () =>
      Effect.gen(function*() {
        assert.isAtMost((yield* errorOf(get, step)).message.length, 2048)
      }))
  }

  it.effect("keeps its advice after a long server message", () =>
    Effect.gen(function*() {
      const { message } = yield* errorOf(get, answer(403, { message: "x".repeat(100_000) }))
      assert.match(message, /x{499}… The token's user lacks the permission/)
    }))

  it.effect("lists at most ten field errors (S-5)", () =>
    Effect.gen(function*() {
      const fields = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, "bad"]))
      const error = yield* errorOf(get, answer(422, { message: "x", errors: fields }))
      assert.strictEqual(error.message.match(/f\d+: bad/g)?.length, 10)
    }))

  it.effect("lists at most ten issues, without their values (S-5)", () =>
    Effect.gen(function*() {
      const requestRates = Array.from({ length: 50 }, () => "s3cret-value")
      const error = yield* errorOf(get, answer(200, wire({ requestRates, label: { ssn: "s3cret-value" } })))
      assert.isTrue(isValidationError(error) && error.issues.length === 10)
      assert.notInclude(JSON.stringify(error), "s3cret-value")
    }))
})

describe("A DataRobot error's details", () => {
  it.effect("an API error keeps the field errors of a 422 with their nesting", () =>
    Effect.gen(function*() {
      const fields = { label: "bad", datasets: { "1": { id: "worse" } } }
      const error = yield* errorOf(get, answer(422, { message: "x", errors: fields }))
      assert.isTrue(isApiError(error))
      assert.deepStrictEqual(isApiError(error) && error.errors, fields)
    }))

  it.effect("an API error keeps a JSON body", () =>
    Effect.gen(function*() {
      const body = { status: "failing", message: "no", checks: { target: { status: "failing", message: null } } }
      assert.deepPropertyVal(yield* errorOf(get, answer(409, body)), "body", body)
    }))

  it.effect("an API error keeps the first 2048 characters of a plain-text body", () =>
    Effect.gen(function*() {
      const error = yield* errorOf(get, { status: 400, body: "z".repeat(5000) })
      assert.propertyVal(error, "body", "z".repeat(2048))
    }))

  it.effect("an API error has no body if the response had none, or one that was too long or incomplete", () =>
    Effect.gen(function*() {
      assert.notProperty(yield* errorOf(get, { status: 400, body: "" }), "body")
      const long = { status: 400, body: "x".repeat(1024 * 1024 + 1) }
      assert.notProperty(yield* errorOf(get, long), "body")
      assert.notProperty(yield* errorOf(get, { status: 400, headers: { "content-length": "1048577" } }), "body")
    }))

  for (const header of ["x-request-id", "request-id"]) {
    it.effect(`an API error keeps the server's ${header} on one line, without the token`, () =>
      Effect.gen(function*() {
        const error = yield* errorOf(get, { status: 400, headers: { [header]: `r-1 ${token} ${"x".repeat(200)}` } })
        assert.isTrue(isApiError(error) && error.requestId?.startsWith("r-1 <redacted> xx"))
        assert.isTrue(isApiError(error) && error.requestId?.length === 128)
      }))
  }

  it.effect("an API error redacts the token wherever the server echoes it (S-4)", () =>
    Effect.gen(function*() {
      const echo = {
        message: `Bad token ${token}`,
        errors: { [token]: `is ${encodeURIComponent(token)}`, list: [token, { deep: btoa(token) }] }
      }
      const error = yield* errorOf(get, answer(401, echo))
      const text = JSON.stringify(error) + error.message + error.stack
      for (const form of [token, encodeURIComponent(token), btoa(token)]) assert.notInclude(text, form)
      assert.include(error.message, "Bad token <redacted>")
    }))

  it.effect("a network error keeps the text of the HTTP client's error, but not the request in it (S-4)", () =>
    Effect.gen(function*() {
      const client = HttpClient.make((request) => Effect.fail(new RequestError({ request, reason: "Transport" })))
      const error = yield* failsWith(timeLapse(get), isNetworkError).pipe(
        Effect.provideService(HttpClient.HttpClient, client),
        Effect.provide(connection())
      )
      assert.strictEqual(
        error.cause?.message,
        `Transport error (GET https://dr.example.com/api/v2/modelDeployments/${id}/)`
      )
      assert.notInclude(inspect(error, { depth: 20 }), token)
    }))

  it.effect("a defect of the HTTP client stays a defect, without the token (S-4)", () =>
    Effect.gen(function*() {
      for (const die of [(text: string) => new Error(text), (text: string) => text]) {
        const client = HttpClient.make((request) => Effect.die(die(`broken ${request.headers["authorization"]}`)))
        const exit = yield* Effect.exit(get).pipe(
          Effect.provideService(HttpClient.HttpClient, client),
          Effect.provide(connection())
        )
        const defect = Exit.isFailure(exit) ? Option.getOrUndefined(Cause.dieOption(exit.cause)) : undefined
        assert.instanceOf(defect, Error)
        assert.propertyVal(defect, "message", "broken Bearer <redacted>")
        assert.notInclude(inspect(exit, { depth: 20 }), token)
      }
    }))

  it.effect("a network error keeps the cause's name, code and message, without the token (S-4)", () =>
    Effect.gen(function*() {
      const error = yield* errorOf(get, `E_${token}`)
      assert.isTrue(isNetworkError(error))
      assert.deepStrictEqual(isNetworkError(error) && error.cause, {
        name: "Error",
        code: "E_<redacted>",
        message: "scripted E_<redacted>"
      })
      assert.notInclude(JSON.stringify(error) + error.stack, token)
    }))
})
