/** A server on raw sockets for requests and responses of any length. It counts the bytes of each request as it reads. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Net from "node:net"
import { listen } from "./support.js"

/** A request of which the headers have arrived. */
export interface Receiving {
  readonly socket: Net.Socket
  /** Start line and headers, in lower case. */
  readonly head: string
  /** The number of bytes that the server has read after the headers. */
  readonly received: () => number
  /** What the server has read after the headers, as it was sent. */
  readonly raw: () => string
}

export interface StreamServer {
  readonly url: URL
  readonly requests: ReadonlyArray<Receiving>
  /**
   * Whether the first connection is closed. Starts to read it, because only a server that reads notices that. Old
   * versions of undici open another connection after an abort, without a request.
   */
  readonly isReleased: () => boolean
}

/** Ends a request body that is sent in chunks. A client that aborts a request must not send it. */
export const lastChunk = "\r\n0\r\n\r\n"

/** Decodes a body that was sent in chunks. */
export const unchunked = (raw: string): string => {
  const parts: Array<string> = []
  for (let at = 0;;) {
    const line = raw.indexOf("\r\n", at)
    const length = Number.parseInt(raw.slice(at, line), 16)
    if (line < 0 || !(length > 0)) return parts.join("")
    parts.push(raw.slice(line + 2, line + 2 + length))
    at = line + 2 + length + 2
  }
}

/**
 * Starts a server that calls back when the headers of a request have arrived. It goes on reading unless the callback
 * pauses the socket.
 */
export const streamServer = (
  onHead: (receiving: Receiving) => void
): Effect.Effect<StreamServer, never, Scope.Scope> => {
  const requests: Array<Receiving> = []
  const sockets: Array<Net.Socket> = []
  const server = Net.createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    const chunks: Array<Buffer> = []
    let head = ""
    let received = 0
    sockets.push(socket)
    socket.on("error", () => {})
    socket.on("end", () => socket.end())
    socket.on("data", (bytes) => {
      if (head !== "") {
        received += bytes.length
        chunks.push(bytes)
        return
      }
      chunks.push(bytes)
      const all = Buffer.concat(chunks)
      const end = all.indexOf("\r\n\r\n")
      if (end < 0) return
      head = all.toString("latin1", 0, end).toLowerCase()
      chunks.splice(0, chunks.length, all.subarray(end + 4))
      received = all.length - end - 4
      const receiving = {
        socket,
        head,
        received: () => received,
        raw: () => Buffer.concat(chunks).toString("latin1")
      }
      requests.push(receiving)
      onHead(receiving)
    })
  })
  return Effect.map(listen(server), (port) => ({
    url: new URL(`http://127.0.0.1:${port}/predictions?a=1`),
    requests,
    isReleased: () => sockets[0] === undefined || sockets[0].resume().destroyed
  }))
}
