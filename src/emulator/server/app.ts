/** The emulator as an application, for clients in process and for a server. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { unknownRoute } from "../api/nearestRoute.js"
import { type ConnectionReset, withFaults } from "../faults/withFaults.js"
import { respondTo } from "../handlers/handlers.js"
import * as Errors from "../protocol/errors.js"
import type { App, Request } from "../protocol/request.js"
import { pathOf } from "../protocol/routePath.js"
import type { World } from "../World.js"

/** Returns the application of an emulator. It uses the clock of the fiber that runs it. */
export const make = (world: World): App<ConnectionReset> => withFaults((request) => respond(request, world), world)

const respond = (request: Request, world: World): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.suspend(() => {
    const found = respondTo(request.method, pathOf(request.url))
    return found === undefined ? unknownRoute(request) : found.value(request, found.params, world)
  }).pipe(
    // A server runs its application in an uninterruptible region. A client that disconnects interrupts the handler.
    Effect.interruptible,
    Effect.catchAllCause((cause) => {
      const failure = Cause.failureOrCause(cause)
      if (Either.isLeft(failure)) return Effect.succeed(Errors.toResponse(failure.left))
      return Cause.isInterruptedOnly(cause)
        ? Effect.failCause(failure.right)
        : Effect.as(Effect.logError("The emulator failed", cause), internalServerError)
    })
  )

const internalServerError = HttpServerResponse.unsafeJson({ message: "Internal Server Error" }, { status: 500 })
