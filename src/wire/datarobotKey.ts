import * as Schema from "effect/Schema"

/**
 * The secret that prediction requests to a dedicated prediction server carry besides the token: `datarobot-key` in JSON.
 * Use it as the field `datarobotKey` of a struct. A server that has no key leaves it out or sends null.
 */
export const datarobotKey = Schema.optionalWith(Schema.Redacted(Schema.String), { exact: true, nullable: true }).pipe(
  Schema.fromKey("datarobot-key")
)
