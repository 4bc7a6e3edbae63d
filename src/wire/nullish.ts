import * as Schema from "effect/Schema"

/** A key that a server may leave out or send as null. */
export const nullish = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optionalWith(Schema.NullOr(schema), { exact: true })

/** A list that a server may leave out or send as null. It is then read as an empty list. */
export const listOf = <A, I>(item: Schema.Schema<A, I>) =>
  Schema.optionalWith(Schema.Array(item), { default: () => [], nullable: true })
