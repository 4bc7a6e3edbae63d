/**
 * An exchange whose bodies are streams: the response is read as it arrives, and the request may be sent as its source
 * provides it. Neither side is ever more than a few chunks ahead of the other.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { joinBytes } from "../../wire/joinBytes.js"
import type { Redactor } from "../../wire/redaction.js"
import { type ClientReceiver, openThrough } from "./clientExchange.js"
import {
  type Controls,
  directOpenOf,
  isStreamedBody,
  type NoResponse,
  type Outgoing,
  type ReceivedHeaders,
  type RequestBody
} from "./directClient.js"
import type { StreamHead } from "./streamedResponse.js"
import { interruptibleRuntime, schedule } from "./timeLimit.js"
import { Upload } from "./upload.js"

/** The time limits of an exchange, in milliseconds. */
export interface StreamLimits {
  /**
   * From the last byte of the request to the response headers. If the request body is not a stream, from the beginning.
   */
  readonly headersMillis: number
  /**
   * Longest time without progress: until the server takes more of the request, or sends more of the response. The
   * time during which the source of the request is slow, or the response is not being read, does not count.
   */
  readonly idleMillis: number
  /** The transfers that this one depends on. Default: none. */
  readonly linked?: Linked | undefined
}

/**
 * Transfers that depend on each other, such as an upload and the download of its results: the server may stop one while
 * the other one waits. So their times without progress are the same time.
 */
export type Linked = Set<LinkedTransfer>

interface LinkedTransfer {
  /** Whether it waits for the source of the request, or for the reader of the response. */
  readonly waitsForCaller: () => boolean
  /** Starts the time limit that applies now, if there is one. */
  readonly restart: () => void
}

/** How the opening of an exchange ended. `late` is the time limit that it exceeded, in milliseconds. */
export type Opened = StreamHead | NoResponse | { readonly late: number }

// A pause for each of many small chunks would be expensive: undici then copies all bytes that follow it.
const enough = 64 * 1024

type End = "ended" | NoResponse | { readonly late: number } | { readonly defect: unknown }

class StreamedExchange implements ClientReceiver, LinkedTransfer {
  private response: StreamHead | undefined
  /** What has arrived and was not yet asked for, and its size. */
  private chunks: Array<Uint8Array> = []
  private size = 0
  private end: End | undefined
  private isClosed = false
  private controls: Controls | undefined
  /** Continues the fiber that waits for the headers, for a chunk, or for the end of the client. */
  private wake: (() => void) | undefined
  private cancelTimer = () => {}
  private readonly isDirect: boolean
  private readonly upload: Upload | undefined
  private readonly limits: StreamLimits
  private readonly linked: Linked
  private readonly schedule: (millis: number, onTime: () => void) => () => void

  constructor(
    open: (receive: (controls: Controls) => ClientReceiver, body: RequestBody | undefined) => void,
    body: RequestBody | undefined,
    isDirect: boolean,
    limits: StreamLimits,
    schedule: StreamedExchange["schedule"]
  ) {
    this.isDirect = isDirect
    this.limits = limits
    this.linked = (limits.linked ?? new Set<LinkedTransfer>()).add(this)
    this.schedule = schedule
    this.upload = isStreamedBody(body)
      ? new Upload(body, () => this.watch(), (failed) => this.abort({ failed }))
      : undefined
    open((controls) => {
      this.controls = controls
      return this
    }, this.upload ?? body)
    this.watch()
  }

  head(status: number, headers: ReceivedHeaders): void {
    // The server has rejected the request, so it does not need the rest.
    if (status >= 300) this.upload?.stop()
    const abort = Effect.sync(() => this.abort({ failed: new Error("the response is no longer needed") }))
    this.response = { status, headers, pull: this.pull, abort }
    this.wake?.()
  }

  data(chunk: Uint8Array): void {
    this.chunks.push(chunk)
    this.size += chunk.length
    if (this.size >= enough) this.controls?.pause()
    this.wake?.()
  }

  ended(): void {
    this.finish("ended")
  }

  failed(failure: NoResponse): void {
    this.finish(failure)
  }

  died(defect: unknown): void {
    this.finish({ defect })
  }

  closed(): void {
    this.isClosed = true
    this.upload?.close()
    this.wake?.()
  }

  /** Returns the response headers. Interruption aborts the request. */
  readonly opened: Effect.Effect<Opened> = this.wait((): Effect.Effect<Opened> | undefined => {
    if (this.response !== undefined) return Effect.succeed(this.response)
    const { end } = this
    if (end === undefined || end === "ended") return undefined
    return "defect" in end ? Effect.die(end.defect) : Effect.succeed(end)
  }, () => this.abort({ failed: new Error("the request was interrupted") }))

