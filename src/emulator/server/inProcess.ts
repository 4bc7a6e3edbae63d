/** An `HttpClient` that calls an `HttpApp` without a socket. */
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { ConnectionReset } from "../faults/withFaults.js"

/** Returns a client that runs the application for every request, in the fiber and with the clock of the caller. */
export const inProcess = (app: HttpApp.Default<ConnectionReset>): HttpClient.HttpClient =>
  HttpClient.make((request, url, signal) =>
    Effect.gen(function*() {
      const webRequest = yield* toWeb(request, url)
      const serverRequest = HttpServerRequest.fromWeb(webRequest)
      // The rest of the caller's context is left out, because the router would write its route into the caller's span.
      const response = yield* Effect.mapInputContext(app, (_: Context.Context<never>) =>
        Context.make(HttpServerRequest.HttpServerRequest, serverRequest)).pipe(
          Effect.mapError((cause) =>
            new RequestError({ request, reason: "Transport", cause })
          )
        )
      const withoutBody = request.method === "HEAD"
      // A body that is sent in pieces needs the caller's clock.
      const runtime = yield* Effect.runtime<never>()
      const { body, headers, status } = HttpServerResponse.toWeb(response, { withoutBody, runtime })
      // The body ends when the client stops reading, as it does over a socket.
      const piped = body?.pipeThrough(new TransformStream(), { signal }) ?? null
      return HttpClientResponse.fromWeb(request, new Response(piped, { headers, status }))
    })
  )

const toWeb = (request: HttpClientRequest.HttpClientRequest, url: URL) =>
  Effect.flatMap(bodyOf(request), (body) =>
    Effect.try({
      try: () => new Request(url, { method: request.method, headers: request.headers, body }),
      catch: (cause) => new RequestError({ request, reason: "InvalidUrl", cause })
    }))

/** Returns the body for a web request. First reads a stream to its end. */
const bodyOf = (request: HttpClientRequest.HttpClientRequest): Effect.Effect<BodyInit | null, RequestError> => {
  const { body } = request
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(null)
    case "FormData":
      return Effect.succeed(body.formData)
    case "Stream":
      return Effect.flatMap(Stream.toReadableStreamEffect(body.stream), (stream) =>
        Effect.tryPromise({
          try: () => new Response(stream).arrayBuffer(),
          catch: (cause) => new RequestError({ request, reason: "Encode", cause })
        }))
    case "Raw":
    case "Uint8Array":
      // Boundary: the type of a raw body is unknown. Its type also allows bytes in shared memory, which do not occur
      // here.
      return Effect.succeed(body.body as BodyInit)
  }
}
