/** A local DataRobot over a socket, on this machine only. Needs `@effect/platform-node`. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { createServer } from "node:http"
import * as Emulator from "./Emulator.js"
import type { ConnectionReset } from "./faults/withFaults.js"
import { fits, pathOf } from "./protocol/routePath.js"
import * as DataFile from "./server/dataFile.js"
import { docsPage, docsPath } from "./server/docsPage.js"

export { EmulatorDataError } from "./server/dataFile.js"

const loopback = "127.0.0.1"

/** What an emulator over a socket is like. */
export interface ServeOptions extends Emulator.EmulatorOptions {
  /** The port to listen on; a free one without it, or with 0. */
  readonly port?: number | undefined
  /**
   * A file that keeps what the emulator knows (not the faults, nor what it was asked): read at the start if it is there,
   * in place of the preset and the deployments of the options; written after every change and at the end.
   */
  readonly dataFile?: string | undefined
}

/** A running emulator over a socket. `url` is its endpoint, `http://127.0.0.1:PORT/api/v2`. */
export interface EmulatorServer extends Emulator.EmulatorService {
  readonly url: string
}

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: "it is taken",
  ERR_SOCKET_BAD_PORT: "a port is a whole number from 0 to 65535"
}

/** The emulator could not listen on its port; `code` is the system's, such as `EADDRINUSE` or `EACCES`. */
export class EmulatorListenError extends Schema.TaggedError<EmulatorListenError>()("EmulatorListenError", {
  port: Schema.Number,
  code: Schema.String
}) {
  override get message() {
    const problem = problems[this.code] ?? this.code
    return `The emulator cannot listen on port ${this.port} of ${loopback}: ${problem}. Port 0 takes a free one.`
  }
}

/**
 * Starts an emulator on 127.0.0.1 that stops with the scope, within a second and whatever its clients do.
 *
 * It answers only requests whose `Host` is a loopback name, so that no web page reaches it by a name of its own, and
 * sends no CORS headers. Fails with `EmulatorListenError` when it can't have the port, and with `EmulatorDataError` when
 * its data file can't be used. What it can be asked is described at `/__emulator/docs`.
 *
 * @example
 * import { serve } from "effect-datarobot/emulator/node"
 * import { Effect } from "effect"
 *
 * const program = Effect.scoped(Effect.gen(function*() {
 *   const { token, url } = yield* serve({ deployments: [{ label: "Churn" }] })
 *   yield* Effect.log(url, token)
 *   yield* Effect.never
 * }))
 */
export const serve = (
  options: ServeOptions = {}
): Effect.Effect<EmulatorServer, EmulatorListenError | DataFile.EmulatorDataError, Scope.Scope> =>
  Effect.gen(function*() {
    const keepData = options.dataFile === undefined ? undefined : yield* DataFile.open(options.dataFile)
    const port = options.port ?? 0
    // listen() would throw
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return yield* new EmulatorListenError({ port, code: "ERR_SOCKET_BAD_PORT" })
    }
    const node = createServer()
    // Who knows the port may ask before the emulator is there, and is answered then. Not `server.serve`: that lets clients
    // upgrade connections, and those are nobody's to close.
    const ready = yield* Deferred.make<HttpApp.Default>()
    node.on("request", yield* NodeHttpServer.makeHandler(Effect.flatten(Effect.interruptible(Deferred.await(ready)))))
    const server = yield* NodeHttpServer.make(() => node, { port, host: loopback }).pipe(
      Effect.mapError(({ cause }) => new EmulatorListenError({ port, code: codeOf(cause) }))
    )
    // Waiting for clients to hang up could take for ever: the first to close hangs up on them.
    yield* Effect.addFinalizer(() =>
      Effect.async<void>((resume) => {
        node.close(() => resume(Effect.void))
        node.closeAllConnections()
      })
    )
    const address = server.address._tag === "TcpAddress" ? server.address.port : port
    const { app, emulator, world } = yield* Emulator.make(options, `http://${loopback}:${address}`)
    if (keepData !== undefined) yield* keepData(world.state)
    const guarded = Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers, method, url }) => {
      if (!isLoopback(headers["host"]) || !url.startsWith("/")) return foreignHost
      if (method !== "GET" || !fits(docsPath, pathOf(url))) return app
      return headers["origin"] === undefined ? docsPage : foreignPage
    })
    yield* Deferred.succeed(ready, breaking(guarded))
    return { ...emulator, url: emulator.endpoint }
  })

/** Has the connection break where the application says that it does. */
const breaking = (app: HttpApp.Default<ConnectionReset>): HttpApp.Default =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    const { socket } = NodeHttpServerRequest.toIncomingMessage(request)
    return app.pipe(
      Effect.map((response) => {
        const { body } = response
        if (body._tag !== "Stream") return response
        // What was written is sent first.
        const hangUp = Effect.zipRight(Effect.sync(() => socket.destroySoon()), Effect.never)
        const stream = Stream.catchAll(body.stream, () => Stream.fromEffect(hangUp))
        return HttpServerResponse.setBody(response, HttpBody.stream(stream, body.contentType, body.contentLength))
      }),
      Effect.catchTag(
        "ConnectionReset",
        () => Effect.as(Effect.sync(() => socket.resetAndDestroy()), HttpServerResponse.empty())
      )
    )
  })

const isLoopback = (host = "") =>
  /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`)

const refused = (message: string) => Effect.succeed(HttpServerResponse.unsafeJson({ message }, { status: 403 }))
const foreignHost = refused("The emulator answers to 127.0.0.1 and localhost only")
const foreignPage = refused("Web pages may not control the emulator")

const codeOf = (cause: unknown) =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "unknown error"
