/**
 * A test kit for plain async tests, in jest, vitest, node:test and others: a local DataRobot, with the Promise API
 * connected to it. It needs no further package.
 *
 * @since 0.1.0
 * @example
 * import { startEmulator } from "effect-datarobot/testing/promise"
 *
 * const emulator = await startEmulator({ preset: "demo" })
 * const deployments = await emulator.client().ModelDeployment.list()
 * await emulator.close()
 */

export type {
  /** @since 0.1.0 */
  Duration,
  /** @since 0.1.0 */
  Emulator,
  /** @since 0.1.0 */
  EmulatorClientOptions,
  /** @since 0.1.0 */
  EmulatorOptions,
  /** @since 0.1.0 */
  RecordedRequest,
  /** @since 0.1.0 */
  StoppedClock,
  /** @since 0.1.0 */
  Traffic
} from "./plain/Emulator.js"

/** @since 0.1.0 */
export type { DeploymentFixture } from "./plain/DeploymentFixture.js"

export type {
  /** @since 0.1.0 */
  Fault,
  /** @since 0.1.0 */
  FaultReport,
  /** @since 0.1.0 */
  FaultSelection
} from "./plain/Fault.js"

/** @since 0.1.0 */
export type { Operation } from "./plain/Operation.js"

/** @since 0.1.0 */
export { startEmulator } from "./plain/startEmulator.js"
