/** The routes for the version and the health of a server, and for the token's user. */
import * as Schema from "effect/Schema"
import { read } from "../route.js"
import { Account, Version } from "../service.js"

export const version = read({
  id: "service.version",
  summary: "The version of the API",
  path: "version/",
  success: Version
})

export const ping = read({
  id: "service.ping",
  summary: "Whether the service is running",
  path: "ping/",
  success: Schema.Struct({ response: Schema.Literal("pong") })
})

export const account = read({
  id: "service.account",
  summary: "The user that the token belongs to",
  path: "account/info/",
  success: Account
})
