/** Jobs: the state of what DataRobot does in its own time, as `status/` returns it. */
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { allOnZero, paging } from "./fields.js"
import { Timestamp } from "./timestamp.js"

// A field that only informs must not end a wait: a value that can't be read becomes null.
const informing = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optionalWith(Schema.NullOr(schema).annotations({ decodingFallback: () => Either.right(null) }), {
    exact: true
  })

const fields = {
  status: Schema.String,
  message: informing(Schema.String),
  code: informing(Schema.Number),
  created: informing(Timestamp),
  description: informing(Schema.String),
  statusType: informing(Schema.String),
  type: informing(Schema.String)
}

/** The state of one job. */
export const JobState = Schema.Struct({ statusId: informing(Schema.String), ...fields }).annotations({
  identifier: "Job"
})

/** A job of a listing, which has its id too. */
export const ListedJob = Schema.Struct({
  ...fields,
  id: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("statusId"))
}).annotations({ identifier: "ListedJob" })

/** Which jobs of a listing. */
export const JobsInput = Schema.Struct({ ...paging, limit: allOnZero })
