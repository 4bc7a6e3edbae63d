/** Prediction requests in bulk, for a period in the past or in the future. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { OffsetTimestamp } from "../../wire/timestamp.js"
import { withDefault } from "../state/withDefault.js"
import type { PredictionRequest } from "./history.js"

/** A date in a request to a control route. */
export const isoDate = OffsetTimestamp.annotations({
  message: () => ({ message: "must be an ISO 8601 date", override: true })
})

const count = Schema.Int.pipe(
  Schema.between(0, 1_000_000),
  Schema.annotations({ message: () => "must be a whole number from 0 to 1000000" })
)
/**
 * Prediction requests to add to the history of a deployment. The `requests` are spread evenly over `[start, end)`, and
 * so are the `userErrors` and `serverErrors` among them.
 *
 * - `start`, `end`: ISO 8601; UTC without a zone.
 * - `consumers`: number of users who send the requests in turn. Default: 1.
 * - `rows`: rows of each request. Default: 1. `executionTime`: seconds that each took. Default: 0.05.
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
/**
 * Prediction requests to add to the history of a deployment. `deploymentId`, `start`, `end` and `requests` are
 * required.
 *
 * @since 0.1.0
 */
export interface TrafficInput extends Schema.Schema.Encoded<typeof Traffic> {}

/** Returns a function from an index to the request of the traffic, in order of time. */
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

/** Spreads `part` marks evenly over `total` positions. Returns the number of the mark at `index`, or `undefined`. */
const turn = (index: number, part: number, total: number) => {
  const before = Math.floor(index * part / total)
  return Math.floor((index + 1) * part / total) > before ? before : undefined
}
