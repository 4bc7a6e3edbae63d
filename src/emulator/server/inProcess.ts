/** An `HttpClient` that calls an application without a socket. */
import * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Stream from "effect/Stream"
import type { ConnectionReset } from "../faults/withFaults.js"
import type { App } from "../protocol/request.js"
import { respond } from "./webHandler.js"

/** Returns a client that runs the application for every request, in the fiber and with the clock of the caller. */
export const inProcess = (app: App<ConnectionReset>): HttpClient.HttpClient =>
  HttpClient.make((request, url, signal) =>
    Effect.gen(function*() {
      const sent = yield* bodyOf(request)
      const webRequest = yield* toWeb(request, url, sent.body)
      const response = yield* respond(app, webRequest, signal).pipe(
        Effect.mapError((cause) => new RequestError({ request, reason: "Transport", cause })),
        sent.until
      )
      return HttpClientResponse.fromWeb(request, response)
    })
  )

const toWeb = (request: HttpClientRequest.HttpClientRequest, url: URL, body: BodyInit | null) => {
  // A stream is sent while the application reads it. The types of `RequestInit` lack the option that says so.
  const init = { method: request.method, headers: request.headers, body, duplex: "half" }
  return Effect.try({
    try: () => new globalThis.Request(url, init),
    catch: (cause) => new RequestError({ request, reason: "InvalidUrl", cause })
  })
}

const cancel = (body: ReadableStream) => body.locked ? Promise.resolve() : body.cancel().catch(() => {})

/** A body for a web request. */
interface Sent {
  readonly body: BodyInit | null
  /** Runs the application, until the body breaks. */
  readonly until: <A>(application: Effect.Effect<A, RequestError>) => Effect.Effect<A, RequestError>
}

const whole = (body: BodyInit | null) => Effect.succeed<Sent>({ body, until: identity })

const bodyOf = (request: HttpClientRequest.HttpClientRequest): Effect.Effect<Sent> => {
  const { body } = request
  switch (body._tag) {
    case "Empty":
      return whole(null)
    case "FormData":
      return whole(body.formData)
    case "Stream":
      return Effect.gen(function*() {
        const broken = yield* Deferred.make<never, RequestError>()
        const watched = Stream.tapErrorCause(
          body.stream,
          (cause) => Deferred.fail(broken, new RequestError({ request, reason: "Encode", cause: Cause.squash(cause) }))
        )
        const readable = yield* Stream.toReadableStreamEffect(watched)
        return {
          body: readable,
          until: (application) =>
            application.pipe(
              Effect.raceFirst(Deferred.await(broken)),
              // A response may come before the end of the body. The rest is not read.
              Effect.ensuring(Effect.promise(() => cancel(readable)))
            )
        }
      })
    case "Raw":
    case "Uint8Array":
      // Boundary: the type of a raw body is unknown. Its type also allows bytes in shared memory, which do not occur
      // here.
      return whole(body.body as BodyInit)
  }
}
