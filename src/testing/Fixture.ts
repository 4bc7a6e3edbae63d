/**
 * Complete, valid values of the types that operations return, from the few fields that matter to a test. Use them to
 * test code that takes deployments or statistics and sends no requests.
 *
 * @since 0.1.0
 * @example
 * import { Fixture } from "effect-datarobot/testing"
 *
 * const failing = Fixture.modelDeployment({ label: "Churn scorer", serviceHealth: "failing" })
 * const busy = Fixture.serviceStatistics({ totalRequests: 5000 })
 */
export {
  /** @since 0.1.0 */
  actionLogEntry,
  /** @since 0.1.0 */
  deployment,
  /** @since 0.1.0 */
  type DeploymentFixture,
  /** @since 0.1.0 */
  modelDeployment,
  /** @since 0.1.0 */
  serviceStatistics
} from "../emulator/index.js"
