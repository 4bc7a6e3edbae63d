/** Breaks: the SDK is broken on purpose, in one place at a time, and these tests must fail. */

/** Groups of tests, and their files. */
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
  "unhandled errors": "test/wire/unhandled.test.ts",
  conformance: "test/conformance/conformance.test.ts",
  "conformance in time": "test/conformance/waiting.test.ts",
  "the client on undici": "test/undici.test.ts",
  "virtual time": "test/retry.test.ts",
  "any responses": "test/retry.property.test.ts",
  "any job": "test/Job.property.test.ts",
  "any pages": "test/listing.property.test.ts",
  prefetch: "test/prefetch.test.ts",
  "any JSON": "test/internal/reading/json.property.test.ts",
  "any response body": "test/internal/reading/decoder.property.test.ts",
  "any id": "test/internal/request/path.test.ts",
  simulation: "test/simulation/simulation.test.ts"
} as const

export type Part = keyof typeof parts

/** A text of a source file that is replaced by another, which breaks a promise. */
export interface Break {
  /** What the broken SDK does. */
  readonly does: string
  /** The file, below `src/`. */
  readonly file: string
  readonly from: string
  readonly to: string
  readonly noticedBy: ReadonlyArray<Part>
}

const send = "internal/request/send.ts"
const attempt = "internal/request/attempt.ts"
const transport = "internal/request/transport.ts"
const retry = "internal/request/retry.ts"
const network = "internal/request/networkFailure.ts"
const undici = "undici.ts"

