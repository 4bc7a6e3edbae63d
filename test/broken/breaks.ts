/** Deliberate breaks of the SDK, one at a time, and the tests that must detect each of them. */

/** The groups of tests, by name, and their files. */
export const parts = {
  "fault matrix": "test/wire/faults.test.ts",
  "keep-alive": "test/wire/keepAlive.test.ts",
  interruption: "test/wire/interruption.test.ts",
  "jobs on sockets": "test/wire/jobs.test.ts",
  redirects: "test/wire/redirects.test.ts",
  "redirects over TLS": "test/wire/redirects.tls.test.ts",
  TLS: "test/wire/tls.test.ts",
  "requests that are not sent": "test/wire/notSent.test.ts",
  redaction: "test/wire/redaction.test.ts",
  "redaction on sockets": "test/wire/redaction.sockets.test.ts",
  "redaction of any token": "test/wire/redaction.property.test.ts",
  "redaction of headers": "test/wire/redaction.headers.test.ts",
  "unhandled errors": "test/wire/unhandled.test.ts",
  conformance: "test/conformance/conformance.test.ts",
  "conformance with timers": "test/conformance/waiting.test.ts",
  "fetch client": "test/fetch.test.ts",
  "undici client": "test/undici.test.ts",
  "streamed bodies": "test/wire/streaming.test.ts",
  "streamed exchanges": "test/internal/request/streamedExchange.test.ts",
  "virtual time": "test/retry.test.ts",
  "any responses": "test/retry.property.test.ts",
  "any job": "test/Job.property.test.ts",
  "any pages": "test/listing.property.test.ts",
  "prefetch": "test/prefetch.test.ts",
  "any JSON": "test/internal/reading/json.property.test.ts",
  "any response body": "test/internal/reading/decoder.property.test.ts",
  "any bytes": "test/internal/reading/decodeBytes.property.test.ts",
  "any id": "test/internal/request/path.test.ts",
  simulation: "test/simulation/simulation.test.ts",
  "laws of callers": "test/laws/callers.test.ts",
  "laws of clocks": "test/laws/clocks.test.ts",
  "laws of retries": "test/laws/retries.test.ts",
  "targets of predictions": "test/predictionTargets.test.ts",
  "actual values": "test/DeploymentActuals.test.ts",
  "rows of actual values": "test/internal/protocols/actualRows.test.ts",
  "streams of predictions": "test/predictionStreams.test.ts",
  "trusted servers": "test/internal/request/trust.test.ts",
  imports: "test/imports.test.ts",
  "first attempts": "test/internal/request/firstAttempt.test.ts",
  "responses of effects": "test/internal/request/responseInfo.test.ts",
  "requests of the caller": "test/internal/request/rawRequest.test.ts",
  "unknown options": "test/internal/request/unknownOptions.test.ts",
  "concurrent requests": "test/internal/request/places.test.ts",
  telemetry: "test/internal/request/telemetry.test.ts",
  "prepared requests": "test/internal/request/preparedRequest.test.ts",
  "streamed requests": "test/internal/request/sendStream.test.ts",
  "faults of batch predictions": "test/wire/batch.test.ts",
  "interruption of batch predictions": "test/wire/batchInterruption.test.ts",
  "transfers of batch predictions": "test/wire/batchTransfers.test.ts",
  "times of batch predictions": "test/batchScore.test.ts",
  "simulation of batch predictions": "test/simulation/batch.test.ts"
} as const

export type Part = keyof typeof parts

/** Replaces a text in a source file by another one that breaks a promise. */
export interface Break {
  /** The behavior of the broken SDK. */
  readonly does: string
  /** The file, relative to `src/`. */
  readonly file: string
  readonly from: string
  readonly to: string
  readonly noticedBy: ReadonlyArray<Part>
}

const attempts = "internal/request/attempts.ts"
const prepared = "internal/request/preparedRequest.ts"
const attempt = "internal/request/attempt.ts"
const transport = "internal/request/transport.ts"
const retry = "internal/request/retry.ts"
const trust = "internal/request/trust.ts"
const network = "internal/request/networkFailure.ts"
const undici = "undici.ts"
const streamed = "internal/request/streamedExchange.ts"
const collector = "internal/request/collector.ts"
const fetchExchange = "internal/request/fetchExchange.ts"
const undiciExchange = "internal/request/undiciExchange.ts"
const batchJob = "internal/protocols/batchJob.ts"
const batchScore = "internal/protocols/batchScore.ts"
const batchUpload = "internal/protocols/batchUpload.ts"
const batchDownload = "internal/protocols/batchDownload.ts"

