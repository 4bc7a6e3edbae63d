/** `DataRobot.request` and `DataRobot.requestJob`: requests that the caller describes. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError } from "effect-datarobot"
import type { RawRequest } from "effect-datarobot/DataRobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { connection, endOf, endpoint, perform, type Step, token, traced, untyped } from "../../support.js"

const Project = Schema.Struct({ id: Schema.String })
const ok: Step = { body: "{\"id\":\"p1\",\"more\":1}" }
const get: RawRequest = { method: "GET", path: "projects/p1/" }
const post: RawRequest = { method: "POST", path: "projects/", body: { name: "n" } }

/** Sends a request whose response may be anything. */
const send = (request: RawRequest, ...steps: ReadonlyArray<Step>) =>
  perform(DataRobot.request({ ...request, response: Schema.Unknown }), ...steps)

/** What was sent: the body as text, and its type. */
const bodyOf = (request: RawRequest) =>
  Effect.map(send(request, ok), ({ attempts: [attempt] }) => {
    const body = attempt?.request.body
    return body?._tag === "Uint8Array" ? [body.contentType, new TextDecoder().decode(body.body)] : body?._tag
  })

const issuesOf = (outcome: Either.Either<unknown, DataRobotError.DataRobotError>) => {
  const error = Either.isLeft(outcome) ? outcome.left : assert.fail("succeeded")
  return DataRobotError.isValidationError(error)
    ? error.issues.map(({ message, path }) => `${path} ${message}`)
    : assert.fail(error.message)
}

