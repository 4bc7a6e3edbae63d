/** What the routes of DataRobot have in common: who may ask, and how ids, pages and bodies are read. */
import * as HttpApiMiddleware from "@effect/platform/HttpApiMiddleware"
import * as Schema from "effect/Schema"
import * as Errors from "./errors.js"

/** Refuses a request without the emulator's token, as `Authorization: Bearer …` or `Token …`. */
export class Authorization extends HttpApiMiddleware.Tag<Authorization>()("effect-datarobot/emulator/Authorization", {
  failure: Errors.Unauthorized
}) {}

/** Refuses a body that is not JSON, or too long. */
export class JsonBody extends HttpApiMiddleware.Tag<JsonBody>()("effect-datarobot/emulator/JsonBody", {
  failure: Schema.Union(Errors.Malformed, Errors.TooLarge)
}) {}

/** Every wrong field is reported, not only the first. */
export const allErrors = { parseOptions: { errors: "all" } } as const

/** The id in a path. */
export const byId = Schema.Struct({ id: Schema.String })

/** A whole number in a query. */
export const digits = (least: 0 | 1) =>
  Schema.String.pipe(
    Schema.filter((text) => /^\d{1,15}$/.test(text) && Number(text) >= least, {
      message: () => `must be a whole number from ${least}`
    }),
    Schema.compose(Schema.NumberFromString)
  )

/** Which part of a listing. */
export const paging = {
  limit: Schema.optional(digits(1)),
  offset: Schema.optional(digits(0))
}
