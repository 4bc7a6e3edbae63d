import * as Schema from "effect/Schema"

/** A key that may be missing, with its default value. */
export const withDefault = <A, I>(schema: Schema.Schema<A, I>, value: A) =>
  Schema.optionalWith(schema, { default: () => value })
