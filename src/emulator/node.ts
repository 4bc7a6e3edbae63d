/**
 * A local DataRobot over a socket, for clients on this machine. Needs `@effect/platform-node`.
 *
 * @since 0.1.0
 */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { createServer } from "node:http"
import * as Emulator from "./Emulator.js"
import type { ConnectionReset } from "./faults/withFaults.js"
import type { App } from "./protocol/request.js"
import { fits, pathOf } from "./protocol/routePath.js"
import type { EmulatorDataError } from "./server/dataError.js"
import * as DataFile from "./server/dataFile.js"
import { docsPage, docsPath } from "./server/docsPage.js"
import * as NodeListener from "./server/nodeListener.js"

export { EmulatorDataError } from "./server/dataError.js"

const loopback = "127.0.0.1"

/**
 * Options of an emulator over a socket.
 *
 * @since 0.1.0
 */
export interface ServeOptions extends Emulator.EmulatorOptions {
  /** The port to listen on. 0 selects a free one. Default: 0. */
  readonly port?: number | undefined
  /**
   * The file in which the emulator keeps its state, without faults and recorded requests. If the file exists, the
   * emulator starts from it instead of `preset` and `deployments`. It writes the file within a second of a change and
   * at the end. Only one emulator at a time can use a file: it holds the lock `<file>.lock`.
   */
  readonly dataFile?: string | undefined
}

/**
 * A running emulator over a socket. `url` is its endpoint, `http://127.0.0.1:PORT/api/v2`.
 *
 * @since 0.1.0
 */
export interface EmulatorServer extends Emulator.EmulatorService {
  /** The endpoint, `http://127.0.0.1:PORT/api/v2`. */
  readonly url: string
}

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use",
  ERR_SOCKET_BAD_PORT: "a port is a whole number from 0 to 65535"
}

/**
 * The emulator could not listen on its port. `code` is the system error code, such as `EADDRINUSE` or `EACCES`.
 *
 * @since 0.1.0
 */
export class EmulatorListenError extends Schema.TaggedError<EmulatorListenError>()("EmulatorListenError", {
  /** The port. */
  port: Schema.Number,
  /** The system error code, such as `EADDRINUSE` or `EACCES`. */
  code: Schema.String
}) {
  /** One line: what happened, and what to do. */
  override get message() {
    const problem = problems[this.code] ?? this.code
    return `The emulator cannot listen on port ${this.port} of ${loopback}: ${problem}. Use port 0 to get a free one.`
  }
}

/**
 * Starts an emulator on 127.0.0.1. It stops when the scope closes, within a second, even if clients are still
 * connected.
 *
 * It rejects requests whose `Host` is not a loopback name, and sends no CORS headers, so that no web page can use it.
 * `/__emulator/docs` documents its routes. Fails with `EmulatorListenError` if the port is not available, and with
 * `EmulatorDataError` if the data file cannot be used, or is used by another emulator. If the last changes cannot be
 * saved, closing the scope dies with an `EmulatorDataError`.
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
 *
 * @since 0.1.0
 */
export const serve = (
  options: ServeOptions = {}
): Effect.Effect<EmulatorServer, EmulatorListenError | EmulatorDataError, Scope.Scope> =>
  Effect.gen(function*() {
    const keepData = options.dataFile === undefined ? undefined : yield* DataFile.open(options.dataFile)
    const port = options.port ?? 0
    // `listen` would throw.
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return yield* new EmulatorListenError({ port, code: "ERR_SOCKET_BAD_PORT" })
    }
    const node = createServer()
    // A request that arrives before the emulator is ready waits for it.
    const ready = yield* Deferred.make<App<ConnectionReset>>()
    const waiting = Effect.interruptible(Deferred.await(ready))
    node.on("request", yield* NodeListener.make((request) => Effect.flatMap(waiting, (app) => app(request))))
    const server = yield* NodeHttpServer.make(() => node, { port, host: loopback }).pipe(
      Effect.mapError(({ cause }) => new EmulatorListenError({ port, code: codeOf(cause) }))
    )
    // Clients may keep connections open forever. Close them before anything waits for them.
    yield* Effect.addFinalizer(() =>
      Effect.async<void>((resume) => {
        node.close(() => resume(Effect.void))
        node.closeAllConnections()
      })
    )
    const address = server.address._tag === "TcpAddress" ? server.address.port : port
    const { app, emulator, world } = yield* Emulator.make(options, `http://${loopback}:${address}`)
    if (keepData !== undefined) yield* keepData(world.state, emulator.endpoint)
    yield* Deferred.succeed(ready, (request) => {
      const { headers, method, url } = request
      if (!isLoopback(headers["host"]) || !url.startsWith("/")) return foreignHost
      if (method !== "GET" || !fits(docsPath, pathOf(url))) return app(request)
      return headers["origin"] === undefined ? docsPage : foreignPage
    })
    return { ...emulator, url: emulator.endpoint }
  })

const isLoopback = (host = "") =>
  /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`)

const refused = (message: string) => Effect.succeed(HttpServerResponse.unsafeJson({ message }, { status: 403 }))
const foreignHost = refused("The emulator accepts requests to 127.0.0.1 and localhost only")
const foreignPage = refused("Web pages may not control the emulator")

const codeOf = (cause: unknown) =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "unknown error"
