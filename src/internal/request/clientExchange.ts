/** An exchange whose bodies are streams, over any HTTP client of Effect. */
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import { identity } from "effect/Function"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as RuntimeFlags from "effect/RuntimeFlags"
import * as RuntimeFlagsPatch from "effect/RuntimeFlagsPatch"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Redactor } from "../../wire/redaction.js"
import {
  type Controls,
  isStreamedBody,
  type NoResponse,
  type Outgoing,
  type Receiver,
  type RequestBody
} from "./directClient.js"
import { EarlyResponse, type NodeResponse } from "./earlyResponse.js"
import { isRejected } from "./networkFailure.js"
import { closesConnection, endedEarly, isTruncated, sourceOf } from "./responseSource.js"
import { cleanDefect, fixedBody, headersOf, noResponse, quiet, requestOf } from "./transport.js"

/** Receives a response through a fiber. */
export interface ClientReceiver extends Receiver {
  /** The client died with this defect, which has only its text. */
  readonly died: (defect: unknown) => void
  /** The fiber has ended, so nothing of the request is in use. Called once, also after `abort`. */
  readonly closed: () => void
}

type Failure = HttpClientError.HttpClientError

const nothing = new Uint8Array()

// The platform's node:http client does not wait for the connection after the last element of the stream's chunks. So
// each piece is followed by one without bytes.
const pacedStream = (body: AsyncIterable<Uint8Array>): Stream.Stream<Uint8Array, unknown> =>
  Stream.mapChunks(Stream.fromAsyncIterable(body, identity), Chunk.append(nothing))

const bodyOf = (body: RequestBody, contentType: string): HttpBody.HttpBody =>
  isStreamedBody(body) ? HttpBody.stream(pacedStream(body), contentType) : fixedBody(body, contentType)

/**
 * Sends a request and reads the response in one fiber, which can always be interrupted. The fiber waits while the
 * receiver pauses it.
 */
class ClientExchange implements Controls {
  private isOver = false
  private early: NodeResponse | undefined
  private readonly scope = Effect.runSync(Scope.make())
  /** Makes the client abort the request, if it is not complete. */
  private readonly release = Scope.close(this.scope, Exit.void)
  private readonly flowing = Effect.unsafeMakeLatch(true)
  private readonly fiber: Fiber.RuntimeFiber<void, Failure>
  private readonly receiver: ClientReceiver
  private readonly redactor: Redactor

  constructor(
    client: HttpClient.HttpClient,
    outgoing: Outgoing<RequestBody>,
    receive: (controls: Controls) => ClientReceiver,
    redactor: Redactor,
    runtime: Runtime.Runtime<never>
  ) {
    this.redactor = redactor
    this.receiver = receive(this)
    const sent = HttpClient.withScope(client).execute(requestOf(outgoing, bodyOf)).pipe(
      Effect.supervised(new EarlyResponse(outgoing.path, (response) => this.takeOver(response))),
      Effect.withRuntimeFlagsPatch(RuntimeFlagsPatch.enable(RuntimeFlags.OpSupervision))
    )
    this.fiber = Runtime.runFork(quiet(runtime))(
      Effect.flatMap(sent, (response) => this.early === undefined ? this.read(response) : Effect.never).pipe(
        Scope.extend(this.scope),
        Effect.ensuring(this.release)
      )
    )
    this.fiber.addObserver((exit) => {
      if (Exit.isFailure(exit)) this.fail(exit.cause)
      this.receiver.closed()
    })
  }

  pause(): void {
    this.flowing.unsafeClose()
    this.early?.pause()
  }

  resume(): void {
    this.flowing.unsafeOpen()
    this.early?.resume()
  }

  abort(): void {
    this.isOver = true
    this.early?.destroy()
    // Before the interruption, which waits for the cancellation of a web stream. If a `fetch` of the caller has cloned
    // the response, that ends only if the request does.
    Effect.runFork(this.release)
    this.fiber.unsafeInterruptAsFork(this.fiber.id())
  }

  private read(response: HttpClientResponse.HttpClientResponse): Effect.Effect<void, Failure> {
    let size = 0
    const headers = headersOf(response)
    // Otherwise it reads on without waiting for the receiver, which needs memory for the bytes. That is the lesser evil.
    const isNode = sourceOf(response)?.complete !== undefined
    const paced = isNode || !closesConnection(headers)
    this.receiver.head(response.status, headers)
    return Stream.runForEach(response.stream, (chunk) => {
      size += chunk.length
      this.receiver.data(chunk)
      return paced ? this.flowing.await : Effect.void
    }).pipe(
      // A fetch response without a body (204).
      Effect.catchIf((error) => error.reason === "EmptyBody", () => Effect.void),
      Effect.map(() => this.end(isTruncated(response, size)))
    )
  }

  private takeOver(response: NodeResponse): void {
    if (this.isOver || this.early !== undefined) return
    this.early = response
    response.on("data", (chunk: Uint8Array) => {
      if (!this.isOver) this.receiver.data(chunk)
    })
    response.on("error", (failed) => this.finish({ failed }))
    response.on("close", () => this.end(!response.complete))
    response.on("end", () => this.end(!response.complete))
    this.receiver.head(response.statusCode, headersOf({ headers: response.headers, source: response }))
  }

  private end(isTruncated: boolean): void {
    this.finish(isTruncated ? { failed: endedEarly() } : undefined)
  }

  /** Ends the exchange, by default with the end of the response. */
  private finish(failure?: NoResponse): void {
    if (this.isOver) return
    this.isOver = true
    // The rest of the request is not sent.
    if (this.early !== undefined) this.abort()
    if (failure === undefined) this.receiver.ended()
    else this.receiver.failed(failure)
  }

  private fail(cause: Cause.Cause<Failure>): void {
    // The response shows itself whether it is complete.
    if (this.isOver || this.early !== undefined) return
    this.isOver = true
    const error = Cause.failureOrCause(cause)
    if (error._tag === "Left") return this.receiver.failed(noResponse(error.left))
    const defect = Option.getOrUndefined(Cause.dieOption(cause))
    if (defect === undefined) this.receiver.failed({ failed: new Error("the HTTP client interrupted the request") })
    else if (isRejected(defect)) this.receiver.failed({ failed: defect })
    else this.receiver.died(cleanDefect(this.redactor, defect))
  }
}

/** Opens an exchange over a client. */
export const openThrough = (
  client: HttpClient.HttpClient,
  redactor: Redactor,
  runtime: Runtime.Runtime<never>
) =>
(outgoing: Outgoing<RequestBody>, receive: (controls: Controls) => ClientReceiver): Controls =>
  new ClientExchange(client, outgoing, receive, redactor, runtime)
