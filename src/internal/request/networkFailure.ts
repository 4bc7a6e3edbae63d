/**
 * Classifies the errors of HTTP clients: was the request sent, and may it be repeated? The clients have little in
 * common except a `code` somewhere in the chain of causes.
 */
import type { NetworkReason } from "../../DataRobotError.js"
import { placeholder, type Redactor } from "../../wire/redaction.js"
import { isRecord, oneLine } from "../../wire/text.js"
import { defined } from "./defined.js"

/** A network failure, as the retry decision needs it. */
export interface NetworkFailure {
  readonly reason: NetworkReason
  readonly outcome: "not-sent" | "unknown"
  /** A retry would fail in the same way, as with a refused certificate or a body over the limit. */
  readonly permanent: boolean
  /** What happened and what to do, if more is known than the reason. */
  readonly says?: readonly [happened: string, advice: string]
  readonly cause: { readonly name: string; readonly code?: string; readonly message: string }
}

const neverConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "ENETDOWN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_PROXY_TUNNEL"
])

const timedOut = new Set(["ETIMEDOUT", "ESOCKETTIMEDOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"])

// Errors about the request's own URL or headers. The clients check these before they connect.
const rejectedRequest = new Set([
  "UND_ERR_INVALID_ARG",
  "UND_ERR_NOT_SUPPORTED",
  "ERR_INVALID_ARG_VALUE",
  "ERR_INVALID_CHAR",
  "ERR_INVALID_HTTP_TOKEN",
  "ERR_INVALID_PROTOCOL",
  "ERR_INVALID_URL",
  "ERR_HTTP_INVALID_HEADER_VALUE",
  "ERR_HTTP_TRAILER_INVALID",
  "ERR_UNESCAPED_CHARACTERS"
])

// Node's codes for a refused certificate: OpenSSL's X509_V_ERR_* names without the prefix, and Node's own ERR_TLS_*.
const refusedCertificate = new Set([
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "UND_ERR_PRX_TLS"
])
const isCertificate = (code: string) => refusedCertificate.has(code) || /CERT|^UNABLE_TO_|^ERR_TLS_/.test(code)

// OpenSSL's names for a failed handshake. Any other TLS error (such as a bad record) may occur in the middle of a
// response, after the request was sent. node:http has these names in the message of an EPROTO error, the other clients
// in the code.
const handshake =
  /WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|ALERT_(?:PROTOCOL_VERSION|HANDSHAKE_FAILURE|UNKNOWN_CA|CERTIFICATE_REQUIRED)|UNRECOGNIZED_NAME/
const isHandshake = (code: string, message: string) =>
  code.startsWith("ERR_SSL_")
    ? handshake.test(code)
    : code === "EPROTO" && handshake.test(message.slice(0, 500).toUpperCase().replaceAll(" ", "_"))

interface Link {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly syscall: unknown
  /** The platform's own word for a request that can't be sent: "Encode" or "InvalidUrl". */
  readonly reason: unknown
}

const text = (value: unknown, fallback: string) => typeof value === "string" && value !== "" ? value : fallback

// The chain of causes, outermost first. An AggregateError (one connection attempt per address) is replaced by its first
// member: it has the same code, but not the `syscall` that failed.
const chainOf = (error: unknown): ReadonlyArray<Link> => {
  const links: Array<Link> = []
  for (let link = error; isRecord(link) && links.length < 8;) {
    const [member]: ReadonlyArray<unknown> = Array.isArray(link["errors"]) ? link["errors"] : []
    links.push({
      name: text(link["name"], "Error"),
      message: text(link["message"], ""),
      code: member === undefined && typeof link["code"] === "string" ? link["code"] : undefined,
      syscall: link["syscall"],
      reason: link["reason"]
    })
    link = link["cause"] ?? member
  }
  return links
}

// fetch has only texts for a header that it rejects.
const isRejection = ({ code = "", message, name, reason }: Link) =>
  rejectedRequest.has(code) || reason === "Encode" || reason === "InvalidUrl" ||
  (name === "TypeError" && /is an invalid header value|to a ByteString/.test(message.slice(0, 500)))

