/**
 * A local DataRobot over a socket of Node, for clients on this machine.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer } from "node:http"
import * as Emulator from "./Emulator.js"
import type { ConnectionReset } from "./faults/withFaults.js"
import type { App } from "./protocol/request.js"
import { fits, pathOf } from "./protocol/routePath.js"
import type { EmulatorDataError } from "./server/dataError.js"
import * as DataFile from "./server/dataFile.js"
import { docsPage, docsPath } from "./server/docsPage.js"
import type { EmulatorListenError } from "./server/listenError.js"
import * as NodeServer from "./server/nodeServer.js"

export { EmulatorDataError } from "./server/dataError.js"
export { EmulatorListenError } from "./server/listenError.js"

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
    return yield* NodeServer.open(createServer(), options.port ?? 0, (origin) =>
      Effect.gen(function*() {
        const { app, emulator, world } = yield* Emulator.make(options, origin)
        if (keepData !== undefined) yield* keepData(world.state, emulator.endpoint)
        return [withDocsPage(app), { ...emulator, url: emulator.endpoint }] as const
      }))
  })

const withDocsPage = (app: App<ConnectionReset>): App<ConnectionReset> => (request) => {
  if (request.method !== "GET" || !fits(docsPath, pathOf(request.url))) return app(request)
  return request.headers["origin"] === undefined ? docsPage : foreignPage
}

const foreignPage = NodeServer.refused("Web pages may not control the emulator")
