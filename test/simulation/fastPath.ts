/** Adds a fast path to the client of a simulated network, as this package's own clients have one. */
import * as HttpClient from "@effect/platform/HttpClient"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type BodyResult, type Incoming, withDirect } from "../../src/internal/request/directClient.js"
import { fixedBody, noResponse, requestOf } from "../../src/internal/request/transport.js"

/** Returns a client that sends its requests through another one, in a fiber for each request. */
export const withFastPath = (client: HttpClient.HttpClient, clock: Clock.Clock): HttpClient.HttpClient =>
  withDirect(HttpClient.make((request) => client.execute(request)), (outgoing, maxBody, done) => {
    const exchange = Effect.flatMap(
      client.execute(requestOf(outgoing, fixedBody)),
      (response) =>
        Effect.match(response.arrayBuffer, {
          onFailure: (error): BodyResult => ({ broken: error.cause ?? error }),
          onSuccess: (buffer): BodyResult =>
            buffer.byteLength > maxBody(response.status) ? "too large" : { bytes: new Uint8Array(buffer) }
        }).pipe(Effect.map((body): Incoming => ({ status: response.status, headers: response.headers, body })))
    )
    const fiber = Effect.runFork(
      exchange.pipe(
        Effect.catchAll((error) => Effect.succeed<Incoming>(noResponse(error))),
        Effect.withClock(clock)
      )
    )
    let isAborted = false
    fiber.addObserver((exit) => {
      if (!isAborted && exit._tag === "Success") done(exit.value)
    })
    return () => {
      isAborted = true
      fiber.unsafeInterruptAsFork(fiber.id())
    }
  })
