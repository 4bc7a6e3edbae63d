/** The handlers of the routes that say what a server is. */
import * as Effect from "effect/Effect"
import type { Handlers } from "./handler.js"

/** A version that DataRobot's own Python clients accept: each warns of a minor version that is older than its own. */
const version = { major: 2, minor: 25, versionString: "2.25.0" }

export const service: Handlers<"service"> = {
  version: () => Effect.succeed(version),
  ping: () => Effect.succeed({ response: "pong" })
}
