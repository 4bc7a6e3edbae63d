/** A deployment at a moment, with everything that the emulator knows about it. */
import type { ModelDeployment } from "../../wire/modelDeployment.js"
import type { History } from "../monitoring/history.js"
import type { ActualValue, PredictedRow } from "../monitoring/rows.js"
import { activity } from "../monitoring/statistics.js"
import type { Details } from "./details.js"
import type { Change } from "./jobs.js"
import type { Memory } from "./memory.js"
import type { Stored } from "./stored.js"

/** A deployment at a moment, with everything that the emulator knows about it. */
export interface Known {
  readonly now: number
  readonly deployment: ModelDeployment
  readonly details: Details
  readonly requests: History
  readonly rows: ReadonlyArray<PredictedRow>
  readonly actuals: ReadonlyMap<string, ActualValue>
  /** The changes that running jobs are going to make. */
  readonly pending: ReadonlyArray<Change>
}

/**
 * Whether a deployment is deployed. A deployment that was added as deployed always is, even before its creation time.
 */
export const isDeployed = ({ deployedAt, deployment }: Stored, now: number) =>
  deployment.deployed !== false || deployedAt <= now

/** A deployment as the model deployments API shows it. */
export const toModelDeployment = (stored: Stored, now: number): ModelDeployment => ({
  ...stored.deployment,
  deployed: isDeployed(stored, now),
  ...activity(stored.requests, now)
})

/** Returns everything that the emulator knows about a deployment. */
export const toKnown = ({ jobs }: Memory, stored: Stored, now: number): Known => ({
  now,
  deployment: toModelDeployment(stored, now),
  details: stored.details,
  requests: stored.requests,
  rows: stored.rows,
  actuals: stored.actuals,
  pending: jobs.running().flatMap(({ change, deploymentId }) =>
    deploymentId === stored.deployment.id && change !== null ? [change] : []
  )
})
