/** The body of a streamed request, between its source and the HTTP client. */

// A client that has taken a piece asks for the next one when most of it was sent. So a large chunk counts as many small
// steps, and a slow connection as one that makes progress.
const maxPiece = 64 * 1024

const nothing = new Uint8Array()

/**
 * Passes the chunks of a source to an HTTP client. It knows which of the two the other one waits for.
 *
 * If the source fails or is stopped, the client's next pull waits until `close`. It must neither end nor fail, because
 * node:http would then end the request properly, and the server would take the bytes that it has for the whole body.
 */
export class Upload implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array, undefined> {
  /** `nothing`: the source has ended, has failed or was stopped. */
  waitsFor: "source" | "client" | "nothing" = "client"
  private readonly source: AsyncIterable<Uint8Array>
  private readonly onProgress: () => void
  private readonly onFailure: (error: unknown) => void
  private iterator: AsyncIterator<Uint8Array> | undefined
  private rest = nothing
  private isClosed = false
  private rejectPull: ((error: Error) => void) | undefined

  /** Calls `onProgress` when `waitsFor` changes or a piece was taken, and `onFailure` with the error of the source. */
  constructor(source: AsyncIterable<Uint8Array>, onProgress: () => void, onFailure: (error: unknown) => void) {
    this.source = source
    this.onProgress = onProgress
    this.onFailure = onFailure
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.isClosed) return Promise.reject(closed())
    if (this.rest.length > 0) return Promise.resolve(this.takePiece())
    return new Promise((resolve, reject) => {
      this.rejectPull = reject
      if (this.waitsFor === "nothing") return
      this.become("source")
      this.pull(resolve)
    })
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.stop()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Stops the source. Does not wait for it, because a generator ends only after its pending `next`. */
  stop(): void {
    if (this.waitsFor === "nothing") return
    this.waitsFor = "nothing"
    this.rest = nothing
    const { iterator } = this
    // An async function, because `return` may throw.
    void (async () => iterator?.return?.())().catch(() => {})
  }

  /** Stops the source, and releases a client that still waits. To be called when the client has ended the request. */
  close(): void {
    this.stop()
    this.isClosed = true
    this.rejectPull?.(closed())
  }

  private pull(resolve: (result: IteratorResult<Uint8Array, undefined>) => void): void {
    const next = async () => (this.iterator ??= this.source[Symbol.asyncIterator]()).next()
    next().then(({ done = false, value }) => {
      if (this.waitsFor !== "source") return
      if (done) {
        this.become("nothing")
        resolve({ done: true, value: undefined })
      } else if (value.length === 0) this.pull(resolve)
      else {
        this.rest = value
        resolve(this.takePiece())
      }
    }, (error) => {
      if (this.waitsFor !== "source") return
      this.waitsFor = "nothing"
      this.onFailure(error)
    })
  }

  private takePiece(): IteratorYieldResult<Uint8Array> {
    const value = this.rest.subarray(0, maxPiece)
    this.rest = this.rest.subarray(maxPiece)
    this.become("client")
    return { done: false, value }
  }

  private become(waitsFor: Upload["waitsFor"]): void {
    this.waitsFor = waitsFor
    this.onProgress()
  }
}

const closed = () => new Error("the request has ended")
