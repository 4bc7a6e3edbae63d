/** Prediction requests in bulk, for a period that has passed or is still to come. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { OffsetTimestamp } from "../../wire/timestamp.js"
import { withDefault } from "../state/withDefault.js"
import type { PredictionRequest } from "./history.js"

/** A date that a client sends. */
export const isoDate = OffsetTimestamp.annotations({
  message: () => ({ message: "must be an ISO 8601 date", override: true })
})

const count = Schema.Int.pipe(
  Schema.between(0, 1_000_000),
  Schema.annotations({ message: () => "must be a whole number from 0 to 1000000" })
)
/**
 * Prediction requests that a deployment is to have received: `requests` of them, spread evenly over `[start, end)`,
 * the `userErrors` and `serverErrors` among them spread evenly too.
 *
 * - `start`, `end`: ISO 8601, UTC when there is no zone.
 * - `consumers`: how many different users sent them, taking turns.
 * - `rows`: rows of each request. `executionTime`: seconds that each took.
 */
export const Traffic = Schema.Struct({
  deploymentId: Schema.String,
  start: isoDate,
  end: isoDate,
  requests: count,
  userErrors: withDefault(count, 0),
  serverErrors: withDefault(count, 0),
  consumers: withDefault(count.pipe(Schema.greaterThan(0)), 1),
  rows: withDefault(count, 1),
  executionTime: withDefault(Schema.NonNegative.pipe(Schema.finite()), 0.05)
}).pipe(
  Schema.filter(({ end, requests, serverErrors, start, userErrors }) => {
    if (DateTime.lessThanOrEqualTo(end, start)) return { path: ["end"], message: "must be later than start" }
    if (userErrors + serverErrors > requests) {
      return { path: ["requests"], message: "must not be less than userErrors and serverErrors together" }
    }
    return undefined
  })
)
export interface Traffic extends Schema.Schema.Type<typeof Traffic> {}
/** Traffic as it is sent: only `deploymentId`, `start`, `end` and `requests` are needed. */
export interface TrafficInput extends Schema.Schema.Encoded<typeof Traffic> {}

/** The requests of some traffic, each by its place in order of time. */
export const requestAt = (traffic: Traffic): (index: number) => PredictionRequest => {
  const { consumers, executionTime, requests, rows, serverErrors, userErrors } = traffic
  const start = DateTime.toEpochMillis(traffic.start)
  const length = DateTime.toEpochMillis(traffic.end) - start
  const errors = userErrors + serverErrors
  return (index) => {
    const error = turn(index, errors, requests)
    return {
      time: start + Math.floor(index * length / requests),
      user: `consumer-${index % consumers}`,
      rows,
      executionTime,
      status: error === undefined ? 200 : turn(error, userErrors, errors) === undefined ? 500 : 422
    }
  }
}

/** Of `total` turns, `part` are spread evenly: which of them is turn `index`, or `undefined` if it is none. */
const turn = (index: number, part: number, total: number) => {
  const before = Math.floor(index * part / total)
  return Math.floor((index + 1) * part / total) > before ? before : undefined
}
