/** Calls an application with a web request. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Stream from "effect/Stream"
import type { App, Request } from "../protocol/request.js"

/** Runs the application in the current fiber. The signal ends the body of the response, as over a socket. */
export const respond = <E>(
  app: App<E>,
  request: globalThis.Request,
  signal: AbortSignal
): Effect.Effect<Response, E> =>
  Effect.gen(function*() {
    const response = yield* Effect.suspend(() => app(requestOf(request)))
    const withoutBody = request.method === "HEAD"
    // A body that is sent in pieces needs the caller's clock.
    const runtime = yield* Effect.runtime<never>()
    const { body, headers, status } = HttpServerResponse.toWeb(response, { withoutBody, runtime })
    // The body ends when the client stops reading, as it does over a socket.
    const piped = body?.pipeThrough(new TransformStream(), { signal }) ?? null
    return new Response(piped, { headers, status })
  })

const requestOf = (web: globalThis.Request): Request => {
  const { body } = web
  const { origin } = new URL(web.url)
  return {
    method: web.method,
    url: web.url.slice(origin.length),
    origin,
    headers: Object.fromEntries(web.headers),
    bytes: () => Effect.map(Effect.tryPromise(() => web.arrayBuffer()), (buffer) => new Uint8Array(buffer)),
    stream: body === null ? Stream.empty : Stream.fromReadableStream(() => body, identity)
  }
}
