/** One request through `fetch`, whose response is passed to a receiver as it arrives. */
import * as Headers from "@effect/platform/Headers"
import {
  type Controls,
  isStreamedBody,
  type NoResponse,
  type Outgoing,
  type ReceivedHeaders,
  type Receiver,
  type RequestBody
} from "./directClient.js"
import { closesConnection, endedEarly, isShort } from "./responseSource.js"

/** How requests are sent: the `fetch` function, and options that are the same for all requests. */
export interface Fetching {
  readonly fetch: typeof globalThis.fetch
  readonly init: RequestInit
}

const nothing = () => {}

/** Whether the receiver gets the body as it arrives, or collects a whole one. */
type Mode = "streamed" | "whole"

/** A stream that takes a chunk of its source only when `fetch` needs one. */
const readableOf = (source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> => {
  const iterator = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => {
      await iterator.return?.()
    }
  }, { highWaterMark: 0 })
}

const requestInit = ({ body, headers: all, method }: Outgoing<RequestBody>): RequestInit => {
  // A copy, because other requests have the same headers, and a `fetch` of the caller may change them.
  const headers = { ...all }
  return isStreamedBody(body)
    // Boundary: TypeScript's DOM types don't have `duplex` yet.
    ? { method, headers, body: readableOf(body), duplex: "half" } as RequestInit
    // Boundary: `fetch` accepts bytes in any buffer, TypeScript's types only in one that is not shared.
    : { method, headers, ...(body === undefined ? {} : { body: body as BodyInit }) }
}

/**
 * Sends a request, and reads the response as long as the receiver does not pause it. `fetch` follows no redirect, which
 * would send the token elsewhere (S-2).
 */
export class FetchExchange implements Controls {
  /** The end was reported, or the request was aborted. Nothing is reported after it. */
  private isOver = false
  private canPause = true
  /** Settles when the receiver asks for data again, if it has paused the response. */
  private resumed: Promise<void> | undefined
  private wake = nothing
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  private readonly controller = new AbortController()
  private readonly receiver: Receiver
  private readonly mode: Mode

  constructor(
    fetching: Fetching,
    outgoing: Outgoing<RequestBody>,
    receive: (controls: Controls) => Receiver,
    mode: Mode
  ) {
    this.mode = mode
    this.receiver = receive(this)
    void this.run(fetching, outgoing)
  }

  pause(): void {
    if (!this.canPause) return
    this.resumed ??= new Promise((resolve) => {
      this.wake = resolve
    })
  }

  resume(): void {
    this.resumed = undefined
    this.wake()
  }

  abort(): void {
    this.isOver = true
    // The receiver may have paused the response, and there may be no more of it.
    this.wake()
    this.release()
  }

  /** Closes the connection, if the request or the response is not complete. */
  private release(): void {
    this.controller.abort()
    // A `fetch` of the caller may ignore the signal.
    this.reader?.cancel().catch(() => {})
  }

  private async run(fetching: Fetching, outgoing: Outgoing<RequestBody>): Promise<void> {
    const failure = await this.exchange(fetching, outgoing)
    if (this.isOver) return
    this.isOver = true
    // The server may have ended the response before the end of the request, of which the rest is not sent.
    if (isStreamedBody(outgoing.body)) this.controller.abort()
    if (failure === undefined) this.receiver.ended()
    else this.receiver.failed(failure)
  }

  /** Returns why there is no response, or no more of it. `undefined`: it is complete. */
  private async exchange(
    { fetch, init }: Fetching,
    outgoing: Outgoing<RequestBody>
  ): Promise<NoResponse | undefined> {
    try {
      const response = await fetch(outgoing.origin + outgoing.path, {
        ...init,
        ...requestInit(outgoing),
        redirect: "manual",
        signal: this.controller.signal
      })
      this.reader = response.body?.getReader?.()
      if (this.isOver) {
        this.release()
        return undefined
      }
      const { status } = response
      const headers: ReceivedHeaders = Headers.fromInput(response.headers)
      // Otherwise it reads on without waiting for the receiver, which needs memory for the bytes. That is the lesser evil.
      this.canPause = !closesConnection(headers)
      this.receiver.head(status, headers)
      const size = await this.read(response)
      return this.mode === "streamed" && isShort({ method: outgoing.method, status, headers }, size)
        ? { failed: endedEarly() }
        : undefined
    } catch (failed) {
      return { failed }
    }
  }

  /** Passes on the body, and returns its size. */
  private async read(response: Response): Promise<number> {
    const { reader } = this
    let size = 0
    if (reader === undefined) {
      // There is no body, or it is of another kind, such as that of node-fetch.
      const bytes = response.body === null ? undefined : new Uint8Array(await response.arrayBuffer())
      if (bytes !== undefined && !this.isOver) this.receiver.data(bytes)
      return bytes?.length ?? 0
    }
    while (!this.isOver) {
      if (this.resumed !== undefined) await this.resumed
      const { done, value } = await reader.read()
      if (done || this.isOver) break
      size += value.length
      this.receiver.data(value)
    }
    return size
  }
}
