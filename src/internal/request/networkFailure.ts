/**
 * Classifies the errors of HTTP clients: was the request sent, and may it be repeated? The clients have little in
 * common except a `code` somewhere in the chain of causes.
 */
import type { NetworkReason } from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { isRecord, oneLine } from "../../wire/text.js"
import { defined } from "./defined.js"

/** A network failure, as the retry decision needs it. */
export interface NetworkFailure {
  readonly reason: NetworkReason
  readonly outcome: "not-sent" | "unknown"
  /** A retry would fail in the same way, as with a refused certificate or a body over the limit. */
  readonly permanent: boolean
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
  "UND_ERR_CONNECT_TIMEOUT"
])

const timedOut = new Set(["ETIMEDOUT", "ESOCKETTIMEDOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"])

// Node's codes for a refused certificate: OpenSSL's X509_V_ERR_* names without the prefix, and Node's own ERR_TLS_*.
const refusedCertificate = new Set(["HOSTNAME_MISMATCH", "INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED"])
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

/** Whether `fetch` refused to connect because it blocks the port. This error has no code. */
export const isBlockedPort = ({ code, message }: { readonly code?: string | undefined; readonly message: string }) =>
  code === undefined && message === "bad port"

interface Link {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly syscall: unknown
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
      syscall: link["syscall"]
    })
    link = link["cause"] ?? member
  }
  return links
}

const classify = (link: Link): Pick<NetworkFailure, "reason" | "outcome" | "permanent"> => {
  const { code = "", message, syscall } = link
  if (isCertificate(code) || isHandshake(code, message) || isBlockedPort(link)) {
    return { reason: "Connect", outcome: "not-sent", permanent: true }
  }
  // An established connection can lose its route too (`read EHOSTUNREACH`). Then the request may have arrived.
  const wasConnected = syscall === "read" || syscall === "write"
  if ((neverConnected.has(code) && !wasConnected) || (timedOut.has(code) && syscall === "connect")) {
    return { reason: "Connect", outcome: "not-sent", permanent: false }
  }
  return { reason: timedOut.has(code) ? "Timeout" : "Transport", outcome: "unknown", permanent: false }
}

/** Classifies a client's error. Keeps only its name, code and message, with the token redacted (S-4). */
export const networkFailure = (error: unknown, redactor: Redactor): NetworkFailure => {
  const chain = chainOf(error)
  const cause = chain.find((link) => link.code !== undefined) ?? chain.at(-1) ??
    { name: "Error", message: "", code: undefined, syscall: undefined }
  return {
    ...classify(cause),
    cause: {
      name: oneLine(redactor.text(cause.name), 100),
      ...defined({ code: cause.code && oneLine(redactor.text(cause.code), 100) }),
      message: oneLine(redactor.text(cause.message), 500)
    }
  }
}
