/** The routes of the deployments API for settings. */
import { change, read, route } from "../route.js"
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
} from "../settings.js"

export const settings = read({
  id: "deployments.settings",
  summary: "The settings of a deployment",
  path: "deployments/:id/settings/",
  success: Settings
})

export const updateSettings = change({
  id: "deployments.updateSettings",
  summary: "Change settings of a deployment",
  path: "deployments/:id/settings/",
  body: SettingsInput,
  job: true,
  failures: [409]
})

export const healthSettings = read({
  id: "deployments.healthSettings",
  summary: "The health settings of a deployment",
  path: "deployments/:id/healthSettings/",
  success: HealthSettings
})

export const defaultHealthSettings = read({
  id: "deployments.defaultHealthSettings",
  summary: "The default health settings of a deployment",
  path: "deployments/:id/healthSettings/defaults/",
  success: HealthSettings
})

export const updateHealthSettings = change({
  id: "deployments.updateHealthSettings",
  summary: "Change health settings of a deployment",
  path: "deployments/:id/healthSettings/",
  body: HealthSettingsInput,
  success: HealthSettings
})

export const challengerReplaySettings = read({
  id: "deployments.challengerReplaySettings",
  summary: "Whether challengers replay predictions, and when",
  path: "deployments/:id/challengerReplaySettings/",
  success: ChallengerReplaySettings
})

export const updateChallengerReplaySettings = change({
  id: "deployments.updateChallengerReplaySettings",
  summary: "Change whether challengers replay predictions, and when",
  path: "deployments/:id/challengerReplaySettings/",
  body: ChallengerReplaySettingsInput,
  success: ChallengerReplaySettings
})

export const retrainingSettings = read({
  id: "deployments.retrainingSettings",
  summary: "How the model of a deployment is retrained",
  path: "deployments/:id/retrainingSettings/",
  success: RetrainingSettings
})

export const updateRetrainingSettings = change({
  id: "deployments.updateRetrainingSettings",
  summary: "Change how the model of a deployment is retrained",
  path: "deployments/:id/retrainingSettings/",
  body: RetrainingSettingsInput,
  success: RetrainingSettings
})

export const accuracyMetrics = read({
  id: "deployments.accuracyMetrics",
  summary: "The accuracy metrics that are shown",
  path: "deployments/:id/accuracyMetrics/",
  success: AccuracyMetrics
})

export const updateAccuracyMetrics = route({
  id: "deployments.updateAccuracyMetrics",
  summary: "Set the accuracy metrics that are shown",
  method: "PUT",
  path: "deployments/:id/accuracyMetrics/",
  body: AccuracyMetricsInput,
  success: AccuracyMetrics,
  repeat: "idempotent"
})
