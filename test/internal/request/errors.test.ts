/** The errors: their fields, whether the request may be sent again, and their messages. */
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import {
  apiError,
  networkError,
  requestInvalid,
  responseInvalid,
  timeoutFailure,
  tooLargeFailure
} from "../../../src/internal/request/errors.js"
import type { NetworkFailure } from "../../../src/internal/request/networkFailure.js"
import { retryAfterMillis } from "../../../src/internal/request/retryAfter.js"
import { makeRedactor } from "../../../src/wire/redaction.js"

const context = { operation: "Thing.get", method: "GET", path: "things/1/", attempts: 2 }
const safe = { idempotent: true }
const unsafe = { idempotent: false }
const redactor = makeRedactor("s3cret-token")
const now = Date.parse("2018-05-01T10:00:00Z")

const bytes = (body: unknown) => new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body))

const apiErrorOf = (
  status: number,
  { body, headers = {}, trait = safe }: {
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, string>>
    readonly trait?: Parameters<typeof apiError>[1]
  } = {}
) =>
  apiError(
    context,
    trait,
    {
      status,
      headers,
      retryAfter: retryAfterMillis(headers, now),
      body: body === undefined ? undefined : bytes(body),
      exceeded: undefined,
      endpoint: "https://dr.example.com/api/v2"
    },
    redactor
  )

