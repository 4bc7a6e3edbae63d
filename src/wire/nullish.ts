import * as Schema from "effect/Schema"

/** A key that may be missing, and null when it is there. */
export const maybe = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(Schema.NullOr(schema), { exact: true })
