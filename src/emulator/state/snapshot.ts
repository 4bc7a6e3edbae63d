/** All that an emulator knows, as JSON: what `GET /__emulator/state` answers and a data file holds. */
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../../wire/modelDeployment.js"
import { HistorySnapshot } from "../monitoring/history.js"
import { ActualValue, PredictedRow } from "../monitoring/rows.js"
import { ClockSnapshot, Millis } from "./clock.js"
import { Details } from "./details.js"
import { Job } from "./jobs.js"
import { withDefault } from "./withDefault.js"

const deployment = {
  deployment: ModelDeployment,
  deployedAt: Schema.NullOr(Millis),
  requests: HistorySnapshot,
  details: Schema.optionalWith(Details, { exact: true }),
  rows: withDefault(Schema.Array(PredictedRow), []),
  actuals: withDefault(Schema.Array(ActualValue), [])
}

/** Reads `details` under its former key `today` too, which snapshots and data files of earlier builds have. */
const StoredDeployment = Schema.transform(
  Schema.Struct({ ...deployment, today: deployment.details }),
  Schema.typeSchema(Schema.Struct(deployment)),
  {
    strict: true,
    decode: ({ today, ...stored }) => today === undefined ? stored : { details: today, ...stored },
    encode: (stored) => stored
  }
)

/**
 * A snapshot. The journal and the faults belong to a run of the emulator, not to what it knows, and are not in it.
 *
 * - `ids`: number of ids that were given out, so that no id is given out twice.
 * - `predictionHost`: the host that predictions were made on. On restore, the deployments on it move to the emulator's
 *   own host.
 * - `deployedAt`: when the deployment process ends, in epoch milliseconds; null for never.
 * - `details`, `rows`, `actuals`: what only the deployments API shows. Optional, because the first snapshots had none.
 */
export const Snapshot = Schema.Struct({
  version: Schema.Literal(1),
  clock: ClockSnapshot,
  ids: Schema.NonNegativeInt,
  predictionHost: Schema.String,
  deployments: Schema.Array(StoredDeployment),
  jobs: Schema.Array(Job)
}).annotations({ identifier: "Snapshot" })
export interface Snapshot extends Schema.Schema.Type<typeof Snapshot> {}
/** A snapshot as JSON. */
export interface SnapshotJson extends Schema.Schema.Encoded<typeof Snapshot> {}
