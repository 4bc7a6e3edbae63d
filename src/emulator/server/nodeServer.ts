/** An application behind a `node:http` server that listens on 127.0.0.1. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import type { Server } from "node:http"
import type { ConnectionReset } from "../faults/withFaults.js"
import type { App } from "../protocol/request.js"
import { EmulatorListenError, loopback } from "./listenError.js"
import * as NodeListener from "./nodeListener.js"

/**
 * Listens on a port, and serves the application that `start` makes for the origin. A request that arrives before the
 * application is there waits for it. When the scope closes, all connections are closed.
 *
 * The server rejects requests whose `Host` is not a loopback name.
 */
export const open = <A, E>(
  node: Server,
  port: number,
  start: (origin: string) => Effect.Effect<readonly [App<ConnectionReset>, A], E, Scope.Scope>
): Effect.Effect<A, EmulatorListenError | E, Scope.Scope> =>
  Effect.gen(function*() {
    // `listen` would throw.
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return yield* new EmulatorListenError({ port, code: "ERR_SOCKET_BAD_PORT" })
    }
    const ready = yield* Deferred.make<App<ConnectionReset>>()
    const waiting = Effect.interruptible(Deferred.await(ready))
    node.on("request", yield* NodeListener.make((request) => Effect.flatMap(waiting, (app) => app(request))))
    yield* Effect.acquireRelease(listen(node, port), () => close(node))
    const address = node.address()
    const listening = Predicate.isRecord(address) ? address.port : port
    const [app, result] = yield* start(`http://${loopback}:${listening}`)
    yield* Deferred.succeed(ready, (request) =>
      isLoopback(request.headers["host"]) && request.url.startsWith("/") ? app(request) : foreignHost)
    return result
  })

const listen = (node: Server, port: number) =>
  Effect.async<void, EmulatorListenError>((resume) => {
    const fail = (cause: unknown) => resume(new EmulatorListenError({ port, code: codeOf(cause) }))
    node.once("error", fail)
    node.listen({ port, host: loopback }, () => {
      node.off("error", fail)
      resume(Effect.void)
    })
  })

/** Clients may keep connections open forever, so they are closed first. */
const close = (node: Server) =>
  Effect.async<void>((resume) => {
    node.close(() => resume(Effect.void))
    node.closeAllConnections()
  })

// In the sandboxes of some test runners, an error of Node is not an `instanceof` their `Error`.
const codeOf = (cause: unknown) =>
  Predicate.hasProperty(cause, "code") && typeof cause.code === "string" ? cause.code : "unknown error"

const isLoopback = (host = "") =>
  /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`)

/** A response that refuses a request. */
export const refused = (message: string) => Effect.succeed(HttpServerResponse.unsafeJson({ message }, { status: 403 }))
const foreignHost = refused("The emulator accepts requests to 127.0.0.1 and localhost only")
