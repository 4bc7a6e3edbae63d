/** All that an emulator knows, as JSON: what `GET /__emulator/state` answers and a data file holds. */
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../../wire/modelDeployment.js"
import { HistorySnapshot } from "../monitoring/history.js"
import { ActualValue, PredictedRow } from "../monitoring/rows.js"
import { ClockSnapshot, Millis } from "./clock.js"
import { Today } from "./details.js"
import { Job } from "./jobs.js"
import { orElse } from "./withDefault.js"

/**
 * A snapshot. The journal and the faults belong to a run of the emulator, not to what it knows, and are not in it.
 *
 * - `ids`: how many ids were given out, so that no id is given out twice.
 * - `predictionHost`: where predictions were made. Deployments that were served there go where the emulator is now.
 * - `deployedAt`: when the deployment process ends, in epoch milliseconds; null for never.
 * - `today`, `rows`, `actuals`: what today's platform knows beside; missing in snapshots from before it was there.
 */
export const Snapshot = Schema.Struct({
  version: Schema.Literal(1),
  clock: ClockSnapshot,
  ids: Schema.NonNegativeInt,
  predictionHost: Schema.String,
  deployments: Schema.Array(Schema.Struct({
    deployment: ModelDeployment,
    deployedAt: Schema.NullOr(Millis),
    requests: HistorySnapshot,
    today: Schema.optionalWith(Today, { exact: true }),
    rows: orElse(Schema.Array(PredictedRow), []),
    actuals: orElse(Schema.Array(ActualValue), [])
  })),
  jobs: Schema.Array(Job)
}).annotations({ identifier: "Snapshot" })
export interface Snapshot extends Schema.Schema.Type<typeof Snapshot> {}
/** A snapshot as JSON. */
export interface SnapshotJson extends Schema.Schema.Encoded<typeof Snapshot> {}
