/** Rejects values of a query that DataRobot accepts and the emulator does not support. Each check fails with 422. */
import * as Effect from "effect/Effect"
import * as Errors from "../protocol/errors.js"
import { bucketMillis } from "./period.js"

const only = (field: string, supported: string) => (value: string | undefined) =>
  value === undefined || value === supported
    ? Effect.void
    : Errors.invalidFields({ [field]: `must be ${JSON.stringify(supported)}` })

/** The emulator supports segments by user only. */
export const checkSegmentAttribute = only("segmentAttribute", "DataRobot-Consumer")

/** The emulator supports one drift metric only. */
export const checkDriftMetric = only("metric", "psi")

/** A bucket must not be empty. */
export const checkBucketSize = (size: string | undefined) =>
  size === undefined || bucketMillis(size) !== undefined
    ? Effect.void
    : Errors.invalidFields({ bucketSize: "must be an ISO 8601 duration of whole hours, such as PT1H or P7D" })
