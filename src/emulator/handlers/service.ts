/** The handlers of the routes for the version and the health of the server. */
import * as Effect from "effect/Effect"
import type { Handlers } from "./handler.js"

/**
 * A version that DataRobot's Python clients accept. Each of them warns about a minor version that is older than its
 * own.
 */
const version = { major: 2, minor: 25, versionString: "2.25.0" }

export const service: Handlers<"service"> = {
  version: () => Effect.succeed(version),
  ping: () => Effect.succeed({ response: "pong" })
}
