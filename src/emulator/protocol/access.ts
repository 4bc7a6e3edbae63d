/** The middleware of the routes: which requests they accept. */
import * as HttpApiMiddleware from "@effect/platform/HttpApiMiddleware"
import * as Schema from "effect/Schema"
import * as Errors from "./errors.js"

/** Rejects a request without the emulator's token, as `Authorization: Bearer …` or `Token …`. */
export class Authorization extends HttpApiMiddleware.Tag<Authorization>()("effect-datarobot/emulator/Authorization", {
  failure: Errors.Unauthorized
}) {}

/** Rejects a body that is not JSON, or too long. */
export class JsonBody extends HttpApiMiddleware.Tag<JsonBody>()("effect-datarobot/emulator/JsonBody", {
  failure: Schema.Union(Errors.Malformed, Errors.TooLarge)
}) {}