export const breaks: ReadonlyArray<Break> = [
  {
    does: "repeats a change after a 500",
    file: retry,
    from: "(effect === \"unknown\" && repeatable)",
    to: "(effect === \"unknown\" && (repeatable || outcome._tag === \"Response\"))",
    noticedBy: ["fault matrix", "virtual time", "simulation", "any responses", "conformance"]
  },
  {
    does: "repeats a change after the connection broke",
    file: retry,
    from: "(effect === \"unknown\" && repeatable)",
    to: "(effect === \"unknown\" && (repeatable || outcome._tag === \"NoResponse\"))",
    noticedBy: ["fault matrix", "keep-alive", "virtual time", "simulation", "any responses", "conformance"]
  },
  {
    does: "never retries after a network failure",
    file: retry,
    from: "retryable: !permanent && (",
    to: "retryable: outcome._tag !== \"NoResponse\" && (",
    noticedBy: ["fault matrix", "keep-alive", "virtual time", "any responses", "conformance"]
  },
  {
    does: "treats a broken connection as one that was never established",
    file: network,
    from: "if ((neverConnected.has(code) && !wasConnected) ||",
    to: "if (code === \"ECONNRESET\" || (neverConnected.has(code) && !wasConnected) ||",
    noticedBy: ["fault matrix", "keep-alive", "simulation"]
  },
  {
    does: "treats a network route that was lost during a request as one that never existed",
    file: network,
    from: "const wasConnected = syscall === \"read\" || syscall === \"write\"",
    to: "const wasConnected = false",
    noticedBy: ["fault matrix"]
  },
  {
    does: "reports an unknown outcome as not sent",
    file: network,
    from: "outcome: \"unknown\", permanent: false }",
    to: "outcome: \"not-sent\", permanent: false }",
    noticedBy: ["fault matrix", "simulation", "conformance"]
  },
  {
    does: "retries after an untrusted certificate",
    file: network,
    from: "return { reason: \"Connect\", outcome: \"not-sent\", permanent: true }",
    to: "return { reason: \"Connect\", outcome: \"not-sent\", permanent: false }",
    noticedBy: ["TLS"]
  },
  {
    does: "gives an attempt one hour",
    file: send,
    from: "transport(outgoing, maxBody, Math.min(attemptTimeout, deadline - started))",
    to: "transport(outgoing, maxBody, 3_600_000)",
    noticedBy: ["fault matrix", "virtual time", "simulation", "conformance in time"]
  },
  {
    does: "starts attempts after the call's time limit",
    file: retry,
    from: "asked > limits.maxRetryAfter || now + delay >= deadline",
    to: "asked > limits.maxRetryAfter",
    noticedBy: ["virtual time", "any responses", "conformance in time"]
  },
  {
    does: "sends one attempt more than maxAttempts",
    file: "internal/request/options.ts",
    from: "      maxAttempts,\n",
    to: "      maxAttempts: maxAttempts + 1,\n",
    noticedBy: ["fault matrix", "virtual time", "simulation", "any responses", "conformance"]
  },
  {
    does: "waits less than Retry-After asks",
    file: retry,
    from: "Math.max(Math.round(share * Math.min(max, base * 2 ** (attempts - 1))), asked)",
    to: "Math.round(share * Math.min(max, base * 2 ** (attempts - 1)))",
    noticedBy: ["virtual time", "simulation", "any responses", "conformance in time"]
  },
  {
    does: "waits without jitter",
    file: retry,
    from: "Math.round(share * Math.min(",
    to: "Math.round(Math.min(",
    noticedBy: ["virtual time", "any responses"]
  },
  {
    does: "cannot be interrupted while it waits for a response",
    file: transport,
    from: "    dieClean(redactor)\n  )",
    to: "    dieClean(redactor),\n    Effect.uninterruptible\n  )",
    noticedBy: ["interruption", "simulation"]
  },
  {
    does: "does not abort the request when the attempt times out",
    file: "internal/request/timeLimit.ts",
    from: "      abort()\n      resume(Effect.sync(onTimeout))",
    to: "      resume(Effect.sync(onTimeout))",
    noticedBy: ["fault matrix"]
  },
  {
    does: "reads a body of any size",
    file: "internal/request/responseBody.ts",
    from: "return size <= max\n",
    to: "return true\n",
    noticedBy: ["fault matrix"]
  },
  {
    does: "lets fetch follow redirects",
    file: transport,
    from: "redirect: \"manual\"",
    to: "redirect: \"follow\"",
    noticedBy: ["redirects", "jobs on the wire", "redirects over TLS", "conformance"]
  },
  {
    does: "treats a redirect as a success",
    file: attempt,
    from: "(status < 200 || status > 299)",
    to: "(status < 200 || status > 399)",
    noticedBy: ["redirects", "fault matrix", "conformance"]
  },
  {
    does: "accepts a server's URL with a user name or a password",
    file: "internal/request/location.ts",
    from: "if (url.username !== \"\" || url.password !== \"\") return undefined",
    to: "",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "reads an id from a URL with any base path",
    file: "internal/request/location.ts",
    from: "if (mount === undefined) return undefined",
    to:
      "if (mount === undefined) return { segments: path.split(\"/\").slice(-3, -1), query: url.searchParams, foreign: false }",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "does not notice a listing that leads back",
    file: "internal/protocols/listing.ts",
    from: "next !== undefined && next.offset <= offset",
    to: "next !== undefined && next.offset < offset - 1e9",
    noticedBy: ["any pages", "conformance", "simulation"]
  },
  {
    does: "loses the last page of a listing",
    file: "internal/protocols/listing.ts",
    from: "return [Chunk.unsafeFromArray(data), Option.fromNullable(next)]",
    to: "return [Chunk.unsafeFromArray(next === undefined && state.pages > 0 ? [] : data), Option.fromNullable(next)]",
    noticedBy: ["any pages", "conformance", "simulation"]
  },
  {
    does: "repeats an item that moved between pages fetched concurrently",
    file: "internal/protocols/prefetch.ts",
    from: "const isNew = !seen.delete(id)",
    to: "const isNew = seen.delete(id) || true",
    noticedBy: ["prefetch"]
  },
  {
    does: "uses a prefetched page although the page before it leads elsewhere",
    file: "internal/protocols/prefetch.ts",
    from: "follower !== undefined && follower.offset !== position?.offset",
    to: "follower !== undefined && position === undefined",
    noticedBy: ["prefetch", "any pages"]
  },
  {
    does: "does not cancel prefetch requests when the stream ends",
    file: "internal/protocols/prefetch.ts",
    from: "yield* Effect.addFinalizer(() => cancelFrom(0))",
    to: "yield* Effect.addFinalizer(() => Effect.void)",
    noticedBy: ["prefetch"]
  },
  {
    does: "sends more concurrent requests than `concurrency` allows",
    file: "internal/protocols/prefetch.ts",
    from: "requests >= concurrency",
    to: "requests > concurrency",
    noticedBy: ["prefetch", "any pages"]
  },
  {
    does: "shows a token that the server echoes",
    file: "wire/redaction.ts",
    from: "value.replace(pattern, placeholder)",
    to: "value",
    noticedBy: [
      "redaction",
      "simulation",
      "redaction of any token",
      "redaction on sockets",
      "unhandled errors",
      "conformance"
    ]
  },
  {
    does: "shows the text of the client's errors without redaction",
    file: attempt,
    from: "networkFailure(exchange.failed, connection.redactor)",
    to: "networkFailure(exchange.failed, { ...connection.redactor, text: (text) => text })",
    noticedBy: ["redaction"]
  },
  {
    does: "turns the client's failures into defects",
    file: transport,
    from: "Effect.catchAll((error) => Effect.succeed<Incoming>({ failed: error.cause ?? error })),",
    to: "Effect.orDie,",
    noticedBy: ["fault matrix", "simulation", "unhandled errors"]
  },
  {
    does: "shows the client's defects without redaction",
    file: transport,
    from: "    dieClean(redactor)\n  )",
    to: "    (effect) => effect\n  )",
    noticedBy: ["redaction"]
  },
  {
    does: "lets the platform create spans of requests",
    file: transport,
    from: "Runtime.setFiberRef(HttpClient.currentTracerDisabledWhen, () => true),",
    to: "",
    noticedBy: ["redaction"]
  },
  {
    does: "lets Effect log the HTTP client's failures",
    file: transport,
    from: "Runtime.setFiberRef(FiberRef.unhandledErrorLogLevel, Option.none())",
    to: "",
    noticedBy: ["redaction"]
  },
  {
    does: "treats every 404 of a delete as a success",
    file: send,
    from: "if (lost && route.repeat === \"gone-is-done\"",
    to: "if (route.repeat === \"gone-is-done\"",
    noticedBy: ["simulation", "conformance"]
  },
  {
    does: "treats a running job as completed",
    file: "internal/protocols/job.ts",
    from: "return status.toLowerCase() === \"completed\"",
    to: "return status.toLowerCase() !== \"initialized\"",
    noticedBy: ["simulation", "any job", "conformance in time"]
  },
  {
    does: "treats a failed job as running",
    file: "internal/protocols/job.ts",
    from: "const failed = /^(?:error|abort|expired|cancel)/i",
    to: "const failed = /^(?:abort|expired|cancel)/i",
    noticedBy: ["simulation", "conformance in time"]
  },
  {
    does: "does not treat a 303 of a job as its end",
    file: "internal/protocols/job.ts",
    from: "if (response.status === 303) {",
    to: "if (response.status === 200 && response.location !== undefined) {",
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
    does: "keeps unknown keys of a response",
    file: "internal/reading/decoder.ts",
    from: "? pick(whole, fields) : whole",
    to: "? whole : whole",
    noticedBy: ["any response body"]
  },
  {
    does: "accepts a response without a required key",
    file: "internal/reading/decoder.ts",
    from: "presentRequired === required.length ? output ?? json",
    to: "presentRequired >= 0 ? output ?? json",
    noticedBy: ["any response body"]
  },
  {
    does: "sends any text as part of a path",
    file: "internal/request/path.ts",
    from: "const segment = /^[A-Za-z0-9_-]{1,128}$/",
    to: "const segment = /^[^/?#]{1,128}$/",
    noticedBy: ["any id", "redirects", "conformance"]
  },
  {
    does: "polls a job sooner than Retry-After asks",
    file: "internal/protocols/poll.ts",
    from: "Math.max(retryAfter, interval ?? firstDelay)",
    to: "(interval ?? firstDelay)",
    noticedBy: ["any job", "conformance in time"]
  },
  {
    does: "polls a missing job once more than allowed",
    file: "internal/protocols/job.ts",
    from: "const maxNotFound = 3",
    to: "const maxNotFound = 4",
    noticedBy: ["any job", "conformance in time"]
  },
  {
    does: "ends a wait after four failed polls in a row",
    file: "internal/protocols/poll.ts",
    from: "const maxFailures = 5",
    to: "const maxFailures = 4",
    noticedBy: ["any job", "conformance in time"]
  },
  {
    does: "takes the filters of the next page from the server",
    file: "internal/request/location.ts",
    from: "target: { offset: Number(offset),",
    to: "target: { ...Object.fromEntries(url.query), offset: Number(offset),",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "waits for a Retry-After of any length",
    file: retry,
    from: "asked > limits.maxRetryAfter",
    to: "asked > Number.POSITIVE_INFINITY",
    noticedBy: ["virtual time", "any responses", "conformance in time"]
  },
  {
    does: "compares the date of a Retry-After with its own clock",
    file: "internal/request/retryAfter.ts",
    from: "(httpDate(header(\"date\")) ?? now)",
    to: "now",
    noticedBy: ["conformance in time"]
  },
  {
    does: "lets a program set the Authorization header",
    file: "internal/request/options.ts",
    from: "  \"authorization\",\n",
    to: "",
    noticedBy: ["conformance"]
  },
  {
    does: "sends arguments that it found to be invalid",
    file: send,
    from: "if (issues.length > 0) return requestInvalid(context, issues)",
    to: "if (optionIssues.length > 0) return requestInvalid(context, issues)",
    noticedBy: ["any id", "conformance"]
  },
  {
    does: "treats every change as safe to repeat",
    file: retry,
    from: "idempotent === true",
    to: "idempotent !== false",
    noticedBy: ["conformance"]
  },
  {
    does: "undici client: does not abort a request",
    file: undici,
    from: "this.controller?.abort(new Error(\"the request was aborted\"))",
    to: "",
    noticedBy: ["the client on undici", "interruption", "fault matrix"]
  },
  {
    does: "undici client: sends a request that was aborted before it had a connection",
    file: undici,
    from: "if (this.done === undefined) this.abort()",
    to: "",
    noticedBy: ["the client on undici"]
  },
  {
    does: "undici client: reads bodies of any size",
    file: undici,
    from: "if (this.size > this.max) this.rejectAsTooLarge()",
    to: "if (this.size < 0) this.rejectAsTooLarge()",
    noticedBy: ["the client on undici", "fault matrix"]
  },
  {
    does: "undici client: accepts a body that breaks off as complete",
    file: undici,
    from: "this.finishWithBody({ broken: cause })",
    to: "this.onResponseEnd()",
    noticedBy: ["the client on undici", "fault matrix"]
  },
  {
    does: "undici client: treats an interim response as the response",
    file: undici,
    from: "if (status < 200) return",
    to: "",
    noticedBy: ["the client on undici"]
  },
  {
    does: "undici client: keeps its connections when its layer ends",
    file: undici,
    from: "Effect.promise(() => dispatcher.destroy())",
    to: "Effect.void",
    noticedBy: ["the client on undici"]
  }
]

/** The breaks, and the tests that notice them, in Markdown. */
export const breaksTable = (): string =>
  [
    "| The broken SDK | File | Noticed by |",
    "| - | - | - |",
    ...breaks.map(({ does, file, noticedBy }) => `| ${does} | \`${file}\` | ${noticedBy.join(", ")} |`),
    "",
    "| Tests | File |",
    "| - | - |",
    ...Object.entries(parts).map(([part, file]) => `| ${part} | \`${file}\` |`)
  ].join("\n")
