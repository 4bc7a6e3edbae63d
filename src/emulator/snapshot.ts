/** All that an emulator knows, as JSON: what `GET /__emulator/state` answers and a data file holds. */
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../internal/modelDeploymentSchema.js"
import { ClockSnapshot, Millis } from "./clock.js"
import { HistorySnapshot } from "./history.js"

/** A job that a fault has started: when (epoch milliseconds), and how it ends. */
export const JobSnapshot = Schema.Struct({
  id: Schema.String,
  startedAt: Millis,
  ends: Schema.Literal("failed", "never")
})
export interface JobSnapshot extends Schema.Schema.Type<typeof JobSnapshot> {}

/**
 * A snapshot. The journal and the faults belong to a run of the emulator, not to what it knows, and are not in it.
 *
 * - `ids`: how many ids were given out, so that no id is given out twice.
 * - `predictionHost`: where predictions were made. Deployments that were served there go where the emulator is now.
 * - `deployedAt`: when the deployment process ends, in epoch milliseconds; null for never.
 */
export const Snapshot = Schema.Struct({
  version: Schema.Literal(1),
  clock: ClockSnapshot,
  ids: Schema.NonNegativeInt,
  predictionHost: Schema.String,
  deployments: Schema.Array(Schema.Struct({
    deployment: ModelDeployment,
    deployedAt: Schema.NullOr(Millis),
    requests: HistorySnapshot
  })),
  jobs: Schema.Array(JobSnapshot)
}).annotations({ identifier: "Snapshot" })
export interface Snapshot extends Schema.Schema.Type<typeof Snapshot> {}
/** A snapshot as JSON. */
export interface SnapshotJson extends Schema.Schema.Encoded<typeof Snapshot> {}
