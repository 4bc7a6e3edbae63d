/** The meaning of an HTTP client's failure, and what the error keeps of it (S-4). */
import { assert, describe, it } from "@effect/vitest"
import { networkFailure } from "../../../src/internal/request/networkFailure.js"
import { makeRedactor } from "../../../src/wire/redaction.js"

const redactor = makeRedactor("s3cret-token")
const read = (error: unknown) => networkFailure(error, redactor)

const coded = (code: string, more: object = {}) => Object.assign(new Error("message"), { code, ...more })

// The errors of undici's ProxyAgent and of Node's own proxy support.
const tunnel = (status: number) =>
  coded("UND_ERR_ABORTED", { message: `Proxy response (${status}) !== 200 when HTTP Tunneling` })
const nodeTunnel = (status: string) =>
  coded("ERR_PROXY_TUNNEL", {
    message: `Failed to establish tunnel to a.example:443 via http://proxy:3128: HTTP/1.1 ${status}`
  })

const protocol = (message: string) => coded("EPROTO", { message })

describe("A network failure", () => {
  const never = ["Connect", "not-sent", false]
  const maybe = ["Transport", "unknown", false]
  const late = ["Timeout", "unknown", false]
  const refused = ["Connect", "not-sent", true]
  const rejected = ["Transport", "not-sent", true]

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
      ["a reset while connecting", coded("ECONNRESET", { syscall: "connect" }), never],
      ["a name server that fails", coded("EAI_FAIL", { syscall: "getaddrinfo" }), never],
      [
        "a connection that ended during the TLS handshake",
        coded("ECONNRESET", {
          message: "Client network socket disconnected before secure TLS connection was established"
        }),
        never
      ],
      ["undici's invalid argument", coded("UND_ERR_INVALID_ARG"), rejected],
      ["a header that undici does not support", coded("UND_ERR_NOT_SUPPORTED"), rejected],
      ["a character that node:http rejects", coded("ERR_INVALID_CHAR"), rejected],
      ["a header value that node:http rejects", coded("ERR_HTTP_INVALID_HEADER_VALUE"), rejected],
      ["an invalid URL", coded("ERR_INVALID_URL"), rejected],
      [
        "a rejection wrapped by fetch",
        new TypeError("fetch failed", { cause: coded("UND_ERR_INVALID_ARG") }),
        rejected
      ],
      [
        "a header value that fetch rejects",
        new TypeError("Headers.append: \"a\" is an invalid header value."),
        rejected
      ],
      [
        "a header value outside of Latin-1 that fetch rejects",
        new TypeError("Cannot convert argument to a ByteString because ..."),
        rejected
      ],
      ["another TypeError", new TypeError("is not a function"), maybe],
      ["another error with the text of a rejection", new Error("a is an invalid header value"), maybe],
      ["a body that the platform can't encode", { name: "RequestError", reason: "Encode", cause: "odd" }, rejected],
      ["a URL that the platform can't read", { name: "RequestError", reason: "InvalidUrl" }, rejected],
      ["a failure of the platform's transport", { name: "RequestError", reason: "Transport" }, maybe],
      ["a 407 that Node's fetch reports", new TypeError("fetch failed", { cause: new Error() }), refused],
      [
        "a 407 that a fetch reports with a text",
        new TypeError("fetch failed", { cause: new Error("proxy authentication required") }),
        refused
      ],
      ["another failure of fetch", new TypeError("fetch failed", { cause: new Error("odd") }), maybe],
      ["a failure of fetch without a cause", new TypeError("fetch failed"), maybe],
      [
        "a failure of fetch with a code",
        new TypeError("fetch failed", { cause: coded("ODD", { message: "" }) }),
        maybe
      ],
      [
        "a failure of fetch with two causes",
        new TypeError("fetch failed", { cause: new Error("", { cause: new Error() }) }),
        maybe
      ],
      ["an error without a message that fetch did not wrap", new Error("odd", { cause: new Error() }), maybe],
      ...[400, 403, 404, 407].map((status) => [`a tunnel refused with ${status}`, tunnel(status), refused] as const),
      ...[408, 429, 500, 502, 503, 504].map((status) =>
        [`a tunnel refused with ${status}`, tunnel(status), never] as const
      ),
      ["a tunnel refused with 403, of node:http", nodeTunnel("403 Forbidden"), refused],
      ["a tunnel refused with 502, of node:http", nodeTunnel("502 Bad Gateway"), never],
      ["a tunnel that ended, of node:http", coded("ERR_PROXY_TUNNEL"), never],
      ["another abortion", coded("UND_ERR_ABORTED"), maybe],
      ["TLS of a proxy that failed", coded("UND_ERR_PRX_TLS"), refused],
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

  it("of a client that has not begun to send the request means that nothing was sent", () => {
    const of = (error: unknown) => {
      const { outcome, permanent, reason } = networkFailure(error, redactor, true)
      return [reason, outcome, permanent]
    }
    assert.deepStrictEqual(of(coded("ECONNRESET", { syscall: "read" })), never)
    assert.deepStrictEqual(of(coded("ETIMEDOUT")), never)
    assert.deepStrictEqual(of(coded("CERT_HAS_EXPIRED")), refused)
    assert.deepStrictEqual(of(coded("UND_ERR_INVALID_ARG")), rejected)
  })

  it("says what happened if the client rejected the request or a proxy refused it", () => {
    const says = (error: unknown) => read(error).says?.join(". ")
    assert.strictEqual(
      says(coded("UND_ERR_INVALID_ARG")),
      "the HTTP client rejected the request and sent nothing. " +
        "Check the headers of the request and the settings of the HTTP client."
    )
    const proxy = "a proxy refused to forward the request. Check the address and the credentials of the proxy."
    for (const error of [tunnel(403), tunnel(502), new TypeError("fetch failed", { cause: new Error() })]) {
      assert.strictEqual(says(error), proxy)
    }
    assert.notProperty(read(coded("ECONNREFUSED")), "says")
  })

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

  it("does not show the user name and the password in the URL of a proxy", () => {
    const message = "Failed to establish tunnel to a.example:443 via http://ana:geheim@proxy:3128: HTTP/1.1 407 No"
    const { cause } = read(coded("ERR_PROXY_TUNNEL", { message }))
    assert.strictEqual(cause.message, message.replace("ana:geheim", "<redacted>"))
  })
})
