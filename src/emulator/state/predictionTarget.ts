/** Where the predictions of a deployment are made. */
import type { Stored } from "./stored.js"

/**
 * Where the predictions of a deployment are made.
 *
 * - `dedicated`: a prediction server makes them. Requests carry its key, which is null if it has none.
 * - `serverless`: the API itself makes them.
 * - `external`: a platform outside of DataRobot makes them. The emulator cannot.
 */
export type PredictionTarget =
  | { readonly kind: "dedicated"; readonly serverId: string | null; readonly datarobotKey: string | null }
  | { readonly kind: "serverless" }
  | { readonly kind: "external" }

/** Returns where the predictions of a deployment are made. */
export const predictionTargetOf = ({ deployment, details }: Stored): PredictionTarget => {
  if (deployment.type === "external") return { kind: "external" }
  if (details.predictionEnvironmentId !== null && details.defaultPredictionServerId === null) {
    return { kind: "serverless" }
  }
  return {
    kind: "dedicated",
    serverId: details.defaultPredictionServerId ?? deployment.instance?.id ?? null,
    datarobotKey: deployment.instance?.datarobotKey ?? null
  }
}
