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
  /** The state, such as `INITIALIZED`, `RUNNING`, `COMPLETED`, `ERROR`, `ABORTED` or `EXPIRED`. */
  status: Schema.String,
  /** What DataRobot says about the state. May be empty. */
  message: informing(Schema.String),
  /** The error code of DataRobot; 0 if there is no error. */
  code: informing(Schema.Number),
  /** When the job was started. */
  created: informing(Timestamp),
  /** What the job does, in words. */
  description: informing(Schema.String),
  /** The `statusType` that the server sends. DataRobot does not document its values. May be empty. */
  statusType: informing(Schema.String),
  /** The `type` that the server sends. DataRobot does not document its values. May be empty. */
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
