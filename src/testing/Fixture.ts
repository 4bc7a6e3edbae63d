/**
 * What operations answer, whole and valid, from the few fields that matter to a test: for the parts of your code that
 * take deployments or statistics and need no DataRobot at all.
 *
 * @example
 * import { Fixture } from "effect-datarobot/testing"
 *
 * const failing = Fixture.modelDeployment({ label: "Churn scorer", serviceHealth: "failing" })
 * const busy = Fixture.serviceStatistics({ totalRequests: 5000 })
 */
export {
  actionLogEntry,
  deployment,
  type DeploymentFixture,
  modelDeployment,
  serviceStatistics
} from "../emulator/index.js"