describe("an API error", () => {
  it("the message of a 422 has the texts among the first 1000 parts of its errors (S-9)", () => {
    const messageOf = (count: number) =>
      apiErrorOf(422, { body: { errors: { a: Array.from({ length: count }, () => 0), z: "may not be blank" } } })
        .message
    assert.include(messageOf(998), "z: may not be blank.")
    assert.notInclude(messageOf(999), "may not be blank")
  })

  for (
    const [status, reason, repeatable, advice] of [
      [400, "Unexpected", "never", "Check that the endpoint is DataRobot's API."],
      [401, "Unauthorized", "never", "Check the API token, and that it belongs to this endpoint."],
      [
        403,
        "Forbidden",
        "never",
        "The token's user lacks the permission, or the feature is not enabled for the account."
      ],
      [404, "NotFound", "never", "Check the id."],
      [408, "ServerError", "safe", "DataRobot or a gateway in front of it failed: try again later."],
      [409, "Conflict", "never", "Read the current state before trying again."],
      [422, "Unprocessable", "never", "Correct the fields and try again."],
      [429, "RateLimited", "always", "Send fewer requests, or try again later."],
      [499, "Unexpected", "never", "Check that the endpoint is DataRobot's API."],
      [500, "ServerError", "safe", "DataRobot or a gateway in front of it failed: try again later."],
      [501, "ServerError", "never", "The server does not support this request, so repeating it does not help."],
      [502, "ServerError", "safe", "DataRobot or a gateway in front of it failed: try again later."],
      [503, "ServerError", "safe", "DataRobot or a gateway in front of it failed: try again later."],
      [504, "ServerError", "safe", "DataRobot or a gateway in front of it failed: try again later."],
      [599, "ServerError", "never", "DataRobot or a gateway in front of it failed: try again later."],
      [600, "Unexpected", "never", "Check that the endpoint is DataRobot's API."]
    ] as const
  ) {
    const repeated = {
      always: "is always retryable",
      safe: "is retryable if the request is safe to repeat",
      never: "is never retryable"
    }
    it(`the error of a ${status} has the reason ${reason}, ${repeated[repeatable]}, and says what to do`, () => {
      const error = apiErrorOf(status)
      assert.strictEqual(error.reason, reason)
      assert.strictEqual(error.status, status)
      assert.strictEqual(error.retryable, repeatable !== "never")
      assert.strictEqual(
        error.message,
        `Thing.get failed: ${status} ${reason} (GET things/1/, 2 attempts): no message. ${advice}`
      )
      assert.strictEqual(error.outcome, undefined)

      const risky = apiErrorOf(status, { trait: unsafe })
      assert.strictEqual(risky.retryable, repeatable === "always")
      assert.strictEqual(risky.outcome, repeatable === "safe" ? "unknown" : undefined)
      assert.include(
        risky.message,
        repeatable === "safe" ? "no message. The request may have taken effect: check before you repeat it." : advice
      )
    })
  }

  it("the message ends with the operation's advice for an unknown outcome, and its note", () => {
    const trait = { idempotent: false, whenUnknown: "Look at the list.", note: "It has the id 7." }
    assert.strictEqual(
      apiErrorOf(500, { trait }).message,
      "Thing.get failed: 500 ServerError (GET things/1/, 2 attempts): no message. Look at the list. It has the id 7."
    )
    assert.include(
      apiErrorOf(500, { trait: { ...trait, idempotent: true } }).message,
      "DataRobot or a gateway in front of it failed. It has the id 7."
    )
  })

  it("the message does not show a token that is split into the keys of nested errors", () => {
    const jwt = makeRedactor("head.payload.signature")
    const body = JSON.stringify({ errors: { head: { payload: { signature: ["Bad"] } } } })
    const response = { status: 422, headers: {}, retryAfter: undefined, exceeded: undefined, endpoint: "https://a" }
    const error = apiError(context, { idempotent: true }, { ...response, body: new TextEncoder().encode(body) }, jwt)
    assert.include(error.message, "<redacted>.0: Bad.")
    assert.notInclude(error.message, "payload")
  })

  it("the message says `1 attempt` in the singular", () => {
    const error = apiError(
      { ...context, attempts: 1 },
      safe,
      { status: 404, headers: {}, retryAfter: undefined, body: undefined, exceeded: undefined, endpoint: "" },
      redactor
    )
    assert.include(error.message, "(GET things/1/, 1 attempt):")
    assert.strictEqual(error.attempts, 1)
  })

  for (
    const [status, isRedirect, advice = "Check that the endpoint is DataRobot's API."] of [
      [0, true],
      [299, false],
      [300, true],
      [302, true],
      [399, true],
      // The server explains what is wrong.
      [400, false, "Correct the request and try again."]
    ] as const
  ) {
    it(`the message of a ${status} ${isRedirect ? "says" : "does not say"} that redirects are not followed`, () => {
      const { message } = apiErrorOf(status, { body: { message: "Moved" } })
      assert.strictEqual(
        message,
        `Thing.get failed: ${status} Unexpected ${
          isRedirect
            ? "(GET things/1/, 2 attempts): redirects are not followed."
            : "(GET things/1/, 2 attempts): Moved."
        } ${advice}`
      )
    })
  }

  for (
    const [body, words] of [
      [undefined, "no message."],
      ["", "no message."],
      [{ message: "Gone" }, "Gone."],
      [{ message: "Gone." }, "Gone."],
      [{ message: "Gone!" }, "Gone!"],
      [{ message: "Gone?" }, "Gone?"],
      [{ message: "Gone…" }, "Gone…"],
      [{ message: "v1.2 is gone" }, "v1.2 is gone."],
      [{ message: 7 }, "no message."],
      [{ detail: "Gone" }, "no message."],
      [["Gone"], "no message."],
      ["\"a text\"", "a text."],
      ["not JSON", "not JSON."],
      ["<html>not JSON</html>", "no message."],
      [" \n<html>not JSON</html>", "no message."],
      ["not <html>", "not <html>."],
      [{ message: "" }, "no message."],
      ["  ", "no message."]
    ] as const
  ) {
    it(`the message for the body ${JSON.stringify(body)} is: ${words}`, () => {
      assert.include(apiErrorOf(404, { body }).message, `2 attempts): ${words}`)
    })
  }

  it("the error keeps the body as JSON, or the first 2048 characters of it as text, without the token", () => {
    assert.deepStrictEqual(apiErrorOf(404, { body: { a: ["s3cret-token"] } }).body, { a: ["<redacted>"] })
    assert.strictEqual(
      apiErrorOf(404, { body: `s3cret-token ${"x".repeat(3000)}` }).body,
      `<redacted> ${"x".repeat(2037)}`
    )
    for (const body of [undefined, ""]) assert.isFalse(Object.hasOwn(apiErrorOf(404, { body }), "body"))
  })

  it("a long message from the server is truncated to 500 characters", () => {
    assert.include(apiErrorOf(404, { body: { message: "x".repeat(600) } }).message, `: ${"x".repeat(499)}… Check`)
  })

  it("the message names each invalid field, nested ones by their path", () => {
    const errors = {
      label: "may not be blank",
      datasets: [{ id: "is missing" }, { id: ["is too long", "is odd."] }],
      limit: { max: 7, why: null }
    }
    const error = apiErrorOf(422, { body: { message: "Invalid", errors } })
    assert.deepStrictEqual(error.errors, errors)
    assert.strictEqual(
      error.message,
      "Thing.get failed: 422 Unprocessable (GET things/1/, 2 attempts): Invalid. label: may not be blank; " +
        "datasets.0.id: is missing; datasets.1.id.0: is too long; datasets.1.id.1: is odd. " +
        "Correct the fields and try again."
    )
  })

  it("the message names at most ten fields, each in at most 200 characters", () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i}`, "bad"]))
    const listed = apiErrorOf(422, { body: { errors: many } }).message
    assert.include(listed, "f9: bad. Correct")
    assert.notInclude(listed, "f10")
    assert.include(
      apiErrorOf(422, { body: { errors: { f: "x".repeat(300) } } }).message,
      `f: ${"x".repeat(196)}… Correct`
    )
  })

  it("a field error with an empty name is written without a colon", () => {
    assert.include(
      apiErrorOf(422, { body: { message: "Invalid", errors: { "": "odd" } } }).message,
      "Invalid. odd. Correct"
    )
  })

  for (const errors of ["bad", ["bad"], null, 7]) {
    it(`the error has no field errors if those of the body are ${JSON.stringify(errors)}`, () => {
      const error = apiErrorOf(422, { body: { message: "Invalid", errors } })
      assert.isFalse(Object.hasOwn(error, "errors"))
      assert.include(error.message, "Invalid. Correct")
    })
  }

  it("the error has the server's request id, in one line of at most 128 characters and without the token", () => {
    assert.strictEqual(apiErrorOf(404, { headers: { "x-request-id": "r1", "request-id": "r2" } }).requestId, "r1")
    assert.strictEqual(apiErrorOf(404, { headers: { "request-id": "r2" } }).requestId, "r2")
    assert.isFalse(Object.hasOwn(apiErrorOf(404), "requestId"))
    const long = apiErrorOf(404, { headers: { "x-request-id": `s3cret-token ${"r".repeat(200)}` } }).requestId
    assert.strictEqual(long, `<redacted> ${"r".repeat(116)}…`)
  })

  it("the error has the time that the server asks to wait, and the message has it in whole seconds", () => {
    const error = apiErrorOf(503, { headers: { "retry-after-ms": "1001" }, trait: unsafe })
    assert.deepStrictEqual(error.retryAfter, Duration.millis(1001))
    assert.include(error.message, "no message. The server asks to wait 2 s. DataRobot or a gateway")
    assert.strictEqual(error.retryable, true)
    assert.strictEqual(error.outcome, undefined)
    assert.isFalse(Object.hasOwn(apiErrorOf(503), "retryAfter"))
    assert.notInclude(apiErrorOf(503).message, "asks to wait")
  })
})

describe("a network error", () => {
  const failure = (changes: Partial<NetworkFailure> = {}): NetworkFailure => ({
    reason: "Transport",
    outcome: "unknown",
    permanent: false,
    cause: { name: "Error", code: "ECONNRESET", message: "read ECONNRESET" },
    ...changes
  })

  for (
    const [changes, happened, todo] of [
      [
        { reason: "Connect", outcome: "not-sent", permanent: true },
        "could not establish a trusted TLS connection",
        "Check the endpoint URL, or make the HTTP client trust the server's certificate authority."
      ],
      [{ reason: "Connect", outcome: "not-sent" }, "could not connect", "Check the endpoint URL and the network."],
      [{ reason: "Transport" }, "the connection broke", "Try again later."],
      [
        { reason: "Timeout" },
        "the request timed out",
        "Try again later, or allow more time (timeout, attemptTimeout)."
      ],
      [{ reason: "BodyTooLarge" }, "the response is too large", "Request fewer items at a time (limit, pageSize)."]
    ] as const
  ) {
    it(`the message says that ${happened}, and what to do`, () => {
      const error = networkError(context, safe, failure(changes))
      assert.strictEqual(
        error.message,
        `Thing.get failed: ${happened} (GET things/1/, 2 attempts): ECONNRESET, read ECONNRESET. ${todo}`
      )
      const { cause, outcome, reason } = failure(changes)
      assert.deepInclude(error, { ...context, cause, outcome, reason })
    })
  }

  it("the message has what the failure says, if it says more than its reason", () => {
    const error = networkError(context, safe, failure({ says: ["it rained", "Take an umbrella."] }))
    assert.strictEqual(
      error.message,
      "Thing.get failed: it rained (GET things/1/, 2 attempts): ECONNRESET, read ECONNRESET. Take an umbrella."
    )
  })

  for (
    const [outcome, permanent, trait, retryable] of [
      ["not-sent", false, safe, true],
      ["not-sent", false, unsafe, true],
      ["unknown", false, safe, true],
      ["unknown", false, unsafe, false],
      ["not-sent", true, safe, false],
      ["unknown", true, safe, false]
    ] as const
  ) {
    it(
      `a ${permanent ? "permanent " : ""}failure with outcome ${outcome} is ${
        retryable ? "" : "not "
      }retryable if the request is ${trait.idempotent ? "safe" : "unsafe"} to repeat`,
      () => {
        assert.strictEqual(networkError(context, trait, failure({ outcome, permanent })).retryable, retryable)
      }
    )
  }

  it("the message gives advice for an unknown outcome, and ends with the operation's note", () => {
    const lost = networkError(context, { ...unsafe, note: "It has the id 7." }, failure())
    assert.match(lost.message, /ECONNRESET\. The request may have taken effect: check before you repeat it\. It has/)
    const notSent = networkError(context, { ...unsafe, note: "It has the id 7." }, failure({ outcome: "not-sent" }))
    // After a change, the note says what to do instead of trying again.
    assert.match(notSent.message, /ECONNRESET\. It has the id 7\.$/)
  })

  it("the message leaves out a code or a text that the client's error does not have", () => {
    const messageOf = (cause: NetworkFailure["cause"]) => networkError(context, safe, failure({ cause })).message
    assert.include(messageOf({ name: "Error", message: "" }), "2 attempts). Try")
    assert.include(messageOf({ name: "Error", message: "odd" }), "2 attempts): odd. Try")
    assert.include(messageOf({ name: "Error", code: "E1", message: "" }), "2 attempts): E1. Try")
  })

  it("timeoutFailure has an unknown outcome and the time limit", () => {
    assert.deepStrictEqual(timeoutFailure(1500), {
      reason: "Timeout",
      outcome: "unknown",
      permanent: false,
      cause: { name: "TimeoutError", message: "no complete response within 1500 ms" }
    })
  })

  it("tooLargeFailure is permanent and has the size limit", () => {
    assert.deepStrictEqual(tooLargeFailure(64), {
      reason: "BodyTooLarge",
      outcome: "unknown",
      permanent: true,
      cause: { name: "BodyTooLargeError", message: "the body has more than 64 bytes" }
    })
  })
})

describe("a validation error", () => {
  const issues = [{ path: "label", message: "is missing" }, { path: "", message: "is odd" }]

  it("the error of invalid arguments says that the request was not sent", () => {
    const { attempts, issues: found, message, phase } = requestInvalid(context, issues, redactor)
    assert.deepStrictEqual({ attempts, found, message, phase }, {
      attempts: 0,
      found: issues,
      message: "Thing.get was not sent: label is missing; is odd.",
      phase: "request"
    })
  })

  it("the error of an invalid response gives advice if the request may have taken effect, or its note", () => {
    const { attempts, issues: found, message, phase } = responseInvalid(context, safe, issues)
    assert.deepStrictEqual({ attempts, found, message, phase }, {
      attempts: 2,
      found: issues,
      message: "Thing.get could not read the server's response (GET things/1/, 2 attempts): label is missing; is odd.",
      phase: "response"
    })
    assert.include(responseInvalid(context, unsafe, issues).message, "is odd. The request may have taken effect")
    const noted = responseInvalid(context, { ...unsafe, note: "It has the id 7." }, issues).message
    assert.match(noted, /is odd\. It has the id 7\.$/)
  })
})
