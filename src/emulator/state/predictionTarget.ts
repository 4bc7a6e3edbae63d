/** Where the predictions of a deployment are made. */
import { instance } from "./fixtures.js"
import type { Environment, Registry } from "./registry.js"
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

/**
 * Returns the prediction environment that a deployment runs in. An id that the emulator does not know is accepted, and
 * counts as an environment of DataRobot's own servers.
 */
export const environmentOf = (
  { details: { predictionEnvironmentId } }: Stored,
  { environments }: Registry
): Environment | undefined => predictionEnvironmentId === null ? undefined : environments.get(predictionEnvironmentId)

/** Returns where the predictions of a deployment are made. */
export const predictionTargetOf = (stored: Stored, registry: Registry): PredictionTarget => {
  if (stored.deployment.type === "external") return { kind: "external" }
  const platform = environmentOf(stored, registry)?.platform ?? "datarobot"
  if (platform === "datarobotServerless") return { kind: "serverless" }
  if (platform !== "datarobot") return { kind: "external" }
  const { deployment, details } = stored
  const serverId = details.defaultPredictionServerId ?? deployment.instance?.id ?? null
  const server = serverId === null || serverId === instance.id ? undefined : registry.servers.get(serverId)
  return {
    kind: "dedicated",
    serverId,
    datarobotKey: server?.datarobotKey ?? deployment.instance?.datarobotKey ?? null
  }
}
