import * as Schema from "effect/Schema"
import { nullish } from "./nullish.js"

/**
 * A page of items as DataRobot sends it. `next` and `previous` are URLs, null at the ends; `count` is the number of items
 * of this page.
 */
export const Envelope = <A, I>(item: Schema.Schema<A, I>) =>
  Schema.Struct({
    count: nullish(Schema.Number),
    totalCount: nullish(Schema.Number),
    next: nullish(Schema.String),
    previous: nullish(Schema.String),
    data: Schema.Array(item)
  })
export type Envelope<A> = Schema.Schema.Type<ReturnType<typeof Envelope<A, unknown>>>