export const breaks: ReadonlyArray<Break> = [
  {
    does: "retries a change after a 500",
    file: retry,
    from: "(effect === \"unknown\" && repeatable)",
    to: "(effect === \"unknown\" && (repeatable || outcome._tag === \"Response\"))",
    noticedBy: ["fault matrix", "virtual time", "simulation", "any responses", "conformance"]
  },
  {
    does: "retries a change after the connection broke",
    file: retry,
    from: "(effect === \"unknown\" && repeatable)",
    to: "(effect === \"unknown\" && (repeatable || outcome._tag === \"NoResponse\"))",
    noticedBy: ["fault matrix", "keep-alive", "virtual time", "simulation", "any responses", "conformance"]
  },
  {
    does: "does not retry what may be repeated after a network error",
    file: retry,
    from: "retryable: !permanent && (",
    to: "retryable: outcome._tag !== \"NoResponse\" && (",
    noticedBy: ["fault matrix", "keep-alive", "virtual time", "any responses", "conformance"]
  },
  {
    does: "treats a broken connection as one that was never established",
    file: network,
    from: "(neverConnected.has(code) && !wasConnected) ||",
    to: "code === \"ECONNRESET\" || (neverConnected.has(code) && !wasConnected) ||",
    noticedBy: ["fault matrix", "keep-alive", "simulation"]
  },
  {
    does: "treats a route lost during a request as a failure to connect",
    file: network,
    from: "const wasConnected = syscall === \"read\" || syscall === \"write\"",
    to: "const wasConnected = false",
    noticedBy: ["fault matrix"]
  },
  {
    does: "reports an unknown outcome as not-sent",
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
    does: "allows an hour for an attempt",
    file: attempts,
    from: "Math.min(attemptTimeout, deadline - started)",
    to: "3_600_000",
    noticedBy: ["fault matrix", "virtual time", "simulation", "conformance with timers"]
  },
  {
    does: "starts attempts after the timeout of the call",
    file: retry,
    from: "asked > limits.maxRetryAfter || now + delay >= deadline",
    to: "asked > limits.maxRetryAfter",
    noticedBy: ["virtual time", "any responses", "conformance with timers"]
  },
  {
    does: "makes one attempt more than maxAttempts",
    file: retry,
    from: "attempts >= limits.maxAttempts",
    to: "attempts > limits.maxAttempts",
    noticedBy: ["fault matrix", "virtual time", "simulation", "any responses", "conformance"]
  },
  {
    does: "pauses for less than Retry-After",
    file: retry,
    from: "Math.max(Math.round(share * Math.min(max, base * 2 ** (attempts - 1))), asked)",
    to: "Math.round(share * Math.min(max, base * 2 ** (attempts - 1)))",
    noticedBy: ["virtual time", "simulation", "any responses", "conformance with timers"]
  },
  {
    does: "pauses without jitter",
    file: retry,
    from: "Math.round(share * Math.min(",
    to: "Math.round(Math.min(",
    noticedBy: ["virtual time", "any responses"]
  },
  {
    does: "can't be interrupted while it waits for a response",
    file: transport,
    from: "    dieClean(redactor)\n  )",
    to: "    dieClean(redactor),\n    Effect.uninterruptible\n  )",
    noticedBy: ["interruption", "simulation"]
  },
  {
    does: "does not cancel the request when the attempt times out",
    file: "internal/request/limitedTask.ts",
    from: "    this.abort()\n",
    to: "",
    noticedBy: ["undici client"]
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
    file: transport,
    from: "redirect: \"manual\"",
    to: "redirect: \"follow\"",
    noticedBy: ["redirects", "jobs on sockets", "redirects over TLS", "conformance"]
  },
  {
    does: "treats a redirect as a success",
    file: attempt,
    from: "status <= 299)",
    to: "status <= 399)",
    noticedBy: ["redirects", "fault matrix", "conformance"]
  },
  {
    does: "accepts URLs of a server that contain a user name or a password",
    file: "internal/request/location.ts",
    from: "if (url.username !== \"\" || url.password !== \"\") return undefined",
    to: "",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "reads an id from any path",
    file: "internal/request/location.ts",
    from: "if (mount === undefined) return undefined",
    to:
      "if (mount === undefined) return { segments: path.split(\"/\").slice(-3, -1), query: url.searchParams, foreign: false }",
    noticedBy: ["redirects", "conformance"]
  },
  {
    does: "does not notice that a listing leads back",
    file: "internal/protocols/listing.ts",
    from: "next !== undefined && next.offset <= offset",
    to: "next !== undefined && next.offset < offset - 1e9",
    noticedBy: ["any pages", "conformance", "simulation"]
  },
  {
    does: "loses the last page of a listing",
    file: "internal/protocols/listing.ts",
    from: "return Effect.map(Effect.either(after), (either) => {",
    to:
      "return Effect.map(Effect.either(after), (either) => { if (state.pages > 0 && Either.isRight(either) && either.right === undefined) data.length = 0;",
    noticedBy: ["any pages", "conformance", "simulation"]
  },
  {
    does: "sends actual values before it has checked all of them",
    file: "DeploymentActuals.ts",
    from: "...actualIssues(all, options.keepActualsWithoutPredictions)",
    to: "...actualIssues(all.slice(0, maxActuals), options.keepActualsWithoutPredictions)",
    noticedBy: ["actual values"]
  },
  {
    does: "sends an actual value that became invalid after it was checked",
    file: "internal/protocols/actualRows.ts",
    from: "data.every(checked ? hasActualValues : isActual)",
    to: "(checked || data.every(isActual))",
    noticedBy: ["actual values", "rows of actual values"]
  },
  {
    does: "accepts an actual value with a key that is not known",
    file: "internal/protocols/actualRows.ts",
    from: "Object.getOwnPropertySymbols(row).length === known",
    to: "Object.getOwnPropertySymbols(row).length >= known",
    noticedBy: ["rows of actual values"]
  },
  {
    does: "emits an item twice that moved to another page of the same batch",
    file: "internal/protocols/prefetch.ts",
    from: "const isNew = !seen.delete(id)",
    to: "const isNew = seen.delete(id) || true",
    noticedBy: ["prefetch"]
  },
  {
    does: "uses a page requested ahead although the one before it leads elsewhere",
    file: "internal/protocols/prefetch.ts",
    from: "follower !== undefined && follower.offset !== position?.offset",
    to: "follower !== undefined && position === undefined",
    noticedBy: ["prefetch", "any pages"]
  },
  {
    does: "does not cancel the requests for pages ahead at the end of the stream",
    file: "internal/protocols/prefetch.ts",
    from: "yield* Effect.addFinalizer(() => cancelFrom(0))",
    to: "yield* Effect.addFinalizer(() => Effect.void)",
    noticedBy: ["prefetch"]
  },
  {
    does: "sends more requests at once than concurrency allows",
    file: "internal/protocols/prefetch.ts",
    from: "requests >= concurrency",
    to: "requests > concurrency",
    noticedBy: ["prefetch", "any pages"]
  },
  {
    does: "shows a token that the server repeats",
    file: "wire/redaction.ts",
    from: "value.slice(done, start) + placeholder",
    to: "value.slice(done, end)",
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
    does: "does not recognize a token that is escaped",
    file: "wire/redaction.ts",
    from: "escapes === 0 ? undefined : unescape(text)",
    to: "escapes >= 0 ? undefined : unescape(text)",
    noticedBy: ["redaction", "redaction of any token"]
  },
  {
    does: "does not recognize a token in base64",
    file: "wire/redaction.ts",
    from: "if (layers === 0) return",
    to: "if (layers >= 0) return",
    noticedBy: ["redaction", "redaction of any token"]
  },
  {
    does: "shows the secrets in the caller's headers",
    file: "internal/request/headerSecrets.ts",
    from: "secrets.length === 0 ? connection",
    to: "secrets.length >= 0 ? connection",
    noticedBy: ["redaction of headers"]
  },
  {
    does: "does not redact the texts of the HTTP client's errors",
    file: attempt,
    from: "networkFailure(exchange.failed, redactor, exchange.neverStarted)",
    to: "networkFailure(exchange.failed, { ...redactor, text: (text) => text })",
    noticedBy: ["redaction"]
  },
  {
    does: "dies if the HTTP client fails",
    file: transport,
    from: "Effect.catchAll((error) => Effect.succeed<Incoming>(noResponse(error))),",
    to: "Effect.orDie,",
    noticedBy: ["fault matrix", "simulation", "unhandled errors"]
  },
  {
    does: "does not redact defects of the HTTP client",
    file: transport,
    from: "    dieClean(redactor)\n  )",
    to: "    (effect) => effect\n  )",
    noticedBy: ["redaction"]
  },
  {
    does: "lets the platform create spans for requests",
    file: transport,
    from: "Runtime.setFiberRef(HttpClient.currentTracerDisabledWhen, () => true),",
    to: "",
    noticedBy: ["redaction"]
  },
  {
    does: "lets Effect log the HTTP client's errors",
    file: transport,
    from: "Runtime.setFiberRef(FiberRef.unhandledErrorLogLevel, Option.none())",
    to: "",
    noticedBy: ["redaction"]
  },
  {
    does: "treats a 404 to the first attempt of a delete as a success",
    file: attempts,
    from: "gone !== undefined && lost &&",
    to: "gone !== undefined &&",
    noticedBy: ["simulation", "conformance"]
  },
  {
    does: "treats any job status except INITIALIZED as the end of the job",
    file: "internal/protocols/job.ts",
    from: "return status.toLowerCase() === \"completed\"",
    to: "return status.toLowerCase() !== \"initialized\"",
    noticedBy: ["simulation", "any job", "conformance with timers"]
  },
  {
    does: "treats a failed job as one that is still running",
    file: "internal/protocols/job.ts",
    from: "const failed = /^(?:error|abort|expired|cancel)/i",
    to: "const failed = /^(?:abort|expired|cancel)/i",
    noticedBy: ["simulation", "conformance with timers"]
  },
  {
    does: "does not treat a 303 as the end of a job",
    file: "internal/protocols/job.ts",
    from: "if (response.status === 303) {",
    to: "if (response.status === 200 && response.location !== undefined) {",
    noticedBy: ["jobs on sockets", "simulation"]
  },
  {
    does: "reads JSON of any depth",
    file: "internal/reading/json.ts",
    from: "if (depth > maxDepth) return true",
    to: "if (depth > maxDepth) return false",
    noticedBy: ["fault matrix", "any JSON", "conformance"]
  },
  {
    does: "keeps keys named `__proto__`",
    file: "internal/reading/json.ts",
    from: "Reflect.deleteProperty(value, key)",
    to: "continue",
    noticedBy: ["any JSON", "conformance"]
  },
  {
    does: "returns unknown keys of responses",
    file: "internal/reading/struct.ts",
    from: "else decoded = absent",
    to: "else decoded = value",
    noticedBy: ["any response body"]
  },
  {
    does: "accepts a response without a required key",
    file: "internal/reading/struct.ts",
    from: "presentRequired === required.length ? copy ?? json",
    to: "presentRequired >= 0 ? copy ?? json",
    noticedBy: ["any response body"]
  },
  {
    does: "decodes bytes of any depth",
    file: "internal/reading/json.ts",
    from: "if (depth > maxDepth) return false",
    to: "if (depth > maxDepth) return true",
    noticedBy: ["any bytes"]
  },
  {
    does: "decodes bytes with keys named `__proto__`",
    file: "internal/reading/json.ts",
    from: "if (key === \"__proto__\" || !isSafe",
    to: "if (!isSafe",
    noticedBy: ["any bytes"]
  },
  {
    does: "does not limit the depth of unknown keys",
    file: "internal/reading/struct.ts",
    from: "isOwned && !isSafe(value, depth + 1)",
    to: "isOwned && !isSafe(value, 0)",
    noticedBy: ["any bytes"]
  },
  {
    does: "changes JSON that its caller keeps",
    file: "internal/reading/struct.ts",
    from: "if (isOwned && decoded !== absent && to === key) {",
    to: "if (decoded !== absent && to === key) {",
    noticedBy: ["any response body"]
  },
  {
    does: "accepts almost any text as a path segment",
    file: "internal/request/path.ts",
    from: "const segment = /^[A-Za-z0-9_-]{1,128}$/",
    to: "const segment = /^[^/?#]{1,128}$/",
    noticedBy: ["any id", "redirects", "conformance"]
  },
  {
    does: "ignores Retry-After while it waits for a job",
    file: "internal/protocols/poll.ts",
    from: "Math.max(retryAfter, interval ?? firstDelay)",
    to: "(interval ?? firstDelay)",
    noticedBy: ["any job", "conformance with timers"]
  },
  {
    does: "tolerates one 404 too many while it waits for a job",
    file: "internal/protocols/poll.ts",
    from: "const maxNotFound = 3",
    to: "const maxNotFound = 4",
    noticedBy: ["any job", "conformance with timers"]
  },
  {
    does: "ends a wait after four failures in a row",
    file: "internal/protocols/poll.ts",
    from: "const maxFailures = 5",
    to: "const maxFailures = 4",
    noticedBy: ["any job", "conformance with timers"]
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
    file: retry,
    from: "asked > limits.maxRetryAfter",
    to: "asked > Number.POSITIVE_INFINITY",
    noticedBy: ["virtual time", "any responses", "conformance with timers"]
  },
  {
    does: "compares the date in a Retry-After with the local clock",
    file: "internal/request/retryAfter.ts",
    from: "(httpDate(header(\"date\")) ?? now)",
    to: "now",
    noticedBy: ["conformance with timers"]
  },
  {
    does: "lets a program set the authorization header",
    file: "internal/request/options.ts",
    from: "  \"authorization\",\n",
    to: "",
    noticedBy: ["conformance"]
  },
  {
    does: "sends requests with invalid arguments",
    file: prepared,
    from: "if (lists.some((list) => list.length > 0)) return requestInvalid(request, lists.flat(), redactor)",
    to: "if (plan.issues.length > 0) return requestInvalid(request, lists.flat(), redactor)",
    noticedBy: ["any id", "conformance"]
  },
  {
    does: "treats every change as idempotent",
    file: retry,
    from: "return idempotent === true",
    to: "return idempotent !== false",
    noticedBy: ["conformance"]
  },
  {
    does: "does not abort an interrupted request in its undici client",
    file: undiciExchange,
    from: "this.controller?.abort(new Error(\"the request was aborted\"))",
    to: "",
    noticedBy: ["undici client", "interruption", "fault matrix"]
  },
  {
    does: "sends a request in its undici client that was interrupted before it had a connection",
    file: undiciExchange,
    from: "if (this.isOver) this.abort()",
    to: "",
    noticedBy: ["undici client"]
  },
  {
    does: "keeps connecting for an interrupted request in its undici client",
    file: undiciExchange,
    from: "this.socket?.destroy(new Error(\"no request waits for this connection\"))",
    to: "",
    noticedBy: ["undici client"]
  },
  {
    does: "treats a request that the HTTP client rejects as one that may have been sent",
    file: network,
    from: "const meaning = chain.some(isRejection)",
    to: "const meaning = chain.length > 8",
    noticedBy: ["requests that are not sent"]
  },
  {
    does: "takes the first of two Retry-After headers",
    file: "internal/request/retryAfter.ts",
    from: "Math.max(...all)",
    to: "all[0]",
    noticedBy: ["fault matrix", "conformance with timers"]
  },
  {
    does: "reads bodies of any length in its own clients",
    file: collector,
    from: "if (this.size > this.max) this.rejectAsTooLarge()",
    to: "if (this.size < 0) this.rejectAsTooLarge()",
    noticedBy: ["undici client", "fetch client", "fault matrix"]
  },
  {
    does: "treats a truncated body as complete in its own clients",
    file: collector,
    from: "this.finish({ broken: failure.failed })",
    to: "this.ended()",
    noticedBy: ["undici client", "fetch client", "fault matrix"]
  },
  {
    does: "treats an informational response as the final one in its undici client",
    file: undiciExchange,
    from: "if (status < 200) return",
    to: "",
    noticedBy: ["undici client"]
  },
  {
    does: "keeps the connections of its undici client after its layer ends",
    file: undici,
    from: "Effect.promise(() => dispatcher.destroy())",
    to: "Effect.void",
    noticedBy: ["undici client"]
  },
  {
    does: "lets fetch follow redirects in its own client",
    file: fetchExchange,
    from: "redirect: \"manual\"",
    to: "redirect: \"follow\"",
    noticedBy: ["fetch client", "redirects", "jobs on sockets", "redirects over TLS"]
  },
  {
    does: "lets a fetch of the caller change the headers of all requests",
    file: fetchExchange,
    from: "const headers = { ...all }",
    to: "const headers = all",
    noticedBy: ["fetch client"]
  },
  {
    does: "lets a dispatcher of the caller change the headers of all requests",
    file: "internal/request/dispatcherClient.ts",
    from: "headers: { ...headers },",
    to: "headers,",
    noticedBy: ["undici client"]
  },
  {
    does: "does not abort an interrupted request in its client on fetch",
    file: fetchExchange,
    from: "    this.controller.abort()\n    //",
    to: "    //",
    noticedBy: ["fetch client", "interruption", "fault matrix"]
  },
  {
    does: "keeps a response in its client on fetch that comes after the request was aborted",
    file: fetchExchange,
    from: "this.reader?.cancel().catch(() => {})",
    to: "",
    noticedBy: ["fetch client"]
  },
  {
    does: "pauses a response in its client on fetch that ends with the connection",
    file: fetchExchange,
    from: "if (!this.canPause) return",
    to: "",
    noticedBy: ["fetch client", "streamed bodies"]
  },
  {
    does: "goes on sending a request through fetch whose response has ended",
    file: fetchExchange,
    from: "if (isStreamedBody(outgoing.body)) this.controller.abort()",
    to: "",
    noticedBy: ["fetch client"]
  },
  {
    does: "takes a short download through fetch for a whole one",
    file: fetchExchange,
    from: "return this.mode === \"streamed\" && ",
    to: "return size < 0 && ",
    noticedBy: ["fetch client"]
  },
  {
    does: "reads a streamed response without waiting for the consumer",
    file: streamed,
    from: "if (this.size >= enough) this.controls?.pause()",
    to: "",
    noticedBy: ["streamed bodies"]
  },
  {
    does: "goes on sending a streamed request that the server has rejected",
    file: streamed,
    from: "if (status >= 300) this.upload?.stop()",
    to: "",
    noticedBy: ["streamed exchanges"]
  },
  {
    does: "keeps the socket of a streamed response that is no longer read",
    file: streamed,
    from: "    this.controls?.abort()\n",
    to: "",
    noticedBy: ["streamed bodies"]
  },
  {
    does: "counts the time that the source of a request takes as silence of the server",
    file: streamed,
    from: "this.upload?.waitsFor === \"source\" || ",
    to: "",
    noticedBy: ["streamed bodies", "streamed exchanges"]
  },
  {
    does: "ends a streamed request properly if its source fails",
    file: "internal/request/upload.ts",
    from: "      this.onFailure(error)",
    to: "      resolve({ done: true, value: undefined })",
    noticedBy: ["streamed bodies"]
  },
  {
    does: "does not find a response of node:http that arrives while the request is sent",
    file: "internal/request/earlyResponse.ts",
    from: "if (!writableFinished && path === this.path)",
    to: "if (path === \"\")",
    noticedBy: ["streamed bodies"]
  },
  {
    does: "pauses a response in its undici client that ends with the connection",
    file: undiciExchange,
    from: "if (!this.isOver) this.resume()",
    to: "",
    noticedBy: ["streamed bodies"]
  },
  {
    does: "says that a failed read after a change is retryable",
    file: "internal/request/errorChanges.ts",
    from: "withChanges(error, { retryable: false })",
    to: "withChanges(error, {})",
    noticedBy: ["laws of callers", "simulation", "conformance"]
  },
  {
    does: "says that the failed wait of a change is retryable",
    file: "internal/protocols/change.ts",
    from: "afterChange(awaitJob(operation, job, operation.options.wait))",
    to: "awaitJob(operation, job, operation.options.wait)",
    noticedBy: ["laws of callers", "simulation", "conformance with timers"]
  },
  {
    does: "lets requests inherit the uninterruptible region of their caller",
    file: "internal/request/timeLimit.ts",
    from: "runtimeFlags: RuntimeFlags.enable(flags, RuntimeFlags.Interruption)",
    to: "runtimeFlags: flags",
    noticedBy: ["laws of callers", "simulation", "interruption"]
  },
  {
    does: "measures deadlines with the time of day",
    file: "internal/request/monotonic.ts",
    from:
      "clock === processClock ? Math.floor(performance.now()) : Number(clock.unsafeCurrentTimeNanos() / 1_000_000n)",
    to: "clock.unsafeCurrentTimeMillis()",
    noticedBy: ["laws of clocks", "simulation"]
  },
  {
    does: "sends the token to a prediction server of any domain",
    file: "internal/protocols/predictionTarget.ts",
    from: "if (!isTrusted(connection, url)) return untrusted(connection, url)",
    to: "",
    noticedBy: ["targets of predictions", "conformance"]
  },
  {
    does: "trusts every host whose name ends with that of the endpoint",
    file: trust,
    from: "hostname.endsWith(`.${domain}`)",
    to: "hostname.endsWith(domain)",
    noticedBy: ["trusted servers", "targets of predictions"]
  },
  {
    does: "sends the token to a prediction server by plain http",
    file: trust,
    from: "url.protocol === \"https:\" && isBelow",
    to: "isBelow",
    noticedBy: ["trusted servers", "targets of predictions"]
  },
  {
    does: "builds a URL on a server that may not receive the token",
    file: attempt,
    from: " || (server !== undefined && !isTrusted(connection, base))",
    to: "",
    noticedBy: ["prepared requests"]
  },
  {
    does: "does not warn of a deprecated route on the fast path",
    file: "internal/request/firstAttempt.ts",
    from: " && exchange.headers[\"deprecation\"] === undefined",
    to: "",
    noticedBy: ["first attempts"]
  },
  {
    does: "takes a failure status on the fast path for a success",
    file: "internal/request/firstAttempt.ts",
    from: "\"status\" in exchange && isSuccess(route, exchange.status) &&",
    to: "\"status\" in exchange && isSuccess(route, 200) &&",
    noticedBy: ["first attempts"]
  },
  {
    does: "makes the first attempt twice if it fails on the fast path",
    file: "internal/request/send.ts",
    from: "  let made = first\n",
    to: "  let made: Exchange | undefined = first && undefined\n",
    noticedBy: ["first attempts"]
  },
  {
    does: "does not end the span of an operation that is interrupted on the fast path",
    file: "internal/request/firstAttempt.ts",
    from: "if (span !== undefined) closeSpan(fiber, span, Exit.interrupt(fiber.id()))",
    to: "if (span === undefined) Exit.interrupt(fiber.id())",
    noticedBy: ["first attempts"]
  },
  {
    does: "sends a request on the fast path outside of the span of its operation",
    file: "internal/request/firstAttempt.ts",
    from: "if (span === undefined || currentTracer === nativeTracer) return run()",
    to: "if (span === undefined || currentTracer !== nativeTracer) return run()",
    noticedBy: ["first attempts"]
  },
  {
    does: "does not redact the key of a prediction server",
    file: prepared,
    from: "server?.key === undefined ? operation.secrets",
    to: "[].length === 0 || server?.key === undefined ? operation.secrets",
    noticedBy: ["targets of predictions", "prepared requests"]
  },
  {
    does: "sends a prediction again after a timeout",
    file: retry,
    from: "busy.has(outcome.status) : outcome.reason !== \"Timeout\"",
    to: "busy.has(outcome.status) : true",
    noticedBy: ["laws of callers", "laws of retries", "conformance with timers"]
  },
  {
    does: "sends a prediction again after a failure of the model",
    file: retry,
    from: "busy.has(outcome.status) : outcome.reason",
    to: "true : outcome.reason",
    noticedBy: ["laws of retries", "conformance"]
  },
  {
    does: "does not send a prediction again if its server is busy with 570",
    file: retry,
    from: "new Set([502, 503, 504, 570])",
    to: "new Set([502, 503, 504])",
    noticedBy: ["laws of retries", "conformance"]
  },
  {
    does: "ignores idempotent: false of a prediction",
    file: retry,
    from: "idempotent === undefined || idempotent === true ? \"if-busy\" : false",
    to: "\"if-busy\"",
    noticedBy: ["laws of retries", "laws of callers", "conformance"]
  },
  {
    does: "sends a streamed body again",
    file: "internal/request/sendStream.ts",
    from: "isStreamed ? { ...prepared, limits: { ...limits, maxAttempts: 1 } } : prepared",
    to: "prepared",
    noticedBy: ["streamed requests"]
  },
  {
    does: "accepts a response with fewer predictions than rows",
    file: "internal/protocols/prediction.ts",
    from: "if (data.length !== rows) {",
    to: "if (data.length > rows) {",
    noticedBy: ["streams of predictions", "conformance"]
  },
  {
    does: "accepts predictions in another order than the rows",
    file: "internal/protocols/prediction.ts",
    from: "return wrong < 0",
    to: "return wrong < 1e9",
    noticedBy: ["streams of predictions", "conformance"]
  },
  {
    does: "sends a request although the deadline has passed during the pause",
    file: attempts,
    from: "        if (monotonicMillis(clock) >= deadline) return end()\n",
    to: "",
    noticedBy: ["laws of clocks"]
  },
  {
    does: "polls although the deadline passed long ago",
    file: "internal/protocols/poll.ts",
    from: "if (left < -leastPatience) return yield* overdue(state)",
    to: "",
    noticedBy: ["laws of clocks"]
  },
  {
    does: "takes the end of the file for the end of a batch prediction",
    file: batchScore,
    from: "if (!isComplete) yield* orFailed(confirmComplete(work, wait))",
    to: "",
    noticedBy: ["simulation of batch predictions", "faults of batch predictions"]
  },
  {
    does: "takes the end of a downloaded file for the end of its batch prediction",
    file: batchDownload,
    from: "Stream.concat(Stream.execute(confirmComplete(work, wait)))",
    to: "(whole) => whole",
    noticedBy: ["transfers of batch predictions"]
  },
  {
    does: "does not cancel the batch prediction of a call that was interrupted",
    file: batchScore,
    from: "Effect.suspend(() => isSettled ||",
    to: "Effect.suspend(() => true ||",
    noticedBy: [
      "simulation of batch predictions",
      "faults of batch predictions",
      "interruption of batch predictions",
      "transfers of batch predictions",
      "times of batch predictions"
    ]
  },
  {
    does: "leaves a batch prediction that was created after the interruption",
    file: batchScore,
    from: "? abandon({ operation, id: exit.value.id })",
    to: "? Effect.void",
    noticedBy: ["interruption of batch predictions", "times of batch predictions"]
  },
  {
    does: "waits for ever for the cancellation of a batch prediction",
    file: batchJob,
    from: "timeout: cancelMillis, attemptTimeout: cancelMillis / 2",
    to: "timeout: 1e9, attemptTimeout: 1e9",
    noticedBy: ["times of batch predictions"]
  },
  {
    does: "goes on downloading when the upload has failed",
    file: batchScore,
    from: "Effect.zipRight(Deferred.failCause(failed, cause), Scope.close(downloading, Exit.void))",
    to: "Deferred.failCause(failed, cause)",
    noticedBy: ["faults of batch predictions"]
  },
  {
    does: "does not watch the job while it transfers",
    file: batchScore,
    from: "Effect.forkScoped(Effect.interruptible(watch))",
    to: "Effect.forkScoped(Effect.void)",
    noticedBy: ["faults of batch predictions"]
  },
  {
    does: "ends a transfer because of a short outage of the API",
    file: batchScore,
    from: "return Option.isSome(error) && !isJobError(error.value)",
    to: "return Option.isSome(error) && false",
    noticedBy: ["times of batch predictions"]
  },
  {
    does: "accepts a response to an upload that is not complete",
    file: "internal/request/sendStream.ts",
    from: "() => streaming.source?.isSent() !== false",
    to: "() => true",
    noticedBy: ["faults of batch predictions", "transfers of batch predictions"]
  },
  {
    does: "sends no part of an upload again",
    file: batchUpload,
    from: "idempotent: canResend",
    to: "idempotent: false",
    noticedBy: ["transfers of batch predictions"]
  },
  {
    does: "splits parts without the settings of the job",
    file: batchUpload,
    from: "splitCsv(checked, partSize, csvSettings)",
    to: "splitCsv(checked, partSize)",
    noticedBy: ["transfers of batch predictions"]
  },
  {
    does: "says that a failed batch prediction may be created again",
    file: batchScore,
    from: "error instanceof SourceError ? error.error : notRetryable(error)",
    to: "error instanceof SourceError ? error.error : error",
    noticedBy: ["simulation of batch predictions", "faults of batch predictions", "transfers of batch predictions"]
  },
  {
    does: "takes the error of a source for one of the operation",
    file: batchJob,
    from: "error instanceof SourceError ? Effect.fail(error) : Effect.flip(explain(work, error))",
    to: "Effect.flip(explain(work, error instanceof SourceError ? error.error as DataRobotError : error))",
    noticedBy: ["transfers of batch predictions"]
  },
  {
    does: "never gives up results that are not found",
    file: batchDownload,
    from: "if (left <= pause) yield* awaitComplete(work, within(1))",
    to: "",
    noticedBy: ["faults of batch predictions", "times of batch predictions"]
  },
  {
    does: "shows the secrets in the settings of a batch prediction",
    file: "internal/protocols/poll.ts",
    from: "withHeaderSecrets(connection, headers, operation.secrets)",
    to: "withHeaderSecrets(connection, headers)",
    noticedBy: ["transfers of batch predictions"]
  },
  {
    does: "waits for ever for an exchange that is closed during an interruption",
    file: streamed,
    from: "if (this.wake === wake) this.stopWaiting()",
    to: "this.stopWaiting()",
    noticedBy: ["streamed exchanges", "interruption of batch predictions"]
  },
  {
    does: "loads the schemas of deployments with every operation that changes something",
    file: "internal/protocols/change.ts",
    from: "import { awaitJob } from \"./job.js\"",
    to: "import { awaitJob } from \"./job.js\"\nimport \"../../wire/routes/deployments.js\"",
    noticedBy: ["imports"]
  },
  {
    does: "does not remember the response of a fast path",
    file: "internal/request/firstAttempt.ts",
    from: "      recordResponse(fiber, exchange, connection.redactor)\n",
    to: "",
    noticedBy: ["responses of effects"]
  },
  {
    does: "does not remember the response of a client without a fast path",
    file: "internal/request/attempts.ts",
    from: "      if (\"status\" in ended) recordResponse(fiber, ended, connection.redactor)\n",
    to: "",
    noticedBy: ["responses of effects"]
  },
  {
    does: "shows the token in the headers of a response",
    file: "internal/request/responseInfo.ts",
    from: "[name, redactor.text(value)]",
    to: "[name, value]",
    noticedBy: ["responses of effects"]
  },
  {
    does: "does not tell an outer effect the responses of an inner one",
    file: "internal/request/responseInfo.ts",
    from: "recorder = recorder.outer",
    to: "recorder = undefined",
    noticedBy: ["responses of effects"]
  },
  {
    does: "lets a path of the caller leave the endpoint",
    file: "internal/request/relativePath.ts",
    from: "text.split(/[/\\\\]/).some(isDots)",
    to: "text.split(/[/\\\\]/).includes(\"nothing\")",
    noticedBy: ["requests of the caller"]
  },
  {
    does: "decodes a path of the caller only once before it looks for parents",
    file: "internal/request/relativePath.ts",
    from: "const maxDecodings = 4",
    to: "const maxDecodings = 1",
    noticedBy: ["requests of the caller"]
  },
  {
    does: "repeats any request of the caller",
    file: "internal/request/rawRequest.ts",
    from: "repeat: isRepeatable ? \"idempotent\" : \"once\",",
    to: "repeat: \"idempotent\",",
    noticedBy: ["requests of the caller"]
  },
  {
    does: "ignores options that do not exist",
    file: "internal/request/unknownOptions.ts",
    from: "given[name] !== undefined && !names.has(name)",
    to: "given[name] === null && !names.has(name)",
    noticedBy: ["unknown options"]
  },
  {
    does: "sends any number of requests at a time",
    file: "internal/request/places.ts",
    from: "const hasPlace = this.free > 0",
    to: "const hasPlace = this.free > -1e9",
    noticedBy: ["concurrent requests"]
  },
  {
    does: "keeps the place of a request that has ended",
    file: "internal/request/places.ts",
    from: "    this.waiting.delete(ticket)\n    if (!ticket.hasPlace) return\n",
    to: "    if (ticket.hasPlace) return\n",
    noticedBy: ["concurrent requests"]
  },
  {
    does: "names the port in the address of the server",
    file: "internal/request/tracing.ts",
    from: "address: hostname.replace(",
    to: "address: (hostname + port).replace(",
    noticedBy: ["telemetry"]
  },
  {
    does: "shows frames of the SDK before the span of the operation",
    file: "internal/request/taggedError.ts",
    from: "      dropFrames(this)\n",
    to: "",
    noticedBy: ["telemetry"]
  },
  {
    does: "counts no retry",
    file: "internal/request/attempts.ts",
    from: "        countRetry(fiber, operation.name, because)\n",
    to: "",
    noticedBy: ["telemetry"]
  }
]

/** The breaks and the tests that detect them, as Markdown tables. */
export const breaksTable = (): string =>
  [
    "| the broken SDK | file | detected by |",
    "| - | - | - |",
    ...breaks.map(({ does, file, noticedBy }) => `| ${does} | \`${file}\` | ${noticedBy.join(", ")} |`),
    "",
    "| test group | file |",
    "| - | - |",
    ...Object.entries(parts).map(([part, file]) => `| ${part} | \`${file}\` |`)
  ].join("\n")
