/**
 * The settings of a deployment. The Python client has two methods for each setting, such as
 * `get_drift_tracking_settings` and `update_drift_tracking_settings`. Here most settings are one record, which `get`
 * reads and `update` changes.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import { changeAndRead, startChange } from "./internal/protocols/change.js"
import { operation } from "./internal/request/operation.js"
import type { JobUpdateOptions, RequestOptions, UpdateOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read } from "./internal/request/read.js"
import * as Routes from "./wire/routes/deploymentSettings.js"
import type {
  ChallengerReplaySettings,
  ChallengerReplaySettingsInput,
  HealthSettings,
  HealthSettingsInput,
  RetrainingSettings,
  RetrainingSettingsInput,
  Settings,
  SettingsInput
} from "./wire/settings.js"

export type { JobUpdateOptions, UpdateOptions, WaitOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export {
  ChallengerReplaySettings,
  type ChallengerReplaySettingsInput,
  type CustomMetricCondition,
  HealthSettings,
  type HealthSettingsInput,
  RetrainingSettings,
  type RetrainingSettingsInput,
  type ScheduleSetting,
  Settings,
  type SettingsInput
} from "./wire/settings.js"

/**
 * Returns the settings of a deployment.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/settings/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const columns = Effect.map(
 *   DeploymentSettings.get("60a000000000000000000001"),
 *   ({ associationId }) => associationId?.columnNames
 * )
 */
export const get = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Settings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentSettings.get", options), Routes.settings, { id: deployment })

/**
 * Changes settings and waits for the job. Returns all settings as read after the change.
 *
 * Errors: `NotFound` if the deployment does not exist. `Conflict` if settings contradict each other, or another change
 * is going on. `Failed` if the job failed, `Lost` if DataRobot no longer knows it, `Deadline` if it takes longer than
 * `wait.timeout`.
 *
 * `PATCH deployments/{id}/settings/`, `GET status/{id}/`, `GET deployments/{id}/settings/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const tracked = DeploymentSettings.update("60a000000000000000000001", {
 *   associationId: { columnNames: ["customerId"], requiredInPredictionRequests: true },
 *   targetDrift: { enabled: true },
 *   featureDrift: { enabled: true }
 * })
 */
export const update = (
  deployment: Ref,
  changes: SettingsInput,
  options?: JobUpdateOptions
): Effect.Effect<Settings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    operation("DeploymentSettings.update", options),
    Routes.updateSettings,
    { id: deployment },
    changes,
    Routes.settings
  )

/**
 * Starts the job of `update` and returns its handle, without waiting for it.
 *
 * Errors: those of `update`, except those of its job.
 *
 * `PATCH deployments/{id}/settings/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentSettings, Job } from "effect-datarobot"
 *
 * const job = DeploymentSettings.startUpdate("60a000000000000000000001", {
 *   predictionsDataCollection: { enabled: true }
 * })
 * const changed = Effect.flatMap(job, (handle) => Job.await(handle))
 */
export const startUpdate = (
  deployment: Ref,
  changes: SettingsInput,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(
    operation("DeploymentSettings.startUpdate", options),
    Routes.updateSettings,
    { id: deployment },
    changes
  )

/**
 * Returns the limits at which the health of a deployment becomes `warning` or `failing`.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/healthSettings/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const threshold = Effect.map(
 *   DeploymentSettings.getHealthSettings("60a000000000000000000001"),
 *   ({ dataDrift }) => dataDrift?.driftThreshold
 * )
 */
export const getHealthSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<HealthSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentSettings.getHealthSettings", options), Routes.healthSettings, { id: deployment })

/**
 * Returns the default health settings of a deployment.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/healthSettings/defaults/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const defaults = DeploymentSettings.getDefaultHealthSettings("60a000000000000000000001")
 */
export const getDefaultHealthSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<HealthSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentSettings.getDefaultHealthSettings", options), Routes.defaultHealthSettings, {
    id: deployment
  })

/**
 * Changes health settings. Returns all of them as read after the change.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot does not accept a value.
 *
 * `PATCH` and `GET deployments/{id}/healthSettings/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const settings = DeploymentSettings.updateHealthSettings("60a000000000000000000001", {
 *   dataDrift: { timeInterval: "P7D", driftThreshold: 0.2 },
 *   accuracy: { metric: "LogLoss", measurement: "percent", warningThreshold: 5, failingThreshold: 10 }
 * })
 */
