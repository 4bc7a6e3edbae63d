/** The states of asynchronous jobs, as `status/` returns them. */
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { allOnZero, paging } from "./fields.js"
import { Timestamp } from "./timestamp.js"

// An informational field must not fail a wait: if it can't be read, it becomes null.
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

/** A job in a listing, with its id. */
export const ListedJob = Schema.Struct({
  ...fields,
  id: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("statusId"))
}).annotations({ identifier: "ListedJob" })

/** The range of a listing of jobs. */
export const JobsInput = Schema.Struct({ ...paging, limit: allOnZero })
