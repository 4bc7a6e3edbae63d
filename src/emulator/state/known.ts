/** A deployment at a moment, with everything that the emulator knows about it. */
import type { ModelDeployment } from "../../wire/modelDeployment.js"
import type { History } from "../monitoring/history.js"
import { championOf } from "../monitoring/period.js"
import type { ActualValue, PredictedRow } from "../monitoring/rows.js"
import { activity } from "../monitoring/statistics.js"
import type { Details } from "./details.js"
import type { Change } from "./jobs.js"
import type { Memory } from "./memory.js"
import { environmentOf, type PredictionTarget, predictionTargetOf } from "./predictionTarget.js"
import type { Environment, Package } from "./registry.js"
import type { Stored } from "./stored.js"

/** A deployment at a moment, with everything that the emulator knows about it. */
export interface Known {
  readonly now: number
  readonly deployment: ModelDeployment
  readonly details: Details
  readonly target: PredictionTarget
  /** Whether the emulator itself makes its predictions. A fixture may name another host. */
  readonly isOwnHost: boolean
  /** Its prediction environment, if the registry has it. */
  readonly environment: Environment | undefined
  /** The package of its champion, if the registry has it. */
  readonly modelPackage: Package | undefined
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
export const toKnown = (
  { jobs, registry }: Memory,
  stored: Stored,
  now: number,
  predictionHost: string
): Known => ({
  now,
  deployment: toModelDeployment(stored, now),
  details: stored.details,
  target: predictionTargetOf(stored, registry),
  isOwnHost: stored.deployment.predictionEndpoint === predictionHost,
  environment: environmentOf(stored, registry),
  modelPackage: registry.packages.get(championOf(stored.details).modelPackageId),
  requests: stored.requests,
  rows: stored.rows,
  actuals: stored.actuals,
  pending: jobs.running().flatMap(({ change, deploymentId }) =>
    deploymentId === stored.deployment.id && change !== null ? [change] : []
  )
})
