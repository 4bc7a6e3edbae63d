/**
 * What an HTTP client's failure means: did the request leave, and may it be repeated? The clients agree on
 * little but the `code` somewhere down the chain of causes.
 */
import type { NetworkReason } from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { isRecord, oneLine } from "../../wire/text.js"

/** A failure of the network, in the terms of the retry table. */
export interface NetworkFailure {
  readonly reason: NetworkReason
  readonly outcome: "not-sent" | "unknown"
  /** Nothing will be different next time: a refused certificate, a request that can't be built. */
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

// Node's words for a certificate that it refuses: OpenSSL's X509_V_ERR_* names, and its own ERR_TLS_*.
const refused = new Set(["HOSTNAME_MISMATCH", "INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED"])
const isCertificate = (code: string) => refused.has(code) || /CERT|^UNABLE_TO_|^ERR_TLS_/.test(code)

// OpenSSL's words for a handshake that came to nothing. Any other TLS error (a bad record) may strike in the middle of
// an answer, and then the request was sent. node:http has them in the message of an EPROTO, the others in the code.
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
}

const text = (value: unknown, fallback: string) => typeof value === "string" && value !== "" ? value : fallback

// The chain of causes, outermost first. An AggregateError (one connect per address) counts as its first member: it has
// that one's code itself, but does not say at what it failed.
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

const classify = ({ code = "", message, syscall }: Link): Pick<NetworkFailure, "reason" | "outcome" | "permanent"> => {
  if (isCertificate(code) || isHandshake(code, message)) {
    return { reason: "Connect", outcome: "not-sent", permanent: true }
  }
  // A connection that stood can lose its way too (`read EHOSTUNREACH`), and then the request may have arrived.
  const stood = syscall === "read" || syscall === "write"
  if ((neverConnected.has(code) && !stood) || (timedOut.has(code) && syscall === "connect")) {
    return { reason: "Connect", outcome: "not-sent", permanent: false }
  }
  return { reason: timedOut.has(code) ? "Timeout" : "Transport", outcome: "unknown", permanent: false }
}

/** Reads a client's error; only its name, code and message are kept (S-4). */
export const networkFailure = (error: unknown, redactor: Redactor): NetworkFailure => {
  const chain = chainOf(error)
  const telling = chain.find((link) => link.code !== undefined) ?? chain.at(-1) ??
    { name: "Error", message: "", code: undefined, syscall: undefined }
  return {
    ...classify(telling),
    cause: {
      name: oneLine(redactor.text(telling.name), 100),
      ...(telling.code === undefined ? {} : { code: oneLine(redactor.text(telling.code), 100) }),
      message: oneLine(redactor.text(telling.message), 500)
    }
  }
}