describe("DataRobot.request", () => {
  it.effect("sends a request below the endpoint, and decodes the response with the schema", () =>
    Effect.gen(function*() {
      const query = { limit: 5, "order by": "-n", ids: ["a", "b"], flag: true, none: undefined }
      const { attempts, lines, outcome } = yield* perform(DataRobot.request({ ...get, query, response: Project }), ok)
      assert.deepStrictEqual(outcome, Either.right({ id: "p1" }))
      assert.deepStrictEqual(lines, ["GET projects/p1/?limit=5&order+by=-n&ids=a&ids=b&flag=true"])
      assert.strictEqual(attempts[0]?.request.headers["authorization"], `Bearer ${token}`)
      assert.strictEqual(attempts[0]?.request.body._tag, "Empty")
    }))

  it.effect("sends a value as JSON, and text or bytes as they are with their content type", () =>
    Effect.gen(function*() {
      const csv = "a,b\n"
      assert.deepStrictEqual(yield* bodyOf(post), ["application/json", "{\"name\":\"n\"}"])
      assert.deepStrictEqual(yield* bodyOf({ ...post, body: "text" }), ["application/json", "\"text\""])
      assert.deepStrictEqual(yield* bodyOf({ ...post, body: null }), ["application/json", "null"])
      for (const body of [csv, new TextEncoder().encode(csv)]) {
        assert.deepStrictEqual(yield* bodyOf({ ...post, body, contentType: "text/csv" }), ["text/csv", csv])
      }
    }))

  for (
    const [response, accepts] of [[Schema.Void, true], [Schema.UndefinedOr(Project), true], [Project, false]] as const
  ) {
    it.effect(`a response without a body is ${accepts ? "undefined" : "rejected"} by ${response}`, () =>
      Effect.gen(function*() {
        const { outcome } = yield* perform(
          DataRobot.request<unknown, unknown>({ ...get, response: untyped(response) }),
          204
        )
        if (accepts) assert.deepStrictEqual(outcome, Either.right(undefined))
        else assert.deepStrictEqual(issuesOf(outcome), [" the body is empty"])
      }))
  }

  it.effect("an error names the operation, the method and the path", () =>
    Effect.gen(function*() {
      const { outcome } = yield* send(get, 404)
      const error = Either.isLeft(outcome) ? outcome.left : assert.fail("succeeded")
      assert.deepInclude(error, { operation: "DataRobot.request", method: "GET", path: "projects/p1/", attempts: 1 })
    }))

  const retries: ReadonlyArray<readonly [RawRequest, attempts: number]> = [
    [get, 2],
    [{ method: "HEAD", path: "projects/" }, 2],
    [{ ...get, repeat: false }, 1],
    [post, 1],
    [{ ...post, method: "PUT" }, 1],
    [{ ...post, method: "PATCH" }, 1],
    [{ method: "DELETE", path: "projects/p1/" }, 1],
    [{ ...post, repeat: true }, 2]
  ]
  for (const [request, attempts] of retries) {
    const { method, repeat } = request
    it.effect(`a ${method} with repeat ${repeat} is sent ${attempts} times if its outcome is unknown (R-1)`, () =>
      Effect.gen(function*() {
        const made = yield* send(request, "ECONNRESET", ok)
        assert.strictEqual(made.attempts.length, attempts)
        assert.strictEqual(endOf(made.outcome), attempts === 2 ? "ok" : "DataRobotNetworkError Transport unknown")
      }))
  }

  it.effect("takes the options of a request", () =>
    Effect.gen(function*() {
      const asked = DataRobot.request({ ...get, response: Project }, { retry: false, headers: { "X-A": "1" } })
      const { attempts } = yield* perform(asked, 503)
      assert.strictEqual(attempts.length, 1)
      assert.strictEqual(attempts[0]?.request.headers["x-a"], "1")
    }))

  it.effect("has a span", () =>
    Effect.gen(function*() {
      const { layer, spans } = traced()
      yield* Effect.provide(send(get, ok), layer)
      assert.deepStrictEqual(spans.map(({ name }) => name), ["DataRobot.request"])
      assert.strictEqual(spans[0]?.attributes.get("url.path"), "/api/v2/projects/p1/")
    }))

  for (
    const path of [
      "a",
      "a/b/",
      "features/sepal%20length/",
      "features/x.y/",
      "a/...b/",
      "a/100%25/",
      "a/x%2Fy/",
      "a/b:c/"
    ]
  ) {
    it.effect(`the path ${path} is sent as it is`, () =>
      Effect.gen(function*() {
        const { attempts } = yield* send({ ...get, path }, ok)
        assert.strictEqual(attempts[0]?.url.href, `${endpoint}/${path}`)
      }))
  }

  const outside = [
    "",
    "/deployments/",
    "//evil.example.com/",
    "https://evil.example.com/",
    "HTTPS:evil",
    "mailto:x",
    "..",
    "../v1/",
    "a/../../b/",
    "a/./b/",
    "a/..",
    "%2e%2e/x/",
    "a/.%2E/b/",
    "a/%252e%252e/b/",
    "a/%25252e%25252e/b/",
    "a/x%2F..%2Fy/",
    "a/%5c..%5c/",
    "a/..;x=1/b/",
    "a//b/",
    "a\\b/",
    "a b/",
    "é/",
    "a/%0d%0ax/",
    "a/%00/",
    "a/%zz/",
    "a?x=1",
    "a#b",
    "@evil.example.com/\u0000",
    "a/\r\nb/",
    "x".repeat(2049)
  ]
  for (const path of [...outside, 1, null, undefined]) {
    it.effect(`the path ${JSON.stringify(path)?.slice(0, 40)} is refused, and nothing is sent (S-1)`, () =>
      Effect.gen(function*() {
        const { attempts, outcome } = yield* send({ ...get, path: untyped(path) }, ok)
        assert.strictEqual(attempts.length, 0)
        assert.match(issuesOf(outcome)[0] ?? "", /^path must /)
      }))
  }

  const invalid: ReadonlyArray<readonly [name: string, changes: object, issue: string]> = [
    ["a method that does not exist", { method: "BREW" }, "method must be GET, HEAD, POST, PUT, PATCH, DELETE"],
    ["a body of a GET", { body: {} }, "body is not allowed with GET"],
    [
      "bytes without a type",
      { method: "PUT", body: new Uint8Array(1) },
      "contentType is missing: bytes need a media type"
    ],
    [
      "an object with a type",
      { method: "PUT", body: {}, contentType: "text/csv" },
      "body must be a string or bytes, because of contentType"
    ],
    [
      "a type with a line break",
      { method: "PUT", body: "x", contentType: "a\nb" },
      "contentType must be a media type, such as \"text/csv\""
    ],
    ["a body that is not JSON", { method: "PUT", body: () => 1 }, "body must be a value that JSON can represent"],
    ["a body with a big integer", { method: "PUT", body: 1n }, "body must be a value that JSON can represent"],
    [
      "an object in the query",
      { query: { at: new Date(0) } },
      "query.at must be a string, a finite number, a boolean, or a list of these"
    ],
    ["a query that is a string", { query: "a=1" }, "query must be an object"],
    ["a repeat that is not a boolean", { repeat: 1 }, "repeat must be a boolean"],
    ["a response that is no schema", { response: {} }, "response must be a Schema"],
    ["a misspelt key", { quary: {} }, "quary is not known here: did you mean \"query\"?"]
  ]
  for (const [name, changes, issue] of invalid) {
    it.effect(`refuses ${name}`, () =>
      Effect.gen(function*() {
        const asked = DataRobot.request({ ...get, response: Schema.Unknown, ...changes })
        const { attempts, outcome } = yield* perform(asked, ok)
        assert.strictEqual(attempts.length, 0)
        assert.deepStrictEqual(issuesOf(outcome), [issue])
      }))
  }

  it.effect("refuses a request that is not an object", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(DataRobot.request(untyped("deployments/")), ok)
      assert.include(issuesOf(outcome), " the request must be an object with a method and a path")
    }))
})

