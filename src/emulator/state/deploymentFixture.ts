/** Whole deployments of the deployments API for tests. */
import type { Deployment } from "../../wire/deployment.js"
import { withoutUndefined } from "../../wire/withoutUndefined.js"
import * as History from "../monitoring/history.js"
import { toDeployment } from "./deploymentView.js"
import { instance, modelDeployment } from "./fixtures.js"
import { detailsOf } from "./stored.js"

/**
 * A valid deployment of the deployments API. Fields that are not given have default values: it is active, without
 * predictions, and was created at the beginning of 2018.
 *
 * @example
 * import { deployment } from "effect-datarobot/emulator"
 *
 * const churn = deployment({ label: "Churn", status: "inactive" })
 *
 * @since 0.1.0
 */
export const deployment = (fixture: Partial<Deployment> = {}): Deployment => {
  const base = modelDeployment()
  const begun = toDeployment({
    now: base.createdAt.epochMillis,
    deployment: base,
    details: detailsOf(base),
    target: { kind: "dedicated", serverId: instance.id, datarobotKey: instance.datarobotKey ?? null },
    isOwnHost: false,
    environment: undefined,
    modelPackage: undefined,
    requests: History.make(),
    rows: [],
    actuals: new Map(),
    pending: []
  }, "")
  return { ...begun, ...withoutUndefined(fixture) }
}
