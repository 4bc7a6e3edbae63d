import * as Schema from "effect/Schema"
import { maybe } from "./nullish.js"

/** How DataRobot wraps a page of items. `next` and `previous` are URLs, null at the ends; `count` is this page's. */
export const Envelope = <A, I>(item: Schema.Schema<A, I>) =>
  Schema.Struct({
    count: maybe(Schema.Number),
    totalCount: maybe(Schema.Number),
    next: maybe(Schema.String),
    previous: maybe(Schema.String),
    data: Schema.Array(item)
  })
export type Envelope<A> = Schema.Schema.Type<ReturnType<typeof Envelope<A, unknown>>>
