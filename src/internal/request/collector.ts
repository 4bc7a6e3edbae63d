/** The receiver of a response that is read whole, up to a size limit (S-5). */
import { joinBytes } from "../../wire/joinBytes.js"
import type { BodyResult, Controls, Incoming, NoResponse, ReceivedHeaders, Receiver } from "./directClient.js"

/** Collects a whole response, and passes it to `done`. */
export class Collector implements Receiver {
  private status = 0
  private headers: ReceivedHeaders = {}
  private max = 0
  private size = 0
  private readonly chunks: Array<Uint8Array> = []
  private readonly hasBody: boolean
  private readonly maxBody: (status: number) => number
  private readonly done: (incoming: Incoming) => void
  private readonly controls: Controls

  constructor(
    method: string,
    maxBody: (status: number) => number,
    done: (incoming: Incoming) => void,
    controls: Controls
  ) {
    // A response to HEAD declares the length of a body that is not sent.
    this.hasBody = method !== "HEAD"
    this.maxBody = maxBody
    this.done = done
    this.controls = controls
  }

  head(status: number, headers: ReceivedHeaders): void {
    this.status = status
    this.headers = headers
    this.max = this.maxBody(status)
    if (this.hasBody && Number(headers["content-length"]) > this.max) this.rejectAsTooLarge()
  }

  data(chunk: Uint8Array): void {
    this.size += chunk.length
    if (this.size > this.max) this.rejectAsTooLarge()
    else this.chunks.push(chunk)
  }

  ended(): void {
    this.finish({ bytes: joinBytes(this.chunks, this.size) })
  }

  failed(failure: NoResponse): void {
    if (this.status > 0) this.finish({ broken: failure.failed })
    else this.done(failure)
  }

  private rejectAsTooLarge(): void {
    this.controls.abort()
    this.finish("too large")
  }

  private finish(body: BodyResult): void {
    this.done({ status: this.status, headers: this.headers, body })
  }
}