  /** Aborts the request, and waits until the client has released it. */
  readonly close: Effect.Effect<void> = Effect.suspend(() => {
    this.abort({ failed: new Error("the response was closed") })
    return this.wait(() => this.isClosed ? Effect.void : undefined, () => {})
  })

  private readonly pull: StreamHead["pull"] = Effect.suspend(() => {
    if (this.size === 0 && this.end === undefined) this.controls?.resume()
    return this.wait((): StreamHead["pull"] | undefined => {
      const { chunks, end, size } = this
      if (size > 0) {
        this.chunks = []
        this.size = 0
        return Effect.succeed(joinBytes(chunks, size))
      }
      if (end === undefined) return undefined
      if (end === "ended") return Effect.succeed(undefined)
      if ("defect" in end) return Effect.die(end.defect)
      return Effect.fail("late" in end ? end : { broken: end.failed })
    }, () => {})
  })

  /**
   * Waits until there is a result. An interrupted fiber may still wait when another one closes the exchange: then the
   * interruption must not end the wait of the other one.
   */
  private wait<A, E>(
    take: () => Effect.Effect<A, E> | undefined,
    onInterrupt: () => void
  ): Effect.Effect<A, E> {
    return Effect.suspend(() =>
      take() ?? Effect.async<A, E>((resume) => {
        const wake = () => {
          const result = take()
          if (result === undefined) return
          this.stopWaiting()
          resume(result)
        }
        this.wake = wake
        this.watch()
        return Effect.sync(() => {
          if (this.wake === wake) this.stopWaiting()
          onInterrupt()
        })
      })
    )
  }

  private stopWaiting(): void {
    this.wake = undefined
    this.watch()
  }

  private abort(end: End): void {
    if (this.end !== undefined) return
    this.controls?.abort()
    this.finish(end)
  }

  private finish(end: End): void {
    if (this.end !== undefined) return
    this.end = end
    this.upload?.stop()
    this.linked.delete(this)
    this.cancelTimer()
    this.watch()
    this.wake?.()
    // A direct client uses no fiber that would still have to end.
    if (this.isDirect) this.closed()
  }

  waitsForCaller(): boolean {
    return this.upload?.waitsFor === "source" || (this.response !== undefined && this.wake === undefined)
  }

  restart(): void {
    this.cancelTimer()
    const millis = this.limit()
    this.cancelTimer = millis === undefined ? () => {} : this.schedule(millis, () => this.abort({ late: millis }))
  }

  /** Something has changed here, so the time limits of all linked transfers begin again. */
  private watch(): void {
    for (const transfer of this.linked) transfer.restart()
  }

  private limit(): number | undefined {
    const { headersMillis, idleMillis } = this.limits
    if (this.end !== undefined) return undefined
    for (const transfer of this.linked) if (transfer.waitsForCaller()) return undefined
    const isSent = (this.upload?.waitsFor ?? "nothing") === "nothing"
    return this.response === undefined && isSent ? headersMillis : idleMillis
  }
}

/**
 * Sends a request, and returns its response when the headers have arrived. Closing the scope aborts the request and
 * waits until the client has released it. So does an interruption before the headers.
 *
 * The response may arrive while the request is still being sent. If its status is 300 or higher, the rest of the
 * request is not sent. Otherwise it is sent until the response ends.
 */
export const openStream =
  (client: HttpClient.HttpClient, clock: Clock.Clock, redactor: Redactor) =>
  (outgoing: Outgoing<RequestBody>, limits: StreamLimits): Effect.Effect<Opened, never, Scope.Scope> =>
    Effect.flatMap(interruptibleRuntime<never>(), (runtime) => {
      const direct = directOpenOf(client)
      // The limits here replace undici's own.
      const layerLimits = { headersTimeout: 0, bodyTimeout: 0 }
      const open = direct ?? openThrough(client, redactor, runtime)
      return Effect.acquireRelease(
        Effect.sync(() =>
          new StreamedExchange(
            (receive, body) => open({ ...outgoing, body, layerLimits }, receive),
            outgoing.body,
            direct !== undefined,
            limits,
            (millis, onTime) => schedule(() => runtime, clock, millis, onTime)
          )
        ),
        (exchange) => exchange.close
      ).pipe(Effect.flatMap((exchange) => exchange.opened))
    })
