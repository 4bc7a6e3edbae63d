/** The routes for the version and the health of a server. */
import * as Schema from "effect/Schema"
import { read } from "../route.js"

export const version = read({
  id: "service.version",
  summary: "The version of the API",
  path: "version/",
  success: Schema.Struct({ major: Schema.Int, minor: Schema.Int, versionString: Schema.String })
})

export const ping = read({
  id: "service.ping",
  summary: "Whether the service is running",
  path: "ping/",
  success: Schema.Struct({ response: Schema.Literal("pong") })
})
