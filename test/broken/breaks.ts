/** The SDK broken on purpose, one place at a time, and the parts of the proof that must notice it. */

/** The parts of the proof, and where their tests are. */
export const parts = {
  "fault matrix": "test/wire/faults.test.ts",
  "keep-alive": "test/wire/keepAlive.test.ts",
  interruption: "test/wire/interruption.test.ts",
  "jobs on the wire": "test/wire/jobs.test.ts",
  redirects: "test/wire/redirects.test.ts",
  "redirects over TLS": "test/wire/redirects.tls.test.ts",
  TLS: "test/wire/tls.test.ts",
  redaction: "test/wire/redaction.test.ts",
  "redaction on sockets": "test/wire/redaction.sockets.test.ts",
  "redaction of any token": "test/wire/redaction.property.test.ts",
  "errors that nobody handles": "test/wire/unhandled.test.ts",
  conformance: "test/conformance/conformance.test.ts",
  "conformance in time": "test/conformance/waiting.test.ts",
  "the client on undici": "test/undici.test.ts",
  "virtual time": "test/retry.test.ts",
  "any answers": "test/retry.property.test.ts",
  "any job": "test/Job.property.test.ts",
  "any pages": "test/listing.property.test.ts",
  "pages ahead": "test/prefetch.test.ts",
  "any JSON": "test/internal/reading/json.property.test.ts",
  "any answer's body": "test/internal/reading/decoder.property.test.ts",
  "any id": "test/internal/request/path.test.ts",
  simulation: "test/simulation/simulation.test.ts"
} as const

export type Part = keyof typeof parts

/** A text of a source that is replaced by another, which breaks a promise. */
export interface Break {
  /** What the SDK then does. */
  readonly does: string
  /** Below `src/`. */
  readonly file: string
  readonly from: string
  readonly to: string
  readonly noticedBy: ReadonlyArray<Part>
}

const request = "internal/request/send.ts"
const failure = "internal/request/errors.ts"
const network = "internal/request/networkFailure.ts"
const undici = "undici.ts"

