/** One request through undici, whose handlers are called as the response arrives. */
import type { Controls, NoResponse, ReceivedHeaders, Receiver } from "./directClient.js"
import type { DispatchController, DispatchHandler } from "./dispatcher.js"
import { endsWithConnection } from "./responseSource.js"

/** The part of a socket that ends a connection. */
interface Socket {
  readonly destroy: (error: Error) => void
}

/** The connection that the layer's own agent opens or uses for a request. */
export class Attempt {
  isOver = false
  private socket: Socket | undefined
  private readonly resume: () => void

  constructor(resume: () => void) {
    this.resume = resume
  }

  connectWith(socket: Socket): void {
    this.socket = socket
    if (this.isOver) this.end()
  }

  /** Forgets the socket once it is connected, because other requests may use it. */
  succeed(): void {
    this.socket = undefined
  }

  /**
   * The server has closed the connection, and everything was read. undici 7 dies if the response is paused now
   * (nodejs/undici#5360). There is no more data, so there is nothing to pause for.
   */
  closedByServer(): void {
    if (!this.isOver) this.resume()
  }

  end(): void {
    this.isOver = true
    this.socket?.destroy(new Error("no request waits for this connection"))
  }
}

/** One request in flight. It passes the events of the response to the receiver. */
export class Exchange implements DispatchHandler, Controls {
  private controller: DispatchController | undefined
  /** The end was reported, or the request was aborted. Nothing is reported after it. */
  private isOver = false
  private readonly receiver: Receiver
  readonly attempt = new Attempt(() => this.resume())
  private canPause = true
  /** The requests in flight of the layer's own agent. */
  private readonly inFlight: Set<Exchange> | undefined

  constructor(receive: (controls: Controls) => Receiver, inFlight?: Set<Exchange>) {
    this.receiver = receive(this)
    this.inFlight = inFlight?.add(this)
  }

  onRequestStart(controller: DispatchController): void {
    this.controller = controller
    // The request was aborted while it waited for a connection.
    if (this.isOver) this.abort()
  }

  onResponseStart(_: DispatchController, status: number, headers: ReceivedHeaders): void {
    if (status < 200) return
    // Only the own agent knows when the connection ends.
    this.canPause = this.inFlight !== undefined || !endsWithConnection(headers)
    if (!this.isOver) this.receiver.head(status, headers)
  }

  onResponseData(_: DispatchController, chunk: Uint8Array): void {
    if (!this.isOver) this.receiver.data(chunk)
  }

  onResponseEnd(): void {
    if (this.isOver) return
    this.end()
    this.receiver.ended()
  }

  onResponseError(_: DispatchController | undefined, failed: unknown): void {
    // Another dispatcher than the own agent may have sent the request without saying so.
    this.fail({ failed, neverStarted: this.inFlight !== undefined && this.controller === undefined })
  }

  /** Reports that there is no response, or no more of it. */
  fail(failure: NoResponse): void {
    if (this.isOver) return
    this.end()
    this.receiver.failed(failure)
  }

  pause(): void {
    if (this.canPause) this.controller?.pause()
  }

  resume(): void {
    this.controller?.resume()
  }

  abort(): void {
    this.end()
    this.controller?.abort(new Error("the request was aborted"))
  }

  private end(): void {
    this.isOver = true
    this.inFlight?.delete(this)
    if (this.controller === undefined) this.attempt.end()
  }
}
