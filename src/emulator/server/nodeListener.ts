/** An application as the request listener of a `node:http` server. */
import type * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"
import * as Runtime from "effect/Runtime"
import * as Stream from "effect/Stream"
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import { joinBytes } from "../../wire/joinBytes.js"
import type { ConnectionReset } from "../faults/withFaults.js"
import type { App, Request } from "../protocol/request.js"
import { fromReadable } from "./readable.js"

/**
 * Returns the listener, which runs the application in fibers of the current runtime. If a client disconnects, it
 * interrupts the parts of the application that are interruptible. If the application fails, it breaks the connection.
 */
export const make = (app: App<ConnectionReset>): Effect.Effect<RequestListener> =>
  Effect.map(Effect.runtime<never>(), (runtime) => {
    const runFork = Runtime.runFork(runtime)
    return (incoming, outgoing) => {
      const fiber = runFork(
        Effect.matchEffect(Effect.suspend(() => app(requestOf(incoming))), {
          onFailure: () => Effect.sync(() => incoming.socket.resetAndDestroy()),
          onSuccess: (response) => send(response, incoming, outgoing)
        }).pipe(Effect.uninterruptible)
      )
      outgoing.on("close", () => {
        if (!outgoing.writableEnded) fiber.unsafeInterruptAsFork(FiberId.none)
      })
      // A handler may respond before it has read the whole body. The rest precedes the next request on the connection.
      outgoing.on("finish", () => incoming.resume())
    }
  })

const requestOf = (incoming: IncomingMessage): Request => ({
  method: incoming.method ?? "",
  url: incoming.url ?? "",
  origin: `http://${incoming.headers.host ?? "localhost"}`,
  // Boundary: only `Set-Cookie`, which is a header of responses, has a list of values.
  headers: incoming.headers as Request["headers"],
  bytes: (limit) => readBytes(incoming, limit),
  stream: fromReadable(incoming)
})

const readBytes = (incoming: IncomingMessage, limit: number) =>
  Effect.async<Uint8Array, unknown>((resume) => {
    const pieces: Array<Uint8Array> = []
    let size = 0
    incoming.on("data", (piece: Uint8Array) => {
      size += piece.length
      pieces.push(piece)
      if (size > limit) incoming.destroy()
    })
    incoming.on("end", () => resume(Effect.succeed(joinBytes(pieces, size))))
    incoming.on("error", (error) => resume(Effect.fail(error)))
    incoming.on("close", () => resume(Effect.fail("closed")))
  })

const drained = (outgoing: ServerResponse) =>
  Effect.async<void>((resume) => void outgoing.once("drain", () => resume(Effect.void)))

/** Sends a response. If the stream of a body fails, the connection ends after what was already sent. */
const send = (
  { body, headers, status }: HttpServerResponse.HttpServerResponse,
  { method, socket }: IncomingMessage,
  outgoing: ServerResponse
): Effect.Effect<void> =>
  Effect.suspend(() => {
    outgoing.writeHead(status, headers)
    if (method !== "HEAD" && body._tag === "Stream") {
      return Stream.runForEach(body.stream, (bytes) => outgoing.write(bytes) ? Effect.void : drained(outgoing)).pipe(
        Effect.matchCause({ onFailure: () => socket.destroySoon(), onSuccess: () => void outgoing.end() }),
        Effect.interruptible
      )
    }
    outgoing.end(method !== "HEAD" && body._tag === "Uint8Array" ? body.body : undefined)
    return Effect.void
  })