/** Whether the error means that the client rejects the request, so that nothing was sent. */
export const isRejected = (error: unknown): boolean => chainOf(error).some(isRejection)

const rejected = [
  "the HTTP client rejected the request and sent nothing",
  "Check the headers of the request and the settings of the HTTP client."
] as const
const refusedByProxy = [
  "a proxy refused to forward the request",
  "Check the address and the credentials of the proxy."
] as const

// fetch does not connect to some ports, such as 6000. This error has no code.
const blockedPort = ["could not connect", "fetch blocks this port: use another port, or another HTTP client."] as const

type Meaning = Omit<NetworkFailure, "cause">

/** Nothing was sent. If it is transient, the next attempt may succeed. */
const unsent = (
  reason: NetworkReason,
  kind: "permanent" | "transient",
  says?: NetworkFailure["says"]
): Meaning => ({ reason, outcome: "not-sent", permanent: kind === "permanent", ...defined({ says }) })

// undici's and Node's errors for a proxy that refused to open a tunnel.
const refusedTunnel = /^Proxy response \((\d{3})\)|^Failed to establish tunnel to .{1,400}: HTTP\/1\.\d (\d{3})/
const tunnelFailure = (message: string): Meaning | undefined => {
  const [found, ...statuses] = refusedTunnel.exec(message) ?? []
  if (found === undefined) return undefined
  const status = Number(statuses.join(""))
  return unsent("Connect", status === 408 || status === 429 || status > 499 ? "transient" : "permanent", refusedByProxy)
}

// Node's error for a refused tunnel contains the URL of the proxy, perhaps with its password.
const withoutUserInfo = (message: string): string => message.replace(/\/\/[^\s/@]{1,500}@/g, `//${placeholder}@`)

// Node's fetch turns a 407 into this error. It has no other error without a code and a message.
const isProxyAuthentication = ([outer, inner, ...more]: ReadonlyArray<Link>) =>
  outer?.message === "fetch failed" && inner?.code === undefined && more.length === 0 &&
  (inner?.message === "" || inner?.message === "proxy authentication required")

const classify = ({ code = "", message, syscall }: Link): Meaning => {
  if (code === "" && message === "bad port") return unsent("Connect", "permanent", blockedPort)
  if (isCertificate(code) || isHandshake(code, message)) {
    return { reason: "Connect", outcome: "not-sent", permanent: true }
  }
  const tunnel = tunnelFailure(message)
  if (tunnel !== undefined) return tunnel
  // An established connection can lose its route too (`read EHOSTUNREACH`). Then the request may have arrived.
  const wasConnected = syscall === "read" || syscall === "write"
  if (
    (neverConnected.has(code) && !wasConnected) || syscall === "connect" || syscall === "getaddrinfo" ||
    message.startsWith("Client network socket disconnected before secure TLS connection")
  ) return unsent("Connect", "transient")
  return { reason: timedOut.has(code) ? "Timeout" : "Transport", outcome: "unknown", permanent: false }
}

/**
 * Classifies a client's error. Keeps only its name, code and message, with the token redacted (S-4). `neverStarted`: the
 * client has not begun to send the request.
 */
export const networkFailure = (error: unknown, redactor: Redactor, neverStarted = false): NetworkFailure => {
  const chain = chainOf(error)
  const cause = chain.find((link) => link.code !== undefined) ?? chain.at(-1) ??
    { name: "Error", message: "", code: undefined, syscall: undefined, reason: undefined }
  const meaning = chain.some(isRejection)
    ? unsent("Transport", "permanent", rejected)
    : isProxyAuthentication(chain)
    ? unsent("Connect", "permanent", refusedByProxy)
    : classify(cause)
  return {
    ...(neverStarted && meaning.outcome === "unknown" ? unsent("Connect", "transient") : meaning),
    cause: {
      name: oneLine(redactor.text(cause.name), 100),
      ...defined({ code: cause.code && oneLine(redactor.text(cause.code), 100) }),
      message: oneLine(withoutUserInfo(redactor.text(cause.message)), 500)
    }
  }
}
