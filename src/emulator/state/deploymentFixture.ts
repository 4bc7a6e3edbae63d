/** A whole deployment of the deployments API from the few fields that matter to a test. */
import type { Deployment } from "../../wire/deployment.js"
import * as History from "../monitoring/history.js"
import { toDeployment } from "./deploymentView.js"
import { modelDeployment } from "./fixtures.js"
import { detailsOf } from "./stored.js"

/**
 * A whole, valid deployment of the deployments API from a few of its fields: active, without predictions, created at the
 * beginning of 2018.
 *
 * @example
 * import { deployment } from "effect-datarobot/emulator"
 *
 * const churn = deployment({ label: "Churn", status: "inactive" })
 */
export const deployment = (fixture: Partial<Deployment> = {}): Deployment => {
  const base = modelDeployment()
  const begun = toDeployment({
    now: base.createdAt.epochMillis,
    deployment: base,
    details: detailsOf(base),
    requests: History.make(),
    rows: [],
    actuals: new Map(),
    pending: []
  })
  return { ...begun, ...fixture }
}
