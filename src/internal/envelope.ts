import * as Schema from "effect/Schema"

/** How DataRobot wraps a page of items. `next` and `previous` are URLs, null at the ends; `count` is this page's. */
export const Envelope = <A, I>(item: Schema.Schema<A, I>) =>
  Schema.Struct({
    count: Schema.optionalWith(Schema.NullOr(Schema.Number), { exact: true }),
    totalCount: Schema.optionalWith(Schema.NullOr(Schema.Number), { exact: true }),
    next: Schema.optionalWith(Schema.NullOr(Schema.String), { exact: true }),
    previous: Schema.optionalWith(Schema.NullOr(Schema.String), { exact: true }),
    data: Schema.Array(item)
  })
