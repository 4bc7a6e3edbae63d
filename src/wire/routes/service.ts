/** The routes that say what a server is. */
import * as Schema from "effect/Schema"
import { route } from "../route.js"

export const version = route({
  id: "service.version",
  summary: "The version of the API",
  method: "GET",
  path: "version/",
  success: Schema.Struct({ major: Schema.Int, minor: Schema.Int, versionString: Schema.String }),
  repeat: "safe"
})

export const ping = route({
  id: "service.ping",
  summary: "Whether the service is running",
  method: "GET",
  path: "ping/",
  success: Schema.Struct({ response: Schema.Literal("pong") }),
  repeat: "safe"
})
