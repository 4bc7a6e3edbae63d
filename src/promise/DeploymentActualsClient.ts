/** The operations of `DeploymentActuals` that take streams, for plain async code. */
import * as DeploymentActuals from "../DeploymentActuals.js"
import { streamOf } from "./iterables.js"
import type { Running } from "./running.js"
import type { DeploymentActualsTransfers } from "./transfers.js"

/** Creates the operations. */
export const actualsTransfers = ({ iterate }: Running): DeploymentActualsTransfers => ({
  submitStream: (deployment, source, call) =>
    iterate<DeploymentActuals.Submitted>(DeploymentActuals.submitStream(deployment, streamOf(source), call), call)
})
