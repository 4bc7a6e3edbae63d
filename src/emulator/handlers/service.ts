/** The handlers of the routes for the version and the health of the server, and for the token's user. */
import * as Effect from "effect/Effect"
import { modelDeployment, user } from "../state/fixtures.js"
import type { Handlers } from "./handler.js"

/**
 * A version that DataRobot's Python clients accept. Each of them warns about a minor version that is older than its
 * own.
 */
const version = { major: 2, minor: 25, versionString: "2.25.0" }

export const service: Handlers<"service"> = {
  version: () => Effect.succeed(version),
  ping: () => Effect.succeed({ response: "pong" }),
  account: () =>
    Effect.succeed({
      id: user.id,
      username: user.username,
      email: user.username,
      firstName: user.firstName ?? null,
      lastName: user.lastName ?? null,
      orgId: modelDeployment().organizationId ?? null
    })
}