export const updateHealthSettings = (
  deployment: Ref,
  changes: HealthSettingsInput,
  options?: UpdateOptions
): Effect.Effect<HealthSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    operation("DeploymentSettings.updateHealthSettings", options),
    Routes.updateHealthSettings,
    { id: deployment },
    changes,
    Routes.healthSettings
  )

/**
 * Returns whether challengers replay predictions, and when.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/challengerReplaySettings/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const replays = Effect.map(
 *   DeploymentSettings.getChallengerReplaySettings("60a000000000000000000001"),
 *   ({ enabled }) => enabled
 * )
 */
export const getChallengerReplaySettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ChallengerReplaySettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentSettings.getChallengerReplaySettings", options), Routes.challengerReplaySettings, {
    id: deployment
  })

/**
 * Changes whether challengers replay predictions, and when. Returns the settings as read after the change.
 *
 * Errors: `NotFound` if the deployment does not exist. `Conflict` if challengers are off.
 *
 * `PATCH` and `GET deployments/{id}/challengerReplaySettings/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const nightly = DeploymentSettings.updateChallengerReplaySettings("60a000000000000000000001", {
 *   enabled: true,
 *   schedule: { minute: [0], hour: [3], dayOfWeek: ["*"], dayOfMonth: ["*"], month: ["*"] }
 * })
 */
export const updateChallengerReplaySettings = (
  deployment: Ref,
  changes: ChallengerReplaySettingsInput,
  options?: UpdateOptions
): Effect.Effect<ChallengerReplaySettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    operation("DeploymentSettings.updateChallengerReplaySettings", options),
    Routes.updateChallengerReplaySettings,
    { id: deployment },
    changes,
    Routes.challengerReplaySettings
  )

/**
 * Returns how the deployment's model is retrained. Keys are passed on as the server sends them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/retrainingSettings/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const dataset = Effect.map(
 *   DeploymentSettings.getRetrainingSettings("60a000000000000000000001"),
 *   ({ dataset }) => dataset?.name
 * )
 */
export const getRetrainingSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<RetrainingSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("DeploymentSettings.getRetrainingSettings", options), Routes.retrainingSettings, { id: deployment })

/**
 * Changes how the deployment's model is retrained. Returns the settings as read after the change.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if DataRobot does not accept a value.
 *
 * `PATCH` and `GET deployments/{id}/retrainingSettings/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const settings = DeploymentSettings.updateRetrainingSettings("60a000000000000000000001", {
 *   datasetId: "60a0000000000000000000aa",
 *   credentialId: null
 * })
 */
export const updateRetrainingSettings = (
  deployment: Ref,
  changes: RetrainingSettingsInput,
  options?: UpdateOptions
): Effect.Effect<RetrainingSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    operation("DeploymentSettings.updateRetrainingSettings", options),
    Routes.updateRetrainingSettings,
    { id: deployment },
    changes,
    Routes.retrainingSettings
  )

/**
 * Returns the accuracy metrics that are shown, as the API spells them.
 *
 * Errors: `NotFound` if the deployment does not exist.
 *
 * `GET deployments/{id}/accuracyMetrics/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const metrics = DeploymentSettings.getAccuracyMetricsSettings("60a000000000000000000001")
 */
export const getAccuracyMetricsSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<string>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    read(operation("DeploymentSettings.getAccuracyMetricsSettings", options), Routes.accuracyMetrics, {
      id: deployment
    }),
    ({ data }) => data
  )

/**
 * Sets the accuracy metrics that are shown. Returns them as read after the change. The request replaces the whole list,
 * so it is safe to retry.
 *
 * Errors: `NotFound` if the deployment does not exist. `Unprocessable` if a metric does not suit the target.
 *
 * `PUT` and `GET deployments/{id}/accuracyMetrics/`
 *
 * @since 0.1.0
 * @example
 * import { DeploymentSettings } from "effect-datarobot"
 *
 * const metrics = DeploymentSettings.updateAccuracyMetricsSettings("60a000000000000000000001", ["LogLoss", "AUC"])
 */
export const updateAccuracyMetricsSettings = (
  deployment: Ref,
  metrics: ReadonlyArray<string>,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<string>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    changeAndRead(
      operation("DeploymentSettings.updateAccuracyMetricsSettings", options),
      Routes.updateAccuracyMetrics,
      { id: deployment },
      { metrics },
      Routes.accuracyMetrics
    ),
    ({ data }) => data
  )
