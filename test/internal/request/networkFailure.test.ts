/** The meaning of an HTTP client's failure, and what the error keeps of it (S-4). */
import { assert, describe, it } from "@effect/vitest"
import { networkFailure } from "../../../src/internal/request/networkFailure.js"
import { makeRedactor } from "../../../src/wire/redaction.js"

const redactor = makeRedactor("s3cret-token")
const read = (error: unknown) => networkFailure(error, redactor)

const coded = (code: string, more: object = {}) => Object.assign(new Error("message"), { code, ...more })

const protocol = (message: string) => coded("EPROTO", { message })

describe("A network failure", () => {
  const never = ["Connect", "not-sent", false]
  const maybe = ["Transport", "unknown", false]
  const late = ["Timeout", "unknown", false]
  const refused = ["Connect", "not-sent", true]

  for (
    const [name, error, expected] of [
      ["a connection that was refused", coded("ECONNREFUSED", { syscall: "connect" }), never],
      ["an unknown host name", coded("ENOTFOUND", { syscall: "getaddrinfo" }), never],
      ["a host without a route", coded("EHOSTUNREACH", { syscall: "connect" }), never],
      ["a timeout while connecting", coded("ETIMEDOUT", { syscall: "connect" }), never],
      ["undici's timeout while connecting", coded("UND_ERR_CONNECT_TIMEOUT"), never],
      ["a timeout while reading", coded("ETIMEDOUT", { syscall: "read" }), late],
      ["a timeout without a system call", coded("ETIMEDOUT"), late],
      ["a timeout of the headers", coded("UND_ERR_HEADERS_TIMEOUT"), late],
      ["a timeout of the body", coded("UND_ERR_BODY_TIMEOUT"), late],
      ["a route that was lost while reading", coded("EHOSTUNREACH", { syscall: "read" }), maybe],
      ["a network that went down while writing", coded("ENETDOWN", { syscall: "write" }), maybe],
      ["a reset", coded("ECONNRESET", { syscall: "read" }), maybe],
      ["an error without a code", new Error("odd"), maybe],
      ["a text", "odd", maybe],
      ["nothing", undefined, maybe],
      ["an expired certificate", coded("CERT_HAS_EXPIRED"), refused],
      ["a self-signed certificate", coded("DEPTH_ZERO_SELF_SIGNED_CERT"), refused],
      ["an unknown authority", coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), refused],
      ["a certificate for another host", coded("ERR_TLS_CERT_ALTNAME_INVALID"), refused],
      ["an invalid authority", coded("INVALID_CA"), refused],
      ["a certificate for another purpose", coded("INVALID_PURPOSE"), refused],
      ["a host name mismatch", coded("HOSTNAME_MISMATCH"), refused],
      ["a certificate chain that is too long", coded("PATH_LENGTH_EXCEEDED"), refused],
      ["a TLS code of Node", coded("ERR_TLS_HANDSHAKE_TIMEOUT"), refused],
      ["a code that contains a certificate code", coded("E_UNABLE_TO_GUESS"), maybe],
      ["a code that contains a TLS code", coded("E_ERR_TLS_X"), maybe],
      ["a code that starts with a certificate code", coded("INVALID_CAT"), maybe],
      ["a server without TLS", coded("ERR_SSL_WRONG_VERSION_NUMBER"), refused],
      ["a server that does not recognize the name", coded("ERR_SSL_TLSV1_UNRECOGNIZED_NAME"), refused],
      ["a bad record", coded("ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC"), maybe],
      [
        "a failed handshake as reported by node:http",
        protocol("SSL routines:ssl3_get_record:wrong version number"),
        refused
      ],
      ["a failed handshake with another code", coded("EPIPE", { message: "wrong version number" }), maybe],
      ["a bad record as reported by node:http", protocol("ssl3 read bytes: bad record mac"), maybe],
      ["a handshake message after 500 other characters", protocol(`${"x".repeat(500)} wrong version number`), maybe]
    ] as const
  ) {
    it(`of ${name} is ${expected.slice(0, 2).join(", ")}${expected[2] === true ? ", permanent" : ""}`, () => {
      const { outcome, permanent, reason } = read(error)
      assert.deepStrictEqual([reason, outcome, permanent], [...expected])
    })
  }

  it("is determined by the first known code in the chain of causes", () => {
    const deep = new TypeError("fetch failed", { cause: new Error("wrapped", { cause: coded("ECONNREFUSED") }) })
    assert.deepInclude(read(deep), {
      reason: "Connect",
      cause: { name: "Error", code: "ECONNREFUSED", message: "message" }
    })
  })

  it("of several addresses is determined by the first one", () => {
    const several = new AggregateError([coded("ECONNREFUSED"), coded("ETIMEDOUT")], "all failed")
    assert.strictEqual(read(new TypeError("fetch failed", { cause: several })).cause.code, "ECONNREFUSED")
  })

  it("of several addresses that timed out means that none was reached", () => {
    const member = coded("ETIMEDOUT", { syscall: "connect" })
    const several = Object.assign(new AggregateError([member, member]), { code: "ETIMEDOUT" })
    assert.deepInclude(read(several), { reason: "Connect", outcome: "not-sent" })
  })

  it("keeps the first cause with a code, or else the last cause", () => {
    const inner = new Error("inner")
    assert.deepInclude(read(coded("ECONNREFUSED", { cause: inner })).cause, {
      code: "ECONNREFUSED",
      message: "message"
    })
    assert.deepStrictEqual(read(new Error("outer", { cause: inner })).cause, { name: "Error", message: "inner" })
  })

  it("is determined by at most eight causes", () => {
    const under = (depth: number) => {
      let error: Error = coded("ECONNREFUSED")
      for (let i = 0; i < depth; i++) error = new Error("wrapped", { cause: error })
      return error
    }
    assert.strictEqual(read(under(7)).cause.code, "ECONNREFUSED")
    assert.strictEqual(read(under(8)).cause.code, undefined)
  })

  it("is determined even if the causes form a cycle", () => {
    const circle: { name: string; cause?: unknown } = { name: "Circle" }
    circle.cause = circle
    assert.strictEqual(read(circle).cause.name, "Circle")
  })

  it("keeps name, code and message on one line without the token", () => {
    const error = coded("E_s3cret-token", { request: { headers: { authorization: "s3cret-token" } } })
    error.name = "Odd\nError"
    error.message = `first\nsecond s3cret-token ${"x".repeat(1000)}`
    const { cause } = read(error)
    assert.deepStrictEqual(Object.keys(cause), ["name", "code", "message"])
    assert.strictEqual(cause.name, "Odd Error")
    assert.strictEqual(cause.code, "E_<redacted>")
    assert.match(cause.message, /^first second <redacted> x+…$/)
    assert.strictEqual(cause.message.length, 500)
  })

  it("has a default name and an empty message if the client gives none", () => {
    assert.deepStrictEqual(read(null).cause, { name: "Error", message: "" })
    assert.deepStrictEqual(read({ name: "", message: "" }).cause, { name: "Error", message: "" })
    assert.deepStrictEqual(read({ name: 1, message: 2, code: 3 }).cause, { name: "Error", message: "" })
  })
})