export const breaks: ReadonlyArray<Break> = [
  {
    does: "repeats a change after a 500",
    file: failure,
    from: "retryable: rejected || (uncertain && trait.idempotent),",
    to: "retryable: rejected || uncertain,",
    noticedBy: ["fault matrix", "virtual time", "simulation", "any answers", "conformance"]
  },
  {
    does: "repeats a change after the connection broke",
    file: failure,
    from: "retryable: !permanent && (outcome === \"not-sent\" || trait.idempotent),",
    to: "retryable: !permanent,",
    noticedBy: ["fault matrix", "keep-alive", "virtual time", "simulation", "any answers", "conformance"]
  },
  {
    does: "repeats nothing that may be repeated",
    file: failure,
    from: "retryable: !permanent && (outcome === \"not-sent\" || trait.idempotent),",
    to: "retryable: false,",
    noticedBy: ["fault matrix", "keep-alive", "virtual time", "any answers", "conformance"]
  },
  {
    does: "takes a broken connection for one that never stood",
    file: network,
    from: "if ((neverConnected.has(code) && !wasConnected) ||",
    to: "if (code === \"ECONNRESET\" || (neverConnected.has(code) && !wasConnected) ||",
    noticedBy: ["fault matrix", "keep-alive", "simulation"]
  },
  {
    does: "takes a route that was lost under a request for one that never was",
    file: network,
    from: "const wasConnected = syscall === \"read\" || syscall === \"write\"",
    to: "const wasConnected = false",
    noticedBy: ["fault matrix"]
  },
  {
    does: "says of an unknown outcome that nothing was sent",
    file: network,
    from: "outcome: \"unknown\", permanent: false }",
    to: "outcome: \"not-sent\", permanent: false }",
    noticedBy: ["fault matrix", "simulation", "conformance"]
  },
  {
    does: "tries a certificate again that can't be trusted",
    file: network,
    from: "return { reason: \"Connect\", outcome: \"not-sent\", permanent: true }",
    to: "return { reason: \"Connect\", outcome: \"not-sent\", permanent: false }",
    noticedBy: ["TLS"]
  },
  {
    does: "gives an attempt an hour",
    file: request,
    from: "attempt(Math.min(attemptTimeout, deadline - started))",
    to: "attempt(3_600_000)",
    noticedBy: ["fault matrix", "virtual time", "simulation", "conformance in time"]
  },
  {
    does: "goes on with attempts after the call's time is over",
    file: request,
    from: "delay === undefined || now + delay >= deadline",
    to: "delay === undefined",
    noticedBy: ["virtual time", "any answers", "conformance in time"]
  },
  {
    does: "sends one attempt more than maxAttempts",
    file: request,
    from: "|| here.attempts >= limits.maxAttempts",
    to: "|| here.attempts > limits.maxAttempts",
    noticedBy: ["fault matrix", "virtual time", "simulation", "any answers", "conformance"]
  },
  {
    does: "waits for less than Retry-After asks",
    file: "internal/request/retry.ts",
    from: "Math.max(Math.round(share * Math.min(max, base * 2 ** (error.attempts - 1))), asked))",
    to: "Math.round(share * Math.min(max, base * 2 ** (error.attempts - 1))))",
    noticedBy: ["virtual time", "simulation", "any answers", "conformance in time"]
  },
  {
    does: "waits without jitter",
    file: "internal/request/retry.ts",
    from: "Math.round(share * Math.min(",
    to: "Math.round(Math.min(",
    noticedBy: ["virtual time", "any answers"]
  },
  {
    does: "can't be interrupted while it waits for an answer",
    file: request,
    from: "    dieClean(redactor)\n  )",
    to: "    dieClean(redactor),\n    Effect.uninterruptible\n  )",
    noticedBy: ["interruption", "simulation"]
  },
  {
    does: "leaves the request to itself when the attempt is over",
    file: "internal/request/timeLimit.ts",
    from: "      abort()\n      resume(Effect.sync(onTimeout))",
    to: "      resume(Effect.sync(onTimeout))",
    noticedBy: ["fault matrix"]
  },
  {
    does: "reads a body of any length",
    file: "internal/request/responseBody.ts",
    from: "return size <= max\n",
    to: "return true\n",
    noticedBy: ["fault matrix"]
  },
  {
    does: "lets fetch follow redirects",
    file: request,
    from: "redirect: \"manual\"",
    to: "redirect: \"follow\"",
    noticedBy: ["redirects", "jobs on the wire", "redirects over TLS", "conformance"]
  },
  {
    does: "takes a redirect for a success",
    file: request,
    from: "(status < 200 || status > 299)",
    to: "(status < 200 || status > 399)",
    noticedBy: ["redirects", "fault matrix", "conformance"]
  },
  {
    does: "takes any URL of a server for one of its own",
    file: "internal/request/location.ts",
    from: "if (url.username !== \"\" || url.password !== \"\") return undefined",
    to: "",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "reads an id out of any path",
    file: "internal/request/location.ts",
    from: "if (mount === undefined) return undefined",
    to:
      "if (mount === undefined) return { segments: path.split(\"/\").slice(-3, -1), query: url.searchParams, foreign: false }",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "does not see that a listing leads back",
    file: "internal/protocols/listing.ts",
    from: "next !== undefined && next.offset <= offset",
    to: "next !== undefined && next.offset < offset - 1e9",
    noticedBy: ["any pages", "conformance", "simulation"]
  },
  {
    does: "loses a page of a listing when it is the last one",
    file: "internal/protocols/listing.ts",
    from: "return [Chunk.unsafeFromArray(data), next]",
    to: "return [Chunk.unsafeFromArray(next._tag === \"None\" && here.pages > 0 ? [] : data), next]",
    noticedBy: ["any pages", "conformance", "simulation"]
  },
  {
    does: "gives an item again that moved to a page fetched at once with the one it was on",
    file: "internal/protocols/prefetch.ts",
    from: "const isNew = !seen.delete(id)",
    to: "const isNew = seen.delete(id) || true",
    noticedBy: ["pages ahead"]
  },
  {
    does: "uses a page fetched ahead although the one before it leads elsewhere",
    file: "internal/protocols/prefetch.ts",
    from: "follower !== undefined && follower.offset !== position?.offset",
    to: "follower !== undefined && position === undefined",
    noticedBy: ["pages ahead", "any pages"]
  },
  {
    does: "leaves the requests for pages ahead under way when the stream has ended",
    file: "internal/protocols/prefetch.ts",
    from: "yield* Effect.addFinalizer(() => cancelFrom(0))",
    to: "yield* Effect.addFinalizer(() => Effect.void)",
    noticedBy: ["pages ahead"]
  },
  {
    does: "sends more requests at once than concurrency allows",
    file: "internal/protocols/prefetch.ts",
    from: "requests >= concurrency",
    to: "requests > concurrency",
    noticedBy: ["pages ahead", "any pages"]
  },
  {
    does: "shows a token that the server repeats",
    file: "wire/redaction.ts",
    from: "value.replace(pattern, placeholder)",
    to: "value",
    noticedBy: [
      "redaction",
      "simulation",
      "redaction of any token",
      "redaction on sockets",
      "errors that nobody handles",
      "conformance"
    ]
  },
  {
    does: "says what the client's own errors say, word for word",
    file: request,
    from: "networkFailure(attempt.failed, connection.redactor)",
    to: "networkFailure(attempt.failed, { ...connection.redactor, text: (text) => text })",
    noticedBy: ["redaction"]
  },
  {
    does: "dies of what the client fails with",
    file: request,
    from: "Effect.catchAll((error) => Effect.succeed<Incoming>({ failed: error.cause ?? error })),",
    to: "Effect.orDie,",
    noticedBy: ["fault matrix", "simulation", "errors that nobody handles"]
  },
  {
    does: "lets the client's defects through",
    file: request,
    from: "    dieClean(redactor)\n  )",
    to: "    (effect) => effect\n  )",
    noticedBy: ["redaction"]
  },
  {
    does: "has the platform make spans of requests",
    file: request,
    from: "Runtime.setFiberRef(HttpClient.currentTracerDisabledWhen, () => true),",
    to: "",
    noticedBy: ["redaction"]
  },
  {
    does: "has Effect log what the HTTP client fails with",
    file: request,
    from: "Runtime.setFiberRef(FiberRef.unhandledErrorLogLevel, Option.none())",
    to: "",
    noticedBy: ["redaction"]
  },
  {
    does: "takes a 404 of a delete for a success",
    file: request,
    from: "if (lost && error._tag",
    to: "if (error._tag",
    noticedBy: ["simulation", "conformance"]
  },
  {
    does: "takes the end of a job for that of any other status",
    file: "internal/protocols/job.ts",
    from: "return status.toLowerCase() === \"completed\"",
    to: "return status.toLowerCase() !== \"initialized\"",
    noticedBy: ["simulation", "any job", "conformance in time"]
  },
  {
    does: "takes a job that failed for one that goes on",
    file: "internal/protocols/job.ts",
    from: "const failed = /^(?:error|abort|expired|cancel)/i",
    to: "const failed = /^(?:abort|expired|cancel)/i",
    noticedBy: ["simulation", "conformance in time"]
  },
  {
    does: "does not take a 303 of a job for its end",
    file: "internal/protocols/job.ts",
    from: "if (answer.status === 303) {",
    to: "if (answer.status === 200 && answer.location !== undefined) {",
    noticedBy: ["jobs on the wire", "simulation"]
  },
  {
    does: "reads JSON of any depth",
    file: "internal/reading/json.ts",
    from: "if (hazards.isTooDeep) return",
    to: "if (text === \"\") return",
    noticedBy: ["fault matrix", "any JSON", "conformance"]
  },
  {
    does: "keeps keys named `__proto__`",
    file: "internal/reading/json.ts",
    from: "hazards.hasProto ? JSON.parse(text, dropProto) : value",
    to: "value",
    noticedBy: ["any JSON", "conformance"]
  },
  {
    does: "gives keys of answers that nobody knows",
    file: "internal/reading/decoder.ts",
    from: "? pick(whole, fields) : whole",
    to: "? whole : whole",
    noticedBy: ["any answer's body"]
  },
  {
    does: "takes an answer without a key that it needs",
    file: "internal/reading/decoder.ts",
    from: "presentRequired === required.length ? output ?? json",
    to: "presentRequired >= 0 ? output ?? json",
    noticedBy: ["any answer's body"]
  },
  {
    does: "sends any text as a part of a path",
    file: "internal/request/path.ts",
    from: "const segment = /^[A-Za-z0-9_-]{1,128}$/",
    to: "const segment = /^[^/?#]{1,128}$/",
    noticedBy: ["any id", "redirects", "conformance"]
  },
  {
    does: "asks less than the server wants it to, while it waits for a job",
    file: "internal/protocols/poll.ts",
    from: "Math.max(found.retryAfter, interval ?? firstDelay)",
    to: "(interval ?? firstDelay)",
    noticedBy: ["any job", "conformance in time"]
  },
  {
    does: "waits for a job that is not there for ever",
    file: "internal/protocols/job.ts",
    from: "const maxNotFound = 3",
    to: "const maxNotFound = 4",
    noticedBy: ["any job", "conformance in time"]
  },
  {
    does: "gives a wait up after four failures in a row",
    file: "internal/protocols/poll.ts",
    from: "const maxFailures = 5",
    to: "const maxFailures = 4",
    noticedBy: ["any job", "conformance in time"]
  },
  {
    does: "takes the filters of a listing from the server",
    file: "internal/request/location.ts",
    from: "target: { offset: Number(offset),",
    to: "target: { ...Object.fromEntries(url.query), offset: Number(offset),",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "waits for any Retry-After, however long",
    file: "internal/request/retry.ts",
    from: "asked > limits.maxRetryAfter",
    to: "asked > Number.POSITIVE_INFINITY",
    noticedBy: ["virtual time", "any answers", "conformance in time"]
  },
  {
    does: "measures the date of a Retry-After by its own clock",
    file: "internal/request/retryAfter.ts",
    from: "(httpDate(header(\"date\")) ?? now)",
    to: "now",
    noticedBy: ["conformance in time"]
  },
  {
    does: "lets a program set the header that carries the token",
    file: "internal/request/options.ts",
    from: "  \"authorization\",\n",
    to: "",
    noticedBy: ["conformance"]
  },
  {
    does: "sends what it has found to be wrong",
    file: request,
    from: "if (issues.length > 0) return requestInvalid(context, issues)",
    to: "if (optionIssues.length > 0) return requestInvalid(context, issues)",
    noticedBy: ["any id", "conformance"]
  },
  {
    does: "takes every change for one that may be sent twice",
    file: "internal/protocols/change.ts",
    from: "{ idempotent = false, ...options }: UpdateOptions",
    to: "{ idempotent = true, ...options }: UpdateOptions",
    noticedBy: ["conformance"]
  },
  {
    does: "has its client on undici leave a request that is given up",
    file: undici,
    from: "this.controller?.abort(new Error(\"the request was aborted\"))",
    to: "",
    noticedBy: ["the client on undici", "interruption", "fault matrix"]
  },
  {
    does: "has its client on undici send what was given up while it waited for a connection",
    file: undici,
    from: "if (this.done === undefined) this.abort()",
    to: "",
    noticedBy: ["the client on undici"]
  },
  {
    does: "has its client on undici read bodies of any length",
    file: undici,
    from: "if (this.size > this.max) this.rejectAsTooLarge()",
    to: "if (this.size < 0) this.rejectAsTooLarge()",
    noticedBy: ["the client on undici", "fault matrix"]
  },
  {
    does: "has its client on undici take a body that breaks off for a whole one",
    file: undici,
    from: "this.finishWithBody({ broken: cause })",
    to: "this.onResponseEnd()",
    noticedBy: ["the client on undici", "fault matrix"]
  },
  {
    does: "has its client on undici take what comes before the answer for the answer",
    file: undici,
    from: "if (status < 200) return",
    to: "",
    noticedBy: ["the client on undici"]
  },
  {
    does: "has its client on undici keep its connections when its layer ends",
    file: undici,
    from: "Effect.promise(() => dispatcher.destroy())",
    to: "Effect.void",
    noticedBy: ["the client on undici"]
  }
]

/** What is broken, and what notices it, in Markdown. */
export const breaksTable = (): string =>
  [
    "| the SDK, broken on purpose, | in | is noticed by |",
    "| - | - | - |",
    ...breaks.map(({ does, file, noticedBy }) => `| ${does} | \`${file}\` | ${noticedBy.join(", ")} |`),
    "",
    "| the part | is in |",
    "| - | - |",
    ...Object.entries(parts).map(([part, file]) => `| ${part} | \`${file}\` |`)
  ].join("\n")
