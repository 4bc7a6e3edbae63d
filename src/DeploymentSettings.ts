/**
 * The settings of a deployment. What the Python client has a pair of methods for (`get_drift_tracking_settings`,
 * `update_association_id_settings`, …) is here one record, read by `get` and changed by `update`.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import { changeAndRead, type JobUpdateOptions, readCall, startChange } from "./internal/protocols/change.js"
import { input, renameIssues } from "./internal/request/input.js"
import type { RequestOptions, UpdateOptions } from "./internal/request/options.js"
import { path, type Ref } from "./internal/request/path.js"
import { request } from "./internal/request/send.js"
import {
  AccuracyMetrics,
  AccuracyMetricsInput,
  ChallengerReplaySettings,
  ChallengerReplaySettingsInput,
  HealthSettings,
  HealthSettingsInput,
  RetrainingSettings,
  RetrainingSettingsInput,
  Settings,
  SettingsInput
} from "./wire/settings.js"

export type { JobUpdateOptions } from "./internal/protocols/change.js"
export type { WaitOptions } from "./internal/protocols/poll.js"
export type { UpdateOptions } from "./internal/request/options.js"
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
 * The settings of a deployment.
 *
 * `GET deployments/{id}/settings/`
 */
export const get = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<Settings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({ ...readCall("DeploymentSettings.get", deployment, "settings/", options), response: Settings })

const settingsChange = (operation: string, deployment: Ref, changes: SettingsInput) => ({
  operation,
  method: "PATCH" as const,
  path: path`deployments/${deployment}/settings/`,
  body: input(SettingsInput, changes)
})

/**
 * Changes settings, waits until they are in force, and answers all of them as the server then has them.
 *
 * `PATCH deployments/{id}/settings/`, `GET status/{id}/`, `GET deployments/{id}/settings/`
 *
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
    deployment,
    settingsChange("DeploymentSettings.update", deployment, changes),
    { response: Settings },
    options
  )

/** Starts what `update` waits for, and answers its job. */
export const startUpdate = (
  deployment: Ref,
  changes: SettingsInput,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(deployment, settingsChange("DeploymentSettings.startUpdate", deployment, changes), options)

/**
 * From when on a deployment counts as failing, or as one to be warned of.
 *
 * `GET deployments/{id}/healthSettings/`
 */
export const getHealthSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<HealthSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentSettings.getHealthSettings", deployment, "healthSettings/", options),
    response: HealthSettings
  })

/**
 * What the health settings are where nobody has changed them.
 *
 * `GET deployments/{id}/healthSettings/defaults/`
 */
export const getDefaultHealthSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<HealthSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentSettings.getDefaultHealthSettings", deployment, "healthSettings/defaults/", options),
    response: HealthSettings
  })

/**
 * Changes health settings, and answers all of them as the server then has them.
 *
 * `PATCH` and `GET deployments/{id}/healthSettings/`
 */
export const updateHealthSettings = (
  deployment: Ref,
  changes: HealthSettingsInput,
  options?: UpdateOptions
): Effect.Effect<HealthSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    deployment,
    {
      operation: "DeploymentSettings.updateHealthSettings",
      method: "PATCH",
      path: path`deployments/${deployment}/healthSettings/`,
      body: input(HealthSettingsInput, changes)
    },
    { response: HealthSettings },
    options
  )

/**
 * Whether, and when, challengers predict again what was predicted.
 *
 * `GET deployments/{id}/challengerReplaySettings/`
 */
export const getChallengerReplaySettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ChallengerReplaySettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentSettings.getChallengerReplaySettings", deployment, "challengerReplaySettings/", options),
    response: ChallengerReplaySettings
  })

/**
 * Changes whether, and when, challengers predict again, and answers it as the server then has it.
 *
 * `PATCH` and `GET deployments/{id}/challengerReplaySettings/`
 */
export const updateChallengerReplaySettings = (
  deployment: Ref,
  changes: ChallengerReplaySettingsInput,
  options?: UpdateOptions
): Effect.Effect<ChallengerReplaySettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    deployment,
    {
      operation: "DeploymentSettings.updateChallengerReplaySettings",
      method: "PATCH",
      path: path`deployments/${deployment}/challengerReplaySettings/`,
      body: input(ChallengerReplaySettingsInput, changes)
    },
    { response: ChallengerReplaySettings },
    options
  )

/**
 * What the model is trained with again; keys are passed on as the server has them.
 *
 * `GET deployments/{id}/retrainingSettings/`
 */
export const getRetrainingSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<RetrainingSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  request({
    ...readCall("DeploymentSettings.getRetrainingSettings", deployment, "retrainingSettings/", options),
    response: RetrainingSettings
  })

/**
 * Changes what the model is trained with again, and answers it as the server then has it.
 *
 * `PATCH` and `GET deployments/{id}/retrainingSettings/`
 */
export const updateRetrainingSettings = (
  deployment: Ref,
  changes: RetrainingSettingsInput,
  options?: UpdateOptions
): Effect.Effect<RetrainingSettings, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  changeAndRead(
    deployment,
    {
      operation: "DeploymentSettings.updateRetrainingSettings",
      method: "PATCH",
      path: path`deployments/${deployment}/retrainingSettings/`,
      body: input(RetrainingSettingsInput, changes)
    },
    { response: RetrainingSettings },
    options
  )

/**
 * The metrics of accuracy that are shown, as the API spells them.
 *
 * `GET deployments/{id}/accuracyMetrics/`
 */
export const getAccuracyMetricsSettings = (
  deployment: Ref,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<string>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    request({
      ...readCall("DeploymentSettings.getAccuracyMetricsSettings", deployment, "accuracyMetrics/", options),
      response: AccuracyMetrics
    }),
    ({ data }) => data
  )

/**
 * Sets the metrics of accuracy that are shown, and answers them as the server then has them. They are set as a whole, so
 * it may be repeated.
 *
 * `PUT` and `GET deployments/{id}/accuracyMetrics/`
 */
export const updateAccuracyMetricsSettings = (
  deployment: Ref,
  metrics: ReadonlyArray<string>,
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<string>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Effect.map(
    changeAndRead(
      deployment,
      {
        operation: "DeploymentSettings.updateAccuracyMetricsSettings",
        method: "PUT",
        path: path`deployments/${deployment}/accuracyMetrics/`,
        body: renameIssues(input(AccuracyMetricsInput, { data: metrics }), "data", "metrics")
      },
      { response: AccuracyMetrics },
      { ...options, idempotent: true }
    ),
    ({ data }) => data
  )