describe("DataRobot.requestJob", () => {
  const start = (location: string | undefined, status = 202) =>
    perform(
      DataRobot.requestJob(post),
      { status, body: "", headers: location === undefined ? {} : { location } }
    )

  for (
    const [location, handle] of [
      [`${endpoint}/status/s1/`, { kind: "status", id: "s1" }],
      ["https://internal.example.com/api/v2/status/s1/", { kind: "status", id: "s1" }],
      [`${endpoint}/batchPredictions/b1/`, { kind: "batchPrediction", id: "b1" }],
      [`${endpoint}/projects/p1/`, { kind: "done", id: "p1", resource: { collection: "projects", id: "p1" } }]
    ] as const
  ) {
    it.effect(`returns the handle of ${location}`, () =>
      Effect.gen(function*() {
        const { lines, outcome } = yield* start(location)
        assert.deepStrictEqual(outcome, Either.right(handle))
        assert.deepStrictEqual(lines, ["POST projects/"])
      }))
  }

  for (
    const location of [
      undefined,
      "https://evil.example.com/x",
      `${endpoint}/status/../x/`,
      `${endpoint}/status/${token}/`
    ]
  ) {
    it.effect(`rejects the Location ${location?.replace(token, "{token}")}`, () =>
      Effect.gen(function*() {
        const { outcome } = yield* start(location)
        assert.match(issuesOf(outcome)[0] ?? "", /^Location /)
      }))
  }

  it.effect("is not sent again after an unknown outcome", () =>
    Effect.gen(function*() {
      const { attempts, outcome } = yield* perform(DataRobot.requestJob(post), "ECONNRESET")
      assert.strictEqual(attempts.length, 1)
      assert.deepInclude(Either.isLeft(outcome) ? outcome.left : {}, { operation: "DataRobot.requestJob" })
    }))
})

it.effect("a connection with a path keeps it before the path of the request", () =>
  Effect.gen(function*() {
    const asked = DataRobot.request({ ...get, response: Project })
    const { attempts } = yield* perform(
      Effect.provide(asked, connection({ endpoint: "https://x.example.com/a/b" })),
      ok
    )
    assert.strictEqual(attempts[0]?.url.href, "https://x.example.com/a/b/projects/p1/")
  }))
